//! People of the record: names, spellings, offices held.

use jiff::Timestamp;
use jiff::civil::Date;
use news::person::Term;
use news::{Id, Person, Slug};

use crate::article::{json, parsed_id, time};
use crate::{Broken, Statement, Store};

queries! {
    "person";

    /// A person's columns.
    row PersonRow { id: String, slug: String, name: String }

    /// A spelling and whose it is.
    row SpellingRow { folded: String, person_id: String }

    /// A person with the public statements counted.
    row QuotedRow { id: String, slug: String, name: String, statements: i64, latest_at: i64 }

    /// An office held.
    row TermRow {
        office: String, department: String, country: String, from_day: String, until_day: String, source: String,
        snapshot: String,
    }

    one row_by_slug(slug: &str) -> PersonRow = "SELECT id, slug, name FROM person WHERE slug = $1";
    all rows_by_ids(ids: &str) -> PersonRow = "SELECT id, slug, name FROM person WHERE id IN {list $1}";

    /// Whose these folded names are.
    all spelled(names: &str) -> SpellingRow = "SELECT folded, person_id FROM spelling WHERE folded IN {list $1}";

    /// Who is quoted, the latest first.
    all quoted_rows(most: i64, skip: i64) -> QuotedRow =
        "SELECT id, slug, name, statements, latest_at FROM person WHERE latest_at IS NOT NULL \
         ORDER BY latest_at DESC, id DESC LIMIT $1 OFFSET $2";

    /// The offices of a person, the latest first (at most 200).
    all term_rows(person_id: &str) -> TermRow =
        "SELECT office, department, country, from_day, until_day, source, snapshot FROM term \
         WHERE person_id = $1 ORDER BY from_day DESC, office LIMIT 200";

    /// A person as the desk lists them.
    row DeskRow { id: String, slug: String, name: String, statements: i64, latest_at: Option<i64> }

    /// A spelling.
    row Spelling { folded: String }

    one desk_row(id: &str) -> DeskRow = "SELECT id, slug, name, statements, latest_at FROM person WHERE id = $1";
    /// People whose names have these words, by name, behind a place of the list.
    all desk_rows(pattern: &str, name: &str, id: &str, most: i64) -> DeskRow =
        "SELECT id, slug, name, statements, latest_at FROM person WHERE lower(name) LIKE $1 ESCAPE '!' \
         AND (name, id) > ($2, $3) ORDER BY name, id LIMIT $4";
    all spellings_of(person_id: &str) -> Spelling =
        "SELECT folded FROM spelling WHERE person_id = $1 ORDER BY folded LIMIT 200";
    exec rename(id: &str, name: &str) = "UPDATE person SET name = $2 WHERE id = $1";
    exec drop_spelling(folded: &str, person_id: &str) = "DELETE FROM spelling WHERE folded = $1 AND person_id = $2";
    exec move_statements(from: &str, into: &str) = "UPDATE statement SET person_id = $2 WHERE person_id = $1";
    exec move_terms(from: &str, into: &str) =
        "INSERT INTO term (person_id, office, department, country, from_day, until_day, source, snapshot) \
         SELECT $2, office, department, country, from_day, until_day, source, snapshot FROM term WHERE person_id = $1 \
         ON CONFLICT (person_id, office, department, country, from_day, source) DO NOTHING";
    exec drop_terms(person_id: &str) = "DELETE FROM term WHERE person_id = $1";
    exec drop_spellings(person_id: &str) = "DELETE FROM spelling WHERE person_id = $1";
    exec remove(id: &str) = "DELETE FROM person WHERE id = $1";
    /// Changes nothing, and matches no row unless the person is there.
    exec there(id: &str) = "UPDATE person SET slug = slug WHERE id = $1";
    /// Whom a slug of somebody who was merged leads to.
    row Moved { slug: String }

    one moved(slug: &str) -> Moved =
        "SELECT p.slug FROM person_moved m JOIN person p ON p.id = m.person_id WHERE m.slug = $1";
    /// A slug of somebody who was merged.
    row Merged { slug: String }

    /// Slugs of people who were merged, behind another.
    all moved_after(slug: &str, most: i64) -> Merged = "SELECT slug FROM person_moved WHERE slug > $1 ORDER BY slug LIMIT $2";
    exec note_move(slug: &str, person_id: &str) =
        "INSERT INTO person_moved (slug, person_id) VALUES ($1, $2) ON CONFLICT (slug) DO UPDATE SET person_id = excluded.person_id";
    exec follow_moves(from: &str, into: &str) = "UPDATE person_moved SET person_id = $2 WHERE person_id = $1";

    exec add_row(id: &str, slug: &str, name: &str, created_at: i64) =
        "INSERT INTO person (id, slug, name, created_at, statements) VALUES ($1, $2, $3, $4, 0) ON CONFLICT (id) DO NOTHING";
    exec add_spelling(folded: &str, person_id: &str) =
        "INSERT INTO spelling (folded, person_id) VALUES ($1, $2) ON CONFLICT (folded, person_id) DO NOTHING";
    exec put_term(
        person_id: &str, office: &str, department: &str, country: &str, from_day: &str, until_day: &str, source: &str,
        snapshot: &str,
    ) = "INSERT INTO term (person_id, office, department, country, from_day, until_day, source, snapshot) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (person_id, office, department, country, from_day, source) \
         DO UPDATE SET until_day = excluded.until_day, snapshot = excluded.snapshot";

    /// Counts a person's public statements anew.
    exec count_again(id: &str) =
        "UPDATE person SET statements = (SELECT count(*) FROM statement WHERE person_id = $1 AND state = 'public'), \
         latest_at = (SELECT max(first_at) FROM statement WHERE person_id = $1 AND state = 'public') WHERE id = $1";
}

