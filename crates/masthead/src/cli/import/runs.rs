//! `masthead import list` and `masthead import undo`.

use clap::Args;
use jiff::Timestamp;
use news::{Actor, Id};
use serde_json::{Value, json};

use crate::actions::By;
use crate::actions::undo_import::undo_import;
use crate::cli::printed::counted;
use crate::cli::progress::Bars;
use crate::cli::{Outcome, open};
use crate::config::Place;

/// Imports that are listed.
const MOST: i64 = 1_000;

/// `masthead import list`.
#[derive(Args, Debug)]
pub struct List {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl List {
    /// Does it.
    pub async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let runs = store::run::newest(&app.store, MOST).await?;
        if self.json {
            let all: Vec<Value> = runs
                .iter()
                .map(|run| {
                    json!({
                        "run": run.id, "kind": run.kind, "site": run.site, "source": run.source, "made_at": time(run.made_at),
                        "finished_at": run.finished_at.map(time), "undone_at": run.undone_at.map(time),
                        "report": serde_json::from_str::<Value>(&run.report).unwrap_or_default(),
                    })
                })
                .collect();
            say!("{}", json!({ "imports": all }));
            return Ok(());
        }
        if runs.is_empty() {
            say!("Nothing was imported here.");
        }
        for run in runs {
            let state = match (run.undone_at, run.finished_at) {
                (Some(_), _) => "taken back",
                (_, None) => "stopped in the middle: import again to go on",
                _ => "",
            };
            say!("{}  {}  {:<9}  {}  {state}", run.id, time(run.made_at), run.kind, run.site);
        }
        Ok(())
    }
}

/// `masthead import undo`.
#[derive(Args, Debug)]
pub struct Undo {
    /// The import, as `masthead import list` names it
    #[arg(value_name = "RUN", value_parser = run_id)]
    run: Id,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

fn run_id(text: &str) -> Result<Id, String> {
    Id::parse(text).map_err(|_| "an import is named by 24 characters, such as `masthead import list` shows".into())
}

impl Undo {
    /// Does it.
    pub async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let by = By { actor: Actor::Command, reason: Some(format!("import {} taken back", self.run)) };
        let undone = undo_import(&app, &self.run, &by, &Bars::default()).await?;
        if self.json {
            say!(
                "{}",
                json!({
                    "run": self.run, "articles": undone.articles, "restored": undone.restored, "pictures": undone.pictures,
                    "redirects": undone.redirects, "kept": undone.kept,
                })
            );
            return Ok(());
        }
        say!("The import was taken back.");
        counted(undone.articles, "articles and pages are gone, with their addresses");
        counted(undone.restored, "articles are what they were before");
        counted(undone.pictures, "pictures and files are gone");
        counted(undone.redirects, "addresses lead nowhere any more");
        counted(undone.kept, "pictures stay, because articles of yours show them");
        Ok(())
    }
}

fn time(at: i64) -> String {
    Timestamp::from_millisecond(at).map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}
