//! `/ghost/api/admin/newsletters/`: what members get by mail. Nothing is sent yet.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use news::{Newsletter, Slug, limits};
use serde_json::{Map, Value, json};
use store::setting;

use super::caller::{Admin, Caller, Trusted};
use super::listed::{Listed, envelope, listed, only_fields};
use super::sent::{only, required};
use super::shape::Drawn;
use super::{answer, created, members};
use crate::App;
use crate::actions::configure;
use crate::actions::move_in::REST;
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;
use crate::ghost::shape::utc;

/// Most newsletters of a magazine.
const MOST: usize = 100;
/// Longest text of a field, in characters.
const LONGEST: usize = 65_535;

/// How a newsletter looks in Ghost, where nothing else was chosen: kept for the way out.
fn looks() -> Map<String, Value> {
    let looks = json!({
        "feedback_enabled": false, "sender_name": null, "sender_reply_to": "newsletter", "header_image": null,
        "show_header_icon": true, "show_header_title": true, "show_excerpt": false,
        "title_font_category": "sans_serif", "title_alignment": "center", "show_feature_image": true,
        "body_font_category": "sans_serif", "footer_content": null, "show_badge": true, "show_header_name": true,
        "show_post_title_section": true, "show_comment_cta": true, "show_subscription_details": false,
        "show_latest_posts": false, "show_share_button": false, "background_color": "light",
        "post_title_color": null, "button_corners": "rounded", "button_style": "fill", "title_font_weight": "bold",
        "link_style": "underline", "image_corners": "square", "header_background_color": "transparent",
        "section_title_color": null, "divider_color": null, "button_color": "accent", "link_color": "accent",
    });
    looks.as_object().cloned().unwrap_or_default()
}

/// All of them.
pub async fn browse(
    _: Admin,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let drawn = Drawn::of(&app).await?;
    let letters = drawn.furniture().settings.newsletters.iter().map(|letter| shaped(&drawn, letter)).collect();
    let Listed { mut page, total } = listed(&app, &asked, "newsletters", letters, |value| value)?;
    counted(&app, &asked, &mut page).await?;
    let values = page.into_iter().map(|value| only_fields(value, &asked)).collect();
    Ok(answer(StatusCode::OK, envelope("newsletters", values, &asked, total)))
}

/// One, by id.
pub async fn read(
    _: Admin,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    one(&app, &asked, |letter| letter.id == id).await
}

/// One, by slug.
pub async fn read_by_slug(
    _: Admin,
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    one(&app, &asked, |letter| letter.slug == slug).await
}

async fn one(
    app: &Arc<App>,
    asked: &Parameters,
    is_wanted: impl Fn(&&Newsletter) -> bool,
) -> Result<Response, ApiError> {
    let drawn = Drawn::of(app).await?;
    let letters = &drawn.furniture().settings.newsletters;
    let letter = letters.iter().find(is_wanted).ok_or(ApiError::not_there("newsletter"))?;
    let mut values = vec![shaped(&drawn, letter)];
    counted(app, asked, &mut values).await?;
    Ok(answer(StatusCode::OK, json!({ "newsletters": values })))
}

/// With the number of members who get each, where that is asked for.
async fn counted(app: &App, asked: &Parameters, values: &mut [Value]) -> Result<(), ApiError> {
    if asked.includes("count.members") {
        let counts = members::by_newsletter(app).await?;
        for value in values {
            let id = value["id"].as_str().unwrap_or_default();
            value["count"] = json!({ "members": counts.get(id).copied().unwrap_or(0) });
        }
    }
    Ok(())
}

/// A new one.
pub async fn add(Trusted(caller): Trusted, State(app): State<Arc<App>>, body: Bytes) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("save", "newsletter");
    let fields: Map<String, Value> = only(&body, "newsletters").map_err(saying)?;
    let Some(name) = fields.get("name").and_then(Value::as_str) else {
        return Err(saying(required("newsletters", "name")));
    };
    let _one_at_a_time = app.configuring.lock().await;
    let mut settings = app.settings().await?;
    if settings.newsletters.len() >= MOST {
        return Err(saying(ApiError::invalid("newsletters", format!("a magazine has at most {MOST} newsletters"))));
    }
    let wanted = Slug::of(name).unwrap_or_else(Slug::untitled);
    let is_free = |slug: &Slug| settings.newsletters.iter().all(|letter| letter.slug != slug.as_str());
    let slug = std::iter::once(wanted.clone()).chain((2..).map(|number| wanted.numbered(number))).find(is_free);
    let mut letter = Newsletter {
        id: app.new_id().to_string(),
        slug: slug.unwrap_or(wanted).to_string(),
        active: true,
        uuid: Some(crate::actions::edit::new_uuid()),
        visibility: "members".into(),
        subscribe_on_signup: true,
        sort_order: settings.newsletters.len() as i64,
        created_at: Some(app.now()),
        updated_at: Some(app.now()),
        ..Newsletter::default()
    };
    lay_over(&fields, &mut letter).map_err(saying)?;
    settings.newsletters.push(letter.clone());
    keep(&app, &settings, &letter, &fields, &caller).await?;
    let body = json!({ "newsletters": [shaped(&Drawn::of(&app).await?, &letter)] });
    Ok(created(&app, &format!("newsletters/{}", letter.id), body))
}

