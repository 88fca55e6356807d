//! The media library: what its files are called there and here, and whose they are.

use std::collections::{HashMap, HashSet};

use news::slug::encoded;

use super::address::Address;
use super::content::{self, Attachment};
use super::php::{self, Value};
use super::survey::path_of;
use super::wxr::Item;

/// A file of the media library, beside what its body shows of it ([`Attachment`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// Its number there.
    pub id: u64,
    /// Where it lay there: absolute.
    pub url: String,
    /// Below the folder of uploads, as files are called: `2024/05/sea wall.jpg`.
    pub file: String,
    /// What it is called here: `images/2024/05/sea wall.jpg`.
    pub name: String,
    /// The path of the page that WordPress made of it.
    pub page: Option<String>,
    /// The post that it was uploaded for.
    pub parent: Option<u64>,
    /// Whose it is, in a line.
    pub credit: Option<String>,
    /// When it came, in milliseconds; 0 where nobody knows.
    pub made_at: i64,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Library {
    /// By their numbers, for bodies.
    pub attachments: HashMap<u64, Attachment>,
    /// By their numbers.
    pub uploads: HashMap<u64, Upload>,
    /// Of each post, in the order of its gallery.
    pub children: HashMap<u64, Vec<u64>>,
    /// Names below the folder of uploads.
    files: HashSet<String>,
    /// What files are called here that cannot have their own names.
    renamed: HashMap<String, String>,
    /// Hosts on which nothing but files lie, with where such a file is.
    elsewhere: HashMap<String, String>,
}

impl Library {
    /// Keeps an attachment. Answers how much memory that takes.
    pub fn keep(&mut self, item: &Item) -> usize {
        let (Some(id), Some(url)) = (item.id.and_then(|id| u64::try_from(id).ok()), &item.attachment_url) else {
            return 0;
        };
        let facts =
            item.meta("_wp_attachment_metadata").and_then(|text| php::read_mended(text).ok()).map(|(value, _)| value);
        let facts = facts.unwrap_or(Value::Null);
        let pixels =
            |key: &str| facts.get(key).and_then(Value::int).and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
        let file =
            item.meta("_wp_attached_file").map(str::trim).filter(|file| !file.is_empty() && !file.contains("://"));
        let file = file.map(|file| file.trim_start_matches('/').to_owned()).or_else(|| file_of(url));
        let file = file.unwrap_or_default();
        let attachment = Attachment {
            url: url.trim().to_owned(),
            alt: content::words(item.meta("_wp_attachment_image_alt").unwrap_or_default()),
            caption: item.excerpt.trim().to_owned(),
            title: content::words(&item.title),
            description: item.content.trim().to_owned(),
            width: pixels("width"),
            height: pixels("height"),
            mime: mime_of(&file).to_owned(),
        };
        let upload = Upload {
            id,
            url: attachment.url.clone(),
            name: name_of(&file),
            page: path_of(&item.link),
            parent: item.parent.and_then(|id| u64::try_from(id).ok()).filter(|id| *id > 0),
            credit: credit(item, &facts),
            made_at: item.published.at.map_or(0, |at| at.as_millisecond()),
            file: file.clone(),
        };
        if let Some(address) = Address::of(url)
            && !address.path.contains(UPLOADS)
        {
            self.elsewhere.insert(format!("{}{}", address.host, decoded(address.path)), file.clone());
        }
        let texts = [&attachment.alt, &attachment.title, &attachment.caption, &attachment.description];
        let lengths = texts.map(String::len).iter().sum::<usize>() + upload.credit.as_ref().map_or(0, String::len);
        let weight = 400 + 4 * file.len() + 4 * url.len() + lengths + upload.page.as_ref().map_or(0, String::len);
        if !file.is_empty() {
            self.files.insert(file);
        }
        if let Some(parent) = upload.parent {
            self.children.entry(parent).or_default().push(id);
        }
        self.attachments.insert(id, attachment);
        self.uploads.insert(id, upload);
        weight
    }

