//! A theme in a ZIP archive, as theme shops and Ghost's own download hand it out.
//!
//! Everything is read into memory within limits before anybody writes anything: an entry that would leave the folder, that
//! is a link, that comes twice or that is larger than it says ends the reading.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::limits::{MAX_FILES, MAX_PACKAGE_BYTES};

/// Why an archive is refused. Each names the entry that is at fault.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoArchive {
    /// It is no ZIP archive, or a damaged one.
    #[error("it is no ZIP archive, or it is damaged: {0}")]
    Damaged(String),
    /// More entries than [`MAX_FILES`].
    #[error("it has more than {MAX_FILES} entries")]
    TooMany,
    /// More bytes, once unpacked, than [`MAX_PACKAGE_BYTES`].
    #[error("it holds more than {} MiB", MAX_PACKAGE_BYTES / (1024 * 1024))]
    TooLarge,
    /// An entry whose name leads out of the archive, or is none.
    #[error("the entry “{0}” does not stay in its folder")]
    Outside(String),
    /// A link.
    #[error("the entry “{0}” is a link; a theme holds files only")]
    Link(String),
    /// Two entries of one name.
    #[error("the entry “{0}” is there twice")]
    Twice(String),
    /// A file that is encrypted or packed in a way that we do not read.
    #[error("the entry “{0}” is packed in a way that is not read here")]
    Method(String),
}

/// The files of an archive: their paths, with `/` between the parts, and their bytes. Folders, what macOS and editors leave
/// behind, and `node_modules` are left out.
pub fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, NoArchive> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| NoArchive::Damaged(why.to_string()))?;
    if archive.len() > MAX_FILES * 4 {
        return Err(NoArchive::TooMany);
    }
    let (mut files, mut names, mut left) = (Vec::new(), HashSet::new(), MAX_PACKAGE_BYTES as u64);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|why| match why {
            ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword => {
                NoArchive::Method(format!("number {}", at + 1))
            }
            why => NoArchive::Damaged(why.to_string()),
        })?;
        let name = entry.name().map_err(|why| NoArchive::Damaged(why.to_string()))?.replace('\\', "/");
        let shown = || name.chars().take(200).collect::<String>();
        let parts: Vec<&str> = name.trim_end_matches('/').split('/').collect();
        if name.starts_with('/')
            || name.contains('\0')
            || name.contains(':')
            || parts.iter().any(|part| ["", ".", ".."].contains(part))
        {
            return Err(NoArchive::Outside(shown()));
        }
        // The kind of file, in the upper half of Unix's mode: a link is one even where its name is harmless.
        if entry.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000) {
            return Err(NoArchive::Link(shown()));
        }
        if entry.is_dir()
            || parts.iter().any(|part| part.starts_with('.') || ["__MACOSX", "node_modules"].contains(part))
        {
            continue;
        }
        if !names.insert(name.to_lowercase()) {
            return Err(NoArchive::Twice(shown()));
        }
        if names.len() > MAX_FILES {
            return Err(NoArchive::TooMany);
        }
        // What it says of its size is not believed: a bomb says little and holds much.
        let mut file = Vec::with_capacity(entry.size().min(1 << 20) as usize);
        let read = (&mut entry).take(left + 1).read_to_end(&mut file);
        read.map_err(|why| NoArchive::Damaged(format!("{}: {why}", shown())))?;
        left = left.checked_sub(file.len() as u64).ok_or(NoArchive::TooLarge)?;
        files.push((name, file));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn an_archive_gives_its_files_and_not_what_stands_about() {
        let bytes = archive(&[
            ("evening/index.hbs", b"a"),
            ("evening/.git/x", b"b"),
            ("__MACOSX/y", b"c"),
            ("evening/node_modules/z.js", b"d"),
        ]);
        assert_eq!(unpack(&bytes), Ok(vec![("evening/index.hbs".into(), b"a".to_vec())]));
    }

    #[test]
    fn what_would_leave_the_folder_is_refused() {
        for name in ["../evil.hbs", "a/../../evil.hbs", "/etc/evil", "..\\evil.hbs", "C:/evil", "a//b", "./a"] {
            assert!(matches!(unpack(&archive(&[(name, b"x")])), Err(NoArchive::Outside(_))), "{name}");
        }
        assert_eq!(unpack(&archive(&[("a.hbs", b"1"), ("A.hbs", b"2")])), Err(NoArchive::Twice("A.hbs".into())));
        assert!(matches!(unpack(b"PK nonsense"), Err(NoArchive::Damaged(_))));
    }

    #[test]
    fn a_link_is_refused() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_symlink("index.hbs", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        assert_eq!(unpack(&bytes), Err(NoArchive::Link("index.hbs".into())));
    }

    #[test]
    fn a_bomb_is_stopped_by_what_it_holds() {
        let zeros = vec![0; 8 << 20];
        let bomb = archive(
            &(0..9).map(|n| (["a", "b", "c", "d", "e", "f", "g", "h", "i"][n], &zeros[..])).collect::<Vec<_>>(),
        );
        assert!(bomb.len() < 1 << 20);
        assert_eq!(unpack(&bomb), Err(NoArchive::TooLarge));
    }
}
