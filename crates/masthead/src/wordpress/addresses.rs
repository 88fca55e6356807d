//! Addresses that a WordPress site had and that mean something here: numbers behind a question mark, categories, dates,
//! feeds, pages of an article, files. They are looked at when nothing else stands at a path.

use std::sync::Arc;

use import::wordpress::{decoded, name_of_file, without_size};
use news::slug::encoded;
use news::{SectionPath, Status};

use crate::site::lists::{self, Dates};
use crate::site::route::{self, List, Route};
use crate::site::{Answer, article};
use crate::{App, Error};

/// Parameters of the front page that ask for something else.
const NUMBERED: [&str; 9] = ["p", "page_id", "attachment_id", "cat", "tag", "author", "s", "m", "feed"];

/// Whether a query of the front page asks for something else, as WordPress's short addresses do.
pub fn asks(path: &str, query: &str) -> bool {
    matches!(path, "/" | "/index.php") && parameters(query).any(|(name, _)| NUMBERED.contains(&name))
}

fn parameters(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}

/// Where such a query leads; none where that is nothing.
pub async fn numbered(app: &App, query: &str) -> Result<Option<Answer>, Error> {
    for (name, value) in parameters(query) {
        let number: Option<u64> = value.parse().ok();
        let to = match (name, number) {
            ("p" | "page_id", Some(number)) => match named(app, &format!("item:{number}")).await? {
                Some(path) => Some(path),
                None => match exact(app, &format!("/?p={number}")).await? {
                    Some(path) => Some(path),
                    None => exact(app, &format!("/?attachment_id={number}")).await?,
                },
            },
            ("attachment_id" | "cat" | "author", Some(number)) => exact(app, &format!("/?{name}={number}")).await?,
            ("tag", _) => Some(format!("/tag/{}/", value)).filter(|path| route::normal(path).is_some()),
            ("s", _) => Some(format!("{}?q={value}", theme::plain::SEARCH)),
            ("feed", _) => Some("/feed/".into()),
            ("m", Some(_)) => dated(value),
            _ => None,
        };
        if let Some(to) = to.filter(|to| to.is_ascii() && !to.contains(['\r', '\n', '\\'])) {
            return Ok(Some(Answer::moved(&to)));
        }
    }
    Ok(None)
}

/// `202405` as the address of that month.
fn dated(digits: &str) -> Option<String> {
    let parts = match digits.len() {
        4 => vec![digits],
        6 => vec![&digits[..4], &digits[4..]],
        8 => vec![&digits[..4], &digits[4..6], &digits[6..]],
        _ => return None,
    };
    Some(format!("/{}/", parts.join("/")))
}

/// What is shown, or where somebody is led, at a path at which nothing of ours stands.
pub async fn show(app: &Arc<App>, path: &str) -> Result<Answer, Error> {
    // An address that looks like one of a list may be an article's.
    match article::show(app, path).await {
        Err(Error::NotFound) => {}
        answer => return answer,
    }
    for asked in [path, path.trim_end_matches('/')] {
        if let Some(to) = exact(app, asked).await? {
            return Ok(Answer::moved(&to));
        }
    }
    if let Route::List(List::Section(asked), page) = route::route(path)
        && let Some(dates) = Dates::of(&asked)
    {
        return lists::show_dates(app, dates, page).await;
    }
    match led(app, path).await? {
        Some(to) if to != path => return Ok(Answer::moved(&to)),
        _ => {}
    }
    // The whole site stood in a folder: what is behind it may stand here without.
    if let Some((first, rest)) = path.strip_prefix('/').and_then(|path| path.split_once('/'))
        && !rest.is_empty()
        && exact(app, &format!("/{first}/")).await?.as_deref() == Some("/")
    {
        return Ok(Answer::moved(&format!("/{rest}")));
    }
    Err(Error::NotFound)
}

/// Where a path that somebody wrote down leads.
pub async fn exact(app: &App, path: &str) -> Result<Option<String>, Error> {
    let Some(lead) = store::lead::at(&app.store, path).await? else { return Ok(None) };
    match lead.leads_to.strip_prefix("origin:").and_then(|origin| origin.split_once(' ')) {
        Some((site, name)) => public(app, store::origin::at(&app.store, site, name).await?).await,
        None => Ok(Some(lead.leads_to)),
    }
}

/// Sites of which an article may have come that was asked for by its number alone.
const MOST_SITES: i64 = 8;

