//! The cryptography of TLS: ring's, without what a connection to AWS does not need.
//!
//! rustls's own provider brings all of ring into each program that is built with this crate, 270 KB more than this one: signing with private
//! keys, which are for clients with a certificate; `ChaCha20`, `X25519` and `Ed25519`, without which every server gets along that speaks TLS 1.3
//! (RFC 8446, section 9.1, asks for AES-GCM and secp256r1) or that a browser or AWS's FIPS rules are content with.

use ring::rand::SystemRandom;
use rustls::SignatureScheme as Scheme;
use rustls::crypto::ring::{cipher_suite as suite, kx_group};
use rustls::crypto::{CryptoProvider, GetRandomFailed, KeyProvider, SecureRandom, WebPkiSupportedAlgorithms};
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;
use std::sync::Arc;
use webpki::ring as algorithm;

pub(super) fn provider() -> CryptoProvider {
    CryptoProvider {
        cipher_suites: vec![
            suite::TLS13_AES_256_GCM_SHA384,
            suite::TLS13_AES_128_GCM_SHA256,
            suite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            suite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ],
        kx_groups: vec![kx_group::SECP256R1, kx_group::SECP384R1],
        signature_verification_algorithms: SIGNATURES,
        secure_random: &Random,
        key_provider: &NoKeys,
    }
}

/// The signatures of certificates and of servers, as rustls has them but for Ed25519.
static SIGNATURES: WebPkiSupportedAlgorithms = WebPkiSupportedAlgorithms {
    all: &[
        algorithm::ECDSA_P256_SHA256,
        algorithm::ECDSA_P256_SHA384,
        algorithm::ECDSA_P384_SHA256,
        algorithm::ECDSA_P384_SHA384,
        algorithm::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
        algorithm::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
        algorithm::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
        algorithm::RSA_PKCS1_2048_8192_SHA256,
        algorithm::RSA_PKCS1_2048_8192_SHA384,
        algorithm::RSA_PKCS1_2048_8192_SHA512,
        algorithm::RSA_PKCS1_2048_8192_SHA256_ABSENT_PARAMS,
        algorithm::RSA_PKCS1_2048_8192_SHA384_ABSENT_PARAMS,
        algorithm::RSA_PKCS1_2048_8192_SHA512_ABSENT_PARAMS,
    ],
    // In the order of preference. TLS 1.2 does not say which curve goes with a scheme.
    mapping: &[
        (Scheme::ECDSA_NISTP384_SHA384, &[algorithm::ECDSA_P384_SHA384, algorithm::ECDSA_P256_SHA384]),
        (Scheme::ECDSA_NISTP256_SHA256, &[algorithm::ECDSA_P256_SHA256, algorithm::ECDSA_P384_SHA256]),
        (Scheme::RSA_PSS_SHA512, &[algorithm::RSA_PSS_2048_8192_SHA512_LEGACY_KEY]),
        (Scheme::RSA_PSS_SHA384, &[algorithm::RSA_PSS_2048_8192_SHA384_LEGACY_KEY]),
        (Scheme::RSA_PSS_SHA256, &[algorithm::RSA_PSS_2048_8192_SHA256_LEGACY_KEY]),
        (Scheme::RSA_PKCS1_SHA512, &[algorithm::RSA_PKCS1_2048_8192_SHA512]),
        (Scheme::RSA_PKCS1_SHA384, &[algorithm::RSA_PKCS1_2048_8192_SHA384]),
        (Scheme::RSA_PKCS1_SHA256, &[algorithm::RSA_PKCS1_2048_8192_SHA256]),
    ],
};

/// The system's random numbers.
#[derive(Debug)]
struct Random;

impl SecureRandom for Random {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), GetRandomFailed> {
        ring::rand::SecureRandom::fill(&SystemRandom::new(), bytes).map_err(|_| GetRandomFailed)
    }
}

/// A client without a certificate has no private key to load.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("private keys are not supported".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Scheme, WebPkiSupportedAlgorithms, provider};
    use rustls::crypto::CryptoProvider;

    /// Lists of this kind age: a version of rustls with others has to be looked at.
    #[test]
    fn all_is_as_in_rustls_but_for_what_is_left_out() {
        let (ours, theirs) = (provider(), rustls::crypto::ring::default_provider());
        let suites =
            |provider: &CryptoProvider| provider.cipher_suites.iter().map(|suite| format!("{:?}", suite.suite())).collect::<Vec<_>>();
        let mut expected = suites(&theirs);
        expected.retain(|name| !name.contains("CHACHA20"));
        assert_eq!(suites(&ours), expected);
        let groups = |provider: &CryptoProvider| provider.kx_groups.iter().map(|group| format!("{:?}", group.name())).collect::<Vec<_>>();
        let mut expected = groups(&theirs);
        expected.retain(|name| name != "X25519");
        assert_eq!(groups(&ours), expected);
        let (ours, theirs) = (ours.signature_verification_algorithms, theirs.signature_verification_algorithms);
        let schemes = |algorithms: WebPkiSupportedAlgorithms| {
            let of = |&(scheme, algorithms): &(Scheme, &[_])| (scheme, shown(algorithms));
            algorithms.mapping.iter().map(of).filter(|(scheme, _)| *scheme != Scheme::ED25519).collect::<Vec<_>>()
        };
        assert_eq!(schemes(ours), schemes(theirs));
        let mut expected = shown(theirs.all);
        let left_out = shown(&[webpki::ring::ED25519]);
        expected.retain(|algorithm| !left_out.contains(algorithm));
        assert_eq!(shown(ours.all), expected);
    }

    fn shown(algorithms: &[&dyn rustls::pki_types::SignatureVerificationAlgorithm]) -> Vec<String> {
        algorithms.iter().map(|algorithm| format!("{:?} {:?}", algorithm.public_key_alg_id(), algorithm.signature_alg_id())).collect()
    }
}
