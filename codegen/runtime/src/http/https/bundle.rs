//! A file of certificates to trust in place of the system's.
//!
//! It is read as OpenSSL reads one, so that a file that works for other tools works here: a byte order mark is skipped, `X509 CERTIFICATE`
//! is an older label for the same thing, and `TRUSTED CERTIFICATE` may be followed by OpenSSL's settings, which can also say that the
//! certificate is not to be trusted.

use crate::config::{Environment, InvalidSetting};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::path::{Path, PathBuf};

const CA_BUNDLE: &str = "AWS_CA_BUNDLE";

/// The labels in PEM that mean a certificate besides `CERTIFICATE`.
const OTHER_LABELS: [&str; 2] = ["TRUSTED CERTIFICATE", "X509 CERTIFICATE"];

/// The most labels of other things that an error names.
const MAX_NAMED: usize = 3;

/// The purposes, as the contents of object identifiers, that include a server's authentication by TLS: `serverAuth` and
/// `anyExtendedKeyUsage` (RFC 5280, section 4.2.1.12).
const SERVERS: [&[u8]; 2] = [&[0x2b, 6, 1, 5, 5, 7, 3, 1], &[0x55, 0x1d, 0x25, 0]];

/// Tags of elements (X.690): a sequence, an object identifier, and the first optional element of a sequence.
const SEQUENCE: u8 = 0x30;
const IDENTIFIER: u8 = 6;
const FIRST_OPTIONAL: u8 = 0xa0;

/// The file and where its name comes from.
pub(super) struct Bundle {
    path: PathBuf,
    /// True if the variable names it, not the configuration.
    from_environment: bool,
}

impl Bundle {
    /// The file that the configuration names, or else the environment.
    pub(super) fn find(configured: Option<&Path>, environment: &Environment) -> Result<Option<Self>, InvalidSetting> {
        if let Some(path) = configured {
            return Ok(Some(Self { path: path.to_owned(), from_environment: false }));
        }
        let path = environment.get(CA_BUNDLE)?;
        Ok(path.map(|path| Self { path: path.into(), from_environment: true }))
    }

    /// The certificates of the file. One that cannot be used is passed over, as among the system's, unless there is no other.
    pub(super) fn read(&self) -> Result<RootCertStore, InvalidSetting> {
        let bytes = std::fs::read(&self.path).map_err(|error| self.invalid(&format!("cannot be read: {error}")))?;
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(self.invalid("is in UTF-16: save it in UTF-8"));
        }
        let text = with_one_label(&String::from_utf8_lossy(&bytes));
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).collect();
        let found = found.map_err(|_| self.invalid("is not in PEM: a part of it that should be a certificate is not one"))?;
        let count = found.len();
        let mut roots = RootCertStore::empty();
        match roots.add_parsable_certificates(found.iter().filter_map(for_servers)) {
            _ if count == 0 => {
                let form = "has no certificates in PEM, the form that begins with -----BEGIN CERTIFICATE-----";
                Err(self.invalid(&format!("{form}{}", other_things(&text))))
            }
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

/// The text without byte order marks, of which files that were put together from several have some inside, and with one label for all
/// certificates.
fn with_one_label(text: &str) -> String {
    let mut text = text.replace('\u{feff}', "");
    for label in OTHER_LABELS {
        for line in ["BEGIN", "END"] {
            text = text.replace(&format!("-----{line} {label}-----"), &format!("-----{line} CERTIFICATE-----"));
        }
    }
    text
}

/// The labels of what is in the file instead of certificates, as the end of an error.
fn other_things(text: &str) -> String {
    let labels = text.lines().filter_map(|line| line.strip_prefix("-----BEGIN ")?.trim_end().strip_suffix("-----"));
    let mut found: Vec<&str> = Vec::new();
    for label in labels {
        if found.len() < MAX_NAMED && !found.contains(&label) {
            found.push(label);
        }
    }
    if found.is_empty() { String::new() } else { format!("; it has {}", found.join(", ")) }
}

/// The certificate without OpenSSL's settings, or `None` when they say that it is not to be trusted for servers.
fn for_servers(der: &CertificateDer<'_>) -> Option<CertificateDer<'static>> {
    let settings = element(der).map_or(&[][..], |(_, _, behind)| behind);
    let certificate = der.get(..der.len() - settings.len())?;
    trusts_servers(settings).then(|| CertificateDer::from(certificate.to_vec()))
}

/// Returns whether OpenSSL's settings of a certificate allow it to vouch for servers: no list of purposes that it is rejected for has that one, and
/// the list of purposes that it is trusted for, if there is one, has it. (`X509_CERT_AUX`; settings that are malformed allow nothing.)
fn trusts_servers(settings: &[u8]) -> bool {
    if settings.is_empty() {
        return true;
    }
    let Some((SEQUENCE, settings, _)) = element(settings) else { return false };
    let (trusted, behind) = match element(settings) {
        Some((SEQUENCE, purposes, behind)) => (Some(purposes), behind),
        _ => (None, settings),
    };
    let rejected = match element(behind) {
        Some((FIRST_OPTIONAL, purposes, _)) => purposes,
        _ => &[],
    };
    trusted.is_none_or(has_servers) && !has_servers(rejected)
}

/// Returns whether a list of purposes contains server authentication.
fn has_servers(purposes: &[u8]) -> bool {
    let elements = std::iter::successors(element(purposes), |&(_, _, behind)| element(behind));
    elements.into_iter().any(|(tag, content, _)| tag == IDENTIFIER && SERVERS.contains(&content))
}

/// The first element of a text in DER: its tag, its content, and all that follows it (X.690, section 8.1).
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, length], behind) = der.split_first_chunk()?;
    let (length, behind) = match length {
        0..0x80 => (usize::from(length), behind),
        _ => {
            let (bytes, behind) = behind.split_at_checked(usize::from(length & 0x7f))?;
            let length = bytes.iter().try_fold(0_usize, |length, byte| length.checked_mul(256)?.checked_add(usize::from(*byte)))?;
            (length, behind)
        }
    };
    let (content, behind) = behind.split_at_checked(length)?;
    Some((tag, content, behind))
}
