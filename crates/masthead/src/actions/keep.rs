//! How an article is written down: row, manuscript, revision, shelves, address,
//! act and outbox in one batch, and then the pages that show it.

use std::sync::Arc;

use manuscript::{Document, Trust, Web};
use news::{Act, Actor, Article, Id, Place, Reader, SectionPath, Verb, appears_on, place};
use store::article::{Card, Derived};
use store::writer;
use store::{Batch, Broken, Refused, act, address, article, outbox, picture, revision, section, shelf};

use super::ActError;
use super::edit::free_slug;
use super::events;
use super::publish::addressed;
use super::record::{Reread, reread};
use crate::App;
use crate::pages::refill::refill;

/// An excerpt holds at most so many characters.
const EXCERPT: usize = 500;

/// An article as an act wrote it.
pub type Written = Card;

/// Who does it, and why: written into the record of acts.
#[derive(Clone, Debug)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// In their words.
    pub reason: Option<String>,
}

impl By {
    /// Somebody, without a reason.
    pub fn new(actor: Actor) -> By {
        By { actor, reason: None }
    }
}

/// The whole article, for an act to decide on.
pub async fn load(app: &App, id: &Id) -> Result<Card, ActError> {
    article::by_id(&app.store, id).await?.ok_or(ActError::NotFound)
}

/// How often a new article is written again when another took its slug at the
/// same moment: of so many who write the same headline at once, each gets an address.
const TRIES: usize = 32;

/// Writes an article that is new (`before` is `None`) or changed, and refills
/// the pages that show it. `before` must be as the act read it: if somebody
/// changed the article since, nothing is written ([`ActError::Stale`]). Each of `beside` goes into the same batch and
/// must change one row.
pub async fn keep(
    app: &Arc<App>,
    before: Option<&Article>,
    mut after: Article,
    beside: Vec<store::Statement>,
    by: &By,
    verb: Verb,
) -> Result<Written, ActError> {
    let (derived, text) = derive(&after)?;
    let shelves = place::shelves(&after, &text);
    let stood_on = match before {
        Some(before) => shelf::shelves_of(&app.store, &before.id).await?,
        None => Vec::new(),
    };
    let new_section = match &after.section {
        Some(path) => is_new(app, path).await?,
        None => false,
    };
    let said = reread(app, &after).await?;
    for last_try in (0..TRIES).map(|n| n + 1 == TRIES) {
        let mut places = changed_places(before, &after, &stood_on, &shelves);
        if new_section {
            places.push(Place::Everything); // menus and footers name the sections
        }
        places.extend(said.places());
        let mut batch = Batch::new();
        write_into(&mut batch, app, before, &after, &derived, &stood_on, &shelves, &said, by, verb);
        beside.iter().for_each(|statement| batch.must(statement.clone()));
        if verb != Verb::Imported {
            events::article(app, before, Some(&after)).into_iter().for_each(|event| batch.push(event));
        }
        batch.push(outbox::add("refill", &payload(&places), &app.origin, app.now().as_millisecond()));
        match commit(app, batch, places).await {
            Ok(()) => return Ok(Card { article: after, derived }),
            Err(refused @ (Refused::Taken | Refused::Stale)) if !last_try => {
                // A new article whose slug another took at the same moment gets another; so does one whose slug was
                // chosen on the desk while it was free.
                let wanted = after.slug.clone();
                after.slug = free_slug(app, &after, &wanted).await?;
                if before.is_some() && (matches!(refused, Refused::Stale) || after.slug == wanted) {
                    return Err(refused.into());
                }
                if after.is_public() {
                    after = addressed(app, after).await?;
                }
            }
            Err(refused) => return Err(refused.into()),
        }
    }
    Err(ActError::Stale)
}

#[allow(clippy::too_many_arguments)] // everything that one act decided
fn write_into(
    batch: &mut Batch,
    app: &App,
    before: Option<&Article>,
    after: &Article,
    derived: &Derived,
    stood_on: &[Place],
    shelves: &[Place],
    said: &Reread,
    by: &By,
    verb: Verb,
) {
    match before {
        None => article::add(batch, after, derived),
        Some(before) => article::change(batch, after, derived, before.version),
    }
    after.section.iter().flat_map(section::make).for_each(|make| batch.push(make));
    shelf::restock(batch, after, stood_on, shelves, after.updated_at);
    if let Some(path) = after.path.as_deref().filter(|_| after.is_public()) {
        batch.must(address::claim(path, after.id.as_str()));
    }
    said.write_into(batch, &after.id, app.now());
    batch.push(picture::clear_uses(after.id.as_str()));
    derived_pictures(after).iter().for_each(|src| batch.push(picture::use_in(src, after.id.as_str())));
    if let Some(shown) = library_row(app, after, by) {
        batch.push(picture::add(&shown));
    }
    if let (None, Actor::Staff(staff)) = (before, &by.actor) {
        batch.push(writer::add(staff.as_str(), after.id.as_str()));
    }
    batch.push(revision::add(after, &by.actor, by.reason.as_deref()));
    note(batch, app, &after.id, by, verb);
}

/// Whether a section is still to be made. One whose page would hide an article is refused.
async fn is_new(app: &App, path: &SectionPath) -> Result<bool, ActError> {
    if section::at(&app.store, path).await?.is_some() {
        return Ok(false);
    }
    for path in path.line() {
        if address::holder(&app.store, &path.url()).await?.is_some() {
            return Err(ActError::Field(format!("an article stands at {}, so no section can be there", path.url())));
        }
    }
    Ok(true)
}

