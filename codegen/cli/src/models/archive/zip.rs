//! Wheels and other zip files.

use super::{Container, Member, Visitor, matters};
use crate::input::{self, LIMIT};
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};
use std::collections::BTreeMap;

/// The first bytes of a zip file.
const MAGIC: &[u8] = b"PK\x03\x04";

/// A zip file in memory.
pub(in crate::models) struct Zip {
    archive: ZipSliceArchive<Vec<u8>>,
    places: BTreeMap<String, (ZipArchiveEntryWayfinder, CompressionMethod)>,
    members: Vec<Member>,
}

impl Zip {
    /// True if the bytes are those of a zip file.
    pub(in crate::models) fn is(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads the list of files. Where two have the same path, the later one counts, as it does for Python.
    pub(in crate::models) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let archive = ZipArchive::from_slice(bytes).map_err(damaged)?;
        let mut places = BTreeMap::new();
        let mut days = BTreeMap::new();
        for record in archive.entries() {
            let record = record.map_err(damaged)?;
            let Ok(path) = std::str::from_utf8(record.file_path().as_bytes()) else { continue };
            if !matters(path) {
                continue;
            }
            let changed = record.last_modified();
            days.insert(path.to_owned(), format!("{:04}-{:02}-{:02}", changed.year(), changed.month(), changed.day()));
            places.insert(path.to_owned(), (record.wayfinder(), record.compression_method()));
        }
        let members = days.into_iter().map(|(path, day)| Member { path, day: Some(day) }).collect();
        Ok(Self { archive, places, members })
    }

    fn bytes(&self, place: ZipArchiveEntryWayfinder, method: CompressionMethod) -> Result<Vec<u8>, String> {
        let entry = self.archive.get_entry(place).map_err(damaged)?;
        let read = match method {
            CompressionMethod::STORE => input::some(entry.verifying_reader(entry.data()), LIMIT),
            CompressionMethod::DEFLATE => input::some(entry.verifying_reader(flate2::bufread::DeflateDecoder::new(entry.data())), LIMIT),
            _ => return Err("is compressed by a method that is not supported; supported is deflate".to_owned()),
        };
        read.map_err(|error| format!("cannot be read: {error:#}"))
    }
}

impl Container for Zip {
    fn members(&self) -> &[Member] {
        &self.members
    }

    fn visit(&self, wanted: &[&str], with: &mut Visitor<'_>) {
        for path in wanted {
            if let Some((place, method)) = self.places.get(*path) {
                with(path, self.bytes(*place, *method));
            }
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is used with map_err")]
fn damaged(error: rawzip::Error) -> String {
    let cause = error.to_string();
    let mut letters = cause.chars();
    let cause = letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect());
    format!("is damaged: {cause}")
}
