//! Reads articles as JSON lines and prints their findings as JSON lines.
//!
//! ```text
//! cargo run -p record --example check -- [--archive EARLIER.jsonl] < articles.jsonl
//! ```
//! A line is an object with `id` and `text`, and may have `title`, `standfirst`, `byline`, `date`, `category` and
//! `images`. Places are counted in code points.

use std::io::{self, BufRead, Write};

use record::checks::{Archive, Context, Finding, Kind, check};
use record::offices::Register;
use record::{Article, Picture, Places};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut archive = Archive::new();
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--archive", Some(file)) => {
                for line in std::fs::read_to_string(file)?.lines() {
                    let value: Value = serde_json::from_str(line)?;
                    archive.add(value["id"].as_str().unwrap_or_default(), &article(&value));
                }
            }
            _ => return Err("usage: check [--archive EARLIER.jsonl] < ARTICLES.jsonl".into()),
        }
    }
    let context = Context { offices: Some(Register::embedded()), archive: Some(&archive), ..Context::default() };
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let value: Value = serde_json::from_str(&line?)?;
        let article = article(&value);
        let places = Places::new(article.text);
        let findings: Vec<Value> =
            check(&article, &context).iter().map(|finding| json(finding, article.text, &places)).collect();
        writeln!(out, "{}", json!({ "id": value["id"], "findings": findings }))?;
    }
    Ok(())
}

fn article(value: &Value) -> Article<'_> {
    Article {
        text: value["text"].as_str().unwrap_or_default(),
        title: value["title"].as_str(),
        standfirst: value["standfirst"].as_str(),
        byline: value["byline"].as_str(),
        date: value["date"].as_str().and_then(|date| date.parse().ok()),
        section: value["category"].as_str(),
        images: value["images"].as_array().into_iter().flatten().map(picture).collect(),
    }
}

fn picture(value: &Value) -> Picture<'_> {
    Picture {
        file: value["file"].as_str().unwrap_or_default(),
        alt: value["alt"].as_str(),
        caption: value["caption"].as_str(),
        credit: value["credit"].as_str(),
        licence: value["licence"].as_str(),
    }
}

fn json(finding: &Finding, text: &str, places: &Places) -> Value {
    let fix = finding.fix.as_ref();
    let start = finding.range.as_ref().map(|range| places.code_point(range.start));
    let mark = matches!(finding.kind, Kind::MarkMissingOpen | Kind::MarkMissingClose);
    json!({
        "kind": finding.kind.name(),
        "severity": finding.severity.name(),
        "line": finding.range.as_ref().map(|range| 1 + text[..range.start].matches('\n').count()),
        "paragraph": finding.paragraph,
        "start": start,
        "end": finding.range.as_ref().map(|range| places.code_point(range.end)),
        "pos": fix.filter(|_| mark).map(|fix| places.code_point(fix.range.start)).or(start),
        "exact": finding.range.as_ref().map(|range| &text[range.clone()]),
        "message": finding.message,
        "fix": fix.map(|fix| json!({
            "start": places.code_point(fix.range.start),
            "end": places.code_point(fix.range.end),
            "replace": fix.replace,
        })),
    })
}
