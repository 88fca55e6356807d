//! The rights that a picture carries: who made it, who supplied it, on what terms.

use std::borrow::Cow;

use img_parts::{
    Bytes, ImageEXIF,
    jpeg::{Jpeg, JpegSegment, markers},
    png::{Png, PngChunk},
    riff::{RiffChunk, RiffContent},
    webp::{CHUNK_XMP, WebP},
};
use news::{credit::Credit, licence::Licence};

use crate::{
    exif,
    format::Format,
    iptc,
    limits::MAX_FIELD,
    packets::{Packets, XMP_IN_JPEG, XMP_IN_PNG},
    xmp,
};

/// Texts about rights, as the file has them. They come from a stranger: escape them before they
/// meet a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// Who made the picture; several are joined by commas.
    pub creator: Option<String>,
    /// Who supplied it, as a credit line wants to name them.
    pub credit: Option<String>,
    /// Who owned it first.
    pub source: Option<String>,
    /// The copyright notice.
    pub copyright: Option<String>,
    /// What it shows.
    pub caption: Option<String>,
    /// Its name or headline.
    pub title: Option<String>,
    /// When it was made: `2025-07-28`, perhaps with a time behind.
    pub date: Option<String>,
    /// The address of its licence (`cc:license`).
    pub licence_url: Option<String>,
    /// The address of a page about its rights (`xmpRights:WebStatement`).
    pub web_statement: Option<String>,
    /// Terms in words.
    pub usage_terms: Option<String>,
    /// What it shows, for readers who do not see it.
    pub alt: Option<String>,
}

/// Reads the rights from a JPEG, PNG or WebP. A field is taken from XMP if it is there, else from
/// IPTC, else from Exif. Never fails; a text longer than [`MAX_FIELD`] bytes is cut.
pub fn rights(bytes: &[u8]) -> Rights {
    let packets = Packets::of(bytes);
    let read = |packet: Option<&[u8]>, reader: fn(&[u8]) -> Rights| packet.map(reader).unwrap_or_default();
    read(packets.xmp.as_deref(), xmp::read)
        .or(read(packets.iptc.as_deref(), iptc::read))
        .or(read(packets.exif.as_deref(), exif::read))
        .tidied()
}

/// Writes rights into a JPEG, PNG or WebP of our own, as XMP, in place of any that it has. Files of
/// other formats, and files that cannot be walked, come back as they were. When a JPEG's one
/// segment (64 KB) does not hold everything, the caption and the alternative text are left out:
/// they are about the picture, not about its rights.
pub fn write_rights(encoded: Vec<u8>, rights: &Rights) -> Vec<u8> {
    if *rights == Rights::default() {
        return encoded;
    }
    let packet = xmp::write(rights);
    let bytes = Bytes::copy_from_slice(&encoded);
    let written = match Format::of(&encoded) {
        Some(Format::Jpeg) => Jpeg::from_bytes(bytes).ok().and_then(|jpeg| in_jpeg(jpeg, packet, rights)),
        Some(Format::Png) => Png::from_bytes(bytes).ok().map(|png| in_png(png, &packet)),
        Some(Format::WebP) => WebP::from_bytes(bytes).ok().map(|webp| in_webp(webp, packet)),
        Some(Format::Gif) | None => None,
    };
    written.unwrap_or(encoded)
}

impl Rights {
    /// What these rights say as a credit; `None` when they name neither a person nor a house nor
    /// terms.
    ///
    /// The line is made of the file's own words: maker, supplier (or else the notice of copyright),
    /// then the name of the licence if the catalogue knows it.
    pub fn credit(&self) -> Option<Credit> {
        let licence = self.licence();
        let mut line: Vec<Cow<'_, str>> = Vec::new();
        for words in [&self.creator, &self.credit].into_iter().flatten() {
            if !line.iter().any(|said| said.contains(words.as_str())) {
                line.push(words.into());
            }
        }
        let mut line = line.join(" / ");
        let copyright = self.copyright.as_deref().filter(|_| line.is_empty());
        line.push_str(copyright.unwrap_or_default());
        let named = Licence::named(&line).is_some_and(|(named, _)| Some(named) == licence);
        if let Some(licence) = licence.filter(|_| !named) {
            let comma = if line.is_empty() { "" } else { ", " };
            line = format!("{line}{comma}{}", licence.name);
        }
        if line.is_empty() {
            return None;
        }
        let read = Credit::parse(&line);
        Some(Credit {
            title: self.title.clone(),
            creator: self.creator.clone().or(read.creator),
            organisation: self
                .credit
                .clone()
                .filter(|credit| Some(credit) != self.creator.as_ref())
                .or(read.organisation),
            date: self.date.as_deref().and_then(news::date::date_in).map(|(date, _)| date),
            source: self.source.clone().or(read.source),
            source_url: self.web_statement.clone().filter(|url| Licence::named(url).is_none() && is_web(url)),
            licence: licence.map(|licence| licence.id.to_owned()),
            text: line,
        })
    }

