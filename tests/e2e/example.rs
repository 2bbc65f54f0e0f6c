//! The example in the documentation of `wait_until_build_complete`, line by line.

use smithlet_codebuild::Client;

/// Runs the example for a build. It prints how the build has ended.
pub(super) async fn run(client: Client, id: &str) -> Result<(), Box<dyn std::error::Error>> {
    use smithlet_codebuild::client::Waiters;
    use smithlet_codebuild::types::StatusType;
    use std::time::Duration;

    let last = client.wait_until_build_complete().ids(id).wait(Duration::from_mins(30)).await?;
    for build in last.into_result()?.builds() {
        println!("{} has ended: {:?}", build.id().unwrap_or_default(), build.build_status());
        for phase in build.phases().iter().filter(|phase| phase.phase_status() == Some(&StatusType::Failed)) {
            println!("its phase {:?} has failed:", phase.phase_type());
            for message in phase.contexts().iter().filter_map(|context| context.message()) {
                println!("    {message}");
            }
        }
        if let Some(link) = build.logs().and_then(|logs| logs.deep_link()) {
            println!("its log is at {link}");
        }
    }
    Ok(())
}

/// The lines of a text without white space around them, and without empty lines.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_documentation_shows_the_example_that_runs() {
    let client = include_str!("../../generated/src/client.rs");
    let (before, _) = client.split_once("fn wait_until_build_complete").expect("the client has the waiter");
    let (_, example) = before.rsplit_once("```no_run").expect("the waiter has an example");
    let example: Vec<&str> = example.lines().map(|line| line.trim().trim_start_matches("///").trim()).collect();
    let example = example.join("\n");
    let (example, _) = example.split_once("```").expect("the example ends");
    // The documentation has an id, and hides the lines that make a program of it.
    let shown: Vec<&str> = lines(example).into_iter().filter(|line| !line.starts_with("# ") && !line.starts_with("let id = ")).collect();
    let run = lines(include_str!("example.rs"));
    assert!(shown.len() > 10 && run.windows(shown.len()).any(|part| part == shown), "{shown:#?}");
}
