//! Reads `CommonMark`: turns the events of pulldown-cmark into the tree. Raw HTML is not supported and becomes text.

use super::clean::clean;
use super::tree::{Block, Content, Inline, List, MAX_DEPTH, Style, prose, push_block};
use super::url;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::rc::Rc;

/// Reads `CommonMark` with the tables of GitHub's dialect, whose rows become lines.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.event(event);
    }
    reader.end_paragraph();
    reader.blocks
}

/// An open container.
enum Frame {
    Quote(Vec<Block>),
    List(List),
    Item(Vec<Block>),
    /// A container beyond the maximum depth of the tree. Its content is added to the container around it.
    TooDeep,
}

/// Builds the tree from events.
#[derive(Default)]
struct Reader {
    /// Finished blocks of the innermost container, or of the text.
    blocks: Vec<Block>,
    /// The open containers, each with the finished blocks around it.
    frames: Vec<Frame>,
    /// The current prose.
    pieces: Vec<Inline>,
    /// The current code block.
    code: Option<String>,
    /// The current block of raw HTML.
    html: String,
    /// The number of open emphases.
    emphasis: usize,
    strong: usize,
    /// The targets of the open links; `None` for a link that cannot be followed.
    links: Vec<Option<Rc<str>>>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push(Content::Text(clean(&text).into_owned())),
            },
            Event::Code(code) => self.push(Content::Code(code.into_string())),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.push(Content::Text(without_comments(&html))),
            Event::SoftBreak => self.push(Content::Text(" ".to_owned())),
            Event::HardBreak => self.push(Content::Break),
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => self.open(Frame::Quote(Vec::new())),
            Tag::List(start) => {
                let start = start.map(|start| u32::try_from(start).unwrap_or(1));
                self.open(Frame::List(List { start, items: Vec::new() }));
            }
            Tag::Item => self.open(Frame::Item(Vec::new())),
            Tag::CodeBlock(_) => {
                self.end_paragraph();
                self.code = Some(String::new());
            }
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } => self.links.push(url::safe(&dest_url).map(Rc::from)),
            Tag::TableRow => self.push(Content::Break),
            Tag::TableCell if self.pieces.last().is_some_and(|last| !matches!(last.content, Content::Break)) => {
                self.push(Content::Text(" | ".to_owned()));
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock | Tag::Table(_) => self.end_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Emphasis => self.emphasis -= 1,
            TagEnd::Strong => self.strong -= 1,
            TagEnd::Link => _ = self.links.pop(),
            TagEnd::Heading(level) => {
                let pieces = std::mem::take(&mut self.pieces);
                self.blocks.extend(prose(pieces).map(|pieces| Block::Heading(level as usize, pieces)));
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.push(Content::Text(without_comments(&html)));
                self.end_paragraph();
            }
            TagEnd::Paragraph | TagEnd::Table => self.end_paragraph(),
            _ => {}
        }
    }

    fn push(&mut self, content: Content) {
        let style = match (self.strong, self.emphasis) {
            (0, 0) => Style::Plain,
            (0, _) => Style::Emphasis,
            _ => Style::Strong,
        };
        self.pieces.push(Inline { content, style, link: self.links.last().cloned().flatten() });
    }

    fn end_paragraph(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        self.blocks.extend(prose(pieces).map(Block::Paragraph));
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let lines: Vec<&str> = code.lines().collect();
        let is_line = |line: &&str| !line.trim().is_empty();
        if let (Some(first), Some(last)) = (lines.iter().position(is_line), lines.iter().rposition(is_line)) {
            push_block(&mut self.blocks, Block::Code(lines.get(first..=last).unwrap_or_default().join("\n")));
        }
    }

    /// Opens a container. The frame takes the finished blocks before it.
    fn open(&mut self, mut frame: Frame) {
        self.end_paragraph();
        let is_orphan = matches!(frame, Frame::Item(_)) && matches!(self.frames.last(), Some(Frame::TooDeep));
        if self.frames.len() >= MAX_DEPTH || is_orphan {
            frame = Frame::TooDeep;
        }
        if let Frame::Quote(around) | Frame::Item(around) = &mut frame {
            *around = std::mem::take(&mut self.blocks);
        }
        self.frames.push(frame);
    }

    fn close(&mut self) {
        self.end_paragraph();
        match self.frames.pop() {
            Some(Frame::Quote(around)) => {
                let inside = std::mem::replace(&mut self.blocks, around);
                if !inside.is_empty() {
                    self.blocks.push(Block::Quote(inside));
                }
            }
            Some(Frame::Item(around)) => {
                let inside = std::mem::replace(&mut self.blocks, around);
                if let Some(Frame::List(list)) = self.frames.last_mut().filter(|_| !inside.is_empty()) {
                    list.items.push(inside);
                }
            }
            Some(Frame::List(list)) if !list.items.is_empty() => push_block(&mut self.blocks, Block::List(list)),
            Some(Frame::List(_) | Frame::TooDeep) | None => {}
        }
    }
}

/// The HTML without comments. A comment that is not closed is text.
fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--")
        && let Some((_, after)) = comment.split_once("-->")
    {
        out.push_str(before);
        rest = after;
    }
    out + rest
}
