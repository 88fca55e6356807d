//! Pictures below `/content/images/`, in Ghost's scheme: the original, and
//! `size/w600/…`, `size/w600h400/…`, `size/w600/format/webp/…` made at first request.

use news::Place;
use picture::Format;

use super::Answer;
use crate::pages::{FOR_EVER, Fresh, Keep};
use crate::{App, Error};

/// Widths that bodies and cards on other sites ask for, beside the sizes that the theme declares.
const BODY_WIDTHS: &[u32] = &[600, 1000, 1200, 1600, 2400];
/// JPEG quality of derivatives.
const JPEG: u8 = 80;
/// WebP quality of derivatives.
const WEBP: u8 = 76;

/// A picture, or a smaller form of one.
pub async fn show(app: &App, path: &str) -> Result<Answer, Error> {
    let name = percent_encoding::percent_decode_str(path).decode_utf8().map_err(|_| Error::NotFound)?;
    let Some(wanted) = Wanted::of(&name) else { return original(app, &name).await };
    let original_path = format!("/content/images/{}", news::slug::encoded(wanted.name));
    if !is_offered(app, &wanted) {
        return Ok(Answer::moved(&original_path));
    }
    let canonical = wanted.path();
    if canonical != name {
        // One size has one address: another spelling would be made and kept anew.
        return Ok(Answer::moved(&format!("/content/images/{}", news::slug::encoded(&canonical))));
    }
    let kept_as = format!("derived/{canonical}");
    if let Some(bytes) = read(app, kept_as.clone()).await? {
        return answer(bytes);
    }
    let bytes = read(app, format!("images/{}", wanted.name)).await?.ok_or(Error::NotFound)?;
    if Format::of(&bytes).is_none() {
        return Ok(Answer::moved(&original_path)); // an SVG needs no sizes
    }
    let (size, format) = (wanted.size, wanted.format);
    let _permit = app.resizing.acquire().await; // closed never; two at a time
    let derived =
        tokio::task::spawn_blocking(move || derive(&bytes, size, format)).await.map_err(std::io::Error::other)?;
    let Some(derived) = derived else { return Ok(Answer::moved(&original_path)) };
    if let Err(why) = app.media.put(&kept_as, &derived) {
        tracing::warn!("a resized picture is not kept: {why}");
    }
    answer(derived)
}

/// A smaller form, as its path says.
struct Wanted<'a> {
    size: Size,
    format: Option<Format>,
    name: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Size {
    width: Option<u32>,
    height: Option<u32>,
}

impl Wanted<'_> {
    fn of(path: &str) -> Option<Wanted<'_>> {
        let (size, rest) = path.strip_prefix("size/")?.split_once('/')?;
        let (width, height) = match size.split_once('h') {
            Some((width, height)) => (width, Some(height.parse().ok()?)),
            None => (size, None),
        };
        let width = match width {
            "" => None,
            width => Some(width.strip_prefix('w')?.parse().ok()?),
        };
        let (format, name) = match rest.strip_prefix("format/") {
            Some(rest) => {
                let (format, name) = rest.split_once('/')?;
                (
                    Some(match format {
                        "webp" => Format::WebP,
                        "jpeg" | "jpg" => Format::Jpeg,
                        _ => return None,
                    }),
                    name,
                )
            }
            None => (None, rest),
        };
        Some(Wanted { size: Size { width, height }, format, name })
    }

    /// The one spelling of this size's address.
    fn path(&self) -> String {
        let width = self.size.width.map(|width| format!("w{width}")).unwrap_or_default();
        let height = self.size.height.map(|height| format!("h{height}")).unwrap_or_default();
        let format = match self.format {
            Some(Format::WebP) => "format/webp/",
            Some(_) => "format/jpeg/",
            None => "",
        };
        format!("size/{width}{height}/{format}{}", self.name)
    }
}

/// Only declared sizes are made: a size is work and disk, and anybody may ask.
fn is_offered(app: &App, wanted: &Wanted) -> bool {
    let size = wanted.size;
    let theme = app.theme();
    let declared = theme.image_sizes().iter().any(|s| Size { width: s.width, height: s.height } == size);
    let icon = Size { width: Some(256), height: Some(256) };
    declared || size == icon || (size.height.is_none() && size.width.is_some_and(|width| BODY_WIDTHS.contains(&width)))
}

async fn original(app: &App, name: &str) -> Result<Answer, Error> {
    answer(read(app, format!("images/{name}")).await?.ok_or(Error::NotFound)?)
}

async fn read(app: &App, name: String) -> Result<Option<Vec<u8>>, Error> {
    let media = app.media.clone();
    let read = tokio::task::spawn_blocking(move || media.get(&name)).await;
    Ok(read.map_err(std::io::Error::other)??)
}

/// Resizes and encodes; rights go with every derivative. `None` when it is no picture that we read.
fn derive(bytes: &[u8], size: Size, format: Option<Format>) -> Option<Vec<u8>> {
    let picture = picture::decode(bytes).ok()?;
    let resized = match size {
        Size { width: Some(width), height: None } => picture.resized(width),
        Size { width: Some(width), height: Some(height) } => picture.resized_to(width, height),
        Size { width: None, height: Some(height) } => {
            let width = u64::from(picture.width()) * u64::from(height) / u64::from(picture.height().max(1));
            picture.resized(u32::try_from(width).unwrap_or(u32::MAX).max(1))
        }
        Size { width: None, height: None } => return None,
    };
    let encoded = match format {
        Some(Format::WebP) => resized.webp(WEBP).ok()?,
        _ => resized.plain(JPEG).ok()?.1,
    };
    Some(picture::write_rights(encoded, &picture::rights(bytes)))
}

/// The type is what the bytes are, whatever the name says.
fn answer(bytes: Vec<u8>) -> Result<Answer, Error> {
    let (content_type, policy) = match Format::of(&bytes) {
        Some(format) => (format.media_type(), None),
        None if is_svg(&bytes) => ("image/svg+xml", Some("default-src 'none'; style-src 'unsafe-inline'; sandbox")),
        None => return Err(Error::NotFound),
    };
    let mut fresh = Fresh::new(content_type, bytes);
    fresh.cache = FOR_EVER;
    fresh.policy = policy.map(str::to_owned);
    Ok(Answer::kept(fresh, vec![Place::Everything], Keep::WhileRoom))
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with("<svg") || (start.starts_with("<?xml") && start.contains("<svg"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        let read =
            Wanted::of(path).map(|w| format!("{:?} {:?} {:?} {}", w.size.width, w.size.height, w.format, w.name));
        assert_eq!(read.unwrap_or("original".into()), expected);
    }

    #[test]
    fn a_path_says_which_size_and_format_is_wanted() {
        check("2026/11/a.jpg", "original");
        check("size/w600/2026/a.jpg", "Some(600) None None 2026/a.jpg");
        check("size/w600h400/format/webp/a.jpg", "Some(600) Some(400) Some(WebP) a.jpg");
        check("size/h60/a.jpg", "None Some(60) None a.jpg");
        check("size/w9x/a.jpg", "original");
    }
}
