//! The release of botocore that a model is from.

use std::path::Path;

/// The file with the version of botocore's package, from the folder of a service's model, `botocore/data/SERVICE/DATE`.
const PACKAGE: &str = "../../../__init__.py";

/// The release, if the model lies inside botocore's package: `botocore 1.13.26`.
pub(crate) fn release(model: &Path) -> Option<String> {
    let folder = std::path::absolute(model).ok()?.parent()?.join(PACKAGE);
    let text = std::fs::read_to_string(folder).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("__version__ = "))?;
    let version = line.trim().trim_matches(['\'', '"']);
    let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    is_version.then(|| format!("botocore {version}"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use std::fs;

    #[test]
    fn a_model_inside_the_package_has_its_release() {
        let package = tempfile::tempdir().unwrap();
        let folder = package.path().join("botocore/data/codebuild/2016-10-06");
        fs::create_dir_all(&folder).unwrap();
        let model = folder.join("service-2.json");
        assert_eq!(release(&model), None);
        let say = |text: &str| fs::write(package.path().join("botocore/__init__.py"), text).unwrap();
        say("import os\n\n__version__ = '1.13.26'\n");
        assert_eq!(release(&model).as_deref(), Some("botocore 1.13.26"));
        say("__version__ = 'a\u{1b}[31m'\n");
        assert_eq!(release(&model), None);
        say("");
        assert_eq!(release(&model), None);
    }
}
