//! The proxy of a request, named by the variables that other tools read too.

use super::no_proxy::NoProxy;
use crate::config::{Environment, InvalidSetting};
use crate::hex;
use aws_smithy_types::base64;
use http::{HeaderValue, Uri};
use std::net::Ipv6Addr;
use std::sync::OnceLock;

/// A variable in lower case goes before the same variable in upper case, as with curl.
const FOR_HTTPS: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const FOR_HTTP: [&str; 4] = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
const FOR_NONE: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// The variable that marks a CGI program. A CGI server puts a request's header `Proxy` into `HTTP_PROXY`, so that the sender of a request would
/// choose the proxy.
const CGI: &str = "REQUEST_METHOD";

/// The proxies of an environment. The environment is read at the first request.
#[derive(Default)]
pub(crate) struct Proxies {
    /// `None` for no proxies.
    environment: Option<Environment>,
    found: OnceLock<Result<Found, InvalidSetting>>,
}

/// The proxies that an environment names. A malformed URL is an error only for requests that need that proxy.
struct Found {
    https: Option<Result<Proxy, InvalidSetting>>,
    http: Option<Result<Proxy, InvalidSetting>>,
    none: NoProxy,
}

/// The proxy of a request.
#[derive(Clone)]
pub(crate) struct Proxy {
    /// The variable that names it.
    pub(super) variable: &'static str,
    uri: Uri,
    authorization: Option<HeaderValue>,
}

impl Proxies {
    /// No proxy, whatever the environment says.
    #[cfg(feature = "credentials")]
    pub(super) fn none() -> Self {
        Self::default()
    }

    pub(crate) fn of(environment: &Environment) -> Self {
        Self { environment: Some(environment.clone()), found: OnceLock::new() }
    }

    /// The proxy of a request to a URL, if it goes through one.
    pub(crate) fn to(&self, uri: &Uri) -> Result<Option<Proxy>, InvalidSetting> {
        let Some(environment) = &self.environment else { return Ok(None) };
        let found = self.found.get_or_init(|| Found::read(environment)).as_ref().map_err(Clone::clone)?;
        let proxy = if uri.scheme_str() == Some("https") { &found.https } else { &found.http };
        match proxy {
            Some(proxy) if !found.none.has(uri) => proxy.clone().map(Some),
            _ => Ok(None),
        }
    }
}

impl Found {
    fn read(environment: &Environment) -> Result<Self, InvalidSetting> {
        let cgi = environment.get(CGI)?.is_some();
        let first = |names: &[&'static str]| -> Result<Option<(&'static str, String)>, InvalidSetting> {
            for &name in names.iter().filter(|name| !(cgi && **name == "HTTP_PROXY")) {
                if let Some(value) = environment.get(name)? {
                    return Ok(Some((name, value.trim().to_owned())));
                }
            }
            Ok(None)
        };
        let proxy = |names| first(names).map(|named| named.map(|(variable, value)| Proxy::parse(variable, &value)));
        let (_, none) = first(&FOR_NONE)?.unwrap_or_default();
        Ok(Self { https: proxy(&FOR_HTTPS)?, http: proxy(&FOR_HTTP)?, none: NoProxy::parse(&none) })
    }
}

impl Proxy {
    /// Reads the URL of a proxy. Its scheme may be left out; what stands behind the host has no meaning.
    pub(super) fn parse(variable: &'static str, value: &str) -> Result<Self, InvalidSetting> {
        let invalid = |fault: &str| InvalidSetting::variable(variable, fault);
        let malformed =
            || invalid("the value is not the URL of a proxy, which is written http://host:port or http://user:password@host:port");
        let (scheme, rest) = match value.split_once("://") {
            Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => (scheme, rest),
            _ => ("http", value.strip_prefix("//").unwrap_or(value)),
        };
        let scheme = scheme.to_ascii_lowercase();
        if scheme.starts_with("socks") {
            return Err(invalid("a SOCKS proxy is not supported: name one whose URL begins with http:// or https://"));
        }
        if !["http", "https"].contains(&&*scheme) {
            return Err(malformed());
        }
        let (authority, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        // An unencoded slash would make a part of the user or the password the host.
        if behind.contains('@') {
            return Err(invalid("the user and the password of a proxy are percent-encoded: write %2F for /, %3F for ? and %23 for #"));
        }
        // A password may hold an `@`, a host cannot.
        let (user, address) = authority.rsplit_once('@').unwrap_or(("", authority));
        if !is_address(address) {
            return Err(malformed());
        }
        let uri = format!("{scheme}://{}/", address.trim_end_matches(':')).parse().map_err(|_| malformed())?;
        let authorization = if matches!(user, "" | ":") { None } else { Some(basic(user).map_err(|_| malformed())?) };
        Ok(Self { variable, uri, authorization })
    }

    /// The URL, without user and password.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The header `Proxy-Authorization`, if the URL has a user. It is marked as sensitive.
    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }
}

