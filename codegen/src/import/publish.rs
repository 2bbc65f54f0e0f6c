//! The crate's version and its changelog after an import.

use super::{changelog, version};
use crate::Source;
use crate::changes::{Changes, Level};
use crate::diagnostic::Diagnostic;
use crate::json::Json;
use crate::model::{Model, Pointer};
use crate::overlay;

/// The trait that gives the crate its name and its version.
const CRATE: &str = "smithlet.api#crate";

/// The input of [`publish`].
pub(super) struct Request<'a> {
    /// Our model before the import.
    pub(super) model: &'a Source<'a>,
    pub(super) overlay: Option<&'a Source<'a>>,
    pub(super) changelog: Option<&'a str>,
    pub(super) date: &'a str,
    /// True if the crate gets the version that is proposed.
    pub(super) take_version: bool,
}

/// The version and the changelog after an import.
pub(super) struct Published {
    /// The crate's version before the import.
    pub(super) version: String,
    /// The version that the changes require.
    pub(super) proposed: Option<String>,
    /// The new changelog; `None` if it does not change.
    pub(super) changelog: Option<String>,
    /// The overlay with the proposed version, if that is to be taken and is stated there.
    pub(super) overlay: Option<String>,
    /// The model with the proposed version, if that is to be taken and is stated there.
    pub(super) model: Option<String>,
}

/// Decides on version and changelog. `model` is the text of our model after the import; `changes` is `None` if nothing differs.
pub(super) fn publish(request: &Request<'_>, ours: &Model, model: &str, changes: Option<&Changes>) -> Result<Published, Vec<Diagnostic>> {
    let version = current_version(ours.clone(), request)?;
    let old = request.changelog.unwrap_or_default();
    // A version proposed by an earlier import may not have been taken yet. It covers all changes since the crate's own version.
    let pending = changelog::latest(old);
    let untaken = pending.filter(|pending| version::is_later(pending, &version));
    // The unreleased lines are released with the next version, so they count for its number.
    let next =
        |level: Level| version::next(&version, level.max(changelog::unreleased_level(old))).map(|next| version::later(next, pending));
    let proposed = match changes {
        Some(changes) => next(changes.verdict.level),
        // A version was proposed by an earlier import and not taken.
        None if request.take_version && untaken.is_some() => next(Level::None),
        None => None,
    };
    let mut text = changelog::retitled(old, untaken, proposed.as_deref());
    if let (true, Some(proposed)) = (request.take_version, &proposed) {
        text = changelog::released(&text, proposed, request.date).into_owned().into();
    }
    let changelog = match changes {
        Some(changes) => Some(changelog::add(&text, &changelog::entry(changes, proposed.as_deref(), request.date))),
        None => (text != old).then(|| text.into_owned()),
    };
    let mut published = Published { version, proposed, changelog, overlay: None, model: None };
    if let (true, Some(proposed)) = (request.take_version, published.proposed.as_deref()) {
        let pointer = place(ours);
        published.overlay = request.overlay.and_then(|overlay| with_version(overlay.text, &pointer, proposed));
        if published.overlay.is_none() {
            published.model = with_version(model, &pointer, proposed);
        }
        if published.overlay.is_none() && published.model.is_none() {
            let file = request.overlay.map_or(request.model.file, |overlay| overlay.file);
            let message = format!("the version {proposed} cannot be taken: the crate's version is not stated");
            let finding = Diagnostic::error(file, &Pointer::default(), message);
            return Err(vec![finding.hint(format!("give the service the trait `{CRATE}` with `name` and `version`"))]);
        }
    }
    Ok(published)
}

/// The crate's version, from our model or its overlay.
fn current_version(mut ours: Model, request: &Request<'_>) -> Result<String, Vec<Diagnostic>> {
    if let Some(source) = request.overlay {
        overlay::apply(&mut ours, source.file, source.text)?;
    }
    let stated = ours.services().next().and_then(|(_, shape, _)| shape.traits.get(CRATE)?.get("version")?.as_str());
    Ok(stated.unwrap_or(crate::lower::FIRST_VERSION).to_owned())
}

/// The trait's place in our files.
fn place(ours: &Model) -> Pointer {
    let service = ours.services().next().map(|(id, _, _)| id.as_str()).unwrap_or_default();
    Pointer::default().join("shapes").join(service).join("traits").join(CRATE)
}

/// The file with another version of the crate; `None` if it states no version.
fn with_version(text: &str, place: &Pointer, version: &str) -> Option<String> {
    let mut file = Json::parse(text);
    let holder = file.at_mut(place.as_str())?;
    holder.get("version")?;
    holder.set("version", Json::text(version));
    Some(file.print(4))
}
