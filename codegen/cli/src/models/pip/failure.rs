//! The reasons why pip cannot download a release.

use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use ::codegen::suggest::did_you_mean;

/// The maximum length of a line of pip's in a finding, in characters. Lines about connections are much longer, and say it at their end.
const LONGEST: usize = 300;

/// The release in messages.
pub(super) fn release(version: Option<&str>) -> String {
    version.map_or_else(|| "the newest botocore".to_owned(), |version| format!("botocore {version}"))
}

/// The finding about a download that failed with this text on standard error.
pub(super) fn explain(version: Option<&str>, stderr: &str) -> Diagnostic {
    let lines = || stderr.lines().map(str::trim).filter(|line| !line.is_empty());
    let last = shown(lines().next_back().unwrap_or("pip failed without a message"));
    let release = release(version);
    let error = |message: String| Diagnostic::error("", &Pointer::default(), message);
    let known = lines().find_map(|line| Some(line.split_once("(from versions: ")?.1.split_once(')')?.0));
    match (known, version) {
        (Some("" | "none"), _) => {
            // The last line says only that no version was found. The reason, if there is one, stands in a warning before it.
            let reason = lines().rev().find_map(|line| line.find("connection broken by").and_then(|at| line.get(at..))).map_or(last, shown);
            error(format!("{release} cannot be fetched: pip finds no release of botocore: {reason}"))
                .hint("check the network and pip's settings (`python3 -m pip config list`); a version that is in the cache needs neither")
        }
        (Some(known), Some(version)) => {
            let known: Vec<&str> = known.split(", ").collect();
            let near = did_you_mean(version, known.iter().copied());
            let newest = known.last().map(|newest| format!("the newest version there is {newest}")).unwrap_or_default();
            let hint = if near.is_empty() { newest } else { format!("{near} {newest}") };
            error(format!("{release} does not exist in pip's package index: {last}")).hint(hint)
        }
        _ => error(format!("{release} cannot be fetched: {last}"))
            .hint("`python3 -m pip download botocore` shows the whole of pip's output; `path` in [models] takes a wheel that was downloaded elsewhere"),
    }
}

/// A line of pip's without credentials, shortened at its front.
fn shown(line: &str) -> String {
    let line = without_credentials(line);
    let length = line.chars().count();
    if length <= LONGEST { line } else { format!("...{}", line.chars().skip(length - LONGEST).collect::<String>()) }
}

/// The text without the names and passwords of URLs: `https://user:pass@host` becomes `https://host`.
///
/// A password may hold a `/` or a `@` that is not encoded, so everything up to the last `@` of the word is taken for one. This shortens a URL with
/// a `@` in its path, which is better than to show a part of a password.
fn without_credentials(text: &str) -> String {
    let mut rest = text;
    let mut clean = String::new();
    while let Some((before, after)) = rest.split_once("//") {
        let end = after.find(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '<' | '>')).unwrap_or(after.len());
        let (url, next) = after.split_at(end);
        clean += before;
        clean += "//";
        clean += url.rsplit_once('@').map_or(url, |(_, host)| host);
        rest = next;
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_does_not_exist_gets_the_nearest() {
        let stderr = "ERROR: Could not find a version that satisfies the requirement botocore==1.43.76 (from versions: 1.0.0, 1.43.66, 1.43.67)\n\
                      ERROR: No matching distribution found for botocore==1.43.76\n\n";
        assert_eq!(
            explain(Some("1.43.76"), stderr).to_string(),
            "botocore 1.43.76 does not exist in pip's package index: ERROR: No matching distribution found for botocore==1.43.76\n  \
             hint: did you mean `1.43.66` or `1.43.67`? the newest version there is 1.43.67"
        );
        let far = explain(Some("9"), stderr).to_string();
        assert!(far.ends_with("hint: the newest version there is 1.43.67"), "{far}");
    }

    #[test]
    fn an_index_out_of_reach_is_told_from_an_unknown_version() {
        let stderr = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(': Connection refused')': /simple/botocore/\n\
                      ERROR: Could not find a version that satisfies the requirement botocore==1.43.67 (from versions: none)\n\
                      ERROR: No matching distribution found for botocore==1.43.67\n";
        let shown = explain(Some("1.43.67"), stderr).to_string();
        assert!(
            shown.starts_with("botocore 1.43.67 cannot be fetched: pip finds no release of botocore: connection broken by 'New"),
            "{shown}"
        );
        assert!(shown.contains("Connection refused") && shown.contains("a version that is in the cache needs neither"), "{shown}");
    }

    #[test]
    fn other_failures_show_the_last_line() {
        let shown = explain(None, "Traceback\nERROR: disk full\n").to_string();
        assert!(shown.starts_with("the newest botocore cannot be fetched: ERROR: disk full\n"), "{shown}");
        assert!(explain(None, "").to_string().contains("pip failed without a message"));
    }

    #[test]
    fn credentials_are_not_shown() {
        let clean = |text: &str| without_credentials(text);
        assert_eq!(clean("see https://me:s3cret@host/simple/ now"), "see https://host/simple/ now");
        assert_eq!(clean("'https://token@host' and http://a:b/c@d@host:1/x"), "'https://host' and http://host:1/x");
        assert_eq!(clean("https://host/simple // no //"), "https://host/simple // no //");
        let long = format!("{}https://me:{}@host/ failed", "x".repeat(500), "p".repeat(400));
        assert!(shown(&long).ends_with("https://host/ failed") && !shown(&long).contains("pp"), "{}", shown(&long));
        let stderr = "ERROR: 401 for https://me:s3cret@host/simple/botocore/";
        assert!(!explain(Some("1.0"), stderr).to_string().contains("s3cret"));
    }
}
