//! Clients that read their settings from the environment. The environment belongs to the process, so each test runs itself in a second
//! process with other variables.

use anyhow::{Context, Result};
use smithlet_codebuild::Client;
use smithlet_tests::http::Message;
use std::ffi::OsStr;
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

/// The variable that marks the second process.
const SECOND: &str = "SMITHLET_SECOND_PROCESS";

/// Makes a call in the second process and prints a line with its result.
fn call() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let said = runtime.block_on(async {
        let client = match Client::from_env().await {
            Ok(client) => client,
            Err(error) => return format!("from_env: {error}"),
        };
        match client.stop_build().id("web:1").send().await {
            Ok(reply) => format!("stopped {}", reply.build_value().and_then(|build| build.id()).unwrap_or("nothing")),
            Err(error) => error.to_string(),
        }
    });
    println!("said: {said}");
    Ok(())
}

/// Runs a test of this file in a process with only these variables, and returns the printed line.
fn said<V: AsRef<OsStr>>(test: &str, variables: &[(&str, V)]) -> Result<String> {
    let mut second = Command::new(std::env::current_exe()?);
    second
        .args([&format!("settings::{test}"), "--exact", "--nocapture"])
        .env_clear()
        .env(SECOND, "yes")
        .envs(variables.iter().map(|(name, value)| (name, value)));
    let output = second.output()?;
    let text = String::from_utf8(output.stdout)?;
    let line = text.lines().find_map(|line| line.split_once("said: "));
    let (_, said) = line.with_context(|| format!("{text}{}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(said.to_owned())
}

#[test]
fn settings_are_read_from_the_environment() -> Result<()> {
    if std::env::var_os(SECOND).is_some() {
        return call();
    }
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let server = thread::spawn(move || -> Result<Message> {
        let (stream, _) = listener.accept()?;
        let request = Message::read(&stream)?;
        let (start, body) = ("HTTP/1.1 200 OK".to_owned(), br#"{"build":{"id":"web:1"}}"#.to_vec());
        Message { start, headers: Vec::new(), body }.write(&stream)?;
        Ok(request)
    });
    let said = said(
        "settings_are_read_from_the_environment",
        &[
            ("AWS_REGION", "eu-central-2"),
            ("AWS_ENDPOINT_URL", "http://nowhere.invalid"),
            ("AWS_ENDPOINT_URL_CODEBUILD", format!("http://{address}/builds").as_str()),
            ("AWS_ACCESS_KEY_ID", "AKIDOFTHEPROCESS"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SDK_UA_APP_ID", "from-env"),
        ],
    );
    // Ends the server if the client has not called it.
    drop(TcpStream::connect(address));
    assert_eq!(said?, "stopped web:1");
    let request = server.join().map_err(|_| anyhow::anyhow!("the server panicked"))??;
    assert_eq!(request.start, "POST /builds/ HTTP/1.1");
    let authorization = request.header("authorization").unwrap_or_default();
    assert!(
        authorization.contains("Credential=AKIDOFTHEPROCESS/") && authorization.contains("/eu-central-2/codebuild/"),
        "{authorization}"
    );
    assert!(request.header("user-agent").unwrap_or_default().contains("app/from-env"));
    Ok(())
}

#[test]
fn an_error_names_the_invalid_variable() -> Result<()> {
    if std::env::var_os(SECOND).is_some() {
        return call();
    }
    let wrong = |name, value| said("an_error_names_the_invalid_variable", &[("AWS_REGION", "eu-west-1"), (name, value)]);
    assert_eq!(
        wrong("AWS_MAX_ATTEMPTS", "many")?,
        "from_env: the environment variable AWS_MAX_ATTEMPTS: \"many\" is not a number of attempts: it is 1 or more, the first attempt included"
    );
    assert_eq!(
        wrong("AWS_ENDPOINT_URL_CODEBUILD", "localhost:5000")?,
        "from_env: the environment variable AWS_ENDPOINT_URL_CODEBUILD: the endpoint_url \"localhost:5000\" has no scheme: begin it with \
         http:// or https://"
    );
    Ok(())
}

#[cfg(unix)]
#[test]
fn an_error_names_the_variable_that_is_not_unicode() -> Result<()> {
    use std::os::unix::ffi::OsStrExt as _;
    if std::env::var_os(SECOND).is_some() {
        return call();
    }
    for name in ["AWS_REGION", "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL_CODEBUILD"] {
        let said = said("an_error_names_the_variable_that_is_not_unicode", &[(name, OsStr::from_bytes(b"\xff"))])?;
        assert_eq!(said, format!("from_env: the environment variable {name}: the value is not valid Unicode"));
    }
    Ok(())
}
