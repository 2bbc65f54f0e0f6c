//! Compares the services as a whole: addressing, authentication, endpoint rules, and the shapes that they consist of.

use super::pair::{self, Found};
use super::{Place, Report, Served, change, renames, traits};
use crate::changes::Kind;
use crate::changes::surface::{self, Role};
use crate::changes::{Change, Operation, Status, hosts};
use crate::model::{Kind as Type, Model, Shape, ShapeId, Traits};
use serde_json::Value;
use std::collections::BTreeSet;

const SERVICE: &str = "aws.api#service";
const SIGV4: &str = "aws.auth#sigv4";
const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const DIAGRAM: &str = "smithy.rules#endpointBdd";

impl<'m> Report<'_, 'm> {
    /// Compares the services themselves.
    pub(super) fn service(&mut self, old: &Served<'m>, new: &Served<'m>) -> Vec<Change> {
        let mut changes = Vec::new();
        let (before, after) = (&old.shape.traits, &new.shape.traits);
        let mut tell = |kind, before: Option<&str>, after: Option<&str>, signature| {
            if before != after {
                let (before, after) = (before.map(str::to_owned), after.map(str::to_owned));
                changes.push(change(&Found { signature, ..Found::of(kind, new.id.name(), before, after) }, &Place::default()));
            }
        };
        if self.context.named {
            tell(Kind::TargetPrefixChanged, Some(target_prefix(old)), Some(target_prefix(new)), false);
        }
        tell(Kind::ServiceVersionChanged, Some(&old.service.version), Some(&new.service.version), false);
        tell(Kind::EndpointPrefixChanged, part(before, SERVICE, "endpointPrefix"), part(after, SERVICE, "endpointPrefix"), false);
        // Without a name in the overlay, the crate is named after the service's id.
        let is_named = part(after, "smithlet.api#crate", "name").is_some();
        tell(Kind::ServiceIdChanged, part(before, SERVICE, "sdkId"), part(after, SERVICE, "sdkId"), !is_named);
        if before.has(SIGV4) && after.has(SIGV4) {
            tell(Kind::SigningNameChanged, part(before, SIGV4, "name"), part(after, SIGV4, "name"), false);
        }
        self.endpoint_rules(old.shape, new.shape, new.id.name(), &mut changes);
        self.service_traits(old.shape, new.shape, new.id.name(), &mut changes);
        changes
    }

    /// Compares the hosts that the endpoint rules lead to. Other rules that lead to the same hosts are one difference without hosts.
    fn endpoint_rules(&self, old: &Shape, new: &Shape, shape: &str, changes: &mut Vec<Change>) {
        let sides = [&old.traits, &new.traits];
        let [before, after] = sides.map(|traits| traits.get(RULE_SET).or_else(|| traits.get(DIAGRAM)));
        if before == after || self.context.mixed {
            return;
        }
        let mut tell = |before, after| {
            changes.push(change(&Found::of(Kind::EndpointRulesChanged, shape, before, after), &Place::default()));
        };
        let hosts = sides.iter().all(|traits| traits.has(RULE_SET)).then(|| hosts::differences(self.context.old, self.context.new));
        match hosts.flatten() {
            None => tell(
                before.map(|_| "endpoint rules".to_owned()),
                after.map(|_| if before.is_some() { "other endpoint rules" } else { "endpoint rules" }.to_owned()),
            ),
            Some(hosts) if hosts.is_empty() => {
                tell(None, Some("the same hosts in all regions, with and without FIPS and dual stack".to_owned()));
            }
            Some(hosts) => hosts.into_iter().for_each(|(before, after)| tell(Some(before), Some(after))),
        }
    }

    fn service_traits(&mut self, old: &Shape, new: &Shape, shape: &str, changes: &mut Vec<Change>) {
        // botocore's format has no ARN namespace; the reader takes the signing name.
        let is_derived = [old, new].iter().any(|shape| shape.pointer.as_str() == "/metadata");
        let (old, new) = (&old.traits, &new.traits);
        let mut kept = [old.clone(), new.clone()];
        for traits in &mut kept {
            // These are compared above. The tests of the rules follow from the rules.
            for id in ["smithlet.api#targetPrefix", RULE_SET, DIAGRAM, "smithy.rules#endpointTests"] {
                traits.0.remove(id);
            }
            if let Some(Value::Object(service)) = traits.0.get_mut(SERVICE) {
                service.retain(|key, _| key != "endpointPrefix" && key != "sdkId" && !(is_derived && key == "arnNamespace"));
            }
            if old.has(SIGV4) && new.has(SIGV4) {
                traits.0.remove(SIGV4);
            }
        }
        let schemes: BTreeSet<&String> = old.0.keys().chain(new.0.keys()).filter(|id| scheme(id).is_some()).collect();
        for id in schemes {
            let Some((added, removed)) = scheme(id) else { continue };
            let kind = match (old.get(id), new.get(id)) {
                (None, _) => added,
                (_, None) => removed,
                // The other values of a scheme are compared with the other traits.
                _ => continue,
            };
            let name = |traits: &Traits| traits.has(id).then(|| id.clone());
            changes.push(change(&Found::of(kind, shape, name(old), name(new)), &Place::default()));
            for traits in &mut kept {
                traits.0.remove(id);
            }
        }
        let [old, new] = kept;
        for found in traits::compare(self.context, &old, &new) {
            // Another name of the crate breaks code that uses it.
            let renames = found.before.as_deref().is_some_and(|text| text.starts_with("smithlet.api#crate"))
                && part(&old, "smithlet.api#crate", "name") != part(&new, "smithlet.api#crate", "name");
            let found = Found { signature: renames, ..Found::of(found.kind, shape, found.before, found.after) };
            self.tell(&found, &Place::default(), "", changes);
        }
    }

    /// Reports shapes that only one model has. If all operations are compared, reports unreached shapes that differ as well.
    pub(super) fn shapes(&mut self, all: bool) -> Vec<Change> {
        let mut changes = Vec::new();
        let context = self.context;
        let reached = |model: &'m Model, ids: &BTreeSet<&'m ShapeId>| -> BTreeSet<&'m str> {
            ids.iter().map(|id| surface::name(model, id)).collect()
        };
        let (old, new) = (reached(context.old, &self.reached.old), reached(context.new, &self.reached.new));
        let is_own = |id: &&&'m ShapeId| id.namespace() != "smithy.api" && !context.mixed;
        for id in self.reached.new.iter().filter(is_own).filter(|id| !context.old_names.contains(id.name()) && !old.contains(id.name())) {
            let after = Some(surface::describe(context.new, id));
            changes.push(change(&Found::of(Kind::ShapeAdded, surface::name(context.new, id), None, after), &Place::default()));
        }
        for id in self.reached.old.iter().filter(is_own).filter(|id| !context.new_names.contains(id.name()) && !new.contains(id.name())) {
            let before = Some(surface::describe(context.old, id));
            changes.push(change(&Found::of(Kind::ShapeRemoved, surface::name(context.old, id), before, None), &Place::default()));
        }
        if all && !context.mixed {
            self.unreached(&mut changes);
        }
        changes
    }

    fn unreached(&mut self, changes: &mut Vec<Change>) {
        let context = self.context;
        let is_data = |shape: &Shape| !matches!(shape.kind, Type::Service(_) | Type::Operation(_));
        let ids: BTreeSet<&ShapeId> = context.old.shapes.keys().chain(context.new.shapes.keys()).collect();
        for id in ids {
            let (before, after) = (context.old.shape(id), context.new.shape(id));
            if self.reached.old.contains(id)
                || self.reached.new.contains(id)
                || [before, after].into_iter().flatten().any(|shape| !is_data(shape))
            {
                continue;
            }
            let differs = match (before, after) {
                (Some(_), Some(_)) => {
                    let known = context.old.shapes.get_key_value(id).zip(context.new.shapes.get_key_value(id));
                    known.is_some_and(|((old, before), (new, after))| {
                        // Inherited differences are found in the traits of the targets.
                        let differs = pair::compare(context, old, new, Role::Other).found.iter().any(|found| found.into.is_none());
                        differs || before.traits != after.traits || !same_resource(before, after)
                    })
                }
                _ => true,
            };
            if differs {
                let describe = |model: &Model| model.shape(id).map(|_| surface::describe(model, id));
                let found = Found::of(Kind::UnreachedShapeChanged, id.name(), describe(context.old), describe(context.new));
                changes.push(change(&found, &Place::default()));
            }
        }
    }
}

