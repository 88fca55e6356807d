//! One article: its working copy, and the acts upon it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use jiff::Timestamp;
use manuscript::Document;
use news::publish::{May, may};
use news::{Correction, CorrectionKind, Id, Status};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{checks, papers, shape};
use crate::App;
use crate::actions::edit::{self, Change};
use crate::actions::undo::undoable;
use crate::actions::working_copy::{self, AtTheDesk};
use crate::actions::{ActError, By, correct, delete as deleting, hand_on as handing, publish as publishing};
use crate::actions::{check, schedule as scheduling, undo as undoing, withdraw as withdrawing};
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Anybody, Signed};

/// Longest reason of a signature or an act, in characters.
const LONGEST_REASON: usize = 1_000;
/// Longest name of a version, in characters.
const LONGEST_NAME: usize = 100;

/// What is written while somebody types.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Write {
    /// The version that the writer has.
    version: i64,
    #[serde(default)]
    papers: Option<shape::Papers>,
    /// Lexical JSON, as text.
    #[serde(default)]
    body: Option<String>,
}

/// A note to readers about a change of what is public.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// `typo`, `update`, `clarification`, `correction` or `retraction`.
    kind: String,
    /// What readers are told; may be empty for a typo.
    #[serde(default)]
    text: String,
}

/// A version by hand; of a public article, what goes out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Save {
    version: i64,
    /// A name for this version.
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    note: Option<NewNote>,
    /// The reason with which open findings are signed.
    #[serde(default)]
    sign: Option<String>,
}

/// A place on the way to publication.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOn {
    version: i64,
    /// `draft`, `in review` or `ready`.
    status: String,
}

/// Publication now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    version: i64,
    #[serde(default)]
    sign: Option<String>,
}

/// Publication by the clock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    version: i64,
    when: i64,
    #[serde(default)]
    sign: Option<String>,
}

/// Taking an article from the public.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    version: i64,
    reason: String,
}

/// An act that only wants the version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    version: i64,
}

impl Version {
    /// The version that the asker has.
    pub fn version(&self) -> i64 {
        self.version
    }
}

/// The article as the desk has it.
#[utoipa::path(get, path = "/desk/api/articles/{id}", responses((status = OK, body = shape::Article)))]
pub async fn read(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, _) = opened(&app, &signed, &id).await?;
    Ok(Json(shaped(&app, &signed, at).await?))
}

/// Writes the working copy: no revision, nothing that readers see.
#[utoipa::path(put, path = "/desk/api/articles/{id}", request_body = Write, responses((status = OK, body = shape::Saved), (status = CONFLICT, body = Refusal)))]
pub async fn write(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Write>,
) -> Result<Json<shape::Saved>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.edit)?;
    let mut change = match sent.papers {
        Some(given) => papers::change(&app, given, sent.body, Some(signed.staff.role)).await?,
        None => Change { body: sent.body, ..Change::default() },
    };
    papers::keep_unseen(&mut change, &at.now);
    let id = at.kept.id.clone();
    match working_copy::write(&app, &id, sent.version, change, &signed.by()).await {
        Ok(at) => {
            app.desk.hub.changed(&id, at.version(), &signed.staff.name);
            let (words, minutes) = measured(&at.now.body);
            Ok(Json(shape::Saved {
                version: at.version(),
                updated_at: app.now().as_millisecond(),
                words,
                minutes,
                has_changes: at.copy.is_some(),
            }))
        }
        Err(ActError::Stale) => Err(stale(&app, &signed, &id).await?),
        Err(why) => Err(why.into()),
    }
}

/// Makes a revision of the working copy. Of a public article it goes out at once, with a note where one is given.
#[utoipa::path(post, path = "/desk/api/articles/{id}/save", request_body = Save, responses((status = OK, body = shape::Article)))]
pub async fn save(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Save>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(if is_out(at.kept.status) { may.publish } else { may.edit })?;
    fresh(&app, &signed, &at, sent.version).await?;
    let name = match sent.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) {
        Some(name) if name.chars().count() > LONGEST_NAME => {
            return Err(Refusal::field("name", format!("a version's name has at most {LONGEST_NAME} characters")));
        }
        name => name,
    };
    let (kept, is_public) = (at.kept.clone(), at.kept.is_public());
    let goes_out = is_out(kept.status);
    let by = if goes_out { signed_for(&app, &signed, &at.now, sent.sign).await? } else { signed.by_reason(sent.sign) };
    let mut pending = at.pending();
    if let Some(note) = sent.note.filter(|_| is_public) {
        let made = correction(&app, &kept, &pending.after, &note, &by)?;
        pending.beside.push(store::correction::add(&kept.id, &made));
    }
    let written = edit::save(&app, pending, &by).await?;
    if let Some(name) = name {
        let mut batch = store::Batch::new();
        batch.must(store::revision::call(written.article.id.as_str(), written.article.version, &name));
        app.store.commit(batch).await?;
    }
    if is_public {
        crate::pages::refill::refill(&app, &[news::Place::Corrections]).await;
    }
    answer(&app, &signed, &written.article.id).await
}

