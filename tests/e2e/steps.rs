//! The steps, in the order in which they are taken.

use std::fmt::{Debug, Display};
use std::fs;

use anyhow::{Context, Result, bail, ensure};
use smithlet_codebuild::config::{Builder, Environment, Region, retry::RetryConfig};
use smithlet_codebuild::types::{EnvironmentVariable, StatusType};
use smithlet_codebuild::{Client, Config};
use smithlet_tests::http::Message;
use smithlet_tests::servers::{REGION, ROLE, Server};
use smithlet_tests::tamper::Proxy;

use super::{Files, OTHER, PROJECT, Scene};

/// The value of an environment variable, which must appear in no error.
const VALUE: &str = "correct-horse-battery-staple";

/// More than any refusal needs, excerpt included; what is longer is no line for a log.
const LONGEST_LINE: usize = 1000;

pub(super) async fn all(scene: &Scene) -> Result<()> {
    let client = scene.client();
    let id = start(scene, &client).await.context("starting a build")?;
    get(scene, &client, &id).await.context("getting a build and one that does not exist")?;
    stop(&client, &id).await.context("stopping the build")?;
    unknown_project(scene, &client).await.context("starting a build of an unknown project")?;
    unknown_build(scene, &client).await.context("stopping an unknown build")?;
    role(scene).await.context("starting a build with a role's credentials")?;
    web_identity(scene).await.context("starting a build with a token's credentials")?;
    wrong_secret(scene).await.context("signing with a wrong secret")?;
    bystander(scene).await.context("going through a proxy that changes nothing")?;
    forged_body(scene).await.context("having the body changed on the way")?;
    forged_header(scene).await.context("having a signed header changed on the way")?;
    no_signature(scene).await.context("having the signature taken off on the way")
}

async fn start(scene: &Scene, client: &Client) -> Result<String> {
    let request = client.start_build().project_name(PROJECT).source_version("refs/heads/trunk").environment_variables_override(variable()?);
    let output = request.send().await?;
    let build = output.build_value().context("the reply holds no build")?;
    ensure!(build.project_name() == Some(PROJECT), "it is a build of {:?}", build.project_name());
    ensure!(build.source_version() == Some("refs/heads/trunk"), "it builds {:?}", build.source_version());
    ensure!(build.build_status() == Some(&scene.habits.started), "its status is {:?}", build.build_status());
    ensure!(build.start_time().is_some_and(|time| time.secs() > 0), "it started at {:?}", build.start_time());
    let id = build.id().context("the build has no id")?;
    ensure!(id.starts_with(&format!("{PROJECT}:")), "its id is {id}");
    Ok(id.to_owned())
}

async fn get(scene: &Scene, client: &Client, id: &str) -> Result<()> {
    let missing = format!("{PROJECT}:missing");
    let output = client.batch_get_builds().ids(id).ids(&missing).send().await?;
    let [build] = output.builds() else { bail!("one build was expected, not {}", output.builds().len()) };
    ensure!(build.id() == Some(id), "the build's id is {:?}", build.id());
    ensure!(build.build_status() == Some(&StatusType::Succeeded), "its status is {:?}", build.build_status());
    ensure!(build.current_phase() == Some("COMPLETED"), "its phase is {:?}", build.current_phase());
    ensure!(build.end_time().is_some(), "it has no end time");
    ensure!(build.phases().iter().all(|phase| phase.phase_type().is_some()), "a phase has no type: {:?}", build.phases());
    ensure!(build.phases().len() >= 10, "it has only {} phases", build.phases().len());
    let expected: &[String] = if scene.habits.lists_missing { &[missing] } else { &[] };
    ensure!(output.builds_not_found() == expected, "not found: {:?}", output.builds_not_found());
    Ok(())
}

async fn stop(client: &Client, id: &str) -> Result<()> {
    let output = client.stop_build().id(id).send().await?;
    let build = output.build_value().context("the reply holds no build")?;
    ensure!(build.id() == Some(id), "the stopped build's id is {:?}", build.id());
    ensure!(build.build_status() == Some(&StatusType::Stopped), "its status is {:?}", build.build_status());
    Ok(())
}

async fn unknown_project(scene: &Scene, client: &Client) -> Result<()> {
    let request = client.start_build().project_name("no-such-project").environment_variables_override(variable()?);
    let Err(error) = request.send().await else { bail!("it was not refused") };
    let says = format!("StartBuild: 400 ResourceNotFoundException: {}no-such-project (request id ", scene.habits.no_project);
    one_line(scene, &error, &says)?;
    let error = error.into_service_error();
    // A program that matches on the kind of error and prints the rest loses nothing.
    one_line(scene, &error, &says)?;
    ensure!(error.is_resource_not_found_exception(), "it is another error: {error:?}");
    ensure!(error.meta().code() == Some("ResourceNotFoundException"), "its code is {:?}", error.meta().code());
    ensure!(
        error.meta().message().is_some_and(|message| message.starts_with(&scene.habits.no_project)),
        "its message is {:?}",
        error.meta().message()
    );
    Ok(())
}

async fn unknown_build(scene: &Scene, client: &Client) -> Result<()> {
    let Err(error) = client.stop_build().id(format!("{PROJECT}:missing")).send().await else { bail!("it was not refused") };
    one_line(scene, &error, &format!("StopBuild: 400 ResourceNotFoundException: {} (request id ", scene.habits.no_build))?;
    let error = error.into_service_error();
    ensure!(error.is_resource_not_found_exception(), "it is another error: {error:?}");
    Ok(())
}