/// Removed operations that seem to be back under another name.
pub(super) fn renamed_operations(operations: &[Operation]) -> Vec<Change> {
    let named = |status| -> Vec<&str> {
        operations.iter().filter(|operation| operation.status == status).map(|operation| operation.name.as_str()).collect()
    };
    let pairs = renames::find(&named(Status::Removed), &named(Status::New), |_, _| true);
    let one = |(from, to): (&str, &str)| {
        let (before, after) = (Some(from.to_owned()), Some(to.to_owned()));
        change(&Found::of(Kind::OperationRenamed, to, before, after), &Place::default())
    };
    pairs.into_iter().map(one).collect()
}

/// The kinds of an added and a removed protocol or authentication scheme; none for any other trait.
fn scheme(id: &str) -> Option<(Kind, Kind)> {
    if id.starts_with("aws.protocols#aws") && !id.ends_with("Compatible") && !id.ends_with("Error")
        || ["aws.protocols#ec2Query", "aws.protocols#restJson1", "aws.protocols#restXml", "smithy.protocols#rpcv2Cbor", "botocore#protocol"]
            .contains(&id)
    {
        return Some((Kind::ProtocolAdded, Kind::ProtocolRemoved));
    }
    let is_scheme = id == SIGV4 || id == "aws.auth#sigv4a" || id == "aws.auth#cognitoUserPools" || id == "botocore#signatureVersion";
    (is_scheme || (id.starts_with("smithy.api#http") && id.ends_with("Auth"))).then_some((Kind::AuthAdded, Kind::AuthRemoved))
}

/// True if two resources have the same operations and resources. Other shapes have members, which are compared elsewhere.
fn same_resource(old: &Shape, new: &Shape) -> bool {
    match (&old.kind, &new.kind) {
        (Type::Resource(old), Type::Resource(new)) => {
            let targets = |list: &[crate::model::Reference]| list.iter().map(|reference| reference.target.clone()).collect::<BTreeSet<_>>();
            targets(&old.operations) == targets(&new.operations) && targets(&old.resources) == targets(&new.resources)
        }
        _ => true,
    }
}

fn target_prefix<'m>(served: &Served<'m>) -> &'m str {
    served.shape.traits.text("smithlet.api#targetPrefix").unwrap_or(served.id.name())
}

fn part<'v>(traits: &'v Traits, id: &str, key: &str) -> Option<&'v str> {
    traits.get(id).and_then(|value| value.get(key)).and_then(Value::as_str)
}
