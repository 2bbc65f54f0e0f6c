//! The order and the content of reports: the verdict first, shared shapes once, and no row that repeats another.

use super::{compare, edited, member, model};
use codegen::changes::{Breakage, Changes, Style};
use serde_json::{Value, json};

/// Compares the small model with itself after some edits.
fn changed(edits: &[super::Edit]) -> Changes {
    compare(&model().to_string(), &edited(model(), edits).to_string())
}

fn report(changes: &Changes, style: Style) -> String {
    changes.report(style, "2020-01-01", false)
}

/// Differences in shapes that both operations reach, and one in an input.
fn shared() -> Changes {
    changed(&[("/shapes/Name/max", json!(20)), ("/shapes/Part/members/code", Value::Null), ("/shapes/Limit/max", json!(100))])
}

#[test]
fn the_verdict_stands_under_the_headline() {
    let changes = shared();
    let text = report(&changes, Style::Text);
    let top = "Amazon Things\n\n2020/01/01 - Amazon Things - 2 updated api methods\n\n\
               wire: breaking (some client in the field does not work any more)\n\
               crate: major (some code that uses the regenerated crate does not compile any more)\n\nGetThings (updated)\n";
    assert!(text.starts_with(top), "{text}");
    assert_eq!(text.matches("wire: breaking").count(), 1);
    let markdown = report(&changes, Style::Markdown);
    assert!(
        markdown.contains("2 updated api methods\n\nwire: breaking (some client in the field does not work any more)  \n"),
        "{markdown}"
    );
    let html = report(&changes, Style::Html);
    let (header, rest) = html.split_once("</header>").expect("a header");
    assert!(header.contains("<p>wire: breaking (") && !rest.contains("<p>wire: breaking ("), "{html}");
}

#[test]
fn a_change_of_a_shared_shape_is_told_once_with_its_places() {
    let mut old = model();
    old["operations"]["AlterThing"] =
        json!({ "name": "AlterThing", "input": { "shape": "PutThingInput" }, "output": { "shape": "GetThingsOutput" } });
    let new = edited(old.clone(), &[("/shapes/Name/max", json!(20)), ("/shapes/PutThingInput/members/limit", Value::Null)]);
    let text = report(&compare(&old.to_string(), &new.to_string()), Style::Text);
    let (operations, rest) = text.split_once("\nShared shapes\n").expect("a section");
    assert!(operations.contains("GetThings (updated)\nChanges (response)\nShared shapes that changed: Name"), "{text}");
    assert!(operations.contains("PutThing (updated)\nChanges (request)\nShared shapes that changed: Name and PutThingInput"), "{text}");
    assert!(!operations.contains("constraint") && !operations.contains("removed"), "{text}");
    // A request and a reply have different reasons, so that there are two lines.
    let change = "  - Name: constraint relaxed, length 2..10 -> length 2..20; wire compatible, crate none:";
    assert_eq!(
        rest.trim_end().lines().collect::<Vec<_>>(),
        [
            &format!(
                "{change} the service still accepts every value that it accepted; in AlterThing request thing.name, PutThing request thing.name"
            ),
            &format!("{change} clients do not check replies; in AlterThing response things[].name, GetThings response things[].name"),
            "  - PutThingInput.limit: member removed, was integer; wire compatible, crate major: \
             services ignore unknown members; its accessors and setters are removed; in AlterThing request limit, PutThing request limit",
        ]
    );
}

#[test]
fn a_shared_change_with_one_meaning_is_one_line() {
    let part = json!({ "type": "structure", "members": { "code": member("Code") }, "sensitive": true });
    let text = report(&changed(&[("/shapes/Part", part)]), Style::Text);
    let (_, rest) = text.split_once("\nShared shapes\n").expect("a section");
    assert_eq!(
        rest.trim_end(),
        "  - Part: sensitive added, sensitive; wire compatible, crate none: only `Debug` prints less; \
         in GetThings response things[].part, PutThing request thing.part"
            .replace('`', "")
    );
    assert!(text.contains("GetThings (updated)\nChanges (response)\nShared shapes that changed: Part\n"), "{text}");
}

