//! Menus. Which of them was the main one, an export does not say; its name mostly does.

use std::collections::{BTreeMap, BTreeSet};

use news::settings::{Link, is_menu_address};

use super::content;
use super::wxr::{Item, plain};

/// What a line of a menu leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A post or page, by its number.
    Item(i64),
    /// A category, by its number.
    Category(i64),
    /// A tag, by its number.
    Tag(i64),
    /// An address.
    Address(String),
}

/// A line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    id: i64,
    order: i64,
    parent: i64,
    label: String,
    target: Target,
}

/// All menus of a site.
#[derive(Debug, Default)]
pub struct Menus {
    names: BTreeMap<String, String>,
    lines: BTreeMap<String, Vec<Line>>,
}

/// Most lines of all menus.
const MOST: usize = 2_000;
/// Longest text and address of a line, in characters.
const LONGEST_TEXT: usize = 1_000;
/// Most lines of a menu here.
const LONGEST: usize = 50;

/// What menus say: the main one, the one at the foot, and how many lines have no place in either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// The main menu.
    pub navigation: Vec<Link>,
    /// The menu at the foot.
    pub secondary: Vec<Link>,
    /// Lines below other lines, and those of further menus.
    pub left_out: usize,
}

impl Menus {
    /// What a menu is called.
    pub fn name(&mut self, slug: &str, name: &str) {
        if self.names.len() < MOST {
            self.names.insert(short(slug), short(name));
        }
    }

    /// Keeps a line.
    pub fn keep(&mut self, item: &Item) {
        let Some(menu) = item.terms.iter().find(|term| term.taxonomy == "nav_menu") else { return };
        if self.lines.values().map(Vec::len).sum::<usize>() >= MOST {
            return;
        }
        let number = |key: &str| item.meta(key).and_then(|value| value.trim().parse::<i64>().ok()).unwrap_or_default();
        let object = number("_menu_item_object_id");
        let target = match (item.meta("_menu_item_type"), item.meta("_menu_item_object")) {
            (Some("post_type"), _) => Target::Item(object),
            (Some("taxonomy"), Some("category")) => Target::Category(object),
            (Some("taxonomy"), Some("post_tag")) => Target::Tag(object),
            _ => Target::Address(short(item.meta("_menu_item_url").unwrap_or_default())),
        };
        let line = Line {
            id: item.id.unwrap_or_default(),
            order: item.menu_order,
            parent: number("_menu_item_menu_item_parent"),
            label: short(&content::title(&item.title)),
            target,
        };
        let slug = short(&menu.slug);
        self.names.entry(slug.clone()).or_insert_with(|| short(&plain(&menu.name)));
        self.lines.entry(slug).or_default().push(line);
    }

    /// The numbers of posts and pages that lines lead to.
    pub fn wanted(&self) -> BTreeSet<i64> {
        let all = self.lines.values().flatten();
        all.filter_map(|line| if let Target::Item(id) = line.target { Some(id) } else { None }).collect()
    }