/// Commits a batch and refills the pages that show what it changed. Both are
/// done to the end even when the caller goes away in between (a client that
/// hangs up), so that no page stays stale.
pub async fn commit(app: &Arc<App>, batch: Batch, places: Vec<Place>) -> Result<(), Refused> {
    let app = app.clone();
    let work = tokio::spawn(async move {
        app.store.commit(batch).await?;
        refill(&app, &places).await;
        Ok(())
    });
    work.await.unwrap_or_else(|why| Err(Refused::Broken(Broken::Value(format!("an act was cut off: {why}")))))
}

/// Adds many new articles to one batch, for generated ones: whoever calls this has
/// chosen slugs and addresses that are free, and rebuilds the record afterwards.
pub fn add_new(app: &App, batch: &mut Batch, after: &Article, by: &By) -> Result<(), ActError> {
    let (derived, text) = derive(after)?;
    let shelves = place::shelves(after, &text);
    write_into(batch, app, None, after, &derived, &[], &shelves, &Reread::default(), by, Verb::Imported);
    Ok(())
}

/// Adds a line to the record of acts.
pub fn note(batch: &mut Batch, app: &App, subject: &Id, by: &By, verb: Verb) {
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb, subject: subject.to_string(), at: app.now(), reason }));
}

/// Places as the outbox carries them to other processes.
pub fn payload(places: &[Place]) -> String {
    let names: Vec<String> = places.iter().map(Place::to_string).collect();
    serde_json::to_string(&names).unwrap_or_default()
}

fn changed_places(before: Option<&Article>, after: &Article, stood_on: &[Place], shelves: &[Place]) -> Vec<Place> {
    let mut places = appears_on(before, Some(after));
    places.extend(stood_on.iter().chain(shelves).cloned());
    places.sort_unstable();
    places.dedup();
    places
}

/// What lists need of an article that is not among the kept ones: an earlier version.
pub fn derived(article: &Article) -> Derived {
    derive(article).map(|(derived, _)| derived).unwrap_or_default()
}

/// What lists need of the manuscript, and its text for finding names. The
/// excerpt is of the public part only: lists show it to strangers.
fn derive(after: &Article) -> Result<(Derived, String), ActError> {
    let document = Document::parse(&after.body)?;
    let words = document.word_count();
    // As Ghost counts and cuts it: with what cards say by themselves, not with our notes about what a reader may open.
    let web = Web { trust: Trust::Everybody, cards_script: true, ..Web::default() };
    let lead = after.lead_picture.as_ref().is_some_and(|picture| picture.src.is_some());
    let minutes = manuscript::reading_time_of_html(&document.html(&web), usize::from(lead));
    let for_all = match (after.access.allows(Reader::Stranger), document.has_paywall()) {
        (true, _) => document,
        (false, true) => document.public_part(),
        (false, false) => Document::empty(),
    };
    let clean = |text: String| -> String { text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect() };
    let public = clean(for_all.plain_text());
    let excerpt = clean(manuscript::plaintext_of_html(&for_all.html(&web))).chars().take(EXCERPT).collect();
    let derived = Derived { excerpt, words: words as i64, minutes: i64::from(minutes) };
    Ok((derived, public))
}

/// The addresses of the pictures that an article shows, each once: of the library's own, below `/content/images/`.
pub(super) fn derived_pictures(after: &Article) -> Vec<String> {
    let lead = after.lead_picture.as_ref().and_then(|picture| picture.src.as_deref());
    let mut found: Vec<String> = lead.into_iter().filter_map(own_picture).collect();
    let mut rest = after.body.as_str();
    while let Some(at) = rest.find(PICTURES) {
        rest = &rest[at..];
        let end = rest.find(['"', '\\', ' ', ')', '&', '<']).unwrap_or(rest.len());
        found.extend(own_picture(&rest[..end]));
        rest = &rest[end..];
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The lead picture for the library, as the article shows it: one that came by another door than the desk's stands there
/// too. One that is there already stays as it is.
fn library_row(app: &App, after: &Article, by: &By) -> Option<picture::Picture> {
    let lead = after.lead_picture.as_ref()?;
    let src = own_picture(lead.src.as_deref()?)?;
    let name = percent_encoding::percent_decode_str(src.strip_prefix(PICTURES)?).decode_utf8().ok()?.into_owned();
    let bytes = app.media.size(&format!("images/{name}"))?;
    Some(picture::Picture {
        id: app.new_id(),
        name: name.rsplit('/').next().unwrap_or(&name).to_owned(),
        width: lead.width?,
        height: lead.height?,
        bytes,
        alt: lead.alt.clone(),
        caption: lead.caption.clone(),
        credit: lead.credit.clone(),
        made_at: app.now().as_millisecond(),
        made_by: Some(by.actor.word()),
        src,
    })
}

const PICTURES: &str = "/content/images/";

/// The path of an original, whichever size of it is shown.
fn own_picture(src: &str) -> Option<String> {
    let name = &src[src.find(PICTURES)? + PICTURES.len()..];
    let name = match name.strip_prefix("size/").and_then(|sized| sized.split_once('/')) {
        Some((_, sized)) => match sized.strip_prefix("format/").and_then(|rest| rest.split_once('/')) {
            Some((_, name)) => name,
            None => sized,
        },
        None => name,
    };
    (!name.is_empty()).then(|| format!("{PICTURES}{name}"))
}
