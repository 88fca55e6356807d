//! What is taken of a file at most. An export that WordPress wrote stays far below; together the limits keep the reader
//! under 128 MB for whatever it is given: the bytes of one item, the values made of it, and the channel.

/// Largest item, in bytes as it stands in the file; and, counted anew, what is kept of it. 32 MiB, some thirty novels.
pub const LARGEST_ITEM: usize = 32 << 20;

/// Largest text of one element, in bytes: 16 MiB.
pub const LARGEST_TEXT: usize = 16 << 20;

/// Most that is kept of the channel, in bytes: 32 MiB, some 70,000 authors, categories, tags and terms. Items name their
/// terms by slug and name themselves.
pub const LARGEST_CHANNEL: usize = 32 << 20;

/// Largest single entry of the channel (an author, a term), in bytes as it stands in the file.
pub const LARGEST_ENTRY: usize = 4 << 20;

/// Longest tag with its attributes, in bytes.
pub const LONGEST_TAG: usize = 64 << 10;

/// Longest name of an element, with its prefix, in bytes.
pub const LONGEST_NAME: usize = 200;

/// Most attributes of one element.
pub const MOST_ATTRIBUTES: usize = 64;

/// Deepest nesting. An export has six levels; markup that somebody forgot to wrap may add to them.
pub const DEEPEST: usize = 64;

/// Most meta fields of an item, of a comment and of a term.
pub const MOST_META: usize = 20_000;

/// Most comments of an item.
pub const MOST_COMMENTS: usize = 100_000;

/// Most terms of an item.
pub const MOST_TERMS: usize = 5_000;

/// Most other children of an element.
pub const MOST_FIELDS: usize = 2_000;

/// Most notes on an item, and on a file. Further ones repeat what was said.
pub const MOST_NOTES: usize = 100;

/// Where the root element must have begun, in bytes.
pub const LATEST_ROOT: u64 = 1 << 20;

/// What a kept value takes beside its text, in bytes: what the allocator puts around it.
pub(super) const BESIDE_A_TEXT: usize = 16;
