//! Mobiledoc 0.3 in: what Ghost stored before Lexical, and what old exports hold.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::cards::Card;
use crate::document::{Block, Document, Inline, Link, List, ListKind, TextBlock, TextKind, Unknown};
use crate::fields::Fields;
use crate::format::Format;
use crate::limits::MAX_BYTES;
use crate::parse::NoDocument;
use crate::raw::Raw;

/// Markups that are open at once; more is no text of an editor.
const MAX_OPEN: usize = 64;

/// Makes a document of a mobiledoc, as Ghost's own conversion does (`@tryghost/kg-converters`): every
/// card becomes the node of its name with the same fields, also one that nobody here knows.
///
/// ```
/// let old = r#"{"version":"0.3.1","markups":[["em"]],"atoms":[],"cards":[["hr",{}]],
///     "sections":[[1,"p",[[0,[],0,"It was "],[0,[0],1,"close"],[0,[],0,"."]]],[10,0]]}"#;
/// let body = manuscript::from_mobiledoc(old).unwrap();
/// assert_eq!(body.html(&Default::default()), "<p>It was <em>close</em>.</p><hr>");
/// ```
///
/// Fails for what is no mobiledoc of version 0.3, and beyond the [limits](crate::limits).
pub fn from_mobiledoc(json: &str) -> Result<Document<'static>, NoDocument> {
    if json.len() > MAX_BYTES {
        return Err(NoDocument::TooLarge { bytes: json.len() });
    }
    let mut read: Value = serde_json::from_str(json).map_err(|error| match error.to_string() {
        reason if reason.starts_with("recursion limit") => NoDocument::TooDeep,
        reason => NoDocument::NotJson {
            line: error.line(),
            column: error.column(),
            reason: reason.split(" at line ").next().unwrap_or_default().to_owned(),
        },
    })?;
    if !read["version"].as_str().is_some_and(|version| version.starts_with("0.3")) {
        return Err(NoDocument::NotMobiledoc("it is not of version 0.3"));
    }
    let mut table = |key: &str| match read[key].take() {
        Value::Array(rows) => Ok(rows),
        Value::Null => Ok(Vec::new()),
        _ => Err(NoDocument::NotMobiledoc("one of its tables is no array")),
    };
    let [markups, atoms, cards, sections] = [table("markups")?, table("atoms")?, table("cards")?, table("sections")?];
    let reader = Reader { markups: markups.iter().map(Markup::of).collect(), atoms: &atoms, cards: &cards };
    let blocks = sections.iter().map(|section| reader.section(section)).collect::<Result<Vec<_>, _>>()?;
    Document::new(blocks.into_iter().flatten().collect()).within_limits()
}

/// What a run of text is set in.
enum Markup {
    Format(Format),
    Link {
        url: String,
        rel: String,
    },
    /// An element that has no node; its text stays.
    Other,
}

impl Markup {
    /// `["a", ["href", "/x", "rel", "nofollow"]]`
    fn of(row: &Value) -> Markup {
        let attribute = |name: &str| {
            let pairs = row[1].as_array().map(|pairs| pairs.chunks(2)).into_iter().flatten();
            let mut values = pairs.filter(|pair| pair[0] == name).filter_map(|pair| pair.get(1)?.as_str());
            values.next().unwrap_or_default().to_owned()
        };
        match row[0].as_str().unwrap_or_default() {
            "strong" | "b" => Markup::Format(Format::BOLD),
            "em" | "i" => Markup::Format(Format::ITALIC),
            "s" | "strike" | "del" => Markup::Format(Format::STRIKETHROUGH),
            "u" => Markup::Format(Format::UNDERLINE),
            "code" => Markup::Format(Format::CODE),
            "sub" => Markup::Format(Format::SUBSCRIPT),
            "sup" => Markup::Format(Format::SUPERSCRIPT),
            "mark" => Markup::Format(Format::HIGHLIGHT),
            "a" => Markup::Link { url: attribute("href"), rel: attribute("rel") },
            _ => Markup::Other,
        }
    }
}

struct Reader<'v> {
    markups: Vec<Markup>,
    atoms: &'v [Value],
    cards: &'v [Value],
}

