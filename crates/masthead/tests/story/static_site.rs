//! The site as files: what a stranger may read, where it was and where it is.

use std::fs;
use std::path::Path;

use masthead::actions::edit::{self, Change};
use masthead::actions::{By, delete, publish, section};
use masthead::static_site::files::Folder;
use masthead::static_site::{self, Account};
use news::{Access, Actor, Id, Kind, SectionPath, Slug};
use tempfile::TempDir;

use crate::magazine::{Magazine, change, tell};

fn by() -> By {
    By::new(Actor::Command)
}

async fn export(magazine: &Magazine) -> (TempDir, Account) {
    let folder = TempDir::new().unwrap();
    let mut files = Folder::at(folder.path());
    let account = static_site::export(&magazine.app, &mut files, |_, _| {}).await.unwrap();
    (folder, account)
}

/// Whether any file of the export has these words.
fn says(folder: &Path, words: &str) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| match path.is_dir() {
        true => says(&path, words),
        false => String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(words),
    })
}

async fn change_at(magazine: &Magazine, path: &str, what: Change) -> Id {
    let address = store::address::holder(&magazine.app.store, path).await.unwrap().unwrap();
    let id = Id::parse(&address.article_id).unwrap();
    let before = edit::open(&magazine.app, &id).await.unwrap().after;
    let pending = edit::change(&magazine.app, before, what).await.unwrap();
    edit::save(&magazine.app, pending, &by()).await.unwrap();
    id
}

#[test]
fn an_article_is_the_bytes_that_readers_get_and_its_old_address_leads_to_it() {
    tell(async |magazine| {
        magazine.publish("Bridge closes", "news", "<p>Text.</p>").await;
        let slug = Some(Slug::parse("bridge-shut").unwrap());
        change_at(&magazine, "/news/bridge-closes/", Change { slug, ..Change::default() }).await;

        let (folder, account) = export(&magazine).await;
        let file = fs::read(folder.path().join("news/bridge-shut/index.html")).unwrap();
        assert_eq!(file, magazine.get("/news/bridge-shut/").await.body);
        let old = fs::read_to_string(folder.path().join("news/bridge-closes/index.html")).unwrap();
        assert!(old.contains("<a href=\"/news/bridge-shut/\">https://lantern.example/news/bridge-shut/</a>"), "{old}");
        let all = fs::read_to_string(folder.path().join("_redirects")).unwrap();
        assert_eq!(all, "/news/bridge-closes/ /news/bridge-shut/ 301\n");
        assert_eq!((account.redirects, account.broken.count, account.left_out.count), (1, 0, 0), "{account:?}");
    });
}

#[test]
fn a_section_that_moved_leads_on_with_its_feed() {
    tell(async |magazine| {
        magazine.publish("Bridge closes", "news", "<p>Text.</p>").await;
        let path = |text: &str| SectionPath::parse(text).unwrap();
        section::move_to(&magazine.app, &path("news"), &path("town"), &by()).await.unwrap();

        let (folder, _) = export(&magazine).await;
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(read("news/index.html").contains("url=/town/"));
        assert!(read("news/bridge-closes/index.html").contains("url=/town/bridge-closes/"));
        assert_eq!(read("news/rss/index.rss"), read("town/rss/index.rss"));
    });
}

#[test]
fn what_strangers_may_not_read_and_what_is_gone_is_in_no_file() {
    tell(async |magazine| {
        let closed = Change { access: Some(Access::Members), ..change("Closed", "news", "<p>SECRET all of it.</p>") };
        let pending = edit::begin(&magazine.app, Kind::Article, closed).await.unwrap();
        publish::publish(&magazine.app, pending, None, &by()).await.unwrap();
        let pending =
            edit::begin(&magazine.app, Kind::Article, change("Draft", "news", "<p>SECRET yet.</p>")).await.unwrap();
        edit::save(&magazine.app, pending, &by()).await.unwrap();
        let gone = magazine.publish("Gone", "news", "<p>SECRET again.</p>").await.article;
        delete::delete(&magazine.app, &gone.id, &by()).await.unwrap();

        let (folder, account) = export(&magazine).await;
        assert!(folder.path().join("news/closed/index.html").is_file());
        assert!(!folder.path().join("news/gone").exists());
        assert!(!says(folder.path(), "SECRET"));
        assert_eq!((account.broken.count, account.failed), (0, 0), "{account:?}");
    });
}

#[test]
fn files_that_pages_link_to_come_along_and_links_to_nothing_are_named() {
    tell(async |magazine| {
        let files = magazine.folder.path().join("media/files/2026");
        fs::create_dir_all(&files).unwrap();
        fs::write(files.join("minutes.pdf"), "%PDF").unwrap();
        let body = "<p><a href=\"/content/files/2026/minutes.pdf\">Minutes</a>, <a href=\"/content/files/2026/none.pdf\">none</a>, \
                    <a href=\"https://lantern.example/nowhere/?x=1\">a query</a>, <a href=\"/nowhere/\">nowhere</a></p>";
        magazine.publish("Council meets", "news", body).await;

        let (folder, account) = export(&magazine).await;
        assert_eq!(fs::read(folder.path().join("content/files/2026/minutes.pdf")).unwrap(), b"%PDF");
        let mut links: Vec<&str> = account.broken.first.iter().map(|broken| broken.link.as_str()).collect();
        links.sort_unstable();
        assert_eq!(links, ["/content/files/2026/none.pdf", "/nowhere/"]);
    });
}
