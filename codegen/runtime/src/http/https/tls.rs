//! TLS with rustls and ring. The trusted certificates are the system's, or those of a file in their place.

use super::bundle::Bundle;
use super::crypto;
use super::failure::Permanent;
use super::route::Transport;
use crate::Boxed;
use crate::config::Environment;
use aws_smithy_runtime_api::box_error::BoxError;
use http::Uri;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tokio_rustls::TlsConnector;

/// The settings of TLS, loaded at the first connection that needs them: reading the system's certificates takes milliseconds, which a client
/// without TLS does not spend.
pub(super) struct Tls {
    ca_bundle: Option<PathBuf>,
    environment: Environment,
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub(super) fn new(ca_bundle: Option<PathBuf>, environment: Environment) -> Self {
        Self { ca_bundle, environment, config: OnceLock::new() }
    }

    /// A handshake with the host of a URL.
    pub(super) fn with(&self, uri: &Uri) -> Result<Handshake, BoxError> {
        let host = uri.host().unwrap_or_default();
        // An IPv6 address has brackets in a URL.
        let name = ServerName::try_from(host.trim_matches(['[', ']']))?.to_owned();
        Ok(Handshake { connector: self.config()?.into(), name })
    }

    fn config(&self) -> Result<Arc<ClientConfig>, BoxError> {
        if let Some(config) = self.config.get() {
            return Ok(Arc::clone(config));
        }
        // Two connections may load the settings at once; those of one are kept. A failure is not kept: the next connection tries again.
        let roots = match Bundle::find(self.ca_bundle.as_deref(), &self.environment).map_err(Permanent::from)? {
            Some(bundle) => bundle.read().map_err(Permanent::from)?,
            None => system_roots()?,
        };
        let mut config = ClientConfig::builder_with_provider(Arc::new(crypto::provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::clone(self.config.get_or_init(|| Arc::new(config))))
    }
}

/// A handshake that has not begun.
pub(super) struct Handshake {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Handshake {
    /// Carries out the handshake over a transport to the host.
    ///
    /// Boxed, since the code that drops a handshake of rustls would be compiled again with each caller.
    pub(super) fn over(self, transport: Transport) -> Boxed<'static, io::Result<Transport>> {
        Box::pin(async move { Ok(Box::new(self.connector.connect(self.name, transport).await?) as Transport) })
    }
}

/// The certificates that the system trusts, or that `SSL_CERT_FILE` and `SSL_CERT_DIR` name. Unusable ones are skipped, since the stores of
/// systems contain some.
fn system_roots() -> Result<RootCertStore, Permanent> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (usable, _) = roots.add_parsable_certificates(found.certs);
    if usable > 0 {
        return Ok(roots);
    }
    let mut words =
        "the system has no certificates to trust: install them, or name a file of them in AWS_CA_BUNDLE or SSL_CERT_FILE".to_owned();
    for error in found.errors {
        // Writing to a String cannot fail.
        let _ = write!(words, "; {error}");
    }
    Err(Permanent(words))
}