impl Reader<'_> {
    /// A section is `[1, tag, markers]`, `[2, src]`, `[3, tag, [markers…]]` or `[10, card]`.
    fn section(&self, section: &Value) -> Result<Option<Block<'static>>, NoDocument> {
        let tag = section[1].as_str().unwrap_or_default();
        Ok(Some(match section[0].as_u64() {
            Some(1) => {
                let children = self.line(&section[2])?;
                let kind = match tag.as_bytes() {
                    [b'h', level @ b'1'..=b'6'] => TextKind::Heading(level - b'0'),
                    b"blockquote" => TextKind::Quote,
                    b"aside" | b"pull-quote" => TextKind::Aside,
                    _ => TextKind::Paragraph,
                };
                Block::Text(TextBlock::new(kind, children))
            }
            Some(2) => {
                let image = crate::cards::Image::new(section[1].as_str().unwrap_or_default().to_owned());
                Block::image(image)
            }
            Some(3) => {
                let kind = if tag == "ol" { ListKind::Number } else { ListKind::Bullet };
                let items = section[2].as_array().map_or(&[][..], Vec::as_slice);
                let items = items.iter().map(|item| self.line(item)).collect::<Result<Vec<_>, _>>()?;
                Block::List(List::new(kind, 1, items))
            }
            Some(10) => {
                let card = entry(self.cards, &section[1]).ok_or(NoDocument::NotMobiledoc("a card is missing"))?;
                block_of(card[0].as_str().unwrap_or_default(), card[1].as_object())
            }
            _ => return Err(NoDocument::NotMobiledoc("one of its sections is of no known kind")),
        }))
    }

    /// A marker is `[0, opened markups, number closed, text]`, or `[1, …, atom]`.
    fn line(&self, markers: &Value) -> Result<Vec<Inline<'static>>, NoDocument> {
        let wrong = NoDocument::NotMobiledoc("one of its markers is of no known form");
        let mut line: Vec<Inline<'static>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        // The link that is being written stands last in the line.
        let mut link: Option<usize> = None;
        for marker in markers.as_array().ok_or(wrong.clone())? {
            for opened in marker[1].as_array().into_iter().flatten() {
                open.push(opened.as_u64().and_then(|number| usize::try_from(number).ok()).ok_or(wrong.clone())?);
            }
            if open.len() > MAX_OPEN {
                return Err(NoDocument::TooDeep);
            }
            let mut format = Format::PLAIN;
            let mut innermost = None;
            for number in &open {
                match self.markups.get(*number) {
                    Some(Markup::Format(one)) => format = format | *one,
                    Some(Markup::Link { .. }) => innermost = Some(*number),
                    Some(Markup::Other) | None => {}
                }
            }
            let inline = match marker[0].as_u64() {
                Some(0) => Inline::formatted(marker[3].as_str().unwrap_or_default().to_owned(), format),
                Some(1) => {
                    let atom = entry(self.atoms, &marker[3]).ok_or(wrong.clone())?;
                    match atom[0].as_str() {
                        Some("soft-return") => Inline::line_break(),
                        _ => Inline::formatted(atom[1].as_str().unwrap_or_default().to_owned(), format),
                    }
                }
                _ => return Err(wrong),
            };
            match (innermost.and_then(|number| self.markups.get(number)), line.last_mut()) {
                (Some(Markup::Link { .. }), Some(Inline::Link(last))) if link == innermost => {
                    last.children.push(inline)
                }
                (Some(Markup::Link { url, rel }), _) => {
                    line.push(Inline::Link(Link { rel: rel.clone().into(), ..Link::new(url.clone(), vec![inline]) }));
                }
                _ => line.push(inline),
            }
            link = innermost;
            let closed = marker[2].as_u64().and_then(|number| usize::try_from(number).ok()).ok_or(wrong.clone())?;
            open.truncate(open.len().saturating_sub(closed));
            if open.iter().all(|number| Some(*number) != innermost) {
                link = None;
            }
        }
        Ok(line)
    }
}

fn entry<'v>(table: &'v [Value], number: &Value) -> Option<&'v Value> {
    table.get(usize::try_from(number.as_u64()?).ok()?)
}

/// The node of a card: its payload, under the name that Lexical has for it.
fn block_of(name: &str, payload: Option<&Map<String, Value>>) -> Block<'static> {
    let kind = match name {
        "hr" => "horizontalrule",
        "code" => "codeblock",
        "card-markdown" => "markdown",
        name => name,
    };
    let mut fields = Fields::default();
    fields.set("type", Raw::of_text(kind));
    for (key, value) in payload.into_iter().flatten() {
        // A payload may have a type of its own, which is not the node's.
        let key = match key.as_str() {
            "type" if kind == "embed" => "embedType",
            "type" => continue,
            // How wide it stands had another name for pictures.
            "imageStyle" if kind == "image" => "cardWidth",
            key => key,
        };
        fields.set(key.to_owned(), Raw(Cow::Owned(value.to_string())));
    }
    match Card::read(fields) {
        Ok(card) => Block::card(card),
        Err(fields) => Block::Unknown(Unknown { children: Vec::new(), fields }),
    }
}

