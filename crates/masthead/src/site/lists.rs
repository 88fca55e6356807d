//! Lists of articles: the front, sections, tags, authors.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use news::{Author, Id, Place, Section, SectionPath, Tag};
use theme::{Map, Value};

use super::Answer;
use super::furniture::{Furniture, crumbs, link_to};
use super::head::{self, Subject};
use super::route::List;
use super::themes::{self, Drawn, Scene};
use super::values::{self, Post};
use crate::pages::Keep;
use crate::{App, Error};

/// Articles of each section below the top of the front.
const BLOCK: i64 = 4;

/// A list with the thing that it is of.
pub enum Of {
    /// All articles.
    Front,
    /// A section.
    Section(Section),
    /// A tag.
    Tag(Tag),
    /// An author.
    Author(Author),
    /// A year, a month or a day.
    Dates(Dates),
}

/// A year, a month or a day, as in `/2024/05/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// Articles of a year that its pages go back to.
const MOST_DATED: i64 = 5_000;

impl Dates {
    /// Reads `2024`, `2024/05` or `2024/05/07`.
    pub fn of(text: &str) -> Option<Dates> {
        let parts: Vec<&str> = text.split('/').collect();
        let is_number = |part: &&&str, digits: usize| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        let year = parts.first().filter(|part| is_number(part, 4))?.parse().ok().filter(|year| *year > 0)?;
        let two = |at: usize| match parts.get(at) {
            None => Some(None),
            Some(part) => Some(Some(Some(part).filter(|part| is_number(part, 2))?.parse::<i8>().ok()?)),
        };
        let dates = Dates { year, month: two(1)?, day: two(2)? };
        (parts.len() <= 3 && dates.first().is_some()).then_some(dates)
    }

    fn first(&self) -> Option<Date> {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// From when until when.
    fn span(&self, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let first = self.first()?;
        let length = match (self.month, self.day) {
            (None, _) => 1.year(),
            (Some(_), None) => 1.month(),
            (Some(_), Some(_)) => 1.day(),
        };
        let at = |day: Date| zone.to_timestamp(day.to_datetime(Time::midnight())).ok();
        Some((at(first)?, at(first.checked_add(length).ok()?)?))
    }

    /// “May 2024”.
    pub fn name(&self) -> String {
        let pattern = match (self.month, self.day) {
            (None, _) => "%Y",
            (Some(_), None) => "%B %Y",
            (Some(_), Some(_)) => "%-d %B %Y",
        };
        self.first().map(|first| first.strftime(pattern).to_string()).unwrap_or_default()
    }

    fn url(&self) -> String {
        let two = |part: Option<i8>| part.map(|part| format!("{part:02}/")).unwrap_or_default();
        format!("/{:04}/{}{}", self.year, two(self.month), two(self.day))
    }
}

/// The articles of a year, a month or a day, in the magazine's zone.
pub async fn show_dates(app: &Arc<App>, dates: Dates, page: u32) -> Result<Answer, Error> {
    show_of(app, Of::Dates(dates), page).await
}

impl Of {
    /// What a route's list is of. A list without articles is only there for a
    /// section or an author that exists; an internal tag has no page.
    pub async fn find(app: &Arc<App>, list: &List) -> Result<Of, Error> {
        Ok(match list {
            List::Front => Of::Front,
            List::Section(path) => {
                let path = SectionPath::parse(path).map_err(|_| Error::NotFound)?;
                Of::Section(store::section::at(&app.store, &path).await?.ok_or(Error::NotFound)?)
            }
            List::Tag(slug) => {
                let tag = store::tag::by_slug(&app.store, slug).await?;
                Of::Tag(tag.filter(Tag::is_public).ok_or(Error::NotFound)?)
            }
            List::Author(slug) => Of::Author(store::author::by_slug(&app.store, slug).await?.ok_or(Error::NotFound)?),
        })
    }

    /// A tag or an author is only known to readers by what they can read: the
    /// name of one that stands on drafts alone stays in the newsroom.
    pub fn needs_articles(&self) -> bool {
        matches!(self, Of::Tag(_) | Of::Author(_) | Of::Dates(_))
    }

    /// The shelf that it shows.
    pub fn place(&self) -> Place {
        match self {
            Of::Front | Of::Dates(_) => Place::Front,
            Of::Section(section) => Place::Section(section.path.clone()),
            Of::Tag(tag) => Place::Tag(tag.id.clone()),
            Of::Author(author) => Place::Author(author.id.clone()),
        }
    }

