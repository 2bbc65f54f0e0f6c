//! Whose words there are.

use super::*;

fn with(docs: Docs, upstream: &Value) -> Imported {
    import(&Request { docs, ..request(&ours(), &upstream.to_string()) }).expect("nothing is wrong")
}

#[test]
fn upstreams_words_come_as_markdown_and_ours_stay_where_it_has_none() {
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
fn nobodys_words_are_none() {
    let none = with(Docs::None, &smithy());
    assert!(!none.model.contains("smithy.api#documentation"), "{}", none.model);
    assert!(none.model.contains("smithy.api#examples") && none.undocumented.is_empty(), "nothing is new");
}

#[test]
fn what_is_new_has_words_only_if_they_are_asked_for() {
    let member = json!({ "shape": "Text", "documentation": "<p>Their <i>new</i> one.</p>" });
    let upstream = edited(botocore(), &[("/shapes/Thing/members/extra", member)]);
    let ours = with(Docs::Ours, &upstream);
    assert_eq!(ours.undocumented, ["Thing$extra"]);
    assert!(!ours.model.contains("Their"));
    let theirs = with(Docs::Theirs, &upstream);
    assert!(theirs.undocumented.is_empty() && theirs.model.contains("Their *new* one."), "{}", theirs.model);
    assert_eq!(with(Docs::None, &upstream).undocumented, ["Thing$extra"]);
}
