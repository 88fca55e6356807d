//! `/ghost/api/admin/members/`: readers who signed up. They are kept; nothing is sent or sold yet.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use news::member::Known;
use news::{Id, Member, Slug, limits};
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller::Trusted;
use super::listed::{envelope, only_fields};
use super::sent::{Field, given, only};
use super::{answer, created, nothing};
use crate::App;
use crate::actions::{ActError, member};
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;
use crate::ghost::filter::{self, Filter, MEMBERS};
use crate::ghost::shape::{tier, utc};

/// Members that a filter looks at, at most.
const DEEPEST: i64 = 20_000;
/// Members that are read at a time.
const CHUNK: i64 = 500;
/// Longest note, in characters (Ghost's limit).
const LONGEST_NOTE: usize = 2_000;
/// Most labels, or newsletters, of one member.
const MOST: usize = 100;

/// What clients send of a member.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    email: Option<String>,
    #[serde(deserialize_with = "given")]
    name: Field,
    #[serde(deserialize_with = "given")]
    note: Field,
    labels: Option<Vec<Label>>,
    newsletters: Option<Vec<WithId>>,
    tiers: Option<Vec<WithId>>,
    subscribed: Option<bool>,
    comped: Option<bool>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Label {
    Name(String),
    Object { name: String },
}

#[derive(Deserialize)]
struct WithId {
    id: String,
}

/// The newest first.
pub async fn browse(
    _: Trusted,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let wrong = |why| ApiError::wrong_filter("members", why);
    let filter = asked.filter(MEMBERS, app.now()).map_err(wrong)?;
    let order = asked.order().and_then(|order| filter::order(order, MEMBERS));
    let (skip, limit) = (asked.skip(), asked.limit());
    let words = asked.search.as_deref().map(str::to_lowercase).filter(|words| !words.trim().is_empty());
    let (members, total) = match (filter, order) {
        (None, None) if words.is_none() => {
            let total = store::member::count(&app.store).await?.map_or(0, |row| row.count.max(0) as usize);
            (store::member::newest(&app.store, limit as i64, skip as i64).await?, total)
        }
        (filter, order) => {
            let mut fitting = fitting(&app, filter).await?;
            let turn = app.turn().await?;
            let fitting = tokio::task::spawn_blocking(move || {
                let _turn = turn;
                if let Some(words) = &words {
                    let has = |text: &str| text.to_lowercase().contains(words.trim());
                    fitting.retain(|member| has(&member.email) || member.known.name.as_deref().is_some_and(has));
                }
                if let Some(order) = order {
                    fitting.sort_by_cached_key(|member| member.id.clone());
                    let with_value = |member: Member| (theme::Value::from(flat(&member)), member);
                    let mut valued: Vec<_> = fitting.into_iter().map(with_value).collect();
                    valued.sort_by(|(one, _), (other, _)| filter::compare(one, other, &order));
                    fitting = valued.into_iter().map(|(_, member)| member).collect();
                }
                fitting
            });
            let fitting = fitting.await.map_err(|why| crate::Error::Io(std::io::Error::other(why)))?;
            let total = fitting.len();
            (fitting.into_iter().skip(skip).take(limit).collect(), total)
        }
    };
    let settings = app.settings().await?;
    let values = members.iter().map(|member| only_fields(shaped(&app, &settings, member), &asked)).collect();
    Ok(answer(StatusCode::OK, envelope("members", values, &asked, total)))
}

async fn fitting(app: &App, filter: Option<Filter>) -> Result<Vec<Member>, ApiError> {
    let musts = filter.as_ref().map(Filter::musts).unwrap_or_default();
    let email = musts.iter().find(|must| must.field.name == "email").and_then(|must| must.only());
    if let Some(email) = email {
        let found = store::member::by_email(&app.store, &email.to_lowercase()).await?;
        return sifted(app, found.into_iter().collect(), filter).await;
    }
    let mut found = Vec::new();
    for skip in (0..DEEPEST).step_by(CHUNK as usize) {
        let members = store::member::newest(&app.store, CHUNK, skip).await?;
        let is_last = members.len() < CHUNK as usize;
        found.extend(sifted(app, members, filter.clone()).await?);
        if is_last {
            break;
        }
    }
    Ok(found)
}

/// Those that a filter fits, looked at on a thread that may take its time, in turn with everybody who searches.
async fn sifted(app: &App, members: Vec<Member>, filter: Option<Filter>) -> Result<Vec<Member>, ApiError> {
    let Some(filter) = filter else { return Ok(members) };
    let turn = app.turn().await?;
    let sifted = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        members.into_iter().filter(|member| filter.fits(&theme::Value::from(flat(member)))).collect()
    });
    Ok(sifted.await.map_err(|why| crate::Error::Io(std::io::Error::other(why)))?)
}

