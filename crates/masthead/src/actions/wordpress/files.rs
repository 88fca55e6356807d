//! Files of the media library: copied from a folder, or asked for one after the other.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use import::wordpress::{Survey, Upload, mime_of};
use news::{Credit, Id};
use store::{Batch, media, origin};

use super::{Account, remember};
use crate::App;
use crate::actions::ActError;
use crate::actions::keep::By;
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
#[allow(clippy::too_many_arguments)] // all of an import
pub async fn bring(
    app: &Arc<App>,
    survey: &mut Survey,
    files: &Files,
    folder: Option<PathBuf>,
    run: &Id,
    dry: bool,
    by: &By,
    watch: &impl Watch,
    account: &mut Account,
) -> Result<(), anyhow::Error> {
    let mut ids: Vec<u64> = survey.library.uploads.keys().copied().collect();
    ids.sort_unstable();
    watch.begins("Pictures and files", ids.len() as u64);
    let (mut batch, mut waiting, mut failed) = (Batch::new(), 0, 0);
    let hosts = own_hosts(survey);
    for (done, id) in (0..).zip(ids) {
        watch.done(done);
        let Some(upload) = survey.library.uploads.get(&id).cloned() else { continue };
        let mut name = upload.name.clone();
        if !media::is_name(&name) || name.is_empty() {
            account.skip(&upload.url, "a name that is not kept here");
            continue;
        }
        let known = origin::at(&app.store, &survey.site, &format!("file:{id}")).await?;
        let known = known.and_then(|known| file_of(&known.subject).map(str::to_owned));
        if let Some(known) = &known {
            name.clone_from(known);
            survey.library.rename(id, &name);
        }
        let is_here = known.is_some() && app.media.has(&name);
        let came = match (is_here, files) {
            (true, _) => Ok(None),
            (false, Files::Folder(_)) => folder.as_deref().map_or(Ok(None), |folder| from_folder(folder, &upload)),
            (false, Files::Site) if dry => Ok(None),
            (false, Files::Site) if failed >= MOST_FAILED => Ok(None),
            (false, Files::Site) => from_site(app, &hosts, &upload.url).await.map(Some),
            (false, Files::None) => Ok(None),
        };
        // A file of this name that is another one, or may be: of the magazine's own, or of another site.
        if known.is_none() && app.media.has(&name) {
            let is_same = match &came {
                Ok(Some(bytes)) => app.media.get(&name).ok().flatten().is_some_and(|here| here == *bytes),
                _ => false,
            };
            if !is_same {
                name = beside(&name, &survey.site);
                survey.library.rename(id, &name);
            }
        }
        let bytes = match came {
            Ok(Some(bytes)) => bytes,
            Ok(None) if is_here => {
                describe(survey, id, read_here(app, &name).as_deref());
                continue;
            }
            Ok(None) => {
                account.misses(&name);
                continue;
            }
            Err(why) => {
                failed += 1;
                account.skip(&upload.url, &why);
                account.misses(&name);
                if failed == MOST_FAILED {
                    account.note(
                        "",
                        &format!("{MOST_FAILED} files in a row did not come, so no further ones were asked for"),
                    );
                }
                continue;
            }
        };
        failed = 0;
        let is_picture = mime_of(&name).starts_with("image/");
        let facts = picture::probe(&bytes);
        if let (true, Err(why)) = (is_picture && !is_vector(&name), &facts) {
            account.skip(&upload.file, &why.to_string());
            continue;
        }
        describe(survey, id, Some(&bytes));
        account.pictures += 1;
        if dry {
            continue;
        }
        let (media, kept) = (app.media.clone(), name.clone());
        let size = bytes.len() as u64;
        let added = tokio::task::spawn_blocking(move || media.add(&kept, &bytes)).await?;
        if let Err(why) = added {
            account.pictures -= 1;
            account.skip(&upload.file, &why.to_string());
            continue;
        }
        let mut subject = format!("file:{name}");
        if let (Ok(facts), Some(attachment), Some(upload)) =
            (facts, survey.library.attachments.get(&id), survey.library.uploads.get(&id))
        {
            let caption = import::wordpress::content::words(&attachment.caption);
            let row = store::picture::Picture {
                id: app.new_id(),
                src: survey.library.moved(&upload.url).unwrap_or_default(),
                name: name.rsplit('/').next().unwrap_or(&name).chars().take(100).collect(),
                width: facts.width,
                height: facts.height,
                bytes: size,
                alt: Some(attachment.alt.clone()).filter(|alt| !alt.is_empty()),
                caption: Some(caption).filter(|caption| !caption.is_empty()),
                credit: upload.credit.as_deref().map(Credit::parse),
                made_at: if upload.made_at > 0 { upload.made_at } else { app.now().as_millisecond() },
                made_by: Some(by.actor.word()),
            };
            subject = format!("picture:{} {name}", row.id);
            batch.push(store::picture::add(&row));
        }
        remember(&mut batch, &survey.site, &format!("file:{id}"), &subject, run, "", 0);
        waiting += 1;
        if waiting >= STRETCH {
            waiting = 0;
            app.store.commit(std::mem::take(&mut batch)).await.map_err(ActError::from)?;
        }
    }
    if !batch.is_empty() {
        app.store.commit(batch).await.map_err(ActError::from)?;
    }
    watch.ends();
    Ok(())
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
