//! What stands in the head of a page, and at its foot.

use std::fmt::Write as _;

use crate::Cards;
use crate::handlebars::escape;

/// What `{{ghost_head}}` and `{{ghost_foot}}` print. Texts are plain: they are escaped here.
///
/// It holds no `<title>`: themes print that themselves with `{{meta_title}}`.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// What `{{meta_title}}` prints, without the number of the page: the helper adds that.
    pub title: String,
    /// Whether a deeper page of a list has the same title, without its number.
    pub title_is_whole: bool,
    /// The description; also what `{{meta_description}}` prints.
    pub description: Option<String>,
    /// The one address of this page.
    pub canonical: Option<String>,
    /// The page before this one in a list.
    pub prev: Option<String>,
    /// The page after it.
    pub next: Option<String>,
    /// The icon of the magazine.
    pub icon: Option<String>,
    /// Open Graph, Twitter cards, robots and the like, in this order.
    pub metas: Vec<Meta>,
    /// Structured data, each printed as a script of its own.
    pub json_ld: Vec<serde_json::Value>,
    /// The feeds of this page.
    pub feeds: Vec<Feed>,
    /// The magazine's colour, for `--ghost-accent-color`. What is no plain CSS colour is left out.
    pub accent_color: Option<String>,
    /// Fonts of headings and of text that the owner wants in place of the theme's.
    pub fonts: [Option<String>; 2],
    /// What made the page.
    pub generator: Option<String>,
    /// Styles and script for the cards in bodies.
    pub cards: Option<Cards>,
    /// The owner's code for the head, printed as it is.
    pub code_head: String,
    /// The owner's code for the foot, printed as it is.
    pub code_foot: String,
}

/// One `<meta>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// `property` or `name`.
    pub attribute: &'static str,
    /// Such as `og:title`.
    pub name: String,
    /// The plain text.
    pub content: String,
}

/// One `<link rel="alternate">`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Such as `application/rss+xml`.
    pub content_type: &'static str,
    /// What a feed reader calls it.
    pub title: String,
    /// Its address.
    pub href: String,
}

impl Meta {
    /// `<meta property=…>`, as Open Graph wants it.
    pub fn property(name: impl Into<String>, content: impl Into<String>) -> Meta {
        Meta { attribute: "property", name: name.into(), content: content.into() }
    }

    /// `<meta name=…>`.
    pub fn name(name: impl Into<String>, content: impl Into<String>) -> Meta {
        Meta { attribute: "name", name: name.into(), content: content.into() }
    }
}

impl Feed {
    /// An RSS feed.
    pub fn rss(title: impl Into<String>, href: impl Into<String>) -> Feed {
        Feed { content_type: "application/rss+xml", title: title.into(), href: href.into() }
    }

    /// A JSON feed.
    pub fn json(title: impl Into<String>, href: impl Into<String>) -> Feed {
        Feed { content_type: "application/feed+json", title: title.into(), href: href.into() }
    }
}

impl Head {
    /// The markup of `{{ghost_head}}`: one element a line.
    pub(crate) fn markup(&self) -> String {
        let mut out = String::new();
        let mut element = |name: &str, attributes: &[(&str, &str)]| {
            let _ = write!(out, "<{name}");
            for (attribute, value) in attributes {
                let _ = write!(out, " {attribute}=\"");
                escape(value, &mut out);
                out.push('"');
            }
            out.push_str(">\n");
        };
        if let Some(description) = self.description.as_deref().filter(|text| !text.is_empty()) {
            element("meta", &[("name", "description"), ("content", description)]);
        }
        if let Some(icon) = &self.icon {
            element("link", &[("rel", "icon"), ("href", icon), ("type", icon_type(icon))]);
        }
        for (rel, href) in [("canonical", &self.canonical), ("prev", &self.prev), ("next", &self.next)] {
            if let Some(href) = href {
                element("link", &[("rel", rel), ("href", href)]);
            }
        }
        for meta in &self.metas {
            element("meta", &[(meta.attribute, &meta.name), ("content", &meta.content)]);
        }
        if let Some(generator) = &self.generator {
            element("meta", &[("name", "generator"), ("content", generator)]);
        }
        for feed in &self.feeds {
            element(
                "link",
                &[("rel", "alternate"), ("type", feed.content_type), ("title", &feed.title), ("href", &feed.href)],
            );
        }
        for data in &self.json_ld {
            let _ = writeln!(out, "<script type=\"application/ld+json\">{}</script>", script_json(data));
        }
        if let Some(color) = self.accent_color.as_deref().filter(|color| is_color(color)) {
            let _ = writeln!(out, "<style>:root{{--ghost-accent-color:{color}}}</style>");
        }
        let names = ["--gh-font-heading", "--gh-font-body"].into_iter().zip(&self.fonts);
        let fonts: String = names
            .filter_map(|(name, font)| {
                font.as_deref().filter(|font| is_font(font)).map(|font| format!("{name}:{font};"))
            })
            .collect();
        if !fonts.is_empty() {
            let _ = writeln!(out, "<style>:root{{{fonts}}}</style>");
        }
        if let Some(cards) = &self.cards {
            let _ = writeln!(out, "<link rel=\"stylesheet\" href=\"{}\">", cards.style_address());
            let _ = writeln!(out, "<script defer src=\"{}\"></script>", cards.script_address());
        }
        out.push_str(&self.code_head);
        out
    }
}

