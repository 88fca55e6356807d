//! Which page a path asks for. Pure: no store, no theme.

use super::portal::Plain;

/// What a path asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A list, from page 1.
    List(List, u32),
    /// RSS 2.0 of a list.
    Rss(List),
    /// JSON Feed 1.1 of a list.
    JsonFeed(List),
    /// The record, or what the person with this slug said, from page 1.
    Record(Option<String>, u32),
    /// Corrections, from page 1.
    Corrections(u32),
    /// The feed of corrections.
    CorrectionsFeed,
    /// A part of the sitemap.
    Sitemap(Sitemap),
    /// A plain page to which a theme's buttons lead.
    Plain(Plain),
    /// Styles for the cards in bodies.
    CardStyle,
    /// The script for them.
    CardScript,
    /// `robots.txt`.
    Robots,
    /// RFC 9116.
    SecurityTxt,
    /// `favicon.ico`.
    Favicon,
    /// A picture below `/content/images/`: everything behind that.
    Picture(String),
    /// A file of the theme: everything behind `/assets/`.
    Asset(String),
    /// The same page at its one right address.
    Moved(String),
    /// An article, a static page, or nothing.
    Article,
    /// Nothing is ever at this path.
    Nothing,
}

/// A list of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// All of them.
    Front,
    /// Of a tag, by slug.
    Tag(String),
    /// Of an author, by slug.
    Author(String),
    /// Of a section, if there is one at this path; else the path may be an article's.
    Section(String),
}

/// A part of the sitemap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// The list of parts.
    Index,
    /// Articles of a month (`2026-11`), part 1 and up.
    Month(String, u32),
    /// Static pages.
    Pages,
    /// Sections.
    Sections,
    /// Tags.
    Tags,
    /// Authors.
    Authors,
    /// The last two days, for news search.
    News,
}

/// Longest path that is looked at, in bytes.
pub const LONGEST_PATH: usize = 2048;
/// Highest page number that is looked at.
pub const LAST_PAGE: u32 = 1_000_000;

/// Reads a path (percent-encoding in upper case, as [`normal`] makes it).
pub fn route(path: &str) -> Route {
    if path.len() > LONGEST_PATH || path.contains("//") {
        return Route::Nothing;
    }
    if let Some(fixed) = fixed(path) {
        return fixed;
    }
    if let Some(rest) = path.strip_prefix("/content/images/") {
        return Route::Picture(rest.to_owned());
    }
    if let Some(rest) = path.strip_prefix("/assets/") {
        return Route::Asset(rest.to_owned());
    }
    if let Some(part) = path.strip_prefix("/sitemap-").and_then(|rest| rest.strip_suffix(".xml")) {
        return sitemap(part).map_or(Route::Nothing, Route::Sitemap);
    }
    let file = path.rsplit('/').next().unwrap_or_default();
    if file == "feed.json" {
        return list(&path[..path.len() - file.len()]).map_or(Route::Nothing, Route::JsonFeed);
    }
    if let Some(lower) = lower(path) {
        return Route::Moved(lower);
    }
    if !file.is_empty() {
        return if file.contains('.') { Route::Nothing } else { Route::Moved(format!("{path}/")) };
    }
    paged(path)
}

/// A path in its one right form: needless percent-encoding undone, the rest in upper case.
/// `None` when it is not UTF-8 or hides a slash or a control character.
pub fn normal(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let hidden = |c: char| c.is_control() || matches!(c, '\\' | '?' | '#' | '%' | '<' | '>' | '"' | ' ');
    if decoded.contains(hidden) || decoded.matches('/').count() != path.matches('/').count() {
        return None;
    }
    Some(news::slug::encoded(&decoded))
}

/// Whether a path is answered by the program itself, so that no article can stand there and nothing can be led from it.
pub fn is_the_programs(path: &str) -> bool {
    let doors = ["desk", "ghost", "wp-json", "content", "assets", "public", "healthz", ".well-known", "p", "members"];
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let may_be_an_articles = matches!(
        route(path),
        Route::List(List::Section(_) | List::Tag(_) | List::Author(_), 1)
            | Route::Article
            | Route::Moved(_)
            | Route::Nothing
    );
    doors.contains(&first) || !may_be_an_articles
}

