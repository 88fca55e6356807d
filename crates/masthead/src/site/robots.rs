//! `robots.txt` and `security.txt`.

use jiff::{SignedDuration, Timestamp};
use news::Place;

use super::Answer;
use crate::pages::{Fresh, Keep};
use crate::{App, Error};

/// RFC 9309: everything public may be read; the doors for staff are of no use to a crawler.
pub fn robots(app: &App) -> Answer {
    let body = format!(
        "User-agent: *\nDisallow: /ghost/\nDisallow: /desk/\nDisallow: /search/\n\nSitemap: {url}/sitemap.xml\nSitemap: {url}/sitemap-news.xml\n",
        url = app.url.as_str()
    );
    Answer::kept(plain(body), vec![Place::Everything], Keep::WhileRoom)
}

/// RFC 9116. Where no address is set there is no file: it must name a contact.
pub async fn security(app: &App) -> Result<Answer, Error> {
    let settings = app.settings().await?;
    if settings.email.is_empty() {
        return Err(Error::NotFound);
    }
    let expires = expires(app.now());
    let language = settings.locale.split('-').next().unwrap_or("en").to_owned();
    let body = format!(
        "Contact: mailto:{}\nExpires: {expires}\nPreferred-Languages: {language}\nCanonical: {}\n",
        settings.email,
        app.url.with("/.well-known/security.txt"),
    );
    // The date in it moves on by itself, so it is made for each request.
    Ok(Answer::kept(plain(body), Vec::new(), Keep::Never))
}

/// Half a year from now, at midnight: the RFC asks for less than a year.
fn expires(now: Timestamp) -> String {
    let then = now + SignedDuration::from_hours(24 * 182);
    then.strftime("%Y-%m-%dT00:00:00Z").to_string()
}

fn plain(body: String) -> Fresh {
    Fresh::new("text/plain; charset=utf-8", body.into_bytes())
}
