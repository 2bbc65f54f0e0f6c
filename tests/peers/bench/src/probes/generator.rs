//! The cost of generating, including the start of the generator and the writing of files.

use crate::bench::{Bench, Measured};
use crate::process::{Finished, program, run};
use crate::results::Who;
use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use smithlet_tests::{Need, botocore};
use std::ffi::OsString;
use std::fs;
use std::hint::black_box;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The role of this program that parses and prints the files of a folder: the generator's floor.
pub(crate) const PRINT: &str = "print";

/// The role of this program that runs another program and prints its peak memory.
pub(crate) const WEIGH: &str = "weigh";

/// The folders of botocore's source distribution with the models.
const PARTS: [&str; 2] = ["botocore/data/codebuild", "botocore/data/sagemaker"];

/// The models of whole services.
pub(super) struct Models {
    pub(super) codebuild: PathBuf,
    sagemaker: PathBuf,
}

/// The models' paths, or the reason why they are missing.
pub(super) fn models(bench: &Bench) -> Result<Need<Models>> {
    // The tests use the same folder.
    let source = botocore::parts(&bench.root.join("target/tmp/botocore"), botocore::CURRENT, &PARTS)?;
    Ok(match source {
        Need::Met(files) => Need::Met(Models {
            codebuild: files.join("botocore/data/codebuild/2016-10-06/service-2.json"),
            sagemaker: files.join("botocore/data/sagemaker/2017-07-24/service-2.json"),
        }),
        Need::Missing(reason) => Need::Missing(reason),
    })
}

/// The repository's own crate.
pub(super) fn three(bench: &Bench) -> Result<Measured> {
    let program = bench.generator()?;
    let model = bench.root.join("model/codebuild.json");
    let overlay = bench.root.join("model/codebuild.overlay.json");
    let words = ["--model".into(), model.into(), "--overlay".into(), overlay.into(), "--all-operations".into()];
    let names = ["generate-three", "generate-three-cpu", "generate-three-memory", "generate-three-speed"];
    generate(bench, &program, &words, bench.runs(15, 5), names)
}

/// Every operation of `CodeBuild`.
pub(super) fn codebuild(bench: &Bench) -> Result<Need<Measured>> {
    let names = ["generate-codebuild", "generate-codebuild-cpu", "generate-codebuild-memory", "generate-codebuild-speed"];
    whole(bench, |models| &models.codebuild, bench.runs(9, 3), names)
}

/// Every operation of `SageMaker`, the largest service that speaks JSON.
pub(super) fn sagemaker(bench: &Bench) -> Result<Need<Measured>> {
    let names = ["generate-sagemaker", "generate-sagemaker-cpu", "generate-sagemaker-memory", "generate-sagemaker-speed"];
    whole(bench, |models| &models.sagemaker, bench.runs(3, 1), names)
}

