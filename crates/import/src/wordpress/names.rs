//! Sections, tags and authors of a site in our words.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use news::{Author, Id, Section, SectionPath, Slug, Tag, Visibility, limits};

use super::content;
use super::survey::{Survey, login, without_cap};
use super::wxr::{self, Item, Term, WpAuthor};

/// Sections, tags and authors, and how items name them.
#[derive(Debug, Default)]
pub struct Names {
    /// Sections, parents first.
    pub sections: Vec<Section>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Authors.
    pub authors: Vec<Author>,
    /// Those of whom nothing but their place in a byline is known.
    pub undescribed: Vec<Id>,
    /// Addresses that categories, tags and authors had, by name and by number: there, here.
    pub led: Vec<(String, String)>,
    section_by_slug: HashMap<String, SectionPath>,
    section_by_number: HashMap<i64, SectionPath>,
    numbers: HashMap<SectionPath, i64>,
    tag_by_slug: HashMap<String, Id>,
    tag_by_number: HashMap<i64, (String, String)>,
    author_by_login: HashMap<String, Id>,
    author_by_slug: HashMap<String, Id>,
}

/// Categories around a category that are looked at; sections nest less deep.
const DEEPEST: usize = 32;

/// Keeps the ids of different things with the same names apart.
const AUTHOR: i64 = 2;
const TAG: i64 = 3;

impl Names {
    /// Makes them of a survey. `taken` says whether an address is another's, so that no section can stand there; `now` is
    /// the time of the move.
    pub fn of(survey: &Survey, taken: impl Fn(&SectionPath) -> bool, now: Timestamp) -> Names {
        let mut names = Names::default();
        names.add_sections(survey, &taken);
        names.add_tags(survey, now);
        names.add_authors(survey, now);
        names
    }

    /// Paths at which sections would like to stand.
    pub fn wished(survey: &Survey) -> Vec<SectionPath> {
        let mut names = Names::default();
        names.add_sections(survey, &|_| false);
        names.sections.into_iter().map(|section| section.path).collect()
    }

    fn add_sections(&mut self, survey: &Survey, taken: &impl Fn(&SectionPath) -> bool) {
        let by_slug: HashMap<&str, &Term> = survey.categories.iter().map(|term| (term.slug.as_str(), term)).collect();
        let mut used: BTreeSet<SectionPath> = BTreeSet::new();
        let mut numbers = HashMap::new();
        for (position, term) in survey.categories.iter().enumerate() {
            // Those around it first, whatever the order of the file; a circle ends where it closes.
            let mut line = vec![term];
            while let Some(parent) = line.last().and_then(|term| by_slug.get(term.parent.as_str())) {
                if line.len() > DEEPEST || line.iter().any(|term| term.slug == parent.slug) {
                    break;
                }
                line.push(parent);
            }
            let slugs: Vec<&str> = line.iter().rev().map(|term| term.slug.as_str()).collect();
            let mut parent: Option<SectionPath> = None;
            for (depth, term) in line.into_iter().rev().enumerate() {
                if let Some(known) = self.section_by_slug.get(&term.slug) {
                    parent = Some(known.clone());
                    continue;
                }
                let is_free = |path: &SectionPath| {
                    let url = path.url();
                    let is_home = url.strip_suffix('/') == Some(&survey.home);
                    !used.contains(path) && !taken(path) && !survey.stands_at(&url) && !is_home
                };
                let path = placed(parent.as_ref(), term, &is_free, &mut numbers);
                used.insert(path.clone());
                let name = cut(&wxr::plain(&term.name), limits::NAME_CHARACTERS);
                let description = content::words(&term.description);
                self.sections.push(Section {
                    name: if name.is_empty() { path.name() } else { name },
                    description: (!description.is_empty()).then_some(description),
                    position: position as i64,
                    path: path.clone(),
                });
                let there = slugs[..=depth].join("/");
                let there = news::slug::encoded(&wxr::readable(&format!("{}/category/{there}/", survey.home)));
                self.led.push((there, path.url()));
                if depth > 0 {
                    // Without those around it, it is found too.
                    let short =
                        news::slug::encoded(&wxr::readable(&format!("{}/category/{}/", survey.home, term.slug)));
                    self.led.push((short, path.url()));
                }
                if let Some(id) = term.id {
                    self.section_by_number.entry(id).or_insert_with(|| path.clone());
                    self.numbers.insert(path.clone(), id);
                    self.led.push((format!("/?cat={id}"), path.url()));
                }
                self.section_by_slug.insert(term.slug.clone(), path.clone());
                parent = Some(path);
            }
        }
    }