#[cfg(test)]
mod tests {
    use super::from_mobiledoc;
    use crate::{Web, limits};

    fn html(markups: &str, cards: &str, sections: &str) -> String {
        let json = format!(
            r#"{{"version":"0.3.1","atoms":[["soft-return","",{{}}],["@","Ann",{{}}]],"cards":[{cards}],"markups":[{markups}],"sections":[{sections}]}}"#
        );
        from_mobiledoc(&json).unwrap().html(&Web::default())
    }

    #[test]
    fn text_links_and_lists_become_nodes() {
        assert_eq!(
            html(
                r#"["strong"],["a",["href","/x/","rel","nofollow"]],["em"]"#,
                "",
                r#"[1,"p",[[0,[0],0,"a"],[0,[1],1,"b"],[0,[],1,"c"],[1,[],0,0],[1,[2],1,1]]],[1,"h3",[[0,[],0,"H"]]],
                   [1,"blockquote",[[0,[],0,"q"]]],[1,"aside",[[0,[],0,"s"]]],[3,"ol",[[[0,[],0,"1"]],[[0,[],0,"2"]]]]"#,
            ),
            "<p><strong>a</strong><a href=\"/x/\" rel=\"nofollow\"><strong>b</strong></a><strong>c</strong><br><em>Ann</em></p>\
             <h3 id=\"h\">H</h3><blockquote>q</blockquote><blockquote class=\"kg-blockquote-alt\">s</blockquote><ol><li>1</li><li>2</li></ol>"
        );
    }

    #[test]
    fn two_pieces_of_one_link_are_one_link() {
        let markups = r#"["a",["href","/x/"]],["em"]"#;
        let line = r#"[1,"p",[[0,[0],0,"a "],[0,[1],1,"b"],[0,[],1," c"],[0,[0],1,"d"]]]"#;
        assert_eq!(html(markups, "", line), "<p><a href=\"/x/\">a <em>b</em> c</a><a href=\"/x/\">d</a></p>");
    }

    #[test]
    fn a_card_keeps_its_fields_also_when_nobody_knows_it() {
        let json = r#"{"version":"0.3.2","cards":[["gallery",{"images":[{"src":"/a.jpg","ours":1}]}],["poll",{"q":[1]}]],
            "sections":[[10,0],[10,1]]}"#;
        let body = from_mobiledoc(json).unwrap();
        assert_eq!(body.picture_count(), 1);
        let json = body.to_json();
        assert!(json.contains(r#"{"type":"gallery","images":[{"src":"/a.jpg","ours":1}]}"#), "{json}");
        assert!(json.contains(r#"{"type":"poll","q":[1]}"#), "{json}");
    }

    #[test]
    fn what_is_no_mobiledoc_is_refused_in_words() {
        for (json, words) in [
            ("", "the body is not JSON: EOF while parsing a value at line 1 column 0"),
            ("[]", "the body is not a mobiledoc: it is not of version 0.3"),
            (r#"{"version":"0.2.0","sections":[[],[]]}"#, "the body is not a mobiledoc: it is not of version 0.3"),
            (r#"{"version":"0.3.1","sections":[[10,7]]}"#, "the body is not a mobiledoc: a card is missing"),
            (
                r#"{"version":"0.3.1","sections":[[9]]}"#,
                "the body is not a mobiledoc: one of its sections is of no known kind",
            ),
            (
                r#"{"version":"0.3.1","sections":[[1,"p",1]]}"#,
                "the body is not a mobiledoc: one of its markers is of no known form",
            ),
        ] {
            assert_eq!(from_mobiledoc(json).unwrap_err().to_string(), words, "{json}");
        }
        assert!(from_mobiledoc(&"[".repeat(100_000)).is_err());
        let sections = vec![r#"[1,"p",[[0,[],0,"a"]]]"#; limits::MAX_NODES].join(",");
        assert!(from_mobiledoc(&format!(r#"{{"version":"0.3.1","sections":[{sections}]}}"#)).is_err());
    }
}
