//! Whose words a passage is: the mentions around it, ranked.

use std::ops::Range;

use crate::lexicon::kind;
use crate::mention::Kind;
use crate::model::{Features, join};
use crate::reading::Reading;
use crate::repair::bucket;
use crate::token::{Class, POSSESSIVE};

/// Mentions before and after a passage that are considered, and how many paragraphs away.
const BEFORE: usize = 18;
const AFTER: usize = 9;
const PARAGRAPHS_BEFORE: usize = 4;
const PARAGRAPHS_AFTER: usize = 2;

/// The mentions that may be the speaker of a passage.
pub(crate) fn candidates(reading: &Reading, passage: usize) -> Range<usize> {
    let here = reading.passage(passage).paragraph;
    let item = reading.passage_items[passage];
    let middle = reading.mentions_before[item] as usize;
    let paragraph = |mention: usize| reading.items[reading.mention_items[mention].start].paragraph;
    let mut first = middle;
    while first > 0 && middle - first < BEFORE && paragraph(first - 1) + PARAGRAPHS_BEFORE >= here {
        first -= 1;
    }
    let mut end = middle;
    while end < reading.mentions.len() && end - middle < AFTER && paragraph(end) <= here + PARAGRAPHS_AFTER {
        end += 1;
    }
    first..end
}

/// What was decided on the passage before.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct History {
    /// The passage before and its speaker.
    pub last: Option<(usize, usize)>,
}

/// What is the same for all candidates of a passage.
pub(crate) struct Case<'a> {
    reading: &'a Reading<'a>,
    passage: usize,
    item: usize,
    paragraph: usize,
    sentence: usize,
    small: u64,
    length: u64,
    first: u64,
    last: u64,
    before: u64,
    after: u64,
    verb_before: Option<usize>,
    verb_after: Option<usize>,
    continues: u64,
    last_speaker: Option<(usize, bool, u64)>,
}

