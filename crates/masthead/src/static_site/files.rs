//! The files of an export: what each path is called on disk, and how a new export takes the place of an earlier one.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// What stands in a folder for an address that ends with a slash.
pub const INDEX: &str = "index.html";
/// The same for a feed: a name that servers take for RSS, and that no address of a magazine has.
pub const FEED: &str = "index.rss";
/// The page for what is not there.
pub const NOT_FOUND: &str = "404.html";
/// Redirects, as Netlify and Cloudflare Pages read them.
pub const REDIRECTS: &str = "_redirects";
/// Types and policies, as Netlify and Cloudflare Pages read them.
pub const HEADERS: &str = "_headers";
/// Marks a folder as an export, and names what stands at its top.
pub const MARK: &str = ".masthead-export";

/// Files of the export's own, which no address of the magazine may have.
const OWN: [&str; 4] = [NOT_FOUND, REDIRECTS, HEADERS, MARK];
/// Longest part of a name in bytes: what file systems take.
const LONGEST_PART: usize = 255;
/// The first line of the mark.
const FIRST_LINE: &str = "An export of Masthead. The next one takes away what is named here, and refuses what is not.";
/// Where a file waits while a folder is made in its place.
const ASIDE: &str = ".masthead-aside";

/// The file for a path: `/news/` is `news/index.html`, `/a%20b.pdf` is `a b.pdf`. A page always ends up in a file that
/// servers take for HTML. `None` for a path that is no file's name, could leave the folder, or is one of the export's own.
pub fn name(path: &str, is_page: bool) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    if decoded.matches('/').count() != path.matches('/').count() {
        return None;
    }
    let mut parts: Vec<&str> = decoded.strip_prefix('/')?.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    if !last.is_empty() {
        parts.push(last);
    }
    if !parts.iter().all(|part| is_part(part)) {
        return None;
    }
    let is_html = [".html", ".htm"].iter().any(|end| last.to_ascii_lowercase().ends_with(end));
    if last.is_empty() || is_page && !is_html {
        parts.push(INDEX);
    }
    (last != FEED && !OWN.contains(&parts[0])).then(|| parts.join("/"))
}

fn is_part(part: &str) -> bool {
    let is_dots = part == "." || part == "..";
    !part.is_empty() && !is_dots && part.len() <= LONGEST_PART && !part.contains(|c: char| c.is_control() || c == '\\')
}

/// The second name of a feed that stands in a folder: `rss/index.rss` beside `rss/index.html`.
pub fn twin(name: &str, content_type: &str) -> Option<String> {
    let folder = name.strip_suffix(INDEX).filter(|_| essence(content_type) == "application/rss+xml")?;
    Some(format!("{folder}{FEED}"))
}

/// A media type without what follows it.
fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// What browsers draw whatever type it comes with.
const PICTURES: &[&str] = &["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/x-icon"];
/// Types that servers give by the end of a name.
const TYPES: &[(&str, &[&str])] = &[
    ("html", &["text/html"]),
    ("xml", &["application/xml", "text/xml"]),
    ("json", &["application/json"]),
    ("css", &["text/css"]),
    ("js", &["text/javascript", "application/javascript"]),
    ("txt", &["text/plain"]),
    ("svg", &["image/svg+xml"]),
    ("ico", PICTURES),
    ("jpg", PICTURES),
    ("jpeg", PICTURES),
    ("png", PICTURES),
    ("gif", PICTURES),
    ("webp", PICTURES),
    ("avif", PICTURES),
];

/// Whether a server that goes by the end of a name gives the file this type, or one that does as well.
pub fn is_typed_by_its_name(name: &str, content_type: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match TYPES.iter().find(|(known, _)| *known == end) {
        Some((_, types)) => types.contains(&essence(content_type)),
        None => !essence(content_type).ends_with("xml"), // fonts and films have names of their own, a feed at `/feed.php` has not
    }
}

/// The folder into which files are written, by names that [`name`] made.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    bytes: u64,
    /// Files that became the index of a folder that was needed in their place.
    moved_in: HashSet<String>,
    lost: Vec<String>,
}

impl Folder {
    /// A folder that is there, and empty.
    pub fn at(root: &Path) -> Folder {
        Folder { root: root.to_owned(), bytes: 0, moved_in: HashSet::new(), lost: Vec::new() }
    }

    /// Writes a file; answers whether its name was free.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<bool> {
        let Some(path) = self.room_for(name)? else { return Ok(false) };
        fs::write(path, bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(true)
    }

