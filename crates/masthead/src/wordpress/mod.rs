//! WordPress's REST API, as far as those who read need it: what readers may read, as JSON, for apps and sites that were
//! made for a magazine on WordPress. Nothing can be written. WordPress's words (post, category, media) stay in this
//! folder; `docs/api/wordpress.md` says where ours differs.

mod about;
pub mod addresses;
mod asked;
mod collection;
mod error;
mod find;
mod media;
mod number;
mod raw;
mod search;
mod shape;
mod terms;
mod walk;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use news::{Kind, Place};
use serde_json::{Value as Json, json};

use self::asked::Asked;
use self::collection::Collection;
use self::error::{JSON, RestError};
use self::shape::BASE;
use crate::App;
use crate::pages::{Fresh, Keep, Page};
use crate::site::furniture::Furniture;
use crate::site::library::ask_in_turn;
use crate::{described, site};

/// Longest address, with its parameters, whose answer is kept, in bytes: what is kept is counted by its body.
const LONGEST_KEPT: usize = 1024;

const TOTAL: HeaderName = HeaderName::from_static("x-wp-total");
const TOTAL_PAGES: HeaderName = HeaderName::from_static("x-wp-totalpages");
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The routes below `/wp-json`.
pub fn wordpress() -> Router<Arc<App>> {
    let (root, below) = (format!("{BASE}/"), format!("{BASE}/{{*path}}"));
    Router::new().route(BASE, any(answer)).route(&root, any(answer)).route(&below, any(answer))
}

/// The document of the API.
pub fn document() -> String {
    let route = |path: String, summary: &'static str| {
        (path, described::Route { method: "get", path: "", summary, sends: described::Sends::Nothing })
    };
    let mut routes =
        vec![route("/".into(), "The index: what there is"), route("/wp/v2/".into(), "The index of the namespace")];
    for collection in Collection::ALL {
        routes.push(route(format!("/wp/v2/{}/", collection.name()), "A list"));
        if collection.has_things() {
            routes.push(route(format!("/wp/v2/{}/{{id}}/", collection.name()), "One, by its number"));
        }
    }
    for kinds in ["types", "taxonomies", "statuses"] {
        routes.push(route(format!("/wp/v2/{kinds}/"), "All of them, by name"));
        routes.push(route(format!("/wp/v2/{kinds}/{{name}}/"), "One, by name"));
    }
    described::Api {
        title: "Masthead, as WordPress’s REST API",
        description: "What readers may read, for clients of WordPress. Nothing can be written; `docs/api/wordpress.md` says \
                      where ours differs.",
        base: BASE,
        security: None,
        routes,
        parameters: &parameters,
    }
    .document()
}

fn parameters(path: &str, _: &described::Route) -> Vec<described::Parameter> {
    let mut parameters = vec![described::Parameter::text("_fields", "these fields alone: `id,title.rendered`")];
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let Some(collection) = segments.get(2).and_then(|name| Collection::named(name)) else { return parameters };
    parameters.push(described::Parameter::text("_embed", "with authors, pictures and terms in `_embedded`"));
    if segments.len() == 3 {
        let all = collection.parameters().iter();
        parameters.extend(all.map(|name| {
            let mut schema = collection::described(name);
            schema.as_object_mut().into_iter().for_each(|schema| _ = schema.remove("required"));
            described::Parameter { name: (*name).to_owned(), schema, summary: "" }
        }));
    }
    parameters
}

async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let mut response = match parts.method {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        Method::GET | Method::HEAD => match read(&app, &parts.uri).await {
            Ok(page) => site::send(&page, &parts.method, &parts.headers),
            Err(why) => why.into_response(),
        },
        _ => RestError::no_route().into_response(),
    };
    headers(&app, response.headers_mut());
    response
}

/// Any page on the web may read what this site's readers may read, and search engines need not.
fn headers(app: &App, headers: &mut HeaderMap) {
    let exposed = "X-WP-Total, X-WP-TotalPages, Link";
    let allowed = "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type";
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "OPTIONS, GET, HEAD"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, allowed),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed),
        (header::ALLOW, "GET"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (ROBOTS, "noindex"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let root = format!("<{}>; rel=\"https://api.w.org/\"", app.url.with(&format!("{BASE}/")));
    if let Ok(root) = HeaderValue::try_from(root) {
        headers.append(header::LINK, root);
    }
}

/// What a path asks for.
#[derive(Clone, Copy)]
enum Route<'p> {
    Index,
    Namespace,
    List(Collection),
    One(Collection, u64),
    Kinds(&'p str, Option<&'p str>),
}

