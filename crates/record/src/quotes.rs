//! Quotations of an article, each with its speaker.

use std::ops::Range;

use jiff::civil::Date;

use crate::choose::{Choice, choices};
use crate::form::answers;
use crate::holders::Holders;
use crate::lexicon::{key, kind};
use crate::mention::Kind as Mentioned;
use crate::model::Weights;
use crate::occasion::{Occasion, occasion};
use crate::people::People;
use crate::reading::Reading;
use crate::reported::reports;
use crate::text::Article;

/// How much of a statement stands in marks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Whole clauses or sentences in marks.
    Direct,
    /// A fragment in marks within the writer's own sentence.
    Partial,
    /// None of it: the writer's words for what was said.
    Indirect,
}

/// What somebody said, as the article prints it. All places are bytes of the article's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// What was said, without the outer marks; several pieces if the writer comes between.
    pub spans: Vec<Range<usize>>,
    /// The mention of the speaker that the statement hangs on; empty if there is none.
    pub speaker: Vec<Range<usize>>,
    /// The verb of saying; empty if there is none.
    pub cue: Vec<Range<usize>>,
    /// The speaker's fullest name in the article. None for those it does not name.
    pub name: Option<String>,
    /// How much of it stands in marks.
    pub kind: Kind,
    /// How likely passage and speaker are right, from 0 to 1.
    pub confidence: f32,
    /// Whether only a pattern of words says so: reported speech, which nobody should publish unchecked.
    pub reported: bool,
    /// To whom, where and when, as far as the sentence tells.
    pub occasion: Occasion,
}

/// A passage that is likelier something else than a quotation is left out.
const LEAST_QUOTATION: f32 = 0.5;

/// The confidence of an answer in a transcript.
const ANSWER: f32 = 0.9;

/// The confidence of reported speech: about what others measured for such patterns.
const REPORT: f32 = 0.6;

/// The quotations of an article, in the order of their first words.
pub fn quotes(article: &Article) -> Vec<Quote> {
    quotes_by(article, Weights::built_in())
}

/// The quotations that a model of one's own finds.
pub fn quotes_by(article: &Article, weights: &Weights) -> Vec<Quote> {
    quotes_in(article, &Reading::new(article.text, weights), weights)
}

/// The same in an article that has been read.
pub(crate) fn quotes_in(article: &Article, reading: &Reading, weights: &Weights) -> Vec<Quote> {
    let text = article.text;
    let mut holders = Holders::on(article.date);
    let people = People::new(reading);
    let mut found: Vec<Statement> = Vec::new();
    let mut last_person = None;
    for (passage, choice) in choices(reading, weights).into_iter().enumerate() {
        if choice.is_some_and(|choice| choice.quotation < LEAST_QUOTATION) {
            continue;
        }
        match found.last_mut().filter(|last| last.goes_on(reading, passage, choice)) {
            Some(last) => last.add(passage, choice),
            None => {
                let named = choice.map(|choice| apposition(reading, choice.speaker).unwrap_or(choice.speaker));
                let person = named.and_then(|mention| {
                    let person = people.person(reading, mention, last_person, weights);
                    person.or_else(|| holders.of(reading, &people, mention))
                });
                let name = named.and_then(|mention| people.name(reading, mention, person));
                last_person = person.or(last_person);
                found.push(Statement { passages: vec![passage], choice, name });
            }
        }
    }
    let mut quotes: Vec<Quote> =
        found.into_iter().map(|statement| statement.quote(reading, weights, article.date)).collect();
    quotes.extend(answers(reading).into_iter().map(|answer| {
        let name = people.of_label(reading, answer.label.clone());
        let name = name.or_else(|| Some(text[answer.label.clone()].to_owned()).filter(|label| label.len() > 2));
        Quote {
            spans: vec![answer.said],
            speaker: vec![answer.label],
            cue: Vec::new(),
            name,
            kind: Kind::Direct,
            confidence: ANSWER,
            reported: false,
            occasion: Occasion::default(),
        }
    }));
    quotes.extend(reports(reading).into_iter().map(|report| {
        let person = people.person(reading, report.mention, None, weights);
        Quote {
            spans: vec![report.said],
            speaker: speaker(reading, report.mention),
            occasion: occasion(reading, Some(&report.cue), article.date),
            cue: vec![report.cue],
            name: people.name(reading, report.mention, person),
            kind: Kind::Indirect,
            confidence: REPORT,
            reported: true,
        }
    }));
    quotes.sort_by_key(|quote| quote.spans.first().map_or(0, |span| span.start));
    quotes
}

