//! A serving process, and the plainest of clients.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_masthead");

/// A running server; killed when it is dropped.
pub struct Server {
    pub child: Child,
    pub address: String,
}

/// An answer: status, head, body.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Server {
    /// Starts a server on a free port and waits until it answers.
    pub fn start(data: &Path) -> Server {
        Server::start_with(data, &["--listen", "127.0.0.1:0"])
    }

    /// Starts a server with these arguments beside `--data`.
    pub fn start_with(data: &Path, arguments: &[&str]) -> Server {
        let mut command = Command::new(PROGRAM);
        command.arg("serve").arg("--data").arg(data).args(arguments);
        Server::of(command)
    }

    /// Starts a server by this command.
    pub fn of(mut command: Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("it did not start: {line}")).to_owned();
        Server { child, address }
    }

    /// Kills it as a power cut would: no handler runs.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn get(&self, path: &str) -> Answer {
        request(&self.address, "GET", path, &[], "").unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request on a connection of its own. An error is a connection that was
/// refused, cut, or closed before the whole answer came.
pub fn request(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.push_str("Host: localhost\r\n");
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n{body}").as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let cut = || std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "the answer was cut");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase().strip_prefix("content-length: ").and_then(|n| n.parse::<usize>().ok())
    });
    if length.is_some_and(|length| length > bytes.len() - head.len() - 4) && method != "HEAD" {
        return Err(cut());
    }
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// An admin key of a data folder.
#[derive(Clone)]
pub struct Key {
    id: String,
    secret: Vec<u8>,
}

impl Key {
    pub fn of(data: &Path) -> Key {
        let output = run(&["key", "new", "test", "--json", "--data", data.to_str().unwrap()]);
        let keys: Value = serde_json::from_slice(&output.stdout).unwrap();
        let (id, secret) = keys["admin_key"].as_str().unwrap().split_once(':').unwrap();
        let secret =
            (0..secret.len()).step_by(2).map(|at| u8::from_str_radix(&secret[at..at + 2], 16).unwrap()).collect();
        Key { id: id.to_owned(), secret }
    }

    pub fn token(&self) -> String {
        let now = jiff::Timestamp::now().as_second();
        let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = encode(json!({ "alg": "HS256", "kid": self.id }));
        let signed = format!("{header}.{}", encode(json!({ "iat": now, "exp": now + 300, "aud": "/admin/" })));
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).unwrap();
        mac.update(signed.as_bytes());
        format!("Ghost {signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// Sends one post to the API.
    pub fn send(&self, address: &str, method: &str, path: &str, post: Value) -> std::io::Result<Answer> {
        let body = json!({ "posts": [post] }).to_string();
        let headers = [("Authorization", &*self.token()), ("Content-Type", "application/json")];
        request(address, method, &format!("/ghost/api/admin{path}"), &headers, &body)
    }
}

/// Runs a command to its end.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// Runs a command that must be refused with this exit code, and answers its one sentence.
#[track_caller]
pub fn refused(arguments: &[&str], code: i32) -> String {
    let output = run(arguments);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
    text
}

/// A folder that goes away at the end.
pub fn folder() -> tempfile::TempDir {
    tempfile::TempDir::new().unwrap()
}

/// A magazine without articles: folder and data folder in it.
pub fn empty_magazine() -> (tempfile::TempDir, PathBuf) {
    let folder = folder();
    let data = folder.path().join("magazine");
    (folder, data)
}

/// Tries until it is so, at most this long.
#[track_caller]
pub fn within(seconds: u64, what: &str, mut so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(seconds);
    while !so() {
        assert!(Instant::now() < end, "not within {seconds} s: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
