//! Every waiter in botocore's lists becomes one of ours, for every service whose protocol is supported.

use super::compiled::{cargo, write, write_manifest};
use super::{path, shown};
use anyhow::{Context as _, Result, anyhow};
use codegen::{Generated, Operations, Request, Runtime};
use serde_json::Value;
use smithlet::models::{Cache, Models};
use smithlet_tests::skip;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A release of botocore and the SHA-256 of its wheel.
const RELEASE: (&str, &str) = ("1.43.67", "48ab8e9fac26fbc2a700d57010251003e6a5f731cf74d8540fb796bc8f3fc0ef");

const COMPILED: [&str; 6] = ["acm", "cloudwatch", "dms", "dynamodb", "ecs", "emr"];

#[test]
fn every_waiter_of_botocore_is_generated() -> Result<()> {
    const TEST: &str = "waiters of all services";
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh/cache");
    let wheel = match Cache::at(&cache).wheel(RELEASE.0, Some(RELEASE.1), &mut smithlet_tests::say) {
        Ok(wheel) => wheel,
        Err(finding) => return skip(TEST, &finding.to_string()),
    };
    let models = Models::of_wheel(wheel).map_err(|finding| anyhow!("{finding}"))?;
    let (mut table, mut not_served, mut compiled) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    for service in models.services() {
        let Some(waits) = of_service(&models, &service.name).with_context(|| service.name.clone())? else { continue };
        let made = waits.generated.files.keys().filter(|file| file.starts_with("src/waiters/")).count();
        let left_out: Vec<String> =
            waits.generated.diagnostics.iter().map(ToString::to_string).filter(|text| text.contains("left out")).collect();
        assert_eq!(left_out, [""; 0], "{}", service.name);
        assert_eq!(made, waits.served, "{}", service.name);
        println!("{}: {made} of {}", service.name, made + waits.not_served.len());
        not_served.extend(waits.not_served.into_iter().map(|(waiter, reason)| (service.name.clone(), waiter, reason)));
        table.insert(service.name.clone(), made);
        if COMPILED.contains(&service.name.as_str()) {
            compiled.insert(service.name.clone(), waits.generated);
        }
    }
    println!("{} waiters of {} services", table.values().sum::<usize>(), table.len());
    assert!(not_served.is_empty(), "{not_served:#?}");
    assert!(table.len() >= 20 && table.values().sum::<usize>() >= 80, "botocore has more services than that");
    assert_eq!(compiled.keys().map(String::as_str).collect::<Vec<_>>(), COMPILED);
    compile(&compiled);
    Ok(())
}

/// The waiters of a service.
struct Waits {
    /// A crate of the operations that they call.
    generated: Generated,
    /// The number of waiters whose operation can be served.
    served: usize,
    /// The other waiters, with the reasons.
    not_served: Vec<(String, String)>,
}

/// `None` for a service without waiters, or whose protocol is not supported.
fn of_service(models: &Models, name: &str) -> Result<Option<Waits>> {
    let found = models.find(name).map_err(|finding| anyhow!("{finding}"))?;
    let Some(file) = &found.beside.waiters else { return Ok(None) };
    let listed: Value = serde_json::from_str(&file.text)?;
    let listed = listed["waiters"].as_object().context("an object of waiters")?;
    let offers = codegen::offers(found.model.source()).map_err(|findings| anyhow!("{}", shown(&findings)))?;
    if listed.is_empty() || offers.iter().all(|offer| !offer.refusals.is_empty()) {
        return Ok(None);
    }
    let (mut operations, mut served, mut not_served) = (BTreeSet::new(), 0, Vec::new());
    for (waiter, listed) in listed {
        let operation = listed["operation"].as_str().with_context(|| format!("{waiter} has no operation"))?;
        let offer = offers.iter().find(|offer| offer.name == operation).with_context(|| format!("{operation} does not exist"))?;
        match offer.refusals.first() {
            Some(reason) => not_served.push((waiter.clone(), reason.clone())),
            None => {
                operations.insert(operation.to_owned());
                served += 1;
            }
        }
    }
    let runtime = path("../codegen/runtime").display().to_string();
    let package = format!("waits-{name}");
    let request = Request {
        model: found.model.source(),
        waiters: Some(file.source()),
        operations: Operations::Named(operations.into_iter().collect()),
        name: Some(&package),
        runtime: Runtime::Path(&runtime),
        ..Request::default()
    };
    let generated = codegen::generate(&request).map_err(|findings| anyhow!("{}", shown(&findings)))?;
    Ok(Some(Waits { generated, served, not_served }))
}

/// Compiles and documents crates without warnings.
fn compile(crates: &BTreeMap<String, Generated>) {
    let root = path("../target/waits");
    for (service, generated) in crates {
        for (file, text) in &generated.files {
            write(&root.join(service).join(file), text);
        }
    }
    write_manifest(&root, crates.keys().map(String::as_str));
    cargo(&root, &["check", "--workspace"]);
    cargo(&root, &["doc", "--workspace", "--no-deps"]);
}
