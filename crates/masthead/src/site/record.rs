//! The record as readers see it: who is quoted, and what each person said, with article and context.

use std::sync::Arc;

use std::collections::HashMap;

use jiff::civil::Date;
use news::person::Term;
use news::statement::{SaidKind, StatementState};
use news::{Id, Person, Place, Statement};
use record::offices::Register;
use store::statement::Appearance;
use theme::{Map, Value};

use super::Answer;
use super::furniture::Furniture;
use super::head::{self, Subject};
use super::themes::{self, Drawn, Scene};
use crate::pages::Keep;
use crate::{App, Error};

/// People, or statements, on one page.
const ON_A_PAGE: i64 = 50;

/// Appearances that are named beside the first one.
const ALSO: usize = 5;

/// The people whom articles quote, those heard last first.
pub async fn people(app: &Arc<App>, page: u32) -> Result<Answer, Error> {
    let skip = i64::from(page - 1) * ON_A_PAGE;
    let mut quoted = store::person::quoted(&app.store, ON_A_PAGE + 1, skip).await?;
    let more = quoted.len() as i64 > ON_A_PAGE;
    quoted.truncate(ON_A_PAGE as usize);
    if quoted.is_empty() && page > 1 {
        return Err(Error::NotFound);
    }
    let furniture = Furniture::of(app).await?;
    let rows = quoted.iter().map(|quoted| {
        Value::map([
            ("name", quoted.person.name.as_str().into()),
            ("url", quoted.person.url().into()),
            ("statements", quoted.statements.into()),
            ("latest", furniture.time(quoted.latest).into()),
        ])
    });
    let root = Map::from([("people", Value::list(rows)), ("pagination", pagination("/record/", page, more))]);
    let title = "The record".to_owned();
    let description = format!("Everybody whom {} quotes, and what they said.", furniture.settings.title);
    draw(&furniture, root, "record", Subject::Record { title, description }, "/record/", page).await
}

/// What one person said, the newest first.
pub async fn person(app: &Arc<App>, slug: &str, page: u32) -> Result<Answer, Error> {
    let Some(person) = store::person::by_slug(&app.store, slug).await? else {
        let moved = store::person::moved(&app.store, slug).await?.ok_or(Error::NotFound)?;
        return Ok(Answer::moved(&format!("/record/{}/", news::slug::encoded(&moved.slug))));
    };
    let skip = i64::from(page - 1) * ON_A_PAGE;
    let mut statements = store::statement::of_person(&app.store, &person.id, ON_A_PAGE + 1, skip).await?;
    let more = statements.len() as i64 > ON_A_PAGE;
    statements.truncate(ON_A_PAGE as usize);
    if statements.is_empty() {
        return Err(Error::NotFound); // a name that stands in drafts alone stays in the newsroom
    }
    let furniture = Furniture::of(app).await?;
    let ids: Vec<Id> = statements.iter().map(|statement| statement.id.clone()).collect();
    let mut places: HashMap<Id, Vec<Appearance>> = HashMap::new();
    for appearance in store::statement::open(&app.store, &ids).await? {
        places.entry(appearance.statement.clone()).or_default().push(appearance);
    }
    let mut articles: Vec<Id> = places.values().flatten().map(|place| place.article.clone()).collect();
    articles.sort_unstable();
    articles.dedup();
    let cards = store::article::cards(&app.store, &articles).await?;
    let link = |id: &Id| {
        let article = &cards.iter().find(|card| card.article.id == *id)?.article;
        let url = article.path.clone()?;
        Some(Value::map([("headline", article.headline.as_str().into()), ("url", url.into())]))
    };
    let offices = Offices::of(app, &person).await?;
    let rows = statements.iter().map(|statement| {
        let places = places.get(&statement.id).map(Vec::as_slice).unwrap_or_default();
        let day = statement.first_at.map(|at| at.to_zoned_datetime(furniture.zone.clone()).date());
        let occasion = places.first().map(|place| &place.occasion);
        // The day it was said, where that is not the day it was printed.
        let said_on = occasion.and_then(|said| said.said_on).filter(|said| Some(*said) != day);
        let said_on = said_on.and_then(|day| furniture.zone.to_timestamp(day.at(0, 0, 0, 0)).ok());
        let also: Vec<Value> = places.iter().skip(1).take(ALSO).filter_map(|place| link(&place.article)).collect();
        Value::map([
            ("id", statement.id.as_str().into()),
            ("words", statement.words.as_str().into()),
            ("marked", (statement.kind != SaidKind::Reported).into()),
            ("partial", (statement.kind == SaidKind::Partial).into()),
            ("said_at", statement.first_at.map(|at| furniture.time(at)).into()),
            ("office", day.and_then(|day| offices.on(day)).into()),
            ("addressee", occasion.and_then(|said| said.addressee.as_deref()).into()),
            ("venue", occasion.and_then(|said| said.venue.as_deref()).into()),
            ("said_on", said_on.map(|at| furniture.time(at)).into()),
            ("said_resolved", occasion.is_some_and(|said| said.is_resolved).into()),
            ("context", places.first().map(|place| context(statement, place)).into()),
            ("article", places.first().and_then(|place| link(&place.article)).unwrap_or(Value::Null)),
            ("also", Value::list(also)),
        ])
    });
    let root = Map::from([
        ("person", Value::map([("name", person.name.as_str().into()), ("url", person.url().into())])),
        ("statements", Value::list(rows)),
        ("pagination", pagination(&person.url(), page, more)),
    ]);
    let title = person.name.clone();
    let description = format!("What {} said, as {} printed it.", person.name, furniture.settings.title);
    draw(&furniture, root, "record-person", Subject::Record { title, description }, &person.url(), page).await
}

