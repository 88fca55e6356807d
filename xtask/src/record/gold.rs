//! Annotated articles, as the reference data and our corpus keep them.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use record::{Article, Lesson, LessonPassage, Places};
use serde_json::Value;

/// An annotated article. Places are bytes.
pub struct Text {
    pub id: String,
    pub text: String,
    /// The day of publication, where it is known.
    pub date: Option<jiff::civil::Date>,
    pub segments: Vec<Segment>,
    /// The line it was read from.
    pub line: String,
}

/// A passage in marks.
pub struct Segment {
    pub range: Range<usize>,
    /// `direct`, `mixed` or `none`.
    pub kind: String,
    /// Why it is no quotation, where the annotation says.
    pub sub: Option<String>,
    pub quote: Option<Quotation>,
    pub single: bool,
}

#[derive(Clone)]
pub struct Quotation {
    pub speaker: Vec<Range<usize>>,
    pub cue: bool,
    pub names: Vec<String>,
    pub speaker_kind: String,
}

impl Text {
    /// What the model learns of it, `weight` times.
    pub fn lesson(&self, weight: usize) -> Lesson {
        let passage = |segment: &Segment| LessonPassage {
            range: segment.range.clone(),
            quotation: segment.quote.is_some(),
            speaker: segment.quote.as_ref().map(|quote| quote.speaker.clone()).unwrap_or_default(),
            name: segment.quote.as_ref().and_then(|quote| quote.names.first().cloned()),
        };
        let mut passages: Vec<LessonPassage> = self.segments.iter().map(passage).collect();
        passages.sort_by_key(|passage| passage.range.start);
        Lesson { text: self.text.clone(), passages, weight }
    }

    /// The same article with double marks where it has single ones, and the other way round inside them. Both kinds
    /// are as many bytes long, so every place stays.
    pub fn in_double_marks(&self) -> String {
        let mut text = self.text.clone();
        let mut put = |at: usize, from: [&str; 2], to: [&str; 2]| {
            for (from, to) in from.into_iter().zip(to) {
                if text.get(at..).is_some_and(|rest| rest.starts_with(from)) {
                    text.replace_range(at..at + from.len(), to);
                }
            }
        };
        for segment in self.segments.iter().filter(|segment| segment.single) {
            let range = segment.range.clone();
            let Some(words) = self.text.get(range.clone()) else { continue };
            for (at, _) in words.match_indices('“') {
                put(range.start + at, ["“", ""], ["‘", ""]);
            }
            for (at, _) in words.match_indices('”') {
                put(range.start + at, ["”", ""], ["’", ""]);
            }
            put(range.start, ["‘", "'"], ["“", "\""]);
            let last = words.chars().next_back().map_or(0, char::len_utf8);
            put(range.end - last, ["’", "'"], ["”", "\""]);
        }
        text
    }

    /// As the record reads it.
    pub fn article(&self) -> Article<'_> {
        Article { date: self.date, ..Article::of_text(&self.text) }
    }

    /// Whether it is in the fifth of our corpus that no training sees, by its number.
    pub fn is_kept_out(&self) -> bool {
        let digits: String = self.id.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().is_ok_and(|number| number % 5 == 0)
    }
}

/// Reads a file of JSON lines.
pub fn read(file: &Path) -> Result<Vec<Text>> {
    let lines = std::fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
    lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| text(line).with_context(|| format!("{} has a line of another form", file.display())))
        .collect()
}

/// Reads texts with lost marks: their names and texts.
pub fn read_damaged(file: &Path) -> Result<Vec<(String, String)>> {
    let lines = std::fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
    lines
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line)?;
            Ok((string(&value["id"]).context("no id")?, string(&value["text"]).context("no text")?))
        })
        .collect()
}

fn text(line: &str) -> Result<Text> {
    let value: Value = serde_json::from_str(line)?;
    let text = string(&value["text"]).context("no text")?;
    let places = Places::new(&text);
    let range = |pair: &Value| -> Option<Range<usize>> {
        let point = |at: usize| pair.get(at).and_then(Value::as_u64).map(|point| places.byte(point as usize));
        Some(point(0)?..point(1)?)
    };
    let ranges =
        |list: &Value| -> Vec<Range<usize>> { list.as_array().into_iter().flatten().filter_map(range).collect() };
    let quotation = |id: &str| -> Option<Quotation> {
        let quote = value["quotes"].as_array()?.iter().find(|quote| quote["id"] == id)?;
        let names = quote["name"]
            .as_str()
            .into_iter()
            .chain(quote["name_alts"].as_array().into_iter().flatten().filter_map(Value::as_str));
        Some(Quotation {
            speaker: ranges(&quote["speaker"]),
            cue: quote["cue"].as_array().is_some_and(|cue| !cue.is_empty()),
            names: names.map(str::to_owned).collect(),
            speaker_kind: string(&quote["speaker_kind"]).unwrap_or_default(),
        })
    };
    let segments = value["segments"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|segment| {
            let range = range(&segment["span"])?;
            Some(Segment {
                kind: string(&segment["type"])?,
                sub: string(&segment["sub"]),
                quote: segment["quote"].as_str().and_then(quotation),
                single: is_single(&text, &range),
                range,
            })
        })
        .collect();
    let date = value["date"].as_str().and_then(|date| date.get(..10)?.parse().ok());
    Ok(Text { date, id: string(&value["id"]).context("no id")?, segments, line: line.to_owned(), text })
}

/// Whether the mark at a passage's beginning, in or just before it, is a single one.
fn is_single(text: &str, range: &Range<usize>) -> bool {
    let at = |char: Option<char>| matches!(char, Some('‘' | '’' | '\''));
    let before = text[..range.start].chars().next_back();
    at(text[range.clone()].chars().next()) || (at(before) && !text[..range.start].ends_with("''"))
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
