//! Cards that Markdown has no word for.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::line::Line;
use super::{Writer, prefixed};
use crate::cards::{Card, Image};
use crate::document::{Block, Document, Inline, TextBlock, TextKind};
use crate::dom;
use crate::from_html::from_html;
use crate::sanitise;

impl Writer<'_> {
    /// An HTML card: a table or notes in Markdown's own form where they fit in, else a block of
    /// cleaned HTML.
    pub(super) fn html(&self, html: &str) -> String {
        let notes = notes(html);
        if !notes.is_empty() {
            let notes = notes.iter().map(|(number, html)| self.note(*number, html));
            return notes.collect::<Vec<_>>().join("\n\n");
        }
        self.table(html).unwrap_or_else(|| block_of(&sanitise::card(html, &self.urls, false)))
    }

    fn note(&self, number: u32, html: &str) -> String {
        let blocks = from_html(html).map(Document::into_blocks).unwrap_or_default();
        prefixed(&self.blocks(&blocks), &format!("[^{number}]: "), "    ")
    }

    /// `None` when the card is more than a table, or the table more than Markdown's: it has merged
    /// cells, blocks in a cell, or no heading.
    fn table(&self, html: &str) -> Option<String> {
        let html = dom::parse(html).ok()?;
        let table = only_table(dom::content(&html).collect())?;
        let has = |names: &[&str]| {
            table.descendants().skip(1).any(|node| dom::name(&node).is_some_and(|name| names.contains(&name)))
        };
        if has(&["table", "caption"]) {
            return None;
        }
        let rows = table.descendants().filter(|node| dom::name(node) == Some("tr"));
        let rows: Vec<Vec<_>> =
            rows.map(|row| row.children().filter(|node| node.value().is_element()).collect()).collect();
        let (head, body) = rows.split_first()?;
        let is_heading = |cell: &NodeRef<'_, Node>| dom::name(cell) == Some("th");
        if head.is_empty() || !head.iter().all(is_heading) || body.iter().any(|row| row.len() > head.len()) {
            return None;
        }
        let mut lines = vec![self.row(head)?];
        let marks: Vec<_> = head.iter().map(alignment).collect();
        lines.push(format!("| {} |", marks.join(" | ")));
        for row in body {
            lines.push(self.row(row)?);
        }
        Some(lines.join("\n"))
    }

    fn row(&self, cells: &[NodeRef<'_, Node>]) -> Option<String> {
        let cells: Option<Vec<_>> = cells.iter().map(|cell| self.cell(cell)).collect();
        Some(format!("| {} |", cells?.join(" | ")))
    }

    fn cell(&self, cell: &NodeRef<'_, Node>) -> Option<String> {
        let spans = |name| dom::attribute(cell, name).is_some_and(|span| span.trim() != "1");
        if spans("colspan") || spans("rowspan") {
            return None;
        }
        let blocks = from_html(&ElementRef::wrap(*cell)?.inner_html()).ok()?.into_blocks();
        let mut out = String::new();
        let mut after_text = false;
        for block in &blocks {
            let (words, is_text) = match block {
                Block::Text(TextBlock { kind: TextKind::Paragraph, children, .. }) => {
                    (Line::in_table(self).write(&children.iter().collect::<Vec<_>>()), true)
                }
                Block::Card(card) => match &**card {
                    Card::Image(image) if image.caption.is_empty() => (self.image(image).replace('|', "\\|"), false),
                    _ => return None,
                },
                _ => return None,
            };
            match (out.is_empty(), after_text && is_text) {
                (true, _) => {}
                (false, true) => out.push_str("<br>"),
                (false, false) => out.push(' '),
            }
            out.push_str(&words);
            after_text = is_text;
        }
        Some(out)
    }

    /// The words, links and pictures of a card, as paragraphs.
    pub(super) fn words_of(&self, card: &Card<'_>) -> String {
        self.blocks(&words_in(&Document::new(vec![Block::card(card.clone())]).feed_html(self.site_url)))
    }
}

fn words_in(html: &str) -> Vec<Block<'static>> {
    let Ok(html) = dom::parse(html) else { return Vec::new() };
    let mut words = Words::default();
    dom::content(&html).for_each(|node| words.node(node));
    words.end_line();
    words.blocks
}

/// Collects what a reader sees.
#[derive(Default)]
struct Words {
    blocks: Vec<Block<'static>>,
    line: Vec<Inline<'static>>,
}

