//! `routes.yaml`: which pages a magazine has beside its articles, and where articles stand.
//!
//! Ghost's format, read as it is: `routes`, `collections`, `taxonomies`, with `data` in its short and its long form.
//! Pure: what a route shows is the server's to find. Source: Ghost's manual of dynamic routing.

use std::fmt;

use saphyr_parser::{Event, Parser};

/// Most bytes of a file.
pub const LONGEST: usize = 256 * 1024;
/// Most routes and collections together.
const MOST: usize = 500;
/// Deepest nesting of lists and mappings.
const DEEPEST: usize = 16;

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routes {
    /// Pages at fixed addresses.
    pub routes: Vec<Route>,
    /// Lists that articles belong to; each to the first whose filter fits.
    pub collections: Vec<Collection>,
    /// The address of tags, with `{slug}`; nothing where tags have no pages.
    pub tag: Option<String>,
    /// The address of authors, with `{slug}`; nothing where authors have no pages.
    pub author: Option<String>,
}

/// A page at a fixed address, or a list that articles do not belong to (a channel).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Its path, with slashes around it.
    pub path: String,
    /// Templates by preference.
    pub templates: Vec<String>,
    /// Such as `text/xml`; HTML where nothing is said.
    pub content_type: Option<String>,
    /// What it shows as a list.
    pub channel: Option<Listing>,
    /// What its templates get beside that.
    pub data: Vec<Data>,
}

/// A collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// Its path, with slashes around it.
    pub path: String,
    /// The address of its articles.
    pub permalink: String,
    /// Templates by preference.
    pub templates: Vec<String>,
    /// Which articles belong to it, and how they are listed.
    pub listing: Listing,
    /// What its templates get beside that.
    pub data: Vec<Data>,
}

/// How articles are chosen and listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// In Ghost's filter language.
    pub filter: Option<String>,
    /// Such as `published_at desc`.
    pub order: Option<String>,
    /// On a page; what the theme says where nothing is said.
    pub limit: Option<u32>,
    /// Whether there is no feed.
    pub no_feed: bool,
}

/// Something that a template gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// Its name in the template.
    pub name: String,
    /// `posts`, `pages`, `tags` or `authors`.
    pub resource: String,
    /// One thing, by its slug.
    pub slug: Option<String>,
    /// Or a list.
    pub listing: Listing,
    /// Whether the thing's own page leads here.
    pub redirects: bool,
}

/// Why a file is refused: the line, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NoRoutes {
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for NoRoutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

fn no<T>(line: usize, why: impl Into<String>) -> Result<T, NoRoutes> {
    Err(NoRoutes { line, why: why.into() })
}

/// Reads a file.
pub fn read(text: &str) -> Result<Routes, NoRoutes> {
    let Some(root) = tree(text)? else { return Ok(Routes::default()) };
    let mut read = Routes::default();
    for (key, node) in root.entries()? {
        match key.text.as_str() {
            "routes" => {
                for (path, node) in node.entries()? {
                    read.routes.push(route(path, node)?);
                }
            }
            "collections" => {
                for (path, node) in node.entries()? {
                    read.collections.push(collection(path, node)?);
                }
            }
            "taxonomies" => {
                for (kind, node) in node.entries()? {
                    let address = match node.optional_text()? {
                        Some(text) => Some(taxonomy(node.line, text)?),
                        None => None,
                    };
                    match kind.text.as_str() {
                        "tag" => read.tag = address,
                        "author" => read.author = address,
                        other => return no(kind.line, format!("there is no taxonomy “{other}”: only tag and author")),
                    }
                }
            }
            other => {
                return no(
                    key.line,
                    format!("“{other}” is not known: the file has routes, collections and taxonomies"),
                );
            }
        }
    }
    if read.routes.len() + read.collections.len() > MOST {
        return no(1, format!("there are more than {MOST} routes and collections"));
    }
    let mut seen = std::collections::HashSet::new();
    let paths = read.routes.iter().map(|route| &route.path).chain(read.collections.iter().map(|c| &c.path));
    if let Some(twice) = paths.into_iter().find(|path| !seen.insert(*path)) {
        return no(1, format!("{twice} is there twice"));
    }
    Ok(read)
}

