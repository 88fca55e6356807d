//! The pattern of a site's addresses. An export does not hold it, but every published post shows it.

use std::collections::HashMap;

use news::Permalink;

use super::address::Address;
use super::wxr::Item;

/// Counts the patterns that the addresses of posts follow.
#[derive(Debug, Default)]
pub struct Patterns {
    counts: HashMap<String, usize>,
    posts: usize,
}

/// Longest link that is looked at, in bytes.
const LONGEST: usize = 2_048;
/// Patterns that are counted; a site has one, and what somebody wrote by hand is rare.
const MOST: usize = 200;

impl Patterns {
    /// Looks at the address of a published post.
    pub fn see(&mut self, item: &Item) {
        if item.link.len() > LONGEST {
            return;
        }
        let Some(pattern) = Address::of(&item.link).and_then(|link| pattern(item, link.path)) else { return };
        self.posts += 1;
        if self.counts.len() < MOST || self.counts.contains_key(&pattern) {
            *self.counts.entry(pattern).or_default() += 1;
        }
    }

    /// The pattern of most posts, if it can be that of new ones.
    pub fn most(&self) -> Option<Permalink> {
        let (pattern, count) =
            self.counts.iter().max_by(|(a, more), (b, less)| more.cmp(less).then_with(|| b.cmp(a)))?;
        (count * 2 > self.posts).then(|| Permalink::parse(pattern).ok()).flatten()
    }
}

/// Reads the words of a pattern out of one address. A number of the post becomes its slug, because numbers here are
/// others.
fn pattern(item: &Item, path: &str) -> Option<String> {
    let slug = item.slug();
    let path = super::wxr::readable(path);
    let date = item.published.local.or(item.published.gmt);
    let categories: Vec<&str> =
        item.terms.iter().filter(|t| t.taxonomy == "category").map(|t| t.slug.as_str()).collect();
    let parts: Vec<&str> = path.trim_matches('/').split('/').filter(|part| !part.is_empty()).collect();
    let (last, before) = parts.split_last()?;
    let mut pattern = Vec::new();
    let mut in_section = false;
    for (at, part) in before.iter().enumerate() {
        let is_date = |value: Option<String>| value.is_some_and(|value| value == *part);
        let word = if is_date(date.map(|date| format!("{:04}", date.year()))) && !pattern.contains(&"{year}".to_owned())
        {
            "{year}".to_owned()
        } else if pattern.last().is_some_and(|last| last == "{year}")
            && is_date(date.map(|d| format!("{:02}", d.month())))
        {
            "{month}".to_owned()
        } else if pattern.last().is_some_and(|last| last == "{month}")
            && is_date(date.map(|d| format!("{:02}", d.day())))
        {
            "{day}".to_owned()
        } else if before[at..].iter().any(|later| categories.contains(later)) {
            // A category stands behind those around it.
            in_section = true;
            continue;
        } else if *part == item.creator {
            "{primary_author}".to_owned()
        } else {
            (*part).to_owned()
        };
        pattern.push(word);
    }
    if in_section {
        let at = pattern.iter().rposition(|part| !part.starts_with('{')).map_or(0, |at| at + 1);
        pattern.insert(at.min(pattern.len()), "{section}".into());
    }
    let number = item.id.map(|id| id.to_string());
    pattern.push(match *last {
        last if last == slug || Some(last.to_owned()) == number => "{slug}".to_owned(),
        last if last.strip_suffix(".html").is_some_and(|stem| stem == slug) => "{slug}".to_owned(),
        _ => return None,
    });
    Some(format!("/{}/", pattern.join("/")))
}

#[cfg(test)]
mod tests {
    use super::super::wxr::{ItemTerm, Moment};
    use super::*;

    fn post(link: &str) -> Item {
        let local = jiff::civil::date(2024, 5, 7).at(9, 0, 0, 0);
        Item {
            id: Some(12),
            link: format!("https://example.org{link}"),
            name: "sea-wall".into(),
            creator: "ann".into(),
            published: Moment { local: Some(local), ..Moment::default() },
            terms: vec![ItemTerm { taxonomy: "category".into(), slug: "harbour".into(), name: "Harbour".into() }],
            ..Item::default()
        }
    }

    #[test]
    fn every_usual_pattern_is_recognised() {
        for (link, expected) in [
            ("/2024/05/07/sea-wall/", "/{year}/{month}/{day}/{slug}/"),
            ("/2024/05/sea-wall/", "/{year}/{month}/{slug}/"),
            ("/sea-wall/", "/{slug}/"),
            ("/sea-wall", "/{slug}/"),
            ("/sea-wall.html", "/{slug}/"),
            ("/harbour/sea-wall/", "/{section}/{slug}/"),
            ("/news/harbour/sea-wall/", "/{section}/{slug}/"),
            ("/archives/12", "/archives/{slug}/"),
            ("/blog/2024/05/sea-wall/", "/blog/{year}/{month}/{slug}/"),
            ("/ann/sea-wall/", "/{primary_author}/{slug}/"),
        ] {
            let mut patterns = Patterns::default();
            patterns.see(&post(link));
            assert_eq!(patterns.most().map(|found| found.as_str().to_owned()).as_deref(), Some(expected), "{link}");
        }
    }

    #[test]
    fn without_a_majority_there_is_no_pattern() {
        let mut patterns = Patterns::default();
        assert_eq!(patterns.most(), None);
        patterns.see(&post("/sea-wall/"));
        patterns.see(&post("/2024/05/sea-wall/"));
        assert_eq!(patterns.most(), None);
        patterns.see(&post("/?p=12"));
        patterns.see(&post("/sea-wall/"));
        assert_eq!(patterns.most().unwrap().as_str(), "/{slug}/");
    }
}