impl<'a> Case<'a> {
    pub fn new(reading: &'a Reading<'a>, passage: usize, history: History) -> Case<'a> {
        let item = reading.passage_items[passage];
        let found = reading.passage(passage);
        let paragraph = found.paragraph;
        let at = item as isize;
        let inner = &reading.text[found.inner.clone()];
        let first = inner.trim_start().chars().next();
        let small = u64::from(first.is_some_and(char::is_lowercase));
        let last = inner.trim_end().chars().next_back().filter(|last| !last.is_alphanumeric()).map_or(0, u64::from);
        let verb = |mut step: isize| {
            let by = step;
            loop {
                let item = reading.item(at + step).filter(|item| item.paragraph == paragraph)?;
                if item.letter == b'V' {
                    return Some((at + step) as usize);
                }
                if matches!(item.letter, b'.' | b'?' | b'!' | b'Q') || step.abs() > 25 {
                    return None;
                }
                step += by;
            }
        };
        let last_speaker = history.last.map(|(before, speaker)| {
            let same = reading.passage(before).paragraph == paragraph;
            let gap = reading.passage_items[before] + 1..item;
            let verbs = reading.verbs_before[gap.end] - reading.verbs_before[gap.start];
            let mentions = reading.mentions_before[gap.end] - reading.mentions_before[gap.start];
            let apart = paragraph - reading.passage(before).paragraph;
            (speaker, same, join(&[apart.min(3) as u64, u64::from(verbs.min(2)), u64::from(mentions.min(3))]))
        });
        Case {
            reading,
            passage,
            item,
            paragraph,
            sentence: reading.items[item].sentence,
            small,
            length: bucket(reading.passage_tokens[passage].len()),
            first: u64::from(reading.letter(at - 1, paragraph) == b'^'),
            last,
            before: join(&[u64::from(reading.letter(at - 2, paragraph)), u64::from(reading.letter(at - 1, paragraph))]),
            after: join(&[u64::from(reading.letter(at + 1, paragraph)), u64::from(reading.letter(at + 2, paragraph))]),
            verb_before: verb(-1),
            verb_after: verb(1),
            continues: u64::from(passage > 0 && reading.passage(passage - 1).runs_on),
            last_speaker,
        }
    }

    /// The features of a candidate.
    pub fn features(&self, mention: usize) -> Features {
        let reading = self.reading;
        let items = reading.mention_items[mention].clone();
        let (start, end) = (items.start as isize, items.end as isize);
        let head = reading.head(mention);
        let kind = reading.mentions[mention].kind;
        let before = items.end <= self.item;
        let there = &reading.items[items.start];
        let gap = if before { items.end..self.item } else { self.item + 1..items.start.max(self.item + 1) };
        let apart = there.paragraph.abs_diff(self.paragraph).min(4) as u64;
        let same = u64::from(there.sentence == self.sentence || (!before && self.touches_sentence(there.sentence)));
        let side = u64::from(before);
        // Where the candidate stands, as one value that other features are joined to.
        let place = join(&[side, apart, same]);
        let kind_value = kind as u64;
        let role = u64::from(head.kinds & kind::ROLE);
        let who = match kind {
            Kind::Pronoun => head.key,
            Kind::Name => 1,
            Kind::Role => 2 + role,
            Kind::Subject => 3,
        };
        let left = |offset: isize| u64::from(reading.letter(start - offset, there.paragraph));
        let right = |offset: isize| u64::from(reading.letter(end + offset, there.paragraph));
        let verbs = (reading.verbs_before[gap.end] - reading.verbs_before[gap.start]).min(3);
        let between = {
            let least = if before { mention + 1 } else { reading.mentions_before[self.item] as usize };
            if before { reading.mentions_before[self.item] as usize - least } else { mention - least }
        };
        let verb_after = self.verb_after_mention(items.end, there.paragraph);
        let verb_left = self.verb_before_mention(items.start, there.paragraph);
        let pattern = self.pattern(gap.clone(), apart);
        let subject = u64::from(left(1) == u64::from(b'p')) + 2 * u64::from(right(0) == u64::from(b's'));
        let opens = start as usize == 0 || reading.items[start as usize - 1].sentence != there.sentence;

        let mut features = Features(Vec::with_capacity(64));
        let mut put = |template: u64, parts: &[u64]| features.put(template, join(parts));
        put(1, &[place, bucket(gap.len())]);
        put(2, &[place, pattern, self.small]);
        put(3, &[place, kind_value, right(0), right(1), self.small]);
        put(4, &[place, reading.key(end, there.paragraph)]);
        put(5, &[place, reading.key(start - 1, there.paragraph)]);
        put(6, &[place, left(1), left(2), who]);
        put(7, &[place, u64::from(verbs), between.min(4) as u64]);
        put(8, &[place, u64::from(verbs), between.min(4) as u64, self.small, kind_value]);
        put(9, &[place, who, u64::from(opens)]);
        put(10, &[place, who, self.small, self.first]);
        put(11, &[side, same, self.last, self.after, left(1), right(0)]);
        put(12, &[side, same, self.before, self.small, left(1), right(0)]);
        put(13, &[place, self.length, self.small]);
        put(14, &[place, self.first, self.last]);
        put(15, &[place, subject, kind_value, self.small]);
        put(16, &[place, head.key]);
        put(17, &[place, between.min(5) as u64, self.small, self.last]);
        let order = self.order(mention);
        put(18, &[place, order, self.small, kind_value]);
        if let Some(verb) = self.verb_before {
            put(19, &[place, order, reading.key(verb as isize - 1, self.paragraph), self.small]);
        }
        match verb_after {
            Some((verb, steps)) => {
                let to_passage = self.reaches(verb);
                put(20, &[reading.items[verb].key, side, same]);
                put(21, &[place, steps, to_passage, self.small]);
                put(22, &[place, steps, u64::from(verbs), kind_value, self.last]);
                put(23, &[place, pattern, steps]);
                put(24, &[reading.items[verb].key, to_passage]);
                put(
                    25,
                    &[
                        place,
                        u64::from(self.verb_before == Some(verb)),
                        u64::from(self.verb_after == Some(verb)),
                        steps,
                        kind_value,
                    ],
                );
                put(26, &[place, u64::from(reading.letter(verb as isize + 1, there.paragraph)), to_passage]);
            }
            None => {
                put(
                    27,
                    &[
                        place,
                        kind_value,
                        u64::from(self.verb_before.is_some()),
                        u64::from(self.verb_after.is_some()),
                        u64::from(verbs),
                    ],
                );
                put(28, &[place, subject, u64::from(opens), u64::from(verbs), self.small]);
            }
        }
        if let Some((verb, steps)) = verb_left {
            put(30, &[reading.items[verb].key, place]);
            put(31, &[place, steps, self.reaches(verb), right(0), u64::from(verb_after.is_some())]);
            put(
                32,
                &[
                    place,
                    u64::from(self.verb_after == Some(verb)),
                    u64::from(self.verb_before == Some(verb)),
                    kind_value,
                ],
            );
        }
        if let Some(verb) = self.verb_before.filter(|_| before) {
            let nearest = u64::from(self.nearest_subject(verb) == Some(mention));
            put(33, &[place, nearest, self.small, subject]);
            put(34, &[nearest, reading.items[verb].key, same]);
            put(35, &[place, nearest, kind_value, u64::from(opens)]);
        }
        if let Some((speaker, same_paragraph, apart)) = self.last_speaker {
            let is = u64::from(mention == speaker);
            let same_head = u64::from(reading.head(speaker).key == head.key);
            put(40, &[is, u64::from(same_paragraph), apart]);
            put(41, &[is, u64::from(same_paragraph), self.first, self.small, u64::from(self.verb_after.is_some())]);
            put(42, &[is, same_head, place, kind_value]);
            put(
                43,
                &[is, apart, u64::from(self.verb_before.is_some()), u64::from(self.verb_after.is_some()), self.after],
            );
            put(44, &[is, self.continues]);
            put(45, &[is, u64::from(same_paragraph), pattern]);
        }
        self.signature(mention, &mut put, place);
        features
    }

    /// Which mention of its sentence a candidate is, up to the fourth.
    fn order(&self, mention: usize) -> u64 {
        let sentence = |mention: usize| self.reading.items[self.reading.mention_items[mention].start].sentence;
        (1..=3).take_while(|&back| mention >= back && sentence(mention - back) == sentence(mention)).count() as u64
    }

    /// Features of a name that signs a passage, or that stands before its colon as in a transcript.
    fn signature(&self, mention: usize, put: &mut impl FnMut(u64, &[u64]), place: u64) {
        let reading = self.reading;
        let items = &reading.mention_items[mention];
        let there = reading.items[items.start].paragraph;
        let left = reading.letter(items.start as isize - 1, there);
        let right = reading.letter(items.end as isize, there);
        let label = left == b'^' && right == b':';
        let signs =
            matches!(left, b'-' | b'^' | b'Q' | b'(') && matches!(right, b'^' | b',' | b'(' | b')' | b'Q' | b'.');
        let ends = reading.letter(self.item as isize + 1, self.paragraph);
        if label || signs {
            put(50, &[place, u64::from(label), u64::from(left), u64::from(right), self.first]);
            put(51, &[place, u64::from(label), u64::from(left), u64::from(ends), self.first]);
        }
    }

    fn touches_sentence(&self, sentence: usize) -> bool {
        self.reading.passage_tokens[self.passage]
            .clone()
            .last()
            .is_some_and(|last| self.reading.tokens[last].sentence == sentence)
    }

    /// The words between a candidate and the passage, as letters.
    fn pattern(&self, gap: Range<usize>, apart: u64) -> u64 {
        if apart > 0 {
            return 7;
        }
        let items = &self.reading.items[gap];
        let mut letters = 0_u64;
        let mut last = 0;
        let mut count = 0;
        for item in items {
            // Long runs of words without stop or verb are one.
            let letter = match item.letter {
                b'w' | b'R' | b'#' | b'N' => b'w',
                letter => letter,
            };
            if letter == b'w' && last == b'w' {
                continue;
            }
            last = letter;
            letters = join(&[letters, u64::from(letter)]);
            count += 1;
            if count == 9 {
                return join(&[9, u64::from(items[items.len() - 1].letter)]);
            }
        }
        letters
    }

    /// How a verb stands to the passage: 1 right beside it, 2 with a little between, 0 far.
    fn reaches(&self, verb: usize) -> u64 {
        let (from, to) = if verb < self.item { (verb + 1, self.item) } else { (self.item + 1, verb) };
        match to - from {
            0 => 1,
            1 => 2 + u64::from(self.reading.items[from].letter),
            2 => 300 + u64::from(self.reading.items[from].letter),
            3..=5 => 400,
            _ => 0,
        }
    }

    /// The verb of saying of which a mention is the subject, and how it is reached: 1 at once, 2 past
    /// helping words, 3 past an apposition.
    fn verb_after_mention(&self, end: usize, paragraph: usize) -> Option<(usize, u64)> {
        let letter = |at: usize| self.reading.letter(at as isize, paragraph);
        let plainly = |from: usize| {
            (from..from + 4)
                .find(|&at| !self.passes(at, paragraph))
                .filter(|&at| letter(at) == b'V')
                .map(|at| (at, at - from))
        };
        if let Some((verb, steps)) = plainly(end) {
            return Some((verb, 1 + u64::from(steps > 0)));
        }
        match letter(end) {
            b',' | b'-' | b'(' => {
                let close = (end + 1..end + 18)
                    .take_while(|&at| !matches!(letter(at), b'^' | b'.'))
                    .find(|&at| matches!(letter(at), b',' | b'-' | b')'))?;
                plainly(close + 1).map(|(verb, _)| (verb, 3))
            }
            // “the leader of the council said”
            b'p' => {
                let past =
                    (end + 1..end + 8).find(|&at| !matches!(letter(at), b'D' | b'w' | b'N' | b'R' | b'p' | b's'))?;
                plainly(past).map(|(verb, _)| (verb, 4))
            }
            _ => None,
        }
    }

    fn passes(&self, at: usize, paragraph: usize) -> bool {
        let adverb = |at: usize| {
            self.reading.text[self.reading.tokens[self.reading.items[at].token].range.clone()].ends_with("ly")
        };
        match self.reading.letter(at as isize, paragraph) {
            b'x' => true,
            b'w' => adverb(at),
            _ => false,
        }
    }

    /// The verb of saying right before a mention: “said Mr Low”.
    fn verb_before_mention(&self, start: usize, paragraph: usize) -> Option<(usize, u64)> {
        (1..=3_usize)
            .map(|steps| (start.wrapping_sub(steps), steps))
            .find(|&(at, _)| !matches!(self.reading.letter(at as isize, paragraph), b'w' | b'R' | b'D'))
            .filter(|&(at, _)| self.reading.letter(at as isize, paragraph) == b'V')
            .map(|(at, steps)| (at, steps as u64))
    }

    /// The mention nearest before a verb that hangs on no preposition and owns nothing.
    fn nearest_subject(&self, verb: usize) -> Option<usize> {
        let reading = self.reading;
        let last = reading.mentions_before[verb] as usize;
        let sentence = reading.items[verb].sentence;
        (last.saturating_sub(6)..last).rev().find(|&mention| {
            let items = &reading.mention_items[mention];
            let left = items.start.checked_sub(1).map(|left| &reading.items[left]);
            reading.items[items.start].sentence == sentence
                && left.is_none_or(|left| left.letter != b'p')
                && reading.key(items.end as isize, self.paragraph) != POSSESSIVE
        })
    }
}

