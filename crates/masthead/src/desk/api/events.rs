//! What happens at the desk now, as server-sent events (HTML Standard, 9.2): who is in which article, what was changed.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use http_body_util::channel::{Channel, Sender};
use hyper::body::Frame;
use news::Id;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use utoipa::ToSchema;

use super::{article, shape};
use crate::App;
use crate::desk::hub::Event;
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Anybody, Signed};

/// Lines that one session may keep open.
const LINES: usize = 32;
/// How often it is looked whether the session is still open: it may have been ended by a command.
const LOOK: Duration = Duration::from_millis(900);
/// A comment is sent so often: proxies keep the line for it, and a window that went is noticed by it.
const BEAT: Duration = Duration::from_secs(3);
/// Events that wait for a window that does not read; then its line is closed.
const WAITING: usize = 64;

/// A line that stays open.
#[utoipa::path(get, path = "/desk/api/events", responses((status = OK, content_type = "text/event-stream")))]
pub async fn listen(Anybody(signed): Anybody, State(app): State<Arc<App>>) -> Result<Response, Refusal> {
    if !app.desk.hub.open_line(&signed.hash, LINES) {
        return Err(Refusal::too_many());
    }
    let (sender, body) = Channel::<Bytes, Infallible>::new(WAITING);
    tokio::spawn(async move {
        let hash = signed.hash.clone();
        tell(&app, signed, sender).await;
        app.desk.hub.close_line(&hash);
    });
    let mut response = Response::new(Body::new(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    // Some proxies collect an answer before they pass it on, unless told not to.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Tells events until the window goes, the session ends or the server stops.
async fn tell(app: &App, signed: Signed, mut sender: Sender<Bytes, Infallible>) {
    let mut events = app.desk.hub.listen();
    if sender.try_send(Frame::data(Bytes::from_static(b"retry: 2000\n\n"))).is_err() {
        return;
    }
    let mut beat = tokio::time::interval(BEAT);
    let mut look = tokio::time::interval(LOOK);
    loop {
        let text = tokio::select! {
            _ = beat.tick() => Some(": \n\n".to_owned()),
            _ = look.tick() => match store::session::by_hash(&app.store, &signed.hash).await {
                Ok(Some(_)) => None,
                _ => return,
            },
            event = events.recv() => match event {
                Ok(Event::Here(id)) => {
                    Some(event_text("here", &json!({ "article": id.as_str(), "here": article::here(app, &id) })))
                }
                Ok(Event::Changed(id, version, by)) => {
                    Some(event_text("changed", &json!({ "article": id.as_str(), "version": version, "by": by })))
                }
                Ok(Event::Ended(staff)) if staff == signed.staff.id => {
                    match store::session::by_hash(&app.store, &signed.hash).await {
                        Ok(Some(_)) => None,
                        _ => return,
                    }
                }
                Ok(Event::Ended(_)) => None,
                Ok(Event::Closing) | Err(RecvError::Closed) => return,
                // The window asks anew for what it missed.
                Err(RecvError::Lagged(_)) => return,
            },
        };
        if let Some(text) = text
            && sender.try_send(Frame::data(Bytes::from(text))).is_err()
        {
            return;
        }
    }
}

fn event_text(name: &str, data: &serde_json::Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// Where somebody is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Here {
    /// The article that is open; none when it was left.
    article: Option<String>,
}

/// Says every 20 seconds that an article is open here.
#[utoipa::path(post, path = "/desk/api/here", request_body = Here, responses((status = OK, body = Vec<shape::Presence>)))]
pub async fn here(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<Here>,
) -> Result<(StatusCode, axum::Json<Vec<shape::Presence>>), Refusal> {
    let id = sent.article.as_deref().map(Id::parse).transpose().map_err(|_| Refusal::not_found())?;
    app.desk.hub.here(&signed.staff, id.as_ref());
    let people = id.map(|id| article::here(&app, &id)).unwrap_or_default();
    Ok((StatusCode::OK, axum::Json(people)))
}
