//! `/ghost/api/admin/settings/`: the magazine's settings by Ghost's names.
//!
//! What Masthead has a word for is read and written in its settings; what came with an export and has none lies beside
//! them as it came, and is shown and changed there.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use import::ghost::{is_secret, settings_of, settings_rows};
use news::settings::Members;
use news::{Settings, limits};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::setting;

use super::answer;
use super::caller::{Admin, Owners};
use crate::App;
use crate::actions::configure;
use crate::actions::move_in::{REST, settings as laid_over};
use crate::ghost::error::ApiError;

#[derive(Deserialize)]
struct Sent {
    settings: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    key: String,
    value: Value,
}

/// Pictures, whose addresses are shown whole.
const PICTURES: [&str; 5] = ["logo", "icon", "cover_image", "og_image", "twitter_image"];

/// All of them.
pub async fn browse(_: Admin, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, all(&app).await?))
}

async fn all(app: &Arc<App>) -> Result<Value, ApiError> {
    let (settings, rest) = (app.settings().await?, app.last_read.rest(app).await?);
    let mut pairs: Vec<Value> = Vec::new();
    for row in settings_rows(&settings) {
        let key = row["key"].as_str().unwrap_or_default();
        let value = shown(app, key, row["value"].as_str());
        let value = if key == "icon" { icon(app, &settings, value) } else { value };
        pairs.push(json!({ "key": key, "value": value }));
    }
    for row in rest.get("settings").and_then(Value::as_array).into_iter().flatten() {
        let key = row["key"].as_str().unwrap_or_default();
        if pairs.iter().all(|pair| pair["key"] != key) {
            pairs.push(json!({ "key": key, "value": shown(app, key, row["value"].as_str()) }));
        }
    }
    let members = settings.members;
    let host = app.url.host();
    let mail = if settings.email.is_empty() { format!("noreply@{host}") } else { settings.email.clone() };
    for (key, value) in [
        ("active_theme", json!(settings.theme)),
        ("members_enabled", json!(members != Members::None)),
        ("members_invite_only", json!(members == Members::Invite)),
        ("allow_self_signup", json!(members == Members::All)),
        ("paid_members_enabled", json!(false)),
        ("firstpromoter_account", Value::Null),
        ("donations_enabled", json!(false)),
        ("recommendations_enabled", json!(false)),
        ("default_email_address", json!(mail)),
        ("support_email_address", json!(mail)),
        ("all_blocked_email_domains", json!([])),
    ] {
        pairs.retain(|pair| pair["key"] != key);
        pairs.push(json!({ "key": key, "value": value }));
    }
    Ok(json!({ "settings": pairs, "meta": {} }))
}

/// Yes and no as such, own addresses whole.
fn shown(app: &App, key: &str, value: Option<&str>) -> Value {
    match value {
        Some("true") => true.into(),
        Some("false") => false.into(),
        Some(text) if PICTURES.contains(&key) && text.is_empty() => Value::Null,
        Some(text) => text.replace("__GHOST_URL__", app.url.as_str()).into(),
        None => Value::Null,
    }
}

/// The icon, in the size in which Ghost shows it.
fn icon(app: &App, settings: &Settings, value: Value) -> Value {
    let own = settings
        .icon
        .as_deref()
        .and_then(|icon| icon.trim_start_matches("__GHOST_URL__").strip_prefix("/content/images/"));
    match own {
        Some(name) if !name.ends_with(".ico") && !name.ends_with(".svg") => {
            app.url.with(&format!("/content/images/size/w256h256/{name}")).into()
        }
        _ => value,
    }
}

/// Changes some of them; what is no setting here is kept beside.
pub async fn edit(Owners(caller): Owners, State(app): State<Arc<App>>, body: Bytes) -> Result<Response, ApiError> {
    let sent: Sent = serde_json::from_slice(&body)
        .map_err(|why| ApiError::bad_request(format!("The body is not a list of settings: {why}")))?;
    let _one_at_a_time = app.configuring.lock().await;
    let before = app.settings().await?;
    let mut rows = settings_rows(&before);
    let row = setting::body_of(&app.store, REST).await?;
    let mut rest: Map<String, Value> = row.and_then(|row| serde_json::from_str(&row.body).ok()).unwrap_or_default();
    let table = rest.entry("settings").or_insert_with(|| json!([]));
    let others = table.as_array_mut().ok_or_else(|| ApiError::bad_request("the settings cannot be read"))?;
    for Pair { key, value } in sent.settings {
        let text = match &value {
            Value::Null => None,
            Value::String(text) => {
                let text = text.replace(app.url.as_str(), "__GHOST_URL__");
                Some(if PICTURES.contains(&&*key) { without_size(&text) } else { text })
            }
            other => Some(other.to_string()),
        };
        if text.as_ref().is_some_and(|text| text.len() > limits::CODE_BYTES) {
            return Err(ApiError::invalid(&key, format!("a setting has at most {} bytes", limits::CODE_BYTES)));
        }
        check(&key, text.as_deref())?;
        let own = rows.iter_mut().find(|row| row["key"] == *key);
        // What is none that came or that we know is passed over, as in Ghost.
        if let Some(row) = own.or_else(|| others.iter_mut().find(|row| row["key"] == *key)) {
            row["value"] = text.into();
        }
    }
    others.retain(|row| !is_secret(row));
    let settings = laid_over(before.clone(), settings_of(rows));
    // What Ghost's table does not hold stays.
    let settings = Settings {
        permalink: before.permalink,
        theme_settings: before.theme_settings,
        tiers: before.tiers,
        newsletters: before.newsletters,
        ..settings
    };
    let beside = vec![setting::put(REST, &Value::Object(rest).to_string())];
    configure::configure_with(&app, &settings, beside, &caller.by()).await?;
    Ok(answer(StatusCode::OK, all(&app).await?))
}

/// A picture as it was brought in: clients send an icon back in the size in which they read it.
fn without_size(address: &str) -> String {
    match address.split_once("/content/images/size/").map(|(before, rest)| (before, rest.split_once('/'))) {
        Some((before, Some((_, rest)))) => format!("{before}/content/images/{rest}"),
        _ => address.to_owned(),
    }
}

fn check(key: &str, value: Option<&str>) -> Result<(), ApiError> {
    let value = match value {
        Some(value) if !value.is_empty() => value,
        _ if key == "title" => return Err(ApiError::invalid(key, "a magazine needs a name").saying("edit", "setting")),
        _ => return Ok(()),
    };
    let is_right = match key {
        "title" => !value.trim().is_empty(),
        "timezone" => jiff::tz::TimeZone::get(value).is_ok(),
        "navigation" | "secondary_navigation" => {
            let links: Result<Vec<news::settings::Link>, _> = serde_json::from_str(value);
            links.is_ok_and(|links| links.iter().all(|link| news::settings::is_menu_address(&link.url)))
        }
        key if PICTURES.contains(&key) => news::settings::is_web_address(value),
        "accent_color" => {
            value.starts_with('#') && value.len() <= 9 && value[1..].bytes().all(|b| b.is_ascii_hexdigit())
        }
        _ => true,
    };
    if is_right {
        Ok(())
    } else {
        Err(ApiError::invalid(key, format!("“{value}” is not right for {key}")).saying("edit", "setting"))
    }
}
