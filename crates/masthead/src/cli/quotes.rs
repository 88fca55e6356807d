//! `masthead quotes`: who said what in a text, with no magazine at all.

use std::ops::Range;
use std::path::PathBuf;

use clap::Args;
use record::{Kind, Places, Quote, quotes};
use serde_json::{Value, json};

use super::copy::{self, Copy};
use super::{Outcome, progress};

/// `masthead quotes`.
#[derive(Args, Debug)]
pub struct Quotes {
    /// Texts, folders of .txt files, files of JSON lines (.jsonl), or - for standard input
    #[arg(required = true, value_name = "FILE|-")]
    files: Vec<PathBuf>,
    /// Read and print JSON lines: {"id","text",…} in, {"id","quotes"} out
    #[arg(long)]
    jsonl: bool,
    /// Print JSON: one object a text
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
}

impl Quotes {
    /// Does it.
    pub fn run(self) -> Outcome {
        let spinner = progress::spinner("Reading");
        let lines = self.jsonl && self.files.iter().all(|file| file.as_os_str() == "-");
        copy::read(&self.files, lines, |texts| {
            let found = copy::map(&texts, |copy| {
                let quotes = quotes(&copy.article());
                if self.jsonl || self.json { as_json(copy, &quotes).to_string() } else { as_text(copy, &quotes) }
            });
            spinner.suspend(|| found.iter().for_each(|line| say!("{line}")));
            spinner.inc(texts.len() as u64);
        })?;
        spinner.finish_and_clear();
        Ok(())
    }
}

/// The shape that others rely on: places are code points of the text.
fn as_json(copy: &Copy, quotes: &[Quote]) -> Value {
    let places = Places::new(&copy.text);
    let spans = |ranges: &[Range<usize>]| -> Value {
        ranges.iter().map(|range| json!([places.code_point(range.start), places.code_point(range.end)])).collect()
    };
    let some = |ranges: &[Range<usize>]| if ranges.is_empty() { Value::Null } else { spans(ranges) };
    let place = |range: &Range<usize>| json!([places.code_point(range.start), places.code_point(range.end)]);
    let one = |range: &Option<Range<usize>>| range.as_ref().map(place);
    let rows: Vec<Value> = quotes
        .iter()
        .map(|quote| {
            json!({
                "spans": spans(&quote.spans),
                "speaker": some(&quote.speaker),
                "cue": some(&quote.cue),
                "name": quote.name,
                "type": match quote.kind { Kind::Direct => "direct", Kind::Partial => "mixed", Kind::Indirect => "indirect" },
                "confidence": (f64::from(quote.confidence) * 10_000.0).round() / 10_000.0,
                "reported": quote.reported,
                "addressee": one(&quote.occasion.addressee),
                "venue": one(&quote.occasion.venue),
                "said_on": quote.occasion.said_on.as_ref().map(|said| {
                    json!({ "date": said.date.to_string(), "resolved": said.resolved, "span": place(&said.words) })
                }),
            })
        })
        .collect();
    json!({ "id": copy.id, "quotes": rows })
}

fn as_text(copy: &Copy, quotes: &[Quote]) -> String {
    let mut lines = vec![copy.id.clone()];
    for quote in quotes {
        let words = |ranges: &[Range<usize>]| {
            let parts: Vec<&str> = ranges.iter().map(|range| copy.text[range.clone()].trim()).collect();
            parts.join(" … ").replace('\n', " ")
        };
        let mention = words(&quote.speaker);
        let speaker = quote.name.clone().unwrap_or_else(|| if mention.is_empty() { "?".into() } else { mention });
        let line = quote.spans.first().map_or(1, |span| 1 + copy.text[..span.start].matches('\n').count());
        let (open, close) = if quote.reported { ("(reported) ", "") } else { ("“", "”") };
        let sure = (quote.confidence * 100.0).round();
        lines.push(format!("{line:>5}  {sure:>3} %  {speaker}: {open}{}{close}", words(&quote.spans)));
    }
    if quotes.is_empty() {
        lines.push("       nobody is quoted".to_owned());
    }
    lines.join("\n")
}