    /// Gives menus their places. `found` says the name and address of what a line leads to.
    pub fn placed(&self, found: impl Fn(&Target) -> Option<(String, String)>) -> Placed {
        let mut all: Vec<(&String, Vec<Link>, usize)> = Vec::new();
        let mut placed = Placed::default();
        for (slug, lines) in &self.lines {
            let mut lines: Vec<&Line> = lines.iter().collect();
            lines.sort_by_key(|line| (line.order, line.id));
            lines.dedup_by_key(|line| (line.order, line.id));
            let ids: BTreeSet<i64> = lines.iter().map(|line| line.id).collect();
            let (top, below): (Vec<&Line>, Vec<&Line>) =
                lines.into_iter().partition(|line| !ids.contains(&line.parent) || line.parent == line.id);
            placed.left_out += below.len();
            let links: Vec<Link> = top
                .into_iter()
                .filter_map(|line| {
                    let (name, url) = found(&line.target)?;
                    let label = if line.label.is_empty() { name } else { line.label.clone() };
                    (is_menu_address(&url) && !label.is_empty()).then_some(Link { label, url })
                })
                .collect();
            let more = links.len().saturating_sub(LONGEST);
            placed.left_out += more;
            all.push((slug, links.into_iter().take(LONGEST).collect(), more));
        }
        let says = |slug: &String, words: &[&str]| {
            let name = format!("{slug} {}", self.names.get(slug).map_or("", String::as_str)).to_lowercase();
            words.iter().any(|word| name.contains(word))
        };
        let is_foot = |slug: &String| says(slug, &["foot", "secondary", "bottom", "legal", "utility"]);
        let is_social = |slug: &String| says(slug, &["social", "mobile", "test"]);
        let main = all
            .iter()
            .filter(|(slug, links, _)| !links.is_empty() && !is_foot(slug))
            .max_by_key(|(slug, links, _)| {
                (says(slug, &["main", "primary", "header", "top"]), !is_social(slug), links.len())
            })
            .map(|(slug, ..)| (*slug).clone());
        let foot = all
            .iter()
            .filter(|(slug, links, _)| !links.is_empty() && is_foot(slug))
            .max_by_key(|(_, links, _)| links.len())
            .map(|(slug, ..)| (*slug).clone());
        for (slug, links, _) in all {
            if Some(slug) == main.as_ref() {
                placed.navigation = links;
            } else if Some(slug) == foot.as_ref() {
                placed.secondary = links;
            } else {
                placed.left_out += links.len();
            }
        }
        placed
    }
}

fn short(text: &str) -> String {
    text.trim().chars().take(LONGEST_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::super::wxr::{ItemTerm, Meta};
    use super::*;

    fn line(menu: &str, id: i64, parent: i64, label: &str, meta: &[(&str, &str)]) -> Item {
        let meta = meta.iter().map(|(key, value)| Meta { key: (*key).into(), value: (*value).into() });
        let parent = Meta { key: "_menu_item_menu_item_parent".into(), value: parent.to_string() };
        Item {
            id: Some(id),
            menu_order: id,
            title: label.into(),
            terms: vec![ItemTerm { taxonomy: "nav_menu".into(), slug: menu.into(), name: menu.into() }],
            meta: meta.chain([parent]).collect(),
            ..Item::default()
        }
    }

    #[test]
    fn the_main_menu_goes_to_the_top_and_its_lines_say_where_they_lead() {
        let mut menus = Menus::default();
        menus.keep(&line("footer", 1, 0, "Legal", &[("_menu_item_type", "custom"), ("_menu_item_url", "/legal/")]));
        let about = [("_menu_item_type", "post_type"), ("_menu_item_object", "page"), ("_menu_item_object_id", "7")];
        menus.keep(&line("primary", 3, 0, "", &about));
        let politics =
            [("_menu_item_type", "taxonomy"), ("_menu_item_object", "category"), ("_menu_item_object_id", "2")];
        menus.keep(&line("primary", 2, 0, "Politics", &politics));
        menus.keep(&line("primary", 4, 3, "Below", &about));
        menus.keep(&line("primary", 5, 0, "Bad", &[("_menu_item_url", "javascript:alert(1)")]));
        let placed = menus.placed(|target| match target {
            Target::Item(7) => Some(("About".into(), "/about/".into())),
            Target::Category(2) => Some(("Politics & law".into(), "/politics/".into())),
            Target::Address(url) => Some((String::new(), url.clone())),
            _ => None,
        });
        let link = |label: &str, url: &str| Link { label: label.into(), url: url.into() };
        assert_eq!(placed.navigation, [link("Politics", "/politics/"), link("About", "/about/")]);
        assert_eq!(placed.secondary, [link("Legal", "/legal/")]);
        assert_eq!(placed.left_out, 1);
        assert_eq!(menus.wanted().into_iter().collect::<Vec<_>>(), [7]);
    }
}
