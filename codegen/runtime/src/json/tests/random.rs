//! Random documents, the same in every run, and damage to them.

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use std::fmt::Write as _;

/// Runs a test with this number of random values.
#[track_caller]
pub(super) fn check<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value)) {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(strategy, |value| {
        test(value);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

fn numbers() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i8>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from)
    ]
}

/// A random value, five levels deep at most.
pub(super) fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), numbers(), any::<String>().prop_map(Value::from)];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-c]{0,2}|\\PC{0,5}", inner), 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// Renders a value with optional white space and escapes, which the noise selects.
pub(super) fn styled(value: &Value, noise: &[u8]) -> String {
    let mut style = Style { noise: noise.iter().cycle(), out: String::new() };
    style.value(value);
    style.out
}

struct Style<'a> {
    noise: std::iter::Cycle<std::slice::Iter<'a, u8>>,
    out: String,
}

impl Style<'_> {
    fn choice(&mut self, among: u8) -> u8 {
        self.noise.next().map_or(0, |byte| byte % among)
    }

    fn space(&mut self) {
        let space = ["", "", "", " ", "\n", "\t", "\r\n", "  "][usize::from(self.choice(8))];
        self.out.push_str(space);
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            if self.choice(4) == 0 || character < ' ' || character == '"' || character == '\\' {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let escape = if self.choice(2) == 0 { format!("\\u{unit:04x}") } else { format!("\\u{unit:04X}") };
                    self.out.push_str(&escape);
                }
            } else {
                self.out.push(character);
            }
        }
        self.out.push('"');
    }

    fn value(&mut self, value: &Value) {
        self.space();
        match value {
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.out.push_str(if index == 0 { "" } else { "," });
                    self.value(item);
                }
                self.space();
                self.out.push(']');
            }
            Value::Object(members) => {
                self.out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    self.out.push_str(if index == 0 { "" } else { "," });
                    self.space();
                    self.string(name);
                    self.space();
                    self.out.push(':');
                    self.value(value);
                }
                self.space();
                self.out.push('}');
            }
            plain => write!(self.out, "{plain}").unwrap(),
        }
        self.space();
    }
}

/// A kind of damage, with a position and a byte.
#[derive(Clone, Copy, Debug)]
pub(super) enum Damage {
    Flip,
    Cut,
    Insert,
    Duplicate,
    End,
}

pub(super) fn damage(bytes: &mut Vec<u8>, damages: Vec<(Damage, prop::sample::Index, usize, u8)>) {
    for (damage, place, length, byte) in damages {
        if bytes.is_empty() {
            return;
        }
        let start = place.index(bytes.len());
        let end = bytes.len().min(start + length);
        match damage {
            Damage::Flip => bytes[start] ^= 1 << (byte % 8),
            Damage::Cut => drop(bytes.drain(start..end)),
            Damage::Insert => bytes.insert(start, byte),
            Damage::Duplicate => drop(bytes.splice(start..start, bytes[start..end].to_vec())),
            Damage::End => bytes.truncate(start),
        }
    }
}

pub(super) fn damages() -> impl Strategy<Value = Vec<(Damage, prop::sample::Index, usize, u8)>> {
    let kind = prop::sample::select(vec![Damage::Flip, Damage::Cut, Damage::Insert, Damage::Duplicate, Damage::End]);
    let byte = prop_oneof![prop::sample::select(b"\"\\[]{},:0-.eE u\n\0\xff\xc3tfn".to_vec()), any::<u8>()];
    prop::collection::vec((kind, any::<prop::sample::Index>(), 1_usize..12, byte), 1..4)
}
