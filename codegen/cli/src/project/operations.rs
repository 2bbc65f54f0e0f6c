//! The command `operations`: the operations of a service are listed or searched.

use super::library::Library;
use super::{Output, Run, ended};
use crate::Exit;
use crate::manifest::{Located, Manifest};
use crate::report::{Console, Verbosity};
use ::codegen::Offer;
use ::codegen::diagnostic::Diagnostic;
use std::fmt::Write as _;
use std::path::Path;

/// The options of `operations`.
#[derive(Clone, clap::Args, Debug)]
pub struct Arguments {
    /// The service, such as sqs; without it, the services are listed.
    #[arg(value_name = "SERVICE")]
    pub service: Option<String>,
    /// Words that the operation's name or its documentation has, in any case.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// The amount of output.
    #[command(flatten)]
    pub output: Output,
}

/// Runs the command from the folder `current`.
pub fn run(current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    console.set_verbosity(Verbosity::of(arguments.output.quiet, arguments.output.verbose));
    let mut run = Run { current, runtime: None, console };
    let end = attempt(arguments, &mut run);
    ended(end, console)
}

fn attempt(arguments: &Arguments, run: &mut Run<'_, '_>) -> Result<Exit, Vec<Diagnostic>> {
    let library = match Manifest::find(run.current)? {
        Some(manifest) => Library::open(&manifest, run)?,
        None => Library::newest(run)?,
    };
    let Some(service) = &arguments.service else {
        run.console.page(&(library.services().join("\n") + "\n"));
        return Ok(Exit::Done);
    };
    let service = library.service(&Located { value: service.clone(), at: String::new() }).map_err(|finding| vec![finding])?;
    let offers = ::codegen::offers(service.model.source())?;
    let found: Vec<&Offer> = offers.iter().filter(|offer| has(offer, &arguments.words)).collect();
    let supported = offers.iter().filter(|offer| offer.refusals.is_empty()).count();
    run.console.notice(&format!("{}: {} operations, {supported} supported", service.model.shown, offers.len()));
    if found.is_empty() {
        run.console.notice(&format!("none of them has the words: {}", arguments.words.join(" ")));
    }
    run.console.page(&list(&found));
    Ok(Exit::Done)
}

/// True if every word is in the operation's name or documentation.
fn has(offer: &Offer, words: &[String]) -> bool {
    let text = format!("{} {}", offer.name, offer.documentation).to_lowercase();
    words.iter().all(|word| text.contains(&word.to_lowercase()))
}

/// One line for each operation: its name and its first sentence, or the reason why it is not supported.
fn list(offers: &[&Offer]) -> String {
    let width = offers.iter().map(|offer| offer.name.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for offer in offers {
        let says = if offer.refusals.is_empty() { offer.summary.clone() } else { format!("not supported: {}", offer.refusals.join("; ")) };
        _ = writeln!(text, "{}", format!("{:width$}  {says}", offer.name).trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(name: &str, documentation: &str, refusals: &[&str]) -> Offer {
        Offer {
            name: name.to_owned(),
            summary: documentation.to_owned(),
            documentation: documentation.to_owned(),
            refusals: refusals.iter().map(|&refusal| refusal.to_owned()).collect(),
        }
    }

    #[test]
    fn every_word_is_sought_in_names_and_documentation() {
        let send = offer("SendMessage", "Delivers a message to a queue.", &[]);
        let words = |words: &str| words.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for (text, is_found) in [("", true), ("send", true), ("QUEUE delivers", true), ("queue topic", false)] {
            assert_eq!(has(&send, &words(text)), is_found, "{text}");
        }
    }

    #[test]
    fn a_refusal_takes_the_place_of_the_summary() {
        let (send, stream) = (offer("Send", "Sends.", &[]), offer("Subscribe", "Streams.", &["it streams"]));
        assert_eq!(list(&[&send, &stream]), "Send       Sends.\nSubscribe  not supported: it streams\n");
    }
}
