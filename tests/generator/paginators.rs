//! Every operation in botocore's lists of paginators has a paginator, for every service whose protocol is supported.

use anyhow::{Context as _, Result, anyhow};
use codegen::{Operations, Request};
use serde_json::Value;
use smithlet::models::{Cache, Models, ServiceModel};
use smithlet_tests::skip;
use std::collections::BTreeMap;
use std::path::Path;

/// A release of botocore and the SHA-256 of its wheel.
const RELEASE: (&str, &str) = ("1.43.67", "48ab8e9fac26fbc2a700d57010251003e6a5f731cf74d8540fb796bc8f3fc0ef");

/// The operations whose results botocore names, but which have no list or map of items. Each has one structure as its result.
const WITHOUT_ITEMS: [(&str, &str); 1] = [("budgets", "DescribeBudgetPerformanceHistory")];

/// The operations that are not supported, with the beginning of the reason.
const REFUSED: [(&str, &str, &str); 3] = [
    ("timestream-query", "ListScheduledQueries", "it requires endpoint discovery"),
    ("timestream-query", "ListTagsForResource", "it requires endpoint discovery"),
    ("timestream-query", "Query", "it requires endpoint discovery"),
];

/// The paginators of a service, as the names of their operations.
#[derive(Default)]
struct Row {
    generated: Vec<String>,
    without_items: Vec<String>,
    /// The operations that are not supported, with the reasons.
    refused: Vec<(String, String)>,
}

#[test]
fn each_paginated_operation_has_a_paginator() -> Result<()> {
    const TEST: &str = "paginators of all services";
    // It generates more than a thousand operations.
    if std::env::var_os("SMITHLET_E2E").is_none_or(|value| value != "required") {
        return skip(TEST, "it generates for minutes; SMITHLET_E2E=required runs it");
    }
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh/cache");
    let wheel = match Cache::at(&cache).wheel(RELEASE.0, Some(RELEASE.1), &mut smithlet_tests::say) {
        Ok(wheel) => wheel,
        Err(finding) => return skip(TEST, &finding.to_string()),
    };
    let models = Models::of_wheel(wheel).map_err(|finding| anyhow!("{finding}"))?;
    let mut table = BTreeMap::new();
    for service in models.services() {
        let found = models.find(&service.name).map_err(|finding| anyhow!("{finding}"))?;
        table.extend(row(&found).with_context(|| service.name.clone())?.map(|row| (service.name, row)));
    }
    for (service, row) in &table {
        println!("{service}: {} paginators, {:?} without items, refused: {:?}", row.generated.len(), row.without_items, row.refused);
    }
    let without_items = table.iter().flat_map(|(service, row)| row.without_items.iter().map(|name| (service.as_str(), name.as_str())));
    assert_eq!(without_items.collect::<Vec<_>>(), WITHOUT_ITEMS);
    let mut refused: Vec<_> = table.iter().flat_map(|(service, row)| row.refused.iter().map(move |refused| (service, refused))).collect();
    refused.sort();
    let is_listed = |(service, (name, reason)): &(&String, &(String, String)), listed: &(&str, &str, &str)| {
        (service.as_str(), name.as_str()) == (listed.0, listed.1) && reason.starts_with(listed.2)
    };
    let all_are = refused.len() == REFUSED.len() && refused.iter().zip(&REFUSED).all(|(one, listed)| is_listed(one, listed));
    assert!(all_are, "expected {REFUSED:#?}, found {refused:#?}");
    assert!(table.len() > 100 && table.values().map(|row| row.generated.len()).sum::<usize>() > 1000);
    Ok(())
}

/// Generates the paginated operations of a service. `None` if it has none, or if its protocol is not supported.
fn row(service: &ServiceModel) -> Result<Option<Row>> {
    let Some(paginators) = &service.beside.paginators else { return Ok(None) };
    let offers = codegen::offers(service.model.source()).map_err(|found| anyhow!("{}", super::shown(&found)))?;
    if offers.iter().all(|offer| !offer.refusals.is_empty()) {
        return Ok(None);
    }
    let listed: Value = serde_json::from_str(&paginators.text)?;
    let listed = listed["pagination"].as_object().context("no list of paginators")?;
    let mut row = Row::default();
    for name in listed.keys() {
        match offers.iter().find(|offer| offer.name == *name) {
            Some(offer) if !offer.refusals.is_empty() => row.refused.push((name.clone(), offer.refusals.join("; "))),
            _ => row.generated.push(name.clone()),
        }
    }
    if row.generated.is_empty() {
        return Ok(Some(row));
    }
    let generated = codegen::generate(&Request {
        model: service.model.source(),
        paginators: Some(paginators.source()),
        operations: Operations::Named(row.generated.clone()),
        ..Request::default()
    });
    let generated = generated.map_err(|findings| anyhow!("{}", super::shown(&findings)))?;
    let files = || generated.files.iter().filter(|(path, _)| path.ends_with("/paginator.rs"));
    assert_eq!(files().count(), row.generated.len(), "{}: {:?}", service.service.name, row.generated);
    for name in row.generated.iter().filter(|name| listed[name.as_str()].get("result_key").is_some()) {
        let items = format!("pub struct {name}PaginatorItems(").to_lowercase();
        if !files().any(|(_, text)| text.to_lowercase().contains(&items)) {
            row.without_items.push(name.clone());
        }
    }
    Ok(Some(row))
}
