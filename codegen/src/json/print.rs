//! Prints a value as the text of a file.

use super::value::Json;
use serde_json::Value;
use std::fmt::Write as _;

impl Json {
    /// The text of a file, with `indent` spaces per level and a line break at the end.
    pub(crate) fn print(&self, indent: usize) -> String {
        let mut out = String::new();
        self.write(indent, 0, &mut out);
        out + "\n"
    }

    fn write(&self, indent: usize, depth: usize, out: &mut String) {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent * depth));
        };
        // Writing to a string never fails.
        match self {
            Self::Scalar(value) => _ = write!(out, "{value}"),
            Self::Array(items) if items.is_empty() => out.push_str("[]"),
            Self::Object(members) if members.is_empty() => out.push_str("{}"),
            Self::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    line(out, depth + 1);
                    item.write(indent, depth + 1, out);
                }
                line(out, depth);
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    line(out, depth + 1);
                    _ = write!(out, "{}: ", Value::from(key.as_str()));
                    value.write(indent, depth + 1, out);
                }
                line(out, depth);
                out.push('}');
            }
        }
    }
}
