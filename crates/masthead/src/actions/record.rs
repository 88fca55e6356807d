//! The record: what an article's people said is read anew at every save, tied to what was known before, and
//! kept in the same batch as the article.
//!
//! A statement's id is made of its words and its speaker, so the same quotation in several articles is one
//! statement, reading an article twice changes nothing, and what an editor decided about the words stays with them.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use manuscript::{Document, Index, TextMap};
use news::statement::{Anchor, CONTEXT, Decision, Facts, Occasion, SaidKind, folded, folded_name, state};
use news::{Article, Id, Kind, Person, Place, Reader, Slug, Statement, StatementState, Verb};
use record::Quote;
use store::statement::Appearance;
use store::{Batch, outbox, person, statement};

use super::ActError;
use super::keep::{By, commit, note, payload};
use super::person::{digest, free_slug, id_of};
use crate::App;

/// Statements kept of one article; the rest of so long a text is left out.
pub const MOST: usize = 2_000;

/// What an article changes in the record.
#[derive(Debug, Default)]
pub struct Reread {
    appearances: Vec<Appearance>,
    statements: Vec<Statement>,
    /// Statements that this article no longer prints, and the state that they are left in.
    left: Vec<(Id, StatementState)>,
    newcomers: Vec<(Person, Vec<String>)>,
    people: BTreeSet<Id>,
    had: Vec<Appearance>,
}

/// Reads an article as it is about to be kept. Nothing is written.
pub async fn reread(app: &App, article: &Article) -> Result<Reread, ActError> {
    let had = statement::of_article(&app.store, &article.id).await?;
    let found = read(article).await?;
    if had.is_empty() && found.is_empty() {
        return Ok(Reread::default());
    }
    let mut reread = Reread { had, ..Reread::default() };
    let people = people(app, &found, &mut reread.newcomers).await?;

    let mut ids: Vec<Id> = found.iter().map(|found| found.id()).collect();
    ids.extend(reread.had.iter().map(|before| before.statement.clone()));
    ids.sort_unstable();
    ids.dedup();
    let known = statement::by_ids(&app.store, &ids).await?;
    let elsewhere = statement::open_elsewhere(&app.store, &article.id, &ids).await?;
    let threshold = threshold(app).await?;
    let carried = carried(&reread.had, &found, &known);

    for (found, person) in found.into_iter().zip(people) {
        let id = found.id();
        let before = known.iter().find(|known| known.id == id);
        let decision = before
            .and_then(|known| known.decision)
            .or_else(|| carried.iter().find(|(new, _)| *new == id).map(|(_, decision)| *decision));
        let confidence = before.map_or(0, |known| known.confidence).max(found.confidence);
        let facts = Facts {
            was: before.map(|known| known.state),
            decision,
            kind: found.kind,
            has_speaker: found.speaker.is_some(),
            confidence,
            is_open: found.is_open || elsewhere.contains(&id),
        };
        // Whom an editor named stays named, whatever the reading says.
        let (speaker, person) = match before {
            Some(known) if known.decision == Some(Decision::Confirmed) => (known.speaker.clone(), known.person.clone()),
            _ => (found.speaker.clone(), person),
        };
        reread.people.extend(person.iter().chain(before.and_then(|known| known.person.as_ref())).cloned());
        reread.appearances.push(Appearance {
            article: article.id.clone(),
            statement: id.clone(),
            anchor: found.anchor,
            cue: found.cue,
            mention: found.mention,
            is_open: found.is_open,
            published: article.published_at,
            occasion: found.occasion,
        });
        let again = reread.statements.iter_mut().find(|statement| statement.id == id);
        let state = state(facts, threshold);
        match again {
            // Printed twice in one article: public if either is.
            Some(first) if first.state != StatementState::Public => first.state = state,
            Some(_) => {}
            None => reread.statements.push(Statement {
                id,
                words: found.words,
                speaker,
                person: person.or_else(|| before.and_then(|known| known.person.clone())),
                kind: found.kind,
                confidence,
                state,
                decision,
                first_at: None,
            }),
        }
    }
    for gone in known.iter().filter(|known| reread.statements.iter().all(|kept| kept.id != known.id)) {
        let facts = Facts {
            was: Some(gone.state),
            decision: gone.decision,
            kind: gone.kind,
            has_speaker: gone.speaker.is_some(),
            confidence: gone.confidence,
            is_open: elsewhere.contains(&gone.id),
        };
        reread.left.push((gone.id.clone(), state(facts, threshold)));
        reread.people.extend(gone.person.clone());
    }
    Ok(reread)
}

