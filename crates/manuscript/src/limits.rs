//! How much of a body is read. Anything beyond is refused with [`NoDocument`](crate::NoDocument),
//! before it costs much.

/// Bytes of one body as Lexical JSON: 4 MiB, some 600,000 words.
pub const MAX_BYTES: usize = 4 << 20;

/// Nodes inside one another, the root not counted. An editor makes a dozen at most; `serde_json`
/// itself stops at 127 arrays and objects, and a node costs two of these.
pub const MAX_DEPTH: usize = 60;

/// Nodes of one body.
pub const MAX_NODES: usize = 50_000;

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