/// A path whose percent-encoding is in capitals, with it in small letters.
pub fn in_small_letters(path: &str) -> String {
    let mut small = String::with_capacity(path.len());
    let mut digits = 0;
    for c in path.chars() {
        small.push(if digits > 0 { c.to_ascii_lowercase() } else { c });
        digits = if c == '%' { 2 } else { digits.max(1) - 1 };
    }
    small
}

/// The path in lower case, where it has capitals outside its percent-encoding.
fn lower(path: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let lower = decoded.to_lowercase();
    (lower != decoded).then(|| news::slug::encoded(&lower))
}

fn fixed(path: &str) -> Option<Route> {
    Some(match path {
        "/" => Route::List(List::Front, 1),
        "/rss/" | "/feed/" => Route::Rss(List::Front),
        "/feed.json" => Route::JsonFeed(List::Front),
        "/sitemap.xml" => Route::Sitemap(Sitemap::Index),
        "/robots.txt" => Route::Robots,
        "/.well-known/security.txt" => Route::SecurityTxt,
        "/favicon.ico" => Route::Favicon,
        "/public/cards.min.css" => Route::CardStyle,
        "/public/cards.min.js" => Route::CardScript,
        theme::plain::SUBSCRIBE => Route::Plain(Plain::Subscribe),
        theme::plain::SIGN_IN => Route::Plain(Plain::SignIn),
        theme::plain::SEARCH => Route::Plain(Plain::Search),
        _ => return None,
    })
}

fn sitemap(part: &str) -> Option<Sitemap> {
    Some(match part {
        "pages" => Sitemap::Pages,
        "sections" => Sitemap::Sections,
        "tags" => Sitemap::Tags,
        "authors" => Sitemap::Authors,
        "news" => Sitemap::News,
        _ => {
            let month = part.get(..7)?;
            let (year, number) = month.split_once('-')?;
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            if year.len() != 4 || number.len() != 2 || !digits(year) || !digits(number) {
                return None;
            }
            let page = match part.get(7..)? {
                "" => 1,
                rest => rest.strip_prefix('-').and_then(number_of_page)?,
            };
            Sitemap::Month(month.to_owned(), page)
        }
    })
}

/// `/…/page/2/`, `/…/rss/`, `/…/feed/` and plain lists.
fn paged(path: &str) -> Route {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["record", rest @ ..] => recorded(rest),
        ["corrections"] => Route::Corrections(1),
        ["corrections", "rss" | "feed"] => Route::CorrectionsFeed,
        ["corrections", "page", number] => number_of_page(number).map_or(Route::Nothing, Route::Corrections),
        ["corrections", ..] => Route::Nothing,
        [before @ .., "page", number] => {
            let base = match before {
                [] => "/".to_owned(),
                before => format!("/{}/", before.join("/")),
            };
            match (number.parse::<u32>(), list(&base)) {
                (Ok(1), Some(_)) => Route::Moved(base),
                (_, Some(list)) => number_of_page(number).map_or(Route::Nothing, |page| Route::List(list, page)),
                _ => Route::Nothing,
            }
        }
        [before @ .., "rss" | "feed"] => list(&format!("/{}/", before.join("/"))).map_or(Route::Nothing, Route::Rss),
        _ => list(path).map_or(Route::Article, |list| Route::List(list, 1)),
    }
}

/// What stands behind `/record/`.
fn recorded(rest: &[&str]) -> Route {
    let person =
        |slug: &str| percent_encoding::percent_decode_str(slug).decode_utf8().ok().map(|slug| slug.into_owned());
    match rest {
        [] => Route::Record(None, 1),
        ["page", number] => number_of_page(number).map_or(Route::Nothing, |page| Route::Record(None, page)),
        [slug] => person(slug).map_or(Route::Nothing, |slug| Route::Record(Some(slug), 1)),
        [slug, "page", number] => match (person(slug), number_of_page(number)) {
            (Some(slug), Some(page)) => Route::Record(Some(slug), page),
            _ => Route::Nothing,
        },
        _ => Route::Nothing,
    }
}

