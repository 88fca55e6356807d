//! Figures, captions, tables and galleries: what is known only when they end.

use manuscript::{Block, Card, Toggle};

use super::super::limits::MAX_FRAME_DEPTH;
use super::super::pictures::is_caption;
use super::super::tags::{Tag, Token, Tokens, push_attribute};
use super::super::{marks, tables};
use super::{Cleaner, Close, elements};

/// An element whose inside is collected.
#[derive(Default)]
pub(super) struct Frame {
    kind: Kind,
    /// What was written before it.
    before: String,
    caption: String,
    /// `kg-width-wide` or `kg-width-full`; empty for neither.
    width: &'static str,
    /// A page of another site in it: its address and its `<iframe>`.
    pub player: Option<(String, String)>,
    table: Option<String>,
    pub pictures: usize,
    /// Films and recordings.
    pub players: usize,
    /// Words beside the caption.
    pub has_text: bool,
    pub is_pull_quote: bool,
    /// A figure inside has a caption.
    has_captions_inside: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Figure,
    Caption,
    Table,
    Details,
}

impl Frame {
    /// Whether a page of another site in it shares its caption.
    pub fn takes_players(&self) -> bool {
        self.kind == Kind::Figure
    }
}

impl<'h> Cleaner<'_, '_, 'h> {
    pub(super) fn begin_figure(&mut self, tag: Tag<'h>) {
        let has = |classes: &[&str]| tag.classes().any(|class| classes.contains(&class));
        let width = if has(&["alignwide", "kg-width-wide"]) {
            "kg-width-wide"
        } else if has(&["alignfull", "kg-width-full"]) {
            "kg-width-full"
        } else {
            ""
        };
        self.begin(tag, Frame { width, is_pull_quote: has(&["wp-block-pullquote"]), ..Frame::default() });
    }

    /// A caption outside a figure is a paragraph.
    pub(super) fn begin_caption(&mut self, tag: Tag<'h>) {
        if self.frames.last().is_some_and(|frame| frame.kind == Kind::Figure) {
            return self.begin(tag, Frame { kind: Kind::Caption, ..Frame::default() });
        }
        self.out.push_str("<p>");
        self.push(tag.name, Close::Tag("p"));
    }

    pub(super) fn begin_details(&mut self, tag: Tag<'h>) {
        self.begin(tag, Frame { kind: Kind::Details, ..Frame::default() });
    }

    /// What stands on a text that opens is its caption.
    pub(super) fn begin_summary(&mut self, tag: Tag<'h>) {
        if self.frames.last().is_some_and(|frame| frame.kind == Kind::Details && frame.caption.is_empty()) {
            return self.begin(tag, Frame { kind: Kind::Caption, ..Frame::default() });
        }
        self.out.push_str("<p>");
        self.push(tag.name, Close::Tag("p"));
    }

    /// A table inside a table is part of it.
    pub(super) fn begin_table(&mut self, tag: Tag<'h>) {
        if self.frames.iter().any(|frame| frame.kind == Kind::Table) {
            self.out.push_str("<table>");
            return self.push(tag.name, Close::Tag("table"));
        }
        self.begin(tag, Frame { kind: Kind::Table, ..Frame::default() });
    }

    /// Cells outside a table are nothing but what stands in them.
    pub(super) fn cell(&mut self, tag: Tag<'h>, name: &'static str) {
        if !self.frames.iter().any(|frame| frame.kind == Kind::Table) {
            self.out.push(' ');
            return self.push(tag.name, Close::Nothing);
        }
        self.out.push('<');
        self.out.push_str(name);
        for attribute in elements::attributes_of(name) {
            if let Some(value) = tag.raw(attribute) {
                push_attribute(&mut self.out, attribute, value);
            }
        }
        if matches!(name, "td" | "th")
            && let Some(style) = elements::alignment(&tag)
        {
            push_attribute(&mut self.out, "style", style);
        }
        self.out.push('>');
        self.push(tag.name, Close::Tag(name));
    }

    fn begin(&mut self, tag: Tag<'h>, frame: Frame) {
        if self.frames.len() >= MAX_FRAME_DEPTH {
            return self.push(tag.name, Close::Nothing);
        }
        self.push(tag.name, Close::Frame(self.frames.len()));
        let before = std::mem::take(&mut self.out);
        self.frames.push(Frame { before, ..frame });
    }

    /// Ends the frames from this one on.
    pub(super) fn end_frames(&mut self, from: usize) {
        while self.frames.len() > from {
            let Some(mut frame) = self.frames.pop() else { return };
            let inside = std::mem::replace(&mut self.out, std::mem::take(&mut frame.before));
            match frame.kind {
                Kind::Caption => self.end_caption(&inside),
                Kind::Table => self.end_table(inside),
                Kind::Figure => self.end_figure(frame, inside),
                Kind::Details => self.end_details(&frame.caption, &inside),
            }
        }
    }

    fn end_caption(&mut self, inside: &str) {
        let marks = marks::only(inside);
        let caption = super::line(&marks::without(inside), self.work);
        self.out.push_str(&marks);
        match self.frames.last_mut() {
            Some(figure) if figure.caption.is_empty() => figure.caption = caption,
            Some(figure) => figure.caption.push_str(&format!("<br>{caption}")),
            None => self.out.push_str(&format!("<p>{caption}</p>")),
        }
    }