    /// The licence that these rights name: by its address, in the terms, in the notice of
    /// copyright, or by the agency that supplied the picture.
    pub fn licence(&self) -> Option<&'static Licence> {
        [&self.licence_url, &self.web_statement, &self.usage_terms, &self.copyright, &self.credit, &self.source]
            .into_iter()
            .flatten()
            .find_map(|words| Licence::named(words))
            .map(|(licence, _)| licence)
    }

    fn or(self, other: Rights) -> Rights {
        Rights {
            creator: self.creator.or(other.creator),
            credit: self.credit.or(other.credit),
            source: self.source.or(other.source),
            copyright: self.copyright.or(other.copyright),
            caption: self.caption.or(other.caption),
            title: self.title.or(other.title),
            date: self.date.or(other.date),
            licence_url: self.licence_url.or(other.licence_url),
            web_statement: self.web_statement.or(other.web_statement),
            usage_terms: self.usage_terms.or(other.usage_terms),
            alt: self.alt.or(other.alt),
        }
    }

    /// Cuts what is too long, and drops what is empty and the characters that no text needs.
    fn tidied(mut self) -> Rights {
        let fields = [
            &mut self.creator,
            &mut self.credit,
            &mut self.source,
            &mut self.copyright,
            &mut self.caption,
            &mut self.title,
            &mut self.date,
            &mut self.licence_url,
            &mut self.web_statement,
            &mut self.usage_terms,
            &mut self.alt,
        ];
        for field in fields {
            if let Some(text) = field {
                text.retain(|c| !c.is_control() || c == '\n');
                text.truncate(text.floor_char_boundary(MAX_FIELD));
                *text = text.trim().to_owned();
            }
            field.take_if(|text| text.is_empty());
        }
        self
    }
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

fn in_jpeg(mut jpeg: Jpeg, packet: String, rights: &Rights) -> Option<Vec<u8>> {
    /// A segment's length counts its own two bytes.
    const MOST: usize = 0xffff - 2 - XMP_IN_JPEG.len();
    let packet = match packet.len() {
        0..=MOST => packet,
        _ => xmp::write(&Rights { caption: None, alt: None, ..rights.clone() }),
    };
    if packet.len() > MOST {
        return None;
    }
    let segments = jpeg.segments_mut();
    segments.retain(|segment| segment.marker() != markers::APP1 || !segment.contents().starts_with(XMP_IN_JPEG));
    let behind_app0 = segments.iter().take_while(|segment| segment.marker() == markers::APP0).count();
    let contents = [XMP_IN_JPEG, packet.as_bytes()].concat();
    segments.insert(behind_app0, JpegSegment::new_with_contents(markers::APP1, contents.into()));
    Some(jpeg.encoder().bytes().to_vec())
}

fn in_png(mut png: Png, packet: &str) -> Vec<u8> {
    let chunks = png.chunks_mut();
    chunks.retain(|chunk| chunk.kind() != *b"iTXt" || !chunk.contents().starts_with(b"XML:com.adobe.xmp\0"));
    let contents = [XMP_IN_PNG, packet.as_bytes()].concat();
    let behind_header = 1.min(chunks.len());
    chunks.insert(behind_header, PngChunk::new(*b"iTXt", contents.into()));
    png.encoder().bytes().to_vec()
}

