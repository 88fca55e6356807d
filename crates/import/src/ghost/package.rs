//! The file in which a Ghost site is handed over: an export as JSON, or a ZIP archive with the export and `content/`.
//!
//! Nothing of an archive is written by its own name: a file counts only below `content/images`, `content/media` or
//! `content/files`, and what it says of its size is not believed.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use super::{Export, NoExport, read};

/// Largest export, as JSON, in bytes.
pub const LARGEST_EXPORT: u64 = 512 << 20;
/// Largest file below `content/`, in bytes.
pub const LARGEST_FILE: u64 = 512 << 20;
/// How much larger a file may be than its packed form; prose packs to a fifth, a bomb to a thousandth.
const LARGEST_RATIO: u64 = 200;
/// What a file may be in any case.
const SMALL: u64 = 16 << 20;
/// Most entries of an archive.
pub const MOST_ENTRIES: usize = 500_000;
/// Largest file of routes or redirects, in bytes.
const LARGEST_RULES: u64 = 4 << 20;

/// Why a file cannot be moved in.
#[derive(Debug, thiserror::Error)]
pub enum NoPackage {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is a damaged archive.
    #[error("it is a ZIP archive, but damaged: {0}")]
    Damaged(#[from] zip::result::ZipError),
    /// It holds more than is taken.
    #[error("it is too large: an export may have {} MiB, an archive {MOST_ENTRIES} entries, and no file {LARGEST_RATIO} times its packed size", LARGEST_EXPORT >> 20)]
    TooLarge,
    /// An archive without an export.
    #[error("there is no Ghost export (a .json file) in the archive")]
    NoExportInside,
    /// What should be the export is none.
    #[error(transparent)]
    NoExport(#[from] NoExport),
}

/// A file of an archive, to be kept by a name of the magazine's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Such as `images/2024/11/quay.jpg`.
    pub name: String,
    entry: usize,
}

/// An export with what came beside it.
pub struct Package {
    /// What was in the export.
    pub export: Export,
    /// Pictures, recordings and files.
    pub media: Vec<Medium>,
    /// `redirects.yaml` or `redirects.json`, with its text.
    pub redirects: Option<(&'static str, String)>,
    /// `routes.yaml`.
    pub routes: Option<String>,
    archive: Option<ZipArchive<BufReader<File>>>,
}

impl Package {
    /// Opens a file: the export is read, files beside it are found.
    pub fn open(path: &Path) -> Result<Package, NoPackage> {
        let mut file = BufReader::new(File::open(path)?);
        let mut magic = [0; 2];
        let is_zip = file.read_exact(&mut magic).is_ok() && &magic == b"PK";
        file.rewind()?;
        if is_zip {
            return Package::unpack(file);
        }
        let export = read(&bytes(&mut file, LARGEST_EXPORT)?)?;
        Ok(Package { export, media: Vec::new(), redirects: None, routes: None, archive: None })
    }

    fn unpack(file: BufReader<File>) -> Result<Package, NoPackage> {
        let mut archive = ZipArchive::new(file)?;
        if archive.len() > MOST_ENTRIES {
            return Err(NoPackage::TooLarge);
        }
        let (mut exports, mut media) = (Vec::new(), Vec::new());
        let (mut redirects, mut routes) = (None, None);
        for entry in 0..archive.len() {
            let Ok(file) = archive.by_index_raw(entry) else { continue };
            let Ok(name) = file.name().map(|name| name.replace('\\', "/")) else { continue };
            if file.is_dir() || file.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000) {
                continue;
            }
            let within = name.rsplit_once("content/").filter(|(before, _)| before.is_empty() || before.ends_with('/'));
            let within = within.map(|(_, rest)| rest.to_owned());
            match (within, name.rsplit('/').next().unwrap_or_default()) {
                (Some(rest), _) if ["images/", "media/", "files/"].iter().any(|kind| rest.starts_with(kind)) => {
                    media.push(Medium { name: rest, entry });
                }
                (_, "redirects.yaml") => redirects = Some(("redirects.yaml", entry)),
                (_, "redirects.json") => redirects = redirects.or(Some(("redirects.json", entry))),
                (_, "routes.yaml") => routes = Some(entry),
                (None, last) if last.ends_with(".json") && !name.contains("__MACOSX") => {
                    exports.push((name.matches('/').count(), entry))
                }
                _ => {}
            }
        }
        // The one nearest to the top is the export; further ones are what a theme or an editor left behind.
        exports.sort_unstable();
        let mut export = None;
        let mut why = NoPackage::NoExportInside;
        for (_, entry) in exports {
            match read(&unpacked(&mut archive, entry, LARGEST_EXPORT)?) {
                Ok(found) => {
                    export = Some(found);
                    break;
                }
                Err(no) => why = no.into(),
            }
        }
        let export = export.ok_or(why)?;
        let mut rules = |entry: usize| -> Result<String, NoPackage> {
            let text = unpacked(&mut archive, entry, LARGEST_RULES)?;
            Ok(String::from_utf8_lossy(&text).into_owned())
        };
        let redirects = redirects.map(|(name, entry)| Ok::<_, NoPackage>((name, rules(entry)?))).transpose()?;
        let routes = routes.map(&mut rules).transpose()?;
        Ok(Package { export, media, redirects, routes, archive: Some(archive) })
    }

