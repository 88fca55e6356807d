//! Accounts of long work, as people read them.

/// Lines of a list that are printed before “and so many more”.
const SHOWN: usize = 20;

/// How many of something there are; nothing for none.
pub fn counted(count: u64, what: &str) {
    if count > 0 {
        say!("{count:>7}  {what}");
    }
}

/// A list with a line above it; of a long one the first lines.
pub fn list(what: &str, lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    say!();
    say!("{what}:");
    lines.take(SHOWN).for_each(|line| say!("  {line}"));
    if count > SHOWN {
        say!("  and {} more; --json names all", count - SHOWN);
    }
}