    /// What the address of a file of the site becomes; `None` when it is none.
    pub fn moved(&self, url: &str) -> Option<String> {
        let address = Address::of(url)?;
        let path = decoded(address.path);
        let file = match file_in(&path) {
            Some(file) => self.original(file),
            None => self.elsewhere.get(&format!("{}{path}", address.host))?.clone(),
        };
        let name = self.renamed.get(&file).cloned().unwrap_or_else(|| name_of(&file));
        (!name.is_empty()).then(|| encoded(&format!("/content/{}{}", name.replace(' ', "%20"), address.fragment)))
    }

    /// Calls a file something else here.
    pub fn rename(&mut self, id: u64, name: &str) {
        if let Some(upload) = self.uploads.get_mut(&id) {
            name.clone_into(&mut upload.name);
            self.renamed.insert(upload.file.clone(), name.to_owned());
        }
    }

    /// A smaller copy is its original.
    fn original(&self, file: &str) -> String {
        if self.files.contains(file) {
            return file.to_owned();
        }
        let Some((stem, extension)) = file.rsplit_once('.') else { return file.to_owned() };
        let stem = without_size(stem);
        let candidates = [
            format!("{stem}.{extension}"),
            format!("{stem}-scaled.{extension}"),
            format!("{stem}-rotated.{extension}"),
        ];
        candidates.iter().find(|name| self.files.contains(*name)).unwrap_or(&candidates[0]).clone()
    }
}

const UPLOADS: &str = "/wp-content/uploads/";

/// `sea-wall-300x200` without what WordPress adds to copies.
pub fn without_size(stem: &str) -> &str {
    let Some((before, size)) = stem.rsplit_once('-') else { return stem };
    let is_number =
        |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|digit| digit.is_ascii_digit());
    match size.split_once('x') {
        Some((width, height)) if is_number(width) && is_number(height) => before,
        _ => stem,
    }
}

/// Where an address of a file lies below the folder of uploads.
fn file_of(url: &str) -> Option<String> {
    let path = decoded(Address::of(url)?.path);
    let file = file_in(&path).unwrap_or(path.trim_start_matches('/'));
    (!file.is_empty()).then(|| file.to_owned())
}

fn file_in(path: &str) -> Option<&str> {
    let rest = &path[path.find(UPLOADS)? + UPLOADS.len()..];
    // A site of a network has a folder of its own, which its files' names do not say.
    let rest = match rest.strip_prefix("sites/").and_then(|rest| rest.split_once('/')) {
        Some((number, file)) if number.bytes().all(|digit| digit.is_ascii_digit()) => file,
        _ => rest,
    };
    (!rest.is_empty() && !rest.ends_with('/')).then_some(rest)
}

/// Percent-encoding undone, where it is text.
pub fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// What a file is called here, by what it is.
pub fn name_of(file: &str) -> String {
    let folder = match mime_of(file).split('/').next() {
        Some("image") => "images",
        Some("audio" | "video") => "media",
        _ => "files",
    };
    if file.is_empty() { String::new() } else { format!("{folder}/{file}") }
}

/// What a file is, by its name; empty where nobody knows.
pub fn mime_of(file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "jpg" | "jpeg" | "jpe" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "ico" => "image/x-icon",
        "heic" => "image/heic",
        "mp3" => "audio/mpeg",
        "m4a" | "m4b" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "aac" => "audio/aac",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mov" => "video/quicktime",
        "pdf" => "application/pdf",
        _ => "",
    }
}

