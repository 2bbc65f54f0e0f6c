//! What a page says that came instead of a reply, from a proxy or a portal.

use super::call::reason;
use std::borrow::Cow;

/// Tags that stand inside a sentence. All others begin something new.
const INLINE: [&str; 14] = ["a", "abbr", "b", "code", "em", "font", "i", "kbd", "small", "span", "strong", "sub", "sup", "tt"];
/// Words around a status that say nothing.
const FILLERS: [&str; 4] = ["http", "status", "error", "code"];

/// The text of a body in a few words: of a page the sentences without its tags, and nothing that was said already, by the status or by a
/// title.
pub(super) fn gist(text: &str, status: Option<u16>) -> String {
    let is_page = text.trim_start().starts_with('<');
    let blocks = if is_page { blocks(text) } else { vec![Cow::Borrowed(text)] };
    let mut said = Vec::new();
    let mut gist = String::new();
    for block in &blocks {
        let rest = status.map_or(block.as_ref(), |status| without_status(block, status)).trim();
        let mut words = words(rest);
        words.retain(|word| !FILLERS.contains(&word.as_str()));
        if words.is_empty() && is_page || said.contains(&words) {
            continue;
        }
        said.push(words);
        if !gist.is_empty() {
            gist.push(' ');
        }
        gist.push_str(rest);
    }
    gist
}

/// What a text says beyond the status that it begins with: of `502 Bad Gateway: no host` it is `no host`.
pub(super) fn without_status(text: &str, status: u16) -> &str {
    let (number, reason) = (status.to_string(), reason(status).unwrap_or_default());
    let (mut rest, mut beyond, mut numbered) = (text, text, false);
    loop {
        let next = rest.trim_start_matches(is_between);
        if let Some(after) = behind(next, reason) {
            // `Forbidden to all` is a sentence, `403 Forbidden` is none.
            if numbered || !after.trim_start().starts_with(char::is_alphanumeric) {
                beyond = after;
            }
            rest = after;
        } else if let Some(after) = behind(next, &number) {
            numbered = true;
            beyond = after;
            rest = after;
        } else if let Some(after) = FILLERS.iter().find_map(|filler| behind(next, filler)) {
            if numbered && words(after).is_empty() {
                beyond = after;
            }
            rest = after;
        } else {
            break;
        }
    }
    if beyond.len() == text.len() { text } else { beyond.trim_start_matches(is_between) }
}

/// White space and the punctuation of sentences, but not that of JSON.
fn is_between(character: char) -> bool {
    character.is_whitespace() || ":-–—.,;!()".contains(character)
}

/// What follows some words at the beginning of a text.
fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (start, after) = text.split_at_checked(words.len())?;
    let ends = !after.starts_with(char::is_alphanumeric);
    (!words.is_empty() && ends && start.eq_ignore_ascii_case(words)).then_some(after)
}

/// A text's words, for comparing it with another one.
fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The texts of a page, without its tags and comments and without what is between the tags of a script or a style sheet.
fn blocks(markup: &str) -> Vec<Cow<'_, str>> {
    let mut blocks = vec![String::new()];
    let mut rest = markup;
    while let Some((before, tag)) = rest.split_once('<') {
        push(&mut blocks, before);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name = tag.trim_start_matches('/').split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name)) {
            blocks.push(String::new());
        }
        let hidden = ["script", "style"].into_iter().find(|hidden| starts_with_ignore_case(tag, hidden));
        rest = match hidden.and_then(|name| find_ignore_case(tag, &format!("</{name}")).and_then(|at| tag.get(at..))) {
            Some(after) => after,
            None => tag,
        };
        rest = rest.split_once('>').map_or("", |(_, after)| after);
    }
    push(&mut blocks, rest);
    blocks.into_iter().map(|block| Cow::Owned(unescaped(&block))).collect()
}

fn push(blocks: &mut [String], text: &str) {
    if let Some(block) = blocks.last_mut() {
        block.push_str(text);
    }
}

