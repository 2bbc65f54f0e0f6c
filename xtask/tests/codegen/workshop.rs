//! A temporary folder, and runs of the program in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A service with two operations.
pub(crate) const MODEL: &str = r#"{
  "smithy": "2.0",
  "shapes": {
    "example.weather#Weather": {
      "type": "service",
      "version": "2020-01-01",
      "operations": [{ "target": "example.weather#GetCity" }, { "target": "example.weather#ListCities" }],
      "traits": {
        "aws.api#service": { "sdkId": "Weather", "arnNamespace": "weather", "endpointPrefix": "weather" },
        "aws.auth#sigv4": { "name": "weather" },
        "aws.protocols#awsJson1_1": {},
        "smithy.api#documentation": "Where it rains.",
        "smithy.api#title": "Weather"
      }
    },
    "example.weather#GetCity": {
      "type": "operation",
      "input": { "target": "example.weather#GetCityInput" },
      "output": { "target": "example.weather#GetCityOutput" },
      "traits": { "smithy.api#documentation": "One city." }
    },
    "example.weather#GetCityInput": {
      "type": "structure",
      "members": { "id": { "target": "smithy.api#String", "traits": { "smithy.api#documentation": "Which one." } } },
      "traits": { "smithy.api#input": {}, "smithy.api#documentation": "Which city." }
    },
    "example.weather#GetCityOutput": {
      "type": "structure",
      "members": { "name": { "target": "smithy.api#String", "traits": { "smithy.api#documentation": "Its name." } } },
      "traits": { "smithy.api#output": {}, "smithy.api#documentation": "A city." }
    },
    "example.weather#ListCities": {
      "type": "operation",
      "input": { "target": "example.weather#ListCitiesInput" },
      "output": { "target": "example.weather#ListCitiesOutput" },
      "traits": { "smithy.api#documentation": "All cities." }
    },
    "example.weather#ListCitiesInput": {
      "type": "structure",
      "members": {},
      "traits": { "smithy.api#input": {}, "smithy.api#documentation": "Nothing." }
    },
    "example.weather#ListCitiesOutput": {
      "type": "structure",
      "members": { "cities": { "target": "example.weather#Names", "traits": { "smithy.api#documentation": "Their names." } } },
      "traits": { "smithy.api#output": {}, "smithy.api#documentation": "Cities." }
    },
    "example.weather#Names": { "type": "list", "member": { "target": "smithy.api#String" } }
  }
}
"#;

/// An overlay for the model.
pub(crate) const OVERLAY: &str = r#"{
  "smithy": "2.0",
  "shapes": {
    "example.weather#GetCityInput$id": {
      "type": "apply",
      "traits": { "smithy.api#sensitive": {}, "smithlet.api#reason": "A place of residence is private." }
    }
  }
}
"#;

/// A folder of its own for one test.
pub(crate) struct Workshop(TempDir);

impl Workshop {
    /// Makes a folder with the model as `m.json`.
    pub(crate) fn with_model() -> Self {
        let workshop = Self(tempfile::tempdir().unwrap());
        workshop.put("m.json", MODEL);
        workshop
    }

    /// Makes a folder that is recognised as a checkout, with the model in its place.
    pub(crate) fn with_repository() -> Self {
        let workshop = Self(tempfile::tempdir().unwrap());
        workshop.put("codegen/runtime/Cargo.toml", "");
        workshop.put("xtask/Cargo.toml", "");
        workshop.put("model/codebuild.json", MODEL);
        workshop.put("model/codebuild.overlay.json", OVERLAY);
        workshop
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Runs `xtask codegen` with these arguments, which may be quoted.
    pub(crate) fn codegen(&self, words: &str) -> Run {
        self.codegen_in("", words)
    }

    pub(crate) fn codegen_in(&self, folder: &str, words: &str) -> Run {
        self.start_in(folder, "codegen", words).wait()
    }

    /// Runs `xtask import` with these arguments.
    pub(crate) fn import(&self, words: &str) -> Run {
        self.start_in("", "import", words).wait()
    }

    /// Starts the program and does not wait for its end.
    pub(crate) fn start(&self, words: &str) -> Running {
        self.start_in("", "codegen", words)
    }

    fn start_in(&self, folder: &str, command: &str, words: &str) -> Running {
        let child = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg(command)
            .args(split(words))
            .current_dir(self.path(folder))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Running(child)
    }
}

/// Splits arguments at spaces outside single quotes.
fn split(words: &str) -> Vec<String> {
    let quoted = |(index, part): (usize, &str)| -> Vec<String> {
        if index % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
    };
    words.split('\'').enumerate().flat_map(quoted).collect()
}

/// A running program.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn wait(self) -> Run {
        let output = self.0.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let run = Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!run.out.contains('\x1b') && !run.err.contains('\x1b'), "colours are for terminals: {run:?}");
        run
    }
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The summary of a successful run without other output; the time it took is `_`.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (0, ""), "{self:?}");
        let (summary, time) = self.out.rsplit_once(" in ").unwrap();
        assert!(time.ends_with(" ms\n") || time.ends_with(" s\n"), "{self:?}");
        format!("{summary} in _\n")
    }

    /// Checks a successful run that may have waited for another one.
    #[track_caller]
    pub(crate) fn done_after_waiting(self) {
        assert!(self.err.is_empty() || self.err == "crate: waiting for another run that writes there\n", "{self:?}");
        Self { err: String::new(), ..self }.done();
    }

    /// The report of a check that found differences.
    #[track_caller]
    pub(crate) fn drift(self) -> String {
        assert_eq!((self.status, self.out.as_str()), (1, ""), "{self:?}");
        self.err
    }

    /// The message of a run that refused its input.
    #[track_caller]
    pub(crate) fn refused(self) -> String {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{self:?}");
        self.err
    }
}

/// Every file below a folder, by relative path.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                waiting.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned());
            }
        }
    }
    found
}
