//! A new process takes over without a refused connection.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::server::{Server, empty_magazine, refused, request, run, within};

fn signal(id: &str, name: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), id]).status().unwrap().success());
}

fn holder(data: &std::path::Path) -> String {
    std::fs::read_to_string(data.join("masthead.lock")).unwrap_or_default().trim().to_owned()
}

#[test]
fn a_successor_gets_the_socket_and_no_reader_notices() {
    let (_folder, data) = empty_magazine();
    run(&["demo", "--data", data.to_str().unwrap()]);
    let mut server = Server::start(&data);
    let stop = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicU64::new(0));
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let (address, stop, answered) = (server.address.clone(), stop.clone(), answered.clone());
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let answer = request(&address, "GET", "/", &[], "").expect("a connection was refused");
                    assert_eq!(answer.status, 200);
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for _ in 0..3 {
        let before = holder(&data);
        signal(&before, "HUP");
        within(30, "the successor holds the data folder", || {
            let now = holder(&data);
            !now.is_empty() && now != before
        });
        std::thread::sleep(Duration::from_millis(200));
    }
    stop.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.join().unwrap();
    }
    let last = holder(&data);
    signal(&last, "TERM");
    within(30, "the first process ended", || server.child.try_wait().unwrap().is_some());
    within(30, "the last process ended", || request(&server.address, "GET", "/healthz", &[], "").is_err());
    println!("{} requests answered over three restarts, none refused", answered.load(Ordering::Relaxed));
    assert!(answered.load(Ordering::Relaxed) > 50);
}

#[test]
fn a_server_stops_in_good_order() {
    let (_folder, data) = empty_magazine();
    let mut server = Server::start(&data);
    signal(&server.child.id().to_string(), "TERM");
    within(20, "it ended", || server.child.try_wait().unwrap().is_some());
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn a_second_server_on_one_folder_is_refused() {
    let (_folder, data) = empty_magazine();
    let server = Server::start(&data);
    let text = refused(&["serve", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"], 1);
    assert!(text.contains("being served already, by process"), "{text}");
    assert!(text.contains(&server.child.id().to_string()), "{text}");
}

#[test]
fn a_socket_that_somebody_else_opened_is_served() {
    let (_folder, data) = empty_magazine();
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = Command::new(crate::server::PROGRAM);
    command.args(["serve", "--listen", "stdin", "--data"]).arg(&data);
    command.stdin(Stdio::from(std::os::fd::OwnedFd::from(socket)));
    assert_eq!(Server::of(command).get("/healthz").status, 200);
}

#[test]
fn what_a_command_publishes_shows_within_a_second_on_a_serving_process() {
    let (folder, data) = empty_magazine();
    let server = Server::start(&data);
    let file = folder.path().join("page.txt");
    std::fs::write(&file, "Ferry runs again\n\nThe ferry runs again from Monday, the harbour trust said.\n").unwrap();
    assert!(!server.get("/").body.contains("Ferry runs again"));
    let data = data.to_str().unwrap();
    let output = run(&["import", "text", file.to_str().unwrap(), "--section", "news", "--publish", "--data", data]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    within(2, "the front shows it", || server.get("/").body.contains("Ferry runs again"));
    assert_eq!(server.get("/news/ferry-runs-again/").status, 200);
}

#[test]
fn a_client_that_hangs_up_leaves_no_stale_page() {
    use std::io::Write;
    let (_folder, data) = empty_magazine();
    let key = crate::server::Key::of(&data);
    let server = Server::start(&data);
    let first = serde_json::json!({ "title": "Before", "html": "<p>x</p>", "status": "published" });
    let made = key.send(&server.address, "POST", "/posts/?source=html", first).unwrap();
    let mut post: serde_json::Value =
        serde_json::from_str::<serde_json::Value>(&made.body).unwrap()["posts"][0].clone();
    for n in 0..20 {
        let title = format!("Changed {n}");
        let change = serde_json::json!({ "posts": [{ "title": title, "updated_at": post["updated_at"] }] }).to_string();
        let path = format!("/posts/{}/", post["id"].as_str().unwrap());
        let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
        let head = format!(
            "PUT /ghost/api/admin{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\nAuthorization: {}\r\n\r\n{change}",
            change.len(),
            key.token()
        );
        stream.write_all(head.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(n % 7));
        drop(stream);
        std::thread::sleep(Duration::from_millis(60));
        // Read anew each time: on a busy machine the change may be written only after a while.
        within(2, "page and front show what is stored", || {
            let read = key.send(&server.address, "GET", &path, serde_json::Value::Null).unwrap();
            post = serde_json::from_str::<serde_json::Value>(&read.body).unwrap()["posts"][0].clone();
            let stored = post["title"].as_str().unwrap();
            server.get("/before/").body.contains(stored) && server.get("/").body.contains(stored)
        });
    }
}
