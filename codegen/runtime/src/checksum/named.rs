//! Checksums by the trait `aws.protocols#httpChecksum`: those of requests, whose algorithm the caller may choose, and those of replies.

use super::algorithm::Algorithm;
use super::in_memory;
use crate::config::{Config, RequestChecksumCalculation, ResponseChecksumValidation};
use crate::error::{BoxError, InvalidInput};
use crate::headers;
use crate::http::Request;
use crate::operation::Encoded;
use crate::reply::Reply;
use crate::seal::{Seal, sealed};
use http::HeaderName;

/// The mode in which replies are checked.
const ENABLED: &str = "ENABLED";

/// The beginning of the headers with checksums.
const PREFIX: &str = "x-amz-checksum-";

/// Headers with this beginning that hold no checksum.
const OTHERS: [&str; 3] = ["algorithm", "mode", "type"];

/// Adds a checksum to a request, unless the input or the caller has set one.
pub fn add(request: Encoded, checksum: Named) -> Encoded {
    sealed(request, checksum)
}

/// The checksum of an operation's requests.
pub struct Named {
    /// True if each request has one.
    pub required: bool,
    /// The input's member with the algorithm's name, if there is such a member, and the header that it is bound to.
    pub member: Option<(&'static str, Option<&'static str>)>,
    /// The value of the member.
    pub algorithm: Option<String>,
}

impl Named {
    /// The algorithm that the caller has chosen.
    fn chosen(&self) -> Result<Option<Algorithm>, BoxError> {
        let (Some(name), Some((member, _))) = (&self.algorithm, self.member) else { return Ok(None) };
        let message = "is not an algorithm that checksums are calculated by: CRC32, CRC32C, CRC64NVME, SHA1 or SHA256";
        Algorithm::named(name).map(Some).ok_or_else(|| InvalidInput::of_member(member, message).into())
    }
}

impl Seal for Named {
    fn seal(&self, request: &mut Request, config: &Config) -> Result<(), BoxError> {
        let is_checksum = |(name, _): (&str, &str)| name.strip_prefix(PREFIX).is_some_and(|end| !OTHERS.contains(&end));
        if headers::all(request.headers()).any(is_checksum) {
            return Ok(());
        }
        let chosen = self.chosen()?;
        let calculates = || config.request_checksum_calculation() != Some(&RequestChecksumCalculation::WhenRequired);
        let algorithm = match chosen {
            Some(algorithm) => algorithm,
            None if self.required || (self.member.is_some() && calculates()) => Algorithm::Crc32,
            None => return Ok(()),
        };
        let checksum = algorithm.of(in_memory(request)?);
        headers::set(request.headers_mut(), HeaderName::from_static(algorithm.header()), checksum)?;
        if chosen.is_none()
            && let Some((_, Some(header))) = self.member
        {
            headers::set(request.headers_mut(), HeaderName::from_static(header), algorithm.name())?;
        }
        Ok(())
    }
}

/// Has the service send a checksum of its reply, unless the caller or the configuration says otherwise.
pub fn enable_validation<T: for<'t> From<&'t str>>(mode: &mut Option<T>, config: &Config) {
    if mode.is_none() && config.response_checksum_validation() != Some(&ResponseChecksumValidation::WhenRequired) {
        *mode = Some(T::from(ENABLED));
    }
}

/// Has the reply to a request checked, if that is the mode, by its checksum by one of the algorithms.
pub fn check_reply(request: Encoded, mode: Option<&str>, algorithms: &'static [&'static str]) -> Encoded {
    if mode.is_some_and(|mode| mode.eq_ignore_ascii_case(ENABLED)) { sealed(request, Checked { algorithms }) } else { request }
}

struct Checked {
    algorithms: &'static [&'static str],
}

impl Seal for Checked {
    fn seal(&self, _: &mut Request, _: &Config) -> Result<(), BoxError> {
        Ok(())
    }

    fn check(&self, reply: &Reply<'_>) -> Result<(), BoxError> {
        // The checksum of an object of several parts, which has a hyphen, is not one of the body.
        let checksum = |algorithm: Algorithm| headers::get(reply.headers, algorithm.header()).filter(|value| !value.contains('-'));
        let is_listed = |algorithm: &Algorithm| self.algorithms.iter().any(|name| Algorithm::named(name) == Some(*algorithm));
        let found = Algorithm::ALL.into_iter().filter(is_listed).find_map(|algorithm| Some((algorithm, checksum(algorithm)?)));
        match found {
            Some((algorithm, checksum)) if checksum.trim() != algorithm.of(reply.body) => {
                Err(format!("the header `{}` is not the checksum of the body: the reply was damaged on its way", algorithm.header()).into())
            }
            _ => Ok(()),
        }
    }
}
