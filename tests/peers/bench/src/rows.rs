//! The rows of the table.
//!
//! Each row of the first table compares the crate with `aws-sdk-codebuild` as its users take it (its default features, aws-config without any), or the generator with
//! parsing and printing the text that it wrote. The floor of a call is the same bytes over a raw socket.
//!
//! | rows | meaning |
//! |---|---|
//! | `build-*`, `binary`, `crates` | a program that makes one call (`bench/one`); its dependencies are downloaded before, and its target folder is new |
//! | `binary-text`, `-rodata`, `-unwind`, `-others` | the sections of this program, stripped, which show what is linked; their sum is `binary` without the file's headers |
//! | `binary-unused` | functions and data of the runtime's modules that only HTTP bindings, streams and other protocols use, in our program before it is stripped |
//! | `crate-cpu` | the compiler's run for the service crate in the same builds: three operations in `smithlet-codebuild`, all of them in `aws-sdk-codebuild` |
//! | `crate-same-cpu` | the same with all 59 operations in both crates; ours is generated from botocore's model |
//! | `rebuild` | the same program after only its own source has changed |
//! | `lines` | lines of Rust that are not blank, documentation included, of all 59 operations, divided by the number of operations |
//! | `call-*`, `large-*` | `BatchGetBuilds` with one build (3.9 KB) and with a hundred (390 KB), against one loopback server with fixed replies |
//! | `decode-*`, `encode-*` | the client's code for the body and nothing else; the official crate's encoder also makes the request's headers |
//! | `memory`, `start` | the program that makes one call, until it has the reply |
//! | `dynamodb-*`, `lambda-*`, `sqs-*`, `ssm-*` | programs that call three operations of another service (`bench/services`), with generated crates that have only these |
//! | `generate-every*` | all operations of every service, one process after the other; the figures are the sum of the times and the largest peak |
//! | `generate-*` | reading the model and writing the crate into an empty folder, the start of the process included |
//!
//! The programs of the four services are built together, once on each side: the crates that they share are compiled once and count in each of them.
//! What counts in none of the others is a service's own crate and its program, and for Lambda's official crate the two that only its event streams
//! need. These event streams also enable features of the shared official crates, which all four programs have.
//!
//! The rows `lambda-*` are the measure `lambda-three`: `Invoke`, `GetFunction` and `ListFunctions` over REST with JSON. The other services speak AWS JSON.
//!
//! CPU is user and system time, except for builds, where it is user time alone. The cost of a call is the difference between a long and a short run.
//! A figure is a median. The runs of the two crates alternate, and a ratio is the median of the pairs' ratios. The ratio of `call-cpu` grows with the
//! cost of a system call; that of `call-instructions` does not.
//!
//! Instructions need [valgrind](https://valgrind.org), system calls [strace](https://strace.io), sections `size` and unused code `nm` of
//! [binutils](https://www.gnu.org/software/binutils/), peak memory needs Linux, and the models of whole
//! services come from botocore's source distribution. A row that cannot be measured says why.

use self::Budget::{AtMost, Share};
use serde::Serialize;

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    /// The name on the command line and in the results.
    pub(crate) name: &'static str,
    /// A short description.
    pub(crate) title: &'static str,
    pub(crate) unit: Unit,
    pub(crate) budget: Option<Budget>,
    pub(crate) probe: Probe,
}

/// The unit of a row's figures in the results.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unit {
    Seconds,
    Bytes,
    /// A number of crates, lines, allocations, instructions or system calls.
    Count,
    /// Lines per second.
    Rate,
}

/// The budget of a row (DESIGN section 8).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Budget {
    /// A share of the official crate's figure.
    Share(f64),
    /// A maximum in the row's unit.
    AtMost(f64),
}