/// The sentence around a fragment, so that a partial quotation can be read; nothing for whole sentences.
/// What is said in an article and readers may see, in the order of its text.
pub async fn of_article(app: &App, article: &Id) -> Result<Value, Error> {
    let places: Vec<Appearance> =
        store::statement::of_article(&app.store, article).await?.into_iter().filter(|place| place.is_open).collect();
    let ids: Vec<Id> = places.iter().map(|place| place.statement.clone()).collect();
    let mut statements = store::statement::by_ids(&app.store, &ids).await?;
    statements.retain(|statement| statement.state == StatementState::Public);
    statements.sort_by_key(|statement| ids.iter().position(|id| *id == statement.id));
    let people: Vec<Id> = statements.iter().filter_map(|statement| statement.person.clone()).collect();
    let people = store::person::by_ids(&app.store, &people).await?;
    let rows = statements.iter().map(|statement| {
        let person = people.iter().find(|person| Some(&person.id) == statement.person.as_ref());
        Value::map([
            ("id", statement.id.as_str().into()),
            ("words", statement.words.as_str().into()),
            ("marked", (statement.kind != SaidKind::Reported).into()),
            ("partial", (statement.kind == SaidKind::Partial).into()),
            ("speaker", person.map(|person| person.name.as_str()).or(statement.speaker.as_deref()).into()),
            ("url", person.map(Person::url).into()),
        ])
    });
    Ok(Value::list(rows))
}

fn context(statement: &Statement, place: &Appearance) -> Option<String> {
    if statement.kind != SaidKind::Partial {
        return None;
    }
    let one_line = |text: &str| text.split('\n').next_back().unwrap_or_default().to_owned();
    let before = one_line(&place.anchor.before);
    let after = place.anchor.after.split('\n').next().unwrap_or_default();
    Some(format!("…{before}{}{after}…", place.anchor.exact))
}

/// The offices of a person: the magazine's own register, or else the one that is built in.
struct Offices {
    kept: Vec<Term>,
    name: String,
}

impl Offices {
    async fn of(app: &Arc<App>, person: &Person) -> Result<Offices, Error> {
        Ok(Offices { kept: store::person::terms(&app.store, &person.id).await?, name: person.name.clone() })
    }

    /// What the person held on a day; `None` where no source says so, or two people bear the name.
    fn on(&self, day: Date) -> Option<String> {
        if !self.kept.is_empty() {
            let term = self.kept.iter().find(|term| term.covers(day))?;
            return Some(office(&term.office, &term.department));
        }
        let register = Register::embedded();
        let [person] = register.named(&self.name)[..] else { return None };
        let held = register.held_by(person, day);
        held.iter().min_by_key(|held| held.office.rank).map(|held| office(&held.office.name, &held.office.department))
    }
}

fn office(name: &str, department: &str) -> String {
    // “Prime Minister, Prime Minister’s Office” says it twice.
    let said = department.is_empty() || name.contains(department) || department.contains(name);
    if said { name.to_owned() } else { format!("{name}, {department}") }
}

/// Where to turn the page.
pub(super) fn pagination(base: &str, page: u32, more: bool) -> Value {
    let to = |page: u32| if page == 1 { base.to_owned() } else { format!("{base}page/{page}/") };
    Value::map([("prev", (page > 1).then(|| to(page - 1)).into()), ("next", more.then(|| to(page + 1)).into())])
}

async fn draw(
    furniture: &Arc<Furniture>,
    root: Map,
    template: &str,
    subject: Subject<'_>,
    base: &str,
    page: u32,
) -> Result<Answer, Error> {
    let path = if page == 1 { base.to_owned() } else { format!("{base}page/{page}/") };
    let head = head::of(furniture, &subject, &path).await?;
    let templates = vec![template.to_owned()];
    let scene = Scene { root, templates, contexts: vec!["record"], path, head, shows_title: None };
    let Drawn { fresh, .. } = themes::draw(furniture, scene).await?;
    Ok(Answer::kept(fresh, vec![Place::Record, Place::Everything], Keep::WhileRoom))
}
