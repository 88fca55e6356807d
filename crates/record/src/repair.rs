//! Where a lost quotation mark belongs.
//!
//! Between its partner and the next mark every gap between two words is a possible place; the model
//! ranks them by the words and stops around, learnt from sound texts of which one mark was taken away.

use crate::geometry::{Geometry, Lost, Side};
use crate::lexicon::{key, kind};
use crate::model::{Features, Weights, join};
use crate::token::{Class, Token};

/// Words on each side of the partner that are looked at. Quotations in one paragraph are shorter.
const REACH: usize = 400;

/// Proposes the likeliest place for each lost mark and draws the passages up to it.
pub(crate) fn place(text: &str, tokens: &[Token], geometry: &mut Geometry, weights: &Weights) {
    let mut lost = std::mem::take(&mut geometry.lost);
    let logical = logical_stops(text, geometry);
    for lost in &mut lost {
        let gaps = gaps(tokens, lost);
        let around = Around { text, tokens, lost, logical };
        let best = gaps
            .iter()
            .map(|&gap| (gap, weights.score(&around.features(gap))))
            .fold(None, |best: Option<(usize, f32)>, gap| best.filter(|best| best.1 >= gap.1).or(Some(gap)));
        let Some((gap, _)) = best else { continue };
        lost.at = offset(tokens, lost, gap);
        let passage = &mut geometry.passages[lost.passage];
        match lost.side {
            Side::Open => (passage.range.start, passage.inner.start) = (lost.at, lost.at),
            Side::Close => (passage.range.end, passage.inner.end) = (lost.at, lost.at),
        }
        let range = passage.inner.clone();
        passage.nested.retain(|nested| range.start <= nested.start && nested.end <= range.end);
    }
    geometry.lost = lost;
}

/// The gaps in which the mark may stand, each as the token after it (an opening mark) or before it (a closing one).
pub(crate) fn gaps(tokens: &[Token], lost: &Lost) -> Vec<usize> {
    let first = tokens.partition_point(|token| token.range.start < lost.within.start);
    let end = tokens.partition_point(|token| token.range.start < lost.within.end);
    match lost.side {
        Side::Open => (first.max(end.saturating_sub(REACH))..end)
            .filter(|&at| !matches!(tokens[at].class, Class::Stop(',' | '.' | ';' | ':' | '?' | '!')))
            .collect(),
        Side::Close => (first..end.min(first + REACH)).collect(),
    }
}

/// The byte of a gap.
pub(crate) fn offset(tokens: &[Token], lost: &Lost, gap: usize) -> usize {
    match lost.side {
        Side::Open => tokens[gap].range.start,
        Side::Close => tokens[gap].range.end,
    }
}

/// Whether the text puts commas outside its closing marks more often than inside.
pub(crate) fn logical_stops(text: &str, geometry: &Geometry) -> bool {
    let mut outside = 0_i32;
    for passage in &geometry.passages {
        outside -= i32::from(text[..passage.inner.end].ends_with([',', '.']));
        outside += 2 * i32::from(text[passage.range.end..].starts_with([',', '.']));
    }
    outside > 0
}

pub(crate) struct Around<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub lost: &'a Lost,
    pub logical: bool,
}

/// Templates of this question begin here.
const TEMPLATES: u64 = 3_000;

