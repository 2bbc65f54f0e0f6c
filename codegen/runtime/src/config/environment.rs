//! The environment variables that a client reads.

use std::collections::BTreeMap;
use std::env::VarError;
use std::fmt;
use std::sync::Arc;

/// The source of environment variables: the process, or a fixed set. With a fixed set, a test does not depend on the machine that it runs on.
#[derive(Clone, Default)]
pub struct Environment {
    /// `None` for the process's own.
    variables: Option<Arc<Variables>>,
}

/// Variables that override or replace the process's own.
#[derive(Clone, Default)]
struct Variables {
    named: BTreeMap<String, String>,
    no_others: bool,
}

impl Environment {
    /// The variables of this process, as they are when they are read.
    pub fn process() -> Self {
        Self::default()
    }

    /// These variables and no others.
    pub fn fixed<K: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (K, V)>) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        Self { variables: Some(Arc::new(Variables { named: variables.collect(), no_others: true })) }
    }

    /// The same with one variable set: `Environment::process().with("AWS_PROFILE", "build")` chooses a profile in code.
    #[must_use]
    pub fn with(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let mut variables = self.variables.map(Arc::unwrap_or_clone).unwrap_or_default();
        variables.named.insert(name.into(), value.into());
        Self { variables: Some(Arc::new(variables)) }
    }

    /// The value of a variable. A blank one counts as absent, as in AWS's own tools.
    pub fn get(&self, name: &'static str) -> Result<Option<String>, NotUnicode> {
        match self.read(name) {
            Ok(value) => Ok(Some(value).filter(|value| !value.trim().is_empty())),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(NotUnicode { name }),
        }
    }

    /// The value of a variable whose name is made at run time, blank or not.
    pub(super) fn read(&self, name: &str) -> Result<String, VarError> {
        match self.variables.as_ref().map(|variables| (variables.named.get(name), variables.no_others)) {
            Some((Some(value), _)) => Ok(value.clone()),
            Some((None, true)) => Err(VarError::NotPresent),
            Some((None, false)) | None => std::env::var(name),
        }
    }

    /// Returns whether any variable's name has this prefix.
    pub(super) fn has_any(&self, prefix: &str) -> bool {
        let variables = self.variables.as_deref();
        let is_named = variables.is_some_and(|variables| variables.named.keys().any(|name| name.starts_with(prefix)));
        let has_others = variables.is_none_or(|variables| !variables.no_others);
        is_named || has_others && std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with(prefix))
    }

    /// Returns whether this is not the process's own environment.
    pub(super) fn is_fixed(&self) -> bool {
        self.variables.is_some()
    }

    /// This environment, or the other one if this is the process's own.
    pub(super) fn or(self, other: Self) -> Self {
        Self { variables: self.variables.or(other.variables) }
    }
}

/// Shows the kind of the environment. The variables may be secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.variables.as_ref().map(|variables| variables.no_others) {
            Some(true) => "Environment(fixed)",
            Some(false) => "Environment(process, changed)",
            None => "Environment(process)",
        })
    }
}

/// The value of an environment variable is not Unicode.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotUnicode {
    name: &'static str,
}

impl NotUnicode {
    pub(super) fn name(self) -> &'static str {
        self.name
    }
}

impl fmt::Display for NotUnicode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the environment variable {} is not valid Unicode", self.name)
    }
}

impl std::error::Error for NotUnicode {}
