//! Bodies that quote a request in nested encodings, as services, gateways and their logs do.

use std::fmt::Write as _;

use aws_smithy_types::base64;
use serde_json::json;

/// The maximum length of a body in bytes; an encoding that would exceed it ends the nesting.
const LONGEST: usize = 64 * 1024;

/// A way to quote a text.
type Quoting = fn(&str) -> String;

/// The ways to quote a text.
const QUOTINGS: [Quoting; 22] = [
    |text| json!({ "__type": "InvalidInputException", "message": text }).to_string(),
    |text| json!({ "message": format!("Invalid request: {text}") }).to_string(),
    |text| json!({ "Error": { "Code": "InvalidInput", "Message": text } }).to_string(),
    |text| json!({ "error": { "message": text }, "detail": text }).to_string(),
    |text| json!({ "__type": text }).to_string(),
    |text| json!({ "__type": "InvalidInputException", "message": "no", "request": text }).to_string(),
    |text| json!({ text: [text] }).to_string(),
    |text| json!(text).to_string(),
    |text| format!("{{\"request\":{text}}}"),
    |text| format!("<html><head><title>{0}</title></head><body>Bad request: {0}</body></html>", escaped(text)),
    |text| format!("<Error><Code>InvalidInput</Code><Message>{}</Message></Error>", escaped(text)),
    |text| format!("Invalid request: {text}, please retry"),
    |text| format!("\u{feff}{text}"),
    |text| text[..text.floor_char_boundary(text.len() * 3 / 4)].to_owned(),
    escaped,
    |text| base64::encode(text),
    |text| bytes(text, |byte| format!("{byte:02x}")),
    |text| bytes(text, |byte| format!("%{byte:02X}")),
    |text| bytes(text, |byte| format!("\\x{byte:02x}")),
    |text| bytes(text, |byte| format!("{byte}, ")),
    |text| text.encode_utf16().fold(String::new(), |text, unit| text + &format!("\\u{unit:04x}")),
    |text| text.chars().fold(String::new(), |text, character| text + &format!("&#{};", u32::from(character))),
];

/// A body that quotes a text. Each byte of the recipe chooses a way to quote, from the innermost to the outermost.
pub fn quoted(text: &str, recipe: &[u8]) -> String {
    let mut body = text.to_owned();
    for way in recipe {
        let wrapped = QUOTINGS[usize::from(*way) % QUOTINGS.len()](&body);
        if wrapped.len() > LONGEST {
            break;
        }
        body = wrapped;
    }
    body
}

/// Returns whether a text contains a mark of ASCII letters and digits, as it is or in a known encoding.
pub fn shows(text: &str, mark: &str) -> bool {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let forms = [
        mark.to_owned(),
        base64_of(&["", mark]),
        base64_of(&["x", mark]),
        base64_of(&["xx", mark]),
        bytes(mark, |byte| format!("{byte:02x}")),
        bytes(mark, |byte| format!("\\x{byte:02x}")),
        bytes(mark, |byte| format!("\\u{byte:04x}")),
        bytes(mark, |byte| format!("&#{byte};")),
        bytes(mark, |byte| format!("{byte}, ")),
    ];
    let shown = letters(text);
    forms.iter().any(|form| shown.contains(&letters(form)))
}

/// The base64 characters that depend on the second of two texts alone, whatever follows it.
fn base64_of([before, text]: &[&str; 2]) -> String {
    let encoded = base64::encode(format!("{before}{text}"));
    let (start, end) = (before.len().div_ceil(3) * 4, (before.len() + text.len()) / 3 * 4);
    encoded[start..end].to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn bytes(text: &str, write: impl Fn(u8) -> String) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let _ = write!(encoded, "{}", write(byte));
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_in_every_single_quotation() {
        let mark = "Mk7Zq3Xw9Lp5";
        for (way, _) in (0..).zip(QUOTINGS) {
            let body = quoted(&format!("{mark}, which is quoted"), &[way]);
            assert!(shows(&body, mark), "way {way}: {body}");
        }
        assert!(!shows("Mk7Zq3Xw9Lp, which is quoted", mark));
    }

    #[test]
    fn a_mark_is_found_in_base64_wherever_it_begins() {
        for before in ["", "a", "ab", "abc"] {
            assert!(shows(&base64::encode(format!("{before}Mk7Zq3Xw9Lp5!")), "Mk7Zq3Xw9Lp5"), "after {before:?}");
        }
    }
}
