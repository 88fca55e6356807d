//! The grammar of blocks: `<!-- wp:name {"json":…} -->…<!-- /wp:name -->`, and `<!-- wp:name /-->`.

use serde_json::{Map, Value};

use super::super::find::Find;
use super::super::limits::MAX_BLOCK_DEPTH;

/// A block.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Block<'t> {
    /// Its name, with its namespace unless that is `core`.
    pub name: String,
    /// Its settings; none when they are no JSON.
    pub settings: Map<String, Value>,
    /// What stands in it.
    pub parts: Vec<Part<'t>>,
    /// Whether it ended with its own end.
    pub is_whole: bool,
}

/// A piece of a content.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'t> {
    Html(&'t str),
    Block(Block<'t>),
}

impl Block<'_> {
    /// The name of a block of WordPress itself; `None` for one of a plugin. Each site had a block of its own once:
    /// `core-embed/youtube` is `embed/youtube`.
    pub fn core_name(&self) -> Option<&str> {
        match self.name.split_once('/') {
            None => Some(&self.name),
            Some(("core-embed", _)) => self.name.strip_prefix("core-"),
            Some(_) => None,
        }
    }

    /// A setting that is a text; empty for none.
    pub fn text(&self, setting: &str) -> &str {
        self.settings.get(setting).and_then(Value::as_str).unwrap_or_default()
    }

    /// A setting that is a number, or a text of digits.
    pub fn number(&self, setting: &str) -> Option<u64> {
        let value = self.settings.get(setting)?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok())
    }

    /// Whether no other block stands in it than one of this name.
    pub fn holds_only(&self, name: &str) -> bool {
        self.parts
            .iter()
            .all(|part| matches!(part, Part::Html(_)) || matches!(part, Part::Block(block) if block.name == name))
    }

    /// The HTML of the block and of all blocks in it, without what WordPress notes between.
    pub fn html(&self) -> String {
        let mut out = String::new();
        self.push_html(&mut out);
        out
    }

    fn push_html(&self, out: &mut String) {
        for part in &self.parts {
            match part {
                Part::Html(html) => out.push_str(html),
                Part::Block(block) => block.push_html(out),
            }
        }
    }
}

/// Whether there are blocks in a content.
pub(in super::super) fn are_in(text: &str) -> bool {
    text.contains("<!-- wp:")
}

/// A comment that opens or closes a block.
enum Delimiter<'t> {
    Open { name: &'t str, json: &'t str, is_empty: bool },
    Close { name: &'t str },
}

/// Reads a content. A block that nobody closes ends with the block around it; an end without a beginning is passed over.
pub(super) fn parse(text: &str) -> Vec<Part<'_>> {
    let mut open: Vec<Block<'_>> = vec![Block::default()];
    // Blocks that are too deep, by name: their ends close nothing.
    let mut too_deep: Vec<&str> = Vec::new();
    let (mut at, mut from) = (0, 0);
    let mut find = Find::in_text(text);
    while let Some(next) = text[from..].find("<!--").map(|next| from + next) {
        let end = find.after(next + 4, "-->").map(|end| end + 3);
        let inside = &text[next + 4..end.map_or(text.len(), |end| end - 3)];
        // A comment that was never closed runs on to the next.
        let broken = if end.is_none() { Some(inside.len()) } else { inside.find("<!--") };
        if let Some(broken) =
            broken.filter(|_| ["wp:", "/wp:"].iter().any(|begin| inside.trim_start().starts_with(begin)))
        {
            push_html(&mut open, &text[at..next]);
            let line = inside.find('\n').unwrap_or(inside.len());
            at = next + 4 + line.min(broken);
            from = at;
            continue;
        }
        let Some((delimiter, end)) = delimiter(inside).zip(end) else {
            // The comment may hold the beginning of another.
            from = next + 4;
            continue;
        };
        push_html(&mut open, &text[at..next]);
        (at, from) = (end, end);
        match delimiter {
            Delimiter::Open { name, json, is_empty } => {
                let block = Block {
                    name: full(name).to_owned(),
                    settings: settings(json),
                    parts: Vec::new(),
                    is_whole: is_empty,
                };
                if is_empty {
                    push(&mut open, Part::Block(block));
                } else if open.len() > MAX_BLOCK_DEPTH {
                    too_deep.push(full(name));
                } else {
                    open.push(block);
                }
            }
            Delimiter::Close { name } if too_deep.last() == Some(&full(name)) => _ = too_deep.pop(),
            Delimiter::Close { name } => {
                // The first is no block, but the content itself.
                let begun = open[1..].iter().rposition(|block| block.name == full(name));
                let Some(begun) = begun.map(|begun| begun + 1) else { continue };
                open[begun].is_whole = true;
                while open.len() > begun {
                    end_last(&mut open);
                }
            }
        }
    }
    push_html(&mut open, &text[at..]);
    while open.len() > 1 {
        end_last(&mut open);
    }
    open.pop().map(|content| content.parts).unwrap_or_default()
}

