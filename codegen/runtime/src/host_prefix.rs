//! Hosts of operations: text before the service's host (the trait `smithy.api#endpoint`), such as `data-` or an account's id.

use crate::config::Config;
use crate::endpoint::is_valid_host_label;
use crate::error::{BoxError, InvalidInput};
use crate::headers;
use crate::http::Request;
use crate::operation::Head;
use http::header::HOST;
use std::net::Ipv4Addr;

/// The beginning of a host as the only part of a request besides its body.
pub(crate) struct HostPrefix(String);

impl HostPrefix {
    /// The type-erased head of an operation with a host of its own.
    // Inlined into an operation without one, the compiler would still name this type's code beside the missing head, so that it would be linked.
    #[inline(never)]
    pub(crate) fn head(prefix: String) -> Box<dyn Head> {
        Box::new(Self(prefix))
    }
}

impl Head for HostPrefix {
    fn apply(&self, request: &mut Request, config: &Config) -> Result<(), BoxError> {
        add(request, &self.0, config)
    }
}

/// Puts a prefix before the host of a request. An IP address and `localhost`, which have no hosts below them, are left as they are.
pub(crate) fn add(request: &mut Request, prefix: &str, config: &Config) -> Result<(), BoxError> {
    if config.disable_host_prefix() {
        return Ok(());
    }
    let host = request.uri().host().unwrap_or_default();
    if host == "localhost" || host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok() {
        return Ok(());
    }
    *request.uri_mut() = request.uri().to_string().replacen("://", &format!("://{prefix}"), 1).parse()?;
    if let Some(host) = headers::get(request.headers(), HOST).map(|host| [prefix, host].concat()) {
        headers::set(request.headers_mut(), HOST, host)?;
    }
    Ok(())
}

/// The value of a member that is part of the host.
///
/// # Errors
///
/// An absent value, and one that cannot be a label of a host name.
pub fn host_label<'a, T: AsRef<str>>(name: &'static str, value: &'a Option<T>) -> Result<&'a str, BoxError> {
    match value.as_ref().map(AsRef::as_ref) {
        None => Err(InvalidInput::of_member(name, "is required").into()),
        Some(label) if is_valid_host_label(label, false) => Ok(label),
        Some(_) => {
            let message = "must be part of a host name: letters, digits and inner hyphens, 63 at most";
            Err(InvalidInput::of_member(name, message).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[track_caller]
    fn check(uri: &'static str, host: &'static str, expected: [&str; 2]) {
        check_with(&Config::builder().build(), uri, host, expected);
    }

    #[track_caller]
    fn check_with(config: &Config, uri: &'static str, host: &'static str, expected: [&str; 2]) {
        let mut request = Request::new("".into());
        *request.uri_mut() = uri.parse().unwrap();
        request.headers_mut().insert(HOST, HeaderValue::from_static(host));
        HostPrefix("data-".to_owned()).apply(&mut request, config).unwrap();
        assert_eq!([&*request.uri().to_string(), headers::get(request.headers(), HOST).unwrap()], expected);
    }

    #[test]
    fn a_prefix_stands_before_the_host() {
        check("https://h.example:8443/a?b=://", "h.example:8443", ["https://data-h.example:8443/a?b=://", "data-h.example:8443"]);
        for [uri, host] in
            [["http://127.0.0.1:5000/", "127.0.0.1:5000"], ["http://[::1]/", "[::1]"], ["http://localhost:1/", "localhost:1"]]
        {
            check(uri, host, [uri, host]);
        }
        let [uri, host] = ["https://h.example/", "h.example"];
        check_with(&Config::builder().disable_host_prefix(true).build(), uri, host, [uri, host]);
    }

    #[test]
    fn a_label_of_a_host_is_checked() {
        assert_eq!(host_label("id", &Some("a-1")).unwrap(), "a-1");
        for value in [None, Some(""), Some("a.b"), Some("a/b"), Some("-a")] {
            assert!(host_label("id", &value).unwrap_err().to_string().starts_with("the input is not valid: id: "), "{value:?}");
        }
    }
}
