//! The use of a proxy for a request and the parts of the proxy's URL, compared with botocore.

use std::net::Ipv6Addr;

use anyhow::Result;
use serde_json::{Value, json};
use smithlet_runtime::config::Environment;
use smithlet_runtime::internals;
use smithlet_tests::reference::{Outcome, Random};

/// Parts of a list of hosts that bypass the proxy.
const LIST: [&str; 24] = [
    ",", ",", ",", ".", ".", ":", "*", " ", "\t", "a", "b", "EXAMPLE", "example", "ex", "80", "8080", "08", "10.0.0.1", "/8", "::1",
    "[::1]", "[", "]", "-",
];

/// Entries that all implementations compare with addresses in the same way: names, and complete addresses in the format of URLs.
const ENTRIES: [&str; 14] = [
    "10.0.0.1",
    "10.0.0.1:8080",
    " 10.0.0.2",
    "127.0.0.1",
    "127.0.0.1:80",
    "[::1]",
    "[::1]:8080",
    "[fe80::1]",
    "a.example",
    "*",
    "",
    "x:80",
    ".b",
    "10.0.0.1:",
];

const ADDRESSES: [&str; 5] = ["10.0.0.1", "10.0.0.2", "127.0.0.1", "[::1]", "[fe80::1]"];

const PORTS: [&str; 4] = ["", "", ":8080", ":80"];

/// Parts of a proxy's URL.
const URL: [&str; 27] = [
    "http://",
    "http://",
    "https://",
    "//",
    "user",
    "user:",
    "p@ss",
    ":",
    "@",
    "@",
    "@host",
    "host",
    "host:8080",
    "proxy.example",
    "10.0.0.1",
    "[::1]",
    "[",
    ":99999",
    ":80",
    "/",
    "?",
    "#",
    "%40",
    "%2F",
    "%",
    "\u{e9}",
    "^",
];

fn environment(variables: &Value) -> Environment {
    let variables = variables.as_object().into_iter().flatten();
    Environment::fixed(variables.map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default())))
}

fn name(random: &mut Random) -> String {
    let labels: Vec<_> = (0..=random.below(3)).map(|_| random.pick(&["a", "b", "B", "example", "ex", "10.0.0.1"])).collect();
    labels.join(".")
}

/// Compares the decision to use a proxy for a request.
fn compare(input: &Value, expected: &Value) -> Outcome {
    let url = input["url"].as_str().unwrap_or_default();
    match internals::proxy(&environment(&input["variables"]), url) {
        Ok(ours) if ours.is_some() != expected.is_null() => Outcome::Same,
        ours => Outcome::Different(format!("{ours:?}")),
    }
}

fn case(list: &str, host: &str, random: &mut Random) -> Value {
    let url = format!("https://{host}{}/", random.pick(&PORTS));
    json!({ "url": url, "variables": { "https_proxy": "http://proxy", "no_proxy": list } })
}

/// Skipped are a dot after a name, which curl ignores and Python does not; a host that is an address, which the next test covers; and blanks
/// around a single `*`, because our reader removes the blanks around every variable.
#[test]
fn names_that_bypass_the_proxy_are_those_of_botocore() -> Result<()> {
    crate::against_reference("NO_PROXY", |reference| {
        reference.compare(
            "proxy",
            |random| {
                let (list, host) = (random.text(&LIST, 12), name(random));
                case(&list, &host, random)
            },
            |input, expected| {
                let (list, url) = (input["variables"]["no_proxy"].as_str().unwrap_or_default(), input["url"].as_str().unwrap_or_default());
                let has_dot_behind = |entry: &str| entry.trim().split(':').next().is_some_and(|host| host.ends_with('.'));
                let is_address = url.starts_with("https://10.");
                if is_address || list.split(',').any(has_dot_behind) || (list != "*" && list.trim() == "*") {
                    return Outcome::Skipped;
                }
                compare(input, expected)
            },
        )
    })
    .map(drop)
}

