//! A client that records the last request and answers with a prepared reply.

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use case_union::Config;
use case_union::config::{Credentials, Region, retry::RetryConfig};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// A request as it was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) headers: BTreeMap<String, String>,
    /// The body as a text. What is not Unicode is replaced.
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

/// The client. By default its reply has no body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorder {
    status: Option<u16>,
    headers: Vec<(String, String)>,
    body: String,
    sent: Arc<Mutex<Option<Sent>>>,
}

impl Recorder {
    pub(crate) fn replying(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let headers = headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), (*value).to_owned())).collect();
        Self { status: Some(status), headers, body: body.to_owned(), sent: Arc::default() }
    }

    pub(crate) fn config(&self) -> Config {
        let connector = SharedHttpConnector::new(self.clone());
        Config::builder()
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .retry_config(RetryConfig::disabled())
            .build()
    }

    #[track_caller]
    pub(crate) fn sent(&self) -> Sent {
        self.sent.lock().unwrap().clone().expect("a request was sent")
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.sent().headers.remove(name)
    }

    pub(crate) fn is_unused(&self) -> bool {
        self.sent.lock().unwrap().is_none()
    }
}

impl HttpConnector for Recorder {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let bytes = request.body().bytes().unwrap().to_vec();
        let sent = Sent {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            headers: request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        };
        *self.sent.lock().unwrap() = Some(sent);
        let mut response = HttpResponse::new(self.status.unwrap_or(200).try_into().unwrap(), SdkBody::from(self.body.clone()));
        for (name, value) in &self.headers {
            response.headers_mut().append(name.clone(), value.clone());
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}
