//! The code, the message and the request id in the body of an error reply, in all places where services and gateways put them.

mod cbor;

use crate::json;
use crate::xml;
use aws_smithy_types::Document;

/// The parts of an error that were found in a body.
#[derive(Default)]
pub(crate) struct ErrorBody {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    /// The text of other members, for a body without a code and a message.
    pub(super) remark: Option<String>,
    pub(super) request_id: Option<String>,
    /// True if the body is complete. The message of an incomplete one may be a part of anything.
    pub(super) is_whole: bool,
}

impl ErrorBody {
    pub(crate) fn in_body(body: &[u8]) -> Self {
        let text = json::without_byte_order_mark(body).trim_ascii();
        match text.first() {
            Some(b'{') => Self::in_json(text),
            Some(b'<') => std::str::from_utf8(text).ok().and_then(Self::in_xml).unwrap_or_default(),
            _ => Self::default(),
        }
    }

    fn in_json(body: &[u8]) -> Self {
        let mut members = Members::default();
        // A code before a syntax error is kept.
        let is_whole = members.read(body).is_ok();
        let code = [members.type_name, members.code].into_iter().flatten().find_map(|code| bare_code(&code));
        Self { code, message: members.message, remark: members.remark, request_id: members.request_id, is_whole }
    }

    /// Reads the XML form of AWS's errors. Other markup is ignored.
    fn in_xml(text: &str) -> Option<Self> {
        let xml::Found { root, texts, is_whole } = xml::find(text, ["Code", "Message", "RequestId", "RequestID"]);
        root.filter(|root| matches!(*root, "Error" | "ErrorResponse" | "Response"))?;
        let [code, message, request_id, other_id] = texts;
        let code = code.and_then(|code| bare_code(&code));
        Some(Self { code, message, request_id: request_id.or(other_id), is_whole, remark: None })
    }
}

/// The members that services, and gateways in front of them, use for the code and for the message.
#[derive(Default)]
struct Members {
    type_name: Option<String>,
    code: Option<String>,
    message: Option<String>,
    remark: Option<String>,
    request_id: Option<String>,
}

/// Returns whether a member of an error is its message.
pub(super) fn is_message(name: &str) -> bool {
    matches!(name, "message" | "Message" | "errorMessage")
}

impl Members {
    fn read(&mut self, body: &[u8]) -> Result<(), json::Error> {
        let mut reader = json::Reader::new(body)?;
        if reader.object()? {
            while let Some(name) = reader.key()? {
                let is_error = name == "Error";
                match self.member(name) {
                    Some(_) if is_error => self.read_error(reader.document()?),
                    Some(member) => fill(member, reader.document()?),
                    None => reader.skip()?,
                }
            }
        }
        reader.finish()
    }

    fn member(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "__type" => Some(&mut self.type_name),
            "code" | "Code" => Some(&mut self.code),
            name if is_message(name) => Some(&mut self.message),
            "RequestId" | "requestId" => Some(&mut self.request_id),
            // Members that gateways and portals use.
            "error" | "Error" | "error_description" | "detail" | "title" | "reason" => Some(&mut self.remark),
            _ => None,
        }
    }

    /// Reads the query protocol's form of an error in JSON: an object with the code and the message.
    fn read_error(&mut self, value: Option<Document>) {
        match value {
            Some(Document::Object(mut members)) => {
                for (name, member) in [("Code", &mut self.code), ("Message", &mut self.message)] {
                    fill(member, members.remove(name));
                    fill(member, members.remove(&name.to_ascii_lowercase()));
                }
            }
            other => fill(&mut self.remark, other),
        }
    }
}

/// Stores the text of a member, unless there is one already.
fn fill(member: &mut Option<String>, value: Option<Document>) {
    if member.is_none() {
        *member = value.and_then(words);
    }
}

/// The text of a member: a string, or the message in an object. Other values, such as a number in the place of a code, have none.
fn words(value: Document) -> Option<String> {
    match value {
        Document::String(words) => Some(words).filter(|words| !words.trim().is_empty()),
        Document::Object(mut members) => members.remove("message").and_then(words),
        _ => None,
    }
}

/// The name of an error's shape: `com.amazonaws.codebuild#InvalidInputException:http://internal/` is `InvalidInputException`.
pub(super) fn bare_code(code: &str) -> Option<String> {
    let code = code.split_once(':').map_or(code, |(before, _)| before);
    let code = code.rsplit_once('#').map_or(code, |(_, after)| after).trim();
    (!code.is_empty()).then(|| code.to_owned())
}
