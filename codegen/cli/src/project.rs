//! The commands of `cargo smithlet`, which work on the manifest `smithlet.toml` of any repository.
//!
//! A command reads the manifest and the models, generates every crate, and compares every crate's folder with the result. Only when all of that has
//! succeeded it writes, first the crates, then the manifest.
//!
//! - [`build`] generates the crates, on all processors.
//! - [`write`](mod@write) compares the folders with the crates, and writes them.
//! - [`library`] is the place where models come from.
//! - [`new`], [`generate`], [`update`], [`changes`] and [`operations`] are the commands of these names; `check` is `generate` without writing.

mod build;
pub mod changes;
pub mod generate;
mod library;
pub mod new;
pub mod operations;
mod pinned;
mod releases;
pub mod update;
mod write;

use crate::Exit;
use crate::manifest::{self, Manifest};
use crate::report::Console;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::path::{Path, PathBuf};

/// The options that all commands share.
#[derive(Clone, Copy, clap::Args, Debug, Default)]
pub struct Output {
    /// Show only errors and what was asked for.
    #[arg(long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also show notes about the models, and each file that is written or removed.
    #[arg(long)]
    pub verbose: bool,
}

/// The options of the commands that generate.
#[derive(Clone, clap::Args, Debug, Default)]
pub struct Runtime {
    /// Let the crates depend on the package smithlet-runtime in this folder, instead of its version in the registry.
    #[arg(long, value_name = "PATH")]
    pub runtime: Option<PathBuf>,
}

/// The folder that a command works in, and its console.
struct Run<'a, 'c> {
    current: &'a Path,
    runtime: Option<&'a Path>,
    console: &'a mut Console<'c>,
}

/// Reports the findings of a command that failed.
fn ended(end: Result<Exit, Vec<Diagnostic>>, console: &mut Console<'_>) -> Exit {
    end.unwrap_or_else(|findings| {
        console.diagnostics(&findings);
        Exit::Bad
    })
}

/// The manifest at or above the folder.
fn manifest(current: &Path) -> Result<Manifest, Vec<Diagnostic>> {
    Manifest::find(current)?.ok_or_else(|| {
        let finding = Diagnostic::error("", &Pointer::default(), format!("there is no {} here or in a folder above", manifest::FILE));
        vec![finding.hint("`cargo smithlet new SERVICE OPERATION,OPERATION` makes one, with a first crate")]
    })
}

#[cfg(test)]
pub(crate) mod tests;
