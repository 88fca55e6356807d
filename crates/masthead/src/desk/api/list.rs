//! Parts of long lists: a cursor names the last line that was seen.

use serde::Deserialize;
use utoipa::IntoParams;

use super::shape::Page;

/// Lines of a part, unless fewer are asked for.
pub const LINES: i64 = 50;
/// Most lines of a part.
pub const MOST: i64 = 100;

/// What every list takes.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Words to be looked for.
    pub q: Option<String>,
    /// Where to go on.
    pub cursor: Option<String>,
    /// How many lines.
    pub limit: Option<i64>,
}

impl Asked {
    /// How many lines are asked for.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(LINES).clamp(1, MOST)
    }

    /// The words that are looked for; empty for all.
    pub fn words(&self) -> &str {
        self.q.as_deref().unwrap_or_default().trim()
    }

    /// Behind which line of a list by name: name and id.
    pub fn after_name(&self) -> (String, String) {
        let (id, name) = self.cursor.as_deref().and_then(|cursor| cursor.split_once(' ')).unwrap_or_default();
        (name.to_owned(), id.to_owned())
    }

    /// Before which line of a list by time, the newest first: time and id.
    pub fn before_time(&self) -> (i64, String) {
        let seen = self.cursor.as_deref().and_then(|cursor| cursor.split_once(' '));
        seen.and_then(|(id, at)| Some((at.parse().ok()?, id.to_owned()))).unwrap_or((i64::MAX, String::new()))
    }
}

/// The cursor of a line: its id, and by what the list is ordered.
pub fn cursor(id: &str, by: impl std::fmt::Display) -> String {
    format!("{id} {by}")
}

/// A part of a list. One line more than asked was looked up, to know whether it goes on.
pub fn part<T>(mut lines: Vec<T>, limit: i64, cursor: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
    let goes_on = lines.len() as i64 > limit;
    lines.truncate(usize::try_from(limit).unwrap_or(0));
    let next = goes_on.then(|| lines.last().map(cursor)).flatten();
    (lines, next)
}

/// A part that holds all there is.
pub fn page<T>(items: Vec<T>, next: Option<String>) -> axum::Json<Page<T>> {
    axum::Json(Page { items, next })
}
