//! Pages of `routes.yaml`: routes, channels and collections, with what their templates get.

use std::sync::Arc;

use http::header;
use news::Place;
use theme::library::{Found, Library as _, Query, Resource};
use theme::routes::{Collection, Data, Listing, Route};
use theme::{Map, Value};

use super::Answer;
use super::feeds;
use super::furniture::Furniture;
use super::head::{self, Subject};
use super::library::ask;
use super::lists::Pages;
use super::routing::Routing;
use super::themes::{self, Drawn, Scene};
use super::values::{self, Post};
use crate::ghost::filter;
use crate::pages::Keep;
use crate::{App, Error};

/// What a path of the file asks for.
enum Asked<'r> {
    Route(&'r Route),
    List(Listed<'r>),
}

/// A channel, or a collection.
#[derive(Clone, Copy)]
struct Listed<'r> {
    path: &'r str,
    templates: &'r [String],
    listing: &'r Listing,
    data: &'r [Data],
}

/// The page at a path, if the file has one there.
pub async fn show(app: &Arc<App>, path: &str) -> Option<Result<Answer, Error>> {
    let routing = app.routing();
    let (base, page) = paged(path);
    if let Some(asked) = at(&routing, base) {
        return match asked {
            Asked::Route(route) if page == 1 && base == path => Some(plain(app, route).await),
            Asked::Route(_) => None,
            Asked::List(listed) => Some(list(app, listed, page).await),
        };
    }
    let (_, feed_of) = FEEDS.iter().find_map(|feed| Some((feed, path.strip_suffix(feed)?)))?;
    match at(&routing, feed_of)? {
        Asked::List(listed) if listed.listing.no_feed => Some(Err(Error::NotFound)),
        Asked::List(listed) if path.ends_with(FEEDS[0]) => Some(rss(app, listed).await),
        Asked::List(listed) => Some(Ok(Answer::moved(&format!("{}{}", listed.path, FEEDS[0])))),
        Asked::Route(_) => None,
    }
}

/// What stands behind the path of a list whose feed is asked for; the first is where it is.
const FEEDS: [&str; 2] = ["rss/", "feed/"];

/// What the file has at a path.
fn at<'r>(routing: &'r Routing, path: &str) -> Option<Asked<'r>> {
    if let Some(route) = routing.route(path) {
        return Some(match &route.channel {
            Some(listing) => {
                Asked::List(Listed { path: &route.path, templates: &route.templates, listing, data: &route.data })
            }
            None => Asked::Route(route),
        });
    }
    let Collection { path, templates, listing, data, .. } = routing.collection(path)?;
    // The front is the magazine's own, unless the file says what stands there.
    let says_nothing =
        *listing == Listing::default() && data.is_empty() && templates.iter().all(|name| name == "index");
    (path != "/" || !says_nothing).then_some(Asked::List(Listed { path, templates, listing, data }))
}

/// `/books/page/2/` is page 2 of `/books/`.
fn paged(path: &str) -> (&str, u32) {
    let split = path.strip_suffix('/').and_then(|path| path.rsplit_once("/page/"));
    match split.and_then(|(base, number)| {
        Some((base, number.parse::<u32>().ok().filter(|n| *n > 1 && n.to_string() == number)?))
    }) {
        Some((base, number)) => (&path[..base.len() + 1], number),
        None => (path, 1),
    }
}

/// A page without a list.
async fn plain(app: &Arc<App>, route: &Route) -> Result<Answer, Error> {
    let furniture = Furniture::of(app).await?;
    let (mut root, places) = given(&furniture, &route.data).await?;
    // One article or page as data is what the page is about, as in Ghost.
    let mut contexts = vec!["route"];
    if let Some(post) = root.get("post").cloned() {
        contexts = vec!["post"];
        root.insert("post", post);
    } else if let Some(page) = root.get("page").cloned() {
        contexts = vec!["page"];
        root.insert("post", page);
    }
    let title = route.path.trim_matches('/').rsplit('/').next().unwrap_or_default().replace('-', " ");
    let title = if title.is_empty() { furniture.settings.title.clone() } else { title };
    let subject = Subject::Record { title, description: furniture.settings.description.clone() };
    let head = head::of(&furniture, &subject, &route.path).await?;
    let templates =
        route.templates.iter().cloned().chain(["default-route".into(), "page".into(), "index".into()]).collect();
    let scene = Scene { root, templates, contexts, path: route.path.clone(), head, shows_title: None };
    finish(&furniture, scene, places, route.content_type.as_deref(), Keep::WhileRoom).await
}

/// The feed of a channel or collection: its newest articles, in its own order.
async fn rss(app: &Arc<App>, listed: Listed<'_>) -> Result<Answer, Error> {
    let furniture = Furniture::of(app).await?;
    let (posts, _, places) = posts_of(&furniture, listed.listing, feeds::ARTICLES, 1).await?;
    let ids = posts.into_iter().map(|post| post.article.id.clone());
    feeds::rss_of(&furniture, listed.path, &listed.name(), ids, places).await
}

impl Listed<'_> {
    /// Its path as words; nothing for the front.
    fn name(&self) -> String {
        self.path.trim_matches('/').replace(['-', '/'], " ")
    }
}

/// A page of the articles that a list chooses, how many there are in all, and the places that this shows.
async fn posts_of(
    furniture: &Arc<Furniture>,
    listing: &Listing,
    limit: u32,
    page: u32,
) -> Result<(Vec<Arc<Post>>, usize, Vec<Place>), Error> {
    let (filter, order) = (listing.filter.clone(), listing.order.clone());
    let query = Query { filter, order, limit: Some(limit), page, ..Query::default() };
    let ((posts, total), places) = ask(furniture, move |library| library.page(&query)).await?;
    Ok((posts, total, places))
}

