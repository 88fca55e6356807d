//! Publishing: the article goes out.

use std::sync::Arc;

use jiff::Timestamp;
use news::permalink::Names;
use news::{Article, Permalink, SectionPath, Slug, Verb};

use super::check::{check, heeded, unsettled};
use super::edit::Pending;
use super::keep::{By, Written, keep};
use super::{ActError, names};
use crate::{App, site};

/// Most numbers tried behind a slug whose address is another article's.
const NUMBERS: u32 = 1_000;

/// Publishes an article: now, or dated earlier when `dated` says so. The rule
/// decides, the address is chosen, one batch is written, the pages are refilled.
pub async fn publish(app: &Arc<App>, pending: Pending, dated: Option<Timestamp>, by: &By) -> Result<Written, ActError> {
    let Pending { before, after, beside } = pending;
    let after = news::publish::publish(after, dated, app.now())?;
    let after = addressed(app, after).await?;
    let by = signed(by, &heeded(app, &after, check(app, &after).await?).await?);
    keep(app, before.as_ref(), after, beside, &by, Verb::Published).await
}

/// What the record of acts says beside the publishing: the reason given, and the findings with which it went out.
/// A door that people stand at asks for the reason first; a program's is written down as unsigned.
fn signed(by: &By, findings: &[record::checks::Finding]) -> By {
    let reason = match (unsettled(findings), &by.reason) {
        (None, reason) => reason.clone(),
        (Some(open), Some(reason)) => Some(format!("{reason} (open findings: {open})")),
        (Some(open), None) => Some(format!("unsigned, with open findings: {open}")),
    };
    By { actor: by.actor.clone(), reason }
}

/// Publishes an article of an archive, with the dates that it had there.
pub async fn publish_dated(
    app: &Arc<App>,
    pending: Pending,
    dated: Timestamp,
    updated: Option<Timestamp>,
    by: &By,
) -> Result<Written, ActError> {
    let Pending { before, after, beside } = pending;
    let mut after = news::publish::publish(after, Some(dated), app.now())?;
    after.created_at = after.created_at.min(dated);
    after.updated_at = updated.unwrap_or(dated).max(dated).min(app.now());
    let after = addressed(app, after).await?;
    let by = signed(by, &heeded(app, &after, check(app, &after).await?).await?);
    keep(app, before.as_ref(), after, beside, &by, Verb::Imported).await
}

/// Gives a public article its address: the permalink of its slug, with a number
/// behind it while another article has, or ever had, that address. One that brought its address from elsewhere keeps it.
pub async fn addressed(app: &Arc<App>, mut article: Article) -> Result<Article, ActError> {
    if article.extras.keeps_address && article.path.is_some() {
        return Ok(article);
    }
    let settings = app.settings().await.map_err(broken)?;
    // A file of routes decides by the collection to which the article belongs; where none fits, the magazine's pattern.
    let own = site::permalink_of(app, &article).await.map_err(broken)?;
    let permalink = Permalink::parse(own.as_deref().unwrap_or(&settings.permalink)).unwrap_or_default();
    let zone = jiff::tz::TimeZone::get(&settings.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    let when = article.published_at.unwrap_or(article.updated_at);
    let (tag, author) = names::primary(app, &article).await?;
    let primary = Names { primary_tag: tag.as_deref(), primary_author: author.as_deref() };
    let wanted = article.slug.clone();
    for slug in std::iter::once(wanted.clone()).chain((2..NUMBERS).map(|n| wanted.numbered(n))) {
        let path = permalink.path(&article, &slug, when, &zone, &primary);
        if is_free(app, &article, &slug, &path).await? {
            article.slug = slug;
            article.path = Some(path);
            return Ok(article);
        }
    }
    Err(ActError::Field(format!("every address like {wanted} is taken; choose another slug")))
}

async fn is_free(app: &App, article: &Article, slug: &Slug, path: &str) -> Result<bool, ActError> {
    match what_stands_at(app, path).await? {
        Some(Stands::Article(holder)) if holder != article.id.as_str() => return Ok(false),
        Some(Stands::Section) => return Ok(false),
        _ => {}
    }
    let namesake = store::article::id_by_slug(&app.store, article.kind.word(), slug.as_str()).await?;
    Ok(namesake.is_none_or(|other| other.id == article.id.as_str()))
}

/// What keeps an article from a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// An article that is, or ever was, there; by its id.
    Article(String),
    /// The page of a section.
    Section,
}

/// What stands, or once stood, at a path.
pub async fn what_stands_at(app: &App, path: &str) -> Result<Option<Stands>, ActError> {
    if let Some(holder) = store::address::holder(&app.store, path).await? {
        return Ok(Some(Stands::Article(holder.article_id)));
    }
    // A section's page has a slash at its end.
    let section = SectionPath::parse(path.trim_matches('/')).ok().filter(|_| path.ends_with('/'));
    match section {
        Some(section) => Ok(store::section::at(&app.store, &section).await?.map(|_| Stands::Section)),
        None => Ok(None),
    }
}

fn broken(why: crate::Error) -> ActError {
    match why {
        crate::Error::Broken(broken) => ActError::Broken(broken),
        other => ActError::Field(other.to_string()),
    }
}
