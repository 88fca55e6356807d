//! `masthead import wordpress`: dry, cut off, taken back, with files of a site on this machine, and fed with bad input.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::server::{PROGRAM, Server, folder, run};

const SITE: &str = include_str!("../shared/quayside.xml");

fn import(data: &Path, path: &Path, more: &[&str]) -> Value {
    let mut arguments = vec!["import", "wordpress", path.to_str().unwrap(), "--json", "--data", data.to_str().unwrap()];
    arguments.extend(more);
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// An export of so many posts of a site at an address.
fn export(site: &str, posts: usize) -> String {
    let mut wxr = format!(
        "<?xml version=\"1.0\"?><rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Many</title><link>{site}</link>\
         <wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{site}</wp:base_blog_url>\n"
    );
    for number in 1..=posts {
        wxr.push_str(&format!(
            "<item><title>Tide {number}</title><link>{site}/2024/05/tide-{number}/</link><wp:post_id>{number}</wp:post_id>\
             <wp:post_date_gmt>2024-05-01 09:00:00</wp:post_date_gmt><wp:post_name>tide-{number}</wp:post_name>\
             <wp:status>publish</wp:status><wp:post_type>post</wp:post_type><content:encoded><![CDATA[<p>“It rose {number} \
             times,” said Hannah Kowalczyk, the harbour master.</p>]]></content:encoded><wp:comment><wp:comment_id>{number}\
             </wp:comment_id><wp:comment_approved>1</wp:comment_approved></wp:comment></item>\n"
        ));
    }
    wxr + "</channel></rss>\n"
}

#[test]
fn a_dry_run_says_what_a_real_one_does() {
    let folder = folder();
    let (data, file) = (folder.path().join("magazine"), folder.path().join("quayside.xml"));
    fs::write(&file, SITE).unwrap();
    let report = folder.path().join("report.json");
    let would = import(&data, &file, &["--dry-run", "--report", report.to_str().unwrap()]);
    assert!(!data.exists(), "a dry run makes no magazine");
    assert_eq!(serde_json::from_slice::<Value>(&fs::read(&report).unwrap()).unwrap(), would);
    let did = import(&data, &file, &[]);
    for field in [
        "articles",
        "pages",
        "statuses",
        "sections",
        "tags",
        "authors",
        "items",
        "comments",
        "comments_by_kind",
        "kept_as_other",
        "moved",
        "permalink",
        "timezone",
        "shortcodes_unwrapped",
        "pictures_missing",
        "menu_lines",
        "without_link",
    ] {
        assert_eq!(would[field], did[field], "{field}");
    }
    assert_eq!((did["articles"].as_u64(), did["pages"].as_u64()), (Some(12), Some(2)));
    let text = run(&["import", "wordpress", file.to_str().unwrap(), "--dry-run"]);
    let text = String::from_utf8(text.stdout).unwrap();
    for line in ["quayside.example would move in", "notes that editors wrote among themselves", "0  addresses change"] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
}

#[test]
fn an_import_that_is_killed_goes_on_where_it_stopped() {
    let folder = folder();
    let (data, file) = (folder.path().join("magazine"), folder.path().join("many.xml"));
    fs::write(&file, export("https://many.example", 600)).unwrap();
    let mut kills = 0;
    for wait in [60, 90, 120, 150, 200, 250, 300] {
        let mut child = Command::new(PROGRAM)
            .args(["import", "wordpress", file.to_str().unwrap(), "--json", "--data", data.to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            kills += 1;
        }
        child.wait().unwrap();
    }
    assert!(kills > 0, "it was never too slow to be killed");
    let account = import(&data, &file, &[]);
    let counted = account["articles"].as_u64().unwrap() + account["unchanged"].as_u64().unwrap();
    assert_eq!(counted, 600, "{account}");
    let listed = run(&["import", "list", "--json", "--data", data.to_str().unwrap()]);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let all = listed["imports"].as_array().unwrap();
    assert_eq!(all.len(), 1, "however often it was cut off, it is one import: {listed}");
    let import = all[0]["run"].as_str().unwrap().to_owned();

    let verified = run(&["verify", "--data", data.to_str().unwrap()]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
    let server = Server::start(&data);
    for number in [1, 300, 600] {
        assert_eq!(server.get(&format!("/2024/05/tide-{number}/")).status, 200);
    }
    assert!(server.get("/record/hannah-kowalczyk/").body.contains("It rose"), "what was said is found");
    drop(server);

    let undone = run(&["import", "undo", &import, "--json", "--data", data.to_str().unwrap()]);
    let undone: Value = serde_json::from_slice(&undone.stdout).unwrap();
    assert_eq!(undone["articles"].as_u64(), Some(600));
}

/// A site that serves one picture, and counts how often it was asked.
fn site() -> (String, Arc<AtomicUsize>, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (asked, paths) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
    let (counter, seen) = (asked.clone(), paths.clone());
    let mut picture = Vec::new();
    image::RgbImage::new(8, 6).write_to(&mut std::io::Cursor::new(&mut picture), image::ImageFormat::Png).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(200) {
            let Ok(mut stream) = stream else { continue };
            let mut head = [0; 4096];
            let length = stream.read(&mut head).unwrap_or(0);
            let path = String::from_utf8_lossy(&head[..length]).split(' ').nth(1).unwrap_or_default().to_owned();
            counter.fetch_add(1, Ordering::Relaxed);
            seen.lock().unwrap().push(path.clone());
            let busy = path.ends_with("busy.png") && seen.lock().unwrap().iter().filter(|p| **p == path).count() == 1;
            let answer: (&str, String, &[u8]) = match path.as_str() {
                _ if busy => ("503 Busy", "Retry-After: 0\r\n".into(), b""),
                "/wp-content/uploads/a.png" | "/wp-content/uploads/busy.png" | "/real.png" => {
                    ("200 OK", String::new(), &picture)
                }
                "/wp-content/uploads/led.png" => ("302 Found", "Location: /real.png\r\n".into(), b""),
                "/wp-content/uploads/round.png" => {
                    ("302 Found", "Location: /wp-content/uploads/round.png\r\n".into(), b"")
                }
                "/wp-content/uploads/away.png" => ("302 Found", "Location: http://127.0.0.2:9/a.png\r\n".into(), b""),
                "/wp-content/uploads/large.png" => ("200 OK", "X: y\r\n".into(), b""),
                _ => ("404 Not Found", String::new(), b""),
            };
            let length = if path.ends_with("large.png") { 10 << 30 } else { answer.2.len() };
            let head =
                format!("HTTP/1.1 {}\r\n{}Content-Length: {length}\r\nConnection: close\r\n\r\n", answer.0, answer.1);
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(answer.2));
        }
    });
    (address, asked, paths)
}

