//! One attempt of a call: the request is built, signed and sent, and its reply is read and classified.

use super::request::{self, Edits, RequestTemplate};
use crate::Boxed;
use crate::clock::Clock;
use crate::config::{Config, Credentials};
use crate::credentials::Cache;
use crate::error::{BoxError, CallContext, Failed, Failure, Quotable, Secrets, request_id};
use crate::headers;
use crate::http::{self, Body, Bounds, Connector, Fresh, Request, Response, UsedConnection, closed_before_reply};
use crate::json;
use crate::operation::{Encoded, Metadata, Protocol};
use crate::random::CallId;
use crate::reply::Reply;
use crate::retry::{Attempt, RetryState};
use crate::sign::{Signer, Signing};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use bytes::Bytes;
use std::pin::{Pin, pin};
use std::time::{Duration, SystemTime};

/// Decodes a successful reply, keeps the output, and returns whether there is one. An attempt includes the decoding, since it fails if the reply
/// cannot be decoded.
pub(super) type Decode<'a> = dyn FnMut(&Reply<'_>) -> Result<bool, BoxError> + Send + 'a;

/// The parts of a call that all of its attempts share.
pub(super) struct Call<'a> {
    pub(super) operation: &'static Metadata,
    pub(super) protocol: Protocol,
    /// True if the body of a successful reply is part of the output, unread.
    pub(super) streamed_reply: bool,
    pub(super) config: &'a Config,
    pub(super) template: &'a RequestTemplate,
    pub(super) connector: &'a Connector,
    pub(super) credentials: &'a Cache,
    pub(super) signer: &'a Signer,
    pub(super) clock: &'a Clock,
    pub(super) timer: &'a SharedAsyncSleep,
    pub(super) read_timeout: Option<Duration>,
    pub(super) edits: &'a Edits,
    pub(super) encoded: Encoded,
    pub(super) id: CallId,
}

/// A reply whose body has not been read, with the time, the clock offset and the quotable parts of its request.
struct Received {
    response: Response,
    quotable: Quotable,
    sent: SystemTime,
    offset: i64,
}