/// Hands the article on.
#[utoipa::path(post, path = "/desk/api/articles/{id}/status", request_body = HandOn, responses((status = OK, body = shape::Article)))]
pub async fn hand_on(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<HandOn>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.review)?;
    fresh(&app, &signed, &at, sent.version).await?;
    let to = Status::of(&sent.status).ok_or_else(|| Refusal::field("status", "choose draft, in review or ready"))?;
    // Whether something may go out is for those who may publish to say.
    allowed(to != Status::Ready || may.publish)?;
    let written = handing::hand_on(&app, at.pending(), to, &signed.by()).await?;
    answer(&app, &signed, &written.article.id).await
}

/// Publishes. Where grave findings are open, a signature with a reason is asked for.
#[utoipa::path(post, path = "/desk/api/articles/{id}/publish", request_body = Publish, responses((status = OK, body = shape::Article), (status = UNPROCESSABLE_ENTITY, body = Refusal)))]
pub async fn publish(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Publish>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.publish)?;
    fresh(&app, &signed, &at, sent.version).await?;
    let by = signed_for(&app, &signed, &dated(&app, &at.now), sent.sign).await?;
    let date = at.now.published_at;
    let written = publishing::publish(&app, at.pending(), date, &by).await?;
    answer(&app, &signed, &written.article.id).await
}

/// Lets the clock publish.
#[utoipa::path(post, path = "/desk/api/articles/{id}/schedule", request_body = Schedule, responses((status = OK, body = shape::Article), (status = UNPROCESSABLE_ENTITY, body = Refusal)))]
pub async fn schedule(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Schedule>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.publish)?;
    fresh(&app, &signed, &at, sent.version).await?;
    let when = Timestamp::from_millisecond(sent.when).map_err(|_| Refusal::field("when", "this is no date"))?;
    let mut as_dated = at.now.clone();
    as_dated.published_at = Some(when);
    let by = signed_for(&app, &signed, &as_dated, sent.sign).await?;
    let written = scheduling::schedule(&app, at.pending(), when, &by).await?;
    answer(&app, &signed, &written.article.id).await
}

/// Takes it from the public; a scheduled one goes back to the drafts.
#[utoipa::path(post, path = "/desk/api/articles/{id}/withdraw", request_body = Withdraw, responses((status = OK, body = shape::Article)))]
pub async fn withdraw(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Withdraw>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.publish)?;
    fresh(&app, &signed, &at, sent.version).await?;
    let reason = reason(&sent.reason, "reason")?;
    let written = withdrawing::withdraw(&app, at.pending(), &signed.by_reason(Some(reason))).await?;
    answer(&app, &signed, &written.article.id).await
}

/// Takes the last act back.
#[utoipa::path(post, path = "/desk/api/articles/{id}/undo", request_body = Version, responses((status = OK, body = shape::Article)))]
pub async fn undo(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Version>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.publish)?;
    fresh(&app, &signed, &at, sent.version).await?;
    // What somebody else did is theirs to take back, or the desk's.
    if let Some(undoable) = undoable(&app, &at.kept).await?
        && undoable.actor != signed.by().actor.word()
    {
        signed.at_least(news::Role::Editor)?;
    }
    let written = undoing::undo(&app, &at.kept.id, &signed.by()).await?;
    answer(&app, &signed, &written.article.id).await
}

/// Drops what readers do not see yet.
#[utoipa::path(post, path = "/desk/api/articles/{id}/discard", request_body = Version, responses((status = OK, body = shape::Article)))]
pub async fn discard(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<Version>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.edit)?;
    fresh(&app, &signed, &at, sent.version).await?;
    let at = working_copy::discard(&app, &at.kept.id, sent.version).await?;
    app.desk.hub.changed(&at.kept.id, at.version(), &signed.staff.name);
    Ok(Json(shaped(&app, &signed, at).await?))
}

