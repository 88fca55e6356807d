//! A body being printed: the markup of Ghost's own renderer, because themes are written for it.

use std::borrow::Cow;

use crate::document::{Block, Document, Inline, Link, List, ListKind, TextBlock, TextKind, Unknown};
use crate::email::Email;
use crate::heading_id::HeadingIds;
use crate::sanitise;
use crate::url::Urls;
use crate::web::{GatedCards, Trust, Web};

/// Prints into a page: `put!(page, "<b>{}</b>", Escaped(text))`.
macro_rules! put {
    ($page:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        // Writing to a string does not fail.
        let _ = write!($page.out, $($format)*);
    }};
}
pub(crate) use put;

/// For whom the body is printed.
#[derive(Clone, Copy)]
pub(crate) enum Target<'p> {
    Web(&'p Web),
    /// Feed readers get neither ids nor `srcset` nor trusted HTML.
    Feed,
    Email(&'p Email),
}

/// A body being printed.
pub(crate) struct Page<'p> {
    pub(crate) out: String,
    pub(crate) urls: Urls<'p>,
    pub(crate) target: Target<'p>,
    heading_ids: HeadingIds,
}

impl<'p> Page<'p> {
    pub(crate) fn new(target: Target<'p>, site_url: &'p str) -> Page<'p> {
        let urls = match target {
            Target::Web(_) => Urls::of_page(site_url),
            Target::Feed | Target::Email(_) => Urls::of_feed(site_url),
        };
        Page { out: String::new(), urls, target, heading_ids: HeadingIds::default() }
    }

    pub(crate) fn is_feed(&self) -> bool {
        matches!(self.target, Target::Feed)
    }

    /// Whether Ghost's script for cards will come to work the page.
    pub(crate) fn has_cards_script(&self) -> bool {
        matches!(self.target, Target::Web(web) if web.cards_script)
    }

    pub(crate) fn image_widths(&self) -> &'p [u32] {
        match self.target {
            Target::Web(web) => &web.image_widths,
            Target::Feed => &[],
            Target::Email(email) => &email.image_widths,
        }
    }

    pub(crate) fn max_width(&self) -> u32 {
        match self.target {
            Target::Web(web) => web.max_width,
            Target::Feed | Target::Email(_) => u32::MAX,
        }
    }

    pub(crate) fn gated_cards(&self) -> GatedCards {
        match self.target {
            Target::Web(web) => web.gated_cards,
            Target::Feed => GatedCards::LeftOut,
            Target::Email(email) => email.gated_cards,
        }
    }

    /// Whether a reader can open foreign pages inside this one.
    pub(crate) fn opens_frames(&self) -> bool {
        matches!(self.target, Target::Web(_))
    }

    /// Whether somebody vouched for this HTML of a card.
    pub(crate) fn trusts(&self, html: &str) -> bool {
        let trust = match self.target {
            Target::Web(web) => &web.trust,
            Target::Feed => &Trust::Nobody,
            Target::Email(email) => &email.trust,
        };
        trust.covers(html)
    }

    /// Foreign HTML of a card, as the page may print it: verbatim when it is trusted, else cleaned.
    pub(crate) fn foreign_html(&mut self, html: &str) -> String {
        if self.trusts(html) {
            return html.replace("__GHOST_URL__", self.urls.site());
        }
        sanitise::card(html, &self.urls, self.opens_frames())
    }

    /// A line of HTML (a caption, a title) made harmless; empty for none.
    pub(crate) fn line_html<'h>(&self, html: &'h str) -> Cow<'h, str> {
        sanitise::caption(html, &self.urls)
    }

    /// The caption of a figure, made by [`line_html`](Page::line_html); nothing for none.
    pub(crate) fn figcaption(&mut self, caption: &str) {
        if !caption.is_empty() {
            put!(self, "<figcaption>{caption}</figcaption>");
        }
    }

    /// Starts the id of the next heading that a card prints.
    pub(crate) fn heading_id(&mut self, words: &str) -> String {
        self.heading_ids.next(words)
    }

    pub(crate) fn document(mut self, document: &Document<'_>) -> String {
        // The editor leaves an empty paragraph at the end; Ghost drops exactly one.
        let blocks = match document.blocks.split_last() {
            Some((Block::Text(last), rest)) if is_blank_paragraph(last) => rest,
            _ => &document.blocks,
        };
        for run in blocks.chunk_by(|one, next| matches!((one, next), (Block::Loose(_), Block::Loose(_)))) {
            match run {
                [block] if !matches!(block, Block::Loose(_)) => self.block(block),
                loose => self.loose(loose),
            }
        }
        self.out
    }

    /// Text directly under the root makes one paragraph.
    fn loose(&mut self, run: &[Block<'_>]) {
        let line: Vec<_> = run
            .iter()
            .filter_map(|block| match block {
                Block::Loose(inline) => Some(inline.clone()),
                _ => None,
            })
            .collect();
        if !line.iter().all(Inline::is_blank) {
            self.lines_and_blocks(&line, "p");
        }
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Text(text) => self.text_block(text),
            Block::List(list) => self.list(list),
            Block::Card(card) => card.print(self),
            // Never lose the text of a node only because nobody here knows its type.
            Block::Unknown(node) => self.lines_and_blocks(&node.children, "p"),
            Block::Loose(inline) => self.lines_and_blocks(std::slice::from_ref(inline), "p"),
        }
    }

    fn text_block(&mut self, text: &TextBlock<'_>) {
        match text.kind {
            TextKind::Paragraph if text.children.is_empty() => self.out.push_str("<p></p>"),
            TextKind::Paragraph => self.lines_and_blocks(&text.children, "p"),
            TextKind::Heading(level) => self.heading(level, &text.children),
            TextKind::Quote => self.quote("<blockquote>", &text.children),
            TextKind::Aside => self.quote("<blockquote class=\"kg-blockquote-alt\">", &text.children),
        }
    }

    fn quote(&mut self, open: &str, children: &[Inline<'_>]) {
        self.out.push_str(open);
        match self.target {
            Target::Email(_) if children.is_empty() => self.out.push_str("<p></p>"),
            Target::Email(_) => self.lines_and_blocks(children, "p"),
            Target::Web(_) | Target::Feed => self.flow(children),
        }
        self.out.push_str("</blockquote>");
    }

    fn heading(&mut self, level: u8, children: &[Inline<'_>]) {
        let tag = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6)) - 1];
        if self.is_feed() {
            self.tag("<", tag);
        } else {
            let mut words = String::new();
            push_words(children, &mut words);
            // Percent-encoded, so there is nothing to escape.
            put!(self, "<{tag} id=\"{}\">", self.heading_ids.next(&words));
        }
        let pieces = pieces(children);
        for piece in &pieces {
            if let Piece::Line(line) = piece {
                self.line_of(line.iter().copied());
            }
        }
        self.tag("</", tag);
        for piece in pieces {
            if let Piece::Block(block) = piece {
                self.block(block);
            }
        }
    }

    fn list(&mut self, list: &List<'_>) {
        let tag = if list.kind == ListKind::Number { "ol" } else { "ul" };
        if list.kind == ListKind::Number && list.start != 1 {
            put!(self, "<ol start=\"{}\">", list.start);
        } else {
            self.tag("<", tag);
        }
        let mut open = false;
        for item in &list.items {
            // An item that holds only a list belongs inside the item before it.
            let nested = matches!(&item.children[..], [Inline::Block(block)] if matches!(**block, Block::List(_)));
            if open && !nested {
                self.out.push_str("</li>");
            }
            if !(open && nested) {
                self.out.push_str("<li>");
                open = true;
            }
            self.flow(&item.children);
        }
        if open {
            self.out.push_str("</li>");
        }
        self.tag("</", tag);
    }

    /// Prints children where both lines and blocks may stand, as in a quote or a list item.
    fn flow(&mut self, children: &[Inline<'_>]) {
        if !children.iter().any(holds_a_block) {
            return self.line_of(children.iter());
        }
        for piece in pieces(children) {
            match piece {
                Piece::Line(line) => self.line_of(line.into_iter()),
                Piece::Block(block) => self.block(block),
            }
        }
    }

    /// Prints children where a block would end the element: lines in `tag`, blocks between them.
    fn lines_and_blocks(&mut self, children: &[Inline<'_>], tag: &str) {
        for piece in pieces(children) {
            match piece {
                Piece::Line(line) => {
                    self.tag("<", tag);
                    self.line_of(line.into_iter());
                    self.tag("</", tag);
                }
                Piece::Block(block) => self.block(block),
            }
        }
    }
}

/// A stretch of a line without blocks, or a block that stands in it.
enum Piece<'d, 'a> {
    Line(Vec<&'d Inline<'a>>),
    Block(&'d Block<'a>),
}

/// Cuts a line at its blocks. A link or unknown node with a block inside dissolves into its children.
fn pieces<'d, 'a>(children: &'d [Inline<'a>]) -> Vec<Piece<'d, 'a>> {
    let mut pieces = Vec::new();
    for child in children {
        add_pieces(child, &mut pieces);
    }
    pieces
}

