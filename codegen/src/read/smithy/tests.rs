use super::*;
use crate::model::{Kind, Operation, Simple};
use crate::read::read;
use crate::read::tests::{faults, member, model_of, shape, smithy_text};
use serde_json::{Value, json};

fn versioned(version: &str, shapes: &Value) -> String {
    json!({ "smithy": version, "shapes": shapes }).to_string()
}

#[test]
fn every_type_of_shape_is_read() {
    let model = model_of(&smithy_text(&json!({
        "a#Struct": { "type": "structure", "members": { "m": { "target": "a#List", "traits": { "smithy.api#required": {} } } } },
        "a#Union": { "type": "union", "members": { "u": { "target": "a#Struct" } } },
        "a#Enum": { "type": "enum", "members": { "A": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "a" } } } },
        "a#IntEnum": { "type": "intEnum", "members": { "ONE": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 1 } } } },
        "a#List": { "type": "list", "member": { "target": "a#Enum" } },
        "a#Set": { "type": "set", "member": { "target": "a#Enum" } },
        "a#Map": { "type": "map", "key": { "target": "a#Enum" }, "value": { "target": "smithy.api#Document" } },
        "a#Big": { "type": "bigDecimal" }
    })));
    let kinds: Vec<(&str, &str)> =
        model.shapes.iter().filter(|(id, _)| id.namespace() == "a").map(|(id, shape)| (id.name(), shape.kind.name())).collect();
    let expected = [
        ("Big", "bigDecimal"),
        ("Enum", "enum"),
        ("IntEnum", "intEnum"),
        ("List", "list"),
        ("Map", "map"),
        ("Set", "list"),
        ("Struct", "structure"),
        ("Union", "union"),
    ];
    assert_eq!(kinds, expected);
    assert!(member(&model, "a#Struct", "m").traits.has("smithy.api#required"));
    assert_eq!(member(&model, "a#Struct", "m").pointer.as_str(), "/shapes/a#Struct/members/m");
    assert_eq!(member(&model, "a#Map", "value").target.as_str(), "smithy.api#Document");
    assert!(shape(&model, "a#Set").traits.has("smithy.api#uniqueItems"));
    assert_eq!(shape(&model, "smithy.api#Timestamp").kind, Kind::Simple(Simple::Timestamp));
}

#[test]
fn a_service_has_its_resources_operations() {
    let model = model_of(&smithy_text(&json!({
        "a#S": {
            "type": "service", "version": "1", "resources": [{ "target": "a#R" }], "errors": [{ "target": "a#E" }], "rename": { "b#X": "Y" }
        },
        "a#R": {
            "type": "resource", "identifiers": { "id": { "target": "smithy.api#String" } }, "create": { "target": "a#Make" },
            "list": { "target": "a#List" }, "operations": [{ "target": "a#Other" }], "collectionOperations": [{ "target": "a#All" }]
        },
        "a#Make": { "type": "operation", "output": { "target": "smithy.api#Unit" }, "errors": [{ "target": "a#F" }] }
    })));
    let Kind::Resource(resource) = &shape(&model, "a#R").kind else { panic!("a resource") };
    let targets: Vec<&str> = resource.operations.iter().map(|operation| operation.target.name()).collect();
    assert_eq!(targets, ["Make", "List", "Other", "All"]);
    let Kind::Service(service) = &shape(&model, "a#S").kind else { panic!("a service") };
    assert_eq!(service.rename.get(&ShapeId::new("b#X")).map(String::as_str), Some("Y"));
    assert_eq!(service.errors.first().map(|error| error.pointer.as_str()), Some("/shapes/a#S/errors/0"));
    let Kind::Operation(Operation { input, output, errors }) = &shape(&model, "a#Make").kind else { panic!("an operation") };
    assert!(input.is_none() && output.is_some() && errors.len() == 1);
}

