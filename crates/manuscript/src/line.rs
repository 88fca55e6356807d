//! One line of text as HTML: which tags open, which close, and in which order.

use crate::document::{Inline, Link, Text};
use crate::escape::{push_attribute, push_text};
use crate::format::Format;
use crate::web::Page;

impl Page<'_> {
    /// Prints the pieces of a line. Blocks inside it are the caller's business.
    ///
    /// Ghost opens first what stays open longest, and otherwise in the order of [`Format::ALL`];
    /// where formats overlap it closes the wrong tag, which is not imitated. A link is an island:
    /// all formats close before it.
    pub(crate) fn line(&mut self, pieces: &[&Inline]) {
        let mut open: Vec<(Format, &'static str)> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Inline::Text(text) if text.text.is_empty() => {}
                Inline::Text(text) => {
                    let rest = &pieces[at + 1..];
                    self.open_formats(text, rest, &mut open);
                    push_text(&mut self.out, &text.text);
                    self.close_formats(next_format(rest), &mut open);
                }
                Inline::LineBreak(_) => self.out.push_str("<br>"),
                Inline::Link(link) => self.link(link),
                Inline::Unknown(node) => self.line(&node.children.iter().collect::<Vec<_>>()),
                Inline::Block(_) => {}
            }
        }
    }

    fn open_formats(&mut self, text: &Text, rest: &[&Inline], open: &mut Vec<(Format, &'static str)>) {
        let is_new = |format: Format| text.format.has(format) && open.iter().all(|(other, _)| *other != format);
        let mut new: Vec<_> = Format::ALL.into_iter().filter(|(format, _)| is_new(*format)).collect();
        new.sort_by_key(|(format, _)| std::cmp::Reverse(runs_with(*format, rest)));
        for (format, tag) in new {
            self.tag("<", tag);
            open.push((format, tag));
        }
    }

    /// Closes everything down to the outermost format that the next text does not have.
    fn close_formats(&mut self, next: Format, open: &mut Vec<(Format, &'static str)>) {
        let kept = open.iter().position(|(format, _)| !next.has(*format)).unwrap_or(open.len());
        for (_, tag) in open.drain(kept..).rev() {
            self.tag("</", tag);
        }
    }

    fn link(&mut self, link: &Link) {
        self.out.push_str("<a");
        if let Some(url) = self.urls.link(&link.url).filter(|url| !url.is_empty()) {
            push_attribute(&mut self.out, "href", &url);
        }
        if !link.rel.is_empty() {
            push_attribute(&mut self.out, "rel", &link.rel);
        }
        self.out.push('>');
        self.line(&link.children.iter().collect::<Vec<_>>());
        self.out.push_str("</a>");
    }

    pub(crate) fn tag(&mut self, bracket: &str, name: &str) {
        self.out.push_str(bracket);
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// The format of the next text; none at the end of the line and before a link.
fn next_format(rest: &[&Inline]) -> Format {
    let next = rest.iter().find(|piece| !matches!(piece, Inline::LineBreak(_)) && !is_empty_text(piece));
    match next {
        Some(Inline::Text(text)) => text.format,
        _ => Format::PLAIN,
    }
}

/// For how many texts more a format goes on.
fn runs_with(format: Format, rest: &[&Inline]) -> usize {
    rest.iter()
        .filter(|piece| !matches!(piece, Inline::LineBreak(_)) && !is_empty_text(piece))
        .take_while(|piece| matches!(piece, Inline::Text(text) if text.format.has(format)))
        .count()
}

fn is_empty_text(piece: &Inline) -> bool {
    matches!(piece, Inline::Text(text) if text.text.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::{Block, Document, Format, Inline, Web};

    fn check(runs: &[(&str, Format)], html: &str) {
        let line = runs.iter().map(|(text, format)| Inline::formatted(*text, *format)).collect();
        assert_eq!(Document::new(vec![Block::paragraph_of(line)]).html(&Web::default()), format!("<p>{html}</p>"));
    }

    const B: Format = Format::BOLD;
    const I: Format = Format::ITALIC;

    #[test]
    fn what_stays_open_longest_opens_first() {
        check(&[("a", B | I), ("b", I), ("c", I)], "<em><strong>a</strong>bc</em>");
        check(&[("a", B), ("", Format::PLAIN), ("b", B)], "<strong>ab</strong>");
    }

    #[test]
    fn overlapping_formats_keep_what_each_text_is() {
        check(&[("one ", B), ("two ", B | I), ("three", I)], "<strong>one <em>two </em></strong><em>three</em>");
    }

    #[test]
    fn a_format_goes_on_over_a_line_break() {
        let line = vec![Inline::formatted("a", B), Inline::line_break(), Inline::formatted("b", B)];
        let html = Document::new(vec![Block::paragraph_of(line)]).html(&Web::default());
        assert_eq!(html, "<p><strong>a<br>b</strong></p>");
    }
}
