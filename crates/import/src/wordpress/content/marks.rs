//! Cards on their way through HTML.
//!
//! A card that is made early (of a shortcode, of a block) leaves a mark in the text, which no later step changes. When
//! the HTML has been read, the cards come back in the places of their marks.

use manuscript::{Block, Card, Document, Inline, Web};

/// Around the number of a card. Noncharacters: what comes in has none ([`door`]).
const BEGIN: char = '\u{fdd0}';
const END: char = '\u{fdd1}';

/// A text without the characters that mean something here: they become what stands for a damaged one.
pub(super) fn door(raw: &str) -> String {
    let ours = |c: char| matches!(c, '\u{fdd0}'..='\u{fdef}' | '\0');
    let text = if raw.contains(ours) { raw.replace(ours, "\u{fffd}") } else { raw.to_owned() };
    text.replace("\r\n", "\n")
}

/// The cards of one body.
#[derive(Default)]
pub(super) struct Cards(Vec<Vec<Block<'static>>>);

impl Cards {
    /// Keeps blocks, and gives the mark for their place. Empty for none.
    pub fn mark(&mut self, blocks: Vec<Block<'static>>) -> String {
        if blocks.is_empty() {
            return String::new();
        }
        self.0.push(blocks);
        format!("{BEGIN}{}{END}", self.0.len() - 1)
    }

    /// Puts the blocks back.
    pub fn bring_back(&mut self, blocks: Vec<Block<'static>>) -> Vec<Block<'static>> {
        let mut all = Vec::with_capacity(blocks.len());
        for mut block in blocks {
            match html_of(&mut block).map(|html| (number(html), html)) {
                Some((Some(number), _)) => {
                    all.append(self.0.get_mut(number).map(std::mem::take).as_mut().unwrap_or(&mut Vec::new()))
                }
                Some((None, html)) if html.contains(BEGIN) => {
                    *html = self.in_html(html).into();
                    all.push(block);
                }
                _ => all.push(block),
            }
        }
        all
    }

    /// A piece of HTML with its cards printed into it: where something is kept as HTML, there are no nodes for them.
    pub fn in_html(&self, html: &str) -> String {
        each(html, |number| self.0.get(number).map(|blocks| printed(blocks)).unwrap_or_default())
    }
}

/// The marks as HTML cards of Ghost, which [`manuscript::from_html`] keeps where they stand.
pub(super) fn for_reading(html: &str) -> String {
    each(html, |number| format!("<!--kg-card-begin: html-->{BEGIN}{number}{END}<!--kg-card-end: html-->"))
}

/// A text without its marks.
pub(super) fn without(text: &str) -> String {
    each(text, |_| String::new())
}

/// The marks of a text, one after the other, and nothing else of it.
pub(super) fn only(text: &str) -> String {
    let mut marks = String::new();
    each(text, |number| {
        marks.push_str(&format!("{BEGIN}{number}{END}"));
        String::new()
    });
    marks
}

/// Whether there are marks in a text.
pub(super) fn are_in(text: &str) -> bool {
    text.contains(BEGIN)
}

/// Whether there are marks and white space in a text, and nothing else.
pub(super) fn is_only(text: &str) -> bool {
    are_in(text) && without(text).replace("&nbsp;", " ").trim().is_empty()
}

fn each(text: &str, mut put: impl FnMut(usize) -> String) -> String {
    let mut parts = text.split(BEGIN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, after) = part.split_once(END).unwrap_or(("", part));
        if let Ok(number) = number.parse() {
            out.push_str(&put(number));
        }
        out.push_str(after);
    }
    out
}

/// The number of a mark that stands by itself.
fn number(html: &str) -> Option<usize> {
    html.trim().strip_prefix(BEGIN)?.strip_suffix(END)?.parse().ok()
}

fn html_of<'b>(block: &'b mut Block<'static>) -> Option<&'b mut std::borrow::Cow<'static, str>> {
    let Block::Card(card) = block else { return None };
    match &mut **card {
        Card::Html(card) => Some(&mut card.html),
        _ => None,
    }
}

/// Blocks as HTML for a card: foreign HTML as it is, the rest as a page shows it.
fn printed(blocks: &[Block<'static>]) -> String {
    let mut out = String::new();
    for block in blocks {
        let card = match block {
            Block::Card(card) => Some(&**card),
            _ => None,
        };
        match card {
            Some(Card::Html(html)) => out.push_str(&html.html),
            Some(Card::Embed(embed)) if !embed.html.is_empty() && embed.caption.is_empty() => out.push_str(&embed.html),
            Some(Card::Embed(embed)) if !embed.html.is_empty() => {
                out.push_str(&format!("<figure>{}<figcaption>{}</figcaption></figure>", embed.html, embed.caption));
            }
            _ => out.push_str(&Document::new(vec![block.clone()]).html(&Web::default())),
        }
    }
    out
}

/// Whether a paragraph says nothing: WordPress makes empty ones, and people make room with them.
pub(super) fn is_blank(block: &Block<'_>) -> bool {
    let Block::Text(text) = block else { return false };
    text.children.iter().all(|child| match child {
        Inline::Text(text) => text.text.trim().is_empty(),
        Inline::LineBreak(_) => true,
        Inline::Link(link) => {
            link.children.iter().all(|child| matches!(child, Inline::Text(text) if text.text.trim().is_empty()))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use manuscript::{Block, Web, from_html};

    use super::*;

    #[test]
    fn a_card_comes_back_where_its_mark_stood() {
        let mut cards = Cards::default();
        let mark = cards.mark(vec![Block::rule(), Block::paragraph("b")]);
        let html = for_reading(&format!("<p>a {mark} c</p><ul><li>{mark}</li></ul>"));
        let blocks = cards.bring_back(from_html(&html).unwrap().into_blocks());
        let html = Document::new(blocks).html(&Web::default());
        assert!(html.starts_with("<p>a</p><hr><p>b</p><p>c</p>"), "{html}");
    }

    #[test]
    fn inside_kept_html_a_card_is_printed() {
        let mut cards = Cards::default();
        let mark = cards.mark(vec![Block::html("<table></table>")]);
        assert_eq!(cards.in_html(&format!("<li>{mark}</li>")), "<li><table></table></li>");
    }

    #[test]
    fn nobody_else_can_write_a_mark() {
        assert_eq!(door("a\u{fdd0}0\u{fdd1}\r\n\0"), "a\u{fffd}0\u{fffd}\n\u{fffd}");
        assert_eq!(without("a\u{fdd0}0\u{fdd1}b"), "ab");
        assert!(is_only(" \u{fdd0}0\u{fdd1}&nbsp;\n") && !is_only(" "));
    }
}
