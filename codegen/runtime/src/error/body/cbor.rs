//! The parts of an error in CBOR.

use super::{ErrorBody, Members, bare_code};
use crate::cbor::{self, Reader};

impl ErrorBody {
    /// Reads an error of RPC v2, which has its code as `__type` and in no other member.
    pub(crate) fn in_cbor(body: &[u8]) -> Self {
        let mut members = Members::default();
        // A code before a fault is kept.
        let is_whole = members.read_cbor(body).is_ok();
        let code = members.type_name.and_then(|code| bare_code(&code));
        Self { code, message: members.message, remark: members.remark, request_id: members.request_id, is_whole }
    }
}

impl Members {
    fn read_cbor(&mut self, body: &[u8]) -> Result<(), cbor::Error> {
        let mut reader = Reader::new(body);
        if reader.object()? {
            while let Some(name) = reader.key()? {
                match self.member(name) {
                    Some(member) => super::fill(member, reader.document()?),
                    None => reader.skip()?,
                }
            }
        }
        reader.finish()
    }
}
