//! Diffs of stale files, bounded in length.

use crate::sync::{Files, Plan};
use similar::TextDiff;
use std::fmt::Write as _;

/// The maximum number of lines shown of one file's diff.
const LINES_OF_ONE: usize = 40;

/// The maximum number of diff lines shown in total.
const LINES_OF_ALL: usize = 400;

/// The maximum work of a comparison line by line: the product of the numbers of lines between the common beginning and the common end. A
/// generated file with changes by hand is far below.
const MOST_WORK: usize = 4_000_000;

/// The diffs of all stale files up to the limit, and the number of lines that are left out. `line` colours a line.
pub(super) fn diffs(out: &str, files: &Files, plan: &Plan, line: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    let mut left = LINES_OF_ALL;
    for (shown, stale) in plan.stale.iter().enumerate() {
        if left == 0 {
            _ = writeln!(text, "({} more stale files, not shown here)", plan.stale.len() - shown);
            break;
        }
        let generated = files.get(&stale.path).map_or("", String::as_str);
        let diff = unified(
            &format!("{out}/{}", stale.path),
            ["on disk", "generated"],
            &String::from_utf8_lossy(&stale.on_disk),
            generated,
            MOST_WORK,
        );
        // `lines` would hide different line ends.
        let lines: Vec<&str> = diff.split_terminator('\n').collect();
        let fitting = lines.len().min(LINES_OF_ONE).min(left);
        left -= fitting;
        for one in lines.iter().take(fitting) {
            text += &line(one);
            text.push('\n');
        }
        if fitting < lines.len() {
            _ = writeln!(text, "({} more lines of this diff)", lines.len() - fitting);
        }
    }
    text
}

/// The maximum work of a diff that was asked for. A model is larger, and most of its lines are unchanged.
pub(super) const MOST_WORK_ASKED_FOR: usize = 400_000_000;

/// The diff of two texts of a file, each with its label. For texts that need more than `most` work, only the numbers of lines are shown.
pub(super) fn unified(path: &str, [old, new]: [&str; 2], on_disk: &str, generated: &str, most: usize) -> String {
    if work(on_disk, generated) > most {
        let (before, after) = (on_disk.lines().count(), generated.lines().count());
        return format!("--- {path} ({old}, {before} lines)\n+++ {path} ({new}, {after} lines)\n(too different to compare line by line)\n");
    }
    let diff = TextDiff::from_lines(on_disk, generated);
    diff.unified_diff().context_radius(3).header(&format!("{path} ({old})"), &format!("{path} ({new})")).to_string()
}

/// The number of pairs of lines between the common beginning and the common end.
fn work(before: &str, after: &str) -> usize {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    let shorter = before.len().min(after.len());
    let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let end = before.iter().rev().zip(after.iter().rev()).take(shorter - start).take_while(|(a, b)| a == b).count();
    (before.len() - start - end).saturating_mul(after.len() - start - end)
}
