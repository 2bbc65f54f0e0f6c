//! The results as Markdown tables, aligned for the terminal.

use crate::results::{Outcome, Results};
use crate::rows::{Budget, Subject, Unit};

/// The tables without headings: the repository's crate, other services, the generator. A table without rows is left out.
pub(crate) fn tables(results: &Results) -> String {
    let of = |subject| results.rows.iter().filter(move |outcome| outcome.row.probe.subject() == subject);
    let mut parts = Vec::new();
    let head = ["row", "what", "ours", "official", "ratio", "budget", "within", "floor"];
    let client: Vec<_> = of(Subject::CodeBuild).map(client_row).collect();
    parts.extend((!client.is_empty()).then(|| table(&head, client)));
    // The raw socket's requests are those of CodeBuild, so that other services have no floor.
    let services: Vec<_> = of(Subject::Services).map(|outcome| client_row(outcome)[..head.len() - 1].to_vec()).collect();
    parts.extend((!services.is_empty()).then(|| table(&head[..head.len() - 1], services)));
    let generator: Vec<_> = of(Subject::Generator).map(generator_row).collect();
    let head = ["row", "what", "generator", "parse and print", "ratio", "budget", "within"];
    parts.extend((!generator.is_empty()).then(|| table(&head, generator)));
    parts.join("\n")
}

/// A short table for the README's first screen: a service in each line, and the two crates' figures with their ratio in each cell.
pub(crate) fn summary(results: &Results) -> String {
    const SERVICES: [(&str, &str); 5] =
        [("CodeBuild", ""), ("DynamoDB", "dynamodb-"), ("Lambda", "lambda-"), ("SQS", "sqs-"), ("SSM", "ssm-")];
    let cell = |name: String| {
        let found = results.rows.iter().find(|outcome| outcome.name == name);
        let figures = found.and_then(|outcome| Some((outcome.ours?, outcome.peer?, outcome.ratio?, outcome.unit)));
        figures.map_or_else(String::new, |(ours, peer, ratio, unit)| format!("{} / {} = {ratio:.2}", shown(ours, unit), shown(peer, unit)))
    };
    let lines = SERVICES.iter().map(|(service, prefix)| {
        let cells = ["build-cpu", "binary", "call-cpu"].map(|row| cell(format!("{prefix}{row}")));
        [vec![format!("{service}, three operations")], cells.to_vec()].concat()
    });
    table(&["ours / official", "cold build, CPU", "binary", "call, CPU"], lines.collect())
}

fn client_row(outcome: &Outcome) -> Vec<String> {
    let figure = |value: Option<f64>| value.map(|value| shown(value, outcome.unit)).unwrap_or_default();
    let ours = outcome.missing.clone().unwrap_or_else(|| figure(outcome.ours));
    vec![
        format!("`{}`", outcome.name),
        outcome.title.to_owned(),
        ours,
        figure(outcome.peer),
        ratio(outcome.ratio),
        budget(outcome),
        verdict(outcome.within),
        figure(outcome.floor),
    ]
}

fn generator_row(outcome: &Outcome) -> Vec<String> {
    let figure = |value: Option<f64>| value.map(|value| shown(value, outcome.unit)).unwrap_or_default();
    vec![
        format!("`{}`", outcome.name),
        outcome.title.to_owned(),
        outcome.missing.clone().unwrap_or_else(|| figure(outcome.ours)),
        figure(outcome.floor),
        ratio(outcome.ratio),
        budget(outcome),
        verdict(outcome.within),
    ]
}

fn ratio(ratio: Option<f64>) -> String {
    ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default()
}

fn budget(outcome: &Outcome) -> String {
    match outcome.budget {
        Some(Budget::Share(most)) => format!("{most:.2}"),
        Some(Budget::AtMost(most)) => shown(most, outcome.unit),
        None => String::new(),
    }
}

fn verdict(within: Option<bool>) -> String {
    match within {
        Some(true) => "yes".to_owned(),
        Some(false) => "**no**".to_owned(),
        None => String::new(),
    }
}

/// A figure with three significant digits and a suitable unit.
pub(crate) fn shown(value: f64, unit: Unit) -> String {
    let scaled = |steps: &[(f64, &str)]| {
        // The threshold allows for rounding, so that 999.6 us is shown as 1.00 ms.
        let step = steps.iter().find(|(size, _)| value / size >= 0.9995).or(steps.last());
        step.map_or_else(|| digits(value), |(size, name)| format!("{}{name}", digits(value / size)))
    };
    match unit {
        Unit::Seconds => scaled(&[(1.0, " s"), (1e-3, " ms"), (1e-6, " us"), (1e-9, " ns")]),
        Unit::Bytes => scaled(&[(1e6, " MB"), (1e3, " kB")]),
        Unit::Count if value >= 1e4 => scaled(&[(1e6, " M"), (1e3, " k")]),
        Unit::Count => format!("{value:.0}"),
        Unit::Rate => scaled(&[(1e6, " M/s"), (1e3, " k/s"), (1.0, " /s")]),
    }
}