/// Returns whether a text is a host, with brackets around it if it is an IPv6 address, and a port if need be. The port may be left out behind its
/// colon (RFC 3986, section 3.2.3). Which characters a host has is left to the parser of the URL.
fn is_address(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (text, ""),
    };
    let is_host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && !host.contains(['[', ']', ':']),
    };
    is_host && (port.is_empty() || (port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()))
}

/// The credentials of a user for the scheme `Basic` (RFC 7617), from the percent-encoded `user:password` of a URL.
fn basic(user: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let credentials = [&*hex::percent_decoded(user), b":", &*hex::percent_decoded(password)].concat();
    let mut header = HeaderValue::try_from(format!("Basic {}", base64::encode(credentials)))?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::Proxies;
    use crate::config::Environment;
    use crate::testing::line;
    use proptest::prelude::*;
    use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

    /// The proxy of a URL, with its variable and authorization.
    #[track_caller]
    fn to(url: &str, variables: &[(&str, &str)], expected: &str) {
        let proxies = Proxies::of(&Environment::fixed(variables.iter().copied()));
        let found = proxies.to(&url.parse().unwrap()).unwrap().map_or_else(String::new, |proxy| {
            let authorization = proxy.authorization().map_or("", |value| value.to_str().unwrap());
            format!("{} {} {authorization}", proxy.variable, proxy.uri()).trim_end().to_owned()
        });
        assert_eq!(found, expected, "{url} {variables:?}");
    }

    #[test]
    fn the_scheme_chooses_and_lower_case_goes_first() {
        let both = [("HTTPS_PROXY", "http://a:1"), ("HTTP_PROXY", "http://b:2")];
        to("https://codebuild.eu-west-1.amazonaws.com/", &both, "HTTPS_PROXY http://a:1/");
        to("http://codebuild.eu-west-1.amazonaws.com/", &both, "HTTP_PROXY http://b:2/");
        to("https://x/", &[("HTTPS_PROXY", "http://a"), ("https_proxy", "http://b")], "https_proxy http://b/");
        to("http://x/", &[("ALL_PROXY", "http://a"), ("all_proxy", "http://b")], "all_proxy http://b/");
        to("https://x/", &[("ALL_PROXY", "http://a"), ("HTTPS_PROXY", "http://b")], "HTTPS_PROXY http://b/");
        to("https://x/", &[("HTTP_PROXY", "http://a")], "");
        to("https://x/", &[("HTTPS_PROXY", " "), ("https_proxy", "")], "");
        to("https://x/", &[("HTTPS_PROXY", "proxy.example:3128")], "HTTPS_PROXY http://proxy.example:3128/");
        to("https://x/", &[("HTTPS_PROXY", "https://proxy.example")], "HTTPS_PROXY https://proxy.example/");
    }

    #[test]
    fn under_cgi_a_request_cannot_choose_the_proxy() {
        let cgi = ("REQUEST_METHOD", "GET");
        to("http://x/", &[cgi, ("HTTP_PROXY", "http://evil")], "");
        to("http://x/", &[cgi, ("http_proxy", "http://good")], "http_proxy http://good/");
        to("https://x/", &[cgi, ("HTTPS_PROXY", "http://good")], "HTTPS_PROXY http://good/");
    }

    #[test]
    fn user_and_password_are_decoded_and_kept_out_of_the_url() {
        let named = [("HTTPS_PROXY", "http://us%40er:p%3Ass@host:1")];
        to("https://x/", &named, "HTTPS_PROXY http://host:1/ Basic dXNAZXI6cDpzcw==");
        let table = [
            ("http://user:p@ss@host:1", "http://host:1/ Basic dXNlcjpwQHNz"),
            ("user:p@ss:w@rd@host", "http://host/ Basic dXNlcjpwQHNzOndAcmQ="),
            ("https://user:p^|\u{e9}@host/ignored?too", "https://host/ Basic dXNlcjpwXnzDqQ=="),
            ("http://user:%E9%@[::1]:8", "http://[::1]:8/ Basic dXNlcjrpJQ=="),
            ("http://user@host", "http://host/ Basic dXNlcjo="),
            ("http://@host", "http://host/"),
            ("http://:@host:", "http://host/"),
            ("//:p@host", "http://host/ Basic OnA="),
            ("host/a://b", "http://host/"),
        ];
        for (named, expected) in table {
            to("https://x/", &[("HTTPS_PROXY", named)], &format!("HTTPS_PROXY {expected}"));
        }
    }

    #[test]
    fn some_hosts_are_reached_without_a_proxy() {
        let without = |list: &'static str| [("HTTPS_PROXY", "http://p"), ("NO_PROXY", list)];
        let proxied = "HTTPS_PROXY http://p/";
        to("https://a.example/", &without("*"), "");
        to("https://a.example/", &without("other, example"), "");
        to("https://a.example/", &without(".example"), "");
        to("https://A.EXAMPLE/", &without("a.example"), "");
        to("https://an-example/", &without("example"), proxied);
        to("https://10.1.2.3/", &without("10.1.0.0/16"), "");
        to("https://10.2.2.3/", &without("10.1.0.0/16"), proxied);
        to("https://[::1]:8/", &without("::1"), "");
        to("https://[::1]:8/", &without("[::1]"), "");
        to("https://10.2.2.3:8443/", &without(" * "), "");
        to("https://10.2.2.3:8443/", &without("10.2.2.3:8443"), "");
        to("https://10.2.2.3:8443/", &without("10.2.2.3:443"), proxied);
        to("https://a.example/", &[("HTTPS_PROXY", "http://p"), ("NO_PROXY", "a.example"), ("no_proxy", "b")], proxied);
    }

    #[test]
    fn what_is_no_proxy_is_refused_by_its_variable_where_it_is_needed() {
        let url = "the value is not the URL of a proxy, which is written http://host:port or http://user:password@host:port";
        let encoded = "the user and the password of a proxy are percent-encoded: write %2F for /, %3F for ? and %23 for #";
        let socks = "a SOCKS proxy is not supported: name one whose URL begins with http:// or https://";
        let table = [
            ("HTTPS_PROXY", "http://user:SECRET@host:notaport", url),
            ("https_proxy", "http://", url),
            ("http_proxy", "ftp://SECRET", url),
            ("HTTP_PROXY", "a proxy SECRET", url),
            ("HTTP_PROXY", "http://[::1]SECRET:80", url),
            ("HTTP_PROXY", "http://[SECRET]:80", url),
            ("HTTP_PROXY", "http://user:SEC@RET@", url),
            ("HTTP_PROXY", "http://user:SEC/RET@host", encoded),
            ("HTTPS_PROXY", "http://user:12/SECRET@host", encoded),
            ("HTTPS_PROXY", "user:SEC?RET@host", encoded),
            ("HTTPS_PROXY", "https://user:SEC#RET@host", encoded),
            ("ALL_PROXY", "socks5://user:SECRET@host", socks),
            ("all_proxy", "SOCKS5H://SECRET", socks),
        ];
        for (variable, value, fault) in table {
            let proxies = Proxies::of(&Environment::fixed([(variable, value), ("NO_PROXY", "elsewhere")]));
            let (needs, needs_not) =
                if variable.to_lowercase() == "http_proxy" { ("http://x/", "https://x/") } else { ("https://x/", "http://elsewhere/") };
            let error = proxies.to(&needs.parse().unwrap()).err().unwrap();
            assert!(matches!(proxies.to(&needs_not.parse().unwrap()), Ok(None)));
            assert_eq!(error.to_string(), format!("the environment variable {variable}: {fault}"), "{value}");
        }
    }

    /// No request is sent without its proxy because the proxy's URL is malformed.
    #[test]
    fn whatever_names_a_proxy_is_one_or_is_refused() {
        let urls = "\\PC{0,12}|(https?://)?([a-z%0-9]{0,4}(:SECRET)?@)?[-a-z0-9.:%\\[\\] ]{0,12}(:[0-9]{0,6})?[/?#@ a]{0,3}";
        let config = ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let result = runner.run(&(urls, "\\PC{0,12}|[-a-z0-9.:/*, ]{0,20}"), |(url, none)| {
            let aws = "https://codebuild.eu-west-1.amazonaws.com/".parse().unwrap();
            match Proxies::of(&Environment::fixed([("HTTPS_PROXY", &url)])).to(&aws) {
                Ok(proxy) => {
                    prop_assert_eq!(proxy.is_some(), !url.trim().is_empty(), "{}", url);
                    let shown = proxy.map(|proxy| proxy.uri().to_string()).unwrap_or_default();
                    prop_assert!(!shown.contains("SECRET"), "{} of {}", shown, url);
                }
                Err(error) => prop_assert!(!line(&error).contains("SECRET"), "{} of {}", error, url),
            }
            let some = Proxies::of(&Environment::fixed([("HTTPS_PROXY", "http://proxy"), ("NO_PROXY", &none)]));
            for host in ["https://codebuild.eu-west-1.amazonaws.com/", "https://127.0.0.1:80/", "https://[::1]/"] {
                let proxy = some.to(&host.parse().unwrap()).unwrap();
                prop_assert!(proxy.is_none_or(|proxy| proxy.uri().host() == Some("proxy")), "{}", none);
            }
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{error}"));
    }
}
