//! `kill -9` at any moment loses nothing that was acknowledged, and leaves nothing half there.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::server::{Key, Server, empty_magazine, request, run};

/// Writers at the same time.
const WRITERS: usize = 4;
/// How often the server is killed; `MASTHEAD_KILLS` asks for more.
const KILLS: u64 = 200;

/// An article that the server said it had.
#[derive(Clone)]
struct Acknowledged {
    number: u64,
    id: String,
    path: String,
    published: bool,
}

#[test]
fn a_killed_server_has_every_acknowledged_article_whole() {
    let kills = std::env::var("MASTHEAD_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let (_folder, data) = empty_magazine();
    let key = Key::of(&data);
    let mut all: Vec<Acknowledged> = Vec::new();
    let mut number = 0;
    for round in 0..kills {
        let mut server = Server::start(&data);
        let acknowledged = write_until_killed(&mut server, &key, &mut number, round);
        let server = Server::start(&data);
        for article in &acknowledged {
            is_there(&server, &key, article);
        }
        is_in_the_feeds(&server, &acknowledged);
        all.extend(acknowledged);
    }
    let server = Server::start(&data);
    for article in &all {
        is_there(&server, &key, article);
    }
    drop(server);
    let verified = run(&["verify", "--data", data.to_str().unwrap()]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    every_revision_is_there(&data, &all);
    let public = all.iter().filter(|article| article.published).count();
    println!("{kills} kills, {} articles acknowledged ({public} public), none lost, none half there", all.len());
    assert!(all.len() as u64 > kills / 2, "the test wrote too little to mean anything: {}", all.len());
}

/// Writers write until the server is killed at a random moment.
fn write_until_killed(server: &mut Server, key: &Key, number: &mut u64, round: u64) -> Vec<Acknowledged> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..WRITERS as u64)
        .map(|writer| {
            let (key, address) = (key.clone(), server.address.clone());
            let (acknowledged, stop) = (acknowledged.clone(), stop.clone());
            let first = *number + writer * 1_000;
            std::thread::spawn(move || {
                for number in first..first + 1_000 {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let Some(article) = write_one(&key, &address, number) else { return };
                    acknowledged.lock().unwrap().push(article);
                }
            })
        })
        .collect();
    *number += WRITERS as u64 * 1_000;
    std::thread::sleep(Duration::from_millis(5 + RandomState::new().hash_one(round) % 200));
    server.kill();
    stop.store(true, Ordering::Relaxed);
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    acknowledged.lock().unwrap().clone()
}

/// Every third is published in two steps, every fifth stays a draft. `None`: the server is gone.
fn write_one(key: &Key, address: &str, number: u64) -> Option<Acknowledged> {
    let status = if number.is_multiple_of(3) || number.is_multiple_of(5) { "draft" } else { "published" };
    let post = json!({ "title": format!("Article {number}"), "html": text(number), "status": status });
    let made = answered(key.send(address, "POST", "/posts/?source=html", post).ok()?, 201)?;
    let mut article = Acknowledged {
        number,
        id: made["id"].as_str()?.to_owned(),
        path: format!("/article-{number}/"),
        published: status == "published",
    };
    if number.is_multiple_of(3) {
        let change = json!({ "status": "published", "updated_at": made["updated_at"] });
        let path = format!("/posts/{}/", article.id);
        // Unanswered, the draft is all that was acknowledged; the publish may be there or not.
        let answer = key.send(address, "PUT", &path, change).ok();
        article.published = answer.and_then(|answer| answered(answer, 200)).is_some();
    }
    Some(article)
}

fn answered(answer: crate::server::Answer, status: u16) -> Option<Value> {
    assert_eq!(answer.status, status, "{}", answer.body);
    serde_json::from_str::<Value>(&answer.body).ok().map(|body| body["posts"][0].clone())
}

fn text(number: u64) -> String {
    format!("<p>Beginning of {number}.</p>{}<p>End of {number}.</p>", "<p>The middle is long.</p>".repeat(20))
}

/// The article is there through the API, and on its page if it is public: whole.
fn is_there(server: &Server, key: &Key, article: &Acknowledged) {
    let Acknowledged { number, id, path, published } = article;
    let read = key.send(&server.address, "GET", &format!("/posts/{id}/?formats=html"), Value::Null).unwrap();
    assert_eq!(read.status, 200, "article {number} is lost");
    for part in [format!("Beginning of {number}."), format!("End of {number}.")] {
        assert!(read.body.contains(&part), "article {number} is half there");
    }
    if *published {
        let page = server.get(path);
        assert_eq!(page.status, 200, "the page of article {number} is lost");
        assert!(page.body.contains(&format!("End of {number}.")), "the page of article {number} is half there");
    }
}

/// The newest of the round are in the feed and on the front; at most one a writer was in flight.
fn is_in_the_feeds(server: &Server, acknowledged: &[Acknowledged]) {
    let public: Vec<_> = acknowledged.iter().filter(|article| article.published).collect();
    let feed = server.get("/feed.json").body;
    for article in public.iter().rev().take(4) {
        assert!(
            feed.contains(&format!("\"Article {}\"", article.number)),
            "article {} is not in the feed",
            article.number
        );
    }
    if let Some(article) = public.last() {
        let front = request(&server.address, "GET", "/", &[], "").unwrap().body;
        assert!(
            front.contains(&format!("Article {}", article.number)),
            "article {} is not on the front",
            article.number
        );
    }
}

fn every_revision_is_there(data: &Path, all: &[Acknowledged]) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = store::Store::open_file(&data.join("masthead.db")).unwrap();
        for article in all {
            let revisions = store::revision::of(&store, &article.id, 10).await.unwrap();
            let whole = revisions.first().is_some_and(|r| r.snapshot.contains(&format!("End of {}.", article.number)));
            assert!(whole, "the revision of article {} is lost", article.number);
        }
    });
}
