//! The magazine's own routes and redirects: `routes.yaml`, `redirects.yaml` and `redirects.json` of the data folder, in
//! Ghost's formats. A file that is wrong is refused, and what was read before stays.

use std::borrow::Cow;
use std::path::Path;

use news::{Author, Permalink, Tag};
use theme::redirects::{self, Redirects, To};
use theme::routes::{self, Collection, NoRoutes, Route, Routes};

use crate::ghost::filter::{self, POSTS};

/// The file of routes.
pub const ROUTES: &str = "routes.yaml";
/// The files of redirects; the first that is there counts.
pub const REDIRECTS: &[&str] = &["redirects.yaml", "redirects.json"];

/// What the files say.
#[derive(Debug, Default)]
pub struct Routing {
    routes: Option<Routes>,
    redirects: Redirects,
}

/// Why a file is refused.
#[derive(Debug, thiserror::Error)]
pub enum NoRouting {
    /// It cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// Which.
        file: String,
        /// The system's words.
        why: std::io::Error,
    },
    /// It is wrong.
    #[error("{file}, {why}")]
    Wrong {
        /// Which.
        file: String,
        /// Line and reason.
        why: NoRoutes,
    },
}

impl Routing {
    /// Every address that the files name: routes, collections, and what leads elsewhere but for expressions.
    pub fn addresses(&self) -> Vec<String> {
        let routes = self.routes.iter().flat_map(|routes| {
            let collections = routes.collections.iter().map(|collection| collection.path.clone());
            routes.routes.iter().map(|route| route.path.clone()).chain(collections)
        });
        let led = self.redirects.addresses().map(|address| {
            let is_file = address.rsplit('/').next().is_some_and(|file| file.contains('.'));
            if is_file { address.to_owned() } else { format!("{address}/") }
        });
        let mut all: Vec<String> = routes.chain(led).collect();
        all.sort_unstable();
        all
    }

    /// How many redirects are expressions.
    pub fn expressions(&self) -> usize {
        self.redirects.expressions()
    }

    /// Reads the files of a data folder.
    pub fn load(data: &Path) -> Result<Routing, NoRouting> {
        let text = |file: &str| match std::fs::read_to_string(data.join(file)) {
            Ok(text) => Ok(Some(text)),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(NoRouting::Unreadable { file: file.into(), why }),
        };
        let routes = match text(ROUTES)? {
            Some(text) => Some(read_routes(&text).map_err(|why| NoRouting::Wrong { file: ROUTES.into(), why })?),
            None => None,
        };
        let mut redirects = Redirects::default();
        for file in REDIRECTS {
            if let Some(text) = text(file)? {
                redirects = redirects::read(&text).map_err(|why| NoRouting::Wrong { file: (*file).into(), why })?;
                break;
            }
        }
        Ok(Routing { routes, redirects })
    }

    /// Where a path is led by a redirect.
    pub fn redirect(&self, path: &str) -> Option<To> {
        self.redirects.find(path)
    }

    /// The route at a path.
    pub fn route(&self, path: &str) -> Option<&Route> {
        self.routes.as_ref()?.routes.iter().find(|route| route.path == path)
    }

    /// The collection at a path.
    pub fn collection(&self, path: &str) -> Option<&Collection> {
        self.routes.as_ref()?.collections.iter().find(|collection| collection.path == path)
    }

    /// The collections, in the order in which articles are offered to them; none where the magazine has its own order.
    pub fn collections(&self) -> &[Collection] {
        self.routes.as_ref().map_or(&[], |routes| &routes.collections)
    }

    /// The path that leads to the tag or author whose own page is shown elsewhere (`data: tag.recipes`).
    pub fn shown_at(&self, resource: &str, slug: &str) -> Option<&str> {
        let routes = self.routes.as_ref()?;
        let each = routes.routes.iter().map(|route| (&route.path, &route.data));
        let each = each.chain(routes.collections.iter().map(|collection| (&collection.path, &collection.data)));
        let is = |data: &theme::routes::Data| {
            data.redirects && data.resource == resource && data.slug.as_deref() == Some(slug)
        };
        each.into_iter().find(|(_, data)| data.iter().any(is)).map(|(path, _)| path.as_str())
    }