/// The probes. A probe measures one row or several rows at once.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Probe {
    ColdBuild,
    SameOperations,
    Rebuild,
    Tree,
    Binary,
    Sections,
    Unused,
    SmallCalls,
    LargeCalls,
    Decode,
    Encode,
    Allocations,
    Instructions,
    SystemCalls,
    Start,
    Lines,
    ServiceBuilds,
    ServiceBinaries,
    ServiceCalls,
    ServiceInstructions,
    GenerateThree,
    GenerateCodeBuild,
    GenerateSageMaker,
    GenerateEvery,
}

/// The subject of a row, which decides its table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Subject {
    /// The crate of this repository.
    CodeBuild,
    /// Crates of other services.
    Services,
    Generator,
}

impl Probe {
    /// What the probe measures.
    pub(crate) fn subject(self) -> Subject {
        match self {
            Self::ServiceBuilds | Self::ServiceBinaries | Self::ServiceCalls | Self::ServiceInstructions => Subject::Services,
            Self::GenerateThree | Self::GenerateCodeBuild | Self::GenerateSageMaker | Self::GenerateEvery => Subject::Generator,
            _ => Subject::CodeBuild,
        }
    }

    /// The title in the progress display.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::ColdBuild => "cold builds",
            Self::SameOperations => "compiling the same operations",
            Self::Rebuild => "rebuilds",
            Self::Tree => "crates in the tree",
            Self::Binary => "binaries",
            Self::Sections => "sections of binaries",
            Self::Unused => "unused code in binaries",
            Self::SmallCalls => "small calls",
            Self::LargeCalls => "large calls",
            Self::Decode => "decoding",
            Self::Encode => "encoding",
            Self::Allocations => "allocations",
            Self::Instructions => "instructions",
            Self::SystemCalls => "system calls",
            Self::Start => "starts",
            Self::Lines => "emitted lines",
            Self::ServiceBuilds => "cold builds of other services",
            Self::ServiceBinaries => "binaries of other services",
            Self::ServiceCalls => "calls of other services",
            Self::ServiceInstructions => "instructions of other services",
            Self::GenerateThree => "generating three operations",
            Self::GenerateCodeBuild => "generating CodeBuild",
            Self::GenerateSageMaker => "generating SageMaker",
            Self::GenerateEvery => "generating every service",
        }
    }
}

const fn row(name: &'static str, title: &'static str, unit: Unit, budget: Option<Budget>, probe: Probe) -> Row {
    Row { name, title, unit, budget, probe }
}

