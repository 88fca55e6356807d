//! `masthead check` and `masthead quotes` as filters: text in, findings out, no magazine anywhere.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::server::{PROGRAM, folder, refused, run};

/// Two paragraphs with one fault; an emoji before it tells code points from UTF-16.
const FAULTY: &str = "By Ada Thorne\n\n🚢 The ferry stays.\n\nWe could not let it go,” said Hannah Kowalczyk.\n";

fn piped(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {output:?}"))
}

#[test]
fn a_finding_has_its_place_in_code_points_and_a_proposal() {
    let output = piped(&["check", "-", "--published", "2025-03-14", "--json"], FAULTY);
    assert_eq!(output.status.code(), Some(1));
    let found = json_of(&output);
    let [finding] = found["findings"].as_array().unwrap().as_slice() else { panic!("{found}") };
    let place = FAULTY.chars().collect::<String>().find("We could").map(|at| FAULTY[..at].chars().count()).unwrap();
    assert_eq!(finding["kind"], "mark-missing-open");
    assert_eq!(finding["severity"], "must");
    assert_eq!((finding["line"].as_u64(), finding["paragraph"].as_u64()), (Some(5), Some(2)));
    assert_eq!(finding["pos"].as_u64(), Some(place as u64));
    assert_eq!(finding["fix"], json!({ "start": place, "end": place, "replace": "“" }));
}

#[test]
fn a_reader_at_a_terminal_sees_the_line_and_a_marker_under_the_place() {
    let folder = folder();
    let file = folder.path().join("ferry.txt");
    fs::write(&file, FAULTY).unwrap();
    let output = run(&["check", file.to_str().unwrap(), "--published", "2025-03-14"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    for part in [
        "ferry.txt:5:1: must mark-missing-open: ",
        "\n  We could not let it go,”",
        "\n  ^^^^",
        "put “ at 5:1",
        "1 finding in 1 text",
    ] {
        assert!(said.contains(part), "“{part}” is missing in:\n{said}");
    }
}

#[test]
fn clean_copy_is_exit_code_0_and_the_house_may_choose_its_checks() {
    assert_eq!(piped(&["check", "-", "--only", "double-word"], FAULTY).status.code(), Some(0));
    let without = piped(&["check", "-", "--published", "2025-03-14", "--without", "mark-missing-open"], FAULTY);
    assert_eq!(without.status.code(), Some(0), "{without:?}");
    let list = String::from_utf8(run(&["check", "--list"]).stdout).unwrap();
    assert_eq!(list.lines().count(), 24);
    assert_eq!(piped(&["check", "-", "--only", "nonsense"], FAULTY).status.code(), Some(2));
}

#[test]
fn json_lines_go_in_and_come_out_in_order_with_their_ids() {
    let line = |id: &str, text: &str| {
        json!({ "id": id, "text": text, "byline": "Ada Thorne", "date": "2025-03-14" }).to_string()
    };
    let input = format!("{}\n\n{}\n", line("a", "The the ferry stays."), line("b", "The ferry stays."));
    let output = piped(&["check", "-", "--jsonl"], &input);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines[0]["id"].as_str(), lines[0]["findings"][0]["kind"].as_str()), (Some("a"), Some("double-word")));
    assert_eq!((lines[1]["id"].as_str(), lines[1]["findings"].as_array().map(Vec::len)), (Some("b"), Some(0)));
}

#[test]
fn old_words_are_told_from_the_archive() {
    let folder = folder();
    let archive = folder.path().join("archive.jsonl");
    let said = "“We could not let the old boat go to the breakers,” said Hannah Kowalczyk";
    fs::write(&archive, format!("{}\n", json!({ "id": "spring", "text": format!("{said}."), "date": "2025-03-14" })))
        .unwrap();
    let arguments = [
        "check",
        "-",
        "--published",
        "2025-11-03",
        "--archive",
        archive.to_str().unwrap(),
        "--only",
        "quote-older",
        "--json",
    ];
    let found = json_of(&piped(&arguments, &format!("{said} on Thursday.")));
    assert_eq!(found["findings"][0]["kind"], "quote-older", "{found}");
}

#[test]
fn continuous_integration_gets_a_sarif_log() {
    let output = piped(&["check", "-", "--published", "2025-03-14", "--sarif"], FAULTY);
    let log = json_of(&output);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(24));
    let result = &run["results"][0];
    assert_eq!((result["ruleId"].as_str(), result["level"].as_str()), (Some("mark-missing-open"), Some("error")));
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(5), Some(1)));
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
}

#[test]
fn quotations_come_with_speaker_cue_and_confidence() {
    let output = piped(&["quotes", "-", "--json"], "🚢\n\n“We could not let it go,” said Hannah Kowalczyk.");
    assert_eq!(output.status.code(), Some(0));
    let found = json_of(&output);
    let quote = &found["quotes"][0];
    assert_eq!(quote["spans"], json!([[4, 27]]));
    assert_eq!(quote["name"], "Hannah Kowalczyk");
    assert_eq!((quote["type"].as_str(), quote["reported"].as_bool()), (Some("direct"), Some(false)));
    assert!(quote["confidence"].as_f64().is_some_and(|sure| sure > 0.5 && sure <= 1.0), "{quote}");
    let nobody = json_of(&piped(&["quotes", "-", "--json"], "It rained."));
    assert_eq!(nobody, json!({ "id": "-", "quotes": [] }));
}

#[test]
fn a_folder_of_texts_is_read_file_by_file() {
    let folder = folder();
    fs::create_dir(folder.path().join("below")).unwrap();
    for (name, text) in [("b.txt", FAULTY), ("below/a.txt", "It rained."), ("notes.md", "“")] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = run(&["quotes", folder.path().to_str().unwrap(), "--jsonl"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let names: Vec<String> = said
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
        })
        .collect();
    assert_eq!(names, ["b.txt", "a.txt"]);
}

#[test]
fn input_that_cannot_be_used_is_exit_code_2_and_one_sentence() {
    let folder = folder();
    let file = folder.path().join("copy.txt");
    for (bytes, words) in [(&b"Text \xff\xfe."[..], "UTF-8"), (b"a\0b", "binary"), (b" \n ", "no text")] {
        fs::write(&file, bytes).unwrap();
        let said = refused(&["check", file.to_str().unwrap()], 2);
        assert!(
            said.starts_with("masthead: ") && said.trim_end().lines().count() == 1 && said.contains(words),
            "{said}"
        );
    }
    assert!(refused(&["quotes", "/does/not/exist.txt"], 2).contains("cannot be read"));
    let broken = piped(&["check", "-", "--jsonl"], "{\"id\":\"a\",\"text\":\"Fine.\"}\n{\"id\":");
    assert_eq!(broken.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&broken.stderr).contains("line 2"), "{broken:?}");
}