/// How many members get each newsletter.
pub async fn by_newsletter(app: &App) -> Result<HashMap<String, usize>, ApiError> {
    let mut counts = HashMap::new();
    for member in fitting(app, None).await? {
        member.known.newsletters.into_iter().for_each(|id| *counts.entry(id).or_insert(0) += 1);
    }
    Ok(counts)
}

/// A member as filters see one.
fn flat(member: &Member) -> Value {
    let labels: Vec<Value> = member.known.labels.iter().map(|name| label(name)).collect();
    let newsletters: Vec<Value> = member.known.newsletters.iter().map(|id| json!({ "id": id })).collect();
    let tiers: Vec<Value> = member.known.tiers.iter().map(|slug| json!({ "slug": slug })).collect();
    json!({
        "id": member.id, "uuid": member.known.uuid, "email": member.email, "name": member.known.name,
        "note": member.known.note, "status": status(member), "subscribed": !member.known.newsletters.is_empty(),
        "created_at": utc(member.created_at), "updated_at": utc(member.updated_at),
        "last_seen_at": member.known.seen_at.map(utc), "labels": labels, "newsletters": newsletters, "tiers": tiers,
    })
}

/// One, by id.
pub async fn read(
    _: Trusted,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let member = find(&app, &id, "read").await?;
    let settings = app.settings().await?;
    let value = only_fields(shaped(&app, &settings, &member), &asked);
    Ok(answer(StatusCode::OK, json!({ "members": [value] })))
}

/// One, by address.
pub async fn read_by_email(
    _: Trusted,
    State(app): State<Arc<App>>,
    Path(email): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let member = by_email(&app, &email, "read").await?;
    let settings = app.settings().await?;
    let value = only_fields(shaped(&app, &settings, &member), &asked);
    Ok(answer(StatusCode::OK, json!({ "members": [value] })))
}

/// Removes one for good, by address.
pub async fn remove_by_email(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    Path(email): Path<String>,
) -> Result<Response, ApiError> {
    let member = by_email(&app, &email, "delete").await?;
    member::remove(&app, &member, &caller.by()).await?;
    Ok(nothing())
}

async fn by_email(app: &App, email: &str, verb: &str) -> Result<Member, ApiError> {
    let found = store::member::by_email(&app.store, &email.to_lowercase()).await?;
    found.ok_or_else(|| ApiError::not_there("member").saying(verb, "member"))
}

/// A new one; one address is one member.
pub async fn add(Trusted(caller): Trusted, State(app): State<Arc<App>>, body: Bytes) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("save", "member");
    let fields: Fields = only(&body, "members").map_err(saying)?;
    let settings = app.settings().await?;
    let now = app.now();
    let mut member = Member {
        id: app.new_id(),
        email: String::new(),
        known: Known { uuid: crate::actions::edit::new_uuid(), ..Known::default() },
        created_at: now,
        updated_at: now,
    };
    // As in Ghost, who is not said to get none gets what new members get.
    if fields.newsletters.is_none() && fields.subscribed != Some(false) {
        let usual = settings.newsletters.iter().filter(|letter| letter.active && letter.subscribe_on_signup);
        member.known.newsletters = usual.map(|letter| letter.id.clone()).collect();
    }
    fields.lay_over(&settings, &mut member).map_err(saying)?;
    if member.email.is_empty() {
        return Err(super::sent::required("members", "email").saying("save", "member"));
    }
    member::keep(&app, None, &member, &caller.by()).await.map_err(|why| saying(taken(why)))?;
    let path = format!("members/{}", member.id);
    Ok(created(&app, &path, json!({ "members": [shaped(&app, &settings, &member)] })))
}

/// Changes one.
pub async fn edit(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("edit", "member");
    let before = find(&app, &id, "edit").await?;
    let settings = app.settings().await?;
    let mut member = before.clone();
    only::<Fields>(&body, "members").map_err(saying)?.lay_over(&settings, &mut member).map_err(saying)?;
    member.updated_at = app.now();
    member::keep(&app, Some(&before), &member, &caller.by()).await.map_err(|why| saying(taken(why)))?;
    Ok(answer(StatusCode::OK, json!({ "members": [shaped(&app, &settings, &member)] })))
}

/// Removes one for good.
pub async fn remove(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let member = find(&app, &id, "delete").await?;
    member::remove(&app, &member, &caller.by()).await?;
    Ok(nothing())
}

/// Every label that somebody has.
pub async fn labels(
    _: Trusted,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let mut names: Vec<String> = Vec::new();
    for member in fitting(&app, None).await? {
        names.extend(member.known.labels);
    }
    names.sort_unstable();
    names.dedup();
    let total = names.len();
    let values = names.iter().skip(asked.skip()).take(asked.limit()).map(|name| label(name)).collect();
    Ok(answer(StatusCode::OK, envelope("labels", values, &asked, total)))
}

