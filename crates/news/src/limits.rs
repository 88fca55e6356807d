//! Limits on what one article may carry. The manual lists them from here.

/// Longest headline in characters (Ghost's is 255, WordPress has none).
pub const HEADLINE_CHARACTERS: usize = 255;
/// Longest standfirst in characters.
pub const STANDFIRST_CHARACTERS: usize = 500;
/// Most tags of one article.
pub const TAGS: usize = 50;
/// Most authors of one article.
pub const AUTHORS: usize = 30;
/// Deepest nesting of sections.
pub const SECTION_DEPTH: usize = 6;
/// Longest name of a section, tag, author or staff member in characters.
pub const NAME_CHARACTERS: usize = 191;
