//! Links in documentation: the target of each name, by its place and by other meanings of the name.

use crate::lower::{Options, lower};
use crate::model::{Model, ShapeId};
use crate::pages::Attached;
use crate::read::tests::{model_of, service_text};
use crate::rust::{Crate, Docs};
use crate::select::{self, Operations};
use serde_json::{Value, json};

/// A service with many names that have several meanings; `StopBuild` is not selected.
fn model() -> Model {
    let operation =
        |input: &str, output: &str| json!({ "type": "operation", "input": { "target": input }, "output": { "target": output } });
    let structure = |members: &[(&str, &str)]| {
        let members: Value = members.iter().map(|(name, target)| ((*name).to_owned(), json!({ "target": target }))).collect();
        json!({ "type": "structure", "members": members })
    };
    let value = |value: &str| json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": value } });
    let mut start = operation("t#StartBuildRequest", "t#Build");
    start["errors"] = json!([{ "target": "t#Busy" }]);
    let mut busy = structure(&[("Message", "smithy.api#String"), ("type", "smithy.api#String")]);
    busy["traits"] = json!({ "smithy.api#error": "client" });
    model_of(&service_text(&json!({
        "t#S": {
            "type": "service", "version": "1", "operations": [{ "target": "t#StartBuild" }, { "target": "t#StopBuild" }],
            "traits": { "aws.api#service": { "sdkId": "T" }, "aws.auth#sigv4": { "name": "t" }, "aws.protocols#awsJson1_1": {} }
        },
        "t#StartBuild": start,
        "t#StopBuild": operation("t#StopRequest", "smithy.api#Unit"),
        "t#StartBuildRequest": structure(&[
            ("projectName", "smithy.api#String"), ("type", "t#Kinds"), ("cache", "t#Cache"), ("part", "t#Part"), ("choice", "t#Choice"),
            ("nextToken", "smithy.api#String"), ("Phase", "smithy.api#String"), ("text", "t#Text"), ("level", "t#Level")
        ]),
        "t#StopRequest": structure(&[]),
        "t#Build": structure(&[("buildNumber", "smithy.api#Long"), ("nextToken", "smithy.api#String"), ("phase", "t#Phase")]),
        "t#Part": structure(&[("self", "t#Part"), ("Choice", "t#Choice")]),
        "t#Phase": structure(&[("CacheMode", "smithy.api#String")]),
        "t#Choice": { "type": "union", "members": { "thisOne": { "target": "t#Part" }, "type": { "target": "t#Cache" } } },
        "t#Kinds": { "type": "list", "member": { "target": "t#Kind" } },
        "t#Kind": { "type": "enum", "members": { "S3": value("S3"), "NO_CACHE": value("NO_CACHE"), "PART": value("Part") } },
        "t#Cache": { "type": "enum", "members": {
            "S3": value("S3"), "LOCAL": value("LOCAL"), "SOURCE": value("LOCAL_SOURCE"), "MODE": value("CacheMode")
        } },
        "t#Level": { "type": "intEnum", "members": { "VERY_LOW": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 1 } } } },
        "t#Text": { "type": "string" },
        "t#Busy": busy
    })))
}

/// The Markdown for a code span with this name in the documentation of a shape or member.
#[track_caller]
fn shown(place: (&str, Option<&str>), name: &str, docs: impl Fn(&Crate) -> &Docs) -> String {
    let mut model = model();
    let text = json!(format!("`{name}`"));
    let shape = model.shapes.get_mut(&ShapeId::new(place.0)).expect("the shape is in the model");
    let traits = match place.1 {
        Some(member) => &mut shape.member_mut(member).expect("the member is in the model").traits,
        None => &mut shape.traits,
    };
    traits.0.insert("smithy.api#documentation".to_owned(), text);
    let wanted = Operations::Named(vec!["StartBuild".to_owned()]);
    let selection = select::select(&model, "m.json", &wanted, &mut Vec::new()).expect("the operation can be selected");
    let (runtime, pages) = (crate::Runtime::Version, Attached::default());
    let options = Options { file: "m.json", name: None, version: None, runtime, endpoint_rules: None, pages: &pages, waiters: None };
    let plan = lower(&model, &selection, &options, &mut Vec::new()).unwrap_or_else(|found| panic!("{found:?}"));
    let docs = docs(&plan);
    assert_eq!(docs.summary, format!("{}.", docs.full), "the first sentence has the links too");
    docs.full.clone()
}

#[track_caller]
fn check(place: (&str, Option<&str>), docs: impl Fn(&Crate) -> &Docs, cases: &[(&str, &str)]) {
    for (name, expected) in cases {
        let expected = expected.split_once(" -> ").map_or_else(|| format!("`{expected}`"), |(text, path)| format!("[`{text}`]({path})"));
        assert_eq!(shown(place, name, &docs), expected, "`{name}` in {place:?}");
    }
}