    /// Copies a file of any size; answers whether its name was free.
    pub fn copy(&mut self, name: &str, from: &Path) -> io::Result<bool> {
        let Some(path) = self.room_for(name)? else { return Ok(false) };
        self.bytes += fs::copy(from, path)?;
        Ok(true)
    }

    /// Bytes written so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Files that were written, and gave way to a page that has more right to their place.
    pub fn lost(&self) -> &[String] {
        &self.lost
    }

    /// Where a file of this name is to be written; `None` where another has the place. On disk nothing is a file and a
    /// folder at once: a file at `a` where `a/b` is wanted becomes `a/index.html`, so that `/a` still leads to it by way
    /// of `/a/`; a page whose own that place is takes it. It is all the same in which order they come.
    fn room_for(&mut self, name: &str) -> io::Result<Option<PathBuf>> {
        let path = self.root.join(name);
        let folder = path.parent().unwrap_or(&self.root).to_owned();
        if fs::create_dir_all(&folder).is_err() {
            self.make_way(name)?;
            fs::create_dir_all(&folder)?;
        }
        match fs::symlink_metadata(&path) {
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(Some(path)),
            Err(why) => Err(why),
            Ok(facts) if facts.is_dir() => {
                let index = path.join(INDEX);
                let is_free = !index.exists();
                if is_free {
                    self.moved_in.insert(format!("{name}/{INDEX}"));
                }
                Ok(is_free.then_some(index))
            }
            Ok(_) if self.moved_in.remove(name) => {
                self.lost.push(name.strip_suffix(INDEX).unwrap_or(name).trim_end_matches('/').to_owned());
                Ok(Some(path))
            }
            Ok(_) => Ok(None),
        }
    }

    /// Files that stand where this name has folders become those folders' indexes.
    fn make_way(&mut self, name: &str) -> io::Result<()> {
        for (end, _) in name.match_indices('/') {
            let folder = &name[..end];
            let path = self.root.join(folder);
            if fs::symlink_metadata(&path).is_ok_and(|facts| facts.is_file()) {
                let aside = self.root.join(ASIDE);
                fs::rename(&path, &aside)?;
                fs::create_dir(&path)?;
                fs::rename(&aside, path.join(INDEX))?;
                self.moved_in.insert(format!("{folder}/{INDEX}"));
            }
        }
        Ok(())
    }
}

/// Why a folder is not written.
#[derive(Debug, thiserror::Error)]
pub enum NoFolder {
    /// It has no name by which it could be replaced.
    #[error("{0} cannot be replaced as a whole; name a folder below it")]
    NoName(PathBuf),
    /// It is a file.
    #[error("{0} is a file, not a folder")]
    File(PathBuf),
    /// It holds what would be lost.
    #[error(
        "{folder} holds {what}, which no export wrote and the next one would take away; move it, or name a folder that is \
         empty or not there yet"
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The first such name in it.
        what: String,
    },
    /// The system refuses it.
    #[error("the folder {folder} cannot be written: {why}")]
    Io {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        why: io::Error,
    },
}

/// An export in the making, in a folder beside the one that it is to be. Dropped before its end it leaves nothing.
#[derive(Debug)]
pub struct Build {
    target: PathBuf,
    new: PathBuf,
    old: PathBuf,
    is_finished: bool,
}

impl Build {
    /// Begins an export: the folder must not be there yet, be empty, or hold an earlier export alone.
    pub fn begin(folder: &Path) -> Result<Build, NoFolder> {
        let unusable = |why| NoFolder::Io { folder: folder.to_owned(), why };
        // A link stays, and what it leads to is replaced.
        let target = match fs::canonicalize(folder) {
            Err(why) if why.kind() == ErrorKind::NotFound => folder.to_owned(),
            target => target.map_err(unusable)?,
        };
        let name = target.file_name().ok_or_else(|| NoFolder::NoName(folder.to_owned()))?;
        let name = name.to_string_lossy().into_owned();
        let beside = |end: &str| target.with_file_name(format!(".{name}.masthead-{end}"));
        let (new, old) = (beside("new"), beside("old"));
        if !target.exists() && old.is_dir() {
            fs::rename(&old, &target).map_err(unusable)?; // a run was cut off before its last step
        }
        refuse_foreign(&target, folder)?;
        for left in [&new, &old] {
            match fs::remove_dir_all(left) {
                Err(why) if why.kind() != ErrorKind::NotFound => return Err(unusable(why)),
                _ => {}
            }
        }
        fs::create_dir_all(&new).map_err(unusable)?;
        Ok(Build { target, new, old, is_finished: false })
    }

