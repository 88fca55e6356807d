//! Backups are made while the magazine goes on, and come back whole.

use std::fs;

use serde_json::json;

use crate::server::{Key, Server, empty_magazine, refused, run};

#[test]
fn a_backup_made_while_articles_are_published_restores_to_a_whole_magazine() {
    let (folder, data) = empty_magazine();
    let text = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    run(&["demo", "--data", &text(&data)]);
    let key = Key::of(&data);
    let server = Server::start(&data);
    let (file, copy) = (folder.path().join("backup.tar.gz"), folder.path().join("copy"));
    let address = server.address.clone();
    let writer = std::thread::spawn(move || {
        for n in 0..40 {
            let post = json!({ "title": format!("Meanwhile {n}"), "html": "<p>x</p>", "status": "published" });
            assert_eq!(key.send(&address, "POST", "/posts/?source=html", post).unwrap().status, 201);
        }
    });
    let made = run(&["backup", &text(&file), "--data", &text(&data)]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    writer.join().unwrap();
    drop(server);

    let restored = run(&["restore", &text(&file), "--data", &text(&copy)]);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let verified = run(&["verify", "--data", &text(&copy)]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    let server = Server::start(&copy);
    assert!(server.get("/").body.contains("The Tidewater Lantern"));
    assert_eq!(server.get("/content/images/sample/ferry.jpg").status, 200);
}

#[test]
fn a_backup_that_was_cut_or_changed_restores_nothing() {
    let (folder, data) = empty_magazine();
    let text = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    Key::of(&data);
    let (file, copy) = (folder.path().join("backup.tar.gz"), folder.path().join("copy"));
    assert!(run(&["backup", &text(&file), "--data", &text(&data)]).status.success());
    let whole = fs::read(&file).unwrap();
    for broken in [whole[..whole.len() / 2].to_vec(), b"no backup".to_vec(), {
        let mut changed = whole.clone();
        // Sixteen bytes: one bit alone may turn a distance within a row of zeros into another, and change nothing.
        let middle = changed.len() / 2;
        changed[middle..middle + 16].iter_mut().for_each(|byte| *byte ^= 0x5a);
        changed
    }] {
        fs::write(&file, &broken).unwrap();
        let said = refused(&["restore", &text(&file), "--data", &text(&copy)], 1);
        assert!(said.contains("nothing was restored"), "{said}");
        assert!(!copy.exists());
    }
    let occupied = refused(&["restore", &text(&file), "--data", &text(&data)], 1);
    assert!(occupied.contains("holds a magazine already"), "{occupied}");
    let leftovers =
        fs::read_dir(folder.path()).unwrap().flatten().filter(|e| e.file_name().to_string_lossy().starts_with('.'));
    assert_eq!(leftovers.count(), 0, "nothing half-written is left");
}
