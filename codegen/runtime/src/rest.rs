//! HTTP bindings (Smithy specification, "HTTP bindings"): the parts of inputs and outputs that are sent in the URI, in headers and as the status.
//!
//! A generated function hands the parts of its input to a [`Request`], and reads those of its output from the [`Reply`]:
//!
//! ```
//! use smithlet_runtime::support::rest::{Request, set};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let (name, tags) = (Some("a/b".to_owned()), vec!["x", "y z"]);
//! let mut request = Request::new("GET");
//! request.literal("/functions/");
//! request.label("FunctionName", set("FunctionName", &name)?)?;
//! for tag in &tags {
//!     request.query("tag", tag);
//! }
//! request.header("x-level", &5.to_string())?;
//! assert_eq!(request.uri(), "/functions/a%2Fb?tag=x&tag=y%20z");
//! assert!(set::<String>("FunctionName", &None).unwrap_err().to_string().ends_with("FunctionName: is required"));
//! # Ok(())
//! # }
//! ```

mod reply;
mod request;
mod stream;
#[cfg(test)]
mod tests;
mod text;

pub use reply::InvalidHeader;
pub use request::{Request, set};
pub use stream::{Streaming, streamed};
pub use text::{base64, date_time, double, entries, epoch_seconds, float, http_date, list, quoted};

pub use crate::reply::Reply;
