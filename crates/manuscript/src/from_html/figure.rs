use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::Importer;
use super::line::Style;
use crate::cards::{Card, Gallery, GalleryImage, Image};
use crate::document::Block;
use crate::dom;
use crate::url::Urls;

/// What makes a figure more than a picture with words.
const MORE_THAN_A_PICTURE: [&str; 7] = ["table", "ul", "ol", "dl", "embed", "object", "details"];

impl Importer<'_> {
    /// A picture by itself. One without a safe address is dropped.
    pub(super) fn picture(&mut self, node: NodeRef<'_, Node>, style: &Style) {
        if let Some(image) = image(&node, style) {
            self.push(Block::image(image));
        }
    }

    /// One picture with its caption becomes a picture, several a gallery, a quotation a quotation, a player a
    /// player; any other figure is kept as HTML.
    pub(super) fn figure(&mut self, node: NodeRef<'_, Node>, style: &Style) {
        let inside = |names: &[&str]| {
            let found = node.descendants().filter(|inner| dom::name(inner).is_some_and(|name| names.contains(&name)));
            found.collect::<Vec<_>>()
        };
        let players = inside(&["iframe", "video", "audio", "pre"]);
        let [pictures, quotes, more] = [inside(&["img"]), inside(&["blockquote"]), inside(&MORE_THAN_A_PICTURE)];
        // Ghost's galleries and WordPress's old ones are made of lists.
        let is_gallery =
            ["kg-gallery-card", "wp-block-gallery", "gallery"].iter().any(|class| dom::has_class(&node, class));
        match (&players[..], &pictures[..], &quotes[..]) {
            ([], [_, ..], []) if is_gallery => self.gallery(node, &pictures),
            _ if !more.is_empty() => self.keep(node),
            ([player], [], []) => self.player(node, *player, caption_of(&node)),
            ([], [picture], []) => self.captioned(node, *picture, style),
            ([], [_, _, ..], []) => self.gallery(node, &pictures),
            ([], [], [_, ..]) => self.block(node, style),
            ([], [], []) if dom::name(&node) == Some("div") => self.block(node, style),
            _ => self.keep(node),
        }
    }

    /// Pictures with captions of their own stay pictures, because a gallery has one caption for all.
    fn gallery(&mut self, node: NodeRef<'_, Node>, pictures: &[NodeRef<'_, Node>]) {
        let figures: Vec<_> =
            node.descendants().skip(1).filter(|inner| matches!(dom::name(inner), Some("figure" | "dl"))).collect();
        let own =
            |figure: &NodeRef<'_, Node>| figure.descendants().any(|inner| is_caption(&inner) && !dom::is_blank(&inner));
        if figures.iter().any(own) {
            for figure in &figures {
                let mut inner = figure.descendants();
                if let Some(picture) = inner.find(|inner| dom::name(inner) == Some("img")) {
                    self.captioned(*figure, picture, &Style::default());
                }
            }
            return;
        }
        let images = pictures.iter().filter_map(|picture| {
            let link = picture.ancestors().find(|node| dom::name(node) == Some("a"));
            let style = link.map_or_else(Style::default, |link| super::link_style(&link, Style::default()));
            image(picture, &style)
        });
        let images = images.enumerate().map(|(number, image)| GalleryImage {
            file_name: image.src.rsplit(['/', '\\']).next().unwrap_or_default().to_owned().into(),
            row: u32::try_from(number / IMAGES_IN_A_ROW).unwrap_or(u32::MAX),
            width: image.width,
            height: image.height,
            alt: image.alt,
            title: image.title,
            href: image.href,
            ..GalleryImage::new(image.src)
        });
        let images = images.collect();
        let caption = caption_of(&node).unwrap_or_default().into();
        self.push(Block::card(Card::Gallery(Gallery { images, caption, ..Gallery::blank() })));
    }

    fn captioned(&mut self, figure: NodeRef<'_, Node>, picture: NodeRef<'_, Node>, style: &Style) {
        let link = picture.ancestors().find(|node| dom::name(node) == Some("a"));
        let style = link.map_or_else(|| style.clone(), |link| super::link_style(&link, style.clone()));
        let Some(mut image) = image(&picture, &style) else { return };
        if let Some(caption) = caption_of(&figure) {
            image.caption = caption.into();
        }
        let wide = ["kg-width-wide", "alignwide"].iter().any(|class| dom::has_class(&figure, class));
        let full = ["kg-width-full", "alignfull"].iter().any(|class| dom::has_class(&figure, class));
        if wide {
            image.card_width = "wide".into();
        } else if full {
            image.card_width = "full".into();
        }
        self.push(Block::image(image));
    }
}

const IMAGES_IN_A_ROW: usize = 3;

fn is_caption(node: &NodeRef<'_, Node>) -> bool {
    let classes = ["wp-caption-text", "blocks-gallery-caption", "wp-caption-dd", "gallery-caption"];
    dom::name(node) == Some("figcaption") || classes.iter().any(|class| dom::has_class(node, class))
}

/// The HTML of a figure's caption; `None` when it says nothing.
pub(super) fn caption_of(figure: &NodeRef<'_, Node>) -> Option<String> {
    let caption = figure.descendants().find(is_caption).and_then(ElementRef::wrap)?;
    Some(caption.inner_html().trim().to_owned()).filter(|caption| !caption.is_empty())
}

fn image(node: &NodeRef<'_, Node>, style: &Style) -> Option<Image<'static>> {
    // Pages that load pictures late keep the address elsewhere.
    let sources = ["src", "data-src", "data-lazy-src"];
    let safe = |src: &&str| Urls::of_page("").media(src).is_some();
    let src = sources.iter().find_map(|name| dom::attribute(node, name).map(str::trim).filter(safe))?;
    let text = |name| dom::attribute(node, name).unwrap_or_default().to_owned();
    let pixels = |name| dom::attribute(node, name).and_then(|pixels| pixels.parse().ok());
    Some(Image {
        width: pixels("width"),
        height: pixels("height"),
        alt: text("alt").into(),
        title: text("title").into(),
        href: style.link.as_ref().map(|link| link.url.clone()).unwrap_or_default().into(),
        ..Image::new(src.to_owned())
    })
}