/// The name beside a role, “the officer, Jerome Gallo,” or the noun that a relative pronoun stands for.
fn apposition(reading: &Reading, mention: usize) -> Option<usize> {
    let items = |mention: usize| reading.mention_items.get(mention);
    let comma = |from: usize, to: usize| to == from + 1 && reading.items[from].letter == b',';
    let here = items(mention)?;
    let paragraph = reading.items[here.start].paragraph;
    let head = reading.head(mention);
    if reading.is(mention, Mentioned::Pronoun) {
        let relative = head.key == key("who") || head.key == key("which");
        let before = mention.checked_sub(1).filter(|_| relative)?;
        let end = items(before)?.end;
        return (end == here.start || comma(end, here.start)).then_some(before);
    }
    let next = items(mention + 1)?;
    let named =
        reading.is(mention, Mentioned::Role) && head.is(kind::PERSON) && reading.is(mention + 1, Mentioned::Name);
    let closes = matches!(reading.letter(next.end as isize, paragraph), b',' | b'V' | b'.' | b'^' | b'Q' | b'(');
    (named && comma(here.end, next.start) && closes).then_some(mention + 1)
}

/// Passages that are one statement.
struct Statement {
    passages: Vec<usize>,
    choice: Option<Choice>,
    name: Option<String>,
}

impl Statement {
    /// Whether a passage is the next part of this statement: the same mention speaks, in the same paragraph.
    fn goes_on(&self, reading: &Reading, passage: usize, choice: Option<Choice>) -> bool {
        let Some(&last) = self.passages.last() else { return false };
        let same = match (self.choice, choice) {
            (Some(one), Some(other)) => one.speaker == other.speaker,
            _ => false,
        };
        let (before, here) = (reading.passage(last), reading.passage(passage));
        let whole = is_whole(reading, last) == is_whole(reading, passage);
        before.runs_on || (same && whole && before.paragraph == here.paragraph)
    }

    fn add(&mut self, passage: usize, choice: Option<Choice>) {
        self.passages.push(passage);
        // A statement is as sure as its least sure part.
        if let (Some(all), Some(part)) = (&mut self.choice, choice)
            && part.logit() < all.logit()
        {
            (all.likely, all.quotation) = (part.likely, part.quotation);
        }
    }

    fn quote(self, reading: &Reading, weights: &Weights, published: Option<Date>) -> Quote {
        let direct = self.passages.iter().all(|&passage| is_whole(reading, passage));
        let cue = self.choice.and_then(|choice| cue(reading, self.passages[0], choice.speaker));
        Quote {
            spans: self.passages.iter().map(|&passage| reading.passage(passage).inner.clone()).collect(),
            speaker: self.choice.map(|choice| speaker(reading, choice.speaker)).unwrap_or_default(),
            occasion: occasion(reading, cue.as_ref(), published),
            cue: cue.into_iter().collect(),
            name: self.name,
            kind: if direct { Kind::Direct } else { Kind::Partial },
            confidence: self.choice.map_or(0.0, |choice| weights.curve.confidence(choice.logit())),
            reported: false,
        }
    }
}

fn speaker(reading: &Reading, mention: usize) -> Vec<Range<usize>> {
    let mut mentions = vec![mention];
    mentions.extend(apposition(reading, mention));
    mentions.sort_unstable();
    mentions.into_iter().map(|mention| reading.range(mention)).collect()
}

/// Whether a passage is a clause of its own and not a part of the writer's sentence.
fn is_whole(reading: &Reading, passage: usize) -> bool {
    let found = reading.passage(passage);
    let inner = reading.text[found.inner.clone()].trim();
    let item = reading.passage_items[passage] as isize;
    let left = reading.letter(item - 1, found.paragraph);
    let stops = inner.ends_with([',', '.', '?', '!', '…', '—']);
    let begins = inner.starts_with(|first: char| {
        first.is_uppercase() || matches!(first, '…' | '.' | '[' | '$' | '£') || first.is_numeric()
    });
    matches!(left, b'^' | b',' | b':' | b'.' | b'?' | b'!' | b'Q' | b'-' | b'V') && (begins || (stops && left != b'V'))
}