    /// The address of its first page.
    pub fn url(&self, furniture: &Furniture) -> String {
        match self {
            Of::Front => "/".into(),
            Of::Section(section) => section.path.url(),
            Of::Tag(tag) => furniture.tag_url(tag),
            Of::Author(author) => furniture.author_url(author),
            Of::Dates(dates) => dates.url(),
        }
    }

    /// Its name and a sentence about it; nothing for the front.
    pub fn words(&self) -> Option<(Cow<'_, str>, Option<&str>)> {
        match self {
            Of::Front => None,
            Of::Dates(dates) => Some((dates.name().into(), None)),
            Of::Section(section) => Some((section.name.as_str().into(), section.description.as_deref())),
            Of::Tag(tag) => Some((tag.name.as_str().into(), tag.description.as_deref())),
            Of::Author(author) => Some((author.name.as_str().into(), author.bio.as_deref())),
        }
    }
}

/// A page of a list.
pub async fn show(app: &Arc<App>, list: &List, page: u32) -> Result<Answer, Error> {
    show_of(app, Of::find(app, list).await?, page).await
}

async fn show_of(app: &Arc<App>, of: Of, page: u32) -> Result<Answer, Error> {
    let furniture = Furniture::of(app).await?;
    let theme = app.theme();
    let limit = i64::from(theme.posts_per_page().max(1));
    let span = match &of {
        Of::Dates(dates) => Some(dates.span(&furniture.zone).ok_or(Error::NotFound)?),
        _ => None,
    };
    let total = match span {
        Some(span) => store::shelf::count_between(&app.store, &of.place(), span, MOST_DATED).await?,
        None => store::shelf::count(&app.store, &of.place()).await?,
    };
    let pages = Pages { page: i64::from(page), pages: ((total + limit - 1) / limit).max(1), limit, total };
    if pages.page > pages.pages {
        return Err(Error::NotFound);
    }
    let skip = (pages.page - 1) * limit;
    let posts = match span {
        Some(span) => {
            let ids = store::shelf::between(&app.store, &of.place(), span, limit, skip).await?;
            values::posts(app, &furniture, &ids.into_iter().map(|(id, _)| id).collect::<Vec<_>>()).await?
        }
        None => on_shelf(app, &furniture, &of.place(), limit, skip).await?,
    };
    if of.needs_articles() && posts.is_empty() {
        return Err(Error::NotFound);
    }

    let mut places = vec![of.place(), Place::Everything];
    places.extend(values::places_of(&posts));
    let mut root = Map::from([("posts", values::list(&posts)), ("pagination", pages.value())]);
    if matches!(of, Of::Front) && page == 1 {
        let blocks = blocks(app, &furniture, &posts).await?;
        places.extend(blocks.iter().flat_map(|(_, posts)| values::places_of(posts)));
        root.insert("blocks", Value::list(blocks.iter().map(|(section, posts)| block(section, posts))));
    }
    name_list(&mut root, &of, &furniture);

    let path = if page == 1 { of.url(&furniture) } else { format!("{}page/{page}/", of.url(&furniture)) };
    let (templates, contexts) = templates(&of, page);
    let head = head::of(&furniture, &Subject::List { of: &of, posts: &posts, pages: &pages }, &path).await?;
    let scene = Scene { root, templates, contexts, path, head, shows_title: None };
    let Drawn { fresh, places: asked } = themes::draw(&furniture, scene).await?;
    places.extend(asked);
    let keep = if page == 1 { Keep::First } else { Keep::WhileRoom };
    Ok(Answer::kept(fresh, places, keep))
}

/// Where a page stands among the pages of its list.
pub struct Pages {
    /// From 1.
    pub page: i64,
    /// How many, at least 1.
    pub pages: i64,
    /// Articles a page.
    pub limit: i64,
    /// Articles in all.
    pub total: i64,
}

impl Pages {
    /// The page before, if there is one.
    pub fn prev(&self) -> Option<i64> {
        (self.page > 1).then(|| self.page - 1)
    }

    /// The page after, if there is one.
    pub fn next(&self) -> Option<i64> {
        (self.page < self.pages).then(|| self.page + 1)
    }

