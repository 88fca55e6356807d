//! The marks that were not decided by what stands around them: each closes a quotation, or stands for feet and inches.

use super::{CLOSE_DOUBLE, CLOSE_SINGLE, OPEN_DOUBLE, OPEN_SINGLE, ends_a_quotation};

/// A mark that may close a quotation.
const MAY_CLOSE: char = '\u{fdd7}';

struct Mark {
    straight: char,
    open: char,
    close: char,
    /// How a text that was set before spells the closing mark.
    reference: &'static str,
    prime: char,
}

pub(super) fn single(text: &str) -> String {
    let mark = Mark { straight: '\'', open: OPEN_SINGLE, close: CLOSE_SINGLE, reference: "&#8217;", prime: '′' };
    mark.set(text)
}

pub(super) fn double(text: &str) -> String {
    let mark = Mark { straight: '"', open: OPEN_DOUBLE, close: CLOSE_DOUBLE, reference: "&#8221;", prime: '″' };
    mark.set(text)
}

impl Mark {
    /// Every opening mark begins a stretch of its own. In one that is not closed yet, the first thing to find is what
    /// closes it; elsewhere a mark behind a digit is a prime.
    fn set(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for (number, stretch) in text.split(self.open).enumerate() {
            if number > 0 {
                out.push(self.open);
            }
            if !stretch.contains(self.straight) {
                out.push_str(stretch);
                continue;
            }
            let closed = stretch.contains(self.close) || stretch.contains(self.reference);
            let set = if number > 0 && !closed {
                self.closed(stretch)
            } else {
                self.closing(&self.primed(stretch, self.straight), self.close)
            };
            // A straight double mark that is left over closes; a single one is nobody's.
            if self.straight == '"' {
                out.extend(set.chars().map(|c| if c == '"' { self.close } else { c }));
            } else {
                out.push_str(&set);
            }
        }
        out
    }

    /// A stretch behind an opening mark, closed.
    fn closed(&self, stretch: &str) -> String {
        let marked = self.closing(stretch, MAY_CLOSE);
        let candidates = marked.matches(MAY_CLOSE).count();
        if candidates == 0 {
            return self.primed(stretch, self.straight);
        }
        if candidates == 1 {
            return self.primed(&marked.replace(MAY_CLOSE, &self.close.to_string()), self.straight);
        }
        let chosen = self.chosen(&marked);
        let primed = self.primed(&self.primed(&chosen, self.straight), MAY_CLOSE);
        primed.replace(MAY_CLOSE, &self.close.to_string())
    }

    /// Of several candidates, those behind no digit close. When there is none, the last one before a full stop does,
    /// or else the last.
    fn chosen(&self, marked: &str) -> String {
        let mut out = String::with_capacity(marked.len());
        let mut found = false;
        for c in marked.chars() {
            let closes = c == MAY_CLOSE && !ends_with_digit(&out);
            found |= closes;
            out.push(if closes { self.close } else { c });
        }
        if found {
            return out;
        }
        let last = marked.rfind(&format!("{MAY_CLOSE}.")).or_else(|| marked.rfind(MAY_CLOSE));
        if let Some(at) = last {
            out.replace_range(at..at + MAY_CLOSE.len_utf8(), &self.close.to_string());
        }
        out
    }

    /// Marks in front of punctuation, space or the end, as `by`.
    fn closing(&self, text: &str, by: char) -> String {
        let mut out = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let closes = c == self.straight && ends_a_quotation(&text[at + 1..]);
            out.push(if closes { by } else { c });
        }
        out
    }

    /// Marks of one kind behind digits, as primes.
    fn primed(&self, text: &str, mark: char) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let is_prime = c == mark && ends_with_digit(&out);
            out.push(if is_prime { self.prime } else { c });
        }
        out
    }
}

fn ends_with_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}
