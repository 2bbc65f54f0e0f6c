//! Connections with more bytes than the reply, and replies with forged parts.

use super::{Setup, read, refused, start};
use smithlet_tests::fault::{Script, Step, steps};

/// Only the last reply is final.
#[tokio::test]
async fn informational_replies_are_skipped() {
    let setup = Setup::new(Script::new(steps::informed)).await;
    let client = setup.client();
    for id in ["p:1", "p:2"] {
        assert_eq!(read(&client, id).await.expect("the reply is the last one"), id);
    }
    assert_eq!(setup.requests(), 2);
}

/// The second reply has no request, and is discarded.
#[tokio::test]
async fn a_second_reply_is_never_the_next_calls() {
    let setup = Setup::new(Script::new(steps::two_replies)).await;
    let client = setup.client();
    for number in 0..10 {
        let id = format!("p:{number}");
        assert_eq!(read(&client, &id).await.expect("the first reply is the right one"), id);
        assert_eq!(start(&client, Some(&id)).await.expect("the first reply is the right one"), format!("p:{id}"));
    }
    assert_eq!(setup.server.log().builds(), 10);
}

/// The error shows nothing of the header.
#[tokio::test]
async fn a_header_with_control_characters_is_refused() {
    for value in ["1\x1b[2J", "1\0", "1\x08\x08"] {
        let script = Script::new(move |_| vec![Step::Send(steps::reply("400 Bad Request", &[("x-amzn-requestid", value)], "{}"))]);
        let setup = Setup::new(script).await;
        let failed = refused(start(&setup.client(), None).await);
        assert!(failed.line.contains(" sent is not a reply in HTTP: "), "{failed:?}");
    }
}

/// A message from outside cannot add a second line or a header to a log.
#[tokio::test]
async fn line_ends_in_a_message_are_removed() {
    let message = "no\r\nx-amzn-requestid: forged\r\n\r\nHTTP/1.1 200 OK\u{2028}\u{202e}\x1b[31m";
    let script = move |_: &_| vec![Step::Send(steps::refusal("400 Bad Request", "InvalidInputException", message))];
    let setup = Setup::new(Script::new(script)).await;
    let failed = refused(start(&setup.client(), None).await);
    assert!(failed.line.starts_with("StartBuild: 400 InvalidInputException: no x-amzn-requestid: forged HTTP/1.1 200 OK"), "{failed:?}");
    assert!(failed.line.ends_with("(request id refused-1, attempt 1 of 3)"), "{failed:?}");
}

/// A header's value contains line ends and a whole reply. That reply is read, but the rest is not the reply of the next call.
#[tokio::test]
async fn a_forged_reply_does_not_reach_the_next_call() {
    let forged = r#"{"builds":[{"id":"forged:1"}]}"#;
    let id = format!("1\r\ncontent-length: {}\r\n\r\n{forged}HTTP/1.1 200 OK\r\nx: y", forged.len());
    let answer = move |_: &_| vec![Step::Send(steps::reply("200 OK", &[("x-amzn-requestid", &id)], forged))];
    let setup = Setup::new(Script::first(1, answer)).await;
    let client = setup.client();
    assert_eq!(read(&client, "p:1").await.expect("it is a reply"), "forged:1");
    assert_eq!(read(&client, "p:2").await.expect("the connection is not used again"), "p:2");
    assert_eq!(setup.server.log().connections, 2);
}
