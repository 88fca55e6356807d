//! What happened, in Ghost's words, for webhooks: `{"event": "post.published", "post": {"current": {…}, "previous": {…}}}`.
//!
//! `current` is the thing as it is, `previous` the fields that were others, with what they held. Source: what Ghost 6.65
//! sends.

use std::sync::Arc;

use news::{Article, Id, Kind, Status};
use serde_json::{Map, Value, json};
use store::article::Card;

use super::admin::members;
use super::admin::shape::Drawn;
use super::asked::Parameters;
use crate::actions::events::{self, Event};
use crate::actions::keep::derived;
use crate::{App, Error};

/// Everything that a webhook can hear of.
pub const EVENTS: [&str; 29] = [
    "site.changed",
    "post.added",
    "post.edited",
    "post.deleted",
    "post.published",
    "post.published.edited",
    "post.unpublished",
    "post.scheduled",
    "post.unscheduled",
    "post.rescheduled",
    "post.tag.attached",
    "post.tag.detached",
    "page.added",
    "page.edited",
    "page.deleted",
    "page.published",
    "page.published.edited",
    "page.unpublished",
    "page.scheduled",
    "page.unscheduled",
    "page.rescheduled",
    "page.tag.attached",
    "page.tag.detached",
    "tag.added",
    "tag.edited",
    "tag.deleted",
    "member.added",
    "member.edited",
    "member.deleted",
];

/// What is told: the event and the body that is sent.
pub type Told = (String, Value);

/// What somebody is told of something that happened; nothing where `is_wanted` says that nobody wants to hear it.
pub async fn told(app: &Arc<App>, event: Event, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<Told>, Error> {
    let mut told = Vec::new();
    match event {
        Event::Article { id, kind, from, to } => {
            let (before, after) = (version(app, &id, from).await?, version(app, &id, to).await?);
            let names = names_of(before.as_ref(), after.as_ref());
            let noun = if events::kind(&kind) == Kind::Page { "page" } else { "post" };
            let names: Vec<String> = names.into_iter().map(|name| format!("{noun}.{name}")).collect();
            if names.iter().any(|name| is_wanted(name)) {
                let was = shaped(app, before.as_ref()).await?;
                let is = shaped(app, after.as_ref()).await?;
                told.extend(names.into_iter().map(|name| sent(name, noun, &was, &is)));
            }
        }
        Event::Tag(before, after) => {
            let drawn = Drawn::of(app).await?;
            let shape = |tag: Option<Box<news::Tag>>| tag.map(|tag| drawn.tag(&Arc::new(*tag))).unwrap_or(json!({}));
            told.push(one("tag", shape(before), shape(after)));
        }
        Event::Member(before, after) => {
            let settings = app.settings().await?;
            let shape = |member: Option<Box<news::Member>>| {
                member.map(|member| members::shaped(app, &settings, &member)).unwrap_or(json!({}))
            };
            told.push(one("member", shape(before), shape(after)));
        }
    }
    told.retain(|(name, _)| is_wanted(name));
    Ok(told)
}

/// What is told when a page that readers see may be another one.
pub fn site() -> Told {
    ("site.changed".into(), json!({ "event": "site.changed" }))
}

/// Something that came, changed or went.
fn one(noun: &str, was: Value, is: Value) -> Told {
    let nothing = json!({});
    let verb = match (was == nothing, is == nothing) {
        (true, _) => "added",
        (_, true) => "deleted",
        _ => "edited",
    };
    sent(format!("{noun}.{verb}"), noun, &was, &is)
}

fn sent(event: String, noun: &str, was: &Value, is: &Value) -> Told {
    let nothing = json!({});
    let previous = match (was == &nothing, is == &nothing) {
        (true, _) => nothing,
        (_, true) => was.clone(),
        _ => what_was(was, is),
    };
    let body = json!({ "event": event, noun: { "current": is, "previous": previous } });
    (event, body)
}

/// The fields that are others now, as they were.
fn what_was(was: &Value, is: &Value) -> Value {
    let fields = was.as_object().into_iter().flatten();
    let changed: Map<String, Value> = fields
        .filter(|(name, value)| is.get(name.as_str()) != Some(value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    changed.into()
}

/// What happened to an article, from how it was and how it is.
fn names_of(before: Option<&Article>, after: Option<&Article>) -> Vec<&'static str> {
    let status = |article: Option<&Article>| article.map(|article| article.status);
    let (was, is) = (status(before), status(after));
    let out = |status: Option<Status>| status == Some(Status::Published);
    let waits = |status: Option<Status>| status == Some(Status::Scheduled);
    let mut names = Vec::new();
    match (before, after) {
        (None, _) => names.push("added"),
        (_, None) => names.push("deleted"),
        _ => names.push("edited"),
    }
    match (out(was), out(is)) {
        (false, true) => names.push("published"),
        (true, true) => names.push("published.edited"),
        (true, false) => names.push("unpublished"),
        _ => {}
    }
    let date = |article: Option<&Article>| article.and_then(|article| article.published_at);
    match (waits(was), waits(is)) {
        (false, true) => names.push("scheduled"),
        (true, true) if date(before) != date(after) => names.push("rescheduled"),
        (true, false) if !out(is) && after.is_some() => names.push("unscheduled"),
        _ => {}
    }
    let tags = |article: Option<&Article>| article.map(|article| article.tags.clone()).unwrap_or_default();
    let (had, has) = (tags(before), tags(after));
    if has.iter().any(|tag| !had.contains(tag)) {
        names.push("tag.attached");
    }
    if after.is_some() && had.iter().any(|tag| !has.contains(tag)) {
        names.push("tag.detached");
    }
    names
}

/// An article as it was at a version.
async fn version(app: &App, id: &Id, version: Option<i64>) -> Result<Option<Article>, Error> {
    let Some(version) = version else { return Ok(None) };
    let row = store::revision::at(&app.store, id.as_str(), version).await?;
    Ok(row.map(|row| store::revision::article(&row)).transpose()?)
}

/// The article as the Admin API shows it, with every format of its body; `{}` for none.
async fn shaped(app: &Arc<App>, article: Option<&Article>) -> Result<Value, Error> {
    let Some(article) = article else { return Ok(json!({})) };
    let drawn = Drawn::of(app).await?;
    let card = Card { derived: derived(article), article: article.clone() };
    let posts = drawn.posts(vec![card]).await?;
    Ok(posts.first().map_or(json!({}), |post| drawn.post(post, &Parameters::every_format())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_told_of_before() {
        let was = json!({ "title": "One", "status": "draft", "published_at": null });
        let is = json!({ "title": "One", "status": "published", "published_at": "2026-01-01T00:00:00.000Z" });
        assert_eq!(what_was(&was, &is), json!({ "status": "draft", "published_at": null }));
        let (event, body) = one("tag", json!({}), json!({ "name": "x" }));
        assert_eq!((event.as_str(), &body["tag"]["previous"]), ("tag.added", &json!({})));
        let (event, body) = one("tag", json!({ "name": "x" }), json!({}));
        assert_eq!((event.as_str(), &body["tag"]["previous"]["name"]), ("tag.deleted", &json!("x")));
    }
}
