//! The streams of pages and of items. For generated code.

use super::PaginationStream;
use crate::client::Handle;
use crate::customize::Customization;
use crate::error::{BoxError, BuildError, SdkError, to_construct};
use crate::operation::{Exchange, Metadata};
use aws_smithy_async::future::pagination_stream::TryFlatMap;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

/// The source of the error after a page with the token that it was asked for with.
const REPEATED: &str = "the service returned the token that it was given, with which the next page would be the same again; \
                        to take this page for the last one, call stop_on_duplicate_token(true), and to go on, stop_on_duplicate_token(false)";

/// The part of a page that leads to the next one.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    may_follow: bool,
    has_token: bool,
    differs: bool,
}

impl Default for Next {
    fn default() -> Self {
        Self::if_there_are_more(true)
    }
}

impl Next {
    /// A page that says in a member whether another one follows.
    pub fn if_there_are_more(more: bool) -> Self {
        Self { may_follow: more, has_token: false, differs: false }
    }

    /// Puts a page's token into the input for the next one. An empty token is none.
    #[must_use]
    pub fn token<T: Token + Clone + PartialEq>(self, input: &mut Option<T>, page: Option<&T>) -> Self {
        self.value(input, page.filter(|token| !token.is_empty()))
    }

    /// The same for a token that cannot be empty.
    #[must_use]
    pub fn value<T: Clone + PartialEq>(self, input: &mut Option<T>, page: Option<&T>) -> Self {
        let differs = self.differs || input.as_ref() != page;
        *input = page.cloned();
        Self { has_token: self.has_token || page.is_some(), differs, ..self }
    }
}

/// A token that may be empty, which says that there is no further page.
pub trait Token {
    /// True if it is empty.
    fn is_empty(&self) -> bool;
}

impl Token for String {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<K: Eq + Hash, V, S: BuildHasher> Token for HashMap<K, V, S> {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

/// Streams the pages of an operation, which the first argument names. `next` puts a page's tokens into the input of the next one.
pub fn pages<O>(
    _: O,
    handle: Handle,
    input: Result<O::Input, BuildError>,
    stop_on_duplicate_token: Option<bool>,
    next: impl Fn(&mut O::Input, &O::Output) -> Next + Send + 'static,
) -> PaginationStream<Result<O::Output, SdkError<O::Error>>>
where
    O: Exchange + 'static,
    O::Input: Clone + 'static,
    O::Output: 'static,
{
    PaginationStream::new(FnStream::new(move |stream| {
        Box::pin(async move {
            let failed = |source: BoxError| {
                let operation: &'static Metadata = &O::METADATA;
                SdkError::from_failed(to_construct(operation, source), |reply| O::error(reply))
            };
            let mut input = match input {
                Ok(input) => input,
                Err(error) => {
                    // The stream ends here, whether anybody reads the error or not.
                    _ = stream.send(Err(failed(error.into()))).await;
                    return;
                }
            };
            loop {
                let reply = handle.call::<O>(Ok(input.clone()), Customization::default()).await;
                let follows = reply.as_ref().map_or(Next::if_there_are_more(false), |page| next(&mut input, page));
                // Sending fails when the stream has been dropped.
                if stream.send(reply).await.is_err() || !follows.may_follow || !follows.has_token {
                    return;
                }
                if !follows.differs {
                    match stop_on_duplicate_token {
                        Some(false) => {}
                        Some(true) => return,
                        None => {
                            _ = stream.send(Err(failed(REPEATED.into()))).await;
                            return;
                        }
                    }
                }
            }
        })
    }))
}

/// Streams the items of pages. `of` takes them out of a page.
pub fn items<P, E, I>(pages: PaginationStream<Result<P, E>>, of: impl Fn(P) -> I + Send + 'static) -> PaginationStream<Result<I::Item, E>>
where
    P: Send + 'static,
    E: Send + 'static,
    I: IntoIterator + Send,
    I::Item: Send + 'static,
    I::IntoIter: Send,
{
    TryFlatMap::new(pages).flat_map(of)
}

#[cfg(test)]
mod tests;
