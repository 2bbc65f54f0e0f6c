//! The faults by name, as the steps for a request.
//!
//! Each fault carries out the request first, as the worst case for a retry, unless its documentation says otherwise.

use super::{Pace, Request, Step};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The status line of a success.
const OK: &str = "HTTP/1.1 200 OK\r\n";

/// A reply with this status, these headers and this body.
pub fn reply(status: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let headers: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\n{}content-length: {}\r\n\r\n{body}", headers.concat(), body.len()).into_bytes()
}

/// An error reply in the service's format.
pub fn refusal(status: &str, code: &str, message: &str) -> Vec<u8> {
    let body = json!({ "__type": code, "message": message });
    reply(status, &[("content-type", "application/x-amz-json-1.1"), ("x-amzn-requestid", "refused-1")], &body.to_string())
}

/// The body of a successful reply: the builds with the requested ids, or a build whose id is made of the request's token or number.
pub fn output(request: &Request) -> Value {
    match request.operation() {
        "BatchGetBuilds" => {
            let ids = request.body["ids"].as_array().cloned().unwrap_or_default();
            json!({ "builds": ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>() })
        }
        "StopBuild" => json!({ "build": { "id": request.body["id"] } }),
        _ => json!({ "build": { "id": format!("p:{}", request.token().map_or_else(|| request.number.to_string(), str::to_owned)) } }),
    }
}

/// The successful reply to a request.
pub fn success(request: &Request) -> Vec<u8> {
    let id = format!("request-{}", request.number);
    reply("200 OK", &[("content-type", "application/x-amz-json-1.1"), ("x-amzn-requestid", &id)], &output(request).to_string())
}

/// Answers without a fault.
pub fn healthy(request: &Request) -> Vec<Step> {
    vec![Step::Work, Step::Send(success(request))]
}

/// Carries out the request, sends the first bytes of its reply, and takes a last step.
fn cut(request: &Request, at: impl FnOnce(&[u8]) -> usize, then: Step) -> Vec<Step> {
    let mut bytes = success(request);
    bytes.truncate(at(&bytes));
    vec![Step::Work, Step::Send(bytes), then]
}

/// The length of a reply's head in bytes.
fn head(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4)
}

/// The connection is reset before the first byte of the reply.
pub fn reset_before_reply(_: &Request) -> Vec<Step> {
    vec![Step::Work, Step::Reset]
}

/// The connection is closed before the first byte of the reply.
pub fn close_before_reply(_: &Request) -> Vec<Step> {
    vec![Step::Work, Step::Close]
}

/// The connection is reset within the reply's headers.
pub fn reset_within_headers(request: &Request) -> Vec<Step> {
    cut(request, |_| OK.len() + 10, Step::Reset)
}

/// The connection is reset after the reply's headers.
pub fn reset_after_headers(request: &Request) -> Vec<Step> {
    cut(request, head, Step::Reset)
}

/// The connection is reset within the reply's body.
pub fn reset_within_body(request: &Request) -> Vec<Step> {
    cut(request, |bytes| bytes.len() - 5, Step::Reset)
}

/// The connection is closed within the reply's headers.
pub fn close_within_headers(request: &Request) -> Vec<Step> {
    cut(request, |_| OK.len() + 10, Step::Close)
}

/// The body ends before its stated length.
pub fn short_body(request: &Request) -> Vec<Step> {
    cut(request, |bytes| bytes.len() - 5, Step::Close)
}

/// The reply never begins.
pub fn never_answers(_: &Request) -> Vec<Step> {
    vec![Step::Work, Step::Hold]
}

/// The reply stops within its headers.
pub fn stall_within_headers(request: &Request) -> Vec<Step> {
    cut(request, |_| OK.len() + 10, Step::Hold)
}

/// The reply stops within its body.
pub fn stall_within_body(request: &Request) -> Vec<Step> {
    cut(request, |bytes| bytes.len() - 5, Step::Hold)
}

/// The body is sent one byte at a time.
pub fn drip(request: &Request, pace: Pace) -> Vec<Step> {
    let bytes = success(request);
    let (head, body) = bytes.split_at(head(&bytes));
    vec![Step::Work, Step::Send(head.to_vec()), Step::Drip(body.to_vec(), pace)]
}

