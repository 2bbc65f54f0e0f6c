//! One attempt: the request is made, signed and sent, its reply read and classified.

use super::request::{self, Basis};
use crate::Boxed;
use crate::clock::Clock;
use crate::config::Config;
use crate::config::http::{HttpRequest, HttpResponse};
use crate::credentials::Cache;
use crate::customize::Edit;
use crate::error::{BoxError, CallContext, Failed, Failure, Quotable, Secrets, description, request_id};
use crate::http::{self, Fresh, closed_before_reply};
use crate::json;
use crate::operation::Metadata;
use crate::retry::{Attempt, Course};
use crate::sign::{Signer, Signing};
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use std::pin::{Pin, pin};
use std::time::{Duration, SystemTime};

/// Decodes the body of a successful reply, keeps what it has decoded, and says whether that is something. It is part of an attempt,
/// because an unreadable reply is a failed one.
pub(super) type Decode<'a> = dyn FnMut(&[u8]) -> Result<bool, json::Error> + Send + 'a;

/// What stays the same over all attempts of a call.
pub(super) struct Call<'a> {
    pub(super) operation: &'static Metadata,
    pub(super) config: &'a Config,
    pub(super) basis: &'a Basis,
    pub(super) connector: &'a SharedHttpConnector,
    pub(super) credentials: &'a Cache,
    pub(super) signer: &'a Signer,
    pub(super) clock: &'a Clock,
    pub(super) read_timeout: Option<Duration>,
    pub(super) edits: &'a [Edit],
    pub(super) body: Bytes,
    pub(super) invocation_id: String,
}

/// The reply, with what it may quote of its request, and with the time and the clock offset of that.
struct Reply {
    response: HttpResponse,
    quotable: Quotable,
    sent: SystemTime,
    offset: i64,
}

