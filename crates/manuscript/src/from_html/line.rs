use std::rc::Rc;

use ego_tree::NodeId;

use crate::document::{Inline, Link};
use crate::format::Format;

/// How text is set at a place in the HTML.
#[derive(Clone, Default)]
pub(super) struct Style {
    pub(super) format: Format,
    pub(super) link: Option<Rc<Anchor>>,
}

/// An `<a>` of the HTML.
pub(super) struct Anchor {
    node: NodeId,
    pub(super) url: String,
    rel: String,
}

impl Style {
    /// The style inside an inline element of this name and `style` attribute.
    pub(super) fn of(mut self, name: &str, css: Option<&str>) -> Style {
        let css: String = css.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
        let format = match name {
            // Google Docs wraps everything it copies in a <b> that is not bold.
            "b" if css.contains("font-weight:normal") => Format::PLAIN,
            "strong" | "b" => Format::BOLD,
            "em" | "i" => Format::ITALIC,
            "s" | "strike" | "del" => Format::STRIKETHROUGH,
            "u" => Format::UNDERLINE,
            "code" | "kbd" | "samp" | "tt" => Format::CODE,
            "sub" => Format::SUBSCRIPT,
            "sup" => Format::SUPERSCRIPT,
            "mark" => Format::HIGHLIGHT,
            "span" => span_format(&css),
            _ => Format::PLAIN,
        };
        self.format = self.format | format;
        self
    }

    /// The style inside a link.
    pub(super) fn linked(mut self, node: NodeId, url: &str, rel: Option<&str>) -> Style {
        self.link = Some(Rc::new(Anchor { node, url: url.to_owned(), rel: rel.unwrap_or_default().to_owned() }));
        self
    }
}

fn span_format(css: &str) -> Format {
    let bold = ["font-weight:bold", "font-weight:600", "font-weight:700"].iter().any(|rule| css.contains(rule));
    let italic = css.contains("font-style:italic");
    let format = if bold { Format::BOLD } else { Format::PLAIN };
    if italic { format | Format::ITALIC } else { format }
}

/// A line that is being collected: white space is folded over the borders of elements, as browsers
/// do.
#[derive(Default)]
pub(super) struct Line {
    pieces: Vec<Piece>,
}

enum Piece {
    Text { text: String, format: Format, link: Option<Rc<Anchor>> },
    Break,
}

impl Line {
    pub(super) fn text(&mut self, raw: &str, style: &Style) {
        let mut after_space = match self.pieces.last() {
            Some(Piece::Text { text, .. }) => text.ends_with(' '),
            Some(Piece::Break) | None => true,
        };
        let mut text = String::with_capacity(raw.len());
        for c in raw.chars() {
            let space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !space {
                text.push(c);
            } else if !after_space {
                text.push(' ');
            }
            after_space = space;
        }
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Text { text: last, format, link })
                if *format == style.format && node_of(link) == node_of(&style.link) =>
            {
                last.push_str(&text);
            }
            _ => self.pieces.push(Piece::Text { text, format: style.format, link: style.link.clone() }),
        }
    }

    pub(super) fn line_break(&mut self) {
        self.trim_end();
        self.pieces.push(Piece::Break);
    }

    /// The line's nodes; `None` when nothing stands in it. Breaks at the end divide nothing and go.
    pub(super) fn finish(mut self) -> Option<Vec<Inline<'static>>> {
        self.trim_end();
        while let Some(Piece::Break) = self.pieces.last() {
            self.pieces.pop();
            self.trim_end();
        }
        line_of(self.pieces)
    }

    fn trim_end(&mut self) {
        if let Some(Piece::Text { text, .. }) = self.pieces.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
            if text.is_empty() {
                self.pieces.pop();
            }
        }
    }
}

/// Pieces of one `<a>` in a row become one link.
fn line_of(pieces: Vec<Piece>) -> Option<Vec<Inline<'static>>> {
    let mut line: Vec<Inline<'static>> = Vec::new();
    let mut open: Option<NodeId> = None;
    for piece in pieces {
        let (inline, link) = match piece {
            Piece::Text { text, format, link } => (Inline::formatted(text, format), link),
            Piece::Break => (Inline::line_break(), None),
        };
        match (link, line.last_mut()) {
            (Some(link), Some(Inline::Link(last))) if open == Some(link.node) => last.children.push(inline),
            (Some(link), _) => {
                open = Some(link.node);
                line.push(Inline::Link(Link {
                    rel: link.rel.clone().into(),
                    ..Link::new(link.url.clone(), vec![inline])
                }));
            }
            (None, _) => line.push(inline),
        }
    }
    (!line.is_empty()).then_some(line)
}

fn node_of(link: &Option<Rc<Anchor>>) -> Option<NodeId> {
    link.as_ref().map(|link| link.node)
}
