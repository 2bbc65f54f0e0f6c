//! Operations, and the errors that they list.

use super::documentation::inline_path;
use super::{Lowering, is_unit, members_of, types};
use crate::docs;
use crate::model::{Kind, Member, Reference, Shape, ShapeId, Traits};
use crate::names::{self, Registry};
use crate::rust::glacier::Glacier;
use crate::rust::{Codec, ErrorCase, Operation, Repeat, Role, Structure};
use crate::select::{self, Protocol, Signing};
use serde_json::Value;
use std::collections::BTreeSet;

impl<'a> Lowering<'a> {
    /// The selected operations, in the selection's order.
    pub(super) fn operations(&mut self, target_prefix: &str) -> Vec<Operation> {
        let mut modules = Registry::new(self.file, "the crate's operations");
        let mut types = Registry::new(self.file, "the crate's operations");
        let mut operations = Vec::new();
        for id in &self.selection.operations {
            if let Some(shape) = self.model.shape(id) {
                let _ = modules.claim(
                    &names::operation_module_name(names::of_model(id.name())),
                    id.as_str(),
                    &shape.pointer,
                    &mut self.findings,
                ) && types.claim(&names::type_name(names::of_model(id.name())), id.as_str(), &shape.pointer, &mut self.findings);
                operations.extend(self.operation(id, shape, target_prefix));
            }
        }
        self.claim_waiters(&operations);
        operations
    }

    fn operation(&mut self, id: &'a ShapeId, shape: &'a Shape, target_prefix: &str) -> Option<Operation> {
        let Kind::Operation(operation) = &shape.kind else { return None };
        let name = names::type_name(names::of_model(id.name()));
        let module = names::operation_module_name(names::of_model(id.name()));
        let place = |owner: &str, reference: &Option<Reference>, role| {
            let shape = reference.as_ref().and_then(|reference| self.model.shape(&reference.target));
            self.place(owner, members_of(shape), role)
        };
        let (input_place, output_place) = (place("Self", &operation.input, Role::Input), place("Self", &operation.output, Role::Output));
        let (input_path, output_path) = (inline_path(id, "Input"), inline_path(id, "Output"));
        let both = place(&input_path, &operation.input, Role::Input).and(place(&output_path, &operation.output, Role::Output));
        let mut input = self.inline_structure(
            operation.input.as_ref(),
            name.affix("", "Input"),
            Role::Input,
            &input_place,
            &format!("The input of `{}`.", id.name()),
        );
        let mut output = self.inline_structure(
            operation.output.as_ref(),
            name.affix("", "Output"),
            Role::Output,
            &output_place,
            &format!("The output of `{}`.", id.name()),
        );
        let http = self.http(shape, operation, &mut input, &mut output);
        let errors = self.error_cases(&operation.errors);
        // A stream is sent once, so that neither pages nor polls can repeat the input.
        let is_copied = !input.streams();
        let pages = if is_copied { self.pages(id, shape, operation) } else { None };
        let has_input = operation.input.as_ref().and_then(|input| self.model.shape(&input.target)).is_some_and(|shape| !is_unit(shape));
        if self.selection.protocol == Protocol::RpcV2Cbor && !has_input {
            // The request has no body.
            input.encode = Codec::Serde;
        }
        Some(Operation {
            pages,
            waiters: if is_copied { self.waiters(id, shape, operation, &errors) } else { Vec::new() },
            wire: id.name().to_owned(),
            target: self.address(target_prefix, id.name(), shape),
            http,
            host_prefix: Self::host_prefix(shape, &input.fields),
            docs: self.docs(&shape.traits, &[&both.members, &both.values], || format!("The operation `{}`.", id.name())),
            examples: examples(&shape.traits),
            unsigned: self.model.shape(&self.selection.service).is_some_and(|service| select::signing(service, shape) == Signing::None),
            gzip: select::compresses(shape),
            glacier: self.glacier(id, &input),
            checksums: self.checksums(shape, operation.input.as_ref(), &input.fields),
            has_input,
            token: self.token(operation.input.as_ref()).map(|(name, member)| names::field_name(&types::member_name(name, &member.traits))),
            repeat: self.repeat(shape, operation.input.as_ref()),
            errors,
            name,
            module,
            input,
            output,
        })
    }

    /// The parts of a request that the model leaves out, if the service is S3 Glacier. The operations are those of botocore's handlers.
    fn glacier(&self, id: &ShapeId, input: &Structure) -> Option<Glacier> {
        let shape = self.model.shape(&self.selection.service)?;
        let Kind::Service(service) = &shape.kind else { return None };
        (shape.traits.get("aws.api#service")?.get("sdkId")?.as_str()? == "Glacier").then(|| Glacier {
            version: service.version.clone(),
            account: input.fields.iter().find(|field| field.wire == "accountId").map(|field| field.name.clone()),
            hashes: ["UploadArchive", "UploadMultipartPart"].contains(&id.name()),
        })
    }

