//! A page as it goes over the wire: bodies and headers made once.

use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

/// An answer fresh from its maker.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// 200 for all that is kept at its own path.
    pub status: StatusCode,
    /// With charset where it is text.
    pub content_type: &'static str,
    /// The bytes.
    pub body: Vec<u8>,
    /// `Cache-Control`.
    pub cache: &'static str,
    /// `Content-Security-Policy`; `None` for what no browser runs.
    pub policy: Option<String>,
    /// Further headers.
    pub headers: Vec<(HeaderName, String)>,
}

/// For pages: caches may keep them but must ask each time, which costs a 304.
pub const ASK: &str = "public, max-age=0, must-revalidate";
/// For addresses whose bytes never change.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For what no cache may keep.
pub const PRIVATE: &str = "private, no-store";

impl Fresh {
    /// A 200 of this type that caches must revalidate.
    pub fn new(content_type: &'static str, body: Vec<u8>) -> Fresh {
        Fresh { status: StatusCode::OK, content_type, body, cache: ASK, policy: None, headers: Vec::new() }
    }

    /// An HTML page.
    pub fn html(body: Vec<u8>) -> Fresh {
        Fresh::new("text/html; charset=utf-8", body)
    }
}

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// One body with the headers that go with it.
#[derive(Clone, Debug)]
struct Form {
    body: Bytes,
    headers: HeaderMap,
    etag: HeaderValue,
}

/// A page with each of its forms.
#[derive(Clone, Debug)]
pub struct Page {
    status: StatusCode,
    hash: String,
    compressible: bool,
    identity: Form,
    gzip: Option<Form>,
    brotli: Option<Form>,
}

/// What goes out for one request.
pub struct Sent {
    /// 200, 304, or the page's own status.
    pub status: StatusCode,
    /// Ready to send.
    pub headers: HeaderMap,
    /// Empty for a 304.
    pub body: Bytes,
}

/// Smaller bodies gain nothing from compression.
const WORTH_COMPRESSING: usize = 512;

impl Page {
    /// Makes the identity form; compressed forms follow by [`Page::with_compressed`].
    pub fn new(fresh: Fresh) -> Page {
        // With the headers: a list whose number in a header changed is another answer.
        let mut digest = Sha256::new();
        digest.update(&fresh.body);
        for (name, value) in &fresh.headers {
            digest.update(name.as_str());
            digest.update(value);
        }
        let hash: String = digest.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let text = fresh.content_type.starts_with("text/")
            || ["json", "xml", "svg", "javascript", "manifest"].iter().any(|t| fresh.content_type.contains(t));
        let compressible = text && fresh.body.len() >= WORTH_COMPRESSING;
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(fresh.content_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(fresh.cache));
        if compressible {
            headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        if let Some(policy) = fresh.policy.and_then(|policy| HeaderValue::try_from(policy).ok()) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        for (name, value) in crate::server::SECURITY_HEADERS {
            headers.insert(name.clone(), HeaderValue::from_static(value));
        }
        for (name, value) in fresh.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.append(name, value);
            }
        }
        let identity = Form::new(fresh.body.into(), headers, &hash, Encoding::Identity);
        Page { status: fresh.status, hash, compressible, identity, gzip: None, brotli: None }
    }

    /// The same page with compressed forms, where they are smaller.
    pub fn with_compressed(&self, gzip: Vec<u8>, brotli: Vec<u8>) -> Page {
        let whole = self.identity.body.len();
        let form = |bytes: Vec<u8>, encoding| {
            (bytes.len() < whole).then(|| Form::new(bytes.into(), self.identity.headers.clone(), &self.hash, encoding))
        };
        Page { gzip: form(gzip, Encoding::Gzip), brotli: form(brotli, Encoding::Brotli), ..self.clone() }
    }

    /// The bytes as they are.
    pub fn body(&self) -> &Bytes {
        &self.identity.body
    }

    /// Whether compressed forms are still to be made.
    pub fn wants_compression(&self) -> bool {
        self.compressible && self.gzip.is_none() && self.brotli.is_none()
    }

    /// Bytes in memory.
    pub fn cost(&self) -> usize {
        let size = |form: &Option<Form>| form.as_ref().map_or(0, |form| form.body.len());
        self.identity.body.len() + size(&self.gzip) + size(&self.brotli)
    }

    /// The answer for a request with these headers: the best encoding that it
    /// takes, or 304 when it has one of our forms already.
    pub fn answer(&self, request: &HeaderMap) -> Sent {
        let form = self.form(request);
        let known = self.status == StatusCode::OK
            && request.get(IF_NONE_MATCH).is_some_and(|tags| self.matches(tags.as_bytes(), form));
        if known {
            let mut headers = HeaderMap::with_capacity(4);
            headers.insert(ETAG, form.etag.clone());
            for name in [CACHE_CONTROL, VARY] {
                if let Some(value) = form.headers.get(&name) {
                    headers.insert(name, value.clone());
                }
            }
            return Sent { status: StatusCode::NOT_MODIFIED, headers, body: Bytes::new() };
        }
        Sent { status: self.status, headers: form.headers.clone(), body: form.body.clone() }
    }

    fn form(&self, request: &HeaderMap) -> &Form {
        if self.brotli.is_none() && self.gzip.is_none() {
            return &self.identity;
        }
        let Some(accepted) = request.get(ACCEPT_ENCODING) else { return &self.identity };
        let (gzip, brotli) = accepted_encodings(accepted.as_bytes());
        match (&self.brotli, &self.gzip) {
            (Some(form), _) if brotli => form,
            (_, Some(form)) if gzip => form,
            _ => &self.identity,
        }
    }

    /// RFC 9110 section 13.1.2: a list of tags, compared weakly, or `*`. Each
    /// form has a tag of its own, and a 304 is only right for the form chosen.
    fn matches(&self, tags: &[u8], form: &Form) -> bool {
        let own = form.etag.as_bytes();
        tags == b"*"
            || tags.split(|b| *b == b',').any(|tag| {
                let tag = tag.trim_ascii();
                tag.strip_prefix(b"W/").unwrap_or(tag) == own
            })
    }
}

