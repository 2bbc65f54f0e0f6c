//! The maintainers' commands. Each has `--help`.
//!
//! | command | job |
//! |---|---|
//! | `cargo xtask codegen` | writes the crate that a model describes, or checks it with `--check` |
//! | `cargo xtask changes OLD NEW` | compares two models, or with `--history` many releases |
//! | `cargo xtask import UPSTREAM` | takes a newer model of the service over |
//! | `cargo xtask conformance` | runs public protocol suites against freshly generated code |
//! | `cargo xtask services` | generates every service of AWS and tells what is refused |
//! | `cargo xtask bench` | measures the crate and the generator beside their peers |
//!
//! Exit status 0: the job is done. 1: it is done and found differences (`--check`, `--exit-code`, `--fail-on`). 2: the input or the command line is
//! wrong, or a file could not be read or written. A model is Smithy's JSON AST or botocore's `service-2.json`, compressed with gzip or not. All
//! findings about it come in one run, each with its place:
//!
//! ```text
//! model/codebuild.json#/shapes/com.amazonaws.codebuild#LogsLocation/members/s3Logs/target: `com.amazonaws.codebuild#S3LogConfig` is not defined
//!   hint: did you mean `com.amazonaws.codebuild#S3LogsConfig`?
//! ```
//!
//! # codegen
//!
//! Without `--model`, the repository's model and overlay make the crate in `generated/`. With it, any service's model makes a crate in the folder
//! `--out`. An overlay entry for a shape that the model does not have is an error, so an overlay may have to be copied and shortened for another model.
//!
//! A request goes where the service's endpoint rules say. AWS's Smithy models contain these rules. With botocore's models they are a file of their
//! own, `endpoint-rule-set-1.json`: it is read when it lies beside a model that is called `service-2.json` (both may end in `.gz`), or when
//! `--endpoint-rules` names it. Without rules, requests go to the service's usual host in the region. Paginators and waiters are read in the same way
//! from `paginators-1.json` and `waiters-2.json` beside the model.
//!
//! # changes
//!
//! Without files, the repository's model is compared with that of the last commit. The report has two verdicts: whether clients in the field still
//! work (wire), and whether code that uses the regenerated crate still compiles (crate). `--format html` is one page that needs no other file; its
//! address holds the table's filters (`page.html#wire=breaking`). `--format json` is for programs. `--full` adds the whole of each changed
//! operation, `--no-docs` leaves documentation out. `--exit-code` and `--fail-on` are for CI.
//!
//! ```console
//! $ cargo xtask changes 1.13.25/service-2.json 1.13.26/service-2.json --date 2019-11-22 --operations BatchGetBuilds,StartBuild,StopBuild
//! AWS CodeBuild
//!
//! 2019/11/22 - AWS CodeBuild - 3 updated api methods
//!
//! wire: compatible (a client in the field still works)
//! crate: minor (code that uses the regenerated crate still compiles)
//!
//! BatchGetBuilds (updated)
//! Changes (response)
//! {'builds': {'logs': {'cloudWatchLogsArn': 'string', 's3LogsArn': 'string'}}}
//! ...
//! ```
//!
//! The endpoint rules that botocore keeps beside a model are compared too.
//!
//! `--history` compares many releases of a service, each with the one before. A release that changes the chosen operations is an update; the others
//! are left out. The report has the updates, the newest first, in any of the four forms, and `--feed FILE` also writes them as an Atom feed: it is an
//! option and not a fifth form, so that one run makes both, and the file is replaced as a whole.
//!
//! ```console
//! $ cargo xtask changes --history releases --service codebuild --operations BatchGetBuilds,StartBuild,StopBuild --no-docs --feed updates.xml
//! $ cargo xtask changes --history 1.13.26,1.13.27 --service codebuild
//! ```
//!
//! The releases are the entries of a folder that have a version in their names: botocore's wheels and source distributions, folders with its package
//! or with an archive, and models (`1.13.26.json`). Or they are versions, which pip fetches (see `smithlet::models`). Other entries are ignored;
//! `--verbose` lists them. Versions are ordered by their numbers. A release's day is that of the newest model in its archive. A folder and a single
//! model do not know theirs, so the file `dates.txt` in the folder of releases names it, on a line such as `1.13.26 2019-11-22`; it may also correct
//! that of an archive.
//!
//! An update's id in the feed and in the JSON follows from the service, the operations and the version of its release, so that it stays the same when
//! the history grows, and with and without `--no-docs`.
//!
//! # import
//!
//! The repository's model becomes the newer one: the operations that it has (`--operations` names others), in its order, with its documentation
//! (`--docs theirs` takes AWS's, `--docs none` takes none). The crate is regenerated, and its changelog gets an entry. With `--take-version` the crate
//! gets the version that the changes ask for, in the overlay and in the lock files of all three workspaces, and the changelog's unreleased lines move
//! into the version's entry; without it, the version stays until `import` is run again with it. An unreleased line that begins with `**Breaking:**`
//! asks for a breaking version. An overlay entry whose member is gone is an error: remove the entry first.
//!
//! `model/codebuild.upstream.json` records the release that the model comes from, its day, and a digest of each of AWS's texts. By the digests the
//! next import knows which texts AWS has rewritten, and lists ours about the same members; `--verbose` quotes AWS's. A later release with the same
//! content is not recorded. The release is known when the model lies inside botocore's package; otherwise `--release "botocore 1.13.27"` gives it.
//!
//! # conformance
//!
//! botocore's source distribution has suites of cases for every protocol: an input and the request that it must become, or a reply and what it must
//! become. The command fetches them, generates a crate of each suite, calls every case, and prints a table of what passed, what failed and what is left
//! out. `tests/conformance/left-out.txt` has the cases that are left out, with their reasons; another case that fails ends the command with status 1, and
//! so does one of them that passes.
//!
//! # services
//!
//! The command fetches botocore's models, generates all operations of every service, or of those that are named, and prints a table of them and the
//! operations that are refused, by their reasons. With `--compile` it compiles the crates with warnings denied. A service that is not generated, and a
//! crate that does not compile, end the command with status 1.
//!
//! # Modules
//!
//! The commands are those of the library [`smithlet`], with this repository's paths as defaults.
//!
//! - [`cli`] parses the command line. A new command is a variant there.
//! - [`home`] is this repository as the library's commands need it.
//! - [`bench`](mod@bench) is the command `bench`: it starts the program in `tests/peers` that measures.
//! - [`conformance`](mod@conformance) is the command `conformance`: it starts the program in `tests/conformance`.
//! - [`services`](mod@services) is the command `services`: it starts another program there.

