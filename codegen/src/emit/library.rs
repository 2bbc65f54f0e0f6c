//! `lib.rs`: the crate's documentation and its modules.

use crate::rust::waiter::Waiter;
use crate::rust::{Crate, Field, Operation, Type};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `lib.rs`.
pub(super) fn library(plan: &Crate) -> TokenStream {
    let lines = library_docs(plan);
    let lines = lines.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    let endpoint = plan.endpoint_rules.as_ref().map(|_| {
        quote!(
            mod endpoint;
        )
    });
    let waiters = (!plan.waiters().is_empty()).then(|| {
        quote!(
            pub mod waiters;
        )
    });
    quote! {
        #(#![doc = #lines])*
        pub mod client;
        pub mod config;
        #endpoint
        pub mod error;
        pub mod meta;
        pub mod operation;
        pub mod primitives;
        pub mod types;
        #waiters
        mod wire;
        pub use client::Client;
        pub use config::Config;
        pub use error::Error;
    }
}

fn library_docs(plan: &Crate) -> String {
    let service = &plan.service;
    let operations: Vec<String> = plan
        .operations
        .iter()
        .map(|operation| format!("- [`{}`](Client::{}): {}", operation.wire, operation.module.plain(), operation.docs.summary))
        .collect();
    let example = plan.operations.iter().find_map(|operation| Some((operation, required_calls(operation)?)));
    let example = example.map_or_else(String::new, |(operation, calls)| {
        format!(
            "# Example\n\n```no_run\n# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\nuse {0}::Client;\n\n\
             // Region, credentials and all else come from where AWS's tools find them: the environment, the profile, the machine.\n\
             let client = Client::from_env().await?;\n\
             let reply = client.{1}(){calls}.send().await?;\nprintln!(\"{{reply:?}}\");\n# Ok(())\n# }}\n```",
            plan.name.replace('-', "_"),
            operation.module.plain(),
        )
    });
    let (pages, serde, waiters) = (pages_docs(plan), serde_docs(plan), waiter_docs(plan));
    format!(
        "A small client of {}, API version {}: the operations below and nothing else.\n\n{}\n\n# Operations\n\n{}\n\n{waiters}{example}\n\n{pages}{PROMISES}\n\n{serde}\n\n{}",
        crate::docs::escape(&service.title),
        crate::docs::escape(&service.api_version),
        service.docs.full,
        operations.join("\n"),
        super::differences::differences(plan),
    )
}

/// Where the tables are, which are the same for all services.
const PROMISES: &str = "\
# What may be relied on

The settings that are read and the promises of a client stand in the documentation of the crate `smithlet_runtime`, each with its
test:

- [settings](smithlet_runtime::config#settings): variables, properties of profiles, and what goes first
- [credentials](smithlet_runtime::credentials): where they are found, how long they are kept
- [endpoints](smithlet_runtime::endpoint): where requests go
- [the transport](smithlet_runtime::http): proxies, certificates, timeouts, connections
- [retries](smithlet_runtime::retry): what is sent again, and when
- [clocks](smithlet_runtime::clock) that differ from the service's
- [tracing](smithlet_runtime::client): the spans and events of a call
- [faults](smithlet_runtime::faults): what may go wrong on the way to the service and back, and what happens then";

/// The documentation of paginators, if an operation has one.
fn pages_docs(plan: &Crate) -> String {
    let paginated: Vec<&Operation> = plan.operations.iter().filter(|operation| operation.pages.is_some()).collect();
    let subject = match paginated.len() {
        0 => return String::new(),
        1 => "One operation returns its",
        _ => "Some operations return their",
    };
    // The operation that needs the least to be called.
    let example =
        paginated.iter().filter_map(|operation| Some((operation, required_calls(operation)?))).min_by_key(|(_, calls)| calls.len());
    let example = example.map_or_else(String::new, |(operation, calls)| {
        let has_items = operation.pages.as_ref().is_some_and(|pages| pages.items.is_some());
        let (one, items) = if has_items { ("item", ".items()") } else { ("page", "") };
        format!(
            "```no_run\n# async fn pages(client: {}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
             let mut {one}s = client.{}(){calls}.into_paginator(){items}.send();\n\
             while let Some({one}) = {one}s.next().await {{\n    println!(\"{{:?}}\", {one}?);\n}}\n# Ok(())\n# }}\n```\n\n",
            plan.name.replace('-', "_"),
            operation.module.to_token_stream(),
        )
    });
    format!(
        "# Pages\n\n{subject} results page by page. A [paginator](smithlet_runtime::paginator), which `into_paginator` makes, asks for one page\n\
         after another, each when it is needed.\n\n{example}"
    )
}

/// The documentation of the feature `serde`.
fn serde_docs(plan: &Crate) -> String {
    let output = plan.operations.iter().map(|operation| &operation.output).find(|output| !output.fields.is_empty() && !output.streams());
    let example = output.map_or_else(String::new, |output| {
        let name = output.name.plain();
        format!("What the AWS CLI prints is\nread by `serde_json::from_str::<{name}>(&text)?`, with timestamps in either of its formats.\n")
    });
    let streams = if plan.streams() { "Only those with a stream do not, since it can be read only once. " } else { "" };
    format!(
        "# Feature `serde`\n\n\
         Off by default. Everything in [`types`] but the errors and every operation's input and output have serde's\n\
         `Serialize` and `Deserialize`, with the names and forms of the wire. {streams}{example}\
         Reading forgives what it forgives a reply, and an error names the member.\n\n\
         **What `Debug` hides, serde writes**: sensitive values are written as they are. Request ids are not written.\n\
         A format has to say what its values are, as JSON, YAML and CBOR do. Timestamps that are seconds on the wire\n\
         are exact to the microsecond.",
    )
}

/// The section about waiters, with an empty line at its end; nothing for a crate without them.
fn waiter_docs(plan: &Crate) -> String {
    let waiters = plan.waiters();
    if waiters.is_empty() {
        return String::new();
    }
    let line = |waiter: &Waiter| format!("- [`{0}`](client::Waiters::{0}): {1}", waiter.method.plain(), waiter.docs.summary);
    let lines: Vec<String> = waiters.iter().map(|(_, waiter)| line(waiter)).collect();
    format!(
        "# Waiters\n\nA method of the trait [`Waiters`](client::Waiters) repeats a call until something has reached a state, at most for the time that is\n\
         given to `wait`:\n\n{}\n\n[The rules of waits](smithlet_runtime::waiters) stand in the documentation of the runtime.\n\n",
        lines.join("\n")
    )
}

/// Calls that set what the operation requires, as far as text will do; none when it will not.
fn required_calls(operation: &Operation) -> Option<String> {
    operation.input.fields.iter().filter(|field| field.required).map(required_call).collect()
}

/// A call that sets a member to a text; none for a member that is not a text or a list of texts.
pub(super) fn required_call(field: &Field) -> Option<String> {
    match &field.ty {
        Type::String => Some(format!(".{}(\"...\")", field.name.to_token_stream())),
        Type::List { item, .. } if **item == Type::String => Some(format!(".{}(\"...\")", field.name.to_token_stream())),
        _ => None,
    }
}
