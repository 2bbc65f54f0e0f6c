//! Credentials that a program prints: `credential_process` of a profile.

use super::reply::{self, need, optional};
use crate::config::Credentials;
use crate::config::files::split_command;
use std::io::{self, Read as _};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;

/// The largest output of the program that is read, in bytes.
const MAX_OUTPUT: u64 = 256 * 1024;

/// The shortest and the longest interval between two checks whether the program has ended.
const POLL_INTERVALS: (Duration, Duration) = (Duration::from_micros(100), Duration::from_millis(20));

/// Runs the command and reads its output. The program has an empty standard input and the standard error of this process. It is killed when
/// the call that waits for it is dropped.
pub(super) async fn load(command: &str) -> Result<Credentials, String> {
    // On Windows, a backslash is the separator of a path.
    let mut words = split_command(command, !cfg!(windows)).map_err(|fault| format!("in the command, {fault}"))?.into_iter();
    let program = words.next().ok_or("the command is empty")?;
    let mut command = Command::new(&program);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("{program:?} cannot be run: {error}"))?;
    let stdout = child.stdout.take();
    let running = KilledOnDrop(Arc::new(Mutex::new(child)));
    let (sender, receiver) = oneshot::channel();
    let watched = Arc::clone(&running.0);
    let thread = thread::Builder::new().name("credential_process".to_owned()).spawn(move || watch(&watched, stdout, sender));
    thread.map_err(|error| format!("{program:?} cannot be waited for: {error}"))?;
    let ended = receiver.await.unwrap_or_else(|_| Err("has lost the thread that waits for it".to_owned()));
    let (output, status) = ended.map_err(|fault| format!("{program:?} {fault}"))?;
    if !status.success() {
        return Err(format!("{program:?} failed: {status}; what it wrote to its standard error is in that of this program"));
    }
    parse(&output).map_err(|fault| format!("what {program:?} prints is not credentials: {fault}"))
}

/// The output of a program and its exit status. The error is a message that follows the program's name.
type Ended = Result<(Vec<u8>, ExitStatus), String>;

/// A program that is killed when this is dropped.
struct KilledOnDrop(Arc<Mutex<Child>>);

impl Drop for KilledOnDrop {
    fn drop(&mut self) {
        // Killing a program that has ended fails, which does not matter.
        let _ = lock(&self.0).kill();
    }
}

/// Reads the output of a program and waits for its end, on a thread of its own. With Tokio's processes, every program that is built with this
/// crate would handle signals, for the few that run a `credential_process`.
fn watch(child: &Mutex<Child>, stdout: Option<ChildStdout>, sender: oneshot::Sender<Ended>) {
    // Sending fails if the call was dropped.
    match stdout.map_or(Ok(Vec::new()), read) {
        Ok(output) => {
            let status = wait(child).map_err(|error| format!("cannot be waited for: {error}"));
            let _ = sender.send(status.map(|status| (output, status)));
        }
        Err(fault) => {
            // The receiver of the error drops the program, which kills it.
            let _ = sender.send(Err(fault));
            let _ = wait(child);
        }
    }
}

/// The whole output of a program.
fn read(stdout: ChildStdout) -> Result<Vec<u8>, String> {
    let mut output = Vec::new();
    stdout.take(MAX_OUTPUT + 1).read_to_end(&mut output).map_err(|error| format!("has output that cannot be read: {error}"))?;
    if output.len() as u64 > MAX_OUTPUT {
        return Err(format!("prints more than {MAX_OUTPUT} bytes"));
    }
    Ok(output)
}

/// Waits for the exit of a program that has closed its output. It polls, because a blocking wait would hold the lock that killing needs.
fn wait(child: &Mutex<Child>) -> io::Result<ExitStatus> {
    let (mut pause, longest) = POLL_INTERVALS;
    loop {
        if let Some(status) = lock(child).try_wait()? {
            return Ok(status);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(longest);
    }
}

fn lock(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

fn parse(output: &[u8]) -> Result<Credentials, String> {
    let document = reply::document(output)?;
    let version = reply::member(&document, "Version").and_then(aws_smithy_types::Document::as_number).map(|number| number.to_f64_lossy());
    if version.is_none_or(|version| (version - 1.0).abs() > f64::EPSILON) {
        return Err("Version is not 1".to_owned());
    }
    let expiry = optional(&document, "Expiration")?.map(|text| reply::end(&text)).transpose()?;
    let token = optional(&document, "SessionToken")?;
    let (key, secret) = (need(&document, "AccessKeyId")?, need(&document, "SecretAccessKey")?);
    Ok(Credentials::new(key, secret, token, expiry, "credential_process"))
}

#[cfg(test)]
mod tests;