impl Form {
    fn new(body: Bytes, mut headers: HeaderMap, hash: &str, encoding: Encoding) -> Form {
        let (suffix, name) = match encoding {
            Encoding::Identity => ("", None),
            Encoding::Gzip => ("-g", Some("gzip")),
            Encoding::Brotli => ("-b", Some("br")),
        };
        let etag = HeaderValue::try_from(format!("\"{hash}{suffix}\"")).unwrap_or(HeaderValue::from_static("\"0\""));
        headers.insert(ETAG, etag.clone());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        if let Some(name) = name {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        Form { body, headers, etag }
    }
}

/// Whether gzip and brotli are accepted: RFC 9110 section 12.5.3, where a
/// quality of zero means no.
fn accepted_encodings(header: &[u8]) -> (bool, bool) {
    let (mut gzip, mut brotli) = (false, false);
    for part in header.split(|b| *b == b',') {
        let mut words = part.split(|b| *b == b';');
        let name = words.next().unwrap_or_default().trim_ascii();
        let refused = words.any(|word| {
            word.trim_ascii().strip_prefix(b"q=").is_some_and(|q| q.iter().all(|b| matches!(b, b'0' | b'.')))
        });
        gzip |= !refused && name.eq_ignore_ascii_case(b"gzip");
        brotli |= !refused && name.eq_ignore_ascii_case(b"br");
    }
    (gzip, brotli)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let body = "news ".repeat(300).into_bytes();
        Page::new(Fresh::html(body)).with_compressed(vec![1; 40], vec![2; 30])
    }

    fn asked(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::try_from(value).unwrap())])
    }

    fn encoding(accept: &str) -> String {
        let sent = page().answer(&asked(ACCEPT_ENCODING, accept));
        sent.headers.get(CONTENT_ENCODING).map_or("identity", |v| v.to_str().unwrap()).to_owned()
    }

    #[test]
    fn the_best_encoding_that_is_accepted_is_sent() {
        assert_eq!(encoding("gzip, deflate, br"), "br");
        assert_eq!(encoding("gzip"), "gzip");
        assert_eq!(encoding("br;q=0, gzip;q=0.5"), "gzip");
        assert_eq!(encoding("br;q=0.0, gzip; q=0.000"), "identity");
        assert_eq!(encoding("zstd"), "identity");
    }

    #[test]
    fn each_form_has_a_strong_tag_of_its_own() {
        let page = page();
        let tag =
            |accept: &str| page.answer(&asked(ACCEPT_ENCODING, accept)).headers[ETAG].to_str().unwrap().to_owned();
        assert_ne!(tag("br"), tag("gzip"));
        assert!(!tag("br").starts_with("W/"));
        let mut again = asked(ACCEPT_ENCODING, "br");
        again.insert(IF_NONE_MATCH, HeaderValue::try_from(format!("\"x\", W/{}", tag("br"))).unwrap());
        let sent = page.answer(&again);
        assert_eq!((sent.status, sent.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(sent.headers[VARY], "Accept-Encoding");
        again.insert(IF_NONE_MATCH, HeaderValue::try_from(tag("gzip")).unwrap());
        assert_eq!(page.answer(&again).status, StatusCode::OK);
    }

    #[test]
    fn an_error_page_is_never_answered_with_304() {
        let mut fresh = Fresh::html(b"gone".to_vec());
        fresh.status = StatusCode::GONE;
        let sent = Page::new(fresh).answer(&asked(IF_NONE_MATCH, "*"));
        assert_eq!(sent.status, StatusCode::GONE);
    }
}
