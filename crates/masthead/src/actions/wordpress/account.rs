//! What an import did, or would do.

use std::collections::{BTreeMap, HashSet};

use import::wordpress::content::Counts;
use news::Id;
use news::aside::What;
use serde_json::{Value, json};

/// Lines of each list that are kept; what comes after is counted.
const MOST_LINES: usize = 10_000;

/// Longest part of a line, in characters; addresses are longer than most.
const LONGEST_LINE: usize = 2_100;

/// Lines of each list that the desk shows at most.
const MOST_KEPT: usize = 500;

/// The account of an import.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Names the import.
    pub run: Option<Id>,
    /// Whether an earlier one was gone on with.
    pub goes_on: bool,
    /// Whether nothing was written.
    pub dry: bool,
    /// The site: `example.org`.
    pub site: String,
    /// Articles that are new here.
    pub articles: u64,
    /// Static pages that are new here.
    pub pages: u64,
    /// How many of both are public, scheduled and so on.
    pub statuses: BTreeMap<&'static str, u64>,
    /// Articles and pages that were changed there and not here, and were written anew.
    pub updated: u64,
    /// As they were when they came.
    pub unchanged: u64,
    /// Changed there and here: they stay as they are here.
    pub edited_here: Vec<String>,
    /// Sections that are new here.
    pub sections: u64,
    /// Tags that are new here.
    pub tags: u64,
    /// Authors that are new here.
    pub authors: u64,
    /// Items of the exports by their types.
    pub items: BTreeMap<String, u64>,
    /// Files of the media library that were brought.
    pub pictures: u64,
    /// Files of the media library that are not here.
    pub missing: Vec<String>,
    /// What is kept aside, by kind.
    pub asides: BTreeMap<What, u64>,
    /// Addresses that lead to where things are now.
    pub redirects: u64,
    /// Public addresses that are not kept: path there, path here, and why.
    pub moved: Vec<(String, String, String)>,
    /// Published and without an address of their own there: headline, path here.
    pub without_link: Vec<(String, String)>,
    /// What of the bodies could not come along as it was.
    pub bodies: Counts,
    /// What was changed on the way: what, how.
    pub notes: Vec<(String, String)>,
    /// What was left out, and why.
    pub skipped: Vec<(String, String)>,
    /// Lines that are not in these lists because they are full.
    pub untold: u64,
    /// Quotations that were found.
    pub statements: u64,
    /// Findings of the desk's checks in what is public, where they were asked for.
    pub findings: u64,
    /// The same by kind.
    pub findings_by_kind: BTreeMap<&'static str, u64>,
    /// Lines of menus that have a place.
    pub menu_lines: u64,
    /// Whether the magazine took over name, zone and addresses.
    pub settings: bool,
    /// The pattern of the site's addresses.
    pub permalink: Option<String>,
    /// The zone of its clock.
    pub timezone: Option<String>,
}

impl Account {
    /// Whether anything was written.
    pub fn is_new(&self) -> bool {
        self.articles + self.pages + self.updated + self.sections + self.tags + self.authors + self.pictures > 0
    }

    /// Says that something was left out.
    pub fn skip(&mut self, what: &str, why: &str) {
        push(&mut self.skipped, (line(what), line(why)), &mut self.untold);
    }

    /// Says that something was changed on the way.
    pub fn note(&mut self, what: &str, how: &str) {
        push(&mut self.notes, (line(what), line(how)), &mut self.untold);
    }

    /// Says that an address is another one here.
    pub fn moves(&mut self, from: &str, to: &str, why: &str) {
        push(&mut self.moved, (line(from), line(to), line(why)), &mut self.untold);
    }

    /// Says that a published one had no address.
    pub fn gets_link(&mut self, headline: &str, to: &str) {
        push(&mut self.without_link, (line(headline), line(to)), &mut self.untold);
    }

    /// Says that one was edited here.
    pub fn keeps(&mut self, headline: &str) {
        push(&mut self.edited_here, line(headline), &mut self.untold);
    }

