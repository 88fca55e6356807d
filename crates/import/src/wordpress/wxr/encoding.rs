//! Only UTF-8 is read: what a file says of its encoding, or shows.

use super::fault::NoWxr;

/// How many bytes of a byte order mark the file begins with.
pub(super) fn mark(begins: &[u8]) -> Result<usize, NoWxr> {
    match begins {
        [0xEF, 0xBB, 0xBF, ..] => Ok(3),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..] => {
            Err(NoWxr::Encoding("UTF-16".to_owned()))
        }
        _ => Ok(0),
    }
}

/// `<?xml version="1.0" encoding="UTF-8"?>`.
pub(super) fn declared(declaration: &str) -> Result<(), NoWxr> {
    let value = declaration.split_once("encoding").and_then(|(_, rest)| rest.trim_start().strip_prefix('='));
    let value = value.map(str::trim_start).and_then(|rest| rest.strip_prefix(['"', '\'']));
    let Some(name) = value.and_then(|rest| rest.split(['"', '\'']).next()) else { return Ok(()) };
    let known = ["utf-8", "utf8", "us-ascii", "ascii", ""].iter().any(|known| name.eq_ignore_ascii_case(known));
    if known { Ok(()) } else { Err(NoWxr::Encoding(name.chars().take(40).collect())) }
}
