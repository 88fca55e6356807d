//! The list of articles, and new ones.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use http::StatusCode;
use news::{Headline, Id, Kind, SectionPath, Status};
use serde::Deserialize;
use store::article::Wanted;
use utoipa::{IntoParams, ToSchema};

use super::list::{self, Asked, cursor};
use super::{article, shape};
use crate::App;
use crate::actions::edit::{self, Change};
use crate::actions::names;
use crate::actions::working_copy::stated;
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::Anybody;

/// Which articles.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AskedArticles {
    /// `article` or `page`.
    kind: Option<String>,
    /// Only those of this status.
    status: Option<String>,
    /// Only those that the asker began.
    mine: Option<bool>,
    /// Words of the headline.
    q: Option<String>,
    /// Where to go on.
    cursor: Option<String>,
    /// How many lines.
    limit: Option<i64>,
}

/// The last changed first.
#[utoipa::path(get, path = "/desk/api/articles", params(AskedArticles), responses((status = OK, body = shape::Page<shape::ArticleRow>)))]
pub async fn list(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Query(asked): Query<AskedArticles>,
) -> Result<Json<shape::Page<shape::ArticleRow>>, Refusal> {
    let kind = match asked.kind.as_deref() {
        None => Kind::Article,
        Some(word) => Kind::of(word).ok_or_else(|| Refusal::field("kind", "choose article or page"))?,
    };
    let status = match asked.status.as_deref() {
        None => None,
        Some(word) => Some(Status::of(word).ok_or_else(|| Refusal::field("status", "there is no such status"))?),
    };
    let page = Asked { q: asked.q, cursor: asked.cursor, limit: asked.limit };
    let wanted = match (page.words(), asked.mine.unwrap_or(false), status) {
        ("", true, _) => Wanted::Of(&signed.staff.id),
        ("", false, Some(status)) => Wanted::In(kind, status),
        ("", false, None) => Wanted::All(kind),
        (words, ..) => Wanted::Like(kind, words),
    };
    let (at, before) = page.before_time();
    let limit = page.limit();
    let rows = store::article::desk(&app.store, wanted, at, &before, limit + 1).await?;
    let (rows, next) = list::part(rows, limit, |row| cursor(&row.id, row.updated_at));
    let ids: Vec<Id> = rows.iter().filter_map(|row| Id::parse(&row.id).ok()).collect();
    let cards = store::article::cards(&app.store, &ids).await?;
    let authors: Vec<&Id> = cards.iter().flat_map(|card| &card.article.authors).collect();
    let authors = store::author::by_ids(&app.store, &authors).await?;
    let sections = store::section::all(&app.store).await?;
    let items = rows.iter().filter_map(|row| {
        let card = cards.iter().find(|card| card.article.id.as_str() == row.id)?;
        let a = &card.article;
        let name = |id: &Id| authors.iter().find(|author| author.id == *id).map(|author| author.name.clone());
        Some(shape::ArticleRow {
            id: row.id.clone(),
            kind: a.kind.word().to_owned(),
            headline: row.headline.clone(),
            status: a.status.word().to_owned(),
            section: a.section.as_ref().map(|path| section(path, &sections)),
            authors: a.authors.iter().filter_map(name).collect(),
            words: row.words,
            updated_at: row.updated_at,
            published_at: a.published_at.map(jiff::Timestamp::as_millisecond),
            version: stated(a.version, row.copy_number),
            url: a.path.as_deref().filter(|_| a.is_public()).map(|path| app.url.with(path)),
            has_changes: row.has_copy,
            here: article::here(&app, &a.id),
        })
    });
    Ok(list::page(items.collect(), next))
}

fn section(path: &SectionPath, sections: &[news::Section]) -> shape::SectionRef {
    let known = sections.iter().find(|section| section.path == *path);
    shape::SectionRef {
        path: path.to_string(),
        name: known.map_or_else(|| path.name(), |section| section.name.clone()),
    }
}

/// A new article.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArticle {
    /// Its first headline.
    headline: String,
    /// `article` or `page`.
    #[serde(default)]
    kind: Option<String>,
}

/// Begins an article: a draft, with the byline of whoever begins it.
#[utoipa::path(post, path = "/desk/api/articles", request_body = NewArticle, responses((status = CREATED, body = shape::Article)))]
pub async fn create(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(new): Sent<NewArticle>,
) -> Result<(StatusCode, Json<shape::Article>), Refusal> {
    let kind = match new.kind.as_deref() {
        None => Kind::Article,
        Some(word) => Kind::of(word).ok_or_else(|| Refusal::field("kind", "choose article or page"))?,
    };
    let headline = Headline::parse(&new.headline).map_err(|why| Refusal::field("headline", why.to_string()))?;
    let author = match &signed.staff.author {
        Some(author) => author.clone(),
        None => {
            // A new one, whatever the name: whoever is called like an author is not that author for it.
            let author = names::new_author(&app, &signed.staff.name).await?.id;
            let mut batch = store::Batch::new();
            batch.must(store::staff::set_author(signed.staff.id.as_str(), author.as_str()));
            app.store.commit(batch).await?;
            author
        }
    };
    let authors = (kind == Kind::Article).then(|| vec![author]);
    let change = Change { headline: Some(headline), authors, ..Change::default() };
    let pending = edit::begin(&app, kind, change).await?;
    let written = edit::save(&app, pending, &signed.by()).await?;
    let at = crate::actions::working_copy::open(&app, &written.article.id).await?;
    Ok((StatusCode::CREATED, Json(article::shaped(&app, &signed, at).await?)))
}
