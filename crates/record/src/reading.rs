//! A text as the model sees it: its words outside the marks, with each passage as one word among them.

use std::ops::Range;

use crate::geometry::{Geometry, Passage};
use crate::lexicon::{Key, kind};
use crate::mention::{Kind, Mention, mentions};
use crate::model::Weights;
use crate::repair;
use crate::text::{Paragraph, paragraphs};
use crate::token::{Class, POSSESSIVE, Token, divide, tokens};

pub(crate) struct Reading<'a> {
    pub text: &'a str,
    pub paragraphs: Vec<Paragraph>,
    pub tokens: Vec<Token>,
    pub geometry: Geometry,
    pub mentions: Vec<Mention>,
    /// The text outside the marks; a passage is one item.
    pub items: Vec<Item>,
    /// The items of each mention.
    pub mention_items: Vec<Range<usize>>,
    /// The item of each passage.
    pub passage_items: Vec<usize>,
    /// The tokens of each passage.
    pub passage_tokens: Vec<Range<usize>>,
    /// How many mentions begin before an item, and how many verbs of saying stand before it.
    pub mentions_before: Vec<u32>,
    pub verbs_before: Vec<u32>,
}

/// A word or stop outside the marks, or a passage.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// A letter for what it is; see [`letter`].
    pub letter: u8,
    pub key: Key,
    pub kinds: u32,
    pub sentence: usize,
    pub paragraph: usize,
    pub token: usize,
}

impl Item {
    pub fn is(&self, kinds: u32) -> bool {
        self.kinds & kinds != 0
    }
}

impl<'a> Reading<'a> {
    pub fn new(text: &'a str, weights: &Weights) -> Reading<'a> {
        let paragraphs = paragraphs(text);
        let tokens = tokens(text, &paragraphs);
        let mut geometry = Geometry::read(text, &paragraphs);
        repair::place(text, &tokens, &mut geometry, weights);
        Reading::of(text, paragraphs, tokens, geometry)
    }

    fn of(text: &'a str, paragraphs: Vec<Paragraph>, mut tokens: Vec<Token>, geometry: Geometry) -> Reading<'a> {
        divide(text, &mut tokens, &geometry.passages);
        let mentions = mentions(&tokens);
        let mut reading = Reading {
            text,
            paragraphs,
            mention_items: Vec::with_capacity(mentions.len()),
            passage_items: Vec::with_capacity(geometry.passages.len()),
            passage_tokens: Vec::with_capacity(geometry.passages.len()),
            items: Vec::with_capacity(tokens.len() / 2),
            mentions_before: Vec::new(),
            verbs_before: Vec::new(),
            tokens,
            geometry,
            mentions,
        };
        reading.lay_out();
        reading
    }

    fn lay_out(&mut self) {
        let mut at = 0;
        let mut next_mention = 0;
        for passage in 0..=self.geometry.passages.len() {
            let start = self.geometry.passages.get(passage).map_or(usize::MAX, |passage| passage.range.start);
            while self.tokens.get(at).is_some_and(|token| token.range.start < start) {
                if self.mentions.get(next_mention).is_some_and(|mention| mention.tokens.start == at) {
                    let first = self.items.len();
                    self.mention_items.push(first..first + self.mentions[next_mention].tokens.len());
                    next_mention += 1;
                }
                let token = &self.tokens[at];
                self.items.push(Item {
                    letter: letter(token),
                    key: token.key,
                    kinds: token.kinds,
                    sentence: token.sentence,
                    paragraph: token.paragraph,
                    token: at,
                });
                at += 1;
            }
            let Some(found) = self.geometry.passages.get(passage) else { break };
            let first = at;
            at += self.tokens[at..].iter().take_while(|token| token.range.start < found.range.end).count();
            self.passage_tokens.push(first..at);
            self.passage_items.push(self.items.len());
            // A label in the marks stands where its passage stands.
            while self.mentions.get(next_mention).is_some_and(|mention| mention.tokens.start < at) {
                self.mention_items.push(self.items.len()..self.items.len() + 1);
                next_mention += 1;
            }
            let sentence = self.tokens.get(first).map_or(0, |token| token.sentence);
            self.items.push(Item {
                letter: b'Q',
                key: 1,
                kinds: 0,
                sentence,
                paragraph: found.paragraph,
                token: first,
            });
        }
        let (mut mentions, mut verbs, mut next) = (0, 0, 0);
        for (at, item) in self.items.iter().enumerate() {
            self.mentions_before.push(mentions);
            self.verbs_before.push(verbs);
            while self.mention_items.get(next).is_some_and(|items| items.start == at) {
                mentions += 1;
                next += 1;
            }
            verbs += u32::from(item.is(kind::SAY));
        }
        self.mentions_before.push(mentions);
        self.verbs_before.push(verbs);
    }

    pub fn passage(&self, passage: usize) -> &Passage {
        &self.geometry.passages[passage]
    }

    /// The bytes of a mention.
    pub fn range(&self, mention: usize) -> Range<usize> {
        let tokens = &self.mentions[mention].tokens;
        self.tokens[tokens.start].range.start..self.tokens[tokens.end - 1].range.end
    }

    /// The word that stands for a mention: the noun of a role, the last name, the pronoun.
    pub fn head(&self, mention: usize) -> &Token {
        &self.tokens[self.mentions[mention].tokens.end - 1]
    }

    pub fn item(&self, at: isize) -> Option<&Item> {
        usize::try_from(at).ok().and_then(|at| self.items.get(at))
    }

    /// The letter of an item, `^` where its paragraph has no such item.
    pub fn letter(&self, at: isize, paragraph: usize) -> u8 {
        self.item(at).filter(|item| item.paragraph == paragraph).map_or(b'^', |item| item.letter)
    }

    /// The key of an item, 0 where its paragraph has no such item.
    pub fn key(&self, at: isize, paragraph: usize) -> Key {
        self.item(at).filter(|item| item.paragraph == paragraph).map_or(0, |item| item.key)
    }

    /// Whether a mention is of this kind.
    pub fn is(&self, mention: usize, kind: Kind) -> bool {
        self.mentions[mention].kind == kind
    }
}

/// What a word is, in one letter: patterns of words are strings of these.
fn letter(token: &Token) -> u8 {
    match token.class {
        Class::Stop(stop) if stop.is_ascii() => stop as u8,
        Class::Stop('—') => b'-',
        Class::Stop('…') => b'.',
        Class::Stop(_) => b'*',
        Class::Number => b'#',
        _ if token.key == POSSESSIVE => b's',
        _ if token.is(kind::SAY) && token.class == Class::Small => b'V',
        Class::Capital if !token.is(kind::PLAIN | kind::PRONOUN | kind::DETERMINER | kind::PREPOSITION) => b'N',
        _ if token.is(kind::PRONOUN) => b'P',
        _ if token.is(kind::DETERMINER) => b'D',
        _ if token.is(kind::CLAUSE) => b'T',
        _ if token.is(kind::PREPOSITION) => b'p',
        _ if token.is(kind::AUXILIARY) => b'x',
        _ if token.is(kind::ROLE) => b'R',
        _ => b'w',
    }
}
