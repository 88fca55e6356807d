//! The lead picture of an article, as WordPress hands out pictures.

use serde_json::{Map, Value as Json, json};

use super::collection::Collection;
use super::number;
use super::shape::{Links, brief, gmt, local, words};
use crate::site::furniture::Furniture;
use crate::site::{Post, values};

/// Where our own pictures lie.
const IMAGES: &str = "/content/images/";
/// WordPress's names of smaller forms, and the widths in which we make them.
const SIZES: [(&str, u32); 4] = [("thumbnail", 600), ("medium", 600), ("medium_large", 1000), ("large", 1200)];
/// What stands of it beside its article.
const BRIEF: [&str; 13] = [
    "id",
    "date",
    "slug",
    "type",
    "link",
    "title",
    "author",
    "caption",
    "alt_text",
    "media_type",
    "mime_type",
    "media_details",
    "source_url",
];

/// The address of the lead picture, as it was written.
pub fn src_of(post: &Post) -> Option<&str> {
    post.article.lead_picture.as_ref()?.src.as_deref().filter(|src| !src.is_empty())
}

/// The full address of the lead picture.
pub fn url_of(post: &Post) -> Option<String> {
    src_of(post).map(|src| post.furniture().absolute(src))
}

/// The lead picture; `None` where there is no file.
pub fn media(post: &Post, is_brief: bool) -> Option<Json> {
    let (furniture, article) = (post.furniture(), &post.article);
    let picture = article.lead_picture.as_ref()?;
    let url = url_of(post)?;
    let number = number::of_picture(&article.id);
    let published = article.published_at.unwrap_or(article.created_at);
    let file = url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let slug = news::Slug::of(stem).map(String::from).unwrap_or_else(|| "picture".into());
    let alt = picture.alt.as_deref().unwrap_or_default();
    let line = values::caption_line(picture);
    let links = Links::of(furniture);
    let mut media = json!({
        "id": number,
        "date": local(furniture, published), "date_gmt": gmt(published),
        "guid": { "rendered": url },
        "modified": local(furniture, article.updated_at), "modified_gmt": gmt(article.updated_at),
        "slug": slug, "status": "inherit", "type": "attachment",
        "link": furniture.full(post.path()),
        "title": { "rendered": words(stem) },
        "author": post.authors.first().map_or(0, |author| number::of(&author.id)),
        "featured_media": 0,
        "comment_status": "closed", "ping_status": "closed", "template": "", "meta": [],
        "description": { "rendered": theme::credit::figure(&url, alt, line.as_deref()) },
        "caption": { "rendered": line.unwrap_or_default() },
        "alt_text": alt,
        "media_type": "image", "mime_type": mime(file),
        "media_details": details(furniture, post, &url, file),
        "post": number::of(&article.id),
        "source_url": url,
    });
    media["_links"] = json!({
        "self": links.to(&format!("media/{number}")),
        "collection": links.to(Collection::Media.name()),
        "about": links.to("types/attachment"),
        "author": links.authors(post),
    });
    Some(if is_brief { brief(media, &BRIEF) } else { media })
}

/// How large it is, what is said of its rights, and where smaller forms are. Of a picture whose size nobody noted, the
/// forms are named without one.
fn details(furniture: &Furniture, post: &Post, url: &str, file: &str) -> Json {
    let Some(picture) = &post.article.lead_picture else { return json!({}) };
    let own = url.strip_prefix(&furniture.url).and_then(|path| path.strip_prefix(IMAGES));
    let mime = mime(file);
    let form = |source: &str, size: Option<(u32, u32)>| {
        let mut form = json!({ "file": source.rsplit('/').next(), "mime_type": mime, "source_url": source });
        if let Some((width, height)) = size {
            form["width"] = width.into();
            form["height"] = height.into();
        }
        form
    };
    let whole = picture.width.zip(picture.height).filter(|(width, height)| *width > 0 && *height > 0);
    let mut sizes = Map::new();
    // One of the sizes is no original, and a drawing needs none.
    let can_shrink = own.filter(|name| !name.starts_with("size/") && mime != "image/svg+xml");
    for (name, width) in SIZES {
        let Some(picture) = can_shrink.filter(|_| whole.is_none_or(|(whole, _)| whole > width)) else { continue };
        let source = furniture.full(&format!("{IMAGES}size/w{width}/{picture}"));
        let height = |(w, h): (u32, u32)| (f64::from(h) * f64::from(width) / f64::from(w)).round() as u32;
        sizes.insert(name.to_owned(), form(&source, whole.map(|whole| (width, height(whole)))));
    }
    sizes.insert("full".to_owned(), form(url, whole));
    let mut details = Map::new();
    if let Some((width, height)) = whole {
        details.insert("width".to_owned(), width.into());
        details.insert("height".to_owned(), height.into());
    }
    details.insert("file".to_owned(), own.unwrap_or(file).into());
    details.insert("sizes".to_owned(), sizes.into());
    let credit = picture.credit.as_ref();
    let by = credit.and_then(|credit| credit.creator.as_deref().or(credit.organisation.as_deref()));
    details.insert(
        "image_meta".to_owned(),
        json!({
            "aperture": "0", "credit": by.unwrap_or_default(), "camera": "",
            "caption": picture.caption.as_deref().unwrap_or_default(), "created_timestamp": "0",
            "copyright": credit.map_or("", |credit| credit.text.as_str()), "focal_length": "0", "iso": "0",
            "shutter_speed": "0", "title": credit.and_then(|credit| credit.title.as_deref()).unwrap_or_default(),
            "orientation": "0", "keywords": [],
        }),
    );
    details.into()
}

/// The type, as far as the name tells it.
fn mime(file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("png") => "image/png",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("svg") => "image/svg+xml",
        _ => "image/jpeg",
    }
}

#[cfg(test)]
mod tests {
    use super::mime;

    #[test]
    fn the_type_of_a_picture_is_read_from_its_name() {
        for (file, kind) in [("a.PNG", "image/png"), ("a.b.webp", "image/webp"), ("photo", "image/jpeg")] {
            assert_eq!(mime(file), kind, "{file}");
        }
    }
}
