//! Every recorded page, made here.

use std::collections::BTreeMap;
use std::path::Path;

use news::settings::Choice;

use super::magazine::{Magazine, reference, skip, theme_folder};
use super::{facts, rules};

/// Compares the pages of one folder of the reference with those that a theme makes here, once for each choice of its
/// settings.
fn compare(theme: &str, folder: &str, choices: Choices) {
    let (Some(reference), Some(theme_folder)) = (reference(), theme_folder(theme)) else {
        skip(&format!("Ghost's pages in the theme {theme} (MASTHEAD_REFERENCE, MASTHEAD_GHOST)"));
        return;
    };
    let folder = reference.join("pages").join(folder);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let report = runtime.block_on(async {
        let magazine = Magazine::open(&reference).await;
        let mut report = Vec::new();
        for (files, chosen) in choices.of(theme, &reference, &folder) {
            magazine.wear(&theme_folder, chosen).await;
            report.extend(pages(&magazine, theme, &folder, &files).await);
        }
        report
    });
    assert!(report.is_empty(), "{} lines differ:\n{}", report.len(), report.join("\n"));
}

/// Which settings of its own a theme was recorded with.
enum Choices {
    Defaults,
    Custom,
}

type Chosen = BTreeMap<String, Choice>;

impl Choices {
    /// Files of a folder, with the settings that they were recorded with.
    fn of(&self, theme: &str, reference: &Path, folder: &Path) -> Vec<(Vec<(String, Entry)>, Chosen)> {
        let index = std::fs::read(folder.join("index.json")).unwrap();
        let all = entries(&serde_json::from_slice(&index).unwrap());
        if let Choices::Defaults = self {
            return vec![(all, Chosen::new())];
        }
        let custom = std::fs::read(reference.join("custom-settings.json")).unwrap();
        let custom: serde_json::Value = serde_json::from_slice(&custom).unwrap();
        let chosen: Chosen = serde_json::from_value(custom[theme]["settings"].clone()).unwrap();
        // `home-header-highlight.html` is the front with that header, all else by default.
        let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let headers = names.filter(|file| file.starts_with("home-header-"));
        let headers = headers.map(|file| (file, Entry { path: "/".into(), status: 200 }));
        let header = |(file, entry): (String, Entry)| {
            let style = file.trim_start_matches("home-header-").trim_end_matches(".html");
            let style = style[..1].to_uppercase() + &style[1..];
            let chosen = [
                ("header_style".to_owned(), Choice::Text(style)),
                ("show_featured_posts".to_owned(), Choice::Flag(true)),
            ];
            (vec![(file, entry)], Chosen::from(chosen))
        };
        headers.map(header).chain([(all, chosen)]).collect()
    }
}

async fn pages(magazine: &Magazine, theme: &str, folder: &Path, files: &[(String, Entry)]) -> Vec<String> {
    assert!(!files.is_empty(), "the reference has no page in {}", folder.display());
    let keep = std::env::var_os("MASTHEAD_GOLDEN_OUT").map(|out| Path::new(&out).join(folder.file_name().unwrap()));
    let mut report = Vec::new();
    for (file, entry) in files {
        if entry.path.starts_with("/p/") {
            continue; // 12: drafts are looked at from the desk.
        }
        let expected_html = std::fs::read_to_string(folder.join(file)).unwrap();
        let answer = magazine.get(&entry.path).await;
        if let Some(keep) = &keep {
            std::fs::create_dir_all(keep).unwrap();
            std::fs::write(keep.join(file), &answer.text).unwrap();
        }
        if u64::from(answer.status.as_u16()) != entry.status {
            report.push(format!("{file}: status {} instead of {}", answer.status, entry.status));
            continue;
        }
        if answer.text.contains("SECRET") {
            report.push(format!("{file}: holds what strangers may not read"));
        }
        let (mut expected, mut made) = (facts::of(&expected_html), facts::of(&answer.text));
        rules::apply(theme, &mut expected, &mut made);
        report.extend(facts::differences(&expected, &made).into_iter().map(|line| format!("{file}: {line}")));
    }
    report
}

struct Entry {
    path: String,
    status: u64,
}

/// The pages of an index that can be asked for here.
fn entries(index: &serde_json::Value) -> Vec<(String, Entry)> {
    let rows = index.as_array().cloned().unwrap_or_default();
    let entry = |row: &serde_json::Value| {
        let file = row["file"].as_str()?.to_owned();
        Some((file, Entry { path: row["path"].as_str()?.to_owned(), status: row["status"].as_u64()? }))
    };
    rows.iter().filter_map(entry).collect()
}

#[test]
fn the_probe_theme_prints_what_it_prints_in_ghost() {
    compare("probe", "probe", Choices::Defaults);
}

#[test]
fn source_shows_the_magazine_as_in_ghost() {
    compare("source", "source", Choices::Defaults);
}

#[test]
fn casper_shows_the_magazine_as_in_ghost() {
    compare("casper", "casper", Choices::Defaults);
}

#[test]
fn source_obeys_its_settings_as_in_ghost() {
    compare("source", "source-custom", Choices::Custom);
}

#[test]
fn casper_obeys_its_settings_as_in_ghost() {
    compare("casper", "casper-custom", Choices::Custom);
}
