//! Signature Version 4 from the canonical request on, in the three steps of its documentation, without code of the client.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// The access key id of the suite.
pub(crate) const ACCESS_KEY_ID: &str = "AKIDEXAMPLE";

/// The secret access key of the suite.
pub(crate) const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// The region of the suite.
pub(crate) const REGION: &str = "us-east-1";

/// The time of the suite in the format of signatures.
pub(crate) const TIME: &str = "20150830T123600Z";

/// The string to sign for a canonical request and a service.
pub(crate) fn string_to_sign(canonical: &str, service: &str) -> String {
    format!("AWS4-HMAC-SHA256\n{TIME}\n{}\n{}", scope(service), hex(&Sha256::digest(canonical)))
}

/// The header `authorization` for a canonical request.
pub(crate) fn authorization(canonical: &str, service: &str) -> Result<String> {
    let date = &TIME[..8];
    let key = [date, REGION, service, "aws4_request"]
        .iter()
        .try_fold(format!("AWS4{SECRET_ACCESS_KEY}").into_bytes(), |key, part| mac(&key, part))?;
    let signature = hex(&mac(&key, &string_to_sign(canonical, service))?);
    let signed = canonical.rsplit('\n').nth(1).context("a canonical request ends with its signed headers and a hash")?;
    Ok(format!("AWS4-HMAC-SHA256 Credential={ACCESS_KEY_ID}/{}, SignedHeaders={signed}, Signature={signature}", scope(service)))
}

/// The canonical request of the same request with one more header.
pub(crate) fn with_header(canonical: &str, name: &str, value: &str) -> Result<String> {
    let mut parts = canonical.rsplitn(4, '\n');
    let mut part = || parts.next().context("a canonical request has headers, an empty line, their names and a hash");
    let (hash, signed, _, head) = (part()?, part()?, part()?, part()?);
    let (request, headers): (Vec<_>, Vec<_>) = head.split('\n').enumerate().partition(|(line, _)| *line < 3);
    let mut headers: Vec<String> = headers.into_iter().map(|(_, header)| header.to_owned()).collect();
    headers.push(format!("{name}:{value}"));
    headers.sort_by(|one, other| one.split(':').next().cmp(&other.split(':').next()));
    let mut names: Vec<&str> = signed.split(';').collect();
    names.push(name);
    names.sort_unstable();
    let request: Vec<&str> = request.into_iter().map(|(_, line)| line).collect();
    Ok(format!("{}\n{}\n\n{}\n{hash}", request.join("\n"), headers.join("\n"), names.join(";")))
}

fn scope(service: &str) -> String {
    format!("{}/{REGION}/{service}/aws4_request", &TIME[..8])
}

fn mac(key: &[u8], text: &str) -> Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)?;
    mac.update(text.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