/// The body has an endless sequence of chunks, and never becomes a complete JSON document.
pub fn endless_body(_: &Request) -> Vec<Step> {
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    vec![Step::Work, Step::Send(format!("{OK}transfer-encoding: chunked\r\n\r\n").into_bytes()), Step::Flood(chunk.into_bytes())]
}

/// The body is declared to be one terabyte long, and begins.
pub fn huge_body(_: &Request) -> Vec<Step> {
    let head = format!("{OK}content-length: {}\r\n\r\n", 1_u64 << 40);
    vec![Step::Work, Step::Send(head.into_bytes()), Step::Flood(vec![b' '; 0x10000])]
}

/// The headers never end.
pub fn endless_headers(_: &Request) -> Vec<Step> {
    vec![Step::Work, Step::Send(OK.into()), Step::Flood(format!("x-more: {}\r\n", "y".repeat(1_000)).into_bytes())]
}

/// A gateway's HTML page with this status. The request is not carried out.
pub fn page(status: &str) -> Vec<Step> {
    let html = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1><p>The gateway is unwell.</p></body></html>");
    vec![Step::Send(reply(status, &[("content-type", "text/html")], &html))]
}

/// A reply with this status and an empty body.
pub fn bare(status: &str) -> Vec<Step> {
    vec![Step::Work, Step::Send(reply(status, &[], ""))]
}

/// A failure of the service in the service's format.
pub fn internal(status: &str) -> Vec<Step> {
    vec![Step::Work, Step::Send(refusal(status, "InternalFailure", "We slipped"))]
}

/// A throttling error with this code. The request is not carried out.
pub fn throttle(status: &str, code: &str) -> Vec<Step> {
    vec![Step::Send(refusal(status, code, "Rate exceeded"))]
}

/// A redirection to another server. The request is not carried out.
pub fn redirect(status: &str, to: &str) -> Vec<Step> {
    vec![Step::Send(reply(status, &[("location", to)], ""))]
}

/// Informational replies, followed by the final one.
pub fn informed(request: &Request) -> Vec<Step> {
    let first = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
    vec![Step::Work, Step::Send(first.into()), Step::Send(success(request))]
}

/// The reply, followed at once by one without a request.
pub fn two_replies(request: &Request) -> Vec<Step> {
    let stray = r#"{"builds":[{"id":"stray:1"}],"build":{"id":"stray:1"}}"#;
    vec![Step::Work, Step::Send([success(request), reply("200 OK", &[], stray)].concat())]
}

/// The connection is closed at its second request, which is not carried out.
pub fn close_on_reuse(request: &Request) -> Vec<Step> {
    if request.turn > 1 { vec![Step::Close] } else { healthy(request) }
}

/// The connection is closed after a reply with `Connection: close`.
pub fn only_reply(request: &Request) -> Vec<Step> {
    let body = output(request).to_string();
    vec![Step::Work, Step::Send(reply("200 OK", &[("connection", "close")], &body)), Step::Close]
}

/// The connection is closed after a reply that does not announce it.
pub fn close_after_reply(request: &Request) -> Vec<Step> {
    [healthy(request), vec![Step::Close]].concat()
}

/// Answers requests that are signed between these times, and refuses others in a reply with this `Date`.
pub fn by_the_clock(request: &Request, date: &str, from: &str, to: &str) -> Vec<Step> {
    if request.header("x-amz-date").is_some_and(|signed| (from..to).contains(&signed)) {
        return healthy(request);
    }
    let body = r#"{"__type":"InvalidSignatureException","message":"Signature expired"}"#;
    vec![Step::Send(reply("400 Bad Request", &[("date", date), ("x-amzn-requestid", "refused-1")], body))]
}

/// A reply that asks to retry after so many milliseconds. The request is not carried out.
pub fn busy(status: &str, milliseconds: u32) -> Vec<Step> {
    vec![Step::Send(reply(status, &[("x-amz-retry-after", &milliseconds.to_string())], ""))]
}

/// A semaphore without permits.
pub fn gate() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(0))
}
