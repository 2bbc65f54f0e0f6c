//! The loopback server: a separate process that gives the same fixed replies to every client.

use crate::process::program;
use crate::replies::{self, services::Fixed};
use anyhow::{Context as _, Result, ensure};
use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

/// The first argument of the server's process.
pub(crate) const SERVE: &str = "serve";

/// A running server, which is stopped when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts the server and waits until it listens.
    pub(crate) fn start() -> Result<Self> {
        let mut command = program(std::env::current_exe()?);
        let mut process =
            command.arg(SERVE).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("the loopback server: cannot start")?;
        let stdout = process.stdout.take().context("the loopback server has no standard output")?;
        let mut server = Self { process, address: String::new() };
        BufReader::new(stdout).read_line(&mut server.address)?;
        server.address.truncate(server.address.trim_end().len());
        ensure!(
            !server.address.is_empty(),
            "the loopback server ended before it printed its address: check that it can listen on 127.0.0.1"
        );
        Ok(server)
    }

    /// The command of a measured program, whose environment has only the server's URL, a region and keys.
    pub(crate) fn client(&self, path: impl AsRef<std::path::Path>, home: &std::path::Path) -> Command {
        let mut command = program(path);
        command.env_clear().current_dir(home).env("HOME", home).env("AWS_ENDPOINT_URL", format!("http://{}", self.address));
        command.env("AWS_REGION", "eu-west-1").env("AWS_EC2_METADATA_DISABLED", "true");
        // The example keys of AWS's documentation.
        command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server would end with its standard input too; killing it is faster.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs the server's process: prints its address, and ends with its standard input.
pub(crate) fn serve() -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("cannot listen on 127.0.0.1")?;
    println!("{}", listener.local_addr()?);
    let replies = Arc::new(Replies::new());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let replies = Arc::clone(&replies);
            // An error ends only this connection.
            std::thread::spawn(move || replies.answer(stream));
        }
    });
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}

/// Complete replies with their heads.
struct Replies {
    one: Vec<u8>,
    hundred: Vec<u8>,
    started: Vec<u8>,
    /// The replies of other services by [operation](Fixed::operation).
    services: BTreeMap<&'static str, Vec<u8>>,
}

impl Replies {
    fn new() -> Self {
        Self {
            one: reply("", &replies::builds(1)),
            hundred: reply("", &replies::builds(100)),
            started: reply("", &replies::started()),
            services: replies::services::all()
                .into_iter()
                .map(|Fixed { operation, headers, body }| (operation, reply(headers, &body)))
                .collect(),
        }
    }

    /// Answers the requests of a connection, one after the other.
    fn answer(&self, mut stream: TcpStream) -> Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let (mut line, mut body, mut operation) = (String::new(), Vec::new(), String::new());
        loop {
            let mut length = 0;
            operation.clear();
            // Without a target, as in REST protocols, the request line says which operation it is.
            let mut start = true;
            loop {
                line.clear();
                if reader.read_line(&mut line)? == 0 {
                    return Ok(());
                }
                if std::mem::take(&mut start) {
                    operation.push_str(rest_operation(&line));
                    continue;
                }
                match line.trim_end().split_once(':') {
                    Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse()?,
                    Some((name, value)) if name.eq_ignore_ascii_case("x-amz-target") => {
                        value.rsplit('.').next().unwrap_or_default().clone_into(&mut operation);
                    }
                    _ => {}
                }
                if line == "\r\n" {
                    break;
                }
            }
            body.resize(length, 0);
            reader.read_exact(&mut body)?;
            stream.write_all(self.to(&operation, &body))?;
        }
    }

    fn to(&self, operation: &str, body: &[u8]) -> &[u8] {
        match operation {
            "StartBuild" => &self.started,
            // A request for several builds asks for a hundred.
            "BatchGetBuilds" if body.contains(&b',') => &self.hundred,
            _ => self.services.get(operation).unwrap_or(&self.one),
        }
    }
}

/// The method and the path of a request line, without the query and a slash at the end.
fn rest_operation(line: &str) -> &str {
    let target = line.rsplit_once(' ').map_or(line, |(target, _version)| target);
    target.split('?').next().unwrap_or_default().trim_end_matches('/')
}

/// A reply with more headers, each with its line break.
fn reply(headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nx-amzn-requestid: 7f1d2c3b-4a5e-4f60-8172-93a4b5c6d7e8\r\ncontent-type: application/x-amz-json-1.1\r\n\
         content-length: {}\r\ndate: Fri, 22 Nov 2019 10:20:30 GMT\r\n{headers}\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_of_a_rest_protocol_is_its_method_and_path() {
        for (line, operation) in [
            ("GET /2015-03-31/functions?MaxItems=10 HTTP/1.1\r\n", "GET /2015-03-31/functions"),
            ("GET /2015-03-31/functions/ HTTP/1.1\r\n", "GET /2015-03-31/functions"),
            ("POST /2015-03-31/functions/resize/invocations HTTP/1.1\r\n", "POST /2015-03-31/functions/resize/invocations"),
        ] {
            assert_eq!(rest_operation(line), operation);
        }
    }
}
