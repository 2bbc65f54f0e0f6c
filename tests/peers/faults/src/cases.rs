//! The rows of the table.

use crate::plan::Plan;
use anyhow::Result;
use smithlet_tests::fault::{Authority, Flaw, Pace, Request, Script, Step, steps};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// A row.
pub(crate) struct Case {
    pub(crate) fault: &'static str,
    pub(crate) promise: &'static str,
    pub(crate) plan: Plan,
    pub(crate) stage: Box<dyn Fn() -> Result<Stage>>,
    /// The factor by which the clients' time is faster than real time.
    pub(crate) factor: u32,
    /// The timeout of a client in seconds of real time.
    pub(crate) patience: u64,
    /// The timeout of an operation in seconds.
    pub(crate) operation_timeout: Option<u64>,
    /// True if the clients' clocks begin in 2019.
    pub(crate) long_ago: bool,
    /// True if the clients' credentials expire after ten seconds.
    pub(crate) short_lived: bool,
}

/// A server's script and the settings of its client.
pub(crate) struct Stage {
    pub(crate) script: Script,
    /// The endpoint URL; `{}` stands for the server's URL.
    pub(crate) endpoint: Option<String>,
    /// Environment variables; `{}` stands for the server's URL.
    pub(crate) variables: Vec<(&'static str, String)>,
    pub(crate) gate: Option<Arc<Semaphore>>,
    /// A file that must exist as long as the client.
    pub(crate) file: Option<Certificates>,
}

/// A file of trusted certificates, which is removed when dropped.
pub(crate) struct Certificates(PathBuf);

impl Certificates {
    fn of(authority: &Authority) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("smithlet-faults-{}.pem", std::process::id()));
        std::fs::write(&path, authority.pem())?;
        Ok(Self(path))
    }
}

impl Drop for Certificates {
    fn drop(&mut self) {
        // A file that cannot be removed stays among the temporary files.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl From<Script> for Stage {
    fn from(script: Script) -> Self {
        Self { script, endpoint: Some("{}".to_owned()), variables: Vec::new(), gate: None, file: None }
    }
}

impl Case {
    fn staged(fault: &'static str, promise: &'static str, plan: Plan, stage: impl Fn() -> Result<Stage> + 'static) -> Self {
        Self {
            fault,
            promise,
            plan,
            stage: Box::new(stage),
            factor: 1,
            patience: 20,
            operation_timeout: None,
            long_ago: false,
            short_lived: false,
        }
    }

    /// A row whose server takes these steps for every request.
    fn always(
        fault: &'static str,
        promise: &'static str,
        plan: Plan,
        steps: impl Fn(&Request) -> Vec<Step> + Copy + Send + Sync + 'static,
    ) -> Self {
        Self::staged(fault, promise, plan, move || Ok(Script::new(steps).into()))
    }

    /// A row whose server takes these steps for the first request, and answers the later ones without a fault.
    fn once(
        fault: &'static str,
        promise: &'static str,
        plan: Plan,
        steps: impl Fn(&Request) -> Vec<Step> + Copy + Send + Sync + 'static,
    ) -> Self {
        Self::staged(fault, promise, plan, move || Ok(Script::first(1, steps).into()))
    }

    /// Sets the factor and the timeout of rows that would take minutes.
    fn faster(self, factor: u32, patience: u64) -> Self {
        Self { factor, patience, ..self }
    }

    fn operation_timeout(self, seconds: u64) -> Self {
        Self { operation_timeout: Some(seconds), ..self }
    }

    fn long_ago(self) -> Self {
        Self { long_ago: true, ..self }
    }

