//! Completion of requests after the caller's edits, such as a checksum of the body.

use crate::config::Config;
use crate::error::BoxError;
use crate::http::Request;
use crate::operation::{Encoded, Head};
use crate::reply::Reply;

/// A step after the caller's edits and before the signature.
pub(crate) trait Seal: Send + Sync {
    /// Changes the request.
    ///
    /// # Errors
    ///
    /// Parts that are not valid in a request.
    fn seal(&self, request: &mut Request, config: &Config) -> Result<(), BoxError>;

    /// Checks a successful reply.
    ///
    /// # Errors
    ///
    /// A reply that must not be read.
    fn check(&self, reply: &Reply<'_>) -> Result<(), BoxError> {
        let _ = reply;
        Ok(())
    }
}

/// Adds a step to a request. It comes after the steps that the request has already.
pub(crate) fn sealed(request: Encoded, seal: impl Seal + 'static) -> Encoded {
    let Encoded { body, head } = request;
    Encoded { body, head: Some(Box::new(Sealed { head, seal })) }
}

/// The other parts of a request, and a step after them.
struct Sealed<S> {
    head: Option<Box<dyn Head>>,
    seal: S,
}

impl<S: Seal> Head for Sealed<S> {
    fn apply(&self, request: &mut Request, config: &Config) -> Result<(), BoxError> {
        self.head.as_ref().map_or(Ok(()), |head| head.apply(request, config))
    }

    fn seal(&self, request: &mut Request, config: &Config) -> Result<(), BoxError> {
        self.head.as_ref().map_or(Ok(()), |head| head.seal(request, config))?;
        self.seal.seal(request, config)
    }

    fn check(&self, reply: &Reply<'_>) -> Result<(), BoxError> {
        self.head.as_ref().map_or(Ok(()), |head| head.check(reply))?;
        self.seal.check(reply)
    }

    fn is_repeatable(&self) -> bool {
        self.head.as_ref().is_none_or(|head| head.is_repeatable())
    }

    fn has_members(&self) -> bool {
        self.head.as_ref().is_none_or(|head| head.has_members())
    }

    fn secrets(&self) -> &[String] {
        self.head.as_ref().map_or(&[], |head| head.secrets())
    }
}