fn route(path: &Key, node: &Node) -> Result<Route, NoRoutes> {
    let mut route = Route { path: address(path)?, ..Route::default() };
    if let Kind::Scalar(Some(template)) = &node.kind {
        route.templates = vec![template.clone()];
        return Ok(route);
    }
    let mut listing = Listing::default();
    let mut is_channel = false;
    for (key, node) in node.entries()? {
        match key.text.as_str() {
            "controller" if node.text()? == "channel" => is_channel = true,
            "controller" => return no(node.line, "the only controller is channel"),
            "content_type" => route.content_type = Some(content_type(node)?),
            "template" => route.templates = node.texts()?,
            "data" => route.data = data(node)?,
            "filter" | "order" | "limit" | "rss" => listed(&mut listing, key, node)?,
            other => return no(key.line, format!("a route has no “{other}”")),
        }
    }
    route.channel = is_channel.then_some(listing);
    if route.templates.is_empty() && route.channel.is_none() && route.data.is_empty() {
        return no(path.line, format!("{} has neither template nor data", route.path));
    }
    Ok(route)
}

fn collection(path: &Key, node: &Node) -> Result<Collection, NoRoutes> {
    let mut collection = Collection { path: address(path)?, ..Collection::default() };
    for (key, node) in node.entries()? {
        match key.text.as_str() {
            "permalink" => collection.permalink = permalink(node.line, node.text()?)?,
            "template" => collection.templates = node.texts()?,
            "data" => collection.data = data(node)?,
            "filter" | "order" | "limit" | "rss" => listed(&mut collection.listing, key, node)?,
            other => return no(key.line, format!("a collection has no “{other}”")),
        }
    }
    if collection.permalink.is_empty() {
        return no(path.line, format!("the collection {} has no permalink, such as /{{slug}}/", collection.path));
    }
    Ok(collection)
}

fn listed(listing: &mut Listing, key: &Key, node: &Node) -> Result<(), NoRoutes> {
    match key.text.as_str() {
        "filter" => listing.filter = node.optional_text()?.map(str::to_owned),
        "order" => listing.order = node.optional_text()?.map(str::to_owned),
        "limit" => {
            let text = node.text()?;
            let number =
                if text == "all" { Some(100) } else { text.parse().ok().filter(|number| (1..=100).contains(number)) };
            listing.limit = Some(
                number
                    .ok_or_else(|| NoRoutes { line: node.line, why: format!("“{text}” is no limit: 1 to 100") })?,
            );
        }
        _ => listing.no_feed = node.text()? == "false",
    }
    Ok(())
}

fn data(node: &Node) -> Result<Vec<Data>, NoRoutes> {
    match &node.kind {
        Kind::Scalar(_) => Ok(vec![short(node, None)?]),
        _ => node
            .entries()?
            .iter()
            .map(|(name, node)| match &node.kind {
                Kind::Scalar(_) => short(node, Some(&name.text)),
                _ => long(name, node),
            })
            .collect(),
    }
}

/// `tag.recipes`.
fn short(node: &Node, name: Option<&str>) -> Result<Data, NoRoutes> {
    let text = node.text()?;
    let (kind, slug) = text.split_once('.').unwrap_or((text, ""));
    let resource = resource(node.line, kind)?;
    if slug.is_empty() {
        return no(node.line, format!("“{text}” names nothing: write {kind}.SLUG"));
    }
    Ok(Data {
        name: name.unwrap_or(kind).to_owned(),
        resource,
        slug: Some(slug.to_owned()),
        listing: Listing::default(),
        redirects: true,
    })
}

