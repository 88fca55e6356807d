//! The public site as files that any web server serves.
//!
//! The site is asked as a reader asks it, without a server in between: beginning with the front, the sitemaps, the feeds
//! and every address that the store knows, and then along the links in what comes back. An answer is written and
//! forgotten; only paths stay in memory. Answers are taken in the order in which they were asked for, so that the same
//! magazine makes the same export.

pub mod files;
pub mod links;
mod markup;

use std::collections::{HashMap, VecDeque};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use percent_encoding::percent_decode_str;
use theme::{Map, Value, handlebars, plain};

use crate::{App, site};
use files::Folder;
use links::{Kind, Link, Own};

/// Pages that are made at a time.
const AT_ONCE: usize = 4;
/// Addresses of the store that are read at a time.
const ADDRESSES: i64 = 500;
/// How many are named of what is wrong.
pub const NAMED: usize = 20;
/// Redirects that are followed to find a file behind them.
const HOPS: usize = 5;

/// Where the walk begins, beside what the store knows. What is not there is left out.
const FIRST: &[&str] = &[
    "/",
    plain::SUBSCRIBE,
    plain::SIGN_IN,
    plain::SEARCH,
    "/record/",
    "/corrections/",
    "/corrections/rss/",
    "/corrections/feed/",
    "/rss/",
    "/feed/",
    "/feed.json",
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/favicon.ico",
];
/// The ends of the paths at which feeds stand.
const FEEDS: [&str; 2] = ["/rss/", "/feed/"];
/// No page and no redirect is ever at a path with two slashes: what answers is the page for what is not there.
const NOWHERE: &str = "/404//";

/// The page at an address that leads elsewhere.
const MOVED: &str = include_str!("../../pages/moved.hbs");

const NO_NAME: &str = "its address is no file's name";
const TAKEN: &str = "another file has its name";
const FAILED: &str = "it could not be made; the log says why";

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Pages.
    pub pages: u64,
    /// Pictures, feeds, sitemaps, files of the theme and the like.
    pub files: u64,
    /// Bytes of all of it.
    pub bytes: u64,
    /// Addresses that lead elsewhere.
    pub redirects: u64,
    /// Redirects of the magazine that are expressions: no file can stand for all that they fit.
    pub expressions: u64,
    /// Links to the magazine's own paths at which nothing is.
    pub broken: Few<Broken>,
    /// What is not in the export although it is on the site.
    pub left_out: Few<LeftOut>,
    /// How many of these could not be made.
    pub failed: u64,
}

/// A list of which the first are kept, and the rest is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<T> {
    /// How many there are.
    pub count: u64,
    /// The first of them, at most [`NAMED`].
    pub first: Vec<T>,
}

/// A link that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where it leads.
    pub link: String,
    /// The first page on which it was found.
    pub page: String,
    /// What is answered there: 404, or 410 where something was withdrawn.
    pub status: u16,
}

/// Something that is not in the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path.
    pub path: String,
    /// Why.
    pub why: &'static str,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum NoExport {
    /// A file cannot be written.
    #[error("{name} cannot be written: {why}")]
    Write {
        /// Which.
        name: String,
        /// The system's words.
        why: io::Error,
    },
    /// The magazine cannot be read.
    #[error(transparent)]
    Broken(#[from] store::Broken),
    /// Nor its settings.
    #[error(transparent)]
    Site(#[from] crate::Error),
    /// The page of a redirect cannot be drawn.
    #[error(transparent)]
    Page(#[from] theme::Error),
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few { count: 0, first: Vec::new() }
    }
}

impl<T> Few<T> {
    fn add(&mut self, one: T) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(one);
        }
    }
}

/// Writes the public site into an empty folder, as a stranger sees it. `done` is told how many paths are behind it, and of
/// how many that are known so far.
pub async fn export(app: &Arc<App>, folder: &mut Folder, done: impl Fn(u64, u64)) -> Result<Account, NoExport> {
    let mut walk = Walk::begin(app, folder).await?;
    let mut under_way = VecDeque::new();
    let mut behind = 0;
    loop {
        while under_way.len() < AT_ONCE {
            let Some(path) = walk.next_path().await? else { break };
            under_way.push_back((path.clone(), tokio::spawn(find(app.clone(), walk.own.clone(), path))));
        }
        let Some((path, answer)) = under_way.pop_front() else { break };
        walk.take(&path, answer.await.unwrap_or(Found::Failed))?;
        behind += 1;
        done(behind, walk.known.len() as u64);
    }
    walk.end()
}

