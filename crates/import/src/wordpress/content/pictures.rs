//! Pictures: what the content says of one, and what the media library knows.

use manuscript::{Block, Card, Gallery, GalleryImage, Image};

use super::tags::{self, Tag, Token, Tokens, push_attribute};
use super::{Attachment, Work, clean};

/// A picture of a body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Picture {
    pub src: String,
    pub alt: String,
    pub title: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// Where a click leads; empty for nowhere.
    pub href: String,
    /// HTML; empty for none.
    pub caption: String,
}

/// How many pictures of a gallery stand side by side.
const IN_A_ROW: usize = 3;

impl Work<'_> {
    /// The picture of an `<img>`; `None` when it has no address, or is one that counts readers.
    pub(super) fn picture(&self, tag: &Tag<'_>) -> Option<Picture> {
        let text = |name| tag.raw(name).map(plain).unwrap_or_default();
        // Pages that load pictures late keep the address elsewhere.
        let sources = ["src", "data-src", "data-lazy-src", "data-orig-file", "data-original"];
        let src = sources.iter().map(|name| text(name)).find(|src| !src.is_empty() && !src.starts_with("data:"))?;
        let pixels = |name| tag.raw(name).and_then(|pixels| pixels.trim().trim_end_matches("px").parse::<u32>().ok());
        let (width, height) = (pixels("width"), pixels("height"));
        if matches!((width, height), (Some(0..=1), Some(0..=1))) {
            return None;
        }
        let numbered = |class: &str| class.strip_prefix("wp-image-")?.parse().ok();
        let id = tag.classes().find_map(numbered);
        let id = id.or_else(|| ["data-id", "data-attachment-id"].iter().find_map(|name| tag.raw(name)?.parse().ok()));
        let picture = Picture { alt: text("alt"), title: text("title"), width, height, src, ..Picture::default() };
        Some(self.completed(picture, id.and_then(|id| self.attachment(id))))
    }

    /// A picture of the media library by itself.
    pub(super) fn picture_of(&self, id: u64) -> Option<Picture> {
        let attachment = self.attachment(id).filter(|attachment| !attachment.url.is_empty())?;
        let picture = Picture { src: attachment.url.clone(), ..Picture::default() };
        Some(self.completed(picture, Some(attachment)))
    }

    /// Takes from the library what the content does not say, and the original instead of a smaller copy.
    fn completed(&self, mut picture: Picture, attachment: Option<&Attachment>) -> Picture {
        if let Some(attachment) = attachment {
            if picture.alt.is_empty() {
                picture.alt = attachment.alt.clone();
            }
            if is_copy_of(&picture.src, &attachment.url) {
                picture.src = attachment.url.clone();
                if attachment.width.is_some() && attachment.height.is_some() {
                    (picture.width, picture.height) = (attachment.width, attachment.height);
                }
            }
        }
        // Older editors wrote the name of the file there.
        let says_nothing = |title: &str| {
            title == picture.alt || stem(&picture.src) == title || attachment.is_some_and(|file| file.title == title)
        };
        if says_nothing(&picture.title) {
            picture.title.clear();
        }
        picture.src = self.address(&picture.src).into_owned();
        picture
    }

    /// The pictures in a piece of HTML, each with its link and caption, and the caption of all.
    pub(super) fn pictures_in(&mut self, html: &str) -> (Vec<Picture>, String) {
        let (mut pictures, mut of_all): (Vec<Picture>, _) = (Vec::new(), String::new());
        let (mut figures, mut href) = (0usize, String::new());
        // The name of the caption's element, where it begins, and whether it is that of all.
        let mut caption: Option<(&str, usize, bool)> = None;
        let outer = usize::from(is_outermost(html));
        let mut tokens = Tokens::of(html);
        loop {
            let at = tokens.at();
            match tokens.next() {
                None => break,
                Some(Token::Open(tag)) if caption.is_none() && is_caption(&tag) => {
                    let is_of_all = tag.has_class("blocks-gallery-caption") || tag.is("figcaption") && figures <= outer;
                    caption = Some((tag.name, tokens.at(), is_of_all));
                }
                Some(Token::Open(tag)) if tag.is("figure") => figures += 1,
                Some(Token::Open(tag)) if tag.is("a") => href = tag.value("href").unwrap_or_default().into_owned(),
                Some(Token::Open(tag)) if tag.is("img") && caption.is_none() => {
                    if let Some(picture) = self.picture(&tag) {
                        pictures.push(Picture { href: self.address(&href).into_owned(), ..picture });
                    }
                }
                Some(Token::Close(name)) => match caption {
                    Some((element, start, is_of_all)) if element.eq_ignore_ascii_case(name) => {
                        caption = None;
                        let line = self.line(&html[start..at]);
                        match pictures.last_mut().filter(|_| !is_of_all) {
                            Some(last) => last.caption = line,
                            None => of_all = line,
                        }
                    }
                    _ if name.eq_ignore_ascii_case("figure") => figures = figures.saturating_sub(1),
                    _ if name.eq_ignore_ascii_case("a") => href.clear(),
                    _ => {}
                },
                Some(_) => {}
            }
        }
        (pictures, of_all)
    }

    /// Several pictures as a gallery. With captions of their own they stay pictures, because a gallery has one caption
    /// for all.
    pub(super) fn gallery(&mut self, pictures: Vec<Picture>, caption: String) -> Vec<Block<'static>> {
        let is_alone = pictures.len() == 1;
        if is_alone || pictures.iter().any(|picture| !picture.caption.is_empty()) {
            let mut blocks: Vec<_> = pictures.into_iter().map(image).collect();
            blocks.extend(clean::nodes_of_line(&caption));
            return blocks;
        }
        if pictures.is_empty() {
            return clean::nodes_of_line(&caption);
        }
        let images = pictures.into_iter().enumerate().map(|(number, picture)| {
            let mut image = GalleryImage::new(picture.src);
            image.file_name = image.src.rsplit('/').next().unwrap_or_default().to_owned().into();
            image.row = u32::try_from(number / IN_A_ROW).unwrap_or(u32::MAX);
            (image.width, image.height) = (picture.width, picture.height);
            image.alt = picture.alt.into();
            image.title = picture.title.into();
            image.href = picture.href.into();
            image
        });
        let mut gallery = Gallery::blank();
        gallery.images = images.collect();
        gallery.caption = caption.into();
        vec![Block::card(Card::Gallery(gallery))]
    }
}

