//! Styles and script for the cards of bodies, for themes that leave them to the server (`card_assets` in
//! `package.json`). Ours, for Ghost's class names: served at `/public/cards.min.css` and `/public/cards.min.js`.

use std::sync::Arc;

use crate::CardAssets;
use crate::theme::fnv1a;

/// Styles in pieces, a card each.
const STYLES: &[(&str, &str)] = &[
    ("image", include_str!("cards/image.css")),
    ("gallery", include_str!("cards/gallery.css")),
    ("bookmark", include_str!("cards/bookmark.css")),
    ("button", include_str!("cards/button.css")),
    ("callout", include_str!("cards/callout.css")),
    ("toggle", include_str!("cards/toggle.css")),
    ("audio", include_str!("cards/audio.css")),
    ("video", include_str!("cards/video.css")),
    ("file", include_str!("cards/file.css")),
    ("embed", include_str!("cards/embed.css")),
    ("product", include_str!("cards/product.css")),
    ("blockquote", include_str!("cards/blockquote.css")),
    ("header", include_str!("cards/header.css")),
    ("signup", include_str!("cards/signup.css")),
    ("cta", include_str!("cards/cta.css")),
];

/// What galleries want measured.
const SCRIPT: &str = include_str!("cards/gallery.js");

/// Styles and script of the cards that one theme wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cards {
    style: Arc<str>,
    version: String,
}

impl Cards {
    /// The pieces that a theme wants; `None` where it styles all cards itself.
    pub(crate) fn wanted(assets: &CardAssets) -> Option<Cards> {
        let has = |names: &[String], card: &str| names.iter().any(|name| name == card);
        let wants = |card: &str| match assets {
            CardAssets::All => true,
            CardAssets::None => false,
            CardAssets::Only(names) => has(names, card),
            CardAssets::Except(names) => !has(names, card),
        };
        let style: String = STYLES.iter().filter(|(card, _)| wants(card)).map(|(_, style)| small(style)).collect();
        let version = format!("{:016x}", fnv1a(style.as_bytes()) ^ fnv1a(SCRIPT.as_bytes()));
        (!style.is_empty()).then(|| Cards { style: style.into(), version })
    }

    /// The style sheet.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The script.
    pub fn script(&self) -> &'static str {
        SCRIPT
    }

    pub(crate) fn style_address(&self) -> String {
        format!("/public/cards.min.css?v={}", self.version)
    }

    pub(crate) fn script_address(&self) -> String {
        format!("/public/cards.min.js?v={}", self.version)
    }
}

/// Without the space at the beginnings and ends of lines; these sheets hold no text in which it would matter.
fn small(style: &str) -> String {
    style.lines().map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_gets_the_styles_that_it_asks_for() {
        let style =
            |assets: &CardAssets| Cards::wanted(assets).map(|cards| cards.style().to_owned()).unwrap_or_default();
        let all = style(&CardAssets::All);
        assert!(all.contains(".kg-bookmark-card") && all.contains(".kg-gallery-container") && !all.contains('\n'));
        let some = style(&CardAssets::Except(vec!["bookmark".into()]));
        assert!(!some.contains(".kg-bookmark-card") && some.contains(".kg-gallery-container"));
        assert!(style(&CardAssets::Only(vec!["toggle".into()])).starts_with(".kg-toggle-card"));
        assert_eq!(Cards::wanted(&CardAssets::None), None);
    }
}
