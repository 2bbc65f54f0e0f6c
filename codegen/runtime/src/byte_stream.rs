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

pub use aws_smithy_types::body::SdkBody;
pub use aws_smithy_types::byte_stream::error::Error as ByteStreamError;
pub use aws_smithy_types::byte_stream::{AggregatedBytes, ByteStream};
#[cfg(feature = "files")]
pub use aws_smithy_types::byte_stream::{FsBuilder, Length};