/// `{type: browse, resource: posts, filter: …}`.
fn long(name: &Key, node: &Node) -> Result<Data, NoRoutes> {
    let mut data = Data {
        name: name.text.clone(),
        resource: String::new(),
        slug: None,
        listing: Listing::default(),
        redirects: false,
    };
    let mut is_one = false;
    for (key, node) in node.entries()? {
        match key.text.as_str() {
            "type" => match node.text()? {
                "read" => is_one = true,
                "browse" => {}
                other => return no(node.line, format!("“{other}” is no type of data: read or browse")),
            },
            "resource" => data.resource = resource(node.line, node.text()?)?,
            "slug" => data.slug = Some(node.text()?.to_owned()),
            "redirect" => data.redirects = node.text()? == "true",
            "filter" | "order" | "limit" => listed(&mut data.listing, key, node)?,
            "include" | "fields" | "formats" | "visibility" | "status" | "page" => {}
            other => return no(key.line, format!("data have no “{other}”")),
        }
    }
    if data.resource.is_empty() {
        return no(name.line, format!("the data “{}” have no resource", name.text));
    }
    if is_one && data.slug.is_none() {
        return no(name.line, format!("the data “{}” are of type read and name no slug", name.text));
    }
    Ok(data)
}

fn resource(line: usize, kind: &str) -> Result<String, NoRoutes> {
    Ok(match kind {
        "post" | "posts" => "posts",
        "page" | "pages" => "pages",
        "tag" | "tags" => "tags",
        "author" | "authors" => "authors",
        other => return no(line, format!("there is no resource “{other}”: posts, pages, tags or authors")),
    }
    .to_owned())
}

fn address(key: &Key) -> Result<String, NoRoutes> {
    let path = key.text.as_str();
    if !path.starts_with('/') || !path.ends_with('/') || path.contains("//") || path.contains(char::is_whitespace) {
        return no(key.line, format!("“{path}” is no address: it begins and ends with a slash"));
    }
    if path.contains([':', '{', '*', '%', '?', '#', '\\']) {
        return no(key.line, format!("“{path}” has a part that is not fixed, which is not known here"));
    }
    Ok(path.to_lowercase())
}

fn permalink(line: usize, text: &str) -> Result<String, NoRoutes> {
    match news_permalink(text) {
        Ok(()) => Ok(text.to_owned()),
        Err(why) => no(line, format!("“{text}”: {why}")),
    }
}

/// The words that Ghost has in permalinks; the address itself is checked by whoever makes addresses.
fn news_permalink(text: &str) -> Result<(), &'static str> {
    const WORDS: &[&str] = &["slug", "id", "year", "month", "day", "primary_tag", "primary_author", "section"];
    if !text.starts_with('/') || !text.ends_with('/') {
        return Err("a permalink begins and ends with a slash");
    }
    let mut words = text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
    if words.any(|word| !WORDS.contains(&word)) {
        return Err("it has a word in braces that is not known");
    }
    if text.contains("{slug}") || text.contains("{id}") { Ok(()) } else { Err("a permalink needs {slug} or {id}") }
}

fn taxonomy(line: usize, text: &str) -> Result<String, NoRoutes> {
    let rest = text.strip_suffix("{slug}/").and_then(|before| before.strip_prefix('/'));
    match rest {
        Some(before) if !before.contains(['{', ' ', '?', '#']) && before.ends_with('/') => Ok(text.to_lowercase()),
        _ => no(line, format!("“{text}” is no address of a tag or author; write one like /topic/{{slug}}/")),
    }
}

fn content_type(node: &Node) -> Result<String, NoRoutes> {
    let text = node.text()?;
    let known = match text {
        "html" | "text/html" => "text/html",
        "json" | "application/json" => "application/json",
        "xml" | "text/xml" | "application/xml" => "text/xml",
        "rss" | "application/rss+xml" => "application/rss+xml",
        "txt" | "text" | "text/plain" => "text/plain",
        "css" | "text/css" => "text/css",
        other => return no(node.line, format!("“{other}” is no content type that is known here")),
    };
    Ok(format!("{known}; charset=utf-8"))
}

