//! Files of botocore's source distributions: the signing suite, the test vectors of endpoint rules, and the service models of a day. Wheels of many
//! releases with one service.
//!
//! They are downloaded at test time and stay under the target folder, because the text of other authors is not copied into this repository.

mod wheels;

pub use wheels::wheels;

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{Need, python};

/// The files and folders to unpack, a small part of the distribution's 200 MB. A part that a release does not have is left out.
const PARTS: [&str; 7] = [
    "botocore/data/codebuild",
    "botocore/data/config",
    "botocore/data/endpoints.json",
    "botocore/data/partitions.json",
    "botocore/data/ssm",
    "tests/functional/endpoint-rules/codebuild",
    "tests/unit/auth/aws4_testsuite",
];

/// The models of the services that tests and the bench generate.
pub const SERVICES: [&str; 11] = [
    "botocore/data/codebuild/2016-10-06",
    "botocore/data/dynamodb/2012-08-10",
    "botocore/data/ebs/2019-11-02",
    "botocore/data/eks/2017-11-01",
    "botocore/data/lambda/2015-03-31",
    "botocore/data/sagemaker/2017-07-24",
    "botocore/data/scheduler/2021-06-30",
    "botocore/data/secretsmanager/2017-10-17",
    "botocore/data/sesv2/2019-09-27",
    "botocore/data/sqs/2012-11-05",
    "botocore/data/ssm/2014-11-06",
];

/// The Python program that reads the archive.
const UNPACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/botocore/unpack.py");

/// The Python packages that downloading a source distribution needs.
const TOOLS: &str = include_str!("../botocore/tools.txt");

/// A release of botocore, pinned by its hash.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Release {
    /// The version number.
    pub version: &'static str,
    /// The SHA-256 of the source distribution, in hexadecimal.
    pub sha256: &'static str,
}

/// The release that moto uses in these tests.
pub const CURRENT: Release = Release { version: "1.43.67", sha256: "6fe5cfa0c8676ba809efe505b618ec00f30d1af2d014bf316a7aa4ee86accb20" };

/// The last release before `CodeBuild`'s log ARNs of 2019-11-22.
pub const BEFORE_LOG_ARNS: Release =
    Release { version: "1.13.25", sha256: "826fd1f664ac8629505582966d16c3844e9d438f873904ab0bf6ac559db15e31" };

/// The first release with `CodeBuild`'s log ARNs.
pub const WITH_LOG_ARNS: Release =
    Release { version: "1.13.26", sha256: "ee55ce128056c5120680d25c8e8dfa3a08dbe7ac3445dc16997daaa68ae4060e" };

/// Ten consecutive releases from two weeks in November 2019.
pub const HISTORY: [Release; 10] = [
    Release { version: "1.13.17", sha256: "fc79a28d2f8e04e30b3e02b8d3779b4b721d71e5dbe57c6b265ef99575fd9667" },
    Release { version: "1.13.18", sha256: "7765d1f9bf86a8bbbe05cea0345ff0695d07688a935a20d1a03d0f6932614f23" },
    Release { version: "1.13.19", sha256: "e4132d34e06356b7bb14838050360025700fda10294550807779154d303eaf9f" },
    Release { version: "1.13.20", sha256: "f027643f1ebb852fb125a17f5950e868de77b40b9187e3420ed00c037e1b4583" },
    Release { version: "1.13.21", sha256: "eca34d8327d2db18c77820d9279664e49414cef2f49d37d1cf4535d42bc0cfb1" },
    Release { version: "1.13.22", sha256: "a99153d2af98deb20ea79c2baa0301d530e1890432b887e45b0112d369587b2f" },
    Release { version: "1.13.23", sha256: "4389d2e97a453f769b613d66128148ae0179d56c12651d27bcb6aec9e2bf5fea" },
    Release { version: "1.13.24", sha256: "a8a52267d5da504fd87d793ce043a93b78ed87535c93b331cb792fda3b07871e" },
    BEFORE_LOG_ARNS,
    WITH_LOG_ARNS,
];

/// Returns the folder below `folder` that holds the unpacked parts of a release, each under its own path.
///
/// The first call for a release downloads it, while other processes wait on a lock file; later calls find it by its fingerprint. All tests
/// pass the same `folder`, so that it is downloaded once. Python may be missing, or the release when it cannot be downloaded.
///
/// # Errors
/// When `folder` cannot be written, or the download is not an archive of plain files.
pub fn source(folder: &Path, release: Release) -> Result<Need<PathBuf>> {
    parts(folder, release, &PARTS)
}