/// The walk through the site.
struct Walk<'a> {
    app: &'a Arc<App>,
    folder: &'a mut Folder,
    own: Arc<Own>,
    /// `@site` for the pages of redirects.
    site: Value,
    /// Every path that was met, with the first page that has a link to it.
    known: HashMap<Arc<str>, Option<Arc<str>>>,
    waiting: VecDeque<Arc<str>>,
    /// The last address that was read from the store; `None` when there are no more.
    after: Option<String>,
    redirects: Vec<Redirect>,
    missing: Vec<(Arc<str>, StatusCode)>,
    headers: Vec<(Arc<str>, String)>,
    account: Account,
}

struct Redirect {
    from: Arc<str>,
    to: String,
    status: StatusCode,
}

/// What is at a path.
enum Found {
    /// Bytes to write.
    File(File),
    /// A recording or a file that lies in the data folder, and is copied as it is.
    Kept(PathBuf),
    /// A redirect to a page.
    Moved { to: String, status: StatusCode },
    /// A redirect to a file, which stands at this path too: nothing that loads a picture or a feed follows a page.
    Copied { to: String, file: File },
    /// 404 or 410.
    Nothing(StatusCode),
    /// It could not be made.
    Failed,
}

struct File {
    kind: Kind,
    content_type: String,
    /// The content policy, of what has one and is no page.
    policy: Option<String>,
    links: Vec<Link>,
    body: Bytes,
}

