use super::md5::content_md5;
use crate::config::Config;
use crate::config::http::HttpRequest;
use crate::operation::Encoded;
use crate::rest::Request;
use aws_smithy_types::body::SdkBody;

fn sealed(request: Request, body: SdkBody) -> Result<HttpRequest, crate::error::BoxError> {
    let Encoded { head, .. } = content_md5(request.into());
    let (head, config) = (head.unwrap(), Config::builder().build());
    let mut request = HttpRequest::new(body);
    request.set_uri("https://h.example")?;
    head.apply(&mut request, &config)?;
    head.seal(&mut request, &config)?;
    assert_eq!(head.secrets(), ["hidden"]);
    Ok(request)
}

/// The digests are those of RFC 1321, section A.5.
#[test]
fn the_md5_is_added_to_the_other_parts_of_a_request() {
    let new = || {
        let mut request = Request::new("PUT");
        request.secret("hidden");
        request
    };
    for (body, digest) in [("", "1B2M2Y8AsgTpgAmY7PhCfg=="), ("abc", "kAFQmDzST7DWlj99KOF/cg==")] {
        let request = sealed(new(), body.into()).unwrap();
        assert_eq!((request.method(), request.headers().get("content-md5")), ("PUT", Some(digest)));
    }
    let mut request = new();
    request.header("content-md5", "mine").unwrap();
    assert_eq!(sealed(request, "abc".into()).unwrap().headers().get("content-md5"), Some("mine"));
    let error = sealed(new(), SdkBody::taken()).unwrap_err().to_string();
    assert_eq!(error, "the request's body is not in memory, so its checksum cannot be sent in a header");
}
