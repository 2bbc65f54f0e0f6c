//! Private functions that the workspace's tests compare with other implementations. They are not part of the API.

use crate::config::files;

/// The words of a command as a POSIX shell splits it, or `None` where a quote or an escape is not closed.
pub fn words(command: &str) -> Option<Vec<String>> {
    files::words(command, true).ok()
}
