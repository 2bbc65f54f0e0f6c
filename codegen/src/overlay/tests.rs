use super::*;
use crate::read::tests::{lines, member, model_of, service_text, shape};
use serde_json::json;

fn model() -> Model {
    model_of(&service_text(&json!({
        "t#In": { "type": "structure", "members": { "token": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } } } }
    })))
}

fn overlay(shapes: &Value) -> String {
    json!({ "smithy": "2.0", "metadata": { "why": "ours" }, "shapes": shapes }).to_string()
}

fn faults(text: &str) -> Vec<String> {
    let mut changed = model();
    let found = lines(&apply(&mut changed, "m.json", text).expect_err("the overlay is wrong"));
    assert_eq!(changed, model(), "a wrong overlay changes nothing");
    found
}

#[test]
fn entries_reach_shapes_and_members() {
    let mut model = model();
    let text = overlay(&json!({
        "t#In$token": { "type": "apply", "traits": { "smithlet.api#reason": "It is one.", "smithy.api#idempotencyToken": {} } },
        "t#S": { "type": "apply", "traits": { "smithlet.api#reason": "Better.", "smithy.api#title": "T" } }
    }));
    assert_eq!(apply(&mut model, "o.json", &text), Ok(()));
    let token = member(&model, "t#In", "token");
    assert!(token.traits.has("smithy.api#idempotencyToken") && token.traits.has("smithy.api#required"));
    assert!(!token.traits.has(REASON), "the reason stays in the overlay");
    assert_eq!(shape(&model, "t#S").traits.text("smithy.api#title"), Some("T"));
}

#[test]
fn a_patch_replaces_what_the_model_says() {
    let mut model = model();
    let traits = json!({ "smithlet.api#reason": "It moved.", "aws.auth#sigv4": { "name": "other" } });
    assert_eq!(apply(&mut model, "o.json", &overlay(&json!({ "t#S": { "type": "apply", "traits": traits } }))), Ok(()));
    assert_eq!(shape(&model, "t#S").traits.get("aws.auth#sigv4"), Some(&json!({ "name": "other" })));
}

#[test]
fn all_faults_are_reported_in_one_run() {
    let found = faults(&overlay(&json!({
        "t#In$token": { "type": "apply", "traits": { "smithlet.api#reason": "Was missing.", "smithy.api#required": {} } },
        "t#In$tokn": { "type": "apply", "traits": { "smithlet.api#reason": "Secret.", "smithy.api#sensitive": {} } },
        "t#Inn": { "type": "apply", "traits": { "smithlet.api#reason": "Secret.", "smithy.api#sensitive": {} } },
        "t#Op": { "type": "apply", "traits": { "smithy.api#documentation": "x" } },
        "t#Out": { "type": "apply", "traits": { "smithlet.api#reason": " ", "smithy.api#sensitve": {} }, "member": "x" },
        "t#New": { "type": "structure" },
        "t#S": { "type": "apply", "traits": { "smithlet.api#reason": "Nothing to add." } }
    })));
    assert_eq!(
        found,
        [
            "/shapes/t#In$token/traits/smithy.api#required: the model already has this value of `smithy.api#required`\
             \n  hint: the entry is no longer needed: remove it",
            "/shapes/t#In$tokn: an overlay's entry without a target: `t#In` has no member `tokn`\n  hint: did you mean `token`?",
            "/shapes/t#Inn: an overlay's entry without a target: `t#Inn` is not defined\n  hint: did you mean `t#In`?",
            "/shapes/t#New/type: `t#New` is of the type `structure`: an overlay holds `apply` statements only\n  hint: move the shape to the model",
            "/shapes/t#Op: an overlay's entry without a reason\
             \n  hint: state the reason in the trait `smithlet.api#reason`, a string",
            "/shapes/t#Out: an overlay's entry without a reason\
             \n  hint: state the reason in the trait `smithlet.api#reason`, a string",
            "/shapes/t#Out/member: the key `member` has no meaning here",
            "/shapes/t#Out/traits/smithy.api#sensitve: the trait `smithy.api#sensitve` has no meaning here\n  hint: did you mean `smithy.api#sensitive`?",
            "/shapes/t#S: an overlay's entry without a trait",
        ]
    );
}

#[test]
fn an_overlay_is_a_smithy_file_of_a_known_version() {
    assert_eq!(faults("{}"), ["the key `smithy` is missing"]);
    assert_eq!(faults(r#"{"smithy": "9", "shape": {}}"#).len(), 2);
    assert_eq!(faults("[]").len(), 1);
    assert!(
        faults(r#"{"smithy": "2.0", "shapes": {"t#In": {"type": "apply"}, "t#In": {"type": "apply"}}}"#)
            .iter()
            .any(|line| line.contains("twice"))
    );
}
