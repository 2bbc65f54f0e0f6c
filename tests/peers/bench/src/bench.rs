//! What every probe needs: where things are, the programs to measure, the server, those who watch.

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

/// The runs of each row.
pub(crate) type Measured = BTreeMap<&'static str, Figures>;

/// Which of the measured programs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// Makes one call.
    One,
    /// Does a job many times.
    Many,
    /// Does so and counts allocations.
    Counting,
}

/// A run of the bench.
pub(crate) struct Bench {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Where it may write.
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
        // Nothing is drawn where standard error is no terminal.
        let progress = ProgressBar::no_length();
        progress.set_style(ProgressStyle::with_template("{spinner} {elapsed:>4} {prefix}: {msg}")?);
        progress.enable_steady_tick(Duration::from_millis(200));
        Ok(Self { root, work, quick, progress, server: OnceCell::new(), built: RefCell::default() })
    }

    /// So many runs, or fewer of a quick one.
    pub(crate) fn runs(&self, full: u32, quick: u32) -> u32 {
        if self.quick { quick } else { full }
    }

    /// Says what is measured now.
    pub(crate) fn part(&self, part: String) {
        self.progress.set_prefix(part);
        self.progress.set_message("");
    }

    /// Says what is done now.
    pub(crate) fn say(&self, what: String) {
        self.progress.set_message(what);
    }

    /// Says something that stays.
    pub(crate) fn note(&self, line: &str) {
        self.progress.suspend(|| eprintln!("{line}"));
    }

    /// Says no more.
    pub(crate) fn end(&self) {
        self.progress.finish_and_clear();
    }

    /// The workspace of the measured programs.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.root.join("tests/peers/Cargo.toml")
    }

    /// Cargo on that workspace, without a question to any registry.
    pub(crate) fn peers_cargo(&self, words: &[&str]) -> Command {
        let mut command = cargo();
        command.args(words).args(["--locked", "--offline", "--manifest-path"]).arg(self.manifest()).current_dir(&self.root);
        command
    }

    /// The package of a program. Each is built by itself, or the features of one would get into the other.
    pub(crate) fn package(who: Who, kind: Kind) -> &'static str {
        match (who, kind) {
            (Who::Ours, Kind::One) => "bench-one-ours",
            (Who::Peer, Kind::One) => "bench-one-official",
            (Who::Ours, Kind::Many | Kind::Counting) => "bench-many-ours",
            (Who::Peer, Kind::Many | Kind::Counting) => "bench-many-official",
            (Who::Floor, _) => "bench-floor",
        }
    }

    /// Has a program built, unless it is, and says where it is.
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

    /// The target folder of the programs, which stays.
    pub(crate) fn programs(&self) -> PathBuf {
        self.root.join("tests/peers/target")
    }

    /// Has cargo download what the builds need, once: none of them may wait for a network.
    pub(crate) fn fetch(&self) -> Result<()> {
        if self.built.borrow_mut().insert("fetch") {
            let mut command = cargo();
            command.args(["fetch", "--locked", "--manifest-path"]).arg(self.manifest()).current_dir(&self.root);
            run(&mut command, "downloading the dependencies")?;
        }
        Ok(())
    }

    /// The server, which runs from the first use on.
    pub(crate) fn server(&self) -> Result<&Server> {
        if let Some(server) = self.server.get() {
            return Ok(server);
        }
        let server = Server::start()?;
        Ok(self.server.get_or_init(|| server))
    }

    /// A built program's command, ready to call the server.
    pub(crate) fn client(&self, who: Who, kind: Kind) -> Result<Command> {
        let path = self.built(who, kind)?;
        Ok(self.server()?.client(path, &self.work.join("home")))
    }

    /// What a job costs when it is done so many times.
    pub(crate) fn job(&self, who: Who, kind: Kind, job: &str, count: u32) -> Result<Finished> {
        let mut command = self.client(who, kind)?;
        self.feed(&mut command, job)?;
        run(command.args([job, &count.to_string()]), &format!("{} {job} {count}", Self::package(who, kind)))
    }

    /// Gives a job what it reads: the reply to decode.
    pub(crate) fn feed(&self, command: &mut Command, job: &str) -> Result<()> {
        if job == "decode" {
            let path = self.work.join("reply.json");
            fs::write(&path, crate::replies::builds(100)).with_context(|| format!("cannot write {}", path.display()))?;
            command.stdin(fs::File::open(path)?);
        }
        Ok(())
    }

    /// Measures everybody in turn, so many times over; each time gives values for rows.
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

    /// The generator's program, built.
    pub(crate) fn generator(&self) -> Result<PathBuf> {
        self.say("building the generator".to_owned());
        let mut command = cargo();
        command.args(["build", "--release", "--locked", "--package", "xtask", "--target-dir"]).arg(self.root.join("target"));
        run(command.current_dir(&self.root), "the generator")?;
        Ok(self.root.join("target/release/xtask").with_extension(std::env::consts::EXE_EXTENSION))
    }

    /// This program in another role.
    pub(crate) fn myself(&self, role: &str) -> Result<Command> {
        let mut command = program(std::env::current_exe()?);
        command.arg(role).current_dir(&self.root);
        Ok(command)
    }
}
