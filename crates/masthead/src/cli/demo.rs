//! `masthead demo`: an empty magazine becomes the sample.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use news::settings::{Link, Policies};
use news::{
    Access, Actor, Author, Correction, CorrectionKind, Credit, Headline, Id, Kind, LeadPicture, Section, SectionPath,
    Settings, Slug, Tag,
};
use rust_embed::RustEmbed;
use serde::Deserialize;
use store::Batch;

use super::{Outcome, generate, open, progress};
use crate::App;
use crate::actions::edit::Change;
use crate::actions::{By, configure, correct, edit, publish};
use crate::config::Place;

/// `masthead demo`.
#[derive(Args, Debug)]
pub struct Demo {
    /// Add so many generated articles, to see how a large archive behaves
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    articles: u32,
    #[command(flatten)]
    place: Place,
}

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../sample"]
#[exclude = "*.py"]
struct Sample;

#[derive(Deserialize)]
struct Magazine {
    site: Site,
    #[serde(default)]
    navigation: Vec<Link>,
    #[serde(default)]
    secondary_navigation: Vec<Link>,
    sections: Vec<SampleSection>,
    authors: Vec<SampleAuthor>,
    tags: Vec<SampleTag>,
}

#[derive(Deserialize)]
struct Site {
    title: String,
    description: String,
    about: String,
    legal: String,
    email: String,
    locale: String,
    timezone: String,
    accent_color: String,
}

#[derive(Deserialize)]
struct SampleSection {
    path: String,
    name: String,
    description: String,
}

#[derive(Deserialize)]
struct SampleAuthor {
    slug: String,
    name: String,
    role: Option<String>,
    bio: Option<String>,
    location: Option<String>,
    portrait: Option<String>,
}

#[derive(Deserialize)]
struct SampleTag {
    slug: String,
    name: String,
    description: Option<String>,
}

/// The front matter of a sample article.
#[derive(Deserialize)]
struct Matter {
    title: String,
    slug: String,
    standfirst: Option<String>,
    section: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    authors: Vec<String>,
    published_hours_ago: Option<f64>,
    updated_hours_ago: Option<f64>,
    #[serde(default)]
    featured: bool,
    access: Option<String>,
    picture: Option<SamplePicture>,
    correction: Option<SampleCorrection>,
}

#[derive(Deserialize)]
struct SamplePicture {
    file: String,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
}

#[derive(Deserialize)]
struct SampleCorrection {
    kind: String,
    text: String,
    hours_ago: f64,
}

/// Names of the sample's things by slug.
struct Known {
    tags: HashMap<String, Id>,
    authors: HashMap<String, Id>,
}

impl Demo {
    /// Does it.
    pub async fn run(self) -> Outcome {
        let app = open::for_writing(&self.place).await?;
        if store::setting::magazine(&app.store).await?.is_some() || has_articles(&app).await? {
            bail!("{} holds a magazine already; the sample only fills an empty one", self.place.data.display());
        }
        let magazine: Magazine = toml::from_str(&text("magazine.toml")?).context("sample/magazine.toml")?;
        let known = people_and_things(&app, &magazine).await?;
        pictures(&app)?;
        let written = articles(&app, &known).await?;
        if self.articles > 0 {
            generate::generate(&app, &magazine_parts(&app).await?, self.articles).await?;
        }
        // Last: a demo that was cut off half-way is not taken for a finished one, and can be told apart.
        configure::configure(&app, &settings(&magazine), &By::new(Actor::Command)).await?;
        let more = if self.articles > 0 { format!(" and {} generated articles", self.articles) } else { String::new() };
        say!(
            "{} is filled with “{}”: {written} articles and pages{more}.",
            self.place.data.display(),
            magazine.site.title
        );
        let database = match self.place.database.as_str() {
            "sqlite" => "",
            _ => " --database …",
        };
        say!("See it with: masthead serve --data {}{database}", self.place.data.display());
        Ok(())
    }
}

async fn has_articles(app: &App) -> Result<bool, anyhow::Error> {
    Ok(store::article::count(&app.store, Kind::Article.word()).await?.is_some_and(|row| row.count > 0))
}

fn text(name: &str) -> Result<String, anyhow::Error> {
    let file = Sample::get(name).ok_or_else(|| anyhow!("the sample lacks {name}"))?;
    Ok(String::from_utf8(file.data.into_owned())?)
}

fn settings(magazine: &Magazine) -> Settings {
    let site = &magazine.site;
    Settings {
        title: site.title.clone(),
        description: site.description.clone(),
        about: site.about.clone(),
        legal: site.legal.clone(),
        email: site.email.clone(),
        locale: site.locale.clone(),
        timezone: site.timezone.clone(),
        accent_color: Some(site.accent_color.clone()),
        icon: Some(address("icon.png")),
        logo: Some(address("logo.svg")),
        navigation: magazine.navigation.clone(),
        secondary_navigation: magazine.secondary_navigation.clone(),
        policies: Policies { corrections: Some("/corrections-policy/".into()), ..Policies::default() },
        ..Settings::default()
    }
}

fn address(file: &str) -> String {
    format!("/content/images/sample/{file}")
}

