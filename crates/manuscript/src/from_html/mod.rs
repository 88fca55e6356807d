//! HTML in: what Ghost's API calls `?source=html`, and what importers use.

mod card;
mod figure;
mod line;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

use self::line::{Line, Style};
use crate::document::{Block, Document, Inline, List, ListKind, TextBlock, TextKind};
use crate::dom;
use crate::parse::NoDocument;
use crate::url::Urls;

/// What Ghost prints of a paywall card, and reads back as one.
const PAYWALL: &str = "members-only";

/// Around a piece that Ghost wrote as an HTML card.
const CARD_BEGIN: &str = "<!--kg-card-begin: html-->";
const CARD_END: &str = "<!--kg-card-end: html-->";

/// In front of the number of such a piece, in the comment that takes its place while the rest is
/// parsed.
const KEPT: &str = "masthead-kept-card:";

/// Makes a document of HTML.
///
/// Paragraphs, headings, quotations, lists, links, formats, pictures, galleries, players, code, rules,
/// embedded pages, most of the cards that Ghost prints, and what stands between Ghost's HTML card
/// comments become nodes. What means something but has no node (tables, definition lists, films with
/// subtitles…) is kept as an HTML card. Elements that only group are dissolved, loose text becomes
/// paragraphs; scripts and styles are dropped.
///
/// Beyond Ghost's own import it keeps the citation of a quotation, several paragraphs in a list
/// item, definition lists, every picture of a gallery, films, recordings and WordPress captions.
///
/// Fails when the HTML, or the document made of it, is beyond the [limits](crate::limits).
pub fn from_html(html: &str) -> Result<Document<'static>, NoDocument> {
    let (html, cards) = take_cards_out(html);
    let mut html = dom::parse(&html)?;
    let mute: Vec<NodeId> = html.tree.nodes().filter(dom::is_mute).map(|node| node.id()).collect();
    for id in mute {
        if let Some(mut node) = html.tree.get_mut(id) {
            node.detach();
        }
    }
    let mut importer = Importer::new(&cards);
    dom::content(&html).for_each(|node| importer.node(node, Style::default()));
    Document::new(importer.finish()).within_limits()
}

/// Replaces Ghost's HTML cards by numbered comments, so that no parser touches what they hold.
fn take_cards_out(html: &str) -> (String, Vec<&str>) {
    // A comment that looks like one of ours must not show a card once more.
    let outside = |text: &str| text.replace(KEPT, "#");
    let mut out = String::with_capacity(html.len());
    let mut cards = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(CARD_BEGIN) {
        let Some((card, after)) = after.split_once(CARD_END) else { break };
        out.push_str(&outside(before));
        out.push_str(&format!("<!--{KEPT}{}-->", cards.len()));
        cards.push(card.trim_matches('\n'));
        rest = after;
    }
    out.push_str(&outside(rest));
    (out, cards)
}

/// Ghost's cards that are figures, and not of pictures.
const OTHER_CARDS: [&str; 2] = ["kg-bookmark-card", "kg-video-card"];

/// Walks HTML and collects blocks.
struct Importer<'a> {
    cards: &'a [&'a str],
    blocks: Vec<Block<'static>>,
    line: Line,
    /// What the line becomes when it ends.
    kind: TextKind,
}

