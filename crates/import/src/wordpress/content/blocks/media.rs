//! Blocks of pictures, files and pages of other sites.

use manuscript::{Block as Node, Card, File};

use super::super::pictures::{Picture, plain as plain_text};
use super::super::tags::{Tag, Token, Tokens, decode};
use super::super::{Work, clean, marks, providers};
use super::grammar::Block;
use super::plain;

/// A gallery of any of three generations: a list, a figure with a list, a figure with blocks.
pub(super) fn gallery(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let (mut pictures, caption) = work.pictures_in(&block.html());
    if pictures.is_empty() {
        let ids = block.settings.get("ids").and_then(|ids| ids.as_array());
        let ids = ids.into_iter().flatten().filter_map(|id| id.as_u64().or_else(|| id.as_str()?.parse().ok()));
        pictures = ids.filter_map(|id: u64| work.picture_of(id)).collect();
    }
    let blocks = work.gallery(pictures, caption);
    out.push_str(&work.cards.mark(blocks));
}

/// A picture. Which one of the library it is stands in a class of the `<img>`, or only beside the block.
pub(super) fn image(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let start = out.len();
    plain(block, work, out);
    if let (Some(id), Some(at)) = (block.number("id"), out[start..].find("<img"))
        && !out[start..].contains("wp-image-")
    {
        out.insert_str(start + at + "<img".len(), &format!(" class=\"wp-image-{id}\""));
    }
}

/// A page of another site, shown in place.
pub(super) fn embed(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let html = block.html();
    let written = clean::paragraphs(&html).into_iter().find(|line| providers::is_address(line));
    let url = Some(block.text("url")).filter(|url| !url.is_empty()).map(str::to_owned).or(written);
    let caption = caption(&html).map(|caption| work.line(caption)).unwrap_or_default();
    // Nothing was chosen yet, or what stands there is no address: whatever it is stays.
    let Some(card) = url.and_then(|url| work.page(&url, &caption)) else { return plain(block, work, out) };
    out.push_str(&work.cards.mark(vec![card]));
}

/// What stands in the first `<figcaption>`.
fn caption(html: &str) -> Option<&str> {
    let (mut begin, mut tokens) = (None, Tokens::of(html));
    loop {
        let at = tokens.at();
        match tokens.next()? {
            Token::Open(tag) if tag.is("figcaption") => begin = begin.or(Some(tokens.at())),
            Token::Close(name) if name.eq_ignore_ascii_case("figcaption") => return Some(&html[begin?..at]),
            _ => {}
        }
    }
}

/// A file to take away.
pub(super) fn file(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let html = block.html();
    let (mut href, mut label) = (block.text("href").to_owned(), String::new());
    let mut reads = false;
    for token in Tokens::of(&html) {
        match token {
            Token::Open(tag) if tag.is("a") => {
                let is_button = tag.has_class("wp-block-file__button");
                reads = !is_button && label.is_empty();
                if href.is_empty() {
                    href = tag.value("href").unwrap_or_default().into_owned();
                }
            }
            Token::Close(name) if name.eq_ignore_ascii_case("a") => reads = false,
            Token::Text(text) if reads => label.push_str(&decode(&marks::without(text))),
            _ => {}
        }
    }
    if href.is_empty() {
        return plain(block, work, out);
    }
    let attachment = block.number("id").and_then(|id| work.attachment(id));
    let title = attachment.map(|file| plain_text(&file.title)).filter(|_| label.trim().is_empty());
    let mut file = File::blank();
    file.file_name = name_of(&href).into();
    file.file_title = title.unwrap_or_else(|| label.trim().to_owned()).into();
    file.src = work.address(&href).into_owned().into();
    out.push_str(&work.cards.mark(vec![Node::card(Card::File(file))]));
}

fn name_of(src: &str) -> String {
    src.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned()
}

/// A picture with words on it: the picture, then the words. Old ones have the picture in a style.
pub(super) fn cover(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let html = block.html();
    let mut is_shown = false;
    let mut styled = None;
    for token in Tokens::of(&html) {
        let Token::Open(tag) = token else { continue };
        let is_background = tag.classes().any(|class| class.starts_with("wp-block-cover__"));
        is_shown |= (tag.is("img") || tag.is("video")) && is_background;
        if styled.is_none() && tag.classes().any(|class| class.starts_with("wp-block-cover")) {
            styled = background(&tag);
        }
    }
    let url = Some(block.text("url")).filter(|url| !url.is_empty()).map(str::to_owned).or(styled);
    if let Some(src) = url.filter(|_| !is_shown && block.text("backgroundType") != "video") {
        let known = block.number("id").and_then(|id| work.attachment(id)).map(|file| file.alt.clone());
        let alt = Some(block.text("alt")).filter(|alt| !alt.is_empty()).map(str::to_owned).or(known);
        let picture =
            Picture { src: work.address(&src).into_owned(), alt: alt.unwrap_or_default(), ..Picture::default() };
        out.push_str(&picture.tag());
    }
    plain(block, work, out);
}

/// The picture behind an element.
fn background(tag: &Tag<'_>) -> Option<String> {
    let style = tag.value("style")?.into_owned();
    let (_, url) = style.split_once("url(")?;
    let url = url.split(')').next()?.trim_matches(['"', '\'', ' ']);
    (!url.is_empty()).then(|| url.to_owned())
}
