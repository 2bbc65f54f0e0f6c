//! Random expressions on random inputs, compared with the Rust implementation of `JMESPath`.

use super::program::{self, Program};
use super::suite;
use super::types::model_of_all;
use anyhow::{Result, ensure};
use serde_json::{Map, Value, json};

/// The number of expressions, of the inputs of each, and of the expressions that must have a type.
const EXPRESSIONS: usize = 400;
const INPUTS: usize = 8;
const TYPED: usize = 270;

#[test]
fn random_expressions_have_the_results_of_another_implementation() -> Result<()> {
    let mut random = Random(7);
    let inputs: Vec<Value> = (0..INPUTS).map(|_| input(&mut random)).collect();
    let mut all = inputs.clone();
    all.push(complete());
    let model = model_of_all(&all).map_err(anyhow::Error::msg)?;
    let texts: Vec<String> = (0..EXPRESSIONS).map(|_| expression(&mut random)).collect();
    let mut program = Program::default();
    let operation = program.operation(&model);
    let mut expected = Vec::new();
    let compiled = program::compile(&model, &texts).map_err(anyhow::Error::msg)?;
    for (text, compiled) in texts.iter().zip(compiled) {
        let Ok(compiled) = compiled else { continue };
        let reference = jmespath::compile(text)?;
        for input in &inputs {
            // An error is no value.
            let result = reference.search(input).map_or(Ok(Value::Null), serde_json::to_value)?;
            expected.push((text, input, suite::normal(&result, &compiled.layout, false)));
        }
        program.evaluate(operation, &compiled, &inputs, false);
    }
    let count = expected.len() / INPUTS;
    ensure!(count >= TYPED, "only {count} expressions have a type");
    let found = program.run("random")?;
    ensure!(found.len() == expected.len(), "{} results for {} evaluations", found.len(), expected.len());
    for ((text, input, wanted), found) in expected.iter().zip(&found) {
        ensure!(*found == json!([wanted, wanted]), "{text} on {input}: expected {wanted} twice, found {found}");
    }
    let values = expected.iter().filter(|(_, _, wanted)| !wanted.is_null()).count();
    smithlet_tests::say(&format!("random JMESPath: {count} expressions, {} evaluations, {values} of them not null", found.len()));
    Ok(())
}

/// A function that makes a value.
type Make = fn(&mut Random) -> Value;

/// A generator of numbers: splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or_default()
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// An input with every member.
fn complete() -> Value {
    let part = json!({ "id": "a", "n": 1, "on": true });
    let item = json!({ "id": "a", "n": 1, "on": true, "tags": ["a"], "part": part, "parts": [part] });
    json!({ "id": "a", "n": 1, "on": true, "tags": ["a"], "part": part, "parts": [part], "items": [item] })
}

/// An input that may lack members. An object always has an id, since an empty structure counts as true.
fn input(random: &mut Random) -> Value {
    let mut input = item(random);
    if random.below(5) > 0 {
        let items = list(random, item);
        if let Some(input) = input.as_object_mut() {
            input.insert("items".to_owned(), items);
        }
    }
    input
}

fn item(random: &mut Random) -> Value {
    let mut item = part(random);
    let members: [(&str, Make); 3] = [("tags", |random| list(random, text)), ("part", part), ("parts", |random| list(random, part))];
    if let Some(item) = item.as_object_mut() {
        for (name, make) in members {
            if random.below(4) > 0 {
                item.insert(name.to_owned(), make(random));
            }
        }
    }
    item
}

fn part(random: &mut Random) -> Value {
    let mut part = Map::new();
    part.insert("id".to_owned(), text(random));
    if random.below(3) > 0 {
        part.insert("n".to_owned(), json!(random.below(4)));
    }
    if random.below(3) > 0 {
        part.insert("on".to_owned(), json!(random.below(2) == 0));
    }
    Value::Object(part)
}

