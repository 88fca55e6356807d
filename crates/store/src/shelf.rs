//! Shelves: the lists on which published articles stand, and how long they are.

use std::collections::HashMap;

use jiff::Timestamp;
use news::{Article, Id, Place};

use crate::article::{parsed_id, time};
use crate::{Batch, Broken, Store};

queries! {
    "shelf";

    /// An article on a shelf.
    row OnShelf { article_id: String, published_at: i64 }

    /// How many.
    row Counted { count: i64 }

    /// A shelf's name.
    row PlaceRow { place: String }

    /// How many articles stand on a shelf, and when that last changed.
    row Tally { place: String, articles: i64, changed_at: i64 }

    all newest_on(place: &str, most: i64, skip: i64) -> OnShelf =
        "SELECT article_id, published_at FROM shelf WHERE place = $1 ORDER BY published_at DESC, article_id DESC LIMIT $2 OFFSET $3";
    all oldest_on(place: &str, most: i64, skip: i64) -> OnShelf =
        "SELECT article_id, published_at FROM shelf WHERE place = $1 ORDER BY published_at, article_id LIMIT $2 OFFSET $3";
    all before_on(place: &str, at: i64, id: &str, most: i64) -> OnShelf =
        "SELECT article_id, published_at FROM shelf WHERE place = $1 AND (published_at, article_id) < ($2, $3) \
         ORDER BY published_at DESC, article_id DESC LIMIT $4";
    all after_on(place: &str, at: i64, id: &str, most: i64) -> OnShelf =
        "SELECT article_id, published_at FROM shelf WHERE place = $1 AND (published_at, article_id) > ($2, $3) \
         ORDER BY published_at, article_id LIMIT $4";
    all since_on(place: &str, since: i64, most: i64) -> OnShelf =
        "SELECT article_id, published_at FROM shelf WHERE place = $1 AND published_at >= $2 ORDER BY published_at DESC, article_id DESC LIMIT $3";
    all between_on(place: &str, from: i64, until: i64, most: i64, skip: i64) -> OnShelf =
        "SELECT article_id, published_at FROM shelf WHERE place = $1 AND published_at >= $2 AND published_at < $3 \
         ORDER BY published_at DESC, article_id DESC LIMIT $4 OFFSET $5";
    one count_between_on(place: &str, from: i64, until: i64, most: i64) -> Counted =
        "SELECT count(*) AS count FROM (SELECT 1 FROM shelf WHERE place = $1 AND published_at >= $2 AND published_at < $3 LIMIT $4) s";
    all of_article(id: &str) -> PlaceRow = "SELECT place FROM shelf WHERE article_id = $1 ORDER BY place";
    one tally(place: &str) -> Tally = "SELECT place, articles, changed_at FROM tally WHERE place = $1";
    all tallies(from: &str, until: &str, most: i64) -> Tally =
        "SELECT place, articles, changed_at FROM tally WHERE place >= $1 AND place < $2 AND articles > 0 ORDER BY place LIMIT $3";

    /// A tally that is not the length of its shelf.
    row WrongTally { place: String, articles: i64, found: i64 }

    /// Every tally that is wrong; there must be none. Counts all shelves: for `masthead verify` only.
    all wrong_tallies() -> WrongTally =
        "SELECT t.place, t.articles, coalesce(s.found, 0) AS found FROM tally t \
         LEFT JOIN (SELECT place, count(*) AS found FROM shelf GROUP BY place) s ON s.place = t.place \
         WHERE t.articles <> coalesce(s.found, 0) ORDER BY t.place LIMIT 100";

    exec put(place: &str, published_at: i64, id: &str) =
        "INSERT INTO shelf (place, published_at, article_id) VALUES ($1, $2, $3)";
    exec clear(id: &str) = "DELETE FROM shelf WHERE article_id = $1";
    exec count_in(place: &str, now: i64) =
        "INSERT INTO tally (place, articles, changed_at) VALUES ($1, 1, $2) \
         ON CONFLICT (place) DO UPDATE SET articles = tally.articles + 1, changed_at = excluded.changed_at";
    exec count_out(place: &str, now: i64) =
        "UPDATE tally SET articles = articles - 1, changed_at = $2 WHERE place = $1";
}

/// Ids of a page of a shelf, newest first, with their dates.
pub async fn newest(store: &Store, place: &Place, most: i64, skip: i64) -> Result<Vec<(Id, Timestamp)>, Broken> {
    dated(newest_on(store, &place.to_string(), most, skip).await?)
}