/// JSON that no HTML parser can mistake for markup: the signs it might see are written as escapes.
pub(crate) fn script_json(data: &serde_json::Value) -> String {
    let json = data.to_string();
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    let mut rest = json.as_str();
    while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let mut letters = behind.chars();
        out.push_str(match letters.next() {
            Some('<') => "\\u003c",
            Some('>') => "\\u003e",
            Some('&') => "\\u0026",
            Some('\u{2028}') => "\\u2028",
            _ => "\\u2029",
        });
        rest = letters.as_str();
    }
    out.push_str(rest);
    out
}

fn icon_type(icon: &str) -> &'static str {
    match icon.rsplit('.').next() {
        Some("ico") => "image/x-icon",
        Some("svg") => "image/svg+xml",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("gif") => "image/gif",
        _ => "image/png",
    }
}

/// The name of a family: letters, digits, spaces and hyphens.
pub(crate) fn is_font(font: &str) -> bool {
    !font.is_empty() && font.len() < 80 && font.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-')
}

/// `#` and hexadecimal digits, or a name.
fn is_color(color: &str) -> bool {
    match color.strip_prefix('#') {
        Some(digits) => matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => !color.is_empty() && color.bytes().all(|byte| byte.is_ascii_alphabetic()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_in_the_head_is_escaped() {
        let head = Head {
            description: Some("\"><script>".into()),
            metas: vec![Meta::property("og:title", "Tide & \"time\"")],
            json_ld: vec![serde_json::json!({"name": "</script><!--\u{2028}&"})],
            accent_color: Some("red}</style>".into()),
            ..Head::default()
        };
        assert_eq!(
            head.markup(),
            "<meta name=\"description\" content=\"&quot;&gt;&lt;script&gt;\">\n\
             <meta property=\"og:title\" content=\"Tide &amp; &quot;time&quot;\">\n\
             <script type=\"application/ld+json\">{\"name\":\"\\u003c/script\\u003e\\u003c!--\\u2028\\u0026\"}</script>\n"
        );
    }

    #[test]
    fn links_feeds_and_the_colour_stand_in_order_and_the_code_comes_last() {
        let head = Head {
            canonical: Some("https://lantern.example/a/".into()),
            next: Some("https://lantern.example/page/2/".into()),
            icon: Some("/content/images/icon.png".into()),
            feeds: vec![Feed::rss("The Lantern", "https://lantern.example/rss/")],
            accent_color: Some("#1d6fa3".into()),
            code_head: "<meta name=\"owner\">".into(),
            ..Head::default()
        };
        assert_eq!(
            head.markup(),
            "<link rel=\"icon\" href=\"/content/images/icon.png\" type=\"image/png\">\n\
             <link rel=\"canonical\" href=\"https://lantern.example/a/\">\n\
             <link rel=\"next\" href=\"https://lantern.example/page/2/\">\n\
             <link rel=\"alternate\" type=\"application/rss+xml\" title=\"The Lantern\" href=\"https://lantern.example/rss/\">\n\
             <style>:root{--ghost-accent-color:#1d6fa3}</style>\n<meta name=\"owner\">"
        );
    }
}
