//! Places: where an article appears, and so which kept pages change with it.

use std::collections::BTreeSet;
use std::fmt;

use crate::{Article, Id, Kind, SectionPath, people};

/// A list or thing that pages are made of. A kept page names its places; an
/// act names the places that it changed; the pages where they meet are refilled.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The front and the main feeds: every published article, newest first.
    Front,
    /// The featured articles, newest first: for themes, which ask for them on every front.
    Featured,
    /// The list of a section, which holds its subsections' articles too.
    Section(SectionPath),
    /// The list of a tag.
    Tag(Id),
    /// The list of an author.
    Author(Id),
    /// The articles that name a person (a folded name): only for finding related articles.
    Person(String),
    /// The articles dated in a month (`2026-11`, UTC): a part of the sitemap.
    Month(String),
    /// The article itself, wherever it is shown.
    Article(Id),
    /// The answer at this path, when nothing stood there before.
    Path(String),
    /// The sitemaps.
    Sitemap,
    /// The pages of the record: people and what they said.
    Record,
    /// The list of corrections and its feed.
    Corrections,
    /// Settings, navigation or theme: every page.
    Everything,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Front => f.write_str("front"),
            Place::Featured => f.write_str("featured"),
            Place::Section(path) => write!(f, "section:{path}"),
            Place::Tag(id) => write!(f, "tag:{id}"),
            Place::Author(id) => write!(f, "author:{id}"),
            Place::Person(name) => write!(f, "person:{name}"),
            Place::Month(month) => write!(f, "month:{month}"),
            Place::Article(id) => write!(f, "article:{id}"),
            Place::Path(path) => write!(f, "path:{path}"),
            Place::Sitemap => f.write_str("sitemap"),
            Place::Record => f.write_str("record"),
            Place::Corrections => f.write_str("corrections"),
            Place::Everything => f.write_str("everything"),
        }
    }
}

impl Place {
    /// The place with this name; `None` for any other text.
    pub fn of(name: &str) -> Option<Place> {
        Some(match name.split_once(':') {
            None => match name {
                "front" => Place::Front,
                "featured" => Place::Featured,
                "sitemap" => Place::Sitemap,
                "record" => Place::Record,
                "corrections" => Place::Corrections,
                "everything" => Place::Everything,
                _ => return None,
            },
            Some(("section", path)) => Place::Section(SectionPath::parse(path).ok()?),
            Some(("tag", id)) => Place::Tag(Id::parse(id).ok()?),
            Some(("author", id)) => Place::Author(Id::parse(id).ok()?),
            Some(("person", name)) => Place::Person(name.into()),
            Some(("month", month)) => Place::Month(month.into()),
            Some(("article", id)) => Place::Article(Id::parse(id).ok()?),
            Some(("path", path)) => Place::Path(path.into()),
            Some(_) => return None,
        })
    }
}

/// The lists on which a published article stands: its shelves. None for a
/// draft, and none for a static page, which no list shows.
pub fn shelves(article: &Article, plain_text: &str) -> Vec<Place> {
    if !article.is_public() || article.kind == Kind::Page {
        return Vec::new();
    }
    let mut shelves = vec![Place::Front];
    shelves.extend(article.featured.then_some(Place::Featured));
    shelves.extend(article.published_at.map(|at| Place::Month(at.strftime("%Y-%m").to_string())));
    shelves.extend(article.sections().into_iter().map(Place::Section));
    shelves.extend(article.tags.iter().cloned().map(Place::Tag));
    shelves.extend(article.authors.iter().cloned().map(Place::Author));
    shelves.extend(people::named(plain_text).into_iter().map(Place::Person));
    shelves
}

/// Places whose bytes change when `before` becomes `after`. Too few leaves a
/// stale page; too many only costs time.
pub fn appears_on(before: Option<&Article>, after: Option<&Article>) -> Vec<Place> {
    let mut places = BTreeSet::new();
    for article in [before, after].into_iter().flatten() {
        places.insert(Place::Article(article.id.clone()));
        places.extend(article.path.clone().map(Place::Path));
        if article.is_public() {
            places.extend(shelves(article, ""));
            places.insert(Place::Sitemap);
        }
    }
    places.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::tests::published;
    use crate::{Kind, Status};

    fn names(places: Vec<Place>) -> String {
        places.iter().map(Place::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_article_that_moves_changes_its_old_and_its_new_section() {
        let before = published("Budget day", "politics/europe");
        let after = published("Budget day", "money");
        assert_eq!(
            names(appears_on(Some(&before), Some(&after))),
            "front section:money section:politics section:politics/europe month:1970-01 \
             article:000000000000000000000000 path:/money/budget-day/ path:/politics/europe/budget-day/ sitemap"
        );
    }

    #[test]
    fn an_article_of_several_sections_stands_once_on_each_list() {
        let mut article = published("Budget day", "politics/europe");
        article.extras.also_in = ["money", "politics/home"].map(|path| SectionPath::parse(path).unwrap()).to_vec();
        assert_eq!(
            names(shelves(&article, "")),
            "front month:1970-01 section:politics/europe section:politics section:money section:politics/home"
        );
    }

    #[test]
    fn a_draft_appears_nowhere_but_as_itself() {
        let mut draft = published("Budget day", "money");
        draft.status = Status::Draft;
        draft.path = None;
        assert_eq!(names(appears_on(None, Some(&draft))), "article:000000000000000000000000");
        assert!(shelves(&draft, "").is_empty());
    }

    #[test]
    fn a_static_page_stands_on_no_shelf() {
        let mut page = published("About", "money");
        page.kind = Kind::Page;
        assert!(shelves(&page, "").is_empty());
        assert!(names(appears_on(None, Some(&page))).contains("sitemap"));
    }

    #[test]
    fn every_place_reads_back_from_its_name() {
        let article = published("Budget day", "money");
        let text = "Keir Starmer met Rachel Reeves. Rachel Reeves left.";
        let mut places = appears_on(None, Some(&article));
        places.extend(shelves(&article, text));
        places.extend([Place::Everything, Place::Record, Place::Corrections, Place::Path("/a:b/".into())]);
        for place in places {
            assert_eq!(Place::of(&place.to_string()), Some(place));
        }
    }
}
