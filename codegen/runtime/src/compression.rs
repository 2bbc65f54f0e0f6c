//! Compression of requests (the trait `smithy.api#requestCompression`). It comes after the caller's edits, and before checksums and the signature.

use crate::config::Config;
use crate::error::BoxError;
use crate::headers;
use crate::http::Request;
use crate::operation::Encoded;
use crate::seal::{Seal, sealed};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use std::io::Write as _;

/// Compresses the body of a request if it is long enough.
pub fn gzip(request: Encoded) -> Encoded {
    sealed(request, Gzip)
}

struct Gzip;

impl Seal for Gzip {
    fn seal(&self, request: &mut Request, config: &Config) -> Result<(), BoxError> {
        let threshold = usize::try_from(config.min_compression_size())?;
        let is_long_enough = |body: &&[u8]| !body.is_empty() && body.len() >= threshold;
        if config.disable_request_compression() == Some(true) {
            return Ok(());
        }
        let Some(body) = request.body().bytes().filter(is_long_enough) else { return Ok(()) };
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(body)?;
        let compressed = encoder.finish()?;
        let map = request.headers_mut();
        headers::set(map, CONTENT_LENGTH, compressed.len())?;
        let encodings = headers::get(map, CONTENT_ENCODING).map_or_else(|| "gzip".to_owned(), |before| format!("{before}, gzip"));
        headers::set(map, CONTENT_ENCODING, encodings)?;
        *request.body_mut() = compressed.into();
        Ok(())
    }
}