fn add_pieces<'d, 'a>(child: &'d Inline<'a>, pieces: &mut Vec<Piece<'d, 'a>>) {
    match child {
        Inline::Block(block) => pieces.push(Piece::Block(block)),
        Inline::Link(Link { children, .. }) | Inline::Unknown(Unknown { children, .. }) if holds_a_block(child) => {
            children.iter().for_each(|child| add_pieces(child, pieces));
        }
        Inline::Unknown(node) if node.children.is_empty() => {}
        _ => match pieces.last_mut() {
            Some(Piece::Line(line)) => line.push(child),
            _ => pieces.push(Piece::Line(vec![child])),
        },
    }
}

fn holds_a_block(inline: &Inline<'_>) -> bool {
    match inline {
        Inline::Block(_) => true,
        Inline::Link(link) => link.children.iter().any(holds_a_block),
        Inline::Unknown(node) => node.children.iter().any(holds_a_block),
        Inline::Text(_) | Inline::LineBreak(_) | Inline::Hidden(_) => false,
    }
}

fn is_blank_paragraph(block: &TextBlock<'_>) -> bool {
    let blank = |child: &Inline<'_>| matches!(child, Inline::Text(text) if text.text.trim().is_empty());
    block.kind == TextKind::Paragraph && block.children.iter().all(blank)
}

