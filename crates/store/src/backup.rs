//! Backups: one file that holds the whole data folder, and the way back.
//!
//! A backup is a gzipped tar archive (POSIX ustar): `masthead.db` as `VACUUM
//! INTO` makes it (one consistent moment, while others write), `media/`,
//! `themes/`, `masthead.toml`, `routes.yaml`, `redirects.yaml` or `.json`, and last `manifest.json` with the SHA-256 of each.
//! The database is taken after the files, so it never names a picture that the
//! backup lacks because it came later.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::media;

/// What is backed up beside the database.
const FOLDERS: &[&str] = &["media", "themes"];
const FILES: &[&str] = &["masthead.toml", "routes.yaml", "redirects.yaml", "redirects.json"];
const DATABASE: &str = "masthead.db";
const MANIFEST: &str = "manifest.json";
/// Largest manifest that is read back, in bytes.
const LARGEST_MANIFEST: u64 = 64 << 20;
/// Most files in a backup.
const MOST_FILES: usize = 1_000_000;

/// Why a backup was not made or not restored. What was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Reading or writing failed.
    #[error("failed to {doing}: {why}")]
    Io {
        /// What was being done.
        doing: String,
        /// The system's words.
        why: io::Error,
    },
    /// The database could not be copied or is damaged.
    #[error("failed to {doing}: {why}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// SQLite's words.
        why: String,
    },
    /// The file is not a backup, or was cut or changed.
    #[error("this is not a whole backup: {0}")]
    Damaged(String),
    /// There is a magazine already.
    #[error("{} holds a magazine already; restore into a folder that does not exist yet", .0.display())]
    Occupied(PathBuf),
    /// Nothing to back up.
    #[error("{} holds no magazine", .0.display())]
    Nothing(PathBuf),
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `masthead backup`.
    pub format: String,
    /// The schema of the database in it.
    pub schema: i64,
    /// SHA-256 of each file, in hexadecimal, by its name.
    pub files: BTreeMap<String, String>,
}

/// Writes a backup of a data folder to `to`, whole or not at all. The magazine
/// may go on being written meanwhile.
pub fn make(data: &Path, to: &Path) -> Result<Manifest, BackupError> {
    let database = data.join(DATABASE);
    if !database.is_file() {
        return Err(BackupError::Nothing(data.into()));
    }
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let name = to.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let part = Scratch(folder.join(format!(".{name}.{}.part", std::process::id())));
    let copy = Scratch(folder.join(format!(".{name}.{}.db", std::process::id())));

    let file = File::create(&part.0).map_err(|why| io_error(format!("write {}", to.display()), why))?;
    let mut archive = tar::Builder::new(GzEncoder::new(BufWriter::new(file), Compression::fast()));
    let mut files = BTreeMap::new();
    for name in names_below(data)? {
        add(&mut archive, &mut files, &name, &data.join(&name))?;
    }
    snapshot(&database, &copy.0)?;
    add(&mut archive, &mut files, DATABASE, &copy.0)?;
    let manifest = Manifest { format: "masthead backup".into(), schema: crate::SCHEMA_VERSION, files };
    let text = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    append(&mut archive, MANIFEST, text.len() as u64, &text[..]).map_err(|why| io_error("write the manifest", why))?;

    let sync = || -> io::Result<()> {
        let file = archive.into_inner()?.finish()?.into_inner().map_err(|why| why.into_error())?;
        file.sync_all()?;
        fs::rename(&part.0, to)?;
        File::open(&folder)?.sync_all()
    };
    sync().map_err(|why| io_error(format!("write {}", to.display()), why))?;
    Ok(manifest)
}

/// Unpacks a backup into a data folder that holds no magazine yet. Every file
/// is checked against the manifest, and the database for integrity, before the
/// folder gets its name.
pub fn restore(from: &Path, data: &Path) -> Result<Manifest, BackupError> {
    let taken = data.is_dir() && fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        return Err(BackupError::Occupied(data.into()));
    }
    let name = data.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| "magazine".into());
    let beside = ScratchFolder(data.with_file_name(format!(".{name}.{}.restoring", std::process::id())));
    fs::create_dir_all(&beside.0).map_err(|why| io_error(format!("make {}", beside.0.display()), why))?;
    let manifest = unpack(from, &beside.0)?;
    check_database(&beside.0.join(DATABASE))?;
    if data.is_dir() {
        fs::remove_dir(data).map_err(|why| io_error(format!("replace {}", data.display()), why))?;
    }
    fs::rename(&beside.0, data).map_err(|why| io_error(format!("make {}", data.display()), why))?;
    Ok(manifest)
}

