//! Searching without searching twice.

/// Looks for the same few things from places that only move on. What was found once is remembered,
/// so that a thousand questions about a mark that never comes cost one walk.
#[derive(Clone, Debug)]
pub(super) struct Find<'h> {
    text: &'h str,
    /// What was looked for, from where, and where it was.
    known: Vec<(&'static str, usize, Option<usize>)>,
}

impl<'h> Find<'h> {
    pub fn in_text(text: &'h str) -> Find<'h> {
        Find { text, known: Vec::new() }
    }

    /// Where `what` stands at `from` or after it.
    pub fn after(&mut self, from: usize, what: &'static str) -> Option<usize> {
        let known = self.known.iter_mut().find(|(other, ..)| *other == what);
        if let Some((_, asked, found)) = &known
            && *asked <= from
            && found.is_none_or(|found| found >= from)
        {
            return *found;
        }
        let found = self.text.get(from..).and_then(|rest| rest.find(what)).map(|at| from + at);
        match known {
            Some(known) => *known = (what, from, found),
            None => self.known.push((what, from, found)),
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Find;

    #[test]
    fn what_was_found_once_is_found_again() {
        let mut find = Find::in_text("a>b>");
        assert_eq!(
            [0, 1, 2, 0, 4, 9].map(|from| find.after(from, ">")),
            [Some(1), Some(1), Some(3), Some(1), None, None]
        );
    }
}
