//! IPTC-IIM, the older of the two places where agencies write captions and credits.
//!
//! A block is a list of data sets: a marker, a record, a number, a length and the value (IPTC-NAA
//! Information Interchange Model, version 4, chapter 3). Only record 2 is about the picture.

use crate::{limits::MAX_ENTRIES, rights::Rights};

const MARKER: u8 = 0x1c;
/// 1:90 names the character set; this value is UTF-8.
const UTF_8: &[u8] = b"\x1b%G";

pub(crate) fn read(block: &[u8]) -> Rights {
    let mut rights = Rights::default();
    let mut is_utf8 = false;
    for (record, number, value) in data_sets(block) {
        let text = || decoded(value, is_utf8);
        match (record, number) {
            (1, 90) => is_utf8 = value == UTF_8,
            (2, 5) => rights.title = Some(text()),
            (2, 55) => rights.date = day(value),
            (2, 80) => rights.creator = Some(joined(rights.creator.take(), text())),
            // The headline stands in for a title that is missing.
            (2, 105) if rights.title.is_none() => rights.title = Some(text()),
            (2, 110) => rights.credit = Some(text()),
            (2, 115) => rights.source = Some(text()),
            (2, 116) => rights.copyright = Some(text()),
            (2, 120) => rights.caption = Some(text()),
            _ => {}
        }
    }
    rights
}

fn data_sets(mut block: &[u8]) -> Vec<(u8, u8, &[u8])> {
    let mut sets = Vec::new();
    while let [MARKER, record, number, high, low, rest @ ..] = block {
        // The highest bit announces a longer length. No text needs one.
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(value) = rest.get(..length) else {
            break;
        };
        if sets.len() == MAX_ENTRIES || length > 0x7fff {
            break;
        }
        sets.push((*record, *number, value));
        block = &rest[length..];
    }
    sets
}

/// Many writers use UTF-8 without saying so; what is not UTF-8 is read as Latin-1.
fn decoded(value: &[u8], is_utf8: bool) -> String {
    match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) if is_utf8 => String::from_utf8_lossy(value).into_owned(),
        Err(_) => value.iter().copied().map(char::from).collect(),
    }
}

/// `20250728` becomes `2025-07-28`.
fn day(value: &[u8]) -> Option<String> {
    let figures =
        std::str::from_utf8(value).ok().filter(|text| text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()))?;
    Some(format!("{}-{}-{}", &figures[..4], &figures[4..6], &figures[6..]))
}

fn joined(before: Option<String>, next: String) -> String {
    before.map_or(next.clone(), |before| format!("{before}, {next}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::iptc;

    #[test]
    fn an_agency_block_is_read() {
        let rights = read(&iptc(&[
            (2, 80, "Jane Doe".as_bytes()),
            (2, 80, b"John Roe"),
            (2, 110, b"PA"),
            (2, 55, b"20250728"),
            (2, 120, b"A harbour"),
            (2, 105, b"Harbour"),
        ]));
        assert_eq!(rights.creator.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(rights.credit.as_deref(), Some("PA"));
        assert_eq!(rights.date.as_deref(), Some("2025-07-28"));
        assert_eq!(rights.caption.as_deref(), Some("A harbour"));
        assert_eq!(rights.title.as_deref(), Some("Harbour"));
    }

    #[test]
    fn old_character_sets_are_read_too() {
        assert_eq!(read(&iptc(&[(2, 80, b"Ren\xe9")])).creator.as_deref(), Some("René"));
        assert_eq!(read(&iptc(&[(1, 90, UTF_8), (2, 80, "René".as_bytes())])).creator.as_deref(), Some("René"));
    }

    #[test]
    fn a_block_that_is_cut_off_keeps_what_came_before() {
        let mut block = iptc(&[(2, 80, b"Jane Doe"), (2, 110, b"PA")]);
        block.pop();
        let rights = read(&block);
        assert_eq!((rights.creator.as_deref(), rights.credit), (Some("Jane Doe"), None));
    }
}
