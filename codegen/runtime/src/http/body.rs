//! The body of a reply, read whole and no further than allowed.

use crate::config::http::HttpResponse;
use crate::error::{BoxError, text};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use std::error::Error;
use std::fmt;

/// The most that is reserved at once because of what a reply says of its length, in bytes.
const MAX_RESERVED: usize = 1024 * 1024;

/// Takes the body out of a reply and reads it: at most so many bytes. Dropping the rest of a body closes its connection.
pub(crate) async fn read(response: &mut HttpResponse, limit: usize) -> Result<Bytes, Unread> {
    let announced = response.headers().get("content-length").and_then(|length| length.trim().parse::<u64>().ok());
    let mut body = response.take_body();
    if announced.is_some_and(|announced| usize::try_from(announced).is_ok_and(|announced| announced > limit)) {
        return Err(Unread::TooLarge { limit });
    }
    // Most bodies come in one piece and are not copied.
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(Unread::Broken)?.into_data() else { continue };
        let read = first.len() + all.len();
        if data.len() > limit.saturating_sub(read) {
            return Err(Unread::TooLarge { limit });
        }
        if read == 0 {
            first = data;
        } else {
            if all.is_empty() {
                let expected = announced.and_then(|announced| usize::try_from(announced).ok()).unwrap_or_default();
                all.reserve(expected.min(MAX_RESERVED).max(read + data.len()));
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            all.extend_from_slice(&data);
        }
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is longer than allowed.
    TooLarge { limit: usize },
    /// It broke off.
    Broken(BoxError),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "the body is larger than the {limit} bytes that max_response_size allows"),
            Self::Broken(error) => write!(f, "the body broke off: {}", text::Chain(&**error)),
        }
    }
}

impl Error for Unread {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::TooLarge { .. } => None,
            Self::Broken(error) => Some(&**error),
        }
    }
}
