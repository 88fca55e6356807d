//! Ghost's Content API: what readers may read, as JSON, for site generators and apps. Paths and shapes as Ghost 6 answers
//! them; `docs/api/content.md` says where ours differ.

mod shape;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use news::{Id, Place, Slug};
use serde_json::{Value, json};
use theme::library::{Library as _, Query, Resource};

use super::asked::Parameters;
use super::error::ApiError;
use crate::App;
use crate::described::{Api, Parameter, Route, Sends};
use crate::pages::{Fresh, Keep, Page};
use crate::site::furniture::Furniture;
use crate::site::library::{Library, ask_in_turn};
use crate::site::{self, values};

/// Longest address, with its parameters, whose answer is kept, in bytes: what is kept is counted by its body.
const LONGEST_KEPT: usize = 1024;
/// Most articles of the search index, as in Ghost: the newest.
const INDEXED: usize = 10_000;
/// Articles of the index that are read at a time.
const STRETCH: usize = 500;

/// Everything below this is answered here.
const BASE: &str = "/ghost/api/content/";

/// The routes of the Content API.
pub fn content() -> Router<Arc<App>> {
    Router::new().route(BASE, any(answer)).route(&format!("{BASE}{{*path}}"), any(answer))
}

/// Every route: [`made`] answers them.
const ROUTES: &[(&str, &str)] = &[
    ("/posts/", "Published articles, the newest first"),
    ("/posts/{id}/", "One, by id"),
    ("/posts/slug/{slug}/", "One, by slug"),
    ("/pages/", "Static pages, by title"),
    ("/pages/{id}/", "One, by id"),
    ("/pages/slug/{slug}/", "One, by slug"),
    ("/tags/", "Tags with articles, sections among them, by name"),
    ("/tags/{id}/", "One, by id"),
    ("/tags/slug/{slug}/", "One, by slug"),
    ("/authors/", "Authors with articles, by name"),
    ("/authors/{id}/", "One, by id"),
    ("/authors/slug/{slug}/", "One, by slug"),
    ("/settings/", "What the magazine says of itself"),
    ("/tiers/", "Tiers that readers see"),
    ("/newsletters/", "Newsletters that are offered"),
    ("/recommendations/", "Nobody is recommended yet"),
    ("/search-index/posts/", "The newest articles, for a search in the browser"),
    ("/search-index/tags/", "Tags, for a search in the browser"),
    ("/search-index/authors/", "Authors, for a search in the browser"),
];

/// The document of the API.
pub fn document() -> String {
    let route = |(path, summary): &(&'static str, &'static str)| {
        ((*path).to_owned(), Route { method: "get", path, summary, sends: Sends::Nothing })
    };
    Api {
        title: "Masthead, as Ghost’s Content API",
        description: "What readers may read, as JSON. Answers are as Ghost 6 gives them; `docs/api/content.md` says where \
                      ours differ.",
        base: BASE.trim_end_matches('/'),
        security: Some(("key", json!({
            "type": "apiKey", "in": "query", "name": "key", "description": "A content key: `masthead key new NAME`.",
        }))),
        routes: ROUTES.iter().map(route).collect(),
        parameters: &parameters,
    }
    .document()
}

fn parameters(path: &str, _: &Route) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let is_article = path.starts_with("/posts/") || path.starts_with("/pages/");
    if !is_article && !path.starts_with("/tags/") && !path.starts_with("/authors/") {
        return parameters;
    }
    parameters.push(Parameter::text("include", if is_article { "`tags,authors,tiers`" } else { "`count.posts`" }));
    parameters.push(Parameter::text("fields", "these fields alone"));
    if is_article {
        parameters.push(Parameter::text("formats", "of the body: `html`, `plaintext`"));
    }
    if path.matches('/').count() == 2 {
        parameters.push(Parameter::text("filter", "in Ghost's filter language: `featured:true+tag:news`"));
        parameters.push(Parameter::text("order", "`published_at desc`"));
        parameters.push(Parameter::text("limit", "at most 100; 15 where nothing is said"));
        parameters.push(Parameter::text("page", "from 1"));
    }
    parameters
}