async fn people_and_things(app: &Arc<App>, magazine: &Magazine) -> Result<Known, anyhow::Error> {
    let now = app.now();
    let mut batch = Batch::new();
    for (position, section) in (0..).zip(&magazine.sections) {
        batch.push(store::section::put(&Section {
            path: SectionPath::parse(&section.path)?,
            name: section.name.clone(),
            description: Some(section.description.clone()),
            position,
        }));
    }
    let mut known = Known { tags: HashMap::new(), authors: HashMap::new() };
    for tag in &magazine.tags {
        let id = app.new_id();
        known.tags.insert(tag.slug.clone(), id.clone());
        let named = Tag::named(id, Slug::parse(&tag.slug)?, tag.name.clone());
        let tag = Tag { description: tag.description.clone(), ..named };
        batch.push(store::tag::put(&tag, now));
    }
    for author in &magazine.authors {
        let id = app.new_id();
        known.authors.insert(author.slug.clone(), id.clone());
        let author = Author {
            role: author.role.clone(),
            bio: author.bio.clone(),
            location: author.location.clone(),
            portrait: author.portrait.as_deref().map(|file| address(file.trim_start_matches("pictures/"))),
            ..Author::named(id, Slug::parse(&author.slug)?, author.name.clone())
        };
        batch.push(store::author::put(&author, now));
    }
    app.store.commit(batch).await?;
    Ok(known)
}

fn pictures(app: &App) -> Outcome {
    for name in Sample::iter().filter(|name| name.starts_with("pictures/")) {
        let Some(file) = Sample::get(&name) else { continue };
        let to = format!("images/sample/{}", name.trim_start_matches("pictures/"));
        app.media.put(&to, &file.data).with_context(|| format!("failed to write the picture {to}"))?;
    }
    Ok(())
}

async fn articles(app: &Arc<App>, known: &Known) -> Result<u64, anyhow::Error> {
    let mut names: Vec<_> =
        Sample::iter().filter(|name| name.ends_with(".html")).map(|name| name.to_string()).collect();
    names.sort_unstable();
    let bar = progress::bar(names.len() as u64, "Writing the sample");
    for name in &names {
        article(app, known, name).await.with_context(|| format!("sample/{name}"))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(names.len() as u64)
}

async fn article(app: &Arc<App>, known: &Known, name: &str) -> Outcome {
    let file = text(name)?;
    let (matter, body) = file
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .ok_or_else(|| anyhow!("it has no front matter"))?;
    let matter: Matter = toml::from_str(matter)?;
    let kind = if name.starts_with("pages/") { Kind::Page } else { Kind::Article };
    let find = |names: &[String], known: &HashMap<String, Id>| -> Result<Vec<Id>, anyhow::Error> {
        names.iter().map(|name| known.get(name).cloned().ok_or_else(|| anyhow!("“{name}” is not known"))).collect()
    };
    let access = match matter.access.as_deref() {
        Some(word) => Access::of(word, Vec::new()).ok_or_else(|| anyhow!("“{word}” is no access"))?,
        None => Access::Public,
    };
    let change = Change {
        headline: Some(Headline::parse(&matter.title)?),
        slug: Some(Slug::parse(&matter.slug)?),
        standfirst: Some(matter.standfirst.clone()),
        body: Some(manuscript::from_html(body)?.to_json().into_owned()),
        section: Some(matter.section.as_deref().map(SectionPath::parse).transpose()?),
        tags: Some(find(&matter.tags, &known.tags)?),
        authors: Some(find(&matter.authors, &known.authors)?),
        lead_picture: Some(matter.picture.as_ref().map(lead_picture).transpose()?),
        access: Some(access),
        featured: Some(matter.featured),
        ..Change::default()
    };
    let by = By::new(Actor::Command);
    let published = ago(app, matter.published_hours_ago.unwrap_or(24.0 * 90.0));
    let pending = edit::begin(app, kind, change).await?;
    let written =
        publish::publish_dated(app, pending, published, matter.updated_hours_ago.map(|h| ago(app, h)), &by).await?;
    if let Some(correction) = &matter.correction {
        let correction = Correction {
            id: app.new_id(),
            kind: CorrectionKind::of(&correction.kind).ok_or_else(|| anyhow!("“{}”", correction.kind))?,
            text: correction.text.clone(),
            at: ago(app, correction.hours_ago),
            before: None,
            after: None,
            by: None,
        };
        correct::correct(app, &written.article, &correction, &by).await?;
    }
    Ok(())
}

fn ago(app: &App, hours: f64) -> Timestamp {
    app.now() - SignedDuration::from_secs_f64(hours * 3600.0)
}

fn lead_picture(picture: &SamplePicture) -> Result<LeadPicture, anyhow::Error> {
    let file = Sample::get(&picture.file).ok_or_else(|| anyhow!("the sample lacks {}", picture.file))?;
    let facts = picture::probe(&file.data)?;
    Ok(LeadPicture {
        src: Some(address(picture.file.trim_start_matches("pictures/"))),
        width: Some(facts.width),
        height: Some(facts.height),
        alt: picture.alt.clone(),
        caption: picture.caption.clone(),
        caption_html: None,
        credit: picture.credit.as_deref().map(Credit::parse),
    })
}

async fn magazine_parts(app: &App) -> Result<generate::Parts, anyhow::Error> {
    Ok(generate::Parts {
        sections: store::section::all(&app.store).await?.into_iter().map(|section| section.path).collect(),
        tags: store::tag::all(&app.store).await?.into_iter().map(|tag| tag.id).collect(),
        authors: store::author::all(&app.store).await?.into_iter().map(|author| author.id).collect(),
    })
}
