//! Character references: `&lt;`, `&#60;`, `&#x3c;`.

use super::clean::clean_char;
use std::borrow::Cow;

/// The maximum length of a reference in bytes, from `&` to `;`.
const LONGEST: usize = 32;

/// The characters for the code points 128 to 159 in a numeric reference: windows-1252 (HTML standard, "numeric character reference end state").
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text with its references replaced; unknown references are not changed.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        rest = if let Some((c, length)) = reference(from) {
            out.extend(clean_char(c));
            from.get(length..).unwrap_or_default()
        } else {
            out.push('&');
            from.get(1..).unwrap_or_default()
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character for the reference at the start of `text`, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let name = reference_name(text)?;
    let c = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(name)?,
    };
    Some((c, name.len() + 2))
}

/// The name between `&` and `;` at the start of `text`, if it has the form of a reference, known or not.
pub(super) fn reference_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(LONGEST).position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'#'))?;
    let (name, after) = rest.split_at(end);
    let number = name.strip_prefix('#').unwrap_or(name);
    (after.starts_with(';') && !number.is_empty() && !number.contains('#')).then_some(name)
}

fn numeric(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        0 => None,
        128..=159 => WINDOWS_1252.get(usize::try_from(code - 128).ok()?).copied(),
        code => char::from_u32(code),
    }
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "amp" | "AMP" => '&',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "shy" => '\u{ad}',
        "ndash" => '–',
        "mdash" => '—',
        "minus" => '−',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "deg" => '°',
        "plusmn" => '±',
        "times" => '×',
        "divide" => '÷',
        "frac12" => '½',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "infin" => '∞',
        "micro" => 'µ',
        "sect" => '§',
        "para" => '¶',
        "larr" => '←',
        "rarr" => '→',
        "euro" => '€',
        "pound" => '£',
        "yen" => '¥',
        "cent" => '¢',
        "num" => '#',
        "ast" => '*',
        "lowbar" => '_',
        "grave" => '`',
        "bsol" => '\\',
        "sol" => '/',
        "colon" => ':',
        "semi" => ';',
        "comma" => ',',
        "period" => '.',
        "excl" => '!',
        "quest" => '?',
        "equals" => '=',
        "plus" => '+',
        "percnt" => '%',
        "dollar" => '$',
        "commat" => '@',
        "verbar" => '|',
        "lpar" => '(',
        "rpar" => ')',
        "lsqb" | "lbrack" => '[',
        "rsqb" | "rbrack" => ']',
        "lcub" | "lbrace" => '{',
        "rcub" | "rbrace" => '}',
        "Tab" => '\t',
        "NewLine" => '\n',
        _ => return None,
    })
}
