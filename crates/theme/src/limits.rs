//! How much a theme may cost. Every size, depth and count that comes from a theme has its limit here.

/// Most files in a theme package.
pub const MAX_FILES: usize = 2_000;
/// Most bytes of all files of a theme package together.
pub const MAX_PACKAGE_BYTES: usize = 64 * 1024 * 1024;
/// Most bytes of one template, of `package.json` and of one file of `locales/`.
pub const MAX_TEMPLATE_BYTES: usize = 512 * 1024;
/// Deepest nesting of blocks and sub-expressions in one template; each `{{else if}}` is one deeper.
pub const MAX_NESTING: usize = 64;
/// Most picture sizes that `package.json` may declare.
pub const MAX_IMAGE_SIZES: usize = 20;
/// Most settings of its own that `package.json` may declare.
pub const MAX_SETTINGS: usize = 40;
/// Most bytes that an owner may choose for a setting of a theme.
pub const MAX_CHOICE: usize = 2_000;
/// Longest chain of layouts, each laid into the next by `{{!< name}}`.
pub const MAX_LAYOUTS: usize = 8;
/// Characters of a partial's name that an error repeats; a template may work out a long one.
pub const MAX_NAME: usize = 200;

/// What one rendering may use. A page that needs more ends with an error instead of holding the server up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Statements carried out and expressions worked out, and one for every 16 bytes that a helper makes.
    pub steps: u64,
    /// Blocks, partials and layouts inside one another.
    pub depth: u32,
    /// Questions to the magazine: `{{#get}}`, `{{#next_post}}`.
    pub questions: u32,
    /// Bytes written. What is laid into a layout counts again there.
    pub output_bytes: usize,
}

impl Default for Limits {
    /// A million steps, 64 deep, 100 questions, 8 MiB: some fifty times what a long front page needs.
    fn default() -> Limits {
        Limits { steps: 1_000_000, depth: 64, questions: 100, output_bytes: 8 * 1024 * 1024 }
    }
}
