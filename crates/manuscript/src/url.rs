//! URLs of a body as a page may print them.

use std::borrow::Cow;

/// What stands in stored URLs for the address of the site.
const GHOST_URL: &str = "__GHOST_URL__";

/// Where a link may lead. `javascript:`, `vbscript:`, `data:`, `file:` and whatever is invented
/// next are not among them.
const LINK_SCHEMES: [&str; 10] = ["http", "https", "mailto", "tel", "sms", "ftp", "xmpp", "matrix", "geo", "webcal"];

/// From where a page may load something.
const MEDIA_SCHEMES: [&str; 2] = ["http", "https"];

/// Files of which the site makes smaller versions.
const RESIZED: [&str; 6] = ["jpg", "jpeg", "png", "gif", "webp", "avif"];

/// Turns stored URLs into printed ones.
#[derive(Debug, Clone)]
pub(crate) struct Urls<'p> {
    site: &'p str,
    /// Feeds are read elsewhere, so there even `/about/` gets the site in front.
    absolute: bool,
}

impl<'p> Urls<'p> {
    /// URLs of a page on the site itself; `site` may be empty.
    pub(crate) fn of_page(site: &'p str) -> Urls<'p> {
        Urls { site: site.trim_end_matches('/'), absolute: false }
    }

    /// URLs for readers elsewhere.
    pub(crate) fn of_feed(site: &'p str) -> Urls<'p> {
        Urls { absolute: true, ..Urls::of_page(site) }
    }

    pub(crate) fn site(&self) -> &'p str {
        self.site
    }

    /// A URL to follow; `None` when it is not safe.
    pub(crate) fn link<'u>(&self, stored: &'u str) -> Option<Cow<'u, str>> {
        let url = self.resolve(stored);
        has_scheme_of(&url, &LINK_SCHEMES).then_some(url)
    }

    /// A URL to load; `None` when there is none or it is not safe.
    pub(crate) fn media<'u>(&self, stored: &'u str) -> Option<Cow<'u, str>> {
        let url = self.resolve(stored);
        (!url.trim().is_empty() && has_scheme_of(&url, &MEDIA_SCHEMES)).then_some(url)
    }

    fn resolve<'u>(&self, stored: &'u str) -> Cow<'u, str> {
        let url = match stored.strip_prefix(GHOST_URL) {
            Some("") if self.site.is_empty() => Cow::Borrowed("/"),
            Some(path) => Cow::Owned(format!("{}{path}", self.site)),
            None => Cow::Borrowed(stored),
        };
        if self.absolute && url.starts_with('/') && !url.starts_with("//") {
            return Cow::Owned(format!("{}{url}", origin(self.site)));
        }
        url
    }

    /// Whether the site serves this picture, and smaller versions of it.
    pub(crate) fn is_own_picture(&self, url: &str) -> bool {
        let path = url.strip_prefix(self.site).unwrap_or(url);
        let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        path.starts_with('/')
            && !path.starts_with("//")
            && path.contains("/content/images/")
            && extension.is_some_and(|extension| RESIZED.contains(&extension.as_str()))
    }

    /// How to ask for a picture at other widths; `None` when nobody offers them.
    pub(crate) fn picture<'a>(&self, url: &'a str) -> Option<Picture<'a>> {
        if self.is_own_picture(url) {
            let (before, file) = url.split_once("/content/images/")?;
            return Some(Picture::Own { before, file });
        }
        if url.starts_with("https://images.unsplash.com/") {
            let (path, query) = url.split_once('?').unwrap_or((url, ""));
            return Some(Picture::Unsplash { path, query });
        }
        None
    }
}

/// A picture that can be had in several widths.
pub(crate) enum Picture<'a> {
    Own { before: &'a str, file: &'a str },
    Unsplash { path: &'a str, query: &'a str },
}

impl Picture<'_> {
    pub(crate) fn at_width(&self, width: u32) -> String {
        match self {
            Picture::Own { before, file } => format!("{before}/content/images/size/w{width}/{file}"),
            // Where the width stands, or at the end.
            Picture::Unsplash { path, query } => {
                let own = format!("w={width}");
                let mut parts: Vec<_> = query.split('&').filter(|part| !part.is_empty()).collect();
                match parts.iter_mut().find(|part| part.starts_with("w=")) {
                    Some(part) => *part = &own,
                    None => parts.push(&own),
                }
                format!("{path}?{}", parts.join("&"))
            }
        }
    }
}

/// The host that a URL of the web names, for people to read.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("//")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

/// `https://example.org` of `https://example.org/magazine`.
fn origin(site: &str) -> &str {
    let start = site.find("://").map_or(0, |at| at + 3);
    site[start..].find('/').map_or(site, |end| &site[..start + end])
}

/// Whether a URL is relative or has one of these schemes.
///
/// Browsers drop tabs, line ends and leading control characters before they look for the scheme; so
/// does this, and more: everything that is not visible ASCII.
fn has_scheme_of(url: &str, schemes: &[&str]) -> bool {
    let Some(end) = url.find([':', '/', '?', '#']).filter(|end| url[*end..].starts_with(':')) else { return true };
    let seen = || url[..end].bytes().filter(u8::is_ascii_graphic);
    schemes.iter().any(|scheme| seen().map(|byte| byte.to_ascii_lowercase()).eq(scheme.bytes()))
}

#[cfg(test)]
mod tests {
    use super::{Urls, host};

    #[test]
    fn a_url_that_could_run_script_is_no_link() {
        let urls = Urls::of_page("https://example.org/");
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\r\nscript\n:alert(1)",
            "java\u{0}script:alert(1)",
            "\u{feff}javascript:alert(1)",
            "vbscript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "blob:https://example.org/x",
            "file:///etc/passwd",
            "view-source:javascript:alert(1)",
        ] {
            assert_eq!(urls.link(url), None, "{url:?}");
            assert_eq!(urls.media(url), None, "{url:?}");
        }
    }

    #[test]
    fn ordinary_urls_pass_as_they_are() {
        let urls = Urls::of_page("https://example.org/");
        for url in
            ["https://a.org/b:c?d=e", "/about/", "#part", "?q=a:b", "mailto:a@example.org", "", "//a.org/", "a/b:c"]
        {
            assert_eq!(urls.link(url).as_deref(), Some(url));
        }
    }

    #[test]
    fn the_mark_for_the_site_is_replaced() {
        assert_eq!(Urls::of_page("https://a.org/").link("__GHOST_URL__/x/").unwrap(), "https://a.org/x/");
        assert_eq!(Urls::of_page("").link("__GHOST_URL__/x/").unwrap(), "/x/");
        assert_eq!(Urls::of_page("").link("__GHOST_URL__").unwrap(), "/");
        assert_eq!(Urls::of_page("").link("__GHOST_URL__javascript:x"), None);
    }

    #[test]
    fn a_feed_has_absolute_urls() {
        let urls = Urls::of_feed("https://a.org/magazine/");
        assert_eq!(urls.link("/magazine/x/").unwrap(), "https://a.org/magazine/x/");
        assert_eq!(urls.link("__GHOST_URL__/x/").unwrap(), "https://a.org/magazine/x/");
        assert_eq!(urls.link("//b.org/").unwrap(), "//b.org/");
    }

    #[test]
    fn a_host_is_what_stands_before_the_path() {
        assert_eq!(host("https://a@www.example.org:8080/x"), Some("www.example.org:8080"));
        assert_eq!(host("/x"), None);
    }
}
