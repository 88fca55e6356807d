//! Links in what the magazine answers: in pages, styles, feeds and sitemaps. Pure: text in, paths out.

use std::collections::HashMap;

use serde_json::Value;

use super::markup::{self, Tag, Token};
use crate::site::route;

/// What an answer is, as far as links stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// HTML.
    Page,
    /// CSS.
    Style,
    /// A feed, a sitemap.
    Xml,
    /// A feed, a manifest.
    Json,
    /// Pictures, scripts and the rest: no links are looked for.
    Other,
}

/// A link to a path of the magazine, without query and fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Percent-encoded, in its one right form.
    pub path: String,
    /// Whether somebody follows it; what only looks like an address is worth a try, and no fault where nothing is there.
    pub is_meant: bool,
}

/// The magazine's own host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own(String);

impl Kind {
    /// By its media type.
    pub fn of(content_type: &str) -> Kind {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is = |what: &str| essence.ends_with(&format!("/{what}")) || essence.ends_with(&format!("+{what}"));
        match essence.as_str() {
            "text/html" | "application/xhtml+xml" => Kind::Page,
            "text/css" => Kind::Style,
            "image/svg+xml" => Kind::Other, // as a picture it may load nothing
            _ if is("xml") => Kind::Xml,
            _ if is("json") => Kind::Json,
            _ => Kind::Other,
        }
    }
}

/// The links to the magazine's own paths in the answer at `page`, each once, in their order.
pub fn links(own: &Own, kind: Kind, page: &str, text: &str) -> Vec<Link> {
    let mut found = Found { own, base: page.to_owned(), links: Vec::new(), places: HashMap::new() };
    match kind {
        Kind::Page => found.html(text),
        Kind::Style => found.css(text),
        Kind::Xml => found.xml(text),
        Kind::Json => {
            if let Ok(value) = serde_json::from_str(text) {
                found.json("", &value);
            }
        }
        Kind::Other => {}
    }
    found.links
}

/// A path in its one right form: what may not stand in an address percent-encoded, needless encoding undone, and no `.`
/// or `..` in it.
pub fn tidy(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => encoded.push_str(&format!("%{byte:02X}")),
            b'!'..=b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    without_dots(&route::normal(&encoded).unwrap_or(encoded))
}

