//! The steps of an end-to-end test, in order.

use std::fmt::{Debug, Display};
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use smithlet_codebuild::client::Waiters as _;
use smithlet_codebuild::config::{Builder, Environment, Region, retry::RetryConfig};
use smithlet_codebuild::types::{Build, EnvironmentVariable, StatusType};
use smithlet_codebuild::{Client, Config};
use smithlet_tests::http::Message;
use smithlet_tests::servers::{REGION, ROLE, Server};
use smithlet_tests::tamper::Proxy;

use super::{Files, OTHER, PROJECT, Setup, example};

/// The value of an environment variable, which no error may show.
const VALUE: &str = "correct-horse-battery-staple";

/// The maximum length of an error's line in characters.
const LONGEST_LINE: usize = 1000;

pub(super) async fn all(setup: &Setup) -> Result<()> {
    let client = setup.client();
    let id = start(setup, &client).await.context("starting a build")?;
    get(setup, &client, &id).await.context("getting a build and one that does not exist")?;
    wait(&client, &id).await.context("waiting for the build")?;
    stop(&client, &id).await.context("stopping the build")?;
    unknown_project(setup, &client).await.context("starting a build of an unknown project")?;
    unknown_build(setup, &client).await.context("stopping an unknown build")?;
    role(setup).await.context("starting a build with a role's credentials")?;
    web_identity(setup).await.context("starting a build with a token's credentials")?;
    wrong_secret(setup).await.context("signing with a wrong secret")?;
    bystander(setup).await.context("using a proxy that changes nothing")?;
    forged_body(setup).await.context("sending a request whose body is changed")?;
    forged_header(setup).await.context("sending a request whose signed header is changed")?;
    no_signature(setup).await.context("sending a request whose signature is removed")
}

async fn start(setup: &Setup, client: &Client) -> Result<String> {
    let request = client.start_build().project_name(PROJECT).source_version("refs/heads/trunk").environment_variables_override(variable()?);
    let output = request.send().await?;
    let build = output.build_value().context("the reply has no build")?;
    ensure!(build.project_name() == Some(PROJECT), "the project is {:?}", build.project_name());
    ensure!(build.source_version() == Some("refs/heads/trunk"), "the source version is {:?}", build.source_version());
    ensure!(build.build_status() == Some(&setup.answers.started), "the status is {:?}", build.build_status());
    ensure!(build.start_time().is_some_and(|time| time.secs() > 0), "the start time is {:?}", build.start_time());
    let id = build.id().context("the build has no id")?;
    ensure!(id.starts_with(&format!("{PROJECT}:")), "the id is {id}");
    Ok(id.to_owned())
}

async fn get(setup: &Setup, client: &Client, id: &str) -> Result<()> {
    let missing = format!("{PROJECT}:missing");
    let output = client.batch_get_builds().ids(id).ids(&missing).send().await?;
    let [build] = output.builds() else { bail!("expected one build, found {}", output.builds().len()) };
    ensure!(build.id() == Some(id), "the build's id is {:?}", build.id());
    ensure!(build.build_status() == Some(&StatusType::Succeeded), "the status is {:?}", build.build_status());
    ensure!(build.current_phase() == Some("COMPLETED"), "the phase is {:?}", build.current_phase());
    ensure!(build.end_time().is_some(), "the build has no end time");
    ensure!(build.phases().iter().all(|phase| phase.phase_type().is_some()), "a phase has no type: {:?}", build.phases());
    ensure!(build.phases().len() >= 10, "the build has only {} phases", build.phases().len());
    let expected: &[String] = if setup.answers.lists_missing { &[missing] } else { &[] };
    ensure!(output.builds_not_found() == expected, "not found: {:?}", output.builds_not_found());
    Ok(())
}

/// The build has ended already, with success.
async fn wait(client: &Client, id: &str) -> Result<()> {
    example::run(client.clone(), id).await.map_err(|error| anyhow!("{error}"))?;
    let last = client.wait_until_build_succeeded().ids(id).wait(Duration::from_mins(1)).await?;
    let output = last.into_result()?;
    ensure!(output.builds().iter().map(Build::id).eq([Some(id)]), "the builds are {:?}", output.builds());
    Ok(())
}

