//! The second walk over the exports, on a thread of its own: articles are made of what is read.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use import::wordpress::wxr::{Item, NoWxr, Piece, PostType, Reader, plain};
use import::wordpress::{self, Aside, Came, Mapper, Names, Survey};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::{BUFFER, name_of};

/// What was read.
pub enum Read {
    /// A post or page, and its number.
    Came(Box<Came>, Option<i64>),
    /// What there is no room for.
    Asides(Vec<Aside>),
    /// What was left out, and why.
    Skipped(String, String),
    /// How many bytes are behind the reader.
    Behind(u64),
}

/// Reads the exports one after the other. Ends early when nobody listens: they have an error to tell already.
pub fn read(exports: &[PathBuf], survey: &Survey, names: &Names, now: Timestamp, to: &mpsc::Sender<Read>) {
    let mapper = Mapper { survey, names, now };
    let zone = survey.zone().and_then(|name| TimeZone::get(&name).ok());
    let mut behind = 0;
    for path in exports {
        let tell = |read: Read| to.blocking_send(read).is_ok();
        match read_one(path, &mapper, zone.clone(), behind, &tell) {
            Ok(Some(bytes)) => behind += bytes,
            Ok(None) => return,
            Err(why) if tell(Read::Skipped(name_of(path), why.to_string())) => {}
            Err(_) => return,
        }
    }
}

/// Reads one; answers how many bytes it has, and nothing when nobody listens.
fn read_one(
    path: &Path,
    mapper: &Mapper<'_>,
    zone: Option<TimeZone>,
    behind: u64,
    tell: &impl Fn(Read) -> bool,
) -> Result<Option<u64>, NoWxr> {
    let mut reader = Reader::open(BufReader::with_capacity(BUFFER, File::open(path)?))?;
    if let Some(zone) = zone {
        reader = reader.in_zone(zone);
    }
    while let Some(piece) = reader.next_piece()? {
        let read = match piece {
            Piece::Skipped(skipped) => Read::Skipped(name_of(path), skipped.to_string()),
            Piece::Item(item) => of_item(mapper, &item),
        };
        if !tell(read) || !tell(Read::Behind(behind + reader.offset())) {
            return Ok(None);
        }
    }
    Ok(Some(reader.offset()))
}

fn of_item(mapper: &Mapper<'_>, item: &Item) -> Read {
    match item.kind() {
        PostType::Post | PostType::Page => Read::Came(Box::new(mapper.article(item)), item.id),
        PostType::Attachment if item.attachment_url.is_none() => {
            Read::Skipped(plain(&item.title).into_owned(), "a file of the media library without an address".into())
        }
        kind => {
            // Those that have room are known from the first walk; what of them has none is kept too.
            let is_other = matches!(kind, PostType::Other(_));
            let whole = if is_other { wordpress::whole(item) } else { wordpress::known(item) };
            Read::Asides(wordpress::comments(item).into_iter().chain([whole]).collect())
        }
    }
}
