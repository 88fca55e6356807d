//! Addresses of the site that is moving.

use std::borrow::Cow;

use super::Work;
use super::tags::{Token, Tokens, decode};

impl Work<'_> {
    /// What an address becomes here. One of another site stays.
    pub(super) fn address<'u>(&self, url: &'u str) -> Cow<'u, str> {
        let url = url.trim();
        match self.around.moved.filter(|_| self.is_own(url)).and_then(|moved| moved(url)) {
            Some(moved) => Cow::Owned(moved),
            None => Cow::Borrowed(url),
        }
    }

    /// Whether an address is one of the site's own.
    pub(super) fn is_own(&self, url: &str) -> bool {
        let Some(rest) = after_scheme(url) else {
            return url.starts_with('/') && !url.starts_with("//");
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let without_port = host.split(':').next().unwrap_or_default();
        self.around.hosts.iter().any(|own| own.eq_ignore_ascii_case(host) || own.eq_ignore_ascii_case(without_port))
    }
}

/// HTML as somebody wrote it, but for the addresses of the site itself.
pub(super) fn moved_in(html: &str, work: &Work<'_>) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut tokens, mut written) = (Tokens::of(html), 0);
    loop {
        let at = tokens.at();
        let Some(token) = tokens.next() else { break };
        let Token::Open(tag) = token else { continue };
        let mut source = html[at..tokens.at()].to_owned();
        for name in ["href", "src", "poster"] {
            let Some(value) = tag.raw(name).filter(|value| !value.is_empty()) else { continue };
            let moved = work.address(&decode(value)).replace('&', "&amp;");
            if moved != value.replace("&amp;", "&").replace('&', "&amp;") {
                source = source.replace(value, &moved);
            }
        }
        out.push_str(&html[written..at]);
        out.push_str(&source);
        written = tokens.at();
    }
    out.push_str(&html[written..]);
    out
}

/// What follows `http://`, `https://` or `//`.
fn after_scheme(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("//")?;
    ["http:", "https:", ""].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::{Around, Work};

    #[test]
    fn only_own_addresses_move() {
        let hosts = ["example.org".to_owned(), "localhost:8080".to_owned()];
        let moved = |url: &str| url.rsplit('/').next().map(|name| format!("/content/images/{name}"));
        let around = Around { hosts: &hosts, moved: Some(&moved), ..Around::default() };
        let work = Work::new(&around);
        for (url, becomes) in [
            ("http://Example.org/a.jpg", "/content/images/a.jpg"),
            ("//example.org/a.jpg", "/content/images/a.jpg"),
            ("https://localhost:8080/a.jpg", "/content/images/a.jpg"),
            ("/wp-content/a.jpg", "/content/images/a.jpg"),
            ("https://a.example.org/a.jpg", "https://a.example.org/a.jpg"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("#a", "#a"),
        ] {
            assert_eq!(work.address(url), becomes);
        }
    }
}
