//! Pictures: credit, licence, and the text for those who do not see them.

use super::reading::Reading;
use super::{Context, Report};
use crate::text::{Paragraph, Picture};

pub(super) fn no_credit(reading: &Reading, _: &Context, report: &mut Report) {
    for picture in lacking(reading, |picture| picture.credit) {
        report.whole(format!("nobody is credited for the picture {}", name(picture)));
    }
}

pub(super) fn no_licence(reading: &Reading, _: &Context, report: &mut Report) {
    for picture in lacking(reading, |picture| picture.licence) {
        report.whole(format!("no licence is named for the picture {}", name(picture)));
    }
}

pub(super) fn no_alt(reading: &Reading, _: &Context, report: &mut Report) {
    for picture in lacking(reading, |picture| picture.alt) {
        report.whole(format!("the picture {} has no text for those who do not see it", name(picture)));
    }
}

pub(super) fn alt_filename(reading: &Reading, _: &Context, report: &mut Report) {
    for picture in &reading.article.images {
        let alt = picture.alt.unwrap_or_default().trim();
        if !alt.is_empty() && (alt.eq_ignore_ascii_case(picture.file.trim()) || is_file_name(alt)) {
            report.whole(format!("the text for the picture {} is the name of a file: “{alt}”", name(picture)));
        }
    }
    // Copied from a page, such a text stands on a line of its own, where a picture was.
    let mut at = 0;
    for line in reading.article.text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if words.len() <= 80 && is_file_name(words) && !words.bytes().all(|byte| byte.is_ascii_digit()) {
            report.at(start..start + words.len(), "this is the name of a file, left where a picture was");
        }
    }
}

fn lacking<'a>(
    reading: &Reading<'a>,
    field: fn(&Picture<'a>) -> Option<&'a str>,
) -> impl Iterator<Item = &'a Picture<'a>> {
    reading.article.images.iter().filter(move |picture| field(picture).is_none_or(|given| given.trim().is_empty()))
}

fn name<'a>(picture: &Picture<'a>) -> &'a str {
    picture.file
}

/// What cameras, telephones and upload forms call a picture.
const MADE_BY_MACHINES: &[&str] = &[
    "img",
    "image",
    "images",
    "dsc",
    "dscn",
    "dscf",
    "dji",
    "gopr",
    "pxl",
    "mvi",
    "photo",
    "pic",
    "picture",
    "screenshot",
    "screen shot",
    "untitled",
    "scan",
    "text",
    "unnamed",
    "download",
    "file",
    "whatsapp image",
    "p",
    "sam",
    "cimg",
    "fullsizerender",
];

/// Whether a text is the name of a file: an ending, or a camera's word and a number.
fn is_file_name(text: &str) -> bool {
    let small = text.to_lowercase();
    let ending = small.rsplit_once('.').is_some_and(|(_, end)| {
        matches!(end, "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "heic" | "tif" | "tiff" | "svg" | "bmp")
    });
    let word = small.trim_end_matches(|char: char| char.is_ascii_digit() || " _-().:".contains(char) || char == 't');
    let word = if word.is_empty() { &small } else { word.trim_end_matches(" a") };
    let numbered = small.bytes().any(|byte| byte.is_ascii_digit());
    // “Text 1738609636636”: the second of an upload.
    let upload = small
        .strip_prefix("text ")
        .is_some_and(|number| number.len() >= 9 && number.bytes().all(|byte| byte.is_ascii_digit()));
    upload
        || ending && !text.ends_with("..")
        || numbered && (MADE_BY_MACHINES.contains(&word) || small.bytes().all(|byte| byte.is_ascii_digit()))
}

/// How the credit of a picture begins.
const CREDITS: &[&str] = &[
    "photograph:",
    "photographs:",
    "photograph by",
    "photographs by",
    "photo:",
    "photos:",
    "photo by",
    "photos by",
    "photo credit",
    "photo courtesy",
    "picture:",
    "pictures:",
    "picture by",
    "pictures by",
    "picture credit",
    "image:",
    "images:",
    "image by",
    "image credit",
    "image courtesy",
    "image copyright",
    "image source",
    "credit:",
    "credits:",
    "(photo",
    "(photograph",
    "(image",
    "(picture",
    "[photo",
    "(ap photo",
    "ap photo",
    "pic:",
    "illustration by",
    "illustration:",
];

/// Words of a credit, at most.
const LONGEST: usize = 45;

pub(super) fn credit_in_text(reading: &Reading, paragraph: &Paragraph, _: &Context, report: &mut Report) {
    let text = reading.text(paragraph.range.clone());
    let mut at = paragraph.range.start;
    for line in text.split('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let mut end = start + words.len();
        at += line.len() + 1;
        if is_credit(words) && words.split_whitespace().take(LONGEST + 1).count() <= LONGEST {
            if words.ends_with(':') {
                // The credit itself stands on the next line.
                end = paragraph.range.end;
            }
            report
                .at(start..end, "this credit belongs to its picture: with the picture it moves, is shown and is kept");
            return;
        }
    }
}

/// Whether a line begins as the credit of a picture does.
pub(super) fn is_credit(line: &str) -> bool {
    let begin = line[..line.floor_char_boundary(40)].to_lowercase();
    CREDITS.iter().any(|credit| begin.starts_with(credit))
}

#[cfg(test)]
mod tests {
    use super::is_file_name;

    #[test]
    fn names_of_files_are_told_from_words() {
        for name in [
            "IMG_4471.JPG",
            "DSC00917",
            "photo-3 (1).png",
            "Image 3139",
            "Screenshot 2025-07-15 at 09.41.02.png",
            "20250314",
            "ferry-at-dusk.jpg",
        ] {
            assert!(is_file_name(name), "{name}");
        }
        for name in ["A ferry at dusk", "Platform 9", "The class of 1978", "photo", "Text", ""] {
            assert!(!is_file_name(name), "{name}");
        }
    }
}