impl Call<'_> {
    /// Makes the attempt. If the connection was closed before a byte of the reply, the request is sent again at once on a new one where the
    /// operation allows it: most often the service had closed an idle connection. A connection that failed is not reused, including a custom
    /// client's.
    pub(super) async fn attempt(&self, retry: &mut RetryState<'_>, decode: &mut Decode<'_>) -> Result<CallContext, Box<Failed>> {
        let mut connection = UsedConnection::default();
        let result = async {
            let first = {
                // Type-erased, so that both calls share one instantiation.
                let first: Pin<&mut (dyn Future<Output = _> + Send)> = pin!(self.send(retry, &mut connection, false));
                first.await
            };
            let reply = match first {
                Err(failed) if is_unanswered(&failed) && retry.may_resend() => {
                    tracing::debug!("the connection was closed before the reply: the request is sent again on a new one");
                    // Boxed, since a rarely used future would enlarge the caller's.
                    let again: Boxed<'_, _> = Box::pin(self.send(retry, &mut connection, true));
                    match again.await {
                        // The second request could not be built. The attempt's failure is that of the first one, which was sent.
                        Err(again) if matches!(again.failure, Failure::Construction(_)) => Err(failed),
                        outcome => outcome,
                    }
                }
                outcome => outcome,
            }?;
            self.receive(reply, retry, decode).await
        }
        .await;
        match &result {
            Ok(call) => tracing::debug!(status = call.status, request_id = call.request_id, "attempt succeeded"),
            Err(failed) if retry.reconnects(failed) => connection.close(),
            Err(_) => {}
        }
        result
    }

    /// Signs and sends the request.
    async fn send(&self, retry: &mut RetryState<'_>, connection: &mut UsedConnection, fresh: bool) -> Result<Received, Box<Failed>> {
        let offset = self.clock.offset();
        let request = self.request(retry.attempt(), offset).await;
        let (mut request, quotable) = request.map_err(|error| Failed::to_construct(self.operation, error))?;
        if fresh {
            request.extensions_mut().insert(Fresh);
        }
        let sent = self.clock.now();
        retry
            .send(sent)
            .map_err(|before| before.unwrap_or_else(|| Failed::to_construct(self.operation, "the idempotency token expires".into())))?;
        match self.connector.call(request, connection).await {
            Ok(response) => Ok(Received { response, quotable, sent, offset }),
            Err(error) => Err(Box::new(Failed { failure: Failure::Dispatch(error), call: self.context(retry.attempt()) })),
        }
    }

    /// The signed request of an attempt, and the parts of it that a reply may quote.
    async fn request(&self, attempt: Attempt, offset: i64) -> Result<(Request, Quotable), BoxError> {
        let repetition = request::repetition(attempt, || self.clock.corrected(offset), self.read_timeout);
        let Encoded { body, head } = &self.encoded;
        let mut request = self.template.request(self.operation, body.clone(), self.id.text(), repetition)?;
        if let Some(head) = head {
            head.apply(&mut request, self.config)?;
        }
        self.template.add_trace_id(&mut request, self.config.environment())?;
        let has_members = head.as_ref().is_none_or(|head| head.has_members());
        let mut quoted = if has_members { body.clone() } else { Bytes::new() };
        if self.edits.len() > 0 {
            request = self.edits.apply(request)?;
            let edited = request.body().bytes().unwrap_or_default();
            if has_members || edited != body {
                quoted = Bytes::copy_from_slice(edited);
            }
        }
        if let Some(head) = head {
            head.seal(&mut request, self.config)?;
        }
        let texts = head.as_ref().map(|head| head.secrets().to_vec()).unwrap_or_default();
        let mut quotable = Quotable { body: quoted, texts, protocol: self.protocol, ..Quotable::of(self.operation) };
        if !self.operation.unsigned {
            let credentials = self.credentials.get(self.clock, self.timer).await?;
            let endpoint = self.template.endpoint();
            let name = endpoint.signing_name().unwrap_or(self.operation.service.signing_name);
            let signing = Signing { credentials: &credentials, region: endpoint.region(), name, time: self.clock.corrected(offset) };
            self.signer.sign(&mut request, &signing)?;
            quotable.credentials = Some(credentials);
        }
        Ok((request, quotable))
    }

    /// Reads and classifies a reply.
    async fn receive(&self, received: Received, retry: &RetryState<'_>, decode: &mut Decode<'_>) -> Result<CallContext, Box<Failed>> {
        let Received { mut response, quotable, sent, offset } = received;
        let status = response.status();
        let measured = self.clock.measure(response.headers(), sent);
        let mut call = CallContext {
            status: Some(status.as_u16()),
            request_id: request_id(|name| headers::get(response.headers(), name)).map(str::to_owned),
            ..self.context(retry.attempt())
        };
        let (size, time) = (self.config.max_response_size(), self.config.max_response_time());
        let credentials = quotable.credentials.clone();
        // The bounds are those of memory, which a stream does not fill.
        let (stream, read) = if self.streamed_reply && status.is_success() {
            (Some(response.body_mut().take()), Ok(Bytes::new()))
        } else {
            (None, http::read(&mut response, Bounds { size, time, timer: Some(self.timer) }).await)
        };
        let mut failed = match read {
            Err(error) => {
                call.hide_request_id(&Secrets::new(&quotable, None));
                Box::new(Failed { failure: Failure::Response(error.into(), response), call })
            }
            Ok(body) => {
                let accepted = if status.is_success() { Some(self.accept(&response, &body, stream, decode)) } else { None };
                if let Some(Ok(())) = accepted {
                    if credentials.is_some() {
                        self.clock.accepted(measured, offset);
                    } else {
                        self.clock.learn(measured, offset);
                    }
                    return Ok(call);
                }
                *response.body_mut() = body.into();
                failed(accepted.and_then(Result::err), response, quotable, call)
            }
        };
        failed.call.clock_was_wrong = self.clock.learn(measured, offset);
        if let Some(credentials) = &credentials {
            self.signature_failed(&mut failed, credentials, offset, retry).await;
        }
        Err(failed)
    }

    /// Decodes a successful reply, whose body has been read or is a stream.
    fn accept(&self, response: &Response, body: &Bytes, stream: Option<Body>, decode: &mut Decode<'_>) -> Result<(), BoxError> {
        // A reply with a stream has no checks: operations with both are refused.
        if let Some(head) = &self.encoded.head {
            head.check(&Reply::new(response, body, None))?;
        }
        let document = self.protocol.rules().output(body, self.operation)?;
        if decode(&Reply::new(response, document, stream))? { Ok(()) } else { Err("the body holds no output".into()) }
    }

    /// Updates the clock offset and the credentials after a signed request has failed.
    async fn signature_failed(&self, failed: &mut Failed, credentials: &Credentials, offset: i64, retry: &RetryState<'_>) {
        if failed.refuses_signature() && !failed.call.clock_was_wrong {
            self.clock.refused(offset);
        }
        if failed.refuses_expired_credentials() {
            self.credentials.refused(credentials);
            failed.call.credentials_replaced =
                retry.may_replace_credentials() && self.credentials.has_others(self.clock, self.timer, credentials).await;
        }
    }

    /// The context of an attempt whose request was sent.
    fn context(&self, attempt: Attempt) -> CallContext {
        CallContext { attempt: Some(attempt), sent: true, ..CallContext::new(self.operation) }
    }
}

fn is_unanswered(failed: &Failed) -> bool {
    matches!(&failed.failure, Failure::Dispatch(error) if closed_before_reply(error))
}

/// The failure of a complete reply: a refusal, or a success that could not be decoded for this reason.
fn failed(unreadable: Option<BoxError>, response: Response, quotable: Quotable, mut call: CallContext) -> Box<Failed> {
    let secrets = Secrets::new(&quotable, None);
    call.hide_request_id(&secrets);
    let failure = match unreadable {
        Some(error) => Failure::Response(without_secrets(error, &quotable, &secrets), response),
        None => {
            call.quotable = quotable;
            Failure::Service(response)
        }
    };
    Box::new(Failed { failure, call })
}

/// The decoding error, with its path cut where the keys of a sensitive map would follow.
fn without_secrets(error: BoxError, quotable: &Quotable, secrets: &Secrets) -> BoxError {
    match error.downcast::<json::Error>() {
        Ok(mut error) => {
            error.shorten_path(|path| {
                let length = quotable.shown_of_path(path);
                if secrets.are_quoted_in(path.get(..length).unwrap_or_default()) { 0 } else { length }
            });
            error
        }
        Err(error) => error,
    }
}