/// Features that tell a quotation from a title, a nickname or words in scare marks.
pub(crate) fn quotation_features(reading: &Reading, passage: usize) -> Features {
    let mut features = Features(Vec::with_capacity(32));
    let mut put = |template: u64, parts: &[u64]| features.put(2_000 + template, join(parts));
    let found = reading.passage(passage);
    let item = reading.passage_items[passage];
    let (at, paragraph) = (item as isize, found.paragraph);
    let tokens = &reading.tokens[reading.passage_tokens[passage].clone()];
    let words = tokens.iter().filter(|token| token.is_word()).count();
    let capitals = tokens.iter().filter(|token| token.class == Class::Capital).count();
    let length = bucket(words);
    let inner = reading.text[found.inner.clone()].trim();
    let first = u64::from(inner.chars().next().is_some_and(char::is_uppercase));
    let last = inner.chars().next_back().filter(|last| !last.is_alphanumeric()).map_or(0, u64::from);
    let titled = (capitals * 4).checked_div(words).unwrap_or(4) as u64;
    let spoken = u64::from(tokens.iter().any(|token| token.is(kind::FIRST_PERSON)));
    let sentence = reading.items[item].sentence;
    let near = item.saturating_sub(25)..(item + 25).min(reading.items.len());
    let verbs =
        reading.items[near].iter().filter(|item| item.letter == b'V' && item.sentence == sentence).count().min(3)
            as u64;
    let left = |offset: isize| u64::from(reading.letter(at - offset, paragraph));
    let right = |offset: isize| u64::from(reading.letter(at + offset, paragraph));
    let single = u64::from(tokens.len() == 1);

    put(0, &[0]);
    put(1, &[length, first, titled]);
    put(2, &[length, reading.key(at - 1, paragraph)]);
    put(3, &[length, reading.key(at + 1, paragraph)]);
    put(4, &[left(1), left(2), length]);
    put(5, &[left(1), right(1), length, first]);
    put(6, &[last, length]);
    put(7, &[verbs, length, first]);
    put(8, &[spoken, length]);
    put(9, &[reading.key(at - 1, paragraph), reading.key(at - 2, paragraph)]);
    put(10, &[reading.key(at - 1, paragraph), first]);
    put(11, &[titled, verbs, length]);
    put(12, &[left(1), left(2), left(3)]);
    put(13, &[right(1), right(2), length]);
    for token in tokens.iter().take(4) {
        put(14, &[token.key, single]);
    }
    put(15, &[left(1), first, titled, length]);
    put(16, &[reading.key(at + 1, paragraph), first]);
    features
}
