//! Medians and paired ratios.

/// The middle value, or the mean of the two middle values; `None` without values.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(middle)) {
        (_, None) => None,
        (1, Some(value)) => Some(*value),
        (_, Some(value)) => Some(f64::midpoint(sorted[middle - 1], *value)),
    }
}

/// The median of the ratios of pairs. The runs of a pair followed one another, so that load on the machine affects both.
pub(crate) fn ratio(ours: &[f64], theirs: &[f64]) -> Option<f64> {
    let pairs: Vec<f64> = ours.iter().zip(theirs).filter(|(_, theirs)| **theirs > 0.0).map(|(ours, theirs)| ours / theirs).collect();
    median(&pairs)
}

/// The cost of one item: the difference of a long and a short run, divided by the difference of their counts.
pub(crate) fn per_item(short: f64, long: f64, short_count: u32, long_count: u32) -> f64 {
    (long - short) / f64::from(long_count - short_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-12)
    }

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        assert!(close(median(&[9.0, 1.0, 2.0]), 2.0));
        assert!(close(median(&[4.0, 1.0, 2.0, 100.0]), 3.0));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn ratios_are_of_pairs_and_not_of_medians() {
        // The machine became four times as slow after the first pair: the medians of the columns would give 4 / 2.5.
        assert!(close(ratio(&[1.0, 4.0, 4.0], &[2.0, 8.0, 2.5]), 0.5));
        assert_eq!(ratio(&[1.0], &[]), None);
        assert_eq!(ratio(&[1.0], &[0.0]), None);
    }

    #[test]
    fn the_cost_of_a_start_cancels_out() {
        assert!(close(Some(per_item(0.5, 0.9, 100, 300)), 0.002));
    }
}
