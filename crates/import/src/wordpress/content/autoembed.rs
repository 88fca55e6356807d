//! Bare addresses: one alone on its line, or alone in its paragraph, was shown by WordPress as the film, post or
//! recording that it names.

use super::tags::{decode, escaped, push_attribute};
use super::{Work, providers};

/// Replaces bare addresses by the marks of their cards. One of a site that we do not know becomes a link on itself.
pub(super) fn autoembed(html: &str, work: &mut Work<'_>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut in_tag = false;
    for line in html.split_inclusive('\n') {
        let text = line.trim();
        // A line inside a tag that began on another is part of that tag.
        let alone = !in_tag && providers::is_address(text);
        let paragraph = (!in_tag).then(|| in_paragraphs(line, work)).flatten();
        match (alone, paragraph) {
            (true, _) => out.push_str(&line.replace(text, &shown(text, work))),
            (false, Some(paragraphs)) => out.push_str(&paragraphs),
            (false, None) => out.push_str(line),
        }
        in_tag = match (line.rfind('<'), line.rfind('>')) {
            (Some(begins), ends) => ends.is_none_or(|ends| ends < begins),
            (None, Some(_)) => false,
            (None, None) => in_tag,
        };
    }
    out
}

/// The paragraphs of a line that hold an address and nothing else.
fn in_paragraphs(line: &str, work: &mut Work<'_>) -> Option<String> {
    if !line.contains("://") {
        return None;
    }
    let mut parts = line.split("<p");
    let mut out = parts.next()?.to_owned();
    let mut found = false;
    for part in parts {
        out.push_str("<p");
        let address =
            part.split_once('>').filter(|(tag, _)| tag.is_empty() || tag.starts_with(' ')).and_then(|(tag, rest)| {
                let (inside, after) = rest.split_once('<')?;
                let closes = after.get(..3).is_some_and(|close| close.eq_ignore_ascii_case("/p>"));
                (closes && providers::is_address(inside.trim())).then(|| (tag, inside.trim(), after))
            });
        match address {
            Some((tag, address, after)) => {
                found = true;
                out.push_str(&format!("{tag}>{}<{after}", shown(address, work)));
            }
            None => out.push_str(part),
        }
    }
    found.then_some(out)
}

/// What stands in the place of a bare address.
fn shown(address: &str, work: &mut Work<'_>) -> String {
    let url = decode(address);
    match providers::known(&url, "") {
        Some(card) => work.cards.mark(vec![card]),
        None => link(&url),
    }
}

fn link(url: &str) -> String {
    let mut html = String::from("<a");
    push_attribute(&mut html, "href", &escaped(url));
    format!("{html}>{}</a>", escaped(url))
}

#[cfg(test)]
mod tests {
    use super::super::{Around, Work};
    use super::autoembed;

    fn check(html: &str, expected: &str) {
        let around = Around::default();
        let made = autoembed(html, &mut Work::new(&around));
        let made: String = made.chars().map(|c| if matches!(c, '\u{fdd0}' | '\u{fdd1}') { '#' } else { c }).collect();
        assert_eq!(made, expected);
    }

    #[test]
    fn an_address_alone_becomes_what_it_names() {
        check("a\n\n  https://youtu.be/x \nb", "a\n\n  #0# \nb");
        check("<p class=\"a\"> https://vimeo.com/1 </p><p>b</p>", "<p class=\"a\">#0#</p><p>b</p>");
        check("see https://youtu.be/x", "see https://youtu.be/x");
        check("<p><a href=\"x\">https://youtu.be/x</a></p>", "<p><a href=\"x\">https://youtu.be/x</a></p>");
    }

    #[test]
    fn one_of_an_unknown_site_becomes_a_link() {
        check(
            "https://example.org/?a=1&amp;b=2",
            "<a href=\"https://example.org/?a=1&amp;b=2\">https://example.org/?a=1&amp;b=2</a>",
        );
    }

    #[test]
    fn a_line_inside_a_tag_is_left_alone() {
        check("<img src=\n\"x\" alt='\nhttps://youtu.be/x\n'>", "<img src=\n\"x\" alt='\nhttps://youtu.be/x\n'>");
    }
}