fn in_webp(mut webp: WebP, packet: String) -> Vec<u8> {
    webp.remove_chunks_by_id(CHUNK_XMP);
    webp.chunks_mut().push(RiffChunk::new(CHUNK_XMP, RiffContent::Data(packet.into())));
    // Also makes the extended header that a file with metadata needs.
    webp.set_exif(None);
    webp.encoder().bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, gif, jpeg, png, webp};

    fn ours() -> Rights {
        Rights {
            creator: Some("Jane Doe".into()),
            credit: Some("The Harbour Trust".into()),
            title: Some("Harbour & wall".into()),
            date: Some("2025-07-28T10:00:00".into()),
            licence_url: Some("https://creativecommons.org/licenses/by-sa/4.0/".into()),
            ..Rights::default()
        }
    }

    #[test]
    fn rights_written_into_a_picture_are_read_from_it() {
        for bytes in [jpeg(16, 16), png(16, 16), webp(16, 16), samples::webp_with_alpha(16, 16)] {
            let written = write_rights(bytes, &ours());
            assert_eq!(rights(&written), ours());
            crate::decode(&written).expect("it is still a picture");
            let again = write_rights(written.clone(), &ours());
            assert_eq!(again.len(), written.len(), "a second time replaces the first");
        }
    }

    #[test]
    fn a_gif_and_a_stranger_come_back_as_they_were() {
        for bytes in [gif(4, 4, 1), b"hello".to_vec(), b"\xff\xd8\xff".to_vec(), Vec::new()] {
            assert_eq!(write_rights(bytes.clone(), &ours()), bytes);
            assert_eq!(rights(&bytes), Rights::default());
        }
    }

    #[test]
    fn xmp_goes_before_iptc_and_iptc_before_exif() {
        let exif = samples::exif(false, &[(0x013b, "Exif Name"), (0x8298, "© Exif")]);
        let iptc = samples::iptc(&[(2, 80, b"Iptc Name"), (2, 110, b"Iptc Credit")]);
        let bytes = samples::with_segments(jpeg(8, 8), &[samples::exif_segment(&exif), samples::iptc_segment(&iptc)]);
        let found = rights(&bytes);
        assert_eq!(found.creator.as_deref(), Some("Iptc Name"));
        assert_eq!(found.copyright.as_deref(), Some("© Exif"));
        let found = rights(&write_rights(bytes, &ours()));
        assert_eq!(found.creator.as_deref(), Some("Jane Doe"));
        assert_eq!(found.credit.as_deref(), Some("The Harbour Trust"));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_and_a_packet_that_is_too_long_loses_its_caption() {
        let long = |letters: usize| Some("é".repeat(letters));
        let bytes = write_rights(png(4, 4), &Rights { caption: long(40_000), ..ours() });
        assert_eq!(rights(&bytes).caption.map(|text| text.len()), Some(MAX_FIELD));
        let found = rights(&write_rights(jpeg(4, 4), &Rights { caption: long(40_000), ..ours() }));
        assert_eq!(found, ours());
    }

    #[test]
    fn rights_become_a_credit() {
        let credit = ours().credit().expect("it names a person");
        assert_eq!(credit.text, "Jane Doe / The Harbour Trust, CC BY-SA 4.0");
        assert_eq!(credit.creator.as_deref(), Some("Jane Doe"));
        assert_eq!(credit.organisation.as_deref(), Some("The Harbour Trust"));
        assert_eq!(credit.licence.as_deref(), Some("cc-by-sa-4.0"));
        assert_eq!(credit.date.map(|date| date.to_string()).as_deref(), Some("2025-07-28"));
        assert_eq!(Rights { caption: Some("A wall".into()), ..Rights::default() }.credit(), None);
    }

    #[test]
    fn an_agency_is_known_from_its_credit() {
        let rights = Rights { creator: Some("Jane Doe".into()), credit: Some("PA".into()), ..Rights::default() };
        let credit = rights.credit().expect("it names a person");
        assert_eq!((credit.text.as_str(), credit.licence.as_deref()), ("Jane Doe / PA", Some("pa")));
        let notice = Rights { copyright: Some("© Crown copyright".into()), ..Rights::default() };
        let credit = notice.credit().expect("it names terms");
        assert_eq!((credit.text.as_str(), credit.licence.as_deref()), ("© Crown copyright", Some("crown-copyright")));
    }
}
