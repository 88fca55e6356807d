//! Writes pages full of attacks, for a browser to open: every text of attack in every field of every node of
//! the fixture bodies, as the page, the feed and the mail would show it, and through the readers of HTML and
//! Markdown. Nothing in them may run.
//!
//! `cargo run --example attacks DIR`, then `cargo xtask test` opens them in Chromium.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use manuscript::{Document, Email, GatedCards, Web, from_html, from_markdown};
use serde_json::Value;

#[path = "../tests/attacks/mod.rs"]
mod attacks;

/// Bytes of one page.
const PAGE: usize = 1_000_000;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("say where the pages go"));
    fs::create_dir_all(&folder).expect("the folder can be made");
    let mut pages = Pages { folder, page: String::new(), number: 0, seen: HashSet::new() };
    let bodies = bodies();
    for attack in attacks::ATTACKS {
        for body in &bodies {
            let mut places = Vec::new();
            texts(body, &mut Vec::new(), &mut places);
            for place in &places {
                let mut attacked = body.clone();
                *at(&mut attacked, place) = (*attack).into();
                pages.add(&attacked.to_string());
            }
            let mut attacked = body.clone();
            for place in &places {
                *at(&mut attacked, place) = (*attack).into();
            }
            pages.add(&attacked.to_string());
        }
        for document in [from_html(attack), from_markdown(attack)].into_iter().flatten() {
            pages.add(&document.to_json());
        }
    }
    pages.finish();
}

struct Pages {
    folder: PathBuf,
    page: String,
    number: usize,
    seen: HashSet<String>,
}

impl Pages {
    /// Shows a body in every way, each result once.
    fn add(&mut self, body: &str) {
        let Ok(document) = Document::parse(body) else { return };
        let site_url = "https://example.org".to_owned();
        let web = Web { site_url: site_url.clone(), gated_cards: GatedCards::Marked, ..Web::default() };
        let scripted = Web { cards_script: true, ..web.clone() };
        let email = Email { site_url: site_url.clone(), gated_cards: GatedCards::Marked, ..Email::default() };
        for html in
            [document.html(&web), document.html(&scripted), document.feed_html(&site_url), document.email_html(&email)]
        {
            if self.seen.insert(html.clone()) {
                self.page.push_str(&format!("<div>{html}</div>\n"));
            }
        }
        if self.page.len() > PAGE {
            self.write();
        }
    }

    fn write(&mut self) {
        let page = std::mem::take(&mut self.page);
        let html =
            format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Attacks</title><body>\n{page}");
        fs::write(self.folder.join(format!("{}.html", self.number)), html).expect("the page can be written");
        self.number += 1;
    }

    fn finish(mut self) {
        self.write();
        println!("{} pages, {} different pieces", self.number, self.seen.len());
    }
}

/// One body of every group and kind: those whose nodes differ.
fn bodies() -> Vec<Value> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lexical/render")];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the fixtures are there") {
            let path = entry.expect("the fixtures can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    // The groups of running text differ in words and formats only: one body says enough.
    let mut running = HashSet::new();
    paths.retain(|path| {
        let group = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let is_running =
            ["text", "links", "headings", "lists", "quotes", "documents", "errors"].contains(&group.as_str());
        !is_running || running.insert(group)
    });
    let read = |path: &PathBuf| serde_json::from_str(&fs::read_to_string(path).ok()?).ok();
    paths.iter().filter_map(read).collect()
}

/// The places of all texts but types.
fn texts(value: &Value, at: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    match value {
        Value::String(_) if at.last().is_some_and(|key| key != "type") => out.push(at.clone()),
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate() {
                at.push(number.to_string());
                texts(value, at, out);
                at.pop();
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                at.push(key.clone());
                texts(value, at, out);
                at.pop();
            }
        }
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, place: &[String]) -> &'v mut Value {
    place.iter().fold(value, |value, key| match value {
        Value::Array(values) => &mut values[key.parse::<usize>().expect("a number")],
        value => &mut value[key.as_str()],
    })
}
