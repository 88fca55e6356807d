//! What the command bar and `@` find.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use news::{Id, Kind};
use serde::Deserialize;
use store::article::Wanted;
use store::picture;
use utoipa::IntoParams;

use super::shape;
use crate::App;
use crate::desk::refusal::Refusal;
use crate::desk::session::Anybody;

/// Found of each kind, at most.
const EACH: i64 = 5;

/// Words that are looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Words {
    q: String,
}

/// Articles, people, sections, tags, authors and pictures that have these words in their names.
#[utoipa::path(get, path = "/desk/api/find", params(Words), responses((status = OK, body = Vec<shape::Found>)))]
pub async fn find(
    _: Anybody,
    State(app): State<Arc<App>>,
    Query(words): Query<Words>,
) -> Result<Json<Vec<shape::Found>>, Refusal> {
    let q = words.q.trim();
    if q.is_empty() {
        return Ok(Json(Vec::new()));
    }
    let found = |kind: &str, id: &str, title: &str, detail: Option<String>, url: Option<String>| shape::Found {
        kind: kind.to_owned(),
        id: id.to_owned(),
        title: title.to_owned(),
        detail,
        url,
    };
    let mut all = Vec::new();
    let rows = store::article::desk(&app.store, Wanted::Like(Kind::Article, q), i64::MAX, "", EACH).await?;
    let ids: Vec<Id> = rows.iter().filter_map(|row| Id::parse(&row.id).ok()).collect();
    for card in store::article::cards(&app.store, &ids).await? {
        let a = &card.article;
        let url = a.path.as_deref().filter(|_| a.is_public()).map(|path| app.url.with(path));
        all.push(found("article", a.id.as_str(), a.headline.as_str(), Some(a.status.word().to_owned()), url));
    }
    for person in store::person::like(&app.store, q, "", "", EACH).await? {
        let url = app.url.with(&format!("/record/{}/", news::slug::encoded(&person.slug)));
        all.push(found("person", &person.id, &person.name, None, Some(url)));
    }
    let lower = q.to_lowercase();
    let sections = store::section::all(&app.store).await?;
    for section in sections.iter().filter(|s| s.name.to_lowercase().contains(&lower)).take(EACH as usize) {
        let path = section.path.as_str();
        all.push(found(
            "section",
            path,
            &section.name,
            Some(section.path.url()),
            Some(app.url.with(&section.path.url())),
        ));
    }
    for tag in store::tag::like(&app.store, q, "", "", EACH).await? {
        all.push(found("tag", tag.id.as_str(), &tag.name, None, Some(app.url.with(&tag.url()))));
    }
    for author in store::author::like(&app.store, q, "", "", EACH).await? {
        let url = app.url.with(&author.url());
        all.push(found("author", author.id.as_str(), &author.name, author.role.clone(), Some(url)));
    }
    for shown in picture::before(&app.store, picture::Wanted::Like(q), i64::MAX, "", EACH).await? {
        let credit = shown.credit.map(|credit| credit.text);
        all.push(found("picture", shown.id.as_str(), &shown.name, credit, Some(shown.src)));
    }
    Ok(Json(all))
}
