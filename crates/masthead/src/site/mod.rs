//! What readers see. A page is asked for by its path, made of what the store
//! says and what the theme draws, and kept with the places that it shows.

pub(crate) mod article;
mod assets;
mod corrections;
mod error;
mod feeds;
pub(crate) mod furniture;
mod head;
mod last_read;
pub(crate) mod library;
pub(crate) mod lists;
pub mod measured;
pub mod media;
pub mod misses;
mod pictures;
pub mod portal;
mod record;
mod related;
mod robots;
pub mod route;
mod routed;
pub mod routing;
mod sitemaps;
mod structured;
pub mod themes;
pub(crate) mod values;
mod xml;

use std::sync::Arc;

use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use news::Place;

pub use last_read::{LastRead, Rest};
pub use routed::permalink_of;
pub use values::Post;

use crate::pages::{Fresh, Generation, Keep, Page};
use crate::wordpress::addresses;
use crate::{App, Error};
use route::Route;

/// An answer that was just made, with the places that it shows.
#[derive(Debug)]
pub struct Answer {
    fresh: Fresh,
    places: Vec<Place>,
    keep: Keep,
}

impl Answer {
    /// An answer that is kept as `keep` says until one of `places` changes.
    fn kept(fresh: Fresh, places: Vec<Place>, keep: Keep) -> Answer {
        Answer { fresh, places, keep }
    }

    /// A permanent redirect to a path of ours.
    pub(crate) fn moved(path: &str) -> Answer {
        let mut fresh = Fresh::new("text/plain; charset=utf-8", format!("Moved to {path}\n").into_bytes());
        fresh.status = StatusCode::MOVED_PERMANENTLY;
        fresh.headers.push((header::LOCATION, path.to_owned()));
        Answer { fresh, places: Vec::new(), keep: Keep::Never }
    }

    /// Where a redirect of the magazine's own leads.
    fn led(to: &theme::redirects::To) -> Answer {
        let mut answer = Answer::moved(&to.address);
        if !to.permanent {
            answer.fresh.status = StatusCode::FOUND;
        }
        answer
    }

    /// A redirect keeps what stood behind the question mark.
    fn with_query(mut self, query: Option<&str>) -> Answer {
        for (name, value) in &mut self.fresh.headers {
            if let (&header::LOCATION, Some(query)) = (&*name, query) {
                let at = value.find('#').unwrap_or(value.len());
                let mark = if value.contains('?') { '&' } else { '?' };
                value.insert_str(at, &format!("{mark}{query}"));
            }
        }
        self
    }

    /// Whether it goes into the kept pages.
    pub fn is_kept(&self) -> bool {
        self.keep != Keep::Never
    }
}

/// The page that is kept for an address, if there is one.
pub fn kept(app: &App, uri: &Uri) -> Option<Arc<Page>> {
    let asks_for_another = uri.query().is_some_and(|query| addresses::asks(uri.path(), query));
    if asks_for_another { None } else { app.pages.get(uri.path()) }
}

/// Answers a GET or HEAD that no kept page could.
pub async fn answer(app: &Arc<App>, uri: &Uri, method: &Method, headers: &HeaderMap) -> Response {
    let path = uri.path();
    let before = app.pages.generation();
    if let Some(query) = uri.query().filter(|query| addresses::asks(path, query)) {
        match addresses::numbered(app, query).await {
            Ok(Some(answer)) => return send(&Page::new(answer.fresh), method, headers),
            Ok(None) => {}
            Err(why) => return send(&*error::page(app, &why).await, method, headers),
        }
    }
    let rendered = match uri.query() {
        Some(query) if path == theme::plain::SEARCH => portal::search(app, query).await,
        _ => render(app, path).await,
    };
    let page = match rendered {
        Ok(answer) if answer.fresh.status.is_redirection() => {
            let leads_home = answer.fresh.headers.iter().any(|(name, to)| *name == header::LOCATION && to == "/");
            let query = uri.query().filter(|query| leads_home && addresses::asks("/", query));
            match query {
                Some(query) => match addresses::numbered(app, query).await {
                    Ok(numbered) => Arc::new(Page::new(numbered.unwrap_or(answer).fresh)),
                    Err(why) => error::page(app, &why).await,
                },
                None => Arc::new(Page::new(answer.with_query(uri.query()).fresh)),
            }
        }
        Ok(answer) => keep_page(app, path, answer, before),
        Err(why) => {
            if matches!(why, Error::NotFound) {
                app.misses.note(path);
            }
            error::page(app, &why).await
        }
    };
    send(&page, method, headers)
}

/// Makes the answer for a path.
pub async fn render(app: &Arc<App>, path: &str) -> Result<Answer, Error> {
    if path.contains('\\') {
        return Err(Error::NotFound);
    }
    if path.contains("//") {
        // A redirect to such a path would lead to another host. An article is shown where somebody's link has a slash too many.
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let end = if path.ends_with('/') { "/" } else { "" };
        let single = route::normal(&format!("/{}{end}", parts.join("/"))).ok_or(Error::NotFound)?;
        return article::show(app, &single).await;
    }
    match route::normal(path) {
        Some(normal) if normal == path => {}
        // Others write percent-encoding in small letters.
        Some(normal) if path == route::in_small_letters(&normal) => {
            return article::show_as_brought(app, &normal).await;
        }
        Some(normal) => return Ok(Answer::moved(&normal)),
        None => return Err(Error::NotFound),
    }
    match found(app, path).await {
        Err(Error::NotFound) => addresses::show(app, path).await,
        answer => answer,
    }
}

