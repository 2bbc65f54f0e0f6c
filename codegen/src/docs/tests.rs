//! Tables of input and output. Hostile input and properties have modules of their own.

mod hostile;
mod links;
mod properties;

use super::{Document, escape, markdown};

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (input, expected) in cases {
        assert_eq!(markdown(input), *expected, "from {input:?}");
    }
}

#[test]
fn html_paragraphs_and_spans() {
    check(&[
        ("<p>Stops a build.</p>", "Stops a build."),
        ("<p>One.</p> <p>Two.</p>", "One.\n\nTwo."),
        ("<p/><p> </p>", ""),
        ("<zonbook></zonbook><xhtml></xhtml>", ""),
        ("<fullname>Build Service</fullname> <p>Builds things.</p>", "Build Service\n\nBuilds things."),
        ("<p class=\"title\"> <b>Name\n   formats</b> </p>x", "**Name formats**\n\nx"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<p>Set <code>timeout</code> and <code> queue </code>now.</p>", "Set `timeout` and `queue` now."),
        ("<p>The <i>User Guide</i>, <em>x</em>, <b>bold</b>, <strong>y</strong>.</p>", "The *User Guide*, *x*, **bold**, **y**."),
        ("<p>one<br>two<br/><br/>three<br></p>", "one\\\ntwo\n\nthree"),
        (
            "<p>a &lt; b &amp;&amp; c &gt; d &quot;e&quot; &#65;&#x42; &#150; &nbsp; &mdash; &unknown; AT&T</p>",
            "a \\< b && c > d \"e\" AB – — \\&unknown; AT&T",
        ),
        ("<h2>Limits</h2>Sixty.", "**Limits**\n\nSixty."),
        ("<p>a<!-- <b>secret</b> -->b<script>let x = 1;</script><style>p {}</style>c</p>", "abc"),
        ("<P>Loud <B>tags</B></P>", "Loud **tags**"),
    ]);
}

#[test]
fn html_code_keeps_its_content() {
    check(&[
        ("<code>arn:aws:s3:::<i>bucket</i>/*</code>", "`arn:aws:s3:::bucket/*`"),
        ("<code>`id` &lt;x&gt;</code>", "`` `id` <x> ``"),
        ("<code>a``b</code> <code>`</code>", "```a``b``` `` ` ``"),
        ("<p>a<code></code>b<code> </code>c</p>", "ab c"),
        ("<code>a</code><code>b</code>", "`ab`"),
        ("<code>{\n  \"a\": 1 }</code>", "`{ \"a\": 1 }`"),
        ("<code>open <p>next</p>", "`open`\n\nnext"),
        ("<pre><code>a  b\n\n  c `` ```d\n</code></pre>", "````text\na  b\n\n  c `` ```d\n````"),
        ("<p>x</p><pre>  \n </pre>", "x"),
        ("<ul><li>a<pre>b</ul>c", "- a\n\n  ```text\n  b\n  ```\n\nc"),
    ]);
}

#[test]
fn html_links() {
    check(&[
        ("See <a href=\"https://example.com/x_(y) z\">the <i>Guide</i></a>.", "See [the *Guide*](https://example.com/x_%28y%29%20z)."),
        ("<a href='https://example.com'><code>Build</code></a>", "[`Build`](https://example.com)"),
        ("<code><a href=\"https://example.com\">Build</a></code>", "[`Build`](https://example.com)"),
        ("<i><a href=\"https://example.com\"> Guide </a></i>", "*[Guide](https://example.com)*"),
        ("<a href=\"https://example.com/a_b\">https://example.com/a_b</a>", "<https://example.com/a_b>"),
        ("<a href=\"https://example.com/?a=1&amp;copy;=2\">x</a>", "[x](https://example.com/?a=1&amp;copy;=2)"),
        ("<a href=mailto:help@example.com>help</a>", "[help](mailto:help@example.com)"),
        ("<a>StartBuild</a>, <a href=\"\">a</a>, <a href=\"/b.html\">b</a>, <a href=\"javascript:c()\">c</a>", "StartBuild, a, b, c"),
        ("<a href=\"https://example.com\"></a><p>Wow!<a href=\"https://example.com\">x</a></p>", "Wow\\![x](https://example.com)"),
        (
            "<a href=\"https://example.com\">[1]</a> <a href=\"https://example.com\">^1</a>",
            "[\\[1\\]](https://example.com) [\\^1](https://example.com)",
        ),
        ("<a title=\"a > b\" href = 'https://example.com' >x</a>", "[x](https://example.com)"),
        ("<p>Go to https://example.com/a_b_c.</p>", "Go to <https://example.com/a_b_c>."),
        ("<p>(see http://example.com/x_(y))</p>", "(see <http://example.com/x_(y)>)"),
        ("<p>https://bucket.<region>.example.com/{stage}, then</p>", "`https://bucket.<region>.example.com/{stage}`, then"),
        ("<p><b>https://</b>a.example.com</p>", "<https://a.example.com>"),
    ]);
}

#[test]
fn html_lists() {
    check(&[
        ("<p>Any of:</p> <ul> <li> <p> <code>A</code> - one</p> </li> <li> <p>two</p> </li> </ul>", "Any of:\n\n- `A` - one\n- two"),
        ("<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>", "1. a\n   - b\n   - c\n2. d"),
        ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n\n- c"),
        ("<ul><li>a<li>b</ul>c", "- a\n- b\n\nc"),
        ("<ul><li>a</li></ul> <ul><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n\n1) b"),
        ("<li>stray</li></ul></ol>after", "- stray\n\nafter"),
        ("<ul>text<li>a</li>tail</ul>", "- text\n\n- a\n\n  tail"),
        ("<ul><li></li><li> <p/> </li></ul>x", "x"),
        (
            "<dl> <dt>Name</dt> <dd> <p>What it is.</p> </dd> <dt>Other:</dt> <dd>x</dd> <dd>y</dd> </dl>",
            "- **Name**: What it is.\n\n- **Other:** x\n\n  y",
        ),
        ("<dl><dt/><dd><p><code>NONE</code></p></dd></dl>", "- `NONE`"),
        ("<table><tr><th>Key</th><th>Value</th></tr><tr><td><p>a</p></td><td>1</td></tr></table>", "- **Key** | **Value**\n- a | 1"),
    ]);
}

#[test]
fn html_admonitions() {
    check(&[
        ("<note> <p>Only once.</p> <p>Really.</p> </note> <p>x</p>", "> **Note:** Only once.\n>\n> Really.\n\nx"),
        ("<important><ul><li>a</li></ul></important>", "> **Important:**\n>\n> - a"),
        ("<note><p>Note: it is slow.</p></note>", "> **Note:** it is slow."),
        ("<caution>a</caution><tip>b</tip>", "> **Caution:** a\n\n> **Tip:** b"),
        ("<p>a</p><note> </note><p>b</p>", "a\n\nb"),
        ("<ul><li>a<note>b</note></li></ul>", "- a\n\n  > **Note:** b"),
    ]);
}

#[test]
fn emphasis_only_where_markdown_reads_it() {
    check(&[
        ("<i>YYYY</i>-<i>MM</i>T<i>HH</i>", "*YYYY*-*MM*T*HH*"),
        ("<b>Yes </b>or<i> no</i>", "**Yes** or *no*"),
        ("x<b><code>y</code></b>z", "x`y`z"),
        ("<i>a</i><b>b</b>", "*a*b"),
        ("<b>a <i>b</i> c</b>", "**a b c**"),
        ("<b><p>a</p></b><p>b</p>", "**a**\n\nb"),
        ("<p>a <b>b</p><p>c</p>", "a **b**\n\nc"),
        ("<b></b><i> </i>a", "a"),
    ]);
}

#[test]
fn markdown_keeps_its_meaning() {
    check(&[
        ("Starts a build.\nIt is *quick* and **good**, __very__ _so_.", "Starts a build. It is *quick* and **good**, **very** *so*."),
        (
            "Use `StartBuild`, `` a`b ``, [the guide](https://example.com/a) or <https://example.com>.",
            "Use `StartBuild`, ``a`b``, [the guide](https://example.com/a) or <https://example.com>.",
        ),
        ("- a\n- b\n  - c\n\n3. x\n4. y", "- a\n- b\n  - c\n\n3. x\n4. y"),
        ("* a\n\n  more\n* b\nlazy", "- a\n\n  more\n\n- b lazy"),
        ("# Title #\n\nText\n====\n\n---\n\nb", "# Title\n\n# Text\n\nb"),
        ("> quoted\nlazily\n\n> again", "> quoted lazily\n\n> again"),
        ("a  \nb\\\nc", "a\\\nb\\\nc"),
        ("Write `<p>` or `<b>x</b>`.", "Write `<p>` or `<b>x</b>`."),
        ("1 \\* 2 &lt; 3 \\<p>", "1 \\* 2 \\< 3 \\<p>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\\\n1 | 2"),
        ("a <!-- b --> c", "a c"),
    ]);
}

#[test]
fn markdown_is_made_safe() {
    check(&[
        ("See [StartBuild] and [x][y] and [z](crate::Z).", "See \\[StartBuild\\] and \\[x\\]\\[y\\] and z."),
        (
            "![logo](https://example.com/a.png) [a](javascript:b) [c](<https://example.com/d e> \"t\")",
            "logo a [c](https://example.com/d%20e)",
        ),
        ("a <bucket> b <Role x=\"y\"/>", "a \\<bucket> b \\<Role x=\"y\"/>"),
        ("```rust\nfn main() {}\n```\nafter", "```text\nfn main() {}\n```\n\nafter"),
        ("~~~\nnever ``` closed", "````text\nnever ``` closed\n````"),
        ("a\n\n    indented\n      code\n\nb", "a\n\n```text\nindented\n  code\n```\n\nb"),
        ("a\n    still a", "a still a"),
        ("a ` b ``` c", "a \\` b \\`\\`\\` c"),
        ("a *b and **c", "a \\*b and \\*\\*c"),
        ("See [the guide][a] and [b].\n\n[a]: https://example.com \"t\"", "See [the guide](https://example.com) and \\[b\\]."),
        ("<!-- a\nb --> c\n\nd <!-- e --> f", "c\n\nd f"),
        ("<!-- a *b*\n\nc", "\\<!\\-- a \\*b\\* c"),
        ("x https://example.com/a, ~~y~~", "x <https://example.com/a>, \\~\\~y\\~\\~"),
    ]);
}

#[test]
fn text_that_looks_like_markup() {
    check(&[
        ("<p># a</p><p>- b</p><p>+ c</p><p>1. d</p><p>2) e</p><p>> f</p>", "\\# a\n\n\\- b\n\n\\+ c\n\n1\\. d\n\n2\\) e\n\n\\> f"),
        ("<p>===</p><p>|---|</p><p>=</p>", "\\===\n\n|\\-\\--|\n\n\\="),
        ("<p>*.mp4 [x](y) `z` ~ \\ _a_ a_b <bucket></p>", "\\*.mp4 \\[x\\](y) \\`z\\` \\~ \\\\ \\_a\\_ a_b \\<bucket>"),
        ("<p>--x-s3 and a -- b</p>", "\\--x-s3 and a -- b"),
        ("<p>&amp;lt; &amp;#60;</p>", "\\&lt; \\&#60;"),
        ("<p>a <region>:<account-id> < b</p>", "a \\<region>:\\<account-id> \\< b"),
    ]);
    assert_eq!(escape("AWS [Code]Build\n<x>"), "AWS \\[Code\\]Build \\<x>");
    assert_eq!(escape(""), "");
}

#[test]
fn prose_is_filled() {
    let words = "lorem ipsum dolor ".repeat(40);
    let text = markdown(&format!("<p>{words}</p><ul><li><p>{words}</p></li></ul><note>{words}</note>"));
    assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    assert!(text.lines().all(|line| line.is_empty() || line.len() > 80 || line.ends_with("dolor")), "{text}");
    assert!(text.contains("\n  lorem") || text.contains("\n  ipsum") || text.contains("\n  dolor"), "the list's lines hang: {text}");
    assert!(text.lines().skip_while(|line| !line.starts_with("> **Note:**")).all(|line| line.starts_with("> ")), "{text}");

    let code = "x ".repeat(80);
    assert_eq!(markdown(&format!("<p>a <code>{code}</code> b</p>")), format!("a\n`{}`\nb", code.trim()));
    assert_eq!(markdown(&format!("# {code}")), format!("# {}", code.trim()));
    // A word is escaped only at the start of a line.
    assert_eq!(markdown(&format!("<p>{} - b</p>", "a".repeat(99))), format!("{}\n\\- b", "a".repeat(99)));
}

#[test]
fn summaries() {
    let cases = [
        ("<p>Starts a build. It may take long.</p>", "Starts a build."),
        ("<p>The name of the build</p><p>Second.</p>", "The name of the build."),
        ("<p>The file, e.g. buildspec.yml in Amazon S3. See below.</p>", "The file, e.g. buildspec.yml in Amazon S3."),
        ("<p>Set <code>a. B</code>. <code>c</code> is next.</p>", "Set `a. B`."),
        (
            "<p>See the <a href=\"https://example.com\">Guide. Part 2</a> first. More.</p>",
            "See the [Guide. Part 2](https://example.com) first.",
        ),
        ("<p>The values (one. Two.) of it. More.</p>", "The values (one. Two.) of it."),
        ("<p>Valid values are as follows:</p><ul><li>a</li></ul>", "Valid values are as follows."),
        ("<p>In the U.S. East region, No. 5 of v1.2 is used. More.</p>", "In the U.S. East region, No. 5 of v1.2 is used."),
        ("Optional. Use this to wait.\n\nMore", "Optional. Use this to wait."),
        ("<p>Deleted! Gone.</p>", "Deleted! Gone."),
        ("<p>It is gone! Really.</p>", "It is gone."),
        ("<p>Optional text (as here.)</p>", "Optional text (as here)."),
        ("<p>Odd dots ..</p>", "Odd dots."),
        ("<p>Ports (1, 6, etc.).</p>", "Ports (1, 6, etc.)."),
        ("<p>Ends in <code>code</code> .</p>", "Ends in `code`."),
        ("<p><b>All bold.</b> More.</p>", "**All bold**."),
        ("<note><p>Careful. Now.</p></note><p>Does it now. Later.</p>", "Does it now."),
        ("<note><p>Be careful.</p></note>", "**Note:** Be careful."),
        ("<ul><li>Only a list</li></ul>", "Only a list."),
        ("# Title\n\n- x", "Title."),
        ("<pre>let x;\nlet y;</pre>", "`let x;`."),
        ("<ul><li>1. two</li></ul>", "1\\. two."),
        ("one line<br>or two", "one line or two."),
        ("", ""),
        ("<p></p>", ""),
    ];
    for (input, expected) in cases {
        assert_eq!(Document::read(input).summary(), expected, "from {input:?}");
    }
}
