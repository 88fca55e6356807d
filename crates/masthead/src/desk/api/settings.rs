//! What the magazine says about itself: each setting with its default, and who changed it last.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use news::{Role, Settings};
use serde::Deserialize;
use serde_json::{Map, Value};
use store::{Batch, setting};
use utoipa::ToSchema;

use super::acts::Names;
use super::shape;
use crate::App;
use crate::actions::configure;
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Anybody, Editors};

/// A setting of the desk: its name in [`Settings`] (a point goes one level down), where it stands, how it is written,
/// and who may change it.
struct Row {
    name: &'static str,
    group: &'static str,
    kind: &'static str,
    least: Role,
}

const fn row(name: &'static str, group: &'static str, kind: &'static str) -> Row {
    Row { name, group, kind, least: Role::Owner }
}

/// All of them, in the order of the page.
const ROWS: &[Row] = &[
    row("title", "site", "text"),
    row("description", "site", "text"),
    row("about", "site", "long"),
    row("legal", "site", "long"),
    row("copyright_holder", "site", "text"),
    row("email", "site", "text"),
    row("locale", "site", "text"),
    row("timezone", "site", "timezone"),
    row("facebook", "site", "text"),
    row("twitter", "site", "text"),
    row("accent_color", "design", "colour"),
    row("logo", "design", "picture"),
    row("icon", "design", "picture"),
    row("cover_image", "design", "picture"),
    Row { name: "navigation", group: "navigation", kind: "links", least: Role::Editor },
    Row { name: "secondary_navigation", group: "navigation", kind: "links", least: Role::Editor },
    row("permalink", "navigation", "text"),
    Row { name: "record_confidence", group: "record", kind: "number", least: Role::Editor },
    row("policies.corrections", "policies", "text"),
    row("policies.ethics", "policies", "text"),
    row("policies.ownership", "policies", "text"),
    row("policies.masthead", "policies", "text"),
    row("codeinjection_head", "code", "code"),
    row("codeinjection_foot", "code", "code"),
];

/// Longest text of a setting, in bytes (code injection has this much).
const LONGEST: usize = news::limits::CODE_BYTES;

/// Every setting.
#[utoipa::path(get, path = "/desk/api/settings", responses((status = OK, body = Vec<shape::Setting>)))]
pub async fn list(Anybody(signed): Anybody, State(app): State<Arc<App>>) -> Result<Json<Vec<shape::Setting>>, Refusal> {
    let settings = app.settings().await?;
    Ok(Json(shaped(&app, &settings, signed.staff.role).await?))
}

async fn shaped(app: &App, settings: &Settings, role: Role) -> Result<Vec<shape::Setting>, Refusal> {
    let (now, default) = (object(settings), object(&Settings::default()));
    let changes = setting::changes(&app.store).await?;
    let names = Names::of(app, changes.iter().map(|change| change.actor.as_str())).await?;
    let rows = ROWS.iter().map(|row| {
        let change = changes.iter().find(|change| change.name == row.name);
        shape::Setting {
            name: row.name.to_owned(),
            group: row.group.to_owned(),
            kind: row.kind.to_owned(),
            value: at(&now, row.name),
            default: at(&default, row.name),
            changed_by: change.map(|change| names.name(&change.actor)),
            changed_at: change.map(|change| change.made_at),
            may_change: role.is_at_least(row.least),
        }
    });
    Ok(rows.collect())
}

/// The new value.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSetting {
    #[schema(value_type = Object)]
    value: Value,
}

