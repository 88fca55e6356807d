//! Other sites whose pages WordPress showed in place of their bare address, and what we know of them without asking.
//!
//! WordPress asks each site for its player (oEmbed) when an article is saved. Here nothing is fetched: of some sites the
//! address of the player follows from that of the page, the rest become bookmarks.

use manuscript::{Block, Bookmark, Card, Embed, Json};
use serde_json::json;

use super::Work;
use super::tags::{escaped, push_attribute};

/// A site: its host (and those under it), what the path begins with, its name.
type Site = (&'static str, &'static str, &'static str);

/// WordPress's own list, with the sites that it dropped over the years: their addresses still stand in old articles.
const SITES: [Site; 67] = [
    ("a.co", "", "Amazon"),
    ("amazon.com", "", "Amazon"),
    ("amzn.to", "", "Amazon"),
    ("anghami.com", "", "Anghami"),
    ("animoto.com", "/play", "Animoto"),
    ("archive.org", "/details/", "Internet Archive"),
    ("blip.tv", "", "Blip"),
    ("bsky.app", "/profile/", "Bluesky"),
    ("canva.com", "/design/", "Canva"),
    ("cloudup.com", "", "Cloudup"),
    ("codepen.io", "", "CodePen"),
    ("collegehumor.com", "/video/", "CollegeHumor"),
    ("crowdsignal.net", "", "Crowdsignal"),
    ("dai.ly", "", "Dailymotion"),
    ("dailymotion.com", "/video/", "Dailymotion"),
    ("facebook.com", "", "Facebook"),
    ("fb.watch", "", "Facebook"),
    ("flic.kr", "", "Flickr"),
    ("flickr.com", "", "Flickr"),
    ("funnyordie.com", "/videos/", "Funny or Die"),
    ("giphy.com", "", "Giphy"),
    ("gist.github.com", "", "GitHub"),
    ("hulu.com", "/watch/", "Hulu"),
    ("imgur.com", "", "Imgur"),
    ("instagr.am", "", "Instagram"),
    ("instagram.com", "", "Instagram"),
    ("issuu.com", "", "Issuu"),
    ("kck.st", "", "Kickstarter"),
    ("kickstarter.com", "/projects/", "Kickstarter"),
    ("meetup.com", "", "Meetup"),
    ("mixcloud.com", "", "Mixcloud"),
    ("music.apple.com", "", "Apple Music"),
    ("open.spotify.com", "", "Spotify"),
    ("pca.st", "", "Pocket Casts"),
    ("photobucket.com", "", "Photobucket"),
    ("pinterest.com", "", "Pinterest"),
    ("podcasts.apple.com", "", "Apple Podcasts"),
    ("poll.fm", "", "Crowdsignal"),
    ("polldaddy.com", "", "Crowdsignal"),
    ("public.flourish.studio", "", "Flourish"),
    ("rdio.com", "", "Rdio"),
    ("reddit.com", "/r/", "Reddit"),
    ("reverbnation.com", "", "ReverbNation"),
    ("screencast.com", "", "Screencast"),
    ("scribd.com", "/doc", "Scribd"),
    ("slideshare.net", "", "SlideShare"),
    ("smugmug.com", "", "SmugMug"),
    ("some.ly", "", "Someecards"),
    ("someecards.com", "", "Someecards"),
    ("soundcloud.com", "", "SoundCloud"),
    ("speakerdeck.com", "", "Speaker Deck"),
    ("survey.fm", "", "Crowdsignal"),
    ("ted.com", "/talks/", "TED"),
    ("threads.net", "", "Threads"),
    ("tiktok.com", "", "TikTok"),
    ("tumblr.com", "", "Tumblr"),
    ("twitter.com", "", "Twitter"),
    ("video214.com", "/play", "Animoto"),
    ("videopress.com", "", "VideoPress"),
    ("vimeo.com", "", "Vimeo"),
    ("vine.co", "/v/", "Vine"),
    ("wolframcloud.com", "", "Wolfram Cloud"),
    ("wordpress.tv", "", "WordPress.tv"),
    ("x.com", "", "X"),
    ("youtu.be", "", "YouTube"),
    ("youtube-nocookie.com", "", "YouTube"),
    ("youtube.com", "", "YouTube"),
];

/// A page of a site that we know, as a card. `None` for any other address.
pub(super) fn known(url: &str, caption: &str) -> Option<Block<'static>> {
    let address = Address::of(url)?;
    let name = site(&address)?;
    Some(match player(&address) {
        Some(player) => embed(&player.page.unwrap_or_else(|| url.to_owned()), &player.src, name, caption),
        None => bookmark(url, name, caption),
    })
}

impl Work<'_> {
    /// A page in place, whatever its site; one of the site itself at the address that it has now.
    pub(super) fn page(&self, url: &str, caption: &str) -> Option<Block<'static>> {
        Address::of(url)?;
        known(url, caption).or_else(|| Some(bookmark(&self.address(url), "", caption)))
    }
}