#[test]
fn files_are_asked_from_the_site_itself_and_nobody_else() {
    let folder = folder();
    let (data, file) = (folder.path().join("magazine"), folder.path().join("site.xml"));
    let (site, asked, paths) = site();
    let mut wxr = export(&site, 1);
    let names = ["a.png", "busy.png", "led.png", "round.png", "away.png", "large.png", "gone.png"];
    let uploads = format!("{site}/wp-content/uploads");
    let mut attachments: Vec<String> = names.iter().map(|name| format!("{uploads}/{name}")).collect();
    attachments.push("http://127.0.0.2:9/wp-content/uploads/foreign.png".into());
    for (number, url) in attachments.iter().enumerate() {
        let item = format!(
            "<item><title>x</title><wp:post_id>{}</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment\
             </wp:post_type><wp:attachment_url>{url}</wp:attachment_url></item></channel>",
            900 + number
        );
        wxr = wxr.replace("</channel>", &item);
    }
    fs::write(&file, wxr).unwrap();

    let refused = import(&data, &file, &["--fetch-media"]);
    assert_eq!(refused["pictures"].as_u64(), Some(0), "a private address is not asked: {refused}");
    assert_eq!(asked.load(Ordering::Relaxed), 0);

    let came = import(&data, &file, &["--fetch-media", "--allow-private-fetch"]);
    assert_eq!(came["pictures"].as_u64(), Some(3), "{came}");
    assert_eq!(came["pictures_missing"].as_array().unwrap().len(), 5, "{came}");
    let why = came["skipped"].to_string();
    for reason in ["another host", "larger than 64 MiB", "404", "it was moved to"] {
        assert!(why.contains(reason), "{reason} is missing in {why}");
    }
    assert_eq!(
        paths.lock().unwrap().iter().filter(|path| path.ends_with("round.png")).count(),
        4,
        "three times led, no more"
    );

    let before = asked.load(Ordering::Relaxed);
    let again = import(&data, &file, &["--fetch-media", "--allow-private-fetch"]);
    assert_eq!(again["pictures"].as_u64(), Some(0));
    assert!(asked.load(Ordering::Relaxed) - before < 12, "what is here is not asked for again");
}