/// The lists have names, and addresses in the format of URLs. They leave out networks, other spellings of an address and IPv6 addresses
/// without brackets, which our code and curl support and Python does not; and the end of an address, which Python takes for a name.
#[test]
fn addresses_that_bypass_the_proxy_are_those_of_botocore() -> Result<()> {
    crate::against_reference("NO_PROXY", |reference| {
        reference.compare(
            "proxy",
            |random| {
                let list: Vec<_> = (0..random.below(4)).map(|_| random.pick(&ENTRIES)).collect();
                let host = random.pick(&ADDRESSES);
                case(&list.join(","), host, random)
            },
            compare,
        )
    })
    .map(drop)
}

/// Only our reader refuses an `@` after a slash, a question mark or a hash sign, which means that a password is not percent-encoded; an
/// unsupported scheme, which botocore takes for a host; and a host with invalid characters. Only our reader accepts a bracket in a password.
#[test]
fn the_url_of_a_proxy_is_read_as_by_botocore() -> Result<()> {
    crate::against_reference("HTTPS_PROXY", |reference| {
        reference.compare(
            "proxy",
            |random| json!({ "url": "https://aws.example/", "variables": { "https_proxy": random.text(&URL, 9) } }),
            |input, expected| {
                let value = input["variables"]["https_proxy"].as_str().unwrap_or_default();
                match internals::proxy(&environment(&input["variables"]), "https://aws.example/") {
                    Ok(None) if expected.is_null() => Outcome::Same,
                    Ok(Some((_, Some(_)))) if expected == "malformed" && value.contains(['[', ']']) => Outcome::Skipped,
                    Ok(Some(ours)) => match parts(expected) {
                        // Python replaces bytes that are not UTF-8; our reader keeps them.
                        Some((_, Some(user))) if user.contains('\u{fffd}') => Outcome::Skipped,
                        Some(theirs) if theirs == decoded(&ours) => Outcome::Same,
                        _ => Outcome::Different(format!("{ours:?}")),
                    },
                    Err(_) if expected == "malformed" => Outcome::Same,
                    Err(_) if is_refused(value) => Outcome::Skipped,
                    ours => Outcome::Different(format!("{ours:?}")),
                }
            },
        )
    })
    .map(drop)
}

/// The URL without user and password, and the two as `user:password`.
fn parts(expected: &Value) -> Option<(String, Option<String>)> {
    let text = |name| expected[name].as_str().filter(|text| !text.is_empty());
    let host = text("host").map(|host| if host.contains(':') { format!("[{host}]") } else { host.to_owned() })?;
    let port = expected["port"].as_u64().map_or_else(String::new, |port| format!(":{port}"));
    let user = (text("user").is_some() || text("password").is_some())
        .then(|| format!("{}:{}", text("user").unwrap_or_default(), text("password").unwrap_or_default()));
    Some((format!("{}://{host}{port}/", text("scheme")?), user))
}

fn decoded((url, authorization): &(String, Option<String>)) -> (String, Option<String>) {
    let user = authorization.as_ref().map(|header| {
        let bytes = aws_smithy_types::base64::decode(header.trim_start_matches("Basic ")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    });
    (url.clone(), user)
}

fn is_refused(value: &str) -> bool {
    let (scheme, rest) = match value.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => (scheme, rest),
        _ => ("http", value.trim_start_matches("//")),
    };
    let (authority, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let address = authority.rsplit('@').next().unwrap_or_default();
    let host = match address.strip_prefix('[').and_then(|address| address.split_once(']')) {
        Some((inside, port)) if inside.parse::<Ipv6Addr>().is_ok() && (port.is_empty() || port.starts_with(':')) => port,
        _ => address,
    };
    !["http", "https"].contains(&scheme)
        || behind.contains('@')
        || host.bytes().any(|byte| !byte.is_ascii_alphanumeric() && !b".-:".contains(&byte))
}
