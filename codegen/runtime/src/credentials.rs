//! Where the credentials of a request come from.

mod cache;
mod environment;
mod error;
mod origin;

#[cfg(feature = "credentials")]
mod chain;
#[cfg(feature = "credentials")]
mod container;
#[cfg(feature = "credentials")]
mod instance;
#[cfg(feature = "credentials")]
mod lent;
#[cfg(feature = "credentials")]
mod process;
#[cfg(feature = "credentials")]
mod profile;
#[cfg(feature = "credentials")]
mod reply;
#[cfg(feature = "credentials")]
mod scene;
#[cfg(feature = "credentials")]
mod source;
#[cfg(feature = "credentials")]
mod sso;
#[cfg(feature = "credentials")]
mod sts;
#[cfg(feature = "credentials")]
mod wire;

pub(crate) use cache::Cache;
#[cfg(feature = "credentials")]
pub(crate) use instance::imds_region;
pub(crate) use origin::Origin;

/// A property of credentials that may be used beyond their end as long as there are no others: those of an instance. Its metadata service
/// hands out old ones when it cannot get new ones itself, and whoever they are for goes on accepting them then.
#[derive(Clone, Copy, Debug)]
struct OutliveTheirEnd;

#[cfg(all(test, feature = "credentials", feature = "rustls", feature = "rt-tokio"))]
mod tests;
