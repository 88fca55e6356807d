//! What a page costs that is not kept: read from the database, drawn by the theme and answered, in CPU time of the server.
//! Ghost's own theme Source beside ours, in a small and in a large archive.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::archive::{articles, get};
use super::figures::{cpu, median};
use crate::compat;
use crate::http::Client;
use crate::server::Server;

/// Too little for any page, so none is kept, and none is compressed for keeping.
const NO_PAGE: [&str; 2] = ["--page-memory", "1KB"];
/// Article pages, spread over the archive.
const ARTICLES: usize = 200;

pub fn bench(archives: &[u32], quick: bool) -> Result<()> {
    let themes = compat::ghost_themes()?;
    println!(
        "| articles | theme | article, ms CPU | front, ms CPU | an older page of the front, ms CPU | a section, ms CPU |"
    );
    println!("|---:|---|---:|---:|---:|---:|");
    for &size in archives {
        let magazine = super::magazine(size)?;
        for theme in ["source", "broadsheet"] {
            if theme != "broadsheet" {
                let folder = themes.join(theme);
                magazine.theme("install", folder.to_str().context("the folder's path is no text")?)?;
            }
            magazine.theme("use", theme)?;
            row(size, theme, &magazine.serve_with(&NO_PAGE)?, if quick { 1 } else { 5 })?;
        }
    }
    Ok(())
}

fn row(size: u32, theme: &str, server: &Server, rounds: usize) -> Result<()> {
    let articles = articles(server, ARTICLES)?;
    let section =
        articles[0].split('/').nth(1).map(|section| format!("/{section}/")).context("an article without a section")?;
    let kinds = [articles, vec!["/".into()], vec!["/page/20/".into()], vec![section]];
    let mut figures = [const { Vec::new() }; 4];
    // Turn about, so that a slow moment of the machine is not all of one kind's.
    for _ in 0..rounds {
        for (paths, figures) in kinds.iter().zip(&mut figures) {
            figures.push(a_page(server, paths)?.as_secs_f64() * 1e3);
        }
    }
    let [article, front, older, section] = figures.map(|figures| median(&figures));
    println!("| {size} | {theme} | {article:.2} | {front:.2} | {older:.2} | {section:.2} |");
    Ok(())
}

/// The server's CPU for one of these pages, in the mean of so many that its clock, in hundredths of a second, is fine enough.
fn a_page(server: &Server, paths: &[String]) -> Result<Duration> {
    let mut client = Client::connect(server.address)?;
    for path in paths.iter().take(20) {
        get(&mut client, path)?;
    }
    let before = cpu(server.id())?;
    for at in 0..ARTICLES {
        get(&mut client, &paths[at % paths.len()])?;
    }
    let used = cpu(server.id())?.saturating_sub(before);
    if used.is_zero() {
        bail!("the server used no time at all");
    }
    Ok(used / ARTICLES as u32)
}
