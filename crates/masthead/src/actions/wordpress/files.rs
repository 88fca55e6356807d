//! Files of the media library: copied from a folder, or asked for one after the other.

use std::path::{Path, PathBuf};
use std::time::Duration;

use import::wordpress::{Survey, Upload, mime_of};
use news::Credit;
use store::{Batch, media};

use super::{Account, Run};
use crate::App;
use crate::actions::moving::Watch;
use crate::fetch::NoFetch;

/// Where files come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Files {
    /// From nowhere: those that are here already are known.
    #[default]
    None,
    /// A copy of `wp-content/uploads`.
    Folder(PathBuf),
    /// The site itself.
    Site,
}

impl Files {
    /// The copy of the uploads, where one is named: itself, or `wp-content/uploads` in it.
    pub fn folder(&self) -> Result<Option<PathBuf>, anyhow::Error> {
        match self {
            Files::Folder(folder) => uploads_of(folder).map(Some),
            _ => Ok(None),
        }
    }
}

/// Longest name of a file that the library shows, in characters.
const LONGEST_NAME: usize = 100;
/// Files of one batch.
const STRETCH: usize = 50;
/// A file has so long to come.
const DEADLINE: Duration = Duration::from_secs(60);
/// Between two questions, so that the site goes on serving its readers.
const PAUSE: Duration = Duration::from_millis(50);
/// How often a site that is busy is asked again.
const TRIES: u32 = 3;
/// Files in a row that do not come before it is given up.
const MOST_FAILED: u32 = 25;

/// Brings what is not here yet, writes the library's rows, and reads whose a picture is where only its file says that.
pub async fn bring(
    run: &Run<'_>,
    survey: &mut Survey,
    files: &Files,
    folder: Option<&Path>,
    watch: &impl Watch,
    account: &mut Account,
) -> Result<(), anyhow::Error> {
    let mut ids: Vec<u64> = survey.library.uploads.keys().copied().collect();
    ids.sort_unstable();
    watch.begins("Pictures and files", ids.len() as u64);
    let hosts = own_hosts(survey);
    let mut bringing =
        Bringing { run, survey, files, folder, hosts, account, batch: Batch::new(), waiting: 0, failed: 0 };
    for (done, id) in (0..).zip(ids) {
        watch.done(done);
        bringing.one(id).await?;
    }
    run.commit(&mut bringing.batch).await?;
    watch.ends();
    Ok(())
}

/// An import whose files come.
struct Bringing<'a> {
    run: &'a Run<'a>,
    survey: &'a mut Survey,
    files: &'a Files,
    folder: Option<&'a Path>,
    hosts: Vec<String>,
    account: &'a mut Account,
    batch: Batch,
    waiting: usize,
    /// Files in a row that did not come.
    failed: u32,
}

