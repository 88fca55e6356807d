//! Reading the whole archive anew for the record: after an import, or with a newer reading machine.

use std::sync::Arc;

use news::{Id, Place};
use serde::{Deserialize, Serialize};
use store::{Batch, Refused, article, outbox, setting};
use tokio::task::JoinSet;

use super::ActError;
use super::keep::{commit, load, payload};
use super::record::reread;
use crate::App;

/// Articles that are read at once; the writer commits those that wait together.
const AT_ONCE: usize = 16;

/// Articles between two notes of how far it got.
const STRETCH: i64 = 256;

/// How often an article is read again when somebody changes it in the meantime.
const TRIES: usize = 4;

/// The group of settings in which the place is kept.
const PLACE: &str = "record-rebuild";

/// What was done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rebuilt {
    /// Articles read in this run.
    pub articles: u64,
    /// Statements found in them.
    pub statements: u64,
    /// Whether an earlier run had been stopped in the middle.
    pub resumed: bool,
}

/// How far an earlier run got.
#[derive(Default, Deserialize, Serialize)]
struct Progress {
    after: String,
    done: u64,
}

/// How many articles there are to read.
pub async fn articles(app: &App) -> Result<u64, ActError> {
    let count = article::count(&app.store, news::Kind::Article.word()).await?;
    Ok(count.map_or(0, |row| row.count.unsigned_abs()))
}

/// Reads every article anew, in the order of their ids. Stopped in the middle, the next run goes on behind the last
/// stretch that was finished, unless it is to begin `afresh`. `done` is told how many articles are behind it.
pub async fn rebuild(app: &Arc<App>, afresh: bool, done: impl Fn(u64)) -> Result<Rebuilt, ActError> {
    let earlier = setting::body_of(&app.store, PLACE).await?;
    let mut progress: Progress =
        earlier.filter(|_| !afresh).and_then(|row| serde_json::from_str(&row.body).ok()).unwrap_or_default();
    let mut rebuilt = Rebuilt { resumed: !progress.after.is_empty(), ..Rebuilt::default() };
    loop {
        done(progress.done);
        let ids = article::ids_after(&app.store, news::Kind::Article.word(), &progress.after, STRETCH).await?;
        let Some(last) = ids.last().map(|row| row.id.clone()) else { break };
        let some = ids.iter().filter_map(|row| Id::parse(&row.id).ok());
        read_these(app, some, &mut rebuilt).await?;
        progress = Progress { after: last, done: progress.done + ids.len() as u64 };
        let mut batch = Batch::new();
        batch.push(setting::put(PLACE, &serde_json::to_string(&progress).unwrap_or_default()));
        app.store.commit(batch).await?;
    }
    let mut batch = Batch::new();
    batch.push(setting::remove(PLACE));
    batch.push(outbox::add("refill", &payload(&[Place::Record]), &app.origin, app.now().as_millisecond()));
    commit(app, batch, vec![Place::Record]).await?;
    Ok(rebuilt)
}

/// Reads some articles.
async fn read_these(app: &Arc<App>, ids: impl Iterator<Item = Id>, rebuilt: &mut Rebuilt) -> Result<(), ActError> {
    let mut work = JoinSet::new();
    for id in ids {
        if work.len() == AT_ONCE {
            count(rebuilt, work.join_next().await)?;
        }
        let app = app.clone();
        work.spawn(async move { one(&app, &id).await });
    }
    while let Some(read) = work.join_next().await {
        count(rebuilt, Some(read))?;
    }
    Ok(())
}

/// Reads the articles that an import brought. `done` is told how many are behind it.
pub async fn of_run(app: &Arc<App>, run: &Id, done: impl Fn(u64)) -> Result<Rebuilt, ActError> {
    let mut rebuilt = Rebuilt::default();
    let mut walk = store::origin::Walk::along(run);
    while let Some(brought) = walk.next(&app.store, STRETCH).await? {
        done(rebuilt.articles);
        read_these(app, brought.iter().filter_map(|thing| thing.article()), &mut rebuilt).await?;
    }
    let mut batch = Batch::new();
    batch.push(outbox::add("refill", &payload(&[Place::Record]), &app.origin, app.now().as_millisecond()));
    commit(app, batch, vec![Place::Record]).await?;
    Ok(rebuilt)
}

fn count(
    rebuilt: &mut Rebuilt,
    read: Option<Result<Result<u64, ActError>, tokio::task::JoinError>>,
) -> Result<(), ActError> {
    let Some(read) = read else { return Ok(()) };
    rebuilt.statements += read.map_err(|why| ActError::Field(format!("an article could not be read: {why}")))??;
    rebuilt.articles += 1;
    Ok(())
}

/// Reads one article; answers how many statements it has. One that is gone has none.
async fn one(app: &Arc<App>, id: &Id) -> Result<u64, ActError> {
    for _ in 0..TRIES {
        let article = match load(app, id).await {
            Ok(card) => card.article,
            Err(ActError::NotFound) => return Ok(0),
            Err(why) => return Err(why),
        };
        let said = reread(app, &article).await?;
        if said.is_empty() {
            return Ok(0);
        }
        let mut batch = Batch::new();
        // What was read is only kept while the article is as it was read.
        batch.must(article::unchanged(id.as_str(), article.version));
        said.write_into(&mut batch, id, app.now());
        match app.store.commit(batch).await {
            Ok(()) => return Ok(said.count()),
            Err(Refused::Stale | Refused::Taken) => {}
            Err(why) => return Err(why.into()),
        }
    }
    Ok(0)
}
