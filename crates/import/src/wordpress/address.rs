//! Addresses as a WordPress site has them.

use std::borrow::Cow;

/// An address in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// In small letters, without `www.` and with its port; empty where the address is a path.
    pub host: String,
    /// From its first slash on, as it was written; `/` where there is none.
    pub path: &'a str,
    /// Behind the question mark; empty where there is none.
    pub query: &'a str,
    /// Behind the hash, with it; empty where there is none.
    pub fragment: &'a str,
}

impl<'a> Address<'a> {
    /// Cuts `https://www.Example.org/a/?b#c`, `//example.org/a/` or `/a/`; none of other schemes or relative addresses.
    pub fn of(text: &'a str) -> Option<Address<'a>> {
        let text = text.trim();
        if text.contains('\\') {
            return None; // others read it as a slash, and another host
        }
        let (whole, fragment) = cut(text, '#');
        let (whole, query) = cut(whole, '?');
        let (host, path) = match whole.split_once("//") {
            Some(("", rest)) => host_of(rest),
            Some((scheme, rest)) if is_web(scheme) => host_of(rest),
            _ if whole.starts_with('/') => (String::new(), whole),
            _ => return None,
        };
        Some(Address { host, path, query: query.strip_prefix('?').unwrap_or_default(), fragment })
    }

    /// The value of a parameter of the query.
    pub fn parameter(&self, name: &str) -> Option<&'a str> {
        self.query
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
            .map(|(_, value)| value)
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http:") || scheme.eq_ignore_ascii_case("https:")
}

/// Cuts before a mark, which stays with what follows it.
fn cut(text: &str, mark: char) -> (&str, &str) {
    text.find(mark).map_or((text, ""), |at| text.split_at(at))
}

fn host_of(rest: &str) -> (String, &str) {
    let (authority, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    (host.strip_prefix("www.").map(str::to_owned).unwrap_or(host), path)
}

/// A path as the magazine keeps it: beyond ASCII encoded in capitals, what needs no encoding as it is. `None` for one that
/// hides something or could not be asked for.
pub fn kept(path: &str) -> Option<String> {
    let decoded: Cow<'_, str> = super::wxr::readable(path);
    // Two slashes are one: behind a slash of its own, what follows would be a host.
    let decoded = match decoded.contains("//") {
        true => {
            decoded.split('/').filter(|part| !part.is_empty()).fold(String::new(), |path, part| path + "/" + part)
                + if decoded.ends_with('/') { "/" } else { "" }
        }
        false => decoded.into_owned(),
    };
    let bad = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '"' | '<' | '>' | '%');
    let is_plain = decoded.starts_with('/') && !decoded.contains(bad);
    let encoded = news::slug::encoded(&decoded);
    (is_plain && !decoded.split('/').any(|part| part == "." || part == "..") && encoded.len() <= LONGEST)
        .then_some(encoded)
}

/// Longest path that the site looks at, in bytes.
const LONGEST: usize = 2_048;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_into_its_parts() {
        let cut = |text| Address::of(text).map(|a| (a.host, a.path, a.query, a.fragment));
        assert_eq!(cut("https://www.Example.org/a/?p=1&x=2#c"), Some(("example.org".into(), "/a/", "p=1&x=2", "#c")));
        assert_eq!(cut("//example.org:8080"), Some(("example.org:8080".into(), "/", "", "")));
        assert_eq!(cut("/a/"), Some((String::new(), "/a/", "", "")));
        assert_eq!(cut("mailto:a@example.org"), None);
        assert_eq!(cut("#c"), None);
        assert_eq!(cut(r"http://other.example\@example.org/a.jpg"), None, "two programs would read two hosts");
        assert_eq!(Address::of("http://a.example/?page_id=7&p=12").unwrap().parameter("p"), Some("12"));
    }

    #[test]
    fn a_path_is_kept_as_it_was_asked_for() {
        assert_eq!(kept("/2024/05/caf%c3%a9/").as_deref(), Some("/2024/05/caf%C3%A9/"));
        assert_eq!(kept("/Archive/Old.html").as_deref(), Some("/Archive/Old.html"));
        assert_eq!(kept("//greek//a/").as_deref(), Some("/greek/a/"));
        for bad in ["a", "/a%2fb/", "/a b/", "/../a/", "/a\\b/"] {
            assert_eq!(kept(bad), None, "{bad}");
        }
    }
}
