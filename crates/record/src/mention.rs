//! Who may be a speaker: names, pronouns and roles outside the marks.

use std::ops::Range;

use crate::lexicon::{key, kind};
use crate::token::{Class, POSSESSIVE, Token};

/// A place where the text names somebody or something that may speak.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Kind {
    /// He, they, who.
    Pronoun,
    /// Words with capitals: Hannah Kowalczyk, the Treasury.
    Name,
    /// A noun for a speaker: a spokesman, the report.
    Role,
    /// Another noun right before or after a verb of saying.
    Subject,
}

/// Words before a role noun that are taken into the mention.
const REACH: usize = 6;

/// The mentions of a text, in order of their first tokens. None overlaps another, none stands in marks.
pub(crate) fn mentions(tokens: &[Token]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let free = found.last().map_or(0, |last| last.tokens.end);
        let mention =
            if tokens[at].passage.is_some() { label_in_marks(tokens, at) } else { mention_at(tokens, at, free) };
        at = mention.as_ref().map_or(at, |mention| mention.tokens.end - 1) + 1;
        found.extend(mention.filter(|mention| !is_modifier(tokens, mention)));
    }
    found
}

/// A transcript may stand in marks whole: “WALLACE: But, Governor, …”.
fn label_in_marks(tokens: &[Token], at: usize) -> Option<Mention> {
    if at > 0 && tokens[at - 1].passage == tokens[at].passage {
        return None;
    }
    let name = tokens[at..]
        .iter()
        .take(4)
        .take_while(|token| token.class == Class::Capital && token.passage == tokens[at].passage)
        .count();
    let shouted = |token: &Token| token.shouted;
    let ends = name > 0 && tokens.get(at + name).is_some_and(|next| next.is_stop(&[':']));
    (ends && tokens[at..at + name].iter().all(shouted)).then_some(Mention { tokens: at..at + name, kind: Kind::Name })
}

/// Whether a name only says whose officer the next name is: “White House press secretary Josh Earnest”.
fn is_modifier(tokens: &[Token], mention: &Mention) -> bool {
    let after = &tokens[mention.tokens.end..];
    let between = after
        .iter()
        .take(4)
        .take_while(|token| token.class == Class::Small && token.key != POSSESSIVE && token.passage.is_none())
        .count();
    mention.kind == Kind::Name
        && between > 0
        && after[..between].last().is_some_and(|last| last.is(kind::PERSON))
        && !after[..between]
            .iter()
            .any(|token| token.is(kind::PREPOSITION | kind::AUXILIARY | kind::DETERMINER | kind::SAY | kind::CLAUSE))
        && after.get(between).is_some_and(|next| next.sentence == tokens[mention.tokens.start].sentence)
        && after.len() > between
        && is_name_word(tokens, mention.tokens.end + between)
}

fn mention_at(tokens: &[Token], at: usize, free: usize) -> Option<Mention> {
    let token = &tokens[at];
    if is_name_word(tokens, at) {
        let end = name_end(tokens, at);
        let only_title =
            end == at + 1 && token.is(kind::ROLE) && tokens.get(end).is_some_and(|next| next.is(kind::ROLE));
        return (!only_title).then_some(Mention { tokens: at..end, kind: Kind::Name });
    }
    if !token.is_word() {
        return None;
    }
    if token.is(kind::ROLE) {
        // A role that stands before a name is its title: the mention is the name's.
        let next = tokens.get(at + 1).filter(|next| next.passage.is_none() && next.paragraph == token.paragraph);
        if next.is_some_and(|next| next.is(kind::ROLE) && !next.is(kind::SAY))
            || (next.is_some() && is_name_word(tokens, at + 1))
        {
            return None;
        }
        return Some(Mention { tokens: phrase_start(tokens, at, free)..at + 1, kind: Kind::Role });
    }
    if token.is(kind::PRONOUN) {
        // “his wife”, “some residents”: the mention is the noun's.
        let phrase = tokens[at + 1..].iter().take(3).take_while(|next| {
            next.class == Class::Small && next.passage.is_none() && next.paragraph == token.paragraph
        });
        let mut phrase = phrase.take_while(|next| {
            !next.is(kind::PREPOSITION | kind::AUXILIARY | kind::CLAUSE | kind::DETERMINER | kind::PRONOUN)
        });
        if token.is(kind::DETERMINER) && phrase.any(|next| next.is(kind::ROLE) && !next.is(kind::SAY)) {
            return None;
        }
        return Some(Mention { tokens: at..at + 1, kind: Kind::Pronoun });
    }
    let plain =
        token.is(kind::SAY | kind::PREPOSITION | kind::AUXILIARY | kind::DETERMINER | kind::CLAUSE | kind::PLAIN);
    let says = |token: Option<&Token>| token.is_some_and(|token| token.is(kind::SAY) && token.passage.is_none());
    let determined = phrase_start(tokens, at, free) < at;
    (!plain && says(tokens.get(at + 1)) && determined)
        .then(|| Mention { tokens: phrase_start(tokens, at, free)..at + 1, kind: Kind::Subject })
}

