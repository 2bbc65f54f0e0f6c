//! The results of a run.

use crate::rows::{Budget, ROWS, Row, Unit};
use crate::stats::{median, ratio};
use crate::units;
use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The values of a row's runs in the row's unit. Runs with the same index followed one another.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Figures {
    pub(crate) ours: Vec<f64>,
    /// The values of the official crate.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) peer: Vec<f64>,
    /// The lower bound: a raw socket, or parsing and printing the same text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) floor: Vec<f64>,
}

impl Figures {
    /// The values of one program.
    pub(crate) fn of(&mut self, who: Who) -> &mut Vec<f64> {
        match who {
            Who::Ours => &mut self.ours,
            Who::Peer => &mut self.peer,
            Who::Floor => &mut self.floor,
        }
    }
}

/// The measured programs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Who {
    Ours,
    Peer,
    Floor,
}

impl Who {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Peer => "the peer",
            Self::Floor => "the floor",
        }
    }
}

/// A row with its figures and verdict.
#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    #[serde(skip)]
    pub(crate) row: &'static Row,
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) unit: Unit,
    /// The median of our values.
    pub(crate) ours: Option<f64>,
    pub(crate) peer: Option<f64>,
    pub(crate) floor: Option<f64>,
    /// The median of the ratios of pairs: ours to the peer's, or for the generator ours to the floor's.
    pub(crate) ratio: Option<f64>,
    pub(crate) budget: Option<Budget>,
    pub(crate) within: Option<bool>,
    /// The reason why there are no figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) missing: Option<String>,
    pub(crate) runs: Figures,
}

impl Outcome {
    pub(crate) fn new(row: &'static Row, measured: Result<Figures, String>) -> Self {
        let (runs, missing) = match measured {
            Ok(figures) => (figures, None),
            Err(reason) => (Figures::default(), Some(reason)),
        };
        let ours = median(&runs.ours);
        // A lower ratio is better. A speed has no ratio, because there the higher value is better.
        let others = if runs.peer.is_empty() { &runs.floor } else { &runs.peer };
        let ratio = ratio(&runs.ours, others).filter(|_| row.unit != Unit::Rate);
        let within = match row.budget {
            Some(Budget::Share(most)) => ratio.map(|ratio| ratio <= most),
            Some(Budget::AtMost(most)) => ours.map(|ours| ours <= most),
            None => None,
        };
        let (peer, floor) = (median(&runs.peer), median(&runs.floor));
        Self { row, name: row.name, title: row.title, unit: row.unit, ours, peer, floor, ratio, budget: row.budget, within, missing, runs }
    }
}

/// The results of a whole run.
#[derive(Debug, Serialize)]
pub(crate) struct Results {
    /// The start of the run in UTC.
    pub(crate) date: String,
    #[serde(flatten)]
    pub(crate) setting: Setting,
    pub(crate) rows: Vec<Outcome>,
    /// The dates of the rows that an earlier run measured.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) earlier: BTreeMap<String, String>,
    /// The units of each cold build with the most user CPU time, in seconds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) units: BTreeMap<String, Vec<units::Unit>>,
}

/// What the figures depend on besides the programs. Runs with the same setting can be shown in one table.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Setting {
    /// True if the run was made with `--quick`.
    pub(crate) quick: bool,
    pub(crate) machine: Machine,
    /// The official crates with their versions.
    pub(crate) peers: Vec<String>,
    /// The models of the generated crates.
    pub(crate) models: Vec<String>,
}

/// The machine of the run.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) system: String,
    pub(crate) rustc: String,
}

/// Recorded results, as far as they are needed to add them to those of another run.
#[derive(Debug, Deserialize)]
pub(crate) struct Recorded {
    date: String,
    #[serde(flatten)]
    setting: Setting,
    rows: Vec<RecordedRow>,
    #[serde(default)]
    earlier: BTreeMap<String, String>,
    #[serde(default)]
    units: BTreeMap<String, Vec<units::Unit>>,
}

#[derive(Debug, Deserialize)]
struct RecordedRow {
    name: String,
    missing: Option<String>,
    runs: Figures,
}

impl Recorded {
    /// Reads the text of recorded results, which must have this setting.
    ///
    /// # Errors
    /// When the text cannot be read or has another setting, because figures of different settings cannot be compared.
    pub(crate) fn read(text: &str, setting: &Setting) -> Result<Self> {
        const ALL: &str = "run `cargo xtask bench --record` without `--rows`, which measures all rows";
        let recorded: Self = serde_json::from_str(text).with_context(|| format!("the recorded results have another form: {ALL}"))?;
        let other = &recorded.setting;
        ensure!(other == setting, "the recorded results have another setting: {ALL}\n recorded: {other:?}\n now: {setting:?}");
        Ok(recorded)
    }
}

