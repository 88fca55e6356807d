//! Statements of the record, and where they stand in articles.

use jiff::Timestamp;
use news::statement::{Anchor, Decision, Occasion, SaidKind};
use news::{Id, Statement, StatementState};

use crate::article::{json, parsed_id, time};
use crate::{Broken, Store};

macro_rules! columns {
    () => {
        "s.id AS id, s.words AS words, s.speaker AS speaker, s.person_id AS person_id, s.kind AS kind, \
         s.confidence AS confidence, s.state AS state, s.decision AS decision, s.first_at AS first_at"
    };
}

queries! {
    "statement";

    /// A statement's columns.
    row StatementRow {
        id: String, words: String, speaker: Option<String>, person_id: Option<String>, kind: String, confidence: i64,
        state: String, decision: Option<String>, first_at: Option<i64>,
    }

    /// A place in an article.
    row AppearanceRow {
        article_id: String, number: i64, statement_id: String, block: i64, starts_at: i64, ends_at: i64, exact: String,
        text_before: String, text_after: String, cue: Option<String>, mention: Option<String>, is_open: bool,
        published_at: Option<i64>, addressee: Option<String>, venue: Option<String>, said_on: Option<String>,
        said_on_resolved: bool,
    }

    /// An id.
    row IdRow { id: String }

    all rows_by_ids(ids: &str) -> StatementRow =
        concat!("SELECT ", columns!(), " FROM statement s WHERE s.id IN {list $1}");

    /// What a person said in public, the newest first.
    all rows_of_person(person_id: &str, most: i64, skip: i64) -> StatementRow = concat!(
        "SELECT ", columns!(), " FROM statement s WHERE s.person_id = $1 AND s.state = 'public' \
         ORDER BY s.first_at DESC, s.id DESC LIMIT $2 OFFSET $3");

    /// What these people said, public or not, and appeared in articles dated before a time; the newest first.
    all rows_of_people_before(people: &str, before: i64, most: i64) -> StatementRow = concat!(
        "SELECT ", columns!(), " FROM statement s WHERE s.person_id IN {list $1} AND s.state = 'public' AND s.first_at < $2 \
         ORDER BY s.first_at DESC, s.id DESC LIMIT $3");

    /// Statements in a state, those changed last first.
    all rows_in_state(state: &str, most: i64) -> StatementRow = concat!(
        "SELECT ", columns!(), " FROM statement s WHERE s.state = $1 ORDER BY s.changed_at DESC, s.id DESC LIMIT $2");

    /// Where an article has statements.
    all appearances_in(article_id: &str) -> AppearanceRow =
        "SELECT article_id, number, statement_id, block, starts_at, ends_at, exact, text_before, text_after, cue, mention, \
         is_open, published_at, addressee, venue, said_on, said_on_resolved FROM appearance WHERE article_id = $1 ORDER BY number";

    /// Where readers find these statements, the first appearance of each first.
    all open_appearances(statements: &str) -> AppearanceRow =
        "SELECT article_id, number, statement_id, block, starts_at, ends_at, exact, text_before, text_after, cue, mention, \
         is_open, published_at, addressee, venue, said_on, said_on_resolved FROM appearance WHERE statement_id IN {list $1} AND is_open \
         ORDER BY published_at, article_id, number";

    /// Which of these statements readers find outside one article.
    all open_outside(article_id: &str, statements: &str) -> IdRow =
        "SELECT s.id FROM statement s WHERE s.id IN {list $2} AND EXISTS \
         (SELECT 1 FROM appearance a WHERE a.statement_id = s.id AND a.is_open = TRUE AND a.article_id <> $1)";

    exec put_speaker(id: &str, speaker: &str, person_id: Option<&str>, changed_at: i64) =
        "UPDATE statement SET speaker = $2, person_id = $3, changed_at = $4 WHERE id = $1";
    exec put_row(
        id: &str, words: &str, speaker: Option<&str>, person_id: Option<&str>, kind: &str, confidence: i64, state: &str,
        decision: Option<&str>, changed_at: i64,
    ) = "INSERT INTO statement (id, words, speaker, person_id, kind, confidence, state, decision, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (id) DO UPDATE SET words = excluded.words, speaker = excluded.speaker, person_id = excluded.person_id, kind = excluded.kind, \
         confidence = excluded.confidence, state = excluded.state, changed_at = excluded.changed_at";
    exec put_state(id: &str, state: &str, changed_at: i64) =
        "UPDATE statement SET state = $2, changed_at = $3 WHERE id = $1";
    exec put_decision(id: &str, decision: &str, decided_by: &str, decided_at: i64, state: &str) =
        "UPDATE statement SET decision = $2, decided_by = $3, decided_at = $4, state = $5, changed_at = $4 WHERE id = $1";
    exec date_again(id: &str) =
        "UPDATE statement SET first_at = (SELECT min(published_at) FROM appearance WHERE statement_id = $1 AND is_open = TRUE) \
         WHERE id = $1";
    exec clear(article_id: &str) = "DELETE FROM appearance WHERE article_id = $1";
    exec put_appearance(
        article_id: &str, number: i64, statement_id: &str, block: i64, starts_at: i64, ends_at: i64, exact: &str,
        text_before: &str, text_after: &str, cue: Option<&str>, mention: Option<&str>, is_open: bool,
        published_at: Option<i64>, addressee: Option<&str>, venue: Option<&str>, said_on: Option<&str>,
        said_on_resolved: bool,
    ) = "INSERT INTO appearance (article_id, number, statement_id, block, starts_at, ends_at, exact, text_before, text_after, \
         cue, mention, is_open, published_at, addressee, venue, said_on, said_on_resolved) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
}