impl<'p> Route<'p> {
    fn of(segments: &[&'p str]) -> Result<Route<'p>, RestError> {
        let named = |name: &str| Collection::named(name).ok_or_else(RestError::no_route);
        Ok(match *segments {
            [""] => Route::Index,
            ["wp", "v2"] => Route::Namespace,
            ["wp", "v2", kinds @ ("types" | "taxonomies" | "statuses")] => Route::Kinds(kinds, None),
            ["wp", "v2", kinds @ ("types" | "taxonomies" | "statuses"), one] => Route::Kinds(kinds, Some(one)),
            ["wp", "v2", "users", "me"] => return Err(RestError::not_signed_in()),
            ["wp", "v2", name] => Route::List(named(name)?),
            ["wp", "v2", name, number] if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                let collection = named(name)?;
                // More digits than any number has are the number of nothing.
                let number = number.parse().map_err(|_| RestError::not_there(collection))?;
                if !collection.has_things() {
                    return Err(RestError::no_route());
                }
                Route::One(collection, number)
            }
            _ => return Err(RestError::no_route()),
        })
    }
}

/// The answer to one address: kept like a page until something that it shows changes.
async fn read(app: &Arc<App>, uri: &Uri) -> Result<Arc<Page>, RestError> {
    // With or without a slash at the end, as WordPress reads it.
    let path = uri.path().strip_prefix(BASE).unwrap_or_default().trim_matches('/');
    let segments: Vec<&str> = path.split('/').collect();
    let route = Route::of(&segments)?;
    let before = app.pages.generation();
    let furniture = Furniture::of(app).await?;
    let list = if let Route::List(collection) = route { Some(collection) } else { None };
    let asked = Arc::new(Asked::of(uri, list, &furniture.zone)?);
    let kept_at = asked.address(&format!("{BASE}/{path}"));
    if let Some(page) = app.pages.get(&kept_at) {
        return Ok(page);
    }
    let Made { body, total, places } = made(&furniture, route, &asked).await?;
    let bytes = serde_json::to_vec(&body).map_err(|why| crate::Error::Io(why.into()))?;
    let mut fresh = Fresh::new(JSON, bytes);
    if let Some(total) = total {
        fresh.headers = counted(&furniture, path, &asked, total);
    }
    let page = Arc::new(Page::new(fresh));
    if let Some(mut places) = places.filter(|_| kept_at.len() <= LONGEST_KEPT) {
        places.push(Place::Everything);
        app.pages.put(&kept_at, page.clone(), places, Keep::WhileRoom, before);
    }
    Ok(page)
}

/// How many there are in all, and where the pages beside this one are.
fn counted(furniture: &Furniture, path: &str, asked: &Asked, total: usize) -> Vec<(HeaderName, String)> {
    let pages = asked.pages(total);
    let mut headers = vec![(TOTAL, total.to_string()), (TOTAL_PAGES, pages.to_string())];
    let mut link = |page: usize, relation: &str| {
        let address = furniture.full(&format!("{BASE}/{path}?{}", asked.for_page(page)));
        headers.push((header::LINK, format!("<{address}>; rel=\"{relation}\"")));
    };
    if asked.page > 1 {
        link((asked.page - 1).min(pages.max(1)), "prev");
    }
    if asked.page < pages {
        link(asked.page + 1, "next");
    }
    headers
}

/// An answer.
struct Made {
    body: Json,
    /// How many there are in all, of a list.
    total: Option<usize>,
    /// What it shows; `None` for what is not worth keeping.
    places: Option<Vec<Place>>,
}

async fn made(furniture: &Arc<Furniture>, route: Route<'_>, asked: &Arc<Asked>) -> Result<Made, RestError> {
    let plain = |body: Json| Made { body: asked.kept(body), total: None, places: None };
    match route {
        Route::Index => Ok(plain(about::index(furniture))),
        Route::Namespace => Ok(plain(about::namespace(furniture))),
        Route::Kinds(of, one) => {
            let mut kinds = about::kinds(furniture, of).ok_or_else(RestError::no_route)?;
            match one {
                None => Ok(Made { body: kinds.into(), total: None, places: None }),
                Some(one) => Ok(plain(kinds.remove(one).ok_or_else(|| RestError::no_kind(of))?)),
            }
        }
        Route::List(collection) => list(furniture, collection, asked).await,
        Route::One(collection, number) => one(furniture, collection, number, asked).await,
    }
}

async fn list(furniture: &Arc<Furniture>, collection: Collection, asked: &Arc<Asked>) -> Result<Made, RestError> {
    let (things, total, places) = match collection {
        Collection::Posts | Collection::Pages | Collection::Media => {
            let found = find::list(furniture, collection, asked, asked.window()).await?;
            let mut places = found.places;
            places.extend(found.posts.iter().map(|post| Place::Article(post.article.id.clone())));
            let (posts, wanted) = (found.posts, asked.clone());
            let (things, asked_for) = ask_in_turn(furniture, move |_| {
                let things = posts.iter().filter_map(|post| shape::thing(post, collection, &wanted));
                Ok(things.collect::<Vec<Json>>())
            })
            .await?;
            places.extend(asked_for);
            (things, found.total, places)
        }
        Collection::Categories | Collection::Tags => {
            let terms = match asked.post {
                Some(article) => terms_of(furniture, collection, article).await?,
                None if collection == Collection::Tags => terms::tags(furniture).await?,
                None => terms::sections(furniture).await?,
            };
            let is_below = |term: &terms::Term| match (&asked.parent, term.parent) {
                (Some(wanted), Some(parent)) => wanted.contains(&parent),
                _ => true,
            };
            let (terms, total) = terms::part(terms.into_iter().filter(is_below).collect(), asked);
            let things = terms.iter().map(|term| asked.kept(shape::term(furniture, term, asked.is_brief))).collect();
            (things, total, vec![Place::Front])
        }
        Collection::Users => {
            let (writers, total) = terms::part(terms::writers(furniture).await?, asked);
            let writers = writers.iter().map(|writer| shape::user(furniture, &writer.author, asked.is_brief));
            (writers.map(|writer| asked.kept(writer)).collect(), total, vec![Place::Front])
        }
        // There are none, so none can be stale.
        Collection::Comments => return Ok(Made { body: json!([]), total: Some(0), places: None }),
        Collection::Search => search::search(furniture, asked).await?,
    };
    let is_strict = !matches!(collection, Collection::Categories | Collection::Tags | Collection::Users);
    if is_strict && total > 0 && asked.page > asked.pages(total) {
        return Err(RestError::no_such_page(collection));
    }
    Ok(Made { body: things.into(), total: Some(total), places: Some(places) })
}

/// The sections or tags of one article, each with the number of its articles.
async fn terms_of(
    furniture: &Arc<Furniture>,
    collection: Collection,
    article: u64,
) -> Result<Vec<terms::Term>, RestError> {
    let Some(post) = find::one(furniture, article, Some(Kind::Article)).await? else { return Ok(Vec::new()) };
    let mut found = match collection {
        Collection::Tags => terms::tags_of(&post),
        _ => terms::sections_of(&post),
    };
    for term in &mut found {
        if let Some((known, _)) = terms::one(furniture, collection, term.number).await? {
            term.count = known.count;
        }
    }
    Ok(found)
}

async fn one(
    furniture: &Arc<Furniture>,
    collection: Collection,
    number: u64,
    asked: &Arc<Asked>,
) -> Result<Made, RestError> {
    let not_there = || RestError::not_there(collection);
    let (body, places) = match collection {
        Collection::Posts | Collection::Pages | Collection::Media => {
            let (article, kind) = match collection {
                Collection::Posts => (Some(number), Some(Kind::Article)),
                Collection::Pages => (Some(number), Some(Kind::Page)),
                _ => (number::article_of_picture(number), None),
            };
            let post = find::one(furniture, article.ok_or_else(not_there)?, kind).await?.ok_or_else(not_there)?;
            let mut places = vec![Place::Article(post.article.id.clone())];
            let wanted = asked.clone();
            let (thing, asked_for) =
                ask_in_turn(furniture, move |_| Ok(shape::thing(&post, collection, &wanted))).await?;
            places.extend(asked_for);
            (thing.ok_or_else(not_there)?, places)
        }
        Collection::Categories | Collection::Tags => {
            let (term, place) = terms::one(furniture, collection, number).await?.ok_or_else(not_there)?;
            (asked.kept(shape::term(furniture, &term, asked.is_brief)), vec![place])
        }
        Collection::Users => {
            let author = terms::writer(furniture, number).await?.ok_or_else(not_there)?;
            let place = Place::Author(author.id.clone());
            (asked.kept(shape::user(furniture, &author, asked.is_brief)), vec![place])
        }
        Collection::Comments | Collection::Search => return Err(not_there()),
    };
    Ok(Made { body, total: None, places: Some(places) })
}