impl Reread {
    /// Whether the record stays as it is.
    pub fn is_empty(&self) -> bool {
        self.had.is_empty() && self.appearances.is_empty()
    }

    /// How many statements the article has.
    pub fn count(&self) -> u64 {
        self.appearances.len() as u64
    }

    /// Adds what changes to the batch that keeps the article.
    pub fn write_into(&self, batch: &mut Batch, article: &Id, now: Timestamp) {
        if self.is_empty() {
            return;
        }
        for (newcomer, folded) in &self.newcomers {
            person::add(newcomer, folded, now).into_iter().for_each(|row| batch.push(row));
        }
        batch.push(statement::clear(article.as_str()));
        self.statements.iter().for_each(|row| batch.push(statement::put(row, now)));
        for (number, appearance) in (0..).zip(&self.appearances) {
            batch.push(statement::place(number, appearance));
        }
        for (id, state) in &self.left {
            batch.push(statement::put_state(id.as_str(), state.word(), now.as_millisecond()));
        }
        let changed = self.statements.iter().map(|row| &row.id).chain(self.left.iter().map(|(id, _)| id));
        changed.for_each(|id| batch.push(statement::date_again(id.as_str())));
        self.people.iter().for_each(|id| batch.push(person::count_again(id.as_str())));
    }

    /// The pages that show it.
    pub fn places(&self) -> Vec<Place> {
        if self.is_empty() { Vec::new() } else { vec![Place::Record] }
    }
}

/// An editor says whether a statement is right.
pub async fn decide(app: &Arc<App>, id: &Id, decision: Decision, by: &By) -> Result<Statement, ActError> {
    let mut decided = statement::by_ids(&app.store, std::slice::from_ref(id)).await?.pop().ok_or(ActError::NotFound)?;
    let open = statement::open(&app.store, std::slice::from_ref(id)).await?;
    let facts = Facts {
        was: Some(decided.state),
        decision: Some(decision),
        kind: decided.kind,
        has_speaker: decided.speaker.is_some(),
        confidence: decided.confidence,
        is_open: !open.is_empty(),
    };
    decided.decision = Some(decision);
    decided.state = state(facts, threshold(app).await?);
    let (now, verb) = match decision {
        Decision::Confirmed => (app.now(), Verb::Confirmed),
        Decision::Rejected => (app.now(), Verb::Rejected),
    };
    let mut batch = Batch::new();
    batch.push(statement::put_decision(
        id.as_str(),
        decision.word(),
        &by.actor.word(),
        now.as_millisecond(),
        decided.state.word(),
    ));
    batch.push(statement::date_again(id.as_str()));
    decided.person.iter().for_each(|person| batch.push(person::count_again(person.as_str())));
    note(&mut batch, app, id, by, verb);
    batch.push(outbox::add("refill", &payload(&[Place::Record]), &app.origin, now.as_millisecond()));
    commit(app, batch, vec![Place::Record]).await?;
    Ok(decided)
}

/// A statement of a text that is being written: nothing of it is kept.
pub struct Preview {
    /// As it would be kept.
    pub statement: Statement,
    /// Its words, in bytes of the running text.
    pub ranges: Vec<Range<usize>>,
    /// With which words it is introduced.
    pub cue: Option<String>,
    /// To whom, where and when.
    pub occasion: Occasion,
}

/// The statements of a text that is being written, as the record would keep them.
pub async fn preview(app: &App, article: &Article, text: &str, quotes: &[Quote]) -> Result<Vec<Preview>, ActError> {
    let document = Document::parse(&article.body)?;
    let map = document.text_map();
    let index = map.index();
    let places = record::Places::new(text);
    let read: Vec<(&Quote, Found)> = quotes
        .iter()
        .take(MOST)
        .filter_map(|quote| Some((quote, found(quote, text, &map, &index, &places, 0)?)))
        .collect();
    let (quotes, found): (Vec<&Quote>, Vec<Found>) = read.into_iter().unzip();
    let people = known_people(app, &found).await?;
    let previews = quotes.into_iter().zip(found).zip(people).map(|((quote, found), person)| Preview {
        statement: Statement {
            id: found.id(),
            words: found.words,
            speaker: found.speaker,
            person,
            kind: found.kind,
            confidence: found.confidence,
            state: StatementState::Proposed,
            decision: None,
            first_at: None,
        },
        ranges: quote.spans.clone(),
        cue: found.cue,
        occasion: found.occasion,
    });
    Ok(previews.collect())
}