#[test]
fn a_members_documentation_links_to_its_structure_first() {
    let field = |plan: &Crate, name: &str| plan.operations[0].input.fields.iter().position(|field| field.wire == name).expect("the member");
    check(
        ("t#StartBuildRequest", Some("cache")),
        |plan| &plan.operations[0].input.fields[field(plan, "cache")].docs,
        &[
            ("projectName", "project_name -> Self::project_name"),
            ("type", "type -> Self::type"),
            ("Phase", "phase -> Self::phase"),
            // The member's own enum takes precedence.
            ("S3", "Cache::S3 -> variant@crate::types::Cache::S3"),
            ("LOCAL_SOURCE", "Cache::Source -> variant@crate::types::Cache::Source"),
            // This is a value of another member's enum.
            ("NO_CACHE", "Kind::NoCache -> variant@crate::types::Kind::NoCache"),
            ("VERY_LOW", "Level::VERY_LOW -> value@crate::types::Level::VERY_LOW"),
            ("StartBuild", "start_build -> crate::Client::start_build"),
            ("StartBuildRequest", "StartBuildInput -> type@crate::operation::start_build::StartBuildInput"),
            ("Build", "StartBuildOutput -> type@crate::operation::start_build::StartBuildOutput"),
            ("Busy", "Busy -> type@crate::types::error::Busy"),
            ("Choice", "Choice -> type@crate::types::Choice"),
            // Only the output has this member.
            ("buildNumber", "build_number -> crate::operation::start_build::StartBuildOutput::build_number"),
            // These names are not selected, have no type of their own, or do not exist.
            ("StopBuild", "StopBuild"),
            ("StopRequest", "StopRequest"),
            ("Text", "Text"),
            ("Kinds", "Kinds"),
            ("ProjectName", "ProjectName"),
            ("anything else", "anything else"),
        ],
    );
}

#[test]
fn an_operations_documentation_links_to_its_input_and_output() {
    check(
        ("t#StartBuild", None),
        |plan| &plan.operations[0].docs,
        &[
            ("projectName", "project_name -> crate::operation::start_build::StartBuildInput::project_name"),
            ("buildNumber", "build_number -> crate::operation::start_build::StartBuildOutput::build_number"),
            // Input and output have a member with this name; two of the enums have a value with this name.
            ("nextToken", "nextToken"),
            ("S3", "S3"),
        ],
    );
}

#[test]
fn other_shapes_link_to_their_own_members_first() {
    let part = |plan: &Crate| plan.structures.iter().position(|shape| shape.name.plain() == "Part").expect("the structure");
    check(("t#Part", None), |plan| &plan.structures[part(plan)].docs, &[("self", "self_ -> Self::self_")]);
    // An operation's output has a name of its own and is not a shape of `types`.
    check(("t#Build", None), |plan| &plan.operations[0].output.docs, &[("buildNumber", "build_number -> Self::build_number")]);
    check(
        ("t#Choice", Some("thisOne")),
        |plan| &plan.unions[0].variants[0].docs,
        &[
            ("thisOne", "ThisOne -> Self::ThisOne"),
            ("type", "Type -> Self::Type"),
            ("LOCAL", "Cache::Local -> variant@crate::types::Cache::Local"),
        ],
    );
    check(
        ("t#Busy", None),
        |plan| &plan.operations[0].errors[0].docs,
        &[("Message", "message -> crate::types::error::Busy::message"), ("type", "type -> crate::types::error::Busy::type")],
    );
    let cache = |plan: &Crate| plan.enums.iter().position(|item| item.name.plain() == "Cache").expect("the enum");
    check(("t#Cache", None), |plan| &plan.enums[cache(plan)].docs, &[("S3", "Cache::S3 -> variant@crate::types::Cache::S3")]);
}

#[test]
fn ambiguous_names_are_not_linked() {
    check(
        ("t#S", None),
        |plan| &plan.service.docs,
        &[
            ("StartBuild", "start_build -> crate::Client::start_build"),
            ("NO_CACHE", "Kind::NoCache -> variant@crate::types::Kind::NoCache"),
            ("LOCAL_SOURCE", "Cache::Source -> variant@crate::types::Cache::Source"),
            // These are a value of two enums, a single-word value, and a value that is also a member's name.
            ("S3", "S3"),
            ("LOCAL", "LOCAL"),
            ("CacheMode", "CacheMode"),
            // These are a shape that is also a value, and a shape that is also a member of another type.
            ("Part", "Part"),
            ("Phase", "Phase"),
            ("Choice", "Choice -> type@crate::types::Choice"),
        ],
    );
}

#[test]
fn a_member_of_one_structure_alone_is_linked_everywhere() {
    check(
        ("t#S", None),
        |plan| &plan.service.docs,
        &[
            ("projectName", "project_name -> crate::operation::start_build::StartBuildInput::project_name"),
            // These are a member of two structures, a single word, a name that does not begin in lower case, and a union's member.
            ("nextToken", "nextToken"),
            ("cache", "cache"),
            ("CacheMode", "CacheMode"),
            ("thisOne", "thisOne"),
        ],
    );
}
