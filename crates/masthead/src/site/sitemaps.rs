//! Sitemaps (sitemaps.org 0.9) and the news sitemap.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use news::Place;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::furniture::Furniture;
use super::route::Sitemap;
use super::xml::clean;
use super::{Answer, values};
use crate::pages::{Fresh, Keep};
use crate::{App, Error};

/// Addresses in one part; the protocol allows 50,000.
const PART: i64 = 10_000;
/// Articles in the news sitemap; the protocol allows 1,000.
const NEWS: i64 = 1_000;
/// How long an article is news.
const NEWS_LASTS: SignedDuration = SignedDuration::from_hours(48);

struct Line {
    url: String,
    changed: Option<Timestamp>,
}

/// A part of the sitemap.
pub async fn show(app: &Arc<App>, part: &Sitemap) -> Result<Answer, Error> {
    let furniture = Furniture::of(app).await?;
    let everything = vec![Place::Sitemap, Place::Everything];
    let (body, places, keep) = match part {
        Sitemap::Index => (index(app, &furniture).await?, everything, Keep::First),
        Sitemap::News => {
            // What is no longer news leaves by time alone: the clock drops this one every minute.
            (news(app, &furniture).await?, everything, Keep::WhileRoom)
        }
        Sitemap::Month(month, page) => {
            let place = Place::Month(month.clone());
            let lines = month_lines(app, &furniture, &place, i64::from(*page)).await?;
            let places = vec![place, Place::Everything];
            (urls(&lines)?, places, Keep::WhileRoom)
        }
        Sitemap::Pages => {
            let pages = store::article::static_pages(&app.store).await?;
            let lines: Vec<Line> = pages
                .iter()
                .filter_map(|card| {
                    let url = furniture.full(card.article.path.as_deref()?);
                    Some(Line { url, changed: Some(card.article.updated_at) })
                })
                .collect();
            (urls(&lines)?, everything, Keep::WhileRoom)
        }
        Sitemap::Sections => {
            let mut lines = vec![Line { url: furniture.full("/"), changed: None }];
            for section in &furniture.sections {
                lines.push(Line { url: furniture.full(&section.path.url()), changed: None });
            }
            (urls(&lines)?, everything, Keep::WhileRoom)
        }
        Sitemap::Tags => {
            let mut lines = Vec::new();
            for tag in store::tag::all(&app.store).await?.iter().filter(|tag| tag.is_public()) {
                if store::shelf::count(&app.store, &Place::Tag(tag.id.clone())).await? > 0 {
                    lines.push(Line { url: furniture.full(&furniture.tag_url(tag)), changed: None });
                }
            }
            (urls(&lines)?, everything, Keep::WhileRoom)
        }
        Sitemap::Authors => {
            let authors = store::author::all(&app.store).await?;
            let mut lines = Vec::new();
            for author in &authors {
                if store::shelf::count(&app.store, &Place::Author(author.id.clone())).await? > 0 {
                    lines.push(Line { url: furniture.full(&furniture.author_url(author)), changed: None });
                }
            }
            (urls(&lines)?, everything, Keep::WhileRoom)
        }
    };
    Ok(Answer::kept(Fresh::new("application/xml; charset=utf-8", body), places, keep))
}

/// The parts that have something in them.
async fn index(app: &Arc<App>, furniture: &Furniture) -> Result<Vec<u8>, Error> {
    let mut parts = vec![Line { url: furniture.full("/sitemap-sections.xml"), changed: None }];
    for name in ["pages", "tags", "authors"] {
        parts.push(Line { url: furniture.full(&format!("/sitemap-{name}.xml")), changed: None });
    }
    for (month, articles, changed) in store::shelf::months(&app.store).await? {
        for part in 1..=(articles + PART - 1) / PART {
            let name = if part == 1 { format!("/sitemap-{month}.xml") } else { format!("/sitemap-{month}-{part}.xml") };
            parts.push(Line { url: furniture.full(&name), changed: Some(changed) });
        }
    }
    Ok(document("sitemapindex", &[], |xml| parts.iter().try_for_each(|line| entry(xml, "sitemap", line, |_| Ok(()))))?)
}

async fn month_lines(app: &Arc<App>, furniture: &Furniture, place: &Place, page: i64) -> Result<Vec<Line>, Error> {
    let on_shelf = store::shelf::newest(&app.store, place, PART, (page - 1) * PART).await?;
    if on_shelf.is_empty() {
        return Err(Error::NotFound);
    }
    let ids: Vec<news::Id> = on_shelf.into_iter().map(|(id, _)| id).collect();
    let mut lines = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        for (path, changed) in store::article::addresses(&app.store, some).await? {
            lines.push(Line { url: furniture.full(&path), changed: Some(changed) });
        }
    }
    Ok(lines)
}

fn urls(lines: &[Line]) -> std::io::Result<Vec<u8>> {
    document("urlset", &[], |xml| lines.iter().try_for_each(|line| entry(xml, "url", line, |_| Ok(()))))
}

async fn news(app: &Arc<App>, furniture: &Arc<Furniture>) -> Result<Vec<u8>, Error> {
    let since = app.now() - NEWS_LASTS;
    let ids: Vec<news::Id> =
        store::shelf::since(&app.store, &Place::Front, since, NEWS).await?.into_iter().map(|(id, _)| id).collect();
    let posts = values::posts(app, furniture, &ids).await?;
    let settings = &furniture.settings;
    let language = settings.locale.split('-').next().unwrap_or("en");
    let namespaces = [("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9")];
    Ok(document("urlset", &namespaces, |xml| {
        for post in &posts {
            let Some(first) = post.article.first_published_at.filter(|first| *first >= since) else { continue };
            let line = Line { url: furniture.full(post.path()), changed: None };
            entry(xml, "url", &line, |xml| {
                xml.create_element("news:news").write_inner_content(|xml| {
                    xml.create_element("news:publication").write_inner_content(|xml| {
                        text(xml, "news:name", &settings.title)?;
                        text(xml, "news:language", language)
                    })?;
                    text(xml, "news:publication_date", &furniture.time(first))?;
                    text(xml, "news:title", post.article.headline.as_str())
                })?;
                Ok(())
            })?;
        }
        Ok(())
    })?)
}

type Xml = Writer<Vec<u8>>;

fn document(
    root: &str,
    namespaces: &[(&str, &str)],
    inner: impl FnOnce(&mut Xml) -> std::io::Result<()>,
) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut element = xml.create_element(root).with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    for namespace in namespaces {
        element = element.with_attribute(*namespace);
    }
    element.write_inner_content(inner)?;
    Ok(xml.into_inner())
}

fn entry(
    xml: &mut Xml,
    name: &str,
    line: &Line,
    more: impl FnOnce(&mut Xml) -> std::io::Result<()>,
) -> std::io::Result<()> {
    xml.create_element(name).write_inner_content(|xml| {
        text(xml, "loc", &line.url)?;
        if let Some(changed) = line.changed {
            text(xml, "lastmod", &changed.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())?;
        }
        more(xml)
    })?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, content: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&clean(content)))?;
    Ok(())
}
