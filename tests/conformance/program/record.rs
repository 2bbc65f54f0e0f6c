//! A client of HTTP that records the request and replays a reply.

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// The reply to replay, and the last request.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    sent: Arc<Mutex<Value>>,
}

impl Recorder {
    /// Takes the reply from a case.
    pub(crate) fn new(reply: &Value) -> Self {
        let status = reply["status"].as_u64().and_then(|status| status.try_into().ok()).unwrap_or(200);
        let headers = reply["headers"].as_object().into_iter().flatten();
        let headers = headers.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect();
        let body = base64::decode(reply["body"].as_str().unwrap_or_default()).unwrap_or_default();
        Self { status, headers, body, sent: Arc::default() }
    }

    pub(crate) fn client(&self) -> SharedHttpClient {
        let connector = SharedHttpConnector::new(self.clone());
        SharedHttpClient::new(http_client_fn(move |_, _| connector.clone()))
    }

    /// The request that was sent, or null.
    pub(crate) fn sent(&self) -> Value {
        self.sent.lock().map(|sent| sent.clone()).unwrap_or_default()
    }

    fn reply(&self) -> Option<HttpResponse> {
        let mut reply = HttpResponse::new(self.status.try_into().ok()?, SdkBody::from(self.body.clone()));
        for (name, value) in &self.headers {
            reply.headers_mut().try_append(name.clone(), value.clone()).ok()?;
        }
        Some(reply)
    }
}

impl HttpConnector for Recorder {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let headers: Vec<Value> = request.headers().iter().map(|(name, value)| json!([name, value])).collect();
        let body = base64::encode(request.body().bytes().unwrap_or_default());
        let sent = json!({ "method": request.method(), "uri": request.uri(), "headers": headers, "body": body });
        if let Ok(mut last) = self.sent.lock() {
            *last = sent;
        }
        HttpConnectorFuture::ready(Ok(self.reply().expect("the suite's reply is valid")))
    }
}
