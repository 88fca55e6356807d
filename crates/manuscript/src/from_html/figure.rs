use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::Importer;
use super::line::Style;
use crate::cards::Image;
use crate::document::Block;
use crate::dom;
use crate::url::Urls;

/// What makes a figure more than a picture with words.
const MORE_THAN_A_PICTURE: [&str; 11] =
    ["iframe", "video", "audio", "table", "pre", "ul", "ol", "dl", "embed", "object", "details"];

impl Importer<'_> {
    /// A picture by itself. One without a safe address is dropped.
    pub(super) fn picture(&mut self, node: NodeRef<'_, Node>, style: &Style) {
        if let Some(image) = image(&node, style) {
            self.push(Block::image(image));
        }
    }

    /// One picture with its caption becomes a picture, a quotation a quotation; any other figure is
    /// kept as HTML.
    pub(super) fn figure(&mut self, node: NodeRef<'_, Node>, style: &Style) {
        let inside = |names: &[&str]| {
            let found = node.descendants().filter(|inner| dom::name(inner).is_some_and(|name| names.contains(&name)));
            found.collect::<Vec<_>>()
        };
        let [pictures, quotes, more] = [inside(&["img"]), inside(&["blockquote"]), inside(&MORE_THAN_A_PICTURE)];
        // Other kinds of Ghost's cards show one picture too, a bookmark for instance.
        let is_other_card = dom::has_class(&node, "kg-card") && !dom::has_class(&node, "kg-image-card");
        match (&pictures[..], &quotes[..]) {
            _ if is_other_card || !more.is_empty() => self.keep(node),
            ([picture], []) => self.captioned(node, *picture, style),
            ([], [_, ..]) => self.block(node, style),
            ([], []) if dom::name(&node) == Some("div") => self.block(node, style),
            _ => self.keep(node),
        }
    }

    fn captioned(&mut self, figure: NodeRef<'_, Node>, picture: NodeRef<'_, Node>, style: &Style) {
        let link = picture.ancestors().find(|node| dom::name(node) == Some("a"));
        let style = link.map_or_else(|| style.clone(), |link| super::link_style(&link, style.clone()));
        let Some(mut image) = image(&picture, &style) else { return };
        let is_caption =
            |node: &NodeRef<'_, Node>| dom::name(node) == Some("figcaption") || dom::has_class(node, "wp-caption-text");
        if let Some(caption) = figure.descendants().find(is_caption).and_then(ElementRef::wrap) {
            image.caption = caption.inner_html().trim().to_owned();
        }
        let wide = ["kg-width-wide", "alignwide"].iter().any(|class| dom::has_class(&figure, class));
        let full = ["kg-width-full", "alignfull"].iter().any(|class| dom::has_class(&figure, class));
        if wide {
            image.card_width = "wide".to_owned();
        } else if full {
            image.card_width = "full".to_owned();
        }
        self.push(Block::image(image));
    }
}

fn image(node: &NodeRef<'_, Node>, style: &Style) -> Option<Image> {
    // Pages that load pictures late keep the address elsewhere.
    let sources = ["src", "data-src", "data-lazy-src"];
    let safe = |src: &&str| Urls::of_page("").media(src).is_some();
    let src = sources.iter().find_map(|name| dom::attribute(node, name).map(str::trim).filter(safe))?;
    let text = |name| dom::attribute(node, name).unwrap_or_default().to_owned();
    let pixels = |name| dom::attribute(node, name).and_then(|pixels| pixels.parse().ok());
    Some(Image {
        width: pixels("width"),
        height: pixels("height"),
        alt: text("alt"),
        title: text("title"),
        href: style.link.as_ref().map(|link| link.url.clone()).unwrap_or_default(),
        ..Image::new(src)
    })
}
