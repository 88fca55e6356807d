//! Shortcodes: `[gallery ids="1,2"]`, `[caption]…[/caption]`, and what page builders leave behind.
//!
//! Those of WordPress itself become cards, and so do films named by the shortcodes of their sites. Those of page builders
//! and themes are taken away from around their text. Any other stays in the text as it stood, and is counted.

mod attributes;
mod builders;
mod media;
mod raw;

use std::collections::HashMap;

pub(super) use self::attributes::Attributes;
use super::find::Find;
use super::limits::MAX_SHORTCODE_DEPTH;
use super::tags::escaped;
use super::{Work, count};

/// A shortcode in a text.
pub(super) struct Shortcode<'t> {
    pub name: &'t str,
    pub attributes: Attributes,
    /// What stands between it and its end; `None` when it has none.
    pub content: Option<&'t str>,
}

/// An opening tag.
struct Opening<'t> {
    name: &'t str,
    attributes: &'t str,
    closes_itself: bool,
    end: usize,
}

/// Whose shortcode it is.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    WordPress,
    Site,
    Builder,
    Nobody,
}

/// Replaces shortcodes by what they show.
pub(super) fn replace(text: &str, work: &mut Work<'_>) -> String {
    replace_at(text, work, 0)
}

fn replace_at(text: &str, work: &mut Work<'_>, depth: usize) -> String {
    if !text.contains('[') {
        return text.to_owned();
    }
    Scan { text, find: Find::in_text(text), places: Places::of(text), out: String::with_capacity(text.len()), depth }
        .run(work)
}

/// Where the tags of each name stand.
#[derive(Default)]
struct Places<'t> {
    begins: HashMap<&'t str, Vec<usize>>,
    ends: HashMap<&'t str, Vec<usize>>,
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Places<'t> {
        let mut places = Places::default();
        for (at, _) in text.match_indices('[') {
            let rest = &text[at + 1..];
            let (name, list) = match rest.strip_prefix('/') {
                Some(rest) => (name_at(rest), &mut places.ends),
                None => (name_at(rest), &mut places.begins),
            };
            let is_end = || text[at + 2 + name.len()..].starts_with(']');
            if !name.is_empty() && (!rest.starts_with('/') || is_end()) {
                list.entry(name).or_default().push(at);
            }
        }
        places
    }

    /// Where a shortcode ends that opened before `from`. With another of its name in between, that end is not its own,
    /// and the text up to there is nobody's.
    fn end(&self, name: &str, from: usize) -> Option<usize> {
        let next = |places: &HashMap<&str, Vec<usize>>| {
            let places = places.get(name)?;
            places.get(places.partition_point(|at| *at < from)).copied()
        };
        let end = next(&self.ends)?;
        next(&self.begins).is_none_or(|begin| begin > end).then_some(end)
    }
}

/// The name that a text begins with.
fn name_at(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(text.len());
    &text[..end]
}

struct Scan<'t> {
    text: &'t str,
    find: Find<'t>,
    places: Places<'t>,
    out: String,
    depth: usize,
}

impl<'t> Scan<'t> {
    fn run(mut self, work: &mut Work<'_>) -> String {
        let mut at = 0;
        while let Some(next) = self.text[at..].find(['[', '<']).map(|next| at + next) {
            self.out.push_str(&self.text[at..next]);
            at = if self.text[next..].starts_with('<') { self.tag(next, work) } else { self.bracket(next, work) };
        }
        self.out.push_str(&self.text[at..]);
        self.out
    }

    /// Passes over a tag or comment of HTML. A shortcode in an attribute can be no card: it goes, unless nobody knows it.
    fn tag(&mut self, at: usize, work: &mut Work<'_>) -> usize {
        let rest = &self.text[at..];
        let end = if rest.starts_with("<!--") {
            self.find.after(at, "-->").map(|end| end + 3)
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            self.find.after(at, ">").map(|end| end + 1)
        } else {
            None
        };
        let Some(end) = end else {
            self.out.push('<');
            return at + 1;
        };
        let tag = &self.text[at..end];
        if rest.starts_with("<!--") || !tag.contains('[') {
            self.out.push_str(tag);
            return end;
        }
        let mut from = at;
        while let Some(next) = self.text[from..end].find('[').map(|next| from + next) {
            self.out.push_str(&self.text[from..next]);
            let known = self.opening(next).filter(|opening| opening.end <= end && owner(opening.name) != Owner::Nobody);
            match known {
                Some(opening) => {
                    count(&mut work.report.counts.shortcodes, opening.name);
                    from = opening.end;
                }
                None => {
                    self.out.push('[');
                    from = next + 1;
                }
            }
        }
        self.out.push_str(&self.text[from..end]);
        end
    }