/// Changes one.
pub async fn edit(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("edit", "newsletter");
    let fields: Map<String, Value> = only(&body, "newsletters").map_err(saying)?;
    let _one_at_a_time = app.configuring.lock().await;
    let mut settings = app.settings().await?;
    let found = settings.newsletters.iter_mut().find(|letter| letter.id == id);
    let letter = found.ok_or_else(|| saying(ApiError::not_there("newsletter")))?;
    lay_over(&fields, letter).map_err(saying)?;
    letter.updated_at = Some(app.now());
    let letter = letter.clone();
    keep(&app, &settings, &letter, &fields, &caller).await?;
    Ok(answer(StatusCode::OK, json!({ "newsletters": [shaped(&Drawn::of(&app).await?, &letter)] })))
}

/// What we know of a newsletter goes into the settings, what only Ghost's mails know beside them.
async fn keep(
    app: &Arc<App>,
    settings: &news::Settings,
    letter: &Newsletter,
    fields: &Map<String, Value>,
    caller: &Caller,
) -> Result<(), ApiError> {
    let row = setting::body_of(&app.store, REST).await?;
    let mut rest: Map<String, Value> = row.and_then(|row| serde_json::from_str(&row.body).ok()).unwrap_or_default();
    let table = rest.entry("newsletters").or_insert_with(|| json!([]));
    let rows = table.as_array_mut().ok_or_else(|| ApiError::bad_request("the newsletters cannot be read"))?;
    let at = rows.iter().position(|row| row["id"] == letter.id).unwrap_or_else(|| {
        let mut row = looks();
        row.insert("id".into(), letter.id.as_str().into());
        rows.push(row.into());
        rows.len() - 1
    });
    for (name, value) in fields.iter().filter(|(name, _)| looks().contains_key(*name)) {
        rows[at][name] = value.clone();
    }
    let beside = vec![setting::put(REST, &Value::Object(rest).to_string())];
    Ok(configure::configure_with(app, settings, beside, &caller.by()).await?)
}

fn lay_over(fields: &Map<String, Value>, letter: &mut Newsletter) -> Result<(), ApiError> {
    for (name, value) in fields {
        let invalid = |what: &str| ApiError::invalid(name, what.to_owned());
        if value.as_str().is_some_and(|text| text.chars().count() > LONGEST) {
            return Err(invalid("it is too long"));
        }
        let text = value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match name.as_str() {
            "name" => {
                let name = text.filter(|name| name.chars().count() <= limits::NAME_CHARACTERS);
                letter.name = name.ok_or_else(|| invalid("a newsletter needs a name of at most 191 characters"))?;
            }
            "description" => letter.description = text,
            "status" => match value.as_str() {
                Some("active") => letter.active = true,
                Some("archived") => letter.active = false,
                _ => return Err(invalid("it is active or archived")),
            },
            "visibility" => letter.visibility = text.unwrap_or_else(|| "members".into()),
            "subscribe_on_signup" => letter.subscribe_on_signup = value.as_bool().unwrap_or(true),
            "sender_email" => letter.sender_email = text,
            "sort_order" => letter.sort_order = value.as_i64().unwrap_or(letter.sort_order),
            look if looks().contains_key(look) => {
                let (usual, is_text) = (&looks()[look], value.is_string() || value.is_null());
                if usual.is_boolean() && !value.is_boolean() || !usual.is_boolean() && !is_text {
                    return Err(invalid("it has the wrong type"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn shaped(drawn: &Drawn, letter: &Newsletter) -> Value {
    let mut value = Value::Object(looks());
    let came = drawn.came("newsletters").find(|row| row.get("id").is_some_and(|id| *id == letter.id));
    for (name, usual) in looks() {
        if let Some(came) = came.and_then(|row| row.get(&name)) {
            // Ghost's tables write yes and no as numbers.
            let is_flag = usual.is_boolean() && came.is_number();
            value[&name] = if is_flag { (*came == 1).into() } else { came.clone() };
        }
    }
    let ours = json!({
        "id": letter.id, "uuid": letter.uuid, "name": letter.name, "description": letter.description,
        "slug": letter.slug, "sender_email": letter.sender_email,
        "status": if letter.active { "active" } else { "archived" }, "visibility": letter.visibility,
        "subscribe_on_signup": letter.subscribe_on_signup, "sort_order": letter.sort_order,
        "created_at": letter.created_at.map(utc), "updated_at": letter.updated_at.map(utc),
    });
    if let (Value::Object(ours), Some(all)) = (ours, value.as_object_mut()) {
        all.extend(ours);
    }
    value
}
