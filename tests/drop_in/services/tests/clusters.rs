//! Clusters.

use crate::bound::{bound, sent};
use crate::config;
use aws_sdk_eks::Client;
use serde_json::json;
use services::clusters::{Cluster, active, all};

#[tokio::test]
async fn a_cluster_is_described() {
    let cluster = |status: &str| json!({ "cluster": { "name": "c", "status": status, "endpoint": "https://c", "certificateAuthority": { "data": "Q0E=" } } });
    let missing = json!({ "clusterName": "gone", "message": "No cluster found for name: gone." });
    let talk = bound([
        (200, &[][..], cluster("ACTIVE").to_string()),
        (200, &[][..], cluster("CREATING").to_string()),
        (404, &[("x-amzn-errortype", "ResourceNotFoundException")][..], missing.to_string()),
    ]);
    let client = Client::new(&config(&talk));
    let expected = Cluster { name: "c".to_owned(), endpoint: "https://c".to_owned(), certificate: Some("Q0E=".to_owned()) };
    assert_eq!(active(&client, "c").await, Ok(Some(expected)));
    assert_eq!(active(&client, "c").await, Ok(None));
    assert_eq!(active(&client, "gone").await, Err("no cluster gone".to_owned()));
}

#[tokio::test]
async fn clusters_are_listed_with_their_node_groups() {
    let talk = bound([
        (200, &[][..], json!({ "clusters": ["a"] }).to_string()),
        (200, &[][..], json!({ "nodegroups": ["small", "large"] }).to_string()),
    ]);
    let found = all(&Client::new(&config(&talk))).await;
    assert_eq!(found, Ok(vec![("a".to_owned(), vec!["small".to_owned(), "large".to_owned()])]));
    let uris: Vec<String> = sent(&talk).into_iter().map(|(method, uri, body)| format!("{method} {uri}{body}")).collect();
    let host = "https://eks.eu-west-1.amazonaws.com";
    assert_eq!(uris, [format!("GET {host}/clusters?include=all&maxResults=100"), format!("GET {host}/clusters/a/node-groups")]);
}
