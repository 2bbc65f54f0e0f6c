//! The search for a secret in a text.

use super::REDACTED;
use super::views::View;
use crate::hex;
use aws_smithy_types::base64;
use std::collections::HashSet;

/// The minimum length of a secret that is searched for anywhere. A shorter one occurs in every text, so it has to be a separate word.
const SHORT: usize = 5;
/// The number of consecutive letters and digits of a secret that reveal it.
const PART: usize = 24;

/// A secret to search for.
pub(super) struct Needle {
    text: String,
    search: Search,
}

/// The kind of search for a secret.
enum Search {
    /// As a separate word, in these forms.
    Word(Vec<String>),
    /// By the letters and digits, which are these.
    Letters(Alphabet, String),
    /// By the exact text, for secrets with hardly any letters or digits.
    Exactly,
}

/// The letters that are compared.
#[derive(Clone, Copy)]
enum Alphabet {
    /// The letters of ASCII, which nearly every encoding keeps.
    Ascii,
    /// All letters, for secrets with hardly any of ASCII.
    Unicode,
}

impl Needle {
    /// A secret to search for. If it is a part of a public name, it is searched for as a word, so that the name itself is not redacted.
    pub(super) fn new(text: &str, public: &[&str]) -> Self {
        let is_public = |name: &&str| name.to_ascii_lowercase().contains(&text.to_ascii_lowercase());
        if text.chars().count() < SHORT || public.iter().any(is_public) {
            return Self { search: Search::Word(forms(text)), text: text.to_owned() };
        }
        let alphabet = if Alphabet::Ascii.skeleton(text).len() < SHORT { Alphabet::Unicode } else { Alphabet::Ascii };
        let skeleton = alphabet.skeleton(text);
        let is_bare = skeleton.chars().count() < SHORT;
        Self { text: text.to_owned(), search: if is_bare { Search::Exactly } else { Search::Letters(alphabet, skeleton) } }
    }

    /// Redacts the secret in a text, ignoring case; `None` if the text does not have it.
    pub(super) fn cut_out(&self, text: &str) -> Option<String> {
        // Lower-casing ASCII keeps all positions.
        let (lower, secret) = (text.to_ascii_lowercase(), self.text.to_ascii_lowercase());
        let mut kept = String::new();
        let mut from = 0;
        for (at, _) in lower.match_indices(&secret) {
            if !matches!(self.search, Search::Word(_)) || is_word(text, at, at + secret.len()) {
                kept.push_str(text.get(from..at)?);
                kept.push_str(REDACTED);
                from = at + secret.len();
            }
        }
        (from > 0).then(|| kept + text.get(from..).unwrap_or_default())
    }
}

/// The encodings of a short secret that are single words.
fn forms(text: &str) -> Vec<String> {
    let encoded = base64::encode(text);
    let bare = encoded.trim_end_matches('=').to_owned();
    let hexadecimal = hex::text(text.as_bytes());
    let upper = hexadecimal.to_ascii_uppercase();
    vec![text.to_owned(), encoded, bare, hexadecimal, upper]
}

/// Returns whether a view of a text has any of the secrets.
pub(super) fn any_in(needles: &[Needle], view: &View<'_>) -> bool {
    let text = String::from_utf8_lossy(&view.bytes);
    // A quotation may be cut off, at the end or before dots.
    let dotted = text.replace('\u{2026}', "...");
    let skeletons = [Alphabet::Ascii, Alphabet::Unicode].map(|alphabet| (alphabet, alphabet.skeleton(&text)));
    let [ascii, unicode] = skeletons.each_ref().map(|(alphabet, skeleton)| Letters {
        skeleton,
        ends: dotted.split("...").map(|end| alphabet.skeleton(end)).collect(),
        parts: parts(skeleton).collect(),
    });
    needles.iter().any(|needle| match &needle.search {
        Search::Word(forms) => view.is_text && forms.iter().any(|form| has_word(&text, form)),
        Search::Letters(Alphabet::Ascii, skeleton) => ascii.have(skeleton),
        Search::Letters(Alphabet::Unicode, skeleton) => unicode.have(skeleton),
        Search::Exactly => text.contains(&needle.text),
    })
}

/// The letters and digits of a text.
struct Letters<'a> {
    skeleton: &'a str,
    /// The skeletons of the parts before dots, where a quotation may be cut off, and before the end.
    ends: Vec<String>,
    parts: HashSet<&'a str>,
}

impl Letters<'_> {
    /// Returns whether the text has a secret, or a part of it that reveals it.
    fn have(&self, secret: &str) -> bool {
        self.skeleton.contains(secret)
            || self.ends.iter().any(|end| breaks_off(end, secret))
            || !self.parts.is_empty() && parts(secret).any(|part| self.parts.contains(part))
    }
}

impl Alphabet {
    /// A text's letters and digits in lower case, which quoting and line wrapping do not change.
    fn skeleton(self, text: &str) -> String {
        match self {
            Self::Ascii => text.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect(),
            Self::Unicode => text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect(),
        }
    }
}

/// All parts of a skeleton that are long enough to reveal a secret.
fn parts(skeleton: &str) -> impl Iterator<Item = &str> {
    (PART..=skeleton.len()).filter_map(|end| skeleton.get(end - PART..end))
}

/// Returns whether a text ends with the beginning of a secret that is long enough to reveal it.
fn breaks_off(text: &str, secret: &str) -> bool {
    let least = secret.len().div_ceil(2).clamp(6, PART / 2);
    (least..secret.len().min(PART)).any(|length| secret.get(..length).is_some_and(|beginning| text.ends_with(beginning)))
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| is_word(text, at, at + word.len()))
}

/// Returns whether a part of a text is a separate word. One or two characters in `eu-west-1`, `1.5` or `a/b` are not.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let is_tiny = text.get(start..end).is_some_and(|word| word.chars().count() < 3);
    let joins = |beside: &mut dyn Iterator<Item = char>| match beside.next() {
        Some('.' | '-' | '/' | '_' | '@' | '+') if is_tiny => beside.next().is_some_and(char::is_alphanumeric),
        next => next.is_some_and(char::is_alphanumeric),
    };
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    !joins(&mut before.chars().rev()) && !joins(&mut after.chars())
}
