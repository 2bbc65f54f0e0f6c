//! Credentials that a program of the user's prints: `credential_process` of a profile.

use super::reply::{self, need, string, time};
use crate::config::Credentials;
use std::process::Stdio;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;
use tokio::runtime::Handle;

/// The most that is read of what the program prints, in bytes.
const MAX_OUTPUT: u64 = 256 * 1024;

/// Runs the command and reads what it prints. It is killed when the call that waits for it is dropped, and has a standard input without
/// content and the standard error of this process.
pub(super) async fn load(command: &str) -> Result<Credentials, String> {
    if Handle::try_current().is_err() {
        return Err("a credential_process runs on Tokio only, and this is no runtime of Tokio's".to_owned());
    }
    let mut words = words(command)?.into_iter();
    let program = words.next().ok_or("the command is empty")?;
    let mut command = Command::new(&program);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().map_err(|error| format!("{program:?} cannot be run: {error}"))?;
    let mut output = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let read = stdout.take(MAX_OUTPUT + 1).read_to_end(&mut output).await;
        read.map_err(|error| format!("the output of {program:?} cannot be read: {error}"))?;
    }
    if output.len() as u64 > MAX_OUTPUT {
        return Err(format!("{program:?} prints more than {MAX_OUTPUT} bytes"));
    }
    let status = child.wait().await.map_err(|error| format!("{program:?} cannot be waited for: {error}"))?;
    if !status.success() {
        return Err(format!("{program:?} failed: {status}; what it wrote to its standard error is in that of this program"));
    }
    parse(&output).map_err(|fault| format!("what {program:?} prints is not credentials: {fault}"))
}

fn parse(output: &[u8]) -> Result<Credentials, String> {
    let document = reply::document(output)?;
    let version = reply::member(&document, "Version").and_then(aws_smithy_types::Document::as_number).map(|number| number.to_f64_lossy());
    if version.is_none_or(|version| (version - 1.0).abs() > f64::EPSILON) {
        return Err("Version is not 1".to_owned());
    }
    let expiry = match string(&document, "Expiration") {
        None => None,
        Some(text) => Some(time(text).ok_or("Expiration is not a time in the form of RFC 3339")?),
    };
    let token = string(&document, "SessionToken").map(str::to_owned);
    let (key, secret) = (need(&document, "AccessKeyId")?, need(&document, "SecretAccessKey")?);
    Ok(Credentials::new(key, secret, token, expiry, "credential_process"))
}

/// The words of a command: apart at white space, except in quotes. Except on Windows, where it separates the parts of a path, a backslash
/// takes the next character as it is, in double quotes only a quote or a backslash.
fn words(command: &str) -> Result<Vec<String>, String> {
    const ESCAPES: bool = !cfg!(windows);
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = command.chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some('"'), '\\') if ESCAPES && matches!(characters.peek(), Some('"' | '\\')) => {
                word.get_or_insert_default().extend(characters.next());
            }
            (None, '"' | '\'') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, '\\') if ESCAPES => word.get_or_insert_default().extend(characters.next()),
            (None, _) if character.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    if quote.is_some() {
        return Err("a quote in the command is not closed".to_owned());
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests;
