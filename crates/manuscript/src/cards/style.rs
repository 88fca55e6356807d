//! Values of cards that end up in a `class` or a `style` attribute.

use std::borrow::Cow;

/// A colour as CSS knows it: `#1a2b3c`, a name, `rgb(…)`, `hsl(…)`; `None` for anything that could say
/// more than a colour.
pub(super) fn color(value: &str) -> Option<&str> {
    let value = value.trim();
    let simple = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'-'));
    let function = ["rgb(", "rgba(", "hsl(", "hsla("].iter().any(|name| value.starts_with(name))
        && value.ends_with(')')
        && value[..value.len() - 1].split_once('(').is_some_and(|(_, inside)| {
            inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b',' | b'.' | b'%' | b'/'))
        });
    (!value.is_empty() && value.len() <= 64 && (simple || function)).then_some(value)
}

/// A word that may stand in a class name: letters, digits and hyphens.
pub(super) fn word(value: &str) -> Option<&str> {
    let is_word = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (!value.is_empty() && value.len() <= 64 && is_word).then_some(value)
}

/// A URL for `url(…)` without quotation marks, and for a comment: whatever could end either is
/// percent-encoded.
pub(super) fn url(url: &str) -> Cow<'_, str> {
    let ends = |c: char| c <= ' ' || matches!(c, '"' | '\'' | '(' | ')' | '<' | '>' | '\\' | '\u{7f}');
    if !url.contains(ends) {
        return Cow::Borrowed(url);
    }
    url.chars().map(|c| if ends(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() }).collect()
}

/// Black or white, whichever Ghost sets on a background of `#rgb` or `#rrggbb`: its brightness decides,
/// weighed as in YIQ. `None` for a colour that is written in another way.
pub(super) fn text_color_on(background: &str) -> Option<&'static str> {
    let digits = background.strip_prefix('#')?;
    let step = match digits.len() {
        3 => 1,
        6 => 2,
        _ => return None,
    };
    let mut brightness = 0;
    for (at, weight) in [299, 587, 114].into_iter().enumerate() {
        let value = u32::from_str_radix(digits.get(at * step..(at + 1) * step)?, 16).ok()?;
        brightness += weight * if step == 1 { value * 17 } else { value };
    }
    Some(if brightness >= 186_000 { "#000000" } else { "#FFFFFF" })
}

#[cfg(test)]
mod tests {
    use super::{color, text_color_on, url, word};

    #[test]
    fn a_url_stays_inside_its_brackets() {
        assert_eq!(url("https://a.org/ä?b=c&d"), "https://a.org/ä?b=c&d");
        assert_eq!(url("/a b).jpg\"-->'\\\n"), "/a%20b%29.jpg%22--%3E%27%5C%0A");
    }

    #[test]
    fn text_is_black_on_bright_colours() {
        for (background, text) in [
            ("#000", Some("#FFFFFF")),
            ("#FFF", Some("#000000")),
            ("#bababa", Some("#000000")),
            ("#b9b9b9", Some("#FFFFFF")),
            ("#00ff00", Some("#FFFFFF")),
            ("#ffff00", Some("#000000")),
            ("white", None),
            ("#ffffff80", None),
            ("#ééé", None),
        ] {
            assert_eq!(text_color_on(background), text, "{background}");
        }
    }

    #[test]
    fn a_colour_says_nothing_but_a_colour() {
        for value in ["#fff", "#1a2b3cff", "rebeccapurple", "rgb(1, 2, 3)", "hsl(120deg 75% 25% / 60%)", "accent"] {
            assert_eq!(color(value), Some(value));
        }
        for value in ["", "red;background:url(x)", "url(x)", "expression(x)", "rgb(1)}", "var(--x)", "#fff\"", "a b"] {
            assert_eq!(color(value), None, "{value}");
        }
        assert_eq!((word("wide"), word("a b"), word("\"")), (Some("wide"), None, None));
    }
}