fn end_last<'t>(open: &mut Vec<Block<'t>>) {
    if let Some(block) = open.pop() {
        push(open, Part::Block(block));
    }
}

fn push<'t>(open: &mut [Block<'t>], part: Part<'t>) {
    if let Some(last) = open.last_mut() {
        last.parts.push(part);
    }
}

fn push_html<'t>(open: &mut [Block<'t>], html: &'t str) {
    if !html.is_empty() {
        push(open, Part::Html(html));
    }
}

/// A name without `core/`.
fn full(name: &str) -> &str {
    name.strip_prefix("core/").unwrap_or(name)
}

/// Reads the inside of a comment.
fn delimiter(inside: &str) -> Option<Delimiter<'_>> {
    let after_space = inside.trim_start();
    if after_space.len() == inside.len() {
        return None;
    }
    if let Some(rest) = after_space.strip_prefix("/wp:") {
        return Some(Delimiter::Close { name: name(rest)? });
    }
    let rest = after_space.strip_prefix("wp:")?;
    let name = name(rest)?;
    let rest = &rest[name.len()..];
    let (rest, is_empty) = match rest.strip_suffix('/') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    // A name is followed by white space.
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(())?;
    Some(Delimiter::Open { name, json: rest.trim(), is_empty })
}

/// The name that a text begins with: small letters, digits and hyphens, and one slash.
fn name(text: &str) -> Option<&str> {
    let in_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '/');
    let name = &text[..text.find(|c| !in_name(c)).unwrap_or(text.len())];
    let name = name.strip_suffix('/').unwrap_or(name);
    let mut parts = name.split('/');
    let begins = |part: &str| part.starts_with(|c: char| c.is_ascii_lowercase());
    (parts.clone().count() <= 2 && parts.all(begins)).then_some(name)
}

fn settings(json: &str) -> Map<String, Value> {
    match json.is_empty() {
        true => Map::new(),
        false => serde_json::from_str(json).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(parts: &[Part<'_>]) -> String {
        let one = |part: &Part<'_>| match part {
            Part::Html(html) => (*html).to_owned(),
            Part::Block(block) => {
                let settings = if block.settings.is_empty() { "" } else { "*" };
                format!("({}{settings} {})", block.name, outline(&block.parts))
            }
        };
        parts.iter().map(one).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(outline(&parse(text)), expected);
    }

    #[test]
    fn blocks_nest() {
        check(
            "a<!-- wp:group {\"b\":1} --><div><!-- wp:core/paragraph --><p>c</p><!-- /wp:core/paragraph --></div><!-- /wp:group -->d",
            "a(group* <div>(paragraph <p>c</p>)</div>)d",
        );
        check("<!-- wp:my-plugin/x /--><!-- wp:calendar {\"a\":\"\\u002d\\u002d\"} /-->", "(my-plugin/x )(calendar* )");
    }

    #[test]
    fn broken_blocks_are_survived() {
        check("<!-- wp:a {broken} -->b<!-- /wp:a -->", "(a b)");
        check("<!-- wp:a -->b<!-- wp:c -->d<!-- /wp:a -->e", "(a b(c d))e");
        check("<!-- wp:a -->b<!-- wp:c -->d", "(a b(c d))");
        check("a<!-- /wp:b -->c<!-- wp: --><!-- x --><!--more-->", "ac<!-- wp: --><!-- x --><!--more-->");
        check("<!-- <!-- wp:a -->b<!-- /wp:a -->", "<!-- (a b)");
    }

    #[test]
    fn very_deep_blocks_are_part_of_those_around_them() {
        let depth = MAX_BLOCK_DEPTH + 10;
        let text = format!("{}x{}y", "<!-- wp:a -->".repeat(depth), "<!-- /wp:a -->".repeat(depth));
        let outline = outline(&parse(&text));
        assert!(outline.ends_with(")y") && outline.matches("(a").count() == MAX_BLOCK_DEPTH, "{outline}");
    }

    #[test]
    fn hostile_texts_take_one_walk() {
        for text in ["<!-- wp:", "<!-- wp:a -->", "<!-- wp:a {", "<!--", "<!-- /wp:a -->", "<!-- wp:a {\"b\":[[[[ -->"]
        {
            assert!(parse(&text.repeat(1_000_000 / text.len())).len() <= 1_000_000 / text.len());
        }
    }
}
