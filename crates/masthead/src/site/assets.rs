//! Files of the theme, and the icon.

use http::header;
use news::Place;

use super::Answer;
use crate::pages::{ASK, FOR_EVER, Fresh, Keep};
use crate::{App, Error};

/// A file of the theme. It comes from a map made when the theme was loaded, so
/// no path of a request ever reaches the file system.
pub fn show(app: &App, name: &str) -> Result<Answer, Error> {
    let theme = app.theme();
    let asset = theme.asset(name).ok_or(Error::NotFound)?;
    let mut fresh = Fresh::new(asset.content_type, asset.bytes.clone());
    fresh.cache = FOR_EVER;
    fresh.headers.push((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".into()));
    Ok(Answer::kept(fresh, vec![Place::Everything], Keep::WhileRoom))
}

/// Styles for the cards in bodies, as far as the theme wants them.
pub fn card_style(app: &App) -> Result<Answer, Error> {
    let theme = app.theme();
    let cards = theme.cards().ok_or(Error::NotFound)?;
    card_file("text/css; charset=utf-8", cards.style())
}

/// The script for them.
pub fn card_script(app: &App) -> Result<Answer, Error> {
    let theme = app.theme();
    let cards = theme.cards().ok_or(Error::NotFound)?;
    card_file("text/javascript; charset=utf-8", cards.script())
}

/// The address changes with the bytes.
fn card_file(content_type: &'static str, text: &str) -> Result<Answer, Error> {
    let mut fresh = Fresh::new(content_type, text.as_bytes().to_vec());
    fresh.cache = FOR_EVER;
    Ok(Answer::kept(fresh, vec![Place::Everything], Keep::WhileRoom))
}

/// The magazine's icon, else ours.
pub async fn favicon(app: &App) -> Result<Answer, Error> {
    let icon = app.settings().await?.icon;
    if let Some(name) = icon.as_deref().and_then(|icon| icon.strip_prefix("/content/images/"))
        && let Ok(mut answer) = super::pictures::show(app, name).await
    {
        answer.fresh.cache = ASK; // this address stays when the icon changes
        return Ok(answer);
    }
    let fresh = Fresh::new("image/svg+xml", include_bytes!("../../assets/icon.svg").to_vec());
    Ok(Answer::kept(fresh, vec![Place::Everything], Keep::WhileRoom))
}
