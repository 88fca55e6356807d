//! Feeds: RSS 2.0 with full text and media credit, JSON Feed 1.1.

use std::sync::Arc;

use http::header;
use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesText, Event};
use serde_json::{Value, json};

use super::Answer;
use super::article::{self, public_part};
use super::corrections::label;
use super::furniture::Furniture;
use super::head::absolute;
use super::lists::Of;
use super::route::List;
use super::values::{self, Post, Whole};
use super::xml::clean;
use crate::pages::{Fresh, Keep};
use crate::{App, Error};
use news::{Id, Place};

/// Articles in a feed.
pub(super) const ARTICLES: u32 = 20;

struct Feed {
    furniture: Arc<Furniture>,
    title: String,
    description: String,
    /// The path of the list, with a slash at the end.
    path: String,
    posts: Vec<Arc<Post>>,
    places: Vec<Place>,
}

/// RSS 2.0 of a list.
pub async fn rss(app: &Arc<App>, list: &List) -> Result<Answer, Error> {
    as_rss(read(app, list).await?)
}

/// RSS 2.0 of articles that were chosen otherwise, for the list at a path.
pub async fn rss_of(
    furniture: &Arc<Furniture>,
    path: &str,
    name: &str,
    ids: impl Iterator<Item = Id>,
    mut places: Vec<Place>,
) -> Result<Answer, Error> {
    let posts = with_text(furniture, ids).await?;
    places.push(Place::Everything);
    places.extend(values::places_of(&posts));
    let settings = &furniture.settings;
    let title = if name.is_empty() { settings.title.clone() } else { format!("{}: {name}", settings.title) };
    let description = settings.description.clone();
    as_rss(Feed { furniture: furniture.clone(), title, description, path: path.to_owned(), posts, places })
}

