//! `masthead people`: the persons of the record, and the offices that they held.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use record::offices::{Register, Source, raw};
use serde_json::json;

use super::{Outcome, open, progress};
use crate::actions::person;
use crate::config::Place;

/// People whom articles name.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Bring in people and the offices that they held, from the collections as their makers publish them
    Import(Import),
}

/// `masthead people import`.
#[derive(Args, Debug)]
pub struct Import {
    /// The folder or file of a collection: the Institute for Government's tables, executive.yaml of the United States, or the
    /// list of world leaders; or a folder that holds several
    path: PathBuf,
    /// The last day that the collection speaks about; otherwise that of the built-in copy, or the day the file was written
    #[arg(long, value_name = "DATE")]
    snapshot: Option<Date>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl PeopleCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            PeopleCommand::Import(import) => import.run().await,
        }
    }
}

impl Import {
    async fn run(self) -> Outcome {
        // Everything is read before anything is written: a bad file costs nothing.
        let sources = self.sources()?;
        let app = open::for_writing(&self.place).await?;
        let people: usize = sources.iter().map(|source| source.people.len()).sum();
        let terms: usize = sources.iter().map(|source| source.terms.len()).sum();
        let bar = progress::bar(people as u64, "Importing people");
        let mut added = 0;
        for source in &sources {
            added += person::import(&app, source, |done| bar.inc(done)).await?;
        }
        bar.finish_and_clear();
        if self.json {
            let names: Vec<&str> = sources.iter().map(|source| source.about.name.as_str()).collect();
            say!("{}", json!({ "sources": names, "people": people, "added": added, "terms": terms }));
        } else {
            for source in &sources {
                say!("{}, up to {}: {} people", source.about.name, source.about.snapshot, source.people.len());
            }
            say!("{added} new people, {terms} terms of office.");
        }
        Ok(())
    }

    /// The collections at the path: it is one, or a folder of some, each a file or a folder of its own.
    fn sources(&self) -> Result<Vec<Source>, anyhow::Error> {
        let path = &self.path;
        if !path.exists() {
            bail!("{} is not there", path.display());
        }
        let first = match self.source(path) {
            Ok(source) => return Ok(vec![source]),
            Err(why) if !path.is_dir() => return Err(why),
            Err(why) => why,
        };
        let mut sources = Vec::new();
        for below in entries(path)? {
            match self.source(&below) {
                Ok(source) => sources.push(source),
                Err(_) if below.is_dir() => {
                    sources.extend(entries(&below)?.iter().filter_map(|file| self.source(file).ok()));
                }
                Err(_) => {} // a licence, a read-me
            }
        }
        if sources.is_empty() { Err(first) } else { Ok(sources) }
    }

    fn source(&self, path: &Path) -> Result<Source, anyhow::Error> {
        let read = |day| raw::read(path, day).with_context(|| path.display().to_string());
        if let Some(day) = self.snapshot {
            return read(day);
        }
        let source = read(written(path)?)?;
        // A collection that is built in is taken to be of the day that is known there, if it says nothing of it:
        // too early a day makes the register silent, too late a day makes it wrong.
        let known = Register::embedded().sources().find(|about| about.name == source.about.name);
        match known {
            Some(about) if about.snapshot < source.about.snapshot => read(about.snapshot),
            _ => Ok(source),
        }
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, anyhow::Error> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    Ok(entries)
}

/// The day a file was last written: what it says is no newer.
fn written(path: &Path) -> Result<Date, anyhow::Error> {
    let time = std::fs::metadata(path)?.modified()?;
    Ok(jiff::Timestamp::try_from(time)?.to_zoned_datetime(jiff::tz::TimeZone::UTC).date())
}
