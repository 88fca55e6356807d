//! What the checks and the record say of a text that is being written, and what people say to that.

use std::sync::Arc;

use ::record::checks::{self as rules, Finding};
use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use jiff::Timestamp;
use manuscript::{Document, Index, TextMap, positions};
use news::statement::Decision;
use news::{Act, Id, Verb};
use serde::Deserialize;
use store::{Batch, act, ignored};
use utoipa::ToSchema;

use super::acts::Names;
use super::article::{allowed, is_out, opened};
use super::{papers, shape};
use crate::App;
use crate::actions::{check as checking, edit, record, working_copy};
use crate::desk::refusal::{Refusal, Sent, sentence};
use crate::desk::session::Anybody;

/// Longest reason, in characters.
const LONGEST_REASON: usize = 1_000;
/// Longest body that is checked while it is typed, in bytes: some 40,000 words.
const LONGEST_CHECKED: usize = 600_000;
/// Words of a person in earlier articles that are shown.
const EARLIER: usize = 3;

/// A text as it stands on somebody's screen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    papers: shape::Papers,
    /// Lexical JSON, as text.
    body: String,
}

/// Reads a text; nothing of it is kept.
#[utoipa::path(post, path = "/desk/api/articles/{id}/check", request_body = Check, responses((status = OK, body = shape::Checked)))]
pub async fn check(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Check>,
) -> Result<Json<shape::Checked>, Refusal> {
    let (at, _) = opened(&app, &signed, &id).await?;
    let new_author = sent.papers.authors.iter().any(|author| author.id.is_none());
    if sent.body.len() > LONGEST_CHECKED {
        let most = LONGEST_CHECKED / 1_000;
        return Err(Refusal::field("body", format!("a text of more than {most} KB is checked when it is saved")));
    }
    let mut change = papers::change(&app, sent.papers, Some(sent.body), None).await?;
    papers::keep_unseen(&mut change, &at.now);
    let mut article = edit::change(&app, at.now, edit::Change { slug: None, ..change }).await?.after;
    // What has no date yet will carry that of the day.
    article.published_at = article.published_at.or(Some(app.now()));
    let read = checking::read(&app, &article).await?;
    let mut findings = shaped_with(&app, &article, &read.findings).await?;
    if new_author {
        // A byline that is not kept yet is one.
        findings.retain(|finding| finding.kind != "no-byline");
    }
    let statements = statements(&app, &article, &read).await?;
    let document = Document::parse(&article.body).map_err(crate::actions::ActError::from)?;
    let words = document.word_count();
    let minutes = i64::from(manuscript::reading_time_minutes(words, document.picture_count()));
    Ok(Json(shape::Checked { findings, statements, words: words as i64, minutes }))
}

/// A finding by its kind and the words that it is about; none for the whole article.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ignore {
    kind: String,
    #[serde(default)]
    exact: Option<String>,
    reason: String,
}

/// The same, without a reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Heed {
    kind: String,
    #[serde(default)]
    exact: Option<String>,
}

/// Leaves a finding, because …
#[utoipa::path(post, path = "/desk/api/articles/{id}/ignore", request_body = Ignore, responses((status = NO_CONTENT)))]
pub async fn ignore(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Ignore>,
) -> Result<StatusCode, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.edit)?;
    let kind = rules::Kind::named(&sent.kind).ok_or_else(|| Refusal::field("kind", "no such check"))?;
    // What wants a signature at publication is for those to leave who may give it.
    allowed(may.publish || kind.check().severity != rules::Severity::Must)?;
    let reason = sent.reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::field("reason", format!("a reason has 1 to {LONGEST_REASON} characters")));
    }
    let by = signed.by();
    let exact = sent.exact.as_deref().unwrap_or_default();
    let (article, now) = (at.kept.id.as_str(), app.now());
    let mut batch = Batch::new();
    batch.push(ignored::put(article, kind.name(), exact, reason, &by.actor.word(), now.as_millisecond()));
    let reason = Some(format!("{}: {reason}", kind.name()));
    batch.push(act::add(&Act { actor: by.actor, verb: Verb::Ignored, subject: article.into(), at: now, reason }));
    app.store.commit(batch).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a finding count again.
#[utoipa::path(delete, path = "/desk/api/articles/{id}/ignore", request_body = Heed, responses((status = NO_CONTENT)))]
pub async fn heed(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Heed>,
) -> Result<StatusCode, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.edit)?;
    let article = at.kept.id.as_str();
    let mut batch = Batch::new();
    batch.push(ignored::remove(article, &sent.kind, sent.exact.as_deref().unwrap_or_default()));
    let actor = signed.by().actor;
    let reason = Some(sent.kind);
    batch.push(act::add(&Act { actor, verb: Verb::Heeded, subject: article.into(), at: app.now(), reason }));
    app.store.commit(batch).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an editor says of a statement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// `confirmed` or `rejected`.
    decision: String,
    /// Who said it, if the reading is wrong.
    #[serde(default)]
    speaker: Option<String>,
}