/// An editor says whose words a statement is.
pub async fn said_by(app: &Arc<App>, id: &Id, speaker: &str, by: &By) -> Result<Id, ActError> {
    if speaker.chars().count() > news::limits::NAME_CHARACTERS {
        return Err(ActError::Field("the speaker's name is too long".into()));
    }
    let known = statement::by_ids(&app.store, std::slice::from_ref(id)).await?.pop().ok_or(ActError::NotFound)?;
    let folded = folded_name(speaker);
    let mut batch = Batch::new();
    let bearers = person::bearers(&app.store, std::slice::from_ref(&folded)).await?;
    let person = match &bearers[..] {
        [(_, one)] => Some(one.clone()),
        [] if folded.contains(' ') => {
            let mut newcomers = Vec::new();
            let made = newcomer(app, speaker, folded, &mut newcomers).await?;
            for (newcomer, folded) in &newcomers {
                person::add(newcomer, folded, app.now()).into_iter().for_each(|row| batch.push(row));
            }
            made
        }
        // Two of one name, or no full name: the words are kept with the name alone.
        _ => None,
    };
    batch.must(statement::put_speaker(
        id.as_str(),
        speaker,
        person.as_ref().map(Id::as_str),
        app.now().as_millisecond(),
    ));
    known.person.iter().chain(&person).for_each(|id| batch.push(person::count_again(id.as_str())));
    note(&mut batch, app, id, &By { reason: Some(speaker.to_owned()), ..by.clone() }, Verb::Described);
    batch.push(outbox::add("refill", &payload(&[Place::Record]), &app.origin, app.now().as_millisecond()));
    commit(app, batch, vec![Place::Record]).await?;
    Ok(id.clone())
}

/// A statement that was read in an article.
struct Found {
    words: String,
    speaker: Option<String>,
    kind: SaidKind,
    confidence: u16,
    anchor: Anchor,
    cue: Option<String>,
    mention: Option<String>,
    is_open: bool,
    occasion: Occasion,
}

impl Found {
    /// The same words of the same speaker have the same id. Speakers are told apart by the last word of their
    /// names, which an article always prints.
    fn id(&self) -> Id {
        let speaker = self.speaker.as_deref().map(folded_name).unwrap_or_default();
        let surname = speaker.rsplit(' ').next().unwrap_or_default();
        digest(&["statement", surname, &folded(&self.words)])
    }
}

/// Reads the running text of an article, on a thread of its own: a long text must not hold up others.
async fn read(article: &Article) -> Result<Vec<Found>, ActError> {
    if article.kind == Kind::Page {
        return Ok(Vec::new()); // “About us” makes no news
    }
    let (body, is_public) = (article.body.clone(), article.is_public());
    let date = article.published_at.map(|at| at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date());
    let headline = article.headline.to_string();
    let is_free = article.access.allows(Reader::Stranger);
    let work = tokio::task::spawn_blocking(move || {
        let document = Document::parse(&body)?;
        let map = document.text_map();
        let text = map.body();
        let open = match (is_public, is_free, document.has_paywall()) {
            (false, ..) | (true, false, false) => 0,
            (true, true, _) => text.len(),
            (true, false, true) => document.public_part().text_map().body().len(),
        };
        let index = map.index();
        let places = record::Places::new(&text);
        let quotes =
            record::quotes(&record::Article { title: Some(&headline), date, ..record::Article::of_text(&text) });
        let found = quotes.iter().take(MOST).filter_map(|quote| found(quote, &text, &map, &index, &places, open));
        Ok::<_, manuscript::NoDocument>(found.collect())
    });
    match work.await {
        Ok(found) => Ok(found?),
        Err(why) => Err(ActError::Field(format!("the quotations could not be read: {why}"))),
    }
}

