//! Where a rendering writes to: text, and a record of what in it did not come from the theme.

use std::ops::Range;

/// Text made so far. `foreign` are the places of raw markup that came out of values, such as the
/// body of an article: a `<script>` that begins there is none of the theme's.
#[derive(Clone, Default)]
pub(crate) struct Output {
    pub(crate) text: String,
    pub(crate) foreign: Vec<Range<usize>>,
}

impl Output {
    /// Markup out of a value.
    pub(crate) fn push_foreign(&mut self, html: &str) {
        if html.contains('<') {
            self.foreign.push(self.text.len()..self.text.len() + html.len());
        }
        self.text.push_str(html);
    }

    /// What was rendered elsewhere, with its record.
    pub(crate) fn push(&mut self, other: &Output) {
        let from = self.text.len();
        self.text.push_str(&other.text);
        self.foreign.extend(other.foreign.iter().map(|range| range.start + from..range.end + from));
    }

    /// The texts of inline scripts that the theme opened, exactly as they stand between
    /// `<script>` and `</script>`.
    ///
    /// A script counts when its `<script` was written by a template, a helper or the code
    /// injection, that is, when it lies in no foreign place. What stands inside may come out of
    /// values: the theme put it there. A `<script` inside a body never counts, and because
    /// browsers compare the whole text, listing a script allows no other one. Scripts with a
    /// `src` and data blocks (`application/ld+json`) need no listing.
    pub(crate) fn inline_scripts(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut from = 0;
        while let Some(start) = find_tag(&self.text, from, "<script") {
            from = start + "<script".len();
            if self.is_foreign(start) || !self.text[from..].starts_with([' ', '\t', '\n', '\r', '>', '/']) {
                continue;
            }
            let Some(open) = end_of_tag(&self.text, from) else { break };
            let attributes = self.text[from..open].to_ascii_lowercase();
            let end = find_tag(&self.text, open + 1, "</script").unwrap_or(self.text.len());
            let script = &self.text[open + 1..end];
            let runs = !has_attribute(&attributes, "src") && !is_data(&attributes);
            if runs && !script.trim().is_empty() && !found.iter().any(|known| known == script) {
                found.push(script.to_owned());
            }
            from = end;
        }
        found
    }

    fn is_foreign(&self, at: usize) -> bool {
        // Places are in order, because writing goes forward.
        let after = self.foreign.partition_point(|range| range.start <= at);
        after > 0 && self.foreign[after - 1].contains(&at)
    }
}

/// The `>` that ends a tag, past quoted attributes.
fn end_of_tag(text: &str, from: usize) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text[from..].bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(from + at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

fn find_tag(text: &str, from: usize, tag: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', &bytes[from..])
        .map(|at| from + at)
        .find(|&at| bytes.get(at..at + tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes())))
}

/// JSON is not run, whatever the policy says.
fn is_data(attributes: &str) -> bool {
    ["application/json", "application/ld+json"].iter().any(|kind| attributes.contains(kind))
}

fn has_attribute(attributes: &str, name: &str) -> bool {
    attributes.split([' ', '\t', '\n', '\r', '/']).any(|word| word.split('=').next() == Some(name))
}

/// Adds `text` with the seven signs escaped that Handlebars 4 escapes.
pub(crate) fn escape(text: &str, into: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#x27;",
            b'`' => "&#x60;",
            b'=' => "&#x3D;",
            _ => continue,
        };
        into.push_str(&text[from..at]);
        into.push_str(escaped);
        from = at + 1;
    }
    into.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_of_the_theme_is_listed_and_one_of_a_body_is_not() {
        let mut output = Output::default();
        output.text.push_str("<script>theme()</script><div>");
        output.push_foreign("<p><script>body()</script>");
        output.text.push_str("</div><SCRIPT type='module' data-x='>'>also()</SCRIPT>");
        output.text.push_str("<script src=\"/a.js\"></script><script type=\"application/ld+json\">{}</script>");
        assert_eq!(output.inline_scripts(), ["theme()", "also()"]);
    }

    #[test]
    fn what_is_laid_into_a_layout_keeps_its_record() {
        let mut body = Output::default();
        body.text.push_str("<script>mine()</script>");
        body.push_foreign("<script>foreign()</script>");
        let mut page = Output::default();
        page.text.push_str("<main>");
        page.push(&body);
        assert_eq!(page.inline_scripts(), ["mine()"]);
    }
}
