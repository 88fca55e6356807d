//! Where articles stand that come: at the addresses that they had, or at others, which are told.

use std::collections::{HashMap, HashSet};

use jiff::tz::TimeZone;
use news::permalink::Names as Primary;
use news::{Article, Kind, Permalink, Status};

use super::{Account, Run};
use crate::actions::publish::{Stands, addressed, what_stands_at};
use crate::actions::{ActError, names};
use crate::site::route::{self, List, Route};

/// Most numbers tried behind a slug whose address is taken.
const NUMBERS: u32 = 10_000;

/// What this import has given away so far, and may not have written yet.
pub struct Places {
    /// The pattern that gives new articles their addresses; none where routes do.
    pattern: Option<Permalink>,
    zone: TimeZone,
    paths: HashSet<String>,
    slugs: HashSet<(Kind, String)>,
    /// The last number behind a slug.
    numbers: HashMap<(Kind, String), u32>,
}

impl Places {
    /// None are given away yet.
    pub fn of(pattern: Option<Permalink>, zone: TimeZone) -> Places {
        Places { pattern, zone, paths: HashSet::new(), slugs: HashSet::new(), numbers: HashMap::new() }
    }

    /// Takes a path that is nobody's; false where it was somebody's in this import.
    pub fn take(&mut self, path: &str) -> bool {
        self.paths.insert(path.to_owned())
    }

    /// Gives an article a slug that no other has.
    pub async fn with_slug(&mut self, run: &Run<'_>, mut article: Article) -> Result<Article, ActError> {
        let wanted = article.slug.clone();
        loop {
            let number = self.numbers.entry((article.kind, wanted.to_string())).or_insert(0);
            *number += 1;
            article.slug = if *number == 1 { wanted.clone() } else { wanted.numbered(*number) };
            if self.has_slug_free(run, &article).await? {
                self.slugs.insert((article.kind, article.slug.to_string()));
                return Ok(article);
            }
        }
    }

    async fn has_slug_free(&self, run: &Run<'_>, article: &Article) -> Result<bool, ActError> {
        let (kind, slug) = (article.kind, article.slug.as_str());
        let is_mine = !self.slugs.contains(&(kind, slug.to_owned()));
        Ok(is_mine && store::article::id_by_slug(&run.app.store, kind.word(), slug).await?.is_none())
    }

    /// Leaves a published article at the path that it had, where that is free. Else it has none, and the reason is told.
    pub async fn keep(&mut self, run: &Run<'_>, article: &mut Article) -> Result<Option<&'static str>, ActError> {
        let Some(path) = article.path.clone().filter(|_| article.status == Status::Published) else { return Ok(None) };
        if let Some(why) = self.in_the_way(run, &path).await? {
            article.path = None;
            return Ok(Some(why));
        }
        let pattern = self.pattern.as_ref().filter(|pattern| !pattern.as_str().contains("{primary"));
        let nobody = Primary { primary_tag: None, primary_author: None };
        let when = article.published_at.unwrap_or(article.updated_at);
        let by_pattern = pattern.map(|pattern| pattern.path(article, &article.slug, when, &self.zone, &nobody));
        // One beyond ASCII was spelt in another way there.
        article.extras.keeps_address = by_pattern.as_ref() != Some(&path) || path.contains('%');
        self.paths.insert(path);
        Ok(None)
    }

    /// Finds a published article without a path another: that of the pattern, or of routes. What waits must be written.
    pub async fn find(&mut self, run: &Run<'_>, article: Article) -> Result<Article, ActError> {
        let article = match &self.pattern {
            Some(pattern) => self.by_pattern(run, pattern, article).await?,
            None => addressed(run.app, article).await?,
        };
        self.slugs.insert((article.kind, article.slug.to_string()));
        self.paths.extend(article.path.clone());
        Ok(article)
    }

    async fn by_pattern(&self, run: &Run<'_>, pattern: &Permalink, mut article: Article) -> Result<Article, ActError> {
        let when = article.published_at.unwrap_or(article.updated_at);
        let (tag, author) = names::primary(run.app, &article).await?;
        let primary = Primary { primary_tag: tag.as_deref(), primary_author: author.as_deref() };
        let wanted = article.slug.clone();
        for number in 1..NUMBERS {
            article.slug = if number == 1 { wanted.clone() } else { wanted.numbered(number) };
            let path = pattern.path(&article, &article.slug, when, &self.zone, &primary);
            // The wanted slug is this article's own by now.
            if self.in_the_way(run, &path).await?.is_none()
                && (number == 1 || self.has_slug_free(run, &article).await?)
            {
                article.path = Some(path);
                return Ok(article);
            }
        }
        Err(ActError::Field(format!("every address like {wanted} is taken")))
    }

    /// Why an article cannot stand at a path.
    pub async fn in_the_way(&self, run: &Run<'_>, path: &str) -> Result<Option<&'static str>, ActError> {
        if route::is_the_programs(path) {
            return Ok(Some("the program keeps this address for itself"));
        }
        if self.paths.contains(path) {
            return Ok(Some(SOMETHING));
        }
        match what_stands_at(run.app, path).await? {
            Some(Stands::Article(_)) => return Ok(Some(SOMETHING)),
            Some(Stands::Section) => return Ok(Some("a section stands there")),
            None => {}
        }
        let has_list = match route::route(path) {
            Route::List(List::Tag(slug), _) => store::tag::by_slug(&run.app.store, &slug).await?.is_some(),
            Route::List(List::Author(slug), _) => store::author::by_slug(&run.app.store, &slug).await?.is_some(),
            _ => false,
        };
        Ok(has_list.then_some("a list of articles stands there"))
    }
}

const SOMETHING: &str = "something else stands, or once stood, there";

/// Tells of an article that could not stand where it had stood; `lost` is a path that is none here.
pub fn tell(account: &mut Account, article: &Article, there: Option<(&str, &str)>, lost: Option<&str>) {
    let here = article.path.as_deref().unwrap_or_default();
    match (there, lost) {
        (Some((there, why)), _) => account.moves(there, here, why),
        (None, Some(lost)) => account.moves(lost, here, "this can be no address of the magazine"),
        (None, None) => account.gets_link(article.headline.as_str(), here),
    }
}
