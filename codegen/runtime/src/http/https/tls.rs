//! TLS: rustls with ring, trusting what the operating system trusts.

use crate::error::BoxError;
use rustls::{ClientConfig, RootCertStore};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

/// TLS as it is set up at the first connection that needs it: reading the system's certificates takes milliseconds, which a client that
/// speaks plain HTTP or is never used need not spend.
#[derive(Default)]
pub(super) struct Tls {
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, BoxError> {
        if let Some(config) = self.config.get() {
            return Ok(Arc::clone(config));
        }
        // Two connections may come here at once. Both load, one is kept. A failure is not: the next connection tries again.
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(system_roots()?)
            .with_no_client_auth();
        Ok(Arc::clone(self.config.get_or_init(|| Arc::new(config))))
    }
}

/// The certificates that the system trusts, or `SSL_CERT_FILE` and `SSL_CERT_DIR` name. One that cannot be used is passed over, since
/// systems come with some of those.
fn system_roots() -> Result<RootCertStore, BoxError> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (usable, _) = roots.add_parsable_certificates(found.certs);
    if usable > 0 {
        return Ok(roots);
    }
    let mut words = "the system has no certificates to trust: install them, or name a file of them in SSL_CERT_FILE".to_owned();
    for error in found.errors {
        // Writing to a String cannot fail.
        let _ = write!(words, "; {error}");
    }
    Err(words.into())
}
