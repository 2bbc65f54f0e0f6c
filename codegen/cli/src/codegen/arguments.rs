//! The command line of `codegen`.

use std::path::PathBuf;

/// The options of `codegen`.
#[derive(Clone, clap::Args, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line, which is given or not")]
pub struct Arguments {
    /// Write nothing; show the files that are out of date and end with status 1 if there are any.
    #[arg(long)]
    pub check: bool,
    /// The service's model: Smithy JSON AST, or botocore's service-2.json, with the files that botocore keeps beside it (paginators-1.json,
    /// waiters-2.json). Without it: the repository's own model and crate.
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// The overlay: additions to the model, as Smithy `apply` statements.
    #[arg(long, value_name = "FILE", requires = "model")]
    pub overlay: Option<PathBuf>,
    /// The service's endpoint rules: botocore's endpoint-rule-set-1.json. Without it: the model's own rules, or a file of that name beside a
    /// model called service-2.json.
    #[arg(long, value_name = "FILE", requires = "model")]
    pub endpoint_rules: Option<PathBuf>,
    /// The operations to generate.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub operations: Vec<String>,
    /// Generate every operation of the model.
    #[arg(long, conflicts_with = "operations")]
    pub all_operations: bool,
    /// The protocol to speak, such as rpcv2Cbor, if the service lists several.
    #[arg(long, value_name = "PROTOCOL", requires = "model", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub protocol: Option<String>,
    /// The name of the crate.
    #[arg(long, value_name = "CRATE", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub name: Option<String>,
    /// The folder of the crate; files in it that are not generated are kept.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Show only errors.
    #[arg(long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also show notes about the model, and each file that is written, removed or kept.
    #[arg(long)]
    pub verbose: bool,
}
