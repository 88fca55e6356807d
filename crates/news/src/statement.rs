//! Statements: what somebody said, as articles print it, and which of them readers see.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Id;

crate::words! {
    /// How much of a statement stands in quotation marks.
    SaidKind {
        /// Whole clauses or sentences.
        Direct = "direct",
        /// A fragment within the writer's own sentence.
        Partial = "partial",
        /// None: the writer's words for what was said.
        Reported = "reported",
    }
}

crate::words! {
    /// Where a statement stands between the reading machine and the public.
    StatementState {
        /// Found, and waiting for an editor.
        Proposed = "proposed",
        /// An editor says that it is right; no public article prints it yet.
        Confirmed = "confirmed",
        /// An editor says that it is wrong; it stays away.
        Rejected = "rejected",
        /// Readers see it.
        Public = "public",
        /// Readers saw it, and no public article prints it any more.
        Withdrawn = "withdrawn",
    }
}

crate::words! {
    /// What an editor decided about a statement.
    Decision {
        /// Words and speaker are right.
        Confirmed = "confirmed",
        /// They are not.
        Rejected = "rejected",
    }
}

/// A statement with its speaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its id, made of its words and its speaker: the same words of the same speaker are one statement.
    pub id: Id,
    /// The words, as they were read last.
    pub words: String,
    /// The speaker's fullest name, or what the article calls them (`a Downing Street spokeswoman`).
    pub speaker: Option<String>,
    /// The person in the magazine's register.
    pub person: Option<Id>,
    /// How much of it stands in marks.
    pub kind: SaidKind,
    /// How likely words and speaker are right, in thousandths.
    pub confidence: u16,
    /// Where it stands.
    pub state: StatementState,
    /// What an editor decided.
    pub decision: Option<Decision>,
    /// When it first went out, as far as this magazine knows.
    pub first_at: Option<Timestamp>,
}

/// Where a statement stands in an article, found again by its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The number of the top-level block of the manuscript.
    pub block: u32,
    /// Code points of the running text before it.
    pub start: u32,
    /// Code points of the running text up to its end.
    pub end: u32,
    /// Its words, as printed there.
    pub exact: String,
    /// What stands before it in the running text (at most [`CONTEXT`] characters).
    pub before: String,
    /// What stands behind it.
    pub after: String,
}

/// To whom, where and on which day something was said, as far as an article tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// To whom, as printed: `reporters`, `the court`.
    pub addressee: Option<String>,
    /// Where, as printed: `Times Radio`, `a post on Truth Social`.
    pub venue: Option<String>,
    /// The day.
    pub said_on: Option<jiff::civil::Date>,
    /// Whether the article's date told the day, because the words (`on Tuesday`) alone do not.
    pub is_resolved: bool,
}

/// Characters of context that an anchor keeps on each side.
pub const CONTEXT: usize = 40;

/// What decides the state of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Where it stood so far; `None` for one that is new.
    pub was: Option<StatementState>,
    /// What an editor decided.
    pub decision: Option<Decision>,
    /// Its kind: reported speech is never public unless an editor confirms it.
    pub kind: SaidKind,
    /// Whether it is known whose it is.
    pub has_speaker: bool,
    /// Its confidence in thousandths.
    pub confidence: u16,
    /// Whether a public article prints it where a stranger may read it.
    pub is_open: bool,
}

/// The state of a statement, where the magazine publishes unseen what is at least this sure (in thousandths).
pub fn state(facts: Facts, threshold: u16) -> StatementState {
    let sure = facts.kind != SaidKind::Reported && facts.has_speaker && facts.confidence >= threshold;
    let was_public = matches!(facts.was, Some(StatementState::Public | StatementState::Withdrawn));
    match facts.decision {
        Some(Decision::Rejected) => StatementState::Rejected,
        Some(Decision::Confirmed) if facts.is_open => StatementState::Public,
        None if facts.is_open && sure => StatementState::Public,
        None if facts.is_open => StatementState::Proposed,
        _ if was_public => StatementState::Withdrawn,
        Some(Decision::Confirmed) => StatementState::Confirmed,
        None => StatementState::Proposed,
    }
}

/// Words as they are compared: small letters and figures, one space between words. What editors do to marks,
/// capitals and spaces changes nothing.
pub fn folded(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for part in words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(part.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// Titles that come and go before one person's name.
const TITLES: &[&str] = &[
    "sir",
    "dame",
    "lord",
    "lady",
    "baroness",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "rev",
    "cllr",
    "councillor",
    "president",
    "chancellor",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "judge",
    "king",
    "queen",
    "prince",
    "princess",
    "pc",
    "sgt",
    "det",
    "insp",
    "supt",
    "captain",
    "capt",
    "general",
    "gen",
];

/// A name as it is compared: folded, without the titles before it. Empty when nothing else is there.
pub fn folded_name(name: &str) -> String {
    let folded = folded(name);
    let words: Vec<&str> = folded.split(' ').skip_while(|word| TITLES.contains(word)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(line: &str) -> Facts {
        let has = |word: &str| line.split(' ').any(|part| part == word);
        Facts {
            was: if has("was-public") { Some(StatementState::Public) } else { None },
            decision: if has("confirmed") {
                Some(Decision::Confirmed)
            } else {
                has("rejected").then_some(Decision::Rejected)
            },
            kind: if has("reported") { SaidKind::Reported } else { SaidKind::Direct },
            has_speaker: !has("nobody"),
            confidence: if has("unsure") { 400 } else { 950 },
            is_open: has("open"),
        }
    }

    #[test]
    fn readers_see_what_is_printed_and_sure_or_confirmed() {
        for (line, expected) in [
            ("open", "public"),
            ("open unsure", "proposed"),
            ("open nobody", "proposed"),
            ("open reported", "proposed"),
            ("open unsure confirmed", "public"),
            ("open reported confirmed", "public"),
            ("open rejected", "rejected"),
            ("draft", "proposed"),
            ("draft confirmed", "confirmed"),
            ("draft was-public", "withdrawn"),
            ("draft was-public confirmed", "withdrawn"),
            ("open was-public unsure", "proposed"),
        ] {
            assert_eq!(state(facts(line), 900).word(), expected, "{line}");
        }
    }

    #[test]
    fn marks_capitals_and_titles_make_no_other_statement_and_no_other_person() {
        assert_eq!(folded("“We’ve talked,” and  Talked"), folded("we've talked and talked"));
        assert_eq!(folded_name("Sir Keir Starmer"), "keir starmer");
        assert_eq!(folded_name("Prof Dame Ann Lee"), "ann lee");
        assert_eq!(folded_name("Dr"), "");
    }
}
