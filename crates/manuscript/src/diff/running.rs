//! The running text of a block, and how each piece of it is set.

use super::Style;
use crate::document::{Block, Inline};
use crate::format::Format;

/// The running text of a block: that of a list is one line for each item. What stands in cards is
/// not part of it.
#[derive(Debug, Default)]
pub(super) struct Running<'d> {
    pub(super) text: String,
    /// Where each style begins, in bytes.
    styles: Vec<(usize, Style<'d>)>,
}

impl<'d> Running<'d> {
    pub(super) fn of(block: &'d Block<'d>) -> Running<'d> {
        let mut running = Running::default();
        running.block(block);
        running.text.truncate(running.text.trim_end_matches('\n').len());
        running
    }

    /// A text that has no styles.
    pub(super) fn plain(text: &str) -> Running<'d> {
        Running { text: text.to_owned(), styles: Vec::new() }
    }

    fn block(&mut self, block: &'d Block<'d>) {
        match block {
            Block::Text(text) => self.line(&text.children, None),
            Block::List(list) => {
                for item in &list.items {
                    self.end_line();
                    self.line(&item.children, None);
                }
            }
            Block::Unknown(node) => self.line(&node.children, None),
            Block::Loose(inline) => self.inline(inline, None),
            Block::Card(_) => {}
        }
    }

    fn line(&mut self, children: &'d [Inline<'d>], link: Option<&'d str>) {
        children.iter().for_each(|child| self.inline(child, link));
    }

    fn inline(&mut self, inline: &'d Inline<'d>, link: Option<&'d str>) {
        match inline {
            Inline::Text(text) => self.push(&text.text, Style { format: text.format, link }),
            Inline::LineBreak(_) => self.push("\n", Style { format: Format::PLAIN, link }),
            Inline::Link(inner) => self.line(&inner.children, Some(&inner.url)),
            Inline::Unknown(node) => self.line(&node.children, link),
            Inline::Hidden(_) => {}
            Inline::Block(block) => {
                self.end_line();
                self.block(block);
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn push(&mut self, text: &str, style: Style<'d>) {
        if !text.is_empty() && self.styles.last().is_none_or(|(_, last)| *last != style) {
            self.styles.push((self.text.len(), style));
        }
        self.text.push_str(text);
    }

    pub(super) fn styles(&self) -> Styles<'_, 'd> {
        Styles { styles: &self.styles, len: self.text.len() }
    }
}

/// Finds the styles of a text from its start to its end.
pub(super) struct Styles<'r, 'd> {
    styles: &'r [(usize, Style<'d>)],
    len: usize,
}

impl<'d> Styles<'_, 'd> {
    /// The style of a byte, and where it ends. To be asked for rising bytes only.
    pub(super) fn at(&mut self, byte: usize) -> (Style<'d>, usize) {
        while self.styles.get(1).is_some_and(|(start, _)| *start <= byte) {
            self.styles = &self.styles[1..];
        }
        let style = self.styles.first().map_or(Style::default(), |(_, style)| *style);
        (style, self.styles.get(1).map_or(self.len, |(start, _)| *start))
    }
}
