//! Results that come page by page.
//!
//! The paginator of an operation (`client.list_builds().into_paginator()`) streams the pages, or with `items()` what is on them. The stream is AWS's
//! own [`PaginationStream`].
//!
//! | what is promised | test |
//! |---|---|
//! | Nothing is sent before the stream is asked for its first item, and the next page is asked for when the stream is asked for more than the page before has | `a_page_is_sent_for_when_it_is_asked_for` |
//! | A dropped stream sends nothing more, and ends the call that it waits for | `a_dropped_stream_ends_its_call_and_makes_no_other` |
//! | A page without items is not the end; a page without a token, or with an empty one, is | `empty_pages_do_not_end_the_stream` |
//! | Each page is a call with its own retries and timeouts | `a_page_that_fails_is_retried` |
//! | An error is the last item of the stream | `an_error_ends_the_stream` |
//! | A token that is the one just sent, with which the service would return the same page for ever, is an error after that page; `stop_on_duplicate_token` decides otherwise | `a_repeated_token_is_an_error`, `a_repeated_token_may_end_the_stream_or_not` |
//! | The items of a page are streamed in their order | `items_are_those_of_all_pages` |

pub(crate) mod pages;

pub use aws_smithy_async::future::pagination_stream::PaginationStream;