/// A page of a channel or collection.
async fn list(app: &Arc<App>, listed: Listed<'_>, page: u32) -> Result<Answer, Error> {
    let Listed { path: base, templates, listing, data } = listed;
    let furniture = Furniture::of(app).await?;
    let limit = listing.limit.unwrap_or_else(|| app.theme().posts_per_page().max(1));
    let (posts, total, mut places) = posts_of(&furniture, listing, limit, page).await?;
    let (total, limit) = (total as i64, i64::from(limit));
    let pages = Pages { page: i64::from(page), pages: ((total + limit - 1) / limit).max(1), limit, total };
    if pages.page > pages.pages {
        return Err(Error::NotFound);
    }
    let (mut root, more) = given(&furniture, data).await?;
    places.extend(more);
    places.extend(values::places_of(&posts));
    root.insert("posts", values::list(&posts));
    root.insert("pagination", pages.value());
    let path = if page == 1 { base.to_owned() } else { format!("{base}page/{page}/") };
    let name = base.trim_matches('/').to_owned();
    let mut names: Vec<String> = templates.to_vec();
    let mut contexts: Vec<&'static str> = Vec::new();
    if page > 1 {
        contexts.push("paged");
    }
    if base == "/" {
        if page == 1 {
            names.insert(0, "home".into());
            contexts.push("home");
        }
        contexts.push("index");
    } else {
        names.push(name.clone());
    }
    names.push("index".into());
    let title = if base == "/" { furniture.settings.title.clone() } else { listed.name() };
    let subject = Subject::Record { title: title.clone(), description: furniture.settings.description.clone() };
    let mut head = head::of(&furniture, &subject, &path).await?;
    let full = |n: i64| furniture.full(&if n == 1 { base.to_owned() } else { format!("{base}page/{n}/") });
    (head.prev, head.next) = (pages.prev().map(full), pages.next().map(full));
    if base != "/" && !listing.no_feed {
        let title = format!("{title} - {}", furniture.settings.title);
        head.feeds.insert(0, theme::Feed::rss(title, furniture.full(&format!("{base}{}", FEEDS[0]))));
    }
    let scene = Scene { root, templates: names, contexts, path, head, shows_title: None };
    let keep = if page == 1 { Keep::First } else { Keep::WhileRoom };
    finish(&furniture, scene, places, None, keep).await
}

async fn finish(
    furniture: &Arc<Furniture>,
    scene: Scene,
    mut places: Vec<Place>,
    content_type: Option<&str>,
    keep: Keep,
) -> Result<Answer, Error> {
    let Drawn { mut fresh, places: asked } = themes::draw(furniture, scene).await?;
    places.extend(asked);
    places.push(Place::Everything);
    if let Some(content_type) = content_type.filter(|kind| !kind.starts_with("text/html")) {
        fresh.headers.push((header::CONTENT_TYPE, content_type.to_owned()));
    }
    Ok(Answer::kept(fresh, places, keep))
}

/// What a template gets beside a list.
async fn given(furniture: &Arc<Furniture>, data: &[Data]) -> Result<(Map, Vec<Place>), Error> {
    let (mut root, mut places) = (Map::new(), Vec::new());
    for entry in data.iter().cloned() {
        let resource = Resource::named(&entry.resource).unwrap_or_default();
        let query = Query {
            resource,
            filter: entry.listing.filter.clone(),
            order: entry.listing.order.clone(),
            limit: entry.listing.limit,
            page: 1,
            include: Some("tags,authors,tiers,count.posts".into()),
            slug: entry.slug.clone(),
            ..Query::default()
        };
        let is_one = entry.slug.is_some();
        let (Found { items, pagination }, shown) = ask(furniture, move |library| library.browse(&query)).await?;
        places.extend(shown);
        let value =
            if is_one { items.get("0") } else { Value::map([(resource.name(), items), ("pagination", pagination)]) };
        root.insert(entry.name, value);
    }
    Ok((root, places))
}

/// The permalink of the collection that an article belongs to; `None` where the magazine has no collections, or none
/// that fits.
pub async fn permalink_of(app: &Arc<App>, article: &news::Article) -> Result<Option<String>, Error> {
    let routing = app.routing();
    if routing.collections().is_empty() || article.kind != news::Kind::Article {
        return Ok(None);
    }
    let furniture = Furniture::of(app).await?;
    let card = store::article::Card { article: article.clone(), derived: Default::default() };
    let posts = values::with_names(app, &furniture, vec![card]).await?;
    let post = posts.into_iter().next().ok_or(Error::NotFound)?;
    let (value, now) = (Value::object(post), app.now());
    let fits = |collection: &&Collection| match &collection.listing.filter {
        Some(text) => filter::parse(text, filter::POSTS, now).is_ok_and(|filter| filter.fits(&value)),
        None => true,
    };
    Ok(routing.collections().iter().find(fits).map(|collection| collection.permalink.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_list_says_which() {
        assert_eq!(paged("/books/page/2/"), ("/books/", 2));
        assert_eq!(paged("/page/12/"), ("/", 12));
        for first in ["/books/", "/books/page/1/", "/books/page/02/", "/page/"] {
            assert_eq!(paged(first), (first, 1));
        }
    }
}
