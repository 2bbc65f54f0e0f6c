//! Lists: projections, multi-select lists and the steps of iterators.

use super::Compiler;
use super::comparison::same_type;
use super::kinds::{described, is_copied, or_empty, read};
use crate::jmespath::{Expression, Fault, Kind as Syntax, Over};
use crate::names::Name;
use crate::rust;
use crate::rust::path::{Kind, Part, Step, Type, Value};

/// A list in the making: an iterator, and the type of its items.
struct Chain {
    source: Value,
    part: Part,
    steps: Vec<Step>,
    item: Type,
    /// True if items may be null.
    nullable: bool,
}

impl Chain {
    /// The iterator over a value that is a list.
    fn over(value: Value, what: &str, at: usize) -> Result<Self, Fault> {
        Ok(match (value.ty.clone(), value.kind) {
            (Type::List { item, .. }, Kind::Items { source, part, steps }) => {
                Self { source: *source, part, steps, item: *item, nullable: false }
            }
            (Type::List { item, nullable }, kind) => {
                Self { source: Value { kind, ..value }, part: Part::Items, steps: Vec::new(), item: *item, nullable }
            }
            (Type::Held(rust::Type::List { item, sparse }), kind) => {
                let item = Type::Held(*item);
                Self { source: Value { kind, ..value }, part: Part::Items, steps: Vec::new(), item, nullable: sparse }
            }
            (other, _) => return Err(Fault::new(at, format!("expected a list before `{what}`, found {}", described(&other)))),
        })
    }

    /// The iterator over the values of a map or of an object.
    fn over_values(value: Value, at: usize) -> Result<Self, Fault> {
        match (value.ty.clone(), value.kind) {
            (Type::Held(rust::Type::Map { value: item, sparse, .. }), kind) => {
                let item = Type::Held(*item);
                Ok(Self { source: Value { kind, ..value }, part: Part::Values, steps: Vec::new(), item, nullable: sparse })
            }
            (Type::Hash(_), Kind::Hash(values)) => Self::over(of(values, at)?, "*", at),
            (other, _) => Err(Fault::new(at, format!("`*` has the values of a map only, not of {}", described(&other)))),
        }
    }

    /// The list, which has the items as they are read, or the source itself if it is the same.
    fn finish(mut self) -> Value {
        if self.is_source() {
            return self.source;
        }
        self.read();
        let nullable = self.source.nullable;
        let kind = Kind::Items { source: Box::new(self.source), part: self.part, steps: self.steps };
        Value::new(kind, Type::List { item: Box::new(self.item), nullable: false }, nullable)
    }

    /// True if the list is the source itself.
    fn is_source(&self) -> bool {
        self.steps.is_empty() && self.part == Part::Items
    }

    /// Reads items that are references to scalars or lists.
    fn read(&mut self) {
        let name = self.item.variable();
        let body = own(Value::variable(name.clone(), self.item.clone()));
        if body.ty != self.item {
            self.item = body.ty.clone();
            self.steps.push(Step::Map { name, body });
        }
    }

    /// Drops null items.
    fn present(&mut self) {
        if self.nullable {
            self.steps.push(Step::Present);
            self.nullable = false;
        }
    }

    /// Replaces items that are lists by their items.
    fn flatten(&mut self) {
        if let Some(Step::Map { body, .. }) = self.steps.last_mut()
            && let Some(held) = held(body)
        {
            self.item = held.ty.clone();
            *body = held;
        }
        let (inner, nullable) = match &self.item {
            Type::Held(rust::Type::List { item, sparse }) => (Type::Held((**item).clone()), *sparse),
            Type::List { item, nullable } => ((**item).clone(), *nullable),
            _ => return,
        };
        self.nullable = nullable;
        let step = match self.steps.pop() {
            Some(Step::Map { name, body }) => match single(&body) {
                Some(only) => {
                    // The step drops a null item.
                    self.nullable = false;
                    Step::Map { name, body: only }
                }
                None => match or_empty(&body) {
                    Some(body) => Step::FlatMap { name, body },
                    None => {
                        self.steps.push(Step::Map { name, body });
                        Step::Flatten
                    }
                },
            },
            other => {
                self.steps.extend(other);
                Step::Flatten
            }
        };
        self.steps.push(step);
        self.item = inner;
    }
}

/// The held list of which a list has all items, if it does nothing but read them.
fn held(list: &Value) -> Option<Value> {
    let Kind::Items { source, part: Part::Items, steps } = &list.kind else { return None };
    let only_reads = match steps.as_slice() {
        [] => true,
        [Step::Map { name, body }] => *body == own(Value::variable(name.clone(), item_of(&source.ty)?)),
        _ => false,
    };
    (only_reads && matches!(source.ty, Type::Held(rust::Type::List { .. }))).then(|| (**source).clone())
}

/// The type of a held list's items.
fn item_of(ty: &Type) -> Option<Type> {
    match ty {
        Type::Held(rust::Type::List { item, .. }) => Some(Type::Held((**item).clone())),
        _ => None,
    }
}

/// The only item of a multi-select list, if it is not a list itself.
fn single(list: &Value) -> Option<Value> {
    match &list.kind {
        Kind::List(items) => match items.as_slice() {
            [only] if !matches!(only.ty, Type::List { .. } | Type::Held(rust::Type::List { .. })) => Some(only.clone()),
            _ => None,
        },
        _ => None,
    }
}

