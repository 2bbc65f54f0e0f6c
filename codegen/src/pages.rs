//! Pagination: how the results of an operation come page by page, in Smithy's terms.
//!
//! Smithy's trait `paginated` on an operation describes it, with defaults on the service. botocore's `paginators-1.json` has more than the trait can
//! express. Its entries become the trait; what the trait has no word for becomes [`BEYOND`]: several tokens, tokens that are not a plain path, a flag
//! that tells if another page follows.
//!
//! Malformed entries are found when they are read. Names that do not exist and members of the wrong type are found when a selected operation is lowered.

mod file;
mod path;

pub(crate) use file::{Attached, attach};
pub(crate) use path::{Path, Step};

use crate::diagnostic::Diagnostic;
use crate::model::{Member, Members, Pointer, Shape, ShapeId, Traits};
use serde_json::Value;

/// Smithy's trait.
pub(crate) const PAGINATED: &str = "smithy.api#paginated";

/// Our trait beside it, with these keys:
///
/// - `inputTokens` and `outputTokens`, lists of the same length: the tokens that Smithy's trait cannot express. They replace those of Smithy's trait,
///   which an operation with them does not need.
/// - `pageSize` and `items`, as in Smithy's trait, for such an operation.
/// - `moreResults`: a boolean of a page that is true if another page follows.
/// - `resultKeys`: all members with results, of which `items` is the first that is a list or a map.
/// - `nonAggregateKeys`: the members that describe the results as a whole.
pub(crate) const BEYOND: &str = "smithlet.api#pagination";

/// The pagination of an operation, as the model describes it.
#[derive(Debug)]
pub(crate) struct Description {
    /// Each token: the member of the input that takes it, and its path in a page.
    pub(crate) tokens: Vec<(Text, Text)>,
    pub(crate) page_size: Option<Text>,
    pub(crate) items: Option<Text>,
    pub(crate) more_results: Option<Text>,
}

/// A text of the description, and its place.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) value: String,
    /// True for a default of the service, which need not fit every operation.
    pub(crate) is_default: bool,
    file: String,
    at: Pointer,
}

impl Text {
    /// An error about the text.
    pub(crate) fn error(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&self.file, &self.at, message)
    }
}

/// The traits of an operation that describe its pagination, and the defaults of its service.
pub(crate) struct Source<'a> {
    /// The file of the model.
    pub(crate) file: &'a str,
    pub(crate) service: &'a Shape,
    pub(crate) attached: &'a Attached,
}

impl Source<'_> {
    /// The pagination of an operation; `None` if it has none.
    ///
    /// # Errors
    ///
    /// Values of the traits that are missing or of the wrong type.
    pub(crate) fn describe(&self, id: &ShapeId, shape: &Shape) -> Result<Option<Description>, Vec<Diagnostic>> {
        if !shape.traits.has(PAGINATED) && !shape.traits.has(BEYOND) {
            return Ok(None);
        }
        let mut findings = Vec::new();
        let mut text = |key: &str| {
            self.text(id, shape, key).transpose().unwrap_or_else(|finding| {
                findings.push(finding);
                None
            })
        };
        let (page_size, items, more_results) = (text("pageSize"), text("items"), text("moreResults"));
        let single = (text("inputToken"), text("outputToken"));
        let tokens = match (self.texts(id, shape, "inputTokens"), self.texts(id, shape, "outputTokens"), single) {
            (Some(inputs), Some(outputs), _) if !inputs.is_empty() && inputs.len() == outputs.len() => {
                inputs.into_iter().zip(outputs).collect()
            }
            (None, None, (Some(input), Some(output))) => vec![(input, output)],
            (None, None, (input, _)) if findings.is_empty() => {
                let key = if input.is_some() { "outputToken" } else { "inputToken" };
                let message = format!("the trait `{PAGINATED}` of `{id}` has no `{key}`, and its service has none either");
                findings.push(self.error(id, shape, PAGINATED, "", message));
                Vec::new()
            }
            (None, None, _) => Vec::new(),
            _ => {
                let message =
                    format!("the trait `{BEYOND}` of `{id}` must have the lists `inputTokens` and `outputTokens` of the same length");
                findings.push(self.error(id, shape, BEYOND, "", message));
                Vec::new()
            }
        };
        if findings.is_empty() { Ok(Some(Description { tokens, page_size, items, more_results })) } else { Err(findings) }
    }

    /// The string of a key, of the operation's traits or else of the service's.
    fn text(&self, id: &ShapeId, shape: &Shape, key: &str) -> Option<Result<Text, Diagnostic>> {
        let own = [BEYOND, PAGINATED].into_iter().find_map(|of| Some((of, shape.traits.get(of)?.get(key)?)));
        let (of, value, pointer) = match own {
            Some((of, value)) => (of, value, None),
            None => (PAGINATED, self.service.traits.get(PAGINATED)?.get(key)?, Some(&self.service.pointer)),
        };
        let Some(text) = value.as_str() else {
            return Some(Err(self.error(id, shape, of, key, format!("`{key}` in the trait `{of}` must be a string"))));
        };
        let (file, at) = match pointer {
            Some(pointer) => (self.file, pointer.join("traits").join(of).join(key)),
            None => self.place(id, shape, of, key),
        };
        Some(Ok(Text { value: text.to_owned(), is_default: pointer.is_some(), file: file.to_owned(), at }))
    }

    /// The strings of a key of our trait; `None` without the key, and for anything but a list of strings.
    fn texts(&self, id: &ShapeId, shape: &Shape, key: &str) -> Option<Vec<Text>> {
        let list = shape.traits.get(BEYOND)?.get(key)?;
        let (file, at) = self.place(id, shape, BEYOND, key);
        let text = |(index, value): (usize, &Value)| {
            let at = if list.as_array().is_some_and(|list| list.len() > 1) { at.index(index) } else { at.clone() };
            Some(Text { value: value.as_str()?.to_owned(), is_default: false, file: file.to_owned(), at })
        };
        Some(list.as_array().and_then(|list| list.iter().enumerate().map(text).collect()).unwrap_or_default())
    }

    fn error(&self, id: &ShapeId, shape: &Shape, of: &str, key: &str, message: String) -> Diagnostic {
        let (file, at) = self.place(id, shape, of, key);
        Diagnostic::error(file, &at, message)
    }

    /// The place of a key of a trait of the operation. An empty key is the whole trait.
    fn place(&self, id: &ShapeId, shape: &Shape, of: &str, key: &str) -> (&str, Pointer) {
        self.attached.place(id, &shape.traits, key).unwrap_or_else(|| {
            let at = shape.pointer.join("traits").join(of);
            (self.file, if key.is_empty() { at } else { at.join(key) })
        })
    }
}

/// The member of a structure with this name, in the model or in botocore's file. In the JSON protocols botocore's name may be another than the
/// member's, which is the name on the wire.
pub(crate) fn member<'m>(members: &'m Members, name: &str) -> Option<(&'m str, &'m Member)> {
    let is_named = |traits: &Traits| traits.text("smithlet.api#name") == Some(name);
    let found = members.get_key_value(name).or_else(|| members.iter().find(|(_, member)| is_named(&member.traits)));
    found.map(|(name, member)| (name.as_str(), member))
}

#[cfg(test)]
mod tests;
