//! Pictures, recordings and files come in: `/ghost/api/admin/images/upload/` and its like. Forms as Ghost's clients send
//! them: a part `file`, a `ref` by which the client knows it again, a `purpose` that says what Ghost's desk does with it.

use std::sync::Arc;

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use news::{Act, Slug, Verb};
use serde_json::json;
use store::{Batch, act};

use super::answer;
use super::caller::{Admin, Caller};
use crate::App;
use crate::actions::picture;
use crate::ghost::error::ApiError;

/// Longest `ref`, in bytes (Ghost's limit).
const LONGEST_REF: usize = 2_000;
/// Largest recording or file, in bytes: what is served.
const LARGEST: usize = store::media::LARGEST as usize;
/// Longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// Recordings that are taken, by the ends of their names.
const MEDIA: [&str; 8] = ["mp3", "m4a", "wav", "ogg", "oga", "mp4", "webm", "ogv"];
/// What a browser would run or show as a page of ours is no file to be handed out.
const REFUSED: [&str; 9] = ["html", "htm", "xhtml", "xht", "svg", "svgz", "xml", "js", "mjs"];

/// A part of a form.
pub struct Sent {
    /// As it is called where it came from.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

/// A form.
#[derive(Default)]
pub struct Form {
    /// The part `file`, or what a resource calls it.
    pub file: Option<Sent>,
    thumbnail: Option<Sent>,
    reference: Option<String>,
    url: Option<String>,
}

/// How large a request may be: a file and what stands about it.
pub fn largest() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST + (64 << 10))
}

/// Reads a form.
pub async fn form(mut form: Multipart) -> Result<Form, ApiError> {
    let mut read = Form::default();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let kind = field.name().unwrap_or_default().to_owned();
        match kind.as_str() {
            "file" | "importfile" | "theme" | "redirects" | "routes" | "thumbnail" => {
                let name = field.file_name().unwrap_or("file").to_owned();
                let bytes = field.bytes().await.map_err(unreadable)?;
                let sent = Some(Sent { name, bytes });
                if kind == "thumbnail" { read.thumbnail = sent } else { read.file = sent }
            }
            "ref" => read.reference = Some(field.text().await.map_err(unreadable)?),
            "url" => read.url = Some(field.text().await.map_err(unreadable)?),
            _ => {}
        }
    }
    if read.reference.as_ref().is_some_and(|reference| reference.len() > LONGEST_REF) {
        return Err(ApiError::invalid("ref", format!("a ref has at most {LONGEST_REF} bytes")));
    }
    Ok(read)
}