/// Asks SQLite whether the file is sound.
pub fn check_database(path: &Path) -> Result<(), BackupError> {
    let failed = |why: rusqlite::Error| BackupError::Database { doing: "check the database", why: why.to_string() };
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed)?;
    let answer: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(failed)?;
    if answer == "ok" { Ok(()) } else { Err(BackupError::Database { doing: "check the database", why: answer }) }
}

/// One consistent moment of the database as a file of its own.
fn snapshot(database: &Path, to: &Path) -> Result<(), BackupError> {
    let failed = |why: rusqlite::Error| BackupError::Database { doing: "copy the database", why: why.to_string() };
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed)?;
    connection.busy_timeout(std::time::Duration::from_secs(30)).map_err(failed)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(failed)?;
    Ok(())
}

fn unpack(from: &Path, into: &Path) -> Result<Manifest, BackupError> {
    let damaged = |what: &str| BackupError::Damaged(what.to_owned());
    let file = File::open(from).map_err(|why| io_error(format!("read {}", from.display()), why))?;
    let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    let mut found = BTreeMap::new();
    let mut manifest = None;
    let entries = archive.entries().map_err(|why| damaged(&why.to_string()))?;
    for entry in entries.take(MOST_FILES) {
        let mut entry = entry.map_err(|why| damaged(&why.to_string()))?;
        let name = entry.path().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
        if !entry.header().entry_type().is_file() || !media::is_name(&name) {
            return Err(damaged(&format!("“{name}” has no place in it")));
        }
        if name == MANIFEST {
            let mut text = Vec::new();
            entry.take(LARGEST_MANIFEST).read_to_end(&mut text).map_err(|why| damaged(&why.to_string()))?;
            let read: Manifest = serde_json::from_slice(&text).map_err(|why| damaged(&why.to_string()))?;
            manifest = Some(read);
            continue;
        }
        let path = into.join(&name);
        let hash = write_hashed(&mut entry, &path).map_err(|why| io_error(format!("unpack {name}"), why))?;
        found.insert(name, hash);
    }
    let manifest = manifest.ok_or_else(|| damaged("its manifest is missing"))?;
    if manifest.schema > crate::SCHEMA_VERSION {
        return Err(damaged("it was made by a newer version of Masthead; install that version"));
    }
    for (name, hash) in &manifest.files {
        if found.get(name) != Some(hash) {
            return Err(damaged(&format!("{name} is missing or was changed")));
        }
    }
    if let Some(name) = found.keys().find(|name| !manifest.files.contains_key(*name)) {
        return Err(damaged(&format!("{name} is not in its manifest")));
    }
    if !manifest.files.contains_key(DATABASE) {
        return Err(damaged("it holds no database"));
    }
    Ok(manifest)
}

fn names_below(data: &Path) -> Result<Vec<String>, BackupError> {
    let mut names: Vec<String> =
        FILES.iter().filter(|name| data.join(name).is_file()).map(|&name| name.to_owned()).collect();
    let mut folders: Vec<String> = FOLDERS.iter().map(|&name| name.to_owned()).collect();
    while let Some(folder) = folders.pop() {
        let path = data.join(&folder);
        if !path.is_dir() {
            continue;
        }
        let read = |why| io_error(format!("read {}", path.display()), why);
        for entry in fs::read_dir(&path).map_err(read)? {
            let entry = entry.map_err(read)?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(read)?;
            if kind.is_dir() && media::is_name(&name) {
                folders.push(name);
            } else if kind.is_file() && media::is_name(&name) {
                names.push(name);
            }
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn add<W: Write>(
    archive: &mut tar::Builder<W>,
    files: &mut BTreeMap<String, String>,
    name: &str,
    path: &Path,
) -> Result<(), BackupError> {
    let mut copy = || -> io::Result<String> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut hashing = Hashing { inner: file.take(size), hash: Sha256::new() };
        append(archive, name, size, &mut hashing)?;
        Ok(hex(hashing.hash))
    };
    let hash = copy().map_err(|why| io_error(format!("back up {name}"), why))?;
    files.insert(name.to_owned(), hash);
    Ok(())
}

fn append<W: Write>(archive: &mut tar::Builder<W>, name: &str, size: u64, data: impl Read) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o644);
    header.set_entry_type(tar::EntryType::Regular);
    archive.append_data(&mut header, name, data)
}

fn write_hashed(from: &mut impl Read, path: &Path) -> io::Result<String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    let mut hashing = Hashing { inner: from, hash: Sha256::new() };
    io::copy(&mut hashing, &mut file)?;
    file.sync_all()?;
    Ok(hex(hashing.hash))
}

/// A reader that hashes what passes.
struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(&into[..read]);
        Ok(read)
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn io_error(doing: impl Into<String>, why: io::Error) -> BackupError {
    BackupError::Io { doing: doing.into(), why }
}

/// A file that is removed when it was not renamed.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A folder that is removed when it was not renamed.
struct ScratchFolder(PathBuf);

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
