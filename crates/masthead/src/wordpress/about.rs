//! What the API says of itself: the index by which clients find their way, types, taxonomies and statuses.

use serde_json::{Map, Value as Json, json};

use super::collection::{Collection, described};
use super::shape::{BASE, Links, NAMESPACE, curies};
use crate::site::furniture::Furniture;
use crate::site::measured;

/// What is behind a number, as patterns of WordPress write it.
const NUMBER: &str = r"(?P<id>[\d]+)";
/// Lists that are made of words alone.
const KINDS: [(&str, &str); 3] = [("types", "type"), ("statuses", "status"), ("taxonomies", "taxonomy")];

/// The index.
pub fn index(furniture: &Furniture) -> Json {
    let settings = &furniture.settings;
    let hours = f64::from(furniture.zone.to_offset(furniture.app().now()).seconds()) / 3600.0;
    let hours: Json = if hours.fract() == 0.0 { (hours as i64).into() } else { hours.into() };
    let mut routes = Map::new();
    routes.insert("/".to_owned(), route("", Some(furniture.full(&format!("{BASE}/"))), &["context"]));
    routes.extend(routes_of(furniture));
    json!({
        "name": settings.title, "description": settings.description, "url": furniture.url, "home": furniture.url,
        "gmt_offset": hours, "timezone_string": settings.timezone,
        "namespaces": [NAMESPACE], "authentication": [], "routes": routes,
        "site_icon_url": settings.icon.as_deref().map(|icon| measured::icon(furniture, icon)).unwrap_or_default(),
        "_links": { "help": [{ "href": "https://developer.wordpress.org/rest-api/" }] },
    })
}

/// The index of the one namespace.
pub fn namespace(furniture: &Furniture) -> Json {
    json!({
        "namespace": NAMESPACE, "routes": routes_of(furniture),
        "_links": { "up": [{ "href": furniture.full(&format!("{BASE}/")) }] },
    })
}

fn routes_of(furniture: &Furniture) -> Map<String, Json> {
    let links = Links::of(furniture);
    let path = |rest: &str| format!("/{NAMESPACE}{rest}");
    let mut routes = Map::new();
    let own = furniture.full(&format!("{BASE}/{NAMESPACE}"));
    routes.insert(path(""), route(NAMESPACE, Some(own), &["context"]));
    for collection in Collection::ALL {
        let name = collection.name();
        let list = route(NAMESPACE, Some(links.href(name)), collection.parameters());
        routes.insert(path(&format!("/{name}")), list);
        if collection.has_things() {
            routes.insert(path(&format!("/{name}/{NUMBER}")), route(NAMESPACE, None, &["id", "context"]));
        }
    }
    for (name, one) in KINDS {
        routes.insert(path(&format!("/{name}")), route(NAMESPACE, Some(links.href(name)), &["context"]));
        routes.insert(path(&format!(r"/{name}/(?P<{one}>[\w-]+)")), route(NAMESPACE, None, &["context"]));
    }
    routes
}

fn route(namespace: &str, own: Option<String>, parameters: &[&str]) -> Json {
    let args: Map<String, Json> = parameters.iter().map(|name| ((*name).to_owned(), described(name))).collect();
    let mut route = json!({
        "namespace": namespace, "methods": ["GET"], "endpoints": [{ "methods": ["GET"], "args": args }],
    });
    if let Some(own) = own {
        route["_links"] = json!({ "self": [{ "href": own }] });
    }
    route
}

/// All types, taxonomies or statuses; `None` for another word.
pub fn kinds(furniture: &Furniture, of: &str) -> Option<Map<String, Json>> {
    let links = Links::of(furniture);
    let kinds = match of {
        "types" => vec![
            kind_of_post(&links, ("post", "Posts"), "posts", false, &["category", "post_tag"]),
            kind_of_post(&links, ("page", "Pages"), "pages", true, &[]),
            kind_of_post(&links, ("attachment", "Media"), "media", false, &[]),
        ],
        "taxonomies" => vec![
            taxonomy(&links, ("category", "Categories"), "categories", true),
            taxonomy(&links, ("post_tag", "Tags"), "tags", false),
        ],
        "statuses" => vec![json!({
            "name": "Published", "public": true, "queryable": true, "slug": "publish", "date_floating": false,
            "_links": { "archives": links.to("posts") },
        })],
        _ => return None,
    };
    Some(kinds.into_iter().map(|kind| (kind["slug"].as_str().unwrap_or_default().to_owned(), kind)).collect())
}

fn kind_of_post(
    links: &Links,
    (slug, name): (&str, &str),
    base: &str,
    is_hierarchical: bool,
    taxonomies: &[&str],
) -> Json {
    json!({
        "description": "", "hierarchical": is_hierarchical, "has_archive": false, "name": name, "slug": slug,
        "taxonomies": taxonomies, "rest_base": base, "rest_namespace": NAMESPACE,
        "_links": { "collection": links.to("types"), "wp:items": links.to(base), "curies": curies() },
    })
}

fn taxonomy(links: &Links, (slug, name): (&str, &str), base: &str, is_hierarchical: bool) -> Json {
    json!({
        "name": name, "slug": slug, "description": "", "types": ["post"], "hierarchical": is_hierarchical,
        "rest_base": base, "rest_namespace": NAMESPACE,
        "_links": { "collection": links.to("taxonomies"), "wp:items": links.to(base), "curies": curies() },
    })
}
