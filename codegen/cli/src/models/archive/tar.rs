//! Source distributions and other tar files, compressed with gzip.

use super::{Container, Member, Visitor, matters};
use crate::changes::day;
use crate::input::{self, GZIP, LIMIT};
use flate2::read::MultiGzDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

/// The maximum size of a tar file after decompression, in bytes. botocore's has 200 MB.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// The place of the mark of a tar file.
const MARK: (usize, &[u8]) = (257, b"ustar");

/// The maximum size of a header that carries a long name, in bytes. A path has at most 4096.
const LONGEST_HEADER: u64 = 64 * 1024;

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
        let read = check_headers(&bytes).and_then(|()| {
            each(&bytes, &mut |path, entry| {
                let day = entry.header().mtime().ok().map(day::of_seconds);
                days.entry(path.to_owned()).or_insert(day);
                true
            })
        });
        read.map_err(|error| format!("is damaged: {error}"))?;
        let members = days.into_iter().map(|(path, day)| Member { path, day }).collect();
        Ok(Self { bytes, members })
    }
}

impl Container for Tar {
    fn members(&self) -> &[Member] {
        &self.members
    }

    fn visit(&self, wanted: &[&str], with: &mut Visitor<'_>) {
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
    for entry in archive(bytes).entries()? {
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

/// Refuses an archive whose headers with long names are too large, because the library reads these headers into memory.
fn check_headers(bytes: &[u8]) -> io::Result<()> {
    for entry in archive(bytes).entries()?.raw(true) {
        let entry = entry?;
        let kind = entry.header().entry_type();
        let is_header =
            kind.is_gnu_longname() || kind.is_gnu_longlink() || kind.is_pax_local_extensions() || kind.is_pax_global_extensions();
        if is_header && entry.size() > LONGEST_HEADER {
            return Err(io::Error::other(format!("a header has {} bytes, more than {LONGEST_HEADER}", entry.size())));
        }
    }
    Ok(())
}

fn archive(bytes: &[u8]) -> tar::Archive<Bounded<MultiGzDecoder<&[u8]>>> {
    tar::Archive::new(Bounded { inner: MultiGzDecoder::new(bytes), left: LARGEST })
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
