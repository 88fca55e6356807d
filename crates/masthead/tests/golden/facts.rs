//! What a page says, apart from its markup: lines of text, headings, links, pictures, meta tags.

use std::collections::BTreeMap;

use scraper::node::Node;
use scraper::{ElementRef, Html};

/// The facts of a page: kind, then each as a line. Text, headings and links are in the page's order.
pub type Facts = BTreeMap<&'static str, Vec<String>>;

const HIDDEN: &[&str] = &["script", "style", "svg", "template", "noscript"];
const BLOCK: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "ul",
    "ol",
    "li",
    "figure",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "table",
    "tr",
    "td",
    "th",
    "form",
    "br",
    "hr",
    "button",
    "label",
    "time",
    "dl",
    "dt",
    "dd",
    "body",
    "title",
];

/// Reads a page.
pub fn of(html: &str) -> Facts {
    let page = Html::parse_document(html);
    let mut reader = Reader { facts: Facts::new(), words: String::new() };
    reader.element(page.root_element());
    let lines = reader.words.split('\n').map(folded).filter(|line| !line.is_empty());
    let lines = lines.collect();
    reader.facts.insert("text", lines);
    reader.facts
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader {
    facts: Facts,
    words: String,
}

impl Reader {
    fn note(&mut self, kind: &'static str, fact: String) {
        self.facts.entry(kind).or_default().push(fact);
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        let attribute = |name: &str| element.value().attr(name).unwrap_or_default();
        let block = BLOCK.contains(&name);
        if block {
            self.words.push('\n');
        }
        match name {
            "title" => self.note("title", folded(&element.text().collect::<String>())),
            "html" | "body" => {
                let mut classes: Vec<&str> = attribute("class").split_whitespace().collect();
                classes.sort_unstable();
                self.note("classes", format!("{name}: {}", classes.join(" ")));
            }
            "meta" => {
                let name = if attribute("name").is_empty() { attribute("property") } else { attribute("name") };
                if !name.is_empty() {
                    self.note("meta", format!("{name} = {}", attribute("content")));
                }
            }
            "link" => self.note("rel", format!("{} {}", attribute("rel"), attribute("href"))),
            "img" => {
                let srcset = folded(attribute("srcset"));
                self.note("images", format!("{} | {srcset} | {}", attribute("src"), attribute("alt")));
            }
            "a" if element.value().attr("href").is_some() => {
                self.note("links", format!("{} | {}", attribute("href"), folded(&visible(element))));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.note("headings", format!("{name}#{} {}", attribute("id"), folded(&visible(element))));
            }
            _ => {}
        }
        if !HIDDEN.contains(&name) && name != "title" {
            for child in element.children() {
                match child.value() {
                    Node::Text(text) => self.words.push_str(text),
                    Node::Element(_) => ElementRef::wrap(child).into_iter().for_each(|child| self.element(child)),
                    _ => {}
                }
            }
        }
        if block {
            self.words.push('\n');
        }
    }
}

/// The text of an element without what is not seen.
fn visible(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for child in element.children() {
        match child.value() {
            Node::Text(words) => text.push_str(words),
            Node::Element(inner) if !HIDDEN.contains(&inner.name()) => {
                text.push_str(&ElementRef::wrap(child).map(visible).unwrap_or_default());
            }
            _ => {}
        }
    }
    text
}

/// What one page has and the other has not, a line each; `order` where both say the same in another order.
pub fn differences(expected: &Facts, made: &Facts) -> Vec<String> {
    let empty = Vec::new();
    let mut found = Vec::new();
    let kinds = ["title", "text", "headings", "links", "images", "meta", "rel", "classes"];
    for kind in kinds {
        let (expected, made) = (expected.get(kind).unwrap_or(&empty), made.get(kind).unwrap_or(&empty));
        if expected == made {
            continue;
        }
        let before = found.len();
        let mut left = made.clone();
        for fact in expected {
            match left.iter().position(|other| other == fact) {
                Some(at) => drop(left.remove(at)),
                None => found.push(format!("{kind}: missing {fact}")),
            }
        }
        found.extend(left.into_iter().map(|fact| format!("{kind}: too much {fact}")));
        if found.len() == before && ["text", "headings", "links"].contains(&kind) {
            found.push(format!("{kind}: the order"));
        }
    }
    found
}
