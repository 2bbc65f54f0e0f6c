//! The console: everything that people see.
//!
//! Findings, drift and progress go to standard error, the one-line summary to standard output. Text from files may hold any character; those
//! that would control a terminal are escaped (see [`visible`]).

mod diff;

use crate::Exit;
use crate::sync::{Files, Plan};
use ::codegen::diagnostic::{Diagnostic, Severity};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

/// The amount of output.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Verbosity {
    /// Errors and drift only.
    Quiet,
    /// Warnings and the summary as well.
    #[default]
    Normal,
    /// Notes, and every file that was written, removed or kept, as well.
    Verbose,
}

impl Verbosity {
    /// The verbosity that the options `--quiet` and `--verbose` ask for.
    pub fn of(quiet: bool, verbose: bool) -> Self {
        match (quiet, verbose) {
            (true, _) => Self::Quiet,
            (_, true) => Self::Verbose,
            _ => Self::Normal,
        }
    }
}

/// The destination of reports, and their style.
pub struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    colours: bool,
    /// True if progress may be shown and erased again.
    live: bool,
    wipe: bool,
    verbosity: Verbosity,
}

impl<'a> Console<'a> {
    /// A console that writes plain text to `out` (summaries) and `err` (everything else).
    pub fn plain(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self { out, err, colours: false, live: false, wipe: false, verbosity: Verbosity::Normal }
    }

    /// The console of this process. It shows progress if standard error is a terminal, and colours unless `NO_COLOR` is set as well.
    pub fn of_the_process(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let live = io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self { colours: live && !set("NO_COLOR"), live, ..Self::plain(out, err) }
    }

    /// Sets the amount of output that follows.
    pub fn set_verbosity(&mut self, verbosity: Verbosity) {
        self.verbosity = verbosity;
    }

    /// Shows the current step on a terminal.
    pub fn progress(&mut self, what: &str) {
        if self.live && self.verbosity > Verbosity::Quiet {
            self.wipe();
            _ = write!(self.err, "{}...", visible(what));
            _ = self.err.flush();
            self.wipe = true;
        }
    }

    /// Writes a message that belongs in a log too, such as the reason for a wait.
    pub fn notice(&mut self, what: &str) {
        if self.verbosity > Verbosity::Quiet {
            self.error_line(&visible(what));
        }
    }

    /// Writes a detail if verbose.
    pub fn detail(&mut self, what: &str) {
        if self.verbosity >= Verbosity::Verbose {
            self.error_line(&visible(what));
        }
    }

    /// Writes the last line of a successful run.
    pub fn summary(&mut self, what: &str) {
        self.wipe();
        if self.verbosity > Verbosity::Quiet {
            // An error here could not be reported either.
            _ = writeln!(self.out, "{what}");
        }
    }

    /// Writes the result of a command with a line break, whatever the verbosity.
    pub fn page(&mut self, text: &str) {
        self.wipe();
        _ = write!(self.out, "{}", visible(text));
    }

    /// Writes the diff between the present and the new text of a file.
    pub fn difference(&mut self, path: &str, before: &str, after: &str) {
        self.wipe();
        let text = diff::unified(path, ["now", "then"], before, after, diff::MOST_WORK_ASKED_FOR);
        for line in text.split_terminator('\n') {
            _ = writeln!(self.out, "{}", self.diff_line(line));
        }
    }

