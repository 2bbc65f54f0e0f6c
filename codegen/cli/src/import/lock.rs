//! A crate's version in Cargo's lock files.

/// Replaces a package's version in a lock file; `None` if the checkout has no such package, or if it has this version already.
///
/// Cargo would write the same, but it needs all manifests of the workspace in place for that, and may contact the registry.
pub(super) fn with_version(text: &str, package: &str, version: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut entries: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
    // Only a package from elsewhere has a source.
    let is_ours = |entry: &&mut String| entry.lines().any(|line| line == name) && !entry.lines().any(|line| line.starts_with("source = "));
    let entry = entries.iter_mut().find(is_ours)?;
    let lines: Vec<String> = entry
        .lines()
        .map(|line| if line.starts_with("version = ") { format!("version = \"{version}\"") } else { line.to_owned() })
        .collect();
    *entry = lines.join("\n");
    let changed = entries.join("\n\n");
    let changed = if text.ends_with('\n') && !changed.ends_with('\n') { changed + "\n" } else { changed };
    (changed != text).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "# Cargo's.\nversion = 4\n\n[[package]]\nname = \"a\"\nversion = \"0.1.1\"\nsource = \"registry\"\n\n[[package]]\nname = \"b\"\n\
        version = \"0.1.1\"\ndependencies = [\n \"a\",\n]\n\n[[package]]\nname = \"c\"\nversion = \"0.1.1\"\n";

    #[test]
    fn only_the_packages_version_changes() {
        let changed = with_version(LOCK, "b", "0.1.2");
        assert_eq!(changed.as_deref(), Some(LOCK.replace("\"b\"\nversion = \"0.1.1\"", "\"b\"\nversion = \"0.1.2\"").as_str()));
        let last = with_version(LOCK, "c", "0.1.2");
        assert_eq!(last.as_deref(), Some(LOCK.replace("\"c\"\nversion = \"0.1.1\"", "\"c\"\nversion = \"0.1.2\"").as_str()));
    }

    #[test]
    fn other_packages_and_equal_versions_are_not_changed() {
        for (package, version) in [("a", "0.1.2"), ("b", "0.1.1"), ("d", "0.1.2")] {
            assert_eq!(with_version(LOCK, package, version), None, "{package}");
        }
    }
}
