//! Differential tests: random inputs are given to a function of Python or botocore and to ours, and the results are compared.
//!
//! The reference is a Python process (`tests/botocore/reference.py`) in a virtual environment with a pinned botocore. A question is the name
//! of a function and a batch of JSON values; the answer has one JSON value for each.
//!
//! A test takes [`SAMPLE`] inputs from a fixed seed. `SMITHLET_DIFFERENTIAL=1000000` sets another number of inputs,
//! `SMITHLET_DIFFERENTIAL=1000000:7` another seed as well.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::{Need, python, say};

/// The default number of inputs.
pub const SAMPLE: usize = 4_000;

/// The variable that sets the number of inputs and the seed.
const VARIABLE: &str = "SMITHLET_DIFFERENTIAL";

/// The number of inputs in a question.
const BATCH: usize = 500;

/// The number of differences that an error shows.
const SHOWN: usize = 5;

/// The Python program that answers the questions.
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/botocore/reference.py");

/// The Python packages that the program imports.
const REQUIREMENTS: &str = include_str!("../botocore/reference.txt");

/// The running Python process. Dropping it ends the process.
#[derive(Debug)]
pub struct Reference {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// The comparison of the results for one input.
#[derive(Debug)]
pub enum Outcome {
    /// Both results are the same.
    Same,
    /// The comparison does not apply, for a reason that the test states.
    Skipped,
    /// The results differ; the text is ours.
    Different(String),
}

/// The number of inputs of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    /// The number of all inputs.
    pub inputs: usize,
    /// The number of skipped inputs.
    pub skipped: usize,
}

impl Reference {
    /// Starts the process in a virtual environment below `folder`. Python or the packages may be missing.
    ///
    /// # Errors
    /// When `folder` cannot be written, or the process cannot be started.
    pub fn start(folder: &Path) -> Result<Need<Self>> {
        let program = match python::environment(folder, "reference", REQUIREMENTS)? {
            Need::Met(program) => program,
            Need::Missing(reason) => return Ok(Need::Missing(reason)),
        };
        let mut child = Command::new(program)
            .args(["-I", "-X", "utf8", "-W", "ignore", PROGRAM])
            // The zone of the machine must not change the results.
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the reference cannot be started")?;
        let questions = child.stdin.take().context("the reference has no standard input")?;
        let answers = child.stdout.take().map(BufReader::new).context("the reference has no standard output")?;
        Ok(Need::Met(Self { child, questions, answers }))
    }

    /// Returns the results of a Python function for these inputs.
    ///
    /// # Errors
    /// When the process has ended, or does not answer with one value for each input.
    pub fn ask(&mut self, function: &str, inputs: &[Value]) -> Result<Vec<Value>> {
        writeln!(self.questions, "{}", json!({ "function": function, "inputs": inputs }))?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        ensure!(!line.is_empty(), "the reference has ended; see its standard error");
        let answers: Vec<Value> = serde_json::from_str(&line).context("the reference's answer is not a list")?;
        ensure!(answers.len() == inputs.len(), "the reference gave {} answers to {} inputs", answers.len(), inputs.len());
        Ok(answers)
    }

    /// Compares the results of a Python function for random inputs with ours. `check` gets an input and the Python function's result.
    ///
    /// # Errors
    /// When the two disagree, with the first few inputs; when most inputs are skipped; when the variable is malformed; and as [`ask`](Self::ask).
    pub fn compare(
        &mut self,
        function: &str,
        mut generate: impl FnMut(&mut Random) -> Value,
        mut check: impl FnMut(&Value, &Value) -> Outcome,
    ) -> Result<Tally> {
        let (count, seed) = sample()?;
        let mut random = Random::new(seed);
        let (mut tally, mut differences, mut shown) = (Tally { inputs: 0, skipped: 0 }, 0_usize, String::new());
        while tally.inputs < count {
            let inputs: Vec<Value> = (0..BATCH.min(count - tally.inputs)).map(|_| generate(&mut random)).collect();
            for (input, expected) in inputs.iter().zip(self.ask(function, &inputs)?) {
                tally.inputs += 1;
                match check(input, &expected) {
                    Outcome::Same => {}
                    Outcome::Skipped => tally.skipped += 1,
                    Outcome::Different(ours) => {
                        differences += 1;
                        if differences <= SHOWN {
                            write!(shown, "\n\ninput: {input}\nreference: {expected}\nours: {ours}")?;
                        }
                    }
                }
            }
        }
        ensure!(differences == 0, "{function}: the results for {differences} of {count} inputs differ (seed {seed}):{shown}");
        ensure!(tally.skipped * 10 < tally.inputs * 7, "{function}: {} of {count} inputs are skipped", tally.skipped);
        if count != SAMPLE {
            say(&format!("{function}: {count} inputs from seed {seed} agree, {} of them skipped", tally.skipped));
        }
        Ok(tally)
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        // An error means that the process has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The number of inputs and the seed.
fn sample() -> Result<(usize, u64)> {
    match std::env::var(VARIABLE) {
        Ok(text) => parse(&text).with_context(|| format!("{VARIABLE}={text}: expected COUNT or COUNT:SEED")),
        Err(std::env::VarError::NotPresent) => Ok((SAMPLE, 0)),
        Err(error) => bail!("{VARIABLE}: {error}"),
    }
}

fn parse(text: &str) -> Option<(usize, u64)> {
    let (count, seed) = text.split_once(':').unwrap_or((text, "0"));
    Some((count.parse().ok()?, seed.parse().ok()?))
}

/// A random number generator (`SplitMix64`) that gives the same numbers for a seed on every machine.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Makes a generator from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        // Bounds are far below 2^64, so that the bias of the remainder is negligible.
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    /// True with a probability of so many percent.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of the choices.
    ///
    /// # Panics
    /// When there are no choices.
    pub fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// A text of up to `most` of the choices.
    pub fn text(&mut self, choices: &[&str], most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.pick(choices)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_a_count_and_a_seed() {
        assert_eq!(parse("1000000"), Some((1_000_000, 0)));
        assert_eq!(parse("10:7"), Some((10, 7)));
        assert_eq!((parse("many"), parse("1:"), parse("")), (None, None, None));
    }

    #[test]
    fn a_seed_determines_the_numbers() {
        let numbers = |seed| {
            let mut random = Random::new(seed);
            [random.next(), random.next()]
        };
        assert_eq!(numbers(0), [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
        assert_ne!(numbers(0), numbers(1));
    }
}