/// Confirms or rejects a statement. The working copy becomes a revision first, so that the statement is kept with
/// the text that prints it.
#[utoipa::path(post, path = "/desk/api/articles/{id}/statements/{statement}", request_body = Decide, responses((status = OK, body = shape::Statement)))]
pub async fn decide(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path((id, statement)): Path<(String, String)>,
    Sent(sent): Sent<Decide>,
) -> Result<Json<shape::Statement>, Refusal> {
    let (mut at, may) = opened(&app, &signed, &id).await?;
    // What is confirmed goes on record with the article: that is for those to say who may publish it.
    allowed(may.publish)?;
    let decision =
        Decision::of(&sent.decision).ok_or_else(|| Refusal::field("decision", "choose confirmed or rejected"))?;
    let mut statement = Id::parse(&statement).map_err(|_| Refusal::not_found())?;
    let article = at.kept.id.clone();
    let as_read = |article: &news::Article| {
        let mut article = article.clone();
        article.published_at = article.published_at.or(Some(app.now()));
        article
    };
    let now = as_read(&at.now);
    let read = checking::read(&app, &now).await?;
    if record::preview(&app, &now, &read.text, &read.quotes).await?.iter().all(|said| said.statement.id != statement) {
        return Err(Refusal::not_found());
    }
    // The same words in an article of somebody else are theirs to answer for, and the desk's.
    if !store::statement::open_elsewhere(&app.store, &article, std::slice::from_ref(&statement)).await?.is_empty() {
        signed.at_least(news::Role::Editor)?;
    }
    // The words of an article that is out, or about to be, go out only by its own acts.
    if at.copy.is_some() && !is_out(at.kept.status) {
        edit::save(&app, at.pending(), &signed.by()).await?;
        at = working_copy::open(&app, &article).await?;
        app.desk.hub.changed(&article, at.version(), &signed.staff.name);
    }
    if let Some(speaker) = sent.speaker.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) {
        statement = record::said_by(&app, &statement, &speaker, &signed.by()).await?;
    }
    record::decide(&app, &statement, decision, &signed.by()).await?;
    let now = as_read(&at.now);
    let read = checking::read(&app, &now).await?;
    let found = statements(&app, &now, &read).await?;
    found.into_iter().find(|found| found.id == statement.as_str()).map(Json).ok_or_else(Refusal::not_found)
}

/// Findings with their places, none of them ignored.
pub fn shaped(article: &news::Article, findings: &[Finding]) -> Result<Vec<shape::Finding>, Refusal> {
    let document = Document::parse(&article.body).map_err(crate::actions::ActError::from)?;
    let map = document.text_map();
    let text = map.body();
    let index = map.index();
    Ok(findings.iter().map(|finding| one(finding, &map, &index, &text)).collect())
}

async fn shaped_with(app: &App, article: &news::Article, findings: &[Finding]) -> Result<Vec<shape::Finding>, Refusal> {
    let left = ignored::of(&app.store, article.id.as_str()).await?;
    let names = Names::of(app, left.iter().map(|left| left.actor.as_str())).await?;
    let mut shaped = shaped(article, findings)?;
    for finding in &mut shaped {
        let exact = finding.exact.as_deref().unwrap_or_default();
        finding.ignored = left
            .iter()
            .find(|left| left.kind == finding.kind && left.exact == exact)
            .map(|left| shape::Left { reason: left.reason.clone(), by: names.name(&left.actor), at: left.made_at });
    }
    Ok(shaped)
}

fn one(finding: &Finding, map: &TextMap<'_>, index: &Index<'_>, text: &str) -> shape::Finding {
    shape::Finding {
        kind: finding.kind.name().to_owned(),
        severity: finding.severity.name().to_owned(),
        message: sentence(&finding.message),
        place: finding.range.clone().and_then(|range| places(map, index, range).into_iter().next()),
        exact: finding.range.clone().and_then(|range| text.get(range)).map(str::to_owned),
        fix: finding.fix.as_ref().and_then(|fix| {
            let place = places(map, index, fix.range.clone()).into_iter().next()?;
            Some(shape::Fix { place, replace: fix.replace.clone() })
        }),
        ignored: None,
    }
}

/// A range of the running text, as the places of its paragraphs.
fn places(map: &TextMap<'_>, index: &Index<'_>, range: std::ops::Range<usize>) -> Vec<shape::Place> {
    let (Some(first), Some(last)) = (index.place(range.start), index.place(range.end)) else { return Vec::new() };
    let mut found = Vec::new();
    for number in first.segment..=last.segment {
        let Some(segment) = map.segments.get(number).filter(|segment| segment.field.is_none()) else { continue };
        let start = if number == first.segment { first.byte } else { 0 };
        let end = if number == last.segment { last.byte } else { segment.text.len() };
        let units = (positions::utf16_of_byte(&segment.text, start), positions::utf16_of_byte(&segment.text, end));
        if let (Some(start), Some(end)) = units {
            found.push(shape::Place { path: segment.path.clone(), start, end });
        }
    }
    found
}

