//! What the header card and the sign-up card have in common: text on a coloured panel, and a
//! picture behind it or beside it.

use std::borrow::Cow;

use super::style;

pub(super) struct Panel<'p> {
    /// `regular`, `wide`, `full` or `split`: the last has the picture beside the text.
    pub(super) layout: &'p str,
    /// Whether the picture of a split panel comes after the text.
    pub(super) swapped: bool,
    /// `cover` or `contain`: how the picture fills its place.
    pub(super) fit: &'p str,
    /// The background: a colour of CSS or `accent`.
    pub(super) color: &'p str,
    /// The picture, made safe.
    pub(super) src: Option<Cow<'p, str>>,
}

impl Panel<'_> {
    pub(super) fn is_split(&self) -> bool {
        self.layout == "split"
    }

    pub(super) fn is_accent(&self) -> bool {
        self.color == "accent"
    }

    /// Whether the picture hides the colour.
    pub(super) fn is_behind_text(&self) -> bool {
        self.src.is_some() && !self.is_split()
    }

    /// The picture's `<picture>` element if it stands behind the text, or else if it stands beside it.
    pub(super) fn place<'h>(&self, behind: bool, picture: &'h str) -> &'h str {
        if self.is_split() == behind { "" } else { picture }
    }

    /// The classes for its shape.
    pub(super) fn classes(&self) -> String {
        let (shape, width) = if self.is_split() {
            ("kg-layout-split ", "full")
        } else {
            ("", style::word(self.layout).unwrap_or("full"))
        };
        let swapped = if self.is_split() && self.swapped { " kg-swapped" } else { "" };
        let is_roomy = width == "full" && (!self.is_split() || self.fit == "contain");
        let roomy = if is_roomy { " kg-content-wide" } else { "" };
        format!("{shape}kg-width-{width}{swapped}{roomy}")
    }
}

/// The class of text that stands in the middle.
pub(super) fn align_class(alignment: &str) -> &'static str {
    if alignment == "center" { "kg-align-center" } else { "" }
}

/// The class of a panel or a button in the accent colour.
pub(super) fn accent_class(is_accent: bool) -> &'static str {
    if is_accent { "kg-style-accent" } else { "" }
}

/// The style of a button; an accent colour is the theme's to set.
pub(super) fn button_style(background: &str, text: &str) -> String {
    if background == "accent" {
        format!("color: {text};")
    } else {
        format!("background-color: {background};color: {text};")
    }
}