/// A frame as somebody wrote it.
pub(super) fn frame(src: &str, html: &str, caption: &str) -> Option<Block<'static>> {
    let address = Address::of(src)?;
    match (site(&address), player(&address)) {
        (Some(name), Some(player)) => {
            Some(embed(&player.page.unwrap_or_else(|| src.to_owned()), &player.src, name, caption))
        }
        _ => {
            let mut embed = Embed::blank();
            embed.url = with_scheme(src).into();
            embed.html = html.to_owned().into();
            embed.caption = caption.to_owned().into();
            Some(Block::card(Card::Embed(embed)))
        }
    }
}

/// Whether a text is the address of a page, and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let begins = ["http://", "https://"].iter().any(|scheme| {
        text.len() > scheme.len() && text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\u{fdd0}'..='\u{fdef}');
    begins && !text.contains(ends)
}

fn bookmark(url: &str, site: &str, caption: &str) -> Block<'static> {
    let mut card = Bookmark::blank();
    card.metadata = Json::of(&json!({
        "icon": "", "title": url, "description": "", "author": "", "publisher": site, "thumbnail": "",
    }));
    card.url = url.to_owned().into();
    card.caption = caption.to_owned().into();
    Block::card(Card::Bookmark(card))
}

fn embed(url: &str, src: &str, site: &str, caption: &str) -> Block<'static> {
    let mut html = String::from("<iframe");
    push_attribute(&mut html, "src", &escaped(src));
    html.push_str(" width=\"560\" height=\"315\" allowfullscreen></iframe>");
    let mut card = Embed::blank();
    card.url = url.to_owned().into();
    card.embed_type = "rich".into();
    card.html = html.into();
    card.metadata = Json::of(&json!({ "provider_name": site, "title": site }));
    card.caption = caption.to_owned().into();
    Block::card(Card::Embed(card))
}

fn with_scheme(url: &str) -> String {
    if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() }
}

/// An address of the web in its parts.
struct Address<'u> {
    whole: &'u str,
    /// Without `www.`.
    host: String,
    path: &'u str,
    query: &'u str,
}

impl<'u> Address<'u> {
    fn of(url: &'u str) -> Option<Address<'u>> {
        let url = url.trim();
        let (scheme, rest) = url.split_once("//")?;
        if !["http:", "https:", ""].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return None;
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let host = authority.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
        let host = host.strip_prefix("www.").map(str::to_owned).unwrap_or(host);
        let rest = rest.split('#').next().unwrap_or_default();
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        (!host.is_empty()).then_some(Address { whole: url, host, path, query })
    }

    fn parameter(&self, name: &str) -> Option<&'u str> {
        let mut parameters = self.query.split('&').map(|part| part.trim_start_matches("amp;"));
        parameters.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    }

    /// The parts of the path.
    fn parts(&self) -> Vec<&'u str> {
        self.path.split('/').filter(|part| !part.is_empty()).take(8).collect()
    }
}

