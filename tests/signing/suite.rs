//! The vectors on the disk: a folder for each, with a file for every step of the signature.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A request and the results of its signing steps.
#[derive(Debug)]
pub(crate) struct Vector {
    /// The folder's path in the suite.
    pub(crate) name: String,
    pub(crate) request: Request,
    /// The canonical request.
    pub(crate) canonical: String,
    pub(crate) string_to_sign: String,
    pub(crate) authorization: String,
}

/// A request before it is signed. Header values keep the white space around them.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Vector {
    /// The session token in the signature, if any.
    pub(crate) fn token(&self) -> Option<&str> {
        self.canonical.lines().find_map(|line| line.strip_prefix("x-amz-security-token:"))
    }
}

/// All vectors below a folder, in the order of their names.
pub(crate) fn read(folder: &Path) -> Result<Vec<Vector>> {
    let mut vectors = Vec::new();
    collect(folder, "", &mut vectors).with_context(|| format!("the suite in {}", folder.display()))?;
    vectors.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(vectors)
}

fn collect(folder: &Path, name: &str, vectors: &mut Vec<Vector>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let (path, step) = entry.map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned()))?;
        if path.is_dir() {
            collect(&path, &if name.is_empty() { step } else { format!("{name}/{step}") }, vectors)?;
        } else if path.extension().is_some_and(|extension| extension == "req") {
            let read = |extension| -> Result<String> { Ok(fs::read_to_string(path.with_extension(extension))?.replace('\r', "")) };
            vectors.push(Vector {
                name: name.to_owned(),
                request: request(&read("req")?).with_context(|| name.to_owned())?,
                canonical: read("creq")?,
                string_to_sign: read("sts")?,
                authorization: read("authz")?,
            });
        }
    }
    Ok(())
}

fn request(text: &str) -> Result<Request> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.trim_end().lines();
    let start = lines.next().and_then(|line| line.strip_suffix(" HTTP/1.1")).context("no request line")?;
    let (method, target) = start.split_once(' ').context("a request line without a target")?;
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        match (line.strip_prefix(' '), headers.last_mut()) {
            (Some(_), Some((_, value))) => *value = format!("{value}\n{line}"),
            _ => headers.push(line.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned())).context("no colon")?),
        }
    }
    Ok(Request { method: method.to_owned(), target: target.to_owned(), headers, body: body.to_owned() })
}
