//! Bad input gets one clear sentence, the right exit code, and costs nothing that was there.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::server::{Key, PROGRAM, Server, empty_magazine, refused, run};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[track_caller]
fn one_sentence(said: &str, words: &str) {
    assert!(said.starts_with("masthead: ") && said.trim_end().lines().count() == 1, "not one sentence: {said}");
    assert!(said.contains(words), "“{words}” is missing in: {said}");
}

#[test]
fn a_file_that_is_no_text_is_refused_and_nothing_is_written() {
    let (folder, data) = empty_magazine();
    let file = folder.path().join("page.txt");
    let good = folder.path().join("good.txt");
    fs::write(&good, "Ferry runs again\n\nThe ferry runs again from Monday.\n").unwrap();
    for (bytes, words) in [
        (&b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"[..], "binary"),
        (b"", "empty"),
        (b"Headline\n\nText \xff\xfe here.\n", "UTF-8"),
        (b" \n\n \n", ""),
    ] {
        fs::write(&file, bytes).unwrap();
        // The good file before it is not written either: all or nothing.
        let said = refused(&["import", "text", text(&good), text(&file), "--publish", "--data", text(&data)], 1);
        one_sentence(&said, words);
        assert!(!data.exists(), "nothing was made");
    }
    let said = refused(&["import", "text", "/does/not/exist.txt", "--data", text(&data)], 1);
    one_sentence(&said, "cannot be read");
}

#[test]
fn a_file_of_200_megabytes_is_refused_without_reading_it_all() {
    let (folder, data) = empty_magazine();
    let file = folder.path().join("huge.txt");
    let mut out = std::io::BufWriter::new(fs::File::create(&file).unwrap());
    let line = [b'a'; 99].iter().copied().chain([b'\n']).collect::<Vec<u8>>();
    for _ in 0..2_000_000 {
        out.write_all(&line).unwrap();
    }
    drop(out);
    one_sentence(&refused(&["import", "text", text(&file), "--data", text(&data)], 1), "20");
}

#[test]
fn a_theme_with_a_broken_template_is_refused_and_the_old_one_stays() {
    let (_folder, data) = empty_magazine();
    Key::of(&data);
    let theme = data.join("themes/broken");
    fs::create_dir_all(&theme).unwrap();
    fs::write(theme.join("package.json"), r#"{"name":"broken","version":"1.0.0","engines":{"ghost":">=5.0.0"}}"#)
        .unwrap();
    fs::write(theme.join("post.hbs"), "{{title}}").unwrap();
    fs::write(theme.join("index.hbs"), "<p>\n{{#foreach posts}}\n{{title}}\n").unwrap();
    let said = refused(&["theme", "use", "broken", "--data", text(&data)], 1);
    one_sentence(&said, "index.hbs");
    let listed = String::from_utf8(run(&["theme", "list", "--data", text(&data)]).stdout).unwrap();
    assert!(listed.contains("* broadsheet"), "{listed}");
    one_sentence(&refused(&["theme", "use", "none", "--data", text(&data)], 1), "there is no theme “none”");
    one_sentence(&refused(&["theme", "use", "../..", "--data", text(&data)], 1), "there is no theme");
}

#[test]
fn a_data_folder_that_is_missing_or_cannot_be_written_is_named() {
    let (folder, data) = empty_magazine();
    for command in [&["verify"][..], &["theme", "list"], &["backup", "x.tar.gz"]] {
        let arguments = [command, &["--data", text(&data)]].concat();
        one_sentence(&refused(&arguments, 1), "no magazine");
    }
    // Nobody can write there, not even root.
    one_sentence(&refused(&["serve", "--data", "/proc/magazine", "--listen", "127.0.0.1:0"], 1), "cannot be made");
    one_sentence(&refused(&["serve", "--data", "/sys/kernel", "--listen", "127.0.0.1:0"], 1), "cannot be written");
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    one_sentence(&refused(&["serve", "--data", text(&file), "--listen", "127.0.0.1:0"], 1), "is a file");
}

#[test]
fn a_port_in_use_is_named() {
    let (_folder, data) = empty_magazine();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    one_sentence(&refused(&["serve", "--data", text(&data), "--listen", &address], 1), "is in use by another program");
}

#[test]
fn a_database_that_is_not_ours_or_newer_is_refused() {
    let (_folder, data) = empty_magazine();
    Key::of(&data);
    let path = data.join("masthead.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute("INSERT INTO migration (number, hash) VALUES (999, 'x')", []).unwrap();
    drop(connection);
    one_sentence(&refused(&["serve", "--data", text(&data), "--listen", "127.0.0.1:0"], 1), "newer version");
    fs::remove_file(data.join("masthead.db-wal")).ok();
    fs::write(&path, "this is no database at all, only some text that is long enough").unwrap();
    one_sentence(&refused(&["serve", "--data", text(&data), "--listen", "127.0.0.1:0"], 1), "not a database");
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let (_folder, data) = empty_magazine();
    for arguments in [
        &["no-such-command"][..],
        &["serve", "--listen", "nonsense"],
        &["serve", "--url", "example.org"],
        &["serve", "--page-memory", "much"],
        &["staff", "add", "a@b.example", "--name", "A", "--role", "king"],
        &["import", "text"],
        &["import", "text", "x", "--published", "yesterday"],
        &["import", "text", "x", "--section", "a//b"],
    ] {
        refused(&[arguments, &["--data", text(&data)]].concat(), 2);
        assert!(!data.exists(), "{arguments:?}");
    }
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("masthead.toml"), "prot = 80\n").unwrap();
    let said = refused(&["serve", "--data", text(&data)], 2);
    assert!(said.contains("there is no setting “prot”"), "{said}");
    one_sentence(
        &refused(&["staff", "add", "nobody", "--name", "A", "--role", "owner", "--data", "/proc/x"], 1),
        "cannot be made",
    );
}

#[test]
fn a_sample_never_overwrites_a_magazine() {
    let (_folder, data) = empty_magazine();
    assert!(run(&["demo", "--data", text(&data)]).status.success());
    one_sentence(&refused(&["demo", "--data", text(&data)], 1), "holds a magazine already");
}

/// A file size limit stands for a full disk: writes fail, reads go on.
fn with_limit(blocks: u32, arguments: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("ulimit -f {blocks}; exec {PROGRAM} {arguments}"));
    command
}

#[test]
fn a_full_disk_is_said_and_nothing_that_was_there_is_lost() {
    let (_folder, data) = empty_magazine();
    let key = Key::of(&data);
    let server = Server::start(&data);
    let first = json!({ "title": "Before", "html": "<p>Kept.</p>", "status": "published" });
    assert_eq!(key.send(&server.address, "POST", "/posts/?source=html", first).unwrap().status, 201);
    drop(server);

    let size = fs::metadata(data.join("masthead.db")).unwrap().len();
    let blocks = u32::try_from(size / 512).unwrap() + 400;
    let server = Server::of(with_limit(blocks, &format!("serve --data {} --listen 127.0.0.1:0", data.display())));
    let long = "<p>A long paragraph that takes room.</p>".repeat(2_000);
    let mut full = None;
    let mut kept = Vec::new();
    for n in 0..60 {
        let post = json!({ "title": format!("Filling {n}"), "html": long, "status": "published" });
        let answer = key.send(&server.address, "POST", "/posts/?source=html", post).unwrap();
        match answer.status {
            201 => kept.push(n),
            _ => {
                full = Some(answer);
                break;
            }
        }
    }
    let full = full.expect("the disk filled up");
    assert_eq!(full.status, 507, "{}", full.body);
    assert!(full.body.contains("The disk is full: nothing was saved."), "{}", full.body);
    assert_eq!(server.get("/before/").status, 200, "readers notice nothing");
    drop(server);

    let server = Server::start(&data);
    assert!(server.get("/before/").body.contains("Kept."));
    for n in &kept {
        assert_eq!(server.get(&format!("/filling-{n}/")).status, 200);
    }
    let after = json!({ "title": "After", "html": "<p>x</p>", "status": "published" });
    assert_eq!(key.send(&server.address, "POST", "/posts/?source=html", after).unwrap().status, 201);
    drop(server);
    assert!(run(&["verify", "--data", text(&data)]).status.success());

    let (_folder, fresh) = empty_magazine();
    let output = with_limit(300, &format!("demo --data {}", fresh.display())).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("full") || said.contains("too large"), "{said}");
}