fn push_words(children: &[Inline<'_>], out: &mut String) {
    for child in children {
        match child {
            Inline::Text(text) => out.push_str(&text.text),
            Inline::LineBreak(_) => out.push('\n'),
            Inline::Link(link) => push_words(&link.children, out),
            Inline::Unknown(node) => push_words(&node.children, out),
            Inline::Block(_) | Inline::Hidden(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Web};

    fn check(children: &str, html: &str) {
        let body = format!(r#"{{"root":{{"type":"root","children":[{children}]}}}}"#);
        assert_eq!(Document::parse(&body).unwrap().html(&Web::default()), html);
    }

    #[test]
    fn text_of_an_unknown_node_is_still_shown() {
        check(
            r#"{"type":"table","children":[{"type":"cell","children":[{"type":"paragraph","children":[{"type":"text","text":"c"}]}]}]},
               {"type":"masthead-quote","quote":"x"},{"type":"paragraph","children":[{"type":"text","text":"after"}]}"#,
            "<p>c</p><p>after</p>",
        );
    }

    #[test]
    fn text_directly_under_the_root_becomes_a_paragraph() {
        check(
            r#"{"type":"text","text":"loose"},{"type":"linebreak"},{"type":"text","text":"end"}"#,
            "<p>loose<br>end</p>",
        );
    }

    #[test]
    fn a_picture_in_a_link_ends_the_paragraph() {
        check(
            r#"{"type":"paragraph","children":[{"type":"text","text":"a"},{"type":"link","url":"/x","children":[
               {"type":"image","src":"/a.jpg","href":"/x"}]},{"type":"text","text":"b"}]}"#,
            "<p>a</p><figure class=\"kg-card kg-image-card\"><a href=\"/x\"><img src=\"/a.jpg\" class=\"kg-image\" alt=\"\" \
             loading=\"lazy\"></a></figure><p>b</p>",
        );
    }
}
