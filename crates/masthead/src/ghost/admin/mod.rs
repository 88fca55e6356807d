//! Ghost's Admin API: what the official client, automations and Ghost's own tools read and write.

mod caller;
mod config;
mod db;
mod fields;
mod listed;
mod listing;
pub(super) mod members;
mod named;
mod newsletters;
mod posts;
mod routing;
mod sent;
mod session;
mod settings;
pub(super) mod shape;
mod tags;
mod themes;
mod tiers;
mod uploads;
mod users;
mod webhooks;

use std::sync::Arc;

use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use axum::{Extension, Json, Router};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use serde_json::{Value, json};

use super::error::ApiError;
use crate::App;
use crate::described::{Api, Parameter, Route, Sends};

/// Below this are all routes.
const BASE: &str = "/ghost/api/admin";

/// Each route once: the router and the document of the API are made of these lists.
macro_rules! routes {
    ($router:ident $list:ident; $($path:literal { $($method:ident $handler:path $([$sends:ident])?: $summary:literal)+ })+) => {
        fn $router(below: &str) -> Router<Arc<App>> {
            Router::new()$(.route(&format!("{below}{}", $path), MethodRouter::new()$(.$method($handler))+))+
        }

        const $list: &[Route] = &[$($(
            Route { method: stringify!($method), path: $path, summary: $summary, sends: routes!(@ $($sends)?) },
        )+)+];
    };
    (@) => { Sends::Nothing };
    (@ $sends:ident) => { Sends::$sends };
}

routes! { articles ARTICLES;
    "/" { get posts::browse: "Articles of any status: scheduled first, then what is being written, then what is out"
          post posts::add [Json]: "Write one; `source=html` takes the body as HTML" }
    "/bulk/" { put posts::edit_many [Json]: "Change every one that a filter fits"
               delete posts::remove_many: "Delete every one that a filter fits" }
    "/{id}/" { get posts::read: "One, by id"
               put posts::edit [Json]: "Change, publish, schedule or withdraw one; `updated_at` is that of what was read"
               delete posts::remove: "Delete one for good" }
    "/{id}/copy/" { post posts::copy: "A draft with the same text and papers" }
    "/slug/{slug}/" { get posts::read_by_slug: "One, by slug" }
}

routes! { uploading UPLOADS;
    "/images/upload/" { post uploads::image [Form]: "A picture" }
    "/media/upload/" { post uploads::medium [Form]: "A recording" }
    "/media/thumbnail/upload/" { put uploads::thumbnail [Form]: "A picture for a recording" }
    "/files/upload/" { post uploads::file [Form]: "A file to be handed out" }
    "/themes/upload/" { post themes::upload [Form]: "A theme, as a ZIP archive" }
    "/db/" { get db::export: "The whole magazine as Ghost's export"
             post db::import [Form]: "An export moves in" }
    "/redirects/upload/" { post routing::set_redirects [Form]: "Take up a file of redirects" }
    "/settings/routes/yaml/" { get routing::routes: "The file of routes"
                               post routing::set_routes [Form]: "Take up a file of routes" }
}

routes! { others OTHERS;
    "/site/" { get config::site: "What the magazine is, for anybody" }
    "/config/" { get config::config: "What clients may count on" }
    "/settings/" { get settings::browse: "Every setting" put settings::edit [Json]: "Change some settings" }
    "/redirects/download/" { get routing::redirects: "The file of redirects" }
    "/tags/" { get tags::browse: "Every tag" post tags::add [Json]: "A new tag" }
    "/tags/{id}/" { get tags::read: "One, by id" put tags::edit [Json]: "Change one"
                    delete tags::remove: "Take one from every article and remove it" }
    "/tags/slug/{slug}/" { get tags::read_by_slug: "One, by slug" }
    "/users/" { get users::browse: "Every author" }
    "/users/{id}/" { get users::read: "One, by id; `me` is who asks" put users::edit [Json]: "Change what is said of one"
                     delete users::remove: "Never: an author stays while articles name them" }
    "/users/slug/{slug}/" { get users::read_by_slug: "One, by slug" }
    "/users/email/{email}/" { get users::read_by_email: "One, by address" }
    "/roles/" { get users::roles: "What somebody may be" }
    "/tiers/" { get tiers::browse: "Every tier" post tiers::add [Json]: "A new tier" }
    "/tiers/{id}/" { get tiers::read: "One, by id" put tiers::edit [Json]: "Change one" }
    "/newsletters/" { get newsletters::browse: "Every newsletter" post newsletters::add [Json]: "A new newsletter" }
    "/newsletters/slug/{slug}/" { get newsletters::read_by_slug: "One, by slug" }
    "/newsletters/{id}/" { get newsletters::read: "One, by id" put newsletters::edit [Json]: "Change one" }
    "/members/" { get members::browse: "Members, the newest first" post members::add [Json]: "A new member" }
    "/members/email/{email}/" { get members::read_by_email: "One, by address"
                                delete members::remove_by_email: "Remove one, by address" }
    "/members/{id}/" { get members::read: "One, by id" put members::edit [Json]: "Change one"
                       delete members::remove: "Remove one for good" }
    "/labels/" { get members::labels: "Every label that a member has" }
    "/webhooks/" { post webhooks::add [Json]: "Somebody to be told of an event" }
    "/webhooks/{id}/" { put webhooks::edit [Json]: "Change one" delete webhooks::remove: "Tell them no more" }
    "/themes/" { get themes::browse: "Every theme" }
    "/themes/active/" { get themes::active: "The theme in use" }
    "/themes/{name}/activate/" { put themes::activate: "Use a theme" }
    "/slugs/{kind}/{name}/" { get named::slug: "A slug for a title or a name that nobody has yet" }
    "/integrations/" { get named::integrations: "The keys of programs, without their secrets" }
    "/snippets/" { get named::snippets: "Snippets that came from elsewhere" }
    "/session/" { get session::who: "Who is signed in" post session::open [Json]: "Sign in with name and password"
                  delete session::close: "Sign out" }
    "/session/verify/" { put session::verify [Json]: "The one-time code" post session::verify [Json]: "The one-time code" }
}

