use crate::expressions::{Compiled, compile};
use crate::{Request, Source};
use serde_json::{Value, json};

fn structure(members: &Value) -> Value {
    let members = members.as_object().into_iter().flatten();
    let members: serde_json::Map<String, Value> = members
        .map(|(name, target)| match target {
            Value::String(target) => (name.clone(), json!({ "target": target })),
            whole => (name.clone(), whole.clone()),
        })
        .collect();
    json!({ "type": "structure", "members": members })
}

fn list(item: &str) -> Value {
    json!({ "type": "list", "member": { "target": item } })
}

/// A service whose operation `Describe` has the shapes of AWS's waiters.
fn model() -> String {
    let string = "smithy.api#String";
    let integer = json!({ "target": "smithy.api#Integer", "traits": { "smithy.api#default": 0 } });
    let required = json!({ "target": "smithy.api#Integer", "traits": { "smithy.api#required": {} } });
    let status =
        json!({ "type": "enum", "members": { "ACTIVE": { "target": "smithy.api#Unit" }, "GONE": { "target": "smithy.api#Unit" } } });
    json!({ "smithy": "2.0", "shapes": {
        "t#S": { "type": "service", "version": "1", "operations": [{ "target": "t#Describe" }],
            "traits": { "aws.api#service": { "sdkId": "S" }, "aws.auth#sigv4": { "name": "s" }, "aws.protocols#awsJson1_1": {} } },
        "t#Describe": { "type": "operation", "input": { "target": "t#DescribeInput" }, "output": { "target": "t#DescribeOutput" } },
        "t#DescribeInput": structure(&json!({ "Count": integer })),
        "t#DescribeOutput": structure(&json!({
            "Attributes": "t#AttributeMap", "Flag": "smithy.api#Boolean", "Groups": "t#GroupList", "Ids": "t#StringList",
            "Output": string, "Reservations": "t#ReservationList", "Sparse": "t#SparseList", "Table": "t#Table", "Union": "t#Choice",
            "When": "smithy.api#Timestamp", "services": "t#TaskList", "status": "t#Status",
        })),
        "t#Status": status,
        "t#Table": structure(&json!({ "TableStatus": "t#Status", "Type": string, "Size": "smithy.api#Long" })),
        "t#ReservationList": list("t#Reservation"),
        "t#Reservation": structure(&json!({ "Instances": "t#InstanceList" })),
        "t#InstanceList": list("t#Instance"),
        "t#Instance": structure(&json!({ "State": "t#State" })),
        "t#State": structure(&json!({ "Name": "t#Status" })),
        "t#TaskList": list("t#Task"),
        "t#Task": structure(&json!({ "deployments": "t#StringList", "runningCount": integer, "desiredCount": integer })),
        "t#GroupList": list("t#Group"),
        "t#Group": structure(&json!({ "MinSize": required, "Instances": "t#InstanceList" })),
        "t#AttributeMap": { "type": "map", "key": { "target": string }, "value": { "target": "t#State" } },
        "t#StringList": list(string),
        "t#SparseList": { "type": "list", "member": { "target": string }, "traits": { "smithy.api#sparse": {} } },
        "t#Choice": { "type": "union", "members": { "text": { "target": string }, "table": { "target": "t#Table" } } },
    } })
    .to_string()
}

fn compiled(text: &str) -> Result<Compiled, String> {
    let model = model();
    let request = Request { model: Source { file: "m.json", text: &model }, ..Request::default() };
    compile(&request, "Describe", text.starts_with("input"), &[text]).expect("the model is valid").swap_remove(0)
}

/// The body of the function for an expression, as `prettyplease` prints it.
#[track_caller]
fn assert_body(text: &str, ty: &str, body: &str) {
    let compiled = compiled(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(plain(&compiled.ty), plain(ty), "{text}");
    let printed = |body: &str| {
        let file = syn::parse_str(&format!("fn f() {{ {body} }}")).unwrap_or_else(|error| panic!("{text}: {error}: {body}"));
        prettyplease::unparse(&file)
    };
    assert_eq!(printed(&compiled.body), printed(body), "{text}");
}

#[track_caller]
fn assert_fault(text: &str, fault: &str) {
    assert_eq!(compiled(text).expect_err(text), fault, "{text}");
}

#[test]
fn members_are_read_with_their_accessors() {
    assert_body("status", "&'a str", "Some(output.status()?.as_str())");
    assert_body("Table.TableStatus", "&'a str", "Some(output.table()?.table_status()?.as_str())");
    assert_body("Table.Type", "&'a str", "output.table()?.r#type()");
    assert_body("Table", "&'a Table", "output.table()");
    assert_body("Union.table.Size", "i64", "output.union()?.as_table().ok()?.size()");
    assert_body("Attributes.a.Name", "&'a str", "Some(output.attributes()?.get(\"a\")?.name()?.as_str())");
    assert_body("Ids[0]", "&'a str", "Some(output.ids.as_deref()?.first()?.as_str())");
    assert_body("Ids[-2]", "&'a str", "Some(output.ids.as_deref()?.iter().nth_back(1)?.as_str())");
}

#[test]
fn projections_are_iterators() {
    assert_body(
        "Reservations[].Instances[].State.Name",
        "Vec<&'a str>",
        "Some(output.reservations.as_deref()?.iter().flat_map(|reservation| reservation.instances())
            .filter_map(|instance| Some(instance.state()?.name()?.as_str())).collect::<Vec<_>>())",
    );
    assert_body(
        "Attributes.*.Name",
        "Vec<&'a str>",
        "Some(output.attributes()?.values().filter_map(|state| Some(state.name()?.as_str())).collect::<Vec<_>>())",
    );
    assert_body("Ids", "Vec<&'a str>", "Some(output.ids.as_deref()?.iter().map(String::as_str).collect::<Vec<_>>())");
    assert_body("Sparse[]", "Vec<&'a str>", "Some(output.sparse.as_deref()?.iter().flatten().map(String::as_str).collect::<Vec<_>>())");
}

