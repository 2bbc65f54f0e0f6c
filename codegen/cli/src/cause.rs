//! The system's errors in plain words.

use std::io::{self, ErrorKind};

/// The reason why the system refused, without its error number.
pub fn cause(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::NotADirectory => "a file is in the place of a folder".to_owned(),
        _ => error.to_string(),
    }
}
