//! The key that requests are signed with: derived from a secret for a day, a region and a service, and good until one of them changes.

use super::Signing;
use crate::config::Credentials;
use crate::error::BoxError;
use crate::hex;
use aws_sigv4::sign::v4::generate_signing_key;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

/// The key that was used last. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Keys(Arc<Mutex<Option<Arc<Key>>>>);

impl Keys {
    /// The key to sign with, so long after the beginning of 1970.
    pub(super) fn key(&self, signing: &Signing<'_>, since_1970: Duration) -> Result<Arc<Key>, BoxError> {
        let day = since_1970.as_secs() / SECONDS_OF_A_DAY;
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(match &*last {
            Some(key) if key.is_for(signing, day) => Arc::clone(key),
            _ => Arc::clone(last.insert(Arc::new(Key::new(signing, day)?))),
        })
    }
}

/// A key and what it is for. It does not print, and is wiped from memory in the end like the secret that it comes from.
pub(super) struct Key {
    credentials: Credentials,
    /// Days since the beginning of 1970.
    day: u64,
    /// The same as a date, such as `20191122`.
    date: String,
    region: String,
    name: String,
    scope: String,
    mac: Hmac<Sha256>,
}

impl Key {
    fn new(signing: &Signing<'_>, day: u64) -> Result<Self, BoxError> {
        let &Signing { ref credentials, region, name, time } = signing;
        let midnight = DateTime::from_secs(i64::try_from(day * SECONDS_OF_A_DAY)?);
        let date_time = midnight.fmt(Format::DateTime)?;
        let date = date_time.split('T').next().unwrap_or_default().replace('-', "");
        let key = generate_signing_key(credentials.secret_access_key(), time, region, name);
        Ok(Self {
            credentials: credentials.clone(),
            day,
            scope: [&date, "/", region, "/", name, "/aws4_request"].concat(),
            date,
            region: region.to_owned(),
            name: name.to_owned(),
            mac: Hmac::new_from_slice(key.as_ref())?,
        })
    }

    fn is_for(&self, signing: &Signing<'_>, day: u64) -> bool {
        (self.day, &*self.region, &*self.name) == (day, signing.region, signing.name)
            && secrets(&self.credentials) == secrets(&signing.credentials)
    }

    /// Whose it is.
    pub(super) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What it is for, such as `20191122/eu-west-1/codebuild/aws4_request`.
    pub(super) fn scope(&self) -> &str {
        &self.scope
    }

    /// A time of its day, such as `20191122T102030Z`.
    pub(super) fn time(&self, seconds_since_1970: u64) -> String {
        let second = seconds_since_1970 % SECONDS_OF_A_DAY;
        format!("{}T{:02}{:02}{:02}Z", self.date, second / 3600, second / 60 % 60, second % 60)
    }

    /// The signature of a text.
    pub(super) fn signature(&self, text: &str) -> String {
        let mut signature = String::with_capacity(64);
        hex::push(&mut signature, &self.mac.clone().chain_update(text).finalize().into_bytes());
        signature
    }
}

fn secrets(credentials: &Credentials) -> (&str, &str, Option<&str>) {
    (credentials.access_key_id(), credentials.secret_access_key(), credentials.session_token())
}
