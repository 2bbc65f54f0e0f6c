//! The results of a run.

use crate::rows::{Budget, Row, Unit};
use crate::stats::{median, ratio};
use crate::units;
use serde::Serialize;
use std::collections::BTreeMap;

/// The values of a row's runs in the row's unit. Runs with the same index followed one another.
#[derive(Clone, Debug, Default, Serialize)]
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
    /// True if the run was made with `--quick`.
    pub(crate) quick: bool,
    pub(crate) machine: Machine,
    /// The peer and its version.
    pub(crate) peer: String,
    pub(crate) rows: Vec<Outcome>,
    /// The units of each cold build with the most user CPU time, in seconds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) units: BTreeMap<&'static str, Vec<units::Unit>>,
}

/// The machine of the run.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) system: String,
    pub(crate) rustc: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::ROWS;

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
}
