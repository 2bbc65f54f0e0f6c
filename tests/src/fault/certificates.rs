//! Certificates that are made for one test.

use anyhow::Result;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ServerConfig, pki_types::PrivateKeyDer};

/// A flaw of a server's certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Flaw {
    /// The certificate is valid.
    None,
    /// The certificate was valid in 2001.
    Expired,
    /// The certificate is for another name.
    WrongName,
}

/// The number of authorities so far.
static MADE: AtomicUsize = AtomicUsize::new(0);

/// A certificate authority that no system knows.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// Makes an authority with a new key.
    pub fn new() -> Result<Self> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.distinguished_name = DistinguishedName::new();
        // Clients identify an issuer by its name, so the names have to differ.
        let name = format!("Authority {} of Smithlet's tests", MADE.fetch_add(1, Ordering::Relaxed));
        params.distinguished_name.push(DnType::CommonName, name);
        Ok(Self { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate()?)? })
    }

    /// The authority's certificate in PEM, the format of files with trusted certificates.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// The configuration of a server on the loopback interface whose certificate this authority has issued.
    pub fn server(&self, flaw: Flaw) -> Result<Arc<ServerConfig>> {
        let name = if flaw == Flaw::WrongName { "elsewhere.example".to_owned() } else { IpAddr::from(Ipv4Addr::LOCALHOST).to_string() };
        let mut params = CertificateParams::new([name])?;
        if flaw == Flaw::Expired {
            (params.not_before, params.not_after) = (date_time_ymd(2001, 1, 1), date_time_ymd(2001, 12, 31));
        }
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(anyhow::Error::msg)?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()?;
        Ok(Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key)?))
    }
}