/// Whose a picture is: what a plugin for credits was told, else what the file itself says.
fn credit(item: &Item, facts: &Value) -> Option<String> {
    let meta = |key: &str| item.meta(key).map(content::words).filter(|text| !text.is_empty());
    let creator = meta("_media_credit").or_else(|| meta("media_credit")).or_else(|| meta("_photographer_name"));
    let organisation = meta("_navis_media_credit_org");
    let line = match (creator, organisation) {
        (Some(creator), Some(organisation)) if creator != organisation => Some(format!("{creator} / {organisation}")),
        (creator, organisation) => creator.or(organisation),
    };
    let of_file = || {
        let said = |key: &str| facts.get("image_meta")?.get(key)?.text().map(|text| content::words(&text));
        let said = |key: &str| said(key).filter(|text| !text.is_empty() && text != "0");
        match (said("credit"), said("copyright")) {
            (Some(credit), Some(copyright)) if !copyright.contains(&credit) => Some(format!("{credit}, {copyright}")),
            (credit, copyright) => copyright.or(credit),
        }
    };
    let line = line.or_else(of_file)?;
    match meta("_media_credit_url").filter(|url| url.starts_with("http")) {
        Some(url) => Some(format!("{line}, {url}")),
        None => Some(line),
    }
}

#[cfg(test)]
mod tests {
    use super::super::wxr::Meta;
    use super::*;

    fn attachment(id: i64, url: &str, meta: &[(&str, &str)]) -> Item {
        let meta = meta.iter().map(|(key, value)| Meta { key: (*key).into(), value: (*value).into() });
        Item { id: Some(id), attachment_url: Some(url.into()), meta: meta.collect(), ..Item::default() }
    }

    #[test]
    fn a_file_is_found_by_every_address_that_it_had() {
        let mut library = Library::default();
        library.keep(&attachment(1, "https://example.org/wp-content/uploads/2024/05/wall.jpg", &[]));
        let scaled = [("_wp_attached_file", "2024/05/tide-scaled.jpg")];
        library.keep(&attachment(2, "https://example.org/wp-content/uploads/2024/05/tide-scaled.jpg", &scaled));
        library.keep(&attachment(3, "https://example.files.wordpress.com/2008/06/dock.jpg", &[]));
        library.keep(&attachment(4, "https://example.org/wp-content/uploads/sites/3/2024/a%20b.mp3", &[]));
        for (url, becomes) in [
            ("http://example.org/wp-content/uploads/2024/05/wall.jpg", "/content/images/2024/05/wall.jpg"),
            ("/wp-content/uploads/2024/05/wall-300x200.jpg?x=1", "/content/images/2024/05/wall.jpg"),
            ("/wp-content/uploads/2024/05/tide-1024x768.jpg", "/content/images/2024/05/tide-scaled.jpg"),
            ("/wp-content/uploads/2024/05/tide.jpg", "/content/images/2024/05/tide-scaled.jpg"),
            ("https://example.files.wordpress.com/2008/06/dock.jpg?w=604", "/content/images/2008/06/dock.jpg"),
            ("/wp-content/uploads/sites/3/2024/a%20b.mp3", "/content/media/2024/a%20b.mp3"),
            ("/wp-content/uploads/2024/plan.pdf", "/content/files/2024/plan.pdf"),
        ] {
            assert_eq!(library.moved(url).as_deref(), Some(becomes), "{url}");
        }
        assert_eq!(library.moved("https://example.org/2024/05/wall/"), None);
    }

    #[test]
    fn a_credit_is_taken_from_wherever_it_was_kept() {
        let credit = |meta: &[(&str, &str)]| {
            let mut library = Library::default();
            library.keep(&attachment(1, "https://example.org/wp-content/uploads/a.jpg", meta));
            library.uploads[&1].credit.clone()
        };
        assert_eq!(
            credit(&[("_media_credit", "Ann Lee"), ("_navis_media_credit_org", "The Ledger")]).as_deref(),
            Some("Ann Lee / The Ledger")
        );
        assert_eq!(
            credit(&[("_media_credit", "Ann Lee"), ("_media_credit_url", "https://ann.example/")]).as_deref(),
            Some("Ann Lee, https://ann.example/")
        );
        let of_file =
            "a:1:{s:10:\"image_meta\";a:2:{s:6:\"credit\";s:7:\"Bo Ray \";s:9:\"copyright\";s:9:\"PA Media \";}}";
        assert_eq!(credit(&[("_wp_attachment_metadata", of_file)]).as_deref(), Some("Bo Ray, PA Media"));
        assert_eq!(credit(&[]), None);
    }
}