async fn stop(client: &Client, id: &str) -> Result<()> {
    let output = client.stop_build().id(id).send().await?;
    let build = output.build_value().context("the reply has no build")?;
    ensure!(build.id() == Some(id), "the stopped build's id is {:?}", build.id());
    ensure!(build.build_status() == Some(&StatusType::Stopped), "the status is {:?}", build.build_status());
    Ok(())
}

async fn unknown_project(setup: &Setup, client: &Client) -> Result<()> {
    let request = client.start_build().project_name("no-such-project").environment_variables_override(variable()?);
    let Err(error) = request.send().await else { bail!("expected an error, but the call succeeded") };
    let says = format!("StartBuild: 400 ResourceNotFoundException: {}no-such-project (request id ", setup.answers.no_project);
    one_line(setup, &error, &says)?;
    let error = error.into_service_error();
    // The operation's own error has the same line.
    one_line(setup, &error, &says)?;
    ensure!(error.is_resource_not_found_exception(), "expected a ResourceNotFoundException, found {error:?}");
    ensure!(error.meta().code() == Some("ResourceNotFoundException"), "the code is {:?}", error.meta().code());
    ensure!(
        error.meta().message().is_some_and(|message| message.starts_with(&setup.answers.no_project)),
        "the message is {:?}",
        error.meta().message()
    );
    Ok(())
}

async fn unknown_build(setup: &Setup, client: &Client) -> Result<()> {
    let Err(error) = client.stop_build().id(format!("{PROJECT}:missing")).send().await else {
        bail!("expected an error, but the call succeeded")
    };
    one_line(setup, &error, &format!("StopBuild: 400 ResourceNotFoundException: {} (request id ", setup.answers.no_build))?;
    let error = error.into_service_error();
    ensure!(error.is_resource_not_found_exception(), "expected a ResourceNotFoundException, found {error:?}");
    Ok(())
}

/// A client with a role's credentials for a web identity token, whose content moto ignores. It requests them before moto checks signatures,
/// because that request has no signature.
pub(super) async fn bearer(server: &Server) -> Result<(Files, Client)> {
    let files = Files::new("")?;
    let token = files.folder.join("token");
    fs::write(&token, "header.claims.signature\n")?;
    fs::write(&files.config, format!("[default]\nrole_arn = {ROLE}\nweb_identity_token_file = {}\n", token.display()))?;
    let client = client_in(server, &files);
    client.batch_get_builds().ids(format!("{PROJECT}:none")).send().await?;
    Ok((files, client))
}

async fn web_identity(setup: &Setup) -> Result<()> {
    let Some((_, client)) = &setup.bearer else { return Ok(()) };
    let id = start(setup, client).await?;
    stop(client, &id).await
}

/// A client that gets its credentials from a profile, and uses the server as STS.
fn client_in(server: &Server, files: &Files) -> Client {
    let (config, endpoint) = (files.config.display().to_string(), server.endpoint());
    let none = files.folder.join("none").display().to_string();
    let variables = [("AWS_CONFIG_FILE", config), ("AWS_SHARED_CREDENTIALS_FILE", none), ("AWS_ENDPOINT_URL_STS", endpoint.clone())];
    let config = Config::builder().region(Region::new(REGION)).endpoint_url(endpoint).environment(Environment::fixed(variables));
    Client::from_conf(config.build())
}

/// The credentials come from a profile that assumes a role with the key of another profile.
async fn role(setup: &Setup) -> Result<()> {
    let files = Files::new(&format!(
        "[default]\nrole_arn = {ROLE}\nsource_profile = key\nexternal_id = example\n\
         [profile key]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        setup.login.access_key_id, setup.login.secret_access_key
    ))?;
    let client = client_in(&setup.server, &files);
    let id = start(setup, &client).await?;
    stop(&client, &id).await?;
    // The key may make the same calls itself. The error with a wrong key shows that the role is assumed.
    let files = Files::new(&fs::read_to_string(&files.config)?.replace(&setup.login.secret_access_key, "wrong"))?;
    let Err(error) = client_in(&setup.server, &files).start_build().project_name(PROJECT).send().await else {
        bail!("expected an error, but the call succeeded")
    };
    let line = format!("StartBuild: no credentials: profile default: {}:2: AssumeRole of {ROLE}: 4", files.config.display());
    one_line(setup, &error, &line)
}