#[test]
fn names_must_be_identifiers() {
    let string = json!({ "type": "string" });
    for bad in ["a-b", "1x", "", "../x", "x; }"] {
        let shapes = Value::from_iter([(format!("a#{bad}"), string.clone())]);
        let pointer = Pointer::default().join("shapes").join(&format!("a#{bad}"));
        assert_eq!(faults(&smithy_text(&shapes)), [format!("{pointer}: `{bad}` is not a valid name for a shape\n  hint: {}", ids::RULE)]);

        let members = Value::from_iter([(bad, json!({ "target": "smithy.api#String" }))]);
        let found = faults(&smithy_text(&json!({ "a#B": { "type": "structure", "members": members } })));
        let pointer = Pointer::default().join("shapes").join("a#B").join("members").join(bad);
        assert_eq!(found, [format!("{pointer}: `{bad}` is not a valid name for a member\n  hint: {}", ids::RULE)]);
    }
    let found = faults(&smithy_text(&json!({ "B": string, "a#b#c": string, "a b#C": string })));
    assert_eq!(found.len(), 3, "{found:?}");
    model_of(&smithy_text(&json!({ "a#self": string })));
}

#[test]
fn all_faults_are_reported_in_one_run() {
    let found = faults(&smithy_text(&json!({
        "a#L": { "type": "list" },
        "a#M": { "type": "map", "key": { "target": "smithy.api#String" } },
        "a#N": {},
        "a#O": { "type": "operation", "input": { "target": "String" }, "errors": {} },
        "a#P": { "type": "structure", "members": { "x": { "target": "elsewhere" }, "y": {}, "z": 1 }, "traits": { "required": {} } },
        "a#Q": 7
    })));
    assert_eq!(
        found,
        [
            "/shapes/a#L: a list without a `member`\n  hint: give it `\"member\": { \"target\": ... }`",
            "/shapes/a#M: a map without a `value`\n  hint: give it `\"value\": { \"target\": ... }`",
            "/shapes/a#N: the key `type` is missing",
            "/shapes/a#O/errors: expected an array, found an object",
            "/shapes/a#O/input/target: `String` is not an absolute shape id\n  hint: did you mean `smithy.api#String`?",
            &format!("/shapes/a#P/members/x/target: `elsewhere` is not an absolute shape id\n  hint: {ABSOLUTE}"),
            "/shapes/a#P/members/y: the key `target` is missing",
            "/shapes/a#P/members/z: expected an object, found a number",
            "/shapes/a#P/traits/required: `required` is not an absolute trait id\n  hint: did you mean `smithy.api#required`?",
            "/shapes/a#Q: expected an object, found a number",
        ]
    );
}

#[test]
fn versions_1_and_2_are_read_and_no_others() {
    for good in ["1", "1.0", "1.1", "2", "2.0", "2.1"] {
        model_of(&versioned(good, &json!({})));
    }
    for bad in ["3.0", "", "2.", "two", "02"] {
        let message = format!("/smithy: version `{bad}` of Smithy's AST is not supported\n  hint: versions 1 and 2 are supported");
        assert_eq!(faults(&versioned(bad, &json!({ "worse": 1 }))), [message]);
    }
}

#[test]
fn apply_statements_reach_shapes_and_members() {
    let model = model_of(&smithy_text(&json!({
        "a#S": { "type": "structure", "members": { "m": { "target": "smithy.api#String" } } },
        "a#S$m": { "type": "apply", "traits": { "smithy.api#sensitive": {} } },
        "a#T": { "type": "list", "member": { "target": "smithy.api#String" } },
        "a#T$member": { "type": "apply", "traits": { "smithy.api#length": { "min": 1 } } }
    })));
    assert!(member(&model, "a#S", "m").traits.has("smithy.api#sensitive"));
    assert!(member(&model, "a#T", "member").traits.has("smithy.api#length"));

    let found = faults(&smithy_text(&json!({
        "a#Shape": { "type": "structure", "members": { "name": { "target": "smithy.api#String" } } },
        "a#Shape$nam": { "type": "apply", "traits": {} },
        "a#Shap": { "type": "apply", "traits": {} },
        "a#Shape$x": { "type": "string" }
    })));
    assert_eq!(
        found,
        [
            "/shapes/a#Shap: `a#Shap` is not defined\n  hint: did you mean `a#Shape`?",
            "/shapes/a#Shape$nam: `a#Shape` has no member `nam`\n  hint: did you mean `name`?",
            "/shapes/a#Shape$x: `a#Shape$x` names a member, which only an apply statement can\n  hint: put the member inside its shape, under `members`",
        ]
    );
}

