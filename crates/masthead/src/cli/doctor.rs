//! `masthead verify` (is what is kept whole?) and `masthead doctor` (is the machine right?).

use anyhow::bail;
use clap::Args;
use manuscript::Document;
use news::{Id, Permalink};
use serde_json::{Value, json};

use super::{Outcome, open, progress};
use crate::config::Place;
use crate::{App, site};

/// `masthead verify`.
#[derive(Args, Debug)]
pub struct Verify {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// `masthead doctor`.
#[derive(Args, Debug)]
pub struct Doctor {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// One thing that was looked at.
struct Check {
    name: &'static str,
    problem: Option<String>,
}

impl Verify {
    /// Does it: 0 when everything is whole, 1 with each fault named.
    pub async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let mut checks = vec![database(&self.place)];
        checks.extend(articles(&app).await?);
        report(checks, self.json)
    }
}

impl Doctor {
    /// Does it: 0 when nothing is in the way of serving, 1 with each obstacle named.
    pub async fn run(self) -> Outcome {
        let mut checks = Vec::new();
        let folder = match self.place.data.exists() {
            true => open::make_folder(&self.place.data).err().map(|why| format!("{why:#}")),
            false => Some(format!("{} is not there yet", self.place.data.display())),
        };
        checks.push(Check { name: "the data folder can be written", problem: folder });
        checks.push(Check { name: "the disk has room", problem: room(&self.place) });
        match open::existing(&self.place).await {
            Ok(app) => {
                checks.push(Check { name: "the database opens", problem: None });
                checks.extend(settings(&app).await?);
            }
            Err(why) => checks.push(Check { name: "the database opens", problem: Some(format!("{why:#}")) }),
        }
        let local = self.place.url.host().starts_with("localhost");
        let problem = local.then(|| {
            "the address is localhost: links in feeds and mails lead nowhere else; set --url to the public one".into()
        });
        checks.push(Check { name: "the public address is set", problem });
        report(checks, self.json)
    }
}

fn report(checks: Vec<Check>, as_json: bool) -> Outcome {
    let faults = checks.iter().filter(|check| check.problem.is_some()).count();
    if as_json {
        let rows: Vec<Value> = checks
            .iter()
            .map(|c| json!({ "check": c.name, "ok": c.problem.is_none(), "problem": c.problem }))
            .collect();
        say!("{}", json!({ "faults": faults, "checks": rows }));
    } else {
        for Check { name, problem } in &checks {
            match problem {
                None => say!("ok   {name}"),
                Some(why) => say!("NO   {name}: {why}"),
            }
        }
    }
    match faults {
        0 => Ok(()),
        1 => bail!("1 check failed"),
        n => bail!("{n} checks failed"),
    }
}

fn database(place: &Place) -> Check {
    let problem = match place.database.as_str() {
        "sqlite" => store::backup::check_database(&place.data.join("masthead.db")).err().map(|why| why.to_string()),
        _ => None, // PostgreSQL watches over its own pages
    };
    Check { name: "the database is sound", problem }
}

/// Reads every article as a reader would need it.
async fn articles(app: &App) -> Result<Vec<Check>, anyhow::Error> {
    let mut unreadable = Vec::new();
    let mut lost = Vec::new();
    let mut astray = Vec::new();
    let mut pictures = Vec::new();
    for kind in news::Kind::ALL {
        let total = store::article::count(&app.store, kind.word()).await?.map_or(0, |row| row.count);
        let bar = progress::bar(total as u64, "Verifying");
        let mut last = String::new();
        loop {
            let rows = store::article::ids_after(&app.store, kind.word(), &last, 500).await?;
            let Some(end) = rows.last() else { break };
            last = end.id.clone();
            for id in rows.iter().filter_map(|row| Id::parse(&row.id).ok()) {
                bar.inc(1);
                let Some(card) = store::article::by_id(&app.store, &id).await? else { continue };
                let article = card.article;
                if Document::parse(&article.body).is_err() {
                    unreadable.push(id.to_string());
                }
                let src = article.lead_picture.as_ref().and_then(|picture| picture.src.as_deref());
                if let Some(name) = src.and_then(|src| src.strip_prefix("/content/"))
                    && !app.media.has(name)
                {
                    pictures.push(format!("{name} of {id}"));
                }
                if !article.is_public() {
                    continue;
                }
                let path = article.path.as_deref().unwrap_or_default();
                let holder = store::address::holder(&app.store, path).await?;
                if holder.is_none_or(|holder| holder.article_id != id.as_str()) {
                    lost.push(id.to_string());
                }
                let shelves = store::shelf::shelves_of(&app.store, &id).await?;
                if (article.kind == news::Kind::Article) == shelves.is_empty() {
                    astray.push(id.to_string());
                }
            }
        }
        bar.finish_and_clear();
    }
    let missing = store::revision::missing(&app.store).await?.map_or(0, |row| row.count);
    let named = |ids: Vec<String>| {
        let shown = ids.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
        (!ids.is_empty()).then(|| format!("{} ({shown})", ids.len()))
    };
    Ok(vec![
        Check { name: "every manuscript can be read", problem: named(unreadable) },
        Check { name: "every public article has its address", problem: named(lost) },
        Check { name: "every public article stands on its lists", problem: named(astray) },
        Check {
            name: "every article has the revision of its version",
            problem: (missing > 0).then(|| format!("{missing} lack it")),
        },
        Check { name: "every lead picture has its file", problem: named(pictures) },
        Check { name: "the lists are as long as they say", problem: tallies(app).await? },
    ])
}

async fn tallies(app: &App) -> Result<Option<String>, anyhow::Error> {
    let wrong = store::shelf::wrong_tallies(&app.store).await?;
    let names: Vec<String> =
        wrong.iter().take(10).map(|row| format!("{} says {}, holds {}", row.place, row.articles, row.found)).collect();
    Ok((!names.is_empty()).then(|| names.join("; ")))
}

async fn settings(app: &App) -> Result<Vec<Check>, anyhow::Error> {
    let settings = app.settings().await?;
    let theme = site::themes::load(&app.data, &settings.theme).err().map(|why| why.to_string());
    let zone = jiff::tz::TimeZone::get(&settings.timezone).err().map(|why| why.to_string());
    let permalink = Permalink::parse(&settings.permalink).err().map(|why| why.to_string());
    let waiting = store::outbox::waiting(&app.store, 1_000).await?.len();
    let backlog =
        (waiting >= 1_000).then(|| "1,000 pieces of work or more wait in the outbox; is the server running?".into());
    let owner = store::staff::all(&app.store).await?.iter().any(|staff| staff.role == news::Role::Owner);
    let no_owner = (!owner).then(|| "nobody may sign in as owner; see `masthead staff add`".into());
    Ok(vec![
        Check { name: "the theme can be used", problem: theme },
        Check { name: "the time zone is known", problem: zone },
        Check { name: "the permalink pattern is right", problem: permalink },
        Check { name: "the outbox is worked off", problem: backlog },
        Check { name: "there is an owner", problem: no_owner },
    ])
}

/// Less than this is too little to write safely.
const LEAST_ROOM: u64 = 200 << 20;

fn room(place: &Place) -> Option<String> {
    let stat = rustix::fs::statvfs(&place.data).ok()?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    (free < LEAST_ROOM).then(|| format!("only {} MB are free", free / 1_000_000))
}