#[test]
fn lengths_and_comparisons_are_plain() {
    assert_body("length(Reservations[]) > `0`", "bool", "Some(!output.reservations.as_deref()?.is_empty())");
    assert_body("length(Ids) == `2`", "bool", "Some(output.ids.as_deref()?.len() == 2)");
    assert_body("length(Output || '') > `0`", "bool", "Some(!output.output().unwrap_or(\"\").is_empty())");
    assert_body("status != 'GONE'", "bool", "Some(output.status().map(|text| text.as_str()) != Some(\"GONE\"))");
    assert_body("Table.Size > `5`", "bool", "Some(output.table()?.size()? > 5)");
    assert_body("Flag == `true`", "bool", "Some(output.flag() == Some(true))");
    assert_body("When == `null`", "bool", "Some(output.when().is_none())");
    assert_body(
        "length(Reservations[].Instances[?State.Name == 'ACTIVE'][]) > `0`",
        "bool",
        "Some(output.reservations.as_deref()?.iter().flat_map(|reservation|
            reservation.instances().iter()
                .filter(|instance| instance.state().and_then(|state| state.name()).map(|text| text.as_str()) == Some(\"ACTIVE\"))
         ).next().is_some())",
    );
}

#[test]
fn inputs_are_compared_with_outputs() {
    assert_body(
        "input.Count == length(output.services[])",
        "bool",
        "Some(input.count().map(i64::from) == Some(i64::try_from(output.services.as_deref()?.len()).unwrap_or(i64::MAX)))",
    );
}

#[test]
fn an_error_inside_a_list_ends_the_evaluation() {
    assert_body(
        "length(services[?!(length(deployments) == `1` && runningCount == desiredCount)]) == `0`",
        "bool",
        "let mut found = Vec::new();
         for task in output.services.as_deref()? {
             if task.deployments.as_deref()?.len() != 1 || task.running_count() != task.desired_count() {
                 found.push(task);
             }
         }
         Some(found.is_empty())",
    );
    assert_body(
        "contains(Groups[].[length(Instances[?State.Name=='ACTIVE']) >= MinSize][], `false`)",
        "bool",
        "let mut found = Vec::new();
         for group in output.groups.as_deref()? {
             found.push(
                 i64::try_from(group.instances.as_deref()?.iter()
                     .filter(|instance| instance.state().and_then(|state| state.name()).map(|text| text.as_str()) == Some(\"ACTIVE\"))
                     .count()).unwrap_or(i64::MAX) >= i64::from(group.min_size()),
             );
         }
         Some(found.into_iter().any(|value| !value))",
    );
}

#[test]
fn an_expression_that_cannot_be_typed_is_refused_with_its_place() {
    let at = |character: usize, fault: &str| format!("at character {character} of the expression: {fault}");
    assert_fault("Tabl.TableStatus", &at(1, "the structure `DescribeOutput` has no member `Tabl`; did you mean `Table`?"));
    assert_fault("Table.Status", &at(7, "the structure `Table` has no member `Status`"));
    assert_fault("status.a", &at(8, "a text has no member `a`"));
    assert_fault("Table[0]", &at(6, "expected a list before the index, found the structure `Table`"));
    assert_fault("Table == 'a'", &at(7, "the structure `Table` is compared with a text, which are never equal"));
    assert_fault("When == When", &at(6, "a timestamp is compared with null only"));
    assert_fault("status < 'a'", &at(8, "`<` compares numbers only, not a text"));
    assert_fault(
        "max(Ids)",
        &at(
            1,
            "the function `max` is not supported; supported are `contains`, `ends_with`, `keys`, `length`, `not_null`, `starts_with` and `values`",
        ),
    );
    assert_fault("lenght(Ids)", &at(1, "JMESPath has no function `lenght`; did you mean `length`?"));
    assert_fault("length(Ids, Ids)", &at(1, "`length` takes 1 argument, found 2"));
    assert_fault("length(Flag)", &at(1, "`length` takes a text, a list or a map, found true or false"));
    assert_fault("[status, Flag]", &at(1, "the items of a list must have one type, found a text and true or false"));
    assert_fault("Ids[1:]", &at(4, "slices are not supported"));
    assert_fault("a b", &at(3, "expected the end, found `b`"));
}