/// Ids of a page of a shelf, oldest first, with their dates.
pub async fn oldest(store: &Store, place: &Place, most: i64, skip: i64) -> Result<Vec<(Id, Timestamp)>, Broken> {
    dated(oldest_on(store, &place.to_string(), most, skip).await?)
}

/// Ids of a page of a shelf between two moments, newest first.
pub async fn between(
    store: &Store,
    place: &Place,
    (from, until): (Timestamp, Timestamp),
    most: i64,
    skip: i64,
) -> Result<Vec<(Id, Timestamp)>, Broken> {
    let (from, until) = (from.as_millisecond(), until.as_millisecond());
    dated(between_on(store, &place.to_string(), from, until, most, skip).await?)
}

/// How many stand there; no more than `most` are counted.
pub async fn count_between(
    store: &Store,
    place: &Place,
    (from, until): (Timestamp, Timestamp),
    most: i64,
) -> Result<i64, Broken> {
    let (from, until) = (from.as_millisecond(), until.as_millisecond());
    Ok(count_between_on(store, &place.to_string(), from, until, most).await?.map_or(0, |row| row.count))
}

/// Ids of a shelf beside a place on it, the nearest first: what is older, or what is newer.
pub async fn beside(
    store: &Store,
    place: &Place,
    (at, id): (Timestamp, &Id),
    older: bool,
    most: i64,
) -> Result<Vec<(Id, Timestamp)>, Broken> {
    let (place, at, id) = (place.to_string(), at.as_millisecond(), id.as_str());
    dated(match older {
        true => before_on(store, &place, at, id, most).await?,
        false => after_on(store, &place, at, id, most).await?,
    })
}

/// The lengths of all shelves whose name begins so (`tag:`) and on which something stands.
pub async fn counts(store: &Store, kind: &str) -> Result<HashMap<String, i64>, Broken> {
    let until = format!("{};", kind.trim_end_matches(':'));
    let rows = tallies(store, kind, &until, 100_000).await?;
    Ok(rows.into_iter().map(|row| (row.place, row.articles)).collect())
}

/// Ids of a shelf from a moment on, newest first.
pub async fn since(store: &Store, place: &Place, since: Timestamp, most: i64) -> Result<Vec<(Id, Timestamp)>, Broken> {
    dated(since_on(store, &place.to_string(), since.as_millisecond(), most).await?)
}

/// The shelves on which an article stands now.
pub async fn shelves_of(store: &Store, id: &Id) -> Result<Vec<Place>, Broken> {
    let rows = of_article(store, id.as_str()).await?;
    Ok(rows.iter().filter_map(|row| Place::of(&row.place)).collect())
}

/// How many articles stand on a shelf.
pub async fn count(store: &Store, place: &Place) -> Result<i64, Broken> {
    Ok(tally(store, &place.to_string()).await?.map_or(0, |row| row.articles))
}

/// The months that have articles, oldest first, with their number and last change.
pub async fn months(store: &Store) -> Result<Vec<(String, i64, Timestamp)>, Broken> {
    let rows = tallies(store, "month:", "month;", 12 * 400).await?;
    rows.into_iter()
        .map(|row| Ok((row.place.trim_start_matches("month:").to_owned(), row.articles, time(row.changed_at)?)))
        .collect()
}

/// Adds to a batch the move of an article from the shelves where it stands to
/// those where it belongs. Shelves are written in order of name, so that two
/// batches never wait for each other in a circle.
pub fn restock(batch: &mut Batch, article: &Article, before: &[Place], after: &[Place], now: Timestamp) {
    let id = article.id.as_str();
    let now = now.as_millisecond();
    if !before.is_empty() {
        batch.push(clear(id));
    }
    let sorted = |places: &[Place]| {
        let mut names: Vec<String> = places.iter().map(Place::to_string).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let (before, after) = (sorted(before), sorted(after));
    let mut counts: Vec<(&String, bool)> = Vec::new();
    counts.extend(before.iter().filter(|place| !after.contains(place)).map(|place| (place, false)));
    counts.extend(after.iter().filter(|place| !before.contains(place)).map(|place| (place, true)));
    counts.sort_unstable();
    for (place, more) in counts {
        batch.push(if more { count_in(place, now) } else { count_out(place, now) });
    }
    if let Some(published) = article.published_at {
        for place in &after {
            batch.push(put(place, published.as_millisecond(), id));
        }
    }
}

fn dated(rows: Vec<OnShelf>) -> Result<Vec<(Id, Timestamp)>, Broken> {
    rows.into_iter().map(|row| Ok((parsed_id(&row.article_id)?, time(row.published_at)?))).collect()
}
