//! `masthead record`: reading the archive anew, and what waits for an editor.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use news::statement::Decision;
use news::{Actor, Id, StatementState};
use serde_json::json;

use super::{Outcome, open, progress};
use crate::actions::{By, rebuild, record};
use crate::config::Place;

/// Who said what.
#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// Read every article anew; stopped in the middle, it goes on where it was
    Rebuild(Rebuild),
    /// List statements, those that changed last first
    List(List),
    /// Say that a statement is right: words and speaker
    Confirm(Decide),
    /// Say that a statement is wrong, so that it is never shown
    Reject(Decide),
}

/// `masthead record rebuild`.
#[derive(Args, Debug)]
pub struct Rebuild {
    /// Begin with the first article, whatever was done before
    #[arg(long)]
    afresh: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// `masthead record list`.
#[derive(Args, Debug)]
pub struct List {
    /// In which state: proposed, confirmed, rejected, public or withdrawn
    #[arg(long, default_value = "proposed", value_parser = state)]
    state: StatementState,
    /// How many at most
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=10_000))]
    most: i64,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// `masthead record confirm` and `reject`.
#[derive(Args, Debug)]
pub struct Decide {
    /// The statement's id, as `record list` prints it
    id: String,
    /// Why; written into the record of acts
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    place: Place,
}

fn state(text: &str) -> Result<StatementState, String> {
    let names = || StatementState::ALL.iter().map(|state| state.word()).collect::<Vec<_>>().join(", ");
    StatementState::of(text).ok_or_else(|| format!("write one of {}", names()))
}

impl RecordCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            RecordCommand::Rebuild(rebuild) => rebuild.run().await,
            RecordCommand::List(list) => list.run().await,
            RecordCommand::Confirm(decide) => decide.run(Decision::Confirmed).await,
            RecordCommand::Reject(decide) => decide.run(Decision::Rejected).await,
        }
    }
}

impl Rebuild {
    async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let total = rebuild::articles(&app).await?;
        let bar = progress::bar(total, "Reading");
        let read = rebuild::rebuild(&app, self.afresh, |done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        if self.json {
            say!("{}", json!({ "articles": read.articles, "statements": read.statements, "resumed": read.resumed }));
        } else {
            let goes_on = if read.resumed { " (going on where it stopped)" } else { "" };
            say!("{} articles read{goes_on}, {} statements found.", read.articles, read.statements);
        }
        Ok(())
    }
}

impl List {
    async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let statements = store::statement::in_state(&app.store, self.state, self.most).await?;
        if self.json {
            say!("{}", serde_json::to_string_pretty(&statements)?);
            return Ok(());
        }
        for statement in &statements {
            let speaker = statement.speaker.as_deref().unwrap_or("nobody named");
            say!("{}  {:>3} %  {speaker}: “{}”", statement.id, statement.confidence / 10, statement.words);
        }
        if statements.is_empty() {
            say!("No statement is {}.", self.state);
        }
        Ok(())
    }
}

impl Decide {
    async fn run(self, decision: Decision) -> Outcome {
        let id = Id::parse(&self.id).map_err(|_| anyhow!("“{}” is no id of a statement", self.id))?;
        let app: Arc<_> = open::existing(&self.place).await?;
        let by = By { actor: Actor::Command, reason: self.reason };
        let decided = record::decide(&app, &id, decision, &by).await.context("the statement stays as it is")?;
        say!("It is {} now.", decided.state);
        Ok(())
    }
}
