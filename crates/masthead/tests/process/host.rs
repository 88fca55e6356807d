//! Which host names are answered.

use crate::server::{Server, empty_magazine, request};

fn ask(server: &Server, method: &str, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let answer = request(&server.address, method, path, headers, "").unwrap();
    let location = answer.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or("").to_owned();
    (answer.status, location)
}

#[test]
fn a_foreign_host_is_sent_home_and_writes_nothing() {
    let (_folder, data) = empty_magazine();
    let server = Server::start_with(&data, &["--listen", "127.0.0.1:0", "--url", "https://lantern.example"]);
    let home = |path: &str| (301, format!("https://lantern.example{path}"));
    assert_eq!(ask(&server, "GET", "/news/?x=1", &[("Host", "evil.example")]), home("/news/?x=1"));
    assert_eq!(ask(&server, "GET", "/", &[("Host", "lantern.example.evil.example")]), home("/"));
    assert_eq!(ask(&server, "POST", "/ghost/api/admin/posts/", &[("Host", "evil.example")]).0, 421);
    assert_eq!(ask(&server, "GET", "/", &[("Host", "lantern.example"), ("Host", "evil.example")]).0, 421);
    assert_eq!(ask(&server, "GET", "/", &[("Host", "lantern.example")]).0, 200);
    assert_eq!(ask(&server, "GET", "/", &[("Host", "LANTERN.example:443")]).0, 200);
    for loopback in ["localhost", "localhost:2368", "127.0.0.1:9", "[::1]:2368"] {
        assert_eq!(ask(&server, "GET", "/", &[("Host", loopback)]).0, 200, "{loopback}");
    }
    assert_eq!(ask(&server, "GET", "/healthz", &[("Host", "10.0.0.7")]).0, 200);
    let forwarded = [("Host", "localhost"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "gopher")];
    let answer = request(&server.address, "GET", "/", &forwarded, "").unwrap();
    assert!(!answer.body.contains("evil.example") && answer.body.contains("https://lantern.example/"));
}

#[test]
fn a_head_request_gets_the_head_of_the_answer() {
    let (_folder, data) = empty_magazine();
    let server = Server::start(&data);
    let get = server.get("/");
    let head = request(&server.address, "HEAD", "/", &[], "").unwrap();
    assert_eq!((head.status, head.body.len()), (200, 0));
    let length = |head: &str| head.lines().find(|l| l.starts_with("content-length")).unwrap_or("").to_owned();
    assert_eq!(length(&head.head), length(&get.head));
}

#[test]
fn an_overlong_head_and_an_overlong_body_are_refused() {
    let (_folder, data) = empty_magazine();
    let server = Server::start(&data);
    let long = "x".repeat(200_000);
    let answer = request(&server.address, "GET", "/", &[("Cookie", &long)], "");
    assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status == 431));
    let body = "x".repeat(11 << 20);
    let answer = request(&server.address, "POST", "/ghost/api/admin/posts/", &[], &body);
    assert!(answer.is_err() || answer.is_ok_and(|answer| [403, 413].contains(&answer.status)));
    assert_eq!(server.get("/healthz").status, 200);
}
