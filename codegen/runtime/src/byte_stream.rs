//! Bodies that are not held in memory: AWS's own `ByteStream`, for services that send or receive blobs piece by piece.
//!
//! | promise | test (`streams`) |
//! |---|---|
//! | a call ends with the head of its reply; the body is read by whoever reads the stream, within no bound of size or time | `streams::a_stream_may_be_larger_than_any_bound` |
//! | the read timeout applies between the parts of a stream | `streams::a_stream_that_stops_coming_ends_with_the_read_timeout` |
//! | a stream that ends early is an error, never a shorter body | `streams::a_stream_that_is_cut_off_is_an_error` |
//! | the connection of a stream that was read to its end serves the next call | `streams::a_stream_that_is_read_to_its_end_returns_its_connection` |
//! | the connection of a stream that is dropped before is closed | `streams::a_dropped_stream_closes_its_connection` |
//! | a reply with an error status is read within the usual bounds | `streams::an_error_is_read_though_the_output_is_a_stream` |
//! | an input's body from memory or from a file is sent again on a retry | `streams::a_stream_that_can_be_read_again_is_sent_again` |
//! | any other body is sent once, and the error says why there is no retry | `streams::a_stream_that_is_read_once_is_not_sent_again` |
//! | a body in memory is signed; one that is not, or whose operation says so, is sent as `UNSIGNED-PAYLOAD`, which a header says; a digest that the input or the caller has put there is signed | `sign::tests::only_a_body_in_memory_is_signed`, `sign::tests::a_digest_in_a_header_is_signed_instead_of_the_body`, `rest::tests::a_body_whose_operation_is_unsigned_is_not_in_memory` |
//! | a length that must be known is an error before anything is sent when it is not | `streams::a_length_that_must_be_known_is_asked_for_before_sending` |
//! | the read timeout does not end an upload of which parts are still written | `streams::an_upload_is_not_silent_while_it_goes_on` |
//! | a reply before the end of the upload ends the call, and the connection is closed | `streams::a_reply_before_the_end_of_an_upload_ends_the_call` |
//! | no `Debug`, error or event shows the contents of a sensitive stream, except that a service's message may quote what cannot be searched for: a stream that is not in memory, and what follows the first 4096 bytes | `streams::a_sensitive_stream_is_not_shown` |
//! | a service's message is shown however long a stream that is not sensitive was | `streams::a_long_stream_hides_no_message` |

pub use aws_smithy_types::body::SdkBody;
pub use aws_smithy_types::byte_stream::error::Error as ByteStreamError;
pub use aws_smithy_types::byte_stream::{AggregatedBytes, ByteStream};
#[cfg(feature = "files")]
pub use aws_smithy_types::byte_stream::{FsBuilder, Length};