/// Removes a draft, or what was withdrawn, for good.
#[utoipa::path(delete, path = "/desk/api/articles/{id}", responses((status = NO_CONTENT)))]
pub async fn delete(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.delete)?;
    deleting::delete(&app, &at.kept.id, &signed.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The article, and what the asker may do with it. Everybody of the staff may read everything: it is one newsroom.
pub async fn opened(app: &App, signed: &Signed, id: &str) -> Result<(AtTheDesk, May), Refusal> {
    let id = Id::parse(id).map_err(|_| Refusal::not_found())?;
    let at = working_copy::open(app, &id).await?;
    let may = may(signed.staff.role, is_own(app, signed, &at.kept).await?, at.kept.status);
    Ok((at, may))
}

/// Whether an article is somebody's: they began it, or they are in its byline.
async fn is_own(app: &App, signed: &Signed, article: &news::Article) -> Result<bool, store::Broken> {
    if signed.staff.author.as_ref().is_some_and(|author| article.authors.contains(author)) {
        return Ok(true);
    }
    Ok(store::writer::of(&app.store, &article.id).await?.contains(&signed.staff.id))
}

/// Whether what is saved goes out: to readers now, or by the clock.
pub fn is_out(status: Status) -> bool {
    matches!(status, Status::Published | Status::Scheduled)
}

/// Refuses what the role does not allow.
pub fn allowed(may: bool) -> Result<(), Refusal> {
    if may { Ok(()) } else { Err(Refusal::not_allowed()) }
}

/// Refuses whoever has not seen the newest version, and shows it.
pub async fn fresh(app: &App, signed: &Signed, at: &AtTheDesk, version: i64) -> Result<(), Refusal> {
    match at.refuse_stale(version) {
        Ok(()) => Ok(()),
        Err(_) => Err(stale(app, signed, &at.kept.id).await?),
    }
}

async fn stale(app: &App, signed: &Signed, id: &Id) -> Result<Refusal, Refusal> {
    let at = working_copy::open(app, id).await?;
    Ok(Refusal::stale(shaped(app, signed, at).await?))
}

/// Where findings are open that want it, a signature with a reason; who acts, and with which reason.
async fn signed_for(app: &App, signed: &Signed, article: &news::Article, sign: Option<String>) -> Result<By, Refusal> {
    let sign = sign.map(|sign| sign.trim().to_owned()).filter(|sign| !sign.is_empty());
    let read = check::read(app, article).await?;
    let open = check::heeded(app, article, read.findings).await?;
    if check::unsettled(&open).is_none() {
        return Ok(signed.by_reason(sign));
    }
    match sign {
        Some(sign) => Ok(signed.by_reason(Some(reason(&sign, "sign")?))),
        None => Err(Refusal::unsigned(checks::shaped(article, &open)?)),
    }
}

/// A draft without a date is checked as what it would be now.
fn dated(app: &App, article: &news::Article) -> news::Article {
    let mut article = article.clone();
    article.published_at = article.published_at.or(Some(app.now()));
    article
}

fn reason(text: &str, field: &str) -> Result<String, Refusal> {
    match text.trim().chars().count() {
        _ if !text.chars().any(char::is_alphanumeric) => Err(Refusal::field(field, "say why")),
        n if n > LONGEST_REASON => {
            Err(Refusal::field(field, format!("a reason has at most {LONGEST_REASON} characters")))
        }
        _ => Ok(text.trim().to_owned()),
    }
}

/// The note to readers, with the words before and after.
fn correction(
    app: &App,
    before: &news::Article,
    after: &news::Article,
    note: &NewNote,
    by: &By,
) -> Result<Correction, Refusal> {
    let kind = CorrectionKind::of(&note.kind)
        .ok_or_else(|| Refusal::field("note.kind", "choose typo, update, clarification, correction or retraction"))?;
    let (old, new) = changed_words(before, after)?;
    let made = Correction {
        id: app.new_id(),
        kind,
        text: note.text.trim().to_owned(),
        at: app.now(),
        before: old,
        after: new,
        by: Some(by.actor.word()),
    };
    correct::refuse_wordless(&made).map_err(|why| Refusal::field("note.text", why.to_string()))?;
    Ok(made)
}

/// The paragraphs that changed, as they were and as they are; long ones are cut.
fn changed_words(before: &news::Article, after: &news::Article) -> Result<(Option<String>, Option<String>), ActError> {
    const LONGEST: usize = 1_000;
    let (old, new) = (Document::parse(&before.body)?, Document::parse(&after.body)?);
    let changes = manuscript::diff(&old, &new).to_json();
    let (mut was, mut is) = (Vec::new(), Vec::new());
    for (old, new) in [(before.headline.as_str(), after.headline.as_str()), standfirsts(before, after)] {
        if old != new {
            was.push(old.to_owned());
            is.push(new.to_owned());
        }
    }
    for change in changes["changes"].as_array().into_iter().flatten() {
        let text = change["text"].as_str().unwrap_or_default().to_owned();
        match change["change"].as_str() {
            Some("changed") => {
                let words = |side: &str| -> String {
                    let words = change["words"].as_array().into_iter().flatten();
                    words.filter(|word| word["change"] != side).filter_map(|word| word["text"].as_str()).collect()
                };
                was.push(words("added"));
                is.push(words("removed"));
            }
            Some("added") => is.push(text),
            Some("removed") => was.push(text),
            _ => {}
        }
    }
    let joined = |parts: Vec<String>| {
        let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        let cut: String = text.chars().take(LONGEST).collect();
        (!cut.is_empty()).then_some(cut)
    };
    Ok((joined(was), joined(is)))
}

fn standfirsts<'a>(before: &'a news::Article, after: &'a news::Article) -> (&'a str, &'a str) {
    (before.standfirst.as_deref().unwrap_or_default(), after.standfirst.as_deref().unwrap_or_default())
}