impl Bringing<'_> {
    async fn one(&mut self, id: u64) -> Result<(), anyhow::Error> {
        let Some(upload) = self.survey.library.uploads.get(&id).cloned() else { return Ok(()) };
        if !media::is_name(&upload.name) {
            self.account.skip(&upload.url, "a name that is not kept here");
            return Ok(());
        }
        let media = &self.run.app.media;
        let known = self.run.known(&name_of(id)).await?;
        if let Some(known) = known.as_ref().and_then(|known| file_of(&known.subject)) {
            self.survey.library.rename(id, known);
            if media.has(known) {
                describe(self.survey, id, read_here(self.run.app, known).as_deref());
                return Ok(());
            }
        }
        let came = self.get(&upload).await;
        // A file of this name that is another one, or may be: of the magazine's own, or of another site.
        if known.is_none() && media.has(&upload.name) {
            let is_same = |came: &[u8]| media.get(&upload.name).ok().flatten().is_some_and(|here| here == came);
            if !came.as_ref().is_ok_and(|came| came.as_deref().is_some_and(is_same)) {
                self.survey.library.rename(id, &beside(&upload.name, &self.run.site));
            }
        }
        let name = self.survey.library.uploads.get(&id).map_or(upload.name, |upload| upload.name.clone());
        match came {
            Ok(Some(bytes)) => {
                self.failed = 0;
                self.keep(id, &name, bytes).await?;
            }
            Ok(None) => self.account.misses(&name),
            Err(why) => {
                self.failed += 1;
                self.account.skip(&upload.url, &why);
                self.account.misses(&name);
                if self.failed == MOST_FAILED {
                    let how = format!("{MOST_FAILED} files in a row did not come, so no further ones were asked for");
                    self.account.note("", &how);
                }
            }
        }
        Ok(())
    }

    /// A file from where files come from; none where it is not there.
    async fn get(&self, upload: &Upload) -> Result<Option<Vec<u8>>, String> {
        match (self.files, self.folder) {
            (Files::Folder(_), Some(folder)) => from_folder(folder, upload),
            (Files::Site, _) if !self.run.dry && self.failed < MOST_FAILED => {
                from_site(self.run.app, &self.hosts, &upload.url).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Keeps a file under a name; a picture in the library too.
    async fn keep(&mut self, id: u64, name: &str, bytes: Vec<u8>) -> Result<(), anyhow::Error> {
        let facts = picture::probe(&bytes);
        if let (true, Err(why)) = (mime_of(name).starts_with("image/") && !is_vector(name), &facts) {
            self.account.skip(name, &why.to_string());
            return Ok(());
        }
        describe(self.survey, id, Some(&bytes));
        let size = bytes.len() as u64;
        if !self.run.dry {
            let (media, kept) = (self.run.app.media.clone(), name.to_owned());
            if let Err(why) = tokio::task::spawn_blocking(move || media.add(&kept, &bytes)).await? {
                self.account.skip(name, &why.to_string());
                return Ok(());
            }
        }
        self.account.pictures += 1;
        let row = facts.ok().and_then(|facts| self.row(id, name, &facts, size));
        let subject = row.as_ref().map_or(format!("file:{name}"), |row| format!("picture:{} {name}", row.id));
        row.iter().for_each(|row| self.batch.push(store::picture::add(row)));
        self.run.remember(&mut self.batch, &name_of(id), &subject, "", 0);
        self.waiting += 1;
        if self.waiting >= STRETCH {
            self.waiting = 0;
            self.run.commit(&mut self.batch).await?;
        }
        Ok(())
    }

    fn row(&self, id: u64, name: &str, facts: &picture::Facts, bytes: u64) -> Option<store::picture::Picture> {
        let (attachment, upload) = (self.survey.library.attachments.get(&id)?, self.survey.library.uploads.get(&id)?);
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Some(store::picture::Picture {
            id: self.run.app.new_id(),
            src: self.survey.library.moved(&upload.url)?,
            name: name.rsplit('/').next().unwrap_or(name).chars().take(LONGEST_NAME).collect(),
            width: facts.width,
            height: facts.height,
            bytes,
            alt: said(&attachment.alt),
            caption: said(&import::wordpress::content::words(&attachment.caption)),
            credit: upload.credit.as_deref().map(Credit::parse),
            made_at: if upload.made_at > 0 { upload.made_at } else { self.run.now.as_millisecond() },
            made_by: Some(self.run.by.actor.word()),
        })
    }
}

/// What a file of the library is called on its site.
fn name_of(id: u64) -> String {
    format!("file:{id}")
}

/// The file of a subject: `picture:ID images/a.jpg`, `file:files/a.pdf`.
fn file_of(subject: &str) -> Option<&str> {
    match subject.split_once(':')? {
        ("picture", rest) => rest.split_once(' ').map(|(_, name)| name),
        ("file", name) => Some(name),
        _ => None,
    }
}

/// A name beside one that is taken: below a folder of the site's own.
fn beside(name: &str, site: &str) -> String {
    let folder: String = site.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let (kind, file) = name.split_once('/').unwrap_or(("files", name));
    format!("{kind}/{folder}/{file}")
}

/// The folder of uploads in what was named: itself, or `wp-content/uploads` in it.
fn uploads_of(folder: &Path) -> Result<PathBuf, anyhow::Error> {
    if !folder.is_dir() {
        anyhow::bail!("{} is no folder; name a copy of wp-content/uploads", folder.display());
    }
    let below = ["wp-content/uploads", "uploads"].map(|below| folder.join(below));
    Ok(below.into_iter().find(|below| below.is_dir()).unwrap_or_else(|| folder.to_owned()))
}

/// A file of a copy; none where it is not there. Nothing outside the copy is read.
fn from_folder(folder: &Path, upload: &Upload) -> Result<Option<Vec<u8>>, String> {
    if !media::is_name(&upload.file) {
        return Err("a name that is not kept here".into());
    }
    let path = folder.join(&upload.file);
    let (Ok(root), Ok(real)) = (folder.canonicalize(), path.canonicalize()) else { return Ok(None) };
    if !real.starts_with(&root) {
        return Err("it leads out of the folder".into());
    }
    match real.metadata() {
        Ok(facts) if !facts.is_file() => Ok(None),
        Ok(facts) if facts.len() > media::LARGEST => Err(format!("larger than {} MiB", media::LARGEST >> 20)),
        Ok(_) => std::fs::read(&real).map(Some).map_err(|why| why.to_string()),
        Err(why) => Err(why.to_string()),
    }
}

/// Hosts that files are asked from: the site's own, with the hosts for files that wordpress.com gives to its sites.
fn own_hosts(survey: &Survey) -> Vec<String> {
    let mut hosts = Vec::new();
    for host in survey.own_hosts() {
        hosts.extend([host.clone(), format!("www.{host}")]);
        if let Some(name) = host.strip_suffix(".wordpress.com") {
            hosts.push(format!("{name}.files.wordpress.com"));
        }
    }
    hosts
}

/// Asks the site for a file: one at a time, again where it is busy, and never another host.
async fn from_site(app: &App, hosts: &[String], url: &str) -> Result<Vec<u8>, String> {
    // As whoever asks reads the address, and nobody else.
    let is_own = |text: &str| {
        let url = url::Url::parse(text).ok().filter(|url| url.username().is_empty() && url.password().is_none());
        let host = url.as_ref().and_then(|url| {
            let host = url.host_str()?.trim_start_matches("www.").to_owned();
            Some(url.port().map_or(host.clone(), |port| format!("{host}:{port}")))
        });
        host.is_some_and(|host| hosts.contains(&host))
    };
    let mut url = url.trim().to_owned();
    let (mut tries, mut led) = (0, 0);
    loop {
        if !is_own(&url) {
            return Err("it lies on another host than the site's own".into());
        }
        tokio::time::sleep(PAUSE).await;
        match app.fetch.get(&url, media::LARGEST, DEADLINE).await {
            Ok(bytes) => return Ok(bytes),
            Err(NoFetch::Led(to)) if led < 3 => {
                led += 1;
                url = to;
            }
            Err(NoFetch::Busy(wait)) if tries < TRIES => {
                tries += 1;
                tokio::time::sleep(wait.min(Duration::from_secs(30))).await;
            }
            Err(why) => return Err(why.to_string()),
        }
    }
}

fn is_vector(name: &str) -> bool {
    mime_of(name) == "image/svg+xml"
}

fn read_here(app: &App, name: &str) -> Option<Vec<u8>> {
    mime_of(name).starts_with("image/").then(|| app.media.get(name).ok().flatten()).flatten()
}

/// What only the file knows of a picture: its size, whose it is, what it shows.
fn describe(survey: &mut Survey, id: u64, bytes: Option<&[u8]>) {
    let Some(bytes) = bytes else { return };
    let Ok(facts) = picture::probe(bytes) else { return };
    if let Some(attachment) = survey.library.attachments.get_mut(&id) {
        (attachment.width, attachment.height) = (Some(facts.width), Some(facts.height));
    }
    let needs_credit = survey.library.uploads.get(&id).is_some_and(|upload| upload.credit.is_none());
    let needs_alt = survey.library.attachments.get(&id).is_some_and(|attachment| attachment.alt.is_empty());
    if !needs_credit && !needs_alt {
        return;
    }
    let rights = picture::rights(bytes);
    if let Some(upload) = survey.library.uploads.get_mut(&id).filter(|_| needs_credit) {
        upload.credit = rights.credit().map(|credit| credit.text);
    }
    if let Some(attachment) = survey.library.attachments.get_mut(&id).filter(|_| needs_alt) {
        attachment.alt = rights.alt.clone().unwrap_or_default();
    }
}
