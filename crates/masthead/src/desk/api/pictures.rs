//! The picture library.

use std::sync::Arc;

use axum::Json;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use bytes::Bytes;
use http::StatusCode;
use news::{Id, limits};
use serde::Deserialize;
use store::picture::Wanted;
use utoipa::{IntoParams, ToSchema};

use super::acts::Names;
use super::list::{self, Asked, cursor};
use super::{papers, shape};
use crate::App;
use crate::actions::picture;
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::Anybody;

/// Which pictures.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AskedPictures {
    /// Words of the name, the texts or the credit.
    q: Option<String>,
    /// Only those that lack a credit, a licence or an alternative text.
    missing: Option<bool>,
    /// Where to go on.
    cursor: Option<String>,
    /// How many.
    limit: Option<i64>,
}

/// The newest first.
#[utoipa::path(get, path = "/desk/api/pictures", params(AskedPictures), responses((status = OK, body = shape::Page<shape::Picture>)))]
pub async fn list(
    _: Anybody,
    State(app): State<Arc<App>>,
    Query(asked): Query<AskedPictures>,
) -> Result<Json<shape::Page<shape::Picture>>, Refusal> {
    let lacking = asked.missing.unwrap_or(false);
    let asked = Asked { q: asked.q, cursor: asked.cursor, limit: asked.limit };
    let wanted = match (lacking, asked.words()) {
        (true, _) => Wanted::Lacking,
        (false, "") => Wanted::All,
        (false, words) => Wanted::Like(words),
    };
    let (at, before) = asked.before_time();
    let limit = asked.limit();
    let rows = store::picture::before(&app.store, wanted, at, &before, limit + 1).await?;
    let (rows, next) = list::part(rows, limit, |row| cursor(row.id.as_str(), row.made_at));
    let srcs: Vec<&str> = rows.iter().map(|row| row.src.as_str()).collect();
    let uses = store::picture::uses(&app.store, &srcs).await?;
    let names = Names::of(&app, rows.iter().filter_map(|row| row.made_by.as_deref())).await?;
    let items = rows.iter().map(|row| {
        let uses = uses.iter().find(|(src, _)| *src == row.src).map_or(0, |(_, uses)| *uses);
        shaped(row, uses, &names)
    });
    Ok(list::page(items.collect(), next))
}

/// The name of the file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Named {
    name: String,
}

/// Brings a picture in: the body is the file itself.
#[utoipa::path(post, path = "/desk/api/pictures", params(Named), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = CREATED, body = shape::Picture)))]
pub async fn upload(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Query(named): Query<Named>,
    body: Bytes,
) -> Result<(StatusCode, Json<shape::Picture>), Refusal> {
    let made = picture::upload(&app, &named.name, body.to_vec(), &signed.by()).await?;
    let names = Names::of(&app, made.made_by.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(shaped(&made, 0, &names))))
}

/// How large a request of a picture may be.
pub fn largest() -> DefaultBodyLimit {
    DefaultBodyLimit::max(picture::LARGEST + 1)
}

/// One picture, with the articles that show it.
#[utoipa::path(get, path = "/desk/api/pictures/{id}", responses((status = OK, body = shape::Picture)))]
pub async fn read(
    _: Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Json<shape::Picture>, Refusal> {
    let row = store::picture::by_id(&app.store, &id).await?.ok_or_else(Refusal::not_found)?;
    Ok(Json(whole(&app, &row).await?))
}

/// What is said of a picture.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DescribePicture {
    #[serde(default)]
    alt: Option<String>,
    #[serde(default)]
    caption: Option<String>,
    #[serde(default)]
    credit: Option<shape::Credit>,
}

/// Says whose a picture is and what it shows. Articles that show it keep what they say of it.
#[utoipa::path(put, path = "/desk/api/pictures/{id}", request_body = DescribePicture, responses((status = OK, body = shape::Picture)))]
pub async fn describe(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<DescribePicture>,
) -> Result<Json<shape::Picture>, Refusal> {
    let mut row = store::picture::by_id(&app.store, &id).await?.ok_or_else(Refusal::not_found)?;
    let own = row.made_by.as_deref() == Some(signed.by().actor.word().as_str());
    if !own {
        signed.at_least(news::Role::Author)?;
    }
    let clean = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    row.alt = clean(sent.alt);
    row.caption = clean(sent.caption);
    row.credit = sent.credit.map(papers::read_credit).transpose()?.flatten();
    if row.alt.as_ref().is_some_and(|alt| alt.chars().count() > limits::META_CHARACTERS) {
        return Err(Refusal::field("alt", format!("at most {} characters", limits::META_CHARACTERS)));
    }
    if row.caption.as_ref().is_some_and(|caption| caption.chars().count() > limits::CAPTION_CHARACTERS) {
        return Err(Refusal::field("caption", format!("at most {} characters", limits::CAPTION_CHARACTERS)));
    }
    picture::describe(&app, &row, &signed.by()).await?;
    Ok(Json(whole(&app, &row).await?))
}

/// The catalogue of licences.
#[utoipa::path(get, path = "/desk/api/licences", responses((status = OK, body = Vec<shape::Licence>)))]
pub async fn licences(_: Anybody) -> Json<Vec<shape::Licence>> {
    let licence = |licence: &news::Licence| shape::Licence {
        id: licence.id.to_owned(),
        name: licence.name.to_owned(),
        url: licence.url.map(str::to_owned),
    };
    Json(news::licence::LICENCES.iter().map(licence).collect())
}

async fn whole(app: &App, row: &store::picture::Picture) -> Result<shape::Picture, Refusal> {
    let users: Vec<Id> = store::picture::used_in(&app.store, &row.src).await?;
    let cards = store::article::cards(&app.store, &users).await?;
    let names = Names::of(app, row.made_by.as_deref()).await?;
    let used = cards.iter().map(|card| shape::UsedIn {
        id: card.article.id.to_string(),
        headline: card.article.headline.to_string(),
        status: card.article.status.word().to_owned(),
    });
    let used: Vec<shape::UsedIn> = used.collect();
    Ok(shape::Picture { used_in: Some(used), ..shaped(row, users.len() as i64, &names) })
}

fn shaped(row: &store::picture::Picture, uses: i64, names: &Names) -> shape::Picture {
    let small = row.src.strip_prefix("/content/images/").map(|name| format!("/content/images/size/w600/{name}"));
    shape::Picture {
        id: row.id.to_string(),
        thumb: small.filter(|_| row.width > 600).unwrap_or_else(|| row.src.clone()),
        src: row.src.clone(),
        name: row.name.clone(),
        width: row.width,
        height: row.height,
        bytes: row.bytes,
        alt: row.alt.clone(),
        caption: row.caption.clone(),
        credit: row.credit.as_ref().map(papers::credit),
        made_at: row.made_at,
        made_by: row.made_by.as_deref().map(|by| names.name(by)),
        uses,
        used_in: None,
    }
}
