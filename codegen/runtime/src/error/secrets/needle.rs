//! A secret, and whether a text has it.

use super::REDACTED;
use super::views::View;
use crate::hex;
use aws_smithy_types::base64;
use std::collections::HashSet;

/// A secret with fewer characters is searched for as a word of its own only, since every text has it somewhere.
const SHORT: usize = 5;
/// So many letters and digits of a secret in a row are a part of it that gives it away.
const PART: usize = 24;

/// A secret.
pub(super) struct Needle {
    text: String,
    how: How,
}

/// How a secret is searched for, besides as it is.
enum How {
    /// As a word of its own, in these forms.
    Word(Vec<String>),
    /// By its letters and digits.
    Letters(Alphabet, String),
    /// Only as it is: it has hardly a letter or a digit.
    Exactly,
}

/// Which letters of a text are looked at.
#[derive(Clone, Copy)]
enum Alphabet {
    /// Those of ASCII, which are left of a text in nearly every encoding.
    Ascii,
    /// All, for secrets with hardly any of ASCII.
    Unicode,
}

impl Needle {
    /// A secret. One that is a part of a public name is not taken for one where that name stands.
    pub(super) fn new(text: String, public: &[&str]) -> Self {
        let is_public = |name: &&str| name.to_ascii_lowercase().contains(&text.to_ascii_lowercase());
        if text.chars().count() < SHORT || public.iter().any(is_public) {
            return Self { how: How::Word(forms(&text)), text };
        }
        let alphabet = if Alphabet::Ascii.skeleton(&text).len() < SHORT { Alphabet::Unicode } else { Alphabet::Ascii };
        let skeleton = alphabet.skeleton(&text);
        let is_bare = skeleton.chars().count() < SHORT;
        Self { text, how: if is_bare { How::Exactly } else { How::Letters(alphabet, skeleton) } }
    }

    /// The text with something else in the place of the secret, in whatever case it is; `None` when it is not there.
    pub(super) fn cut_out(&self, text: &str) -> Option<String> {
        // The lower-case copies have the same bytes at the same places, save for those of the alphabet.
        let (lower, secret) = (text.to_ascii_lowercase(), self.text.to_ascii_lowercase());
        let mut kept = String::new();
        let mut from = 0;
        for (at, _) in lower.match_indices(&secret) {
            if !matches!(self.how, How::Word(_)) || is_word(text, at, at + secret.len()) {
                kept.push_str(text.get(from..at)?);
                kept.push_str(REDACTED);
                from = at + secret.len();
            }
        }
        (from > 0).then(|| kept + text.get(from..).unwrap_or_default())
    }
}

/// A secret that is searched for as a word, in the forms in which it still is one.
fn forms(text: &str) -> Vec<String> {
    let encoded = base64::encode(text);
    let bare = encoded.trim_end_matches('=').to_owned();
    let mut hexadecimal = String::new();
    hex::push(&mut hexadecimal, text.as_bytes());
    let upper = hexadecimal.to_ascii_uppercase();
    vec![text.to_owned(), encoded, bare, hexadecimal, upper]
}

/// Whether any of the secrets is in a reading of a text.
pub(super) fn any_in(needles: &[Needle], view: &View<'_>) -> bool {
    let text = String::from_utf8_lossy(&view.bytes);
    // A quotation may break off: at the end, or where dots say so.
    let dotted = text.replace('\u{2026}', "...");
    let skeletons = [Alphabet::Ascii, Alphabet::Unicode].map(|alphabet| (alphabet, alphabet.skeleton(&text)));
    let [ascii, unicode] = skeletons.each_ref().map(|(alphabet, skeleton)| Letters {
        skeleton,
        ends: dotted.split("...").map(|end| alphabet.skeleton(end)).collect(),
        parts: parts(skeleton).collect(),
    });
    needles.iter().any(|needle| match &needle.how {
        How::Word(forms) => view.is_text && forms.iter().any(|form| has_word(&text, form)),
        How::Letters(Alphabet::Ascii, skeleton) => ascii.have(skeleton),
        How::Letters(Alphabet::Unicode, skeleton) => unicode.have(skeleton),
        How::Exactly => text.contains(&needle.text),
    })
}

/// What is looked at of a text.
struct Letters<'a> {
    skeleton: &'a str,
    /// The skeletons up to where the text ends, or where dots say that something was left out.
    ends: Vec<String>,
    parts: HashSet<&'a str>,
}

impl Letters<'_> {
    /// Whether a secret is there, or a good part of it.
    fn have(&self, secret: &str) -> bool {
        self.skeleton.contains(secret)
            || self.ends.iter().any(|end| breaks_off(end, secret))
            || !self.parts.is_empty() && parts(secret).any(|part| self.parts.contains(part))
    }
}

impl Alphabet {
    /// A text's letters and digits, in lower case: what is left of it however it is quoted and wrapped.
    fn skeleton(self, text: &str) -> String {
        match self {
            Self::Ascii => text.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect(),
            Self::Unicode => text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect(),
        }
    }
}

/// All parts of a skeleton that are long enough to give a secret away.
fn parts(skeleton: &str) -> impl Iterator<Item = &str> {
    (PART..=skeleton.len()).filter_map(|end| skeleton.get(end - PART..end))
}

/// Whether a text ends within a secret, of which it has a good part.
fn breaks_off(text: &str, secret: &str) -> bool {
    let least = secret.len().div_ceil(2).clamp(6, PART / 2);
    (least..secret.len().min(PART)).any(|length| secret.get(..length).is_some_and(|beginning| text.ends_with(beginning)))
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| is_word(text, at, at + word.len()))
}

/// Whether what is between two places of a text is a word by itself. One or two characters are none in `eu-west-1`, `1.5` or `a/b`.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let is_tiny = text.get(start..end).is_some_and(|word| word.chars().count() < 3);
    let joins = |beside: &mut dyn Iterator<Item = char>| match beside.next() {
        Some('.' | '-' | '/' | '_' | '@' | '+') if is_tiny => beside.next().is_some_and(char::is_alphanumeric),
        next => next.is_some_and(char::is_alphanumeric),
    };
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    !joins(&mut before.chars().rev()) && !joins(&mut after.chars())
}
