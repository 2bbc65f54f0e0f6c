//! Schedules.

use crate::bound::{bound, sent};
use crate::config;
use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::primitives::DateTime;
use serde_json::{Value, json};
use services::schedules::{NotCreated, create, delete, is_enabled, names};

const HOST: &str = "https://scheduler.eu-west-1.amazonaws.com";
const FUNCTION: &str = "arn:aws:lambda:eu-west-1:111122223333:function:report";
const ROLE: &str = "arn:aws:iam::111122223333:role/report";

#[tokio::test]
async fn a_schedule_is_created() {
    let arn = "arn:aws:scheduler:eu-west-1:111122223333:schedule/reports/daily report";
    let talk = bound([(200, &[][..], json!({ "ScheduleArn": arn }).to_string())]);
    let created = create(&Client::new(&config(&talk)), "daily report", DateTime::from_secs(1_574_157_602), FUNCTION, ROLE).await;
    assert_eq!(created.expect("an ARN"), arn);
    let (method, uri, body) = sent(&talk).remove(0);
    assert_eq!((&*method, uri), ("POST", format!("{HOST}/schedules/daily%20report")));
    let mut body: Value = serde_json::from_str(&body).expect("JSON");
    // Both crates fill in a random token.
    assert!(body.as_object_mut().and_then(|body| body.remove("ClientToken")).is_some());
    let expected = json!({
        "FlexibleTimeWindow": { "Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15 },
        "GroupName": "reports",
        "ScheduleExpression": "rate(1 day)",
        "StartDate": 1_574_157_602,
        "Target": { "Arn": FUNCTION, "RoleArn": ROLE, "Input": "{}" },
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn an_existing_schedule_is_told_apart() {
    let refusal = (409, &[("x-amzn-errortype", "ConflictException")][..], json!({ "Message": "exists" }).to_string());
    let talk = bound([refusal]);
    let created = create(&Client::new(&config(&talk)), "daily", DateTime::from_secs(0), FUNCTION, ROLE).await;
    assert!(matches!(created, Err(NotCreated::Exists)), "{created:?}");
}

#[tokio::test]
async fn schedules_are_found_listed_and_deleted() {
    let missing = (404, &[("x-amzn-errortype", "ResourceNotFoundException:http://internal/")][..], json!({ "Message": "no" }).to_string());
    let page = |name: &str, next: Value| (200, &[][..], json!({ "Schedules": [{ "Name": name }], "NextToken": next }).to_string());
    let talk = bound([
        (200, &[][..], json!({ "Name": "a", "State": "ENABLED", "CreationDate": 1_574_157_602.183 }).to_string()),
        missing,
        page("r/1", json!("n&1")),
        page("r/2", Value::Null),
        (200, &[][..], "{}".to_owned()),
    ]);
    let client = Client::new(&config(&talk));
    assert_eq!(is_enabled(&client, "a").await.expect("an answer"), Some(true));
    assert_eq!(is_enabled(&client, "b").await.expect("an answer"), None);
    assert_eq!(names(&client, "r/").await, Ok(vec!["r/1".to_owned(), "r/2".to_owned()]));
    delete(&client, "a").await.expect("it is deleted");
    let sent: Vec<String> =
        sent(&talk).into_iter().map(|(method, uri, body)| format!("{method} {} {body}", uri.replace(HOST, ""))).collect();
    let expected = [
        "GET /schedules/a?groupName=reports ",
        "GET /schedules/b?groupName=reports ",
        "GET /schedules?MaxResults=50&NamePrefix=r%2F ",
        "GET /schedules?MaxResults=50&NamePrefix=r%2F&NextToken=n%261 ",
        "DELETE /schedules/a?clientToken=token-1 ",
    ];
    assert_eq!(sent, expected);
}
