//! HTML out of Markdown.

use comrak::nodes::{ListType, NodeHeading, NodeLink, NodeTable, NodeValue, TableAlignment};
use comrak::{Arena, Node};

use super::lazy_headings;
use super::linkify::{Address, addresses};
use super::parse::{Dialect, normal, parse};
use super::{href, read};
use crate::escape::{push_attribute, push_text};
use crate::heading_id::heading_id;
use crate::parse::NoDocument;

/// The HTML that Ghost's Markdown card prints: `markdown-it` 14 with the plug-ins that Ghost adds,
/// written as a browser writes it (`"` stays in text). HTML in the Markdown passes as it is, so the
/// result is foreign HTML; `__GHOST_URL__` stays.
///
/// Fails for Markdown beyond the [limits](crate::limits).
pub(crate) fn html(markdown: &str) -> Result<String, NoDocument> {
    let markdown = normal(markdown);
    let markdown = lazy_headings::with_spaces(&markdown)?;
    let arena = Arena::new();
    let root = parse(&arena, &markdown, Dialect::Ghost)?;
    let mut printer = Printer::new(Dialect::Ghost, &markdown);
    root.children().for_each(|block| printer.block(block));
    let ends_with_html = root.last_child().is_some_and(|last| matches!(last.data().value, NodeValue::HtmlBlock(_)));
    if ends_with_html && !markdown.ends_with('\n') && printer.out.ends_with('\n') {
        printer.out.pop();
    }
    printer.notes(root);
    Ok(printer.out)
}

/// Prints a tree. Names and line ends are those of `markdown-it`.
pub(super) struct Printer<'s> {
    pub(super) out: String,
    dialect: Dialect,
    source: &'s str,
    /// Where its lines begin.
    lines: Vec<usize>,
    /// Links around what is being printed, those of inline HTML included.
    links: usize,
}

impl<'s> Printer<'s> {
    pub(super) fn new(dialect: Dialect, source: &'s str) -> Printer<'s> {
        let lines = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Printer { out: String::new(), dialect, source, lines, links: 0 }
    }

    /// Prints a block, but notes: they stand at the end.
    pub(super) fn block(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::Paragraph if is_tight(node) => self.line(node),
            NodeValue::Paragraph => {
                self.out.push_str("<p>");
                self.line(node);
                self.out.push_str("</p>\n");
            }
            NodeValue::Heading(heading) => self.heading(node, heading),
            NodeValue::BlockQuote => self.container(node, "<blockquote>", "</blockquote>\n"),
            NodeValue::List(list) if list.list_type == ListType::Ordered && list.start != 1 => {
                self.container(node, &format!("<ol start=\"{}\">", list.start), "</ol>\n");
            }
            NodeValue::List(list) if list.list_type == ListType::Ordered => self.container(node, "<ol>", "</ol>\n"),
            NodeValue::List(_) => self.container(node, "<ul>", "</ul>\n"),
            NodeValue::Item(_) => self.container(node, "<li>", "</li>\n"),
            NodeValue::CodeBlock(code) => self.code(read::language(&code.info), &code.literal),
            NodeValue::HtmlBlock(html) => self.out.push_str(&html.literal),
            NodeValue::ThematicBreak => {
                self.end_tight_line(node);
                self.out.push_str("<hr>\n");
            }
            NodeValue::Table(table) => self.table(node, table),
            _ => {}
        }
    }

    fn container(&mut self, node: Node<'_>, open: &str, close: &str) {
        self.end_tight_line(node);
        self.out.push_str(open);
        if node.first_child().is_some_and(|first| !is_tight(first)) {
            self.out.push('\n');
        }
        node.children().for_each(|child| self.block(child));
        self.out.push_str(close);
    }

    /// A paragraph without tags ends its line only when a block with tags follows.
    fn end_tight_line(&mut self, node: Node<'_>) {
        if node.previous_sibling().is_some_and(is_tight) {
            self.out.push('\n');
        }
    }

    fn heading(&mut self, node: Node<'_>, heading: &NodeHeading) {
        self.end_tight_line(node);
        let mut words = String::new();
        push_words(node, "", &mut words);
        self.out.push_str(&format!("<h{} id=\"{}\">", heading.level, heading_id(&words)));
        self.line(node);
        self.out.push_str(&format!("</h{}>\n", heading.level));
    }

    fn code(&mut self, language: &str, code: &str) {
        self.out.push_str("<pre><code");
        if !language.is_empty() {
            push_attribute(&mut self.out, "class", &format!("language-{language}"));
        }
        self.out.push('>');
        push_text(&mut self.out, code);
        self.out.push_str("</code></pre>\n");
    }