/// The verb of saying between a speaker and a passage, or right after the speaker.
fn cue(reading: &Reading, passage: usize, speaker: usize) -> Option<Range<usize>> {
    let items = reading.mention_items[speaker].clone();
    let passage = reading.passage_items[passage];
    let paragraph = reading.items[items.start].paragraph;
    let verb = |at: &usize| {
        reading
            .items
            .get(*at)
            .is_some_and(|item| item.is(kind::SAY) && item.letter == b'V' && item.paragraph == paragraph)
    };
    let after = (items.end..items.end + 3).find(verb);
    let before = || (items.start.saturating_sub(2)..items.start).rev().find(verb);
    let between =
        || if passage > items.end { (items.end..passage).rev().find(verb) } else { (passage..items.start).find(verb) };
    let at = after.or_else(before).or_else(between)?;
    Some(reading.tokens[reading.items[at].token].range.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each quotation as `speaker's name: spans`, and `?` where there is no name.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = quotes(&Article::of_text(text))
            .iter()
            .map(|quote| {
                let spans: Vec<&str> = quote.spans.iter().map(|span| &text[span.clone()]).collect();
                format!("{}: {}", quote.name.as_deref().unwrap_or("?"), spans.join(" / "))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_split_quotation_is_one_statement() {
        check(
            "“You can have a boat,” Councillor Gareth Drummond argued, “or you can have a bus.”",
            &["Gareth Drummond: You can have a boat, / or you can have a bus."],
        );
    }

    #[test]
    fn single_marks_quote_as_double_marks_do() {
        let text =
            "“It’s the boys’ club,” said Hannah Low. She told members that it was “not for sale”. “No,” she added.";
        let single = text.replace('“', "‘").replace('”', "’");
        let names =
            |text: &str| quotes(&Article::of_text(text)).into_iter().map(|quote| quote.name).collect::<Vec<_>>();
        assert_eq!(names(text), vec![Some("Hannah Low".to_owned()); 3]);
        assert_eq!(names(&single), names(text));
    }

    #[test]
    fn a_surname_and_a_pronoun_are_resolved_to_the_full_name() {
        check(
            "Hannah Kowalczyk runs the ferry. Olu Pennington is its skipper.\n\n“It is the road,” said Ms Kowalczyk. “It is wet,” \
             she said.\n\n“I am paid,” Pennington said.",
            &["Hannah Kowalczyk: It is the road,", "Hannah Kowalczyk: It is wet,", "Olu Pennington: I am paid,"],
        );
    }

    #[test]
    fn a_quotation_runs_over_paragraphs() {
        check(
            "“We left at six,” said Ann Lee. “It was dark.\n\n“Then it rained.”",
            &["Ann Lee: We left at six, / It was dark. / Then it rained."],
        );
    }

    #[test]
    fn a_lost_mark_is_put_back_before_the_passage_is_read() {
        check("“We will not leave, said the minister, Jo Low.\n\nIt rained.", &["Jo Low: We will not leave,"]);
    }

    #[test]
    fn a_transcript_needs_no_marks() {
        check(
            "Ruth Carr spoke to us in May.\n\nCARR: I was not there.\n\nQUINN: Who was?",
            &["Ruth Carr: I was not there.", "QUINN: Who was?"],
        );
    }

    #[test]
    fn a_reader_signs_after_the_comment() {
        check(
            "Our readers write:\n\n“Bring back the ferry.” — Ada Low, Holme\n\n“Why? Buy a bridge.” — Sam Orr, Sker",
            &["Ada Low: Bring back the ferry.", "Sam Orr: Why? Buy a bridge."],
        );
    }

    #[test]
    fn two_patterns_of_reported_speech_are_marked_so() {
        let text = "Jo Low said that the bridge was shut. It will open in May, according to the council.";
        let found = quotes(&Article::of_text(text));
        assert_eq!(
            found
                .iter()
                .map(|quote| (&text[quote.spans[0].clone()], &text[quote.speaker[0].clone()], quote.reported))
                .collect::<Vec<_>>(),
            [("the bridge was shut", "Jo Low", true), ("It will open in May", "the council", true)]
        );
    }

    #[test]
    fn a_title_is_no_quotation() {
        check("She starred in “The Long Winter” and “High Noon” in the Sixties.", &[]);
    }

    #[test]
    fn no_text_makes_it_fall_or_point_outside() {
        let pieces = [
            "“",
            "”",
            "'",
            "’s",
            " said ",
            "Jo Low",
            ", ",
            ". ",
            "\n\n",
            "é",
            "WHO: ",
            "he",
            "—",
            "\u{0}",
            "",
            "’",
            "‘",
            "the report ",
        ];
        let mut random = 1_u64;
        for _ in 0..400 {
            let mut text = String::new();
            for _ in 0..60 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(random >> 33) as usize % pieces.len()]);
            }
            for quote in quotes(&Article::of_text(&text)) {
                for range in quote.spans.iter().chain(&quote.speaker).chain(&quote.cue) {
                    assert!(text.get(range.clone()).is_some(), "{text:?}");
                }
                assert!((0.0..=1.0).contains(&quote.confidence));
            }
        }
    }
}
