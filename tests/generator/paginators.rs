//! Every operation in botocore's lists of paginators has a paginator, for every service whose protocol is supported.

use anyhow::{Context as _, Result};
use codegen::{Operations, Request};
use serde_json::Value;
use smithlet::models::{Cache, Document, Models};
use smithlet_tests::skip;
use std::path::Path;

/// A release of botocore and the SHA-256 of its wheel.
const RELEASE: (&str, &str) = ("1.43.67", "48ab8e9fac26fbc2a700d57010251003e6a5f731cf74d8540fb796bc8f3fc0ef");

#[test]
fn every_paginated_operation_has_a_paginator() -> Result<()> {
    const TEST: &str = "paginators of all services";
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh/cache");
    let wheel = match Cache::at(&cache).wheel(RELEASE.0, Some(RELEASE.1), &mut smithlet_tests::say) {
        Ok(wheel) => wheel,
        Err(finding) => return skip(TEST, &finding.to_string()),
    };
    let models = Models::of_wheel(wheel).map_err(|finding| anyhow::anyhow!("{finding}"))?;
    let (mut refused, mut without_items) = (Vec::new(), Vec::new());
    let (mut services, mut paginators) = (0, 0);
    for service in models.services() {
        let found = models.find(&service.name).map_err(|finding| anyhow::anyhow!("{finding}"))?;
        let Some(file) = &found.beside.paginators else { continue };
        let offers = codegen::offers(found.model.source()).map_err(|found| anyhow::anyhow!("{found:?}"))?;
        if offers.iter().all(|offer| !offer.refusals.is_empty()) {
            continue;
        }
        let listed: Value = serde_json::from_str(&file.text)?;
        let listed: Vec<&String> = listed["pagination"].as_object().context("a list of paginators")?.keys().collect();
        let refusals = |name: &str| offers.iter().find(|offer| offer.name == name).map_or(&[][..], |offer| &offer.refusals);
        let (names, others): (Vec<&String>, Vec<&String>) = listed.into_iter().partition(|name| refusals(name).is_empty());
        refused.extend(others.iter().map(|name| (service.name.clone(), (*name).clone(), refusals(name).join("; "))));
        if names.is_empty() {
            continue;
        }
        let generated = generate(&found.model, file, &names).with_context(|| service.name.clone())?;
        let files: Vec<&String> = generated.keys().filter(|file| file.ends_with("/paginator.rs")).collect();
        assert_eq!(files.len(), names.len(), "{}: {files:?} for {names:?}", service.name);
        let plain = files.iter().filter(|file| !generated[file.as_str()].contains("PaginatorItems"));
        without_items.extend(plain.map(|file| (service.name.clone(), (*file).clone())));
        println!("{}: {} paginators", service.name, names.len());
        services += 1;
        paginators += names.len();
    }
    println!("{paginators} paginators of {services} services; refused: {refused:#?}; without items: {without_items:#?}");
    Ok(())
}

/// Generates operations of a service. Returns the files.
fn generate(model: &Document, paginators: &Document, names: &[&String]) -> Result<std::collections::BTreeMap<String, String>> {
    let operations = Operations::Named(names.iter().map(|name| (*name).clone()).collect());
    let request = Request { model: model.source(), paginators: Some(paginators.source()), operations, ..Request::default() };
    let generated = codegen::generate(&request).map_err(|findings| anyhow::anyhow!("{}", super::shown(&findings)))?;
    Ok(generated.files)
}
