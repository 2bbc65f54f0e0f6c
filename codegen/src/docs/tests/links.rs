//! Links to Rust items: the code spans that become links, and the text that does not change.

use super::properties::{MILD, Random, WILD};
use crate::docs::{Document, Link, markdown};

fn target(name: &str) -> Option<Link> {
    let (text, path) = match name {
        "idempotencyToken" => ("idempotency_token", "crate::operation::start::StartInput::idempotency_token"),
        "StartBuild" => ("start_build", "crate::Client::start_build"),
        "Build" => ("Build", "type@crate::types::Build"),
        _ => return None,
    };
    Some(Link { text: text.to_owned(), path: path.to_owned() })
}

fn linked(documentation: &str, target: &dyn Fn(&str) -> Option<Link>) -> Document {
    let mut document = Document::read(documentation);
    document.link(target);
    document
}

#[test]
fn code_spans_that_name_an_item_become_links() {
    const BUILD: &str = "[`Build`](type@crate::types::Build)";
    for (documentation, expected) in [
        ("Use `StartBuild`.", "Use [`start_build`](crate::Client::start_build).".to_owned()),
        ("<p>A <code> Build</code>, or <code>Builds</code>.</p>", format!("A {BUILD}, or `Builds`.")),
        ("<p>The <b><code>Build</code></b> and <i>a <code>Build</code></i>.</p>", format!("The **{BUILD}** and *a {BUILD}*.")),
        ("# `Build`\n\n> `Build`\n\n- `Build`\n- x", format!("# {BUILD}\n\n> {BUILD}\n\n- {BUILD}\n- x")),
        ("`idempotencyToken`", "[`idempotency_token`](crate::operation::start::StartInput::idempotency_token)".to_owned()),
        ("Wow!`Build`", format!("Wow\\!{BUILD}")),
        ("x`Build`y", format!("x{BUILD}y")),
    ] {
        assert_eq!(linked(documentation, &target).markdown(), expected, "from {documentation:?}");
    }
}

#[test]
fn other_text_is_not_changed() {
    for documentation in [
        "Build, *Build*, `build`, `Build.id`, `the Build`, ``",
        "[`Build`](https://example.com)",
        "<code>Build</code><code>Build</code>, <b><code>Build</code></b><code>x</code>",
        "```\nBuild\n```",
    ] {
        assert_eq!(linked(documentation, &target).markdown(), markdown(documentation), "from {documentation:?}");
    }
}

#[test]
fn the_first_sentence_has_its_links() {
    let document = linked("<p>Set by <code>StartBuild</code>. See <code>Build</code>.</p>", &target);
    assert_eq!(document.summary(), "Set by [`start_build`](crate::Client::start_build).");
}

/// Without the links' paths, the documentation is the same as without links.
#[test]
fn a_link_changes_nothing_but_its_own_span() {
    let tokens = [MILD, WILD, &["`Build`", "<code>Build</code>", " `Build` ", " <code>Build</code> "]].concat();
    let mut random = Random::new(0x11_4b);
    let mut links = 0;
    for _ in 0..2_000 {
        let input = random.text(&tokens);
        let output = linked(&input, &target).markdown();
        links += output.matches("[`Build`](type@crate::types::Build)").count();
        assert_eq!(words(&output.replace("(type@crate::types::Build)", "")), words(&markdown(&input)), "\nfrom {input:?}\n\n{output}\n");
        let nothing = linked(&input, &|_| None);
        assert_eq!(nothing.markdown(), markdown(&input), "from {input:?}");
    }
    assert!(links > 150, "{links}");
}

/// The text without layout: white space, and marks that a link may add or remove around it.
fn words(markdown: &str) -> String {
    markdown.chars().filter(|c| !c.is_whitespace() && !"\\[]*>`".contains(*c)).collect()
}
