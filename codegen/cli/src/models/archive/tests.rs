//! Archives that are made here, whole and damaged.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use std::io::Write as _;

/// A zip file with these files, compressed.
pub(in crate::models) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (path, content) in files {
        let day = rawzip::time::UtcDateTime::from_components(2026, 8, 7, 18, 8, 0, 0).unwrap();
        let path = rawzip::path::EntryPath::verbatim(path.as_bytes());
        let builder = archive.new_file(path).compression_method(rawzip::CompressionMethod::DEFLATE).last_modified(day);
        let (mut entry, config) = builder.start().unwrap();
        let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast()));
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

/// A compressed tar file with these files.
pub(in crate::models) fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar_builder();
    for (path, content) in files {
        archive.append_data(&mut header(content.len() as u64), path, *content).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

fn tar_builder() -> ::tar::Builder<flate2::write::GzEncoder<Vec<u8>>> {
    ::tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()))
}

fn header(size: u64) -> ::tar::Header {
    let mut header = ::tar::Header::new_gnu();
    header.set_size(size);
    header.set_mtime(1_574_380_800);
    header.set_mode(0o644);
    header
}

/// The bytes of one file.
fn read(container: &dyn Container, path: &str) -> Result<Vec<u8>, String> {
    let mut found = Err("no such file".to_owned());
    container.visit(&[path], &mut |_, bytes| found = bytes);
    found
}

const FILES: [(&str, &[u8]); 4] =
    [("b/readme.txt", b"text"), ("b/b.json", b"second"), ("a.json.gz", b"first"), ("../../outside.json", b"path")];

fn check(container: &dyn Container, day: &str) {
    let paths: Vec<_> = container.members().iter().map(|member| member.path.as_str()).collect();
    assert_eq!(paths, ["../../outside.json", "a.json.gz", "b/b.json"], "other files are left out, and a path is only a name");
    assert!(container.members().iter().all(|member| member.day.as_deref() == Some(day)), "{:?}", container.members());
    assert_eq!(read(container, "b/b.json").unwrap(), b"second");
    assert_eq!(read(container, "c.json").unwrap_err(), "no such file");
    let mut found = Vec::new();
    container.visit(&["a.json.gz", "gone.json", "b/b.json"], &mut |path, bytes| found.push((path.to_owned(), bytes.unwrap())));
    found.sort();
    assert_eq!(found, [("a.json.gz".to_owned(), b"first".to_vec()), ("b/b.json".to_owned(), b"second".to_vec())]);
}

#[test]
fn files_of_a_zip_are_read() {
    let bytes = zipped(&FILES);
    assert!(Zip::is(&bytes) && !Tar::is(&bytes));
    check(&Zip::open(bytes).unwrap(), "2026-08-07");
}

#[test]
fn files_of_a_tar_are_read() {
    let bytes = {
        let mut archive = tar_builder();
        for (path, content) in FILES {
            let mut header = header(content.len() as u64);
            // The builder refuses a path with `..`, so it is written as a hostile archive has it.
            header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_cksum();
            archive.append(&header, content).unwrap();
        }
        archive.into_inner().unwrap().finish().unwrap()
    };
    assert!(Tar::is(&bytes) && !Zip::is(&bytes));
    check(&Tar::open(bytes).unwrap(), "2019-11-22");
}

#[test]
fn a_link_in_a_tar_is_not_followed() {
    let mut archive = tar_builder();
    let mut link = header(0);
    link.set_entry_type(::tar::EntryType::Symlink);
    archive.append_link(&mut link, "passwd.json", "/etc/passwd").unwrap();
    let tar = Tar::open(archive.into_inner().unwrap().finish().unwrap()).unwrap();
    assert!(tar.members().is_empty());
}

#[test]
fn a_tar_with_an_endless_name_is_refused() {
    let mut archive = tar_builder();
    let mut name = header(1_000_000);
    name.set_entry_type(::tar::EntryType::GNULongName);
    name.set_cksum();
    archive.append(&name, vec![b'a'; 1_000_000].as_slice()).unwrap();
    archive.append_data(&mut header(2), "a.json", &b"{}"[..]).unwrap();
    let shown = Tar::open(archive.into_inner().unwrap().finish().unwrap()).map(|_| ()).unwrap_err();
    assert_eq!(shown, "is damaged: a header has 1000000 bytes, more than 65536");
}