fn without_dots(path: &str) -> String {
    if !path.split('/').any(|part| part == "." || part == "..") {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut inner = path.split('/').skip(1).peekable();
    while let Some(part) = inner.next() {
        let is_dots = part == "." || part == "..";
        if part == ".." {
            parts.pop();
        }
        match inner.peek() {
            _ if !is_dots => parts.push(part),
            None => parts.push(""), // `/a/.` is the folder `/a/`
            Some(_) => {}
        }
    }
    format!("/{}", parts.join("/"))
}

impl Own {
    /// Of `example.org`, with the port where it is not the scheme's own.
    pub fn new(host: &str) -> Own {
        Own(bare(host))
    }

    /// The path of ours to which a URL on the page at `base` leads. `None` for other sites, places on the same page, and
    /// pages behind a query: a file answers none. A file with a query is the file.
    pub fn path(&self, base: &str, url: &str) -> Option<String> {
        let url: String = url.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        let url = url.split('#').next().unwrap_or_default();
        let (url, query) = url.split_once('?').unwrap_or((url, ""));
        if url.contains('\\') {
            return None;
        }
        let path = if let Some(rest) = behind_scheme(url) {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if bare(host) != self.0 {
                return None;
            }
            if path.is_empty() { "/".to_owned() } else { path.to_owned() }
        } else if url.is_empty() || has_scheme(url) {
            return None;
        } else if url.starts_with('/') {
            url.to_owned()
        } else {
            format!("{}{url}", &base[..base.rfind('/').map_or(0, |at| at + 1)])
        };
        let is_version = query.is_empty() || query.starts_with("v=") && !query.contains('&');
        let is_file = path.rsplit('/').next().is_some_and(|file| file.contains('.'));
        let path = (is_version || is_file).then(|| tidy(&path))?;
        // A redirect that makes its own address longer must come to an end.
        (path.len() <= route::LONGEST_PATH).then_some(path)
    }
}

/// What stands behind `https://`, `http://` or `//`.
fn behind_scheme(url: &str) -> Option<&str> {
    if let Some(rest) = url.strip_prefix("//") {
        return Some(rest);
    }
    let (scheme, rest) = url.split_once("://")?;
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")).then_some(rest)
}

fn has_scheme(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// A host without the port that a scheme has by itself.
fn bare(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(&host).to_owned()
}

/// A text that stands where anything may stand, and reads like an address.
fn looks_like_an_address(text: &str) -> bool {
    let begins = text.starts_with('/') && text.len() > 1 || behind_scheme(text).is_some();
    begins && !text.contains(|c: char| c.is_whitespace() || c == '{')
}

/// What was found so far.
struct Found<'o> {
    own: &'o Own,
    /// The path that relative addresses are read from.
    base: String,
    links: Vec<Link>,
    /// Where each path stands in the list.
    places: HashMap<String, usize>,
}

impl Found<'_> {
    fn add(&mut self, url: &str, is_meant: bool) {
        let Some(path) = self.own.path(&self.base, url) else { return };
        match self.places.get(&path) {
            Some(place) => self.links[*place].is_meant |= is_meant,
            None => {
                self.places.insert(path.clone(), self.links.len());
                self.links.push(Link { path, is_meant });
            }
        }
    }

    fn html(&mut self, text: &str) {
        let mut open = Tag::default();
        for token in markup::html(text) {
            match token {
                Token::Open(tag) => {
                    self.tag(&tag);
                    open = tag;
                }
                Token::Text(css) if open.name == "style" => self.css(&css),
                Token::Text(script) if open.name == "script" && Kind::of(open.get("type")) == Kind::Json => {
                    if let Ok(value) = serde_json::from_str(&script) {
                        self.json("", &value);
                    }
                }
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        if tag.name == "base" {
            if let Some(path) = self.own.path(&self.base, tag.get("href")) {
                self.base = path;
            }
            return;
        }
        for (name, value) in &tag.attributes {
            match name.as_str() {
                // These name a host, of which nothing is asked.
                "href" if ["preconnect", "dns-prefetch"].contains(&tag.get("rel")) => {}
                "href" | "xlink:href" | "src" | "poster" | "action" | "formaction" | "background" | "manifest" => {
                    self.add(value, true);
                }
                "data" if tag.name == "object" => self.add(value, true),
                "srcset" | "imagesrcset" => self.srcset(value, true),
                "style" => self.css(value),
                "srcdoc" => self.html(value),
                "content" if tag.name == "meta" => self.meta(tag, value),
                _ if !name.starts_with("data-") => {}
                _ if name.ends_with("srcset") => self.srcset(value, false),
                _ if looks_like_an_address(value) => self.add(value, false),
                _ => {}
            }
        }
    }

    /// `og:image` and the like, and a page that leads elsewhere by itself.
    fn meta(&mut self, tag: &Tag, value: &str) {
        if tag.get("http-equiv").eq_ignore_ascii_case("refresh") {
            let at = value.to_ascii_lowercase().find("url=");
            let url = at.and_then(|at| value.get(at + "url=".len()..)).unwrap_or_default();
            self.add(url.trim_matches(['\'', '"', ' ']), true);
        } else if looks_like_an_address(value) {
            self.add(value, value.starts_with("http"));
        }
    }

    /// `a.jpg 600w, b.jpg 1000w`: the HTML standard, section 4.8.4.2.1.
    fn srcset(&mut self, value: &str, is_meant: bool) {
        let mut rest = value;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            if rest.is_empty() {
                return;
            }
            let (url, behind) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
            self.add(url.trim_end_matches(','), is_meant);
            // An address that ends with a comma has no width behind it.
            rest = match url.ends_with(',') {
                true => behind,
                false => behind.find(',').map_or("", |comma| &behind[comma..]),
            };
        }
    }

    /// `url(…)` and `@import "…"`, not in comments and other strings.
    fn css(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut at, mut imports) = (0, false);
        while let Some(byte) = bytes.get(at) {
            let rest = &bytes[at..];
            match byte {
                b'/' if rest.starts_with(b"/*") => at = end_of(text, at + 2, "*/"),
                b'"' | b'\'' => {
                    let (string, end) = css_string(text, at);
                    if imports {
                        self.add(&string, true);
                    }
                    (at, imports) = (end, false);
                }
                b'@' => {
                    imports = begins(rest, b"@import");
                    at += 1;
                }
                b'u' | b'U' if begins(rest, b"url(") => {
                    let (url, end) = css_url(text, at + "url(".len());
                    self.add(&url, true);
                    (at, imports) = (end, false);
                }
                b';' => {
                    imports = false;
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    fn xml(&mut self, text: &str) {
        let (mut name, mut inner) = (String::new(), String::new());
        for token in markup::xml(text) {
            match token {
                Token::Open(tag) => {
                    for (attribute, value) in &tag.attributes {
                        if ["href", "url", "src"].contains(&attribute.as_str()) {
                            self.add(value, true);
                        }
                    }
                    name = tag.name;
                    inner.clear();
                }
                Token::Text(text) => inner.push_str(&text),
                Token::Close => {
                    match name.rsplit(':').next().unwrap_or_default() {
                        "loc" | "link" | "url" | "icon" | "logo" => self.add(&inner, true),
                        "encoded" | "description" | "summary" | "content" => self.html(&inner),
                        _ => {}
                    }
                    name.clear();
                    inner.clear();
                }
            }
        }
    }

    /// Texts that read like addresses, and the bodies of a JSON feed.
    fn json(&mut self, name: &str, value: &Value) {
        match value {
            Value::String(html) if name == "content_html" => self.html(html),
            Value::String(text) if looks_like_an_address(text) => self.add(text, false),
            Value::Array(list) => list.iter().for_each(|value| self.json(name, value)),
            Value::Object(fields) => fields.iter().for_each(|(name, value)| self.json(name, value)),
            _ => {}
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// Whether bytes begin with these, whatever their case.
fn begins(bytes: &[u8], with: &[u8]) -> bool {
    bytes.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// The place behind the next `mark` from `from` on, or the end.
fn end_of(text: &str, from: usize, mark: &str) -> usize {
    text[from..].find(mark).map_or(text.len(), |at| from + at + mark.len())
}

/// A string of CSS that begins at a quotation mark, and the place behind it.
fn css_string(text: &str, at: usize) -> (String, usize) {
    let bytes = text.as_bytes();
    let quote = bytes[at];
    let start = at + 1;
    let end = css_end(bytes, start, |byte| byte == quote);
    (unescaped(&text[start..end]), (end + 1).min(text.len()))
}

/// What stands behind `url(`, and the place behind its bracket.
fn css_url(text: &str, from: usize) -> (String, usize) {
    let bytes = text.as_bytes();
    let mut start = from;
    while bytes.get(start).is_some_and(|byte| is_space(*byte)) {
        start += 1;
    }
    if let Some(b'"' | b'\'') = bytes.get(start) {
        let (url, end) = css_string(text, start);
        return (url, end_of(text, end, ")"));
    }
    let end = css_end(bytes, start, |byte| byte == b')');
    (unescaped(text[start..end].trim_end()), (end + 1).min(text.len()))
}

/// The next byte that ends it and has no backslash before it, or the end.
fn css_end(bytes: &[u8], from: usize, ends: impl Fn(u8) -> bool) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            byte if ends(*byte) => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Text of CSS without its backslashes (CSS Syntax, section 4.3.7).
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        let mut number = String::new();
        while number.len() < 6
            && let Some(digit) = letters.next_if(char::is_ascii_hexdigit)
        {
            number.push(digit);
        }
        if number.is_empty() {
            out.extend(letters.next().filter(|letter| *letter != '\n'));
        } else {
            out.extend(u32::from_str_radix(&number, 16).ok().and_then(char::from_u32));
            let _ = letters.next_if(char::is_ascii_whitespace); // it only ended the number
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "/news/ferry/";

    fn found(kind: Kind, text: &str) -> String {
        let word = |link: Link| if link.is_meant { link.path } else { format!("({})", link.path) };
        links(&Own::new("lantern.example"), kind, PAGE, text).into_iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(kind: Kind, text: &str, expected: &str) {
        assert_eq!(found(kind, text), expected, "{text}");
    }

    #[test]
    fn an_address_of_our_own_is_a_path_and_another_is_none() {
        let own = Own::new("lantern.example");
        let leads = |url: &str| own.path(PAGE, url).unwrap_or("nowhere".into());
        for (url, path) in [
            ("/about/", "/about/"),
            ("https://lantern.example", "/"),
            ("https://lantern.example#top", "/"),
            ("http://Lantern.example:443/about/#team", "/about/"),
            ("//lantern.example/a.png", "/a.png"),
            ("wall/", "/news/ferry/wall/"),
            ("../wall/", "/news/wall/"),
            ("../../../x/./y/..", "/x/"),
            (" /a\n/b/ ", "/a/b/"),
            ("/caf\u{e9}/", "/caf%C3%A9/"),
            ("/caf%c3%a9/", "/caf%C3%A9/"),
            ("/a b.pdf", "/a%20b.pdf"),
            ("/assets/a.css?v=12ab", "/assets/a.css"),
            ("/a.eot?#iefix", "/a.eot"),
            ("/content/images/a.jpg?x=1", "/content/images/a.jpg"),
            ("/about/?v=2", "/about/"),
        ] {
            assert_eq!(leads(url), path, "{url}");
        }
        for url in [
            "",
            "#notes",
            "?page=2",
            "/search/?q=tide",
            "/about/?ref=a",
            "https://other.example/",
            "https://lantern.example.other.example/",
            "https://lantern.example@other.example/",
            "http://lantern.example:8080/",
            "mailto:desk@lantern.example",
            "javascript:void(0)",
            "data:image/png;base64,iVBO",
            "/\\other.example/",
            "/long".repeat(500).as_str(),
        ] {
            assert_eq!(leads(url), "nowhere", "{url}");
        }
    }

    #[test]
    fn links_of_a_page_are_found_wherever_they_stand() {
        check(Kind::Page, r#"<A HREF='/a/'>a</A> <a id=x href=/b/>b</a><a title=">" href="/c/?">c</a>"#, "/a/ /b/ /c/");
        check(
            Kind::Page,
            r#"<img src="/i.png" srcset="/i-6.png 600w,/i-9.png 900w, /i-12.png">"#,
            "/i.png /i-6.png /i-9.png /i-12.png",
        );
        check(
            Kind::Page,
            r#"<source srcset="/a.webp, /b.webp 2x"><link imagesrcset="/c.png 1x" href="d.css" rel=stylesheet>"#,
            "/a.webp /b.webp /c.png /news/ferry/d.css",
        );
        check(
            Kind::Page,
            r#"<video poster="/p.jpg" src="/v.mp4"></video><form action="/search/"><button formaction="/go/">"#,
            "/p.jpg /v.mp4 /search/ /go/",
        );
        check(Kind::Page, r#"<object data="/a.pdf"></object><svg><use xlink:href="/i.svg#x"/></svg>"#, "/a.pdf /i.svg");
        check(
            Kind::Page,
            r#"<b style="background: url(&quot;/bg.jpg&quot;)"></b><style>i { background: url(/i.gif) }</style>"#,
            "/bg.jpg /i.gif",
        );
        check(Kind::Page, r#"<iframe srcdoc="&lt;img src=&quot;/in.png&quot;&gt;"></iframe>"#, "/in.png");
        check(Kind::Page, r#"<base href="/other/"><a id=y href="x/">x</a>"#, "/other/x/");
        check(
            Kind::Page,
            r#"<link rel="preconnect" href="/"><link rel="canonical" href="https://lantern.example/c/">"#,
            "/c/",
        );
    }

    #[test]
    fn what_only_looks_like_an_address_is_a_guess() {
        check(
            Kind::Page,
            r#"<i data-src="/a.jpg" data-words="/ or so" data-n="3" data-srcset="/b.jpg 2x"></i>"#,
            "(/a.jpg) (/b.jpg)",
        );
        check(Kind::Page, r#"<i data-src="/a.jpg"></i><img src="/a.jpg">"#, "/a.jpg");
        check(
            Kind::Page,
            r#"<meta property="og:image" content="https://lantern.example/o.jpg"><meta name=x content="/x"><meta name=y content="a / b">"#,
            "/o.jpg (/x)",
        );
        check(Kind::Page, r#"<meta http-equiv=Refresh content="0; URL='/new/'">"#, "/new/");
        check(
            Kind::Page,
            r#"<script type="application/ld+json">{"image": ["https://lantern.example/l.jpg"], "target": "https://lantern.example/search/?q={x}"}</script>"#,
            "(/l.jpg)",
        );
    }

    #[test]
    fn what_is_no_markup_has_no_links() {
        check(Kind::Page, r#"<!-- <a id=x href="/no/"> --><!--><a id=x href="/a/"></a>"#, "/a/");
        check(
            Kind::Page,
            r#"<script>"<img src='/no.png'>"</script ><textarea><img src=/no.png></textarea><img src=/a.png>"#,
            "/a.png",
        );
        check(
            Kind::Page,
            r#"<title><img src=/no.png></title>1 < 2 <img src=/a.png><img src="/never-ends.png"#,
            "/a.png",
        );
        check(Kind::Page, "<img src=/caf\u{e9}.png alt=\u{e9}><\u{e9}<", "/caf%C3%A9.png");
        check(Kind::Page, r#"<img src="/a&amp;b&#x3D;c&#47;d&copy;.png" =x>"#, "/a&b=c/d%C2%A9.png");
    }

    #[test]
    fn styles_name_what_they_load() {
        check(
            Kind::Style,
            "@import \"a.css\" screen; @import url('/b.css'); i { src: url( /f.woff2?v=1 ) format(\"woff2\"), URL(\"/g.woff\") }",
            "/news/ferry/a.css /b.css /f.woff2 /g.woff",
        );
        check(
            Kind::Style,
            "/* url(/no.png) */ i::after { content: \"url(/no.png)\" } b { background: url(/a\\29 .png) }",
            "/a).png",
        );
        check(Kind::Style, "i { background: url(data:image/png;base64,iVBO) } \"never ends", "");
        check(Kind::Style, "i { background: url(/caf\u{e9}.png) } /* never ends", "/caf%C3%A9.png");
    }

    #[test]
    fn feeds_and_sitemaps_name_pages_and_pictures() {
        check(
            Kind::Xml,
            "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"/sitemap.xsl\"?><urlset><url><loc> https://lantern.example/a/?v=1&amp;b </loc></url>\
             <url><loc>https://lantern.example/b/</loc><image:image><image:loc>https://lantern.example/i.jpg</image:loc></image:image></url></urlset>",
            "/sitemap.xsl /b/ /i.jpg",
        );
        check(
            Kind::Xml,
            "<item><title>/no/</title><link>https://lantern.example/a/</link><enclosure url=\"https://lantern.example/a.mp3\"/>\
             <content:encoded><![CDATA[<img src=\"https://lantern.example/b.jpg\">]]></content:encoded>\
             <description>&lt;img src=\"/c.jpg\"></description></item>",
            "/a/ /a.mp3 /b.jpg /c.jpg",
        );
        check(
            Kind::Json,
            r#"{"home_page_url": "https://lantern.example/", "items": [{"title": "/ no", "image": "/a.jpg", "content_html": "<img src='/b.jpg'>"}]}"#,
            "(/) (/a.jpg) /b.jpg",
        );
        check(Kind::Json, "{", "");
    }

    #[test]
    fn a_kind_is_told_by_the_media_type() {
        for (content_type, kind) in [
            ("text/html; charset=utf-8", Kind::Page),
            ("text/css", Kind::Style),
            ("application/rss+xml; charset=utf-8", Kind::Xml),
            ("text/xml", Kind::Xml),
            ("application/feed+json", Kind::Json),
            ("application/ld+json", Kind::Json),
            ("image/svg+xml", Kind::Other),
            ("", Kind::Other),
        ] {
            assert_eq!(Kind::of(content_type), kind, "{content_type}");
        }
    }
}
