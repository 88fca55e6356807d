//! Walks along articles by date, or by change, from any place on: each stretch is one range of one index.

use jiff::Timestamp;
use news::{Id, Kind, Place, Status};

use super::asked::Asked;
use super::collection::By;
use crate::{App, Error};

/// Articles that one question looks at, at most: what lies deeper is not found, and not counted.
pub const DEEPEST: usize = 5_000;
/// Ids that are read at a time.
const STRETCH: i64 = 1_000;

/// In which order articles are looked at.
pub enum Along {
    /// That of a shelf: by date.
    Shelf(Place),
    /// That of changes, the last one first.
    Changes,
}

/// Ids between the dates that are asked for.
pub async fn walk(app: &App, along: &Along, asked: &Asked) -> Result<Vec<Id>, Error> {
    let (after, before) = match along {
        Along::Shelf(_) => (asked.after, asked.before),
        Along::Changes => (asked.modified_after, asked.modified_before),
    };
    let by_date = matches!(asked.by, By::Date | By::Include);
    let oldest_first = matches!(along, Along::Shelf(_)) && by_date && !asked.descending;
    // Beside every id that can share the moment: neither end is part of what lies between.
    let (mut at, mut id, end) = match oldest_first {
        true => (after.unwrap_or(Timestamp::MIN), Id::made(i64::from(u32::MAX), [u8::MAX; 8]), before),
        false => (before.unwrap_or(Timestamp::MAX), Id::made(0, [0; 8]), after),
    };
    let mut ids = Vec::new();
    while ids.len() < DEEPEST {
        let rows = stretch(app, along, (at, &id), !oldest_first).await?;
        let is_last = rows.len() < STRETCH as usize;
        let Some(last) = rows.last().cloned() else { break };
        let within = |at: Timestamp| end.is_none_or(|end| if oldest_first { at < end } else { at > end });
        ids.extend(rows.into_iter().take_while(|(_, at)| within(*at)).map(|(id, _)| id));
        (id, at) = last;
        if is_last || !within(at) {
            break;
        }
    }
    Ok(ids)
}

/// The next ids behind a place of the walk, with the times by which they stand there.
async fn stretch(
    app: &App,
    along: &Along,
    (at, id): (Timestamp, &Id),
    older: bool,
) -> Result<Vec<(Id, Timestamp)>, Error> {
    match along {
        Along::Shelf(place) => Ok(store::shelf::beside(&app.store, place, (at, id), older, STRETCH).await?),
        Along::Changes => {
            let published = store::article::Wanted::In(Kind::Article, Status::Published);
            let rows = store::article::desk(&app.store, published, at.as_millisecond(), id.as_str(), STRETCH).await?;
            let dated = |row: store::article::DeskRow| {
                Some((Id::parse(&row.id).ok()?, Timestamp::from_millisecond(row.updated_at).ok()?))
            };
            Ok(rows.into_iter().filter_map(dated).collect())
        }
    }
}
