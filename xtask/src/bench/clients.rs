//! What Ghost's Content API costs in the server's CPU time: a list of fifteen articles with tags and authors, kept and not
//! kept, beside a kept page.

use anyhow::{Context, Result, bail};

use super::archive::get;
use super::figures::{cpu, median};
use crate::http::Client;
use crate::server::{Magazine, Server};

/// Requests of a round; so many that the server's clock, in hundredths of a second, is fine enough.
const REQUESTS: usize = 400;
const KEPT_REQUESTS: usize = 20_000;
/// Too little for any page, so none is kept, and none is compressed for keeping.
const NO_PAGE: [&str; 2] = ["--page-memory", "1KB"];

pub fn bench(magazine: &Magazine, quick: bool) -> Result<()> {
    let keys: serde_json::Value = serde_json::from_str(&magazine.new_key("bench")?)?;
    let key = keys["content_key"].as_str().context("masthead key new printed no content key")?;
    let list = |more: &str| format!("/ghost/api/content/posts/?key={key}&limit=15&include=tags,authors{more}");
    let rounds = if quick { 1 } else { 5 };
    println!("| what is asked | ms CPU |");
    println!("|---|---:|");
    {
        let server = magazine.serve_with(&NO_PAGE)?;
        for (what, more) in
            [("15 articles, not kept", ""), ("15 without their bodies, not kept", "&fields=title,slug,url")]
        {
            row(&server, what, &list(more), REQUESTS, rounds)?;
        }
    }
    let server = magazine.serve()?;
    row(&server, "15 articles, kept", &list(""), KEPT_REQUESTS, rounds)?;
    row(&server, "a page, kept", "/", KEPT_REQUESTS, rounds)
}

fn row(server: &Server, what: &str, path: &str, requests: usize, rounds: usize) -> Result<()> {
    let mut client = Client::connect(server.address)?;
    for _ in 0..20 {
        get(&mut client, path)?;
    }
    let mut figures = Vec::new();
    for _ in 0..rounds {
        let before = cpu(server.id())?;
        for _ in 0..requests {
            get(&mut client, path)?;
        }
        let used = cpu(server.id())?.saturating_sub(before);
        if used.is_zero() {
            bail!("the server used no time at all");
        }
        figures.push(used.as_secs_f64() * 1e3 / requests as f64);
    }
    println!("| {what} | {:.3} |", median(&figures));
    Ok(())
}
