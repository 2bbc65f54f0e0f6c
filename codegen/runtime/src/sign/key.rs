//! The signing key, which is derived from the secret access key for a day, a region and a service.

use super::Signing;
use crate::calendar;
use crate::config::Credentials;
use crate::error::BoxError;
use aws_smithy_types::DateTime;
use hmac::digest::InvalidLength;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// The last signing key. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Keys(Arc<Mutex<Option<Arc<Key>>>>);

impl Keys {
    /// The signing key, and the second of its day.
    pub(super) fn key(&self, signing: &Signing<'_>) -> Result<(Arc<Key>, i64), BoxError> {
        let seconds = DateTime::from(signing.time).secs();
        let (day, second) = (seconds.div_euclid(SECONDS_OF_A_DAY), seconds.rem_euclid(SECONDS_OF_A_DAY));
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = match &*last {
            Some(key) if key.is_for(signing, day) => Arc::clone(key),
            _ => Arc::clone(last.insert(Arc::new(Key::new(signing, day)?))),
        };
        Ok((key, second))
    }
}

/// A signing key and its scope. It has no `Debug`, and is wiped from memory when it is dropped.
pub(super) struct Key {
    credentials: Credentials,
    /// Days since the beginning of 1970.
    day: i64,
    /// The day as a date, such as `20191122`.
    date: String,
    region: String,
    name: String,
    scope: String,
    mac: Hmac<Sha256>,
}

impl Key {
    fn new(signing: &Signing<'_>, day: i64) -> Result<Self, BoxError> {
        let &Signing { credentials, region, name, .. } = signing;
        let date_time = calendar::text(day * SECONDS_OF_A_DAY).ok_or("the time is not in the years 1 to 9999")?;
        let date = date_time.split('T').next().unwrap_or_default().replace('-', "");
        Ok(Self {
            credentials: credentials.clone(),
            day,
            scope: [&date, "/", region, "/", name, "/aws4_request"].concat(),
            mac: derive(credentials.secret_access_key(), [&date, region, name, "aws4_request"])?,
            date,
            region: region.to_owned(),
            name: name.to_owned(),
        })
    }

    fn is_for(&self, signing: &Signing<'_>, day: i64) -> bool {
        (self.day, &*self.region, &*self.name, &self.credentials) == (day, signing.region, signing.name, signing.credentials)
    }

    /// The scope, such as `20191122/eu-west-1/codebuild/aws4_request`.
    pub(super) fn scope(&self) -> &str {
        &self.scope
    }

    /// A second of the day, such as `20191122T102030Z`.
    pub(super) fn time(&self, second: i64) -> String {
        // Digit by digit, since the standard library's formatting takes many times the instructions.
        let digit = |number: i64| u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10));
        let mut time = String::with_capacity("20191122T102030Z".len());
        time.extend([&*self.date, "T"]);
        for number in [second / 3600, second / 60 % 60, second % 60] {
            time.extend([digit(number / 10), digit(number)].into_iter().flatten());
        }
        time.push('Z');
        time
    }

    /// The signature of a text.
    pub(super) fn signature(&self, text: &[u8]) -> [u8; 32] {
        self.mac.clone().chain_update(text).finalize().into_bytes().into()
    }
}

/// Derives the key: the first part of the scope is signed with the secret, and each other part with the result of the one before it.
fn derive(secret: &str, scope: [&str; 4]) -> Result<Hmac<Sha256>, InvalidLength> {
    let mut mac = Hmac::new_from_slice(Zeroizing::new(["AWS4", secret].concat()).as_bytes())?;
    for part in scope {
        let key: Zeroizing<[u8; 32]> = Zeroizing::new(mac.chain_update(part).finalize().into_bytes().into());
        mac = Hmac::new_from_slice(&*key)?;
    }
    Ok(mac)
}
