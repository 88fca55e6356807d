//! Where metadata lies inside a picture file. Finds the blocks; what they say is read in `exif`,
//! `iptc` and `xmp`.

use image::metadata::Orientation;
use img_parts::{
    Bytes, ImageICC,
    jpeg::{Jpeg, markers},
    png::Png,
    webp::{CHUNK_EXIF, CHUNK_XMP, WebP},
};

use crate::{
    format::Format,
    limits::{MAX_COLOUR_PROFILE, MAX_ENTRIES},
};

/// What an APP1 segment with XMP begins with.
pub(crate) const XMP_IN_JPEG: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// What an iTXt chunk with XMP begins with, uncompressed and without a language.
pub(crate) const XMP_IN_PNG: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";
const EXIF_IN_JPEG: &[u8] = b"Exif\0\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

/// The blocks of metadata in a file, unread.
#[derive(Default)]
pub(crate) struct Packets {
    /// A TIFF structure.
    pub exif: Option<Bytes>,
    /// IPTC-IIM data sets.
    pub iptc: Option<Vec<u8>>,
    /// An XMP packet.
    pub xmp: Option<Bytes>,
    /// An ICC profile for RGB.
    pub colour_profile: Option<Bytes>,
}

impl Packets {
    /// The blocks of a file; none from a file that cannot be walked.
    pub fn of(bytes: &[u8]) -> Packets {
        let file = || Bytes::copy_from_slice(bytes);
        let found = match Format::of(bytes) {
            Some(Format::Jpeg) => Jpeg::from_bytes(file()).ok().map(Packets::of_jpeg),
            Some(Format::Png) => Png::from_bytes(file()).ok().map(Packets::of_png),
            Some(Format::WebP) => WebP::from_bytes(file()).ok().map(Packets::of_webp),
            Some(Format::Gif) | None => None,
        };
        let mut packets = found.unwrap_or_default();
        // Pixels are decoded to RGB, which a profile for print inks or for grey does not describe.
        packets.colour_profile.take_if(|icc| icc.len() > MAX_COLOUR_PROFILE || icc.get(16..20) != Some(b"RGB "));
        packets
    }

    /// How the pixels must be turned; not at all when nothing says so.
    pub fn orientation(&self) -> Orientation {
        self.exif.as_deref().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
    }

    fn of_jpeg(jpeg: Jpeg) -> Packets {
        let app1 = |prefix: &[u8]| {
            jpeg.segments_by_marker(markers::APP1).find_map(|segment| {
                segment.contents().starts_with(prefix).then(|| segment.contents().slice(prefix.len()..))
            })
        };
        // A long block continues in the next segment, anywhere in the middle.
        let photoshop: Vec<u8> = jpeg
            .segments_by_marker(markers::APP13)
            .filter_map(|segment| segment.contents().strip_prefix(PHOTOSHOP))
            .collect::<Vec<_>>()
            .concat();
        Packets {
            exif: app1(EXIF_IN_JPEG),
            iptc: iptc_resource(&photoshop).map(<[u8]>::to_vec),
            xmp: app1(XMP_IN_JPEG),
            colour_profile: jpeg.icc_profile(),
        }
    }

    fn of_png(png: Png) -> Packets {
        let xmp = png.chunks_by_type(*b"iTXt").find_map(|chunk| {
            // Keyword, NUL, two bytes about compression (which XMP does not use), language, NUL,
            // translation, NUL.
            let rest = chunk.contents().strip_prefix(b"XML:com.adobe.xmp\0\0")?.get(1..)?;
            let language = rest.iter().position(|&byte| byte == 0)? + 1;
            let translation = rest[language..].iter().position(|&byte| byte == 0)? + 1;
            Some(chunk.contents().slice_ref(&rest[language + translation..]))
        });
        Packets {
            exif: png.chunk_by_type(*b"eXIf").map(|chunk| chunk.contents().clone()),
            iptc: None,
            xmp,
            colour_profile: png.icc_profile(),
        }
    }

    fn of_webp(webp: WebP) -> Packets {
        let chunk = |id| Some(webp.chunk_by_id(id)?.content().data()?.clone());
        let exif = chunk(CHUNK_EXIF).map(|exif| match exif.starts_with(EXIF_IN_JPEG) {
            true => exif.slice(EXIF_IN_JPEG.len()..),
            false => exif,
        });
        Packets { exif, iptc: None, xmp: chunk(CHUNK_XMP), colour_profile: webp.icc_profile() }
    }
}

/// The IPTC block among Photoshop's image resources: `8BIM`, id, name, size, data, each padded to
/// an even length (Adobe Photoshop File Formats Specification, "Image Resource Blocks"; IPTC is
/// resource 0x0404).
fn iptc_resource(mut resources: &[u8]) -> Option<&[u8]> {
    for _ in 0..MAX_ENTRIES {
        let rest = resources.strip_prefix(b"8BIM")?;
        let (id, rest) = rest.split_first_chunk::<2>()?;
        let name = usize::from(*rest.first()?);
        let rest = rest.get((1 + name).next_multiple_of(2)..)?;
        let (size, rest) = rest.split_first_chunk::<4>()?;
        let size = usize::try_from(u32::from_be_bytes(*size)).ok()?;
        let data = rest.get(..size)?;
        if *id == [0x04, 0x04] {
            return Some(data);
        }
        resources = rest.get(size.next_multiple_of(2)..)?;
    }
    None
}

/// How many scans a JPEG starts, counted up to what a hostile one needs. Inside a scan the marker
/// cannot occur by chance: `FF` is always followed by `00` there.
pub(crate) fn jpeg_scans(bytes: &[u8]) -> usize {
    let Ok(jpeg) = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)) else {
        return 0;
    };
    let headers: usize =
        jpeg.segments().iter().filter(|segment| segment.marker() != markers::SOS).map(|segment| segment.len()).sum();
    bytes.get(headers..).unwrap_or_default().windows(2).filter(|pair| pair == &[markers::P, markers::SOS]).count()
}

/// Whether a PNG has an animation chunk before its pixels (APNG).
pub(crate) fn is_animated_png(bytes: &[u8]) -> bool {
    Png::from_bytes(Bytes::copy_from_slice(bytes)).is_ok_and(|png| png.chunk_by_type(*b"acTL").is_some())
}

/// Whether the extended header of a WebP announces an animation.
pub(crate) fn is_animated_webp(bytes: &[u8]) -> bool {
    bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 0x02 != 0)
}

/// How many frames a GIF has, counted up to `enough` (GIF89a specification, sections 18 to 26).
pub(crate) fn gif_frames(bytes: &[u8], enough: usize) -> usize {
    let colours = |flags: u8| {
        if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
    };
    let mut frames = 0;
    let mut at = 13 + bytes.get(10).map_or(0, |&flags| colours(flags));
    while frames < enough {
        let blocks = match bytes.get(at) {
            Some(b'!') => at + 2,
            Some(b',') => {
                frames += 1;
                at + 11 + bytes.get(at + 9).map_or(0, |&flags| colours(flags))
            }
            _ => break,
        };
        at = blocks;
        while let Some(&length) = bytes.get(at) {
            at += 1 + usize::from(length);
            if length == 0 {
                break;
            }
        }
    }
    frames
}