// ---- YAML as a tree that knows its lines --------------------------------------------------------

/// A name, with its line.
struct Key {
    text: String,
    line: usize,
}

struct Node {
    kind: Kind,
    line: usize,
}

enum Kind {
    Scalar(Option<String>),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

impl Node {
    /// The entries of a mapping; nothing at all is an empty one.
    fn entries(&self) -> Result<&[(Key, Node)], NoRoutes> {
        match &self.kind {
            Kind::Map(entries) => Ok(entries),
            Kind::Scalar(None) => Ok(&[]),
            Kind::Scalar(Some(text)) => no(self.line, format!("names with values are expected, not “{text}”")),
            Kind::List(_) => no(self.line, "names with values are expected, not a list"),
        }
    }

    fn optional_text(&self) -> Result<Option<&str>, NoRoutes> {
        match &self.kind {
            Kind::Scalar(text) => Ok(text.as_deref()),
            _ => no(self.line, "a text is expected"),
        }
    }

    fn text(&self) -> Result<&str, NoRoutes> {
        self.optional_text()?
            .ok_or_else(|| NoRoutes { line: self.line, why: "a text is expected, and there is none".into() })
    }

    /// One text, or a list of them.
    fn texts(&self) -> Result<Vec<String>, NoRoutes> {
        match &self.kind {
            Kind::List(list) => list.iter().map(|node| node.text().map(str::to_owned)).collect(),
            _ => Ok(vec![self.text()?.to_owned()]),
        }
    }
}

/// A file of names, each with names and texts: what redirects are written in. Each with its line.
#[allow(clippy::type_complexity)] // lines, names and texts, and nothing else
pub(crate) fn pairs(text: &str) -> Result<Vec<(usize, String, Vec<(usize, String, String)>)>, NoRoutes> {
    let Some(root) = tree(text)? else { return Ok(Vec::new()) };
    let group = |(key, node): &(Key, Node)| {
        let pair = |(key, node): &(Key, Node)| Ok((key.line, key.text.clone(), node.text()?.to_owned()));
        let pairs = node.entries()?.iter().map(pair).collect::<Result<_, NoRoutes>>()?;
        Ok((key.line, key.text.clone(), pairs))
    };
    root.entries()?.iter().map(group).collect()
}

/// The document as a tree. Aliases are refused: a few lines of them can stand for more than any memory holds.
fn tree(text: &str) -> Result<Option<Node>, NoRoutes> {
    if text.len() > LONGEST * 16 {
        return no(1, format!("the file is larger than {} KiB", LONGEST * 16 / 1024));
    }
    let mut open: Vec<(Node, Option<Key>)> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|why| NoRoutes { line: why.marker().line(), why: why.info().to_owned() })?;
        let line = span.start.line();
        let mut made = match event {
            Event::Alias(_) => return no(line, "aliases are not read here"),
            Event::Scalar(value, style, anchor, _) => {
                if anchor != 0 {
                    return no(line, "anchors are not read here");
                }
                let plain = style == saphyr_parser::ScalarStyle::Plain;
                let empty = plain && ["", "~", "null"].contains(&&*value);
                Node { kind: Kind::Scalar((!empty).then(|| value.into_owned())), line }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if open.len() == DEEPEST {
                    return no(line, "it is nested too deep");
                }
                let kind = if matches!(event, Event::SequenceStart(..)) {
                    Kind::List(Vec::new())
                } else {
                    Kind::Map(Vec::new())
                };
                open.push((Node { kind, line }, None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some((node, _)) => node,
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            None if root.is_some() => return no(line, "there is more than one document"),
            None => root = Some(made),
            Some((Node { kind: Kind::List(list), .. }, _)) => list.push(made),
            Some((Node { kind: Kind::Map(map), .. }, key)) => match key.take() {
                None => {
                    let Kind::Scalar(text) = &mut made.kind else { return no(line, "a name is expected") };
                    *key = Some(Key { text: text.take().unwrap_or_default(), line });
                }
                Some(key) if map.iter().any(|(known, _)| known.text == key.text) => {
                    return no(key.line, format!("“{}” is there twice", key.text));
                }
                Some(key) => map.push((key, made)),
            },
            Some(_) => return no(line, "a list or names with values are expected"),
        }
    }
    Ok(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_as_ghost_has_it_is_read() {
        let routes = read(
            "routes:\n  /about/team/: team\n  /best/:\n    controller: channel\n    filter: tag:best+featured:true\n    limit: 4\n    \
             data:\n      best: tag.best\n  /books.xml/:\n    template: books\n    content_type: text/xml\n\ncollections:\n  /podcast/:\n    \
             permalink: /podcast/{slug}/\n    filter: primary_tag:podcast\n    template:\n      - podcast\n      - index\n    rss: false\n  /:\n    \
             permalink: /{year}/{slug}/\n    template: index\n\ntaxonomies:\n  tag: /topic/{slug}/\n  author: /by/{slug}/\n",
        )
        .unwrap();
        assert_eq!(routes.routes[0].templates, ["team"]);
        let best = &routes.routes[1];
        assert_eq!(best.channel.as_ref().unwrap().filter.as_deref(), Some("tag:best+featured:true"));
        assert_eq!(
            (best.data[0].name.as_str(), best.data[0].resource.as_str(), best.data[0].redirects),
            ("best", "tags", true)
        );
        assert_eq!(routes.routes[2].content_type.as_deref(), Some("text/xml; charset=utf-8"));
        let podcast = &routes.collections[0];
        assert_eq!((podcast.path.as_str(), podcast.permalink.as_str()), ("/podcast/", "/podcast/{slug}/"));
        assert!(podcast.listing.no_feed && podcast.templates == ["podcast", "index"]);
        assert_eq!((routes.tag.as_deref(), routes.author.as_deref()), (Some("/topic/{slug}/"), Some("/by/{slug}/")));
    }

    #[test]
    fn ghosts_own_file_has_no_routes_and_one_collection() {
        let text = "routes:\n\ncollections:\n  /:\n    permalink: /{slug}/\n    template: index\n\ntaxonomies:\n  tag: /tag/{slug}/\n  author: /author/{slug}/\n";
        let routes = read(text).unwrap();
        assert_eq!((routes.routes.len(), routes.collections.len()), (0, 1));
        assert_eq!(read("").unwrap(), Routes::default());
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_line() {
        let check = |text: &str, expected: &str| assert_eq!(read(text).unwrap_err().to_string(), expected, "{text}");
        check("routs:\n", "line 1: “routs” is not known: the file has routes, collections and taxonomies");
        check("collections:\n  /a/:\n    filter: x\n", "line 2: the collection /a/ has no permalink, such as /{slug}/");
        check(
            "collections:\n  /a/:\n    permalink: /a/{when}/\n",
            "line 3: “/a/{when}/”: it has a word in braces that is not known",
        );
        check("routes:\n  about: x\n", "line 2: “about” is no address: it begins and ends with a slash");
        check(
            "routes:\n  /a/:\n    data: recipe.x\n",
            "line 3: there is no resource “recipe”: posts, pages, tags or authors",
        );
        check(
            "taxonomies:\n  tag: /tag/\n",
            "line 2: “/tag/” is no address of a tag or author; write one like /topic/{slug}/",
        );
        check("routes: &a\n  /a/: *a\n", "line 2: aliases are not read here");
        check("routes:\n  /a/: x\n  /a/: y\n", "line 3: “/a/” is there twice");
        assert_eq!(read("routes: [\n").unwrap_err().line, 2);
    }
}
