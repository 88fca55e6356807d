//! Plain pages for what Ghost's own script would open in a window: subscribing, signing in and searching. The buttons of
//! a theme are found in its templates when it is loaded, so a page costs nothing for them. How Ghost marks them: its
//! theme documentation under "Portal", "Search" and "Members" (`data-portal`, `data-ghost-search`,
//! `data-members-form`, `#/portal/…`).
//!
//! A link gets the page's address. A button keeps its element, with it all that a theme's styles say of it, and is tied to
//! a form without fields that `{{ghost_foot}}` prints. A form for signing up leads to the page too, without what was typed.

use std::borrow::Cow;
use std::ops::Range;

/// How to follow the magazine.
pub const SUBSCRIBE: &str = "/subscribe/";
/// Signing in as a reader.
pub const SIGN_IN: &str = "/sign-in/";
/// Finding articles.
pub const SEARCH: &str = "/search/";

/// Which buttons the templates of a theme have: each is tied to a form at the end of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Buttons {
    subscribe: bool,
    sign_in: bool,
    search: bool,
}

impl Buttons {
    /// The forms for them, as `{{ghost_foot}}` prints them.
    pub(crate) fn forms(self) -> String {
        let pages = [(self.subscribe, SUBSCRIBE), (self.sign_in, SIGN_IN), (self.search, SEARCH)];
        let form = |(_, page): &(bool, &str)| format!("<form id=\"{}\" action=\"{page}\" hidden></form>", id(page));
        pages.iter().filter(|(has, _)| *has).map(form).collect()
    }

    fn has(&mut self, page: &str) {
        match page {
            SEARCH => self.search = true,
            SIGN_IN => self.sign_in = true,
            _ => self.subscribe = true,
        }
    }
}

/// The name of the form that leads to a plain page.
fn id(page: &str) -> String {
    format!("to-{}", page.trim_matches('/'))
}

/// Where an address leads: `#/portal/signup` and `#/search` to a plain page, all else where it says.
pub fn address(url: &str) -> Cow<'_, str> {
    match url.find("#/").and_then(|at| named(&url[at + 2..])) {
        Some(page) => page.into(),
        None => url.into(),
    }
}

/// The page of `portal/signup` or `search`, with whatever follows.
fn named(place: &str) -> Option<&'static str> {
    let mut words = place.split('/');
    match (words.next()?, words.next()) {
        ("search", _) => Some(SEARCH),
        ("portal", Some(window)) => Some(window_page(window)),
        ("portal", None) => Some(SUBSCRIBE),
        _ => None,
    }
}

/// The page of a window's name, as in `data-portal`.
fn window_page(window: &str) -> &'static str {
    if window.starts_with("signin") || window.starts_with("account") { SIGN_IN } else { SUBSCRIBE }
}

/// Finished markup in which links lead to plain pages.
pub fn markup(html: &str) -> Cow<'_, str> {
    if html.contains("#/portal") || html.contains("#/search") {
        template(html, &mut Buttons::default())
    } else {
        Cow::Borrowed(html)
    }
}

/// The source of a template in which links, buttons and forms lead to plain pages, and what buttons it has. Lines stay
/// where they are, so reports of errors are still right.
pub(crate) fn template<'a>(source: &'a str, buttons: &mut Buttons) -> Cow<'a, str> {
    const MARKS: [&str; 5] = ["data-portal", "data-ghost-search", "data-members-", "#/portal", "#/search"];
    if !MARKS.iter().any(|mark| source.contains(mark)) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len() + 256);
    let (mut at, mut done) = (0, 0);
    while let Some(next) = source[at..].find(['<', '{']).map(|found| at + found) {
        let rest = &source[next..];
        at = if rest.starts_with("{{") {
            next + mustache(rest)
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            next + 4 + comment.find("-->").unwrap_or(comment.len())
        } else if let Some(tag) = Tag::read(source, next) {
            for (place, new) in tag.changes(buttons) {
                out.push_str(&source[done..place.start]);
                out.push_str(&new);
                done = place.end;
            }
            tag.end
        } else {
            next + 1
        };
    }
    if done == 0 {
        return Cow::Borrowed(source);
    }
    out.push_str(&source[done..]);
    Cow::Owned(out)
}