/// A word with a capital that is not there because a sentence begins.
fn is_name_word(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.class != Class::Capital || token.is(kind::CALENDAR) || token.passage.is_some() {
        return false;
    }
    let begins = at == 0 || tokens[at - 1].sentence != token.sentence || tokens[at - 1].passage.is_some();
    let unsure =
        token.is(kind::PLAIN | kind::PRONOUN | kind::DETERMINER | kind::PREPOSITION | kind::CLAUSE | kind::AUXILIARY);
    if !begins {
        return !(token.is(kind::PRONOUN | kind::DETERMINER) && token.range.len() < 5);
    }
    let role = token.is(kind::ROLE) && !tokens.get(at + 1).is_some_and(|next| next.class == Class::Capital);
    !unsure && !role
}

/// Names hold capitals, initials, and small words between capitals.
fn name_end(tokens: &[Token], start: usize) -> usize {
    let mut end = start + 1;
    while let Some(next) = tokens.get(end) {
        let last = &tokens[end - 1];
        let same = next.paragraph == last.paragraph && next.passage.is_none() && next.sentence == last.sentence;
        let stop_of_title = next.is_stop(&['.'])
            && last.range.end == next.range.start
            && (last.is(kind::ABBREVIATION) || last.range.len() == 1);
        if !same {
            break;
        } else if next.class == Class::Capital && !next.is(kind::CALENDAR) {
            end += 1;
        } else if next.class == Class::Number && last.range.end + 1 == next.range.start && next.range.len() < 3 {
            end += 1; // No 10, Channel 4
        } else if stop_of_title
            && tokens.get(end + 1).is_some_and(|after| {
                (after.class == Class::Capital || after.is(kind::PARTICLE)) && after.paragraph == next.paragraph
            })
        {
            end += 1;
        } else if next.is(kind::PARTICLE) || next.is_stop(&['&']) {
            let Some(ahead) =
                (end + 1..end + 3).find(|&ahead| tokens.get(ahead).is_some_and(|token| !token.is(kind::PARTICLE)))
            else {
                break;
            };
            let capital = |token: &Token| {
                token.class == Class::Capital && token.passage.is_none() && token.sentence == next.sentence
            };
            // “Dr Low of the Bank”, but “the Duke of Fife”.
            let person = tokens[start].is(kind::TITLE | kind::HE | kind::SHE)
                && end > start + 1
                && !last.is(kind::TITLE | kind::ROLE);
            let conjunction = (person && next.key == key("of"))
                || next.key == key("and")
                || next.key == key("for")
                || next.key == key("the");
            if conjunction || !capital(&tokens[ahead]) {
                break;
            }
            end = ahead + 1;
        } else {
            break;
        }
    }
    end
}

/// Where the noun phrase that ends with this noun begins.
fn phrase_start(tokens: &[Token], noun: usize, free: usize) -> usize {
    let mut start = noun;
    let least = free.max(noun.saturating_sub(REACH));
    for at in (least..noun).rev() {
        let token = &tokens[at];
        let outside = token.paragraph != tokens[noun].paragraph
            || token.passage.is_some()
            || token.sentence != tokens[noun].sentence;
        if outside || !(token.is_word() || token.class == Class::Number) || token.key == POSSESSIVE {
            break;
        }
        if token.is(kind::DETERMINER) {
            return at;
        }
        if token.is(kind::PREPOSITION | kind::AUXILIARY | kind::SAY | kind::CLAUSE)
            || token.key == key("and")
            || token.key == key("but")
        {
            break;
        }
        start = at;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs;
    use crate::token::{divide, tokens};

    fn check(text: &str, expected: &[&str]) {
        let paragraphs = paragraphs(text);
        let mut found = tokens(text, &paragraphs);
        divide(text, &mut found, &crate::Geometry::read(text, &paragraphs).passages);
        let texts: Vec<&str> = mentions(&found)
            .iter()
            .map(|m| &text[found[m.tokens.start].range.start..found[m.tokens.end - 1].range.end])
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn names_hold_titles_initials_and_small_words() {
        check(
            "“No,” said Sir Keir. Mr. J. van der Berg and Dr Low of the Bank of England left.",
            &["Sir Keir", "Mr. J. van der Berg", "Dr Low", "Bank of England"],
        );
    }

    #[test]
    fn roles_hold_their_determiners_and_names_their_roles() {
        check(
            "However, a Downing Street spokeswoman said no. Trump spokesman Ed Fox left with them.",
            &["Downing Street", "spokeswoman", "Ed Fox", "them"],
        );
    }
}
