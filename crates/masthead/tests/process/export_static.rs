//! `masthead export static`: the sample magazine as files, read as a web server hands them out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};
use serde_json::{Value, json};

use crate::server::{Key, Server, empty_magazine, folder, refused, run};

const SITE: &str = "https://lantern.example";

/// An export by name of file.
type Files = BTreeMap<String, Vec<u8>>;

fn export(data: &Path, to: &Path) -> Value {
    let (data, to) = (data.to_str().unwrap(), to.to_str().unwrap());
    let output = run(&["export", "static", to, "--json", "--data", data, "--url", SITE]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn files(root: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn is_there(files: &Files, path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap();
    let name = percent_decode_str(path.trim_start_matches('/')).decode_utf8().unwrap().into_owned();
    let index =
        if name.is_empty() { "index.html".into() } else { format!("{}/index.html", name.trim_end_matches('/')) };
    files.contains_key(&name) || files.contains_key(&index)
}

/// The addresses in a page that a browser loads or a reader follows.
fn addresses(page: &Html) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["href", "src", "poster", "action", "srcset"] {
        let with = Selector::parse(&format!("[{name}]")).unwrap();
        for element in page.select(&with) {
            let value = element.value().attr(name).unwrap();
            match name {
                "srcset" => {
                    found.extend(value.split(',').filter_map(|part| part.split_whitespace().next().map(str::to_owned)))
                }
                _ => found.push(value.to_owned()),
            }
        }
    }
    for card in page.select(&Selector::parse("meta[property='og:image'], meta[name='twitter:image']").unwrap()) {
        found.push(card.value().attr("content").unwrap().to_owned());
    }
    found
}

fn pages(files: &Files) -> impl Iterator<Item = (&str, Html)> {
    let is_page = |name: &str, bytes: &[u8]| name.ends_with(".html") && !bytes.starts_with(b"<?xml");
    files
        .iter()
        .filter(move |(name, bytes)| is_page(name, bytes))
        .map(|(name, bytes)| (name.as_str(), Html::parse_document(std::str::from_utf8(bytes).unwrap())))
}

#[test]
fn the_sample_as_files_is_whole_and_the_same_each_time() {
    let folder = folder();
    let (data, site) = (folder.path().join("magazine"), folder.path().join("site"));
    run(&["demo", "--data", data.to_str().unwrap()]);
    let account = export(&data, &site);
    let files = files(&site);

    assert_eq!((account["broken"].clone(), account["left_out"].clone()), (json!([]), json!([])));
    for name in [
        "index.html",
        "page/2/index.html",
        "news/council/index.html",
        "news/council/county-plans-library-cuts/index.html",
        "about/index.html",
        "record/index.html",
        "corrections/index.html",
        "search/index.html",
        "subscribe/index.html",
        "rss/index.html",
        "rss/index.rss",
        "news/rss/index.rss",
        "news/feed.json",
        "feed.json",
        "sitemap.xml",
        "sitemap-news.xml",
        "sitemap-tags.xml",
        "robots.txt",
        "favicon.ico",
        ".well-known/security.txt",
        "404.html",
        "_headers",
        ".masthead-export",
    ] {
        assert!(files.contains_key(name), "{name} is missing among {:?}", files.keys().collect::<Vec<_>>());
    }
    assert_eq!(files["rss/index.html"], files["rss/index.rss"]);
    assert!(files.keys().any(|name| name.starts_with("content/images/size/w")));
    assert!(String::from_utf8_lossy(&files["_headers"]).starts_with("/rss/\n  Content-Type: application/rss+xml"));

    let mut links = 0;
    for (name, page) in pages(&files) {
        for address in addresses(&page) {
            let own = address.strip_prefix(SITE).unwrap_or(&address);
            if own.is_empty() || own.starts_with('/') && !own.starts_with("//") {
                links += 1;
                assert!(is_there(&files, own), "{name} has a link to {address}");
            }
        }
        for script in page.select(&Selector::parse("script").unwrap()) {
            assert_eq!(script.value().attr("type"), Some("application/ld+json"), "{name}");
        }
    }
    assert!(links > 1_000, "only {links} links were looked at");
    assert!(files.keys().all(|name| !name.ends_with(".js")), "the export holds no script");

    let server = Server::start_with(&data, &["--listen", "127.0.0.1:0", "--url", SITE]);
    for path in ["/", "/news/council/county-plans-library-cuts/", "/about/"] {
        let file = &files[&format!("{}index.html", &path[1..])];
        assert_eq!(String::from_utf8_lossy(file), server.get(path).body, "{path}");
    }
    drop(server);

    assert_eq!(export(&data, &site), account);
    let again = self::files(&site);
    assert!(again.keys().eq(files.keys()));
    let differ: Vec<&String> = files.keys().filter(|name| files[*name] != again[*name]).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn old_addresses_lead_on_and_broken_links_are_named() {
    let (folder, data) = empty_magazine();
    let site = folder.path().join("site");
    Key::of(&data);
    let redirects = folder.path().join("redirects.yaml");
    fs::write(
        &redirects,
        "301:\n  /follow/: /subscribe/\n  /feed.php: /rss/\n  /lost/: /nothing/\n  ^/blog/(.*)$: /$1\n302:\n  /shop/: https://shop.example/\n",
    )
    .unwrap();
    run(&["redirects", "use", redirects.to_str().unwrap(), "--data", data.to_str().unwrap()]);
    let account = export(&data, &site);
    assert_eq!((account["redirects"].clone(), account["expressions"].clone()), (json!(3), json!(1)));
    assert_eq!(account["broken"], json!([{ "link": "/nothing/", "page": "/lost/", "status": 404 }]));

    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    let page = Html::parse_document(&read("follow/index.html"));
    let value = |selector: &str, name: &str| {
        let element = page.select(&Selector::parse(selector).unwrap()).next().unwrap();
        element.value().attr(name).unwrap().to_owned()
    };
    assert_eq!(value("meta[http-equiv=refresh]", "content"), "0; url=/subscribe/");
    assert_eq!(value("link[rel=canonical]", "href"), format!("{SITE}/subscribe/"));
    assert_eq!(value("a", "href"), "/subscribe/");
    assert_eq!(
        read("_redirects"),
        "/follow/ /subscribe/ 301\n/lost/ /nothing/ 301\n/shop/ https://shop.example/ 302\n"
    );
    assert!(
        read("feed.php").starts_with("<?xml"),
        "a feed stands at its old address too: no reader of feeds follows a page"
    );

    let said = run(&["export", "static", site.to_str().unwrap(), "--data", data.to_str().unwrap(), "--url", SITE]);
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("Links that lead nowhere: 1\n  /nothing/ on /lost/ (404)\n"), "{said}");
}

#[test]
fn a_folder_that_holds_anything_else_is_left_alone() {
    let (folder, data) = empty_magazine();
    let site = folder.path().join("site");
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    Key::of(&data);
    fs::create_dir(&site).unwrap();
    fs::write(site.join("CNAME"), "lantern.example").unwrap();
    let why = refused(&["export", "static", &text(&site), "--data", &text(&data)], 1);
    assert!(why.contains("holds CNAME, which no export wrote"), "{why}");
    assert_eq!(files(&site).len(), 1);

    let why = refused(&["export", "static", &text(&data), "--data", &text(&data)], 1);
    assert!(why.contains("which no export wrote"), "{why}");
    refused(&["export", "static", &text(&site), "--data", &text(&folder.path().join("none"))], 1);
    refused(&["export", "static"], 2);
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "nothing unfinished lies about: {left:?}");
}
