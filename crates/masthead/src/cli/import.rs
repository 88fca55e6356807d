//! `masthead import`.

mod ghost;
mod runs;
mod wordpress;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::import::text::{self, TextPage};
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use news::{Actor, Headline, Kind, LeadPicture, SectionPath};
use record::checks::Finding;
use serde_json::{Value, json};

use super::{Outcome, open, progress};
use crate::App;
use crate::actions::edit::Change;
use crate::actions::{By, Written, check, edit, names, publish};
use crate::config::Place;

/// Bring articles in.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Pages saved as plain text: content is told from furniture, and every line is accounted for
    Text(Text),
    /// A Ghost site: articles, pages, authors, tags, settings, pictures, every address
    Ghost(ghost::Ghost),
    /// A WordPress site: posts, pages, categories, tags, authors, menus, pictures, comments, every address
    Wordpress(Box<wordpress::Wordpress>),
    /// What was imported, with the names of the imports
    List(runs::List),
    /// Takes an import back, as long as nothing of it was edited since
    Undo(runs::Undo),
}

/// `masthead import text`.
#[derive(Args, Debug)]
pub struct Text {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// When it was published, with zone; otherwise the date on the page, else now. Such as 2025-08-18T07:00:00+01:00
    #[arg(long, value_name = "WHEN", value_parser = when)]
    published: Option<Timestamp>,
    /// The section, such as politics or politics/europe; made where there is none
    #[arg(long, value_name = "PATH", value_parser = section)]
    section: Option<SectionPath>,
    /// The byline (may be given several times); made where there is none of this name
    #[arg(long, value_name = "NAME")]
    author: Vec<String>,
    /// Publish at once; otherwise it becomes a draft
    #[arg(long)]
    publish: bool,
    /// Why it goes out as it is; written into the record of acts
    #[arg(long, value_name = "REASON")]
    sign: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Largest file that is read, in bytes; a little more than the reader takes, so that it can say so.
const LARGEST_FILE: u64 = text::MAX_BYTES as u64 + 1;

fn when(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "write a date, a time and a zone, such as 2025-08-18T07:00:00+01:00".into())
}

fn section(text: &str) -> Result<SectionPath, String> {
    SectionPath::parse(text).map_err(|why| why.to_string())
}

impl Import {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            Import::Text(text) => text.run().await,
            Import::Ghost(ghost) => ghost.run().await,
            Import::Wordpress(wordpress) => wordpress.run().await,
            Import::List(list) => list.run().await,
            Import::Undo(undo) => undo.run().await,
        }
    }
}

impl Text {
    async fn run(self) -> Outcome {
        // Everything is read before anything is written: a bad file costs nothing.
        let mut pages = Vec::new();
        for file in &self.files {
            let page = read(file).with_context(|| file.display().to_string())?;
            pages.push((file, page));
        }
        let app = open::for_writing(&self.place).await?;
        let run = app.new_id();
        let bar = progress::bar(pages.len() as u64, "Importing");
        let (mut accounts, mut findings) = (Vec::new(), 0);
        for (file, page) in &pages {
            let written = self.write(&app, page).await.with_context(|| file.display().to_string())?;
            let found = check::check(&app, &written.article).await?;
            findings += found.len();
            let url = written.article.path.filter(|_| self.publish);
            accounts.push(account(file, page, url.as_deref(), &found));
            bar.inc(1);
        }
        bar.finish_and_clear();
        if self.json {
            let credits = pages.iter().filter(|(_, page)| page.credit.is_some()).count();
            say!(
                "{}",
                json!({
                    "run": run, "articles": pages.len(), "pages": 0, "pictures": 0, "comments": 0, "redirects": 0,
                    "kept_as_other": credits, "skipped": [], "findings": findings, "files": accounts,
                })
            );
        } else {
            for ((file, page), account) in pages.iter().zip(&accounts) {
                print_account(file, page, account);
            }
        }
        Ok(())
    }