    /// Reports waiters that would have the same names.
    fn claim_waiters(&mut self, operations: &[Operation]) {
        let mut modules = Registry::new(self.file, "the crate's waiters");
        let mut types = Registry::new(self.file, "the crate's waiters");
        for (id, operation) in self.selection.operations.iter().zip(operations) {
            let Some(shape) = self.model.shape(id) else { continue };
            for waiter in &operation.waiters {
                let _ = modules.claim(&waiter.module, &waiter.wire, &shape.pointer, &mut self.findings)
                    && types.claim(&waiter.name, &waiter.wire, &shape.pointer, &mut self.findings);
            }
        }
    }

    /// The address of an operation: the value of a header, the path after the endpoint's, or the method and the URI.
    fn address(&self, service: &str, operation: &str, shape: &Shape) -> String {
        let part =
            |key: &str| shape.traits.get("smithy.api#http").and_then(|http| http.get(key)).and_then(Value::as_str).unwrap_or_default();
        match self.selection.protocol {
            Protocol::AwsJson1_1 | Protocol::AwsJson1_0 => format!("{service}.{operation}"),
            Protocol::RestJson1 => format!("{} {}", part("method"), part("uri")),
            Protocol::RpcV2Cbor => format!("service/{service}/operation/{operation}"),
        }
    }

    /// The input's member that takes an idempotency token.
    fn token(&self, input: Option<&Reference>) -> Option<(&str, &Member)> {
        self.model.shape(&input?.target)?.members().find(|(_, member)| member.traits.has("smithy.api#idempotencyToken"))
    }

    /// Tells if the operation may be repeated: always if it is read-only or idempotent, otherwise only under a token, if it has one.
    fn repeat(&self, operation: &Shape, input: Option<&Reference>) -> Repeat {
        if operation.traits.has("smithy.api#readonly") || operation.traits.has("smithy.api#idempotent") || self.is_safe(operation) {
            return Repeat::Always;
        }
        let validity = |member: &Member| member.traits.get("smithlet.api#tokenValidity")?.get("seconds")?.as_u64();
        self.token(input).map_or(Repeat::Never, |(_, member)| Repeat::WithToken(validity(member)))
    }

    /// The errors of the operation and those that the service lists for all operations, in this order.
    fn error_cases(&self, own: &'a [Reference]) -> Vec<ErrorCase> {
        let shared = match self.model.shape(&self.selection.service).map(|service| &service.kind) {
            Some(Kind::Service(service)) => service.errors.as_slice(),
            _ => &[],
        };
        let mut seen = BTreeSet::new();
        let mut cases: Vec<ErrorCase> = own
            .iter()
            .chain(shared)
            .filter(|error| seen.insert(&error.target))
            .filter_map(|error| self.error_case(&error.target))
            .collect();
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        let statuses: Vec<Option<u16>> = cases.iter().map(|case| case.status).collect();
        for case in &mut cases {
            let is_alone = statuses.iter().filter(|status| **status == case.status).count() == 1;
            case.status = case.status.filter(|_| is_alone && self.has_bindings());
        }
        cases
    }

    fn error_case(&self, id: &ShapeId) -> Option<ErrorCase> {
        let shape = self.model.shape(id)?;
        let name = self.names.get(id)?.clone();
        let place = self.place(&self.type_path(id, shape)?, members_of(Some(shape)), Role::Error);
        Some(ErrorCase {
            suffix: names::method_suffix(name.plain()),
            code: id.name().to_owned(),
            status: shape.traits.get("smithy.api#httpError").and_then(Value::as_u64).and_then(|status| status.try_into().ok()),
            docs: self.docs(&shape.traits, &[&place.members, &place.values], || format!("The error `{}`.", id.name())),
            name,
        })
    }
}

/// The operation's examples as Markdown, empty when it has none.
fn examples(traits: &Traits) -> String {
    let examples = traits.get("smithy.api#examples").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut markdown = String::new();
    for example in examples {
        let text = |key: &str| example.get(key).and_then(Value::as_str).map(docs::markdown).unwrap_or_default();
        let title = example.get("title").and_then(Value::as_str).map(docs::escape).unwrap_or_default();
        // JSON escapes line breaks inside strings, so no line of it can end the fence.
        let json = |key: &str| example.get(key).map(|value| format!("```json\n{}\n```", docs::json(value)));
        let parts = [
            Some(format!("# Example: {title}\n\n{}\n\n", text("documentation"))),
            json("input").map(|body| format!("Request:\n\n{body}\n\n")),
            json("output").map(|body| format!("Reply:\n\n{body}\n\n")),
        ];
        markdown.extend(parts.into_iter().flatten());
    }
    markdown
}
