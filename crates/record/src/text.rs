//! What is read: an article's text and what stands around it, its paragraphs, and places in it.

use std::ops::Range;

use jiff::civil::Date;

/// An article as the record reads it. Only the text is needed; everything else may be missing.
#[derive(Clone, Debug, Default)]
pub struct Article<'a> {
    /// The body as plain text, its paragraphs divided by empty lines.
    pub text: &'a str,
    /// The headline.
    pub title: Option<&'a str>,
    /// The standfirst.
    pub standfirst: Option<&'a str>,
    /// The names of the authors, as printed.
    pub byline: Option<&'a str>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The section it stands in.
    pub section: Option<&'a str>,
    /// Its pictures, the lead picture first.
    pub images: Vec<Picture<'a>>,
}

impl<'a> Article<'a> {
    /// An article of which nothing is known but its text.
    pub fn of_text(text: &'a str) -> Article<'a> {
        Article { text, ..Article::default() }
    }
}

/// A picture of an article, by what is said about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Picture<'a> {
    /// The name of its file.
    pub file: &'a str,
    /// What those hear who do not see it.
    pub alt: Option<&'a str>,
    /// The caption.
    pub caption: Option<&'a str>,
    /// Who made it.
    pub credit: Option<&'a str>,
    /// Under which licence it is used.
    pub licence: Option<&'a str>,
}

/// As [`char::is_alphanumeric`]. The marks and dashes of print (U+2000 to U+206F), which a text asks about most after
/// ASCII, are answered without a search in the tables of Unicode.
pub(crate) fn is_alphanumeric(char: char) -> bool {
    match char {
        '\0'..='\u{7f}' => char.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206f}' => false,
        _ => char.is_alphanumeric(),
    }
}

/// A stretch of text between empty lines.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Paragraph {
    /// Counted from 0.
    pub number: usize,
    /// Its bytes, without the white space around it.
    pub range: Range<usize>,
    /// The line it begins on, counted from 1.
    pub line: usize,
}

/// The paragraphs of a text. An empty line, or one of spaces, divides them.
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for (line, whole) in text.split_inclusive('\n').enumerate() {
        let words = whole.trim();
        if words.is_empty() {
            open = false;
        } else {
            let start = at + (whole.len() - whole.trim_start().len());
            let end = start + words.len();
            match found.last_mut() {
                Some(last) if open => last.range.end = end,
                _ => found.push(Paragraph { number: found.len(), range: start..end, line: line + 1 }),
            }
            open = true;
        }
        at += whole.len();
    }
    found
}

/// Where a word ends that is spelled as most are: two plain letters or more, and then a space or a stop that belongs to
/// no word. `None` where it takes a closer look.
pub(crate) fn plain_word_end(text: &str, start: usize, limit: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(start..limit)?;
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let ends = match bytes.get(letters) {
        None => true,
        Some(next) => matches!(next, b' ' | b'.' | b',' | b'\n' | b';' | b':' | b')' | b'?' | b'!' | b'"'),
    };
    (letters > 1 && ends).then_some(start + letters)
}

/// Bytes between two remembered counts.
const STEP: usize = 64;

/// Turns places counted in bytes into places counted in code points, which is how programs in other
/// languages count, and back. Each answer reads at most a few dozen bytes.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    /// The code points that begin before byte `STEP * n`.
    before: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Places in this text.
    pub fn new(text: &'a str) -> Places<'a> {
        let mut count = 0;
        let before = text
            .as_bytes()
            .chunks(STEP)
            .map(|chunk| {
                let here = count;
                count += begins(chunk);
                here
            })
            .collect();
        Places { text, before }
    }

    /// The number of code points before a byte. A place beyond the end is the end.
    pub fn code_point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let step = (byte / STEP).min(self.before.len().saturating_sub(1));
        self.before.get(step).map_or(0, |before| before + begins(&self.text.as_bytes()[step * STEP..byte]))
    }

    /// The byte at which the code point of this number begins; the end of the text if there are not so many.
    pub fn byte(&self, code_point: usize) -> usize {
        let step = self.before.partition_point(|&before| before <= code_point).saturating_sub(1);
        let mut left = code_point - self.before.get(step).map_or(0, |&before| before.min(code_point));
        for (byte, unit) in self.text.bytes().enumerate().skip(step * STEP) {
            if is_begin(unit) {
                if left == 0 {
                    return byte;
                }
                left -= 1;
            }
        }
        self.text.len()
    }
}

fn begins(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| is_begin(byte)).count()
}

/// Whether a byte of UTF-8 is the first of its code point.
fn is_begin(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_divide_paragraphs() {
        let text = "\n One,\ntwo.\n \t\n\nThree. \n";
        let found = paragraphs(text);
        let texts: Vec<&str> = found.iter().map(|paragraph| &text[paragraph.range.clone()]).collect();
        assert_eq!(texts, ["One,\ntwo.", "Three."]);
        assert_eq!(found.iter().map(|paragraph| paragraph.line).collect::<Vec<_>>(), [2, 6]);
        assert!(paragraphs("").is_empty());
    }

    #[test]
    fn a_place_counts_the_same_in_bytes_and_code_points() {
        let text = "“Café” ".repeat(40);
        let places = Places::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(places.code_point(byte), count);
            assert_eq!(places.byte(count), byte);
        }
        assert_eq!(places.code_point(9_999), 280);
        assert_eq!(places.byte(9_999), text.len());
        assert_eq!((Places::new("").code_point(3), Places::new("").byte(3)), (0, 0));
    }
}
