//! Links that lead nowhere.

use std::ops::Range;

use super::reading::Reading;
use super::{Context, Report};

/// A link of the article.
#[derive(Clone, Debug)]
pub struct Link<'a> {
    /// The linked words: bytes of the text.
    pub range: Range<usize>,
    /// Where it leads.
    pub address: &'a str,
}

/// Which addresses of the magazine answer.
pub trait Addresses {
    /// Whether this address is the magazine's own and nothing is there. An address of others is not dead:
    /// nobody is asked over the network.
    fn is_dead(&self, address: &str) -> bool;
}

pub(super) fn dead(reading: &Reading, context: &Context, report: &mut Report) {
    let text = reading.article.text;
    let inside = |link: &&Link| text.get(link.range.clone()).is_some();
    for link in context.links.iter().filter(inside) {
        judge(link.address, link.range.clone(), context, report);
    }
    for range in spelled_out(text) {
        judge(&text[range.clone()], range, context, report);
    }
}

fn judge(address: &str, range: Range<usize>, context: &Context, report: &mut Report) {
    if let Some(reason) = reason(address) {
        report.at(range, format!("this link leads nowhere: {reason}"));
    } else if context.addresses.is_some_and(|addresses| addresses.is_dead(address)) {
        report.at(range, "this link leads to a page of ours that is not there");
    }
}

/// Addresses in the text itself. One pass: each is begun at its scheme and ends where an address cannot go on.
fn spelled_out(text: &str) -> Vec<Range<usize>> {
    const SCHEMES: &[&str] = &["http://", "https://", "file://", "ftp://"];
    let mut found = Vec::new();
    let mut done = 0;
    for (at, _) in text.match_indices("://") {
        let Some(start) = SCHEMES.iter().map(|scheme| at + 3 - scheme.len().min(at + 3)).find(|&start| {
            start >= done
                && text
                    .get(start..at + 3)
                    .is_some_and(|begin| SCHEMES.iter().any(|scheme| begin.eq_ignore_ascii_case(scheme)))
        }) else {
            continue;
        };
        let ends = |char: char| {
            char.is_whitespace() || matches!(char, '<' | '>' | '"' | '“' | '”' | '‘' | '’' | ')' | ']' | '}')
        };
        let length = text[start..].find(ends).unwrap_or(text.len() - start);
        let end = start + text[start..start + length].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).len();
        // A bare scheme keeps its slashes: it is the fault.
        done = end.max(at + 3);
        found.push(start..done);
    }
    found
}

/// Why an address can lead no reader anywhere; none if it may be good.
fn reason(address: &str) -> Option<&'static str> {
    let small = address.trim().to_ascii_lowercase();
    if matches!(small.as_str(), "" | "#") {
        return Some("it is empty");
    }
    if small.starts_with("file:") || small.starts_with("c:\\") {
        return Some("it is a file on the writer’s own machine");
    }
    // Parts of the magazine, mail and telephone are not read here.
    let (_, rest) = small.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https" | "ftp"))?;
    if rest.starts_with("http:/") || rest.starts_with("https:/") || rest.starts_with("http//") {
        return Some("its scheme stands twice");
    }
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return None;
    }
    let host = host.split_once(':').map_or(host, |(host, _)| host).trim_end_matches('.');
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let (rest_of_name, top) = bare.rsplit_once('.').unwrap_or(("", bare));
    let name = rest_of_name.rsplit('.').next().unwrap_or_default();
    if host.is_empty() {
        Some("it has no host")
    } else if host == "localhost" || host.ends_with(".localhost") || is_private(host) {
        Some("only the writer’s own network knows that host")
    } else if name == "example" || matches!(top, "example" | "test" | "invalid" | "local" | "internal" | "lan") {
        Some("it is a placeholder that is never resolved")
    } else if rest_of_name.is_empty() || bare.split('.').any(str::is_empty) {
        Some("its host lacks an ending such as .org")
    } else if ["insert-link", "link-here", "todo", "placeholder", "xxxx", "tbc"]
        .iter()
        .any(|mark| rest[authority.len()..].contains(mark))
    {
        Some("it is a placeholder")
    } else {
        None
    }
}

/// Networks that are nobody's in particular: RFC 1918, RFC 3927 and loopback.
fn is_private(host: &str) -> bool {
    host.parse::<std::net::Ipv4Addr>()
        .is_ok_and(|ip| ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_nobody_can_reach_are_told() {
        for dead in [
            "http://localhost:3000/letter",
            "https://https://stronay.scot/museum",
            "http://www.example.com/insert-link-here",
            "file:///C:/Users/a/Desktop/appeal.docx",
            "https://www.mammal-acoustics/article/61000",
            "http://",
            "https://preview.invalid/a.pdf",
            "http://192.168.0.4/",
            "https://x..org/",
        ] {
            assert!(reason(dead).is_some(), "{dead}");
        }
        for good in [
            "https://www.gov.uk/x",
            "/news/ferry/",
            "mailto:a@b.org",
            "http://93.184.216.34/",
            "https://example-farm.co.uk/",
        ] {
            assert_eq!(reason(good), None, "{good}");
        }
    }

    #[test]
    fn an_address_ends_where_its_sentence_does() {
        let text = "See (http://a.org/b), or https://c.org/d. Or http://, ok.";
        let found: Vec<&str> = spelled_out(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["http://a.org/b", "https://c.org/d", "http://"]);
    }
}
