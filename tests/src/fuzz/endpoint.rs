//! Where requests go: any region, any URL.

use smithlet_codebuild::Client;
use smithlet_codebuild::config::Region;

use super::line;
use super::talk::{Talk, settle};

/// What a URL with a password has in it; no error repeats it.
const PASSWORD: &str = "PASSCANARY";

/// The first byte has the switches, the first line the region, the second the URL, if there is one.
///
/// Either the call fails in one line, or its request goes to a host by `http` or `https`: that of the URL, or one of AWS's in the region.
///
/// # Panics
/// When that does not hold.
pub fn check(input: &[u8]) {
    let Some((switches, text)) = input.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let (region, url) = text.split_once('\n').map_or((text, None), |(region, url)| (region, Some(url)));
    let talk = Talk::default();
    let config = talk.config().region(Region::new(region.to_owned())).use_fips(switches & 1 != 0).use_dual_stack(switches & 2 != 0);
    let config = match url {
        Some(url) => config.endpoint_url(url),
        None => config,
    };
    let result = settle(Client::from_conf(config.build()).stop_build().id("a:b").send());
    let requests = talk.requests();
    let [request] = &requests[..] else {
        let Err(error) = result else { panic!("a call without a request succeeded") };
        line::check(&error, input);
        if url.is_some_and(|url| url.contains(&format!(":{PASSWORD}@"))) && !region.contains(PASSWORD) {
            line::hides(&error, PASSWORD);
        }
        return;
    };
    let uri: http::Uri = request.uri().parse().unwrap_or_else(|error| panic!("{}: {error}", request.uri()));
    let host = uri.host().unwrap_or_default();
    assert!(matches!(uri.scheme_str(), Some("http" | "https")) && !host.is_empty(), "{uri}");
    let has_user = uri.authority().is_none_or(|authority| authority.as_str().contains('@'));
    assert!(!has_user && uri.query().is_none() && uri.path().ends_with('/'), "{uri}");
    match url {
        Some(url) => assert!(url.contains(host), "{uri} is not at {url}"),
        None => assert!(host.contains(region) && uri.scheme_str() == Some("https") && uri.path() == "/", "{uri} is not of {region}"),
    }
}
