//! `/ghost/api/admin/webhooks/`: who is told when something happens.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use news::{Act, Id, Verb, limits};
use serde::Deserialize;
use serde_json::{Value, json};
use store::webhook::{self, Webhook};
use store::{Batch, Statement, act};

use super::caller::{Caller, Trusted};
use super::sent::{Field, given, only, required};
use super::{answer, created, nothing};
use crate::App;
use crate::ghost::error::ApiError;
use crate::ghost::shape::utc;
use crate::ghost::told::EVENTS;

/// Most webhooks of a magazine.
const MOST: i64 = 500;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    event: Option<String>,
    target_url: Option<String>,
    #[serde(deserialize_with = "given")]
    name: Field,
    #[serde(deserialize_with = "given")]
    secret: Field,
}

/// A new one. The same event is told to the same address once.
pub async fn add(Trusted(caller): Trusted, State(app): State<Arc<App>>, body: Bytes) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("save", "webhook");
    let fields: Fields = only(&body, "webhooks").map_err(saying)?;
    let event = fields.event.clone().ok_or_else(|| saying(required("webhooks", "event")))?;
    let target = fields.target_url.clone().ok_or_else(|| saying(required("webhooks", "target_url")))?;
    fields.check(&app).map_err(saying)?;
    if webhook::count(&app.store).await?.is_some_and(|row| row.count >= MOST) {
        return Err(saying(ApiError::invalid("webhooks", format!("a magazine has at most {MOST} webhooks"))));
    }
    refuse_twice(&app, &event, &target, None).await.map_err(saying)?;
    let id = app.new_id();
    let (name, secret) = (fields.name.flatten(), fields.secret.flatten());
    let add = webhook::add(
        id.as_str(),
        &event,
        &target,
        name.as_deref(),
        secret.as_deref(),
        caller.key().map(Id::as_str),
        app.now().as_millisecond(),
    );
    commit(&app, &id, add, None, &caller).await?;
    let hook = find(&app, &caller, id.as_str(), "save").await?;
    Ok(created(&app, &format!("webhooks/{id}"), json!({ "webhooks": [shaped(&hook)] })))
}

/// Changes one.
pub async fn edit(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("edit", "webhook");
    let before = find(&app, &caller, &id, "edit").await?;
    let fields: Fields = only(&body, "webhooks").map_err(saying)?;
    fields.check(&app).map_err(saying)?;
    let (event, target) = (fields.event.unwrap_or(before.event), fields.target_url.unwrap_or(before.target_url));
    refuse_twice(&app, &event, &target, Some(&before.id)).await.map_err(saying)?;
    let (name, secret) = (fields.name.unwrap_or(before.name), fields.secret.unwrap_or(before.secret));
    let now = app.now().as_millisecond();
    let change = webhook::change(&before.id, &event, &target, name.as_deref(), secret.as_deref(), now);
    let id = Id::parse(&before.id).map_err(|_| ApiError::wrong_id("webhook"))?;
    commit(&app, &id, change, None, &caller).await?;
    Ok(answer(StatusCode::OK, json!({ "webhooks": [shaped(&find(&app, &caller, id.as_str(), "edit").await?)] })))
}

/// Ends one; what it was still to be told is forgotten.
pub async fn remove(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let hook = find(&app, &caller, &id, "delete").await?;
    let id = Id::parse(&hook.id).map_err(|_| ApiError::wrong_id("webhook"))?;
    commit(&app, &id, webhook::remove(&hook.id), Some(webhook::forget(&hook.id)), &caller).await?;
    Ok(nothing())
}

async fn commit(
    app: &App,
    id: &Id,
    statement: Statement,
    beside: Option<Statement>,
    caller: &Caller,
) -> Result<(), ApiError> {
    let mut batch = Batch::new();
    batch.must(statement);
    beside.into_iter().for_each(|statement| batch.push(statement));
    let (actor, subject, at) = (caller.by().actor, id.to_string(), app.now());
    let reason = Some("webhook".to_owned());
    batch.push(act::add(&Act { actor, verb: Verb::Configured, subject, at, reason }));
    Ok(app.store.commit(batch).await.map_err(crate::actions::ActError::from)?)
}

/// A webhook that the caller may see: a program only its own.
async fn find(app: &App, caller: &Caller, id: &str, verb: &str) -> Result<Webhook, ApiError> {
    let id = Id::parse(id).map_err(|_| ApiError::wrong_id("webhook").saying(verb, "webhook"))?;
    let found = webhook::by_id(&app.store, id.as_str()).await?;
    let found = found.filter(|hook| caller.key().is_none_or(|key| hook.key_id.as_deref() == Some(key.as_str())));
    found.ok_or_else(|| ApiError::not_there("webhook").saying(verb, "webhook"))
}

async fn refuse_twice(app: &App, event: &str, target: &str, own: Option<&str>) -> Result<(), ApiError> {
    let others = webhook::of_event(&app.store, event, MOST).await?;
    match others.iter().any(|hook| hook.target_url == target && own != Some(hook.id.as_str())) {
        true => Err(ApiError::invalid("target_url", "Target URL has already been used for this event.")),
        false => Ok(()),
    }
}

impl Fields {
    fn check(&self, app: &App) -> Result<(), ApiError> {
        if let Some(event) = &self.event
            && !EVENTS.contains(&event.as_str())
        {
            return Err(ApiError::invalid("event", format!("“{event}” is nothing that happens here")));
        }
        if let Some(target) = &self.target_url {
            app.fetch.check(target).map_err(|why| ApiError::invalid("target_url", why.to_string()))?;
        }
        for (name, text) in [("name", &self.name), ("secret", &self.secret)] {
            if text.iter().flatten().any(|text| text.chars().count() > limits::NAME_CHARACTERS) {
                let context = format!("it has at most {} characters", limits::NAME_CHARACTERS);
                return Err(ApiError::invalid(name, context));
            }
        }
        Ok(())
    }
}

fn shaped(hook: &Webhook) -> Value {
    let time = |at: Option<i64>| at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok()).map(utc);
    json!({
        "id": hook.id, "event": hook.event, "target_url": hook.target_url, "name": hook.name, "secret": hook.secret,
        "api_version": "v6", "integration_id": hook.key_id, "last_triggered_at": time(hook.told_at),
        "last_triggered_status": hook.told_status, "last_triggered_error": hook.told_error,
        "created_at": time(Some(hook.created_at)), "updated_at": time(Some(hook.updated_at)),
    })
}
