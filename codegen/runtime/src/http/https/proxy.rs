//! Which proxy a request goes through, by the variables that other tools read too.

use crate::config::{Environment, InvalidSetting};
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::sync::OnceLock;

/// A variable in lower case goes before the same in upper case, as it does for curl.
const FOR_HTTPS: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const FOR_HTTP: [&str; 4] = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
const FOR_NONE: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// A server of CGI puts a request's header `Proxy` into `HTTP_PROXY`: there, whoever sends a request would choose the proxy.
const CGI: &str = "REQUEST_METHOD";

/// The proxies of an environment, which is read when the first request asks.
#[derive(Default)]
pub(super) struct Proxies {
    /// None for no proxies.
    environment: Option<Environment>,
    found: OnceLock<Result<Found, InvalidSetting>>,
}

/// What an environment says. A URL that is of no use is an error to who needs it, and to nobody else.
struct Found {
    https: Option<Result<Proxy, InvalidSetting>>,
    http: Option<Result<Proxy, InvalidSetting>>,
    /// Has a proxy for all hosts but those that are to be reached without one.
    hosts: Matcher,
}

/// The proxy of a request.
#[derive(Clone)]
pub(super) struct Proxy {
    /// The variable that names it.
    pub(super) variable: &'static str,
    intercept: Intercept,
}

impl Proxies {
    /// No proxy, whatever the environment says.
    #[cfg(feature = "credentials")]
    pub(super) fn none() -> Self {
        Self::default()
    }

    pub(super) fn of(environment: &Environment) -> Self {
        Self { environment: Some(environment.clone()), found: OnceLock::new() }
    }

    /// That of a request to there, if it goes through one.
    pub(super) fn to(&self, uri: &Uri) -> Result<Option<Proxy>, InvalidSetting> {
        let Some(environment) = &self.environment else { return Ok(None) };
        let found = self.found.get_or_init(|| Found::read(environment)).as_ref().map_err(Clone::clone)?;
        let proxy = if uri.scheme_str() == Some("https") { &found.https } else { &found.http };
        match proxy {
            Some(proxy) if found.hosts.intercept(uri).is_some() => proxy.clone().map(Some),
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
        let hosts = Matcher::builder().all("http://proxy").no(none).build();
        Ok(Self { https: proxy(&FOR_HTTPS)?, http: proxy(&FOR_HTTP)?, hosts })
    }
}

impl Proxy {
    /// The library passes over what it does not understand, and a request that was to go through a proxy would go past it.
    fn parse(variable: &'static str, value: &str) -> Result<Self, InvalidSetting> {
        let scheme = value.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        if scheme.is_some_and(|scheme| scheme.starts_with("socks")) {
            let fault = "a SOCKS proxy is not supported: name one whose URL begins with http:// or https://";
            return Err(InvalidSetting::variable(variable, fault));
        }
        match Matcher::builder().all(value).build().intercept(&Uri::from_static("https://host/")) {
            Some(intercept) if is_somewhere(intercept.uri()) => Ok(Self { variable, intercept }),
            _ => {
                let form = "http://host:port or http://user:password@host:port";
                Err(InvalidSetting::variable(variable, format!("the value is not the URL of a proxy, which is written {form}")))
            }
        }
    }

    /// Where it is, without user and password.
    pub(super) fn uri(&self) -> &Uri {
        self.intercept.uri()
    }

    /// The header `Proxy-Authorization`, if its URL has a user. It is marked as sensitive.
    pub(super) fn authorization(&self) -> Option<&HeaderValue> {
        self.intercept.basic_auth()
    }
}

/// Whether a URL has a host, and a port that is a number if it has one.
fn is_somewhere(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    !host.is_empty() && (uri.port_u16().is_some() || uri.authority().is_some_and(|authority| authority.as_str() == host))
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
        to("https://a.example/", &[("HTTPS_PROXY", "http://p"), ("NO_PROXY", "a.example"), ("no_proxy", "b")], proxied);
    }

    #[test]
    fn what_is_no_proxy_is_refused_by_its_variable_where_it_is_needed() {
        let url = "the value is not the URL of a proxy, which is written http://host:port or http://user:password@host:port";
        let socks = "a SOCKS proxy is not supported: name one whose URL begins with http:// or https://";
        let table = [
            ("HTTPS_PROXY", "http://user:SECRET@host:notaport", url),
            ("https_proxy", "http://", url),
            ("http_proxy", "ftp://SECRET", url),
            ("HTTP_PROXY", "a proxy SECRET", url),
            ("HTTP_PROXY", "http://user:SEC@RET@", url),
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

    /// What the library does not understand, it passes over, and the request would go past the proxy.
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
