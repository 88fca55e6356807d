//! How large a picture and its metadata may be.

/// The largest file, in bytes: 30 MB. A camera's best JPEG has about 20.
pub const MAX_BYTES: usize = 30_000_000;

/// The largest area, in pixels: 50 megapixels, as of a large camera.
pub const MAX_PIXELS: u64 = 50_000_000;

/// The longest side, in pixels: the most that WebP can hold, so that every picture can be made into
/// one.
pub const MAX_SIDE: u32 = 16_383;

/// What a decoder may allocate, in bytes. The largest picture takes 400 MB with four channels of 16
/// bits.
pub const MAX_MEMORY: u64 = 512 << 20;

/// The most scans in one JPEG. Cameras write ten; each costs a walk over the whole picture, and a
/// file of a few kilobytes can hold thousands.
pub const MAX_SCANS: usize = 100;

/// The largest colour profile that is kept with the pixels, in bytes. Larger ones are left out.
pub const MAX_COLOUR_PROFILE: usize = 1 << 20;

/// The largest XMP packet that is read, in bytes.
pub const MAX_XMP: usize = 1 << 20;

/// The deepest nesting of elements in XMP.
pub const MAX_XMP_DEPTH: usize = 64;

/// The most attributes on one element of XMP.
pub const MAX_XMP_ATTRIBUTES: usize = 256;

/// The most data sets that are read from an IPTC block, and entries from an Exif directory.
pub const MAX_ENTRIES: usize = 1000;

/// The longest text of one field of [`crate::Rights`], in bytes. Longer ones are cut at a
/// character.
pub const MAX_FIELD: usize = 4096;
