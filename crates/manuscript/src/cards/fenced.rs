//! Values that must not end what stands around them: a comment that only Outlook reads, where no
//! browser undoes an escape, or `url('…')` in a style.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

/// A URL without quotes, angle brackets, backslashes and white space: they are percent-encoded. Its
/// `&` stays, so in an attribute it still has to be [`Quoted`](crate::escape::Quoted).
pub(super) fn fenced_url(url: &str) -> Cow<'_, str> {
    let ends = |c: char| matches!(c, '"' | '\'' | '<' | '>' | '\\' | '\0'..=' ' | '\u{7f}');
    if !url.contains(ends) {
        return Cow::Borrowed(url);
    }
    let mut fenced = String::with_capacity(url.len() + 16);
    for c in url.chars() {
        if ends(c) {
            // Writing to a string does not fail.
            let _ = write!(fenced, "%{:02X}", u32::from(c));
        } else {
            fenced.push(c);
        }
    }
    Cow::Owned(fenced)
}

/// Text for `write!` that is the same in HTML and in a comment that Outlook reads as HTML.
pub(super) struct FencedText<'a>(pub(super) &'a str);

impl Display for FencedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#039;"),
            _ => f.write_char(c),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{FencedText, fenced_url};

    #[test]
    fn nothing_ends_what_stands_around_it() {
        assert_eq!(
            fenced_url("https://a.org/it's a\n\"\\.jpg?a=1&b=é"),
            "https://a.org/it%27s%20a%0A%22%5C.jpg?a=1&b=é"
        );
        assert_eq!(fenced_url("/a--><![endif]-->"), "/a--%3E%3C![endif]--%3E");
        assert_eq!(FencedText("--><b> 'a' & \"b\"").to_string(), "--&gt;&lt;b&gt; &#039;a&#039; &amp; &quot;b&quot;");
    }
}