/// What stands at a path in its one right form.
async fn found(app: &Arc<App>, path: &str) -> Result<Answer, Error> {
    let routing = app.routing();
    if let Some(to) = routing.redirect(path) {
        return Ok(Answer::led(&to));
    }
    if let Some(answer) = routed::show(app, path).await {
        return answer;
    }
    let Some(inward) = routing.inward(path) else { return Err(Error::NotFound) };
    let asked = route::route(&inward);
    if let Route::List(route::List::Tag(slug) | route::List::Author(slug), 1) = &asked {
        let resource = if inward.starts_with("/tag/") { "tags" } else { "authors" };
        if let Some(elsewhere) = routing.shown_at(resource, slug) {
            return Ok(Answer::moved(elsewhere));
        }
    }
    match asked {
        Route::List(list, page) => match lists::show(app, &list, page).await {
            Err(Error::NotFound) if matches!(list, route::List::Section(_)) && page == 1 => {
                match article::show(app, path).await {
                    Err(Error::NotFound) => moved_section(app, &list, "").await,
                    answer => answer,
                }
            }
            // A deep page may be another one now: the first one of where it went.
            Err(Error::NotFound) => moved_section(app, &list, "").await,
            answer => answer,
        },
        Route::Article => article::show(app, path).await,
        Route::Rss(list) => match feeds::rss(app, &list).await {
            Err(Error::NotFound) => moved_section(app, &list, "rss/").await,
            answer => answer,
        },
        Route::Corrections(page) => corrections::page(app, page).await,
        Route::CorrectionsFeed => corrections::rss(app).await,
        Route::JsonFeed(list) => match feeds::json(app, &list).await {
            Err(Error::NotFound) => moved_section(app, &list, "feed.json").await,
            answer => answer,
        },
        Route::Sitemap(part) => sitemaps::show(app, &part).await,
        Route::Record(None, page) => record::people(app, page).await,
        Route::Record(Some(person), page) => record::person(app, &person, page).await,
        Route::Plain(plain) => portal::show(app, plain).await,
        Route::CardStyle => assets::card_style(app),
        Route::CardScript => assets::card_script(app),
        Route::Robots => Ok(robots::robots(app)),
        Route::SecurityTxt => robots::security(app).await,
        Route::Favicon => assets::favicon(app).await,
        Route::Picture(name) => pictures::show(app, &name).await,
        Route::Asset(name) => assets::show(app, &name),
        // Articles that came from elsewhere stand where they stood, with capitals or without a slash.
        Route::Moved(to) => match article::show(app, path).await {
            Err(Error::NotFound) => Ok(Answer::moved(&addresses::exact(app, path).await?.unwrap_or(to))),
            answer => answer,
        },
        Route::Nothing => Err(Error::NotFound),
    }
}

/// A section that went elsewhere leads there, for ever.
async fn moved_section(app: &Arc<App>, list: &route::List, behind: &str) -> Result<Answer, Error> {
    let route::List::Section(path) = list else { return Err(Error::NotFound) };
    let moved = store::section::moved(&app.store, path).await?.ok_or(Error::NotFound)?;
    Ok(Answer::moved(&news::slug::encoded(&format!("/{}/{behind}", moved.moved_to))))
}

/// An article as its page would be, whatever its status: for those who write. Never kept.
pub async fn preview(app: &Arc<App>, article: news::Article) -> Result<Response, Error> {
    let answer = article::preview(app, article).await?;
    Ok(send(&Page::new(answer.fresh), &Method::GET, &HeaderMap::new()))
}

/// An article with its names, of any status; for those who write.
pub async fn post(app: &Arc<App>, card: store::article::Card) -> Result<Post, Error> {
    let furniture = furniture::Furniture::of(app).await?;
    values::with_names(app, &furniture, vec![card]).await?.pop().ok_or(Error::NotFound)
}

/// Draws a page of each kind that there is, without keeping any: whether a theme can be worn.
pub async fn try_on(app: &Arc<App>) -> Result<(), Error> {
    let mut paths = vec!["/".to_owned()];
    for (id, _) in store::shelf::newest(&app.store, &Place::Front, 1, 0).await? {
        if let Some(card) = store::article::by_id(&app.store, &id).await? {
            let post = self::post(app, card).await?;
            paths.push(post.path().to_owned());
            paths.extend(post.public_tags().map(|tag| tag.url()));
            paths.extend(post.authors.iter().map(|author| author.url()));
            paths.extend(post.article.section.as_ref().map(|section| section.url()));
        }
    }
    paths.extend(store::article::static_pages(&app.store).await?.into_iter().take(1).filter_map(|c| c.article.path));
    for path in paths {
        render(app, &path).await?;
    }
    error::draw(app, StatusCode::NOT_FOUND, "Page not found").await.map(|_| ())
}

/// Keeps an answer made for this path, unless something that it shows changed since.
pub fn keep(app: &Arc<App>, path: &str, answer: Answer, rendered_at: Generation) {
    keep_page(app, path, answer, rendered_at);
}

fn keep_page(app: &Arc<App>, path: &str, answer: Answer, rendered_at: Generation) -> Arc<Page> {
    let Answer { fresh, mut places, keep } = answer;
    let page = Arc::new(Page::new(fresh));
    if keep != Keep::Never {
        places.push(Place::Path(path.to_owned()));
        app.pages.put(path, page.clone(), places, keep, rendered_at);
    }
    page
}

pub(crate) fn send(page: &Page, method: &Method, headers: &HeaderMap) -> Response {
    let sent = page.answer(headers);
    let body = if *method == Method::HEAD { axum::body::Body::empty() } else { sent.body.into() };
    let mut response = Response::new(body);
    *response.status_mut() = sent.status;
    *response.headers_mut() = sent.headers;
    if sent.status == StatusCode::NOT_MODIFIED {
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(crate::pages::ASK));
    response
}