    fn short_lived(self) -> Self {
        Self { short_lived: true, ..self }
    }
}

/// All rows.
pub(crate) fn cases() -> Vec<Case> {
    [connecting(), silence(), broken(), excess(), replies(), identity(), builds(), load()].into_iter().flatten().collect()
}

fn connecting() -> Vec<Case> {
    vec![
        Case::staged("refuses connections", "one line, three attempts", Plan::Read, || {
            let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
            let endpoint = Some(format!("http://{}", listener.local_addr()?));
            Ok(Stage { endpoint, ..Script::healthy().into() })
        }),
        Case::staged("DNS knows no such name", "one line with the name", Plan::Read, || {
            // A label of more than 63 bytes is invalid, so that no name server is asked.
            Ok(Stage { endpoint: Some(format!("http://{}.invalid", "a".repeat(64))), ..Script::healthy().into() })
        }),
        Case::staged("TLS: expired certificate", "nothing sent, one line", Plan::Read, || tls(Flaw::Expired, "SSL_CERT_FILE")),
        Case::staged("TLS: another's certificate", "nothing sent, one line", Plan::Read, || tls(Flaw::WrongName, "SSL_CERT_FILE")),
        Case::staged("TLS: unknown authority", "nothing sent, one line", Plan::Read, || {
            let known = Authority::new()?;
            let file = Certificates::of(&known)?;
            let variables = vec![("SSL_CERT_FILE", file.0.display().to_string())];
            Ok(Stage { variables, file: Some(file), ..Script::healthy().tls(Authority::new()?.server(Flaw::None)?).into() })
        }),
        Case::staged("TLS: private authority in `AWS_CA_BUNDLE`", "succeeds", Plan::Read, || tls(Flaw::None, "AWS_CA_BUNDLE")),
        Case::staged("proxy refuses with 407", "one line with the proxy", Plan::Read, || {
            let variables = vec![("HTTPS_PROXY", "{}".to_owned())];
            let script = Script::new(|_| steps::page("407 Proxy Authentication Required"));
            Ok(Stage { endpoint: None, variables, ..script.into() })
        }),
    ]
}

fn tls(flaw: Flaw, variable: &'static str) -> Result<Stage> {
    let authority = Authority::new()?;
    let file = Certificates::of(&authority)?;
    let variables = vec![(variable, file.0.display().to_string())];
    Ok(Stage { variables, file: Some(file), ..Script::healthy().tls(authority.server(flaw)?).into() })
}

fn silence() -> Vec<Case> {
    let second = |request: &Request| steps::drip(request, Pace::Every(Duration::from_millis(500)));
    vec![
        Case::always("accepts and never answers", "each attempt ends after a minute", Plan::Read, steps::never_answers).faster(40, 15),
        Case::always("stalls within the headers", "each attempt ends after a minute", Plan::Read, steps::stall_within_headers)
            .faster(40, 15),
        Case::always("stalls within the body", "each attempt ends after a minute", Plan::Read, steps::stall_within_body).faster(40, 15),
        Case::always("drips a byte every 20 s, operation timeout of 300 s", "ends at the operation's timeout", Plan::Read, second)
            .faster(40, 15)
            .operation_timeout(300),
        Case::always("never answers, operation timeout of 45 s", "ends at the operation's timeout", Plan::Read, steps::never_answers)
            .faster(40, 10)
            .operation_timeout(45),
    ]
}

fn broken() -> Vec<Case> {
    vec![
        Case::once("resets before the reply, once", "repeated at once", Plan::Read, steps::reset_before_reply),
        Case::once("resets within the headers, once", "repeated", Plan::Read, steps::reset_within_headers),
        Case::once("resets after the headers, once", "repeated", Plan::Read, steps::reset_after_headers),
        Case::once("resets within the body, once", "repeated", Plan::Read, steps::reset_within_body),
        Case::once("body shorter than its length, once", "repeated", Plan::Read, steps::short_body),
        Case::always("resets within the body, always", "one line, three attempts", Plan::Read, steps::reset_within_body),
        Case::always("closes a connection when it is reused", "no wait", Plan::TwoReads, steps::close_on_reuse),
        Case::staged("calls given up at any point", "the next call gets its own reply", Plan::GivenUp, || Ok(Script::healthy().into())),
    ]
}

fn excess() -> Vec<Case> {
    vec![
        Case::always("chunks without end", "ends at `max_response_size`", Plan::Read, steps::endless_body).faster(1, 8),
        Case::always("body of a terabyte", "not read", Plan::Read, steps::huge_body).faster(1, 8),
        Case::always("headers without end", "one line, bounded", Plan::Read, steps::endless_headers).faster(1, 8),
    ]
}

fn replies() -> Vec<Case> {
    vec![
        Case::once("200 with a portal's page, once", "repeated", Plan::Read, |_| steps::page("200 OK")),
        Case::always("200 with a portal's page, always", "one line, with nothing of it", Plan::Read, |_| steps::page("200 OK")),
        Case::always("200 without a body, always", "an error, no empty list", Plan::Read, |_| steps::bare("200 OK")),
        Case::always("502 with a proxy's page, always", "one line, with nothing of it", Plan::Read, |_| steps::page("502 Bad Gateway")),
        Case::always("500 without a body, always", "one line, with the status", Plan::Read, |_| steps::bare("500 Internal Server Error")),
        Case::once("503 in the service's words, once", "repeated", Plan::Read, |_| steps::internal("503 Service Unavailable")),
        Case::once("504 without a body, once", "repeated", Plan::Read, |_| steps::bare("504 Gateway Timeout")),
        Case::once("429 without a body, once", "repeated", Plan::Read, |_| steps::bare("429 Too Many Requests")),
        Case::once("429 with `Retry-After: 5`, once", "repeated after 5 s", Plan::Read, |_| {
            vec![Step::Send(steps::reply("429 Too Many Requests", &[("retry-after", "5")], ""))]
        })
        .faster(10, 20),
        Case::once("503 with `x-amz-retry-after: 5000`, once", "repeated after 5 s", Plan::Read, |_| {
            steps::busy("503 Service Unavailable", 5_000)
        })
        .faster(10, 20),
        Case::always("ThrottlingException under 400, always", "one line, three attempts", Plan::Read, |_| {
            steps::throttle("400 Bad Request", "ThrottlingException")
        }),
        Case::always("redirect", "one line, not followed", Plan::Read, |_| {
            steps::redirect("307 Temporary Redirect", "http://127.0.0.1:9/")
        }),
        Case::always("1xx before the reply", "succeeds", Plan::TwoReads, steps::informed),
        Case::always("two replies at once", "each call gets its own", Plan::TwoReads, steps::two_replies),
        Case::always("control characters in a header", "one line", Plan::Read, |_| {
            vec![Step::Send(steps::reply("400 Bad Request", &[("x-amzn-requestid", "1\x1b[2J")], "{}"))]
        }),
    ]
}

fn identity() -> Vec<Case> {
    vec![
        Case::always("clock ten minutes off", "first call corrected, second right at once", Plan::TwoReads, |request| {
            steps::by_the_clock(request, "Fri, 22 Nov 2019 10:30:30 GMT", "20191122T102600Z", "20191122T103500Z")
        })
        .long_ago(),
        Case::once("credentials expire between attempts", "the second is signed with new ones", Plan::Read, |_| {
            steps::busy("503 Service Unavailable", 15_000)
        })
        .faster(10, 20)
        .short_lived(),
    ]
}

fn builds() -> Vec<Case> {
    let fails = |_: &Request| steps::internal("500 Internal Server Error");
    vec![
        Case::once("StartBuild: reset after the work", "one build, succeeds", Plan::Start, steps::reset_before_reply),
        Case::once("StartBuild: 500 after the work", "one build, succeeds", Plan::Start, fails),
        Case::once("StartBuild: body cut off after the work", "one build, succeeds", Plan::Start, steps::short_body),
        Case::once("StartBuild without a token: reset after the work", "one build", Plan::StartWithoutToken, steps::reset_before_reply),
        Case::once("StartBuild without a token: 500 after the work", "one build", Plan::StartWithoutToken, fails),
        Case::once("StartBuild without a token: throttled", "repeated, one build", Plan::StartWithoutToken, |_| {
            steps::throttle("400 Bad Request", "ThrottlingException")
        }),
    ]
}

fn load() -> Vec<Case> {
    let row = |fault, promise, plan, every: usize, faulty: fn(&Request) -> Vec<Step>| {
        let stage = move || {
            let gate = steps::gate();
            let permits = Arc::clone(&gate);
            let script = Script::new(move |request: &Request| {
                if request.connection.is_multiple_of(every) {
                    return faulty(request);
                }
                [vec![Step::Wait(Arc::clone(&permits))], steps::healthy(request)].concat()
            });
            Ok(Stage { gate: Some(gate), ..script.into() })
        };
        Case::staged(fault, promise, plan, stage)
    };
    let unread = |fault, every: usize| {
        let stage = move || {
            let greeting = move |connection: usize| if connection.is_multiple_of(every) { vec![Step::Close] } else { Vec::new() };
            Ok(Script::healthy().greeting(greeting).into())
        };
        Case::staged(fault, "none lost", Plan::ManyReads, stage)
    };
    let one_each = |fault, promise, every: usize| {
        let script = move |request: &Request| {
            if request.connection.is_multiple_of(every) { steps::close_before_reply(request) } else { steps::only_reply(request) }
        };
        Case::always(fault, promise, Plan::ManyReads, script)
    };
    vec![
        one_each("1,000 reads, one for each connection, every tenth closed", "none lost", 10),
        one_each("1,000 reads, one for each connection, every fifth closed", "lost only after four closed in a row", 5),
        row("1,000 reads at once, every tenth connection closed", "none lost", Plan::ManyReads, 10, steps::close_before_reply),
        row("1,000 reads at once, every fifth connection closed", "none lost", Plan::ManyReads, 5, steps::close_before_reply),
        row("1,000 reads at once, every fifth connection reset", "none lost", Plan::ManyReads, 5, steps::reset_before_reply),
        unread("1,000 reads, every fifth connection closed before the request is read", 5),
        row(
            "1,000 starts at once, every tenth connection closed",
            "none lost, 1,000 builds",
            Plan::ManyStarts,
            10,
            steps::close_before_reply,
        ),
        row(
            "1,000 starts at once, every fifth connection closed",
            "none lost, 1,000 builds",
            Plan::ManyStarts,
            5,
            steps::close_before_reply,
        ),
    ]
}
