//! What must be given with every article: byline, date, section, standfirst.

use super::reading::Reading;
use super::{Context, Report};

pub(super) fn byline(reading: &Reading, _: &Context, report: &mut Report) {
    if is_empty(reading.article.byline) && !has_byline_in_text(reading) {
        report.whole("nobody signs this article: a byline, or “Staff”, tells readers who answers for it");
    }
}

pub(super) fn date(reading: &Reading, _: &Context, report: &mut Report) {
    if reading.article.date.is_none() {
        report.whole("this article has no date of publication");
    }
}

pub(super) fn section(reading: &Reading, _: &Context, report: &mut Report) {
    if is_empty(reading.article.section) {
        report.whole("this article stands in no section");
    }
}

pub(super) fn standfirst(reading: &Reading, _: &Context, report: &mut Report) {
    if is_empty(reading.article.standfirst) {
        report.whole("this article has no standfirst");
    }
}

fn is_empty(given: Option<&str>) -> bool {
    given.is_none_or(|given| given.trim().is_empty())
}

/// `By Ada Thorne` on a line of its own near the top, as in pasted copy.
fn has_byline_in_text(reading: &Reading) -> bool {
    reading.article.text.lines().take(12).any(|line| {
        let mut words = line.split_whitespace();
        matches!(words.next(), Some("By" | "BY"))
            && words.clone().next().is_some_and(|name| name.starts_with(char::is_uppercase))
            && (2..=8).contains(&words.count())
            && !line.trim_end().ends_with(['.', '!', '?', ':'])
    })
}
