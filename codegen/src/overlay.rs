//! The overlay: our additions to what a service publishes, as `apply` statements, each with its reason.
//!
//! An entry must change the model. An entry whose target is gone, or that repeats what the model says, is an error, so that an overlay never
//! outlives its purpose.

use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::json::{self, Object};
use crate::model::{Model, Pointer, ShapeId, Traits};
use crate::read::smithy::{Version, read_traits, shape_key, target, target_hint};
use crate::read::traits;
use crate::suggest::did_you_mean;
use serde_json::Value;

/// The trait that says why an entry exists. It is not added to the model.
const REASON: &str = "smithlet.api#reason";

/// Applies an overlay, a Smithy JSON AST that holds only `apply` statements, to the model.
///
/// A trait of the overlay replaces the model's trait with the same id. The model changes only if the overlay has no fault.
///
/// # Errors
///
/// All faults of the overlay, in the order of their JSON pointers.
pub(crate) fn apply(model: &mut Model, file: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
    let mut findings = Findings::new(file);
    let top = json::parse(file, text, &mut findings).map_err(|finding| vec![finding])?;
    let mut root = Object::new(&top, Pointer::default());
    let entries = entries(&mut root, &mut findings);
    for entry in &entries {
        entry.check(model, &mut findings);
    }
    let found = findings.into_sorted();
    if !found.is_empty() {
        return Err(found);
    }
    for entry in entries {
        if let Ok(traits) = target(model, &entry.shape, entry.member) {
            traits.0.extend(entry.traits.0);
        }
    }
    Ok(())
}

/// One `apply` statement.
struct Entry<'v> {
    shape: ShapeId,
    member: Option<&'v str>,
    traits: Traits,
    at: Pointer,
}

/// The statements of the file, without their reasons.
fn entries<'v>(root: &mut Object<'v>, findings: &mut Findings) -> Vec<Entry<'v>> {
    match root.required_text("smithy", findings) {
        Some(version) if Version::of(version).is_none() => {
            let message = format!("version {} of Smithy's AST is not supported", quoted(version));
            findings.error_with_hint(&root.at.join("smithy"), message, "versions 1 and 2 are supported");
        }
        _ => {}
    }
    root.get("metadata");
    let shapes = root.object("shapes", findings);
    let mut entries = Vec::new();
    for (key, value, at) in shapes.iter().flat_map(Object::entries) {
        let Some(mut object) = Object::of(value, at, findings) else { continue };
        match object.required_text("type", findings) {
            Some("apply") => {}
            Some(other) => {
                let message = format!("{} is of the type {}: an overlay holds `apply` statements only", quoted(key), quoted(other));
                findings.error_with_hint(&object.at.join("type"), message, "move the shape to the model");
                continue;
            }
            None => continue,
        }
        let Some((shape, member)) = shape_key(key, &object.at, findings) else { continue };
        let mut traits = read_traits(&mut object, findings);
        check_reason(traits.0.remove(REASON).as_ref(), &object.at, findings);
        refuse_unread(&object, findings);
        entries.push(Entry { shape, member, traits, at: object.at });
    }
    refuse_unread(root, findings);
    entries
}

fn check_reason(reason: Option<&Value>, at: &Pointer, findings: &mut Findings) {
    if reason.and_then(Value::as_str).is_none_or(|reason| reason.trim().is_empty()) {
        let hint = format!("state the reason in the trait `{REASON}`, a string");
        findings.error_with_hint(at, "an overlay's entry without a reason", hint);
    }
}

/// Reports unknown keys: an overlay is written by hand, so such a key is a mistake.
fn refuse_unread(object: &Object<'_>, findings: &mut Findings) {
    for (key, _, at) in object.unread() {
        findings.error(&at, format!("the key {} has no meaning here", quoted(key)));
    }
}

impl Entry<'_> {
    /// Reports an entry without an effect on the model.
    fn check(&self, model: &mut Model, findings: &mut Findings) {
        let present = match target(model, &self.shape, self.member) {
            Ok(present) => present,
            Err(message) => {
                findings.error_with_search(&self.at, format!("an overlay's entry without a target: {message}"), || {
                    let hint = target_hint(model, &self.shape, self.member);
                    if hint.is_empty() { "remove the entry if its target was removed from the service".to_owned() } else { hint }
                });
                return;
            }
        };
        if self.traits.0.is_empty() {
            findings.error(&self.at, "an overlay's entry without a trait");
        }
        for (id, value) in &self.traits.0 {
            let at = self.at.join("traits").join(id);
            if !traits::is_known(id) {
                findings
                    .error_with_search(&at, format!("the trait {} has no meaning here", quoted(id)), || did_you_mean(id, traits::known()));
            } else if present.get(id) == Some(value) {
                findings.error_with_hint(
                    &at,
                    format!("the model already has this value of `{id}`"),
                    "the entry is no longer needed: remove it",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests;