    fn add_tags(&mut self, survey: &Survey, now: Timestamp) {
        let mut made: HashMap<Slug, Id> = HashMap::new();
        for term in &survey.tags {
            let name = cut(&wxr::plain(&term.name), limits::NAME_CHARACTERS);
            let there = wxr::readable(&term.slug);
            let Some(slug) = Slug::parse(&there).ok().or_else(|| Slug::of(&there)).or_else(|| Slug::of(&name)) else {
                continue;
            };
            let id = made.get(&slug).cloned().unwrap_or_else(|| {
                let id = Id::of_text(TAG, &format!("{} {slug}", survey.site));
                made.insert(slug.clone(), id.clone());
                let name = if name.trim().is_empty() { slug.to_string() } else { name };
                let description = content::words(&term.description);
                self.tags.push(Tag {
                    description: (!description.is_empty()).then_some(description),
                    visibility: Visibility::Public,
                    created_at: now,
                    updated_at: now,
                    ..Tag::named(id.clone(), slug.clone(), name)
                });
                id
            });
            let url = news::slug::encoded(&format!("/tag/{slug}/"));
            let old = news::slug::encoded(&format!("{}/tag/{there}/", survey.home));
            if old != url && super::address::kept(&old).is_some() {
                self.led.push((old, url.clone()));
            }
            if let Some(number) = term.id {
                self.tag_by_number.insert(number, (wxr::plain(&term.name).into_owned(), url));
            }
            self.tag_by_slug.insert(term.slug.clone(), id);
        }
    }

    fn add_authors(&mut self, survey: &Survey, now: Timestamp) {
        let mut used = BTreeSet::new();
        for (login, user) in &survey.users {
            let name = name_of(user);
            // The address of an author's page is made of the login.
            let there = page_of(login);
            let Some(slug) = Slug::parse(&there).ok().or_else(|| Slug::of(&name)) else { continue };
            let slug = free(slug, &mut used);
            let id = Id::of_text(AUTHOR, &format!("{} {login}", survey.site));
            let author = Author {
                email: Some(user.email.trim().to_owned()).filter(|email| email.contains('@')),
                created_at: now,
                updated_at: now,
                ..Author::named(id.clone(), slug.clone(), cut(&name, limits::NAME_CHARACTERS))
            };
            self.lead_author(survey, &there, &author);
            if let Some(number) = user.id {
                self.led.push((format!("/?author={number}"), author.url()));
            }
            self.author_by_login.insert(login.clone(), id.clone());
            self.author_by_slug.insert(there, id);
            self.authors.push(author);
        }
        for (there, guest) in &survey.guests {
            if let Some(same) = self.author_by_login.get(&login(&guest.linked)).cloned() {
                if let Some(author) = self.authors.iter_mut().find(|author| author.id == same) {
                    author.bio = author.bio.take().or_else(|| Some(guest.bio.clone()).filter(|bio| !bio.is_empty()));
                }
                self.author_by_slug.insert(there.clone(), same);
                continue;
            }
            let Some(slug) = Slug::parse(there).ok().or_else(|| Slug::of(&guest.name)) else { continue };
            let slug = free(slug, &mut used);
            let id = Id::of_text(AUTHOR, &format!("{} guest {there}", survey.site));
            let name = if guest.name.trim().is_empty() { there.clone() } else { guest.name.clone() };
            let portrait = guest.portrait.and_then(|id| survey.library.attachments.get(&id));
            let author = Author {
                bio: Some(guest.bio.clone()).filter(|bio| !bio.is_empty()),
                website: Some(guest.website.clone()).filter(|url| url.starts_with("http")),
                email: Some(guest.email.clone()).filter(|email| email.contains('@')),
                portrait: portrait.and_then(|portrait| survey.library.moved(&portrait.url)),
                created_at: now,
                updated_at: now,
                ..Author::named(id.clone(), slug, cut(&name, limits::NAME_CHARACTERS))
            };
            self.lead_author(survey, there, &author);
            self.author_by_slug.insert(there.clone(), id);
            self.authors.push(author);
        }
        self.add_bylines(survey, &mut used, now);
    }

