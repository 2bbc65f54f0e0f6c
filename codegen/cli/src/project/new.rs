//! The command `new`: a crate is added to the manifest and generated.

use super::build::{build, jobs};
use super::library::Library;
use super::{Output, Run, Runtime, ended, write};
use crate::Exit;
use crate::manifest::edit::{self, NewCrate};
use crate::manifest::{FILE, Located, Manifest};
use crate::place;
use crate::report::{Console, Verbosity, took};
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The options of `new`.
#[derive(Clone, clap::Args, Debug)]
pub struct Arguments {
    /// The service, such as sqs.
    #[arg(value_name = "SERVICE", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub service: String,
    /// The operations, or `all`. `cargo smithlet operations SERVICE` lists them.
    #[arg(value_name = "OPERATION,OPERATION", value_delimiter = ',', required = true, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub operations: Vec<String>,
    /// The name of the crate; without it, `smithlet-SERVICE`.
    #[arg(long, value_name = "CRATE", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub name: Option<String>,
    /// The folder of the crate; without it, `crates/NAME` beside the manifest.
    #[arg(long, value_name = "DIR")]
    pub path: Option<PathBuf>,
    /// The dependency on the runtime.
    #[command(flatten)]
    pub runtime: Runtime,
    /// The amount of output.
    #[command(flatten)]
    pub output: Output,
}

/// Runs the command from the folder `current`.
pub fn run(current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    console.set_verbosity(Verbosity::of(arguments.output.quiet, arguments.output.verbose));
    let mut run = Run { current, runtime: arguments.runtime.runtime.as_deref(), console };
    let end = attempt(arguments, &mut run);
    ended(end, console)
}

fn attempt(arguments: &Arguments, run: &mut Run<'_, '_>) -> Result<Exit, Vec<Diagnostic>> {
    let start = Instant::now();
    let (manifest, library) = match Manifest::find(run.current)? {
        Some(manifest) => {
            let library = Library::open(&manifest, run)?;
            (manifest, library)
        }
        None => {
            let library = Library::newest(run)?;
            let folder = place::resolve(run.current);
            let manifest = Manifest::parse(&folder, FILE, &library.beginning())?;
            (Manifest { text: String::new(), ..manifest }, library)
        }
    };
    let before = if manifest.text.is_empty() { library.beginning() } else { manifest.text.clone() };
    let service = library.service(&Located { value: arguments.service.clone(), at: String::new() }).map_err(|finding| vec![finding])?;
    let name = arguments.name.clone().unwrap_or_else(|| format!("smithlet-{}", service.service.name));
    if let Some(known) = manifest.crates.iter().find(|entry| entry.name.value == name) {
        let finding = known.name.error(format!("the manifest has a crate `{name}` already"));
        let hint =
            "to add operations to it, list them there and run `cargo smithlet generate`; for another crate, give a name with `--name`";
        return Err(vec![finding.hint(hint)]);
    }
    let path = path(arguments, &manifest, &name, run)?;
    let operations = (arguments.operations != ["all"]).then_some(arguments.operations.as_slice());
    let text = edit::with_crate(&before, &NewCrate { name: &name, service: &service.service.name, operations, path: &path })?;
    let text = library.pinned(&text)?;
    // The new entry's places are not in any file yet, so findings have none.
    let edited = Manifest::parse(&manifest.folder, "", &text)?;
    let entries = edited.crates(std::slice::from_ref(&name))?;
    let built = build(jobs(&edited, &entries, &library, run)?, run)?;
    for crate_ in &built {
        run.console.diagnostics(&crate_.generated.diagnostics);
    }
    let count = write::write(&manifest.path(), (&manifest.text, &text), &built, run)?;
    for crate_ in &built {
        let first = arguments.operations.first().and_then(|first| crate_.generated.operations.iter().position(|name| name == first));
        let call = crate_.generated.calls.get(first.unwrap_or_default());
        let advice = advice(&name, &crate_.out, call.map_or("client", String::as_str), (&manifest.folder, run.current));
        run.console.summary(&advice);
    }
    run.console.summary(&format!("{}: {count} in {}", library.shown(), took(start.elapsed())));
    Ok(Exit::Done)
}

/// The crate's folder as the manifest writes it.
fn path(arguments: &Arguments, manifest: &Manifest, name: &str, run: &Run<'_, '_>) -> Result<String, Vec<Diagnostic>> {
    let Some(path) = &arguments.path else { return Ok(format!("crates/{name}")) };
    let folder = place::resolve(&run.current.join(path));
    let inside = folder.strip_prefix(&manifest.folder).ok().filter(|inside| !inside.as_os_str().is_empty());
    inside.and_then(place::manifest_text).ok_or_else(|| {
        let finding =
            Diagnostic::error("", &Pointer::default(), format!("{} is not a folder inside {}", path.display(), manifest.folder.display()));
        vec![finding.hint("a crate lies inside the manifest's folder, such as `--path crates/my-client`")]
    })
}

/// The lines for the program's `Cargo.toml`, and a first call. The program is the nearest one at or above the current folder, and not above the
/// manifest's.
fn advice(name: &str, out: &Path, call: &str, (top, current): (&Path, &Path)) -> String {
    let current = place::resolve(current);
    let mut inside = current.ancestors().take_while(|folder| folder.starts_with(top));
    let program = inside.find(|folder| folder.join("Cargo.toml").is_file()).unwrap_or(&current);
    let way = place::relative(program, out).and_then(|way| place::manifest_text(&way));
    let way = way.unwrap_or_else(|| out.display().to_string());
    let library = name.replace('-', "_");
    format!(
        r#"Cargo.toml:
    [dependencies]
    {name} = {{ path = "{way}" }}
    tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}

src/main.rs:
    #[tokio::main]
    async fn main() -> Result<(), Box<dyn std::error::Error>> {{
        let client = {library}::Client::from_env().await?;
        let reply = {call}.send().await?;
        println!("{{reply:?}}");
        Ok(())
    }}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dependency_is_named_from_the_program() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = place::resolve(folder.path());
        std::fs::create_dir_all(root.join("app/src")).expect("a folder");
        std::fs::write(root.join("app/Cargo.toml"), "").expect("a file");
        let text = advice("my-sqs", &root.join("crates/my-sqs"), "client.send_message()", (&root, &root.join("app/src")));
        assert!(text.contains("my-sqs = { path = \"../crates/my-sqs\" }"), "{text}");
        assert!(text.contains("my_sqs::Client::from_env()"), "{text}");
    }
}
