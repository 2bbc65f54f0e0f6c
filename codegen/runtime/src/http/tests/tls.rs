//! The certificates that TLS trusts, and the errors about others.

use super::server::{Act, Server, started};
use super::{never_sent, request, text, transport, words};
use crate::config::{Builder, Environment};
use crate::error::ConnectorError;
use crate::random::uuid;
use crate::testing::config;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// A file in PEM, removed when it is dropped.
pub(super) struct Pem(pub(super) PathBuf);

impl Pem {
    fn new(content: impl AsRef<[u8]>) -> Self {
        let path = std::env::temp_dir().join(format!("smithlet-{}.pem", uuid()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    /// The variables of an environment that trusts the file.
    pub(super) fn trusted(&self) -> [(&'static str, String); 1] {
        [("AWS_CA_BUNDLE", self.0.to_str().unwrap().to_owned())]
    }
}

impl Drop for Pem {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.0));
    }
}

/// An authority that no system trusts.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(super) fn file(&self) -> Pem {
        Pem::new(self.0.pem())
    }

    /// The TLS settings of a server with a certificate for a name.
    pub(super) fn vouch_for(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> TlsAcceptor {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let chain = vec![params.signed_by(&key, &self.0).unwrap().der().clone()];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        TlsAcceptor::from(Arc::new(config))
    }
}

pub(super) async fn server(tls: TlsAcceptor) -> Server {
    Server::following(Some(tls), |_, number| Act::Send(started(&format!("tls {number}")))).await
}

pub(super) fn trusting(pem: &Pem) -> Builder {
    config().environment(Environment::fixed(pem.trusted()))
}

/// The error about a server's certificate.
async fn refused(change: impl FnOnce(&mut CertificateParams)) -> String {
    let authority = Authority::new("ours");
    let server = server(authority.vouch_for("127.0.0.1", change)).await;
    let url = server.url().replace("http:", "https:");
    let error = transport(&trusting(&authority.file())).call(request(&url)).await.unwrap_err();
    told(&error, &url)
}

/// The line of an error that another attempt cannot change, without the server's name.
#[track_caller]
fn told(error: &ConnectorError, url: &str) -> String {
    assert!(error.is_user() && never_sent(error), "another attempt is of no use");
    words(error).strip_prefix(&format!("cannot connect to {url}: ")).unwrap().to_owned()
}

#[tokio::test]
async fn a_private_authority_is_trusted_by_its_file() {
    let authority = Authority::new("ours");
    let server = server(authority.vouch_for("127.0.0.1", |_| ())).await;
    let (url, file) = (server.url().replace("http:", "https:"), authority.file());
    let transport = transport(&trusting(&file));
    for number in 0..2 {
        assert_eq!(text(transport.call(request(&url)).await).await, format!("{{\"id\": \"tls {number}\"}}"));
    }
    assert_eq!(server.connections(), 1);

    // A setting in code goes before the environment.
    let (other, own) = (Authority::new("other").file(), config().ca_bundle(&file.0));
    let transport = super::transport(&own.environment(Environment::fixed(other.trusted())));
    text(transport.call(request(&url)).await).await;
}