fn found(
    quote: &Quote,
    text: &str,
    map: &TextMap<'_>,
    index: &Index<'_>,
    places: &record::Places<'_>,
    open: usize,
) -> Option<Found> {
    let (first, last) = (quote.spans.first()?, quote.spans.last()?);
    let range = first.start..last.end;
    let joined = |ranges: &[Range<usize>]| -> Option<String> {
        let parts: Vec<&str> = ranges.iter().filter_map(|range| text.get(range.clone())).map(str::trim).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let block = map.segments.get(index.place(range.start)?.segment)?.block;
    let code_point = |byte: usize| u32::try_from(places.code_point(byte)).ok();
    let mention = joined(&quote.speaker);
    Some(Found {
        words: words(quote.spans.iter().filter_map(|range| text.get(range.clone())))?,
        speaker: quote.name.clone().or_else(|| {
            let place = quote.speaker.first()?;
            mention.as_deref().filter(|mention| !is_pronoun(mention)).map(|mention| label(text, place.start, mention))
        }),
        kind: match quote.kind {
            _ if quote.reported => SaidKind::Reported,
            record::Kind::Direct => SaidKind::Direct,
            record::Kind::Partial => SaidKind::Partial,
            record::Kind::Indirect => SaidKind::Reported,
        },
        confidence: (quote.confidence.clamp(0.0, 1.0) * 1_000.0) as u16,
        anchor: Anchor {
            block: u32::try_from(block).ok()?,
            start: code_point(range.start)?,
            end: code_point(range.end)?,
            exact: text.get(range.clone())?.to_owned(),
            before: tail(text.get(..range.start)?),
            after: text.get(range.end..)?.chars().take(CONTEXT).collect(),
        },
        cue: joined(&quote.cue),
        mention,
        is_open: range.end <= open,
        occasion: occasion(&quote.occasion, text),
    })
}

fn occasion(read: &record::Occasion, text: &str) -> Occasion {
    let printed = |range: &Option<Range<usize>>| range.clone().and_then(|range| text.get(range)).map(str::to_owned);
    Occasion {
        addressee: printed(&read.addressee),
        venue: printed(&read.venue),
        said_on: read.said_on.as_ref().map(|said| said.date),
        is_resolved: read.said_on.as_ref().is_some_and(|said| said.resolved),
    }
}

/// The words of a statement in one piece. Copy sets a comma where the speaker stopped and the writer goes on
/// (“It is over,” she said. “We won.”): that comma is not the speaker's.
fn words<'t>(pieces: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut words = String::new();
    for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
        if words.ends_with(',') && piece.starts_with(char::is_uppercase) {
            words.pop();
            words.push('.');
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(piece);
    }
    let end = words.trim_end_matches(',').len();
    words.truncate(end);
    (!words.is_empty()).then_some(words)
}

fn tail(text: &str) -> String {
    let start = text.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    text[start..].to_owned()
}

/// How copy calls somebody without a name: “a Downing Street spokeswoman”, with the words before the noun back to its
/// article, where they are few and say whose.
fn label(text: &str, start: usize, mention: &str) -> String {
    const MOST_WORDS: usize = 6;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let mut from = start;
    for _ in 0..MOST_WORDS {
        let before = text[line..from].trim_end();
        let word = before.rsplit(' ').next().unwrap_or_default();
        if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || matches!(c, '’' | '\'' | '-')) {
            break;
        }
        from = line + before.len() - word.len();
        if ["a", "an", "the"].contains(&word.to_lowercase().as_str()) {
            return text[from..start].to_owned() + mention;
        }
    }
    mention.to_owned()
}

/// Words that name nobody by themselves.
fn is_pronoun(mention: &str) -> bool {
    ["he", "she", "they", "it", "we", "i", "you", "who", "which", "that", "his", "her", "their"]
        .contains(&mention.to_lowercase().as_str())
}

/// What an editor rejected stays rejected when only some of its words change, found again by its anchor. A
/// confirmation is for the words as they were, and is not carried over.
fn carried(had: &[Appearance], found: &[Found], known: &[Statement]) -> Vec<(Id, Decision)> {
    let mut carried = Vec::new();
    for before in had {
        let rejected =
            known.iter().any(|known| known.id == before.statement && known.decision == Some(Decision::Rejected));
        if !rejected || found.iter().any(|found| found.id() == before.statement) {
            continue;
        }
        let same_place = found.iter().find(|found| {
            let (old, new) = (&before.anchor, &found.anchor);
            old.block == new.block && (old.before == new.before || old.after == new.after)
        });
        carried.extend(same_place.map(|found| (found.id(), Decision::Rejected)));
    }
    carried
}

