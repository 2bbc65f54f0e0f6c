//! The cost of generating, including the start of the generator and the writing of files.

use crate::bench::{Bench, Measured};
use crate::process::{Finished, program, run};
use crate::results::{Figures, Who};
use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use smithlet_tests::{Need, botocore};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::hint::black_box;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The role of this program that parses and prints the files of a folder: the generator's floor.
pub(crate) const PRINT: &str = "print";

/// The role of this program that runs another program and prints its peak memory.
pub(crate) const WEIGH: &str = "weigh";

/// Models in botocore's data.
const CODEBUILD: &str = "codebuild/2016-10-06";
const SAGEMAKER: &str = "sagemaker/2017-07-24";

/// The record of the release that the repository's model comes from.
const RECORD: &str = "model/codebuild.upstream.json";

/// The folder with botocore's models of some services, or the reason why it is missing. The tests use the same folder.
pub(super) fn data(bench: &Bench) -> Result<Need<PathBuf>> {
    parts(bench, &botocore::SERVICES)
}

fn parts(bench: &Bench, parts: &[&str]) -> Result<Need<PathBuf>> {
    Ok(match botocore::parts(&bench.root.join("target/tmp/botocore"), botocore::CURRENT, parts)? {
        Need::Met(files) => Need::Met(files.join("botocore/data")),
        Need::Missing(reason) => Need::Missing(reason),
    })
}

/// The models of the measured crates, with their releases.
pub(crate) fn model_names(bench: &Bench) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Upstream {
        release: String,
        date: String,
    }
    let path = bench.root.join(RECORD);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let Upstream { release, date } = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    Ok(vec![format!("CodeBuild's three operations of {date} ({release})"), format!("all others of botocore {}", botocore::CURRENT.version)])
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
    whole(bench, CODEBUILD, bench.runs(9, 3), names)
}

/// Every operation of `SageMaker`, the largest service that speaks JSON.
pub(super) fn sagemaker(bench: &Bench) -> Result<Need<Measured>> {
    let names = ["generate-sagemaker", "generate-sagemaker-cpu", "generate-sagemaker-memory", "generate-sagemaker-speed"];
    whole(bench, SAGEMAKER, bench.runs(3, 1), names)
}

/// Every service of botocore, once, each into a folder of its own: ext4 takes longer to make files after others were removed. A service that cannot be
/// served ends with an error and does not count.
pub(super) fn every(bench: &Bench) -> Result<Need<Measured>> {
    let data = match parts(bench, &["botocore/data"])? {
        Need::Met(data) => data,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let (program, scales) = (bench.generator()?, bench.myself(WEIGH)?);
    let (mut wall, mut peak, mut served) = (0.0, 0.0_f64, 0_u32);
    let (services, out) = (newest(&data)?, empty(bench, "every")?);
    for model in &services {
        bench.say(model.strip_prefix(&data).unwrap_or(model).display().to_string());
        let words = ["--model".into(), model.into(), "--all-operations".into()];
        if let Ok((finished, memory)) = weighed(&scales, &codegen(bench, &program, &words, &out.join(served.to_string()))) {
            wall += finished.wall.as_secs_f64();
            peak = peak.max(memory);
            served += 1;
        }
    }
    empty(bench, "every")?;
    ensure!(served > 0, "no service of {} can be served", data.display());
    bench.note(&format!("{served} of {} services can be served", services.len()));
    let row = |value| Figures { ours: vec![value], ..Figures::default() };
    Ok(Need::Met(Measured::from([("generate-every", row(wall)), ("generate-every-memory", row(peak))])))
}

/// The newest model of each service.
fn newest(data: &Path) -> Result<Vec<PathBuf>> {
    let mut services = BTreeMap::new();
    for service in fs::read_dir(data).with_context(|| format!("cannot read {}", data.display()))? {
        let service = service?.path();
        // Beside the services are files about all of them.
        for version in fs::read_dir(&service).into_iter().flatten() {
            let model = version?.path().join("service-2.json");
            if model.is_file() {
                let newest: &mut PathBuf = services.entry(service.clone()).or_default();
                *newest = model.max(std::mem::take(newest));
            }
        }
    }
    Ok(services.into_values().collect())
}

fn whole(bench: &Bench, model: &str, runs: u32, names: [&'static str; 4]) -> Result<Need<Measured>> {
    let data = match data(bench)? {
        Need::Met(data) => data,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let program = bench.generator()?;
    let words = ["--model".into(), data.join(model).join("service-2.json").into(), "--all-operations".into()];
    generate(bench, &program, &words, runs, names).map(Need::Met)
}

/// Generates the crate with all operations of `CodeBuild` in a folder with this name. The package's name is `smithlet-` and the name.
pub(super) fn all_of_codebuild(bench: &Bench, data: &Path, name: &str) -> Result<PathBuf> {
    let out = empty(bench, name)?;
    crate_of(bench, &data.join(CODEBUILD), &["--all-operations"], &format!("smithlet-{name}"), &out)?;
    Ok(out)
}

/// Generates a crate with this name from a model's folder.
pub(super) fn crate_of(bench: &Bench, model: &Path, operations: &[&str], name: &str, out: &Path) -> Result<()> {
    let mut words: Vec<OsString> = vec!["--model".into(), model.join("service-2.json").into(), "--name".into(), name.into()];
    words.extend(operations.iter().map(Into::into));
    run(&mut codegen(bench, &bench.generator()?, &words, out), "the generator")?;
    Ok(())
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
    let (_, peak) = weighed(&bench.myself(WEIGH)?, &codegen(bench, program, words, &empty(bench, "generated")?))?;
    let (_, floor) = weighed(&bench.myself(WEIGH)?, bench.myself(PRINT)?.arg(&out))?;
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

/// Runs a command and returns its peak memory in bytes. A small process starts it, because the system reports at least the memory of the parent.
/// The start of that process is part of the time.
fn weighed(scales: &std::process::Command, command: &std::process::Command) -> Result<(Finished, f64)> {
    let mut scales_with = program(scales.get_program());
    scales_with.args(scales.get_args()).arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        scales_with.current_dir(folder);
    }
    let finished = run(&mut scales_with, "weighing the generator")?;
    let text = &finished.stdout;
    let weight: Weight = serde_json::from_str(text.trim()).with_context(|| format!("weighing the generator: {text}"))?;
    let memory = f64::from(u32::try_from(weight.memory)?);
    Ok((finished, memory))
}

/// Runs a command and prints its peak memory.
pub(crate) fn weigh(words: &[OsString]) -> Result<()> {
    let (path, arguments) = words.split_first().context("expected a command to weigh")?;
    let Finished { memory, .. } = run(program(Path::new(path)).args(arguments), "the weighed command")?;
    ensure!(memory > 0, "this system does not report the peak memory of a process");
    println!("{}", serde_json::to_string(&Weight { memory })?);
    Ok(())
}