/// A person whom public articles quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// Who.
    pub person: Person,
    /// How many statements readers see.
    pub statements: i64,
    /// When the latest of them first went out.
    pub latest: Timestamp,
}

/// The person with this slug.
pub async fn by_slug(store: &Store, slug: &str) -> Result<Option<Person>, Broken> {
    row_by_slug(store, slug).await?.map(|row| person(row.id, row.slug, row.name)).transpose()
}

/// The people with these ids, in no order.
pub async fn by_ids(store: &Store, ids: &[Id]) -> Result<Vec<Person>, Broken> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = rows_by_ids(store, &json(&ids)).await?;
    rows.into_iter().map(|row| person(row.id, row.slug, row.name)).collect()
}

/// Who bears these folded names: each name with each person.
pub async fn bearers(store: &Store, names: &[String]) -> Result<Vec<(String, Id)>, Broken> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let rows = spelled(store, &json(&names)).await?;
    rows.into_iter().map(|row| Ok((row.folded, parsed_id(&row.person_id)?))).collect()
}

/// Who is quoted in public, those heard last first.
pub async fn quoted(store: &Store, most: i64, skip: i64) -> Result<Vec<Quoted>, Broken> {
    let rows = quoted_rows(store, most, skip).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Quoted {
                person: person(row.id, row.slug, row.name)?,
                statements: row.statements,
                latest: time(row.latest_at)?,
            })
        })
        .collect()
}

/// The offices of a person, the latest first (at most 200).
pub async fn terms(store: &Store, id: &Id) -> Result<Vec<Term>, Broken> {
    term_rows(store, id.as_str()).await?.into_iter().map(term).collect()
}

/// People as the desk lists them: whose names have these words, by name, behind a place of the list.
pub async fn like(store: &Store, words: &str, name: &str, id: &str, most: i64) -> Result<Vec<DeskRow>, Broken> {
    desk_rows(store, &crate::pattern(words), name, id, most).await
}

/// Two become one: everything of the first is the second's from now on.
pub fn merge(from: &Id, into: &Id, spellings: &[String]) -> Vec<Statement> {
    let (from, into) = (from.as_str(), into.as_str());
    let mut statements: Vec<Statement> = spellings.iter().map(|folded| add_spelling(folded, into)).collect();
    statements.extend([
        drop_spellings(from),
        move_statements(from, into),
        move_terms(from, into),
        drop_terms(from),
        follow_moves(from, into),
        count_again(into),
    ]);
    statements
}

/// Adds a person under all of the person's folded names; one who is there stays as he or she is.
pub fn add(person: &Person, folded: &[String], now: Timestamp) -> Vec<Statement> {
    let id = person.id.as_str();
    let mut statements = vec![add_row(id, person.slug.as_str(), &person.name, now.as_millisecond())];
    statements.extend(folded.iter().map(|name| add_spelling(name, id)));
    statements
}

/// Writes an office that a person held; the same office from the same day is written over.
pub fn hold(id: &Id, term: &Term) -> Statement {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    put_term(
        id.as_str(),
        &term.office,
        &term.department,
        &term.country,
        &day(term.from),
        &day(term.until),
        &term.source,
        &term.snapshot.to_string(),
    )
}

fn person(id: String, slug: String, name: String) -> Result<Person, Broken> {
    Ok(Person {
        slug: Slug::parse(&slug).map_err(|_| Broken::Value(format!("slug of person {id}")))?,
        id: parsed_id(&id)?,
        name,
    })
}

fn term(row: TermRow) -> Result<Term, Broken> {
    let day = |text: &str| text.parse::<Date>().map_err(|_| Broken::Value(format!("day of an office: {text}")));
    let given = |text: &str| (!text.is_empty()).then(|| day(text)).transpose();
    Ok(Term {
        from: given(&row.from_day)?,
        until: given(&row.until_day)?,
        snapshot: day(&row.snapshot)?,
        office: row.office,
        department: row.department,
        country: row.country,
        source: row.source,
    })
}
