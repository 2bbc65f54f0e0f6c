//! The table of a run, and the cases that need a look.

use crate::compare::Verdict;
use crate::left_out::LeftOut;
use crate::suites::{Case, Name};
use std::collections::BTreeMap;
use std::fmt;

/// The outcome of a run.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<Row>,
    /// The cases that failed, with the differences.
    failed: Vec<(Name, Vec<String>)>,
    /// The cases that are left out, by their reasons.
    left_out: BTreeMap<String, Vec<Name>>,
    /// Faults of the list of cases that are left out.
    faults: Vec<String>,
}

/// The figures of a suite.
#[derive(Debug, Default)]
pub struct Row {
    suite: String,
    cases: usize,
    /// None for a protocol that the generator does not speak.
    counts: Option<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    passed: usize,
    failed: usize,
    left_out: usize,
}

impl Row {
    /// The row of a suite whose protocol the generator does not speak.
    pub fn not_served(suite: &str, cases: usize) -> Self {
        Self { suite: suite.to_owned(), cases, counts: None }
    }
}

impl Report {
    /// Counts the verdicts of the cases, in the same order, below the rows of suites that were not run.
    pub fn new(not_served: Vec<Row>, cases: &[&Case], verdicts: impl IntoIterator<Item = Verdict>, list: &LeftOut) -> Self {
        let mut report = Self::default();
        for (case, verdict) in cases.iter().zip(verdicts) {
            report.add(&case.name, verdict, list.reason(&case.name));
        }
        let is_run = |name: &Name| report.rows.iter().any(|row| row.suite == name.suite);
        let is_known = |name: &Name| cases.iter().any(|case| case.name == *name);
        let stale = list.names().filter(|name| is_run(name) && !is_known(name));
        let stale: Vec<String> = stale.map(|name| format!("{name} is left out, but the suite has no such case")).collect();
        report.faults.extend(stale);
        report.rows.extend(not_served);
        report
    }

    fn add(&mut self, name: &Name, verdict: Verdict, reason: Option<&str>) {
        if self.rows.last().is_none_or(|row| row.suite != name.suite) {
            self.rows.push(Row { suite: name.suite.clone(), cases: 0, counts: Some(Counts::default()) });
        }
        let Some(row) = self.rows.last_mut() else { return };
        row.cases += 1;
        let counts = row.counts.get_or_insert_default();
        match (verdict, reason) {
            (Verdict::Passed, reason) => {
                counts.passed += 1;
                self.faults.extend(reason.map(|reason| format!("{name} passes, but is left out: {reason}")));
            }
            (Verdict::Failed(_), Some(reason)) => {
                counts.left_out += 1;
                self.left_out.entry(reason.to_owned()).or_default().push(name.clone());
            }
            (Verdict::Failed(differences), None) => {
                counts.failed += 1;
                self.failed.push((name.clone(), differences));
            }
        }
    }

    /// True if every case that is not left out passed, and no other.
    pub fn holds(&self) -> bool {
        self.failed.is_empty() && self.faults.is_empty()
    }

    /// The number of cases that passed.
    pub fn passed(&self) -> usize {
        self.rows.iter().filter_map(|row| row.counts.as_ref()).map(|counts| counts.passed).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.rows.iter().map(|row| row.suite.len()).chain([5]).max().unwrap_or(0);
        writeln!(f, "{:<width$}  cases  passed  failed  left out", "suite")?;
        for row in &self.rows {
            write!(f, "{:<width$}  {:>5}", row.suite, row.cases)?;
            match &row.counts {
                Some(Counts { passed, failed, left_out }) => writeln!(f, "  {passed:>6}  {failed:>6}  {left_out:>8}")?,
                None => writeln!(f, "  the protocol is not supported yet")?,
            }
        }
        for (reason, names) in &self.left_out {
            writeln!(f, "\nleft out: {reason}")?;
            for name in names {
                writeln!(f, "  {name}")?;
            }
        }
        for (name, differences) in &self.failed {
            writeln!(f, "\nfailed: {name}")?;
            for difference in differences {
                writeln!(f, "  {difference}")?;
            }
        }
        if !self.faults.is_empty() {
            writeln!(f, "\ntests/conformance/left-out.txt is not up to date:")?;
        }
        for fault in &self.faults {
            writeln!(f, "  {fault}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocols::Encoding;
    use crate::suites::What;
    use serde_json::Value;

    fn case(id: &str) -> Case {
        Case {
            name: Name { suite: "json".to_owned(), direction: "input".to_owned(), id: id.to_owned() },
            operation: "Go".to_owned(),
            params: Value::Null,
            endpoint: None,
            encoding: Encoding::Text,
            what: What::Request(Value::Null),
        }
    }

    fn report(verdicts: [Verdict; 2], list: &str) -> Report {
        let cases = [case("A"), case("B")];
        let list = LeftOut::parse(list).expect("the list is valid");
        Report::new(vec![Row::not_served("query", 76)], &[&cases[0], &cases[1]], verdicts, &list)
    }

    #[test]
    fn a_case_fails_the_run_unless_it_is_listed() {
        let failed = || Verdict::Failed(vec!["the URI: expected /, found /x".to_owned()]);
        let good = report([Verdict::Passed, failed()], "json input B: not yet");
        assert!(good.holds());
        assert_eq!(good.passed(), 1);
        let table = "suite  cases  passed  failed  left out\n\
                     json       2       1       0         1\n\
                     query     76  the protocol is not supported yet\n\n\
                     left out: not yet\n  json input B\n";
        assert_eq!(good.to_string(), table);

        let bad = report([Verdict::Passed, failed()], "");
        assert!(!bad.holds());
        assert!(bad.to_string().ends_with("\nfailed: json input B\n  the URI: expected /, found /x\n"), "{bad}");
    }

    #[test]
    fn a_list_that_is_not_up_to_date_fails_the_run() {
        let list = "json input A: not yet\njson input C: gone\nxml input D: of a suite that is not run";
        let bad = report([Verdict::Passed, Verdict::Passed], list);
        assert!(!bad.holds());
        let end = "left-out.txt is not up to date:\n  json input A passes, but is left out: not yet\n  \
                   json input C is left out, but the suite has no such case\n";
        assert!(bad.to_string().ends_with(end), "{bad}");
    }
}