    fn end_table(&mut self, inside: String) {
        match self.frames.last_mut() {
            Some(figure) if figure.kind == Kind::Figure && figure.table.is_none() => figure.table = Some(inside),
            _ => {
                let mark = self.table("", &inside);
                self.out.push_str(&mark);
            }
        }
    }

    /// Without words to click on there is nothing to open.
    fn end_details(&mut self, heading: &str, inside: &str) {
        if heading.is_empty() {
            return self.out.push_str(&format!("<div>{inside}</div>"));
        }
        let mut toggle = Toggle::blank();
        toggle.heading = heading.to_owned().into();
        toggle.content = self.work.cards.in_html(inside.trim()).into();
        self.out.push_str(&self.work.cards.mark(vec![Block::card(Card::Toggle(toggle))]));
    }

    fn table(&mut self, caption: &str, inside: &str) -> String {
        let caption = if caption.is_empty() { String::new() } else { format!("<caption>{caption}</caption>") };
        let table = self.work.cards.in_html(&format!("<table>{caption}{inside}</table>"));
        self.work.cards.mark(vec![tables::card(&table)])
    }

    /// A figure stays one when it is a picture, pictures or a player with a caption. Of any other, what stands in it
    /// stays, and the caption becomes what fits: a film's, a table's, the source of a quotation, a paragraph.
    fn end_figure(&mut self, frame: Frame, inside: String) {
        if let Some(outer) = self.frames.last_mut() {
            outer.pictures += frame.pictures;
            outer.players += frame.players;
            outer.has_text |= frame.has_text;
            outer.has_captions_inside |= frame.has_captions_inside || !frame.caption.is_empty();
        }
        let Frame { mut caption, player, table, pictures, players, has_text, .. } = frame;
        let is_one_thing = matches!((pictures, players), (0, 1) | (1.., 0));
        let is_media = is_one_thing && !has_text && !frame.has_captions_inside;
        if is_media && player.is_none() && table.is_none() {
            let class = if frame.width.is_empty() { String::new() } else { format!(" class=\"{}\"", frame.width) };
            let caption = if caption.is_empty() { caption } else { format!("<figcaption>{caption}</figcaption>") };
            return self.out.push_str(&format!("<figure{class}>{inside}{caption}</figure>"));
        }
        if let Some((src, html)) = player {
            let mark = self.work.player(&src, &html, &std::mem::take(&mut caption));
            self.out.push_str(&mark);
        }
        if let Some(table) = table {
            let mark = self.table(&std::mem::take(&mut caption), &table);
            self.out.push_str(&mark);
        }
        // Only of a quotation with which the figure ends.
        let ends = |end: &usize| {
            !caption.is_empty() && super::paragraphs(&inside[*end..]).is_empty() && !marks::are_in(&inside[*end..])
        };
        match inside.rfind("</blockquote>").filter(ends) {
            Some(end) => {
                self.out.push_str(&inside[..end]);
                self.out.push_str(&format!("<cite>{caption}</cite>"));
                self.out.push_str(&inside[end..]);
            }
            None if caption.is_empty() => self.out.push_str(&inside),
            None => self.out.push_str(&format!("{inside}<p>{caption}</p>")),
        }
    }

    /// Takes a gallery out whole, if one begins here: its list says nothing to readers.
    pub(super) fn gallery(&mut self, tag: &Tag<'h>, tokens: &mut Tokens<'h>) -> bool {
        const CLASSES: [&str; 5] =
            ["wp-block-gallery", "blocks-gallery-grid", "gallery", "tiled-gallery", "wp-block-jetpack-tiled-gallery"];
        let start = tokens.at();
        if start < self.no_gallery || !tag.classes().any(|class| CLASSES.contains(&class)) {
            return false;
        }
        let mut inner = tokens.clone();
        let (mut depth, mut end, mut pictures, mut has_text) = (1usize, start, 0usize, false);
        let mut caption: Option<&str> = None;
        while depth > 0 {
            end = inner.at();
            match inner.next() {
                None => break,
                Some(Token::Open(inside)) => {
                    depth += usize::from(inside.is(tag.name));
                    pictures += usize::from(inside.is("img"));
                    caption = caption.or(is_caption(&inside).then_some(inside.name));
                }
                Some(Token::Close(name)) => {
                    depth -= usize::from(name.eq_ignore_ascii_case(tag.name));
                    caption = caption.filter(|caption| !caption.eq_ignore_ascii_case(name));
                }
                Some(Token::Text(text)) => has_text |= caption.is_none() && !text.trim().is_empty(),
                Some(Token::Comment) => {}
            }
        }
        self.no_gallery = end;
        if pictures == 0 || depth > 0 || has_text {
            return false;
        }
        let (pictures, caption) = self.work.pictures_in(&self.html[start..end]);
        let blocks = self.work.gallery(pictures, caption);
        self.out.push_str(&self.work.cards.mark(blocks));
        *tokens = inner;
        true
    }
}
