//! The parameters and the result of generated endpoint rules.

use std::borrow::Cow;

/// A service's endpoint rules, compiled from its model.
pub type Rules = fn(&Params<'_>) -> Outcome;

/// The result of endpoint rules. The error's text comes from the model.
pub type Outcome = Result<Resolved, Cow<'static, str>>;

/// The settings that endpoint rules depend on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Params<'a> {
    /// The region.
    pub region: Option<&'a str>,
    /// True if the endpoint must have FIPS 140 cryptography.
    pub use_fips: bool,
    /// True if the endpoint must have IPv6.
    pub use_dual_stack: bool,
    /// The custom endpoint, which replaces AWS's.
    pub endpoint: Option<&'a str>,
}

/// The endpoint that rules return.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resolved {
    pub(super) url: String,
    pub(super) signing_name: Option<String>,
    pub(super) signing_region: Option<String>,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Resolved {
    /// The endpoint at a URL, with the client's signing name and region.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), signing_name: None, signing_region: None, headers: Vec::new() }
    }

    /// Sets another signing name than the service's.
    #[must_use]
    pub fn with_signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Sets another signing region than the client's.
    #[must_use]
    pub fn with_signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Adds a header to all requests.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The URL, exactly as the rules return it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The signing name, if it is not the service's.
    pub fn signing_name(&self) -> Option<&str> {
        self.signing_name.as_deref()
    }

    /// The signing region, if it is not the client's.
    pub fn signing_region(&self) -> Option<&str> {
        self.signing_region.as_deref()
    }

    /// The headers of all requests.
    pub fn headers(&self) -> &[(&'static str, String)] {
        &self.headers
    }
}