impl<'a> Walk<'a> {
    /// Knows where to begin, and has written the page for what is not there.
    async fn begin(app: &'a Arc<App>, folder: &'a mut Folder) -> Result<Walk<'a>, NoExport> {
        let settings = app.settings().await?;
        let site = Value::map([("title", settings.title.as_str().into()), ("locale", settings.locale.as_str().into())]);
        let mut walk = Walk {
            app,
            folder,
            own: Arc::new(Own::new(app.url.host())),
            site,
            known: HashMap::new(),
            waiting: VecDeque::new(),
            after: Some(String::new()),
            redirects: Vec::new(),
            missing: Vec::new(),
            headers: Vec::new(),
            account: Account::default(),
        };
        if let Some(answer) = ask(app, NOWHERE).await {
            let page = read(&walk.own, "/", answer);
            walk.put(files::NOT_FOUND, &page.body)?;
            walk.follow(&page.links, &format!("/{}", files::NOT_FOUND).into());
        }
        FIRST.iter().for_each(|path| walk.look_at(path));
        for section in store::section::all(&app.store).await? {
            let path = section.path.url();
            ["", "feed/", "feed.json"].iter().for_each(|end| walk.look_at(&format!("{path}{end}")));
        }
        walk.old_names().await?;
        let routing = app.routing();
        walk.account.expressions = routing.expressions() as u64;
        routing.addresses().iter().for_each(|path| walk.look_at(path));
        // A script may load a file of the theme that no page names.
        let theme = app.theme();
        let mut assets: Vec<&str> = theme.assets().collect();
        assets.sort_unstable();
        assets.iter().for_each(|name| walk.look_at(&format!("/assets/{name}")));
        Ok(walk)
    }

    /// Addresses that lead elsewhere, sections that moved and people who were merged.
    async fn old_names(&mut self) -> Result<(), NoExport> {
        let app = self.app;
        let mut last = String::new();
        loop {
            let moved = store::section::moved_after(&app.store, &last, ADDRESSES).await?;
            let Some(end) = moved.last() else { break };
            last = end.path.clone();
            for old in moved {
                ["", "rss/", "feed/"].iter().for_each(|end| self.look_at(&format!("/{}/{end}", old.path)));
            }
        }
        last.clear();
        loop {
            let moved = store::person::moved_after(&app.store, &last, ADDRESSES).await?;
            let Some(end) = moved.last() else { break };
            last = end.slug.clone();
            moved.iter().for_each(|old| self.look_at(&format!("/record/{}/", old.slug)));
        }
        last.clear();
        loop {
            let leads = store::lead::after(&app.store, &last, ADDRESSES).await?;
            let Some(end) = leads.last() else { return Ok(()) };
            last = end.path.clone();
            // Files have no names behind a question mark.
            leads.iter().filter(|lead| !lead.path.contains('?')).for_each(|lead| self.look_at(&lead.path));
        }
    }

    /// The next path to ask for.
    async fn next_path(&mut self) -> Result<Option<Arc<str>>, NoExport> {
        while self.waiting.is_empty() {
            let Some(last) = self.after.take() else { break };
            let addresses = store::address::paths_after(&self.app.store, &last, ADDRESSES).await?;
            self.after = addresses.last().map(|row| row.path.clone());
            addresses.iter().for_each(|row| self.look_at(&row.path));
        }
        Ok(self.waiting.pop_front())
    }

    /// A path that may be there, without a page that links to it.
    fn look_at(&mut self, path: &str) {
        self.meet(&links::tidy(path), None);
    }

    fn follow(&mut self, links: &[Link], page: &Arc<str>) {
        for link in links {
            self.meet(&link.path, link.is_meant.then_some(page));
        }
    }

    fn meet(&mut self, path: &str, page: Option<&Arc<str>>) {
        match self.known.get_mut(path) {
            Some(first) => *first = first.take().or_else(|| page.cloned()),
            None => {
                let path: Arc<str> = path.into();
                self.known.insert(path.clone(), page.cloned());
                self.waiting.push_back(path);
            }
        }
    }

    /// Writes what was found at a path, and follows the links in it.
    fn take(&mut self, path: &Arc<str>, found: Found) -> Result<(), NoExport> {
        match found {
            Found::File(file) => {
                self.follow(&file.links, path);
                self.write(path, &file)
            }
            Found::Kept(from) => self.copy(path, &from),
            Found::Moved { to, status } => {
                self.lead(path, &to);
                self.redirects.push(Redirect { from: path.clone(), to, status });
                Ok(())
            }
            Found::Copied { to, file } => {
                self.lead(path, &to);
                self.follow(&file.links, path);
                self.write(path, &file)
            }
            Found::Nothing(status) => {
                self.missing.push((path.clone(), status));
                Ok(())
            }
            Found::Failed => {
                self.account.failed += 1;
                self.leave_out(path, FAILED);
                Ok(())
            }
        }
    }

    fn lead(&mut self, from: &Arc<str>, to: &str) {
        if let Some(path) = self.own.path(from, to) {
            self.meet(&path, Some(from));
        }
    }

    fn write(&mut self, path: &Arc<str>, file: &File) -> Result<(), NoExport> {
        let is_page = file.kind == Kind::Page;
        let Some(name) = files::name(path, is_page) else {
            self.leave_out(path, NO_NAME);
            return Ok(());
        };
        if !self.put(&name, &file.body)? {
            self.leave_out(path, TAKEN);
            return Ok(());
        }
        if let Some(twin) = files::twin(&name, &file.content_type) {
            self.put(&twin, &file.body)?;
        }
        if !files::is_typed_by_its_name(&name, &file.content_type) {
            self.headers.push((path.clone(), format!("Content-Type: {}", file.content_type)));
        }
        if let Some(policy) = &file.policy {
            self.headers.push((path.clone(), format!("Content-Security-Policy: {policy}")));
        }
        match is_page {
            true => self.account.pages += 1,
            false => self.account.files += 1,
        }
        Ok(())
    }

    fn copy(&mut self, path: &Arc<str>, from: &Path) -> Result<(), NoExport> {
        let Some(name) = files::name(path, false) else {
            self.leave_out(path, NO_NAME);
            return Ok(());
        };
        match self.folder.copy(&name, from) {
            Ok(true) => self.account.files += 1,
            Ok(false) => self.leave_out(path, TAKEN),
            Err(why) => return Err(NoExport::Write { name, why }),
        }
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<bool, NoExport> {
        self.folder.put(name, bytes).map_err(|why| NoExport::Write { name: name.to_owned(), why })
    }

    fn leave_out(&mut self, path: &str, why: &'static str) {
        self.account.left_out.add(LeftOut { path: path.to_owned(), why });
    }

    /// Writes what is known at the end only, and gives account.
    fn end(mut self) -> Result<Account, NoExport> {
        self.write_redirects()?;
        self.write_headers()?;
        for lost in self.folder.lost().to_vec() {
            self.leave_out(&format!("/{lost}"), TAKEN);
        }
        for (path, status) in &self.missing {
            // What was only tried, or only looks like a link, is no fault.
            if let Some(Some(page)) = self.known.get(path) {
                let (link, page, status) = (path.to_string(), page.to_string(), status.as_u16());
                self.account.broken.add(Broken { link, page, status });
            }
        }
        self.account.bytes = self.folder.bytes();
        Ok(self.account)
    }

    /// A page for each redirect, and all of them in one file. They come last: a page has more right to a place than what
    /// leads elsewhere, where a disk takes capitals and small letters for the same.
    fn write_redirects(&mut self) -> Result<(), NoExport> {
        let mut redirects = std::mem::take(&mut self.redirects);
        redirects.sort_unstable_by(|a, b| a.from.cmp(&b.from));
        let mut lines = String::new();
        for Redirect { from, to, status } in &redirects {
            let target = self.own.path(from, to);
            let Some(name) = files::name(from, true) else {
                self.leave_out(from, NO_NAME);
                continue;
            };
            // A missing slash is added by every server that serves folders.
            if target.as_deref().and_then(|path| files::name(path, true)).as_ref() == Some(&name) {
                continue;
            }
            let page = self.moved_page(to, target.as_deref())?;
            self.put(&name, page.as_bytes())?;
            lines.push_str(&format!("{from} {to} {}\n", status.as_u16()));
            self.account.redirects += 1;
        }
        if !lines.is_empty() {
            self.put(files::REDIRECTS, lines.as_bytes())?;
        }
        Ok(())
    }

    fn moved_page(&self, to: &str, target: Option<&str>) -> Result<String, NoExport> {
        let address = target.map_or_else(|| to.to_owned(), |path| self.app.url.with(path));
        let root = Map::from([("to", to.into()), ("address", address.into())]);
        Ok(handlebars::render(MOVED, &[], root.into(), Map::from([("site", self.site.clone())]))?)
    }

    /// Types that no server can tell by a file's name. The shortest paths come first: hosts that read the file stop after
    /// some, and the magazine's own feed is asked for more than a tag's.
    fn write_headers(&mut self) -> Result<(), NoExport> {
        let mut headers = std::mem::take(&mut self.headers);
        headers.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
        let lines: String = headers.iter().map(|(path, line)| format!("{path}\n  {line}\n")).collect();
        if !lines.is_empty() {
            self.put(files::HEADERS, lines.as_bytes())?;
        }
        Ok(())
    }
}

