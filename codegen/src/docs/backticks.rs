//! Code spans as Markdown delimits them: a run of backticks closes the one of equal length before it.

use std::collections::BTreeMap;

/// The runs of backticks in a text. The end of a span is found in logarithmic time, so that a text full of runs that are never closed takes no
/// longer than any other.
pub(super) struct Backticks {
    /// The starts of the runs by their length.
    runs: BTreeMap<usize, Vec<usize>>,
    /// All runs: the length by the start.
    lengths: BTreeMap<usize, usize>,
}

impl Backticks {
    pub(super) fn new(text: &str) -> Self {
        let mut found = Self { runs: BTreeMap::new(), lengths: BTreeMap::new() };
        let mut rest = text;
        while let Some(index) = rest.find('`') {
            let (_, run) = rest.split_at(index);
            rest = run.trim_start_matches('`');
            let start = text.len() - run.len();
            found.runs.entry(run.len() - rest.len()).or_default().push(start);
            found.lengths.insert(start, run.len() - rest.len());
        }
        found
    }

    /// Returns start and end of the run that closes the one at `start`.
    pub(super) fn span(&self, start: usize) -> Option<(usize, usize)> {
        let length = self.lengths.get(&start)?;
        let starts = self.runs.get(length)?;
        let close = starts.get(starts.partition_point(|other| *other <= start))?;
        Some((*close, close + length))
    }
}
