//! The files and the folder that the options of `codegen` stand for.

use super::arguments::Arguments;
use crate::beside::Beside;
use crate::input::InputFile;
use crate::place::{self, Home};
use crate::sync::Problem;
use std::path::{Path, PathBuf};

/// One run: the files to read and the folder to write.
pub(super) struct Job {
    /// The folder that paths in messages are relative to.
    pub(super) current: PathBuf,
    pub(super) model: InputFile,
    pub(super) overlay: Option<InputFile>,
    /// The files beside the model.
    pub(super) beside: Beside<InputFile>,
    pub(super) out: PathBuf,
    pub(super) out_shown: String,
    /// The folder of the runtime's package.
    runtime: PathBuf,
}

impl Job {
    /// Makes the job for the options, with defaults for those that were left out.
    pub(super) fn new(home: &Home, current: &Path, arguments: &Arguments) -> Self {
        let own = |file: &str| InputFile::own(file, &home.root, current);
        let given = |path: &PathBuf| InputFile::given(path, current);
        let (model, overlay) = match &arguments.model {
            Some(model) => (given(model), arguments.overlay.as_ref().map(given)),
            None => (own(home.model), Some(own(home.overlay))),
        };
        let found = arguments.model.as_deref().map(|model| Beside::of(current, model)).unwrap_or_default();
        let beside = Beside { endpoint_rules: arguments.endpoint_rules.clone().or(found.endpoint_rules), ..found };
        let beside = beside.as_ref().map(given);
        let out = match &arguments.out {
            Some(out) => place::resolve(&current.join(out)),
            None => place::resolve(&home.root.join(home.crate_folder)),
        };
        let runtime = home.root.join(home.runtime);
        Self { out_shown: place::shown(&out, current), current: current.to_owned(), model, overlay, beside, out, runtime }
    }

    /// The path from the crate to the runtime, as the manifest writes it.
    pub(super) fn runtime(&self) -> Result<String, Problem> {
        runtime(&self.runtime, &self.out)
    }
}

/// The path from a crate in the folder `out` to the runtime's folder, as the manifest writes it.
pub(crate) fn runtime(folder: &Path, out: &Path) -> Result<String, Problem> {
    let runtime = place::resolve(folder);
    let way = place::relative(out, &runtime).unwrap_or(runtime);
    place::manifest_text(&way).ok_or_else(|| Problem {
        path: out.to_owned(),
        message: format!("the manifest cannot name the dependency: the path to {} is not Unicode", way.display()),
        hint: "choose another folder with --out".to_owned(),
    })
}

/// The error about missing options, in the parser's format. Another crate is never written by accident over the repository's own, or with more
/// operations than were asked for.
pub(super) fn omission(arguments: &Arguments) -> Option<String> {
    let mut missing = String::new();
    if arguments.model.is_some() && arguments.operations.is_empty() && !arguments.all_operations {
        missing += "\n  <--operations <A,B,C>|--all-operations>";
    }
    let options =
        [("--model", arguments.model.is_some()), ("--operations", !arguments.operations.is_empty()), ("--name", arguments.name.is_some())];
    let other_crate = options.into_iter().find_map(|(option, given)| given.then_some(option))?;
    if arguments.out.is_none() {
        missing += "\n  --out <DIR>";
    }
    (!missing.is_empty()).then(|| format!("with {other_crate}, the following arguments are required:{missing}"))
}

/// The command that repairs what `arguments` check, quoted for a shell. `tool` is the beginning of the command line.
pub(super) fn command(tool: &str, arguments: &Arguments) -> String {
    let mut words = vec![format!("{tool} codegen")];
    let mut option = |name: &str, value: &str| words.extend([name.to_owned(), quoted(value)]);
    let files = [
        ("--model", &arguments.model),
        ("--overlay", &arguments.overlay),
        ("--endpoint-rules", &arguments.endpoint_rules),
        ("--out", &arguments.out),
    ];
    for (name, path) in files {
        if let Some(path) = path {
            option(name, &path.display().to_string());
        }
    }
    if !arguments.operations.is_empty() {
        option("--operations", &arguments.operations.join(","));
    }
    for (name, value) in [("--protocol", &arguments.protocol), ("--name", &arguments.name)] {
        if let Some(value) = value {
            option(name, value);
        }
    }
    if arguments.all_operations {
        words.push("--all-operations".to_owned());
    }
    words.join(" ")
}

/// The argument quoted for a POSIX shell.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ',' | '/' | ':' | '=' | '@' | '+' | '%');
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments() -> Arguments {
        Arguments {
            model: Some("models/a b.json".into()),
            operations: vec!["A".into(), "B".into()],
            out: Some("o".into()),
            ..Arguments::default()
        }
    }

    #[test]
    fn the_repairing_command_has_the_options_of_the_check() {
        let checked = Arguments { check: true, name: Some("it's".into()), protocol: Some("rpcv2Cbor".into()), ..arguments() };
        assert_eq!(
            command("cargo xtask", &checked),
            r"cargo xtask codegen --model 'models/a b.json' --out o --operations A,B --protocol rpcv2Cbor --name 'it'\''s'"
        );
        assert_eq!(
            command("cargo xtask", &Arguments { all_operations: true, ..Arguments::default() }),
            "cargo xtask codegen --all-operations"
        );
        assert_eq!(command("cargo xtask", &Arguments::default()), "cargo xtask codegen");
    }

    #[test]
    fn another_model_needs_operations_and_a_folder() {
        assert_eq!(omission(&Arguments::default()), None);
        assert_eq!(omission(&arguments()), None);
        let bare = omission(&Arguments { model: Some("m".into()), ..Arguments::default() });
        assert_eq!(
            bare.as_deref(),
            Some("with --model, the following arguments are required:\n  <--operations <A,B,C>|--all-operations>\n  --out <DIR>")
        );
        let fewer = omission(&Arguments { operations: vec!["A".into()], ..Arguments::default() });
        assert_eq!(fewer.as_deref(), Some("with --operations, the following arguments are required:\n  --out <DIR>"));
    }

    #[test]
    fn the_runtime_is_named_from_the_crate() {
        let home = Home::of_test("/a".into());
        let job = |out: Option<&str>| Job::new(&home, &home.root, &Arguments { out: out.map(PathBuf::from), ..Arguments::default() });
        assert_eq!(job(None).runtime().as_deref(), Ok("../codegen/runtime"));
        assert_eq!(job(Some("target/deep/x")).runtime().as_deref(), Ok("../../../codegen/runtime"));
        assert_eq!(job(None).model.shown, "model/codebuild.json");
    }
}
