//! Replies with more in them than the reply.

use super::{Scene, read, refused, start};
use smithlet_tests::fault::{Script, Step, steps};

/// Only the last of them is the reply.
#[tokio::test]
async fn informational_replies_are_skipped() {
    let scene = Scene::new(Script::new(steps::informed)).await;
    let client = scene.client();
    for id in ["p:1", "p:2"] {
        assert_eq!(read(&client, id).await.expect("the reply is the last one"), id);
    }
    assert_eq!(scene.requests(), 2);
}

/// The second reply is nobody's: never that of the next call.
#[tokio::test]
async fn a_second_reply_is_never_the_next_calls() {
    let scene = Scene::new(Script::new(steps::two_replies)).await;
    let client = scene.client();
    for number in 0..10 {
        let id = format!("p:{number}");
        assert_eq!(read(&client, &id).await.expect("the first reply is the right one"), id);
        assert_eq!(start(&client, Some(&id)).await.expect("the first reply is the right one"), format!("p:{id}"));
    }
    assert_eq!(scene.server.log().builds(), 10);
}

/// Headers with control characters make no reply; nothing of them comes into a line.
#[tokio::test]
async fn a_header_with_control_characters_is_refused() {
    for value in ["1\x1b[2J", "1\0", "1\x08\x08"] {
        let script = Script::new(move |_| vec![Step::Send(steps::reply("400 Bad Request", &[("x-amzn-requestid", value)], "{}"))]);
        let scene = Scene::new(script).await;
        let failed = refused(start(&scene.client(), None).await);
        assert!(failed.line.contains(" sent is not a reply in HTTP: "), "{failed:?}");
    }
}

/// Who can choose a message cannot write a second line, nor what looks like a header.
#[tokio::test]
async fn line_ends_in_a_message_are_removed() {
    let message = "no\r\nx-amzn-requestid: forged\r\n\r\nHTTP/1.1 200 OK\u{2028}\u{202e}\x1b[31m";
    let script = move |_: &_| vec![Step::Send(steps::refusal("400 Bad Request", "InvalidInputException", message))];
    let scene = Scene::new(Script::new(script)).await;
    let failed = refused(start(&scene.client(), None).await);
    assert!(failed.line.starts_with("StartBuild: 400 InvalidInputException: no x-amzn-requestid: forged HTTP/1.1 200 OK"), "{failed:?}");
    assert!(failed.line.ends_with("(request id refused-1, attempt 1 of 3)"), "{failed:?}");
}

/// A header's value with a reply in it is that reply to whoever reads it; what comes after is not the next call's.
#[tokio::test]
async fn a_forged_reply_does_not_reach_the_next_call() {
    let forged = r#"{"builds":[{"id":"forged:1"}]}"#;
    let id = format!("1\r\ncontent-length: {}\r\n\r\n{forged}HTTP/1.1 200 OK\r\nx: y", forged.len());
    let answer = move |_: &_| vec![Step::Send(steps::reply("200 OK", &[("x-amzn-requestid", &id)], forged))];
    let scene = Scene::new(Script::first(1, answer)).await;
    let client = scene.client();
    assert_eq!(read(&client, "p:1").await.expect("it is a reply"), "forged:1");
    assert_eq!(read(&client, "p:2").await.expect("the connection is not used again"), "p:2");
    assert_eq!(scene.server.log().connections, 2);
}
