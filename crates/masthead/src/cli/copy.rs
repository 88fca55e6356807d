//! Copy from outside a magazine, for `check` and `quotes`: plain texts, and JSON lines.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, stdin};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use record::Article;
use serde::Deserialize;

use super::Quit;

/// Longest text that is read, in bytes: a newspaper of a day.
pub const LONGEST_TEXT: u64 = 10 << 20;

/// Longest line of JSON, in bytes: the longest text, escaped, with its papers.
pub const LONGEST_LINE: u64 = 4 * LONGEST_TEXT;

/// Most texts of one folder.
pub const MOST_FILES: usize = 100_000;

/// Texts that are read before they are worked on together.
const AT_ONCE: usize = 512;

/// A text with what is known of it. The fields are those of a JSON line; a plain text has only the first two.
#[derive(Debug, Default, Deserialize)]
pub struct Copy {
    /// Its name: of the file, or given in the line.
    #[serde(default, deserialize_with = "any_id")]
    pub id: String,
    /// The body, its paragraphs divided by empty lines.
    pub text: String,
    title: Option<String>,
    /// `Some(None)`: given, and there is none.
    #[serde(default, deserialize_with = "given")]
    standfirst: Option<Option<String>>,
    byline: Option<String>,
    date: Option<String>,
    #[serde(default, alias = "category", deserialize_with = "given")]
    section: Option<Option<String>>,
    #[serde(default)]
    images: Vec<Image>,
}

#[derive(Debug, Default, Deserialize)]
struct Image {
    #[serde(default)]
    file: String,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
    licence: Option<String>,
}

/// A field that is there, be it null.
fn given<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// An id may be a number too.
fn any_id<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

impl Copy {
    /// As the room `record` reads it.
    pub fn article(&self) -> Article<'_> {
        Article {
            text: &self.text,
            title: self.title.as_deref(),
            standfirst: self.standfirst.as_ref().and_then(|given| given.as_deref()),
            byline: self.byline.as_deref(),
            date: self.date.as_deref().and_then(|date| date.get(..10)?.parse().ok()),
            section: self.section.as_ref().and_then(|given| given.as_deref()),
            images: self
                .images
                .iter()
                .map(|image| record::Picture {
                    file: &image.file,
                    alt: image.alt.as_deref(),
                    caption: image.caption.as_deref(),
                    credit: image.credit.as_deref(),
                    licence: image.licence.as_deref(),
                })
                .collect(),
        }
    }

    /// Whether it was said where it stands: a file of text says nothing of a section, and nobody is to be blamed for it.
    pub fn has_section(&self) -> bool {
        self.section.is_some()
    }

    /// The same for the standfirst.
    pub fn has_standfirst(&self) -> bool {
        self.standfirst.is_some()
    }
}

/// Reads the texts of these paths, or of standard input (`-`), and hands them on some hundreds at a time. A folder
/// stands for the `.txt` files below it, by name; a file that ends in `.jsonl` (or everything, with `lines`) is read as
/// JSON lines. The first that cannot be used ends it.
pub fn read(paths: &[PathBuf], lines: bool, mut each: impl FnMut(Vec<Copy>)) -> Result<(), anyhow::Error> {
    let mut waiting = Vec::new();
    let mut take = |copy: Copy| {
        waiting.push(copy);
        if waiting.len() >= AT_ONCE {
            each(std::mem::take(&mut waiting));
        }
    };
    for path in paths {
        if path.as_os_str() == "-" {
            match lines {
                true => read_lines("standard input", stdin().lock(), &mut take)?,
                false => take(plain("-", "standard input", stdin().lock())?),
            }
            continue;
        }
        for file in files(path)? {
            let name = file.display().to_string();
            let opened = File::open(&file).map_err(|why| unusable(&name, &format!("it cannot be read: {why}")))?;
            if lines || file.extension().is_some_and(|end| end == "jsonl") {
                read_lines(&name, BufReader::new(opened), &mut take)?;
            } else {
                take(plain(&name, &name, opened)?);
            }
        }
    }
    each(waiting);
    Ok(())
}

fn read_lines(name: &str, mut from: impl BufRead, take: &mut impl FnMut(Copy)) -> Result<(), anyhow::Error> {
    for number in 1.. {
        let mut line = Vec::new();
        let read = from.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut line);
        let place = || format!("{name}, line {number}");
        if read.map_err(|why| unusable(&place(), &format!("it cannot be read: {why}")))? == 0 {
            break;
        }
        if line.len() as u64 > LONGEST_LINE {
            return Err(unusable(&place(), &format!("a line has at most {} MB", LONGEST_LINE >> 20)));
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let copy: Copy = serde_json::from_slice(&line)
            .map_err(|why| unusable(&place(), &format!("this is no JSON object with an id and a text: {why}")))?;
        if copy.text.len() as u64 > LONGEST_TEXT {
            return Err(unusable(&place(), &format!("a text has at most {} MB", LONGEST_TEXT >> 20)));
        }
        take(copy);
    }
    Ok(())
}

fn plain(id: &str, name: &str, from: impl Read) -> Result<Copy, anyhow::Error> {
    let mut bytes = Vec::new();
    from.take(LONGEST_TEXT + 1)
        .read_to_end(&mut bytes)
        .map_err(|why| unusable(name, &format!("it cannot be read: {why}")))?;
    if bytes.len() as u64 > LONGEST_TEXT {
        return Err(unusable(name, &format!("a text has at most {} MB", LONGEST_TEXT >> 20)));
    }
    if bytes.contains(&0) {
        return Err(unusable(name, "this is a binary file, not a text"));
    }
    let text = String::from_utf8(bytes)
        .map_err(|why| unusable(name, &format!("this is no UTF-8 (byte {})", why.utf8_error().valid_up_to())))?;
    if text.trim().is_empty() {
        return Err(unusable(name, "there is no text in it"));
    }
    Ok(Copy { id: id.to_owned(), text, ..Copy::default() })
}

/// The file itself, or the texts below a folder. Links are not followed, so that no circle is walked.
fn files(path: &Path) -> Result<Vec<PathBuf>, anyhow::Error> {
    let name = path.display().to_string();
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|why| unusable(&name, &format!("it cannot be read: {why}")))?;
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && entry.path().extension().is_some_and(|end| end == "txt") {
                found.push(entry.path());
            }
            if found.len() > MOST_FILES {
                return Err(unusable(&name, &format!("a folder has at most {MOST_FILES} texts")));
            }
        }
    }
    found.sort();
    if found.is_empty() { Err(unusable(&name, "there is no .txt file in this folder")) } else { Ok(found) }
}

/// Does the same to each of some texts, on all cores, and answers in their order.
pub fn map<T: Send>(texts: &[Copy], work: impl Fn(&Copy) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = texts.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let handles: Vec<_> = texts
            .chunks(share)
            .map(|part| {
                let work = &work;
                scope.spawn(move || part.iter().map(work).collect::<Vec<T>>())
            })
            .collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    })
}

/// Input that cannot be used: exit code 2.
pub fn unusable(name: &str, why: &str) -> anyhow::Error {
    Quit { code: 2, why: Some(anyhow!("{name}: {why}").to_string()) }.into()
}
