//! Pagination: the fields that the members of its description become.

use super::{Lowering, members_of, types};
use crate::diagnostic::{Diagnostic, quoted};
use crate::model::{Kind, Member, Operation, Reference, Shape, ShapeId};
use crate::names::{self, Name};
use crate::pages::{self, Description, Path, Text};
use crate::rust::{Items, PageSize, Pages, Presence, Role, Step, Token, Type};
use crate::suggest::did_you_mean;

/// The hint about a path that cannot be read.
const FORM: &str = "a path has the names of members with dots between them";

impl<'a> Lowering<'a> {
    /// The pagination of an operation, if it has one. Faults of its description are findings.
    pub(super) fn pages(&mut self, id: &ShapeId, shape: &Shape, operation: &'a Operation) -> Option<Pages> {
        let service = self.model.shape(&self.selection.service)?;
        let source = pages::Source { file: self.file, service, attached: self.pages };
        let planned = match source.describe(id, shape) {
            Ok(None) => return None,
            Ok(Some(description)) => self.planned(&description, operation),
            Err(findings) => Err(findings),
        };
        planned.map_err(|found| self.findings.extend(found)).ok()
    }

    fn planned(&self, description: &Description, operation: &'a Operation) -> Result<Pages, Vec<Diagnostic>> {
        let (input, output) = (operation.input.as_ref(), operation.output.as_ref());
        let mut findings = Vec::new();
        let mut note = |finding: Diagnostic| findings.push(finding);
        let tokens = description.tokens.iter();
        let tokens = tokens.filter_map(|(from, to)| self.page_token(from, to, input, output).map_err(&mut note).ok()).collect();
        // A default of the service is ignored where it does not fit; without tokens there is no pagination.
        let mut note_own = |text: &Text, finding: Diagnostic| {
            if !text.is_default {
                note(finding);
            }
        };
        let size = description.page_size.as_ref();
        let page_size = size.and_then(|size| self.page_size(size, input).map_err(|finding| note_own(size, finding)).ok());
        let items = description.items.as_ref();
        let items = items.and_then(|items| self.items(items, output).map_err(|finding| note_own(items, finding)).ok());
        let more = description.more_results.as_ref().and_then(|more| self.more(more, output).map_err(&mut note).ok());
        if findings.is_empty() { Ok(Pages { tokens, more, page_size, items }) } else { Err(findings) }
    }

    fn page_token(&self, from: &Text, to: &Text, input: Option<&'a Reference>, output: Option<&'a Reference>) -> Result<Token, Diagnostic> {
        let (field, taken) = self.input_field(from, input)?;
        let may_be_empty = match taken {
            Type::String | Type::Map { .. } => true,
            Type::Byte | Type::Short | Type::Integer | Type::Long | Type::Enum(_) => false,
            _ => return Err(from.error(format!("the token {} is neither a string nor a number nor a map", quoted(&from.value)))),
        };
        let Some(paths) = Path::read_alternatives(&to.value) else {
            return Err(to
                .error(format!("the path {} is not supported", quoted(&to.value)))
                .hint(format!("{FORM}; `[-1]` is the last item of a list")));
        };
        let mut outputs = Vec::new();
        for path in paths {
            let (steps, given) = self.steps(to, &path, output)?;
            if given != taken {
                let message = format!("the token {} is not of the type of {}, which takes it", quoted(&path.text()), quoted(&from.value));
                return Err(to.error(message));
            }
            outputs.push(steps);
        }
        Ok(Token { input: field, outputs, may_be_empty })
    }

    fn page_size(&self, size: &Text, input: Option<&'a Reference>) -> Result<PageSize, Diagnostic> {
        let (field, ty) = self.input_field(size, input)?;
        match ty {
            Type::Byte | Type::Short | Type::Integer | Type::Long | Type::String => Ok(PageSize { field, ty }),
            _ => Err(size.error(format!("the page size {} is not a number", quoted(&size.value)))),
        }
    }