/// A picture, as from the desk.
pub async fn image(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    sent: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, ApiError> {
    let none = || ApiError::unprocessable("Please select an image.");
    let form = form(sent.map_err(|_| none())?).await?;
    let Sent { name, bytes } = form.file.ok_or_else(none)?;
    let made = picture::upload(&app, &name, bytes.to_vec(), &caller.by()).await;
    let made = made.map_err(|why| match why {
        crate::actions::ActError::Field(why) => ApiError::unsupported(format!("Please select a valid image: {why}.")),
        why => why.into(),
    })?;
    let body = json!({ "images": [{ "url": app.url.with(&made.src), "ref": form.reference }] });
    Ok(answer(StatusCode::CREATED, body))
}

/// A recording, with a picture for it if one came along.
pub async fn medium(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    sent: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, ApiError> {
    let none = || ApiError::unprocessable("Please select a media file.");
    let form = form(sent.map_err(|_| none())?).await?;
    let Sent { name, bytes } = form.file.ok_or_else(none)?;
    if !is_recording(&name, &bytes) {
        return Err(ApiError::unsupported(format!("Please select a valid media file: {}.", MEDIA.join(", "))));
    }
    let url = keep(&app, "media", &name, bytes, &caller).await?;
    let thumbnail = match form.thumbnail {
        Some(Sent { name, bytes }) => Some(picture::upload(&app, &name, bytes.to_vec(), &caller.by()).await?.src),
        None => None,
    };
    let body = json!({ "url": url, "thumbnail_url": thumbnail.map(|src| app.url.with(&src)), "ref": form.reference });
    Ok(answer(StatusCode::CREATED, json!({ "media": [body] })))
}

/// A picture for a recording that is here.
pub async fn thumbnail(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    sent: Multipart,
) -> Result<Response, ApiError> {
    let form = form(sent).await?;
    let none = || ApiError::unprocessable("Please select a thumbnail.");
    let Sent { name, bytes } = form.file.or(form.thumbnail).ok_or_else(none)?;
    if form.url.as_deref().is_none_or(|url| !url.contains("/content/media/")) {
        return Err(ApiError::invalid("url", "it names no recording of this magazine"));
    }
    let made = picture::upload(&app, &name, bytes.to_vec(), &caller.by()).await?;
    Ok(answer(StatusCode::OK, json!({ "media": [{ "url": app.url.with(&made.src), "ref": form.reference }] })))
}

/// A file to be handed out.
pub async fn file(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    sent: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, ApiError> {
    let none = || ApiError::unprocessable("Please select a file.");
    let form = form(sent.map_err(|_| none())?).await?;
    let Sent { name, bytes } = form.file.ok_or_else(none)?;
    if REFUSED.contains(&end_of(&name).as_str()) {
        return Err(ApiError::unsupported("A file that browsers run or show as a page is not kept."));
    }
    let url = keep(&app, "files", &name, bytes, &caller).await?;
    Ok(answer(StatusCode::CREATED, json!({ "files": [{ "url": url, "ref": form.reference }] })))
}

/// Writes a file below the month; the same name gets a number. Answers with its address.
async fn keep(
    app: &Arc<App>,
    kind: &'static str,
    name: &str,
    bytes: Bytes,
    caller: &Caller,
) -> Result<String, ApiError> {
    if bytes.len() > LARGEST {
        return Err(ApiError::too_large(format!("a file has at most {} MiB", LARGEST >> 20)));
    }
    let folder = app.now().strftime("%Y/%m").to_string();
    let (stem, end) = (stem_of(name), end_of(name));
    let media = app.media.clone();
    let stored = tokio::task::spawn_blocking(move || -> std::io::Result<String> {
        let end = if end.is_empty() { end } else { format!(".{end}") };
        for number in 1..10_000_u32 {
            let number = if number == 1 { String::new() } else { format!("-{number}") };
            let path = format!("{kind}/{folder}/{stem}{number}{end}");
            if media.add(&path, &bytes)? {
                return Ok(path);
            }
        }
        Err(std::io::Error::other("there are too many files of this name"))
    });
    let path = stored.await.map_err(std::io::Error::other).and_then(|stored| stored).map_err(crate::Error::Io)?;
    let by = caller.by();
    let mut batch = Batch::new();
    let (actor, at) = (by.actor, app.now());
    batch.push(act::add(&Act { actor, verb: Verb::Uploaded, subject: path.clone(), at, reason: None }));
    app.store.commit(batch).await.map_err(crate::actions::ActError::from)?;
    Ok(app.url.with(&format!("/content/{}", news::slug::encoded(&path))))
}

/// Whether a file is a recording: by the end of its name and by how it begins.
fn is_recording(name: &str, bytes: &[u8]) -> bool {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    let is_mp4 = bytes.get(4..8) == Some(b"ftyp");
    let looks = match end_of(name).as_str() {
        "mp3" => begins(b"ID3") || bytes.first() == Some(&0xff) && bytes.get(1).is_some_and(|b| b & 0xe0 == 0xe0),
        "m4a" | "mp4" => is_mp4,
        "wav" => begins(b"RIFF"),
        "ogg" | "oga" | "ogv" => begins(b"OggS"),
        "webm" => begins(&[0x1a, 0x45, 0xdf, 0xa3]),
        _ => false,
    };
    looks && MEDIA.contains(&end_of(name).as_str())
}

fn end_of(name: &str) -> String {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    end.chars().filter(char::is_ascii_alphanumeric).take(10).collect()
}

fn stem_of(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let slug = Slug::of(stem).map_or_else(|| "file".to_owned(), |slug| slug.to_string());
    slug.chars().take(LONGEST_NAME).collect()
}

fn unreadable(why: MultipartError) -> ApiError {
    match why.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::too_large(format!("a file has at most {} MiB", LARGEST >> 20)),
        _ => ApiError::bad_request(format!("the form cannot be read: {}", why.body_text())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_known_by_its_name_and_its_first_bytes() {
        assert!(is_recording("a.MP3", b"ID3\x04rest"));
        assert!(is_recording("a.mp4", b"\0\0\0\x18ftypisom"));
        assert!(!is_recording("a.mp3", b"just text"));
        assert!(!is_recording("a.html", b"ID3"));
        assert_eq!((stem_of("../../Übersicht (2).PDF"), end_of("x.tar.GZ")), ("ubersicht-2".into(), "gz".into()));
    }
}