async fn wrong_secret(setup: &Setup) -> Result<()> {
    let client = setup.client_with(&format!("{}x", setup.login.secret_access_key), &setup.server.endpoint());
    refused(setup, &client, setup.answers.forged).await
}

/// Shows that the proxy is not the reason of the errors in the steps below.
async fn bystander(setup: &Setup) -> Result<()> {
    let proxy = Proxy::start(setup.server.address(), |_| {})?;
    start(setup, &through(setup, &proxy)).await?;
    ensure!(proxy.changed() == 0, "the proxy changed the request");
    Ok(())
}

async fn forged_body(setup: &Setup) -> Result<()> {
    // The other project exists, so that only the signature prevents the build.
    let proxy = Proxy::start(setup.server.address(), |request| {
        request.body = String::from_utf8_lossy(&request.body).replace(PROJECT, OTHER).into_bytes();
    })?;
    forged(setup, &proxy, setup.answers.forged).await
}

async fn forged_header(setup: &Setup) -> Result<()> {
    // StartBuild becomes StopBuild, which would fail for its missing `id` without the signature check.
    let proxy = Proxy::start(setup.server.address(), |request: &mut Message| {
        for (name, value) in &mut request.headers {
            if name.eq_ignore_ascii_case("x-amz-target") {
                *value = value.replace("StartBuild", "StopBuild");
            }
        }
    })?;
    forged(setup, &proxy, setup.answers.forged).await
}

async fn no_signature(setup: &Setup) -> Result<()> {
    let proxy = Proxy::start(setup.server.address(), |request| request.remove("authorization"))?;
    forged(setup, &proxy, setup.answers.unsigned).await
}

async fn forged(setup: &Setup, proxy: &Proxy, says: &str) -> Result<()> {
    refused(setup, &through(setup, proxy), says).await?;
    ensure!(proxy.changed() > 0, "the proxy changed nothing");
    Ok(())
}

/// Checks that starting a build fails with one line.
async fn refused(setup: &Setup, client: &Client, says: &str) -> Result<()> {
    let request = client.start_build().project_name(PROJECT).environment_variables_override(variable()?);
    // Moto answers a request without a signature with a status that would be retried.
    let once = Builder::new().retry_config(RetryConfig::disabled());
    let Err(error) = request.customize().config_override(once).send().await else { bail!("expected an error, but the call succeeded") };
    one_line(setup, &error, &format!("StartBuild: {says}"))
}

/// Checks that an error is one line of bounded length with this beginning, and has neither markup nor secrets.
fn one_line(setup: &Setup, error: &(impl Display + Debug), begins: &str) -> Result<()> {
    let line = error.to_string();
    ensure!(line.starts_with(begins), "{line:?} does not begin with {begins:?}");
    ensure!(!line.contains(char::is_control), "the line has control characters: {line:?}");
    ensure!(!line.contains('<'), "the line has markup: {line:?}");
    ensure!(line.chars().count() <= LONGEST_LINE, "the line is too long: {line:?}");
    for secret in [VALUE, &setup.login.secret_access_key] {
        ensure!(!line.contains(secret), "the error shows a secret");
        ensure!(!format!("{error:?}").contains(secret), "Debug of the error shows a secret");
    }
    Ok(())
}

fn through(setup: &Setup, proxy: &Proxy) -> Client {
    setup.client_with(&setup.login.secret_access_key, &proxy.endpoint())
}

fn variable() -> Result<EnvironmentVariable> {
    Ok(EnvironmentVariable::builder().name("TOKEN").value(VALUE).build()?)
}
