//! Checks that every shape that is named is defined and of a type that fits the place.

use crate::diagnostic::Findings;
use crate::model::{Kind, Member, Model, Operation, Pointer, Reference, Shape, ShapeId, Simple};
use crate::suggest::nearest_shape;

const UNIT: &str = "smithy.api#Unit";

pub(super) fn check(model: &Model, findings: &mut Findings) {
    let mut targets = Targets { model, findings };
    for shape in model.shapes.values() {
        targets.shape(shape);
    }
}

struct Targets<'a> {
    model: &'a Model,
    findings: &'a mut Findings,
}

impl Targets<'_> {
    fn shape(&mut self, shape: &Shape) {
        match &shape.kind {
            Kind::Structure(members) => members.values().for_each(|member| self.data(member, "a structure's member", false)),
            Kind::Union(members) => members.values().for_each(|member| self.data(member, "a union's member", true)),
            Kind::Enum(members) | Kind::IntEnum(members) => {
                for member in members.values().filter(|member| member.target.as_str() != UNIT) {
                    let message = format!("an enum's member targets `{}`", member.target);
                    self.findings.error_with_hint(&member.pointer, message, format!("the members of enums target `{UNIT}`"));
                }
            }
            Kind::List(member) => self.data(member, "a list's member", false),
            Kind::Map { key, value } => {
                self.key(key);
                self.data(value, "a map's value", false);
            }
            Kind::Operation(operation) => self.operation(operation),
            Kind::Service(service) => {
                self.all(&service.operations, "a service's operation", "an operation", is_operation);
                self.all(&service.resources, "a service's resource", "a resource", is_resource);
                self.all(&service.errors, "a service's error", AN_ERROR, is_error);
            }
            Kind::Resource(resource) => {
                self.all(&resource.operations, "a resource's operation", "an operation", is_operation);
                self.all(&resource.resources, "a resource's resource", "a resource", is_resource);
            }
            Kind::Simple(_) => {}
        }
    }

    fn operation(&mut self, operation: &Operation) {
        for (reference, what) in [(&operation.input, "an operation's input"), (&operation.output, "an operation's output")] {
            if let Some(reference) = reference {
                self.expect(&reference.target, &reference.pointer, what, "a structure", |shape| matches!(shape.kind, Kind::Structure(_)));
            }
        }
        self.all(&operation.errors, "an operation's error", AN_ERROR, is_error);
    }

    fn all(&mut self, references: &[Reference], what: &str, expected: &str, fits: fn(&Shape) -> bool) {
        for reference in references {
            self.expect(&reference.target, &reference.pointer, what, expected, fits);
        }
    }

    /// Checks the target of a member that holds a value.
    fn data(&mut self, member: &Member, what: &str, may_be_unit: bool) {
        if member.target.as_str() == UNIT && !may_be_unit {
            let message = format!("{what} targets `{UNIT}`, which holds nothing");
            self.findings.error_with_hint(&member.pointer, message, "only the members of unions and enums can");
            return;
        }
        self.expect(&member.target, &member.pointer, what, "a value", |shape| {
            !matches!(shape.kind, Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_))
        });
    }

    fn key(&mut self, key: &Member) {
        self.expect(&key.target, &key.pointer, "a map's key", "a string or an enum", |shape| {
            matches!(shape.kind, Kind::Simple(Simple::String) | Kind::Enum(_))
        });
    }

    fn expect(&mut self, target: &ShapeId, at: &Pointer, what: &str, expected: &str, fits: impl Fn(&Shape) -> bool) {
        match self.model.shape(target) {
            Some(shape) if fits(shape) => {}
            Some(shape) => {
                let found = match shape.kind {
                    Kind::Structure(_) if expected == AN_ERROR => "lacks that trait".to_owned(),
                    _ => format!("is of the type `{}`", shape.kind.name()),
                };
                self.findings.error(at, format!("{what} must be {expected}, but `{target}` {found}"));
            }
            None => {
                self.findings.error_with_search(at, format!("`{target}` is not defined"), || nearest_shape(target, self.model));
            }
        }
    }
}

const AN_ERROR: &str = "a structure with the trait `smithy.api#error`";

fn is_operation(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Operation(_))
}

fn is_resource(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Resource(_))
}

fn is_error(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Structure(_)) && shape.traits.has("smithy.api#error")
}