/// All rows, in the order in which they are shown.
pub(crate) const ROWS: &[Row] = &[
    row("build-cpu", "cold release build, user CPU", Unit::Seconds, Some(Share(0.3)), Probe::ColdBuild),
    row("build-wall", "cold release build, wall", Unit::Seconds, None, Probe::ColdBuild),
    row("crate-cpu", "own compile, three operations and the whole official crate", Unit::Seconds, Some(Share(0.06)), Probe::ColdBuild),
    row("crate-same-cpu", "own compile, the same operations in both", Unit::Seconds, Some(Share(0.2)), Probe::SameOperations),
    row("rebuild", "release rebuild after touching the program, wall", Unit::Seconds, None, Probe::Rebuild),
    row("crates", "crates in the tree", Unit::Count, Some(Share(0.55)), Probe::Tree),
    row("binary", "stripped binary", Unit::Bytes, Some(Share(0.3)), Probe::Binary),
    row("binary-text", "stripped binary: machine code", Unit::Bytes, None, Probe::Sections),
    row("binary-rodata", "stripped binary: constants", Unit::Bytes, None, Probe::Sections),
    row("binary-unwind", "stripped binary: tables for unwinding", Unit::Bytes, None, Probe::Sections),
    row("binary-others", "stripped binary: pointers, relocations, all else", Unit::Bytes, None, Probe::Sections),
    row("binary-unused", "in our binary of HTTP bindings and other protocols", Unit::Bytes, Some(AtMost(0.0)), Probe::Unused),
    row("lines", "emitted lines per operation, all operations", Unit::Count, Some(Share(0.45)), Probe::Lines),
    row("call-cpu", "CPU per small call", Unit::Seconds, Some(Share(0.4)), Probe::SmallCalls),
    row("call-wall", "wall per small call, server included", Unit::Seconds, None, Probe::SmallCalls),
    row("call-instructions", "instructions per small call", Unit::Count, Some(Share(0.35)), Probe::Instructions),
    row("call-allocations", "allocations per small call", Unit::Count, None, Probe::Allocations),
    row("call-syscalls", "system calls per small call", Unit::Count, None, Probe::SystemCalls),
    row("large-cpu", "CPU per large call", Unit::Seconds, None, Probe::LargeCalls),
    row("large-wall", "wall per large call, server included", Unit::Seconds, None, Probe::LargeCalls),
    row("decode-instructions", "decoding 100 builds, instructions", Unit::Count, Some(Share(0.52)), Probe::Instructions),
    row("decode-cpu", "decoding 100 builds, CPU", Unit::Seconds, None, Probe::Decode),
    row("decode-allocations", "decoding 100 builds, allocations", Unit::Count, None, Probe::Allocations),
    row("encode-instructions", "encoding a full StartBuild, instructions", Unit::Count, None, Probe::Instructions),
    row("encode-cpu", "encoding a full StartBuild, CPU", Unit::Seconds, None, Probe::Encode),
    row("memory", "peak memory", Unit::Bytes, Some(Share(0.45)), Probe::Start),
    row("start", "process start to first response", Unit::Seconds, Some(Share(0.35)), Probe::Start),
    row("dynamodb-build-cpu", "DynamoDB: cold release build, user CPU", Unit::Seconds, Some(Share(0.3)), Probe::ServiceBuilds),
    row("dynamodb-crate-cpu", "DynamoDB: own compile, three and all operations", Unit::Seconds, None, Probe::ServiceBuilds),
    row("dynamodb-binary", "DynamoDB: stripped binary", Unit::Bytes, Some(Share(0.3)), Probe::ServiceBinaries),
    row("dynamodb-call-cpu", "DynamoDB: CPU per call", Unit::Seconds, Some(Share(0.4)), Probe::ServiceCalls),
    row("dynamodb-call-instructions", "DynamoDB: instructions per call", Unit::Count, Some(Share(0.35)), Probe::ServiceInstructions),
    row("lambda-build-cpu", "Lambda: cold release build, user CPU", Unit::Seconds, Some(Share(0.3)), Probe::ServiceBuilds),
    row("lambda-crate-cpu", "Lambda: own compile, three and all operations", Unit::Seconds, None, Probe::ServiceBuilds),
    row("lambda-binary", "Lambda: stripped binary", Unit::Bytes, Some(Share(0.3)), Probe::ServiceBinaries),
    row("lambda-call-cpu", "Lambda: CPU per call", Unit::Seconds, Some(Share(0.4)), Probe::ServiceCalls),
    row("lambda-call-instructions", "Lambda: instructions per call", Unit::Count, Some(Share(0.35)), Probe::ServiceInstructions),
    row("sqs-build-cpu", "SQS: cold release build, user CPU", Unit::Seconds, Some(Share(0.3)), Probe::ServiceBuilds),
    row("sqs-crate-cpu", "SQS: own compile, three and all operations", Unit::Seconds, None, Probe::ServiceBuilds),
    row("sqs-binary", "SQS: stripped binary", Unit::Bytes, Some(Share(0.3)), Probe::ServiceBinaries),
    row("sqs-call-cpu", "SQS: CPU per call", Unit::Seconds, Some(Share(0.4)), Probe::ServiceCalls),
    row("sqs-call-instructions", "SQS: instructions per call", Unit::Count, Some(Share(0.35)), Probe::ServiceInstructions),
    row("ssm-build-cpu", "SSM: cold release build, user CPU", Unit::Seconds, Some(Share(0.3)), Probe::ServiceBuilds),
    row("ssm-crate-cpu", "SSM: own compile, three and all operations", Unit::Seconds, None, Probe::ServiceBuilds),
    row("ssm-binary", "SSM: stripped binary", Unit::Bytes, Some(Share(0.3)), Probe::ServiceBinaries),
    row("ssm-call-cpu", "SSM: CPU per call", Unit::Seconds, Some(Share(0.4)), Probe::ServiceCalls),
    row("ssm-call-instructions", "SSM: instructions per call", Unit::Count, Some(Share(0.35)), Probe::ServiceInstructions),
    row("generate-three", "three operations of CodeBuild, wall", Unit::Seconds, Some(AtMost(0.05)), Probe::GenerateThree),
    row("generate-three-cpu", "the same, CPU", Unit::Seconds, None, Probe::GenerateThree),
    row("generate-three-memory", "the same, peak memory", Unit::Bytes, None, Probe::GenerateThree),
    row("generate-three-speed", "the same, lines per second", Unit::Rate, None, Probe::GenerateThree),
    row("generate-codebuild", "all of CodeBuild, wall", Unit::Seconds, Some(AtMost(0.5)), Probe::GenerateCodeBuild),
    row("generate-codebuild-cpu", "the same, CPU", Unit::Seconds, None, Probe::GenerateCodeBuild),
    row("generate-codebuild-memory", "the same, peak memory", Unit::Bytes, None, Probe::GenerateCodeBuild),
    row("generate-codebuild-speed", "the same, lines per second", Unit::Rate, None, Probe::GenerateCodeBuild),
    row("generate-sagemaker", "all of SageMaker, wall", Unit::Seconds, None, Probe::GenerateSageMaker),
    row("generate-sagemaker-cpu", "the same, CPU", Unit::Seconds, None, Probe::GenerateSageMaker),
    row("generate-sagemaker-memory", "the same, peak memory", Unit::Bytes, None, Probe::GenerateSageMaker),
    row("generate-sagemaker-speed", "the same, lines per second", Unit::Rate, None, Probe::GenerateSageMaker),
    row("generate-every", "every service that can be served, wall", Unit::Seconds, Some(AtMost(60.0)), Probe::GenerateEvery),
    row("generate-every-memory", "the same, peak memory", Unit::Bytes, Some(AtMost(300e6)), Probe::GenerateEvery),
];

