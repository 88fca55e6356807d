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
            return broken(app, &number).await;
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

/// Draws an error page in the theme in use.
pub async fn draw(app: &Arc<App>, status: StatusCode, message: &str) -> Result<Fresh, Error> {
    drawn(app, status, message, None).await
}

async fn drawn(
    app: &Arc<App>,
    status: StatusCode,
    message: &str,
    dress: Option<Arc<theme::Theme>>,
) -> Result<Fresh, Error> {
    let furniture = Furniture::of(app).await?;
    let code = i64::from(status.as_u16());
    let root = Map::from([("statusCode", Value::from(code)), ("message", message.into())]);
    let templates = vec![format!("error-{code}"), "error-4xx".into(), "error".into()];
    let head = head::of(&furniture, &Subject::Error, "/404/").await?;
    let path = "/404/".to_owned();
    let scene = Scene { root, templates, contexts: vec!["error"], path, head, shows_title: None };
    let Drawn { mut fresh, .. } = match dress {
        Some(dress) => themes::draw_in(&furniture, dress, scene).await?,
        None => themes::draw(&furniture, scene).await?,
    };
    fresh.status = status;
    Ok(fresh)
}

/// One sentence and a number for the log: in the built-in theme, since the one in use may be what failed, and as plain
/// text when nothing works at all.
async fn broken(app: &Arc<App>, number: &str) -> Arc<Page> {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let message = format!("This page could not be made. The newsroom's log has the reason under number {number}.");
    let built_in = themes::plain_dress();
    let drawn = async { drawn(app, status, &message, Some(built_in?)).await };
    match drawn.await {
        Ok(mut fresh) => {
            fresh.cache = PRIVATE;
            Arc::new(Page::new(fresh))
        }
        Err(_) => plain(status, &message),
    }
}

fn plain(status: StatusCode, message: &str) -> Arc<Page> {
    let mut fresh = Fresh::new("text/plain; charset=utf-8", format!("{message}\n").into_bytes());
    fresh.status = status;
    fresh.cache = PRIVATE;
    Arc::new(Page::new(fresh))
}