    /// The folder to write into.
    pub fn folder(&self) -> &Path {
        &self.new
    }

    /// Puts the export in its place; an earlier one is there until then, and again if that fails.
    pub fn finish(mut self) -> io::Result<()> {
        fs::write(self.new.join(MARK), mark(&self.new)?)?;
        open_to_all(&self.new)?;
        let replaces = self.target.exists();
        if replaces {
            fs::rename(&self.target, &self.old)?;
        }
        if let Err(why) = fs::rename(&self.new, &self.target) {
            if replaces {
                let _ = fs::rename(&self.old, &self.target); // the first reason is the one to tell
            }
            return Err(why);
        }
        self.is_finished = true;
        let _ = fs::remove_dir_all(&self.old); // what is left of it, the next run takes away
        Ok(())
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        if !self.is_finished {
            let _ = fs::remove_dir_all(&self.new);
        }
    }
}

fn refuse_foreign(target: &Path, folder: &Path) -> Result<(), NoFolder> {
    let unusable = |why| NoFolder::Io { folder: folder.to_owned(), why };
    if target.is_file() {
        return Err(NoFolder::File(folder.to_owned()));
    }
    let there = match names(target) {
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(()),
        there => there.map_err(unusable)?,
    };
    let mark = fs::read_to_string(target.join(MARK)).unwrap_or_default();
    let written: HashSet<&str> = mark.lines().skip(1).collect();
    match there.into_iter().find(|name| name != MARK && !written.contains(name.as_str())) {
        Some(what) => Err(NoFolder::Foreign { folder: folder.to_owned(), what }),
        None => Ok(()),
    }
}

/// What is written into the mark: what stands at the top of the export.
fn mark(folder: &Path) -> io::Result<String> {
    Ok([FIRST_LINE.to_owned()].into_iter().chain(names(folder)?).map(|line| line + "\n").collect())
}

/// What stands in a folder, by name.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names = fs::read_dir(folder)?.map(|entry| entry.map(name)).collect::<io::Result<Vec<String>>>()?;
    names.sort_unstable();
    Ok(names)
}

