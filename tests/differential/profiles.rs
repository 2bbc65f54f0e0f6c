//! Profile files, compared with `botocore.configloader`.
//!
//! The reference (`reference.py`) adds what AWS's guide has beyond botocore: comments after a value or a section's name. Files that botocore
//! refuses are skipped, because we refuse only the section with the fault. So are files that we read differently on purpose: with a line
//! that begins with `[` and has no `]`, or with several sections of the same name.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Map, Value, json};
use smithlet_runtime::internals::{self, Settings};
use smithlet_tests::reference::{Outcome, Random};

const INDENTS: [&str; 9] = ["", "", "", "", " ", "  ", "    ", "\t", "\u{a0}"];
const SPACES: [&str; 8] = ["", "", " ", " ", "  ", "\t", "\u{3000}", "\u{1f}"];
const ENDS: [&str; 6] = ["\n", "\n", "\n", "\n", "\r\n", "\r"];
const NAMES: [&str; 26] = [
    "default",
    "default",
    "profile a",
    "profile b",
    "profile  a",
    "profile\tc",
    "profile \"my p\"",
    "profile 'd'",
    "profile e\\ f",
    "profile 'open",
    "profile a b",
    "profilex g",
    "profile",
    "profile default",
    "sso-session s",
    "sso-session \"s\" ",
    "services x",
    "services x]y",
    "foo",
    "\"foo\"",
    "my p",
    "plugins",
    "DEFAULT",
    "profile Ä",
    "profile [h",
    "profile i;j",
];
const KEYS: [&str; 16] = [
    "region",
    "Region",
    "aws_access_key_id",
    "output",
    "s3",
    "codebuild",
    "endpoint_url",
    "a",
    "b",
    "c",
    "d",
    "İ",
    "a b",
    "a # b",
    "sso_session",
    "ΑΣ",
];
const VALUES: [&str; 26] = [
    "",
    "",
    "eu-west-1",
    "value",
    "a=b",
    "a:b",
    "#",
    ";",
    "#x",
    "x#",
    "'",
    "\"",
    "'a",
    "b'",
    "\"a",
    "b\"",
    "\\",
    "\\\"",
    "[x]",
    "é",
    "\u{b}",
    "\u{2028}k=v",
    "\u{1c}",
    "\u{85}",
    "it's",
    "k = v",
];
const TAILS: [&str; 10] = ["", "", "", " # c", "; c", " ; c", "\t#", " junk", " # 'c", " # \"c"];
const PIECES: [&str; 20] =
    ["[", "]", "=", ":", "#", ";", " ", "\t", "'", "\"", "\\", "a", "b", "default", "profile a", "\u{a0}", "\u{feff}", "\0", "\u{85}", "é"];

fn file(random: &mut Random) -> String {
    let mut text = String::new();
    if random.percent(90) {
        text += &header(random);
    }
    for _ in 0..random.below(12) {
        text += random.pick(&ENDS);
        let line = match random.below(20) {
            0..=3 => header(random),
            4..=12 => setting(random),
            13 | 14 => format!("{}{} = {}", random.pick(&INDENTS), random.pick(&KEYS), random.pick(&VALUES)),
            15 => format!("{}{}", random.pick(&INDENTS), random.pick(&VALUES)),
            16 | 17 => random.text(&SPACES, 2),
            18 => format!("{}{}", random.pick(&INDENTS), random.pick(&["# c", "; c", "#"])),
            _ => random.text(&PIECES, 6),
        };
        text += &line;
    }
    text + random.pick(&["", "\n"])
}

fn header(random: &mut Random) -> String {
    let (indent, before, name, after) = (random.pick(&INDENTS), random.pick(&["", "", "", " "]), random.pick(&NAMES), random.pick(&SPACES));
    format!("{indent}[{before}{name}{after}]{}", random.pick(&TAILS))
}

fn setting(random: &mut Random) -> String {
    let [before, behind] = [random.pick(&SPACES), random.pick(&SPACES)];
    let (indent, key, equals) = (random.pick(&INDENTS), random.pick(&KEYS), random.pick(&["=", "=", "=", ":"]));
    let value: Vec<_> = (0..random.below(4)).map(|_| random.pick(&VALUES)).collect();
    format!("{indent}{key}{before}{equals}{behind}{}{}", value.join(random.pick(&SPACES)), random.pick(&TAILS))
}

/// The sections of a file in the format of the reference.
fn ours(text: &str, is_config: bool) -> Value {
    let sections = |named: BTreeMap<String, Settings>| -> Map<String, Value> {
        named.into_iter().map(|(name, section)| (name, section.map_or(Value::Null, settings))).collect()
    };
    json!({ "sections": internals::profile_file(text.as_bytes(), is_config).map(sections) })
}

fn settings(section: BTreeMap<String, (String, BTreeMap<String, String>)>) -> Value {
    let value = |(text, nested): (String, BTreeMap<_, _>)| if nested.is_empty() { json!(text) } else { json!(nested) };
    section.into_iter().map(|(key, setting)| (key, value(setting))).collect()
}

#[test]
fn profile_files_are_read_like_botocores() -> Result<()> {
    crate::against_reference("reading profile files", |reference| {
        reference.compare(
            "profile_file",
            |random| json!({ "text": file(random), "is_config": random.percent(70) }),
            |input, expected| {
                let ours = ours(input["text"].as_str().unwrap_or_default(), input["is_config"] == true);
                match expected.get("sections") {
                    None => Outcome::Skipped,
                    Some(_) if ours == *expected => Outcome::Same,
                    Some(_) => Outcome::Different(ours.to_string()),
                }
            },
        )
    })
    .map(drop)
}
