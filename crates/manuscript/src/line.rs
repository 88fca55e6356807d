//! One line of text as HTML: which tags open, which close, and in which order.

use crate::document::{Inline, Link, Text};
use crate::escape::{Quoted, push_text};
use crate::format::Format;
use crate::page::{Page, put};

impl Page<'_> {
    /// Prints the pieces of a line. Blocks inside it are the caller's business.
    ///
    /// Ghost opens first what stays open longest, and otherwise in the order of [`Format::ALL`];
    /// where formats overlap it closes the wrong tag, which is not imitated. A link is an island:
    /// all formats close before it.
    pub(crate) fn line_of<'d, 'a: 'd>(&mut self, mut rest: impl Iterator<Item = &'d Inline<'a>> + Clone) {
        let mut open: Vec<(Format, &'static str)> = Vec::new();
        while let Some(piece) = rest.next() {
            match piece {
                Inline::Text(text) if text.text.is_empty() => {}
                Inline::Text(text) => {
                    if text.format != Format::PLAIN {
                        self.open_formats(text, rest.clone(), &mut open);
                    }
                    push_text(&mut self.out, &text.text);
                    if !open.is_empty() {
                        self.close_formats(next_format(rest.clone()), &mut open);
                    }
                }
                Inline::LineBreak(_) => self.out.push_str("<br>"),
                Inline::Link(link) => self.link(link),
                Inline::Unknown(node) => self.children(&node.children),
                Inline::Block(_) | Inline::Hidden(_) => {}
            }
        }
    }

    /// The line inside a link; by name, because a line may hold links that hold lines.
    fn children(&mut self, children: &[Inline<'_>]) {
        self.line_of(children.iter());
    }

    fn open_formats<'d, 'a: 'd>(
        &mut self,
        text: &Text<'_>,
        rest: impl Iterator<Item = &'d Inline<'a>> + Clone,
        open: &mut Vec<(Format, &'static str)>,
    ) {
        let is_new = |format: Format| text.format.has(format) && open.iter().all(|(other, _)| *other != format);
        let mut new: Vec<_> = Format::ALL.into_iter().filter(|(format, _)| is_new(*format)).collect();
        if new.len() > 1 {
            // As in Ghost: outermost what comes again first, then what goes on longest.
            let key =
                |format: Format| (first_with(format, rest.clone()), std::cmp::Reverse(runs_with(format, rest.clone())));
            new.sort_by_cached_key(|(format, _)| key(*format));
        }
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

    fn link(&mut self, link: &Link<'_>) {
        self.out.push_str("<a");
        if let Some(url) = self.urls.link(&link.url).filter(|url| !url.is_empty()) {
            put!(self, " href=\"{}\"", Quoted(&url));
        }
        if let Some(note) = note_number(link).filter(|_| !self.is_feed()) {
            put!(self, " id=\"fnref{note}\"");
        }
        if !link.rel.is_empty() {
            put!(self, " rel=\"{}\"", Quoted(&link.rel));
        }
        self.out.push('>');
        self.children(&link.children);
        self.out.push_str("</a>");
    }

    pub(crate) fn tag(&mut self, bracket: &str, name: &str) {
        self.out.push_str(bracket);
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// The number of the note that a raised link to `#fn1` refers to: the note links back to `#fnref1`, and a
/// link in Lexical has no id of its own.
fn note_number(link: &Link<'_>) -> Option<u32> {
    let number = link.url.strip_prefix("#fn")?;
    let raised = |child: &Inline<'_>| matches!(child, Inline::Text(text) if text.format.has(Format::SUPERSCRIPT));
    link.children.iter().all(raised).then(|| number.parse().ok())?
}

/// The format of the next text; none at the end of the line and before a link.
fn next_format<'d, 'a: 'd>(rest: impl Iterator<Item = &'d Inline<'a>>) -> Format {
    match rest.into_iter().find(|piece| !is_passed_over(piece)) {
        Some(Inline::Text(text)) => text.format,
        _ => Format::PLAIN,
    }
}

/// Which of the texts before the next link is the first with a format; the last place there is where none has it.
fn first_with<'d, 'a: 'd>(format: Format, rest: impl Iterator<Item = &'d Inline<'a>>) -> usize {
    rest.filter(|piece| !is_passed_over(piece))
        .take_while(|piece| !matches!(piece, Inline::Link(_)))
        .take(FAR)
        .position(|piece| matches!(piece, Inline::Text(text) if text.format.has(format)))
        .unwrap_or(usize::MAX)
}

/// For how many texts more a format goes on.
fn runs_with<'d, 'a: 'd>(format: Format, rest: impl Iterator<Item = &'d Inline<'a>>) -> usize {
    rest.filter(|piece| !is_passed_over(piece))
        .take_while(|piece| matches!(piece, Inline::Text(text) if text.format.has(format)))
        .take(FAR)
        .count()
}

/// How far ahead is far enough: a line of ten thousand runs must not be read ten thousand times.
const FAR: usize = 64;

/// What neither shows nor ends a format.
fn is_passed_over(piece: &Inline<'_>) -> bool {
    match piece {
        Inline::LineBreak(_) | Inline::Hidden(_) => true,
        Inline::Text(text) => text.text.is_empty(),
        _ => false,
    }
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
    fn what_comes_again_later_opens_first() {
        check(&[("a", B | I), ("b", Format::PLAIN), ("c", I)], "<em><strong>a</strong></em>b<em>c</em>");
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
