//! The operations that a service offers, for lists and searches.

use crate::diagnostic::Diagnostic;
use crate::docs::Document;
use crate::{Source, check, read, select};

/// One operation of a model.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Offer {
    /// Its name in the model.
    pub name: String,
    /// The first sentence of its documentation, empty without any.
    pub summary: String,
    /// Its documentation as Markdown.
    pub documentation: String,
    /// The reasons why no client can be generated for it; none for an operation that is supported.
    pub refusals: Vec<String>,
}

/// Lists the operations of a model, sorted by name, including those that are not supported.
///
/// # Errors
///
/// The faults of the model.
pub fn offers(model: Source<'_>) -> Result<Vec<Offer>, Vec<Diagnostic>> {
    let file = model.file;
    let model = read::read(file, model.text, &mut Vec::new())?;
    let findings = check::check(&model, file);
    let errors: Vec<Diagnostic> = findings.into_iter().filter(|finding| finding.severity == crate::diagnostic::Severity::Error).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut offers = Vec::new();
    for (_, shape, service) in model.services() {
        let operations = select::operations(&model, service);
        let mut reasons = select::reasons(&model, shape, service, &operations);
        for id in operations {
            let document = Document::read(model.shape(&id).map_or("", |shape| shape.traits.documentation()));
            offers.push(Offer {
                name: id.name().to_owned(),
                summary: document.summary(),
                documentation: document.markdown(),
                refusals: reasons.remove(&id).unwrap_or_default(),
            });
        }
    }
    Ok(offers)
}