    /// Whom bylines name and nobody describes: an export of posts alone has no guests.
    fn add_bylines(&mut self, survey: &Survey, used: &mut BTreeSet<Slug>, now: Timestamp) {
        for (there, name) in &survey.bylines {
            if self.author_by_slug.contains_key(there) || self.author_by_login.contains_key(there) {
                continue;
            }
            let Some(slug) = Slug::parse(there).ok().or_else(|| Slug::of(name)) else { continue };
            let is_slug = name.is_empty() || Slug::parse(name).is_ok() && !name.contains(' ');
            let name = if is_slug { words_of(there) } else { name.clone() };
            let id = Id::of_text(AUTHOR, &format!("{} guest {there}", survey.site));
            let named = Author::named(id.clone(), free(slug, used), cut(&name, limits::NAME_CHARACTERS));
            let author = Author { created_at: now, updated_at: now, ..named };
            self.lead_author(survey, there, &author);
            self.author_by_slug.insert(there.clone(), id.clone());
            self.undescribed.push(id);
            self.authors.push(author);
        }
    }

    fn lead_author(&mut self, survey: &Survey, there: &str, author: &Author) {
        for slug in [there.to_owned(), format!("cap-{there}")] {
            let old = news::slug::encoded(&format!("{}/author/{slug}/", survey.home));
            if old != author.url() && super::address::kept(&old).is_some() {
                self.led.push((old, author.url()));
            }
        }
    }

    /// The section of an item and those beside it: the one that an SEO plugin calls the primary one, else the one in its
    /// address, else the oldest; of a line of sections the last.
    pub fn sections_of(&self, item: &Item) -> (Option<SectionPath>, Vec<SectionPath>) {
        let slugs = item.terms.iter().filter(|term| term.taxonomy == "category").map(|term| term.slug.as_str());
        let mut all: Vec<SectionPath> = slugs.filter_map(|slug| self.section_by_slug.get(slug)).cloned().collect();
        all.sort_by_key(|path| self.numbers.get(path).copied().unwrap_or(i64::MAX));
        all.dedup();
        let keys = ["_yoast_wpseo_primary_category", "rank_math_primary_category"];
        let number = keys.iter().find_map(|key| item.meta(key)?.trim().parse().ok());
        let primary = number.and_then(|number| self.section_by_number.get(&number)).filter(|path| all.contains(path));
        let in_address = || {
            let link = super::address::Address::of(&item.link).map_or("", |link| link.path);
            let link = wxr::readable(link).into_owned();
            let mut parts: Vec<&str> = link.trim_matches('/').split('/').collect();
            parts.pop(); // its own slug
            let is_named = |path: &&SectionPath| parts.contains(&path.slug());
            all.iter().filter(is_named).max_by_key(|path| path.line().len())
        };
        let oldest = || {
            let first = all.iter().find(|path| path.slug() != "uncategorized").or(all.first())?;
            all.iter().filter(|path| path.line().contains(first)).max_by_key(|path| path.line().len())
        };
        let section = primary.or_else(in_address).or_else(oldest).cloned();
        let around: Vec<SectionPath> = section.iter().flat_map(SectionPath::line).collect();
        let others = all.into_iter().filter(|path| !around.contains(path)).collect();
        (section, others)
    }

