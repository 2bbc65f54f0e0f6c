//! Our additions to what a service publishes: `apply` statements, each with its reason.
//!
//! An entry must do something: one whose target is gone, or that says what the model says itself by now, is an error, so that an overlay
//! never outlives its purpose.

use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::json::{self, Object};
use crate::model::{Model, Pointer, ShapeId, Traits};
use crate::read::smithy::{Version, read_traits, shape_key, target, target_hint};
use crate::read::traits;
use crate::suggest::did_you_mean;
use serde_json::Value;

/// The trait that says why an entry exists. It is not put on the model.
const REASON: &str = "smithlet.api#reason";

/// Applies an overlay, a Smithy JSON AST that holds nothing but `apply` statements, to the model.
///
/// A trait of the overlay replaces the model's of the same id. The model is changed only when nothing is wrong with the overlay.
///
/// # Errors
///
/// Everything that is wrong with the overlay, in the order of its JSON pointers.
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
            let message = format!("version {} of Smithy's AST is not one that can be read", quoted(version));
            findings.error_with_hint(&root.at.join("smithy"), message, "versions 1 and 2 can");
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
                findings.error_with_hint(&object.at.join("type"), message, "shapes belong into the model");
                continue;
            }
            None => continue,
        }
        let Some((shape, member)) = shape_key(key, &object.at, findings) else { continue };
        let mut traits = read_traits(&mut object, findings);
        check_reason(traits.0.remove(REASON).as_ref(), &object.at, findings);
        refuse_unasked(&object, findings);
        entries.push(Entry { shape, member, traits, at: object.at });
    }
    refuse_unasked(root, findings);
    entries
}

fn check_reason(reason: Option<&Value>, at: &Pointer, findings: &mut Findings) {
    if reason.and_then(Value::as_str).is_none_or(|reason| reason.trim().is_empty()) {
        let hint = format!("say why the entry exists in the trait `{REASON}`, a text");
        findings.error_with_hint(at, "an overlay's entry without its reason", hint);
    }
}

/// An overlay is written here, so a key without a meaning in it is a mistake.
fn refuse_unasked(object: &Object<'_>, findings: &mut Findings) {
    for (key, _, at) in object.unasked() {
        findings.error(&at, format!("the key {} has no meaning here", quoted(key)));
    }
}

impl Entry<'_> {
    /// Whether the entry does something to the model.
    fn check(&self, model: &mut Model, findings: &mut Findings) {
        let present = match target(model, &self.shape, self.member) {
            Ok(present) => present,
            Err(message) => {
                findings.error_with_search(&self.at, format!("an overlay's entry that meets nothing: {message}"), || {
                    let hint = target_hint(model, &self.shape, self.member);
                    if hint.is_empty() { "remove it, if what it was for is gone".to_owned() } else { hint }
                });
                return;
            }
        };
        if self.traits.0.is_empty() {
            findings.error(&self.at, "an overlay's entry that adds no trait");
        }
        for (id, value) in &self.traits.0 {
            let at = self.at.join("traits").join(id);
            if !traits::is_known(id) {
                findings
                    .error_with_search(&at, format!("the trait {} has no meaning here", quoted(id)), || did_you_mean(id, traits::known()));
            } else if present.get(id) == Some(value) {
                findings.error_with_hint(&at, format!("the model says `{id}` itself"), "the entry is no longer needed: remove it");
            }
        }
    }
}

#[cfg(test)]
mod tests;
