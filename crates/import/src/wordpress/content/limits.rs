//! How much of a body is read as what it says it is. What is beyond a limit is kept as words or tags, and costs no more
//! than a walk over it; what the result may hold stands in [`manuscript::limits`].

/// Blocks inside one another. A deeper one is part of the block around it.
pub const MAX_BLOCK_DEPTH: usize = 64;

/// Reusable blocks that are read into one body.
pub const MAX_REUSED_BLOCKS: usize = 200;

/// Reusable blocks inside one another.
pub const MAX_REUSED_DEPTH: usize = 8;

/// Shortcodes inside the content of others.
pub const MAX_SHORTCODE_DEPTH: usize = 8;

/// Attributes that are read of one shortcode.
pub const MAX_SHORTCODE_ATTRIBUTES: usize = 200;

/// Figures, tables and texts that open inside one another. A deeper one dissolves.
pub const MAX_FRAME_DEPTH: usize = 16;

/// Places in one body that links can lead to.
pub const MAX_ANCHORS: usize = 500;
