//! Types for an input of the suite: a model with one operation, whose output is the input.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The reason why an input or a member of it has no type.
pub(super) const ODD: &str = "the input has a list or a member of several types";

/// What an object becomes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Objects {
    Structures,
    /// Maps, where all its values have one type.
    Maps,
}

/// A model and its input.
pub(super) struct Model {
    /// The members of the output and all shapes, for names with a prefix.
    output: BTreeMap<String, Type>,
    /// The input, which is an object.
    pub(super) given: Value,
    /// Members of the input that have several types, which are left out.
    pub(super) odd: Vec<String>,
    /// True if the input is a member of the output, because it is not an object.
    is_inside: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Type {
    /// Null or an item that does not exist.
    Unknown,
    Text,
    Boolean,
    Integer,
    Double,
    List {
        item: Box<Type>,
        sparse: bool,
    },
    Structure(BTreeMap<String, Type>),
    Map(Box<Type>),
}

/// The model for all these inputs.
pub(super) fn model_of_all(inputs: &[Value]) -> Result<Model, String> {
    let types = inputs.iter().map(|input| of(input, Objects::Structures));
    let merged = types.reduce(|one, other| merged(one?, other?)).unwrap_or(Ok(Type::Unknown))?;
    match merged {
        Type::Structure(output) => Ok(Model { output, given: Value::Null, odd: Vec::new(), is_inside: false }),
        _ => Err("the inputs are not objects".to_owned()),
    }
}

/// The model for an input, with further members in every structure; or the reason why the input has no type.
pub(super) fn model(given: &Value, objects: Objects, absent: &[String]) -> Result<Model, String> {
    let is_inside = !given.is_object();
    let mut given = if is_inside { json!({ "given": given }) } else { given.clone() };
    let (mut output, mut odd) = (BTreeMap::new(), Vec::new());
    for (name, value) in given.as_object().into_iter().flatten() {
        match of(value, objects) {
            Ok(ty) => _ = output.insert(name.clone(), with(ty, absent)),
            Err(reason) if is_inside => return Err(reason),
            Err(_) => odd.push(name.clone()),
        }
    }
    for name in &odd {
        given.as_object_mut().and_then(|given| given.remove(name));
    }
    for name in absent {
        output.entry(name.clone()).or_insert(Type::Text);
    }
    Ok(Model { output, given, odd, is_inside })
}

impl Model {
    /// The expression for the output.
    pub(super) fn expression(&self, text: &str) -> String {
        if self.is_inside { format!("given | ({text})") } else { text.to_owned() }
    }

    /// Adds the shapes to a model. The operation and its output have the name `name`, and other names begin with it.
    pub(super) fn declare(&self, name: &str, shapes: &mut Map<String, Value>) {
        let members = members(&self.output, name, shapes);
        shapes.insert(format!("t#{name}Output"), json!({ "type": "structure", "members": members }));
        shapes.insert(format!("t#{name}"), json!({ "type": "operation", "output": { "target": format!("t#{name}Output") } }));
    }
}

/// A whole model with the shapes of these operations.
pub(super) fn service(operations: &[String], mut shapes: Map<String, Value>) -> String {
    let operations: Vec<Value> = operations.iter().map(|name| json!({ "target": format!("t#{name}") })).collect();
    let traits = json!({ "aws.api#service": { "sdkId": "S" }, "aws.auth#sigv4": { "name": "s" }, "aws.protocols#awsJson1_1": {} });
    shapes.insert("t#S".to_owned(), json!({ "type": "service", "version": "1", "operations": operations, "traits": traits }));
    json!({ "smithy": "2.0", "shapes": shapes }).to_string()
}

fn members(members: &BTreeMap<String, Type>, name: &str, shapes: &mut Map<String, Value>) -> Map<String, Value> {
    members.iter().map(|(member, ty)| (member.clone(), json!({ "target": target(ty, name, shapes) }))).collect()
}

/// The id of a type's shape, which is added to the others.
fn target(ty: &Type, name: &str, shapes: &mut Map<String, Value>) -> String {
    let shape = match ty {
        Type::Unknown | Type::Text => return "smithy.api#String".to_owned(),
        Type::Boolean => return "smithy.api#Boolean".to_owned(),
        Type::Integer => return "smithy.api#Long".to_owned(),
        Type::Double => return "smithy.api#Double".to_owned(),
        Type::List { item, sparse } => {
            let traits = if *sparse { json!({ "smithy.api#sparse": {} }) } else { json!({}) };
            json!({ "type": "list", "member": { "target": target(item, name, shapes) }, "traits": traits })
        }
        Type::Map(value) => {
            let value = json!({ "target": target(value, name, shapes) });
            json!({ "type": "map", "key": { "target": "smithy.api#String" }, "value": value })
        }
        Type::Structure(own) => json!({ "type": "structure", "members": members(own, name, shapes) }),
    };
    let id = format!("t#{name}Shape{}", shapes.len());
    shapes.insert(id.clone(), shape);
    id
}

fn of(value: &Value, objects: Objects) -> Result<Type, String> {
    Ok(match value {
        Value::Null => Type::Unknown,
        Value::Bool(_) => Type::Boolean,
        Value::String(_) => Type::Text,
        Value::Number(number) => {
            if number.is_f64() {
                Type::Double
            } else {
                Type::Integer
            }
        }
        Value::Array(items) => {
            let sparse = items.iter().any(Value::is_null);
            let item = items.iter().try_fold(Type::Unknown, |ty, item| merged(ty, of(item, objects)?))?;
            Type::List { item: Box::new(item), sparse }
        }
        Value::Object(entries) => {
            let types = entries.iter().map(|(name, value)| Ok((name.clone(), of(value, objects)?)));
            let members: BTreeMap<String, Type> = types.collect::<Result<_, String>>()?;
            let one = members.values().cloned().try_fold(Type::Unknown, merged);
            match one {
                Ok(value) if objects == Objects::Maps && !entries.values().any(Value::is_null) => Type::Map(Box::new(value)),
                _ => Type::Structure(members),
            }
        }
    })
}

/// One type for the values of both.
fn merged(one: Type, other: Type) -> Result<Type, String> {
    match (one, other) {
        (Type::Unknown, ty) | (ty, Type::Unknown) => Ok(ty),
        (Type::Integer, Type::Double) | (Type::Double, Type::Integer) => Ok(Type::Double),
        (Type::List { item: one, sparse }, Type::List { item: other, sparse: also }) => {
            Ok(Type::List { item: Box::new(merged(*one, *other)?), sparse: sparse || also })
        }
        (Type::Map(one), Type::Map(other)) => Ok(Type::Map(Box::new(merged(*one, *other)?))),
        (Type::Structure(mut one), Type::Structure(other)) => {
            for (name, ty) in other {
                let old = one.remove(&name).unwrap_or(Type::Unknown);
                one.insert(name, merged(old, ty)?);
            }
            Ok(Type::Structure(one))
        }
        (one, other) if one == other => Ok(one),
        _ => Err(ODD.to_owned()),
    }
}

/// The type with further members in its structures.
fn with(ty: Type, absent: &[String]) -> Type {
    match ty {
        Type::List { item, sparse } => Type::List { item: Box::new(with(*item, absent)), sparse },
        Type::Map(value) => Type::Map(Box::new(with(*value, absent))),
        Type::Structure(members) => {
            let mut members: BTreeMap<String, Type> = members.into_iter().map(|(name, ty)| (name, with(ty, absent))).collect();
            for name in absent {
                members.entry(name.clone()).or_insert(Type::Text);
            }
            Type::Structure(members)
        }
        other => other,
    }
}