/// Where the article is that had this name on its site; of several sites the first on which it is public.
async fn named(app: &App, name: &str) -> Result<Option<String>, Error> {
    for origin in store::origin::named(&app.store, name, MOST_SITES).await? {
        if let Some(path) = public(app, Some(origin)).await? {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

async fn public(app: &App, origin: Option<store::origin::Origin>) -> Result<Option<String>, Error> {
    let Some(id) = origin.and_then(|origin| origin.article()) else { return Ok(None) };
    let card = store::article::by_id(&app.store, &id).await?;
    Ok(card.filter(|card| card.article.status == Status::Published).and_then(|card| card.article.path))
}

/// What else an address can mean.
async fn led(app: &Arc<App>, path: &str) -> Result<Option<String>, Error> {
    if let Some(file) = file(app, path) {
        return Ok(Some(file));
    }
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let at = |parts: &[&str]| if parts.is_empty() { "/".to_owned() } else { format!("/{}/", parts.join("/")) };
    Ok(match parts.as_slice() {
        ["index.php", rest @ ..] => Some(at(rest)),
        ["comments", "feed", ..] | ["feed", _] | ["rss2" | "rdf" | "atom"] => Some("/feed/".into()),
        ["sitemap_index.xml" | "wp-sitemap.xml" | "sitemap-index.xml"] => Some("/sitemap.xml".into()),
        [before @ .., "page", number] if number.bytes().all(|b| b.is_ascii_digit()) => {
            list(app, &at(before)).await?.map(|list| format!("{list}page/{number}/"))
        }
        [before @ .., "feed", "rss" | "rss2" | "rdf" | "atom"] | [before @ .., "feed" | "rss"] => {
            match list(app, &at(before)).await? {
                Some(list) => Some(format!("{list}rss/")),
                None => one(app, before).await?,
            }
        }
        [before @ .., "amp" | "embed" | "trackback"] => match one(app, before).await? {
            Some(one) => Some(one),
            None => list(app, &at(before)).await?,
        },
        [before @ .., last] if last.starts_with("comment-page-") => one(app, before).await?,
        [before @ .., number] if number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()) => {
            one(app, before).await?.map(|one| format!("{one}#page-{number}"))
        }
        // With a slash too many, or one too few.
        all if path.ends_with('/') => one(app, all).await?,
        _ => None,
    })
}

/// The address of an article that stands, or stood, at these parts.
async fn one(app: &App, parts: &[&str]) -> Result<Option<String>, Error> {
    if parts.is_empty() {
        return Ok(None);
    }
    let path = format!("/{}", parts.join("/"));
    for path in [format!("{path}/"), path] {
        let address = store::address::at(&app.store, &path).await?;
        let address = address.filter(|address| address.status.as_deref() == Some(Status::Published.word()));
        if let Some(path) = address.and_then(|address| address.path) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// The address of the list that stands, or stood, at a path.
async fn list(app: &App, path: &str) -> Result<Option<String>, Error> {
    if let Some(to) = exact(app, path).await? {
        return Ok(Some(to).filter(|to| to.ends_with('/')));
    }
    let is_there = match route::route(path) {
        Route::List(List::Section(section), 1) => match SectionPath::parse(&section) {
            Ok(section) => store::section::at(&app.store, &section).await?.is_some(),
            Err(_) => false,
        },
        Route::List(List::Tag(_) | List::Author(_) | List::Front, 1) => true,
        _ => false,
    };
    Ok(is_there.then(|| path.to_owned()))
}

/// A file of the media library; a smaller copy of a picture is its original.
fn file(app: &App, path: &str) -> Option<String> {
    let rest = &path[path.find("/wp-content/uploads/")? + "/wp-content/uploads/".len()..];
    let rest = decoded(rest);
    let rest = match rest.strip_prefix("sites/").and_then(|rest| rest.split_once('/')) {
        Some((number, file)) if number.bytes().all(|digit| digit.is_ascii_digit()) => file.to_owned(),
        _ => rest,
    };
    let mut all = vec![rest.clone()];
    if let Some((stem, extension)) = rest.rsplit_once('.') {
        let stem = without_size(stem);
        all.extend(["", "-scaled", "-rotated"].map(|end| format!("{stem}{end}.{extension}")));
    }
    let found = all.iter().map(|file| name_of_file(file)).find(|name| app.media.has(name))?;
    Some(encoded(&format!("/content/{}", found.replace(' ', "%20"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_front_page_is_asked_by_numbers() {
        assert!(asks("/", "p=12"));
        assert!(asks("/index.php", "x=1&cat=3"));
        assert!(!asks("/", "utm_source=x"));
        assert!(!asks("/news/", "p=12"));
    }

    #[test]
    fn months_in_digits_have_an_address() {
        assert_eq!(dated("202405").as_deref(), Some("/2024/05/"));
        assert_eq!(dated("20240507").as_deref(), Some("/2024/05/07/"));
        assert_eq!(dated("20245"), None);
    }
}
