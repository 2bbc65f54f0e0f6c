//! Source distributions and other tar files, compressed with gzip.

use super::{Container, Member, matters};
use crate::changes::day;
use crate::input::{self, GZIP, LIMIT};
use flate2::read::MultiGzDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

/// The maximum size of a tar file after decompression, in bytes. botocore's has 200 MB.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// The place of the mark of a tar file.
const MARK: (usize, &[u8]) = (257, b"ustar");

/// A compressed tar file in memory. It is decompressed from its beginning for each reading, which takes less than a second.
pub(in crate::models) struct Tar {
    bytes: Vec<u8>,
    members: Vec<Member>,
}

impl Tar {
    /// True if the bytes are those of a compressed tar file.
    pub(in crate::models) fn is(bytes: &[u8]) -> bool {
        let (at, mark) = MARK;
        let mut block = [0; 512];
        bytes.starts_with(&GZIP)
            && MultiGzDecoder::new(bytes).read_exact(&mut block).is_ok()
            && block.get(at..).is_some_and(|rest| rest.starts_with(mark))
    }

    /// Reads the list of files. Where two have the same path, the first one counts.
    pub(in crate::models) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let mut days = BTreeMap::new();
        each(&bytes, &mut |path, entry| {
            let day = entry.header().mtime().ok().map(day::of_seconds);
            days.entry(path.to_owned()).or_insert(day);
            true
        })
        .map_err(|error| format!("is damaged: {error}"))?;
        let members = days.into_iter().map(|(path, day)| Member { path, day }).collect();
        Ok(Self { bytes, members })
    }
}

impl Container for Tar {
    fn members(&self) -> &[Member] {
        &self.members
    }

    fn visit(&self, wanted: &[&str], with: &mut dyn FnMut(&str, Result<Vec<u8>, String>)) {
        let mut left: BTreeSet<&str> = wanted.iter().copied().collect();
        // The whole archive was read when it was opened, so that the only errors are those of its members.
        _ = each(&self.bytes, &mut |path, entry| {
            if left.remove(path) {
                with(path, input::some(entry, LIMIT).map_err(|error| format!("cannot be read: {error:#}")));
            }
            !left.is_empty()
        });
    }
}

type Entry<'a, 'b> = tar::Entry<'a, Bounded<MultiGzDecoder<&'b [u8]>>>;

/// Gives each regular file that matters to `with`, until it returns false.
fn each(bytes: &[u8], with: &mut dyn FnMut(&str, &mut Entry<'_, '_>) -> bool) -> io::Result<()> {
    let mut archive = tar::Archive::new(Bounded { inner: MultiGzDecoder::new(bytes), left: LARGEST });
    for entry in archive.entries()? {
        let mut entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = String::from_utf8(entry.path_bytes().into_owned()).unwrap_or_default();
        if matters(&path) && !with(&path, &mut entry) {
            break;
        }
    }
    Ok(())
}

/// A reader that fails when more is read than is left, so that a small file cannot keep the program busy.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left =
            self.left.checked_sub(count as u64).ok_or_else(|| io::Error::other(format!("it unpacks to more than {LARGEST} bytes")))?;
        Ok(count)
    }
}