fn text(random: &mut Random) -> Value {
    json!(random.one_of(&["a", "ab", "b", ""]))
}

fn list(random: &mut Random, make: Make) -> Value {
    (0..random.below(4)).map(|_| make(random)).collect()
}

fn expression(random: &mut Random) -> String {
    match random.below(4) {
        0 => condition(random, 3),
        1 => any_list(random, 3),
        2 => scalar(random, 3),
        _ => {
            let (list, index) = (any_list(random, 2), random.one_of(&["0", "1", "-1", "-2"]));
            format!("{list} | [{index}]")
        }
    }
}

/// An expression for a text, a number or a boolean. All members of these types are in every structure.
fn scalar(random: &mut Random, depth: usize) -> String {
    match random.below(if depth == 0 { 3 } else { 8 }) {
        0 => random.one_of(&["id", "n", "on"]).to_owned(),
        1 => format!("part.{}", random.one_of(&["id", "n", "on"])),
        2 => random.one_of(&["'a'", "''", "`1`", "`true`", "`0`"]).to_owned(),
        3 => format!("({} || {})", scalar(random, depth - 1), scalar(random, depth - 1)),
        4 => format!("({} && {})", scalar(random, depth - 1), scalar(random, depth - 1)),
        5 => format!("length({})", any_list(random, depth - 1)),
        6 => format!("not_null({}, {})", scalar(random, depth - 1), scalar(random, depth - 1)),
        _ => format!("part | {}", scalar(random, depth - 1)),
    }
}

fn condition(random: &mut Random, depth: usize) -> String {
    let sign = random.one_of(&["==", "!=", "<", "<=", ">", ">="]);
    match random.below(if depth == 0 { 3 } else { 10 }) {
        0 => random.one_of(&["on", "id", "tags", "part", "parts"]).to_owned(),
        1 => format!("n {sign} `{}`", random.below(4)),
        2 => format!("id {} '{}'", random.one_of(&["==", "!="]), random.one_of(&["a", "b", ""])),
        3 => format!("({} && {})", condition(random, depth - 1), condition(random, depth - 1)),
        4 => format!("({} || {})", condition(random, depth - 1), condition(random, depth - 1)),
        5 => format!("!({})", condition(random, depth - 1)),
        6 => format!("length({}) {sign} {}", any_list(random, depth - 1), random.one_of(&["`0`", "`1`", "`2`", "n"])),
        7 => format!("contains({}, {})", any_list(random, depth - 1), random.one_of(&["'a'", "id", "`1`", "n", "`true`", "`false`"])),
        8 => format!("{}({}, 'a')", random.one_of(&["starts_with", "ends_with", "contains"]), random.one_of(&["id", "part.id"])),
        _ => format!("({} {sign} {})", scalar(random, depth - 1), scalar(random, depth - 1)),
    }
}

fn any_list(random: &mut Random, depth: usize) -> String {
    let source =
        random.one_of(&["items", "items[].parts", "items[*].parts[]", "parts", "tags", "items[].tags", "items[*].tags", "items[].tags[]"]);
    match random.below(if depth == 0 { 2 } else { 7 }) {
        0 => source.to_owned(),
        1 => format!("{source}[]"),
        2 => format!("{}[?{}]", random.one_of(&["items", "parts", "items[].parts[]"]), condition(random, depth - 1)),
        3 => format!("{}[*].{}", random.one_of(&["items", "parts"]), random.one_of(&["id", "n", "on"])),
        4 => format!("{}[].[{}]", random.one_of(&["items", "parts"]), condition(random, depth - 1)),
        5 => format!("{}[].[{}][]", random.one_of(&["items", "parts"]), condition(random, depth - 1)),
        _ => format!(
            "{}[?{}].{}",
            random.one_of(&["items", "parts"]),
            condition(random, depth - 1),
            random.one_of(&["id", "n", "[id, 'b']", "{a: id, b: n}"])
        ),
    }
}