/// Where a statement stands in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Appearance {
    /// The article.
    pub article: Id,
    /// The statement.
    pub statement: Id,
    /// The place.
    pub anchor: Anchor,
    /// The verb of saying, as printed.
    pub cue: Option<String>,
    /// The speaker, as printed beside it.
    pub mention: Option<String>,
    /// Whether a stranger can read it there.
    pub is_open: bool,
    /// The date of the article.
    pub published: Option<Timestamp>,
    /// To whom, where and when, as the article tells.
    pub occasion: Occasion,
}

/// The statements with these ids, in no order.
pub async fn by_ids(store: &Store, ids: &[Id]) -> Result<Vec<Statement>, Broken> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    rows_by_ids(store, &json(&ids)).await?.into_iter().map(statement).collect()
}

/// What a person said in public, the newest first.
pub async fn of_person(store: &Store, person: &Id, most: i64, skip: i64) -> Result<Vec<Statement>, Broken> {
    rows_of_person(store, person.as_str(), most, skip).await?.into_iter().map(statement).collect()
}

/// What these people said in public before a time, the newest first.
pub async fn of_people_before(
    store: &Store,
    people: &[Id],
    before: Timestamp,
    most: i64,
) -> Result<Vec<Statement>, Broken> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = rows_of_people_before(store, &json(&people), before.as_millisecond(), most).await?;
    rows.into_iter().map(statement).collect()
}

/// Statements in a state, those that changed last first.
pub async fn in_state(store: &Store, state: StatementState, most: i64) -> Result<Vec<Statement>, Broken> {
    rows_in_state(store, state.word(), most).await?.into_iter().map(statement).collect()
}

/// Where an article has statements, in the order of its text.
pub async fn of_article(store: &Store, article: &Id) -> Result<Vec<Appearance>, Broken> {
    appearances_in(store, article.as_str()).await?.into_iter().map(appearance).collect()
}

/// Where readers find these statements, the first appearance of each first.
pub async fn open(store: &Store, ids: &[Id]) -> Result<Vec<Appearance>, Broken> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    open_appearances(store, &json(&ids)).await?.into_iter().map(appearance).collect()
}

/// Which of these statements readers find outside this article.
pub async fn open_elsewhere(store: &Store, article: &Id, ids: &[Id]) -> Result<Vec<Id>, Broken> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = open_outside(store, article.as_str(), &json(&ids)).await?;
    rows.iter().map(|row| parsed_id(&row.id)).collect()
}

/// Writes a statement. A decision is only written with a new one.
pub fn put(statement: &Statement, now: Timestamp) -> crate::Statement {
    put_row(
        statement.id.as_str(),
        &statement.words,
        statement.speaker.as_deref(),
        statement.person.as_ref().map(Id::as_str),
        statement.kind.word(),
        i64::from(statement.confidence),
        statement.state.word(),
        statement.decision.map(Decision::word),
        now.as_millisecond(),
    )
}

/// Writes where a statement stands in an article; `number` counts them in the order of its text.
pub fn place(number: i64, appearance: &Appearance) -> crate::Statement {
    let Anchor { block, start, end, exact, before, after } = &appearance.anchor;
    put_appearance(
        appearance.article.as_str(),
        number,
        appearance.statement.as_str(),
        i64::from(*block),
        i64::from(*start),
        i64::from(*end),
        exact,
        before,
        after,
        appearance.cue.as_deref(),
        appearance.mention.as_deref(),
        appearance.is_open,
        appearance.published.map(Timestamp::as_millisecond),
        appearance.occasion.addressee.as_deref(),
        appearance.occasion.venue.as_deref(),
        appearance.occasion.said_on.map(|day| day.to_string()).as_deref(),
        appearance.occasion.is_resolved,
    )
}

fn statement(row: StatementRow) -> Result<Statement, Broken> {
    let broken = |what: &str| Broken::Value(format!("{what} of statement {}", row.id));
    Ok(Statement {
        id: parsed_id(&row.id)?,
        person: row.person_id.as_deref().map(parsed_id).transpose()?,
        kind: SaidKind::of(&row.kind).ok_or_else(|| broken("kind"))?,
        confidence: u16::try_from(row.confidence).map_err(|_| broken("confidence"))?,
        state: StatementState::of(&row.state).ok_or_else(|| broken("state"))?,
        decision: row
            .decision
            .as_deref()
            .map(|word| Decision::of(word).ok_or_else(|| broken("decision")))
            .transpose()?,
        first_at: row.first_at.map(time).transpose()?,
        words: row.words,
        speaker: row.speaker,
    })
}

fn appearance(row: AppearanceRow) -> Result<Appearance, Broken> {
    let number = |value: i64| u32::try_from(value).map_err(|_| Broken::Value("place of a statement".into()));
    Ok(Appearance {
        article: parsed_id(&row.article_id)?,
        statement: parsed_id(&row.statement_id)?,
        anchor: Anchor {
            block: number(row.block)?,
            start: number(row.starts_at)?,
            end: number(row.ends_at)?,
            exact: row.exact,
            before: row.text_before,
            after: row.text_after,
        },
        cue: row.cue,
        mention: row.mention,
        is_open: row.is_open,
        published: row.published_at.map(time).transpose()?,
        occasion: Occasion {
            addressee: row.addressee,
            venue: row.venue,
            said_on: row
                .said_on
                .map(|day| day.parse().map_err(|_| Broken::Value(format!("day {day} of a statement"))))
                .transpose()?,
            is_resolved: row.said_on_resolved,
        },
    })
}
