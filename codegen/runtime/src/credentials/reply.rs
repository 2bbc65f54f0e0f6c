//! What the endpoints of credentials answer.

use crate::error::text::{OneLine, without_session_token};
use crate::json;
use aws_smithy_types::Document;
use http::StatusCode;

/// How much of an endpoint's words is said, in characters.
const MAX_MESSAGE: usize = 300;

/// A line about a reply that is none of the expected ones: its status, and its code and message where it has them in a known place. Nothing
/// else of it is shown, since it may quote what it was sent; nor are these secrets, before anything is made shorter.
pub(super) fn refusal(status: StatusCode, body: &[u8], secrets: &[&str]) -> String {
    let (code, message) = match document(body) {
        Ok(document) => {
            let find = |names: &[&str]| names.iter().find_map(|name| string(&document, name)).map(str::to_owned);
            (find(&["Code", "code", "__type", "error"]), find(&["Message", "message", "error_description"]))
        }
        Err(_) => {
            let text = String::from_utf8_lossy(body);
            (element(&text, "Code"), element(&text, "Message"))
        }
    };
    let hidden = |text: String| secrets.iter().fold(without_session_token(&text), |text, secret| text.replace(secret, "(secret)"));
    let (code, message) = (code.map(hidden), message.map(hidden));
    let mut line = match code {
        Some(code) => format!("{} {}", status.as_u16(), OneLine(&code, 100)),
        None => status.to_string(),
    };
    if let Some(message) = message {
        line.push_str(": ");
        line.push_str(&OneLine(&message, MAX_MESSAGE).to_string());
    }
    line
}

/// A JSON document whose value is an object. The error names the place and shows nothing of the text.
pub(super) fn document(text: &[u8]) -> Result<Document, String> {
    let read = || {
        let mut reader = json::Reader::new(text)?;
        let document = reader.document()?;
        reader.finish().map(|()| document)
    };
    match read() {
        Ok(Some(document @ Document::Object(_))) => Ok(document),
        Ok(_) => Err("expected an object".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// A member of an object.
pub(super) fn member<'a>(document: &'a Document, name: &str) -> Option<&'a Document> {
    document.as_object()?.get(name)
}

/// A member of an object that is a text and not empty.
pub(super) fn string<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    member(document, name)?.as_string().filter(|text| !text.is_empty())
}

/// The text of the first element of that name in an XML document.
fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    Some(text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&"))
}