fn whole(bench: &Bench, model: fn(&Models) -> &PathBuf, runs: u32, names: [&'static str; 4]) -> Result<Need<Measured>> {
    let models = match models(bench)? {
        Need::Met(models) => models,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let program = bench.generator()?;
    let words = ["--model".into(), model(&models).into(), "--all-operations".into()];
    generate(bench, &program, &words, runs, names).map(Need::Met)
}

/// Generates the crate with all operations of a model in a folder with this name. The package's name is `smithlet-` and the name.
pub(super) fn all_of(bench: &Bench, program: &Path, model: &Path, name: &str) -> Result<PathBuf> {
    let out = empty(bench, name)?;
    let words = ["--model".into(), model.into(), "--all-operations".into(), "--name".into(), format!("smithlet-{name}").into()];
    run(&mut codegen(bench, program, &words, &out), "the generator")?;
    Ok(out)
}

fn generate(bench: &Bench, program: &Path, words: &[OsString], runs: u32, names: [&'static str; 4]) -> Result<Measured> {
    let [wall, cpu, memory, speed] = names;
    let mut out = PathBuf::new();
    let mut measured = bench.in_turn(runs, &[Who::Ours, Who::Floor], |who| {
        if who == Who::Ours {
            out = empty(bench, "generated")?;
            let finished = run(&mut codegen(bench, program, words, &out), "the generator")?;
            let rate = f64::from(u32::try_from(lines(&out)?)?) / finished.wall.as_secs_f64();
            return Ok(vec![(wall, finished.wall.as_secs_f64()), (cpu, finished.cpu()), (speed, rate)]);
        }
        let finished = run(bench.myself(PRINT)?.arg(&out), "parsing and printing what was generated")?;
        let rate = f64::from(u32::try_from(lines(&out)?)?) / finished.wall.as_secs_f64();
        Ok(vec![(wall, finished.wall.as_secs_f64()), (cpu, finished.cpu()), (speed, rate)])
    })?;
    let peak = weighed(&bench.myself(WEIGH)?, &codegen(bench, program, words, &empty(bench, "generated")?))?;
    let floor = weighed(&bench.myself(WEIGH)?, bench.myself(PRINT)?.arg(&out))?;
    measured.entry(memory).or_default().ours.push(peak);
    measured.entry(memory).or_default().floor.push(floor);
    Ok(measured)
}

fn codegen(bench: &Bench, path: &Path, words: &[OsString], out: &Path) -> std::process::Command {
    let mut command = program(path);
    command.args(["codegen", "--quiet"]).args(words).arg("--out").arg(out).current_dir(&bench.root);
    command
}

/// The path of a folder with this name, which is removed if it exists.
fn empty(bench: &Bench, name: &str) -> Result<PathBuf> {
    let folder = bench.work.join(name);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("cannot remove {}", folder.display())),
        _ => Ok(folder),
    }
}

/// The number of lines that are not blank in the Rust files of a folder. The peer's formatter leaves hardly any blank, ours one between items.
pub(super) fn code_lines(folder: &Path) -> Result<usize> {
    let mut count = 0;
    each(folder, &mut |text| {
        count += text.lines().filter(|line| !line.trim().is_empty()).count();
        Ok(())
    })?;
    Ok(count)
}

/// The number of lines of the Rust files in a folder.
pub(super) fn lines(folder: &Path) -> Result<usize> {
    let mut count = 0;
    each(folder, &mut |text| {
        count += text.lines().count();
        Ok(())
    })?;
    Ok(count)
}

/// Reads, parses and prints every Rust file in a folder, which is the least work that the generator must do.
pub(crate) fn print(folder: &Path) -> Result<()> {
    each(folder, &mut |text| {
        black_box(prettyplease::unparse(&syn::parse_file(text)?));
        Ok(())
    })
}

/// Calls a function with the text of every Rust file in a folder.
fn each(folder: &Path, look: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            each(&path, look)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            look(&text).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

/// The result of the role [`WEIGH`].
#[derive(Deserialize, Serialize)]
struct Weight {
    /// The peak memory in bytes.
    memory: u64,
}

/// The peak memory of a command, in bytes. A small process starts it, because the system reports at least the memory of the parent.
fn weighed(scales: &std::process::Command, command: &std::process::Command) -> Result<f64> {
    let mut scales_with = program(scales.get_program());
    scales_with.args(scales.get_args()).arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        scales_with.current_dir(folder);
    }
    let text = run(&mut scales_with, "weighing the generator")?.stdout;
    let weight: Weight = serde_json::from_str(text.trim()).with_context(|| format!("weighing the generator: {text}"))?;
    Ok(f64::from(u32::try_from(weight.memory)?))
}

/// Runs a command and prints its peak memory.
pub(crate) fn weigh(words: &[OsString]) -> Result<()> {
    let (path, arguments) = words.split_first().context("expected a command to weigh")?;
    let Finished { memory, .. } = run(program(Path::new(path)).args(arguments), "the weighed command")?;
    ensure!(memory > 0, "this system does not report the peak memory of a process");
    println!("{}", serde_json::to_string(&Weight { memory })?);
    Ok(())
}