    /// As templates see it.
    pub fn value(&self) -> Value {
        Value::map([
            ("page", self.page.into()),
            ("pages", self.pages.into()),
            ("limit", self.limit.into()),
            ("total", self.total.into()),
            ("prev", self.prev().into()),
            ("next", self.next().into()),
        ])
    }
}

/// A page of a shelf as posts.
pub async fn on_shelf(
    app: &Arc<App>,
    furniture: &Arc<Furniture>,
    place: &Place,
    most: i64,
    skip: i64,
) -> Result<Vec<Arc<Post>>, Error> {
    let ids: Vec<Id> =
        store::shelf::newest(&app.store, place, most, skip).await?.into_iter().map(|(id, _)| id).collect();
    values::posts(app, furniture, &ids).await
}

/// The newest articles of each top-level section that the front does not show already.
async fn blocks(
    app: &Arc<App>,
    furniture: &Arc<Furniture>,
    shown: &[Arc<Post>],
) -> Result<Vec<(Section, Vec<Arc<Post>>)>, Error> {
    let mut blocks = Vec::new();
    let enough = BLOCK + shown.len() as i64;
    for section in furniture.below(None) {
        let newest = store::shelf::newest(&app.store, &Place::Section(section.path.clone()), enough, 0).await?;
        let fresh: Vec<Id> = newest
            .into_iter()
            .map(|(id, _)| id)
            .filter(|id| shown.iter().all(|post| post.article.id != *id))
            .take(BLOCK as usize)
            .collect();
        let posts = values::posts(app, furniture, &fresh).await?;
        if !posts.is_empty() {
            blocks.push((section.clone(), posts));
        }
    }
    Ok(blocks)
}

fn block(section: &Section, posts: &[Arc<Post>]) -> Value {
    Value::map([("section", link_to(section)), ("posts", values::list(posts))])
}

/// Puts the thing that a list is of into the context, under Ghost's names and ours.
fn name_list(root: &mut Map, of: &Of, furniture: &Arc<Furniture>) {
    match of {
        Of::Front => {}
        Of::Section(section) => {
            let value = Value::map([
                ("name", section.name.as_str().into()),
                ("slug", section.path.slug().into()),
                ("path", section.path.as_str().into()),
                ("url", section.path.url().into()),
                ("description", section.description.as_deref().into()),
                ("visibility", "public".into()),
                ("feature_image", Value::Null),
                ("accent_color", Value::Null),
                ("breadcrumb", crumbs(&furniture.breadcrumb(section.path.parent().as_ref()))),
                ("children", Value::list(furniture.below(Some(&section.path)).map(link_to))),
            ]);
            root.insert("section", value);
            root.insert("tag", values::section_as_tag(furniture, &section.path));
        }
        Of::Tag(tag) => root.insert("tag", values::tag_of(furniture, &Arc::new(tag.clone()))),
        Of::Dates(dates) => {
            let value = Value::map([
                ("name", dates.name().as_str().into()),
                ("slug", dates.url().trim_matches('/').replace('/', "-").as_str().into()),
                ("url", dates.url().as_str().into()),
                ("description", Value::Null),
                ("visibility", "public".into()),
                ("feature_image", Value::Null),
                ("accent_color", Value::Null),
            ]);
            root.insert("tag", value)
        }
        Of::Author(author) => root.insert("author", values::author_of(furniture, &Arc::new(author.clone()))),
    }
}

fn templates(of: &Of, page: u32) -> (Vec<String>, Vec<&'static str>) {
    let (mut templates, mut contexts) = match of {
        Of::Front if page == 1 => (vec!["home".into()], vec!["home", "index"]),
        Of::Front => (vec![], vec!["index"]),
        Of::Section(section) => {
            let slug = section.path.slug();
            let names = vec![format!("section-{slug}"), "section".into(), format!("tag-{slug}"), "tag".into()];
            (names, vec!["section", "tag"])
        }
        Of::Tag(tag) => (vec![format!("tag-{}", tag.slug), "tag".into()], vec!["tag"]),
        // A theme has no page for dates; that of a tag says what the list is of.
        Of::Dates(_) => (vec!["tag".into()], vec!["tag"]),
        Of::Author(author) => (vec![format!("author-{}", author.slug), "author".into()], vec!["author"]),
    };
    templates.push("index".into());
    if page > 1 {
        contexts.insert(0, "paged");
    }
    (templates, contexts)
}
