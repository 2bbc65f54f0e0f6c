//! Types with long names, which are broken over lines, and nested types.

use super::Service;
use aws_smithy_types::DateTime;
use case_spelling::types::{
    Key, NameThatLeavesNoRoomForAnythingElseOnItsLineWhichIsWhyTheTypeIsBroken as Long,
    NameThatLeavesNoRoomForAnythingElseOnItsLineWhichIsWhyTheTypeIsBrokenChoice as Choice, Value,
};
use std::collections::HashMap;

#[tokio::test]
async fn long_and_nested_types_survive_a_round_trip() {
    let at = DateTime::from_secs(1_574_424_000);
    let by_name = HashMap::from([("a".to_owned(), Some(at)), ("b".to_owned(), None)]);
    let value = Value::builder()
        .by_key(Key::A, Some(vec![None, Some(vec![at])]))
        .names(by_name.clone())
        .names_or_none(None)
        .names_or_none(Some(by_name))
        .labels_of_name_that_leaves_no_room_for_anything_else_on_its_line_which_is_why_the_type_is_broken("k", "v")
        .texts_of_name_that_leaves_no_room_for_anything_else_on_its_line_which_is_why_the_type_is_broken("t")
        .grid_by_key_of_name_that_leaves_no_room_for_anything_else_on_its_line_which_is_why_the_type_is_broken(Key::A, Vec::new())
        .one(Long::builder().inner(Long::builder().build()).build())
        .longs(Long::builder().build())
        .required_grids(Key::A, vec![vec!["g".to_owned()]])
        .required_longs(Key::A, Long::builder().build())
        .build()
        .expect("all that is required is set");
    let choice = Choice::Other(Box::new(Choice::One(Long::builder().build())));
    let inner: &Choice = choice.as_other().expect("the variant is Other");
    assert!(inner.is_one());

    let service = Service::default();
    let call = case_spelling::Client::from_conf(service.config()).echo().value(value.clone()).choice(choice.clone());
    let output = call.send().await.expect("the reply is valid");
    assert_eq!((output.value(), output.choice()), (Some(&value), Some(&choice)));
    let sent = service.sent();
    let date = r#""Fri, 22 Nov 2019 12:00:00 GMT""#;
    let dates = format!(r#""byKey":{{"A":[null,[{date}]]}}"#);
    let names = format!(r#""names":[{{"a":{date},"b":null}}],"namesOrNone":[null,{{"a":{date},"b":null}}]"#);
    assert!(sent.contains(&dates) && sent.contains(&names), "{sent}");
}
