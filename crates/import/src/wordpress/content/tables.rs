//! Tables: a manuscript has no node for one, so each is an HTML card that our editor shows as a table.

use manuscript::Block;

/// Around a table: the mark by which the editor knows it, and a region that a keyboard can scroll.
const BEGIN: &str = "<!--masthead:table--><div role=\"region\" tabindex=\"0\" aria-label=\"Table\">";
const END: &str = "</div>";

/// A clean `<table>` as a card.
pub(super) fn card(table: &str) -> Block<'static> {
    Block::html(format!("{BEGIN}{table}{END}"))
}
