//! One place in a text, counted three ways: in bytes (Rust), in Unicode code points (our JSON) and
//! in UTF-16 units (browsers).
//!
//! Each function answers `None` for a position that lies beyond the text or in the middle of a
//! character.
//!
//! ```
//! use manuscript::positions::*;
//! let text = "“😀!”";
//! assert_eq!(byte_of_char(text, 2), Some(7));
//! assert_eq!(utf16_of_byte(text, 7), Some(3));
//! assert_eq!(byte_of_utf16(text, 2), None); // the middle of 😀
//! ```

/// The byte where the code point of this number begins.
pub fn byte_of_char(text: &str, char: usize) -> Option<usize> {
    text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(char)
}

/// How many code points stand before this byte.
pub fn char_of_byte(text: &str, byte: usize) -> Option<usize> {
    text.get(..byte).map(|before| before.chars().count())
}

/// The byte where the UTF-16 unit of this number begins.
pub fn byte_of_utf16(text: &str, unit: usize) -> Option<usize> {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        if units >= unit {
            return (units == unit).then_some(byte);
        }
        units += c.len_utf16();
    }
    (units == unit).then_some(text.len())
}

/// How many UTF-16 units stand before this byte.
pub fn utf16_of_byte(text: &str, byte: usize) -> Option<usize> {
    text.get(..byte).map(|before| before.chars().map(char::len_utf16).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_converts_there_and_back() {
        let text = "a“é😀\u{301}z";
        for byte in 0..=text.len() + 1 {
            let is_place = text.is_char_boundary(byte);
            assert_eq!(char_of_byte(text, byte).and_then(|n| byte_of_char(text, n)), is_place.then_some(byte));
            assert_eq!(utf16_of_byte(text, byte).and_then(|n| byte_of_utf16(text, n)), is_place.then_some(byte));
        }
        assert_eq!(byte_of_char(text, 7), None);
        assert_eq!(byte_of_utf16(text, 8), None);
    }
}
