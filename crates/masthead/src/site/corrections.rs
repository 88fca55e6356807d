//! Every correction that readers are told of, newest first: a page and a feed.

use std::sync::Arc;

use http::header;
use news::{Correction, Id, Place};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use store::article::Card;
use theme::{Map, Value};

use super::feeds::{rfc_2822, text};
use super::furniture::Furniture;
use super::head::{self, Subject};
use super::record::pagination;
use super::themes::{self, Drawn, Scene};
use super::{Answer, values};
use crate::pages::{Fresh, Keep};
use crate::{App, Error};

/// Corrections on one page.
const ON_A_PAGE: i64 = 50;
/// Corrections in the feed.
const IN_THE_FEED: i64 = 50;

/// A correction, and the article that it is about.
struct Told {
    made: Correction,
    card: Card,
}

/// The page.
pub async fn page(app: &Arc<App>, page: u32) -> Result<Answer, Error> {
    let skip = i64::from(page - 1) * ON_A_PAGE;
    let mut told = told(app, ON_A_PAGE + 1, skip).await?;
    let more = told.len() as i64 > ON_A_PAGE;
    told.truncate(ON_A_PAGE as usize);
    if told.is_empty() && page > 1 {
        return Err(Error::NotFound);
    }
    let furniture = Furniture::of(app).await?;
    let rows = told.iter().map(|told| {
        let article = &told.card.article;
        let own = values::correction(&told.made);
        Value::map([
            ("note", own),
            ("headline", article.headline.as_str().into()),
            ("url", article.path.as_deref().into()),
        ])
    });
    let base = "/corrections/";
    let root = Map::from([("notes", Value::list(rows)), ("pagination", pagination(base, page, more))]);
    let path = if page == 1 { base.to_owned() } else { format!("{base}page/{page}/") };
    let title = "Corrections".to_owned();
    let description = format!("What {} got wrong, and put right.", furniture.settings.title);
    let mut head = head::of(&furniture, &Subject::Record { title: title.clone(), description }, &path).await?;
    head.feeds.insert(0, theme::Feed::rss(&title, furniture.full("/corrections/rss/")));
    let templates = vec!["corrections".to_owned()];
    let scene = Scene { root, templates, contexts: vec!["corrections"], path, head, shows_title: None };
    let Drawn { fresh, .. } = themes::draw(&furniture, scene).await?;
    Ok(Answer::kept(fresh, vec![Place::Corrections, Place::Everything], Keep::WhileRoom))
}

/// The feed: RSS 2.0, an item a correction.
pub async fn rss(app: &Arc<App>) -> Result<Answer, Error> {
    let told = told(app, IN_THE_FEED, 0).await?;
    let furniture = Furniture::of(app).await?;
    let xml = rss_text(&furniture, &told).map_err(Error::Io)?;
    let mut fresh = Fresh::new("application/rss+xml; charset=utf-8", xml);
    fresh.headers.push((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".into()));
    Ok(Answer::kept(fresh, vec![Place::Corrections, Place::Everything], Keep::WhileRoom))
}

fn rss_text(furniture: &Furniture, told: &[Told]) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::with_capacity(16 << 10));
    let own = furniture.full("/corrections/rss/");
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("rss")
        .with_attributes([("version", "2.0"), ("xmlns:atom", "http://www.w3.org/2005/Atom")])
        .write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| {
                text(xml, "title", &format!("{}: corrections", furniture.settings.title))?;
                text(xml, "link", &furniture.full("/corrections/"))?;
                text(xml, "description", "Corrections, clarifications, updates and retractions, newest first")?;
                text(xml, "language", &furniture.settings.locale)?;
                xml.create_element("atom:link")
                    .with_attributes([("href", own.as_str()), ("rel", "self"), ("type", "application/rss+xml")])
                    .write_empty()?;
                for Told { made, card } in told {
                    let path = card.article.path.as_deref().unwrap_or("/corrections/");
                    xml.create_element("item").write_inner_content(|xml| {
                        text(xml, "title", &format!("{}: {}", label(made), card.article.headline))?;
                        text(xml, "link", &furniture.full(path))?;
                        xml.create_element("guid")
                            .with_attribute(("isPermaLink", "false"))
                            .write_text_content(BytesText::new(made.id.as_str()))?;
                        text(xml, "pubDate", &rfc_2822(made.at))?;
                        text(xml, "description", &made.text)?;
                        Ok(())
                    })?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
    Ok(xml.into_inner())
}

/// How readers read the kind of a note.
pub fn label(made: &Correction) -> String {
    let word = made.kind.word();
    word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
}

/// Notes of articles that readers can read. Those of one that was withdrawn went with it.
async fn told(app: &Arc<App>, most: i64, skip: i64) -> Result<Vec<Told>, Error> {
    let notes = store::correction::public(&app.store, most, skip).await?;
    let ids: Vec<Id> = notes.iter().map(|(article, _)| article.clone()).collect();
    let cards = store::article::cards(&app.store, &ids).await?;
    let told = notes.into_iter().filter_map(|(article, made)| {
        let card = cards.iter().find(|card| card.article.id == article && card.article.is_public())?;
        Some(Told { made, card: card.clone() })
    });
    Ok(told.collect())
}
