//! The report as a page: its content, its links, that a model cannot write into it, and that a browser runs its script.

use super::history::{facts, snapshot};
use super::{Edit, compare, edited, member, model};
use anyhow::{Context, Result, ensure};
use codegen::changes::{Changes, Style};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use smithlet_tests::skip;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The text before the page's policy.
const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";

fn page(changes: &Changes) -> String {
    changes.report(Style::Html, "2020-01-01", true)
}

/// The page about some edits of the small model.
#[track_caller]
fn page_of(edits: &[Edit]) -> String {
    page(&compare(&model().to_string(), &edited(model(), edits).to_string()))
}

/// The texts between two marks.
fn between<'p>(page: &'p str, start: &str, end: &str) -> Vec<&'p str> {
    page.split(start).skip(1).map(|part| part.split_once(end).map_or(part, |(inside, _)| inside)).collect()
}

/// The page without its policy, style and script, which are equal on every page.
fn bare(page: &str) -> String {
    let mut bare = page.replace(between(page, POLICY, "\"")[0], "");
    for tag in ["style", "script"] {
        let [inside] = between(page, &format!("<{tag}>"), &format!("</{tag}>"))[..] else { panic!("one {tag}") };
        bare = bare.replace(inside, "");
    }
    bare
}

#[test]
fn the_page_of_the_log_arns_matches_its_snapshot() {
    let (old, new) = facts();
    let changes = compare(&old, &new);
    let page = changes.report(Style::Html, "2019-11-22", false);
    assert_eq!(page, compare(&old, &new).report(Style::Html, "2019-11-22", false), "the same every time");
    snapshot("log_arns.html", &bare(&page));
}

/// The policy allows only the page's own style and script.
#[test]
fn the_policy_names_the_style_and_the_script() {
    let page = page_of(&[]);
    let fingerprint = |tag: &str| {
        let inside = between(&page, &format!("<{tag}>"), &format!("</{tag}>"))[0];
        format!("{tag}-src 'sha256-{}'", aws_smithy_types::base64::encode(Sha256::digest(inside)))
    };
    let policy = format!("default-src 'none'; {}; {}; base-uri 'none'; form-action 'none'", fingerprint("style"), fingerprint("script"));
    assert_eq!(between(&page, POLICY, "\""), [policy]);
}

/// Edits of every kind that a page shows in its own way.
fn many() -> Vec<Edit> {
    vec![
        ("/shapes/Thing/members/colour", member("Text")),
        ("/shapes/Part/members/code", Value::Null),
        ("/shapes/Part/members/extra", member("Text")),
        ("/shapes/Seal/members/stamp", Value::Null),
        ("/shapes/LabelKey/enum", json!(["COLOUR", "OWNER", "PLACE"])),
        ("/shapes/Oops/members/cause", member("Text")),
        ("/shapes/Limit/max", json!(100)),
        ("/shapes/Thing/documentation", json!("<p>A thing with <code>parts</code>.</p><ul><li>One.</li></ul>")),
        ("/operations/PutThing/deprecated", json!(true)),
        ("/operations/Fresh", json!({ "name": "Fresh", "http": { "method": "POST", "requestUri": "/" } })),
        ("/metadata/signingName", json!("stuff")),
    ]
}

#[test]
fn headings_descend_one_level_at_a_time_and_ids_are_unique() {
    let page = page_of(&many());
    let levels: Vec<u32> = between(&page, "<h", ">").iter().filter_map(|level| level.parse().ok()).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let all = between(&page, " id=\"", "\"");
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "{all:?}");
    let within = between(&page, "href=\"#", "\"");
    assert!(within.len() > 6 && within.iter().all(|id| ids.contains(id)), "{within:?}");
}

#[test]
fn names_lead_to_awss_documentation() {
    let page = page_of(&many());
    let leads = |name: &str, to: &str| {
        let link = format!(
            "<a href=\"https://docs.aws.amazon.com/goto/WebAPI/things-2020-01-01/{to}\" rel=\"noreferrer\"><code>{name}</code></a>"
        );
        assert!(page.contains(&link), "{link}\nis not in\n{}", bare(&page));
    };
    leads("things[].colour", "Thing#:~:text=colour");
    leads("Thing", "Thing");
    // A removed member, the key of a map, a member of an input, a member of an error.
    leads("things[].part.code", "Part");
    leads("things[].labels{key}", "Thing#:~:text=labels");
    leads("limit", "PutThing#:~:text=limit");
    leads("Oops.cause", "GetThings");
    // An enum has no page.
    assert!(page.contains(" in <code>LabelKey</code>"));
}

#[test]
fn a_service_of_another_vendor_has_no_links() {
    let own = r#"{"smithy": "2.0", "shapes": {"a.b#S": {"type": "service", "version": "1", "operations": [{"target": "a.b#Do"}],
        "traits": {"aws.protocols#awsJson1_1": {}}}, "a.b#Do": {"type": "operation", "input": {"target": "a.b#In"}},
        "a.b#In": {"type": "structure", "members": {}}}}"#;
    let new = own.replace(r#""members": {}"#, r#""members": {"x": {"target": "smithy.api#String"}}"#);
    let page = page(&compare(own, &new));
    assert!(page.contains("<code>x</code> member added"), "{page}");
    assert!(!page.contains("https://"), "{page}");
}

