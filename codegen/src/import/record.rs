//! The record of the last import: the release, its date, and a digest of upstream's documentation of each item.
//!
//! Our model has our own documentation, so it does not show that upstream has rewritten its text. The digests show that without quoting the text.
//! They are kept in a file beside the model, which stays readable.

use crate::Source;
use crate::diagnostic::{Diagnostic, Findings};
use crate::docs;
use crate::json::{self, Json, Object};
use crate::model::Pointer;
use std::collections::BTreeMap;

/// Digests of documentation by the name of the documented item: `Build`, `Build$arn`.
pub(super) type Digests = BTreeMap<String, String>;

/// The content of the record's file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Record {
    release: Option<String>,
    date: Option<String>,
    digests: Digests,
}

impl Record {
    /// Reads the file. Without a file the record is empty.
    pub(super) fn read(source: Option<&Source<'_>>) -> Result<Self, Vec<Diagnostic>> {
        let Some(source) = source else { return Ok(Self::default()) };
        let mut findings = Findings::new(source.file);
        let top = json::parse(source.file, source.text, &mut findings)
            .map_err(|finding| vec![finding.hint("this file is written by imports: remove it, and the next import writes a new one")])?;
        let mut root = Object::new(&top, Pointer::default());
        let release = root.text("release", &mut findings).map(str::to_owned);
        let date = root.text("date", &mut findings).map(str::to_owned);
        let mut digests = Digests::new();
        for (name, value, at) in root.object("documentation", &mut findings).iter().flat_map(Object::entries) {
            match value.as_str() {
                Some(digest) => drop(digests.insert(name.to_owned(), digest.to_owned())),
                None => findings.error(&at, format!("expected a string, found {}", value.kind())),
            }
        }
        let found = findings.into_sorted();
        if found.is_empty() { Ok(Self { release, date, digests }) } else { Err(found) }
    }

    /// The record after an import. An item that upstream no longer documents keeps its digest as long as the item `exists`.
    pub(super) fn after(&self, release: Option<&str>, date: &str, digests: &Digests, exists: impl Fn(&str) -> bool) -> Self {
        let kept = self.digests.iter().filter(|(name, _)| exists(name)).map(|(name, digest)| (name.clone(), digest.clone()));
        let mut all: Digests = kept.collect();
        all.extend(digests.clone());
        Self { release: release.map(str::to_owned), date: Some(date.to_owned()), digests: all }
    }

    /// True if the record differs from the one before in more than its date and the name of the release. Most releases of botocore change nothing
    /// about a service; the record keeps the name of the first one with this content.
    pub(super) fn has_news(&self, before: &Self) -> bool {
        self.digests != before.digests || (self.release.is_some() && before.release.is_none())
    }

    /// The names of items whose documentation upstream has rewritten since the last import.
    pub(super) fn rewritten<'a>(&'a self, digests: &'a Digests) -> impl Iterator<Item = &'a str> {
        let differs = |(name, digest): &(&String, &String)| self.digests.get(*name).is_some_and(|before| before != *digest);
        digests.iter().filter(differs).map(|(name, _)| name.as_str())
    }

    /// The text of the file.
    pub(super) fn print(&self) -> String {
        let member = |key: &str, value: &Option<String>| value.as_ref().map(|value| (key.to_owned(), Json::text(value.as_str())));
        let digests = self.digests.iter().map(|(name, digest)| (name.clone(), Json::text(digest.as_str()))).collect();
        let mut members: Vec<(String, Json)> =
            [member("release", &self.release), member("date", &self.date)].into_iter().flatten().collect();
        members.push(("documentation".to_owned(), Json::Object(digests)));
        Json::Object(members).print(4)
    }
}

/// AWS's names, which come and go in its documentation without a change of meaning. The longest one comes first.
const NAMES: [&str; 3] = ["Amazon Web Services", "Amazon", "AWS"];

/// The digest of documentation: 64-bit FNV-1a over its text as Markdown without AWS's names, so that markup, line ends and these names do not matter.
/// It detects changes and need not withstand forgery.
pub(super) fn digest(documentation: &str) -> Option<String> {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = joined(&docs::unfilled(documentation));
    let text = joined(&NAMES.iter().fold(text, |text, name| text.replace(&format!("{name} "), "").replace(name, "")));
    let hash = text.bytes().fold(START, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    (!text.is_empty()).then(|| format!("{hash:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_ignores_markup() {
        // The test vector is from the algorithm's authors.
        assert_eq!(digest("foobar").as_deref(), Some("85944171f73967e8"));
        assert_eq!(digest("<p>One <i>two</i>.</p>"), digest("One *two*.\n"));
        assert_eq!(digest("<p>One</p>  <p>two.</p>"), digest("<p>One</p><p> two.</p>"));
        assert_ne!(digest("One two."), digest("One, two."));
        assert_eq!(digest("<p> </p>"), None);
    }

    #[test]
    fn a_digest_ignores_the_names_of_aws() {
        assert_eq!(digest("The Amazon Web Services console"), digest("The AWS console"));
        assert_eq!(digest("The Amazon CloudWatch console"), digest("The CloudWatch console"));
        assert_eq!(digest("A key of AWS Key Management Service (AWS KMS)"), digest("A key of Key Management Service (KMS)"));
        assert_eq!(digest("An <i>Amazon Web Services</i> resource"), digest("An <i>AWS</i> resource"));
        assert_ne!(digest("an AWS region"), digest("a region"));
    }

    #[test]
    fn a_damaged_record_is_refused_with_its_place() {
        let read = |text| Record::read(Some(&Source { file: "r.json", text })).expect_err("it is damaged");
        let lines = |found: Vec<Diagnostic>| {
            found.iter().map(|finding| format!("{}#{} {}", finding.file, finding.pointer, finding.message)).collect::<Vec<_>>()
        };
        assert_eq!(
            lines(read(r#"{ "release": 1, "documentation": { "A": 2 } }"#)),
            ["r.json#/documentation/A expected a string, found a number", "r.json#/release expected a string, found a number"]
        );
        assert_eq!(read("{").len(), 1);
    }
}