/// The statements of a text, with what is known of them and of their speakers.
async fn statements(
    app: &App,
    article: &news::Article,
    read: &checking::Read,
) -> Result<Vec<shape::Statement>, Refusal> {
    let document = Document::parse(&article.body).map_err(crate::actions::ActError::from)?;
    let map = document.text_map();
    let index = map.index();
    let found = record::preview(app, article, &read.text, &read.quotes).await?;
    let ids: Vec<Id> = found.iter().map(|found| found.statement.id.clone()).collect();
    let known = store::statement::by_ids(&app.store, &ids).await?;
    let read = found.iter().map(|found| &found.statement);
    let people: Vec<Id> = read.chain(&known).filter_map(|said| said.person.clone()).collect();
    let named = store::person::by_ids(&app.store, &people).await?;
    let settings = app.settings().await?;
    let zone = jiff::tz::TimeZone::get(&settings.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    let day = article.published_at.map(|at| at.to_zoned_datetime(zone).date());
    let mut offices: std::collections::HashMap<Id, Option<String>> = Default::default();
    let mut earlier: std::collections::HashMap<Id, Vec<shape::EarlierWords>> = Default::default();
    let mut shaped = Vec::new();
    let by_id: std::collections::HashMap<&Id, &news::Statement> =
        known.iter().map(|known| (&known.id, known)).collect();
    for found in found {
        let said = (*by_id.get(&found.statement.id).unwrap_or(&&found.statement)).clone();
        // The person whom an editor named counts before the one that was read.
        let person = said.person.clone().or(found.statement.person.clone());
        let person = person.and_then(|id| named.iter().find(|person| person.id == id));
        let mut office = None;
        let mut before = Vec::new();
        if let Some(person) = person {
            if !offices.contains_key(&person.id) {
                let terms = store::person::terms(&app.store, &person.id).await?;
                let held = day.and_then(|day| terms.iter().find(|term| term.covers(day)));
                offices.insert(person.id.clone(), held.map(|term| term.office.clone()));
                earlier.insert(person.id.clone(), Vec::new());
                let list = earlier_words(app, article, &person.id).await?;
                earlier.insert(person.id.clone(), list);
            }
            office = offices.get(&person.id).cloned().flatten();
            before = earlier.get_mut(&person.id).map(std::mem::take).unwrap_or_default();
        }
        let occasion = &found.occasion;
        shaped.push(shape::Statement {
            id: said.id.to_string(),
            places: found.ranges.iter().flat_map(|range| places(&map, &index, range.clone())).collect(),
            words: said.words.clone(),
            kind: said.kind.word().to_owned(),
            speaker: said.speaker.clone(),
            person: person.map(|person| shape::PersonRef { id: person.id.to_string(), name: person.name.clone() }),
            office,
            cue: found.cue,
            addressee: occasion.addressee.clone(),
            venue: occasion.venue.clone(),
            said_on: occasion.said_on.map(|day| day.to_string()),
            confidence: f64::from(said.confidence) / 1_000.0,
            state: said.state.word().to_owned(),
            earlier: before,
        });
    }
    Ok(shaped)
}

/// What a person said in articles before this one; told at the first of the person's statements.
async fn earlier_words(app: &App, article: &news::Article, person: &Id) -> Result<Vec<shape::EarlierWords>, Refusal> {
    let before = article.published_at.unwrap_or(Timestamp::MAX);
    let said = store::statement::of_people_before(&app.store, std::slice::from_ref(person), before, 20).await?;
    let ids: Vec<Id> = said.iter().map(|said| said.id.clone()).collect();
    let open = store::statement::open(&app.store, &ids).await?;
    let articles: Vec<Id> = open.iter().map(|place| place.article.clone()).filter(|id| *id != article.id).collect();
    let cards = store::article::cards(&app.store, &articles).await?;
    let mut words = Vec::new();
    for said in &said {
        let place = open.iter().find(|place| place.statement == said.id && place.article != article.id);
        let card = place.and_then(|place| cards.iter().find(|card| card.article.id == place.article));
        let Some(card) = card else { continue };
        let Some(path) = card.article.path.as_deref() else { continue };
        words.push(shape::EarlierWords {
            words: said.words.clone(),
            at: said.first_at.map(Timestamp::as_millisecond),
            headline: card.article.headline.to_string(),
            url: app.url.with(path),
        });
        if words.len() == EARLIER {
            break;
        }
    }
    Ok(words)
}
