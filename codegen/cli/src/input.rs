//! The files that a command reads, and the operations that it selects.

use crate::cause::cause;
use crate::place;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use ::codegen::{Operations, Source};
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The maximum size of a model in bytes. AWS's largest one (EC2) has some 10 MB.
pub(crate) const LIMIT: u64 = 64 * 1024 * 1024;

/// The first bytes of a file that is compressed with gzip, as the models in newer releases of botocore are.
pub(crate) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A file to read.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// The path.
    pub path: PathBuf,
    /// The name in findings.
    pub shown: String,
}

impl InputFile {
    /// A file from the command line; findings show the name given there.
    pub fn given(path: &Path, current: &Path) -> Self {
        Self { path: current.join(path), shown: path.display().to_string() }
    }

    /// A file of a repository, by its path from the root.
    pub fn own(file: &str, root: &Path, current: &Path) -> Self {
        let path = root.join(file);
        Self { shown: place::shown(&path, current), path }
    }

    /// Reads the file.
    pub fn read(self) -> Result<Input, Diagnostic> {
        let text = read(&self.path, &self.shown)?;
        Ok(Input { file: self, text })
    }

    /// Reads the file if it exists.
    pub fn read_if_there(self) -> Result<Option<Input>, Diagnostic> {
        if self.path.exists() { self.read().map(Some) } else { Ok(None) }
    }
}

/// A file that has been read.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file that was read.
    pub file: InputFile,
    /// Its text.
    pub text: String,
}

impl Input {
    /// The file as input of the generator.
    pub fn source(&self) -> Source<'_> {
        Source { file: &self.file.shown, text: &self.text }
    }
}

/// The operations named on the command line; without any, all.
pub fn operations(names: &[String]) -> Operations {
    if names.is_empty() { Operations::All } else { Operations::Named(names.to_vec()) }
}

/// The text of the file at `path`, decompressed if it is compressed with gzip; `shown` is its name in findings.
pub fn read(path: &Path, shown: &str) -> Result<String, Diagnostic> {
    let bytes = raw(path, LIMIT).map_err(|error| refused(shown, &error))?;
    text(bytes, shown)
}

/// The text of a file that has been read, decompressed if it is compressed with gzip; `shown` is its name in findings.
pub(crate) fn text(bytes: Vec<u8>, shown: &str) -> Result<String, Diagnostic> {
    let bytes = inflated(bytes, LIMIT).map_err(|error| refused(shown, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
        let message = format!("is not UTF-8: the byte 0x{byte:02x} at offset {offset} is not allowed there");
        let finding = Diagnostic::error(shown, &Pointer::default(), message);
        match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => finding.hint("the file looks like UTF-16; save it as UTF-8"),
            _ => finding,
        }
    })
}

/// The bytes of the file at `path`, at most `limit`.
pub(crate) fn raw(path: &Path, limit: u64) -> Result<Vec<u8>> {
    // Opening a folder succeeds on some systems and fails with "permission denied" on others. Asking first gives the same message on all.
    if std::fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        bail!("is a folder, not a file");
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow!("no such file"),
        _ => anyhow!(cause(&error)).context("cannot be opened"),
    })?;
    some(file, limit).context("cannot be read")
}

/// The bytes, decompressed if they are compressed with gzip, at most `limit`.
fn inflated(bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>> {
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    some(flate2::read::MultiGzDecoder::new(bytes.as_slice()), limit).context("cannot be decompressed")
}

fn refused(shown: &str, error: &anyhow::Error) -> Diagnostic {
    Diagnostic::error(shown, &Pointer::default(), format!("{error:#}"))
}

/// The bytes of a source, at most `limit`.
pub(crate) fn some(source: impl Read, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(limit + 1).read_to_end(&mut bytes).map_err(|error| anyhow!(cause(&error)))?;
    ensure!(bytes.len() as u64 <= limit, "more than {limit} bytes, too large for a model");
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use std::io::Write as _;

    fn finding(contents: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.json");
        std::fs::write(&path, contents).unwrap();
        read(&path, "m.json").unwrap_err().to_string()
    }

    #[test]
    fn text_is_returned_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.json");
        std::fs::write(&path, "{\"ä\": 1}\r\n").unwrap();
        assert_eq!(read(&path, "m.json").unwrap(), "{\"ä\": 1}\r\n");
    }

    #[test]
    fn invalid_bytes_are_located() {
        assert_eq!(finding(b"{\"a\": \"\xff\"}"), "m.json: is not UTF-8: the byte 0xff at offset 7 is not allowed there");
        assert_eq!(finding(b"abc\xc3"), "m.json: is not UTF-8: the byte 0xc3 at offset 3 is not allowed there");
    }

    #[test]
    fn utf_16_is_recognised() {
        assert_eq!(
            finding(b"\xff\xfe{\0}\0"),
            "m.json: is not UTF-8: the byte 0xff at offset 0 is not allowed there\n  hint: the file looks like UTF-16; save it as UTF-8"
        );
    }

    #[test]
    fn missing_files_and_folders_are_reported() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path(), "models").unwrap_err().to_string(), "models: is a folder, not a file");
        assert_eq!(read(&folder.path().join("gone"), "gone").unwrap_err().to_string(), "gone: no such file");
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert_eq!(
            read(&file.join("below"), "file/below").unwrap_err().to_string(),
            "file/below: cannot be opened: a file is in the place of a folder"
        );
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big");
        std::fs::write(&path, "123456").unwrap();
        assert_eq!(format!("{:#}", bytes(&path, 5).unwrap_err()), "cannot be read: more than 5 bytes, too large for a model");
        assert_eq!(bytes(&path, 6).unwrap(), b"123456");
    }

    fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>> {
        inflated(raw(path, limit)?, limit)
    }

    fn compressed(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_compressed_file_is_recognised_by_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.json");
        std::fs::write(&path, compressed("{\"ä\": 1}")).unwrap();
        assert_eq!(read(&path, "m.json").unwrap(), "{\"ä\": 1}");
        std::fs::write(&path, [compressed("{"), compressed("}")].concat()).unwrap();
        assert_eq!(read(&path, "m.json").unwrap(), "{}", "gzip may have several members");
        assert_eq!(format!("{:#}", bytes(&path, 5).unwrap_err()), "cannot be read: more than 5 bytes, too large for a model");
        std::fs::write(&path, compressed(&"x".repeat(1000))).unwrap();
        assert_eq!(format!("{:#}", bytes(&path, 100).unwrap_err()), "cannot be decompressed: more than 100 bytes, too large for a model");
    }

    #[test]
    fn a_compressed_file_that_is_damaged_is_refused() {
        let whole = compressed("{\"a\": 1}");
        let cut = whole.get(..whole.len() - 9).unwrap();
        assert!(finding(cut).starts_with("m.json: cannot be decompressed: "), "{}", finding(cut));
        assert!(finding(&[0x1f, 0x8b]).starts_with("m.json: cannot be decompressed: "));
    }
}
