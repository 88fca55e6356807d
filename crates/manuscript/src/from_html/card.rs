//! Cards that are recognised in HTML: those that Ghost printed, and what other programs write for the same.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};
use serde_json::json;

use super::Importer;
use crate::cards::{Audio, Bookmark, Button, Callout, Card, CodeBlock, Embed, File, Toggle, Video};
use crate::document::Block;
use crate::dom;
use crate::fields::Json;
use crate::url::Urls;

impl Importer<'_> {
    /// A `<div>` or `<figure>` that Ghost printed for one of its cards. What is not known for sure is
    /// kept as HTML.
    pub(super) fn ghosts_card(&mut self, node: NodeRef<'_, Node>) {
        let has = |class| dom::has_class(&node, class);
        let card = if has("kg-bookmark-card") {
            bookmark(&node)
        } else if has("kg-callout-card") {
            callout(&node)
        } else if has("kg-button-card") {
            button(&node)
        } else if has("kg-toggle-card") {
            toggle(&node)
        } else if has("kg-file-card") {
            file(&node)
        } else if has("kg-audio-card") {
            audio_card(&node)
        } else if has("kg-video-card") {
            element(&node, "video").and_then(|player| video(&player)).map(Card::Video)
        } else {
            None
        };
        match card {
            Some(mut card) => {
                if let Some(caption) = super::figure::caption_of(&node) {
                    match &mut card {
                        Card::Video(video) => video.caption = caption.into(),
                        Card::Bookmark(bookmark) => bookmark.caption = caption.into(),
                        _ => {}
                    }
                }
                self.push(Block::card(card));
            }
            None => self.keep(node),
        }
    }

    /// A player, a foreign page or program text, in `whole` (itself or the figure around it).
    pub(super) fn player(&mut self, whole: NodeRef<'_, Node>, player: NodeRef<'_, Node>, caption: Option<String>) {
        let caption = caption.unwrap_or_default();
        let card = match dom::name(&player) {
            Some("iframe") => embed(&player).map(|card| Card::Embed(Embed { caption: caption.into(), ..card })),
            Some("video") => video(&player).map(|card| Card::Video(Video { caption: caption.into(), ..card })),
            Some("pre") => code(&player).map(|card| Card::Code(CodeBlock { caption: caption.into(), ..card })),
            // A recording has a title and no caption.
            Some("audio") => {
                audio(&player).map(|card| Card::Audio(Audio { title: dom::text(&caption).into_owned().into(), ..card }))
            }
            _ => None,
        };
        match card {
            Some(card) => self.push(Block::card(card)),
            None => self.keep(whole),
        }
    }

    /// A heading that opens a text.
    pub(super) fn details(&mut self, node: NodeRef<'_, Node>) {
        const SIMPLE: [&str; 21] = [
            "a", "b", "br", "code", "del", "em", "i", "li", "mark", "ol", "p", "s", "small", "span", "strong", "sub",
            "summary", "sup", "u", "ul", "details",
        ];
        let summary = node.children().find(|child| dom::name(child) == Some("summary"));
        let mut elements = node.descendants().filter(|inner| inner.value().is_element()).skip(1);
        let simple =
            elements.all(|inner| dom::name(&inner).is_some_and(|name| name != "details" && SIMPLE.contains(&name)));
        let Some(summary) = summary.and_then(ElementRef::wrap).filter(|_| simple) else { return self.keep(node) };
        let content: String =
            node.children().filter(|child| child.id() != summary.id()).map(|child| dom::outer(&child)).collect();
        self.push(Block::card(Card::Toggle(Toggle {
            heading: summary.inner_html().trim().to_owned().into(),
            content: content.trim().to_owned().into(),
            ..Toggle::blank()
        })));
    }
}

/// The first element of this name.
fn element<'a>(node: &NodeRef<'a, Node>, name: &str) -> Option<NodeRef<'a, Node>> {
    node.descendants().find(|inner| dom::name(inner) == Some(name))
}

/// The first element of this class.
fn of_class<'a>(node: &NodeRef<'a, Node>, class: &str) -> Option<NodeRef<'a, Node>> {
    node.descendants().find(|inner| dom::has_class(inner, class))
}

