//! Shape ids and their parts, by the grammar of Smithy's specification ("Shape ID ABNF").

/// The hint of a finding about an invalid name.
pub(crate) const RULE: &str =
    "a name holds ASCII letters, digits and underscores, at most 200, and begins with a letter, or with underscores and a letter or digit";

/// The maximum length of a name, so that it can be a file name.
const LONGEST: usize = 200;

/// True if the text can be the name of a shape or a member.
pub(crate) fn is_identifier(text: &str) -> bool {
    let rest = text.trim_start_matches('_');
    let starts =
        rest.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() || (first.is_ascii_digit() && rest.len() < text.len()));
    starts && text.len() <= LONGEST && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// True if the text is an absolute shape id, `namespace#Name`.
pub(crate) fn is_shape_id(text: &str) -> bool {
    text.split_once('#').is_some_and(|(namespace, name)| namespace.split('.').all(is_identifier) && is_identifier(name))
}

/// The shape and the member of `namespace#Name$member`.
pub(crate) fn split_member(text: &str) -> (&str, Option<&str>) {
    text.split_once('$').map_or((text, None), |(shape, member)| (shape, Some(member)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_grammar() {
        for good in ["a", "A1", "_a", "__1", "self", "sha256sum", "CodeBuild_20161006"] {
            assert!(is_identifier(good), "{good}");
        }
        for bad in ["", "_", "1x", "a-b", "../x", "x; }", "a b", "é", "a#b", &"a".repeat(201)] {
            assert!(!is_identifier(bad), "{bad}");
        }
    }

    #[test]
    fn ids_are_absolute() {
        assert!(is_shape_id("com.amazonaws.codebuild#Build"));
        for bad in ["Build", "#Build", "a#", "a..b#C", "a#b#c", "a#b$c", "1a#b"] {
            assert!(!is_shape_id(bad), "{bad}");
        }
        assert_eq!(split_member("a#b$c"), ("a#b", Some("c")));
    }
}
