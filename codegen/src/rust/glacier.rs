//! The plan's additions to the requests of S3 Glacier.

use crate::names::Name;

/// The parts of a request that the model leaves out.
#[derive(Clone, Debug)]
pub(crate) struct Glacier {
    /// The version of the API.
    pub(crate) version: String,
    /// The input's member with the account.
    pub(crate) account: Option<Name>,
    /// True if the request has hashes of its body, which is a part of an archive.
    pub(crate) hashes: bool,
}
