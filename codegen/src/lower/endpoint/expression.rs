//! Values of rules, and their types.

use super::{Lowering, Region};
use crate::diagnostic::quoted;
use crate::model::Pointer;
use crate::rules::{Expression, ExpressionKind, ParameterKind, Piece, Step};
use crate::rust::endpoint::Value;
use crate::suggest::{did_you_mean, enumeration};

/// A value with its type.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) value: Value,
    pub(super) kind: Kind,
    /// True if the value is an `Option`.
    pub(super) optional: bool,
    /// True if the value must be borrowed when it is passed on.
    pub(super) owned: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Text,
    Boolean,
    Integer,
    List,
    Partition,
    Url,
    Arn,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Text => "a string",
            Kind::Boolean => "true or false",
            Kind::Integer => "a number",
            Kind::List => "a list",
            Kind::Partition => "a partition",
            Kind::Url => "a URL",
            Kind::Arn => "an ARN",
        }
    }

    /// The fields of a structure: the name in the rules, the name in Rust, the type, and whether it must be borrowed.
    fn fields(self) -> &'static [(&'static str, &'static str, Kind, bool)] {
        match self {
            Kind::Partition => &[
                ("name", "name", Kind::Text, false),
                ("dnsSuffix", "dns_suffix", Kind::Text, false),
                ("dualStackDnsSuffix", "dual_stack_dns_suffix", Kind::Text, false),
                ("implicitGlobalRegion", "implicit_global_region", Kind::Text, false),
                ("supportsFIPS", "supports_fips", Kind::Boolean, false),
                ("supportsDualStack", "supports_dual_stack", Kind::Boolean, false),
            ],
            Kind::Url => &[
                ("scheme", "scheme", Kind::Text, false),
                ("authority", "authority", Kind::Text, false),
                ("path", "path", Kind::Text, false),
                ("normalizedPath", "normalized_path", Kind::Text, true),
                ("isIp", "is_ip", Kind::Boolean, false),
            ],
            Kind::Arn => &[
                ("partition", "partition", Kind::Text, false),
                ("service", "service", Kind::Text, false),
                ("region", "region", Kind::Text, false),
                ("accountId", "account_id", Kind::Text, false),
                ("resourceId", "resource_id", Kind::List, true),
            ],
            Kind::Text | Kind::Boolean | Kind::Integer | Kind::List => &[],
        }
    }
}

impl From<ParameterKind> for Kind {
    fn from(kind: ParameterKind) -> Self {
        match kind {
            ParameterKind::String => Kind::Text,
            ParameterKind::Boolean => Kind::Boolean,
            ParameterKind::StringArray => Kind::List,
        }
    }
}

impl Typed {
    /// A value that is set and is passed on without a borrow.
    pub(super) fn of(value: Value, kind: Kind) -> Self {
        Self { value, kind, optional: false, owned: false }
    }

    pub(super) fn optional(value: Value, kind: Kind) -> Self {
        Self { optional: true, ..Self::of(value, kind) }
    }

    pub(super) fn owned(value: Value, kind: Kind) -> Self {
        Self { owned: true, ..Self::of(value, kind) }
    }

    /// The value as an argument.
    pub(super) fn argument(self) -> Value {
        if self.owned { Value::Borrow(Box::new(self.value)) } else { self.value }
    }

    /// The value for a `let`, which borrows a field.
    pub(super) fn bound(self) -> Self {
        let is_place = matches!(self.value, Value::Field(..));
        if self.owned && is_place { Self { value: Value::Borrow(Box::new(self.value)), owned: false, ..self } } else { self }
    }
}

impl Lowering {
    /// Translates an expression; `None` after a finding.
    pub(super) fn expression(&mut self, expression: &Expression) -> Option<Typed> {
        match &expression.kind {
            ExpressionKind::Boolean(value) => Some(Typed::of(Value::Boolean(*value), Kind::Boolean)),
            ExpressionKind::Integer(number) => match isize::try_from(*number) {
                Ok(number) => Some(Typed::of(Value::Integer(number), Kind::Integer)),
                Err(_) => {
                    self.findings.error(&expression.at, "the number is too large");
                    None
                }
            },
            ExpressionKind::Reference(name) => self.reference(name, &expression.at),
            ExpressionKind::Text(pieces) => self.template(pieces, &expression.at),
            ExpressionKind::Call { function, arguments } => self.call(function, arguments, &expression.at),
        }
    }

