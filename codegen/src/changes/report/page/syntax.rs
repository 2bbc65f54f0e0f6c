//! Requests and replies in Python's syntax, with a sample for each value.

use super::{Book, DEEPEST, MOST_PARTS};
use crate::model::{Kind, Member, ShapeId, Simple};
use std::fmt::Write as _;

/// The call of a method with all its parameters.
pub(super) fn call(book: &Book<'_>, method: &str, members: &[(&str, &Member)]) -> String {
    let mut writer = Writer::new(book);
    _ = write!(writer.out, "client.{method}(");
    if members.is_empty() {
        writer.out += ")";
        return writer.out;
    }
    for (index, (name, member)) in members.iter().enumerate() {
        writer.out += if index > 0 { "," } else { "" };
        writer.line(1);
        _ = write!(writer.out, "{name}=");
        writer.value(&member.target, 1);
    }
    writer.line(0);
    writer.out + ")"
}

/// The value that a method returns.
pub(super) fn reply(book: &Book<'_>, members: &[(&str, &Member)]) -> String {
    let mut writer = Writer::new(book);
    writer.members(members, 0);
    writer.out
}

struct Writer<'b, 'm> {
    book: &'b Book<'m>,
    out: String,
    /// The shapes on the way to the present one.
    way: Vec<ShapeId>,
    left: usize,
}

impl<'b, 'm> Writer<'b, 'm> {
    fn new(book: &'b Book<'m>) -> Self {
        Self { book, out: String::new(), way: Vec::new(), left: MOST_PARTS }
    }

    fn line(&mut self, level: usize) {
        self.out.push('\n');
        self.out += &"    ".repeat(level);
    }

    fn members(&mut self, members: &[(&str, &Member)], level: usize) {
        if members.is_empty() {
            self.out += "{}";
            return;
        }
        self.out.push('{');
        for (index, (name, member)) in members.iter().enumerate() {
            self.out += if index > 0 { "," } else { "" };
            self.line(level + 1);
            _ = write!(self.out, "'{name}': ");
            self.value(&member.target, level + 1);
        }
        self.line(level);
        self.out.push('}');
    }

    fn value(&mut self, id: &ShapeId, level: usize) {
        let Some(shape) = self.book.shape(id) else { return };
        if self.left == 0 || self.way.len() > DEEPEST {
            self.out += "...";
            return;
        }
        self.left -= 1;
        if self.way.contains(id) {
            self.out += "{'... recursive ...'}";
            return;
        }
        self.way.push(id.clone());
        match &shape.kind {
            Kind::Structure(members) | Kind::Union(members) => self.members(&self.book.order.sorted(members), level),
            Kind::List(item) => {
                self.out.push('[');
                self.line(level + 1);
                self.value(&item.target, level + 1);
                self.out.push(',');
                self.line(level);
                self.out.push(']');
            }
            Kind::Map { key, value } => {
                self.out.push('{');
                self.line(level + 1);
                self.value(&key.target, level + 1);
                self.out += ": ";
                self.value(&value.target, level + 1);
                self.line(level);
                self.out.push('}');
            }
            Kind::Enum(members) => {
                let values: Vec<String> = self.book.values(members).into_iter().map(|value| format!("'{value}'")).collect();
                self.out += &values.join("|");
            }
            Kind::Simple(simple) => self.out += sample(*simple),
            _ => self.out += "123",
        }
        self.way.pop();
    }
}

fn sample(simple: Simple) -> &'static str {
    match simple {
        Simple::Boolean => "True|False",
        Simple::Byte | Simple::Short | Simple::Integer | Simple::Long | Simple::BigInteger => "123",
        Simple::Float | Simple::Double | Simple::BigDecimal => "123.0",
        Simple::Blob => "b'bytes'",
        Simple::Timestamp => "datetime(2015, 1, 1)",
        Simple::Document => "{...}|[...]|123|123.4|'string'|True|None",
        Simple::String => "'string'",
    }
}