/// 2 and up, without leading zeros: each page has one address.
fn number_of_page(text: &str) -> Option<u32> {
    let page: u32 = text.parse().ok().filter(|page| (2..=LAST_PAGE).contains(page))?;
    (page.to_string() == text).then_some(page)
}

fn list(path: &str) -> Option<List> {
    if path == "/" {
        return Some(List::Front);
    }
    let decoded = percent_encoding::percent_decode_str(path.trim_matches('/')).decode_utf8().ok()?;
    let parts: Vec<&str> = decoded.split('/').collect();
    match parts.as_slice() {
        ["tag", slug] => Some(List::Tag((*slug).to_owned())),
        ["author", slug] => Some(List::Author((*slug).to_owned())),
        ["tag" | "author" | "page" | "record" | "ghost" | "content" | "assets", ..] => None,
        _ => Some(List::Section(decoded.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        assert_eq!(format!("{:?}", route(path)), expected, "{path}");
    }

    #[test]
    fn each_address_asks_for_one_thing() {
        check("/", "List(Front, 1)");
        check("/page/2/", "List(Front, 2)");
        check("/politics/europe/", r#"List(Section("politics/europe"), 1)"#);
        check("/politics/page/12/", r#"List(Section("politics"), 12)"#);
        check("/tag/harbour/", r#"List(Tag("harbour"), 1)"#);
        check("/author/ann-lee/page/3/", r#"List(Author("ann-lee"), 3)"#);
        check("/feed/", "Rss(Front)");
        check("/politics/rss/", r#"Rss(Section("politics"))"#);
        check("/politics/feed.json", r#"JsonFeed(Section("politics"))"#);
        check("/sitemap-2026-11-2.xml", r#"Sitemap(Month("2026-11", 2))"#);
        check("/record/", "Record(None, 1)");
        check("/record/page/2/", "Record(None, 2)");
        check("/record/keir-starmer/page/3/", r#"Record(Some("keir-starmer"), 3)"#);
        check("/record/keir-starmer/rss/", "Nothing");
        check("/corrections/", "Corrections(1)");
        check("/corrections/page/2/", "Corrections(2)");
        check("/corrections/rss/", "CorrectionsFeed");
        check("/corrections/more/", "Nothing");
        check("/content/images/2026/11/a.jpg", r#"Picture("2026/11/a.jpg")"#);
    }

    #[test]
    fn some_addresses_are_the_programs_own() {
        for own in
            ["/", "/feed/", "/desk/a/", "/ghost/", "/record/", "/corrections/", "/sitemap.xml", "/content/images/a"]
        {
            assert!(is_the_programs(own), "{own}");
        }
        for free in ["/news/", "/2024/05/a/", "/Old/Page.html", "/tag/a/b/", "/sitemap_index.xml"] {
            assert!(!is_the_programs(free), "{free}");
        }
    }

    #[test]
    fn a_page_has_one_address() {
        check("/page/1/", r#"Moved("/")"#);
        check("/politics/page/1/", r#"Moved("/politics/")"#);
        check("/politics", r#"Moved("/politics/")"#);
        check("/Politics/Europe/", r#"Moved("/politics/europe/")"#);
        check("/page/02/", "Nothing");
        check("/page/0/", "Nothing");
        check("/page/99999999999/", "Nothing");
        assert_eq!(normal("/caf%c3%a9/").as_deref(), Some("/caf%C3%A9/"));
        assert_eq!(normal("/%70olitics/").as_deref(), Some("/politics/"));
        assert_eq!(in_small_letters("/Caf%C3%A9/"), "/Caf%c3%a9/");
    }

    #[test]
    fn an_address_that_hides_something_is_none() {
        for bad in ["/a%2fb/", "/%00/", "/%ff/", "/a%5cb/", "/%252e/"] {
            assert_eq!(normal(bad), None, "{bad}");
        }
        check("//evil.example/", "Nothing");
        check("/wp-login.php", "Nothing");
        check("/sitemap-2026-1.xml", "Nothing");
    }
}
