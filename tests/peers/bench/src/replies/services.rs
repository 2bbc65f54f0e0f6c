//! Replies of other services than `CodeBuild`.

use serde_json::{Value, json};

/// A fixed reply.
pub(crate) struct Fixed {
    /// The operation. In a REST protocol, the method and the path without its query.
    pub(crate) operation: &'static str,
    /// Headers besides those of every reply, each with its line break.
    pub(crate) headers: &'static str,
    pub(crate) body: String,
}

/// All replies.
pub(crate) fn all() -> Vec<Fixed> {
    let ten = |make: fn(u32) -> Value| (0..10).map(make).collect::<Vec<_>>();
    let replies = [
        ("PutItem", "", json!({})),
        ("GetItem", "", json!({ "Item": order(7) })),
        ("Query", "", json!({ "Items": ten(order), "Count": 10, "ScannedCount": 10 })),
        ("POST /2015-03-31/functions/resize/invocations", INVOKED, json!({ "job": "resize", "state": "done" })),
        ("GET /2015-03-31/functions/resize", "", json!({ "Configuration": function(0), "Code": code(), "Tags": { "stage": "test" } })),
        ("GET /2015-03-31/functions", "", json!({ "Functions": ten(function) })),
        ("SendMessage", "", json!({ "MessageId": message_id(0), "MD5OfMessageBody": DIGEST })),
        ("ReceiveMessage", "", json!({ "Messages": ten(message) })),
        ("DeleteMessage", "", json!({})),
        ("PutParameter", "", json!({ "Version": 4, "Tier": "Standard" })),
        ("GetParameter", "", json!({ "Parameter": parameter(0) })),
        ("GetParametersByPath", "", json!({ "Parameters": ten(parameter) })),
    ];
    replies.into_iter().map(|(operation, headers, reply)| Fixed { operation, headers, body: reply.to_string() }).collect()
}

/// The headers of an invocation: the version that was called, and the end of its log in base64.
const INVOKED: &str = "X-Amz-Executed-Version: 4\r\n\
    X-Amz-Log-Result: U1RBUlQgUmVxdWVzdElkOiA3ZjFkMmMzYiBWZXJzaW9uOiA0CkVORCBSZXF1ZXN0SWQ6IDdmMWQyYzNiCg==\r\n";

/// An MD5 digest.
const DIGEST: &str = "5d41402abc4b2a76b9719d911017c592";

fn order(number: u32) -> Value {
    json!({
        "customer": { "S": "c-17" },
        "number": { "N": number.to_string() },
        "article": { "S": "tea" },
        "price": { "M": { "amount": { "N": "12.5" }, "currency": { "S": "EUR" } } },
        "labels": { "SS": ["gift", "fragile"] },
        "paid": { "BOOL": true },
        "note": { "NULL": true },
    })
}

fn message(number: u32) -> Value {
    json!({
        "MessageId": message_id(number),
        "ReceiptHandle": format!("AQEB{number:0>360}=="),
        "MD5OfBody": DIGEST,
        "Body": "{\"job\":\"resize\",\"picture\":4711}",
    })
}

fn message_id(number: u32) -> String {
    format!("219f8380-5770-4cc2-8c3e-{number:012x}")
}

fn parameter(number: u32) -> Value {
    json!({
        "Name": format!("/web-shop/setting-{number}"),
        "Type": "String",
        "Value": "test",
        "Version": 4,
        "LastModifiedDate": 1_574_157_602.183,
        "ARN": format!("arn:aws:ssm:eu-west-1:111122223333:parameter/web-shop/setting-{number}"),
        "DataType": "text",
    })
}

fn function(number: u32) -> Value {
    json!({
        "FunctionName": format!("resize-{number}"),
        "FunctionArn": format!("arn:aws:lambda:eu-west-1:111122223333:function:resize-{number}"),
        "Runtime": "provided.al2023",
        "Role": "arn:aws:iam::111122223333:role/resize",
        "Handler": "bootstrap",
        "CodeSize": 4_711_000,
        "Description": "makes pictures smaller",
        "Timeout": 30,
        "MemorySize": 256,
        "LastModified": "2019-11-22T10:20:30.000+0000",
        "CodeSha256": "j0NDRmSPa5bfid2pAcUXaxCm2Dlh3TwayItZstwyeqQ=",
        "Version": "$LATEST",
        "Environment": { "Variables": { "STAGE": "test", "BUCKET": "pictures" } },
        "TracingConfig": { "Mode": "PassThrough" },
        "RevisionId": message_id(number),
        "State": "Active",
        "LastUpdateStatus": "Successful",
        "PackageType": "Zip",
        "Architectures": ["arm64"],
        "EphemeralStorage": { "Size": 512 },
        "LoggingConfig": { "LogFormat": "Text", "LogGroup": format!("/aws/lambda/resize-{number}") },
    })
}

fn code() -> Value {
    json!({ "RepositoryType": "S3", "Location": "https://awslambda-eu-west-1-tasks.s3.eu-west-1.amazonaws.com/snapshots/111122223333/resize" })
}
