//! How much of a body is read. Anything beyond is refused with [`NoDocument`](crate::NoDocument),
//! before it costs much.

/// Bytes of one body as Lexical JSON: 4 MiB, some 600,000 words.
pub const MAX_BYTES: usize = 4 << 20;

/// Nodes inside one another, the root not counted. An editor makes a dozen at most.
pub const MAX_DEPTH: usize = 60;

/// Nodes of one body.
pub const MAX_NODES: usize = 50_000;

/// Fields of one node. The largest of Ghost's has two dozen.
pub const MAX_FIELDS: usize = 256;

/// Bytes of HTML that [`from_html`](crate::from_html) reads, and of one HTML field of a card: 4
/// MiB.
pub const MAX_HTML_BYTES: usize = 4 << 20;

/// Elements inside one another in HTML.
pub const MAX_HTML_DEPTH: usize = 256;

/// Nodes (elements, texts, comments) in one piece of HTML. A few unclosed tags can make a parser
/// build millions, so this is checked while it reads.
pub const MAX_HTML_NODES: usize = 200_000;

/// Attributes of one HTML tag. The parser compares each with all before it.
pub const MAX_HTML_ATTRIBUTES: usize = 512;

/// Steps that a comparison ([`diff`](crate::diff)) takes for each element of the two sides (block, word,
/// white space or sign) in a stretch where none stands out, before it calls the stretch replaced as
/// a whole. Two hundred words with every second one edited need no more.
pub const DIFF_STEPS_PER_ELEMENT: usize = 32;

/// Steps that a comparison takes at most in one such stretch: enough for 4,000 edits in it.
pub const DIFF_STEPS: usize = 4_000_000;

/// How many blocks on either side of the place where it would be expected are held against a block
/// that was edited.
pub const DIFF_NEIGHBOURS: usize = 8;

/// The share of their words, in per mille, that two versions of one paragraph have in common at
/// least; with less it is another paragraph.
pub const DIFF_SIMILAR: usize = 500;

/// Nodes that a parser of Markdown may make: as many as 4 MiB of an article's running text need,
/// and no more than some 200 MB of memory. Its bytes are limited as those of HTML.
pub const MAX_MARKDOWN_NODES: usize = 500_000;
