//! What generated rules are asked, and what they answer.

use std::borrow::Cow;

/// A service's endpoint rules, compiled from its model.
pub type Rules = fn(&Params<'_>) -> Outcome;

/// Where to send requests to, or why nowhere: the error's text is the model's.
pub type Outcome = Result<Resolved, Cow<'static, str>>;

/// The settings that decide where requests go.
#[derive(Clone, Copy, Debug, Default)]
pub struct Params<'a> {
    /// The region.
    pub region: Option<&'a str>,
    /// Whether only endpoints with FIPS 140 cryptography will do.
    pub use_fips: bool,
    /// Whether only endpoints with IPv6 will do.
    pub use_dual_stack: bool,
    /// The custom endpoint, which is to take the place of AWS's.
    pub endpoint: Option<&'a str>,
}

/// Where requests go, as the rules say it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resolved {
    pub(super) url: String,
    pub(super) signing_name: Option<String>,
    pub(super) signing_region: Option<String>,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Resolved {
    /// The endpoint at a URL, signed for as usual.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), signing_name: None, signing_region: None, headers: Vec::new() }
    }

    /// Signed for another service name than the client's.
    #[must_use]
    pub fn with_signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Signed for another region than the client's.
    #[must_use]
    pub fn with_signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// With a header that every request carries.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The URL, without a slash at its end unless the rules put one there.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The service name that requests are signed for, if not the client's.
    pub fn signing_name(&self) -> Option<&str> {
        self.signing_name.as_deref()
    }

    /// The region that requests are signed for, if not the client's.
    pub fn signing_region(&self) -> Option<&str> {
        self.signing_region.as_deref()
    }

    /// The headers that every request carries.
    pub fn headers(&self) -> &[(&'static str, String)] {
        &self.headers
    }
}
