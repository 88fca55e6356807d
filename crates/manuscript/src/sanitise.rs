//! HTML of foreign origin made harmless: parsed, and only what stands in the list below printed
//! again.

use std::borrow::Cow;

use ego_tree::NodeRef;
use scraper::Node;

use crate::dom;
use crate::escape::{push_attribute, push_text};
use crate::frame::Frame;
use crate::url::Urls;

/// Where an element may stand.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Place {
    /// Even where only words may stand that are set in one way or another.
    Words,
    /// In a line of text, so in captions too.
    Line,
    /// In a card only.
    Card,
}
use Place::{Card, Line, Words};

/// Every element that may be printed, with its attributes beyond [`EVERYWHERE`]. Of any other
/// element only the content is printed, and of those that [`dom::is_mute`] names not even that.
const ELEMENTS: &[(&str, Place, &[&str])] = &[
    ("a", Words, &["href", "rel", "target", "hreflang"]),
    ("abbr", Line, &[]),
    ("article", Card, &[]),
    ("aside", Card, &[]),
    ("audio", Card, &["src", "controls", "loop", "muted", "preload"]),
    ("b", Words, &[]),
    ("bdi", Line, &[]),
    ("bdo", Line, &[]),
    ("blockquote", Card, &["cite"]),
    ("br", Words, &[]),
    ("caption", Card, &[]),
    ("cite", Line, &[]),
    ("code", Words, &["spellcheck"]),
    ("col", Card, &["span"]),
    ("colgroup", Card, &["span"]),
    ("dd", Card, &[]),
    ("del", Words, &["cite", "datetime"]),
    ("details", Card, &["open"]),
    ("dfn", Line, &[]),
    ("div", Card, &[]),
    ("dl", Card, &[]),
    ("dt", Card, &[]),
    ("em", Words, &[]),
    ("figcaption", Card, &[]),
    ("figure", Card, &[]),
    ("footer", Card, &[]),
    ("h1", Card, &[]),
    ("h2", Card, &[]),
    ("h3", Card, &[]),
    ("h4", Card, &[]),
    ("h5", Card, &[]),
    ("h6", Card, &[]),
    ("header", Card, &[]),
    ("hr", Card, &[]),
    ("i", Words, &[]),
    ("img", Card, &["src", "alt", "width", "height", "loading", "decoding"]),
    ("ins", Line, &["cite", "datetime"]),
    ("kbd", Line, &[]),
    ("li", Card, &["value"]),
    ("mark", Words, &[]),
    ("ol", Card, &["start", "reversed", "type"]),
    ("p", Card, &[]),
    ("pre", Card, &[]),
    ("q", Line, &["cite"]),
    ("rp", Line, &[]),
    ("rt", Line, &[]),
    ("ruby", Line, &[]),
    ("s", Words, &[]),
    ("samp", Line, &[]),
    ("section", Card, &[]),
    ("small", Line, &[]),
    ("source", Card, &["src", "type"]),
    ("span", Line, &[]),
    ("strike", Line, &[]),
    ("strong", Words, &[]),
    ("sub", Words, &[]),
    ("summary", Card, &[]),
    ("sup", Words, &[]),
    ("table", Card, &[]),
    ("tbody", Card, &[]),
    ("td", Card, &["colspan", "rowspan", "headers"]),
    ("tfoot", Card, &[]),
    ("th", Card, &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("thead", Card, &[]),
    ("time", Line, &["datetime"]),
    ("tr", Card, &[]),
    ("track", Card, &["src", "kind", "srclang", "label", "default"]),
    ("u", Words, &[]),
    ("ul", Card, &[]),
    ("var", Line, &[]),
    ("video", Card, &["src", "controls", "loop", "muted", "playsinline", "poster", "preload", "width", "height"]),
    ("wbr", Line, &[]),
];

/// Attributes that every element may have, and `aria-…` with them.
const EVERYWHERE: [&str; 6] = ["class", "dir", "id", "lang", "role", "title"];

/// Values of `style` that are kept: what editors write into every caption, and the alignment of
/// table cells.
const STYLES: [&str; 7] = [
    "white-space: pre-wrap;",
    "text-align: left",
    "text-align: center",
    "text-align: right",
    "text-align:left",
    "text-align:center",
    "text-align:right",
];

const VOID: [&str; 7] = ["br", "col", "hr", "img", "source", "track", "wbr"];

/// The HTML of a card. Empty when it is beyond the [limits](crate::limits). Foreign pages in it become
/// links to them, with a frame that a click fills if `frames_open`.
pub(crate) fn card(html: &str, urls: &Urls<'_>, frames_open: bool) -> String {
    clean(html, Card, urls, frames_open)
}

/// The HTML of a caption or another field that holds a line of text.
pub(crate) fn caption<'h>(html: &'h str, urls: &Urls<'_>) -> Cow<'h, str> {
    line(html, Line, urls)
}

/// The HTML of a field in which Ghost keeps links and ways to set words, and nothing else.
pub(crate) fn words<'h>(html: &'h str, urls: &Urls<'_>) -> Cow<'h, str> {
    line(html, Words, urls)
}

fn line<'h>(html: &'h str, place: Place, urls: &Urls<'_>) -> Cow<'h, str> {
    if dom::is_plain(html) && !html.contains(['>', '\u{a0}']) {
        return Cow::Borrowed(html);
    }
    Cow::Owned(clean(html, place, urls, false))
}

/// The HTML of a caption that stands beside a manuscript (a lead picture's, say): what a line of
/// text may hold, through the parser and the allow list. `__GHOST_URL__` becomes `site`, which may
/// be empty.
pub fn inline_html(html: &str, site: &str) -> String {
    caption(html, &Urls::of_page(site)).into_owned()
}

fn clean(html: &str, place: Place, urls: &Urls<'_>, frames_open: bool) -> String {
    if html.is_empty() {
        return String::new();
    }
    let Ok(html) = dom::parse(html) else { return String::new() };
    let mut cleaner = Cleaner { out: String::new(), place, urls, frames_open };
    dom::content(&html).for_each(|node| cleaner.node(node));
    cleaner.out
}

struct Cleaner<'a> {
    out: String,
    place: Place,
    urls: &'a Urls<'a>,
    frames_open: bool,
}