/// The article after an act, told to every open window.
async fn answer(app: &Arc<App>, signed: &Signed, id: &Id) -> Result<Json<shape::Article>, Refusal> {
    let at = working_copy::open(app, id).await?;
    app.desk.hub.changed(id, at.version(), &signed.staff.name);
    Ok(Json(shaped(app, signed, at).await?))
}

/// Who has an article open.
pub fn here(app: &App, id: &Id) -> Vec<shape::Presence> {
    let people = app.desk.hub.people_in(id);
    people.into_iter().map(|(id, name)| shape::Presence { staff_id: id.to_string(), name }).collect()
}

fn measured(body: &str) -> (i64, i64) {
    let Ok(document) = Document::parse(body) else { return (0, 0) };
    let words = document.word_count();
    let minutes = manuscript::reading_time_minutes(words, document.picture_count());
    (words as i64, i64::from(minutes))
}

/// The article as the API answers it.
pub async fn shaped(app: &App, signed: &Signed, at: AtTheDesk) -> Result<shape::Article, Refusal> {
    let (kept, now) = (&at.kept, &at.now);
    let may = may(signed.staff.role, is_own(app, signed, kept).await?, kept.status);
    let notes = store::correction::of(&app.store, &kept.id).await?;
    let names = super::acts::Names::of(app, notes.iter().filter_map(|note| note.by.as_deref())).await?;
    let undo = if at.copy.is_none() { undoable(app, kept).await? } else { None };
    let (words, minutes) = measured(&now.body);
    let updated_by = match &at.copy {
        Some(copy) => Some(super::acts::Names::of(app, [copy.changed_by.as_str()]).await?.name(&copy.changed_by)),
        None => None,
    };
    let updated_at = at.copy.as_ref().map_or(kept.updated_at.as_millisecond(), |copy| copy.changed_at);
    Ok(shape::Article {
        id: kept.id.to_string(),
        kind: kept.kind.word().to_owned(),
        status: kept.status.word().to_owned(),
        version: at.version(),
        papers: papers::of(app, now).await?,
        body: now.body.clone(),
        created_at: kept.created_at.as_millisecond(),
        updated_at,
        updated_by,
        published_at: kept.published_at.map(Timestamp::as_millisecond),
        first_published_at: kept.first_published_at.map(Timestamp::as_millisecond),
        url: kept.path.as_deref().filter(|_| kept.is_public()).map(|path| app.url.with(path)),
        preview_url: format!("/desk/preview/{}/", kept.id),
        has_changes: at.copy.is_some(),
        may: shape::May { edit: may.edit, publish: may.publish, review: may.review, delete: may.delete },
        words,
        minutes,
        notes: notes
            .iter()
            .map(|note| shape::Note {
                id: note.id.to_string(),
                kind: note.kind.word().to_owned(),
                text: note.text.clone(),
                at: note.at.as_millisecond(),
                by: note.by.as_deref().map(|by| names.name(by)),
                before: note.before.clone(),
                after: note.after.clone(),
            })
            .collect(),
        here: here(app, &kept.id),
        undo: undo.map(|undo| shape::Undo { until: undo.until, verb: undo.verb.word().to_owned() }),
    })
}