    /// Translates an expression that must be a string and set.
    pub(super) fn text(&mut self, expression: &Expression) -> Option<Typed> {
        self.of_kind(expression, Kind::Text)
    }

    /// Translates an expression that must be set and of this type.
    pub(super) fn of_kind(&mut self, expression: &Expression, kind: Kind) -> Option<Typed> {
        let typed = self.expression(expression)?;
        self.certain(typed, kind, &expression.at)
    }

    fn certain(&mut self, typed: Typed, kind: Kind, at: &Pointer) -> Option<Typed> {
        if typed.kind != kind {
            self.findings.error(at, format!("expected {}, found {}", kind.name(), typed.kind.name()));
            return None;
        }
        if typed.optional && matches!((&self.region, &typed.value), (Region::Optional(Some(region)), Value::Name(name)) if region == name) {
            self.region = Region::Needed;
        }
        if typed.optional && self.region != Region::Needed {
            let hint = "check it with `isSet` in a condition, or assign it to a name there, before it is used";
            self.findings.error_with_hint(at, "the value may be unset here", hint);
            return None;
        }
        Some(typed)
    }

    fn reference(&mut self, name: &str, at: &Pointer) -> Option<Typed> {
        if let Some((_, typed)) = self.scope.iter().rev().find(|(known, _)| known == name) {
            return Some(typed.clone());
        }
        let known: Vec<&str> = self.scope.iter().map(|(known, _)| known.as_str()).collect();
        let message = format!("{} is neither a parameter nor assigned before this place", quoted(name));
        self.findings.error_with_search(at, message, || did_you_mean(name, known));
        None
    }

    fn template(&mut self, pieces: &[Piece], at: &Pointer) -> Option<Typed> {
        let mut values = Vec::new();
        let mut last = None;
        for piece in pieces {
            let typed = match piece {
                Piece::Text(text) => Typed::of(Value::Text(text.clone()), Kind::Text),
                Piece::Value { name, path } => {
                    let typed = self.reference(name, at)?;
                    let typed = self.attribute(typed, path, at)?;
                    self.certain(typed, Kind::Text, at)?
                }
            };
            match (values.last_mut(), &typed.value) {
                (Some(Value::Text(before)), Value::Text(text)) => before.push_str(text),
                _ => values.push(typed.value.clone()),
            }
            last = Some(typed);
        }
        match (values.len(), last) {
            (1, Some(typed)) => Some(Typed { value: values.swap_remove(0), ..typed }),
            _ => Some(Typed::owned(Value::Format(values), Kind::Text)),
        }
    }

    /// The value at a path.
    pub(super) fn attribute(&mut self, from: Typed, path: &[Step], at: &Pointer) -> Option<Typed> {
        let mut typed = from;
        for step in path {
            let kind = typed.kind;
            typed = self.certain(typed, kind, at)?;
            typed = match step {
                Step::Index(index) if kind == Kind::List => {
                    Typed::optional(Value::Call("item", vec![typed.argument(), Value::Integer(*index)]), Kind::Text)
                }
                Step::Index(_) => {
                    self.findings.error(at, format!("{} has no items", kind.name()));
                    return None;
                }
                Step::Key(key) => {
                    let fields = kind.fields();
                    let Some((_, field, kind, owned)) = fields.iter().find(|(name, ..)| name == key) else {
                        let names: Vec<&str> = fields.iter().map(|(name, ..)| *name).collect();
                        let hint = if names.is_empty() { String::new() } else { format!("it has {}", enumeration(&names)) };
                        self.findings.error_with_hint(at, format!("{} has no {}", kind.name(), quoted(key)), hint);
                        return None;
                    };
                    Typed { owned: *owned, ..Typed::of(Value::Field(Box::new(typed.value), field), *kind) }
                }
            };
        }
        Some(typed)
    }
}
