//! TLS: rustls with ring, trusting what the operating system trusts, or a bundle of certificates in its place.

use super::failure::Lasting;
use super::route::Way;
use crate::config::{Config, InvalidSetting};
use crate::error::BoxError;
use http::Uri;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tokio_rustls::TlsConnector;

const CA_BUNDLE: &str = "AWS_CA_BUNDLE";

/// TLS as it is set up at the first connection that needs it: reading the system's certificates takes milliseconds, which a client that
/// speaks plain HTTP or is never used need not spend.
pub(super) struct Tls {
    settings: Config,
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub(super) fn new(settings: Config) -> Self {
        Self { settings, config: OnceLock::new() }
    }

    /// TLS with the host of a URL.
    pub(super) fn with(&self, uri: &Uri) -> Result<Handshake, BoxError> {
        let host = uri.host().unwrap_or_default();
        // An IPv6 address stands in brackets in a URL.
        let name = ServerName::try_from(host.trim_matches(['[', ']']))?.to_owned();
        Ok(Handshake { connector: self.config()?.into(), name })
    }

    fn config(&self) -> Result<Arc<ClientConfig>, BoxError> {
        if let Some(config) = self.config.get() {
            return Ok(Arc::clone(config));
        }
        // Two connections may come here at once. Both load, one is kept. A failure is not: the next connection tries again.
        let roots = match Bundle::of(&self.settings).map_err(Lasting::from)? {
            Some(bundle) => bundle.read().map_err(Lasting::from)?,
            None => system_roots()?,
        };
        let mut config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::clone(self.config.get_or_init(|| Arc::new(config))))
    }
}

/// TLS that is yet to be agreed on.
pub(super) struct Handshake {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Handshake {
    /// TLS over a connection to the host.
    pub(super) async fn over(self, way: Way) -> io::Result<Way> {
        Ok(Box::new(self.connector.connect(self.name, way).await?))
    }
}

/// A file of certificates to trust in the place of the system's.
struct Bundle {
    path: PathBuf,
    /// Whether the variable names it, and not the configuration.
    from_environment: bool,
}

impl Bundle {
    /// The one that a configuration names, or else its environment.
    fn of(config: &Config) -> Result<Option<Self>, InvalidSetting> {
        if let Some(path) = config.ca_bundle() {
            return Ok(Some(Self { path: path.to_owned(), from_environment: false }));
        }
        let path = config.environment().get(CA_BUNDLE)?;
        Ok(path.map(|path| Self { path: path.into(), from_environment: true }))
    }

    /// Its certificates. One that cannot be used is passed over, as among the system's, unless there is no other.
    fn read(&self) -> Result<RootCertStore, InvalidSetting> {
        let bytes = std::fs::read(&self.path).map_err(|error| self.invalid(&format!("cannot be read: {error}")))?;
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
        let found = found.map_err(|_| self.invalid("is not in PEM: a part of it that should be a certificate is not one"))?;
        let mut roots = RootCertStore::empty();
        match roots.add_parsable_certificates(found) {
            (0, 0) => Err(self.invalid("has no certificates in PEM, the form that begins with -----BEGIN CERTIFICATE-----")),
            (0, _) => Err(self.invalid("has no certificate that can be used")),
            _ => Ok(roots),
        }
    }

    fn invalid(&self, fault: &str) -> InvalidSetting {
        let fault = format!("the file of certificates to trust {fault}");
        let path = self.path.display().to_string();
        if self.from_environment {
            InvalidSetting::variable(CA_BUNDLE, format!("{path:?}: {fault}"))
        } else {
            InvalidSetting::file(path, fault)
        }
    }
}

/// The certificates that the system trusts, or `SSL_CERT_FILE` and `SSL_CERT_DIR` name. One that cannot be used is passed over, since
/// systems come with some of those.
fn system_roots() -> Result<RootCertStore, Lasting> {
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
    Err(Lasting(words))
}