    /// Writes one page as an article.
    async fn write(&self, app: &Arc<App>, page: &TextPage) -> Result<Written, anyhow::Error> {
        let by = By { actor: Actor::Command, reason: self.sign.clone() };
        let mut authors = Vec::new();
        let named = if self.author.is_empty() { page.byline.iter().cloned().collect() } else { self.author.clone() };
        for name in &named {
            authors.push(names::author_named(app, name).await?.id);
        }
        let picture = page.credit.clone().map(|credit| LeadPicture { credit: Some(credit), ..LeadPicture::default() });
        let mut tags = Vec::new();
        for name in page.tags.iter().take(news::limits::TAGS) {
            tags.push(names::tag_named(app, name).await?.id);
        }
        let published = match self.published {
            Some(published) => Some(published),
            None => dated(app, page).await?,
        };
        let change = Change {
            tags: Some(tags),
            headline: Some(Headline::parse(&page.headline)?),
            standfirst: Some(page.standfirst.clone()),
            body: Some(page.manuscript().to_json().into_owned()),
            section: Some(self.section.clone()),
            authors: Some(authors),
            lead_picture: Some(picture),
            published_at: Some(published),
            ..Change::default()
        };
        let pending = edit::begin(app, Kind::Article, change).await?;
        if !self.publish {
            return Ok(edit::save(app, pending, &by).await?);
        }
        let written = match published {
            Some(dated) if dated < app.now() => publish::publish_dated(app, pending, dated, None, &by).await?,
            _ => publish::publish(app, pending, published, &by).await?,
        };
        Ok(written)
    }
}

/// The date that the page itself gives, at the beginning of that day in the magazine's zone.
async fn dated(app: &App, page: &TextPage) -> Result<Option<Timestamp>, anyhow::Error> {
    let Some(day) = page.published else { return Ok(None) };
    let zone = jiff::tz::TimeZone::get(&app.settings().await?.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    Ok(day.to_zoned_datetime(zone).ok().map(|day| day.timestamp()))
}

fn read(file: &Path) -> Result<TextPage, anyhow::Error> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(|why| anyhow!("it cannot be read: {why}"))?;
    opened.take(LARGEST_FILE).read_to_end(&mut bytes).map_err(|why| anyhow!("it cannot be read: {why}"))?;
    Ok(text::read(&bytes)?)
}

fn account(file: &Path, page: &TextPage, url: Option<&str>, findings: &[Finding]) -> Value {
    let lines: Vec<Value> = page
        .account
        .iter()
        .map(|line| json!({ "line": line.line, "fate": line.fate.to_string(), "text": line.text }))
        .collect();
    json!({
        "file": file.display().to_string(), "headline": page.headline, "url": url, "credit": page.credit,
        "lines": lines,
        "findings": findings
            .iter()
            .map(|finding| json!({
                "kind": finding.kind.name(), "severity": finding.severity.name(), "paragraph": finding.paragraph,
                "message": finding.message,
            }))
            .collect::<Vec<_>>(),
    })
}

fn print_account(file: &Path, page: &TextPage, account: &Value) {
    say!("{}", file.display());
    for line in &page.account {
        let start: String = line.text.chars().take(60).collect();
        let more = if line.text.chars().count() > 60 { "…" } else { "" };
        say!("{:>5}  {:<34} {start}{more}", line.line, line.fate.to_string());
    }
    say!();
    say!("  headline  {}", page.headline);
    if let Some(credit) = &page.credit {
        let parts = [
            ("picture", credit.title.clone()),
            ("creator", credit.creator.clone()),
            ("holder", credit.organisation.clone()),
            ("date", credit.date.map(|date| date.to_string())),
            ("source", credit.source.clone()),
            ("licence", credit.licence().map(|l| format!("{} {}", l.name, l.url.unwrap_or("")))),
        ];
        for (name, value) in parts {
            say!("  {name:<9} {}", value.unwrap_or_else(|| "not named".into()));
        }
    }
    for finding in account["findings"].as_array().into_iter().flatten() {
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        say!("  {:<6} {}: {}", text("severity"), text("kind"), text("message"));
    }
    match account["url"].as_str() {
        Some(url) => say!("  published at {url}"),
        None => say!("  kept as a draft"),
    }
}