async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let uri = &parts.uri;
    let mut response = match parts.method {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        Method::GET | Method::HEAD if !uri.path().ends_with('/') => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let location = [(header::LOCATION, format!("{}/{query}", uri.path()))];
            (StatusCode::MOVED_PERMANENTLY, location).into_response()
        }
        Method::GET | Method::HEAD => match read(&app, uri).await {
            Ok(page) => site::send(&page, &parts.method, &parts.headers),
            Err(why) => why.into_response(),
        },
        _ => ApiError::no_route().into_response(),
    };
    headers(response.headers_mut());
    response
}

/// Any page on the web may read what this site's readers may read.
fn headers(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("content-version"), HeaderValue::from_static(super::VERSION));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Version, Accept-Encoding"));
}

/// The answer to one address: kept like a page, without the key, until something that it shows changes.
async fn read(app: &Arc<App>, uri: &http::Uri) -> Result<Arc<Page>, ApiError> {
    let parameters = Parameters::of(uri)?;
    check(app, parameters.key.as_deref()).await?;
    let kept_at = parameters.address(uri.path());
    if let Some(page) = app.pages.get(&kept_at) {
        return Ok(page);
    }
    let furniture = Furniture::of(app).await?;
    let before = app.pages.generation();
    let (body, mut places) = made(&furniture, uri.path(), parameters).await?;
    let bytes = serde_json::to_vec(&body).map_err(|why| crate::Error::Io(why.into()))?;
    let mut fresh = Fresh::new("application/json; charset=utf-8", bytes);
    fresh.cache = "public, max-age=0";
    let page = Arc::new(Page::new(fresh));
    if kept_at.len() <= LONGEST_KEPT {
        places.push(Place::Everything);
        app.pages.put(&kept_at, page.clone(), places, Keep::WhileRoom, before);
    }
    Ok(page)
}

/// A key that `masthead key new` made, or the one that the magazine's own pages carry.
async fn check(app: &App, key: Option<&str>) -> Result<(), ApiError> {
    let key = key.ok_or_else(ApiError::no_content_key)?;
    let is_ours = app.last_read.magazine(app).await?.settings.frontend_key.as_deref() == Some(key);
    if is_ours || app.last_read.has_key(app, key).await? { Ok(()) } else { Err(ApiError::unknown_content_key()) }
}

type Made = (Value, Vec<Place>);

async fn made(furniture: &Arc<Furniture>, path: &str, parameters: Parameters) -> Result<Made, ApiError> {
    let below = path.strip_prefix(BASE).unwrap_or_default();
    let segments: Vec<&str> = below.trim_matches('/').split('/').collect();
    let resource = |name: &str| match name {
        "posts" | "pages" | "tags" | "authors" => Resource::named(name),
        _ => None,
    };
    match *segments.as_slice() {
        ["settings"] => Ok((json!({ "settings": shape::settings(furniture), "meta": {} }), Vec::new())),
        ["tiers"] => Ok((shape::tiers(furniture, &parameters)?, Vec::new())),
        ["newsletters"] => Ok((shape::newsletters(furniture, &parameters), Vec::new())),
        // Nobody is recommended and nothing is offered yet.
        ["recommendations"] => Ok((shape::no_recommendations(), Vec::new())),
        ["offers", _] => Err(ApiError::not_there("offer")),
        ["search-index", "posts"] => indexed(furniture).await,
        ["search-index", name @ ("tags" | "authors")] => named_index(furniture, name).await,
        [name] => match resource(name) {
            Some(resource) => browse(furniture, resource, parameters).await,
            None => Err(ApiError::no_route()),
        },
        [name, id] => match resource(name) {
            Some(resource) => one(furniture, resource, Wanted::Id(id), parameters).await,
            None => Err(ApiError::no_route()),
        },
        [name, "slug", slug] => match resource(name) {
            Some(resource) => one(furniture, resource, Wanted::Slug(slug), parameters).await,
            None => Err(ApiError::no_route()),
        },
        _ => Err(ApiError::no_route()),
    }
}

/// A page of a list.
async fn browse(furniture: &Arc<Furniture>, resource: Resource, parameters: Parameters) -> Result<Made, ApiError> {
    let name = resource.name();
    let query = parameters.query(resource);
    if let Some(why) = parameters.wrong_filter(resource, furniture.app().now()) {
        return Err(ApiError::wrong_filter(name, why));
    }
    let found = ask_in_turn(furniture, move |library| list(library, &query, &parameters)).await;
    let ((things, total, query), places) = found.map_err(ApiError::from)?;
    let pagination = shape::pagination(&query, total);
    Ok((json!({ name: things, "meta": { "pagination": pagination } }), places))
}

