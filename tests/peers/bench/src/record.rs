//! The recorded results: files beside this crate, and a section of the README.

use crate::chart::chart;
use crate::results::Results;
use crate::table::tables;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- bench: begin (cargo xtask bench --record writes what stands between these lines) -->";
const END: &str = "<!-- bench: end -->";

/// The paths of the files from the checkout's root.
const RESULTS: &str = "tests/peers/bench/results.json";
const CHART: &str = "tests/peers/bench/ratios.svg";

/// Writes the results, the chart and the README's table.
pub(crate) fn record(root: &Path, results: &Results) -> Result<()> {
    let readme = root.join("README.md");
    let text = fs::read_to_string(&readme).with_context(|| format!("cannot read {}", readme.display()))?;
    let text = replaced(&text, &section(results)).with_context(|| format!("{} has no lines\n{BEGIN}\n{END}", readme.display()))?;
    write(&root.join(RESULTS), &(serde_json::to_string_pretty(results)? + "\n"))?;
    write(&root.join(CHART), &chart(results))?;
    write(&readme, &text)
}

/// Writes a file, and creates its folder if necessary.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn section(results: &Results) -> String {
    let machine = &results.machine;
    let day = results.date.split('T').next().unwrap_or_default();
    format!(
        "{day}, {}, {} cores, {}, {}; peer: {}{}. The single runs are in [`results.json`]({RESULTS}).\n\n\
         ![Ratios to the official crate, with budgets]({CHART})\n\n{}",
        machine.processor,
        machine.cores,
        machine.system,
        machine.rustc,
        results.peer,
        if results.quick { "; a quick run" } else { "" },
        tables(results)
    )
}

/// The text with the section between the marks replaced.
fn replaced(text: &str, section: &str) -> Option<String> {
    let begin = text.find(BEGIN)? + BEGIN.len();
    let end = begin + text[begin..].find(END)?;
    Some(format!("{}\n{section}{}", &text[..begin], &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_between_the_marks_is_replaced() {
        let old = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let new = format!("before\n{BEGIN}\nnew\n{END}\nafter\n");
        assert_eq!(replaced(&old, "new\n"), Some(new.clone()));
        assert_eq!(replaced(&new, "new\n"), Some(new));
        assert_eq!(replaced("no marks", "new\n"), None);
    }
}
