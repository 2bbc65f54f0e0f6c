//! Reads a file that somebody named.

use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The largest file that is taken for a model, in bytes. AWS's largest (EC2) has some 10 MB.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The text of the file at `path`; `shown` is how people know the file.
pub fn read(path: &Path, shown: &str) -> Result<String, Diagnostic> {
    let refused = |message: String| Diagnostic::error(shown, &Pointer::default(), message);
    let bytes = bytes(path, LIMIT).map_err(refused)?;
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
        let finding = refused(format!("is not UTF-8: the byte 0x{byte:02x} at offset {offset} cannot stand there"));
        match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => finding.hint("the file looks like UTF-16; save it as UTF-8"),
            _ => finding,
        }
    })
}

fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    // Opening a folder succeeds on some systems and fails with "permission denied" on others; asking first gives one answer.
    if std::fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        return Err("is a folder, not a file".to_owned());
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => "no such file".to_owned(),
        _ => format!("cannot be opened: {}", crate::report::cause(&error)),
    })?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {}", crate::report::cause(&error)))?;
    if bytes.len() as u64 > limit {
        return Err(format!("is larger than {limit} bytes, too large for a model"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn finding(contents: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.json");
        std::fs::write(&path, contents).unwrap();
        read(&path, "m.json").unwrap_err().to_string()
    }

    #[test]
    fn text_comes_back_as_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.json");
        std::fs::write(&path, "{\"ä\": 1}\r\n").unwrap();
        assert_eq!(read(&path, "m.json").unwrap(), "{\"ä\": 1}\r\n");
    }

    #[test]
    fn bytes_that_are_no_text_are_located() {
        assert_eq!(finding(b"{\"a\": \"\xff\"}"), "m.json: is not UTF-8: the byte 0xff at offset 7 cannot stand there");
        assert_eq!(finding(b"abc\xc3"), "m.json: is not UTF-8: the byte 0xc3 at offset 3 cannot stand there");
    }

    #[test]
    fn utf_16_is_recognised() {
        assert_eq!(
            finding(b"\xff\xfe{\0}\0"),
            "m.json: is not UTF-8: the byte 0xff at offset 0 cannot stand there\n  hint: the file looks like UTF-16; save it as UTF-8"
        );
    }

    #[test]
    fn what_is_no_file_is_said_plainly() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path(), "models").unwrap_err().to_string(), "models: is a folder, not a file");
        assert_eq!(read(&folder.path().join("gone"), "gone").unwrap_err().to_string(), "gone: no such file");
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert_eq!(
            read(&file.join("below"), "file/below").unwrap_err().to_string(),
            "file/below: cannot be opened: a file stands where a folder is needed"
        );
    }

    #[test]
    fn a_file_without_end_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big");
        std::fs::write(&path, "123456").unwrap();
        assert_eq!(bytes(&path, 5).unwrap_err(), "is larger than 5 bytes, too large for a model");
        assert_eq!(bytes(&path, 6).unwrap(), b"123456");
    }
}