    fn table(&mut self, node: Node<'_>, table: &NodeTable) {
        self.end_tight_line(node);
        if self.dialect == Dialect::Article {
            self.out.push_str(read::TABLE_BEGIN);
        }
        self.out.push_str("<table>\n");
        for (at, row) in node.children().enumerate() {
            let (before, cell) = match at {
                0 => ("<thead>\n<tr>\n", "th"),
                1 => ("<tbody>\n<tr>\n", "td"),
                _ => ("<tr>\n", "td"),
            };
            self.out.push_str(before);
            for (node, alignment) in row.children().zip(&table.alignments) {
                let style = match alignment {
                    TableAlignment::None => "",
                    TableAlignment::Left => " style=\"text-align:left\"",
                    TableAlignment::Center => " style=\"text-align:center\"",
                    TableAlignment::Right => " style=\"text-align:right\"",
                };
                self.out.push_str(&format!("<{cell}{style}>"));
                self.line(node);
                self.out.push_str(&format!("</{cell}>\n"));
            }
            self.out.push_str(if at == 0 { "</tr>\n</thead>\n" } else { "</tr>\n" });
        }
        if node.children().nth(1).is_some() {
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
        if self.dialect == Dialect::Article {
            self.out.push_str(read::TABLE_END);
        }
    }

    /// The notes of the whole document, with a line above them.
    fn notes(&mut self, root: Node<'_>) {
        let start = self.out.len();
        self.note_list(root);
        if self.out.len() > start {
            self.out.insert_str(start, "<hr class=\"footnotes-sep\">\n");
        }
    }

    /// The notes of the whole document; nothing when there is none.
    pub(super) fn note_list(&mut self, root: Node<'_>) {
        let mut notes = root.children().filter(|block| is_note(block)).peekable();
        if notes.peek().is_none() {
            return;
        }
        self.out.push_str("<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n");
        for (at, note) in notes.enumerate() {
            self.note(note, at + 1);
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn note(&mut self, node: Node<'_>, number: usize) {
        let NodeValue::FootnoteDefinition(note) = &node.data().value else { return };
        self.out.push_str(&format!("<li id=\"fn{number}\" class=\"footnote-item\">"));
        node.children().for_each(|child| self.block(child));
        // The ways back stand in the last paragraph, if the note ends with one.
        let after = match node.last_child().map(|last| matches!(last.data().value, NodeValue::Paragraph)) {
            Some(true) => self.out.split_off(self.out.len() - "</p>\n".len()),
            _ => String::new(),
        };
        for reference in 1..=note.total_references.max(1) {
            let id = reference_id(number, reference);
            self.out.push_str(&format!(" <a href=\"#fnref{id}\" class=\"footnote-backref\">↩\u{fe0e}</a>"));
        }
        self.out.push_str(&after);
        self.out.push_str("</li>\n");
    }

    /// Prints what stands in a line. Neighbouring texts are one text, in which addresses become
    /// links.
    fn line(&mut self, node: Node<'_>) {
        let mut text = String::new();
        let mut after_escape = false;
        for child in node.children() {
            if self.push_own_text(child, &mut text) {
                continue;
            }
            self.text(&std::mem::take(&mut text), after_escape);
            self.piece(child);
            after_escape = matches!(child.data().value, NodeValue::Escaped);
        }
        self.text(&text, after_escape);
        // An `<a>` that nobody closed ends with its block.
        if node.data().value.block() {
            self.links = 0;
        }
    }

    /// Adds a text, or an address that the parser took for a link: where those end is Ghost's rule
    /// here.
    fn push_own_text(&self, node: Node<'_>, out: &mut String) -> bool {
        match &node.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Link(link) if self.dialect == Dialect::Ghost && self.is_bare_address(node, link) => {
                push_words(node, "\n", out);
            }
            _ => return false,
        }
        true
    }

    /// Whether the parser made a link of an address that stands there without brackets.
    fn is_bare_address(&self, node: Node<'_>, link: &NodeLink) -> bool {
        let mut words = String::new();
        push_words(node, "", &mut words);
        let start = node.data().sourcepos.start;
        let line = self.lines.get(start.line.wrapping_sub(1));
        let written = line.and_then(|line| self.source.get(line + start.column.saturating_sub(1)..));
        link.url.ends_with(&words) && written.is_some_and(|written| written.starts_with(&words))
    }

    /// Behind an escaped character an address needs its scheme: there is none in `http\://a.org`.
    fn text(&mut self, text: &str, after_escape: bool) {
        if self.dialect == Dialect::Article || self.links > 0 {
            return push_text(&mut self.out, text);
        }
        let mut done = 0;
        for Address { range, url } in addresses(text) {
            if after_escape && range.start == 0 && (url.starts_with("//") || url.starts_with("mailto:")) {
                continue;
            }
            push_text(&mut self.out, &text[done..range.start]);
            self.out.push_str("<a");
            push_attribute(&mut self.out, "href", &href::encode(&url));
            self.out.push('>');
            push_text(&mut self.out, &href::decode(&text[range.clone()]));
            self.out.push_str("</a>");
            done = range.end;
        }
        push_text(&mut self.out, &text[done..]);
    }

    fn piece(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::SoftBreak if self.dialect == Dialect::Article => self.out.push('\n'),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.out.push_str("<br>\n"),
            NodeValue::Code(code) => {
                self.out.push_str("<code>");
                push_text(&mut self.out, &code.literal);
                self.out.push_str("</code>");
            }
            NodeValue::HtmlInline(html) => self.inline_html(html),
            NodeValue::Emph => self.wrapped(node, "em"),
            NodeValue::Strong => self.wrapped(node, "strong"),
            NodeValue::Strikethrough => self.wrapped(node, "s"),
            NodeValue::Highlight => self.wrapped(node, "mark"),
            NodeValue::Subscript => self.script(node, "sub", "~"),
            NodeValue::Superscript => self.script(node, "sup", "^"),
            NodeValue::Link(link) => self.link(node, link),
            NodeValue::Image(image) => self.image(node, image),
            NodeValue::FootnoteReference(reference) => self.reference(reference.ix, reference.ref_num),
            _ => self.line(node),
        }
    }

    fn wrapped(&mut self, node: Node<'_>, tag: &str) {
        self.out.push_str(&format!("<{tag}>"));
        self.line(node);
        self.out.push_str(&format!("</{tag}>"));
    }

    /// Below or above the line stands what has no space in it.
    fn script(&mut self, node: Node<'_>, tag: &str, mark: &str) {
        let mut words = String::new();
        push_words(node, "\n", &mut words);
        if words.contains(char::is_whitespace) {
            self.out.push_str(mark);
            self.line(node);
            self.out.push_str(mark);
        } else {
            self.wrapped(node, tag);
        }
    }

    fn inline_html(&mut self, html: &str) {
        let lower = html.to_ascii_lowercase();
        if lower.starts_with("</a") {
            self.links = self.links.saturating_sub(1);
        } else if lower.strip_prefix("<a").is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '>'])) {
            self.links += 1;
        }
        self.out.push_str(html);
    }

    fn link(&mut self, node: Node<'_>, link: &NodeLink) {
        if href::is_refused(&link.url) {
            return self.line(node);
        }
        self.out.push_str("<a");
        push_attribute(&mut self.out, "href", &href::encode(&link.url));
        if !link.title.is_empty() {
            push_attribute(&mut self.out, "title", &link.title);
        }
        self.out.push('>');
        self.links += 1;
        self.line(node);
        self.links -= 1;
        self.out.push_str("</a>");
    }

    fn image(&mut self, node: Node<'_>, image: &NodeLink) {
        let mut alt = String::new();
        push_words(node, "\n", &mut alt);
        if href::is_refused(&image.url) {
            return push_text(&mut self.out, &alt);
        }
        self.out.push_str("<img");
        push_attribute(&mut self.out, "src", &href::encode(&image.url));
        push_attribute(&mut self.out, "alt", &alt);
        if !image.title.is_empty() {
            push_attribute(&mut self.out, "title", &image.title);
        }
        self.out.push_str(" loading=\"lazy\">");
    }

    fn reference(&mut self, note: u32, reference: u32) {
        let id = reference_id(note as usize, reference);
        self.out
            .push_str(&format!("<sup class=\"footnote-ref\"><a href=\"#fn{note}\" id=\"fnref{id}\">[{id}]</a></sup>"));
    }
}

