//! People of the record.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use news::statement::folded_name;
use news::{Act, Id, Place, Verb, limits};
use serde::Deserialize;
use store::{Batch, act, outbox, person};
use utoipa::ToSchema;

use super::list::{self, Asked, cursor};
use super::shape;
use crate::App;
use crate::actions::{keep, merge as merging};
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Anybody, Editors};

/// Statements that a sheet shows.
const SAID: i64 = 200;

/// By name.
#[utoipa::path(get, path = "/desk/api/people", params(Asked), responses((status = OK, body = shape::Page<shape::Person>)))]
pub async fn list(
    _: Anybody,
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
) -> Result<Json<shape::Page<shape::Person>>, Refusal> {
    let (name, after) = asked.after_name();
    let limit = asked.limit();
    let rows = person::like(&app.store, asked.words(), &name, &after, limit + 1).await?;
    let (rows, next) = list::part(rows, limit, |row| cursor(&row.id, &row.name));
    Ok(list::page(rows.into_iter().map(|row| shaped(&app, row)).collect(), next))
}

fn shaped(app: &App, row: person::DeskRow) -> shape::Person {
    shape::Person {
        url: app.url.with(&format!("/record/{}/", news::slug::encoded(&row.slug))),
        id: row.id,
        name: row.name,
        slug: row.slug,
        statements: row.statements,
        latest_at: row.latest_at,
    }
}

/// Everything that is known of a person.
#[utoipa::path(get, path = "/desk/api/people/{id}", responses((status = OK, body = shape::PersonSheet)))]
pub async fn read(
    _: Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Json<shape::PersonSheet>, Refusal> {
    sheet(&app, &id).await.map(Json)
}

async fn sheet(app: &App, id: &str) -> Result<shape::PersonSheet, Refusal> {
    let row = person::desk_row(&app.store, id).await?.ok_or_else(Refusal::not_found)?;
    let id = Id::parse(id).map_err(|_| Refusal::not_found())?;
    let spellings = person::spellings_of(&app.store, id.as_str()).await?;
    let terms = person::terms(&app.store, &id).await?;
    let said = store::statement::of_person(&app.store, &id, SAID, 0).await?;
    let ids: Vec<Id> = said.iter().map(|said| said.id.clone()).collect();
    let places = store::statement::open(&app.store, &ids).await?;
    let articles: Vec<Id> = places.iter().map(|place| place.article.clone()).collect();
    let cards = store::article::cards(&app.store, &articles).await?;
    let said = said.iter().filter_map(|said| {
        let place = places.iter().find(|place| place.statement == said.id)?;
        let article = &cards.iter().find(|card| card.article.id == place.article)?.article;
        Some(shape::Said {
            id: said.id.to_string(),
            words: said.words.clone(),
            state: said.state.word().to_owned(),
            at: said.first_at.map(jiff::Timestamp::as_millisecond),
            headline: article.headline.to_string(),
            url: article.path.as_deref().map(|path| app.url.with(path)),
            article_id: article.id.to_string(),
        })
    });
    let said: Vec<shape::Said> = said.collect();
    let person = shaped(app, row);
    Ok(shape::PersonSheet {
        id: person.id,
        name: person.name,
        slug: person.slug,
        url: person.url,
        statements: person.statements,
        latest_at: person.latest_at,
        spellings: spellings.into_iter().map(|row| row.folded).collect(),
        terms: terms
            .into_iter()
            .map(|term| shape::Term {
                office: term.office,
                department: term.department,
                country: term.country,
                from: term.from.map(|day| day.to_string()),
                until: term.until.map(|day| day.to_string()),
                source: term.source,
            })
            .collect(),
        said,
    })
}

/// How a person is called and spelled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePerson {
    name: String,
    #[serde(default)]
    spellings: Option<Vec<String>>,
}

/// Says how a person is called, and in which spellings copy means them.
#[utoipa::path(put, path = "/desk/api/people/{id}", request_body = ChangePerson, responses((status = OK, body = shape::PersonSheet)))]
pub async fn change(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<ChangePerson>,
) -> Result<Json<shape::PersonSheet>, Refusal> {
    person::desk_row(&app.store, &id).await?.ok_or_else(Refusal::not_found)?;
    let name = sent.name.trim();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
        return Err(Refusal::field("name", format!("a name has 1 to {} characters", limits::NAME_CHARACTERS)));
    }
    let mut batch = Batch::new();
    batch.must(person::rename(&id, name));
    batch.push(person::add_spelling(&folded_name(name), &id));
    if let Some(spellings) = sent.spellings {
        if spellings.len() > 200 {
            return Err(Refusal::field("spellings", "a person has at most 200 spellings"));
        }
        let wanted: Vec<String> = spellings.iter().map(|text| folded_name(text)).filter(|t| !t.is_empty()).collect();
        for gone in person::spellings_of(&app.store, &id).await? {
            if !wanted.contains(&gone.folded) && gone.folded != folded_name(name) {
                batch.push(person::drop_spelling(&gone.folded, &id));
            }
        }
        wanted.iter().for_each(|folded| batch.push(person::add_spelling(folded, &id)));
    }
    let now = app.now();
    let (actor, subject) = (signed.by().actor, id.clone());
    batch.push(act::add(&Act { actor, verb: Verb::Described, subject, at: now, reason: Some(name.to_owned()) }));
    let places = vec![Place::Record];
    batch.push(outbox::add("refill", &keep::payload(&places), &app.origin, now.as_millisecond()));
    keep::commit(&app, batch, places).await?;
    sheet(&app, &id).await.map(Json)
}

/// Two people who are one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergePerson {
    /// Who stays.
    into: String,
    /// Only say what would happen.
    #[serde(default)]
    preview: bool,
}

/// Makes one person of two, or says what that would do.
#[utoipa::path(post, path = "/desk/api/people/{id}/merge", request_body = MergePerson, responses((status = OK, body = shape::MergePreview)))]
pub async fn merge(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<MergePerson>,
) -> Result<Json<shape::MergePreview>, Refusal> {
    let from = Id::parse(&id).map_err(|_| Refusal::not_found())?;
    let into = Id::parse(&sent.into).map_err(|_| Refusal::field("into", "choose a person"))?;
    let first = person::desk_row(&app.store, from.as_str()).await?.ok_or_else(Refusal::not_found)?;
    let second = person::desk_row(&app.store, into.as_str()).await?.ok_or_else(Refusal::not_found)?;
    let spellings = person::spellings_of(&app.store, from.as_str()).await?;
    let terms = person::terms(&app.store, &from).await?;
    let preview = shape::MergePreview {
        statements: first.statements,
        terms: terms.len() as i64,
        spellings: spellings.into_iter().map(|row| row.folded).collect(),
        from: shaped(&app, first),
        into: shaped(&app, second),
    };
    if !sent.preview {
        merging::people(&app, &from, &into, &signed.by()).await?;
    }
    Ok(Json(preview))
}
