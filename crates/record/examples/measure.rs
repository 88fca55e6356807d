//! How many articles a core reads in a second: quotations, checks, both, beside a plain regular expression on the
//! same texts, turn by turn in the same run.
//!
//! ```text
//! cargo run --profile dist -p record --example measure -- [TURNS] < corpus/input.jsonl
//! ```

use std::io::{self, BufRead};
use std::time::{Duration, Instant};

use jiff::civil::date;
use record::checks::{Context, check, read};
use record::offices::Register;
use record::{Article, quotes};
use regex::Regex;

/// An article of the usual length.
const BYTES: usize = 4_500;

/// How long one work is done in a turn.
const TURN: Duration = Duration::from_millis(400);

/// What newsrooms write in an afternoon: words in marks before or after a name with a verb of saying.
const PLAIN: &str = r#"[“"]([^”"]{15,400})[”"],?\s+(?:said|says|told|added)\s+((?:[A-Z][\w’-]+\s?){1,4})|((?:[A-Z][\w’-]+\s){1,4})(?:said|says|told|added)[^“"]{0,40}[“"]([^”"]{15,400})[”"]|[“"]([^”"]{15,400})[”"],?\s+((?:[A-Z][\w’-]+\s){1,4}|he\s|she\s)(?:said|says|told|added)"#;

/// Something that is done with a text: its name, and how much it finds.
type Work<'w> = (&'static str, &'w dyn Fn(&str) -> usize);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let turns: usize = std::env::args().nth(1).map_or(Ok(5), |turns| turns.parse())?;
    let texts = texts()?;
    let plain = Regex::new(PLAIN)?;
    let context = Context { offices: Some(Register::embedded()), ..Context::default() };
    let works: [Work<'_>; 4] = [
        ("a plain regular expression", &|text| plain.captures_iter(text).count()),
        ("quotations with their speakers", &|text| quotes(&article(text)).len()),
        ("checks", &|text| check(&article(text), &context).len()),
        ("quotations and checks", &|text| {
            let (quotes, findings) = read(&article(text), &context);
            quotes.len() + findings.len()
        }),
    ];
    let mut rates = vec![Vec::new(); works.len()];
    let mut found = vec![0; works.len()];
    for _ in 0..turns.max(1) {
        for (at, (_, work)) in works.iter().enumerate() {
            let (begun, mut done) = (Instant::now(), 0_usize);
            found[at] = 0;
            while begun.elapsed() < TURN || done < texts.len() {
                let count = work(&texts[done % texts.len()]);
                found[at] += if done < texts.len() { count } else { 0 };
                done += 1;
            }
            rates[at].push(done as f64 / begun.elapsed().as_secs_f64());
        }
    }
    let median = |rates: &mut Vec<f64>| {
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    };
    let base = median(&mut rates[0]);
    println!(
        "| {} articles of {BYTES} bytes, one core | articles a second | of the plain expression | found |",
        texts.len()
    );
    println!("|---|---:|---:|---:|");
    for (at, (name, _)) in works.iter().enumerate() {
        let rate = median(&mut rates[at]);
        println!("| {name} | {rate:.0} | {:.2} | {} |", rate / base, found[at]);
    }
    let marks = "“".repeat((1 << 20) / 3);
    let begun = Instant::now();
    quotes(&article(&marks));
    println!("\n1 MB of nothing but quotation marks: {} ms", begun.elapsed().as_millis());
    let long = texts.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    let begun = Instant::now();
    for _ in 0..20 {
        read(&article(&long), &context);
    }
    println!(
        "All of it again, after one edit in {} KB: {:.2} ms",
        long.len() / 1_000,
        begun.elapsed().as_secs_f64() * 50.0
    );
    Ok(())
}

fn article(text: &str) -> Article<'_> {
    Article { date: Some(date(2025, 8, 18)), ..Article::of_text(text) }
}

/// The articles of standard input, cut and joined to the same length.
fn texts() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let (mut texts, mut text) = (Vec::new(), String::new());
    for line in io::stdin().lock().lines() {
        let value: serde_json::Value = serde_json::from_str(&line?)?;
        for paragraph in value["text"].as_str().unwrap_or_default().split("\n\n") {
            text.push_str(paragraph);
            text.push_str("\n\n");
            if text.len() >= BYTES {
                texts.push(std::mem::take(&mut text));
            }
        }
    }
    if texts.is_empty() { Err("no articles came in".into()) } else { Ok(texts) }
}
