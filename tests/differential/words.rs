//! The words of a `credential_process`, compared with botocore's splitting on systems other than Windows.

use anyhow::Result;
use serde_json::json;
use smithlet_runtime::internals;
use smithlet_tests::reference::Outcome;

const PIECES: [&str; 14] = ["a", "bc", "/opt/x", "'", "\"", "\\", " ", "\t", "\r", "\n", "\u{a0}", "\u{b}", "é", "#"];

#[test]
fn commands_are_split_as_by_a_shell() -> Result<()> {
    crate::against_reference("splitting commands", |reference| {
        reference.compare(
            "words",
            |random| json!(random.text(&PIECES, 12)),
            |input, expected| {
                let words = json!(input.as_str().and_then(internals::words));
                if words == *expected { Outcome::Same } else { Outcome::Different(words.to_string()) }
            },
        )
    })
    .map(drop)
}
