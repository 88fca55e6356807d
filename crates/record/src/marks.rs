//! Quotation marks one by one: which characters are marks, and which way each of them faces.
//!
//! A single mark looks like an apostrophe. What stands on its two sides tells them apart, and where
//! it does not (“the boys’ club”), the mark is left [`Turn::Weak`] for the pairing to decide.

use std::ops::Range;

/// Single or double, whatever the shape.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// `‘ ’ '`
    Single,
    /// `“ ” "`, also a doubled apostrophe or accent.
    Double,
}

/// Which way a mark faces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Turn {
    Opens,
    Closes,
    /// Closes, or is the apostrophe of a plural or of a swallowed letter: `boys’`, `doin’`.
    Weak,
    /// Straight, with nothing on either side that tells.
    Either,
}

/// A quotation mark, or what may be one.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub range: Range<usize>,
    pub style: Style,
    pub turn: Turn,
}

/// The marks in a part of a text, in order. Apostrophes are left out.
pub(crate) fn marks(text: &str, within: Range<usize>) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut from = within.start;
    while let Some((at, char)) = next_mark(text, from..within.end) {
        let single = at + char.len_utf8();
        let doubled = matches!(char, '\'' | '’' | '‘' | '`') && text[single..within.end].starts_with(char);
        let end = if doubled { single + char.len_utf8() } else { single };
        from = end;
        let around = Around {
            before: &text[within.start..at],
            after: &text[end..within.end],
            left: text[within.start..at].chars().next_back(),
            right: text[end..within.end].chars().next(),
        };
        let style =
            if doubled || matches!(char, '"' | '“' | '”' | '„' | '‟') { Style::Double } else { Style::Single };
        let turn = match style {
            Style::Double => around.double(char),
            Style::Single if char == '`' => None,
            Style::Single => around.single(char),
        };
        found.extend(turn.map(|turn| Mark { range: at..end, style, turn }));
    }
    found
}

/// The next character that may be a mark. All that are none are passed over as bytes: there are a hundred times as many.
fn next_mark(text: &str, within: Range<usize>) -> Option<(usize, char)> {
    let bytes = text.as_bytes().get(within.clone())?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'`' | 0xe2))?;
        let char = match bytes[at..] {
            [plain @ (b'"' | b'\'' | b'`'), ..] => Some(char::from(plain)),
            // U+2018 to U+201F: ‘ ’ ‚ ‛ “ ” „ ‟.
            [0xe2, 0x80, last @ 0x98..=0x9f, ..] => char::from_u32(0x2000 | u32::from(last & 0x3f)),
            _ => None,
        };
        match char {
            Some(char) => return Some((within.start + at, char)),
            None => at += 1,
        }
    }
}

struct Around<'a> {
    before: &'a str,
    after: &'a str,
    left: Option<char>,
    right: Option<char>,
}

