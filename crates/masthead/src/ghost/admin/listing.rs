//! Articles of any status in Ghost's order, as far as a filter asks for them.
//!
//! What is scheduled stands first, then what is being written, then what is out. Each of these is a range of an index; a
//! filter is asked of each article in memory, as on the site ([`crate::site::library`]).

use std::sync::Arc;

use news::{Id, Kind, Status};
use store::article::{self, Card, DatedRow};
use theme::{Object, Value};

use super::posts::Resource;
use super::shape::{Drawn, status};
use crate::App;
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;
use crate::ghost::filter::{self, Filter, Named};
use crate::site::Post;

/// Articles that a filter looks at, at most.
const DEEPEST: usize = 5_000;
/// Articles that are read at a time.
const CHUNK: usize = 100;
/// Most articles that are changed by one request.
const MOST_AT_ONCE: usize = 1_000;

/// Statuses that stand together, and whether by their date.
const GROUPS: [(&[Status], bool); 3] = [
    (&[Status::Scheduled], true),
    (&[Status::Draft, Status::InReview, Status::Ready, Status::Withdrawn], false),
    (&[Status::Published, Status::Sent], true),
];

/// A page of them, and how many there are in all.
pub async fn page(
    app: &Arc<App>,
    drawn: &Drawn,
    resource: Resource,
    asked: &Parameters,
) -> Result<(Vec<Card>, usize), ApiError> {
    let wrong = |why| ApiError::wrong_filter(resource.name, why);
    let filter = asked.filter(filter::written(), app.now()).map_err(wrong)?;
    let order = asked.order().and_then(|order| filter::order(order, filter::written()));
    let (skip, limit) = (asked.skip(), asked.limit());
    let statuses = filter.as_ref().map_or_else(all_statuses, statuses_of);
    if order.is_none() && filter.as_ref().is_none_or(is_about_status) {
        let mut total = 0;
        for status in &statuses {
            let count = article::count_in(&app.store, resource.kind.word(), status.word()).await?;
            total += count.map_or(0, |row| row.count.max(0) as usize);
        }
        let ids = ids(app, resource.kind, &statuses, skip.saturating_add(limit)).await?;
        let ids: Vec<Id> = ids.into_iter().skip(skip).take(limit).collect();
        return Ok((article::cards(&app.store, &ids).await?, total));
    }
    let mut posts = fitting(app, drawn, resource.kind, &statuses, filter.as_ref()).await?;
    if let Some(order) = order {
        let value = |post: &Arc<Post>| Value::object(Written(post.clone()));
        posts.sort_by(|one, other| filter::compare(&value(one), &value(other), &order));
    }
    let total = posts.len();
    let page = posts.into_iter().skip(skip).take(limit);
    Ok((page.map(|post| card(&post)).collect(), total))
}

/// Every article that a filter fits, for what is done to many: without a filter, none.
pub async fn all(app: &Arc<App>, resource: Resource, asked: &Parameters) -> Result<Vec<Card>, ApiError> {
    let wrong = |why| ApiError::wrong_filter(resource.name, why);
    let Some(filter) = asked.filter(filter::written(), app.now()).map_err(wrong)? else {
        return Err(ApiError::bad_request("What is done to many needs a filter."));
    };
    let drawn = Drawn::of(app).await?;
    let posts = fitting(app, &drawn, resource.kind, &statuses_of(&filter), Some(&filter)).await?;
    if posts.len() > MOST_AT_ONCE {
        return Err(ApiError::bad_request(format!("At most {MOST_AT_ONCE} articles are changed at a time.")));
    }
    let mut cards = Vec::new();
    for post in posts {
        cards.extend(article::by_id(&app.store, &post.article.id).await?);
    }
    Ok(cards)
}

async fn fitting(
    app: &Arc<App>,
    drawn: &Drawn,
    kind: Kind,
    statuses: &[Status],
    filter: Option<&Filter>,
) -> Result<Vec<Arc<Post>>, ApiError> {
    let named = filter.and_then(Filter::named);
    let ids = match named {
        Some(named) => named_ids(app, kind, named).await?,
        None => ids(app, kind, statuses, DEEPEST).await?,
    };
    let mut found = Vec::new();
    for stretch in ids.chunks(CHUNK) {
        let cards = article::cards(&app.store, stretch).await?;
        let cards = cards.into_iter().filter(|card| card.article.kind == kind).collect();
        let posts = drawn.posts(cards).await?;
        let fits = |post: &Arc<Post>| filter.is_none_or(|filter| filter.fits(&Value::object(Written(post.clone()))));
        found.extend(posts.into_iter().filter(fits));
    }
    Ok(found)
}

/// The first so many of these statuses, in the order of the list.
async fn ids(app: &App, kind: Kind, statuses: &[Status], most: usize) -> Result<Vec<Id>, ApiError> {
    let mut ids = Vec::new();
    for (group, by_date) in GROUPS {
        let wanted = most.saturating_sub(ids.len());
        if wanted == 0 {
            break;
        }
        let mut rows: Vec<DatedRow> = Vec::new();
        for status in group.iter().filter(|status| statuses.contains(status)) {
            let (kind, status, most) = (kind.word(), status.word(), wanted as i64);
            rows.extend(match by_date {
                true => article::dated_in(&app.store, kind, status, most).await?,
                false => article::changed_in(&app.store, kind, status, most).await?,
            });
        }
        rows.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
        ids.extend(rows.iter().take(wanted).filter_map(|row| Id::parse(&row.id).ok()));
    }
    Ok(ids)
}

async fn named_ids(app: &App, kind: Kind, named: Named<'_>) -> Result<Vec<Id>, ApiError> {
    let mut ids = Vec::new();
    match named {
        Named::Ids(texts) => ids.extend(texts.into_iter().filter_map(|text| Id::parse(text).ok())),
        Named::Slugs(slugs) => {
            for slug in slugs.into_iter().take(CHUNK) {
                let row = article::id_by_slug(&app.store, kind.word(), slug).await?;
                ids.extend(row.and_then(|row| Id::parse(&row.id).ok()));
            }
        }
    }
    Ok(ids)
}

fn all_statuses() -> Vec<Status> {
    Status::ALL.to_vec()
}

/// The statuses that a filter can fit.
fn statuses_of(filter: &Filter) -> Vec<Status> {
    let musts = filter.musts();
    let words = musts.into_iter().filter(|must| must.field.name == "status").find_map(filter::Comparison::one_of);
    let Some(words) = words else { return all_statuses() };
    all_statuses().into_iter().filter(|known| words.contains(&status(*known))).collect()
}

/// Whether a filter says no more than which statuses are wanted.
fn is_about_status(filter: &Filter) -> bool {
    matches!(filter, Filter::Is(comparison) if comparison.field.name == "status" && comparison.one_of().is_some())
}

fn card(post: &Post) -> Card {
    Card { article: post.article.clone(), derived: post.derived.clone() }
}

/// An article as filters of those who write see it.
struct Written(Arc<Post>);

impl Object for Written {
    fn get(&self, name: &str) -> Option<Value> {
        match name {
            "status" => Some(status(self.0.article.status).into()),
            "email_only" => Some((self.0.article.status == Status::Sent).into()),
            name => self.0.get(name),
        }
    }

    fn names(&self) -> Vec<&str> {
        self.0.names()
    }
}
