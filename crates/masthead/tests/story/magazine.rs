//! A magazine for a story: its own folder and database, the real router.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use masthead::actions::edit::{self, Change};
use masthead::actions::{By, Written, configure, publish, staff};
use masthead::{App, config, routes};
use news::{Actor, Headline, Kind, SectionPath, Settings};
use serde_json::{Value, json};
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt;

pub use crate::token::token;

/// A magazine with one key for its API.
pub struct Magazine {
    pub app: Arc<App>,
    pub folder: TempDir,
    router: Router,
    pub key: news::key::Key,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Tells a story on each engine that is there. PostgreSQL is there when
/// `MASTHEAD_TEST_POSTGRES` names a server.
pub fn tell<F: Future<Output = ()>>(story: impl Fn(Magazine) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        story(Magazine::on_sqlite().await).await;
        match std::env::var("MASTHEAD_TEST_POSTGRES") {
            Ok(server) => story(Magazine::on_postgres(&server).await).await,
            Err(_) => note_skipped("the stories on PostgreSQL (MASTHEAD_TEST_POSTGRES is not set)"),
        }
    });
}

/// Tells a story on SQLite alone: of what hangs on no engine and takes its time.
pub fn tell_on_sqlite<F: Future<Output = ()>>(story: impl Fn(Magazine) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { story(Magazine::on_sqlite().await).await });
}

/// Names what a machine could not test, for the closing list of the test command.
pub fn note_skipped(what: &str) {
    eprintln!("skipped: {what}");
    if let Ok(path) = std::env::var("MASTHEAD_SKIPPED_FILE") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{what}"));
    }
}

impl Magazine {
    async fn on_sqlite() -> Magazine {
        let folder = TempDir::new().unwrap();
        let store = Store::open_file(&folder.path().join("masthead.db")).unwrap();
        Magazine::with(folder, store).await
    }

    async fn on_postgres(server: &str) -> Magazine {
        let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let name = format!("story_{}", masthead::app::random_hex::<8>());
        client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
        let store = Store::connect(&format!("{base}/{name}")).await.unwrap();
        Magazine::with(TempDir::new().unwrap(), store).await
    }

    async fn with(folder: TempDir, store: Store) -> Magazine {
        let url = config::site_url("https://lantern.example").unwrap();
        let app = App::open(folder.path(), store, url, 64 << 20, Vec::new()).await.unwrap();
        let by = By::new(Actor::Command);
        let settings = Settings {
            title: "The Lantern".into(),
            description: "News of the town".into(),
            email: "desk@lantern.example".into(),
            ..Settings::default()
        };
        configure::configure(&app, &settings, &by).await.unwrap();
        let key = staff::new_key(&app, "story", None, &by).await.unwrap();
        Magazine { router: routes::router(app.clone()), app, folder, key }
    }

    /// Publishes an article in a section, with a body of simple HTML.
    pub async fn publish(&self, headline: &str, section: &str, html: &str) -> Written {
        let pending = edit::begin(&self.app, Kind::Article, change(headline, section, html)).await.unwrap();
        publish::publish(&self.app, pending, None, &By::new(Actor::Command)).await.unwrap()
    }

    /// Asks as a reader does: kept pages first, then the router.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    /// Asks with further headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Calls the Admin API with a fresh token.
    pub async fn api(&self, method: &str, path: &str, body: Value) -> Answer {
        let token = token(self.key.id.as_str(), &self.key.secret, self.app.now().as_second());
        let request = Request::builder()
            .method(method)
            .uri(format!("/ghost/api/admin{path}"))
            .header(header::AUTHORIZATION, format!("Ghost {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send(request.body(body).unwrap()).await
    }

    /// The one post of an answer that must have this status.
    pub async fn post(&self, method: &str, path: &str, post: Value, status: u16) -> Value {
        let answer = self.api(method, path, json!({ "posts": [post] })).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        answer.json()["posts"][0].clone()
    }

    /// Sends any request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        if let Some(page) = masthead::site::kept(&self.app, request.uri()).filter(|_| request.method() == "GET") {
            let sent = page.answer(request.headers());
            return Answer { status: sent.status, headers: sent.headers, body: sent.body.to_vec() };
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn has(&self, text: &str) -> &Answer {
        assert!(self.text().contains(text), "“{text}” is missing in ({}) {}", self.status, self.text());
        self
    }

    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Answer {
        assert!(!self.text().contains(text), "“{text}” should not be in {}", self.text());
        self
    }
}

/// What an article is to become.
pub fn change(headline: &str, section: &str, html: &str) -> Change {
    Change {
        headline: Some(Headline::parse(headline).unwrap()),
        section: Some((!section.is_empty()).then(|| SectionPath::parse(section).unwrap())),
        body: Some(manuscript::from_html(html).unwrap().to_json().into_owned()),
        ..Change::default()
    }
}
