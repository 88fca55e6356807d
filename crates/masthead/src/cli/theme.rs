//! `masthead theme`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use clap::{Args, Subcommand};
use news::Actor;
use serde_json::json;
use tokio::net::TcpListener;

use super::{Outcome, open};
use crate::actions::{By, theme as act};
use crate::config::Place;
use crate::site::themes;
use crate::{App, routes, server, site};

/// Themes.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// List the themes that are there
    List(List),
    /// Bring a theme in from a folder or a ZIP archive
    Install(Install),
    /// Show the magazine in another theme
    Use(Use),
    /// Go back to the theme before
    Back(Back),
    /// Look at the magazine in a theme that it does not wear, at another address
    Preview(Preview),
    /// See and choose the settings of the theme in use
    #[command(subcommand)]
    Settings(SettingsOfTheme),
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

/// `masthead theme install`.
#[derive(Args, Debug)]
pub struct Install {
    /// The theme: a folder with package.json, or a ZIP archive of one
    from: PathBuf,
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

/// `masthead theme back`.
#[derive(Args, Debug)]
pub struct Back {
    #[command(flatten)]
    place: Place,
}

/// `masthead theme preview`.
#[derive(Args, Debug)]
pub struct Preview {
    /// The theme's name, as `theme list` prints it, or the path of a folder
    name: String,
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:2369", value_name = "ADDRESS")]
    listen: std::net::SocketAddr,
    #[command(flatten)]
    place: Place,
}

/// `masthead theme settings`.
#[derive(Debug, Subcommand)]
pub enum SettingsOfTheme {
    /// Print each setting, what it is and what it can be
    List(Back),
    /// Choose one
    Set(Set),
}

/// `masthead theme settings set`.
#[derive(Args, Debug)]
pub struct Set {
    /// The setting's name
    key: String,
    /// What it is to be; empty for what the theme proposes
    value: String,
    #[command(flatten)]
    place: Place,
}

impl ThemeCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        let by = By::new(Actor::Command);
        match self {
            ThemeCommand::List(list) => list.run().await,
            ThemeCommand::Install(Install { from, place }) => {
                let app = open::existing(&place).await?;
                let name = act::install(&app, &from)?;
                say!(
                    "{name} is installed. See it with `masthead theme preview {name}`, wear it with `masthead theme use {name}`."
                );
                Ok(())
            }
            ThemeCommand::Use(Use { name, place }) => {
                let app = open::existing(&place).await?;
                let version = act::wear(&app, &name, &by).await?;
                say!("The magazine now wears {name} {version}.");
                Ok(())
            }
            ThemeCommand::Back(Back { place }) => {
                let name = act::go_back(&open::existing(&place).await?, &by).await?;
                say!("The magazine wears {name} again.");
                Ok(())
            }
            ThemeCommand::Preview(preview) => preview.run().await,
            ThemeCommand::Settings(SettingsOfTheme::List(Back { place })) => {
                let app = open::existing(&place).await?;
                let (theme, settings) = (app.theme(), app.settings().await?);
                let custom = themes::custom(&theme, &settings, app.now());
                for setting in theme.settings() {
                    let can = match setting.kind.as_str() {
                        "select" => setting.options.join(" | "),
                        kind => kind.to_owned(),
                    };
                    say!("{} = {:?}  ({can})", setting.key, custom.get(&setting.key));
                }
                Ok(())
            }
            ThemeCommand::Settings(SettingsOfTheme::Set(Set { key, value, place })) => {
                act::choose(&open::existing(&place).await?, &key, &value, &by).await?;
                say!("{key} is chosen.");
                Ok(())
            }
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

/// How often a preview looks whether the theme's files changed.
const LOOK: Duration = Duration::from_millis(400);

impl Preview {
    /// Serves the magazine's pages in the theme until it is stopped, and reads the theme again when its files change:
    /// open pages load themselves anew. Nothing of the magazine is changed.
    async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let folder = self.folder();
        let load = || match &folder {
            Some(folder) => themes::load_folder(folder),
            None => themes::load(&self.place.data, &self.name),
        };
        app.wear(load()?);
        site::try_on(&app).await.with_context(|| format!("the theme “{}” cannot draw every page", self.name))?;
        app.show_changes();
        let listener = TcpListener::bind(self.listen)
            .await
            .with_context(|| format!("{} cannot be listened on; choose another with --listen", self.listen))?;
        say!(
            "The magazine in {} at http://{}/ until you press Ctrl-C; others see nothing of it.",
            self.name,
            self.listen
        );
        let watched = folder.unwrap_or_else(|| self.place.data.join("themes").join(&self.name));
        let watching = app.clone();
        let name = self.name.clone();
        let data = self.place.data.clone();
        tokio::spawn(async move { watch(watching, watched, name, data).await });
        let router = routes::readers(app.clone());
        server::serve(app, listener, router, async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await;
        Ok(())
    }

    /// A name with a slash, or `.`, is a folder.
    fn folder(&self) -> Option<PathBuf> {
        (self.name.contains('/') || self.name == ".").then(|| PathBuf::from(&self.name))
    }
}

/// Reads the theme again whenever one of its files is newer.
async fn watch(app: Arc<App>, folder: PathBuf, name: String, data: PathBuf) {
    let mut last = newest(&folder);
    loop {
        tokio::time::sleep(LOOK).await;
        let now = newest(&folder);
        if now == last {
            continue;
        }
        last = now;
        let read = if folder.is_dir() { themes::load_folder(&folder) } else { themes::load(&data, &name) };
        match read {
            Ok(theme) => {
                app.wear(theme);
                app.pages.touch(&[news::Place::Everything]);
                app.changed();
                say!("{name} is read again.");
            }
            Err(why) => say!("{why}; the pages stay as they were."),
        }
    }
}

/// The time of the newest file, and how many there are.
fn newest(folder: &std::path::Path) -> (Option<SystemTime>, usize) {
    let (mut newest, mut count) = (None, 0);
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(facts) = entry.metadata() else { continue };
            if facts.is_dir() {
                folders.push(entry.path());
            } else {
                count += 1;
                newest = newest.max(facts.modified().ok());
            }
        }
    }
    (newest, count)
}