impl Cleaner<'_> {
    fn node(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => push_text(&mut self.out, text),
            Node::Element(_) if dom::is_mute(&node) => {}
            Node::Element(_) => self.element(node),
            _ => {}
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>) {
        let Some(name) = dom::name(&node) else { return };
        match name {
            "iframe" | "embed" | "object" => return self.embedded(&node),
            _ => {}
        }
        let known = ELEMENTS.iter().find(|(known, place, _)| *known == name && *place <= self.place);
        let Some((_, _, attributes)) = known else {
            return node.children().for_each(|child| self.node(child));
        };
        if name == "img" && dom::attribute(&node, "src").and_then(|src| self.urls.media(src)).is_none() {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        let element = node.value().as_element();
        for (attribute, value) in element.into_iter().flat_map(|element| element.attrs()) {
            self.attribute(attribute, value, attributes);
        }
        self.out.push('>');
        if !VOID.contains(&name) {
            node.children().for_each(|child| self.node(child));
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn attribute(&mut self, name: &str, value: &str, allowed: &[&str]) {
        let value = match name {
            // A region that scrolls has to be reached by the keyboard.
            "tabindex" => (value == "0").then_some(Cow::Borrowed(value)),
            "style" => STYLES.contains(&value).then_some(Cow::Borrowed(value)),
            _ if EVERYWHERE.contains(&name) => Some(Cow::Borrowed(value)),
            _ if name.strip_prefix("aria-").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_lowercase())) => {
                Some(Cow::Borrowed(value))
            }
            _ if !allowed.contains(&name) => None,
            "href" | "cite" => self.urls.link(value),
            "src" | "poster" => self.urls.media(value),
            _ => Some(Cow::Borrowed(value)),
        };
        if let Some(value) = value {
            push_attribute(&mut self.out, name, &value);
        }
    }

    /// A foreign page inside ours is not loaded before the reader asks for it.
    fn embedded(&mut self, node: &NodeRef<'_, Node>) {
        let Some(src) = dom::attribute(node, "src").or_else(|| dom::attribute(node, "data")) else { return };
        if self.place != Card {
            return;
        }
        // What stands in a figure already has its caption there.
        let in_figure = node.ancestors().any(|outer| dom::name(&outer) == Some("figure"));
        if !in_figure {
            self.out.push_str("<figure class=\"kg-card kg-embed-card\">");
        }
        let title = dom::attribute(node, "title").unwrap_or_default();
        let frame = Frame { src, title, size: size(node), link: None };
        frame.print(self.urls, self.frames_open, &mut self.out);
        if !in_figure {
            self.out.push_str("</figure>");
        }
    }
}

/// Width and height in pixels, if both are given.
pub(crate) fn size(node: &NodeRef<'_, Node>) -> Option<(u32, u32)> {
    let pixels = |name| dom::attribute(node, name)?.parse::<u32>().ok().filter(|pixels| *pixels > 0);
    Some((pixels("width")?, pixels("height")?))
}

#[cfg(test)]
mod tests {
    use super::{ELEMENTS, caption, card};
    use crate::dom;
    use crate::url::Urls;

    fn urls() -> Urls<'static> {
        Urls::of_page("https://example.org")
    }

    #[test]
    fn a_caption_keeps_its_words_and_loses_its_blocks() {
        let html =
            "<p>By <a href=\"__GHOST_URL__/x/\">A</a></p><img src=\"/a.jpg\"><iframe src=\"https://a.org/\"></iframe>";
        assert_eq!(caption(html, &urls()), "By <a href=\"https://example.org/x/\">A</a>");
    }

    #[test]
    fn a_table_with_classes_passes() {
        let html =
            "<table class=\"x\"><tbody><tr><th scope=\"row\">a</th><td colspan=\"2\">b</td></tr></tbody></table>";
        assert_eq!(card(html, &urls(), true), html);
    }

    #[test]
    fn styles_and_handlers_go() {
        let html = "<p style=\"position: fixed\" onclick=\"x\" data-x=\"y\" aria-label=\"z\">a</p>";
        assert_eq!(card(html, &urls(), true), "<p aria-label=\"z\">a</p>");
    }

    #[test]
    fn no_element_is_both_listed_and_mute() {
        for (name, _, _) in ELEMENTS {
            let html = dom::parse(&format!("<{name}>")).unwrap();
            assert!(!dom::content(&html).any(|node| dom::is_mute(&node)), "{name}");
        }
        assert!(ELEMENTS.is_sorted_by_key(|(name, _, _)| name));
    }
}