impl Around<'_> {
    /// The features of a gap.
    pub fn features(&self, gap: usize) -> Features {
        let mut features = Features(Vec::with_capacity(32));
        let side = self.lost.side as u64;
        let mut put = |template: u64, parts: &[u64]| features.put(TEMPLATES + template, join(&[side, join(parts)]));
        // Counted from the gap: 0 is the word after it, -1 the one before.
        let after = match self.lost.side {
            Side::Open => gap,
            Side::Close => gap + 1,
        };
        let paragraph = self.lost.paragraph;
        let token = |offset: isize| {
            after
                .checked_add_signed(offset)
                .and_then(|at| self.tokens.get(at))
                .filter(|token| token.paragraph == paragraph)
        };
        let key_at = |offset: isize| token(offset).map_or(0, |token| token.key);
        let shape = |offset: isize| token(offset).map_or(9, shape);
        let says = |offset: isize| u64::from(token(offset).is_some_and(|token| token.is(kind::SAY)));
        let at = offset(self.tokens, self.lost, gap);
        let edge = match self.lost.side {
            Side::Open => u64::from(at == self.lost.within.start),
            Side::Close => u64::from(at == self.lost.within.end),
        };
        let (first, last) = (self.lost.within.start, self.lost.within.end);
        let (words, far) = match self.lost.side {
            Side::Open => (self.tokens[gap..].iter().take_while(|token| token.range.start < last).count(), first),
            Side::Close => {
                (self.tokens[..=gap].iter().rev().take_while(|token| token.range.start >= first).count(), last)
            }
        };
        let length = bucket(words);
        let logical = u64::from(self.logical);
        // What follows the partner on its other side tells whether the attribution stands there.
        let beyond = self.beyond();
        let to_edge = match self.lost.side {
            Side::Open => self.text[far..at].len(),
            Side::Close => self.text[at..far].len(),
        };

        put(0, &[shape(-1), shape(0), edge]);
        put(1, &[key_at(-1), shape(0)]);
        put(2, &[shape(-1), key_at(0)]);
        put(3, &[key_at(-1), key_at(-2)]);
        put(4, &[key_at(0), key_at(1)]);
        put(5, &[length]);
        put(6, &[length, shape(-1), shape(0)]);
        put(7, &[edge, beyond]);
        put(8, &[shape(-2), shape(-1), shape(0), shape(1)]);
        put(9, &[shape(-1), shape(0), shape(1), shape(2), says(0), says(1), says(2)]);
        put(10, &[shape(-3), shape(-2), shape(-1), shape(0), says(-1), says(-2), says(-3)]);
        put(11, &[edge, beyond, shape(-1), shape(0)]);
        put(12, &[logical, shape(-1), shape(0)]);
        put(13, &[self.attribution_after(after), shape(-1), shape(0)]);
        put(14, &[self.attribution_after(after), edge, beyond]);
        put(15, &[self.attribution_before(after), shape(-1), shape(0)]);
        put(16, &[self.attribution_before(after), beyond, edge]);
        put(17, &[self.first_persons(gap), edge, beyond]);
        put(18, &[u64::from(self.is_sentence_edge(after)), length, beyond]);
        put(19, &[u64::from(self.is_sentence_edge(after)), edge, (to_edge / 40).min(5) as u64]);
        put(20, &[self.says_between(gap), self.attribution_after(after), self.attribution_before(after)]);
        put(21, &[self.partner_shape(), shape(-1), shape(0)]);
        put(22, &[self.partner_shape(), edge, beyond, self.attribution_after(after), self.attribution_before(after)]);
        features
    }

    /// The three tokens beyond the partner, by shape.
    fn beyond(&self) -> u64 {
        let at = self.tokens.partition_point(|token| token.range.start < self.lost.partner.start);
        let near = |offset: isize| {
            at.checked_add_signed(offset)
                .and_then(|at| self.tokens.get(at))
                .filter(|token| token.paragraph == self.lost.paragraph)
                .map_or(9, shape)
        };
        match self.lost.side {
            Side::Open => join(&[near(0), near(1)]),
            Side::Close => join(&[near(-1), near(-2)]),
        }
    }

    /// What stands at the partner's inner side: a capital or a stop, which tell whole sentences from fragments.
    fn partner_shape(&self) -> u64 {
        let at = self.tokens.partition_point(|token| token.range.start < self.lost.partner.start);
        match self.lost.side {
            Side::Open => at.checked_sub(1).map_or(9, |at| shape(&self.tokens[at])),
            Side::Close => self.tokens.get(at).map_or(9, shape),
        }
    }

    /// How soon a verb of saying comes in the clause that begins here; 0 if none comes.
    fn attribution_after(&self, after: usize) -> u64 {
        let clause = self.tokens[after..]
            .iter()
            .take(8)
            .take_while(|token| token.paragraph == self.lost.paragraph && token.is_word());
        clause.zip(1..).find(|(token, _)| token.is(kind::SAY)).map_or(0, |(_, place)| place.min(4))
    }

    /// How near before this place a verb of saying stands in its clause; 0 if none does.
    fn attribution_before(&self, after: usize) -> u64 {
        let before =
            self.tokens[..after].iter().rev().take(8).take_while(|token| token.paragraph == self.lost.paragraph);
        let clause = before
            .enumerate()
            .take_while(|(place, token)| token.is_word() || (*place == 0 && token.is_stop(&[',', ':'])));
        clause
            .map(|(place, token)| (place as u64 + 1, token))
            .find(|(_, token)| token.is(kind::SAY))
            .map_or(0, |(place, _)| place.min(4))
    }

    /// Whether words of one who speaks stand between the gap and the partner, and outside.
    fn first_persons(&self, gap: usize) -> u64 {
        let gap = offset(self.tokens, self.lost, gap);
        let inside = match self.lost.side {
            Side::Open => gap..self.lost.within.end,
            Side::Close => self.lost.within.start..gap,
        };
        let from = self.tokens.partition_point(|token| token.range.start < self.lost.within.start);
        let near = self.tokens[from..].iter().take(REACH).take_while(|token| token.range.start < self.lost.within.end);
        let (mut within, mut without) = (false, false);
        for token in near.filter(|token| token.is(kind::FIRST_PERSON)) {
            if inside.contains(&token.range.start) { within = true } else { without = true }
        }
        u64::from(within) + 2 * u64::from(without)
    }

    /// Verbs of saying that the passage would hold, up to three.
    fn says_between(&self, gap: usize) -> u64 {
        let count = match self.lost.side {
            Side::Open => self.tokens[gap..]
                .iter()
                .take_while(|token| token.range.start < self.lost.within.end)
                .filter(|token| token.is(kind::SAY))
                .count(),
            Side::Close => {
                let back = self.tokens[..=gap].iter().rev();
                back.take_while(|token| token.range.start >= self.lost.within.start)
                    .filter(|token| token.is(kind::SAY))
                    .count()
            }
        };
        count.min(3) as u64
    }

    fn is_sentence_edge(&self, after: usize) -> bool {
        let before = after
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .filter(|token| token.paragraph == self.lost.paragraph);
        let next = self.tokens.get(after).filter(|token| token.paragraph == self.lost.paragraph);
        before.is_none_or(|before| before.is_stop(&['.', '?', '!', '…']))
            && next.is_none_or(|next| !matches!(next.class, Class::Small))
    }
}

fn shape(token: &Token) -> u64 {
    match token.class {
        Class::Stop(stop) => 16 + u64::from(stop),
        _ if token.is(kind::SAY) => 1,
        _ if token.key == key("i") || token.key == key("we") => 2,
        _ if token.is(kind::PRONOUN) => 3,
        Class::Capital if token.is(kind::PLAIN | kind::DETERMINER | kind::PREPOSITION | kind::CLAUSE) => 4,
        Class::Capital => 5,
        Class::Number => 6,
        _ if token.is(kind::CLAUSE) => 7,
        Class::Small => 8,
    }
}

/// Lengths in steps that double.
pub(crate) fn bucket(words: usize) -> u64 {
    match words {
        0..=3 => words as u64,
        4..=5 => 4,
        6..=8 => 5,
        9..=13 => 6,
        14..=20 => 7,
        21..=35 => 8,
        36..=60 => 9,
        _ => 10,
    }
}
