//! The context of all probes: paths, the programs to measure, the server, and the progress display.

use crate::process::{Finished, cargo, program, run};
use crate::results::{Figures, Who};
use crate::server::Server;
use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The figures of all runs, by row.
pub(crate) type Measured = BTreeMap<&'static str, Figures>;

/// The kinds of measured programs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// Makes one call.
    One,
    /// Runs a job many times.
    Many,
    /// Runs a job many times and counts allocations.
    Counting,
}

/// A run of the bench.
pub(crate) struct Bench {
    /// The root of the checkout.
    pub(crate) root: PathBuf,
    /// The folder for temporary files.
    pub(crate) work: PathBuf,
    pub(crate) quick: bool,
    progress: ProgressBar,
    server: OnceCell<Server>,
    built: RefCell<BTreeSet<&'static str>>,
}

impl Bench {
    pub(crate) fn new(quick: bool) -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").canonicalize()?;
        let work = root.join("target/bench");
        fs::create_dir_all(work.join("home")).with_context(|| format!("cannot make {}", work.display()))?;
        // Nothing is drawn unless standard error is a terminal.
        let progress = ProgressBar::no_length();
        progress.set_style(ProgressStyle::with_template("{spinner} {elapsed:>4} {prefix}: {msg}")?);
        progress.enable_steady_tick(Duration::from_millis(200));
        Ok(Self { root, work, quick, progress, server: OnceCell::new(), built: RefCell::default() })
    }

    /// The number of runs: `full`, or `quick` with `--quick`.
    pub(crate) fn runs(&self, full: u32, quick: u32) -> u32 {
        if self.quick { quick } else { full }
    }

    /// Shows the probe that is measured.
    pub(crate) fn part(&self, part: String) {
        self.progress.set_prefix(part);
        self.progress.set_message("");
    }

    /// Shows the present step.
    pub(crate) fn say(&self, step: String) {
        self.progress.set_message(step);
    }

    /// Prints a line above the progress display.
    pub(crate) fn note(&self, line: &str) {
        self.progress.suspend(|| eprintln!("{line}"));
    }

    /// Removes the progress display.
    pub(crate) fn end(&self) {
        self.progress.finish_and_clear();
    }

    /// The manifest of the workspace with the measured programs.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.root.join("tests/peers/Cargo.toml")
    }

    /// A cargo command for that workspace, without network access.
    pub(crate) fn peers_cargo(&self, words: &[&str]) -> Command {
        let mut command = cargo();
        command.args(words).args(["--locked", "--offline", "--manifest-path"]).arg(self.manifest()).current_dir(&self.root);
        command
    }

    /// The package of a program. Each package is built separately, so that cargo does not unify their features.
    pub(crate) fn package(who: Who, kind: Kind) -> &'static str {
        match (who, kind) {
            (Who::Ours, Kind::One) => "bench-one-ours",
            (Who::Peer, Kind::One) => "bench-one-official",
            (Who::Ours, Kind::Many | Kind::Counting) => "bench-many-ours",
            (Who::Peer, Kind::Many | Kind::Counting) => "bench-many-official",
            (Who::Floor, _) => "bench-floor",
        }
    }

    /// Builds a program unless it is built already, and returns its path.
    pub(crate) fn built(&self, who: Who, kind: Kind) -> Result<PathBuf> {
        let package = Self::package(who, kind);
        if !self.built.borrow().contains(package) {
            self.say(format!("building {package}"));
            self.fetch()?;
            run(self.peers_cargo(&["build", "--release", "--package", package]).arg("--target-dir").arg(self.programs()), package)?;
            self.built.borrow_mut().insert(package);
        }
        let name = match (who, kind) {
            (Who::Ours, Kind::Counting) => "ours-allocations",
            (Who::Peer, Kind::Counting) => "official-allocations",
            _ => package,
        };
        Ok(self.programs().join("release").join(name).with_extension(std::env::consts::EXE_EXTENSION))
    }

    /// Builds a program after its file was replaced by that of another build.
    pub(crate) fn rebuilt(&self, who: Who, kind: Kind) -> Result<()> {
        self.built.borrow_mut().remove(Self::package(who, kind));
        self.built(who, kind).map(drop)
    }

    /// The target folder of the programs, which is kept between runs.
    pub(crate) fn programs(&self) -> PathBuf {
        self.root.join("tests/peers/target")
    }

    /// Downloads all dependencies once, so that no measured build waits for the network.
    pub(crate) fn fetch(&self) -> Result<()> {
        if self.built.borrow_mut().insert("fetch") {
            let mut command = cargo();
            command.args(["fetch", "--locked", "--manifest-path"]).arg(self.manifest()).current_dir(&self.root);
            run(&mut command, "downloading the dependencies")?;
        }
        Ok(())
    }

    /// The server, which is started at its first use.
    pub(crate) fn server(&self) -> Result<&Server> {
        if let Some(server) = self.server.get() {
            return Ok(server);
        }
        let server = Server::start()?;
        Ok(self.server.get_or_init(|| server))
    }

    /// The command of a built program, with the settings to call the server.
    pub(crate) fn client(&self, who: Who, kind: Kind) -> Result<Command> {
        let path = self.built(who, kind)?;
        Ok(self.server()?.client(path, &self.work.join("home")))
    }

    /// Runs a job so many times and returns its cost.
    pub(crate) fn job(&self, who: Who, kind: Kind, job: &str, count: u32) -> Result<Finished> {
        let mut command = self.client(who, kind)?;
        self.feed(&mut command, job)?;
        run(command.args([job, &count.to_string()]), &format!("{} {job} {count}", Self::package(who, kind)))
    }

    /// Sets a job's standard input: the reply to decode.
    pub(crate) fn feed(&self, command: &mut Command, job: &str) -> Result<()> {
        if job == "decode" {
            let path = self.work.join("reply.json");
            fs::write(&path, crate::replies::builds(100)).with_context(|| format!("cannot write {}", path.display()))?;
            command.stdin(fs::File::open(path)?);
        }
        Ok(())
    }

    /// Measures all programs in turn, so many times. Each measurement gives values for rows.
    pub(crate) fn in_turn(
        &self,
        runs: u32,
        peers: &[Who],
        mut measure: impl FnMut(Who) -> Result<Vec<(&'static str, f64)>>,
    ) -> Result<Measured> {
        let mut measured = Measured::new();
        for run in 1..=runs {
            for who in peers {
                self.say(format!("{}, {run} of {runs}", who.name()));
                for (row, value) in measure(*who)? {
                    measured.entry(row).or_default().of(*who).push(value);
                }
            }
        }
        Ok(measured)
    }

    /// Builds the generator and returns its path.
    pub(crate) fn generator(&self) -> Result<PathBuf> {
        self.say("building the generator".to_owned());
        let mut command = cargo();
        command.args(["build", "--release", "--locked", "--package", "xtask", "--target-dir"]).arg(self.root.join("target"));
        run(command.current_dir(&self.root), "the generator")?;
        Ok(self.root.join("target/release/xtask").with_extension(std::env::consts::EXE_EXTENSION))
    }

    /// The command that runs this program in another role.
    pub(crate) fn myself(&self, role: &str) -> Result<Command> {
        let mut command = program(std::env::current_exe()?);
        command.arg(role).current_dir(&self.root);
        Ok(command)
    }
}