/// Three significant digits, and all digits before the point.
fn digits(value: f64) -> String {
    let places = match value {
        ..9.995 => 2,
        ..99.95 => 1,
        _ => 0,
    };
    format!("{value:.places$}")
}

fn table(head: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut all = vec![head.iter().map(|&cell| cell.to_owned()).collect()];
    all.extend(rows);
    let widths: Vec<usize> =
        (0..head.len()).map(|column| all.iter().map(|row: &Vec<String>| row[column].chars().count()).max().unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        // Text is aligned left, figures right.
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| if column < 2 { format!("{cell:<width$}") } else { format!("{cell:>width$}") })
            .collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule: Vec<String> = widths
        .iter()
        .enumerate()
        .map(|(column, width)| if column < 2 { "-".repeat(*width) } else { format!("{}:", "-".repeat(width.saturating_sub(1))) })
        .collect();
    let mut text = line(&all[0]);
    text += &line(&rule);
    text + &all[1..].iter().map(line).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Figures, Setting};
    use crate::rows::ROWS;
    use std::collections::BTreeMap;

    #[test]
    fn figures_have_three_digits_and_a_unit() {
        for (value, unit, text) in [
            (0.000_078_4, Unit::Seconds, "78.4 us"),
            (0.000_999_6, Unit::Seconds, "1.00 ms"),
            (354.2, Unit::Seconds, "354 s"),
            (11_200_000.0, Unit::Bytes, "11.2 MB"),
            (155.0, Unit::Count, "155"),
            (7_701.0, Unit::Count, "7701"),
            (17_800_000.0, Unit::Count, "17.8 M"),
            (571_000.0, Unit::Count, "571 k"),
            (1_234_567.0, Unit::Rate, "1.23 M/s"),
        ] {
            assert_eq!(shown(value, unit), text);
        }
    }

    fn outcome(name: &str, measured: Result<Figures, String>) -> Option<Outcome> {
        ROWS.iter().find(|row| row.name == name).map(|row| Outcome::new(row, measured))
    }

    fn results(rows: Vec<Outcome>) -> Results {
        Results { date: String::new(), setting: Setting::default(), rows, earlier: BTreeMap::new(), units: BTreeMap::new() }
    }

    fn pair(ours: f64, peer: f64) -> Figures {
        Figures { ours: vec![ours], peer: vec![peer], floor: Vec::new() }
    }

    #[test]
    fn the_summary_shows_both_figures_and_their_ratio() {
        let rows = [outcome("binary", Ok(pair(4e6, 16e6))), outcome("sqs-build-cpu", Ok(pair(80.0, 400.0)))];
        let text = summary(&results(rows.into_iter().flatten().collect()));
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = text.lines().map(words).collect();
        assert_eq!(lines[2], "| CodeBuild, three operations | | 4.00 MB / 16.0 MB = 0.25 | |");
        assert_eq!(lines[5], "| SQS, three operations | 80.0 s / 400 s = 0.20 | | |");
    }

    #[test]
    fn a_row_over_its_budget_and_one_without_figures_say_so() {
        let call = Figures { ours: vec![0.000_09], peer: vec![0.000_2], floor: vec![0.000_03] };
        let generator = Figures { ours: vec![0.04], peer: Vec::new(), floor: vec![0.02] };
        let rows = [
            outcome("call-cpu", Ok(call)),
            outcome("dynamodb-call-cpu", Ok(pair(0.000_03, 0.000_1))),
            outcome("call-instructions", Err("valgrind is not installed".to_owned())),
            outcome("generate-three", Ok(generator)),
        ];
        let results = results(rows.into_iter().flatten().collect());
        let text = tables(&results);
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = text.lines().map(words).collect();
        assert!(
            lines.contains(&"| `call-cpu` | CPU per small call | 90.0 us | 200 us | 0.45 | 0.40 | **no** | 30.0 us |".to_owned()),
            "{text}"
        );
        assert!(lines.iter().any(|line| line.contains("| valgrind is not installed | | | 0.35 | | |")), "{text}");
        let service = "| `dynamodb-call-cpu` | DynamoDB: CPU per call | 30.0 us | 100 us | 0.30 | 0.40 | yes |";
        assert!(lines.contains(&service.to_owned()), "{text}");
        let generator = "| `generate-three` | three operations of CodeBuild, wall | 40.0 ms | 20.0 ms | 2.00 | 50.0 ms | yes |";
        assert!(lines.contains(&generator.to_owned()), "{text}");
        assert!(text.lines().all(|line| line.is_empty() || line.starts_with("| ")), "{text}");
    }
}