#[test]
fn the_page_has_one_row_for_a_shared_change() {
    let part = json!({ "type": "structure", "members": { "code": member("Code") }, "sensitive": true });
    let html = report(&changed(&[("/shapes/Part", part)]), Style::Html);
    assert!(html.contains("<p id=\"count\" role=\"status\" aria-live=\"polite\">1 difference</p>"), "{html}");
    assert_eq!(html.matches("<tr class=\"request response compatible none\">").count(), 1, "{html}");
    assert!(html.contains("<a href=\"#shared\">Shared shapes</a> that changed: <code>Part</code>"), "{html}");
}

#[test]
fn places_beyond_the_sixth_are_counted() {
    let mut old = model();
    for number in 0..9 {
        let name = format!("Ask{number}");
        old["operations"][&name] =
            json!({ "name": name, "http": { "method": "POST", "requestUri": "/" }, "input": { "shape": "PutThingInput" } });
    }
    let new = edited(old.clone(), &[("/shapes/Limit/max", json!(100))]);
    let changes = compare(&old.to_string(), &new.to_string());
    let text = report(&changes, Style::Text);
    assert_eq!(text.matches("constraint tightened").count(), 1, "{text}");
    assert!(text.contains("in Ask0 request limit, Ask1 request limit, Ask2 request limit, Ask3 request limit, Ask4 request limit, Ask5 request limit and 4 more\n"), "{text}");
    let json: Value = serde_json::from_str(&changes.json("2020-01-01")).expect("it is JSON");
    let operations = json["operations"].as_array().expect("a list");
    assert!(operations.len() == 10 && operations.iter().all(|operation| operation["changes"].as_array().is_some_and(|all| all.len() == 1)));
}

#[test]
fn a_shape_that_is_new_or_gone_has_no_row_of_its_own() {
    let changes = changed(&[
        ("/shapes/Fresh", json!({ "type": "structure", "members": { "text": member("Text") } })),
        ("/shapes/Thing/members/part", member("Fresh")),
        ("/shapes/Part", Value::Null),
    ]);
    assert_eq!(changes.changes.len(), 2, "programs get the rows");
    for style in [Style::Text, Style::Markdown, Style::Html] {
        let report = report(&changes, style);
        assert!(
            !report.contains("members that lead to it are listed") && !report.contains("shape added") && !report.contains("Service"),
            "{report}"
        );
    }
}

#[test]
fn a_constraint_that_was_tightened_is_apart_from_what_breaks() {
    let tightened = changed(&[("/shapes/Limit/max", json!(100))]);
    assert_eq!(tightened.breakage(), Breakage::ConstraintTightened);
    let text = report(&tightened, Style::Text);
    assert!(
        text.contains("wire: breaking (some client in the field sends values that are refused now, and nothing else breaks)"),
        "{text}"
    );
    assert_eq!(shared().breakage(), Breakage::Breaking);
    // In a reply a tighter constraint breaks nothing.
    assert_eq!(
        changed(&[("/shapes/GetThingsOutput/members/count/shape", json!("Size")), ("/shapes/Size/max", json!(9))]).breakage(),
        Breakage::ConstraintTightened
    );
    assert_eq!(changed(&[("/shapes/GetThingsOutput/members/more", member("Text"))]).breakage(), Breakage::None);
}

#[test]
fn the_contract_has_all_its_keys_though_nothing_differs() {
    let json: Value = serde_json::from_str(&changed(&[]).json("2020-01-01")).expect("it is JSON");
    let expected = json!({
        "service": "Amazon Things", "date": "2020-01-01", "operations": [], "changes": [], "documentation": [],
        "verdict": { "wire": "compatible", "crate": "none" }
    });
    assert_eq!(json, expected);
}
