//! Limits on what one article may carry. The manual lists them from here.

use std::ops::RangeInclusive;

use jiff::Timestamp;

/// Moments that are taken: within the years 1 to 9998, so that every time zone can write them.
pub const TIMES: RangeInclusive<Timestamp> =
    Timestamp::constant(-62_135_596_800, 0)..=Timestamp::constant(253_370_764_799, 0);
/// Longest headline in characters (Ghost's is 255, WordPress has none).
pub const HEADLINE_CHARACTERS: usize = 255;
/// Longest standfirst in characters.
pub const STANDFIRST_CHARACTERS: usize = 500;
/// Most tags of one article.
pub const TAGS: usize = 50;
/// Most authors of one article.
pub const AUTHORS: usize = 30;
/// Longest field about an article for machines (meta, Open Graph), alternative text of a picture, in characters.
pub const META_CHARACTERS: usize = 2_000;
/// Longest caption of a lead picture, in characters.
pub const CAPTION_CHARACTERS: usize = 5_000;
/// Longest code injected into one article's page, in bytes (Ghost's column holds 65,535).
pub const CODE_BYTES: usize = 65_535;
/// Longest address of a picture or of an article elsewhere, in bytes.
pub const URL_BYTES: usize = 2_000;
/// Deepest nesting of sections.
pub const SECTION_DEPTH: usize = 6;
/// Longest name of a section, tag, author or staff member in characters.
pub const NAME_CHARACTERS: usize = 191;
