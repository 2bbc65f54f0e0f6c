//! Expirations of credentials, compared with botocore, which reads them with dateutil.
//!
//! Both must give the same result for texts in the formats of ISO 8601, even if they refuse them. Our reader may refuse a damaged text that
//! dateutil guesses, such as a time without a date or a date with another order of year, month and day.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use smithlet_runtime::internals;
use smithlet_tests::reference::{Outcome, Random};

/// Texts that replace parts of a damaged text.
const PIECES: [&str; 24] =
    ["", "", "", "0", "1", "9", "12", "T", "t", "Z", "z", " ", "\t", "\u{a0}", ":", "-", "+", ".", ",", "/", "UTC", "GMT", "EST", "٣"];

fn text(random: &mut Random) -> String {
    let date = date(random);
    let separator = random.pick(&["T", "T", "t", " ", "  ", "\t", "T ", " T"]);
    let (time, zone) = (time(random), zone(random));
    let [before, behind] = [random.pick(&["", "", "", " "]), random.pick(&["", "", "", " ", "\n"])];
    format!("{before}{date}{separator}{time}{zone}{behind}")
}

/// A number up to a limit, with two digits or without leading zeros.
fn short(random: &mut Random, limit: usize) -> String {
    let number = random.below(limit + 1);
    if random.percent(80) { format!("{number:02}") } else { number.to_string() }
}

fn date(random: &mut Random) -> String {
    let year = if random.percent(90) { 1970 + random.below(200) } else { random.below(10_000) };
    let (month, day) = (random.below(14), random.below(33));
    match random.below(10) {
        0..=5 => format!("{year:04}-{month:02}-{day:02}"),
        6 => format!("{year:04}-{month}-{day}"),
        7 => format!("{year:04}/{month:02}/{day:02}"),
        _ => format!("{year:04}{month:02}{day:02}"),
    }
}

fn time(random: &mut Random) -> String {
    let (hour, minute, second) = (random.below(25), random.below(61), random.below(61));
    let fraction: String = (0..=random.below(11)).map(|_| random.pick(&["0", "1", "5", "9"])).collect();
    match random.below(10) {
        0..=3 => format!("{hour:02}:{minute:02}:{second:02}"),
        4 => format!("{hour:02}:{minute:02}:{second:02}{}{fraction}", random.pick(&[".", ","])),
        5 => format!("{}:{}:{}", short(random, 24), short(random, 60), short(random, 60)),
        6 => format!("{hour:02}:{minute:02}"),
        7 => format!("{hour:02}{minute:02}{second:02}{}{fraction}", random.pick(&[".", ","])),
        8 => format!("{hour:02}{minute:02}{second:02}"),
        _ => format!("{hour:02}{}", if random.percent(50) { format!("{minute:02}") } else { String::new() }),
    }
}

fn zone(random: &mut Random) -> String {
    let (sign, hours, minutes) = (random.pick(&["+", "-"]), random.below(26), random.below(62));
    let zone = match random.below(10) {
        0 | 1 => random.pick(&["Z", "Z", "z", "UTC", "GMT"]).to_owned(),
        2 | 3 => format!("{sign}{hours:02}:{minutes:02}"),
        4 | 5 => format!("{sign}{hours:02}{minutes:02}"),
        6 => format!("{sign}{hours:02}"),
        7 => format!("{sign}{}:{minutes}", hours % 10),
        8 => format!("{sign}{}", hours % 10),
        _ => String::new(),
    };
    format!("{}{zone}", random.pick(&["", "", " ", "  "]))
}

fn damaged(random: &mut Random) -> String {
    let mut characters: Vec<String> = text(random).chars().map(String::from).collect();
    for _ in 0..=random.below(2) {
        let at = random.below(characters.len());
        characters[at] = match random.below(3) {
            0 => random.pick(&PIECES).to_owned(),
            1 => format!("{}{}", characters[at], random.pick(&PIECES)),
            _ => String::new(),
        };
    }
    characters.concat()
}

#[test]
fn expirations_are_read_as_by_botocore() -> Result<()> {
    compare("reading expirations", text, false)
}

#[test]
fn a_damaged_expiration_is_never_read_as_another_time() -> Result<()> {
    compare("reading damaged expirations", damaged, true)
}

fn compare(test: &str, generate: fn(&mut Random) -> String, may_refuse: bool) -> Result<()> {
    let mut read = 0;
    let tally = crate::against_reference(test, |reference| {
        reference.compare(
            "expiration",
            |random| json!(generate(random)),
            |input, expected| {
                let ours = json!(input.as_str().and_then(internals::expiration));
                read += usize::from(!ours.is_null());
                match ours {
                    _ if ours == *expected => Outcome::Same,
                    Value::Null if may_refuse => Outcome::Skipped,
                    _ => Outcome::Different(ours.to_string()),
                }
            },
        )
    })?;
    if let Some(tally) = tally {
        ensure!(read * 20 > tally.inputs, "only {read} of {} texts are valid", tally.inputs);
    }
    Ok(())
}