/// A certificate in PEM under a label, with these bytes behind it.
fn pem(label: &str, certificate: &[u8], behind: &[u8]) -> String {
    let text = aws_smithy_types::base64::encode([certificate, behind].concat());
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// OpenSSL's settings behind a trusted certificate: the purposes that it is trusted for, and those that it is rejected for. A purpose is the
/// last number of its identifier, 1 for servers and 4 for mail.
fn settings(trusted: Option<u8>, rejected: Option<u8>) -> Vec<u8> {
    let purposes = |tag, number| vec![tag, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, number];
    let lists = [trusted.map(|number| purposes(0x30, number)), rejected.map(|number| purposes(0xa0, number))];
    let lists: Vec<u8> = lists.into_iter().flatten().flatten().chain([0x0c, 2, b'h', b'i']).collect();
    [vec![0x30, u8::try_from(lists.len()).unwrap()], lists].concat()
}

#[tokio::test]
async fn a_file_is_read_as_openssl_reads_it() {
    let authority = Authority::new("ours");
    let server = server(authority.vouch_for("127.0.0.1", |_| ())).await;
    let url = server.url().replace("http:", "https:");
    let der = authority.0.der();
    let plain = pem("CERTIFICATE", der, &[]);
    let other = pem("CERTIFICATE", Authority::new("other").0.der(), &[]);
    let trusted = |trusted, rejected| pem("TRUSTED CERTIFICATE", der, &settings(trusted, rejected));
    let any = pem("TRUSTED CERTIFICATE", der, &[0x30, 8, 0x30, 6, 6, 4, 0x55, 0x1d, 0x25, 0]);
    let good = [
        format!("\u{feff}{plain}"),
        format!("\u{feff}{other}\u{feff}{plain}"),
        format!("a comment\r\n{}", plain.replace('\n', "\r\n")),
        format!("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n{plain}"),
        pem("X509 CERTIFICATE", der, &[]),
        pem("TRUSTED CERTIFICATE", der, &[]),
        trusted(None, None),
        trusted(Some(1), None),
        trusted(None, Some(4)),
        any,
    ];
    for file in good {
        text(transport(&trusting(&Pem::new(&file))).call(request(&url)).await).await;
    }
    // OpenSSL's settings can say that a certificate is not to be trusted.
    for file in [trusted(Some(4), None), trusted(None, Some(1)), trusted(Some(1), Some(1)), pem("TRUSTED CERTIFICATE", der, b"?")] {
        let error = transport(&trusting(&Pem::new(&file))).call(request(&url)).await.unwrap_err();
        assert!(told(&error, &url).ends_with("has no certificate that can be used"), "{file}");
    }
}

#[tokio::test]
async fn a_certificate_that_is_not_accepted_is_told_in_plain_words() {
    let clock = "or this machine's clock is wrong";
    assert_eq!(
        refused(|params| params.not_after = date_time_ymd(2001, 1, 1)).await,
        format!("the certificate of 127.0.0.1 has expired: it has to be renewed, {clock}")
    );
    assert_eq!(
        refused(|params| params.not_before = date_time_ymd(4000, 1, 1)).await,
        format!("the certificate of 127.0.0.1 is not valid yet: it has to be replaced, {clock}")
    );
    let authority = Authority::new("ours");
    let server = server(authority.vouch_for("codebuild.example", |_| ())).await;
    let url = server.url().replace("http:", "https:");
    let error = transport(&trusting(&authority.file())).call(request(&url)).await.unwrap_err();
    assert_eq!(
        told(&error, &url),
        "the certificate of 127.0.0.1 is for another name: the endpoint's name is wrong, or something else answers in its place"
    );
    for name in ["theirs", "ours"] {
        let error = transport(&trusting(&Authority::new(name).file())).call(request(&url)).await.unwrap_err();
        assert_eq!(
            told(&error, &url),
            "the certificate of 127.0.0.1 is from an authority that is not trusted: name a file with the authority's certificate in AWS_CA_BUNDLE",
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_file_without_certificates_is_named_with_what_names_it() {
    let empty = Pem::new("");
    let missing = Pem(std::env::temp_dir().join(uuid()));
    let binary = Pem::new([0xff, 0, 1, 2]);
    let no_certificate = Pem::new("-----BEGIN CERTIFICATE-----\n@@@@\n-----END CERTIFICATE-----\n");
    let no_der = Pem::new("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    let file = "the file of certificates to trust";
    let none = "has no certificates in PEM, the form that begins with -----BEGIN CERTIFICATE-----";
    let wide = Pem::new([0xff, 0xfe, b'-', 0]);
    let others = Pem::new("-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n-----BEGIN X509 CRL-----\r\n-----END X509 CRL-----\n");
    let others_named = format!("{none}; it has PKCS7, X509 CRL");
    let table = [
        (&empty, none),
        (&binary, none),
        (&wide, "is in UTF-16: save it in UTF-8"),
        (&others, &others_named),
        (&missing, "cannot be read: No such file or directory (os error 2)"),
        (&no_certificate, "is not in PEM: a part of it that should be a certificate is not one"),
        (&no_der, "has no certificate that can be used"),
    ];
    let url = "https://127.0.0.1:1";
    for (pem, fault) in table {
        let path = pem.0.to_str().unwrap();
        let from_environment = format!("the environment variable AWS_CA_BUNDLE: {path:?}: {file} {fault}");
        assert_eq!(told(&transport(&trusting(pem)).call(request(url)).await.unwrap_err(), url), from_environment);
        let error = transport(&config().ca_bundle(path)).call(request(url)).await.unwrap_err();
        assert_eq!(told(&error, url), format!("{path:?}: {file} {fault}"));
    }
}
