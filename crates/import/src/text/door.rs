//! From bytes to lines: what is not text stops here.

/// The largest file, in bytes: 20 MB, some hundred novels.
pub const MAX_BYTES: usize = 20_000_000;

/// The longest line, in bytes: 1 MB. A paragraph has a thousand.
pub const MAX_LINE: usize = 1_000_000;

/// The most lines: 200,000.
pub const MAX_LINES: usize = 200_000;

/// One control character in this many bytes is a flaw of the file; more, and it is not text.
const BYTES_PER_CONTROL: usize = 100;

/// Why a file is not a page of text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotText {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file has {} MB; a page of text may have {} MB", .bytes.div_ceil(1_000_000), MAX_BYTES / 1_000_000)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// More than [`MAX_LINES`].
    #[error("the file has more than {MAX_LINES} lines")]
    TooManyLines,
    /// A line has more than [`MAX_LINE`].
    #[error("line {line} has more than {} MB", MAX_LINE / 1_000_000)]
    LineTooLong {
        /// Its number, from 1.
        line: usize,
    },
    /// Bytes that no text has.
    #[error("this is not text: line {line} holds bytes of a binary file")]
    Binary {
        /// Where the first of them is, from 1.
        line: usize,
    },
    /// Text in two bytes a character.
    #[error("the file is in UTF-16; save it as UTF-8")]
    Utf16,
    /// Text in an older encoding, or damaged.
    #[error("byte {offset}, in line {line}, is not UTF-8; save the page as UTF-8")]
    NotUtf8 {
        /// The first byte that is wrong, from 0.
        offset: usize,
        /// The line it is in, from 1.
        line: usize,
    },
    /// There is text, but no headline with an article under it.
    #[error("no headline with text under it was found")]
    NoArticle,
}

/// The lines of a file in UTF-8, with or without a byte order mark, ended by LF or CRLF.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<&str>, NotText> {
    if bytes.len() > MAX_BYTES {
        return Err(NotText::TooLarge { bytes: bytes.len() });
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(NotText::Utf16);
    }
    refuse_binary(bytes)?;
    let bytes_before = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let text = std::str::from_utf8(&bytes[bytes_before..]).map_err(|error| {
        let offset = bytes_before + error.valid_up_to();
        NotText::NotUtf8 { offset, line: line_of(bytes, offset) }
    })?;
    if text.trim().is_empty() {
        return Err(NotText::Empty);
    }
    let lines: Vec<&str> = text.lines().take(MAX_LINES + 1).collect();
    if lines.len() > MAX_LINES {
        return Err(NotText::TooManyLines);
    }
    match lines.iter().position(|line| line.len() > MAX_LINE) {
        Some(at) => Err(NotText::LineTooLong { line: at + 1 }),
        None => Ok(lines),
    }
}

fn refuse_binary(bytes: &[u8]) -> Result<(), NotText> {
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let first = bytes.iter().position(|&byte| is_control(byte));
    let count = bytes.iter().filter(|&&byte| is_control(byte)).count();
    match first {
        Some(at) if bytes.contains(&0) || count > bytes.len() / BYTES_PER_CONTROL => {
            Err(NotText::Binary { line: line_of(bytes, at) })
        }
        _ => Ok(()),
    }
}

fn line_of(bytes: &[u8], offset: usize) -> usize {
    1 + bytes[..offset].iter().filter(|&&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        lines(bytes).expect_err("it is refused").to_string()
    }

    #[test]
    fn a_mark_and_both_line_ends_are_taken() {
        assert_eq!(lines(b"\xef\xbb\xbfone\r\ntwo\n\nfour\n"), Ok(vec!["one", "two", "", "four"]));
    }

    #[test]
    fn what_is_not_text_is_refused_with_its_place() {
        assert_eq!(refusal(b""), "the file is empty");
        assert_eq!(refusal(b"\xef\xbb\xbf \n \n"), "the file is empty");
        assert_eq!(refusal(b"one\ntw\0o"), "this is not text: line 2 holds bytes of a binary file");
        assert_eq!(refusal(b"\x01\x02\x03"), "this is not text: line 1 holds bytes of a binary file");
        assert_eq!(refusal(b"\xff\xfea\0"), "the file is in UTF-16; save it as UTF-8");
        assert_eq!(refusal(b"\xef\xbb\xbfone\n\ncaf\xe9"), "byte 11, in line 3, is not UTF-8; save the page as UTF-8");
    }

    #[test]
    fn what_is_too_large_is_refused() {
        assert_eq!(refusal(&vec![b'a'; MAX_BYTES + 1]), "the file has 21 MB; a page of text may have 20 MB");
        let mut long = b"one\n".to_vec();
        long.resize(MAX_LINE + 5, b'a');
        assert_eq!(refusal(&long), "line 2 has more than 1 MB");
        assert_eq!(refusal(&b"a\n".repeat(MAX_LINES + 1)), "the file has more than 200000 lines");
    }

    #[test]
    fn a_stray_control_character_is_forgiven() {
        assert!(lines(format!("one\u{8}{}", " two".repeat(50)).as_bytes()).is_ok());
    }
}
