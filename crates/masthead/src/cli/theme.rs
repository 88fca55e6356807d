//! `masthead theme`.

use anyhow::Context;
use clap::{Args, Subcommand};
use news::Actor;
use serde_json::json;

use super::{Outcome, open};
use crate::actions::{By, configure};
use crate::config::Place;
use crate::site::{self, themes};

/// Themes.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// List the themes that are there
    List(List),
    /// Show the magazine in another theme
    Use(Use),
}

/// `masthead theme list`.
#[derive(Args, Debug)]
pub struct List {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// `masthead theme use`.
#[derive(Args, Debug)]
pub struct Use {
    /// The theme's name, as `theme list` prints it
    name: String,
    #[command(flatten)]
    place: Place,
}

impl ThemeCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            ThemeCommand::List(list) => list.run().await,
            ThemeCommand::Use(chosen) => chosen.run().await,
        }
    }
}

impl List {
    async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let used = app.settings().await?.theme;
        let mut rows = Vec::new();
        for name in themes::names(&self.place.data) {
            match themes::load(&self.place.data, &name) {
                Ok(theme) => rows.push(json!({
                    "name": name, "version": theme.version(), "used": name == used, "problem": null,
                })),
                Err(why) => rows.push(json!({
                    "name": name, "version": null, "used": name == used, "problem": why.to_string(),
                })),
            }
        }
        if self.json {
            say!("{}", json!(rows));
            return Ok(());
        }
        for row in rows {
            let mark = if row["used"] == true { "*" } else { " " };
            let version = row["version"].as_str().unwrap_or("");
            let problem = row["problem"].as_str().map(|why| format!("  {why}")).unwrap_or_default();
            say!("{mark} {} {version}{problem}", row["name"].as_str().unwrap_or_default());
        }
        Ok(())
    }
}

impl Use {
    async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        // A theme that does not load, or cannot draw a page of each kind, is refused before readers see it.
        let theme = themes::load(&self.place.data, &self.name)?;
        let version = theme.version().to_owned();
        app.wear(theme);
        site::try_on(&app).await.with_context(|| format!("the theme “{}” stays out of use", self.name))?;
        let mut settings = app.settings().await?;
        settings.theme = self.name.clone();
        configure::configure(&app, &settings, &By::new(Actor::Command)).await?;
        say!("The magazine now wears {} {version}.", self.name);
        Ok(())
    }
}
