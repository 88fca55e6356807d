//! Which words of a text changed.

use std::ops::Range;

use super::align::{Numbers, align};
use super::running::Running;
use super::{Word, WordChange};
use crate::plain::is_ideograph;

/// The old and the new text in one: what is common once, what was removed before what was added.
pub(super) fn compare<'d>(old: &Running<'d>, new: &Running<'d>) -> Vec<Word<'d>> {
    let (old_tokens, new_tokens) = (tokens(&old.text), tokens(&new.text));
    let stretches = common_stretches(&old_tokens, &new_tokens);
    let mut page = Comparison { old, new, old_at: 0, new_at: 0, words: Vec::new() };
    let (mut old_styles, mut new_styles) = (old.styles(), new.styles());
    for stretch in stretches {
        let old_bytes = bytes(&old_tokens[stretch.old..stretch.old + stretch.len]);
        let new_bytes = bytes(&new_tokens[stretch.new..stretch.new + stretch.len]);
        page.replace_up_to(old_bytes.start, new_bytes.start);
        // Cut where either side changes its style.
        while page.old_at < old_bytes.end {
            let (old_style, old_end) = old_styles.at(page.old_at);
            let (new_style, new_end) = new_styles.at(page.new_at);
            let rest = old_bytes.end - page.old_at;
            let len = rest.min(old_end - page.old_at).min(new_end - page.new_at);
            let text = &new.text[page.new_at..page.new_at + len];
            // Nobody sees whether a space is bold.
            let is_same = old_style == new_style || text.trim().is_empty();
            let restyled = WordChange::Restyled { old: old_style, new: new_style };
            page.push(if is_same { WordChange::Same } else { restyled }, text);
            (page.old_at, page.new_at) = (page.old_at + len, page.new_at + len);
        }
    }
    page.replace_up_to(old.text.len(), new.text.len());
    page.words
}

/// The same for texts that have no styles.
pub(super) fn compare_plain(old: &str, new: &str) -> Vec<Word<'static>> {
    compare(&Running::plain(old), &Running::plain(new))
}

/// The words and signs of a text, without the white space.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    tokens(text).into_iter().map(|(_, token)| token).filter(|token| !is_blank(token))
}

struct Comparison<'r, 'd> {
    old: &'r Running<'d>,
    new: &'r Running<'d>,
    /// Bytes of either side that are dealt with.
    old_at: usize,
    new_at: usize,
    words: Vec<Word<'d>>,
}

impl<'r, 'd> Comparison<'r, 'd> {
    fn replace_up_to(&mut self, old_end: usize, new_end: usize) {
        let (old, new) = (self.old, self.new);
        self.push(WordChange::Removed, &old.text[self.old_at..old_end]);
        self.push(WordChange::Added, &new.text[self.new_at..new_end]);
        (self.old_at, self.new_at) = (old_end, new_end);
    }

    fn push(&mut self, change: WordChange<'d>, text: &'r str) {
        match self.words.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.change == change => last.text.push_str(text),
            _ => self.words.push(Word { change, text: text.to_owned() }),
        }
    }
}

/// So many tokens in a row that are the same, from these on.
struct Stretch {
    old: usize,
    new: usize,
    len: usize,
}

