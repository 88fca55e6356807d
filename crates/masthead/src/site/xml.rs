//! What every XML document of ours has in common.

use std::borrow::Cow;

/// The text without what XML 1.0 has no way to write (section 2.2, `Char`):
/// one such character would make a whole feed unreadable.
pub fn clean(text: &str) -> Cow<'_, str> {
    let allowed =
        |c: char| !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) || matches!(c, '\t' | '\n' | '\r');
    if text.chars().all(allowed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| allowed(*c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_xml_cannot_write_is_left_out() {
        assert_eq!(clean("a\u{1}b\u{fffe}c\nd"), "abc\nd");
        assert!(matches!(clean("plain"), Cow::Borrowed("plain")));
    }
}
