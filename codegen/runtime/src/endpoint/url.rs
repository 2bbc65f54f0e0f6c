//! The rule function `parseURL`.

use std::net::Ipv4Addr;

/// The result of the rule function `parseURL`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// The host and, if there is one, the port.
    pub authority: &'a str,
    /// The path, unchanged.
    pub path: &'a str,
    /// The path with a slash at both ends.
    pub normalized_path: String,
    /// True if the host is an IP address.
    pub is_ip: bool,
}

/// The parts of a URL, or `None` if it is not valid or has a query: the rule function `parseURL`.
pub fn parse_url(url: &str) -> Option<Url<'_>> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = ["https", "http"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    if rest.contains(['?', '#']) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = match authority.rsplit_once(':') {
        // A colon inside brackets belongs to an IPv6 address.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if host.is_empty() || authority.contains('@') || port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return None;
    }
    let inner = path.trim_matches('/');
    let normalized_path = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
    let is_ip = host.parse::<Ipv4Addr>().is_ok() || (host.starts_with('[') && host.ends_with(']'));
    Some(Url { scheme, authority, path, normalized_path, is_ip })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_split_into_its_parts() {
        let table = [
            ("https://example.com", "https", "example.com", "", "/", false),
            ("http://example.com:80/foo/bar", "http", "example.com:80", "/foo/bar", "/foo/bar/", false),
            ("HTTPS://127.0.0.1/", "https", "127.0.0.1", "/", "/", true),
            ("https://[fe80::1]", "https", "[fe80::1]", "", "/", true),
            ("https://[fe80::1]:8443/a/", "https", "[fe80::1]:8443", "/a/", "/a/", true),
            ("https://1.2.3", "https", "1.2.3", "", "/", false),
        ];
        for (text, scheme, authority, path, normalized_path, is_ip) in table {
            let url = parse_url(text).unwrap();
            assert_eq!((url.scheme, url.authority, url.path, url.is_ip), (scheme, authority, path, is_ip), "{text}");
            assert_eq!(url.normalized_path, normalized_path, "{text}");
        }
    }

    #[test]
    fn an_invalid_url_has_no_parts() {
        for text in
            ["", "h", "ftp://h", "https://", "https:///p", "https://h?q", "https://h#f", "https://u:p@h", "https://h:x", "https://h:"]
        {
            assert_eq!(parse_url(text), None, "{text}");
        }
    }
}