impl<'a> Importer<'a> {
    fn new(cards: &'a [&'a str]) -> Importer<'a> {
        Importer { cards, blocks: Vec::new(), line: Line::default(), kind: TextKind::Paragraph }
    }

    fn finish(mut self) -> Vec<Block<'static>> {
        self.end_line();
        self.blocks
    }

    /// The blocks that stand inside an element.
    fn blocks_in(&self, node: NodeRef<'_, Node>, style: Style) -> Vec<Block<'static>> {
        let mut inner = Importer::new(self.cards);
        node.children().for_each(|child| inner.node(child, style.clone()));
        inner.finish()
    }

    fn end_line(&mut self) {
        if let Some(children) = std::mem::take(&mut self.line).finish() {
            self.blocks.push(Block::Text(TextBlock::new(self.kind, children)));
        }
    }

    fn push(&mut self, block: Block<'static>) {
        self.end_line();
        self.blocks.push(block);
    }

    fn node(&mut self, node: NodeRef<'_, Node>, style: Style) {
        match node.value() {
            Node::Text(text) => self.line.text(text, &style),
            Node::Comment(comment) => {
                if let Some(card) = comment.strip_prefix(KEPT).and_then(|number| self.kept(number)) {
                    self.push(Block::html(card.to_owned()));
                } else if comment.trim() == PAYWALL {
                    self.push(Block::paywall());
                }
            }
            Node::Element(_) => self.element(node, style),
            _ => {}
        }
    }

    fn inside(&mut self, node: NodeRef<'_, Node>, style: &Style) {
        node.children().for_each(|child| self.node(child, style.clone()));
    }

    fn element(&mut self, node: NodeRef<'_, Node>, style: Style) {
        let Some(name) = dom::name(&node) else { return };
        match name {
            "br" => self.line.line_break(),
            "hr" => self.push(Block::rule()),
            "p" => self.paragraph(node, &style),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, name, &style),
            "blockquote" => self.quote(node, &style),
            "ul" | "ol" => self.list(node, name, &style),
            "img" => self.picture(node, &style),
            "figure" if OTHER_CARDS.iter().any(|class| dom::has_class(&node, class)) => self.ghosts_card(node),
            "figure" => self.figure(node, &style),
            "q" => {
                self.line.text("“", &style);
                self.inside(node, &style);
                self.line.text("”", &style);
            }
            "a" => self.inside(node, &link_style(&node, style)),
            "cite" if stands_alone(&node) => self.block(node, &style),
            "iframe" | "pre" | "audio" | "video" => self.player(node, node, None),
            "details" if dom::has_class(&node, "kg-toggle-card") => self.ghosts_card(node),
            "details" => self.details(node),
            "table" | "embed" | "object" | "dl" | "form" | "canvas" => self.keep(node),
            "div" if dom::has_class(&node, "wp-caption") || dom::has_class(&node, "gallery") => {
                self.figure(node, &style)
            }
            "div" if dom::has_class(&node, "kg-card") => self.ghosts_card(node),
            _ if dom::is_block(name) => self.block(node, &style),
            _ => self.inside(node, &style.of(name, dom::attribute(&node, "style"))),
        }
    }

    /// An element that only groups.
    fn block(&mut self, node: NodeRef<'_, Node>, style: &Style) {
        self.end_line();
        self.inside(node, style);
        self.end_line();
    }

    /// An empty paragraph stays one: somebody wanted the space.
    fn paragraph(&mut self, node: NodeRef<'_, Node>, style: &Style) {
        self.end_line();
        let before = self.blocks.len();
        self.inside(node, style);
        self.end_line();
        if self.blocks.len() == before && self.kind == TextKind::Paragraph {
            self.blocks.push(Block::paragraph(""));
        }
    }

    fn heading(&mut self, node: NodeRef<'_, Node>, name: &str, style: &Style) {
        self.end_line();
        let level = name.as_bytes().last().map_or(2, |digit| digit - b'0');
        let outside = std::mem::replace(&mut self.kind, TextKind::Heading(level));
        self.inside(node, style);
        self.end_line();
        self.kind = outside;
    }

    /// Paragraphs of a quotation are divided by two line breaks; one with anything else in it is
    /// kept as HTML.
    fn quote(&mut self, node: NodeRef<'_, Node>, style: &Style) {
        let Some(children) = joined(self.blocks_in(node, style.clone())) else { return self.keep(node) };
        let kind = if dom::has_class(&node, "kg-blockquote-alt") { TextKind::Aside } else { TextKind::Quote };
        self.push(Block::Text(TextBlock::new(kind, children)));
    }

    fn list(&mut self, node: NodeRef<'_, Node>, name: &str, style: &Style) {
        let kind = if name == "ol" { ListKind::Number } else { ListKind::Bullet };
        let start = dom::attribute(&node, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let mut items = Vec::new();
        for child in node.children().filter(|child| child.value().is_element()) {
            // A list straight inside a list is wrong and common: it belongs to the item before it.
            let blocks = if dom::name(&child) == Some("li") {
                self.blocks_in(child, style.clone())
            } else {
                let mut inner = Importer::new(self.cards);
                inner.node(child, style.clone());
                inner.finish()
            };
            let Some(mut of_item) = list_items(blocks) else { return self.keep(node) };
            items.append(&mut of_item);
        }
        if !items.is_empty() {
            self.push(Block::List(List::new(kind, start, items)));
        }
    }

    /// Keeps an element as an HTML card.
    fn keep(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = ElementRef::wrap(node) else { return };
        let html = element.html();
        let mark = format!("<!--{KEPT}");
        let mut parts = html.split(&mark);
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (number, after) = part.split_once("-->").unwrap_or((part, ""));
            whole.push_str(self.kept(number).unwrap_or_default());
            whole.push_str(after);
        }
        self.push(Block::html(whole));
    }

    /// The card of this number.
    fn kept(&self, number: &str) -> Option<&'a str> {
        self.cards.get(number.parse::<usize>().ok()?).copied()
    }
}

/// The paragraphs as one line, divided by empty lines; `None` when there is anything but
/// paragraphs.
fn joined(blocks: Vec<Block<'_>>) -> Option<Vec<Inline<'_>>> {
    let mut line = Vec::new();
    for block in blocks {
        let Block::Text(TextBlock { kind: TextKind::Paragraph, children, .. }) = block else { return None };
        if !line.is_empty() && !children.is_empty() {
            line.extend([Inline::line_break(), Inline::line_break()]);
        }
        line.extend(children);
    }
    Some(line)
}

/// What one `<li>` holds as items: its paragraphs as one, each nested list as one more.
fn list_items(blocks: Vec<Block<'_>>) -> Option<Vec<Vec<Inline<'_>>>> {
    let mut items = Vec::new();
    let mut paragraphs = Vec::new();
    for block in blocks {
        if matches!(block, Block::List(_)) {
            if !paragraphs.is_empty() {
                items.push(joined(std::mem::take(&mut paragraphs))?);
            }
            items.push(vec![Inline::Block(Box::new(block))]);
        } else {
            paragraphs.push(block);
        }
    }
    if items.is_empty() || !paragraphs.is_empty() {
        items.push(joined(paragraphs)?);
    }
    Some(items)
}

/// Whether an element stands beside paragraphs instead of inside one.
fn stands_alone(node: &NodeRef<'_, Node>) -> bool {
    node.parent().is_some_and(|parent| matches!(dom::name(&parent), Some("blockquote" | "figure")))
}

fn link_style(node: &NodeRef<'_, Node>, style: Style) -> Style {
    let url = dom::attribute(node, "href").map(str::trim).filter(|href| !href.is_empty());
    match url {
        Some(url) if Urls::of_page("").link(url).is_some() => style.linked(node.id(), url, dom::attribute(node, "rel")),
        _ => style,
    }
}

#[cfg(test)]
mod tests;
