//! The header `content-md5`, which operations with the trait `smithy.api#httpChecksumRequired` require.

use super::in_memory;
use crate::config::Config;
use crate::error::BoxError;
use crate::headers;
use crate::http::Request;
use crate::operation::Encoded;
use crate::seal::{Seal, sealed};
use aws_smithy_types::base64;
use http::HeaderName;
use md5::{Digest as _, Md5};

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// Adds the MD5 of the body to a request, unless the input or the caller has set the header.
pub fn content_md5(request: Encoded) -> Encoded {
    sealed(request, ContentMd5)
}

struct ContentMd5;

impl Seal for ContentMd5 {
    fn seal(&self, request: &mut Request, _: &Config) -> Result<(), BoxError> {
        if !request.headers().contains_key(CONTENT_MD5) {
            let digest = Md5::digest(in_memory(request)?);
            headers::set(request.headers_mut(), CONTENT_MD5, base64::encode(digest))?;
        }
        Ok(())
    }
}
