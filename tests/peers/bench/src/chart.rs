//! The ratios as a bar chart in SVG.

use crate::results::{Outcome, Results};
use crate::rows::{Budget, Subject};
use std::fmt::Write as _;

const WIDTH: f64 = 900.0;
/// The horizontal positions at which all bars begin and at which the longest one ends. The titles are left of the bars.
const LEFT: f64 = 340.0;
const RIGHT: f64 = 840.0;
const TOP: f64 = 76.0;
const ROW: f64 = 26.0;
const BAR: f64 = 16.0;

/// The colours for light and dark pages. The chart draws its own background, so that the text is legible on every page.
const STYLE: &str = "
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 15px; font-weight: 600; }
  .quiet { fill: #59636e; }
  .panel { fill: #ffffff; stroke: #d1d9e0; }
  .line { stroke: #818b98; stroke-dasharray: 3 3; }
  .within { fill: #0969da; }
  .over { fill: #bc4c00; }
  .free { fill: #9aa4af; }
  .budget { fill: #1f2328; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .panel { fill: #0d1117; stroke: #3d444d; }
    .line { stroke: #656c76; }
    .within { fill: #4493f8; }
    .over { fill: #f0883e; }
    .free { fill: #6e7681; }
    .budget { fill: #f0f6fc; }
  }
";

/// The chart of all rows of the repository's crate that have a ratio to the official crate, which is the first peer.
pub(crate) fn chart(results: &Results) -> String {
    let bars: Vec<(&Outcome, f64)> = results
        .rows
        .iter()
        .filter(|outcome| outcome.row.probe.subject() == Subject::CodeBuild)
        .filter_map(|outcome| Some((outcome, outcome.ratio?)))
        .collect();
    // The scale reaches at least to 1, and to the longest bar.
    let most = bars.iter().map(|(_, ratio)| *ratio).fold(1.0, f64::max);
    let height = TOP + f64::from(u32::try_from(bars.len()).unwrap_or(u32::MAX)) * ROW + 16.0;
    let at = |ratio: f64| LEFT + (RIGHT - LEFT) * ratio / most;

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n\
         <title>smithlet-codebuild by {peer}</title>\n<style>{STYLE}</style>\n\
         <rect class=\"panel\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n\
         <text class=\"title\" x=\"16\" y=\"28\">smithlet-codebuild by {peer}: less is better</text>\n",
        WIDTH - 1.0,
        height - 1.0,
        peer = escaped(results.setting.peers.first().map_or("the official crate", String::as_str)),
    );
    svg += &legend();
    let (one, bottom) = (at(1.0), height - 12.0);
    _ = writeln!(svg, "<line class=\"line\" x1=\"{one:.1}\" y1=\"{}\" x2=\"{one:.1}\" y2=\"{bottom:.1}\"/>", TOP - 8.0);
    _ = writeln!(svg, "<text class=\"quiet\" x=\"{one:.1}\" y=\"{}\" text-anchor=\"middle\">1</text>", TOP - 12.0);
    let mut y = TOP;
    for (outcome, ratio) in bars {
        svg += &bar(outcome, ratio, y, &at);
        y += ROW;
    }
    svg + "</svg>\n"
}

fn legend() -> String {
    let mut text = String::new();
    for (x, class, words) in [(16, "within", "within its budget"), (158, "over", "over it"), (240, "free", "without one")] {
        _ = writeln!(text, "<rect class=\"{class}\" x=\"{x}\" y=\"43\" width=\"12\" height=\"12\" rx=\"2\"/>");
        _ = writeln!(text, "<text class=\"quiet\" x=\"{}\" y=\"54\">{words}</text>", x + 18);
    }
    text + "<rect class=\"budget\" x=\"352\" y=\"40\" width=\"3\" height=\"18\"/>\n<text class=\"quiet\" x=\"361\" y=\"54\">the budget</text>\n"
}

fn bar(outcome: &Outcome, ratio: f64, y: f64, at: &dyn Fn(f64) -> f64) -> String {
    let class = match outcome.within {
        Some(true) => "within",
        Some(false) => "over",
        None => "free",
    };
    let (end, base) = (at(ratio), y + 12.5);
    let mut text = format!("<text x=\"{:.1}\" y=\"{base:.1}\" text-anchor=\"end\">{}</text>\n", LEFT - 10.0, escaped(outcome.title));
    _ = writeln!(text, "<rect class=\"{class}\" x=\"{LEFT}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{BAR}\" rx=\"2\"/>", end - LEFT);
    let mut words = end;
    if let Some(Budget::Share(share)) = outcome.budget {
        let mark = at(share);
        _ = writeln!(text, "<rect class=\"budget\" x=\"{:.1}\" y=\"{:.1}\" width=\"3\" height=\"{}\"/>", mark - 1.5, y - 2.0, BAR + 4.0);
        // The figure must not overlap the mark of the budget.
        if (words - 4.0..words + 44.0).contains(&mark) {
            words = mark + 1.5;
        }
    }
    _ = writeln!(text, "<text x=\"{:.1}\" y=\"{base:.1}\">{ratio:.2}</text>", words + 7.0);
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Figures, Setting};
    use crate::rows::ROWS;
    use std::collections::BTreeMap;

    fn svg(rows: &[(&str, f64)]) -> String {
        let outcome = |(name, ratio): &(&str, f64)| {
            let row = ROWS.iter().find(|row| row.name == *name)?;
            let runs = if row.probe.subject() == Subject::Generator {
                Figures { ours: vec![*ratio], floor: vec![1.0], ..Figures::default() }
            } else {
                Figures { ours: vec![*ratio], peer: vec![1.0], ..Figures::default() }
            };
            Some(Outcome::new(row, Ok(runs)))
        };
        let rows = rows.iter().filter_map(outcome).collect();
        let setting = Setting { peers: vec!["the <peer>".to_owned()], ..Setting::default() };
        chart(&Results { date: String::new(), setting, rows, earlier: BTreeMap::new(), units: BTreeMap::new() })
    }

    #[test]
    fn bars_are_as_long_as_their_ratios_and_coloured_by_verdict() {
        let text = svg(&[("call-cpu", 0.2), ("memory", 0.6), ("call-wall", 0.5), ("sqs-binary", 0.3), ("generate-three", 2.0)]);
        for bar in [
            "<rect class=\"within\" x=\"340\" y=\"76.0\" width=\"100.0\"",
            "<rect class=\"free\" x=\"340\" y=\"128.0\" width=\"250.0\"",
            "<rect class=\"over\" x=\"340\" y=\"102.0\" width=\"300.0\"",
        ] {
            assert!(text.contains(bar), "{bar} is not in\n{text}");
        }
        assert_eq!(text.matches("height=\"16\"").count(), 3, "only the repository's crate is shown");
        assert!(text.contains("the &lt;peer&gt;") && !text.contains("<peer>"));
    }

    #[test]
    fn a_ratio_beyond_one_stretches_the_scale() {
        assert!(svg(&[("call-wall", 2.0)]).contains("y=\"76.0\" width=\"500.0\""));
    }
}
