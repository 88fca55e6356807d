//! The plain pages to which a theme's buttons lead: subscribing, signing in, searching. Ghost answers them with a
//! window that a script draws; ours are pages that work without one. A static page of the magazine's own at one of these
//! addresses takes its place.

use std::sync::Arc;

use news::Place;
use theme::plain::{SEARCH, SIGN_IN, SUBSCRIBE};
use theme::{Map, Value};

use super::furniture::Furniture;
use super::head::{self, Subject};
use super::themes::{self, Drawn, Scene};
use super::{Answer, article, values};
use crate::pages::Keep;
use crate::{App, Error};

/// Articles that a search shows.
const FOUND: i64 = 50;
/// Longest words that are looked for, in characters.
const LONGEST: usize = 100;

/// One of the plain pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// How to follow.
    Subscribe,
    /// Signing in.
    SignIn,
    /// Searching.
    Search,
}

impl Plain {
    fn path(self) -> &'static str {
        match self {
            Plain::Subscribe => SUBSCRIBE,
            Plain::SignIn => SIGN_IN,
            Plain::Search => SEARCH,
        }
    }

    /// Template, title and a sentence.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Plain::Subscribe => ("subscribe", "Follow", "How to follow the magazine."),
            Plain::SignIn => ("sign-in", "Sign in", "Accounts of readers."),
            Plain::Search => ("search", "Search", "Find an article."),
        }
    }
}

/// The page, or the magazine's own at its address.
pub async fn show(app: &Arc<App>, plain: Plain) -> Result<Answer, Error> {
    match article::show(app, plain.path()).await {
        Err(Error::NotFound) => {}
        own => return own,
    }
    let furniture = Furniture::of(app).await?;
    // The address of a search is kept by nobody: what stands behind its question mark decides what it shows.
    let keep = if plain == Plain::Search { Keep::Never } else { Keep::WhileRoom };
    draw(&furniture, plain, Map::new(), keep).await
}

/// What a search found; never kept. At most two are answered at a time, since headlines are looked through.
pub async fn search(app: &Arc<App>, query: &str) -> Result<Answer, Error> {
    let asked = words_of(query);
    let furniture = Furniture::of(app).await?;
    let mut root = Map::from([("query", Value::from(asked.as_str()))]);
    if !asked.is_empty() {
        let _permit = app.searching.acquire().await; // closed never
        let ids = store::article::public_like(&app.store, &asked, FOUND).await?;
        let posts = values::posts(app, &furniture, &ids).await?;
        root.insert("posts", values::list(&posts));
    }
    draw(&furniture, Plain::Search, root, Keep::Never).await
}

/// The words behind `q=` or `s=`, which WordPress says.
fn words_of(query: &str) -> String {
    let find = |name: &str| query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let text = find("q").or_else(|| find("s")).unwrap_or_default().replace('+', " ");
    let text = percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned();
    text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

async fn draw(furniture: &Arc<Furniture>, plain: Plain, root: Map, keep: Keep) -> Result<Answer, Error> {
    let (template, title, description) = plain.words();
    let subject = Subject::Record { title: title.into(), description: description.into() };
    let path = plain.path().to_owned();
    let head = head::of(furniture, &subject, &path).await?;
    let scene =
        Scene { root, templates: vec![template.into()], contexts: vec![template], path, head, shows_title: None };
    let Drawn { fresh, mut places } = themes::draw(furniture, scene).await?;
    places.push(Place::Everything);
    Ok(Answer::kept(fresh, places, keep))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_search_are_read_from_its_address() {
        assert_eq!(words_of("q=flood+wall"), "flood wall");
        assert_eq!(words_of("page=2&s=caf%C3%A9%00"), "café");
        assert_eq!(words_of("x=1"), "");
        assert_eq!(words_of(&format!("q={}", "a".repeat(500))).len(), LONGEST);
    }
}
