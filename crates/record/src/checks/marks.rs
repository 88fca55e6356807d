//! Quotation marks that lack a partner.

use super::reading::Reading;
use super::{Context, Report};
use crate::geometry::{Lost, Side};

/// Bytes of text that a finding shows, at most.
const SHOWN: usize = 80;

pub(super) fn missing_open(reading: &Reading, _: &Context, report: &mut Report) {
    lost(reading, Side::Open, "this quotation is closed but was never opened", report);
}

pub(super) fn missing_close(reading: &Reading, _: &Context, report: &mut Report) {
    lost(reading, Side::Close, "this quotation is opened but never closed", report);
}

fn lost(reading: &Reading, side: Side, message: &str, report: &mut Report) {
    for lost in reading.geometry.lost.iter().filter(|lost| lost.side == side) {
        let range = match side {
            Side::Open => lost.at..lost.partner.end,
            Side::Close => lost.partner.start..lost.at,
        };
        let shown = clip(reading, range, side);
        report.fix(shown, message, lost.at..lost.at, mark(reading, lost));
    }
}

/// The part of a long passage at the lost mark, whole characters.
fn clip(reading: &Reading, range: std::ops::Range<usize>, side: Side) -> std::ops::Range<usize> {
    let text = reading.article.text;
    match side {
        Side::Open => range.start..text.ceil_char_boundary(range.end.min(range.start + SHOWN)),
        Side::Close => text.floor_char_boundary(range.start.max(range.end.saturating_sub(SHOWN)))..range.end,
    }
}

/// The mark that answers the partner: the other half of its shape.
fn mark(reading: &Reading, lost: &Lost) -> String {
    let turn = |char| match (char, lost.side) {
        ('“' | '”' | '„' | '‟', Side::Open) => '“',
        ('“' | '”' | '„' | '‟', Side::Close) => '”',
        ('‘' | '’' | '‚' | '‛', Side::Open) => '‘',
        ('‘' | '’' | '‚' | '‛', Side::Close) => '’',
        (other, _) => other,
    };
    reading.text(lost.partner.clone()).chars().map(turn).collect()
}