    /// The tags of an item.
    pub fn tags_of(&self, item: &Item) -> Vec<Id> {
        let of_tag = |taxonomy: &str| matches!(taxonomy, "post_tag" | "tag");
        let slugs = item.terms.iter().filter(|term| of_tag(&term.taxonomy)).map(|term| term.slug.as_str());
        unique(slugs.filter_map(|slug| self.tag_by_slug.get(slug)).cloned())
    }

    /// The authors of an item in the order of its byline: those of a plugin for several authors, else who wrote it.
    pub fn authors_of(&self, item: &Item) -> Vec<Id> {
        let slugs = item.terms.iter().filter(|term| term.taxonomy == "author").map(|term| without_cap(&term.slug));
        let of_plugin = |slug: &str| self.author_by_slug.get(slug).or_else(|| self.author_by_login.get(slug)).cloned();
        let byline = unique(slugs.filter_map(of_plugin));
        match byline.is_empty() {
            false => byline,
            true => self.author_by_login.get(&login(&item.creator)).cloned().into_iter().collect(),
        }
    }

    /// The name and address of a category by its number.
    pub fn category(&self, number: i64) -> Option<(String, String)> {
        let path = self.section_by_number.get(&number)?;
        let section = self.sections.iter().find(|section| section.path == *path)?;
        Some((section.name.clone(), path.url()))
    }

    /// The name and address of a tag by its number.
    pub fn tag(&self, number: i64) -> Option<(String, String)> {
        self.tag_by_number.get(&number).cloned()
    }
}

/// Where a section stands: below its parent, with a number behind it where something else is there. `numbers` are those
/// that were given away already.
fn placed(
    parent: Option<&SectionPath>,
    term: &Term,
    is_free: &impl Fn(&SectionPath) -> bool,
    numbers: &mut HashMap<String, u32>,
) -> SectionPath {
    let there = wxr::readable(&term.slug);
    let slug = Slug::parse(&there).ok().or_else(|| Slug::of(&there)).or_else(|| Slug::of(&wxr::plain(&term.name)));
    let slug = slug.unwrap_or_else(Slug::untitled);
    // Deeper than sections nest, it stands beside its parent.
    let mut parent = parent.cloned();
    while parent.as_ref().is_some_and(|parent| parent.line().len() >= limits::SECTION_DEPTH) {
        parent = parent.and_then(|parent| parent.parent());
    }
    let below = |slug: &Slug| match &parent {
        Some(parent) => SectionPath::parse(&format!("{parent}/{slug}")).ok(),
        None => SectionPath::parse(slug.as_str()).ok(),
    };
    if let Some(path) = below(&slug).filter(|path| is_free(path)) {
        return path;
    }
    let key = format!("{}/{slug}", parent.as_ref().map_or("", SectionPath::as_str));
    let number = numbers.entry(key).or_insert(1);
    loop {
        *number += 1;
        if let Some(path) = below(&slug.numbered(*number)).filter(|path| is_free(path)) {
            return path;
        }
    }
}

/// What WordPress makes of a login for the address of an author's page: `ann.lee@example.org` is `ann-leeexample-org`.
fn page_of(login: &str) -> String {
    let mut slug = String::new();
    for c in login.chars().take(50).flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' | '_' => slug.push(c),
            '-' | ' ' | '.' | '/' if !slug.ends_with('-') => slug.push('-'),
            _ if !c.is_ascii() && c.is_alphanumeric() => slug.push(c),
            _ => {}
        }
    }
    slug.trim_matches('-').to_owned()
}

fn name_of(user: &WpAuthor) -> String {
    let full = format!("{} {}", user.first_name, user.last_name);
    let names = [wxr::plain(&user.display_name).trim().to_owned(), full.trim().to_owned(), user.login.clone()];
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "Unnamed".into())
}

fn cut(text: &str, most: usize) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().chars().take(most).collect::<String>().trim().to_owned()
}

/// `cy-dow` as a name: `Cy Dow`.
fn words_of(slug: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    slug.split(['-', '_']).filter(|word| !word.is_empty()).map(capital).collect::<Vec<_>>().join(" ")
}