/// The person of each statement, by full name; those whom the register does not have come to `newcomers`. A name
/// that two people bear is nobody's until an editor says whose.
/// Whom the register knows of those who speak: who is new there is nobody yet.
async fn known_people(app: &App, found: &[Found]) -> Result<Vec<Option<Id>>, ActError> {
    let name = |found: &Found| found.speaker.as_deref().map(folded_name).filter(|name| is_full_name(found, name));
    let mut names: Vec<String> = found.iter().filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    let mut bearers: HashMap<String, Vec<Id>> = HashMap::new();
    for (spelled, id) in person::bearers(&app.store, &names).await? {
        bearers.entry(spelled).or_default().push(id);
    }
    let known = found.iter().map(|found| match bearers.get(&name(found)?).map(Vec::as_slice) {
        Some([one]) => Some(one.clone()),
        _ => None,
    });
    Ok(known.collect())
}

async fn people(
    app: &App,
    found: &[Found],
    newcomers: &mut Vec<(Person, Vec<String>)>,
) -> Result<Vec<Option<Id>>, ActError> {
    let name = |found: &Found| found.speaker.as_deref().map(folded_name).filter(|name| is_full_name(found, name));
    let mut names: Vec<String> = found.iter().filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    let bearers = person::bearers(&app.store, &names).await?;
    let mut people = Vec::with_capacity(found.len());
    for found in found {
        let Some(folded) = name(found) else {
            people.push(None);
            continue;
        };
        let mut ids = bearers.iter().filter(|(spelled, _)| *spelled == folded).map(|(_, id)| id);
        people.push(match (ids.next(), ids.next()) {
            (Some(one), None) => Some(one.clone()),
            (Some(_), Some(_)) => None,
            (None, _) => {
                let spelled = found.speaker.as_deref().unwrap_or_default();
                newcomer(app, spelled, folded, newcomers).await?
            }
        });
    }
    Ok(people)
}

/// Two words that begin with capitals, or more: `a spokeswoman` and `the Kremlin` are no persons.
fn is_full_name(found: &Found, folded: &str) -> bool {
    let capitals =
        |name: &str| name.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || word.len() < 4);
    folded.contains(' ')
        && found
            .speaker
            .as_deref()
            .is_some_and(|name| capitals(name) && !name.starts_with("The ") && !name.starts_with("the "))
}

async fn newcomer(
    app: &App,
    name: &str,
    folded: String,
    newcomers: &mut Vec<(Person, Vec<String>)>,
) -> Result<Option<Id>, ActError> {
    if let Some((person, _)) = newcomers.iter().find(|(_, names)| names.contains(&folded)) {
        return Ok(Some(person.id.clone()));
    }
    let id = id_of(&folded);
    let taken: Vec<&Slug> = newcomers.iter().map(|(person, _)| &person.slug).collect();
    let Some(slug) = free_slug(app, &folded, &id, &taken).await? else { return Ok(None) };
    newcomers.push((Person { id: id.clone(), slug, name: plain(name) }, vec![folded]));
    Ok(Some(id))
}

/// A name without the white space of line ends.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// In thousandths.
async fn threshold(app: &App) -> Result<u16, ActError> {
    match app.settings().await {
        Ok(settings) => Ok(u16::from(settings.record_confidence) * 10),
        Err(crate::Error::Broken(broken)) => Err(broken.into()),
        Err(other) => Err(ActError::Field(other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_without_a_name_is_called_as_copy_does() {
        let called = |text: &str, mention: &str| label(text, text.find(mention).unwrap(), mention);
        assert_eq!(
            called("Later the Prime Minister’s official spokesman said", "official spokesman"),
            "the Prime Minister’s official spokesman"
        );
        assert_eq!(called("A Downing Street spokeswoman said", "spokeswoman"), "A Downing Street spokeswoman");
        assert_eq!(called("Yesterday, allies said", "allies"), "allies");
    }

    #[test]
    fn the_writers_commas_are_not_the_speakers() {
        let said = |pieces: &[&str]| words(pieces.iter().copied());
        assert_eq!(said(&["It is over,", "We won."]).as_deref(), Some("It is over. We won."));
        assert_eq!(said(&["We are,", "and always were, ready,"]).as_deref(), Some("We are, and always were, ready"));
        assert_eq!(said(&[" ", ""]), None);
    }
}