/// Things as JSON and how many there are in all; on a thread that may wait.
fn list(library: &Library, query: &Query, parameters: &Parameters) -> Result<(Vec<Value>, usize, Query), String> {
    let posts = match query.resource {
        Resource::Posts => Some(library.page(query)?),
        Resource::Pages => Some(library.static_pages(query)?),
        _ => None,
    };
    if let Some((posts, total)) = posts {
        posts.iter().for_each(|post| library.shows(Place::Article(post.article.id.clone())));
        let things = posts.iter().map(|post| shape::post(post, query.resource, parameters)).collect();
        return Ok((things, total, query.clone()));
    }
    let found = library.browse(query)?;
    let total = found.pagination.get("total").as_number().unwrap_or(0.0) as usize;
    let things = found.items.as_list().unwrap_or_default().iter();
    let things = things.map(|thing| shape::named(thing, query.resource, parameters)).collect();
    Ok((things, total, query.clone()))
}

enum Wanted<'p> {
    Id(&'p str),
    Slug(&'p str),
}

/// One thing.
async fn one(
    furniture: &Arc<Furniture>,
    resource: Resource,
    wanted: Wanted<'_>,
    parameters: Parameters,
) -> Result<Made, ApiError> {
    let name = resource.name();
    let singular = name.trim_end_matches('s');
    let mut query = parameters.query(resource);
    (query.filter, query.order, query.page) = (None, None, 1);
    let (id, slug) = match wanted {
        Wanted::Id(id) if Id::parse(id).is_err() && resource != Resource::Tags => {
            return Err(ApiError::wrong_id(singular));
        }
        Wanted::Id(id) => (Some(id), None),
        Wanted::Slug(slug) => {
            let decoded = percent_encoding::percent_decode_str(slug).decode_utf8().unwrap_or_default();
            let known = Slug::parse(&decoded).map_err(|_| ApiError::not_there(singular))?;
            (None, Some(known.to_string()))
        }
    };
    let parameters = parameters.with_field(if id.is_some() { "id" } else { "slug" });
    (query.id, query.slug) = (id.map(str::to_owned), slug);
    let found = ask_in_turn(furniture, move |library| list(library, &query, &parameters)).await;
    let ((things, ..), places) = found.map_err(ApiError::from)?;
    let thing = things.into_iter().next().ok_or(ApiError::not_there(singular))?;
    Ok((json!({ name: [thing] }), places))
}

/// The newest articles, as far as a search in the browser needs them.
async fn indexed(furniture: &Arc<Furniture>) -> Result<Made, ApiError> {
    let store = &furniture.app().store;
    let newest = store::shelf::newest(store, &Place::Front, INDEXED as i64, 0).await?;
    let ids: Vec<Id> = newest.into_iter().map(|(id, _)| id).collect();
    let mut found = Vec::with_capacity(ids.len());
    for stretch in ids.chunks(STRETCH) {
        let posts = values::posts(furniture.app(), furniture, stretch).await?;
        found.extend(posts);
    }
    // What changed last stands first, as clients of Ghost know it.
    found.sort_by_key(|post| std::cmp::Reverse(post.article.updated_at));
    let found: Vec<Value> = found.iter().map(shape::indexed).collect();
    Ok((json!({ "posts": found }), vec![Place::Front]))
}

/// Tags or authors for a search in the browser.
async fn named_index(furniture: &Arc<Furniture>, name: &str) -> Result<Made, ApiError> {
    let resource = Resource::named(name).unwrap_or_default();
    let filter = (resource == Resource::Tags).then(|| "visibility:public".to_owned());
    let query = Query { resource, filter, limit: Some(INDEXED as u32), page: 1, ..Query::default() };
    let found = ask_in_turn(furniture, move |library| library.browse(&query)).await;
    let (found, places) = found.map_err(ApiError::from)?;
    let things = found.items.as_list().unwrap_or_default().iter();
    let mut things: Vec<Value> = things.map(|thing| shape::indexed_name(thing, resource)).collect();
    things.sort_by_key(|thing| thing["id"].to_string()); // as they were made
    Ok((json!({ name: things }), places))
}