#[track_caller]
fn refused(arguments: &[&str], reason: &str) {
    let said = crate::server::refused(arguments, 1);
    assert!(said.contains(reason), "{reason} is missing in {said}");
}

#[test]
fn bad_exports_are_refused_in_words_and_cost_nothing() {
    let folder = folder();
    let data = folder.path().join("magazine");
    let file = folder.path().join("bad.xml");
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let external = "<!DOCTYPE rss SYSTEM \"file:///etc/passwd\">";
    for (text, reason) in [
        (format!("{bomb}{SITE}"), "declares a document type"),
        (format!("{external}{SITE}"), "declares a document type"),
        ("<html></html>".to_owned(), "there is no <rss> in it"),
        (String::new(), "there is no <rss> in it"),
        ("<rss><channel><item><title>x</title></item></channel></rss>".to_owned(), "no wp:wxr_version"),
    ] {
        fs::write(&file, text).unwrap();
        refused(&["import", "wordpress", file.to_str().unwrap(), "--data", data.to_str().unwrap()], reason);
        assert!(!data.join("masthead.db").exists(), "{reason}");
    }
    refused(&["import", "wordpress", folder.path().join("none.xml").to_str().unwrap()], "cannot be read");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    refused(&["import", "wordpress", empty.to_str().unwrap()], "there is no .xml file");
    fs::write(&file, SITE).unwrap();
    let no_folder = ["import", "wordpress", file.to_str().unwrap(), "--media", file.to_str().unwrap(), "--dry-run"];
    refused(&no_folder, "is no folder");
}

#[test]
fn exports_that_are_cut_off_bring_what_is_whole() {
    let folder = folder();
    let file = folder.path().join("cut.xml");
    for (number, end) in (1_000..SITE.len()).step_by(4_096).enumerate() {
        fs::write(&file, &SITE.as_bytes()[..end]).unwrap();
        let output = run(&["import", "wordpress", file.to_str().unwrap(), "--dry-run", "--json"]);
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1)), "cut {number} at byte {end}: {output:?}");
        if code == Some(0) {
            let account: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert!(account["items"].is_object());
        }
    }
}

#[test]
fn several_files_are_one_site() {
    let folder = folder();
    let (data, exports) = (folder.path().join("magazine"), folder.path().join("exports"));
    fs::create_dir(&exports).unwrap();
    let at = SITE.find("<item><title>About</title>").unwrap();
    let head = &SITE[..SITE.find("<item>").unwrap()];
    fs::write(exports.join("1.xml"), format!("{}</channel></rss>", &SITE[..at])).unwrap();
    fs::write(exports.join("2.xml"), format!("{head}{}", &SITE[at..])).unwrap();
    fs::write(exports.join("3.xml"), "<html></html>").unwrap();
    let account = import(&data, &exports, &[]);
    assert_eq!((account["articles"].as_u64(), account["pages"].as_u64()), (Some(12), Some(2)));
    assert_eq!(account["skipped"][0]["what"], "3.xml");
    let one = import(&data, &exports.join("2.xml"), &[]);
    assert_eq!(one["unchanged"].as_u64(), Some(2), "{one}");
}
