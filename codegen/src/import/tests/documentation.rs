//! The source of documentation.

use super::*;

fn with(docs: Docs, upstream: &Value) -> Imported {
    import(&Request { docs, ..request(&ours(), &upstream.to_string()) }).expect("nothing is wrong")
}

#[test]
fn upstreams_documentation_becomes_markdown_and_ours_fills_gaps() {
    let theirs = with(Docs::Theirs, &botocore());
    for expected in
        ["\"Their things.\"", "\"Their `read`.\\n\\nMore.\"", "\"Their name.\"", "\"Their error.\"", "\"Our size.\"", "\"Our thing.\""]
    {
        assert!(theirs.model.contains(expected), "{expected}\n{}", theirs.model);
    }
    assert!(!theirs.model.contains("Our things.") && !theirs.model.contains("<p>"));
    assert_eq!(theirs.proposed.as_deref(), Some("0.1.1"), "words are published too");
    assert_eq!(with(Docs::Theirs, &smithy()).model, ours().replace("Our ", "Their ").replace("Their Things", "Our Things"));
}

#[test]
fn all_documentation_is_removed_on_request() {
    let none = with(Docs::None, &smithy());
    assert!(!none.model.contains("smithy.api#documentation"), "{}", none.model);
    assert!(none.model.contains("smithy.api#examples") && none.undocumented.is_empty(), "nothing is new");
}

#[test]
fn new_items_have_upstreams_documentation_only_on_request() {
    let member = json!({ "shape": "Text", "documentation": "<p>Their <i>new</i> one.</p>" });
    let upstream = edited(botocore(), &[("/shapes/Thing/members/extra", member)]);
    let ours = with(Docs::Ours, &upstream);
    assert_eq!(ours.undocumented, ["Thing$extra"]);
    assert!(!ours.model.contains("Their"));
    let theirs = with(Docs::Theirs, &upstream);
    assert!(theirs.undocumented.is_empty() && theirs.model.contains("Their *new* one."), "{}", theirs.model);
    assert_eq!(with(Docs::None, &upstream).undocumented, ["Thing$extra"]);
}
