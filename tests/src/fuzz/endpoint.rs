//! Endpoints from any region and any URL.

use smithlet_codebuild::Client;
use smithlet_codebuild::config::Region;

use super::conversation::{Conversation, settle};
use super::line;

/// The password in a URL, which no error may show.
const PASSWORD: &str = "PASSCANARY";

/// The input's first byte has the switches, the rest of its first line the region, and the second line, if any, the URL.
///
/// The call fails with one line, or its request goes by `http` or `https` to the host of the URL, or to one of AWS's in the region.
///
/// # Panics
/// When that does not hold.
pub fn check(input: &[u8]) {
    let Some((switches, text)) = input.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let (region, url) = text.split_once('\n').map_or((text, None), |(region, url)| (region, Some(url)));
    let conversation = Conversation::default();
    let config = conversation.config().region(Region::new(region.to_owned())).use_fips(switches & 1 != 0).use_dual_stack(switches & 2 != 0);
    let config = match url {
        Some(url) => config.endpoint_url(url),
        None => config,
    };
    let result = settle(Client::from_conf(config.build()).stop_build().id("a:b").send());
    let requests = conversation.requests();
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
