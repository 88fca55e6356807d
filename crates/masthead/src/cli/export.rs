//! `masthead export`.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::import::ghost::pack;
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use serde_json::json;

use super::{Outcome, open, progress};
use crate::App;
use crate::actions::move_out::{Account, move_out};
use crate::actions::rebuild;
use crate::config::Place;
use crate::site::routing::{REDIRECTS, ROUTES};

/// Hand the magazine out.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// As Ghost's own export: a JSON file, or a ZIP archive with it and every picture and file
    Ghost(Ghost),
    /// As a static site: the public site as files that any web server serves
    Static(super::export_static::Static),
}

/// `masthead export ghost`.
#[derive(Args, Debug)]
pub struct Ghost {
    /// The file to write, ending in .json or .zip; an older one of that name is replaced when the new one is whole
    #[arg(value_parser = file)]
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Where pictures, recordings and files lie in the data folder, by Ghost's names.
const KINDS: [&str; 3] = ["images", "media", "files"];
/// Sized copies of pictures, which are made anew wherever they are asked for.
const COPIES: &str = "images/size";
/// Lines of a list that are printed before “and so many more”.
const SHOWN: usize = 20;

fn file(text: &str) -> Result<PathBuf, String> {
    let is_known = [".json", ".zip"].iter().any(|end| text.to_ascii_lowercase().ends_with(end));
    is_known.then(|| text.into()).ok_or_else(|| "write a name that ends in .json or .zip".into())
}

impl Export {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            Export::Ghost(ghost) => ghost.run().await,
            Export::Static(site) => site.run().await,
        }
    }
}

impl Ghost {
    async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let new = beside(&self.file, "new");
        let export = beside(&self.file, "json");
        let is_archive = self.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
        let written = async {
            let account = self.write(&app, if is_archive { &export } else { &new }).await?;
            let rules = rules(&app, &account)?;
            let files = if is_archive { self.pack(&new, &export, rules).await? } else { 0 };
            fs::rename(&new, &self.file)?;
            Ok::<_, anyhow::Error>((account, files))
        };
        let written = written.await;
        for left in [&new, &export] {
            let _ = fs::remove_file(left); // of a run that failed, or the export that is in the archive now
        }
        let (account, files) = written.with_context(|| format!("{} was not written", self.file.display()))?;
        if self.json {
            let moved: Vec<_> = account.moved.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
            say!(
                "{}",
                json!({
                    "articles": account.articles, "pages": account.pages, "files": files, "cut": account.cut,
                    "moved": moved,
                })
            );
        } else {
            let with = if is_archive { format!(" and {files} pictures and files") } else { String::new() };
            say!("{} holds {} articles, {} pages{with}.", self.file.display(), account.articles, account.pages);
            if !account.moved.is_empty() && !app.data.join(ROUTES).exists() {
                let how = match is_archive {
                    true => {
                        "redirects for them are in content/data/redirects.json of the archive: upload that file in Ghost's settings"
                    }
                    false => "a .zip carries redirects for them",
                };
                say!("{} addresses are others in Ghost; {how}.", account.moved.len());
            }
            for line in account.cut.iter().take(SHOWN) {
                say!("  cut: {line}");
            }
            if account.cut.len() > SHOWN {
                say!("  and {} more; --json names all", account.cut.len() - SHOWN);
            }
        }
        Ok(())
    }

    async fn write(&self, app: &Arc<App>, to: &Path) -> Result<Account, anyhow::Error> {
        let out = BufWriter::new(File::create(to)?);
        let bar = progress::bar(rebuild::articles(app).await?, "Writing articles");
        let (out, account) = move_out(app, out, |done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        out.into_inner().map_err(|why| anyhow!("{}", why.error()))?.sync_all()?;
        Ok(account)
    }

    async fn pack(&self, to: &Path, export: &Path, rules: Vec<(&'static str, String)>) -> Result<u64, anyhow::Error> {
        let media = self.place.data.join("media");
        let (to, export) = (to.to_owned(), export.to_owned());
        let packed = tokio::task::spawn_blocking(move || {
            let mut files = Vec::new();
            for kind in KINDS {
                collect(&media, kind, &mut files)?;
            }
            files.sort();
            let bar = progress::bar(files.len() as u64, "Pictures and files");
            let count = files.len() as u64;
            pack(&to, &export, &rules, files.into_iter().map(|name| (name.clone(), media.join(name))), || bar.inc(1))?;
            bar.finish_and_clear();
            Ok::<_, anyhow::Error>(count)
        });
        packed.await?
    }
}

/// The magazine's own files of routes and redirects. Without routes Ghost gives every post its own address: then the old
/// ones lead there.
fn rules(app: &App, account: &Account) -> Result<Vec<(&'static str, String)>, anyhow::Error> {
    let read = |name: &str| match fs::read_to_string(app.data.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(why).with_context(|| format!("{name} cannot be read")),
    };
    let mut rules = Vec::new();
    let routes = read(ROUTES)?;
    let has_routes = routes.is_some();
    rules.extend(routes.map(|text| ("settings/routes.yaml", text)));
    let [yaml, json] = [read(REDIRECTS[0])?, read(REDIRECTS[1])?];
    if let Some(text) = yaml {
        rules.push(("data/redirects.yaml", text)); // Ghost reads one file: the magazine's own
        return Ok(rules);
    }
    let own = json.as_deref().map(serde_json::from_str::<Vec<serde_json::Value>>).transpose();
    let mut list = own.context("redirects.json is no list")?.unwrap_or_default();
    if !has_routes {
        let rule = |(from, to): &(String, String)| {
            let from = format!("^{}/?$", regex_of(from.trim_end_matches('/')));
            json!({ "from": from, "to": to, "permanent": true })
        };
        list.extend(account.moved.iter().map(rule));
    }
    if !list.is_empty() {
        rules.push(("data/redirects.json", json!(list).to_string()));
    }
    Ok(rules)
}

/// A path as an expression that fits it alone.
fn regex_of(path: &str) -> String {
    path.chars().flat_map(|c| (".+*?()|[]{}^$\\".contains(c)).then_some('\\').into_iter().chain([c])).collect()
}

/// The names of all files below a folder of the media.
fn collect(media: &Path, below: &str, files: &mut Vec<String>) -> Result<(), anyhow::Error> {
    let Ok(entries) = fs::read_dir(media.join(below)) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() && name != COPIES {
            collect(media, &name, files)?;
        } else if entry.file_type()?.is_file() && store::media::is_name(&name) {
            files.push(name);
        }
    }
    Ok(())
}

/// A name beside the file, for what is not whole yet.
fn beside(file: &Path, end: &str) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{end}"))
}
