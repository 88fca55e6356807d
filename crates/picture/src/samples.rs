//! Pictures for the tests, made by code.

use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage, codecs::gif::GifEncoder};
use img_parts::{
    Bytes, ImageEXIF, ImageICC,
    jpeg::{Jpeg, JpegSegment, markers},
};

/// The smallest thing that says it is an RGB profile.
pub const COLOUR_PROFILE: [u8; 32] = *b"\0\0\0\x20test\x04\0\0\0mntrRGB XYZ \0\0\0\0\0\0\0\0";

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(rgb(width, height).into(), ImageFormat::Jpeg)
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(rgb(width, height).into(), ImageFormat::Png)
}

pub fn webp(width: u32, height: u32) -> Vec<u8> {
    webp::Encoder::from_rgb(&rgb(width, height), width, height).encode(80.0).to_vec()
}

pub fn gif(width: u32, height: u32, frames: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let frame = DynamicImage::from(rgb(width, height)).into_rgba8();
    GifEncoder::new(&mut out).encode_frames(vec![Frame::new(frame); frames]).expect("GIF can be written");
    out
}

pub fn png_with_alpha(width: u32, height: u32) -> Vec<u8> {
    encoded(rgba(width, height).into(), ImageFormat::Png)
}

pub fn webp_with_alpha(width: u32, height: u32) -> Vec<u8> {
    webp::Encoder::from_rgba(&rgba(width, height), width, height).encode(80.0).to_vec()
}

pub fn png_opaque_rgba(width: u32, height: u32) -> Vec<u8> {
    encoded(RgbaImage::from_pixel(width, height, Rgba([9, 9, 9, 255])).into(), ImageFormat::Png)
}

/// A PNG that has a header of this size and no pixels.
pub fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, contents) in [(*b"IHDR", header), (*b"IDAT", Vec::new()), (*b"IEND", Vec::new())] {
        out.extend(img_parts::png::PngChunk::new(kind, contents.into()).encoder().bytes());
    }
    out
}

pub fn turned(jpeg: Vec<u8>, orientation: u8) -> Vec<u8> {
    let mut jpeg = Jpeg::from_bytes(jpeg.into()).expect("our JPEG");
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    jpeg.set_exif(Some(exif.into()));
    jpeg.encoder().bytes().to_vec()
}

pub fn with_colour_profile(jpeg: Vec<u8>) -> Vec<u8> {
    let mut jpeg = Jpeg::from_bytes(jpeg.into()).expect("our JPEG");
    jpeg.set_icc_profile(Some(Bytes::from_static(&COLOUR_PROFILE)));
    jpeg.encoder().bytes().to_vec()
}

/// Puts segments (marker, contents) right behind the first.
pub fn with_segments(jpeg: Vec<u8>, segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut jpeg = Jpeg::from_bytes(jpeg.into()).expect("our JPEG");
    for (marker, contents) in segments {
        jpeg.segments_mut().insert(1, JpegSegment::new_with_contents(*marker, contents.clone().into()));
    }
    jpeg.encoder().bytes().to_vec()
}

/// A TIFF structure with texts in its first directory.
pub fn exif(big_endian: bool, texts: &[(u16, &str)]) -> Vec<u8> {
    let short = |n: u16| {
        if big_endian { n.to_be_bytes() } else { n.to_le_bytes() }
    };
    let long = |n: usize| {
        let n = u32::try_from(n).expect("a small number");
        if big_endian { n.to_be_bytes() } else { n.to_le_bytes() }
    };
    let mut out = if big_endian { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
    out.extend(long(8));
    out.extend(short(u16::try_from(texts.len()).expect("a few texts")));
    let mut values = Vec::new();
    let values_at = 8 + 2 + 12 * texts.len() + 4;
    for (tag, text) in texts {
        out.extend(short(*tag));
        out.extend(short(2));
        out.extend(long(text.len() + 1));
        match text.len() {
            0..=3 => out.extend([text.as_bytes(), &[0; 4]].concat().iter().take(4)),
            _ => {
                out.extend(long(values_at + values.len()));
                values.extend([text.as_bytes(), b"\0"].concat());
            }
        }
    }
    out.extend(long(0));
    out.extend(values);
    out
}

pub fn exif_segment(exif: &[u8]) -> (u8, Vec<u8>) {
    (markers::APP1, [b"Exif\0\0", exif].concat())
}

/// IPTC data sets: record, number, value.
pub fn iptc(sets: &[(u8, u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (record, number, value) in sets {
        out.extend([0x1c, *record, *number]);
        out.extend(u16::try_from(value.len()).expect("a short value").to_be_bytes());
        out.extend(*value);
    }
    out
}

/// Wraps an IPTC block as Photoshop does, behind another resource of odd length.
pub fn iptc_segment(block: &[u8]) -> (u8, Vec<u8>) {
    let length = u32::try_from(block.len()).expect("a short block").to_be_bytes();
    let other = b"8BIM\x03\xed\0\0\0\0\0\x03abc\0";
    let head = b"8BIM\x04\x04\0\0";
    (markers::APP13, [b"Photoshop 3.0\0", &other[..], head, &length, block].concat())
}

/// Grey, with red in the top left corner.
fn rgb(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x * 4 < width && y * 4 < height { Rgb([255, 0, 0]) } else { Rgb([60, 60, (x ^ y) as u8]) }
    })
}

/// Clear, with a green lower half.
fn rgba(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |_, y| if y * 2 < height { Rgba([0, 0, 0, 0]) } else { Rgba([0, 200, 0, 255]) })
}

fn encoded(image: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, format).expect("our pictures can be written");
    out.into_inner()
}
