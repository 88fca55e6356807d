//! What a file says of itself before a pixel is decoded.

use std::io::Cursor;

use image::{ImageDecoder, ImageReader, Limits, metadata::Orientation};

use crate::{
    format::{Format, not_taken},
    limits::{MAX_BYTES, MAX_MEMORY, MAX_PIXELS, MAX_SCANS, MAX_SIDE},
    packets::{Packets, gif_frames, is_animated_png, is_animated_webp, jpeg_scans},
};

/// The facts in a picture's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The format, from the content.
    pub format: Format,
    /// The width in pixels as a reader sees it: turned as Exif asks.
    pub width: u32,
    /// The height in pixels, turned likewise.
    pub height: u32,
    /// Whether it has more than one frame. [`crate::decode`] gives the first.
    pub animated: bool,
    /// How the stored pixels must be turned, as Exif counts it: 1 (not at all) to 8.
    pub orientation: u8,
}

/// Why a file is refused as a picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAPicture {
    /// There are no bytes.
    #[error("the file is empty")]
    Empty,
    /// It has more than [`MAX_BYTES`].
    #[error("the file has {} MB; pictures may have {} MB", .bytes.div_ceil(1_000_000), MAX_BYTES / 1_000_000)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// It is none of the formats of [`Format`].
    #[error("{}; JPEG, PNG, WebP and GIF are taken", .looks_like.map_or("this is not a picture".to_owned(), |name| format!("this is a {name} file")))]
    UnknownFormat {
        /// What it seems to be instead.
        looks_like: Option<&'static str>,
    },
    /// It has more than [`MAX_PIXELS`], or a side longer than [`MAX_SIDE`].
    #[error(
        "the picture is {width} × {height} pixels; it may have {} megapixels and {MAX_SIDE} on a side",
        MAX_PIXELS / 1_000_000
    )]
    TooManyPixels {
        /// Width in pixels, from the header.
        width: u32,
        /// Height in pixels, from the header.
        height: u32,
    },
    /// It is a JPEG of more than [`MAX_SCANS`] scans, made to keep a decoder busy.
    #[error("the JPEG is made of more than {MAX_SCANS} scans")]
    TooManyScans,
    /// Its content does not keep to its format, or is cut off.
    #[error("the {} file is damaged: {reason}", .format.extension().to_uppercase())]
    Damaged {
        /// The format it claims.
        format: Format,
        /// What its decoder said.
        reason: String,
    },
}

/// Reads the header of a picture. No pixel is decoded, and no memory is taken for any.
pub fn probe(bytes: &[u8]) -> Result<Facts, NotAPicture> {
    if bytes.is_empty() {
        return Err(NotAPicture::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(NotAPicture::TooLarge { bytes: bytes.len() });
    }
    let Some(format) = Format::of(bytes) else {
        return Err(NotAPicture::UnknownFormat { looks_like: not_taken(bytes) });
    };
    let (width, height) = size(bytes, format)?;
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(NotAPicture::TooManyPixels { width, height });
    }
    if format == Format::Jpeg && jpeg_scans(bytes) > MAX_SCANS {
        return Err(NotAPicture::TooManyScans);
    }
    let orientation = Packets::of(bytes).orientation();
    let sideways = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let (width, height) = if sideways { (height, width) } else { (width, height) };
    let animated = match format {
        Format::Jpeg => false,
        Format::Png => is_animated_png(bytes),
        Format::WebP => is_animated_webp(bytes),
        Format::Gif => gif_frames(bytes, 2) > 1,
    };
    Ok(Facts { format, width, height, animated, orientation: orientation.to_exif() })
}

/// A decoder's reader within the memory that a picture may take.
pub(crate) fn reader(bytes: &[u8], format: Format) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.codec());
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    reader
}

pub(crate) fn damaged(format: Format, error: impl std::fmt::Display) -> NotAPicture {
    NotAPicture::Damaged { format, reason: error.to_string() }
}

fn size(bytes: &[u8], format: Format) -> Result<(u32, u32), NotAPicture> {
    let decoder = reader(bytes, format).into_decoder().map_err(|error| damaged(format, error))?;
    match decoder.dimensions() {
        (0, _) | (_, 0) => Err(damaged(format, "it has no pixels")),
        size => Ok(size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, gif, jpeg, png, webp};

    #[test]
    fn a_header_tells_format_and_size() {
        for (bytes, format) in [
            (jpeg(40, 30), Format::Jpeg),
            (png(40, 30), Format::Png),
            (webp(40, 30), Format::WebP),
            (gif(40, 30, 1), Format::Gif),
        ] {
            let facts = Facts { format, width: 40, height: 30, animated: false, orientation: 1 };
            assert_eq!(probe(&bytes), Ok(facts));
        }
        assert!(probe(&gif(8, 8, 3)).expect("a GIF").animated);
    }

    #[test]
    fn a_picture_on_its_side_is_measured_as_it_is_seen() {
        let facts = probe(&samples::turned(jpeg(40, 30), 6)).expect("a JPEG");
        assert_eq!((facts.width, facts.height, facts.orientation), (30, 40, 6));
    }

    #[test]
    fn a_bomb_is_refused_from_its_header() {
        let refused = probe(&samples::png_header(50_000, 50_000)).expect_err("2500 megapixels");
        assert_eq!(refused, NotAPicture::TooManyPixels { width: 50_000, height: 50_000 });
        assert_eq!(
            refused.to_string(),
            "the picture is 50000 × 50000 pixels; it may have 50 megapixels and 16383 on a side"
        );
        assert!(matches!(probe(&samples::png_header(20_000, 10)), Err(NotAPicture::TooManyPixels { .. })));
        assert!(matches!(probe(&samples::png_header(0, 10)), Err(NotAPicture::Damaged { .. })));
    }

    #[test]
    fn a_jpeg_of_endless_scans_is_refused() {
        let mut bytes = jpeg(8, 8);
        for _ in 0..=MAX_SCANS {
            bytes.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x55]);
        }
        assert_eq!(probe(&bytes), Err(NotAPicture::TooManyScans));
    }

    #[test]
    fn what_is_not_a_picture_is_refused_by_name() {
        let refusal = |bytes: &[u8]| probe(bytes).expect_err("no picture").to_string();
        assert_eq!(refusal(b""), "the file is empty");
        assert_eq!(refusal(b"<svg/>"), "this is a SVG or other XML file; JPEG, PNG, WebP and GIF are taken");
        assert_eq!(refusal(b"hello"), "this is not a picture; JPEG, PNG, WebP and GIF are taken");
        assert_eq!(refusal(&vec![0; MAX_BYTES + 1]), "the file has 31 MB; pictures may have 30 MB");
    }
}
