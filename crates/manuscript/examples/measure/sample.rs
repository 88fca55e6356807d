//! The body that is measured: a long article with every kind of card, the same each time.

use serde_json::{Value, json};

use crate::cards::cards;

/// Words of running text; the cards' own words come on top.
pub const WORDS: usize = 5_000;
/// Cards, of all kinds that a page shows.
pub const CARDS: usize = 30;
/// The site that the body's pictures and files belong to.
pub const SITE: &str = "https://example.org";

/// The body as Lexical JSON, with all the fields that Ghost's editor writes.
pub fn body() -> String {
    let mut prose = Prose::begin();
    let words_before_each = WORDS / CARDS;
    let mut blocks = Vec::new();
    for (number, card) in cards().into_iter().enumerate() {
        blocks.extend(section(&mut prose, number, words_before_each));
        blocks.push(card);
    }
    blocks.push(element("paragraph", prose.line(&[(WORDS - CARDS * words_before_each, PLAIN)])));
    json!({ "root": element("root", blocks) }).to_string()
}

/// A heading, a list or quotation, and two paragraphs, of so many words together.
fn section(prose: &mut Prose, number: usize, words: usize) -> [Value; 4] {
    let tag = if number.is_multiple_of(3) { "h2" } else { "h3" };
    let mut heading = element("extended-heading", prose.line(&[(6, PLAIN)]));
    heading["tag"] = tag.into();
    let inset = match number % 4 {
        0 => list("bullet", prose),
        1 => element("extended-quote", prose.line(&[(30, PLAIN), (6, ITALIC)])),
        2 => list("number", prose),
        _ => element("aside", prose.line(&[(36, PLAIN)])),
    };
    let styled = [
        (20, PLAIN),
        (3, BOLD),
        (14, PLAIN),
        (5, LINK),
        (11, PLAIN),
        (4, ITALIC),
        (1, CODE),
        (9, PLAIN),
        (3, BOLD | ITALIC),
    ];
    let first = element("paragraph", prose.line(&styled));
    let second = element("paragraph", prose.line(&[(words - 6 - 36 - 70, PLAIN)]));
    [heading, first, inset, second]
}

/// Three items, the last of them with a list of its own: 36 words.
fn list(kind: &str, prose: &mut Prose) -> Value {
    let item = |value: usize, children: Vec<Value>| {
        let mut item = element("listitem", children);
        item["value"] = value.into();
        item
    };
    let list = |items: Vec<Value>| {
        let mut list = element("list", items);
        list["listType"] = kind.into();
        list["start"] = 1.into();
        list["tag"] = if kind == "number" { "ol" } else { "ul" }.into();
        list
    };
    let mut items: Vec<Value> = (1..=3).map(|value| item(value, prose.line(&[(9, PLAIN)]))).collect();
    let nested = list(vec![item(1, prose.line(&[(9, PLAIN)]))]);
    items.push(item(4, vec![nested]));
    list(items)
}

/// How a piece of a line is set: Lexical's bits, and one of ours for a link.
type Style = u32;
const PLAIN: Style = 0;
const BOLD: Style = 1;
const ITALIC: Style = 2;
const CODE: Style = 16;
const LINK: Style = 1 << 31;

/// Words without end: sentences whose parts come round at different times, so that none returns
/// within 5,544 sentences.
struct Prose {
    words: Box<dyn Iterator<Item = &'static str>>,
}

const WHO: [&str; 7] = [
    "The harbour board",
    "A committee of twelve residents",
    "Mayor Inês Å. Brandt",
    "The owners of the brickworks",
    "Fishermen & chandlers of the east quay",
    "“Save the Lido”, a campaign,",
    "Her predecessor",
];
const DID: [&str; 11] = [
    "agreed on",
    "voted narrowly against",
    "has never seen",
    "published without comment",
    "asked the county to pay for",
    "walked out over",
    "wants a second opinion about",
    "spent <3% of its budget on",
    "defended once more",
    "lost count of",
    "signed",
];
const WHAT: [&str; 9] = [
    "the plan for a footbridge",
    "four pages of minutes",
    "a survey of the sea wall",
    "the last ferry's timetable",
    "an offer of £2 million",
    "the library's opening hours",
    "every objection that was filed",
    "its own accounts",
    "the new school's roof",
];
const WHEN: [&str; 8] = [
    "on Tuesday evening.",
    "after two hours of debate.",
    "before anybody had read it.",
    "for the third time this year.",
    "in front of an empty gallery.",
    "while the rain came through the ceiling.",
    "at the insistence of its lawyers.",
    "and went home.",
];

impl Prose {
    fn begin() -> Prose {
        let sentences = (0..).map(|at: usize| [WHO[at % 7], DID[at % 11], WHAT[at % 9], WHEN[at % 8]]);
        Prose { words: Box::new(sentences.flatten().flat_map(str::split_whitespace)) }
    }

    /// A line of pieces, each of so many words in a style, with a space between them.
    fn line(&mut self, pieces: &[(usize, Style)]) -> Vec<Value> {
        let last = pieces.len() - 1;
        let piece = |(at, &(count, style)): (usize, &(usize, Style))| {
            let words: Vec<&str> = self.words.by_ref().take(count).collect();
            let text = words.join(" ") + if at == last { "" } else { " " };
            if style == LINK { link(&text) } else { run(&text, style) }
        };
        pieces.iter().enumerate().map(piece).collect()
    }
}

fn run(text: &str, style: Style) -> Value {
    json!({"detail": 0, "format": style, "mode": "normal", "style": "", "text": text, "type": "extended-text", "version": 1})
}

fn link(text: &str) -> Value {
    let mut link = element("link", vec![run(text, PLAIN)]);
    for (name, value) in [("rel", "noopener".into()), ("target", Value::Null), ("title", Value::Null)] {
        link[name] = value;
    }
    link["url"] = format!("{SITE}/archive/?q=harbour&page={}", text.len()).into();
    link
}

/// A node that has children.
fn element(kind: &str, children: Vec<Value>) -> Value {
    json!({"children": children, "direction": "ltr", "format": "", "indent": 0, "type": kind, "version": 1})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_has_the_words_and_cards_that_it_promises() {
        let body: Value = serde_json::from_str(&body()).unwrap();
        let blocks = body["root"]["children"].as_array().unwrap();
        let (text, cards): (Vec<_>, Vec<_>) = blocks.iter().partition(|block| block.get("children").is_some());
        assert_eq!(text.into_iter().map(words).sum::<usize>(), WORDS);
        assert_eq!(cards.len(), CARDS);
    }

    #[test]
    fn two_bodies_are_the_same() {
        assert_eq!(body(), body());
    }

    fn words(node: &Value) -> usize {
        let own = node["text"].as_str().unwrap_or_default().split_whitespace().count();
        own + node["children"].as_array().into_iter().flatten().map(words).sum::<usize>()
    }
}