#[test]
fn mixins_are_flattened() {
    let documented = |text: &str| json!({ "smithy.api#documentation": text });
    let model = model_of(&smithy_text(&json!({
        "a#A": {
            "type": "structure", "members": { "a": { "target": "smithy.api#String", "traits": documented("A.a") } },
            "traits": { "smithy.api#mixin": { "localTraits": ["smithy.api#private"] }, "smithy.api#private": {}, "smithy.api#sensitive": {} }
        },
        "a#B": {
            "type": "structure", "mixins": [{ "target": "a#A" }], "members": { "b": { "target": "smithy.api#String" } },
            "traits": { "smithy.api#mixin": {} }
        },
        "a#B$a": { "type": "apply", "traits": documented("B.a") },
        "a#C": {
            "type": "structure", "mixins": [{ "target": "a#B" }],
            "members": { "b": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } } }
        },
        "a#E": { "type": "enum", "members": { "X": { "target": "smithy.api#Unit" } }, "traits": { "smithy.api#mixin": {} } },
        "a#F": { "type": "enum", "mixins": [{ "target": "a#E" }], "members": { "Y": { "target": "smithy.api#Unit" } } },
        "a#G": { "type": "list", "member": { "target": "smithy.api#String" }, "traits": { "smithy.api#mixin": {} } },
        "a#H": { "type": "list", "mixins": [{ "target": "a#G" }] },
        "a#I": { "type": "operation", "errors": [{ "target": "a#X" }], "traits": { "smithy.api#mixin": {} } },
        "a#J": { "type": "operation", "mixins": [{ "target": "a#I" }], "errors": [{ "target": "a#Y" }] }
    })));
    let c = shape(&model, "a#C");
    assert_eq!(c.members().map(|(name, _)| name).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(c.traits.0.keys().collect::<Vec<_>>(), ["smithy.api#sensitive"], "neither the trait mixin nor its local traits");
    assert_eq!(member(&model, "a#C", "a").traits.documentation(), "B.a", "a trait applied to a mixin is inherited");
    assert!(member(&model, "a#C", "b").traits.has("smithy.api#required"));
    assert_eq!(shape(&model, "a#F").members().count(), 2);
    assert_eq!(member(&model, "a#H", "member").target.name(), "String");
    let Kind::Operation(operation) = &shape(&model, "a#J").kind else { panic!("an operation") };
    assert_eq!(operation.errors.len(), 2);
}

#[test]
fn invalid_mixins_are_findings() {
    let found = faults(&smithy_text(&json!({
        "a#A": { "type": "structure", "mixins": [{ "target": "a#B" }], "traits": { "smithy.api#mixin": {} } },
        "a#B": { "type": "structure", "mixins": [{ "target": "a#A" }], "traits": { "smithy.api#mixin": {} } },
        "a#C": { "type": "structure", "mixins": [{ "target": "a#Missing" }, { "target": "a#D" }, { "target": "a#E" }] },
        "a#D": { "type": "structure" },
        "a#E": { "type": "union", "traits": { "smithy.api#mixin": {} } },
        "a#F": { "type": "structure", "members": { "m": { "target": "smithy.api#String" } }, "traits": { "smithy.api#mixin": {} } },
        "a#G": { "type": "structure", "mixins": [{ "target": "a#F" }], "members": { "m": { "target": "smithy.api#Blob" } } }
    })));
    assert_eq!(
        found,
        [
            "/shapes/a#A/mixins: mixins that contain themselves: a#A -> a#B -> a#A",
            "/shapes/a#C/mixins/0: the mixin `a#Missing` is not defined",
            "/shapes/a#C/mixins/1: `a#D` is mixed into this structure, but is not a mixin\n  hint: a mixin carries the trait `smithy.api#mixin`",
            "/shapes/a#C/mixins/2: `a#E` is of the type union, so it cannot be mixed into this structure",
            "/shapes/a#G/members/m/target: the member targets `smithy.api#Blob`, but `smithy.api#String` in the mixin it comes from\
             \n  hint: a mixed-in member can get other traits, not another target",
        ]
    );
}

