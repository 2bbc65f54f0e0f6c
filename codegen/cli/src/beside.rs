//! The files that botocore keeps beside the model of a service.

use std::path::{Path, PathBuf};

/// The name of botocore's model of a service. It may end in [`COMPRESSED`], as the files beside it may.
pub(crate) const MODEL: &str = "service-2.json";

/// The extension of a compressed file.
pub(crate) const COMPRESSED: &str = ".gz";

/// The names of the files beside botocore's model.
pub(crate) const NAMES: Beside<&str> =
    Beside { endpoint_rules: Some("endpoint-rule-set-1.json"), paginators: Some("paginators-1.json"), waiters: Some("waiters-2.json") };

/// One value for each of the files beside botocore's model: their names, paths or texts. Other models have the same content inside.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Beside<T> {
    /// The endpoint rules, `endpoint-rule-set-1.json`.
    pub endpoint_rules: Option<T>,
    /// The paginators, `paginators-1.json`.
    pub paginators: Option<T>,
    /// The waiters, `waiters-2.json`.
    pub waiters: Option<T>,
}

impl<T> Default for Beside<T> {
    fn default() -> Self {
        Self { endpoint_rules: None, paginators: None, waiters: None }
    }
}

impl Beside<PathBuf> {
    /// The files beside a model. Only a model with botocore's name has any. `current` is the folder that the path starts in, if it is relative.
    pub(crate) fn of(current: &Path, model: &Path) -> Self {
        if !model.file_name().and_then(|name| name.to_str()).is_some_and(is_model) {
            return Self::default();
        }
        NAMES.find(|beside| {
            let path = model.with_file_name(beside);
            current.join(&path).exists().then_some(path)
        })
    }
}

impl Beside<&str> {
    /// The first file of each name that `find` finds, which is asked for the compressed one too.
    pub(crate) fn find<T>(self, find: impl Fn(&str) -> Option<T>) -> Beside<T> {
        self.and_then(|name| find(name).or_else(|| find(&format!("{name}{COMPRESSED}"))))
    }
}

impl<T> Beside<T> {
    /// The same with references.
    pub fn as_ref(&self) -> Beside<&T> {
        let Self { endpoint_rules, paginators, waiters } = self;
        Beside { endpoint_rules: endpoint_rules.as_ref(), paginators: paginators.as_ref(), waiters: waiters.as_ref() }
    }

    /// Makes something of each file.
    pub fn map<U>(self, mut of: impl FnMut(T) -> U) -> Beside<U> {
        self.and_then(|file| Some(of(file)))
    }

    /// Makes something of each file, or nothing.
    fn and_then<U>(self, mut of: impl FnMut(T) -> Option<U>) -> Beside<U> {
        let Self { endpoint_rules, paginators, waiters } = self;
        Beside {
            endpoint_rules: endpoint_rules.and_then(&mut of),
            paginators: paginators.and_then(&mut of),
            waiters: waiters.and_then(&mut of),
        }
    }
}

/// The files that there are.
impl<T> IntoIterator for Beside<T> {
    type Item = T;
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<T>, 3>>;

    fn into_iter(self) -> Self::IntoIter {
        [self.endpoint_rules, self.paginators, self.waiters].into_iter().flatten()
    }
}

impl<T, E> Beside<Result<T, E>> {
    /// All files, or every fault.
    pub(crate) fn together(self) -> Result<Beside<T>, Vec<E>> {
        let mut faults = Vec::new();
        let files = self.and_then(|file| file.map_err(|fault| faults.push(fault)).ok());
        if faults.is_empty() { Ok(files) } else { Err(faults) }
    }
}

/// True for the name of botocore's model, compressed or not.
pub(crate) fn is_model(name: &str) -> bool {
    name.strip_suffix(COMPRESSED).unwrap_or(name) == MODEL
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn files_are_found_beside_botocores_name_only() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["paginators-1.json", "paginators-1.json.gz", "waiters-2.json.gz"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        for model in ["service-2.json", "service-2.json.gz"] {
            let found = Beside::of(folder.path(), Path::new(model));
            let expected = Beside { endpoint_rules: None, paginators: Some("paginators-1.json"), waiters: Some("waiters-2.json.gz") };
            assert_eq!(found, expected.map(PathBuf::from));
        }
        assert_eq!(Beside::of(folder.path(), Path::new("service.json")), Beside::default());
    }

    #[test]
    fn every_fault_is_returned() {
        let faults = Beside { endpoint_rules: Some(Err(1)), paginators: Some(Ok(2)), waiters: Some(Err(3)) }.together();
        assert_eq!(faults, Err(vec![1, 3]));
    }
}