    fn items(&self, items: &Text, output: Option<&'a Reference>) -> Result<Items, Diagnostic> {
        let path = Path::read(&items.value).filter(Path::is_plain);
        let path = path.ok_or_else(|| items.error(format!("the path {} is not supported", quoted(&items.value))).hint(FORM))?;
        match self.steps(items, &path, output)? {
            (path, ty @ (Type::List { .. } | Type::Map { .. })) => Ok(Items { path, ty }),
            _ => {
                let hint = "without `items`, the operation has pages and no stream of items";
                Err(items.error(format!("the items {} are not a list or a map", quoted(&items.value))).hint(hint))
            }
        }
    }

    fn more(&self, more: &Text, output: Option<&'a Reference>) -> Result<Vec<Step>, Diagnostic> {
        let path = Path::read(&more.value).filter(Path::is_plain);
        let path = path.ok_or_else(|| more.error(format!("the path {} is not supported", quoted(&more.value))).hint(FORM))?;
        match self.steps(more, &path, output)? {
            (steps, Type::Boolean) => Ok(steps),
            _ => Err(more.error(format!("{} is not a boolean", quoted(&more.value)))),
        }
    }

    /// The field of the input with this name, and its type.
    fn input_field(&self, name: &Text, input: Option<&'a Reference>) -> Result<(Name, Type), Diagnostic> {
        let holder = input.map(|input| &input.target);
        let (wire, member) = self.member(name, &name.value, holder, "the input")?;
        let ty = self.member_type(member).ok_or_else(|| name.error(format!("the member {} has no value", quoted(&name.value))))?;
        Ok((field_name(wire, member, Role::Input, &ty), ty))
    }

    /// The fields on the way to a value of a page, and the value's type.
    fn steps(&self, text: &Text, path: &Path, output: Option<&'a Reference>) -> Result<(Vec<Step>, Type), Diagnostic> {
        let mut holder = output.map(|output| &output.target);
        let mut role = Role::Output;
        let mut steps = Vec::new();
        let mut value: Option<Type> = None;
        for step in &path.0 {
            let member = match step {
                pages::Step::Member(name) => {
                    let what = if role == Role::Output {
                        "the output".to_owned()
                    } else {
                        holder.map_or_else(String::new, |id| quoted(id.name()))
                    };
                    let (wire, member) = self.member(text, name, holder, &what)?;
                    let ty = self.member_type(member).ok_or_else(|| text.error(format!("the member {} has no value", quoted(name))))?;
                    steps.push(Step::Field {
                        name: field_name(wire, member, role, &ty),
                        optional: types::presence(self.model, role, wire, member, &ty) == Presence::Optional,
                        boxed: holder.is_some_and(|id| self.boxed.contains(&(id, wire))),
                    });
                    value = Some(ty);
                    member
                }
                pages::Step::Last => match (value.take(), holder.and_then(|id| self.model.shape(id)).map(|shape| &shape.kind)) {
                    (Some(Type::List { item, sparse: false }), Some(Kind::List(member))) => {
                        steps.push(Step::Last);
                        value = Some(*item);
                        member
                    }
                    _ => return Err(text.error(format!("{}: only a list without null has a last item", quoted(&path.text())))),
                },
            };
            holder = Some(&member.target);
            role = Role::Type;
        }
        value.map(|value| (steps, value)).ok_or_else(|| text.error("the path is empty").hint(FORM))
    }

    /// A member of a structure.
    fn member(&self, text: &Text, name: &str, holder: Option<&'a ShapeId>, what: &str) -> Result<(&'a str, &'a Member), Diagnostic> {
        let members = members_of(holder.and_then(|id| self.model.shape(id)));
        members.and_then(|members| pages::member(members, name)).ok_or_else(|| {
            let hint = did_you_mean(name, members.into_iter().flat_map(|members| members.keys()).map(String::as_str));
            text.error(format!("{what} has no member {}", quoted(name))).hint(hint)
        })
    }
}

fn field_name(wire: &str, member: &Member, role: Role, ty: &Type) -> Name {
    names::field_name(&types::field_word(wire, member, role, ty))
}
