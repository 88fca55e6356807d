//! The entries of the channel: what it says of itself, its authors and its terms.

use super::fault::Fault;
use super::item::meta;
use super::leaves::{Leaves, leave};
use super::values::{Channel, Other, Term, WpAuthor};
use super::xml::{Child, Space, Xml};

/// One entry.
pub(super) enum Entry {
    /// A text, and where it belongs.
    Text(Field, String),
    Author(WpAuthor),
    Category(Term),
    Tag(Term),
    Term(Term),
    Other(Vec<Other>),
}

/// A text of the channel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Link,
    Description,
    Language,
    Exported,
    Generator,
    Version,
    SiteUrl,
    BlogUrl,
}

/// Reads an entry that was entered.
pub(super) fn entry<'c>(xml: &mut Xml<'c, '_>, child: Child<'c>) -> Result<Entry, Fault> {
    let field = match (child.space, child.local()) {
        (Space::Wp, "author") => return author(xml).map(Entry::Author),
        (Space::Wp, "category") => return category(xml).map(Entry::Category),
        (Space::Wp, "tag") => return tag(xml).map(Entry::Tag),
        (Space::Wp, "term") => return term(xml).map(Entry::Term),
        (Space::Plain, "title") => Field::Title,
        (Space::Plain, "link") => Field::Link,
        (Space::Plain, "description") => Field::Description,
        (Space::Plain, "language") => Field::Language,
        (Space::Plain, "pubDate") => Field::Exported,
        (Space::Plain, "generator") => Field::Generator,
        (Space::Wp, "wxr_version") => Field::Version,
        (Space::Wp, "base_site_url") => Field::SiteUrl,
        (Space::Wp, "base_blog_url") => Field::BlogUrl,
        _ => {
            let text = xml.text(&child)?;
            let mut rest = Vec::new();
            leave(xml, &child, text, &mut rest)?;
            // Others write as they like.
            xml.notes.clear();
            return Ok(Entry::Other(rest));
        }
    };
    let text = xml.text(&child)?;
    Ok(Entry::Text(field, text.trim().to_owned()))
}

impl Channel {
    /// Keeps an entry. A field that is stated again keeps what it said first: an export may be several files, one after
    /// the other.
    pub(super) fn keep(&mut self, entry: Entry) {
        match entry {
            Entry::Text(field, text) => {
                let place = self.field(field);
                if place.is_empty() {
                    *place = text;
                }
            }
            Entry::Author(author) => self.authors.push(author),
            Entry::Category(term) => self.categories.push(term),
            Entry::Tag(term) => self.tags.push(term),
            Entry::Term(term) => self.terms.push(term),
            Entry::Other(other) => self.rest.extend(other),
        }
    }

    fn field(&mut self, field: Field) -> &mut String {
        match field {
            Field::Title => &mut self.title,
            Field::Link => &mut self.link,
            Field::Description => &mut self.description,
            Field::Language => &mut self.language,
            Field::Exported => &mut self.exported,
            Field::Generator => &mut self.generator,
            Field::Version => &mut self.version,
            Field::SiteUrl => &mut self.site_url,
            Field::BlogUrl => &mut self.blog_url,
        }
    }
}

impl Entry {
    /// Whether another one of its name can never stand within.
    pub(super) fn stands_alone(&self) -> bool {
        !matches!(self, Entry::Other(_))
    }

    /// What it takes in its list, whose room may be twice what it holds, in bytes.
    pub(super) fn size(&self) -> usize {
        2 * match self {
            Entry::Text(..) | Entry::Other(_) => 0,
            Entry::Author(_) => size_of::<WpAuthor>(),
            Entry::Category(_) | Entry::Tag(_) | Entry::Term(_) => size_of::<Term>(),
        }
    }
}

fn author(xml: &mut Xml<'_, '_>) -> Result<WpAuthor, Fault> {
    let mut leaves = Leaves::default();
    while let Some(child) = xml.child()? {
        leaves.read(xml, child)?;
    }
    let mut author = WpAuthor {
        id: leaves.number(xml, Space::Wp, "author_id"),
        login: leaves.word(Space::Wp, "author_login"),
        email: leaves.word(Space::Wp, "author_email"),
        display_name: leaves.word(Space::Wp, "author_display_name"),
        first_name: leaves.word(Space::Wp, "author_first_name"),
        last_name: leaves.word(Space::Wp, "author_last_name"),
        rest: Vec::new(),
    };
    leaves.rest(xml, &mut author.rest)?;
    Ok(author)
}

fn category(xml: &mut Xml<'_, '_>) -> Result<Term, Fault> {
    described(xml, |leaves| Term {
        taxonomy: "category".to_owned(),
        slug: leaves.word(Space::Wp, "category_nicename"),
        parent: leaves.word(Space::Wp, "category_parent"),
        name: leaves.text(Space::Wp, "cat_name"),
        description: leaves.text(Space::Wp, "category_description"),
        ..Term::default()
    })
}

fn tag(xml: &mut Xml<'_, '_>) -> Result<Term, Fault> {
    described(xml, |leaves| Term {
        taxonomy: "post_tag".to_owned(),
        slug: leaves.word(Space::Wp, "tag_slug"),
        name: leaves.text(Space::Wp, "tag_name"),
        description: leaves.text(Space::Wp, "tag_description"),
        ..Term::default()
    })
}

fn term(xml: &mut Xml<'_, '_>) -> Result<Term, Fault> {
    described(xml, |leaves| Term {
        taxonomy: leaves.word(Space::Wp, "term_taxonomy"),
        slug: leaves.word(Space::Wp, "term_slug"),
        parent: leaves.word(Space::Wp, "term_parent"),
        name: leaves.text(Space::Wp, "term_name"),
        description: leaves.text(Space::Wp, "term_description"),
        ..Term::default()
    })
}

/// What the three kinds of terms have in common.
fn described<'c>(xml: &mut Xml<'c, '_>, fields: impl FnOnce(&mut Leaves<'c>) -> Term) -> Result<Term, Fault> {
    let mut leaves = Leaves::default();
    let (mut list, mut rest) = (Vec::new(), Vec::new());
    while let Some(child) = xml.child()? {
        match (child.space, child.local()) {
            (Space::Wp, "termmeta") => meta(xml, &child, &mut list, &mut rest)?,
            _ => leaves.read(xml, child)?,
        }
    }
    let id = leaves.number(xml, Space::Wp, "term_id");
    let term = fields(&mut leaves);
    leaves.rest(xml, &mut rest)?;
    Ok(Term { id, meta: list, rest, ..term })
}