/// How long the mustache is with which a text begins.
fn mustache(text: &str) -> usize {
    let end = if text.starts_with("{{!--") || text.starts_with("{{~!--") {
        "--"
    } else if text.starts_with("{{{") {
        "}}}"
    } else {
        "}}"
    };
    let Some(found) = text.find(end) else { return text.len() };
    match text[found..].find("}}") {
        Some(close) => found + close + if text[found + close..].starts_with("}}}") { 3 } else { 2 },
        None => text.len(),
    }
}

/// A start tag of an element that may lead somewhere.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<Attribute<'a>>,
    /// After its name, where an attribute may be put.
    after_name: usize,
    /// After its `>`.
    end: usize,
}

struct Attribute<'a> {
    name: &'a str,
    /// Without quotes; empty where there is none.
    value: &'a str,
    /// From the start of the name to behind the value.
    place: Range<usize>,
}

impl<'a> Tag<'a> {
    /// The tag that begins at a place of the source; none for other elements, ends of elements and tags without an end.
    fn read(source: &'a str, start: usize) -> Option<Tag<'a>> {
        let name = source[start + 1..].split(|letter: char| !letter.is_ascii_alphanumeric()).next()?;
        if !["a", "button", "form", "input"].iter().any(|wanted| name.eq_ignore_ascii_case(wanted)) {
            return None;
        }
        let after_name = start + 1 + name.len();
        let (mut at, mut attributes) = (after_name, Vec::new());
        loop {
            let rest = &source[at..];
            match rest.bytes().next()? {
                b'>' => return Some(Tag { name, attributes, after_name, end: at + 1 }),
                b'{' if rest.starts_with("{{") => at += mustache(rest),
                letter if letter.is_ascii_whitespace() || b"/={\"'".contains(&letter) => at += 1,
                _ => {
                    let ends = |letter: char| letter.is_ascii_whitespace() || "/>={\"'".contains(letter);
                    let name = &rest[..rest.find(ends).unwrap_or(rest.len())];
                    let equals = rest[name.len()..].trim_start();
                    let value = match equals.strip_prefix('=') {
                        Some(value) => value_at(source, source.len() - value.trim_start().len())?,
                        None => at + name.len()..at + name.len(),
                    };
                    let place = at..value.end;
                    at = value.end;
                    let value = source[value].trim_matches(['"', '\'']);
                    attributes.push(Attribute { name, value, place });
                }
            }
        }
    }

    fn get(&self, name: &str) -> Option<&Attribute<'a>> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }

    /// The page to which its marks lead.
    fn leads_to(&self) -> Option<&'static str> {
        if self.get("data-ghost-search").is_some() {
            return Some(SEARCH);
        }
        let linked = self.get("href").and_then(|href| named(href.value.split_once("#/")?.1));
        linked.or_else(|| self.get("data-portal").map(|window| window_page(window.value)))
    }

    /// What is to be written where, in the order of the source.
    fn changes(&self, buttons: &mut Buttons) -> Vec<(Range<usize>, String)> {
        let add = |text: String| (self.after_name..self.after_name, text);
        let mut changes = Vec::new();
        match self.name.to_ascii_lowercase().as_str() {
            "a" => {
                let Some(page) = self.leads_to() else { return changes };
                changes.push(match self.get("href") {
                    Some(href) => (href.place.clone(), format!("href=\"{page}\"")),
                    None => add(format!(" href=\"{page}\"")),
                });
            }
            "button" => {
                let Some(page) = self.leads_to() else { return changes };
                buttons.has(page);
                changes.push(add(format!(" form=\"{}\"", id(page))));
                for old in ["type", "form"].into_iter().filter_map(|name| self.get(name)) {
                    changes.push((old.place.clone(), String::new()));
                }
            }
            // What somebody types is for nobody here; it must not end up in the address of the page.
            "input" => {
                let theirs = self.attributes.iter().any(|attribute| attribute.name.starts_with("data-members-"));
                changes.extend(self.get("name").filter(|_| theirs).map(|name| (name.place.clone(), String::new())));
            }
            _ => {
                let Some(purpose) = self.get("data-members-form") else { return changes };
                if self.get("action").is_none() {
                    changes.push(add(format!(" action=\"{}\"", window_page(purpose.value))));
                }
                changes.extend(self.get("method").map(|method| (method.place.clone(), String::new())));
            }
        }
        changes.sort_by_key(|(place, _)| place.start);
        changes
    }
}

