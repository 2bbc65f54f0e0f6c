//! The command line of `import`.

use crate::changes::day;
use std::path::PathBuf;

/// The options of `import`.
#[derive(Clone, clap::Args, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line, which is given or not")]
pub struct Arguments {
    /// The newer model of the service: Smithy JSON AST, or botocore's service-2.json, with the files that botocore keeps beside it.
    #[arg(value_name = "UPSTREAM")]
    pub upstream: PathBuf,
    /// The newer endpoint rules: botocore's endpoint-rule-set-1.json. Without it: the model's own rules, or a file of that name beside a model
    /// called service-2.json. Without any of them, our rules are kept.
    #[arg(long, value_name = "FILE")]
    pub endpoint_rules: Option<PathBuf>,
    /// The operations to keep or to add; without it, those of our model.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub operations: Vec<String>,
    /// The documentation to keep in the model.
    #[arg(long, value_enum, default_value_t)]
    pub docs: Words,
    /// The date of the changelog's entry; without it, today's.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub date: Option<String>,
    /// The release of the newer model, for the record beside our model. Without it: botocore's version, if the file lies in its package.
    #[arg(long, value_name = "RELEASE", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub release: Option<String>,
    /// Give the crate the version that the changes require, in the overlay and in the lock files.
    #[arg(long)]
    pub take_version: bool,
    /// Write nothing; show what would be written.
    #[arg(long)]
    pub dry_run: bool,
    /// Show only the changes and errors.
    #[arg(long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also show upstream's documentation of what is to be documented or checked, notes about the models, and each file that is written or removed.
    #[arg(long)]
    pub verbose: bool,
}

/// The source of the model's documentation.
#[derive(Clone, Copy, clap::ValueEnum, Debug, Default, Eq, PartialEq)]
pub enum Words {
    /// Keep ours; new items have none and are listed.
    #[default]
    Ours,
    /// Take upstream's as Markdown, where it has some.
    Theirs,
    /// Remove all documentation.
    None,
}
