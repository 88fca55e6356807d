//! Offices that a person did not hold on the article's date.

use super::reading::Reading;
use super::{Context, Report};
use crate::offices::{Claim, Register};

pub(super) fn wrong(reading: &Reading, context: &Context, report: &mut Report) {
    let (Some(offices), Some(date)) = (context.offices, reading.article.date) else { return };
    for claim in claims(reading, offices) {
        // “In 2019 the Prime Minister, Theresa May, …” tells of that year.
        let history = claim.year.is_some_and(|year| year < date.year());
        let place = claim.title.start.min(claim.name.start)..claim.title.end.max(claim.name.end);
        let verbatim = reading.words_in(&place).any(|at| reading.body.words[at].quoted);
        if history || verbatim {
            continue;
        }
        let (title, name) = (reading.text(claim.title.clone()), reading.text(claim.name.clone()));
        let verdict = offices.verdict(title, name, date);
        if let Some(reason) = verdict.message(title, name, date) {
            let sources: Vec<String> = verdict
                .sources()
                .iter()
                .map(|about| format!("{}, as of {}", about.name, about.snapshot.strftime("%-d %B %Y")))
                .collect();
            report.at(place, format!("{reason} ({})", sources.join("; ")));
        }
    }
}

/// The claims of all paragraphs. In most no office is named, which the words that are cut already tell.
fn claims(reading: &Reading, offices: &Register) -> Vec<Claim> {
    let mut claims = Vec::new();
    for paragraph in &reading.paragraphs {
        let mut words = reading.body.words[reading.words_in(&paragraph.range)].iter();
        if !words.any(|word| offices.may_name_an_office(reading.body.of(word), word.key)) {
            continue;
        }
        let start = paragraph.range.start;
        let placed = |range: std::ops::Range<usize>| range.start + start..range.end + start;
        claims.extend(offices.claims(reading.text(paragraph.range.clone())).into_iter().map(|claim| Claim {
            title: placed(claim.title),
            name: placed(claim.name),
            year: claim.year,
        }));
    }
    claims
}
