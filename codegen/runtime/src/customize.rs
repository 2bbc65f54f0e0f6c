//! Changes to a single call: to its request and its configuration.

use crate::config::Builder;
use crate::config::http::{HttpRequest, HttpResponse};
use crate::error::SdkError;
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

pub use crate::client::customization::Customization;

/// A call with a changed request or configuration. A fluent builder's `customize()` creates it.
///
/// `T` and `E` are the operation's output and error, `B` is the builder.
#[must_use = "nothing is sent before `send` is called"]
pub struct CustomizableOperation<T, E, B> {
    builder: B,
    customization: Customization,
    operation: PhantomData<fn() -> Result<T, E>>,
}

impl<T, E, B> CustomizableOperation<T, E, B> {
    /// A call without changes. For generated code.
    #[doc(hidden)]
    pub fn new(builder: B) -> Self {
        Self { builder, customization: Customization::default(), operation: PhantomData }
    }

    /// Changes the request of every attempt before it is signed.
    ///
    /// An error ends the call as a [construction failure](SdkError::ConstructionFailure).
    pub fn map_request<F, MapE>(mut self, f: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, MapE> + Send + Sync + 'static,
        MapE: Error + Send + Sync + 'static,
    {
        self.customization.edits.push(Box::new(move |request| f(request).map_err(Into::into)));
        self
    }

    /// Changes the request of every attempt before it is signed.
    pub fn mutate_request<F>(mut self, f: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.customization.edits.push(Box::new(move |mut request| {
            f(&mut request);
            Ok(request)
        }));
        self
    }

    /// Overrides settings of the client for this call. Of several overrides, the last one applies.
    pub fn config_override(mut self, config_override: impl Into<Builder>) -> Self {
        self.customization.config_override = Some(Box::new(config_override.into()));
        self
    }

    /// Makes the call.
    pub async fn send(self) -> Result<T, SdkError<E, HttpResponse>>
    where
        E: Error + Send + Sync + 'static,
        B: CustomizableSend<T, E>,
    {
        self.builder.send(self.customization).await
    }
}

impl<T, E, B: fmt::Debug> fmt::Debug for CustomizableOperation<T, E, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomizableOperation").field("builder", &self.builder).field("customization", &self.customization).finish()
    }
}

/// A fluent builder that can make a customized call. For generated code.
pub trait CustomizableSend<T, E>: Sized {
    /// Makes the call with the builder's input.
    fn send(self, customization: Customization) -> impl Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send;
}