    /// What begins with a bracket. Says where the text goes on.
    fn bracket(&mut self, at: usize, work: &mut Work<'_>) -> usize {
        if let Some(end) = self.escaped(at) {
            return end;
        }
        if let Some(end) = self.closing(at) {
            return end;
        }
        let Some(opening) = self.opening(at) else {
            self.out.push('[');
            return at + 1;
        };
        let owner = owner(opening.name);
        let (content, end) = self.content(&opening);
        let content = content.map(|(from, to)| &self.text[from..to]);
        if owner == Owner::Nobody {
            self.count_unknown(&opening, content.is_some(), work);
            self.out.push('[');
            return at + 1;
        }
        // What stands in a caption or between the tags of a player may hold others.
        let inside = content
            .filter(|content| owner != Owner::Builder && self.depth < MAX_SHORTCODE_DEPTH && content.contains('['))
            .map(|content| replace_at(content, work, self.depth + 1));
        let code = Shortcode {
            name: opening.name,
            attributes: Attributes::read(opening.attributes),
            content: inside.as_deref().or(content),
        };
        let shown = match owner {
            Owner::WordPress => media::shown(&code, work),
            Owner::Site => media::site(&code, work).map(|shown| (shown, true)),
            Owner::Builder => {
                count(&mut work.report.counts.shortcodes, code.name);
                Some(builders::shown(&code, work))
            }
            Owner::Nobody => None,
        };
        let Some((shown, takes_content)) = shown else {
            count(&mut work.report.counts.unknown_shortcodes, opening.name);
            self.out.push('[');
            return at + 1;
        };
        self.out.push_str(&shown);
        if !takes_content {
            return opening.end;
        }
        let marks = inside.as_deref().map(super::marks::only).unwrap_or_default();
        if !super::marks::only(&shown).contains(&marks) {
            self.out.push_str(&marks);
        }
        end
    }

    /// `[[gallery]]` is how one writes `[gallery]`.
    fn escaped(&mut self, at: usize) -> Option<usize> {
        self.text[at..].starts_with("[[").then_some(())?;
        let opening = self.opening(at + 1).filter(|opening| owner(opening.name) != Owner::Nobody)?;
        let end = match self.text[opening.end..].starts_with(']') {
            true => opening.end,
            false => self.content(&opening).1,
        };
        self.text[end..].starts_with(']').then_some(())?;
        // Nothing in it is set in curly marks.
        self.out.push_str(&self.text[at + 1..end].replace('"', "&quot;").replace('\'', "&#39;"));
        Some(end + 1)
    }

    /// The end of a builder's shortcode, which was unwrapped already.
    fn closing(&mut self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix("[/")?;
        let name = name_at(rest);
        rest[name.len()..].starts_with(']').then_some(())?;
        (owner(name) == Owner::Builder).then_some(())?;
        self.out.push_str(builders::after(name));
        Some(at + 3 + name.len())
    }

    fn opening(&mut self, at: usize) -> Option<Opening<'t>> {
        let name = name_at(&self.text[at + 1..]);
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(())?;
        let begin = at + 1 + name.len();
        let end = self.find.after(begin, "]")?;
        let attributes = &self.text[begin..end];
        // One that was never closed runs on to the next of its kind.
        if attributes.contains(&self.text[at..begin]) {
            return None;
        }
        let closes_itself = attributes.ends_with('/');
        Some(Opening { name, attributes: attributes.trim_end_matches('/'), closes_itself, end: end + 1 })
    }

    /// Where the content of a shortcode stands, and where the whole ends.
    fn content(&self, opening: &Opening<'t>) -> (Option<(usize, usize)>, usize) {
        match self.places.end(opening.name, opening.end).filter(|_| !opening.closes_itself) {
            Some(end) => (Some((opening.end, end)), end + opening.name.len() + 3),
            None => (None, opening.end),
        }
    }

    /// Counts what is a shortcode for sure: people write `[sic]` and `[1]` too.
    fn count_unknown(&self, opening: &Opening<'t>, has_content: bool, work: &mut Work<'_>) {
        let near = &opening.attributes[..opening.attributes.floor_char_boundary(NEAR)];
        let is_sure = opening.closes_itself
            || has_content
            || opening.name.contains('_')
            || near.starts_with(' ') && near.contains('=');
        if is_sure {
            count(&mut work.report.counts.unknown_shortcodes, opening.name);
        }
    }
}

/// How far into its attributes a shortcode is known by an `=`.
const NEAR: usize = 200;

fn owner(name: &str) -> Owner {
    if media::CORE.contains(&name) {
        Owner::WordPress
    } else if media::is_site(name) {
        Owner::Site
    } else if builders::is_one(name) {
        Owner::Builder
    } else {
        Owner::Nobody
    }
}

/// A text as HTML in a paragraph of its own; nothing for an empty one.
fn paragraph(element: &str, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() { String::new() } else { format!("\n\n<{element}>{}</{element}>\n\n", escaped_once(text)) }
}

/// A text that may hold references and tags already.
fn escaped_once(text: &str) -> String {
    if text.contains(['&', '<']) { text.to_owned() } else { escaped(text) }
}

#[cfg(test)]
mod tests;