/// Does the same as [`source`] with other parts: files or folders, named from the distribution's root.
///
/// # Errors
/// When `folder` cannot be written, or the download is not an archive of plain files.
pub fn parts(folder: &Path, release: Release, parts: &[&str]) -> Result<Need<PathBuf>> {
    let program = match python::environment(folder, "botocore-tools", TOOLS)? {
        Need::Met(program) => program,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    // The system releases the lock when the file is closed, so that a killed test run leaves no lock behind.
    let lock = File::create(folder.join("botocore.lock"))?;
    lock.lock()?;

    let home = folder.join(format!("botocore-{}-{:016x}", release.version, fingerprint(release, parts)));
    let (stamp, files) = (home.join("complete"), home.join("files"));
    if stamp.exists() {
        return Ok(Need::Met(files));
    }
    match fs::remove_dir_all(&home) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove {}", home.display()));
        }
        _ => {}
    }
    fs::create_dir_all(&files).with_context(|| format!("cannot make {}", files.display()))?;
    crate::say(&format!("fetching botocore {} into {}", release.version, home.display()));
    let archive = match fetch(&program, &home, release)? {
        Need::Met(archive) => archive,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    unpack(&program, &archive, &files, parts)?;
    fs::remove_file(archive)?;
    fs::write(&stamp, "")?;
    Ok(Need::Met(files))
}

/// Downloads the release's archive with pip, because pip knows which index this machine uses and how to reach it.
fn fetch(program: &Path, home: &Path, release: Release) -> Result<Need<PathBuf>> {
    if let Err(reason) = download(program, home, release, &["--no-binary", ":all:", "--no-build-isolation"]) {
        return Ok(Need::Missing(reason));
    }
    let archive = home.join(format!("botocore-{}.tar.gz", release.version));
    ensure!(archive.exists(), "pip did not download {}", archive.display());
    Ok(Need::Met(archive))
}

/// Downloads an archive of the kind that `kind`, options of pip, asks for into `home`.
fn download(program: &Path, home: &Path, release: Release, kind: &[&str]) -> Result<(), String> {
    let Release { version, sha256 } = release;
    let list = home.join("requirements.txt");
    let written = fs::write(&list, format!("botocore=={version} --hash=sha256:{sha256}\n"));
    written.map_err(|error| format!("cannot write {}: {error}", list.display()))?;
    let pip = ["-I", "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"];
    let what = ["--no-deps", "--require-hashes", "--requirement"];
    let done = python::run(Command::new(program).args(pip).args(kind).args(what).arg(&list).arg("--dest").arg(home));
    done.map(drop).map_err(|reason| format!("pip cannot download botocore {version}: {reason}"))
}

fn unpack(program: &Path, archive: &Path, files: &Path, parts: &[&str]) -> Result<()> {
    let done = python::run(Command::new(program).args(["-I", UNPACK]).args([archive, files]).args(parts));
    done.map_err(|problem| anyhow::anyhow!("cannot unpack {}: {problem}", archive.display()))?;
    Ok(())
}

/// The hash that distinguishes the folders of releases and parts. It may change with a Rust release, which costs one more download.
fn fingerprint(releases: impl Hash, parts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (releases, parts).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Python program that writes an archive of files with these paths, each with its path as its text.
    const PACK: &str = "import io, sys, tarfile
with tarfile.open(sys.argv[1], 'w:gz') as archive:
    for name in sys.argv[2:]:
        member = tarfile.TarInfo(name)
        member.size = len(name)
        archive.addfile(member, io.BytesIO(name.encode()))";

    /// Packs and unpacks in a separate folder. Returns the outcome and the texts of the unpacked files.
    fn round(name: &str, members: &[&str]) -> Result<(Result<()>, Vec<String>)> {
        let python = Path::new("python3");
        let folder = std::env::temp_dir().join(format!("smithlet-{name}-{}", std::process::id()));
        let (archive, files) = (folder.join("botocore.tar.gz"), folder.join("files"));
        fs::create_dir_all(&files)?;
        let packed = python::run(Command::new(python).args(["-I", "-c", PACK]).arg(&archive).args(members));
        packed.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let done = unpack(python, &archive, &files, &PARTS);
        let texts = members.iter().filter_map(|member| fs::read_to_string(files.join(member.split_once('/')?.1)).ok()).collect();
        fs::remove_dir_all(&folder)?;
        Ok((done, texts))
    }

    #[test]
    fn only_the_parts_are_unpacked_and_nothing_leaves_the_folder() -> Result<()> {
        if let Err(problem) = python::run(Command::new("python3").args(["-I", "-c", "pass"])) {
            return crate::skip("unpacking an archive", &problem.to_string());
        }
        let (model, other) = ("b-1/botocore/data/codebuild/2016-10-06/service-2.json", "b-1/botocore/data/codebuild-2/service-2.json");
        let (done, texts) = round("parts", &[model, other, "b-1/setup.py"])?;
        done?;
        assert_eq!(texts, [model]);

        let escape = "b-1/botocore/data/codebuild/../../../../outside";
        let (done, _) = round("escape", &[model, escape])?;
        assert!(done.is_err_and(|error| error.to_string().contains("is not a plain file in a plain place")));
        Ok(())
    }

    #[test]
    fn release_and_parts_name_the_folder() {
        assert_ne!(fingerprint(BEFORE_LOG_ARNS, &PARTS), fingerprint(WITH_LOG_ARNS, &PARTS));
        assert_ne!(fingerprint(CURRENT, &PARTS), fingerprint(CURRENT, &PARTS[..1]));
        assert_eq!(fingerprint(CURRENT, &PARTS), fingerprint(CURRENT, &PARTS));
    }
}
