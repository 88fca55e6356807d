//! HTML out: the markup of Ghost's own renderer, because themes are written for it.

use crate::document::{Block, Document, Inline, List, ListKind, TextBlock, TextKind};
use crate::heading_id::HeadingIds;
use crate::url::Urls;

/// How a page wants the body.
///
/// The default is a page with relative URLs, Ghost's picture widths and no trust in anybody's HTML.
#[derive(Debug, Clone, PartialEq)]
pub struct Web {
    /// The site's address, `https://example.org`, or empty for relative URLs. It replaces
    /// `__GHOST_URL__`, and tells which absolute picture URLs are the site's own.
    pub site_url: String,
    /// Widths in pixels in which the site serves its pictures (`/content/images/size/w600/…`); none
    /// for no `srcset`.
    pub image_widths: Vec<u32>,
    /// The largest width in pixels that is printed for one of the site's pictures.
    pub max_width: u32,
    /// Whether HTML cards are printed verbatim, scripts and all. Only for what an owner or editor
    /// vouches for.
    pub trusted_html: bool,
    /// What becomes of cards for members only.
    pub gated_cards: GatedCards,
}

/// What becomes of cards for members only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatedCards {
    /// They are not printed: right for whatever a stranger may see.
    LeftOut,
    /// They are printed between Ghost's `kg-gated-block` comments, for a caller that then takes out
    /// what its reader may not see.
    Marked,
}

impl Default for Web {
    fn default() -> Web {
        Web {
            site_url: String::new(),
            image_widths: vec![600, 1000, 1600, 2400],
            max_width: 2000,
            trusted_html: false,
            gated_cards: GatedCards::LeftOut,
        }
    }
}

impl Document {
    /// The body as HTML for the article's page.
    pub fn html(&self, web: &Web) -> String {
        let urls = Urls::of_page(&web.site_url);
        Page { out: String::new(), urls, web: Some(web), heading_ids: HeadingIds::default() }.document(self)
    }
}

/// A page being printed.
pub(crate) struct Page<'a> {
    pub(crate) out: String,
    pub(crate) urls: Urls,
    /// `None` in a feed, which gets neither ids nor `srcset` nor trusted HTML.
    web: Option<&'a Web>,
    heading_ids: HeadingIds,
}

