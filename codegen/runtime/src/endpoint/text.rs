//! The rule functions on text.

use std::fmt::Write as _;
use std::net::Ipv4Addr;

/// Returns whether the text can be a label of a host name (RFC 1123, section 2.1) or, with `sub_domains`, several labels separated by dots: the
/// rule function `isValidHostLabel`.
pub fn is_valid_host_label(text: &str, sub_domains: bool) -> bool {
    if sub_domains {
        return text.split('.').all(|label| is_valid_host_label(label, false));
    }
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Returns whether a bucket's name can be part of a host name: the rule function `aws.isVirtualHostableS3Bucket`.
pub fn is_virtual_hostable_s3_bucket(bucket: &str, sub_domains: bool) -> bool {
    bucket.len() >= 3
        && !bucket.bytes().any(|byte| byte.is_ascii_uppercase())
        && bucket.parse::<Ipv4Addr>().is_err()
        && is_valid_host_label(bucket, sub_domains)
}

/// The characters from `start` up to `stop`, counted from the end if `reverse`. `None` if the text is too short or not ASCII: the rule function
/// `substring`.
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if !text.is_ascii() || start >= stop {
        return None;
    }
    if reverse { text.get(text.len().checked_sub(stop)?..text.len() - start) } else { text.get(start..stop) }
}

/// The parts between the separators. There are at most `limit` of them, unless that is zero: the rule function `split`.
pub fn split<'a>(text: &'a str, separator: &str, limit: usize) -> Vec<&'a str> {
    if limit == 0 { text.split(separator).collect() } else { text.splitn(limit, separator).collect() }
}

/// An item of a list. A negative index counts from the end: the rule function `getAttr` with `[index]`.
pub fn item<'a>(list: &[&'a str], index: isize) -> Option<&'a str> {
    let index = if index < 0 { list.len().checked_sub(index.unsigned_abs())? } else { index.unsigned_abs() };
    list.get(index).copied()
}

/// Percent-encodes all characters that are not unreserved (RFC 3986, section 2.3): the rule function `uriEncode`.
pub fn uri_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_letters_digits_and_inner_hyphens() {
        assert!(is_valid_host_label("a-1", false) && is_valid_host_label(&"a".repeat(63), false));
        for text in ["", "-a", "a-", "a.b", "a_b", "\u{e9}", &"a".repeat(64)] {
            assert!(!is_valid_host_label(text, false), "{text}");
        }
        assert!(is_valid_host_label("a.b-c.d", true) && !is_valid_host_label("a..b", true) && !is_valid_host_label("", true));
    }

    #[test]
    fn a_hostable_bucket_is_lower_case_and_not_an_ip_address() {
        assert!(is_virtual_hostable_s3_bucket("abc", false) && is_virtual_hostable_s3_bucket("a.bc", true));
        for bucket in ["ab", "aBc", "1.2.3.4", "a.bc", "a_c"] {
            assert!(!is_virtual_hostable_s3_bucket(bucket, false), "{bucket}");
        }
        assert!(!is_virtual_hostable_s3_bucket("1.2.3.4", true));
    }

    #[test]
    fn a_substring_beyond_the_text_is_none() {
        assert_eq!(substring("abcdef", 0, 4, false), Some("abcd"));
        assert_eq!(substring("abcdef", 0, 4, true), Some("cdef"));
        assert_eq!(substring("abcdef", 4, 6, true), Some("ab"));
        for (text, start, stop) in [("abc", 0, 4), ("abc", 2, 2), ("abc", 3, 2), ("", 0, 1), ("\u{e9}\u{e9}\u{e9}", 0, 2)] {
            assert_eq!(substring(text, start, stop, false), None, "{text}");
            assert_eq!(substring(text, start, stop, true), None, "{text}");
        }
    }

    #[test]
    fn texts_are_split_and_items_found_from_both_ends() {
        assert_eq!(split("a--b--c", "--", 0), ["a", "b", "c"]);
        assert_eq!(split("a--b--c", "--", 2), ["a", "b--c"]);
        assert_eq!(split("a", "--", 1), ["a"]);
        let list = ["a", "b"];
        assert_eq!([item(&list, 0), item(&list, 2), item(&list, -1), item(&list, -3)], [Some("a"), None, Some("b"), None]);
    }

    #[test]
    fn all_characters_but_the_unreserved_are_percent_encoded() {
        assert_eq!(uri_encode("aZ0-_.~ /:\u{e9}"), "aZ0-_.~%20%2F%3A%C3%A9");
    }
}