/// `2` for the first reference to the second note, `2:1` for the one after it.
fn reference_id(note: usize, reference: u32) -> String {
    match reference {
        0 | 1 => note.to_string(),
        _ => format!("{note}:{}", reference - 1),
    }
}

pub(super) fn is_note(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::FootnoteDefinition(_))
}

/// Whether it is a paragraph that is printed without its tags, as in a list without empty lines.
fn is_tight(node: Node<'_>) -> bool {
    let is_paragraph = matches!(node.data().value, NodeValue::Paragraph);
    let list = node.parent().and_then(|item| item.parent());
    is_paragraph && list.is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight))
}

/// The words of a line, for an id or the description of a picture.
fn push_words(node: Node<'_>, line_end: &str, out: &mut String) {
    for inner in node.descendants().skip(1) {
        match &inner.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::HtmlInline(html) => out.push_str(html),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push_str(line_end),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use serde_json::Value;

    use super::html;

    fn check(markdown: &str, printed: &str) {
        assert_eq!(html(markdown).unwrap(), printed);
    }

    #[test]
    fn a_line_end_is_a_break_and_a_heading_needs_no_space() {
        check("a\nb", "<p>a<br>\nb</p>\n");
        check("#A & b\nc", "<h1 id=\"a-b\">A &amp; b</h1>\n<p>c</p>\n");
    }

    #[test]
    fn marks_stand_above_below_and_behind_the_words() {
        check(
            "==a== ~~b~~ H~2~O x^2^ ~not this~",
            "<p><mark>a</mark> <s>b</s> H<sub>2</sub>O x<sup>2</sup> ~not this~</p>\n",
        );
    }

    #[test]
    fn addresses_become_links_but_not_in_links() {
        check(
            "https://a.org/_b_. <a href=\"/\">https://c.org</a> [https://d.org](/e) http\\://f.org",
            "<p><a href=\"https://a.org/_b_\">https://a.org/_b_</a>. <a href=\"/\">https://c.org</a> <a href=\"/e\">https://d.org</a> \
             http://f.org</p>\n",
        );
    }

    #[test]
    fn pictures_load_late_and_unsafe_urls_are_left_out() {
        check(
            "![a *b*](__GHOST_URL__/c.jpg \"d\") [e](javascript:f) ![g](javascript:h)",
            "<p><img src=\"__GHOST_URL__/c.jpg\" alt=\"a b\" title=\"d\" loading=\"lazy\"> e g</p>\n",
        );
    }

    #[test]
    fn lists_end_their_lines_as_ghosts_do() {
        check(
            "- a\n  - b\n- ***\n-\n- > c\n- d\n  # e",
            "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>\n<hr>\n</li>\n<li></li>\n<li>\n<blockquote>\n<p>c</p>\n</blockquote>\n</li>\n\
             <li>d\n<h1 id=\"e\">e</h1>\n</li>\n</ul>\n",
        );
    }

    #[test]
    fn a_note_leads_back_to_each_place_that_refers_to_it() {
        let printed = html("a[^x] b[^x] c^[inline]\n\n[^x]: d\n").unwrap();
        for part in [
            "<a href=\"#fn1\" id=\"fnref1\">[1]</a>",
            "<a href=\"#fn1\" id=\"fnref1:1\">[1:1]</a>",
            "<a href=\"#fn2\" id=\"fnref2\">[2]</a>",
            "<p>d <a href=\"#fnref1\" class=\"footnote-backref\">↩\u{fe0e}</a> <a href=\"#fnref1:1\" class=\"footnote-backref\">",
            "<p>inline <a href=\"#fnref2\"",
        ] {
            assert!(printed.contains(part), "{part} in {printed}");
        }
    }

    #[test]
    fn the_reference_cards_come_out_byte_for_byte() {
        let Ok(reference) = std::env::var("MASTHEAD_REFERENCE") else {
            eprintln!("skipped: Ghost's Markdown cards (MASTHEAD_REFERENCE is not set)");
            return;
        };
        let folder = Path::new(&reference).join("lexical/render/markdown");
        let read = |name: &str, end: &str| fs::read_to_string(folder.join(format!("{name}.{end}"))).unwrap();
        for name in ["basics", "code-fence", "footnotes", "html", "table"] {
            let body: Value = serde_json::from_str(&read(name, "json")).unwrap();
            let markdown = body["root"]["children"][0]["markdown"].as_str().unwrap();
            assert_eq!(html(markdown).unwrap(), read(name, "html"), "{name}");
        }

        let export = fs::read_to_string(Path::new(&reference).join("ghost-golden/golden-export.json")).unwrap();
        let export: Value = serde_json::from_str(&export).unwrap();
        let posts = export["db"][0]["data"]["posts"].as_array().unwrap();
        let mut seen = 0;
        for post in posts {
            let Some(body) = post["lexical"].as_str() else { continue };
            let body: Value = serde_json::from_str(body).unwrap();
            for node in body["root"]["children"].as_array().unwrap().iter().filter(|node| node["type"] == "markdown") {
                let printed = html(node["markdown"].as_str().unwrap()).unwrap();
                assert!(post["html"].as_str().unwrap().contains(&printed), "{} {printed}", post["slug"]);
                seen += 1;
            }
        }
        assert!(seen >= 2);
    }
}