    /// Writes findings with their places and hints: errors always, warnings unless quiet, notes if verbose.
    pub fn diagnostics(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            let least = match diagnostic.severity {
                Severity::Error => Verbosity::Quiet,
                Severity::Warning => Verbosity::Normal,
                Severity::Note => Verbosity::Verbose,
            };
            if self.verbosity >= least {
                let text = self.finding(diagnostic);
                self.error_line(&text);
            }
        }
    }

    /// Writes a message of the command line's parser: a mistake or the help.
    pub fn usage(&mut self, error: &clap::Error) -> Exit {
        self.wipe();
        let text = error.render();
        if error.use_stderr() {
            _ = write!(self.err, "{text}");
            Exit::Bad
        } else {
            _ = write!(self.out, "{text}");
            Exit::Done
        }
    }

    /// Writes how a folder differs from the generated files: every file, then diffs up to a limit, then the command that repairs it.
    pub fn drift(&mut self, out: &str, files: &Files, plan: &Plan, command: &str) {
        let groups: [(&str, Vec<&str>); 4] = [
            ("stale", plan.stale.iter().map(|stale| stale.path.as_str()).collect()),
            ("missing", plan.missing.iter().map(String::as_str).collect()),
            ("orphaned", plan.orphaned.iter().map(String::as_str).collect()),
            ("left by an interrupted run", plan.leftover.iter().map(String::as_str).collect()),
        ];
        let counts: Vec<String> =
            groups.iter().filter(|(_, paths)| !paths.is_empty()).map(|(what, paths)| format!("{} {what}", paths.len())).collect();
        let mut text = format!("{}: does not match the model: {}, {} unchanged\n", visible(out), counts.join(", "), plan.unchanged);
        for (what, paths) in &groups {
            for path in paths {
                _ = writeln!(text, "  {}: {what}", visible(&format!("{out}/{path}")));
            }
        }
        for obstacle in &plan.obstacles {
            _ = writeln!(text, "  {}: {}", visible(&format!("{out}/{}", obstacle.path)), obstacle.message);
        }
        if self.verbosity > Verbosity::Quiet {
            text += &diff::diffs(out, files, plan, &|line| self.diff_line(line));
        }
        _ = write!(text, "to bring it up to date, run: {}", visible(command));
        self.error_line(&text);
    }

    fn diff_line(&self, line: &str) -> String {
        let colour = match line.as_bytes() {
            [b'+', ..] => GREEN,
            [b'-', ..] => RED,
            [b'@', ..] => CYAN,
            _ => "",
        };
        self.paint(colour, &visible(line)).into_owned()
    }

    /// The finding as its own `Display` prints it, with colours.
    fn finding(&self, diagnostic: &Diagnostic) -> String {
        if !self.colours {
            return visible(&diagnostic.to_string()).into_owned();
        }
        let (label, colour) = match diagnostic.severity {
            Severity::Error => ("", RED),
            Severity::Warning => ("warning: ", YELLOW),
            Severity::Note => ("note: ", CYAN),
        };
        let mut text = self.paint(colour, label).into_owned();
        if !diagnostic.file.is_empty() {
            let pointer = diagnostic.pointer.as_str();
            let place = format!("{}{}{pointer}", diagnostic.file, if pointer.is_empty() { "" } else { "#" });
            _ = write!(text, "{}: ", self.paint(BOLD, &visible(&place)));
        }
        let message = visible(&diagnostic.message);
        text += &self.paint(if label.is_empty() { colour } else { "" }, &message);
        if !diagnostic.hint.is_empty() {
            _ = write!(text, "\n  {} {}", self.paint(CYAN, "hint:"), visible(&diagnostic.hint));
        }
        text
    }

    fn paint<'t>(&self, colour: &str, text: &'t str) -> Cow<'t, str> {
        if !self.colours || colour.is_empty() || text.is_empty() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(format!("\x1b[{colour}m{text}\x1b[0m"))
    }

    fn error_line(&mut self, text: &str) {
        self.wipe();
        _ = writeln!(self.err, "{text}");
    }

    fn wipe(&mut self) {
        if std::mem::take(&mut self.wipe) {
            _ = write!(self.err, "\r\x1b[K");
        }
    }
}

const BOLD: &str = "1";
const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const CYAN: &str = "36";

/// A duration in milliseconds, such as `41 ms`, or in seconds from ten seconds on.
pub fn took(time: Duration) -> String {
    if time < Duration::from_secs(10) { format!("{} ms", time.as_millis()) } else { format!("{} s", time.as_secs()) }
}

/// The text with all characters escaped that would control a terminal or reorder its text, except line breaks and tabs.
pub fn visible(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        if steers(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
        shown
    }))
}

#[cfg(test)]
mod tests;