#[test]
fn a_long_path_in_a_tar_is_read() {
    let path = format!("{}service-2.json", "long/".repeat(50));
    let tar = Tar::open(tarred(&[(&path, b"{}")])).unwrap();
    assert!(tar.members()[0].path.ends_with("long/service-2.json") && tar.members()[0].path.len() > 250, "{:?}", tar.members());
}

#[test]
fn a_member_that_grows_too_large_is_refused() {
    let zeros = vec![b'0'; usize::try_from(input_limit()).unwrap() + 1];
    let files: [(&str, &[u8]); 2] = [("bomb.json", &zeros), ("small.json", b"{}")];
    let (zip, tar) = (zipped(&files), tarred(&files));
    assert!(zip.len() < 1_000_000 && tar.len() < 1_000_000);
    let containers: [Box<dyn Container>; 2] = [Box::new(Zip::open(zip).unwrap()), Box::new(Tar::open(tar).unwrap())];
    for container in &containers {
        let container = container.as_ref();
        assert_eq!(read(container, "bomb.json").unwrap_err(), "cannot be read: more than 67108864 bytes, too large for a model");
        assert_eq!(read(container, "small.json").unwrap(), b"{}");
    }
}

fn input_limit() -> u64 {
    crate::input::LIMIT
}

#[test]
fn damaged_archives_are_refused_and_never_crash() {
    let shown = Zip::open(b"PK\x03\x04 and nothing else".to_vec()).map(|_| ()).unwrap_err();
    assert_eq!(shown, "is damaged: missing end of central directory");
    let whole = tarred(&FILES[1..3]);
    let shown = Tar::open(whole[..whole.len() / 2].to_vec()).map(|_| ()).unwrap_err();
    assert!(shown.starts_with("is damaged: "), "{shown}");

    spoil(&zipped(&FILES[1..3]), |bytes| Ok(Box::new(Zip::open(bytes)?)));
    spoil(&whole, |bytes| Ok(Box::new(Tar::open(bytes)?)));
}

/// Changes every byte of a small archive in turn, cuts it everywhere, and reads what can still be opened.
fn spoil(archive: &[u8], open: impl Fn(Vec<u8>) -> Result<Box<dyn Container>, String>) {
    let read_all = |bytes: Vec<u8>| {
        let Ok(container) = open(bytes) else { return };
        for member in container.members() {
            _ = read(container.as_ref(), &member.path);
        }
    };
    for at in 0..archive.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut bytes = archive.to_vec();
            bytes[at] ^= change;
            read_all(bytes);
        }
        read_all(archive[..at].to_vec());
    }
}

#[test]
fn a_changed_byte_of_a_zip_is_found_by_its_checksum() {
    let bytes = zipped(&[("a.json", b"content")]);
    let at = bytes.windows(6).position(|window| window == b"a.json").unwrap() + 7;
    let mut changed = bytes;
    changed[at] ^= 0x10;
    let shown = read(&Zip::open(changed).unwrap(), "a.json").unwrap_err();
    assert!(shown.starts_with("cannot be read: "), "{shown}");
}

#[test]
fn a_folder_is_read_with_its_links_and_without_hidden_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "{}").unwrap();
    };
    ["a.json", "b/c/d.json.gz", ".git/e.json", "b/f.txt", "1/2/3/4/deep.json", "1/2/3/deep.json"].into_iter().for_each(write);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("b/loop")).unwrap();
    let opened = Folder::open(folder.path()).unwrap();
    let paths: Vec<_> = opened.members().iter().map(|member| member.path.as_str()).filter(|path| !path.contains("loop")).collect();
    assert_eq!(paths, ["1/2/3/deep.json", "a.json", "b/c/d.json.gz"]);
    assert_eq!(read(&opened, "a.json").unwrap(), b"{}");
    assert_eq!(read(&opened, "gone.json").unwrap_err(), "no such file");
}
