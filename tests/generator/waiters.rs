//! Every waiter in botocore's lists becomes one of ours, for every service whose protocol is supported.

use super::compiled::{cargo, write};
use super::{path, shown};
use anyhow::{Context as _, Result, anyhow};
use codegen::{Generated, Operations, Request, Runtime};
use serde_json::Value;
use smithlet::models::{Cache, Models};
use smithlet_tests::skip;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A release of botocore and the SHA-256 of its wheel.
const RELEASE: (&str, &str) = ("1.43.67", "48ab8e9fac26fbc2a700d57010251003e6a5f731cf74d8540fb796bc8f3fc0ef");

/// The waiters that are left out: the service, the waiter, and the reason.
const LEFT_OUT: [(&str, &str, &str); 0] = [];

/// The services whose waiters are compiled. Their expressions are of all kinds that botocore has: plain paths, lists, lengths and filters.
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
    let (mut table, mut left_out, mut compiled) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    for service in models.services() {
        let Some((listed, generated)) = of_service(&models, &service.name).with_context(|| service.name.clone())? else { continue };
        let made = generated.files.keys().filter(|file| file.starts_with("src/waiters/")).count();
        let missing = generated.diagnostics.iter().filter(|finding| finding.message.contains(" is left out: "));
        left_out.extend(missing.map(|finding| (service.name.clone(), finding.to_string())));
        table.insert(service.name.clone(), (made, listed));
        if COMPILED.contains(&service.name.as_str()) {
            compiled.insert(service.name.clone(), generated);
        }
    }
    for (service, (made, listed)) in &table {
        println!("{service}: {made} of {listed}");
    }
    let (made, listed) = table.values().fold((0, 0), |sums, of| (sums.0 + of.0, sums.1 + of.1));
    println!("{made} of {listed} waiters of {} services", table.len());
    assert_eq!(left_out.len(), LEFT_OUT.len(), "{left_out:#?}");
    for (service, waiter, reason) in LEFT_OUT {
        let is_it = |(of, finding): &(String, String)| of == service && finding.contains(&format!("`{waiter}`")) && finding.contains(reason);
        assert!(left_out.iter().any(is_it), "{service}: {waiter} is not left out");
    }
    assert_eq!(made + LEFT_OUT.len(), listed);
    assert!(table.len() >= 26 && listed >= 100, "botocore has more services than that");
    assert_eq!(compiled.keys().map(String::as_str).collect::<Vec<_>>(), COMPILED);
    compile(&compiled)
}

/// The number of a service's waiters, and a crate of the operations that they call. `None` for a service without waiters, or whose protocol is not
/// supported.
fn of_service(models: &Models, name: &str) -> Result<Option<(usize, Generated)>> {
    let found = models.find(name).map_err(|finding| anyhow!("{finding}"))?;
    let Some(file) = &found.beside.waiters else { return Ok(None) };
    let listed: Value = serde_json::from_str(&file.text)?;
    let listed = listed["waiters"].as_object().context("an object of waiters")?;
    let offers = codegen::offers(found.model.source()).map_err(|findings| anyhow!("{}", shown(&findings)))?;
    if listed.is_empty() || offers.iter().all(|offer| !offer.refusals.is_empty()) {
        return Ok(None);
    }
    let operations: BTreeSet<&str> = listed.values().filter_map(|waiter| waiter["operation"].as_str()).collect();
    let runtime = path("../codegen/runtime").display().to_string();
    let package = format!("waits-{name}");
    let request = Request {
        model: found.model.source(),
        waiters: Some(file.source()),
        operations: Operations::Named(operations.into_iter().map(str::to_owned).collect()),
        name: Some(&package),
        runtime: Runtime::Path(&runtime),
        ..Request::default()
    };
    let generated = codegen::generate(&request).map_err(|findings| anyhow!("{}", shown(&findings)))?;
    Ok(Some((listed.len(), generated)))
}

/// Compiles and documents crates without warnings.
fn compile(crates: &BTreeMap<String, Generated>) -> Result<()> {
    let root = path("../target/waits");
    for (service, generated) in crates {
        for (file, text) in &generated.files {
            write(&root.join(service).join(file), text);
        }
    }
    let members = crates.keys().map(|service| format!("{service:?}")).collect::<Vec<_>>().join(", ");
    let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
    write(&root.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n{profile}"));
    write(&root.join("Cargo.lock"), &fs::read_to_string(path("../Cargo.lock"))?);
    cargo(&root, &["check", "--workspace"]);
    cargo(&root, &["doc", "--workspace", "--no-deps"]);
    Ok(())
}
