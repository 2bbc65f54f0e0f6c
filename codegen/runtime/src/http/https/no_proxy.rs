//! The list of hosts that are reached without a proxy.
//!
//! No specification defines the list, so Python (which botocore asks) and curl are the reference. Both compare without regard to case, take a
//! name for itself and all names below it, allow a dot before it, and take `*` for all hosts only where it is the whole list. Where they
//! differ:
//!
//! | in the list | here | Python | curl |
//! |---|---|---|---|
//! | `host:8080` | URLs that name that port | the same | nothing |
//! | `::1` and `[::1]` | that address, however it is written | only `[::1]`, as text | only `::1` |
//! | `10.0.0.0/8` | all addresses of the network | nothing | the same, but nothing where the bits are 0 |
//! | `0.0.1` | names that end so, and no address | `127.0.0.1` too, as text | the same as here |
//! | `host`, for `host.` with a dot behind it | that host | nothing | the same as here |
//! | `.10.0.0.1` | names that end so, and no address | `10.0.0.1` too, as text | the same as here |
//! | a blank between two names | part of a name, so nothing | the same | the name before the blank |

use http::Uri;
use std::net::{IpAddr, Ipv6Addr};

/// The hosts.
#[derive(Default)]
pub(super) struct NoProxy {
    all: bool,
    entries: Vec<Entry>,
}

/// One host, one network, or one name with all names below it.
struct Entry {
    /// In lower case, without dots around it.
    name: String,
    /// The same as an address, and how many of its bits count.
    network: Option<(IpAddr, u32)>,
    /// The port as it is written, if only URLs with that port are meant.
    port: Option<String>,
}

impl NoProxy {
    /// Reads a list with commas between its entries.
    pub(super) fn parse(list: &str) -> Self {
        Self { all: list == "*", entries: list.split(',').filter_map(|entry| Entry::parse(entry.trim())).collect() }
    }

    /// Returns whether the host of a URL is on the list.
    pub(super) fn has(&self, uri: &Uri) -> bool {
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let name = host.strip_suffix('.').unwrap_or(&host);
        let port = uri.port();
        let port = port.as_ref().map(http::uri::Port::as_str);
        let has = |entry: &Entry| {
            entry.port.as_deref().is_none_or(|wanted| Some(wanted) == port)
                && address.map_or_else(|| entry.has_name(name), |address| entry.has_address(address))
        };
        self.all || self.entries.iter().any(has)
    }
}

impl Entry {
    fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let (host, port) = match text.rsplit_once(':') {
            // The last colon of an IPv6 address stands before a part of it, unless the address is in brackets.
            Some((host, port)) if is_number(port) && (!host.contains(':') || host.ends_with(']')) => (host, Some(port.to_owned())),
            _ => (&*text, None),
        };
        let name = host.trim_start_matches('.');
        let name = name.strip_suffix('.').unwrap_or(name).to_owned();
        (!name.is_empty()).then(|| Self { name, network: network(host), port })
    }

    fn has_name(&self, name: &str) -> bool {
        name.strip_suffix(&*self.name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }

    fn has_address(&self, address: IpAddr) -> bool {
        self.network.is_some_and(|(network, bits)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => (network.to_bits() ^ address.to_bits()).leading_zeros() >= bits,
            (IpAddr::V6(network), IpAddr::V6(address)) => (network.to_bits() ^ address.to_bits()).leading_zeros() >= bits,
            _ => false,
        })
    }
}

/// An address, with or without brackets if it is of IPv6, or a network such as `10.0.0.0/8`.
fn network(host: &str) -> Option<(IpAddr, u32)> {
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return Some((address.parse::<Ipv6Addr>().ok()?.into(), Ipv6Addr::BITS));
    }
    let most = |address: &IpAddr| if address.is_ipv4() { 32 } else { 128 };
    match host.split_once('/') {
        None => host.parse().ok().map(|address| (address, most(&address))),
        Some((address, bits)) => {
            let (address, bits) = (address.parse().ok()?, Some(bits).filter(|bits| is_number(bits))?.parse().ok()?);
            (bits <= most(&address)).then_some((address, bits))
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::NoProxy;

    #[track_caller]
    fn check(list: &str, with_none: &[&str], with_one: &[&str]) {
        let list = NoProxy::parse(list);
        for url in with_none {
            assert!(list.has(&url.parse().unwrap()), "{url} is on the list");
        }
        for url in with_one {
            assert!(!list.has(&url.parse().unwrap()), "{url} is not on the list");
        }
    }

    #[test]
    fn a_star_alone_means_all_hosts() {
        let urls = ["https://a.example/", "http://127.0.0.1:8000/", "http://[::1]/", "http://host./"];
        check("*", &urls, &[]);
        check("", &[], &urls);
        check("a,*", &["https://a/"], &urls);
        check("*.example", &[], &urls);
    }

    #[test]
    fn a_name_means_all_names_below_it() {
        let below = ["https://a.example/", "https://B.A.Example:8000/", "https://a.example./"];
        for list in ["a.example", "A.EXAMPLE", ".a.example", "..a.example", "a.example.", "b , a.example ,c", ",,a.example,"] {
            check(list, &below, &["https://example/", "https://an.example/", "https://a.example.org/", "http://10.0.0.1/"]);
        }
        check("a.example b", &[], &below);
        check(".,..", &[], &["https://a.example/", "https://a.example./"]);
    }

    #[test]
    fn a_port_means_urls_that_name_it() {
        check("a.example:8080", &["http://a.example:8080/", "http://b.a.example:8080/"], &["http://a.example/", "http://a.example:80/"]);
        check("a:443", &["https://a:443/"], &["https://a/", "http://a/"]);
        check("10.0.0.1:8080,[::1]:81", &["http://10.0.0.1:8080/", "http://[::1]:81/"], &["http://10.0.0.1:81/", "http://[::1]/"]);
        check("a:,a:b,a:-1,a:+1,:80,a:b:80", &[], &["http://a/", "http://a:1/", "http://a:80/"]);
    }

    #[test]
    fn an_address_is_compared_as_one() {
        for list in ["::1", "[::1]", "0:0:0:0:0:0:0:1", "[::1]:8080", "::/126"] {
            check(
                list,
                &["http://[::1]:8080/", "http://[0::1]:8080/"],
                &["http://[::5]:8080/", "http://127.0.0.1:8080/", "http://a:8080/"],
            );
        }
        check("0.0.1,1", &["http://a.0.0.1/"], &["http://127.0.0.1/", "http://[::1]/"]);
        check("[127.0.0.1],[::1,::1],::1:80", &[], &["http://127.0.0.1/", "http://[::1]/", "http://[::1]:80/"]);
    }

    #[test]
    fn a_network_has_many_addresses() {
        check(
            "10.1.0.0/16",
            &["http://10.1.2.3/", "http://10.1.255.255:8000/"],
            &["http://10.2.0.0/", "http://[::1]/", "http://x.10.1.0.0/"],
        );
        check("10.1.2.3/32,fe80::/10", &["http://10.1.2.3/", "http://[febf::1]/"], &["http://10.1.2.4/", "http://[fec0::1]/"]);
        check(".10.1.2.3,.10.0.0.0/8", &["http://x.10.1.2.3/"], &["http://10.1.2.3/"]);
        check("0.0.0.0/0", &["http://255.0.0.1/"], &["http://[::1]/"]);
        check("10.0.0.0/33,10.0.0.0/,10.0.0.0/+8,10.0/8,/8,::/129", &[], &["http://10.0.0.0/", "http://[::]/"]);
    }
}
