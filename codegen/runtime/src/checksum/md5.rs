//! The header `content-md5`, which operations with the trait `smithy.api#httpChecksumRequired` require.

use super::in_memory;
use crate::config::Config;
use crate::config::http::HttpRequest;
use crate::error::BoxError;
use crate::operation::{Encoded, Head};
use aws_smithy_types::base64;
use http::HeaderName;
use md5::{Digest as _, Md5};

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// Adds the MD5 of the body to a request, unless the input or the caller has set the header.
pub fn content_md5(request: Encoded) -> Encoded {
    let Encoded { body, head } = request;
    Encoded { body, head: Some(Box::new(ContentMd5 { head })) }
}

struct ContentMd5 {
    head: Option<Box<dyn Head>>,
}

impl Head for ContentMd5 {
    fn apply(&self, request: &mut HttpRequest, config: &Config) -> Result<(), BoxError> {
        self.head.as_ref().map_or(Ok(()), |head| head.apply(request, config))
    }

    fn seal(&self, request: &mut HttpRequest, config: &Config) -> Result<(), BoxError> {
        if let Some(head) = &self.head {
            head.seal(request, config)?;
        }
        if !request.headers().contains_key(CONTENT_MD5) {
            let digest = Md5::digest(in_memory(request)?);
            request.headers_mut().try_insert(CONTENT_MD5, base64::encode(digest))?;
        }
        Ok(())
    }

    fn secrets(&self) -> &[String] {
        self.head.as_ref().map_or(&[], |head| head.secrets())
    }
}