impl Page<'_> {
    pub(crate) fn of_feed(site_url: &str) -> Page<'static> {
        Page { out: String::new(), urls: Urls::of_feed(site_url), web: None, heading_ids: HeadingIds::default() }
    }

    pub(crate) fn is_feed(&self) -> bool {
        self.web.is_none()
    }

    pub(crate) fn image_widths(&self) -> &[u32] {
        self.web.map_or(&[], |web| &web.image_widths)
    }

    pub(crate) fn max_width(&self) -> u32 {
        self.web.map_or(u32::MAX, |web| web.max_width)
    }

    pub(crate) fn trusts_html(&self) -> bool {
        self.web.is_some_and(|web| web.trusted_html)
    }

    pub(crate) fn gated_cards(&self) -> GatedCards {
        self.web.map_or(GatedCards::LeftOut, |web| web.gated_cards)
    }

    pub(crate) fn document(mut self, document: &Document) -> String {
        // The editor leaves an empty paragraph at the end; Ghost drops exactly one.
        let blocks = match document.blocks.split_last() {
            Some((Block::Text(last), rest)) if is_blank_paragraph(last) => rest,
            _ => &document.blocks,
        };
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            if let Block::Loose(first) = block {
                let mut loose = vec![first];
                while let Some((Block::Loose(next), after)) = rest.split_first() {
                    loose.push(next);
                    rest = after;
                }
                if !loose.iter().all(|piece| piece.is_blank()) {
                    self.lines_and_blocks(loose, "p");
                }
            } else {
                self.block(block);
            }
        }
        self.out
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.text_block(text),
            Block::List(list) => self.list(list),
            Block::Card(card) => card.print(self),
            // Never lose the text of a node only because nobody here knows its type.
            Block::Unknown(node) => self.lines_and_blocks(node.children.iter().collect(), "p"),
            Block::Loose(inline) => self.lines_and_blocks(vec![inline], "p"),
        }
    }

    fn text_block(&mut self, text: &TextBlock) {
        match text.kind {
            TextKind::Paragraph if text.children.is_empty() => self.out.push_str("<p></p>"),
            TextKind::Paragraph => self.lines_and_blocks(text.children.iter().collect(), "p"),
            TextKind::Heading(level) => self.heading(level, &text.children),
            TextKind::Quote => {
                self.out.push_str("<blockquote>");
                self.flow(&text.children);
                self.out.push_str("</blockquote>");
            }
            TextKind::Aside => {
                self.out.push_str("<blockquote class=\"kg-blockquote-alt\">");
                self.flow(&text.children);
                self.out.push_str("</blockquote>");
            }
        }
    }

    fn heading(&mut self, level: u8, children: &[Inline]) {
        let mut words = String::new();
        push_words(children, &mut words);
        let tag = format!("h{}", level.clamp(1, 6));
        let open = if self.is_feed() {
            tag.clone()
        } else {
            // Percent-encoded, so there is nothing to escape.
            format!("{tag} id=\"{}\"", self.heading_ids.next(&words))
        };
        let pieces = Piece::of(children.iter().collect());
        let lines = pieces.iter().filter_map(|piece| match piece {
            Piece::Line(line) => Some(line.as_slice()),
            Piece::Block(_) => None,
        });
        self.tag("<", &open);
        for line in lines {
            self.line(line);
        }
        self.tag("</", &tag);
        for piece in pieces {
            if let Piece::Block(block) = piece {
                self.block(block);
            }
        }
    }

    fn list(&mut self, list: &List) {
        let tag = if list.kind == ListKind::Number { "ol" } else { "ul" };
        if list.kind == ListKind::Number && list.start != 1 {
            self.out.push_str(&format!("<ol start=\"{}\">", list.start));
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
    fn flow(&mut self, children: &[Inline]) {
        for piece in Piece::of(children.iter().collect()) {
            match piece {
                Piece::Line(line) => self.line(&line),
                Piece::Block(block) => self.block(block),
            }
        }
    }

    /// Prints children where a block would end the element: lines in `tag`, blocks between them.
    fn lines_and_blocks(&mut self, children: Vec<&Inline>, tag: &str) {
        for piece in Piece::of(children) {
            match piece {
                Piece::Line(line) => {
                    self.tag("<", tag);
                    self.line(&line);
                    self.tag("</", tag);
                }
                Piece::Block(block) => self.block(block),
            }
        }
    }
}

/// A stretch of a line without blocks, or a block that stands in it.
enum Piece<'a> {
    Line(Vec<&'a Inline>),
    Block(&'a Block),
}

impl<'a> Piece<'a> {
    /// Cuts a line at its blocks. A link or unknown node with a block inside dissolves into its
    /// children.
    fn of(children: Vec<&'a Inline>) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        for child in children {
            Piece::add(child, &mut pieces);
        }
        pieces
    }

    fn add(child: &'a Inline, pieces: &mut Vec<Piece<'a>>) {
        match child {
            Inline::Block(block) => pieces.push(Piece::Block(block)),
            Inline::Link(link) if holds_a_block(child) => {
                link.children.iter().for_each(|child| Piece::add(child, pieces));
            }
            Inline::Unknown(node) if holds_a_block(child) => {
                node.children.iter().for_each(|child| Piece::add(child, pieces));
            }
            Inline::Unknown(node) if node.children.is_empty() => {}
            _ => match pieces.last_mut() {
                Some(Piece::Line(line)) => line.push(child),
                _ => pieces.push(Piece::Line(vec![child])),
            },
        }
    }
}

fn holds_a_block(inline: &Inline) -> bool {
    match inline {
        Inline::Block(_) => true,
        Inline::Link(link) => link.children.iter().any(holds_a_block),
        Inline::Unknown(node) => node.children.iter().any(holds_a_block),
        Inline::Text(_) | Inline::LineBreak(_) => false,
    }
}

fn is_blank_paragraph(block: &TextBlock) -> bool {
    let blank = |child: &Inline| matches!(child, Inline::Text(text) if text.text.trim().is_empty());
    block.kind == TextKind::Paragraph && block.children.iter().all(blank)
}

fn push_words(children: &[Inline], out: &mut String) {
    for child in children {
        match child {
            Inline::Text(text) => out.push_str(&text.text),
            Inline::LineBreak(_) => out.push('\n'),
            Inline::Link(link) => push_words(&link.children, out),
            Inline::Unknown(node) => push_words(&node.children, out),
            Inline::Block(_) => {}
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