/// The rows with these names in the table's order, or all rows without names.
///
/// # Errors
/// When no row has a name; the error lists the valid names.
pub(crate) fn select(names: &[String]) -> anyhow::Result<Vec<&'static Row>> {
    if let Some(unknown) = names.iter().find(|name| ROWS.iter().all(|row| row.name != **name)) {
        let valid: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
        anyhow::bail!("unknown row `{unknown}`: expected one of {}", valid.join(", "));
    }
    Ok(ROWS.iter().filter(|row| names.is_empty() || names.iter().any(|name| name == row.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<_> = ROWS.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), ROWS.len());
    }

    #[test]
    fn rows_come_in_the_order_of_the_table_and_once() -> anyhow::Result<()> {
        let names = ["memory".to_owned(), "crates".to_owned(), "memory".to_owned()];
        let chosen: Vec<_> = select(&names)?.iter().map(|row| row.name).collect();
        assert_eq!(chosen, ["crates", "memory"]);
        assert_eq!(select(&[])?.len(), ROWS.len());
        Ok(())
    }

    #[test]
    fn an_unknown_row_is_an_error_with_the_valid_names() {
        let error = select(&["memroy".to_owned()]).map(drop).map_err(|error| error.to_string());
        assert!(
            error.is_err_and(|text| text.starts_with("unknown row `memroy`: expected one of build-cpu, ") && text.contains(", memory, "))
        );
    }
}