/// Where a value stands, with its quotes; mustaches in it may hold quotes of their own.
fn value_at(source: &str, start: usize) -> Option<Range<usize>> {
    let quote = source[start..].chars().next().filter(|letter| ['"', '\''].contains(letter));
    let mut at = start + quote.map_or(0, char::len_utf8);
    loop {
        let rest = &source[at..];
        let letter = rest.chars().next()?;
        if rest.starts_with("{{") {
            at += mustache(rest);
        } else if Some(letter) == quote {
            return Some(start..at + 1);
        } else if quote.is_none() && (letter.is_ascii_whitespace() || letter == '>') {
            return Some(start..at);
        } else {
            at += letter.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(source: &str) -> String {
        template(source, &mut Buttons::default()).into_owned()
    }

    #[test]
    fn what_a_script_would_open_is_a_page() {
        assert_eq!(address("#/portal/signup"), "/subscribe/");
        assert_eq!(address("https://lantern.example/#/portal/"), "/subscribe/");
        assert_eq!(address("#/portal"), "/subscribe/");
        assert_eq!(address("#/portal/signin"), "/sign-in/");
        assert_eq!(address("#/portal/account/plans"), "/sign-in/");
        assert_eq!(address("#/search"), "/search/");
        assert_eq!(address("https://lantern.example/about/#team"), "https://lantern.example/about/#team");
        assert_eq!(address("#/share"), "#/share");
    }

    #[test]
    fn links_lead_to_the_page_of_their_window() {
        for (source, made) in [
            (
                r##"<a href="#/portal/signup" data-portal="signup">Join</a>"##,
                r#"<a href="/subscribe/" data-portal="signup">Join</a>"#,
            ),
            (r##"<a class=x href='{{@site.url}}/#/portal/signin'>In</a>"##, r#"<a class=x href="/sign-in/">In</a>"#),
            ("<a data-portal=\"account\"\n>Me</a>", "<a href=\"/sign-in/\" data-portal=\"account\"\n>Me</a>"),
            (r#"<a href="javascript:" data-ghost-search>Find</a>"#, r#"<a href="/search/" data-ghost-search>Find</a>"#),
            (
                r##"<a {{#if @member}}class="in"{{/if}} href=#/search title="{{t "Find"}}">"##,
                r##"<a {{#if @member}}class="in"{{/if}} href="/search/" title="{{t "Find"}}">"##,
            ),
        ] {
            assert_eq!(plain(source), made);
        }
    }

    #[test]
    fn buttons_keep_their_element_and_get_a_form_at_the_end_of_the_page() {
        let mut buttons = Buttons::default();
        let made =
            template(r#"<button class="s" type="button" aria-label="{{t "Find"}}" data-ghost-search>"#, &mut buttons);
        assert_eq!(made, r#"<button form="to-search" class="s"  aria-label="{{t "Find"}}" data-ghost-search>"#);
        assert_eq!(buttons.forms(), r#"<form id="to-search" action="/search/" hidden></form>"#);
        template("<button data-portal>", &mut buttons);
        template("<button data-portal='signin'>", &mut buttons);
        assert_eq!(buttons.forms().matches("<form").count(), 3);
    }

    #[test]
    fn a_form_for_signing_up_leads_to_the_page_without_what_was_typed() {
        assert_eq!(
            plain(
                r#"<form class="f" data-members-form="signin" method="post"><input name="email" data-members-email></form>"#
            ),
            r#"<form action="/sign-in/" class="f" data-members-form="signin" ><input  data-members-email></form>"#
        );
        assert_eq!(
            plain("<form data-members-form action='/elsewhere/'>"),
            "<form data-members-form action='/elsewhere/'>"
        );
    }

    #[test]
    fn all_else_stays_as_it_is() {
        for source in [
            "<p>data-portal</p>",
            "{{!-- <a data-portal> --}}",
            "{{! <a data-portal> }}",
            "<!-- <a data-portal> -->",
            "<a href=\"/about/\">data-portal <",
            "<a data-portal",
            "<a data-portal=\"",
            "<abbr data-portal>",
            "<div data-portal=\"signup\"></div>",
            "{{#if x}}data-portal{{",
            "<form action=\"/search/\" data-members-x>é",
        ] {
            assert_eq!(plain(source), source);
        }
    }

    #[test]
    fn finished_markup_is_read_only_where_it_has_such_links() {
        assert!(matches!(markup("<p><a data-portal>x</a></p>"), Cow::Borrowed(_)));
        assert_eq!(markup(r##"<p><a href="#/portal/signup">x</a></p>"##), r#"<p><a href="/subscribe/">x</a></p>"#);
    }
}