/// What is exported is public, and the server that hands it out is often another user than the one who exports.
#[cfg(unix)]
fn open_to_all(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            open_to_all(&entry.path())?;
        } else {
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o644))?;
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_has_its_file() {
        for (path, is_page, expected) in [
            ("/", true, "index.html"),
            ("/news/page/2/", true, "news/page/2/index.html"),
            ("/caf%C3%A9/", true, "café/index.html"),
            ("/news", true, "news/index.html"),
            ("/old.html", true, "old.html"),
            ("/old.php", true, "old.php/index.html"),
            ("/rss/", false, "rss/index.html"),
            ("/assets/a%20b.css", false, "assets/a b.css"),
            ("/.well-known/security.txt", false, ".well-known/security.txt"),
            ("/news/404.html", false, "news/404.html"),
        ] {
            assert_eq!(name(path, is_page).as_deref(), Some(expected), "{path}");
        }
    }

    #[test]
    fn a_path_that_could_leave_the_folder_has_none() {
        let long = format!("/{}/", "x".repeat(256));
        for path in [
            "",
            "news/",
            "//",
            "/a//b/",
            "/../x",
            "/a/..",
            "/%2e%2e/x",
            "/a%2f..%2fb",
            "/./",
            "/a%00/",
            "/a%5cb/",
            "/%ff/",
            "/404.html",
            "/news/index.rss",
            "/_redirects",
            "/_headers/",
            "/.masthead-export",
            long.as_str(),
        ] {
            assert_eq!(name(path, true), None, "{path}");
        }
    }

    #[test]
    fn a_feed_in_a_folder_has_two_names_and_only_one_right_type() {
        let rss = "application/rss+xml; charset=utf-8";
        assert_eq!(twin("rss/index.html", rss).as_deref(), Some("rss/index.rss"));
        assert_eq!(twin("feed.rss", rss), None);
        assert_eq!(twin("news/index.html", "text/html; charset=utf-8"), None);
        for (name, content_type, is) in [
            ("rss/index.html", rss, false),
            ("favicon.ico", "image/svg+xml", false),
            ("favicon.ico", "image/png", true),
            ("feed.json", "application/feed+json; charset=utf-8", false),
            ("sitemap.xml", "application/xml; charset=utf-8", true),
            ("size/w600/format/webp/a.jpg", "image/webp", true),
            ("a.woff2", "font/woff2", true),
            ("feed.php", rss, false),
        ] {
            assert_eq!(is_typed_by_its_name(name, content_type), is, "{name} {content_type}");
        }
    }

    fn written(put: &[(&str, &str)]) -> (String, Vec<String>) {
        let root = tempfile::tempdir().unwrap();
        let mut folder = Folder::at(root.path());
        let taken: Vec<&str> = put
            .iter()
            .filter(|(name, text)| !folder.put(name, text.as_bytes()).unwrap())
            .map(|(name, _)| *name)
            .collect();
        let mut files = Vec::new();
        let mut folders = vec![root.path().to_owned()];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(at).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(root.path()).unwrap().to_str().unwrap().to_owned();
                    files.push(format!("{name}={}", fs::read_to_string(&path).unwrap()));
                }
            }
        }
        files.sort();
        let mut left_out: Vec<String> = taken.into_iter().map(str::to_owned).chain(folder.lost().to_vec()).collect();
        left_out.sort();
        (files.join(" "), left_out)
    }

    #[test]
    fn what_is_a_file_and_a_folder_at_once_is_written_alike_in_any_order() {
        let (file, below, page) = (("a", "file"), ("a/b.css", "below"), ("a/index.html", "page"));
        for put in [[file, below], [below, file]] {
            assert_eq!(written(&put), ("a/b.css=below a/index.html=file".into(), vec![]));
        }
        for put in [
            [file, below, page],
            [file, page, below],
            [below, file, page],
            [below, page, file],
            [page, file, below],
            [page, below, file],
        ] {
            assert_eq!(written(&put), ("a/b.css=below a/index.html=page".into(), vec!["a".to_owned()]), "{put:?}");
        }
    }

    #[test]
    fn a_name_is_taken_once() {
        assert_eq!(written(&[("a/b", "one"), ("a/b", "two")]), ("a/b=one".into(), vec!["a/b".to_owned()]));
    }

    fn export(to: &Path, text: &str) -> Result<(), NoFolder> {
        let build = Build::begin(to)?;
        Folder::at(build.folder()).put(INDEX, text.as_bytes()).unwrap();
        build.finish().unwrap();
        Ok(())
    }

    fn text(folder: &Path) -> String {
        fs::read_to_string(folder.join(INDEX)).unwrap()
    }

    #[test]
    fn an_export_takes_the_place_of_an_earlier_one_when_it_is_whole() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("new/site");
        export(&site, "one").unwrap();
        drop(Build::begin(&site).unwrap());
        assert_eq!(text(&site), "one");
        export(&site, "two").unwrap();
        assert_eq!(text(&site), "two");
        let beside = names(site.parent().unwrap()).unwrap();
        assert_eq!(beside, ["site"], "nothing unfinished lies about");

        let cut_off = site.with_file_name(".site.masthead-old");
        fs::rename(&site, &cut_off).unwrap();
        drop(Build::begin(&site).unwrap());
        assert_eq!(text(&site), "two", "a run that was cut off between its last steps lost nothing");
    }

    #[test]
    fn what_no_export_wrote_is_never_taken_away() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("site");
        fs::create_dir(&site).unwrap();
        export(&site, "one").unwrap();
        fs::write(site.join("CNAME"), "lantern.example").unwrap();
        let why = export(&site, "two").unwrap_err().to_string();
        assert!(why.contains("holds CNAME, which no export wrote"), "{why}");
        assert_eq!(text(&site), "one");

        let file = root.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(export(&file, "x").unwrap_err().to_string().ends_with("file is a file, not a folder"));
        assert!(matches!(Build::begin(Path::new("/")), Err(NoFolder::NoName(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_folder_stays_and_every_user_may_read_the_site() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let root = tempfile::tempdir().unwrap();
        let (site, link) = (root.path().join("site"), root.path().join("link"));
        fs::create_dir(&site).unwrap();
        symlink(&site, &link).unwrap();
        export(&link, "one").unwrap();
        assert!(link.is_symlink());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((text(&site), mode(&site), mode(&site.join(INDEX))), ("one".to_owned(), 0o755, 0o644));
    }
}
