//! Fetching with shell commands in the place of pip.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use tempfile::TempDir;

/// A cache whose pip is a shell script; `$into` is the folder for the wheel.
fn cache(script: &str) -> (TempDir, Cache) {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("while [ $# -gt 1 ]; do if [ \"$1\" = --dest ]; then into=$2; fi; shift; done; wanted=$1\n{script}");
    let cache = Cache { pip: Pip::only(&["sh", "-c", &script, "pip"]), ..Cache::at(folder.path().join("deep/cache")) };
    (folder, cache)
}

/// A pip that downloads a wheel of any version.
const WORKS: &str = "printf wheel > \"$into/botocore-${wanted#*==}-py3-none-any.whl\"";

/// A pip without a network.
const FAILS: &str = "echo 'ERROR: no network' >&2; exit 1";

/// The SHA-256 of `wheel`.
fn digest() -> String {
    sha256(b"wheel")
}

fn wheel(cache: &Cache, version: &str, sha256: Option<&str>) -> Result<Wheel, String> {
    cache.wheel(version, sha256, &mut |_| {}).map_err(|finding| finding.to_string())
}

fn files(cache: &Cache) -> Vec<String> {
    let entries = fs::read_dir(cache.home().unwrap()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_wheel_is_fetched_once_and_read_without_a_network() {
    let (_folder, online) = cache(WORKS);
    let mut said = Vec::new();
    let fetched = online.wheel("1.43.67", None, &mut |step| said.push(step.to_owned())).unwrap();
    assert_eq!(
        (fetched.version.as_str(), fetched.sha256.as_str(), fetched.bytes.as_slice()),
        ("1.43.67", digest().as_str(), &b"wheel"[..])
    );
    assert_eq!(said, ["fetching botocore 1.43.67 with pip"]);
    assert_eq!(files(&online), [name("1.43.67", &digest()), "lock".to_owned()], "no temporary folder is left");

    let offline = Cache { pip: Pip::only(&["sh", "-c", FAILS]), ..online };
    assert_eq!(wheel(&offline, "1.43.67", None).unwrap().path, fetched.path);
    assert_eq!(wheel(&offline, "1.43.67", Some(&digest().to_uppercase())).unwrap().path, fetched.path);
    assert_eq!(
        wheel(&offline, "1.43.6", None).unwrap_err().lines().next().unwrap(),
        "botocore 1.43.6 cannot be fetched: ERROR: no network"
    );
}

#[test]
fn the_newest_version_has_its_own_name() {
    let (_folder, cache) = cache("[ \"$wanted\" = botocore ] && printf wheel > \"$into/botocore-1.99.0-py3-none-any.whl\"");
    assert_eq!(cache.newest(&mut |_| {}).unwrap().version, "1.99.0");
    assert!(wheel(&cache, "1.99.0", Some(&digest())).is_ok());
}

#[test]
fn a_wheel_with_another_digest_is_not_kept() {
    let (_folder, cache) = cache(WORKS);
    let pinned = "0".repeat(64);
    let shown = wheel(&cache, "1.43.67", Some(&pinned)).unwrap_err();
    assert!(
        shown.starts_with(&format!("the wheel of botocore 1.43.67 that pip fetched has the SHA-256 {}, not {pinned}\n", digest())),
        "{shown}"
    );
    assert_eq!(files(&cache), ["lock"]);
}

#[test]
fn a_damaged_wheel_is_reported_with_its_place() {
    let (_folder, cache) = cache(WORKS);
    let path = wheel(&cache, "1.43.67", None).unwrap().path;
    fs::write(&path, "whee").unwrap();
    for pinned in [None, Some(digest())] {
        let shown = wheel(&cache, "1.43.67", pinned.as_deref()).unwrap_err();
        assert!(shown.starts_with(&format!("{}: is damaged: its SHA-256 is ", path.display())), "{shown}");
        assert!(shown.contains("hint: remove the file"), "{shown}");
    }
    assert_eq!(fs::read(&path).unwrap(), b"whee", "a file of the cache is not changed");
    fs::remove_file(&path).unwrap();
    assert!(wheel(&cache, "1.43.67", None).is_ok());
}

#[test]
fn two_wheels_of_one_version_need_a_digest() {
    let (_folder, cache) = cache(WORKS);
    let first = wheel(&cache, "1.43.67", None).unwrap();
    let other = cache.home().unwrap().join(name("1.43.67", &sha256(b"other")));
    fs::write(&other, "other").unwrap();
    assert!(wheel(&cache, "1.43.67", None).unwrap_err().starts_with("the cache has several wheels of botocore 1.43.67"));
    assert_eq!(wheel(&cache, "1.43.67", Some(&digest())).unwrap().path, first.path);
}

#[test]
fn words_that_are_no_versions_never_reach_pip() {
    let (_folder, cache) = cache("exit 99");
    for version in ["", "../../x", "1.43.*", "1.0 --index-url", "-r", "latest", "1.0/.."] {
        let shown = wheel(&cache, version, None).unwrap_err();
        assert!(shown.contains("is not a version of botocore"), "{shown}");
    }
    let shown = wheel(&cache, "1.0", Some("../x")).unwrap_err();
    assert!(shown.starts_with("`../x` is not a SHA-256: expected 64 hexadecimal digits"), "{shown}");
    assert!(!cache.folder.unwrap().exists());
}

#[test]
fn other_ends_of_pip_are_one_finding_each() {
    let (_folder, silent) = cache("exit 0");
    assert!(wheel(&silent, "1.0", None).unwrap_err().starts_with("pip succeeded without downloading a wheel of botocore"));
    let (_folder, longer) = cache("printf wheel > \"$into/botocore-1.0.0-py3-none-any.whl\"");
    assert_eq!(
        wheel(&longer, "1.0", None).unwrap_err(),
        "botocore 1.0 is called 1.0.0 by the package index\n  hint: write the version as `1.0.0`"
    );
    assert_eq!(files(&longer), ["lock"]);
    for missing in ["echo \"$0: No module named pip\" >&2; exit 1", "exit 127"] {
        let (_folder, cache) = cache(missing);
        let shown = wheel(&cache, "1.0", None).unwrap_err();
        assert!(shown.starts_with("botocore 1.0 cannot be fetched without pip, and none of these commands runs it: `sh -c"), "{shown}");
    }
    let (_folder, nowhere) = cache(WORKS);
    let nowhere = Cache { pip: Pip::only(&["/nonexistent/python"]), ..nowhere };
    assert!(wheel(&nowhere, "1.0", None).unwrap_err().contains("install Python 3 with pip, or uv"));
}

#[test]
fn what_a_killed_fetch_left_is_removed() {
    let (_folder, cache) = cache(WORKS);
    let left = cache.home().unwrap().join("fetching-1");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("botocore-1.0-py3-none-any.whl"), "half").unwrap();
    wheel(&cache, "1.0", None).unwrap();
    assert_eq!(files(&cache), [name("1.0", &digest()), "lock".to_owned()]);
}

#[test]
fn a_fetch_waits_for_another_one() {
    let (_folder, cache) = cache(WORKS);
    let home = cache.home().unwrap();
    fs::create_dir_all(&home).unwrap();
    let turn = File::create(home.join("lock")).unwrap();
    turn.lock().unwrap();
    let (told, waits) = std::sync::mpsc::channel();
    let found = std::thread::scope(|scope| {
        let fetch = scope.spawn(|| cache.wheel("1.0", None, &mut |step| told.send(step.to_owned()).unwrap()));
        assert_eq!(waits.recv().unwrap(), "waiting for another process that fetches models");
        // The other process has fetched the same wheel.
        fs::write(home.join(name("1.0", &digest())), "wheel").unwrap();
        drop(turn);
        fetch.join().unwrap()
    });
    assert!(found.is_ok());
    assert!(waits.try_recv().is_err(), "nothing was fetched");
}

#[test]
fn a_cache_that_cannot_be_written_is_named() {
    let (folder, cache) = cache(WORKS);
    fs::write(folder.path().join("deep"), "").unwrap();
    let shown = wheel(&cache, "1.0", None).unwrap_err();
    assert!(shown.contains("deep/cache/botocore: cannot be"), "{shown}");
    let nowhere = Cache { folder: None, pip: Pip::default() };
    assert!(wheel(&nowhere, "1.0", None).unwrap_err().contains("set SMITHLET_CACHE"));
}