/// A client with a role's credentials for the token of an identity provider, which moto does not look at. It gets them while nothing is
/// checked: moto looks for the signature of every request then, and the one for these has none.
pub(super) async fn bearer(server: &Server) -> Result<(Files, Client)> {
    let files = Files::new("")?;
    let token = files.folder.join("token");
    fs::write(&token, "header.claims.signature\n")?;
    fs::write(&files.config, format!("[default]\nrole_arn = {ROLE}\nweb_identity_token_file = {}\n", token.display()))?;
    let client = client_in(server, &files);
    client.batch_get_builds().ids(format!("{PROJECT}:none")).send().await?;
    Ok((files, client))
}

async fn web_identity(scene: &Scene) -> Result<()> {
    let Some((_, client)) = &scene.bearer else { return Ok(()) };
    let id = start(scene, client).await?;
    stop(client, &id).await
}

/// A client that finds its credentials in a profile, with the server for its STS.
fn client_in(server: &Server, files: &Files) -> Client {
    let (config, endpoint) = (files.config.display().to_string(), server.endpoint());
    let none = files.folder.join("none").display().to_string();
    let variables = [("AWS_CONFIG_FILE", config), ("AWS_SHARED_CREDENTIALS_FILE", none), ("AWS_ENDPOINT_URL_STS", endpoint.clone())];
    let config = Config::builder().region(Region::new(REGION)).endpoint_url(endpoint).environment(Environment::fixed(variables));
    Client::from_conf(config.build())
}

/// With no credentials in the configuration, but a profile whose role the key of another one takes on.
async fn role(scene: &Scene) -> Result<()> {
    let files = Files::new(&format!(
        "[default]\nrole_arn = {ROLE}\nsource_profile = key\nexternal_id = example\n\
         [profile key]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        scene.login.access_key_id, scene.login.secret_access_key
    ))?;
    let client = client_in(&scene.server, &files);
    let id = start(scene, &client).await?;
    stop(&client, &id).await?;
    // The key itself is good for the same calls: that the role was taken on is seen when it cannot be.
    let files = Files::new(&fs::read_to_string(&files.config)?.replace(&scene.login.secret_access_key, "wrong"))?;
    let Err(error) = client_in(&scene.server, &files).start_build().project_name(PROJECT).send().await else { bail!("it was not refused") };
    let line = format!("StartBuild: no credentials: profile default: {}:2: AssumeRole of {ROLE}: 4", files.config.display());
    one_line(scene, &error, &line)
}

async fn wrong_secret(scene: &Scene) -> Result<()> {
    let client = scene.client_with(&format!("{}x", scene.login.secret_access_key), &scene.server.endpoint());
    refused(scene, &client, scene.habits.forged).await
}

/// Without this step the refusals below might be the proxy's fault.
async fn bystander(scene: &Scene) -> Result<()> {
    let proxy = Proxy::start(scene.server.address(), |_| {})?;
    start(scene, &through(scene, &proxy)).await?;
    ensure!(proxy.changed() == 0, "the proxy changed the request");
    Ok(())
}

async fn forged_body(scene: &Scene) -> Result<()> {
    // To a project that exists: it would be built, were it not for the signature.
    let proxy = Proxy::start(scene.server.address(), |request| {
        request.body = String::from_utf8_lossy(&request.body).replace(PROJECT, OTHER).into_bytes();
    })?;
    forged(scene, &proxy, scene.habits.forged).await
}

async fn forged_header(scene: &Scene) -> Result<()> {
    // StartBuild becomes StopBuild, which takes an `id` and would complain of its absence.
    let proxy = Proxy::start(scene.server.address(), |request: &mut Message| {
        for (name, value) in &mut request.headers {
            if name.eq_ignore_ascii_case("x-amz-target") {
                *value = value.replace("StartBuild", "StopBuild");
            }
        }
    })?;
    forged(scene, &proxy, scene.habits.forged).await
}

async fn no_signature(scene: &Scene) -> Result<()> {
    let proxy = Proxy::start(scene.server.address(), |request| request.remove("authorization"))?;
    forged(scene, &proxy, scene.habits.unsigned).await
}

async fn forged(scene: &Scene, proxy: &Proxy, says: &str) -> Result<()> {
    refused(scene, &through(scene, proxy), says).await?;
    ensure!(proxy.changed() > 0, "the proxy changed nothing");
    Ok(())
}

/// Starting a build must fail, with one clear line.
async fn refused(scene: &Scene, client: &Client, says: &str) -> Result<()> {
    let request = client.start_build().project_name(PROJECT).environment_variables_override(variable()?);
    // Moto stumbles over a request without a signature, with a status that calls for another attempt.
    let once = Builder::new().retry_config(RetryConfig::disabled());
    let Err(error) = request.customize().config_override(once).send().await else { bail!("it was not refused") };
    one_line(scene, &error, &format!("StartBuild: {says}"))
}

/// What a user's log shows of an error: how it begins, then one line of bounded length to its end, without markup and without a secret.
fn one_line(scene: &Scene, error: &(impl Display + Debug), begins: &str) -> Result<()> {
    let line = error.to_string();
    ensure!(line.starts_with(begins), "{line:?} does not begin with {begins:?}");
    ensure!(!line.contains(char::is_control), "it is more than one line: {line:?}");
    ensure!(!line.contains('<'), "it has markup: {line:?}");
    ensure!(line.chars().count() <= LONGEST_LINE, "it is too long: {line:?}");
    for secret in [VALUE, &scene.login.secret_access_key] {
        ensure!(!line.contains(secret), "its text holds a secret");
        ensure!(!format!("{error:?}").contains(secret), "its debug form holds a secret");
    }
    Ok(())
}

fn through(scene: &Scene, proxy: &Proxy) -> Client {
    scene.client_with(&scene.login.secret_access_key, &proxy.endpoint())
}

fn variable() -> Result<EnvironmentVariable> {
    Ok(EnvironmentVariable::builder().name("TOKEN").value(VALUE).build()?)
}