/// The text of the first element of that name: `<name>text</name>`.
pub(super) fn element(markup: &str, name: &str) -> Option<String> {
    let (_, after) = markup.split_once(&format!("<{name}>"))?;
    let (text, _) = after.split_once(&format!("</{name}>"))?;
    Some(unescaped(text.trim())).filter(|text| !text.is_empty())
}

/// With XML's own five entities replaced, and the two that pages are full of. `&amp;` is last, or it would make new ones.
fn unescaped(text: &str) -> String {
    let text = text.replace("&nbsp;", " ").replace("&#39;", "'");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

fn starts_with_ignore_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn find_ignore_case(text: &str, words: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(words)
}

#[cfg(test)]
mod tests {
    use super::{element, gist, without_status};
    use crate::error::text::OneLine;

    #[track_caller]
    fn says(status: Option<u16>, page: &str, expected: &str) {
        assert_eq!(OneLine(&gist(page, status), 200).to_string(), expected, "{page}");
    }

    #[test]
    fn tags_scripts_and_styles_are_left_out() {
        let page = "<html><!-- > --><head><title>Oh no</title><STYLE>h1 { x: y }</STYLE><script>if (a < b) {}</script></head>\
                    <body><h1>Bad &amp; <b>so</b> <i>sad</i>&nbsp;that</h1><hr>nginx</body></html>";
        says(Some(502), page, "Oh no Bad & so sad that nginx");
        says(None, "<p>a < b", "a");
        says(None, "plain", "plain");
    }

    #[test]
    fn pages_say_everything_once() {
        let flask = "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n\
                     <p>The server encountered an internal error.</p>";
        says(Some(500), flask, "The server encountered an internal error.");
        let nginx = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n\
                     <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n<!-- a padding to disable MSIE and Chrome friendly error page -->";
        says(Some(502), nginx, "nginx");
        let balancer = "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center>\
                        <h1>503 Service Temporarily Unavailable</h1></center></body></html>";
        says(Some(503), balancer, "Service Temporarily Unavailable");
        let cloud_front = "<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>403 ERROR</H1>\
                           <H2>The request could not be satisfied.</H2><HR>Bad request.</BODY></HTML>";
        says(Some(403), cloud_front, "ERROR: The request could not be satisfied Bad request.");
        let tomcat = "<html><head><title>HTTP Status 404 – Not Found</title></head><body><h1>HTTP Status 404 – Not Found</h1>\
                      <p><b>Message</b> no such page</p></body></html>";
        says(Some(404), tomcat, "Message no such page");
        says(Some(502), "<html><title>502 Bad Gateway</title></html>", "");
        says(Some(200), "<p>one</p><p>two</p><p>One!</p>", "one two");
    }

    #[test]
    fn what_a_status_says_is_cut_off_and_nothing_else() {
        for (status, text, expected) in [
            (502, "502 Bad Gateway", ""),
            (502, "502 bad gateway: no host", "no host"),
            (403, "Forbidden", ""),
            (403, "Forbidden. Go away", "Go away"),
            (403, "Forbidden to all", "Forbidden to all"),
            (403, "Missing Authentication Token", "Missing Authentication Token"),
            (404, "404 page not found", "page not found"),
            (500, "Error 500", ""),
            (500, "Error in line 500", "Error in line 500"),
            (500, "5000 things", "5000 things"),
            (599, "HTTP 599", ""),
            (599, "", ""),
            (502, "{\"status\": 502}", "{\"status\": 502}"),
        ] {
            assert_eq!(without_status(text, status), expected, "{text}");
        }
    }

    #[test]
    fn elements_are_found() {
        let refusal = "<?xml?><Error><Code>SignatureDoesNotMatch</Code><Message> a &lt; b </Message></Error>";
        assert_eq!(element(refusal, "Code").as_deref(), Some("SignatureDoesNotMatch"));
        assert_eq!(element(refusal, "Message").as_deref(), Some("a < b"));
        assert_eq!(element(refusal, "RequestId"), None);
        assert_eq!(element("<Code>", "Code"), None);
        assert_eq!(element("<Code></Code>", "Code"), None);
    }
}
