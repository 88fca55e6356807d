//! `masthead import ghost`: a small site of our own, as JSON and as an archive.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::server::{folder, refused, run};

const ID: &str = "5c0300000000000000000";

/// Two articles, one of them a draft, a page, an author and two tags.
fn export() -> Value {
    let post = |n: u32, slug: &str, kind: &str, status: &str| {
        let html = "<p>“The ferry stays,” said Hannah Kowalczyk, the harbour master.</p>";
        json!({
            "id": format!("{ID}00{n}"), "uuid": format!("3b73df0f-0062-4822-a089-31cd6892999{n}"), "title": slug.to_uppercase(),
            "slug": slug, "html": html, "type": kind, "status": status, "visibility": "public",
            "feature_image": "__GHOST_URL__/content/images/2024/11/quay.png",
            "created_at": "2024-11-02T08:00:00.000Z", "updated_at": "2024-11-03T08:00:00.000Z",
            "published_at": (status == "published").then_some("2024-11-02T09:00:00.000Z"),
        })
    };
    json!({ "db": [{ "meta": { "version": "6.65.0" }, "data": {
        "posts": [post(1, "ferry", "post", "published"), post(2, "draft", "post", "draft"), post(3, "about", "page", "published")],
        "users": [{ "id": format!("{ID}0a1"), "name": "Ada Thorne", "slug": "ada-thorne", "email": "ada@lantern.example" }],
        "tags": [{ "id": format!("{ID}0b1"), "name": "News", "slug": "news" }, { "id": format!("{ID}0b2"), "name": "#pick", "slug": "hash-pick", "visibility": "internal" }],
        "posts_authors": [{ "post_id": format!("{ID}001"), "author_id": format!("{ID}0a1"), "sort_order": 0 }],
        "posts_tags": [{ "post_id": format!("{ID}001"), "tag_id": format!("{ID}0b1"), "sort_order": 0 }],
        "settings": [{ "key": "title", "value": "The Quayside" }, { "key": "timezone", "value": "Europe/London" }],
    }}]})
}