fn text_of(node: &NodeRef<'_, Node>, class: &str) -> String {
    of_class(node, class).map(|inner| dom::text(&dom::outer(&inner)).replace('\n', " ")).unwrap_or_default()
}

fn html_of(node: &NodeRef<'_, Node>, class: &str) -> String {
    of_class(node, class)
        .and_then(ElementRef::wrap)
        .map(|inner| inner.inner_html().trim().to_owned())
        .unwrap_or_default()
}

/// An address that may be loaded.
fn source(node: &NodeRef<'_, Node>, attribute: &str) -> Option<String> {
    let src = dom::attribute(node, attribute)?.trim();
    Urls::of_page("").media(src).map(|src| src.into_owned())
}

/// An address that may be followed.
fn target(node: &NodeRef<'_, Node>) -> Option<String> {
    let href = dom::attribute(node, "href")?.trim();
    Urls::of_page("").link(href).map(|href| href.into_owned())
}

fn embed(node: &NodeRef<'_, Node>) -> Option<Embed<'static>> {
    let url = source(node, "src")?;
    Some(Embed { url: url.into(), html: dom::outer(node).into(), ..Embed::blank() })
}

/// A film or recording with one source: its address and type. One with more, or with subtitles, says more than
/// a card can hold.
fn recording(node: &NodeRef<'_, Node>) -> Option<(String, String)> {
    let inside = |name: &'static str| node.descendants().filter(move |inner| dom::name(inner) == Some(name));
    let mut sources = inside("source");
    let (first, second) = (sources.next(), sources.next());
    if second.is_some() || inside("track").next().is_some() {
        return None;
    }
    let src = source(node, "src").or_else(|| source(first.as_ref()?, "src"))?;
    let kind = first.as_ref().and_then(|first| dom::attribute(first, "type")).unwrap_or_default();
    Some((src, kind.to_owned()))
}

fn video(node: &NodeRef<'_, Node>) -> Option<Video<'static>> {
    let (src, mime_type) = recording(node)?;
    let pixels = |name| dom::attribute(node, name).and_then(|pixels| pixels.parse().ok());
    Some(Video {
        file_name: file_name(&src).into(),
        src: src.into(),
        mime_type: mime_type.into(),
        width: pixels("width"),
        height: pixels("height"),
        loops: dom::attribute(node, "loop").is_some(),
        // Ghost prints an empty picture in the film's shape as its poster.
        thumbnail_src: source(node, "poster").filter(|src| !src.contains("spacergif")).unwrap_or_default().into(),
        ..Video::blank()
    })
}

fn audio(node: &NodeRef<'_, Node>) -> Option<Audio<'static>> {
    let (src, mime_type) = recording(node)?;
    Some(Audio { src: src.into(), mime_type: mime_type.into(), ..Audio::blank() })
}

fn audio_card(node: &NodeRef<'_, Node>) -> Option<Card<'static>> {
    let card = audio(&element(node, "audio")?)?;
    let thumbnail = of_class(node, "kg-audio-thumbnail").and_then(|picture| source(&picture, "src"));
    // Ghost's plugin writes minutes and seconds, its renderer seconds.
    let duration = text_of(node, "kg-audio-duration");
    let (minutes, seconds) = duration.split_once(':').unwrap_or(("0", &duration));
    let number = |digits: &str| digits.trim().parse::<f64>().unwrap_or_default();
    Some(Card::Audio(Audio {
        title: text_of(node, "kg-audio-title").into(),
        thumbnail_src: thumbnail.unwrap_or_default().into(),
        duration: number(minutes) * 60.0 + number(seconds),
        ..card
    }))
}

fn file_name(src: &str) -> String {
    src.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned()
}

/// Program text; `None` when more than text stands in it.
fn code(node: &NodeRef<'_, Node>) -> Option<CodeBlock<'static>> {
    let mut elements = node.descendants().skip(1).filter(|inner| inner.value().is_element());
    let inner = elements.next();
    // Colours of a highlighter are spans; anything else means something.
    if inner.is_some_and(|inner| dom::name(&inner) != Some("code"))
        || elements.any(|inner| dom::name(&inner) != Some("span"))
    {
        return None;
    }
    let class = |node: &NodeRef<'_, Node>| {
        let mut classes = dom::attribute(node, "class").unwrap_or_default().split_ascii_whitespace();
        classes
            .find_map(|class| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")))
            .map(str::to_owned)
    };
    let language = inner.as_ref().and_then(class).or_else(|| class(node)).unwrap_or_default();
    let code: String =
        node.descendants().filter_map(|inner| inner.value().as_text().map(|text| text.to_string())).collect();
    Some(CodeBlock { language: language.into(), code: code.into(), ..CodeBlock::blank() })
}

fn bookmark(node: &NodeRef<'_, Node>) -> Option<Card<'static>> {
    let url = target(&of_class(node, "kg-bookmark-container")?)?;
    let picture =
        |class| of_class(node, class).and_then(|inner| source(&element(&inner, "img")?, "src")).unwrap_or_default();
    let metadata = json!({
        "icon": picture("kg-bookmark-icon"),
        "title": text_of(node, "kg-bookmark-title"),
        "description": text_of(node, "kg-bookmark-description"),
        // Ghost swaps the two class names when it prints.
        "author": text_of(node, "kg-bookmark-publisher"),
        "publisher": text_of(node, "kg-bookmark-author"),
        "thumbnail": picture("kg-bookmark-thumbnail"),
    });
    Some(Card::Bookmark(Bookmark { url: url.into(), metadata: Json::of(&metadata), ..Bookmark::blank() }))
}

fn callout(node: &NodeRef<'_, Node>) -> Option<Card<'static>> {
    let color = dom::attribute(node, "class")?.split_ascii_whitespace();
    let color = color.filter_map(|class| class.strip_prefix("kg-callout-card-")).next().unwrap_or("grey");
    let emoji = text_of(node, "kg-callout-emoji");
    Some(Card::Callout(Callout {
        callout_text: html_of(node, "kg-callout-text").into(),
        callout_emoji: (!emoji.is_empty()).then(|| emoji.into()),
        background_color: color.to_owned().into(),
        ..Callout::blank()
    }))
}

fn button(node: &NodeRef<'_, Node>) -> Option<Card<'static>> {
    let link = element(node, "a")?;
    let alignment = if dom::has_class(node, "kg-align-left") { "left" } else { "center" };
    Some(Card::Button(Button {
        button_url: target(&link)?.into(),
        button_text: dom::text(&dom::outer(&link)).into_owned().into(),
        alignment: alignment.into(),
        ..Button::blank()
    }))
}

fn toggle(node: &NodeRef<'_, Node>) -> Option<Card<'static>> {
    of_class(node, "kg-toggle-content")?;
    Some(Card::Toggle(Toggle {
        heading: html_of(node, "kg-toggle-heading-text").into(),
        content: html_of(node, "kg-toggle-content").into(),
        ..Toggle::blank()
    }))
}

fn file(node: &NodeRef<'_, Node>) -> Option<Card<'static>> {
    let src = target(&of_class(node, "kg-file-card-container")?)?;
    Some(Card::File(File {
        src: src.into(),
        file_title: text_of(node, "kg-file-card-title").into(),
        file_caption: text_of(node, "kg-file-card-caption").into(),
        file_name: text_of(node, "kg-file-card-filename").into(),
        file_size: bytes(&text_of(node, "kg-file-card-filesize")),
        ..File::blank()
    }))
}

/// `1.5 MB`, as Ghost prints sizes, in bytes.
fn bytes(words: &str) -> u32 {
    let (number, unit) = words.split_once(' ').unwrap_or((words, ""));
    let factor = match unit {
        "KB" => 1024.0,
        "MB" => 1024.0 * 1024.0,
        "GB" => 1024.0 * 1024.0 * 1024.0,
        _ => 1.0,
    };
    (number.parse::<f64>().unwrap_or_default() * factor) as u32
}
