//! Replayed replies, and the requests that were sent, of services with HTTP bindings.

use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;

/// A reply of a service with HTTP bindings: status, headers and body.
pub(crate) type Reply<'a> = (u16, &'a [(&'a str, &'a str)], String);

/// A test client that gives replies of a service with HTTP bindings, in order.
pub(crate) fn bound<'a>(replies: impl IntoIterator<Item = Reply<'a>>) -> StaticReplayClient {
    let event = |(status, headers, body): Reply<'a>| {
        let request = http::Request::post("https://service.eu-west-1.amazonaws.com/").body(SdkBody::empty());
        let response = http::Response::builder().status(status).header("x-amzn-requestid", "request-1");
        let response = headers.iter().fold(response, |response, (name, value)| response.header(*name, *value));
        ReplayEvent::new(request.expect("a request"), response.body(SdkBody::from(body)).expect("a response"))
    };
    StaticReplayClient::new(replies.into_iter().map(event).collect())
}

/// The methods, URIs and bodies of the recorded requests. The parameters of a query are sorted, since their order has no meaning.
pub(crate) fn sent(conversation: &StaticReplayClient) -> Vec<(String, String, String)> {
    let sent = conversation.actual_requests().map(|request| {
        let (path, query) = request.uri().split_once('?').unwrap_or((request.uri(), ""));
        let mut parameters: Vec<&str> = query.split('&').collect();
        parameters.sort_unstable();
        let mark = if query.is_empty() { "" } else { "?" };
        let body = String::from_utf8(request.body().bytes().expect("a body in memory").to_vec()).expect("text");
        (request.method().to_owned(), [path, mark, &parameters.join("&")].concat(), body)
    });
    sent.collect()
}
