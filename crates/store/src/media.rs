//! Pictures and other files of the magazine, on disk below `media/`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder `media/` of a data folder. Names are relative paths such as
/// `images/2026/11/harbour.jpg`; a name that could leave the folder is no name.
#[derive(Clone, Debug)]
pub struct Media {
    root: PathBuf,
}

/// Longest name in bytes.
pub const LONGEST_NAME: usize = 512;
/// Longest part of a name in bytes: what file systems take.
pub const LONGEST_PART: usize = 200;
/// Largest file that is served, in bytes.
pub const LARGEST: u64 = 64 << 20;

impl Media {
    /// The media of this data folder; the folder is made when something is put into it.
    pub fn of(data: &Path) -> Media {
        Media { root: data.join("media") }
    }

    /// The bytes of a file; `None` when there is none of that name.
    pub fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(path) = self.path(name) else { return Ok(None) };
        match fs::symlink_metadata(&path) {
            Ok(facts) if facts.is_file() && facts.len() <= LARGEST => fs::read(&path).map(Some),
            Ok(_) => Ok(None),
            Err(why) if matches!(why.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// The size of a file in bytes; `None` when there is none of that name.
    pub fn size(&self, name: &str) -> Option<u64> {
        fs::symlink_metadata(self.path(name)?).ok().filter(|facts| facts.is_file()).map(|facts| facts.len())
    }

    /// Where a file lies, for whoever reads it piece by piece.
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        let path = self.path(name)?;
        fs::symlink_metadata(&path).ok().filter(|facts| facts.is_file()).map(|_| path)
    }

    /// True when there is a file of that name.
    pub fn has(&self, name: &str) -> bool {
        self.path(name).is_some_and(|path| path.is_file())
    }

    /// Writes a file whole or not at all, synced before it gets its name.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "not a file's name"))?;
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        write_whole(&path, bytes)
    }

    /// Writes a new file; answers whether the name was free.
    pub fn add(&self, name: &str, bytes: &[u8]) -> io::Result<bool> {
        let path = self.path(name).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "not a file's name"))?;
        fs::create_dir_all(path.parent().unwrap_or(&self.root))?;
        // The name is taken first, so that of two who want it one gets it.
        match File::options().write(true).create_new(true).open(&path) {
            Ok(_) => write_whole(&path, bytes).map(|()| true),
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(why) => Err(why),
        }
    }

    /// Removes a file; one that is not there is no error.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match self.path(name).map(fs::remove_file) {
            Some(Err(why)) if why.kind() != io::ErrorKind::NotFound => Err(why),
            _ => Ok(()),
        }
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        is_name(name).then(|| self.root.join(name))
    }
}

/// True for a relative path of plain parts: no `..`, nothing hidden, no
/// backslash, no control character, at most [`LONGEST_NAME`] bytes.
pub fn is_name(name: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && part.len() <= LONGEST_PART;
    name.len() <= LONGEST_NAME && !name.contains(|c: char| c == '\\' || c.is_control()) && name.split('/').all(plain)
}

/// Writes beside the target, syncs, renames, syncs the folder: a crash leaves the old file or the new one.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = folder.join(format!(
        ".{}.{}.part",
        path.file_name().and_then(|name| name.to_str()).unwrap_or("file"),
        std::process::id()
    ));
    let written = (|| {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_leave_the_folder_is_no_name() {
        for good in ["images/2026/11/a.jpg", "a b.png", "images/naïve.webp"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "/etc/passwd", "../x", "a/../x", "a//b", ".git/config", "a\\b", "a\0b", "images/..", "a/./b"] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn a_file_comes_back_as_it_was_put() {
        let data = tempfile::tempdir().unwrap();
        let media = Media::of(data.path());
        assert_eq!(media.get("images/a.jpg").unwrap(), None);
        media.put("images/a.jpg", b"bytes").unwrap();
        assert_eq!(media.get("images/a.jpg").unwrap().as_deref(), Some(&b"bytes"[..]));
        assert_eq!(media.get("images").unwrap(), None);
        assert_eq!(media.get("../media/images/a.jpg").unwrap(), None);
    }
}