impl Picture {
    /// The picture as an `<img>`.
    pub(super) fn tag(&self) -> String {
        let mut tag = String::from("<img");
        let mut text = |name, value: &str| push_attribute(&mut tag, name, &value.replace('&', "&amp;"));
        text("src", &self.src);
        text("alt", &self.alt);
        if !self.title.is_empty() {
            text("title", &self.title);
        }
        for (name, pixels) in [("width", self.width), ("height", self.height)] {
            if let Some(pixels) = pixels {
                text(name, &pixels.to_string());
            }
        }
        tag.push('>');
        tag
    }
}

/// A picture as a card.
pub(super) fn image(picture: Picture) -> Block<'static> {
    let mut image = Image::new(picture.src);
    (image.width, image.height) = (picture.width, picture.height);
    image.alt = picture.alt.into();
    image.title = picture.title.into();
    image.href = picture.href.into();
    image.caption = picture.caption.into();
    Block::image(image)
}

/// Whether an element holds the words under a picture.
pub(super) fn is_caption(tag: &Tag<'_>) -> bool {
    const CLASSES: [&str; 5] = [
        "wp-caption-text",
        "wp-caption-dd",
        "gallery-caption",
        "blocks-gallery-caption",
        "blocks-gallery-item__caption",
    ];
    tag.is("figcaption") || tag.classes().any(|class| CLASSES.contains(&class))
}

/// Whether the figure of a gallery is around the whole.
fn is_outermost(html: &str) -> bool {
    matches!(Tokens::of(html.trim_start()).next(), Some(Token::Open(tag)) if tag.is("figure") && tag.has_class("wp-block-gallery"))
}

/// Whether an address is that of a smaller copy of an original, or of the original itself.
fn is_copy_of(copy: &str, original: &str) -> bool {
    !original.is_empty() && folder(copy).ends_with(folder(original)) && plain_stem(copy) == plain_stem(original)
}

/// The part of an address that names the folder below the host.
fn folder(url: &str) -> &str {
    let path = url.split_once("//").map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    path.split(['?', '#']).next().and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder)
}

/// The name of a file without its ending.
fn stem(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// And without what WordPress adds for a copy: `-300x200`, `-scaled`, `-rotated`.
fn plain_stem(url: &str) -> &str {
    let mut name = stem(url);
    if let Some((before, size)) = name.rsplit_once('-')
        && let Some((width, height)) = size.split_once('x')
        && [width, height].iter().all(|side| !side.is_empty() && side.bytes().all(|byte| byte.is_ascii_digit()))
    {
        name = before;
    }
    ["-scaled", "-rotated"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// An attribute or a title as plain text.
pub(super) fn plain(text: &str) -> String {
    tags::plain(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_told_from_another_picture() {
        let original = "https://example.org/wp-content/uploads/2020/05/sea-wall.jpg";
        for copy in ["sea-wall-300x200.jpg", "sea-wall-scaled.jpg", "sea-wall.jpg?w=604", "sea-wall.webp"] {
            assert!(
                is_copy_of(&format!("http://www.example.org/wp-content/uploads/2020/05/{copy}"), original),
                "{copy}"
            );
        }
        for other in ["sea-wall-1.jpg", "sea.jpg", "sea-wall-e1590000000000.jpg", "sea-wall-ax200.jpg"] {
            assert!(
                !is_copy_of(&format!("https://example.org/wp-content/uploads/2020/05/{other}"), original),
                "{other}"
            );
        }
        assert!(!is_copy_of("https://example.org/wp-content/uploads/2020/06/sea-wall.jpg", original));
    }
}