    /// The address of a tag's page.
    pub fn tag(&self, tag: &Tag) -> String {
        self.shown_at("tags", tag.slug.as_str()).map_or_else(
            || taxonomy(self.routes.as_ref().map(|routes| routes.tag.as_deref()), tag.slug.as_str(), || tag.url()),
            str::to_owned,
        )
    }

    /// The address of an author's page.
    pub fn author(&self, author: &Author) -> String {
        self.shown_at("authors", author.slug.as_str()).map_or_else(
            || {
                taxonomy(self.routes.as_ref().map(|routes| routes.author.as_deref()), author.slug.as_str(), || {
                    author.url()
                })
            },
            str::to_owned,
        )
    }

    /// A path as the router of the site knows it: `/topic/x/` is `/tag/x/`. `None` for one that is nothing any more, where
    /// the magazine gave tags or authors another address, or none.
    pub fn inward<'p>(&self, path: &'p str) -> Option<Cow<'p, str>> {
        let Some(routes) = &self.routes else { return Some(Cow::Borrowed(path)) };
        for (own, address) in [("/tag/", &routes.tag), ("/author/", &routes.author)] {
            let outward = address.as_deref().and_then(|address| address.strip_suffix("{slug}/"));
            if let Some(rest) = outward.and_then(|outward| path.strip_prefix(outward)).filter(|rest| !rest.is_empty()) {
                return Some(Cow::Owned(format!("{own}{rest}")));
            }
            if outward != Some(own) && path.starts_with(own) {
                return None;
            }
        }
        Some(Cow::Borrowed(path))
    }
}

/// The address of a tag or author; `/404/` where they have no pages.
fn taxonomy(address: Option<Option<&str>>, slug: &str, own: impl Fn() -> String) -> String {
    match address {
        None => own(),
        Some(None) => "/404/".into(),
        Some(Some(address)) => news::slug::encoded(&address.replace("{slug}", slug)),
    }
}

/// Reads routes, and what in them only the site can judge: filters and permalinks.
pub fn read_routes(text: &str) -> Result<Routes, NoRoutes> {
    let routes = routes::read(text)?;
    let line_of = |what: &str| text.lines().position(|line| line.contains(what)).map_or(1, |at| at + 1);
    let filters = routes.collections.iter().map(|collection| &collection.listing);
    let filters = filters.chain(routes.routes.iter().filter_map(|route| route.channel.as_ref()));
    for filter in filters.filter_map(|listing| listing.filter.as_ref()) {
        filter::parse(filter, POSTS, jiff::Timestamp::UNIX_EPOCH)
            .map_err(|why| NoRoutes { line: line_of(filter), why: why.to_string() })?;
    }
    for collection in &routes.collections {
        Permalink::parse(&collection.permalink)
            .map_err(|why| NoRoutes { line: line_of(&collection.permalink), why: why.to_string() })?;
    }
    Ok(routes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routing(text: &str) -> Routing {
        Routing { routes: Some(read_routes(text).unwrap()), redirects: Redirects::default() }
    }

    #[test]
    fn tags_and_authors_stand_where_the_file_says() {
        let moved = routing("taxonomies:\n  tag: /topic/{slug}/\n");
        assert_eq!(moved.inward("/topic/tides/page/2/").as_deref(), Some("/tag/tides/page/2/"));
        assert_eq!(moved.inward("/tag/tides/"), None);
        assert_eq!(moved.inward("/author/ann/"), None, "authors have no pages here");
        assert_eq!(moved.inward("/politics/").as_deref(), Some("/politics/"));
        let usual = routing("taxonomies:\n  tag: /tag/{slug}/\n  author: /author/{slug}/\n");
        assert_eq!(usual.inward("/tag/tides/").as_deref(), Some("/tag/tides/"));
        assert_eq!(Routing::default().inward("/author/ann/").as_deref(), Some("/author/ann/"));
    }

    #[test]
    fn a_filter_that_is_none_is_refused_with_its_line() {
        let why = read_routes("collections:\n  /:\n    permalink: /{slug}/\n    filter: colour:red\n").unwrap_err();
        assert_eq!(why.to_string(), "line 4: there is no field colour to filter by");
    }
}
