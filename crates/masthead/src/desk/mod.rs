//! The desk's pages without script: setting a password with a one-time link.
//! Their HTML is in templates of their own, `crates/masthead/desk/`.

mod page;

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Router, http::HeaderMap};
use http::StatusCode;
use serde::Deserialize;
use theme::{Map, Value};

use crate::App;
use crate::actions::ActError;
use crate::actions::staff::{self, Joined};
use page::{JOIN, MESSAGE, draw};

/// The routes below `/desk/`.
pub fn router() -> Router<Arc<App>> {
    Router::new().route("/desk/", get(not_yet)).route("/desk/join/{token}/", get(show).post(join))
}

/// The desk itself comes with a later version.
async fn not_yet(State(app): State<Arc<App>>) -> Response {
    let sentence = "There is no desk in this version yet. Articles are written through Ghost's Admin API \
                    with a key (“masthead key new”) and brought in with “masthead import text”.";
    message(&app, StatusCode::NOT_FOUND, sentence).await
}

#[derive(Deserialize)]
struct Password {
    password: String,
    again: String,
}

/// Asks for a password; looking does not use the link up.
async fn show(State(app): State<Arc<App>>, Path(token): Path<String>) -> Response {
    match staff::invited(&app, &token).await {
        Ok(Some(member)) => form(&app, &member, None, StatusCode::OK).await,
        Ok(None) => over(&app).await,
        Err(why) => failed(&app, why).await,
    }
}

/// Takes the password.
async fn join(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Password>,
) -> Response {
    if is_foreign(&app, &headers) {
        return message(&app, StatusCode::FORBIDDEN, "This form was sent from another site.").await;
    }
    let member = match staff::invited(&app, &token).await {
        Ok(Some(member)) => member,
        Ok(None) => return over(&app).await,
        Err(why) => return failed(&app, why).await,
    };
    if given.password != given.again {
        return form(&app, &member, Some("The two passwords differ."), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match staff::join(&app, &token, &given.password).await {
        Ok(Joined::Yes(member)) => {
            let sentence = format!("The password for {} is set. This link has done its work.", member.email);
            message(&app, StatusCode::OK, &sentence).await
        }
        Ok(Joined::Weak(why)) => {
            let sentence = sentence(&why.to_string());
            form(&app, &member, Some(&sentence), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(Joined::NoLink) => over(&app).await,
        Err(why) => failed(&app, why).await,
    }
}

async fn form(app: &App, member: &news::Staff, complaint: Option<&str>, status: StatusCode) -> Response {
    let values = Map::from([
        ("title", Value::from("Choose a password")),
        ("name", member.name.as_str().into()),
        ("email", member.email.as_str().into()),
        ("shortest", (news::staff::SHORTEST_PASSWORD as i64).into()),
        ("longest", (news::staff::LONGEST_PASSWORD as i64).into()),
        ("complaint", complaint.into()),
    ]);
    draw(app, JOIN, values, status).await
}

async fn over(app: &App) -> Response {
    let sentence = "This link was used already, or is too old, or was never made. \
                    Whoever runs the server can make a new one with “masthead staff add”.";
    message(app, StatusCode::NOT_FOUND, sentence).await
}

async fn failed(app: &App, why: ActError) -> Response {
    let number = crate::app::random_hex::<4>();
    tracing::error!("error {number}: {why}");
    let sentence = format!("The server failed; its log has the reason under number {number}.");
    message(app, StatusCode::INTERNAL_SERVER_ERROR, &sentence).await
}

async fn message(app: &App, status: StatusCode, sentence: &str) -> Response {
    let title = if status.is_success() { "Done" } else { "That did not work" };
    draw(app, MESSAGE, Map::from([("title", Value::from(title)), ("sentence", sentence.into())]), status).await
}

/// A form of ours is sent from our own pages. Browsers say where a form comes
/// from; a request without either header is no browser's.
fn is_foreign(app: &App, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site != "same-origin" && site != "none",
        (None, Some(origin)) => origin != app.url.as_str() && !is_loopback_origin(origin),
        (None, None) => false,
    }
}

fn is_loopback_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| format!("{}{}.", first.to_uppercase(), chars.as_str()))
}