fn common_stretches<'t>(old: &[(usize, &'t str)], new: &[(usize, &'t str)]) -> Vec<Stretch> {
    let mut numbers = Numbers::default();
    let old_numbers: Vec<_> = old.iter().map(|(_, token)| numbers.of(*token)).collect();
    let new_numbers: Vec<_> = new.iter().map(|(_, token)| numbers.of(*token)).collect();
    let mut stretches: Vec<Stretch> = Vec::new();
    for (old_at, new_at) in align(&old_numbers, &new_numbers) {
        match stretches.last_mut() {
            Some(last) if (last.old + last.len, last.new + last.len) == (old_at, new_at) => last.len += 1,
            _ => stretches.push(Stretch { old: old_at, new: new_at, len: 1 }),
        }
    }
    without_lone_spaces(stretches, old, new)
}

/// Drops white space that is all that two replaced stretches have between them: "two men" turned
/// into "three women" is one change, not two.
fn without_lone_spaces(stretches: Vec<Stretch>, old: &[(usize, &str)], new: &[(usize, &str)]) -> Vec<Stretch> {
    let mut kept: Vec<Stretch> = Vec::with_capacity(stretches.len());
    let mut following = stretches.into_iter().peekable();
    while let Some(stretch) = following.next() {
        let (old_before, new_before) = kept.last().map_or((0, 0), |last| (last.old + last.len, last.new + last.len));
        let (old_after, new_after) = following.peek().map_or((old.len(), new.len()), |next| (next.old, next.new));
        let is_lone = old[stretch.old..stretch.old + stretch.len].iter().all(|(_, token)| is_blank(token))
            && old_before < stretch.old
            && new_before < stretch.new
            && stretch.old + stretch.len < old_after
            && stretch.new + stretch.len < new_after;
        if !is_lone {
            kept.push(stretch);
        }
    }
    kept
}

fn bytes(tokens: &[(usize, &str)]) -> Range<usize> {
    let start = tokens.first().map_or(0, |(start, _)| *start);
    start..tokens.last().map_or(start, |(start, token)| start + token.len())
}

fn is_blank(token: &str) -> bool {
    token.starts_with(char::is_whitespace)
}

/// Cuts a text, with nothing left out, into words, white space and signs; each with its first byte.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last: Option<(char, Kind)> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let kind = match last {
            Some((before, kind)) if clings(before, c) => kind,
            Some((before, Kind::Word)) if ties_a_word(before, c, next) => Kind::Word,
            _ => Kind::of(c),
        };
        if let Some((before, last_kind)) = last {
            let goes_on = clings(before, c) || (kind == last_kind && kind != Kind::Sign);
            if !goes_on {
                tokens.push((start, &text[start..at]));
                start = at;
            }
        }
        last = Some((c, kind));
    }
    if start < text.len() {
        tokens.push((start, &text[start..]));
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Space,
    /// A character that is a token by itself; so are ideographs, which have no spaces between
    /// words, and line ends.
    Sign,
}

impl Kind {
    fn of(c: char) -> Kind {
        match c {
            '\n' => Kind::Sign,
            _ if c.is_whitespace() => Kind::Space,
            _ if c.is_alphanumeric() && !is_ideograph(c) => Kind::Word,
            _ => Kind::Sign,
        }
    }
}

/// Whether a sign belongs to the word around it: "don't", "1,250", "3.5", "17:30".
fn ties_a_word(before: char, c: char, next: Option<char>) -> bool {
    let is_between = |is: fn(char) -> bool| is(before) && next.is_some_and(is);
    match c {
        '\'' | '’' => is_between(char::is_alphanumeric),
        ',' | '.' | ':' => is_between(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Whether two characters are one to the reader: a letter and its accent, the parts of an emoji.
fn clings(before: char, c: char) -> bool {
    const JOINER: char = '\u{200d}';
    before == JOINER
        || matches!(c, JOINER | '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn a_text_is_cut_into_words_spaces_and_signs() {
        for (text, cut) in [
            ("It isn’t 3.5, no.", "It| |isn’t| |3.5|,| |no|."),
            ("“U-turn”  at 17:30\n\nend", "“|U|-|turn|”|  |at| |17:30|\n|\n|end"),
            ("東京は big", "東|京|は| |big"),
            ("cafe\u{301} 👍🏽👩\u{200d}🚀x", "cafe\u{301}| |👍🏽|👩\u{200d}🚀|x"),
            ("", ""),
        ] {
            let found: Vec<_> = tokens(text).into_iter().map(|(_, token)| token).collect();
            assert_eq!(found.join("|"), cut);
        }
    }
}