/// Asks for a path, and finds the links in the answer.
async fn find(app: Arc<App>, own: Arc<Own>, path: Arc<str>) -> Found {
    let Some(mut answer) = ask(&app, &path).await else { return Found::Nothing(StatusCode::NOT_FOUND) };
    let status = answer.status;
    match answer.location.take() {
        Some(to) if status.is_redirection() => match behind(&app, &own, &path, &to).await {
            Some(file) => Found::Copied { to, file },
            None => Found::Moved { to, status },
        },
        _ if status == StatusCode::OK => Found::File(read(&own, &path, answer)),
        _ if status == StatusCode::NOT_FOUND || status == StatusCode::GONE => {
            kept(&app, &path).map_or(Found::Nothing(status), Found::Kept)
        }
        _ => Found::Failed,
    }
}

struct Answer {
    status: StatusCode,
    content_type: String,
    location: Option<String>,
    policy: Option<String>,
    body: Bytes,
}

/// What the site answers a stranger; nothing where the path cannot even be asked for.
async fn ask(app: &Arc<App>, path: &str) -> Option<Answer> {
    let uri: Uri = path.parse().ok()?;
    let response = site::answer(app, &uri, &Method::GET, &HeaderMap::new()).await;
    let (parts, body) = response.into_parts();
    let text = |name: HeaderName| {
        // A page that has a type of its own says it behind that of all pages.
        let value = parts.headers.get_all(name).iter().next_back();
        value.and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    Some(Answer {
        status: parts.status,
        content_type: text(header::CONTENT_TYPE).unwrap_or_default(),
        location: text(header::LOCATION),
        policy: text(header::CONTENT_SECURITY_POLICY),
        body: axum::body::to_bytes(body, usize::MAX).await.ok()?,
    })
}

fn read(own: &Own, path: &str, answer: Answer) -> File {
    let Answer { content_type, policy, body, .. } = answer;
    let kind = Kind::of(&content_type);
    let links = match kind {
        Kind::Other => Vec::new(),
        kind => links::links(own, kind, path, &String::from_utf8_lossy(&body)),
    };
    File { kind, content_type, policy: policy.filter(|_| kind == Kind::Other), links, body }
}

/// What stands at the end of a redirect, where that is no page.
async fn behind(app: &Arc<App>, own: &Own, path: &str, to: &str) -> Option<File> {
    let mut target = own.path(path, to)?;
    for _ in 0..HOPS {
        // It will be asked for anyway, at its own address.
        if target.ends_with('/') && !FEEDS.iter().any(|feed| target.ends_with(feed)) {
            return None;
        }
        let mut answer = ask(app, &target).await?;
        match answer.location.take() {
            Some(next) if answer.status.is_redirection() => target = own.path(&target, &next)?,
            _ if answer.status == StatusCode::OK => {
                return Some(read(own, &target, answer)).filter(|file| file.kind != Kind::Page);
            }
            _ => return None,
        }
    }
    None
}

/// A recording or a file to which a page links, as it lies beside the pictures.
fn kept(app: &App, path: &str) -> Option<PathBuf> {
    let name =
        path.strip_prefix("/content/").filter(|name| name.starts_with("media/") || name.starts_with("files/"))?;
    let name = percent_decode_str(name).decode_utf8().ok().filter(|name| store::media::is_name(name))?;
    let file = app.data.join("media").join(&*name);
    std::fs::symlink_metadata(&file).is_ok_and(|facts| facts.is_file()).then_some(file)
}