/// The slug, with a number behind it where it was given away.
fn free(slug: Slug, used: &mut BTreeSet<Slug>) -> Slug {
    let numbered = (2..10_000).map(|number| slug.numbered(number));
    let found = std::iter::once(slug.clone()).chain(numbered).find(|slug| !used.contains(slug)).unwrap_or(slug);
    used.insert(found.clone());
    found
}

fn unique(ids: impl Iterator<Item = Id>) -> Vec<Id> {
    ids.fold(Vec::new(), |mut all, id| {
        if !all.contains(&id) {
            all.push(id);
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::super::wxr::{ItemTerm, Meta};
    use super::*;

    fn category(id: i64, slug: &str, parent: &str) -> Term {
        Term { id: Some(id), slug: slug.into(), parent: parent.into(), name: slug.to_uppercase(), ..Term::default() }
    }

    fn names(survey: &Survey) -> Names {
        Names::of(survey, |_| false, Timestamp::UNIX_EPOCH)
    }

    fn survey(categories: Vec<Term>, home: &str) -> Survey {
        let mut survey = Survey::default();
        (survey.categories, survey.home) = (categories, home.into());
        survey
    }

    fn in_categories(slugs: &[&str], link: &str, primary: &str) -> Item {
        let term = |slug: &&str| ItemTerm { taxonomy: "category".into(), slug: (*slug).into(), name: String::new() };
        let meta = Meta { key: "_yoast_wpseo_primary_category".into(), value: primary.into() };
        Item { terms: slugs.iter().map(term).collect(), link: link.into(), meta: vec![meta], ..Item::default() }
    }

    #[test]
    fn categories_nest_as_they_did() {
        let categories = vec![
            category(3, "europe", "politics"),
            category(2, "politics", ""),
            category(4, "record", ""),
            category(5, "a", "b"),
            category(6, "b", "a"),
        ];
        let names = names(&survey(categories, "/blog"));
        let paths: Vec<&str> = names.sections.iter().map(|section| section.path.as_str()).collect();
        assert_eq!(paths, ["politics", "politics/europe", "record-2", "b", "b/a"]);
        assert!(names.led.contains(&("/blog/category/europe/".into(), "/politics/europe/".into())));
        assert!(names.led.contains(&("/blog/category/politics/europe/".into(), "/politics/europe/".into())));
        assert!(names.led.contains(&("/?cat=3".into(), "/politics/europe/".into())));
        assert_eq!(names.category(3), Some(("EUROPE".into(), "/politics/europe/".into())));
    }

    #[test]
    fn the_primary_category_is_the_section_and_the_others_are_kept() {
        let categories = vec![
            category(1, "uncategorized", ""),
            category(2, "politics", ""),
            category(3, "europe", "politics"),
            category(4, "money", ""),
        ];
        let names = names(&survey(categories, ""));
        let of = |slugs: &[&str], link: &str, primary: &str| {
            let (section, others) = names.sections_of(&in_categories(slugs, link, primary));
            let others: Vec<String> = others.iter().map(ToString::to_string).collect();
            format!("{} + {}", section.map(|path| path.to_string()).unwrap_or_default(), others.join(" "))
        };
        assert_eq!(of(&["politics", "money"], "", "4"), "money + politics");
        assert_eq!(of(&["politics", "europe", "money"], "", ""), "politics/europe + money");
        assert_eq!(of(&["money", "politics"], "https://example.org/money/a/", ""), "money + politics");
        assert_eq!(of(&["money", "politics"], "https://money/2024/money/", ""), "politics + money");
        assert_eq!(of(&["uncategorized", "money"], "", ""), "money + uncategorized");
        assert_eq!(of(&[], "", "4"), " + ");
    }

    #[test]
    fn a_page_of_an_author_has_the_address_that_wordpress_gave_it() {
        for (login, slug) in [
            ("ann", "ann"),
            ("Ann Lee", "ann-lee"),
            ("ann.lee@example.org", "ann-leeexample-org"),
            ("ann_lee", "ann_lee"),
        ] {
            assert_eq!(page_of(login), slug);
        }
    }
}
