//! The same service from a model in Smithy's format, which an import has made of botocore's.

use codegen::diagnostic::Diagnostic;
use codegen::import::{self, Docs};
use codegen::{Generated, Offer, Operations, Request, Source};
use serde_json::{Value, json};

/// The model in Smithy's format, with the operations that can be served.
fn model(request: &Request<'_>, offers: &[Offer]) -> Result<String, Vec<Diagnostic>> {
    let served = offers.iter().filter(|offer| offer.refusals.is_empty()).map(|offer| offer.name.clone()).collect();
    let empty = empty(request.model.text).to_string();
    let imported = import::import(&import::Request {
        upstream: request.model,
        endpoint_rules: request.endpoint_rules,
        paginators: request.paginators,
        waiters: request.waiters,
        model: Source { file: "model.json", text: &empty },
        overlay: None,
        changelog: None,
        record: None,
        release: None,
        operations: Operations::Named(served),
        docs: Docs::None,
        date: "2026-01-01",
        take_version: false,
    })?;
    Ok(imported.model)
}

/// A model of the service without operations.
fn empty(botocore: &str) -> Value {
    let file: Value = serde_json::from_str(botocore).unwrap_or_default();
    let metadata = &file["metadata"];
    // Requests in AWS JSON name the service. In other protocols, any name will do that no shape has.
    let name = metadata["targetPrefix"].as_str().map_or_else(|| unused(&file["shapes"]), str::to_owned);
    let service = json!({
        "type": "service",
        "version": metadata["apiVersion"],
        "traits": { "aws.api#service": { "sdkId": metadata["serviceId"], "endpointPrefix": metadata["endpointPrefix"] } },
    });
    json!({ "smithy": "2.0", "shapes": { (format!("com.amazonaws.service#{name}")): service } })
}

/// A name that none of the shapes has.
fn unused(shapes: &Value) -> String {
    let is_taken = |name: &String| shapes.as_object().is_some_and(|shapes| shapes.keys().any(|shape| shape.eq_ignore_ascii_case(name)));
    let mut name = "Service".to_owned();
    while is_taken(&name) {
        name.push('0');
    }
    name
}

/// Botocore's model, in which requests name the service by what may be the name of a shape. The prefix of `CloudTrail`, for one, has a namespace before that.
fn without_namespace(botocore: &str) -> String {
    let file: Value = serde_json::from_str(botocore).unwrap_or_default();
    match file["metadata"]["targetPrefix"].as_str().and_then(|prefix| Some((prefix, prefix.rsplit_once('.')?.1))) {
        Some((prefix, name)) => botocore.replace(&format!("{prefix:?}"), &format!("{name:?}")),
        None => botocore.to_owned(),
    }
}

/// Generates from a model in Smithy's format, whose result has to be that of botocore's.
pub(super) fn generate(request: &Request<'_>, offers: &[Offer]) -> Result<Generated, Vec<String>> {
    let botocore = without_namespace(request.model.text);
    let request = &Request { model: Source { text: &botocore, ..request.model }, ..request.clone() };
    let model = model(request, offers).map_err(|findings| super::lines(&findings))?;
    let generate = |request: &Request<'_>| codegen::generate(request).map_err(|findings| super::lines(&findings));
    let model = Source { file: "model.json", text: &model };
    let ours = generate(&Request { model, endpoint_rules: None, paginators: None, waiters: None, ..request.clone() })?;
    let theirs = generate(request)?;
    let is_other = |name: &&String| ours.files.get(*name) != theirs.files.get(*name);
    let mut others: Vec<&String> = ours.files.keys().chain(theirs.files.keys()).filter(is_other).collect();
    others.sort_unstable();
    others.dedup();
    let differs = |name: &String| format!("{name} is not what botocore's model gives");
    if others.is_empty() { Ok(ours) } else { Err(others.into_iter().map(differs).collect()) }
}
