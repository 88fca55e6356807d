//! A magazine moves out: everything that Ghost has a word for, in Ghost's own export.

use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

use import::ghost::Writer;
use news::{Id, Kind, Status};
use serde_json::{Map, Value};
use store::{author, section, setting, tag};

use super::ActError;
use super::move_in::REST;
use crate::App;

/// Articles that are read at a time.
const AT_ONCE: i64 = 200;

/// How many went out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Articles, of every status.
    pub articles: u64,
    /// Static pages.
    pub pages: u64,
    /// What was cut because Ghost takes no more of it.
    pub cut: Vec<String>,
    /// Public addresses that Ghost will not have by itself: the path here, the path there.
    pub moved: Vec<(String, String)>,
}

/// Why a magazine did not move out.
#[derive(Debug, thiserror::Error)]
pub enum NoExport {
    /// It cannot be read.
    #[error(transparent)]
    Act(#[from] ActError),
    /// The file cannot be written.
    #[error("the file cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

impl From<store::Broken> for NoExport {
    fn from(why: store::Broken) -> NoExport {
        NoExport::Act(why.into())
    }
}

impl From<crate::Error> for NoExport {
    fn from(why: crate::Error) -> NoExport {
        match why {
            crate::Error::Broken(broken) => broken.into(),
            why => NoExport::Act(ActError::Field(why.to_string())),
        }
    }
}

/// Writes the magazine as Ghost's export. `done` is told how many articles and pages are behind it.
pub async fn move_out<W: Write>(app: &Arc<App>, out: W, done: impl Fn(u64)) -> Result<(W, Account), NoExport> {
    let settings = app.settings().await?;
    let sections = section::all(&app.store).await?;
    let rest = setting::body_of(&app.store, REST).await?;
    let rest: Map<String, Value> = rest.and_then(|row| serde_json::from_str(&row.body).ok()).unwrap_or_default();
    let mut account = Account::default();
    let mut taken = HashSet::new();
    let (authors, tags) = (author::all(&app.store).await?, tag::all(&app.store).await?);
    let mut writer = Writer::begin(out, app.now(), &settings, &sections, &tags)?;
    // Pages first: their addresses are the same there, and no article may take one.
    for kind in [Kind::Page, Kind::Article] {
        let mut last = String::new();
        loop {
            let ids = store::article::ids_after(&app.store, kind.word(), &last, AT_ONCE).await?;
            let Some(end) = ids.last() else { break };
            last = end.id.clone();
            for id in ids.iter().filter_map(|row| Id::parse(&row.id).ok()) {
                let Some(card) = store::article::by_id(&app.store, &id).await? else { continue };
                let slug = writer.post(&card.article)?;
                let there = news::slug::encoded(&format!("/{slug}/"));
                taken.insert(there.clone());
                if let Some(path) =
                    card.article.path.filter(|path| card.article.status == Status::Published && *path != there)
                {
                    account.moved.push((path, there));
                }
                match kind {
                    Kind::Article => account.articles += 1,
                    Kind::Page => account.pages += 1,
                }
                done(account.articles + account.pages);
            }
        }
    }
    let (out, written) = writer.end(&settings, &authors, &tags, &rest)?;
    account.cut = written.cut;
    account.moved.extend(written.sections);
    // What is somebody's address there leads nowhere else.
    account.moved.retain(|(from, _)| !taken.contains(from));
    Ok((out, account))
}
