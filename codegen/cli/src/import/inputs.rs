//! The files that an import reads.

use super::arguments::Arguments;
use crate::beside::Beside;
use crate::input::{Input, InputFile};
use crate::place::Home;
use ::codegen::diagnostic::Diagnostic;
use std::path::Path;

/// The file name of a crate's changelog.
pub(super) const CHANGELOG: &str = "CHANGELOG.md";

/// The input files of an import.
pub(super) struct Inputs {
    pub(super) upstream: Input,
    /// The files beside the newer model.
    pub(super) beside: Beside<Input>,
    pub(super) model: Input,
    pub(super) overlay: Option<Input>,
    pub(super) record: Option<Input>,
    pub(super) changelog: Option<Input>,
    /// The lock files, if the crate gets another version.
    pub(super) locks: Vec<Input>,
}

impl Inputs {
    /// Reads all files, or reports every file that cannot be read.
    pub(super) fn read(home: &Home, current: &Path, arguments: &Arguments) -> Result<Self, Vec<Diagnostic>> {
        let given = |path: &Path| InputFile::given(path, current).read();
        let own = |file: &str| InputFile::own(file, &home.root, current);
        let found = Beside::of(current, &arguments.upstream);
        let beside = Beside { endpoint_rules: arguments.endpoint_rules.clone().or(found.endpoint_rules), ..found };
        let mut findings = Vec::new();
        let mut locks = Vec::new();
        for lock in home.locks.iter().filter(|_| arguments.take_version) {
            match own(lock).read_if_there() {
                Ok(lock) => locks.extend(lock),
                Err(finding) => findings.push(finding),
            }
        }
        let model = own(home.model).read();
        let mut optional = |read: Result<Option<Input>, Diagnostic>| {
            read.unwrap_or_else(|finding| {
                findings.push(finding);
                None
            })
        };
        let beside = beside.as_ref().map(|path| given(path)).together();
        let overlay = optional(own(home.overlay).read_if_there());
        let record = optional(own(home.record).read_if_there());
        let changelog = optional(own(&format!("{}/{CHANGELOG}", home.crate_folder)).read_if_there());
        match (given(&arguments.upstream), model, beside) {
            (Ok(upstream), Ok(model), Ok(beside)) if findings.is_empty() => {
                Ok(Self { upstream, beside, model, overlay, record, changelog, locks })
            }
            (upstream, model, beside) => {
                let beside = beside.err().into_iter().flatten();
                Err(upstream.err().into_iter().chain(model.err()).chain(findings).chain(beside).collect())
            }
        }
    }
}
