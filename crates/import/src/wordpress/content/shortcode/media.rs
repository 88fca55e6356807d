//! The shortcodes of WordPress itself, and those of sites whose films and posts one shows.

use manuscript::{Audio, Block, Card, Video};

use super::super::pictures::{Picture, image, plain};
use super::super::{Attachment, Work, providers};
use super::Shortcode;

pub(super) const CORE: [&str; 7] = ["caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist"];

/// Sites that have shortcodes on WordPress.com, in Jetpack and in older plugins.
const SITES: [&str; 23] = [
    "bandcamp",
    "dailymotion",
    "facebook",
    "flickr",
    "gist",
    "instagram",
    "kickstarter",
    "mixcloud",
    "pinterest",
    "reddit",
    "scribd",
    "slideshare",
    "soundcloud",
    "spotify",
    "ted",
    "tiktok",
    "tweet",
    "twitter",
    "vimeo",
    "vine",
    "wpvideo",
    "youtube",
    "youtubeid",
];

pub(super) fn is_site(name: &str) -> bool {
    SITES.contains(&name)
}

/// What a shortcode of WordPress shows, and whether its content belongs to it. `None` when it can show nothing and
/// should stay visible.
pub(super) fn shown(code: &Shortcode<'_>, work: &mut Work<'_>) -> Option<(String, bool)> {
    let shown = match code.name {
        "caption" | "wp_caption" => return caption(code, work),
        "gallery" => gallery(code, work),
        "embed" => embed(code, work)?,
        "audio" => audio(code, work),
        "video" => video(code, work),
        _ => playlist(code, work),
    };
    Some((shown, true))
}

/// A picture and the words under it: in an attribute, as old versions wrote them, or behind the picture.
fn caption(code: &Shortcode<'_>, work: &mut Work<'_>) -> Option<(String, bool)> {
    let content = code.content?;
    let (picture, words) = match code.attributes.get("caption") {
        Some(words) => (content, words),
        None => content.split_at(end_of_picture(content)),
    };
    let words = super::super::marks::without(words.trim()).replace('\n', "<br>");
    let (mut pictures, _) = work.pictures_in(picture);
    if let [one] = &mut pictures[..]
        && !picture.contains("<iframe")
    {
        one.caption = work.line(&words);
        let mark = work.cards.mark(pictures.into_iter().map(image).collect());
        return Some((mark, true));
    }
    // A film, or anything else that people put there.
    let words = if words.is_empty() { words } else { format!("<figcaption>{words}</figcaption>") };
    Some((format!("\n\n<figure>{}{words}</figure>\n\n", picture.trim()), true))
}

/// Where the picture ends that a caption begins with, with the link around it.
fn end_of_picture(content: &str) -> usize {
    let Some(tag) = content.find("<img").or_else(|| content.find("<IMG")) else { return 0 };
    let Some(end) = content[tag..].find('>').map(|end| tag + end + 1) else { return content.len() };
    let rest = content[end..].trim_start();
    match rest.strip_prefix("</a>").or_else(|| rest.strip_prefix("</A>")) {
        Some(after) => content.len() - after.len(),
        None => end,
    }
}

fn gallery(code: &Shortcode<'_>, work: &mut Work<'_>) -> String {
    let ids = ids(code, work, "image/");
    let to_file = code.attributes.get("link") == Some("file");
    let mut pictures = Vec::new();
    for id in &ids {
        let Some(picture) = work.picture_of(*id) else { continue };
        let caption = work.attachment(*id).map(|attachment| attachment.caption.clone()).unwrap_or_default();
        let href = if to_file { picture.src.clone() } else { String::new() };
        pictures.push(Picture { caption: work.line(&caption), href, ..picture });
    }
    if ids.is_empty() {
        work.note("a gallery shows the pictures of its post, and the export has none");
    } else if pictures.len() < ids.len() {
        let missing = ids.len() - pictures.len();
        work.note(&format!("{missing} of {} pictures of a gallery are not in the export", ids.len()));
    }
    let blocks = work.gallery(pictures, String::new());
    work.cards.mark(blocks)
}

/// The attachments that a shortcode names, or those of the post.
fn ids(code: &Shortcode<'_>, work: &Work<'_>, mime: &str) -> Vec<u64> {
    let named = code.attributes.numbers(&["ids", "include"]);
    if !named.is_empty() {
        return named;
    }
    let excluded = code.attributes.numbers(&["exclude"]);
    let is_of_kind = |id: &u64| {
        let attachment = work.attachment(*id);
        attachment.is_some_and(|file| file.mime.starts_with(mime) || file.mime.is_empty() && mime == "image/")
    };
    work.around.children.iter().copied().filter(|id| !excluded.contains(id)).filter(is_of_kind).collect()
}

fn embed(code: &Shortcode<'_>, work: &mut Work<'_>) -> Option<String> {
    let url = code.content.map(str::trim).filter(|url| !url.is_empty());
    let url = plain(url.or_else(|| code.attributes.any(&["src", "url"])).or_else(|| code.attributes.bare().next())?);
    let card = providers::is_address(&url).then(|| work.page(&url, ""))??;
    Some(work.cards.mark(vec![card]))
}