pub mod bench;
pub mod cli;
pub mod conformance;
pub mod home;
mod program;
pub mod services;

use clap::CommandFactory as _;
use smithlet::report::Console;
use smithlet::{Exit, answered, changes, codegen, import};
use std::ffi::OsString;
use std::path::Path;

/// Runs the command on a command line, in the current folder; the first word is the program itself.
pub fn run(words: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Exit {
    // If the current folder is unknown, paths are shown as they were given.
    run_in(&std::env::current_dir().unwrap_or_default(), words, console)
}

/// Runs the command on a command line, in the folder `current`.
pub fn run_in(current: &Path, words: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Exit {
    let home = home::of(current);
    match cli::parse(words) {
        Ok(cli::Command::Codegen(arguments)) => {
            let end = codegen::run(&home, current, &arguments, console);
            answered(cli::Cli::command(), "codegen", end, console)
        }
        Ok(cli::Command::Changes(arguments)) => {
            let end = changes::run(&home, current, &arguments, console);
            answered(cli::Cli::command(), "changes", end, console)
        }
        Ok(cli::Command::Import(arguments)) => import::run(&home, current, &arguments, console),
        Ok(cli::Command::Conformance(arguments)) => conformance::run(&home, &arguments, console),
        Ok(cli::Command::Services(arguments)) => services::run(&home, &arguments, console),
        Ok(cli::Command::Bench(arguments)) => bench::run(&home, &arguments, console),
        Err(error) => console.usage(&error),
    }
}