    /// The bytes of a file; an error names what is wrong with this one alone.
    pub fn read(&mut self, medium: &Medium) -> Result<Vec<u8>, NoPackage> {
        let archive = self.archive.as_mut().ok_or(NoPackage::NoExportInside)?;
        unpacked(archive, medium.entry, LARGEST_FILE)
    }
}

/// Packs an export and files into an archive that [`Package::open`], and Ghost, can read. `rules` are files
/// below `content/` with their text, `media` names below it and where the files are; `done` is told after each.
pub fn pack(
    archive: &Path,
    export: &Path,
    rules: &[(&str, String)],
    media: impl Iterator<Item = (String, PathBuf)>,
    mut done: impl FnMut(),
) -> Result<(), NoPackage> {
    // Pictures are compressed already, and an export of text is small beside them.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    let mut zip = ZipWriter::new(BufWriter::new(File::create(archive)?));
    zip.start_file("magazine.ghost.json", packed)?;
    std::io::copy(&mut BufReader::new(File::open(export)?), &mut zip)?;
    for (name, text) in rules {
        zip.start_file(format!("content/{name}"), packed)?;
        zip.write_all(text.as_bytes())?;
    }
    for (name, file) in media {
        zip.start_file(format!("content/{name}"), stored)?;
        std::io::copy(&mut BufReader::new(File::open(file)?), &mut zip)?;
        done();
    }
    zip.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(())
}

/// One entry of an archive, up to so many bytes.
fn unpacked(archive: &mut ZipArchive<BufReader<File>>, entry: usize, most: u64) -> Result<Vec<u8>, NoPackage> {
    let mut file = archive.by_index(entry)?;
    let most = most.min(file.compressed_size().saturating_mul(LARGEST_RATIO).max(SMALL));
    bytes(&mut file, most)
}

/// Everything that a reader gives, up to so many bytes.
fn bytes(reader: &mut impl Read, most: u64) -> Result<Vec<u8>, NoPackage> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(NoPackage::TooLarge);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(entries: &[(&str, &[u8])]) -> Result<Package, NoPackage> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("site.zip");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        Package::open(&path)
    }

    const EXPORT: &[u8] = br#"{"db":[{"data":{"posts":[]}}]}"#;

    #[test]
    fn an_archive_gives_its_export_and_what_lies_below_content() {
        let mut package = packed(&[
            ("site/content/themes/evening/package.json", b"{}"),
            ("site/ghost.json", EXPORT),
            ("site/content/images/2024/11/quay.jpg", b"picture"),
            ("site/content/data/redirects.json", b"[]"),
            ("site/content/settings/routes.yaml", b"routes:\n"),
        ])
        .unwrap();
        assert_eq!(
            package.media.iter().map(|medium| medium.name.as_str()).collect::<Vec<_>>(),
            ["images/2024/11/quay.jpg"]
        );
        let medium = package.media[0].clone();
        assert_eq!(package.read(&medium).unwrap(), b"picture");
        assert_eq!(package.redirects.as_ref().unwrap().0, "redirects.json");
        assert_eq!(package.routes.as_deref(), Some("routes:\n"));
    }

    #[test]
    fn what_is_no_site_is_refused_in_words() {
        let why = |entries: &[(&str, &[u8])]| packed(entries).err().unwrap().to_string();
        assert_eq!(why(&[("a.txt", b"x")]), "there is no Ghost export (a .json file) in the archive");
        assert_eq!(why(&[("a.json", b"{}")]), "it is not a Ghost export: there is no db[0].data");
    }
}