/// The address of a file that a player shortcode names.
fn file(code: &Shortcode<'_>, endings: &[&str]) -> Option<String> {
    let named = code.attributes.get("src").or_else(|| code.attributes.any(endings));
    let bare = || {
        code.attributes
            .bare()
            .map(|value| value.split('|').next().unwrap_or_default())
            .find(|value| value.contains('/'))
    };
    let inside = || code.content.map(str::trim).filter(|content| providers::is_address(content));
    named.or_else(bare).or_else(inside).map(plain).filter(|src| !src.is_empty())
}

fn audio(code: &Shortcode<'_>, work: &mut Work<'_>) -> String {
    const ENDINGS: [&str; 6] = ["mp3", "m4a", "ogg", "oga", "wav", "flac"];
    let child = || ids(code, work, "audio/").first().and_then(|id| work.attachment(*id)).map(|file| file.url.clone());
    match file(code, &ENDINGS).or_else(child) {
        Some(src) => {
            let title = code.attributes.any(&["title", "titles"]).map(plain).unwrap_or_default();
            let card = recording(&src, title, "", work);
            work.cards.mark(vec![card])
        }
        None => {
            work.note("a recording is not in the export");
            String::new()
        }
    }
}

fn video(code: &Shortcode<'_>, work: &mut Work<'_>) -> String {
    const ENDINGS: [&str; 8] = ["mp4", "m4v", "webm", "ogv", "wmv", "flv", "url", "file"];
    let child = || ids(code, work, "video/").first().and_then(|id| work.attachment(*id)).map(|file| file.url.clone());
    let Some(src) = file(code, &ENDINGS).or_else(child) else {
        work.note("a film is not in the export");
        return String::new();
    };
    let card = providers::known(&src, "").unwrap_or_else(|| film(&src, code, work));
    work.cards.mark(vec![card])
}

fn film(src: &str, code: &Shortcode<'_>, work: &Work<'_>) -> Block<'static> {
    let pixels = |name| code.attributes.get(name).and_then(|pixels| pixels.parse().ok());
    let mut video = Video::blank();
    video.src = work.address(src).into_owned().into();
    video.file_name = file_name(src).into();
    (video.width, video.height) = (pixels("width"), pixels("height"));
    video.thumbnail_src =
        code.attributes.get("poster").map(|src| work.address(src).into_owned()).unwrap_or_default().into();
    video.loops = matches!(code.attributes.get("loop"), Some("1" | "on" | "true"));
    Block::card(Card::Video(video))
}

fn recording(src: &str, title: String, mime: &str, work: &Work<'_>) -> Block<'static> {
    let mut audio = Audio::blank();
    audio.src = work.address(src).into_owned().into();
    audio.title = title.into();
    audio.mime_type = mime.to_owned().into();
    Block::card(Card::Audio(audio))
}

fn playlist(code: &Shortcode<'_>, work: &mut Work<'_>) -> String {
    let is_film = code.attributes.get("type") == Some("video");
    let ids = ids(code, work, if is_film { "video/" } else { "audio/" });
    let files: Vec<&Attachment> = ids.iter().filter_map(|id| work.attachment(*id)).collect();
    if files.len() < ids.len() || ids.is_empty() {
        work.note("files of a playlist are not in the export");
    }
    let card = |file: &Attachment| {
        if is_film || file.mime.starts_with("video/") {
            film(&file.url, code, work)
        } else {
            recording(&file.url, plain(&file.title), &file.mime, work)
        }
    };
    let cards = files.into_iter().map(card).collect();
    work.cards.mark(cards)
}

fn file_name(src: &str) -> String {
    src.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned()
}

/// What a site's shortcode shows: `[youtube https://…]`, `[vimeo 12]`, `[soundcloud url="https://…"]`.
pub(super) fn site(code: &Shortcode<'_>, work: &mut Work<'_>) -> Option<String> {
    let named = code.attributes.any(&["url", "src", "link", "id", "video", "video_id"]);
    let inside = || code.content.map(str::trim).filter(|content| !content.is_empty() && !content.contains('<'));
    let value = plain(named.or_else(|| code.attributes.bare().next()).or_else(inside)?);
    let url = address(code.name, &value)?;
    let card = work.page(&url, "")?;
    Some(work.cards.mark(vec![card]))
}

/// The address of what a site knows by a number or name.
pub(super) fn address(site: &str, value: &str) -> Option<String> {
    if providers::is_address(value) {
        return Some(value.to_owned());
    }
    if value.starts_with("//") {
        return Some(format!("https:{value}"));
    }
    let id = value.split(['&', '?']).next().unwrap_or_default();
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let number = id.bytes().all(|byte| byte.is_ascii_digit());
    match site {
        _ if !is_id => None,
        "youtube" | "youtubeid" => Some(format!("https://www.youtube.com/watch?v={id}")),
        "vimeo" if number => Some(format!("https://vimeo.com/{id}")),
        "dailymotion" => Some(format!("https://www.dailymotion.com/video/{id}")),
        "tweet" | "twitter" if number => Some(format!("https://twitter.com/i/status/{id}")),
        "wpvideo" => Some(format!("https://videopress.com/v/{id}")),
        "gist" => Some(format!("https://gist.github.com/{id}")),
        "instagram" => Some(format!("https://www.instagram.com/p/{id}/")),
        _ => None,
    }
}