impl Words {
    fn node(&mut self, node: NodeRef<'_, Node>) {
        if let Node::Text(text) = node.value() {
            self.line.push(Inline::text(text.to_string()));
        }
        let Some(name) = dom::name(&node).filter(|_| !dom::is_mute(&node)) else { return };
        match (name, dom::attribute(&node, "href")) {
            ("br", _) => self.end_line(),
            ("img", _) => self.picture(&node),
            ("a", Some(href)) => self.link(node, href),
            _ => {
                let is_block = dom::is_block(name);
                if is_block {
                    self.end_line();
                }
                node.children().for_each(|child| self.node(child));
                if is_block {
                    self.end_line();
                }
            }
        }
    }

    /// The lines of a link as one.
    fn link(&mut self, node: NodeRef<'_, Node>, href: &str) {
        let html = ElementRef::wrap(node).map(|link| link.inner_html()).unwrap_or_default();
        let words = dom::text(&html).replace('\n', " – ");
        if !words.is_empty() {
            self.line.push(Inline::link(href.to_owned(), words));
        }
    }

    fn picture(&mut self, node: &NodeRef<'_, Node>) {
        let text = |name| dom::attribute(node, name).unwrap_or_default().to_owned();
        self.end_line();
        self.blocks.push(Block::image(Image { alt: text("alt").into(), ..Image::new(text("src")) }));
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.iter().all(Inline::is_blank) {
            self.blocks.push(Block::paragraph_of(line));
        }
    }
}

/// The notes in the HTML of a card, with their numbers: `<li id="fn1">`, without the links back.
pub(super) fn notes(html: &str) -> Vec<(u32, String)> {
    if !html.contains("id=\"fn") {
        return Vec::new();
    }
    let Ok(mut html) = dom::parse(html) else { return Vec::new() };
    let is_link_back = |node: &NodeRef<'_, Node>| dom::has_class(node, "footnote-backref");
    let links_back: Vec<_> = html.tree.nodes().filter(is_link_back).map(|node| node.id()).collect();
    for id in links_back {
        if let Some(mut node) = html.tree.get_mut(id) {
            node.detach();
        }
    }
    let items = html.tree.root().descendants().filter(|node| dom::name(node) == Some("li"));
    let notes = items.filter_map(|item| {
        let number = dom::attribute(&item, "id")?.strip_prefix("fn")?.parse().ok()?;
        Some((number, ElementRef::wrap(item)?.inner_html()))
    });
    notes.collect()
}

/// The table, when there is nothing but it, in elements that only group.
fn only_table(nodes: Vec<NodeRef<'_, Node>>) -> Option<NodeRef<'_, Node>> {
    let mut seen = nodes.into_iter().filter(|node| match node.value() {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Comment(_) => false,
        _ => true,
    });
    let (node, None) = (seen.next()?, seen.next()) else { return None };
    match dom::name(&node)? {
        "table" => Some(node),
        "div" | "figure" => only_table(node.children().collect()),
        _ => None,
    }
}

fn alignment(cell: &NodeRef<'_, Node>) -> &'static str {
    let style: String = dom::attribute(cell, "style").unwrap_or_default().split_whitespace().collect();
    match style.trim_end_matches(';') {
        "text-align:left" => ":--",
        "text-align:center" => ":-:",
        "text-align:right" => "--:",
        _ => "---",
    }
}

/// Cleaned HTML as one block of Markdown: it begins with a tag that begins one, and has no empty
/// line, which would end it.
fn block_of(html: &str) -> String {
    let html = html.trim();
    if html.is_empty() {
        return String::new();
    }
    let name = html.strip_prefix('<').unwrap_or_default();
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let html = if dom::is_block(name) && name != "pre" { html.to_owned() } else { format!("<div>{html}</div>") };
    let mut out = String::with_capacity(html.len());
    for (at, line) in html.split('\n').enumerate() {
        // In preformatted text it is a line end, elsewhere a space.
        match at {
            0 => {}
            _ if line.trim().is_empty() => out.push_str("&#10;"),
            _ => out.push('\n'),
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::words_in;
    use crate::Document;

    #[test]
    fn of_a_cards_html_the_words_links_and_pictures_are_kept() {
        let html = "<figure class=\"kg-card kg-bookmark-card\"><a href=\"https://a.org/\"><div>Title</div><div>What it says</div></a></figure>\
                    <div><h2>Head</h2>a <a href=\"javascript:x\">b</a><img src=\"/c.jpg\" alt=\"d\"><script>e</script></div>";
        assert_eq!(
            Document::new(words_in(html)).markdown(""),
            "[Title – What it says](https://a.org/)\n\nHead\n\na b\n\n![d](/c.jpg)\n"
        );
    }
}