fn site(address: &Address<'_>) -> Option<&'static str> {
    let at = |host: &str| {
        let rest = address.host.strip_suffix(host);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    SITES.iter().find(|(host, path, _)| at(host) && address.path.starts_with(path)).map(|(.., name)| *name)
}

struct Player {
    src: String,
    /// The page of what it plays, when the address was that of the player.
    page: Option<String>,
}

/// The player that a site has for a page.
fn player(address: &Address<'_>) -> Option<Player> {
    let parts = address.parts();
    let of = |src: String| Some(Player { src, page: None });
    match (address.host.as_str(), &parts[..]) {
        ("youtube.com" | "m.youtube.com" | "music.youtube.com" | "youtube-nocookie.com" | "youtu.be", _) => {
            youtube(address)
        }
        ("vimeo.com", [.., id]) if is_number(id) => of(format!("https://player.vimeo.com/video/{id}")),
        ("vimeo.com", [id, key]) if is_number(id) && is_id(key) => {
            of(format!("https://player.vimeo.com/video/{id}?h={key}"))
        }
        ("player.vimeo.com", ["video", id]) if is_number(id) => Some(Player {
            src: address.whole.replace("http://", "https://").replace("&amp;", "&"),
            page: Some(format!("https://vimeo.com/{id}")),
        }),
        ("dailymotion.com", ["video", id]) | ("dai.ly", [id]) => {
            let id = id.split('_').next().filter(|id| is_id(id))?;
            of(format!("https://www.dailymotion.com/embed/video/{id}"))
        }
        ("open.spotify.com", [kind @ ("track" | "album" | "playlist" | "episode" | "show" | "artist"), id])
            if is_id(id) =>
        {
            of(format!("https://open.spotify.com/embed/{kind}/{id}"))
        }
        ("soundcloud.com", [_, ..]) => {
            of(format!("https://w.soundcloud.com/player/?url={}", percent_encoded(address.whole)))
        }
        ("mixcloud.com", [_, _, ..]) => {
            of(format!("https://www.mixcloud.com/widget/iframe/?feed={}", percent_encoded(address.path)))
        }
        ("ted.com", ["talks", talk]) if is_id(talk) => of(format!("https://embed.ted.com/talks/{talk}")),
        ("tiktok.com", [_, "video", id]) if is_number(id) => of(format!("https://www.tiktok.com/embed/v2/{id}")),
        ("instagram.com" | "instagr.am", [kind @ ("p" | "tv" | "reel"), id, ..]) if is_id(id) => {
            of(format!("https://www.instagram.com/{kind}/{id}/embed/"))
        }
        ("archive.org", ["details", id, ..]) if is_id(id) => of(format!("https://archive.org/embed/{id}")),
        ("podcasts.apple.com" | "music.apple.com", [_, ..]) => {
            let query = if address.query.is_empty() { String::new() } else { format!("?{}", address.query) };
            of(format!("https://embed.{}{}{query}", address.host, address.path))
        }
        ("public.flourish.studio", [kind @ ("visualisation" | "story"), id, ..]) if is_number(id) => {
            of(format!("https://flo.uri.sh/{kind}/{id}/embed"))
        }
        ("scribd.com", ["doc" | "document", id, ..]) if is_number(id) => {
            of(format!("https://www.scribd.com/embeds/{id}/content"))
        }
        _ => None,
    }
}

fn youtube(address: &Address<'_>) -> Option<Player> {
    let parts = address.parts();
    let (id, is_player) = match (address.host.as_str(), &parts[..]) {
        ("youtu.be", [id, ..]) => (Some(*id), false),
        (_, ["embed" | "v", id, ..]) => (Some(*id), true),
        (_, ["shorts" | "live", id, ..]) => (Some(*id), false),
        (_, ["watch", ..]) => (address.parameter("v"), false),
        _ => (None, false),
    };
    // Films on old pages end in parameters that follow an `&` without a `?`.
    let id = id.and_then(|id| id.split('&').next()).filter(|id| is_id(id) && *id != "videoseries");
    let list = address.parameter("list").filter(|list| is_id(list));
    match (id, list) {
        (Some(id), _) => {
            let start = address.parameter("start").or_else(|| address.parameter("t")).and_then(seconds);
            let start = start.map(|start| format!("?start={start}")).unwrap_or_default();
            Some(Player {
                src: format!("https://www.youtube.com/embed/{id}{start}"),
                page: is_player.then(|| format!("https://www.youtube.com/watch?v={id}")),
            })
        }
        (None, Some(list)) => {
            let page =
                (parts.first() == Some(&"embed")).then(|| format!("https://www.youtube.com/playlist?list={list}"));
            Some(Player { src: format!("https://www.youtube.com/embed/videoseries?list={list}"), page })
        }
        (None, None) => None,
    }
}

/// `90`, `90s` and `1m30s` in seconds.
fn seconds(time: &str) -> Option<u32> {
    let (mut whole, mut number) = (0u32, 0u32);
    for c in time.chars().take(12) {
        match c {
            '0'..='9' => number = number.checked_mul(10)?.checked_add(c.to_digit(10)?)?,
            'h' => whole = whole.checked_add(std::mem::take(&mut number).checked_mul(3600)?)?,
            'm' => whole = whole.checked_add(std::mem::take(&mut number).checked_mul(60)?)?,
            's' => whole = whole.checked_add(std::mem::take(&mut number))?,
            _ => return None,
        }
    }
    whole.checked_add(number).filter(|seconds| *seconds > 0)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(byte.into());
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Around;
    use super::*;

    fn src(url: &str) -> Option<String> {
        player(&Address::of(url)?).map(|player| player.src)
    }

    #[test]
    fn the_player_follows_from_the_page() {
        for (page, player) in [
            ("https://www.youtube.com/watch?v=ab-C_1&t=1m5s", "https://www.youtube.com/embed/ab-C_1?start=65"),
            ("http://youtu.be/abc", "https://www.youtube.com/embed/abc"),
            ("https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/embed/videoseries?list=PL1"),
            ("https://www.youtube.com/v/abc&hl=en", "https://www.youtube.com/embed/abc"),
            ("https://vimeo.com/channels/x/12", "https://player.vimeo.com/video/12"),
            ("https://vimeo.com/12/ab", "https://player.vimeo.com/video/12?h=ab"),
            ("https://open.spotify.com/track/1a?si=2", "https://open.spotify.com/embed/track/1a"),
            ("https://soundcloud.com/a/b", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb"),
        ] {
            assert_eq!(src(page).as_deref(), Some(player), "{page}");
        }
        for page in ["https://www.youtube.com/@somebody", "https://vimeo.com/x", "https://twitter.com/a/status/1"] {
            assert_eq!(src(page), None, "{page}");
        }
    }

    #[test]
    fn only_the_sites_on_the_list_are_known() {
        assert!(known("https://mobile.twitter.com/a/status/1", "").is_some());
        for url in ["https://nottwitter.com/a", "https://www.reddit.com/user/x", "https://example.org/", "mailto:a@b.c"]
        {
            assert!(known(url, "").is_none(), "{url}");
        }
        let around = Around::default();
        let work = Work::new(&around);
        assert!(work.page("https://example.org/", "").is_some() && work.page("javascript:x", "").is_none());
    }

    #[test]
    fn the_sites_are_sorted() {
        assert!(SITES.is_sorted());
    }
}