    /// Says that a file is not here.
    pub fn misses(&mut self, name: &str) {
        push(&mut self.missing, line(name), &mut self.untold);
    }

    /// Says of further files that they are not here.
    pub fn misses_also(&mut self, names: HashSet<String>) {
        let known: HashSet<String> = self.missing.iter().cloned().collect();
        let mut more: Vec<String> = names.difference(&known).cloned().collect();
        more.sort_unstable();
        more.iter().for_each(|name| self.misses(name));
    }

    /// Counts what was kept aside.
    pub fn aside(&mut self, what: What) {
        *self.asides.entry(what).or_default() += 1;
    }

    /// Comments of every kind.
    pub fn comments(&self) -> u64 {
        let not_comments = [What::Rest, What::Item];
        self.asides.iter().filter(|(what, _)| !not_comments.contains(what)).map(|(_, count)| count).sum()
    }

    /// As programs read it.
    pub fn json(&self) -> Value {
        let pairs = |list: &[(String, String)], names: [&str; 2]| -> Vec<Value> {
            list.iter().map(|(a, b)| json!({ names[0]: a, names[1]: b })).collect()
        };
        let moved: Vec<Value> =
            self.moved.iter().map(|(from, to, why)| json!({ "from": from, "to": to, "why": why })).collect();
        let aside = |what: What| self.asides.get(&what).copied().unwrap_or_default();
        let mut value = json!({
            "run": self.run, "dry_run": self.dry, "goes_on": self.goes_on, "site": self.site,
            "articles": self.articles, "pages": self.pages, "statuses": self.statuses,
            "updated": self.updated, "unchanged": self.unchanged, "edited_here": self.edited_here,
            "sections": self.sections, "tags": self.tags, "authors": self.authors, "items": self.items,
            "pictures": self.pictures, "pictures_missing": self.missing,
            "comments": self.comments(),
            "comments_by_kind": {
                "public": aside(What::Comment), "held_back": aside(What::CommentHeld), "pingbacks": aside(What::Pingback),
                "live_entries": aside(What::LiveEntry), "desk_notes": aside(What::Note),
                "other": aside(What::OtherComment),
            },
            "redirects": self.redirects, "kept_as_other": aside(What::Item),
        });
        let more = json!({
            "moved": moved, "without_link": pairs(&self.without_link, ["headline", "path"]),
            "shortcodes_unwrapped": self.bodies.shortcodes, "shortcodes_unknown": self.bodies.unknown_shortcodes,
            "blocks_unknown": self.bodies.unknown_blocks, "blocks_dropped": self.bodies.dropped_blocks,
            "notes": pairs(&self.notes, ["what", "note"]), "skipped": pairs(&self.skipped, ["what", "why"]),
            "untold": self.untold, "statements": self.statements, "findings": self.findings, "findings_by_kind": self.findings_by_kind,
            "menu_lines": self.menu_lines, "settings": self.settings, "permalink": self.permalink,
            "timezone": self.timezone,
        });
        if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        value
    }
    /// As it is kept for the desk: of each list so many lines as somebody may read; the rest is counted.
    pub fn kept_json(&self) -> Value {
        let mut value = self.json();
        let mut untold = self.untold;
        for list in
            value.as_object_mut().into_iter().flat_map(|fields| fields.values_mut()).filter_map(Value::as_array_mut)
        {
            untold += list.len().saturating_sub(MOST_KEPT) as u64;
            list.truncate(MOST_KEPT);
        }
        value["untold"] = untold.into();
        value
    }
}

/// What is told comes from foreign files, and is as long as whoever wrote them liked.
fn line(text: &str) -> String {
    let cut: String = text.chars().take(LONGEST_LINE).collect();
    if cut.len() < text.len() { cut + "…" } else { cut }
}

fn push<T>(list: &mut Vec<T>, line: T, untold: &mut u64) {
    if list.len() < MOST_LINES {
        list.push(line);
    } else {
        *untold += 1;
    }
}
