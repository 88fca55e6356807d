//! Pictures: bringing them in, with the rights that the file carries, and saying whose they are.

use std::sync::Arc;

use news::{Act, Id, Verb};
use store::picture::Picture;
use store::{Batch, act};

use super::ActError;
use super::keep::By;
use crate::App;

/// Largest picture that is taken, in bytes: what the decoder takes.
pub const LARGEST: usize = picture::limits::MAX_BYTES;
/// Longest file name that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// Takes a picture into the library. What the file says of its rights is read; the same name gets a number.
pub async fn upload(app: &Arc<App>, name: &str, bytes: Vec<u8>, by: &By) -> Result<Picture, ActError> {
    if bytes.len() > LARGEST {
        return Err(ActError::Field(format!("a picture has at most {} MB", LARGEST / 1_000_000)));
    }
    let size = bytes.len() as u64;
    let (worked, bytes) = {
        let _permit = app.resizing.acquire().await; // closed never; two at a time
        tokio::task::spawn_blocking(move || (looked_at(&bytes), bytes))
            .await
            .map_err(|why| ActError::Field(format!("the picture could not be read: {why}")))?
    };
    let (facts, rights) = worked.map_err(|why| ActError::Field(why.to_string()))?;
    let folder = app.now().strftime("%Y/%m").to_string();
    let (stem, extension) = (stem(name), facts.format.extension());
    let media = app.media.clone();
    let stored = tokio::task::spawn_blocking(move || {
        let path = (1..).map(|number: u32| match number {
            1 => format!("{folder}/{stem}.{extension}"),
            number => format!("{folder}/{stem}-{number}.{extension}"),
        });
        for path in path.take(10_000) {
            if media.add(&format!("images/{path}"), &bytes)? {
                return Ok(path);
            }
        }
        Err(std::io::Error::other("there are too many pictures of this name"))
    })
    .await
    .map_err(|why| ActError::Field(format!("the picture could not be kept: {why}")))?;
    let path = stored.map_err(|why| ActError::Field(format!("the picture could not be kept: {why}")))?;
    let picture = Picture {
        id: app.new_id(),
        src: format!("/content/images/{}", news::slug::encoded(&path)),
        name: name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect(),
        width: facts.width,
        height: facts.height,
        bytes: size,
        alt: rights.alt.clone().filter(|alt| !alt.trim().is_empty()),
        caption: rights.caption.clone().filter(|caption| !caption.trim().is_empty()),
        credit: rights.credit(),
        made_at: app.now().as_millisecond(),
        made_by: Some(by.actor.word()),
    };
    let mut batch = Batch::new();
    batch.push(store::picture::add(&picture));
    note(&mut batch, app, &picture.id, Verb::Uploaded, by);
    app.store.commit(batch).await?;
    Ok(picture)
}

/// Writes what is said of a picture.
pub async fn describe(app: &Arc<App>, picture: &Picture, by: &By) -> Result<(), ActError> {
    let mut batch = Batch::new();
    batch.must(store::picture::describe(picture));
    note(&mut batch, app, &picture.id, Verb::Described, by);
    Ok(app.store.commit(batch).await?)
}

fn note(batch: &mut Batch, app: &App, id: &Id, verb: Verb, by: &By) {
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb, subject: id.to_string(), at: app.now(), reason }));
}

type LookedAt = Result<(picture::Facts, picture::Rights), picture::NotAPicture>;

/// The header is read before the pixels, and the pixels are read once: a file that no browser shows is refused here.
fn looked_at(bytes: &[u8]) -> LookedAt {
    let facts = picture::probe(bytes)?;
    picture::decode(bytes)?;
    Ok((facts, picture::rights(bytes)))
}

/// A file name as a part of an address.
fn stem(name: &str) -> String {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let slug = news::Slug::of(stem).map_or_else(|| "picture".to_owned(), |slug| slug.to_string());
    slug.chars().take(LONGEST_NAME).collect()
}