fn archive(path: &Path) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    let export = export().to_string();
    for (name, bytes) in [
        ("site.ghost.json", export.as_bytes()),
        ("content/images/2024/11/quay.png", b"no picture, but bytes"),
        ("content/images/../../../escape.png", b"x"),
        ("content/data/redirects.json", br#"[{"from": "/old/", "to": "/ferry/", "permanent": true}]"#),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

fn import(data: &Path, file: &Path, more: &[&str]) -> Value {
    let mut arguments = vec!["import", "ghost", file.to_str().unwrap(), "--json", "--data", data.to_str().unwrap()];
    arguments.extend(more);
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_site_comes_in_with_its_files_and_only_once() {
    let folder = folder();
    let (data, zip) = (folder.path().join("magazine"), folder.path().join("site.zip"));
    archive(&zip);

    let would = import(&data, &zip, &["--dry-run"]);
    assert_eq!((would["articles"].as_u64(), would["pictures"].as_u64()), (Some(2), Some(1)));
    assert!(!data.exists(), "a dry run makes no magazine");

    let did = import(&data, &zip, &[]);
    let counted = |account: &Value| {
        ["articles", "pages", "authors", "tags", "pictures", "redirects"].map(|what| account[what].as_u64().unwrap())
    };
    assert_eq!(counted(&did), [2, 1, 1, 2, 1, 1]);
    assert_eq!(counted(&did), counted(&would));
    assert_eq!((did["moved"].clone(), did["pictures_missing"].clone()), (json!([]), json!([])));
    assert_eq!(
        did["skipped"],
        json!([{ "what": "images/../../../escape.png", "why": "a name that is not kept here" }])
    );
    assert!(did["statements"].as_u64().unwrap() > 0, "what was said is found: {did}");
    assert_eq!(fs::read(data.join("media/images/2024/11/quay.png")).unwrap(), b"no picture, but bytes");
    assert!(!folder.path().join("escape.png").exists());

    let again = import(&data, &zip, &[]);
    assert_eq!(counted(&again), [0, 0, 0, 0, 0, 0]);
    assert_eq!(again["here_already"], 3);
}

#[test]
fn an_export_alone_says_which_pictures_are_not_there() {
    let folder = folder();
    let (data, file) = (folder.path().join("magazine"), folder.path().join("site.json"));
    fs::write(&file, export().to_string()).unwrap();
    let did = import(&data, &file, &[]);
    assert_eq!(did["pictures_missing"], json!(["images/2024/11/quay.png"]));
    let output = run(&["import", "ghost", file.to_str().unwrap(), "--data", data.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("Nothing of “The Quayside” is new here.") && said.contains("      3  were here already"),
        "{said}"
    );
}

#[test]
fn what_moved_in_moves_out_and_in_again() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    archive(&path("site.zip"));
    import(&path("one"), &path("site.zip"), &[]);
    let out = |file: &str| {
        let output =
            run(&["export", "ghost", path(file).to_str().unwrap(), "--json", "--data", path("one").to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    assert_eq!(out("out.zip"), json!({ "articles": 2, "pages": 1, "files": 1, "cut": [], "moved": [] }));
    assert_eq!(out("out.json"), json!({ "articles": 2, "pages": 1, "files": 0, "cut": [], "moved": [] }));
    let again = import(&path("two"), &path("out.zip"), &[]);
    assert_eq!(
        ["articles", "pages", "authors", "tags", "pictures"].map(|what| again[what].as_u64().unwrap()),
        [2, 1, 1, 2, 1]
    );
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "nothing unfinished lies about: {left:?}");
    refused(&["export", "ghost", "magazine.txt", "--data", path("one").to_str().unwrap()], 2);
    refused(&["export", "ghost", path("x.json").to_str().unwrap(), "--data", path("none").to_str().unwrap()], 1);
}

#[test]
fn an_export_that_says_things_twice_comes_in_once() {
    let folder = folder();
    let (data, file) = (folder.path().join("magazine"), folder.path().join("site.json"));
    let mut twice = export();
    for table in ["posts", "users", "tags"] {
        let rows = twice["db"][0]["data"][table].as_array_mut().unwrap();
        rows.push(rows[0].clone());
    }
    let users = twice["db"][0]["data"]["users"].as_array_mut().unwrap();
    users.push(json!({ "id": format!("{ID}0a9"), "name": "Ada Thorne", "slug": "ada-thorne" }));
    fs::write(&file, twice.to_string()).unwrap();
    let did = import(&data, &file, &[]);
    assert_eq!(["articles", "pages", "authors", "tags"].map(|what| did[what].as_u64().unwrap()), [2, 1, 1, 2]);
    assert_eq!(did["skipped"].as_array().unwrap().len(), 1, "{did}");
}

#[test]
fn a_file_that_is_no_export_is_refused_and_makes_nothing() {
    let folder = folder();
    let (data, file) = (folder.path().join("magazine"), folder.path().join("site.json"));
    for (bytes, why) in [(&b"{"[..], "it is not JSON"), (b"{}", "it is not a Ghost export"), (b"PK\x03\x04", "damaged")]
    {
        fs::write(&file, bytes).unwrap();
        let said = refused(&["import", "ghost", file.to_str().unwrap(), "--data", data.to_str().unwrap()], 1);
        assert!(said.contains(why), "{said}");
    }
    assert!(!data.exists());
}

#[test]
fn a_site_that_moved_in_is_taken_back() {
    let folder = folder();
    let (data, zip) = (folder.path().join("magazine"), folder.path().join("site.zip"));
    archive(&zip);
    let did = import(&data, &zip, &[]);
    let name = did["run"].as_str().unwrap();
    let listed = run(&["import", "list", "--data", data.to_str().unwrap()]);
    assert!(String::from_utf8(listed.stdout).unwrap().contains(name));
    let undone = run(&["import", "undo", name, "--json", "--data", data.to_str().unwrap()]);
    let undone: Value = serde_json::from_slice(&undone.stdout).unwrap();
    assert_eq!((undone["articles"].as_u64(), undone["pictures"].as_u64()), (Some(3), Some(1)));
    let again = import(&data, &zip, &[]);
    assert_eq!((again["articles"].as_u64(), again["tags"].as_u64()), (Some(2), Some(2)), "it can come again");
}
