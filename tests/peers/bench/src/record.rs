//! The recorded results: files beside this crate, and a section of the README.

use crate::chart::chart;
use crate::results::{Recorded, Results, Setting};
use crate::table::{summary, tables};
use anyhow::{Context as _, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The lines in the README around the full tables.
const TABLES: [&str; 2] =
    ["<!-- bench: begin (cargo xtask bench --record writes what stands between these lines) -->", "<!-- bench: end -->"];

/// The lines in the README around the short table.
const SUMMARY: [&str; 2] = ["<!-- bench summary: begin (cargo xtask bench --record writes this table) -->", "<!-- bench summary: end -->"];

/// The paths of the files from the checkout's root.
const RESULTS: &str = "tests/peers/bench/results.json";
const CHART: &str = "tests/peers/bench/ratios.svg";

/// Checks that results of this setting can be recorded, so that a long run does not end with this error. If only some rows are measured, returns
/// the recorded results with the others.
pub(crate) fn prepare(root: &Path, setting: &Setting, some: bool) -> Result<Option<Recorded>> {
    readme(root, "", "")?;
    if !some {
        return Ok(None);
    }
    let path = root.join(RESULTS);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Recorded::read(&text, setting).with_context(|| path.display().to_string()).map(Some)
}

/// Writes the results, the chart and the README's tables.
pub(crate) fn record(root: &Path, results: &Results) -> Result<()> {
    let summary = format!("Beside AWS's own crates (the details are under [Measured](#measured)):\n\n{}", summary(results));
    let text = readme(root, &section(results), &summary)?;
    write(&root.join(RESULTS), &(serde_json::to_string_pretty(results)? + "\n"))?;
    write(&root.join(CHART), &chart(results))?;
    write(&root.join("README.md"), &text)
}

/// The README's text with these tables.
fn readme(root: &Path, tables: &str, summary: &str) -> Result<String> {
    let path = root.join("README.md");
    let mut text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    for (marks, section) in [(TABLES, tables), (SUMMARY, summary)] {
        text = replaced(&text, marks, section)
            .with_context(|| format!("{} has no lines\n{}\n{}: add them where the table belongs", path.display(), marks[0], marks[1]))?;
    }
    Ok(text)
}

/// Writes a file, and creates its folder if necessary.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn section(results: &Results) -> String {
    let Setting { quick, machine, peers, models } = &results.setting;
    format!(
        "{}, {}, {} cores, {}, {}{}. Peers: {}. Models: {}. The single runs are in [`results.json`]({RESULTS}).\n\n\
         ![Ratios to the official crate, with budgets]({CHART})\n\n{}",
        days(results),
        machine.processor,
        machine.cores,
        machine.system,
        machine.rustc,
        if *quick { "; a quick run" } else { "" },
        peers.join(", "),
        models.join(", "),
        tables(results)
    )
}

/// The day of the run, or the days of the first and the last run.
fn days(results: &Results) -> String {
    let dates = results.earlier.values().chain([&results.date]);
    let days: BTreeSet<&str> = dates.map(|date| date.split('T').next().unwrap_or_default()).collect();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (day, _) => day.copied().unwrap_or_default().to_owned(),
    }
}

/// The text with the section between two marks replaced.
fn replaced(text: &str, [begin, end]: [&str; 2], section: &str) -> Option<String> {
    let begin = text.find(begin)? + begin.len();
    let end = begin + text[begin..].find(end)?;
    Some(format!("{}\n{section}{}", &text[..begin], &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn only_the_text_between_the_marks_is_replaced() {
        let [begin, end] = TABLES;
        let old = format!("before\n{begin}\nold\n{end}\nafter\n");
        let new = format!("before\n{begin}\nnew\n{end}\nafter\n");
        assert_eq!(replaced(&old, TABLES, "new\n"), Some(new.clone()));
        assert_eq!(replaced(&new, TABLES, "new\n"), Some(new.clone()));
        assert_eq!(replaced(&new, SUMMARY, "new\n"), None);
    }

    #[test]
    fn the_repository_is_ready_to_record() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        assert!(prepare(&root, &Setting::default(), false).is_ok_and(|recorded| recorded.is_none()));
    }

    #[test]
    fn results_of_several_days_say_so() {
        let results = |earlier: &[(&str, &str)]| Results {
            date: "2026-11-29T10:20:30Z".to_owned(),
            setting: Setting::default(),
            rows: Vec::new(),
            earlier: earlier.iter().map(|(row, date)| ((*row).to_owned(), (*date).to_owned())).collect(),
            units: BTreeMap::new(),
        };
        assert_eq!(days(&results(&[])), "2026-11-29");
        assert_eq!(days(&results(&[("binary", "2026-11-29T08:00:00Z")])), "2026-11-29");
        assert_eq!(days(&results(&[("binary", "2026-11-22T08:00:00Z"), ("start", "2026-11-25T08:00:00Z")])), "2026-11-22 to 2026-11-29");
    }
}