/// Changes one setting; every page changes with it.
#[utoipa::path(put, path = "/desk/api/settings/{name}", request_body = ChangeSetting, responses((status = OK, body = Vec<shape::Setting>)))]
pub async fn change(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Sent(sent): Sent<ChangeSetting>,
) -> Result<Json<Vec<shape::Setting>>, Refusal> {
    let row = ROWS.iter().find(|row| row.name == name).ok_or_else(Refusal::not_found)?;
    signed.at_least(row.least)?;
    if sent.value.to_string().len() > LONGEST {
        return Err(Refusal::field("value", format!("a setting has at most {LONGEST} bytes")));
    }
    let _one_at_a_time = app.configuring.lock().await;
    let mut fields = object(&app.settings().await?);
    put(&mut fields, row.name, sent.value);
    let settings: Settings = serde_json::from_value(Value::Object(fields))
        .map_err(|why| Refusal::field("value", format!("this is not right here: {why}")))?;
    refuse(row.name, &settings)?;
    let by = signed.by_reason(Some(row.name.to_owned()));
    configure::configure(&app, &settings, &by).await?;
    let mut batch = Batch::new();
    batch.push(setting::note_change(row.name, &by.actor.word(), app.now().as_millisecond()));
    app.store.commit(batch).await?;
    Ok(Json(shaped(&app, &settings, signed.staff.role).await?))
}

/// Refuses a value that pages could not be made with.
fn refuse(name: &str, settings: &Settings) -> Result<(), Refusal> {
    let no = |why: &str| Err(Refusal::field("value", why));
    match name {
        "title" if settings.title.trim().is_empty() => no("the magazine needs a name"),
        "timezone" if jiff::tz::TimeZone::get(&settings.timezone).is_err() => {
            no("there is no such time zone; write one like Europe/London")
        }
        "permalink" => match news::Permalink::parse(&settings.permalink) {
            Ok(_) => Ok(()),
            Err(why) => no(&why.to_string()),
        },
        "accent_color" => match settings.accent_color.as_deref() {
            Some(colour) if !is_colour(colour) => no("write a colour like #7a1f1f"),
            _ => Ok(()),
        },
        "record_confidence" if settings.record_confidence > 101 => no("choose 0 to 100, or 101 for none"),
        "navigation" | "secondary_navigation" => {
            let mut links = settings.navigation.iter().chain(&settings.secondary_navigation);
            match links.find(|link| !news::settings::is_menu_address(&link.url)) {
                Some(link) => no(&format!("“{}” is no address; write https://… or a path like /about/", link.url)),
                None => Ok(()),
            }
        }
        "logo"
        | "icon"
        | "cover_image"
        | "policies.corrections"
        | "policies.ethics"
        | "policies.ownership"
        | "policies.masthead" => {
            let policies = &settings.policies;
            let addresses = [&settings.logo, &settings.icon, &settings.cover_image].into_iter().chain([
                &policies.corrections,
                &policies.ethics,
                &policies.ownership,
                &policies.masthead,
            ]);
            match addresses.flatten().find(|text| !text.is_empty() && !news::settings::is_web_address(text)) {
                Some(text) => no(&format!("“{text}” is no address; write https://… or a path like /about/")),
                None => Ok(()),
            }
        }
        "locale" if !is_language(&settings.locale) => no("write a language like en-GB"),
        _ => Ok(()),
    }
}

/// BCP 47, as far as its letters go.
fn is_language(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    text.len() <= 35 && text.split('-').all(part) && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    [3, 6].contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn object(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn at(fields: &Map<String, Value>, name: &str) -> Value {
    match name.split_once('.') {
        Some((group, name)) => fields.get(group).and_then(|group| group.get(name)).cloned().unwrap_or_default(),
        None => fields.get(name).cloned().unwrap_or_default(),
    }
}

fn put(fields: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        Some((group, name)) => {
            if let Some(Value::Object(group)) = fields.get_mut(group) {
                group.insert(name.to_owned(), value);
            }
        }
        None => {
            fields.insert(name.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_the_page_is_one_of_the_magazine() {
        let fields = object(&Settings::default());
        for row in ROWS {
            let (group, inner) = row.name.split_once('.').unwrap_or((row.name, ""));
            let found = fields.get(group).expect(row.name);
            assert!(inner.is_empty() || found.get(inner).is_some(), "{}", row.name);
        }
    }
}
