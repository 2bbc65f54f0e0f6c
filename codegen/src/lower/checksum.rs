//! Checksums of requests and replies.

use super::Lowering;
use crate::model::{Reference, Shape};
use crate::rust::checksum::{Checksums, OfReply, OfRequest};
use crate::rust::{Field, Role};
use serde_json::Value;

impl Lowering<'_> {
    /// The checksums of an operation. `aws.protocols#httpChecksum` goes before `smithy.api#httpChecksumRequired`.
    pub(super) fn checksums(&self, operation: &Shape, input: Option<&Reference>, fields: &[Field]) -> Checksums {
        let md5 = operation.traits.has("smithy.api#httpChecksumRequired").then_some(OfRequest::Md5);
        let Some(settings) = operation.traits.get("aws.protocols#httpChecksum") else { return Checksums { request: md5, reply: None } };
        let field = |key: &str| {
            let member = settings.get(key).and_then(Value::as_str)?;
            self.field_of(member, input, fields)
        };
        let required = settings.get("requestChecksumRequired").and_then(Value::as_bool).unwrap_or_default();
        let algorithm = field("requestAlgorithmMember");
        let named = (required || algorithm.is_some()).then_some(OfRequest::Named { required, algorithm });
        let algorithms = settings.get("responseAlgorithms").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let algorithms: Vec<String> = algorithms.map(str::to_owned).collect();
        let mode = field("requestValidationModeMember").filter(|_| !algorithms.is_empty());
        Checksums { request: named.or(md5), reply: mode.map(|mode| OfReply { mode, algorithms }) }
    }

    /// The field of an input's member.
    fn field_of(&self, name: &str, input: Option<&Reference>, fields: &[Field]) -> Option<usize> {
        let (name, member) = self.model.shape(&input?.target)?.members().find(|(other, _)| *other == name)?;
        let wire = self.wire_name(name, member, self.bound(member, Role::Input).as_ref());
        fields.iter().position(|field| field.wire == wire)
    }
}
