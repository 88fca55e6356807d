//! Links to other sites that say where their readers come from: `?ref=example.org`, as Ghost adds it when it shows a body.

/// Hosts at which such a mark breaks links; a dot in front stands for every host below.
const LEFT_ALONE: &[&str] = &[
    "facebook.com",
    "www.facebook.com",
    "archive.org",
    "web.archive.org",
    "www.federalreserve.gov",
    "www.chicagomag.com",
    "bailii.org",
    "www.bailii.org",
    ".doubleclick.net",
    ".substack.com",
];

/// The body with `ref=` added to the address of every link that leads to another host than `site` (`example.org`, without
/// `www.`). A link that names its source already stays, and so does one of `mailto:` and the like.
///
/// ```
/// use manuscript::tag_outbound;
///
/// let html = r#"<a href="https://a.example/x?b=1&amp;c=2#d">a</a> <a href="/about/">b</a>"#;
/// assert_eq!(
///     tag_outbound(html, "lantern.example"),
///     r#"<a href="https://a.example/x?b=1&amp;c=2&amp;ref=lantern.example#d">a</a> <a href="/about/">b</a>"#
/// );
/// ```
pub fn tag_outbound(html: &str, site: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let (before, tag) = (&rest[..at], &rest[at..end]);
        out.push_str(before);
        match tag.find("href=\"").map(|href| href + "href=\"".len()) {
            Some(start) => {
                let length = tag[start..].find('"').unwrap_or(tag.len() - start);
                out.push_str(&tag[..start]);
                out.push_str(
                    &tagged(&tag[start..start + length], site).unwrap_or_else(|| tag[start..start + length].into()),
                );
                out.push_str(&tag[start + length..]);
            }
            None => out.push_str(tag),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// The address with its mark, written as in an attribute; `None` for one that stays.
fn tagged(href: &str, site: &str) -> Option<String> {
    let behind = href.strip_prefix("https://").or_else(|| href.strip_prefix("http://"))?;
    let host = behind.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    if host.is_empty() || host == site || host.strip_prefix("www.") == Some(site) {
        return None;
    }
    if LEFT_ALONE.iter().any(|known| host == *known || known.starts_with('.') && host.ends_with(known)) {
        return None;
    }
    let (address, place) = href.split_once('#').map_or((href, None), |(address, place)| (address, Some(place)));
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let names = query.split('&').map(|part| part.trim_start_matches("amp;").split('=').next().unwrap_or_default());
    if names.into_iter().any(|name| ["ref", "utm_source", "source"].contains(&name)) {
        return None;
    }
    let path = if behind.contains(['/', '?', '#']) { "" } else { "/" };
    let sign = if query.is_empty() { "?" } else { "&amp;" };
    let address = address.trim_end_matches('?');
    let place = place.map(|place| format!("#{place}")).unwrap_or_default();
    Some(format!("{address}{path}{sign}ref={site}{place}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_to_other_hosts_that_name_no_source_are_marked() {
        let check =
            |href: &str, expected: &str| assert_eq!(tagged(href, "lantern.example").unwrap_or(href.into()), expected);
        check("https://a.example", "https://a.example/?ref=lantern.example");
        check("https://a.example/x/#y", "https://a.example/x/?ref=lantern.example#y");
        check("http://a.example/?b=1", "http://a.example/?b=1&amp;ref=lantern.example");
        for stays in [
            "/about/",
            "#top",
            "mailto:desk@lantern.example",
            "https://lantern.example/a/",
            "https://www.lantern.example/a/",
            "https://www.facebook.com/x",
            "https://one.substack.com/p/",
            "https://a.example/?ref=b",
            "https://a.example/?x=1&amp;utm_source=b",
        ] {
            check(stays, stays);
        }
    }
}
