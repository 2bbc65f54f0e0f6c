//! The keys of the environment.

use super::error::NoCredentials;
use super::text::is_printable;
use crate::config::{Credentials, Environment};

pub(super) const ACCESS_KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const SECRET_ACCESS_KEY: &str = "AWS_SECRET_ACCESS_KEY";
const SESSION_TOKEN: &str = "AWS_SESSION_TOKEN";

/// The keys in the environment, if there are any. One half without the other is an error, since it was set on purpose.
///
/// If they are still those of `last`, that is returned.
pub(super) fn keys(environment: &Environment, last: Option<Credentials>) -> Result<Option<Credentials>, NoCredentials> {
    let get = |name| match environment.get(name).map_err(NoCredentials::NotUnicode)? {
        Some(value) if !is_printable(value.trim()) => Err(NoCredentials::Unprintable(name)),
        Some(value) if value.trim().len() == value.len() => Ok(Some(value)),
        Some(value) => Ok(Some(value.trim().to_owned())),
        None => Ok(None),
    };
    match (get(ACCESS_KEY_ID)?, get(SECRET_ACCESS_KEY)?) {
        (Some(key), Some(secret)) => {
            let token = get(SESSION_TOKEN)?;
            let is_last = |last: &Credentials| {
                (last.access_key_id(), last.secret_access_key(), last.session_token()) == (&*key, &*secret, token.as_deref())
            };
            Ok(last.filter(is_last).or_else(|| Some(Credentials::new(key, secret, token, None, "environment"))))
        }
        (Some(_), None) => Err(NoCredentials::Half { set: ACCESS_KEY_ID, missing: SECRET_ACCESS_KEY }),
        (None, Some(_)) => Err(NoCredentials::Half { set: SECRET_ACCESS_KEY, missing: ACCESS_KEY_ID }),
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::NoCredentials;
    use crate::config::{Credentials, Environment};

    fn keys(environment: &Environment) -> Result<Option<Credentials>, NoCredentials> {
        super::keys(environment, None)
    }

    const KEYS: [(&str, &str); 3] = [("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "hunter2"), ("AWS_SESSION_TOKEN", "token")];

    #[test]
    fn the_environment_has_keys_with_and_without_a_token() {
        let credentials = keys(&Environment::fixed(KEYS)).unwrap().unwrap();
        assert_eq!(credentials.access_key_id(), "AKID");
        assert_eq!(credentials.secret_access_key(), "hunter2");
        assert_eq!(credentials.session_token(), Some("token"));
        let [key, secret, _] = KEYS;
        assert_eq!(keys(&Environment::fixed([key, secret])).unwrap().unwrap().session_token(), None);
        let blank = Environment::fixed([key, secret, ("AWS_SESSION_TOKEN", " ")]);
        assert_eq!(keys(&blank).unwrap().unwrap().session_token(), None);
        assert_eq!(keys(&Environment::fixed::<&str, &str>([])).unwrap(), None);
    }

    #[test]
    fn keys_that_have_changed_are_used() {
        let [key, secret, token] = KEYS;
        let last = keys(&Environment::fixed([key, secret])).unwrap();
        let others = [vec![key, secret, token], vec![key, (secret.0, "other")], vec![("AWS_ACCESS_KEY_ID", "other"), secret]];
        for other in others {
            let environment = Environment::fixed(other);
            let changed = super::keys(&environment, last.clone()).unwrap();
            assert_eq!(changed, keys(&environment).unwrap());
            assert_ne!(changed, last);
        }
    }

    #[test]
    fn keys_are_trimmed_and_unprintable_ones_are_errors() {
        let from_files = Environment::fixed(KEYS.map(|(name, value)| (name, format!(" {value}\r\n"))));
        assert_eq!(keys(&from_files).unwrap(), keys(&Environment::fixed(KEYS)).unwrap());
        for (name, _) in KEYS {
            for odd in ["hunter2\nhunter2", "hunter2\u{0}", "hunter2\u{7f}", "hunter2é"] {
                assert_eq!(
                    keys(&Environment::fixed(KEYS).with(name, odd)).unwrap_err().to_string(),
                    format!(
                        "no credentials: the environment variable {name} holds a line break or another character that no request can carry"
                    )
                );
            }
        }
    }

    #[test]
    fn half_of_the_keys_is_an_error() {
        let [key, secret, _] = KEYS;
        let line = |environment| keys(&environment).unwrap_err().to_string();
        assert_eq!(
            line(Environment::fixed([key])),
            "no credentials: the environment variable AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"
        );
        assert_eq!(
            line(Environment::fixed([secret, ("AWS_ACCESS_KEY_ID", "")])),
            "no credentials: the environment variable AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not"
        );
    }
}
