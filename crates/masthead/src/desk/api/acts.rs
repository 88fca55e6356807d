//! The record of acts.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use news::Id;
use serde::Deserialize;
use utoipa::IntoParams;

use super::list::{self};
use super::shape;
use crate::App;
use crate::desk::refusal::Refusal;
use crate::desk::session::Anybody;

/// Which acts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AskedActs {
    /// Only those upon this: the id of an article, a member of staff, a key.
    subject: Option<String>,
    /// Only those of this actor: `staff:ID`, `key:ID`, `command`, `clock`.
    actor: Option<String>,
    /// Where to go on.
    cursor: Option<String>,
    /// How many lines.
    limit: Option<i64>,
}

/// The newest first. Editors and owners see all of them; others those upon one subject.
#[utoipa::path(get, path = "/desk/api/acts", params(AskedActs), responses((status = OK, body = shape::Page<shape::Act>)))]
pub async fn list(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Query(asked): Query<AskedActs>,
) -> Result<Json<shape::Page<shape::Act>>, Refusal> {
    let before = asked.cursor.as_deref().and_then(|cursor| cursor.parse().ok()).unwrap_or(i64::MAX);
    let limit = asked.limit.unwrap_or(list::LINES).clamp(1, list::MOST);
    let rows = match (&asked.subject, &asked.actor) {
        (Some(subject), _) => {
            // What was done to articles is everybody's to know; what was done to people is theirs and the desk's.
            if subject != signed.staff.id.as_str() && !signed.staff.role.is_at_least(news::Role::Editor) {
                let id = Id::parse(subject).map_err(|_| Refusal::not_allowed())?;
                store::article::by_id(&app.store, &id).await?.ok_or_else(Refusal::not_allowed)?;
            }
            store::act::of_before(&app.store, subject, before, limit + 1).await?
        }
        (None, Some(actor)) => {
            if *actor != signed.by().actor.word() {
                signed.at_least(news::Role::Editor)?;
            }
            store::act::by_before(&app.store, actor, before, limit + 1).await?
        }
        (None, None) => {
            signed.at_least(news::Role::Editor)?;
            store::act::before(&app.store, before, limit + 1).await?
        }
    };
    let (rows, next) = list::part(rows, limit, |row| row.number.to_string());
    let names = Names::of(&app, rows.iter().map(|row| row.actor.as_str())).await?;
    let articles: Vec<Id> = rows.iter().filter_map(|row| Id::parse(&row.subject).ok()).collect();
    let cards = store::article::cards(&app.store, &articles).await?;
    // As the desk has it now; a picture by its file.
    let ids = serde_json::to_string(&articles).unwrap_or_default();
    let written = store::working_copy::headlines_of(&app.store, &ids).await?;
    let pictures = store::picture::names_of(&app.store, &ids).await?;
    let headline = |subject: &str| {
        let now = written.iter().find(|row| row.article_id == subject).map(|row| row.headline.clone());
        let kept = || cards.iter().find(|card| card.article.id.as_str() == subject);
        let picture = || pictures.iter().find(|row| row.id == subject).map(|row| row.name.clone());
        now.or_else(|| kept().map(|card| card.article.headline.to_string())).or_else(picture)
    };
    let items = rows.into_iter().map(|row| shape::Act {
        number: row.number,
        at: row.made_at,
        actor_name: names.name(&row.actor),
        subject_name: headline(&row.subject).or_else(|| names.staff(&row.subject)),
        actor: row.actor,
        verb: row.verb,
        subject: row.subject,
        reason: row.reason,
    });
    Ok(list::page(items.collect(), next))
}

/// The names behind the actors of the record.
pub struct Names {
    staff: HashMap<String, String>,
    keys: HashMap<String, String>,
}

impl Names {
    /// The names of these actors.
    pub async fn of<'a>(app: &App, actors: impl IntoIterator<Item = &'a str>) -> Result<Names, store::Broken> {
        let mut names = Names { staff: HashMap::new(), keys: HashMap::new() };
        let (mut people, mut programs) = (false, false);
        for actor in actors {
            people |= actor.starts_with("staff:");
            programs |= actor.starts_with("key:");
        }
        if people {
            let staff = store::staff::all(&app.store).await?;
            names.staff = staff.into_iter().map(|member| (member.id.to_string(), member.name)).collect();
        }
        if programs {
            let keys = store::key::listed(&app.store).await?;
            names.keys = keys.into_iter().map(|key| (key.id, key.name)).collect();
        }
        Ok(names)
    }

    /// How somebody reads an actor.
    pub fn name(&self, actor: &str) -> String {
        match actor.split_once(':') {
            Some(("staff", id)) => self.staff.get(id).cloned().unwrap_or_else(|| "somebody who left".to_owned()),
            Some(("key", id)) => self.keys.get(id).cloned().unwrap_or_else(|| "a key that ended".to_owned()),
            _ => actor.to_owned(),
        }
    }

    /// The name of a member of staff by id.
    pub fn staff(&self, id: &str) -> Option<String> {
        self.staff.get(id).cloned()
    }
}
