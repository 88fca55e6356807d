//! Error pages, in the theme's clothes. Each kind is rendered once and kept,
//! so that nobody can make the server draw by asking for nonsense.

use std::sync::Arc;

use http::StatusCode;
use news::Place;
use theme::{Map, Value};

use super::furniture::Furniture;
use super::head::{self, Subject};
use super::themes::{self, Drawn, Scene};
use crate::pages::{Fresh, Keep, PRIVATE, Page};
use crate::{App, Error};

/// The page for what went wrong.
pub async fn page(app: &Arc<App>, why: &Error) -> Arc<Page> {
    let (status, message) = match why {
        Error::NotFound => (StatusCode::NOT_FOUND, "Page not found"),
        Error::Gone => (StatusCode::GONE, "This page was withdrawn"),
        _ => {
            let number = crate::app::random_hex::<4>();
            tracing::error!("error {number}: {why}");
            return broken(&number);
        }
    };
    let key = format!("error {}", status.as_u16()); // no path has a space in it
    if let Some(kept) = app.pages.get(&key) {
        return kept;
    }
    let before = app.pages.generation();
    match draw(app, status, message).await {
        Ok(fresh) => {
            let page = Arc::new(Page::new(fresh));
            app.pages.put(&key, page.clone(), vec![Place::Everything], Keep::WhileRoom, before);
            page
        }
        Err(why) => {
            tracing::error!("failed to draw the page for {status}: {why}");
            plain(status, message)
        }
    }
}

/// Draws an error page.
pub async fn draw(app: &Arc<App>, status: StatusCode, message: &str) -> Result<Fresh, Error> {
    let furniture = Furniture::of(app).await?;
    let code = i64::from(status.as_u16());
    let root = Map::from([("statusCode", Value::from(code)), ("message", message.into())]);
    let templates = vec![format!("error-{code}"), "error-4xx".into(), "error".into()];
    let head = head::of(&furniture, &Subject::Error, "/404/").await?;
    let path = "/404/".to_owned();
    let scene = Scene { root, templates, contexts: vec!["error"], path, head, shows_title: None };
    let Drawn { mut fresh, .. } = themes::draw(&furniture, scene).await?;
    fresh.status = status;
    Ok(fresh)
}

/// When nothing works: one sentence and a number for the log.
fn broken(number: &str) -> Arc<Page> {
    plain(
        StatusCode::INTERNAL_SERVER_ERROR,
        &format!("This page could not be made. The newsroom's log has the reason under number {number}."),
    )
}

fn plain(status: StatusCode, message: &str) -> Arc<Page> {
    let mut fresh = Fresh::new("text/plain; charset=utf-8", format!("{message}\n").into_bytes());
    fresh.status = status;
    fresh.cache = PRIVATE;
    Arc::new(Page::new(fresh))
}
