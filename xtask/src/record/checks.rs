//! The desk's checks, measured on articles with known faults: every kind with what was to be found, what was found,
//! and false alarms.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use record::checks::{Archive, CHECKS, Context, Finding, check};
use record::offices::Register;
use record::{Article, Picture, Places};
use serde_json::{Value, json};

#[derive(Default)]
struct Count {
    wanted: usize,
    found: usize,
    reported: usize,
    right: usize,
}

/// Prints the table of a folder that holds `checks/input.jsonl` (the faulty twins), `input.jsonl` (the originals) and
/// `checks-gold.jsonl`, and writes the findings as `masthead check --jsonl` does. The originals are the archive.
pub fn print(folder: &Path, to: &Path) -> Result<()> {
    let originals = read(&folder.join("input.jsonl"))?;
    let mut archive = Archive::new();
    for line in &originals {
        archive.add(line["id"].as_str().unwrap_or_default(), &article(line));
    }
    let context = Context { offices: Some(Register::embedded()), archive: Some(&archive), ..Context::default() };
    let mut lines = read(&folder.join("checks/input.jsonl"))?;
    lines.extend(originals.iter().cloned());
    let gold: BTreeMap<String, Value> =
        read(&folder.join("checks-gold.jsonl"))?.into_iter().map(|line| (id(&line), line)).collect();

    let mut counts: BTreeMap<&str, Count> = CHECKS.iter().map(|check| (check.name, Count::default())).collect();
    let (mut clean, mut alarmed) = (0, 0);
    let mut out = String::new();
    for line in &lines {
        let Some(gold) = gold.get(&id(line)) else { continue };
        let article = article(line);
        let places = Places::new(article.text);
        let findings = check(&article, &context);
        let alarms = judge(gold, &findings, article.text, &mut counts);
        if gold["twin_of"].is_null() {
            clean += 1;
            alarmed += usize::from(alarms > 0);
        }
        let findings: Vec<Value> = findings.iter().map(|finding| shaped(finding, article.text, &places)).collect();
        out.push_str(&format!("{}\n", json!({ "id": line["id"], "findings": findings })));
    }
    std::fs::write(to, out).with_context(|| to.display().to_string())?;
    println!("{:22} wanted  found  reported  right", "");
    for (name, count) in counts.iter().filter(|(_, count)| count.wanted + count.reported > 0) {
        println!("{name:22} {:6} {:6} {:9} {:6}", count.wanted, count.found, count.reported, count.right);
    }
    println!("originals {clean}, with a false alarm {alarmed}");
    Ok(())
}

/// Counts what was found of what the gold asks; answers how many findings it neither asks for nor allows.
fn judge(gold: &Value, findings: &[Finding], text: &str, counts: &mut BTreeMap<&str, Count>) -> usize {
    let list = |name: &str| gold[name].as_array().cloned().unwrap_or_default();
    let (wanted, allowed) = (list("findings"), list("optional"));
    let is = |wanted: &Value, finding: &Finding| {
        let alternatives = wanted["alt"].as_array().cloned().unwrap_or_default();
        std::iter::once(wanted).chain(&alternatives).any(|one| {
            let kind = one["kind"].as_str().or(wanted["kind"].as_str());
            let paragraph = one.get("paragraph").unwrap_or(&wanted["paragraph"]);
            kind == Some(finding.kind.name())
                && (paragraph.is_null()
                    || paragraph.as_u64() == finding.paragraph.map(|number| number as u64)
                    || shares_a_name(one["exact"].as_str().unwrap_or_default(), finding, text))
        })
    };
    for one in &wanted {
        let Some(count) = one["kind"].as_str().and_then(|kind| counts.get_mut(kind)) else { continue };
        count.wanted += 1;
        count.found += usize::from(findings.iter().any(|finding| is(one, finding)));
    }
    let mut alarms = 0;
    for finding in findings {
        let right = wanted.iter().any(|one| is(one, finding));
        if !right && allowed.iter().any(|one| is(one, finding)) {
            continue;
        }
        alarms += usize::from(!right);
        if let Some(count) = counts.get_mut(finding.kind.name()) {
            count.reported += 1;
            count.right += usize::from(right);
        }
    }
    alarms
}

/// Faults that concern two places may be told at either of them, as long as it is about the same name or figure.
fn shares_a_name(exact: &str, finding: &Finding, text: &str) -> bool {
    if !["name-two-spellings", "number-disagrees", "quote-altered"].contains(&finding.kind.name()) {
        return false;
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|char: char| !char.is_alphanumeric())
            .filter(|word| word.starts_with(|char: char| char.is_uppercase() || char.is_numeric()))
            .map(str::to_owned)
            .collect()
    };
    let there = finding.range.clone().and_then(|range| text.get(range)).map(words).unwrap_or_default();
    words(exact).iter().any(|word| there.contains(word))
}

fn shaped(finding: &Finding, text: &str, places: &Places<'_>) -> Value {
    let exact = finding.range.clone().and_then(|range| text.get(range));
    let at = finding.fix.as_ref().map(|fix| fix.range.start).or(finding.range.as_ref().map(|range| range.start));
    json!({
        "kind": finding.kind.name(), "paragraph": finding.paragraph, "exact": exact,
        "pos": at.map(|at| places.code_point(at)),
    })
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

fn id(line: &Value) -> String {
    line["id"].as_str().unwrap_or_default().to_owned()
}

fn read(file: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}