/// The address is another member's.
fn taken(why: ActError) -> ApiError {
    match why {
        ActError::Field(why) => ApiError::invalid("email", why),
        why => why.into(),
    }
}

async fn find(app: &App, id: &str, verb: &str) -> Result<Member, ApiError> {
    let id = Id::parse(id).map_err(|_| ApiError::wrong_id("member").saying(verb, "member"))?;
    let found = store::member::by_id(&app.store, &id).await?;
    found.ok_or_else(|| ApiError::not_there("member").saying(verb, "member"))
}

impl Fields {
    fn lay_over(self, settings: &news::Settings, member: &mut Member) -> Result<(), ApiError> {
        let known = &mut member.known;
        if let Some(email) = self.email {
            member.email = news::staff::email(&email).map_err(|why| ApiError::invalid("email", why.to_string()))?;
        }
        let text = |field: &'static str, given: Option<String>, most: usize| match given {
            Some(text) if text.chars().count() > most => {
                Err(ApiError::invalid(field, format!("it has at most {most} characters")))
            }
            given => Ok(given.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())),
        };
        if let Some(name) = self.name {
            known.name = text("name", name, limits::NAME_CHARACTERS)?;
        }
        if let Some(note) = self.note {
            known.note = text("note", note, LONGEST_NOTE)?;
        }
        if let Some(labels) = self.labels {
            let names = labels.into_iter().map(|label| match label {
                Label::Name(name) | Label::Object { name } => name.trim().to_owned(),
            });
            known.labels = names.filter(|name| !name.is_empty()).collect();
            if known.labels.len() > MOST
                || known.labels.iter().any(|name| name.chars().count() > limits::NAME_CHARACTERS)
            {
                let context = format!("at most {MOST} labels of {} characters", limits::NAME_CHARACTERS);
                return Err(ApiError::invalid("labels", context));
            }
        }
        match (self.newsletters, self.subscribed) {
            (Some(letters), _) => {
                let is_known = |id: &String| settings.newsletters.iter().any(|letter| letter.id == *id);
                known.newsletters = letters.into_iter().map(|letter| letter.id).filter(is_known).take(MOST).collect();
            }
            (None, Some(false)) => known.newsletters.clear(),
            (None, _) => {}
        }
        if let Some(tiers) = self.tiers {
            let slug = |id: String| settings.tiers.iter().find(|tier| tier.id == id).map(|tier| tier.slug.clone());
            known.tiers = tiers.into_iter().filter_map(|tier| slug(tier.id)).take(MOST).collect();
            known.status = Some(if known.tiers.is_empty() { "free" } else { "comped" }.to_owned());
        } else if let Some(comped) = self.comped {
            known.status = Some(if comped { "comped" } else { "free" }.to_owned());
        }
        Ok(())
    }
}

fn status(member: &Member) -> &str {
    member.known.status.as_deref().unwrap_or("free")
}

fn label(name: &str) -> Value {
    let slug = Slug::of(name).unwrap_or_else(Slug::untitled);
    json!({ "id": Id::of_text(2, name), "name": name, "slug": slug, "created_at": null, "updated_at": null })
}

/// A member as clients read one.
pub fn shaped(app: &App, settings: &news::Settings, member: &Member) -> Value {
    let known = &member.known;
    let letters = settings.newsletters.iter().filter(|letter| known.newsletters.contains(&letter.id));
    let letters: Vec<Value> = letters
        .map(|letter| {
            let status = if letter.active { "active" } else { "archived" };
            json!({ "id": letter.id, "name": letter.name, "description": letter.description, "status": status })
        })
        .collect();
    let tiers: Vec<Value> = settings.tiers.iter().filter(|one| known.tiers.contains(&one.slug)).map(tier).collect();
    let labels: Vec<Value> = known.labels.iter().map(|name| label(name)).collect();
    let leave = app.url.with(&format!("/unsubscribe/?uuid={}", known.uuid));
    json!({
        "id": member.id, "uuid": known.uuid, "email": member.email, "name": known.name, "note": known.note,
        "geolocation": known.geolocation, "subscribed": !letters.is_empty(), "created_at": utc(member.created_at),
        "updated_at": utc(member.updated_at), "labels": labels, "subscriptions": [], "avatar_image": null,
        "comped": status(member) == "comped", "email_count": 0, "email_opened_count": 0, "email_open_rate": null,
        "status": status(member), "last_seen_at": known.seen_at.map(utc), "unsubscribe_url": leave, "tiers": tiers,
        "email_suppression": { "suppressed": known.email_disabled, "info": null }, "newsletters": letters,
    })
}