impl Call<'_> {
    /// Signs, sends, reads and classifies. A connection that has failed like this is given up, whoever's it is.
    pub(super) async fn attempt(&self, course: &mut Course<'_>, decode: &mut Decode<'_>) -> Result<CallContext, Box<Failed>> {
        let connection = CaptureSmithyConnection::new();
        let result = self.converse(course, &connection, decode).await;
        match &result {
            Ok(call) => tracing::debug!(status = call.status, request_id = call.request_id, "attempt succeeded"),
            Err(failed) if course.reconnects(failed) => {
                if let Some(connection) = connection.get() {
                    connection.poison();
                }
            }
            Err(_) => {}
        }
        result
    }

    /// A connection that was closed before a byte of the reply is replaced by a new one at once, if the operation allows it: as a rule the
    /// service had closed it while it was idle.
    async fn converse(
        &self,
        course: &mut Course<'_>,
        connection: &CaptureSmithyConnection,
        decode: &mut Decode<'_>,
    ) -> Result<CallContext, Box<Failed>> {
        let first = {
            // As one of its kind, as the other one is, so that both are the same code.
            let first: Pin<&mut (dyn Future<Output = _> + Send)> = pin!(self.exchange(course, connection, false));
            first.await
        };
        let reply = match first {
            Err(failed) if is_unanswered(&failed) && course.may_resend() => {
                tracing::debug!("the connection was closed before the reply: the request is sent again on a new one");
                // In a box, as is all that is rare: a caller's future holds everything that lies flat in it.
                let again: Boxed<'_, _> = Box::pin(self.exchange(course, connection, true));
                match again.await {
                    // Nothing was sent the second time; that is not to be said of the attempt.
                    Err(again) if matches!(again.failure, Failure::Construction(_)) => Err(failed),
                    outcome => outcome,
                }
            }
            outcome => outcome,
        }?;
        self.receive(reply, course, decode).await
    }

    async fn exchange(&self, course: &mut Course<'_>, connection: &CaptureSmithyConnection, fresh: bool) -> Result<Reply, Box<Failed>> {
        let offset = self.clock.offset();
        let request = self.request(course.attempt(), offset).await;
        let (mut request, quotable) = request.map_err(|error| Failed::to_construct(self.operation, error))?;
        request.add_extension(connection.clone());
        if fresh {
            request.add_extension(Fresh);
        }
        let sent = self.clock.now();
        course
            .send(sent)
            .map_err(|before| before.unwrap_or_else(|| Failed::to_construct(self.operation, "the idempotency token expires")))?;
        match self.connector.call(request).await {
            Ok(response) => Ok(Reply { response, quotable, sent, offset }),
            Err(error) => Err(Box::new(Failed { failure: Failure::Dispatch(error), call: self.context(course.attempt()) })),
        }
    }

    /// The request of an attempt, ready to be sent, and what a reply may quote of it.
    async fn request(&self, attempt: Attempt, offset: i64) -> Result<(HttpRequest, Quotable), BoxError> {
        let counted = request::attempt(attempt, self.clock.corrected(offset), self.read_timeout);
        let mut request = self.basis.request(self.operation, self.body.clone(), self.invocation_id.clone(), counted)?;
        self.basis.add_trace_id(&mut request, self.config.environment())?;
        let mut body = self.body.clone();
        if !self.edits.is_empty() {
            request = request::edit(request, self.edits)?;
            body = request.body().bytes().map(Bytes::copy_from_slice).unwrap_or_default();
        }
        let mut quotable = Quotable { body, ..Quotable::of(self.operation) };
        if !self.operation.unsigned {
            let credentials = self.credentials.get(self.config).await?;
            let endpoint = self.basis.endpoint();
            let name = endpoint.signing_name().unwrap_or(self.operation.service.signing_name);
            let signing = Signing { credentials: &credentials, region: endpoint.region(), name, time: self.clock.corrected(offset) };
            self.signer.sign(&mut request, &signing)?;
            quotable.credentials = Some(credentials);
        }
        Ok((request, quotable))
    }

    /// Reads a reply and decides what it is.
    async fn receive(&self, reply: Reply, course: &Course<'_>, decode: &mut Decode<'_>) -> Result<CallContext, Box<Failed>> {
        let Reply { mut response, quotable, sent, offset } = reply;
        let status = response.status();
        let mut call = CallContext {
            status: Some(status.as_u16()),
            request_id: request_id(response.headers()).map(str::to_owned),
            clock_was_wrong: self.clock.learn(response.headers(), sent, offset),
            ..self.context(course.attempt())
        };
        let body = match http::read(&mut response, self.config.max_response_size()).await {
            Ok(body) => body,
            Err(error) => {
                call.hide_request_id(&Secrets::new(&quotable, None));
                return Err(Box::new(Failed { failure: Failure::Response(error.into(), response), call }));
            }
        };
        let accepted = if status.is_success() { Some(accept(self.operation, &body, decode)) } else { None };
        if let Some(Ok(())) = accepted {
            return Ok(call);
        }
        *response.body_mut() = SdkBody::from(body);
        let credentials = quotable.credentials.clone();
        let mut failed = failed(accepted.and_then(Result::err), response, quotable, call);
        if let Some(credentials) = &credentials
            && failed.blames_the_credentials()
        {
            self.credentials.refused(credentials);
            failed.call.credentials_replaced =
                course.may_replace_credentials() && self.credentials.has_others(self.config, credentials).await;
        }
        Err(failed)
    }

    /// Of an attempt whose request has gone out.
    fn context(&self, attempt: Attempt) -> CallContext {
        CallContext { attempt: Some(attempt), sent: true, ..CallContext::new(self.operation) }
    }
}

fn is_unanswered(failed: &Failed) -> bool {
    matches!(&failed.failure, Failure::Dispatch(error) if closed_before_reply(error))
}

/// Decodes the body of a successful reply.
fn accept(operation: &Metadata, body: &Bytes, decode: &mut Decode<'_>) -> Result<(), BoxError> {
    let body = match json::without_byte_order_mark(body).trim_ascii() {
        b"" | b"null" if operation.empty_output => b"{}",
        b"" | b"null" => return Err("the body is empty, though the operation has an output".into()),
        // A page of a proxy or of a portal; of the operation's own output nothing is shown.
        [first, ..] if !matches!(first, b'{' | b'[') && !json::is_document(body) => {
            return Err(format!("{}, not JSON", description(body).unwrap_or_default()).into());
        }
        _ => &body[..],
    };
    if decode(body)? { Ok(()) } else { Err("the body holds no output".into()) }
}

/// The failure that a complete reply is: a refusal, or a success with this error in it.
fn failed(unreadable: Option<BoxError>, response: HttpResponse, quotable: Quotable, mut call: CallContext) -> Box<Failed> {
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

/// The error about a reply, with as much of the path as may be shown: a map's keys are in it too.
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
