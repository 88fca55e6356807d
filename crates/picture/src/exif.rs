//! The three texts in Exif that name rights: artist, copyright and description.
//!
//! Reads the first directory of the TIFF structure (TIFF 6.0, section 2) and nothing behind it: no
//! camera data, no place, no thumbnail.

use crate::{limits::MAX_ENTRIES, rights::Rights};

const IMAGE_DESCRIPTION: u16 = 0x010e;
const ARTIST: u16 = 0x013b;
const COPYRIGHT: u16 = 0x8298;
/// Type 2: bytes up to a NUL.
const ASCII: u16 = 2;

pub(crate) fn read(exif: &[u8]) -> Rights {
    let mut rights = Rights::default();
    let Some(tiff) = Tiff::open(exif) else {
        return rights;
    };
    for (tag, text) in tiff.texts() {
        // A copyright may have two parts, of the photographer and of the editor.
        let text = String::from_utf8_lossy(text).trim_matches('\0').replace('\0', ", ");
        match tag {
            IMAGE_DESCRIPTION => rights.caption = Some(text),
            ARTIST => rights.creator = Some(text),
            COPYRIGHT => rights.copyright = Some(text),
            _ => {}
        }
    }
    rights
}

struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl<'a> Tiff<'a> {
    fn open(bytes: &'a [u8]) -> Option<Tiff<'a>> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Tiff { bytes, big_endian: false }),
            b"MM\0*" => Some(Tiff { bytes, big_endian: true }),
            _ => None,
        }
    }

    /// The entries of type ASCII in the first directory.
    fn texts(&self) -> Vec<(u16, &'a [u8])> {
        let Some(directory) = self.u32(4) else {
            return Vec::new();
        };
        let count = self.u16(directory).map_or(0, usize::from).min(MAX_ENTRIES);
        (0..count)
            .filter_map(|entry| {
                let at = directory.checked_add(2 + entry * 12)?;
                let (tag, kind, length) = (self.u16(at)?, self.u16(at + 2)?, self.u32(at + 4)?);
                let start = if length <= 4 { at + 8 } else { self.u32(at + 8)? };
                let text = self.bytes.get(start..start.checked_add(length)?)?;
                (kind == ASCII).then_some((tag, text))
            })
            .collect()
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..)?.first_chunk::<2>()?;
        Some(if self.big_endian { u16::from_be_bytes(*bytes) } else { u16::from_le_bytes(*bytes) })
    }

    fn u32(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..)?.first_chunk::<4>()?;
        let number = if self.big_endian { u32::from_be_bytes(*bytes) } else { u32::from_le_bytes(*bytes) };
        usize::try_from(number).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn artist_and_copyright_are_read_in_both_byte_orders() {
        for big_endian in [false, true] {
            let rights = read(&samples::exif(
                big_endian,
                &[(ARTIST, "Jane Doe"), (COPYRIGHT, "J"), (IMAGE_DESCRIPTION, "A harbour")],
            ));
            assert_eq!(rights.creator.as_deref(), Some("Jane Doe"));
            assert_eq!(rights.copyright.as_deref(), Some("J"));
            assert_eq!(rights.caption.as_deref(), Some("A harbour"));
        }
    }

    #[test]
    fn a_directory_that_points_outside_says_nothing() {
        assert_eq!(read(b"II*\0\xff\xff\xff\xff"), Rights::default());
        let mut exif = samples::exif(false, &[(ARTIST, "Jane Doe")]);
        exif.truncate(30);
        assert_eq!(read(&exif), Rights::default());
    }
}