#[test]
fn a_model_cannot_write_into_the_page() {
    const HOSTILE: &str =
        "</code></pre></style></script></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'`]]>--><!--\u{202e}\u{0}&lt;b>";
    let texts = || json!(HOSTILE);
    let edits = [
        ("/metadata/serviceFullName", texts()),
        ("/metadata/signingName", texts()),
        ("/documentation", texts()),
        ("/shapes/Thing/documentation", texts()),
        ("/shapes/Thing/members/name", json!({ "shape": "Name", "documentation": format!("<p>{HOSTILE}") })),
        ("/shapes/Name/pattern", texts()),
        ("/shapes/Sort/enum", json!(["SMALL", "LARGE", HOSTILE])),
        ("/operations/GetThings/deprecatedMessage", texts()),
        ("/operations/GetThings/deprecated", json!(true)),
        (
            "/operations/GetThings/documentation",
            json!("[x](javascript:alert(1)) <a href='javascript:alert(1)'>y</a> <a href=\"https://a.example/'\\\"><script>\">z</a>"),
        ),
        ("/metadata/uid", texts()),
    ];
    let old = edited(model(), &[]);
    let new = edited(model(), &edits);
    for (old, new) in [(&old, &new), (&new, &old)] {
        let page = bare(&page(&compare(&old.to_string(), &new.to_string())));
        assert!(page.contains("&lt;script&gt;alert(1)"), "the words themselves are shown");
        assert!(!page.contains(['\u{202e}', '\u{0}']));
        for tag in between(&page, "<", ">") {
            assert!(is_ours(tag), "<{tag}> in\n{page}");
        }
    }
}

/// True for a tag of the page itself: a known name, known attributes, and only addresses of the web or of the page.
fn is_ours(tag: &str) -> bool {
    const NAMES: &str = "!doctype html head meta title style script body header main section nav div p span small b a br h1 h2 h3 h4 dl dt dd ul ol li \
                         details summary pre code em strong ins del blockquote form label select option input button table caption thead tbody tr th td";
    const ATTRIBUTES: &str = "aria-label aria-live autocomplete charset class colspan content hidden href http-equiv id lang name open rel role scope \
                              spellcheck tabindex type value start";
    let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    let name = name.strip_prefix('/').unwrap_or(name);
    if !NAMES.split_whitespace().any(|known| known == name) {
        return false;
    }
    while !rest.trim().is_empty() && name != "!doctype" {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let value = after.strip_prefix("=\"").and_then(|after| after.split_once('"'));
        rest = value.map_or(after, |(_, rest)| rest).trim_start();
        let is_safe = attribute != "href" || value.is_some_and(|(value, _)| value.starts_with("https://") || value.starts_with('#'));
        if !is_safe || !ATTRIBUTES.split_whitespace().any(|known| known == attribute) {
            return false;
        }
    }
    true
}

#[test]
fn equal_models_have_a_page_too() {
    let page = page_of(&[]);
    assert!(page.contains("no new, updated or removed api methods"));
    assert!(!page.contains("<table>") && !page.contains("<details"));
    assert!(page.contains("<p>wire: compatible (a client in the field still works)</p>"));
    let words = page_of(&[("/shapes/Thing/documentation", json!("A thing."))]);
    assert!(words.contains("<summary>1 text reads differently</summary>") && words.contains("<ins>A thing.</ins>"), "{words}");
}

/// The document and the console messages of a page that Chromium has opened at an address.
fn shown(program: &str, file: &Path, fragment: &str) -> Result<(String, String)> {
    let home = file.with_extension("profile");
    let output = Command::new(program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--enable-logging=stderr", "--dump-dom"])
        .arg(format!("--user-data-dir={}", home.display()))
        .arg(format!("file://{}#{fragment}", file.display()))
        .output()?;
    ensure!(output.status.success(), "{program} ended with {}", output.status);
    // A process that is about to end may still write to the folder.
    let _ = std::fs::remove_dir_all(home);
    let text = |bytes| String::from_utf8(bytes).context("no UTF-8");
    let complaints = text(output.stderr)?.lines().filter(|line| line.contains("CONSOLE")).collect::<Vec<_>>().join("\n");
    Ok((text(output.stdout)?, complaints))
}

/// Only a browser shows that the policy lets the script run, and that the script filters.
#[test]
fn a_browser_filters_the_table_as_the_address_says() -> Result<()> {
    let works = |program: &&str| Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    let Some(program) = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(works) else {
        return skip("the page in a browser", "there is no chromium");
    };
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("changes-{}.html", std::process::id()));
    std::fs::write(&file, page_of(&many()))?;
    let outcome = shown(program, &file, "direction=response&crate=major&words=PART.");
    std::fs::remove_file(&file)?;
    let (dom, complaints) = outcome?;
    assert_eq!(complaints, "");
    assert!(dom.contains("<form id=\"filters\">"), "the filters are for those who have the script: {dom}");
    let rows = between(&dom, "<tr class=\"", "</tr>");
    let rows: Vec<&&str> = rows.iter().filter(|row| !row.starts_with("group")).collect();
    let has = |row: &str, class: &str| row.split('"').next().is_some_and(|classes| classes.split(' ').any(|one| one == class));
    let fits = |row: &str| [has(row, "response"), has(row, "major"), row.contains("part.")];
    for one in 0..3 {
        let alone = |row: &&&&str| fits(row).iter().enumerate().all(|(index, fits)| *fits == (index != one));
        assert!(rows.iter().any(|row| alone(&row)), "every condition keeps a row out that the others let in");
    }
    let visible: Vec<&&&str> = rows.iter().filter(|row| !row.split('>').next().unwrap_or_default().contains("hidden")).collect();
    let expected: Vec<&&&str> = rows.iter().filter(|row| fits(row) == [true; 3]).collect();
    assert_eq!(visible, expected);
    let groups = between(&dom, "<tbody", ">");
    assert_eq!(groups.iter().filter(|group| !group.contains("hidden")).count(), 1, "{groups:?}: only what has rows has a heading");
    assert!(dom.contains(&format!(">{} of {} differences</p>", visible.len(), rows.len())));
    Ok(())
}