impl Around<'_> {
    fn double(&self, char: char) -> Option<Turn> {
        let free_left = self.left.is_none_or(opens_after);
        let free_right = self.right.is_none_or(closes_before);
        match char {
            // A curly mark is believed unless both its sides say that it was turned the wrong way.
            '“' | '„' | '‟' | '‘' | '`' if !free_left && free_right && self.right.is_none_or(char::is_whitespace) => {
                Some(Turn::Closes)
            }
            '“' | '„' | '‟' | '‘' | '`' => Some(Turn::Opens),
            '”' | '’' if self.left.is_none_or(char::is_whitespace) && self.right.is_some_and(char::is_alphanumeric) => {
                Some(Turn::Either)
            }
            '”' | '’' => Some(Turn::Closes),
            // 5'10" and 12" are lengths.
            _ if self.left.is_some_and(|left| left.is_ascii_digit()) && free_right && is_length(self.before) => None,
            _ if self.right.is_none() && self.left.is_some() => Some(Turn::Closes),
            _ => Some(straight(free_left, free_right)),
        }
    }

    fn single(&self, char: char) -> Option<Turn> {
        let letter_left = self.left.is_some_and(char::is_alphanumeric);
        let letter_right = self.right.is_some_and(char::is_alphanumeric);
        if (letter_left && letter_right) || self.is_elision(char) {
            return None;
        }
        match char {
            '‘' | '‚' | '‛' => Some(Turn::Opens),
            '’' if letter_right && self.left.is_none_or(opens_after) => None,
            // The end of two quotations at once: he said, "Go."'
            '\'' if self.left == Some('"') && self.right.is_none_or(closes_before) => Some(Turn::Closes),
            '\'' if self.left.is_none_or(opens_after) => {
                self.right.is_some_and(|right| !closes_before(right) || right == '…').then_some(Turn::Opens)
            }
            _ if letter_left && self.is_weak() => Some(Turn::Weak),
            _ if self.left.is_some_and(char::is_whitespace) => None,
            _ => Some(Turn::Closes),
        }
    }

    /// `’twas`, `’90s`, `rock ’n’ roll`: a mark that stands for letters left out.
    fn is_elision(&self, char: char) -> bool {
        let word: &str =
            &self.after[..self.after.find(|char: char| !char.is_alphanumeric()).unwrap_or(self.after.len())];
        if !self.left.is_none_or(opens_after) {
            // The second mark of ’n’.
            let mut back = self.before.chars().rev();
            return matches!(back.next(), Some('n' | 'N'))
                && matches!(back.next(), Some('’' | '\'' | '‘'))
                && back.next().is_none_or(opens_after);
        }
        let digits = word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit);
        if digits {
            return &word[2..] == "s" || (word.len() == 2 && char == '’');
        }
        const ELIDED: &[&str] = &[
            "tis", "twas", "twere", "twill", "twould", "em", "til", "cause", "cos", "bout", "n", "appen", "ow", "fraid",
        ];
        let mut small = [0_u8; 8];
        let Some(small) = small.get_mut(..word.len()) else { return false };
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        ELIDED.iter().any(|elided| elided.as_bytes() == small)
    }

    /// `boys’`, `doin’`, `o’`: a word that may end in an apostrophe of its own.
    fn is_weak(&self) -> bool {
        let ends = |end: &str| self.before.ends_with(end);
        // A stop right after the mark does not tell: both “the boys’.” and “called ‘the boys’.” are written.
        ends("s") || ends("S") || ends("in") || ends(" o") || ends("x") || ends("z")
    }
}

fn straight(free_left: bool, free_right: bool) -> Turn {
    match (free_left, free_right) {
        (true, false) => Turn::Opens,
        (false, true) => Turn::Closes,
        _ => Turn::Either,
    }
}

/// What may stand before an opening mark.
fn opens_after(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '‘' | '"' | '\'' | '\u{200b}' | '\u{feff}')
}

/// What may stand after a closing mark.
fn closes_before(char: char) -> bool {
    char.is_whitespace()
        || matches!(
            char,
            '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '—' | '–' | '-' | '/' | '”' | '’' | '"' | '\'' | '…'
        )
}

/// Whether a text ends in feet: `5'10`.
fn is_length(before: &str) -> bool {
    let feet = before.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.' || char == '½');
    feet.strip_suffix(['\'', '’', '′']).is_some_and(|feet| feet.ends_with(|char: char| char.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `<` opens, `>` closes, `~` weak, `?` either; doubled for double marks.
    fn check(text: &str, expected: &str) {
        let sign = |mark: Mark| match (mark.turn, mark.style) {
            (Turn::Opens, Style::Single) => "<",
            (Turn::Opens, Style::Double) => "<<",
            (Turn::Closes, Style::Single) => ">",
            (Turn::Closes, Style::Double) => ">>",
            (Turn::Weak, _) => "~",
            (Turn::Either, _) => "?",
        };
        let signs: Vec<&str> = marks(text, 0..text.len()).into_iter().map(sign).collect();
        assert_eq!(signs.join(" "), expected, "{text}");
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("It’s O’Rourke’s: don't, ’twas, the ’90s, rock ’n’ roll, 'em.", "");
    }

    #[test]
    fn single_marks_stand_beside_apostrophes() {
        check("‘It’s the boys’ club,’ he said.", "< ~ >");
        check("'I was doin' fine,' he said.", "< ~ >");
    }

    #[test]
    fn straight_marks_are_turned_by_their_sides() {
        check("\"Yes,\" she said. \"No—\"", "<< >> << >>");
        check("''Yes,'' she said.", "<< >>");
        check("A door of 6'2\" and more", "");
    }

    #[test]
    fn a_curly_mark_turned_the_wrong_way_is_turned_back() {
        check("“Yes,“ she said.", "<< >>");
        check("”Yes,” she said.", "? >>");
    }
}