#[test]
fn unboxed_members_of_version_1_default_to_zero() {
    let to = |target: &str| json!({ "target": target });
    let shapes = json!({
        "a#Int": { "type": "integer" },
        "a#Boxed": { "type": "integer", "traits": { "smithy.api#box": {} } },
        "a#S": { "type": "structure", "members": {
            "own": to("a#Int"), "boxed": to("a#Boxed"), "member": { "target": "a#Int", "traits": { "smithy.api#box": {} } },
            "flag": to("smithy.api#PrimitiveBoolean"), "wrapper": to("smithy.api#Boolean"), "big": to("smithy.api#BigInteger")
        } },
        "a#U": { "type": "union", "members": { "own": to("a#Int") } }
    });
    let old = model_of(&versioned("1.0", &shapes));
    let defaults: Vec<(&str, &Value)> =
        shape(&old, "a#S").members().filter_map(|(name, member)| Some((name, member.traits.get("smithy.api#default")?))).collect();
    assert_eq!(defaults, [("flag", &json!(false)), ("own", &json!(0))]);
    assert!(!member(&old, "a#U", "own").traits.has("smithy.api#default"));
    let new = model_of(&versioned("2.0", &shapes));
    assert!(shape(&new, "a#S").members().all(|(_, member)| !member.traits.has("smithy.api#default")), "version 2 says it itself");
}

#[test]
fn strings_with_an_enum_trait_are_enums() {
    let model = model_of(&versioned(
        "1.0",
        &json!({
            "a#Named": { "type": "string", "traits": { "smithy.api#enum": [
                { "value": "t2.nano", "name": "T2_NANO", "documentation": "Small.", "deprecated": true }, { "value": "b", "name": "B" }
            ] } },
            "a#Plain": { "type": "string", "traits": { "smithy.api#enum": [{ "value": "x y" }, { "value": "z" }] } }
        }),
    ));
    let nano = member(&model, "a#Named", "T2_NANO");
    assert_eq!((nano.traits.text("smithy.api#enumValue"), nano.traits.documentation()), (Some("t2.nano"), "Small."));
    assert!(nano.traits.has("smithy.api#deprecated"));
    assert_eq!(member(&model, "a#Plain", "x_y").traits.text("smithy.api#enumValue"), Some("x y"));
    assert_eq!(member(&model, "a#Plain", "z").traits.text("smithy.api#enumValue"), Some("z"));

    let found = faults(&smithy_text(&json!({
        "a#E": { "type": "string", "traits": { "smithy.api#enum": [
            { "value": "a", "name": "X" }, { "value": "b", "name": "X" }, { "value": "c", "name": "c-d" }, {}, 1
        ] } },
        "a#F": { "type": "string", "traits": { "smithy.api#enum": {} } }
    })));
    assert_eq!(
        found,
        [
            "/shapes/a#E/traits/smithy.api#enum/1: the name `X` is taken by the value at /shapes/a#E/traits/smithy.api#enum/0",
            "/shapes/a#E/traits/smithy.api#enum/2/name: `c-d` is not a valid name for an enum's value",
            "/shapes/a#E/traits/smithy.api#enum/3: the key `value` is missing",
            "/shapes/a#E/traits/smithy.api#enum/4: expected an object, found a number",
            "/shapes/a#F/traits/smithy.api#enum: the trait `smithy.api#enum` must be an array of values",
        ]
    );
}

#[test]
fn the_order_of_keys_does_not_matter() {
    let forwards = r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "structure", "members": {"x": {"target": "a#C"}, "y": {"target": "a#C"}}}, "a#C": {"type": "string"}}}"#;
    let backwards = r#"{"shapes": {"a#C": {"type": "string"}, "a#B": {"members": {"y": {"target": "a#C"}, "x": {"target": "a#C"}}, "type": "structure"}}, "smithy": "2.0"}"#;
    assert_eq!(model_of(forwards), model_of(backwards));
    let bad = |text: &str| read("m.json", &text.replace("a#C\"}", "C\"}"), &mut Vec::new());
    assert_eq!(bad(forwards), bad(backwards));
    assert!(bad(forwards).is_err());
}
