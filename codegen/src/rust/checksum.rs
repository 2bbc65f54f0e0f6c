//! The plan's checksums of requests and replies.

/// The checksums of an operation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checksums {
    pub(crate) request: Option<OfRequest>,
    pub(crate) reply: Option<OfReply>,
}

impl Checksums {
    /// True if a checksum has a named algorithm, and is not an MD5.
    pub(crate) fn are_named(&self) -> bool {
        matches!(self.request, Some(OfRequest::Named { .. })) || self.reply.is_some()
    }
}

/// The checksum of requests.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum OfRequest {
    /// The header `content-md5`.
    Md5,
    /// A header with the name of the algorithm.
    Named {
        /// True if each request has a checksum.
        required: bool,
        /// The input's field with the algorithm.
        algorithm: Option<usize>,
    },
}

/// The checksum of replies.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct OfReply {
    /// The input's field with the mode, which says if the reply is checked.
    pub(crate) mode: usize,
    /// The algorithms that the reply may have a checksum by.
    pub(crate) algorithms: Vec<String>,
}
