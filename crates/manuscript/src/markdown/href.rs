//! URLs as they stand in an attribute, and as they are shown.

/// Encodes what may not stand in a URL; what is encoded already stays.
pub(super) fn encode(url: &str) -> String {
    let bytes = url.as_bytes();
    let mut out = String::with_capacity(url.len());
    for (at, byte) in bytes.iter().enumerate() {
        let stays = byte.is_ascii_alphanumeric()
            || b";/?:@&=+$,-_.!~*'()#".contains(byte)
            || (*byte == b'%' && hex(bytes, at + 1).is_some());
        if stays {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Decodes for the eye: not what has a meaning in URLs, and not what is no text.
pub(super) fn decode(url: &str) -> String {
    let bytes = url.as_bytes();
    let mut decoded = Vec::with_capacity(url.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match hex(bytes, at + 1).filter(|_| *byte == b'%') {
            Some(code) if !b";/?:@&=+$,#%".contains(&code) => {
                decoded.push(code);
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| url.to_owned())
}

/// The byte that two hexadecimal digits stand for.
fn hex(bytes: &[u8], at: usize) -> Option<u8> {
    let digits = bytes.get(at..at + 2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Whether Ghost refuses the URL: it would run script, or open a file.
pub(super) fn is_refused(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    let is_picture = ["gif", "png", "jpeg", "webp"].iter().any(|kind| url.starts_with(&format!("data:image/{kind};")));
    !is_picture && ["vbscript:", "javascript:", "file:", "data:"].iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, is_refused};

    #[test]
    fn only_what_must_be_is_encoded() {
        for (url, encoded) in [
            ("/a b/é?x=[1]", "/a%20b/%C3%A9?x=%5B1%5D"),
            ("/a%20b/100%", "/a%20b/100%25"),
            ("__GHOST_URL__/x/#y", "__GHOST_URL__/x/#y"),
        ] {
            assert_eq!(encode(url), encoded);
        }
    }

    #[test]
    fn what_is_decoded_is_text_and_means_nothing_in_a_url() {
        for (url, decoded) in [("/%C3%A9%20x", "/é x"), ("/%2F%23", "/%2F%23"), ("/%FF", "/%FF"), ("/%", "/%")] {
            assert_eq!(decode(url), decoded);
        }
    }

    #[test]
    fn a_url_that_could_run_script_is_refused() {
        for url in ["javascript:x", " JavaScript:x", "vbscript:x", "file:///x", "data:text/html,x"] {
            assert!(is_refused(url), "{url}");
        }
        assert!(!is_refused("data:image/png;base64,AA"));
        assert!(!is_refused("/javascript:x"));
    }
}