impl Results {
    /// Adds the recorded rows that this run has not measured. Verdicts follow the present budgets.
    pub(crate) fn add(&mut self, recorded: Recorded) {
        let Recorded { date, rows, mut earlier, units, .. } = recorded;
        for RecordedRow { name, missing, runs } in rows {
            // A row that the table no longer has is dropped.
            let Some(row) = ROWS.iter().find(|row| row.name == name) else { continue };
            if self.rows.iter().all(|outcome| outcome.name != name) {
                self.rows.push(Outcome::new(row, missing.map_or(Ok(runs), Err)));
                let date = earlier.remove(&name).unwrap_or_else(|| date.clone());
                self.earlier.insert(name, date);
            }
        }
        self.rows.sort_by_key(|outcome| ROWS.iter().position(|row| row.name == outcome.name));
        for (build, largest) in units {
            self.units.entry(build).or_insert(largest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(name: &str, ours: &[f64], peer: &[f64], floor: &[f64]) -> Option<Outcome> {
        let row = ROWS.iter().find(|row| row.name == name)?;
        Some(Outcome::new(row, Ok(Figures { ours: ours.to_vec(), peer: peer.to_vec(), floor: floor.to_vec() })))
    }

    #[test]
    fn a_share_is_judged_by_the_paired_ratio_and_a_limit_by_the_median() {
        let judged = |name, ours: &[f64], peer: &[f64], floor: &[f64]| outcome(name, ours, peer, floor).expect("the row exists").within;
        assert_eq!(judged("call-cpu", &[4.0, 8.0], &[10.0, 20.0], &[1.0, 1.0]), Some(true));
        assert_eq!(judged("call-cpu", &[4.1, 8.2], &[10.0, 20.0], &[]), Some(false));
        assert_eq!(judged("generate-three", &[0.04, 0.2, 0.03], &[], &[0.02]), Some(true));
        assert_eq!(judged("call-wall", &[1.0], &[9.0], &[]), None);
    }

    #[test]
    fn a_row_without_figures_has_no_verdict() {
        let row = ROWS.iter().find(|row| row.name == "memory");
        let outcome = row.map(|row| Outcome::new(row, Err("only on Linux".to_owned())));
        assert!(outcome.is_some_and(|outcome| outcome.within.is_none() && outcome.missing.is_some()));
    }

    /// Results with these rows, each with one value of ours.
    fn results(date: &str, setting: Setting, rows: &[(&str, f64)]) -> Results {
        let rows = rows.iter().filter_map(|(name, value)| outcome(name, &[*value], &[10.0], &[])).collect();
        Results { date: date.to_owned(), setting, rows, earlier: BTreeMap::new(), units: BTreeMap::new() }
    }

    #[test]
    fn recorded_rows_stay_unless_they_are_measured_again() -> Result<()> {
        let first = results("2026-11-01", Setting::default(), &[("build-cpu", 1.0), ("binary", 2.0), ("start", 9.0)]);
        let mut second = results("2026-11-02", Setting::default(), &[("binary", 3.0)]);
        second.add(Recorded::read(&serde_json::to_string(&first)?, &Setting::default())?);
        let mut third = results("2026-11-03", Setting::default(), &[("start", 4.0)]);
        third.add(Recorded::read(&serde_json::to_string(&second)?, &Setting::default())?);

        let shown: Vec<_> = third.rows.iter().map(|row| (row.name, row.ours, row.within)).collect();
        let expected = [("build-cpu", Some(1.0), Some(true)), ("binary", Some(3.0), Some(true)), ("start", Some(4.0), Some(false))];
        assert_eq!(shown, expected);
        let dates = [("binary", "2026-11-02"), ("build-cpu", "2026-11-01")].map(|(name, date)| (name.to_owned(), date.to_owned()));
        assert_eq!(third.earlier, BTreeMap::from(dates));
        Ok(())
    }

    #[test]
    fn results_of_another_setting_are_refused() -> Result<()> {
        let text = serde_json::to_string(&results("2026-11-01", Setting::default(), &[("binary", 2.0)]))?;
        let newer = Setting { models: vec!["a newer model".to_owned()], ..Setting::default() };
        for (text, problem) in [(text.as_str(), "another setting: run"), ("{}", "another form: run")] {
            let error = Recorded::read(text, &newer).map(drop).map_err(|error| error.to_string());
            assert!(error.is_err_and(|error| error.contains(problem)), "{problem}");
        }
        Ok(())
    }
}
