use std::ops::BitOr;

/// How a run of text is set: Lexical's bit set. Bits that we do not know are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Format(pub u32);

impl Format {
    /// As the paragraph is.
    pub const PLAIN: Format = Format(0);
    /// `<strong>`
    pub const BOLD: Format = Format(1);
    /// `<em>`
    pub const ITALIC: Format = Format(2);
    /// `<s>`
    pub const STRIKETHROUGH: Format = Format(4);
    /// `<u>`
    pub const UNDERLINE: Format = Format(8);
    /// `<code>`
    pub const CODE: Format = Format(16);
    /// `<sub>`
    pub const SUBSCRIPT: Format = Format(32);
    /// `<sup>`
    pub const SUPERSCRIPT: Format = Format(64);
    /// `<mark>`
    pub const HIGHLIGHT: Format = Format(128);

    /// Every format with its element, in the order in which Ghost opens them.
    pub const ALL: [(Format, &'static str); 8] = [
        (Format::BOLD, "strong"),
        (Format::ITALIC, "em"),
        (Format::STRIKETHROUGH, "s"),
        (Format::UNDERLINE, "u"),
        (Format::CODE, "code"),
        (Format::SUBSCRIPT, "sub"),
        (Format::SUPERSCRIPT, "sup"),
        (Format::HIGHLIGHT, "mark"),
    ];

    /// Whether every bit of `other` is set here.
    pub fn has(self, other: Format) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Format {
    type Output = Format;

    fn bitor(self, other: Format) -> Format {
        Format(self.0 | other.0)
    }
}