/// The routes below `/ghost/api/admin`.
pub fn admin() -> Router<Arc<App>> {
    let of = |resource: posts::Resource| articles(&format!("/{}", resource.name)).layer(Extension(resource));
    Router::new()
        .merge(of(posts::POSTS))
        .merge(of(posts::PAGES))
        .merge(uploading("").layer(uploads::largest()))
        .merge(others(""))
        .fallback(no_route)
        .method_not_allowed_fallback(no_route)
        .layer(map_response(in_our_words))
}

/// What was refused before a handler saw it is told like everything else: a body too large, a form that is none.
async fn in_our_words(response: Response) -> Response {
    let status = response.status();
    let is_text =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/"));
    if !status.is_client_error() || !is_text {
        return response;
    }
    let why = axum::body::to_bytes(response.into_body(), 4096).await.unwrap_or_default();
    let why = String::from_utf8_lossy(&why).into_owned();
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::too_large(why).into_response(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ApiError::unsupported(why).into_response(),
        StatusCode::UNPROCESSABLE_ENTITY => ApiError::unprocessable(why).into_response(),
        _ => ApiError::bad_request(why).into_response(),
    }
}

/// The document of the API.
pub fn document() -> String {
    let articles = ["posts", "pages"]
        .into_iter()
        .flat_map(|resource| ARTICLES.iter().map(move |route| (format!("/{resource}{}", route.path), *route)));
    let rest = UPLOADS.iter().chain(OTHERS).map(|route| (route.path.to_owned(), *route));
    Api {
        title: "Masthead, as Ghost’s Admin API",
        description: "What Ghost’s clients read and write. Answers are as Ghost 6 gives them; `docs/api/admin.md` says \
                      where ours differ.",
        base: BASE,
        security: Some(("token", json!({
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": "`Ghost ` and a JSON Web Token: HS256 with the secret half of an admin key, `kid` its id, `aud` \
                            `/admin/`, at most five minutes from `iat` to `exp`.",
        }))),
        routes: articles.chain(rest).collect(),
        parameters: &parameters,
    }
    .document()
}

fn parameters(path: &str, route: &Route) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let is_article = path.starts_with("/posts/") || path.starts_with("/pages/");
    let is_list = ["/posts/", "/pages/", "/tags/", "/users/", "/tiers/", "/newsletters/", "/members/", "/labels/"];
    if is_article && matches!(route.method, "post" | "put") && route.sends == Sends::Json && !path.contains("bulk") {
        parameters.push(Parameter::text("source", "`html` where the body comes as HTML"));
    }
    if is_article && !path.contains("bulk") && route.method != "delete" {
        parameters.push(Parameter::text("formats", "of the body: `html`, `lexical`, `plaintext`, `mobiledoc`"));
    }
    if route.method == "get" && (is_article || is_list.iter().any(|list| path.starts_with(list))) {
        let beside = match path.split('/').nth(1) {
            Some("posts" | "pages") => "`tags,authors,authors.roles,tiers`: all where nothing is said",
            Some("users") => "`roles,count.posts`",
            Some("tags") => "`count.posts`",
            Some("newsletters") => "`count.members`",
            _ => "what stands beside it",
        };
        parameters.push(Parameter::text("include", beside));
        parameters.push(Parameter::text("fields", "these fields alone"));
    }
    if path.contains("bulk") || route.method == "get" && is_list.contains(&path) {
        parameters.push(Parameter::text("filter", "in Ghost's filter language: `status:draft+tag:news`"));
    }
    if route.method == "get" && is_list.contains(&path) {
        parameters.push(Parameter::text("order", "`published_at desc`"));
        parameters.push(Parameter::text("limit", "at most 100; 15 where nothing is said"));
        parameters.push(Parameter::text("page", "from 1"));
    }
    if route.method == "get" && path == "/members/" {
        parameters.push(Parameter::text("search", "words of a name or an address"));
    }
    parameters
}

/// An answer of the API.
fn answer(status: StatusCode, body: Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    headers(response.headers_mut());
    response
}

/// The same of something new, with its address.
fn created(app: &App, path: &str, body: Value) -> Response {
    let mut response = answer(StatusCode::CREATED, body);
    if let Ok(location) = HeaderValue::try_from(app.url.with(&format!("{BASE}/{path}/"))) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Nothing to say.
fn nothing() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    headers(response.headers_mut());
    response
}

/// The headers of every answer of the API: nothing of it may be kept by a cache.
pub fn headers(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, private, no-store"));
    headers.insert("content-version", HeaderValue::from_static(super::VERSION));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Version, Origin, Accept-Encoding"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// Where a page stands in its list.
fn pagination(page: usize, limit: usize, total: usize) -> Value {
    let pages = total.div_ceil(limit.max(1)).max(1);
    json!({
        "page": page, "limit": limit, "pages": pages, "total": total,
        "next": (page < pages).then(|| page + 1), "prev": (page > 1).then(|| page - 1),
    })
}

/// A path without the slash at its end leads to the one with it.
async fn no_route(method: Method, uri: Uri) -> Response {
    if uri.path().ends_with('/') || !matches!(method, Method::GET | Method::HEAD) {
        return ApiError::no_route().into_response();
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = [(header::LOCATION, format!("{BASE}{}/{query}", uri.path()))]; // nested below that
    (StatusCode::MOVED_PERMANENTLY, location).into_response()
}
