//! Sends the same bytes over a socket without a client: without settings or signatures, and without parsing the reply's body.
//!
//! `one` sends one request and runs until its standard input ends. `small COUNT` and `large COUNT` send so many requests for one build or a
//! hundred.

use std::error::Error;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run())
}

async fn run() -> Result<(), Failure> {
    let mut words = std::env::args().skip(1);
    let job = words.next().ok_or("expected a job: one, small or large")?;
    let count: u32 = words.next().map_or(Ok(1), |count| count.parse())?;
    let request = request(if job == "large" { 100 } else { 1 });
    let url = std::env::var("AWS_ENDPOINT_URL")?;
    let mut stream = TcpStream::connect(url.strip_prefix("http://").ok_or("AWS_ENDPOINT_URL: expected a URL with http://")?).await?;
    stream.set_nodelay(true)?;
    let mut reply = Vec::new();
    for _ in 0..count {
        stream.write_all(&request).await?;
        read(&mut stream, &mut reply).await?;
    }
    if job == "one" {
        println!("SUCCEEDED");
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    }
    Ok(())
}

/// A request as a client sends it. The server does not check its signature, which has the usual length.
fn request(builds: u32) -> Vec<u8> {
    let ids: Vec<String> = (0..builds).map(|number| format!("\"web-shop:3f0c2a5e-8d41-4c6b-9a77-{number:012x}\"")).collect();
    let body = format!("{{\"ids\":[{}]}}", ids.join(","));
    format!(
        "POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-amz-json-1.1\r\n\
         x-amz-target: CodeBuild_20161006.BatchGetBuilds\r\nuser-agent: {agent:x<120}\r\nx-amz-date: 20191122T102030Z\r\n\
         amz-sdk-invocation-id: 0b54a1f2-9c3d-4e5f-8a67-1b2c3d4e5f60\r\namz-sdk-request: attempt=1; max=3\r\n\
         authorization: {authorization:x<250}\r\ncontent-length: {length}\r\n\r\n{body}",
        agent = "floor",
        authorization = "AWS4-HMAC-SHA256 ",
        length = body.len(),
    )
    .into_bytes()
}

/// Reads one reply with a `content-length`.
async fn read(stream: &mut TcpStream, reply: &mut Vec<u8>) -> Result<(), Failure> {
    reply.clear();
    let end = loop {
        if stream.read_buf(reply).await? == 0 {
            return Err("the connection ended early".into());
        }
        if let Some(end) = reply.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = std::str::from_utf8(&reply[..end])?;
    let length: usize =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).ok_or("the reply has no content-length")?.parse()?;
    let read = reply.len();
    reply.resize(end + length, 0);
    stream.read_exact(&mut reply[read..]).await?;
    Ok(())
}