fn as_rss(feed: Feed) -> Result<Answer, Error> {
    let xml = rss_text(&feed).map_err(Error::Io)?;
    let mut fresh = Fresh::new("application/rss+xml; charset=utf-8", xml);
    fresh.headers.push((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".into()));
    Ok(Answer::kept(fresh, feed.places, Keep::First))
}

/// JSON Feed 1.1 of a list.
pub async fn json(app: &Arc<App>, list: &List) -> Result<Answer, Error> {
    let feed = read(app, list).await?;
    let text = serde_json::to_vec(&json_value(&feed)?).map_err(|why| Error::Io(why.into()))?;
    let mut fresh = Fresh::new("application/feed+json; charset=utf-8", text);
    fresh.headers.push((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".into()));
    Ok(Answer::kept(fresh, feed.places, Keep::First))
}

async fn read(app: &Arc<App>, list: &List) -> Result<Feed, Error> {
    let of = Of::find(app, list).await?;
    let furniture = Furniture::of(app).await?;
    let newest = store::shelf::newest(&app.store, &of.place(), ARTICLES.into(), 0).await?;
    if newest.is_empty() && of.needs_articles() {
        return Err(Error::NotFound);
    }
    let posts = with_text(&furniture, newest.into_iter().map(|(id, _)| id)).await?;
    let mut places = vec![of.place(), Place::Everything];
    places.extend(values::places_of(&posts));
    let magazine = &furniture.settings;
    let (name, about) = of.words().unzip();
    let title = name.map_or_else(|| magazine.title.clone(), |name| format!("{}: {name}", magazine.title));
    let description = about.flatten().unwrap_or(&magazine.description).to_owned();
    let path = of.url(&furniture);
    Ok(Feed { furniture, title, description, path, posts, places })
}

/// These articles with what a feed prints of them; those that are gone, or not public, are left out.
async fn with_text(furniture: &Arc<Furniture>, ids: impl Iterator<Item = Id>) -> Result<Vec<Arc<Post>>, Error> {
    let app = &furniture.app;
    let mut posts = Vec::new();
    for id in ids {
        // With the body, so one by one; a feed is made once for each publish.
        let Some(card) = store::article::by_id(&app.store, &id).await? else { continue };
        let mut post = values::with_names(app, furniture, vec![card]).await?;
        let Some(mut post) = post.pop().filter(|post| post.article.is_public()) else { continue };
        let html = lead_picture(furniture, &post)
            + &noted(app, &post).await?
            + &article::tagged(furniture, public_part(&post)?.feed_html(app.url.as_str()));
        post.whole = Some(Whole { html: html.into(), ..Whole::default() });
        posts.push(Arc::new(post));
    }
    Ok(posts)
}

/// The lead picture with its caption, credit and licence: most readers' programs show what stands in the text, and no more.
fn lead_picture(furniture: &Furniture, post: &Post) -> String {
    let Some(picture) = &post.article.lead_picture else { return String::new() };
    let Some(src) = &picture.src else { return String::new() };
    let alt = picture.alt.as_deref().unwrap_or(post.article.headline.as_str());
    theme::credit::figure(&absolute(furniture, src), alt, values::caption_line(picture).as_deref())
}

/// What readers of the page are told of changes stands above the text in the feed too.
async fn noted(app: &Arc<App>, post: &Post) -> Result<String, Error> {
    let mut notes = store::correction::of(&app.store, &post.article.id).await?;
    notes.retain(|made| made.kind.is_public());
    if notes.is_empty() {
        return Ok(String::new());
    }
    let lines = notes.iter().map(|made| format!("{}: {}", label(made), made.text.replace('\n', " ")));
    let text = lines.collect::<Vec<_>>().join("\n\n");
    let document = manuscript::from_text(&text).map_err(|why| Error::Refused(why.to_string()))?;
    Ok(document.feed_html(app.url.as_str()))
}

/// Stable for ever, whatever the address becomes.
fn guid(post: &Post) -> String {
    post.article.id.to_string()
}

fn rss_text(feed: &Feed) -> std::io::Result<Vec<u8>> {
    let furniture = &feed.furniture;
    let link = furniture.full(&feed.path);
    let own = furniture.full(&format!("{}rss/", feed.path));
    let newest = feed.posts.first().and_then(|post| post.article.published_at);
    let mut xml = Writer::new(Vec::with_capacity(64 << 10));
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("rss")
        .with_attributes([
            ("version", "2.0"),
            ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:media", "http://search.yahoo.com/mrss/"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| {
                text(xml, "title", &feed.title)?;
                text(xml, "link", &link)?;
                text(xml, "description", &feed.description)?;
                text(xml, "language", &furniture.settings.locale)?;
                if let Some(newest) = newest {
                    text(xml, "lastBuildDate", &rfc_2822(newest))?;
                }
                text(xml, "generator", "Masthead")?;
                xml.create_element("atom:link")
                    .with_attributes([("href", own.as_str()), ("rel", "self"), ("type", "application/rss+xml")])
                    .write_empty()?;
                for post in &feed.posts {
                    item(xml, feed, post)?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
    Ok(xml.into_inner())
}

fn item(xml: &mut Writer<Vec<u8>>, feed: &Feed, post: &Post) -> std::io::Result<()> {
    let furniture = &feed.furniture;
    xml.create_element("item").write_inner_content(|xml| {
        text(xml, "title", post.article.headline.as_str())?;
        text(xml, "link", &furniture.full(post.path()))?;
        xml.create_element("guid")
            .with_attribute(("isPermaLink", "false"))
            .write_text_content(BytesText::new(&guid(post)))?;
        if let Some(published) = post.article.published_at {
            text(xml, "pubDate", &rfc_2822(published))?;
        }
        for author in &post.authors {
            text(xml, "dc:creator", &author.name)?;
        }
        if let Some(section) = &post.article.section {
            text(xml, "category", &furniture.section(section).map_or_else(|| section.name(), |s| s.name.clone()))?;
        }
        for tag in post.public_tags() {
            text(xml, "category", &tag.name)?;
        }
        text(xml, "description", post.excerpt())?;
        media(xml, furniture, post)?;
        if let Some(file) = &post.article.extras.enclosure {
            let (url, length) = (absolute(furniture, &file.url), file.length.to_string());
            xml.create_element("enclosure")
                .with_attributes([("url", &*clean(&url)), ("length", &*length), ("type", &*clean(&file.mime))])
                .write_empty()?;
        }
        let html = post.whole.as_ref().map_or("", |whole| &whole.html);
        xml.create_element("content:encoded").write_inner_content(|xml| {
            for part in BytesCData::escaped(&clean(html)) {
                xml.write_event(Event::CData(part))?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// The lead picture with credit and licence (Media RSS 1.5.1).
fn media(xml: &mut Writer<Vec<u8>>, furniture: &Furniture, post: &Post) -> std::io::Result<()> {
    let Some(picture) = &post.article.lead_picture else { return Ok(()) };
    let Some(src) = &picture.src else { return Ok(()) };
    let url = absolute(furniture, src);
    let url = clean(&url);
    let mut element = xml.create_element("media:content").with_attributes([("url", &*url), ("medium", "image")]);
    let size = [("width", picture.width), ("height", picture.height)];
    for (name, value) in size.iter().filter_map(|(name, value)| value.map(|v| (*name, v.to_string()))) {
        element = element.with_attribute((name, value.as_str()));
    }
    element.write_inner_content(|xml| {
        if let Some(alt) = picture.caption.as_deref().or(picture.alt.as_deref()) {
            text(xml, "media:description", alt)?;
        }
        if let Some(credit) = &picture.credit {
            let by = credit.creator.as_deref().or(credit.organisation.as_deref()).unwrap_or(&credit.text);
            xml.create_element("media:credit")
                .with_attributes([("role", "photographer"), ("scheme", "urn:ebu")])
                .write_text_content(BytesText::new(&clean(by)))?;
            text(xml, "media:copyright", &credit.text)?;
            if let Some(licence) = credit.licence() {
                let mut element = xml.create_element("media:license").with_attribute(("type", "text/html"));
                if let Some(url) = licence.url {
                    element = element.with_attribute(("href", url));
                }
                element.write_text_content(BytesText::new(licence.name))?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// An element with a text.
pub(super) fn text(xml: &mut Writer<Vec<u8>>, name: &str, content: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&clean(content)))?;
    Ok(())
}

/// A time as RSS writes it.
pub(super) fn rfc_2822(at: jiff::Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

fn json_value(feed: &Feed) -> Result<Value, Error> {
    let furniture = &feed.furniture;
    let items: Vec<Value> = feed.posts.iter().map(|post| json_item(feed, post)).collect();
    let mut value = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": furniture.full(&feed.path),
        "feed_url": furniture.full(&format!("{}feed.json", feed.path)),
        "language": furniture.settings.locale,
        "items": items,
    });
    if !feed.description.is_empty() {
        value["description"] = feed.description.as_str().into();
    }
    if let Some(icon) = &furniture.settings.icon {
        value["icon"] = absolute(furniture, icon).into();
    }
    Ok(value)
}

fn json_item(feed: &Feed, post: &Post) -> Value {
    let furniture = &feed.furniture;
    let authors: Vec<Value> = post
        .authors
        .iter()
        .map(|author| json!({ "name": author.name, "url": furniture.full(&furniture.author_url(author)) }))
        .collect();
    let section = post
        .article
        .section
        .iter()
        .map(|path| furniture.section(path).map_or_else(|| path.name(), |section| section.name.clone()));
    let tags: Vec<String> = section.chain(post.public_tags().map(|tag| tag.name.clone())).collect();
    let mut item = json!({
        "id": guid(post),
        "url": furniture.full(post.path()),
        "title": post.article.headline.as_str(),
        "content_html": post.whole.as_ref().map_or("", |whole| &whole.html),
        "summary": post.excerpt(),
        "language": furniture.settings.locale,
    });
    if let Some(file) = &post.article.extras.enclosure {
        let mut attachment = json!({ "url": absolute(furniture, &file.url), "mime_type": file.mime });
        if file.length > 0 {
            attachment["size_in_bytes"] = file.length.into();
        }
        item["attachments"] = json!([attachment]);
    }
    if let Some(at) = post.article.published_at {
        item["date_published"] = furniture.time(at).into();
    }
    if let Some(at) = post.article.updated_on() {
        item["date_modified"] = furniture.time(at).into();
    }
    if !authors.is_empty() {
        item["authors"] = authors.into();
    }
    if !tags.is_empty() {
        item["tags"] = tags.into();
    }
    if let Some(src) = post.article.lead_picture.as_ref().and_then(|picture| picture.src.as_deref()) {
        item["image"] = absolute(furniture, src).into();
    }
    item
}
