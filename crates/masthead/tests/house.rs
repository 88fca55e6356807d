//! The house rules: what each room may know. Reads `cargo metadata` and the
//! sources, and quotes the rule when a room learns what it must not know.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A room, the rooms that it may know, and what it must never know.
struct Room {
    name: &'static str,
    knows: &'static [&'static str],
    never: &'static [(&'static str, &'static [&'static str])],
}

const HTTP: (&str, &[&str]) = ("HTTP", &["axum", "hyper", "hyper-util", "http", "tower", "reqwest"]);
const SQL: (&str, &[&str]) = ("SQL", &["rusqlite", "tokio-postgres", "deadpool-postgres", "store"]);
const TOKIO: (&str, &[&str]) = ("tokio", &["tokio"]);
const TEMPLATES: (&str, &[&str]) = ("templates", &["theme"]);

const ROOMS: &[Room] = &[
    Room { name: "news", knows: &[], never: &[TOKIO, SQL, HTTP, TEMPLATES] },
    Room { name: "manuscript", knows: &["news"], never: &[TOKIO, SQL, HTTP] },
    Room { name: "theme", knows: &["news", "manuscript"], never: &[TOKIO, SQL, HTTP] },
    Room { name: "picture", knows: &["news"], never: &[TOKIO, SQL, HTTP] },
    Room { name: "import", knows: &["news", "manuscript"], never: &[SQL, HTTP] },
    Room { name: "record", knows: &["news"], never: &[TOKIO, SQL, HTTP, TEMPLATES] },
    Room { name: "store", knows: &["news"], never: &[HTTP, TEMPLATES] },
    Room {
        name: "masthead",
        knows: &["news", "manuscript", "theme", "picture", "import", "store", "record"],
        never: &[],
    },
];

#[test]
fn each_room_knows_only_what_it_may() {
    let packages = packages();
    for room in ROOMS {
        let known = dependencies(&packages, room.name);
        for (what, crates) in room.never {
            for name in *crates {
                assert!(!known.contains(*name), "`{}` must never know {what}, but depends on `{name}`", room.name);
            }
        }
        for other in ROOMS.iter().filter(|other| known.contains(other.name)) {
            assert!(room.knows.contains(&other.name), "`{}` may not know the room `{}`", room.name, other.name);
        }
    }
}

#[test]
fn every_crate_is_a_room_with_a_rule() {
    let rooms: BTreeSet<&str> = ROOMS.iter().map(|room| room.name).collect();
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        assert!(
            rooms.contains(name) || name == "xtask",
            "`{name}` is a new crate: give it a rule of the form “this code must not know X” in this test"
        );
        assert!(!["utils", "common", "core", "helpers"].contains(&name), "`{name}` says nothing about what is in it");
    }
}

#[test]
fn sql_is_written_in_the_store_alone() {
    let opens = |line: &str| {
        let text = line.split('"').nth(1).unwrap_or_default();
        ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "]
            .iter()
            .any(|word| text.starts_with(word))
    };
    each_line("crates", |file, line| {
        let in_store = file.components().any(|part| part.as_os_str() == "store");
        let in_a_test = file.components().any(|part| part.as_os_str() == "tests");
        assert!(in_store || in_a_test || !opens(line), "SQL belongs in `store`: {}: {line}", file.display());
    });
}

#[test]
fn html_is_written_in_templates_and_the_rooms_that_make_it() {
    each_line("crates/masthead/src", |file, line| {
        let code = line.split("//").next().unwrap_or_default();
        let markup = ["<div", "<p>", "<html", "<body", "<span", "<a href"].iter().any(|tag| code.contains(tag));
        assert!(!markup, "HTML in code is never written in `masthead`: {}: {line}", file.display());
    });
}

#[test]
fn ghosts_words_stay_in_the_rooms_that_speak_with_ghost() {
    each_line("crates/store/src", |file, line| {
        let code = line.split("//").next().unwrap_or_default();
        for word in ["post_", "member_", "lexical"] {
            assert!(!code.contains(word), "“{word}” is Ghost's word: {}: {line}", file.display());
        }
    });
}

#[test]
fn nothing_is_left_for_later_where_a_user_can_reach_it() {
    for folder in ["crates", "xtask", "themes"] {
        each_line(folder, |file, line| {
            let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["unimple", "mented!"].concat()];
            for mark in marks {
                assert!(!line.contains(&mark), "{}: {line}", file.display());
            }
        });
    }
}

#[test]
fn every_parser_of_foreign_bytes_states_its_limits() {
    for file in [
        "crates/manuscript/src/limits.rs",
        "crates/theme/src/limits.rs",
        "crates/picture/src/limits.rs",
        "crates/import/src/text/door.rs",
        "crates/news/src/limits.rs",
        "crates/import/src/wordpress/content/limits.rs",
        "crates/import/src/wordpress/wxr/limits.rs",
    ] {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        assert!(text.contains("pub const"), "{file} states no limit");
    }
}

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn dependencies(packages: &[Value], name: &str) -> BTreeSet<String> {
    let package = packages.iter().find(|package| package["name"] == name);
    let dependencies =
        package.unwrap_or_else(|| panic!("there is no room `{name}`"))["dependencies"].as_array().unwrap();
    dependencies
        .iter()
        .filter(|dependency| dependency["kind"].is_null())
        .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
        .collect()
}

fn each_line(folder: &str, mut look: impl FnMut(&Path, &str)) {
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.ends_with("house.rs") || path.ends_with("node_modules") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "hbs") {
                for line in fs::read_to_string(&path).unwrap().lines() {
                    look(&path, line);
                }
            }
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}