impl Compiler<'_> {
    /// The right side applied to each item of the left side.
    pub(super) fn projection(&mut self, left: Value, over: &Over, right: &Expression, at: usize) -> Result<Value, Fault> {
        if left.ty == Type::Null {
            return Ok(Value::null());
        }
        let mut chain = match over {
            Over::Values => Chain::over_values(left, at)?,
            Over::Items => Chain::over(left, "[*]", at)?,
            Over::Flattened => Chain::over(left, "[]", at)?,
            Over::Filtered(_) => Chain::over(left, "[?...]", at)?,
            Over::Slice(_) => return Err(Fault::new(at, "slices are not supported")),
        };
        chain.present();
        match over {
            Over::Flattened => {
                chain.flatten();
                chain.present();
            }
            Over::Filtered(condition) => {
                let (name, item) = item(&chain.item);
                let condition = self.condition(condition, &item, true)?;
                chain.steps.push(Step::Filter { name, copied: is_copied(&chain.item), condition });
            }
            Over::Items | Over::Values | Over::Slice(_) => {}
        }
        if !matches!(right.kind, Syntax::Current) {
            let (name, item) = item(&chain.item);
            let body = own(self.expression(right, &item)?);
            if body.ty == Type::Null {
                return Err(Fault::new(right.offset, "the right side of the projection is always null"));
            }
            if body != item {
                chain.item = body.ty.clone();
                chain.steps.push(Step::Map { name, body });
            }
        }
        Ok(chain.finish())
    }

    /// True if an item of a list equals a value.
    pub(super) fn has(&mut self, list: Value, wanted: Value, at: usize) -> Result<Value, Fault> {
        let mut chain = Chain::over(list, "contains", at)?;
        chain.present();
        if !chain.is_source() {
            chain.read();
        }
        let name = self.fresh();
        let item = Value::variable(name.clone(), chain.item.clone());
        let of = chain.finish();
        // An error must leave the function and not only the closure.
        let bound = wanted.fails().then(|| (self.fresh(), wanted.clone()));
        let wanted = match &bound {
            Some((name, value)) => Value::new(Kind::Variable(name.clone()), value.ty.clone(), value.nullable),
            None => wanted,
        };
        let condition = super::comparison::compare(crate::jmespath::Comparator::Equal, item, wanted, at)?;
        let has = Value::boolean(Kind::Has { of: Box::new(of), name, condition: Box::new(condition) });
        Ok(match bound {
            Some((name, of)) => Value::boolean(Kind::Bind { name, of: Box::new(of), strict: false, body: Box::new(has) }),
            None => has,
        })
    }
}

/// The keys or the values of a map that is not null.
pub(super) fn entries(map: Value, part: Part, item: Type, nullable: bool) -> Value {
    let mut chain = Chain { source: map, part, steps: Vec::new(), item, nullable };
    chain.present();
    chain.finish()
}

/// A list of values, which must have one type.
pub(super) fn of(values: Vec<Value>, at: usize) -> Result<Value, Fault> {
    let mut items: Vec<Value> = Vec::new();
    for value in values {
        let value = owned(value, at)?;
        match items.pop() {
            Some(last) => {
                let (last, value) = same_type(last, value).map_err(|(one, other)| {
                    Fault::new(at, format!("the items of a list must have one type, found {} and {}", described(&one), described(&other)))
                })?;
                items.extend([last, value]);
            }
            None => items.push(value),
        }
    }
    let Some(last) = items.last() else { return Err(Fault::new(at, "an empty list has no type")) };
    let item = Box::new(last.ty.clone());
    let nullable = items.iter().any(|item| item.nullable);
    if *item == Type::Null || items.iter().any(|value| value.ty != *item) {
        return Err(Fault::new(at, "the items of a list must have one type"));
    }
    Ok(Value::new(Kind::List(items), Type::List { item, nullable }, false))
}

/// The value as an expression's result: itself instead of a reference to a scalar, and a list instead of a reference to a list.
pub(super) fn owned(value: Value, at: usize) -> Result<Value, Fault> {
    let value = own(value);
    if holds_list(&value.ty) {
        return Err(Fault::new(at, "the items of a list may be null; leave out those that are with `[]`"));
    }
    Ok(value)
}

/// The same, but a list whose items may be null stays a reference.
pub(super) fn own(value: Value) -> Value {
    let value = read(value);
    let Some(item) = item_of(&value.ty) else { return value };
    if matches!(value.ty, Type::Held(rust::Type::List { sparse: true, .. })) {
        return value;
    }
    let mut chain = Chain { source: value, part: Part::Items, steps: Vec::new(), item, nullable: false };
    chain.read();
    let nullable = chain.source.nullable;
    let ty = Type::List { item: Box::new(chain.item), nullable: false };
    Value::new(Kind::Items { source: Box::new(chain.source), part: chain.part, steps: chain.steps }, ty, nullable)
}

/// True if a part of the value is a reference to a list.
fn holds_list(ty: &Type) -> bool {
    match ty {
        Type::Held(held) => matches!(held, rust::Type::List { .. }),
        Type::List { item, .. } => holds_list(item),
        Type::Hash(entries) => entries.iter().any(|entry| holds_list(&entry.ty)),
        Type::Text | Type::Boolean | Type::Number(_) | Type::Whole { .. } | Type::Null => false,
    }
}

/// The variable with an item, and its name.
fn item(ty: &Type) -> (Name, Value) {
    let name = ty.variable();
    (name.clone(), Value::variable(name, ty.clone()))
}
