//! The magazine of the reference, with its ids and times, in a database of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use import::ghost::{self, Export};
use masthead::actions::move_in::move_in;
use masthead::actions::{By, configure};
use masthead::site::themes;
use masthead::{App, config, routes};
use news::settings::Choice;
use news::{Actor, Settings};
use store::{Batch, Store};
use tempfile::TempDir;
use tower::ServiceExt;

/// The magazine, open.
pub struct Magazine {
    pub app: Arc<App>,
    router: Router,
    folder: TempDir,
}

/// An answer's status and text.
pub struct Answer {
    pub status: StatusCode,
    pub text: String,
}

/// The folder of the reference, if there is one.
pub fn reference() -> Option<PathBuf> {
    let folder = std::env::var_os("MASTHEAD_REFERENCE").map(|root| Path::new(&root).join("ghost-golden"));
    folder.filter(|folder| folder.join("export.json").is_file())
}

/// A theme of the reference or of Ghost's package, if it is there.
pub fn theme_folder(name: &str) -> Option<PathBuf> {
    let folder = match name {
        "probe" => reference()?.join("probe-theme"),
        name => Path::new(&std::env::var_os("MASTHEAD_GHOST")?).join(name),
    };
    folder.join("package.json").is_file().then_some(folder)
}

/// Names what could not be tested here.
pub fn skip(what: &str) {
    eprintln!("skipped: {what}");
    if let Ok(path) = std::env::var("MASTHEAD_SKIPPED_FILE") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{what}"));
    }
}

/// The export of the reference, with the default settings of each theme: what its pages were recorded with.
pub fn export(reference: &Path) -> Export {
    let mut export = ghost::read(&std::fs::read(reference.join("export.json")).unwrap()).unwrap();
    export.settings.theme_settings.clear();
    export
}

impl Magazine {
    /// An empty one.
    pub async fn bare() -> Magazine {
        let folder = TempDir::new().unwrap();
        let store = Store::open_file(&folder.path().join("masthead.db")).unwrap();
        let url = config::site_url("https://harbourhill.example").unwrap();
        let app = App::open(folder.path(), store, url, 64 << 20, Vec::new()).await.unwrap();
        Magazine { router: routes::router(app.clone()), app, folder }
    }

    /// Moves the reference in.
    pub async fn open(reference: &Path) -> Magazine {
        let magazine = Magazine::bare().await;
        let (app, by) = (&magazine.app, By::new(Actor::Command));
        let settings = Settings { frontend_key: Some("f0f0f0f0f0f0f0f0f0f0f0f0f0".into()), ..Settings::default() };
        configure::configure(app, &settings, &by).await.unwrap();
        move_in(app, export(reference), &by, false, &app.new_id(), |_| {}).await.unwrap();
        copy(&reference.join("export.zip"), magazine.folder.path());
        magazine
    }

    /// Wears a theme, with these choices of its settings.
    pub async fn wear(&self, theme: &Path, choices: BTreeMap<String, Choice>) {
        let theme = themes::load_folder(theme).unwrap();
        let mut settings = self.app.settings().await.unwrap();
        settings.theme_settings.insert(theme.name().to_owned(), choices);
        configure::configure(&self.app, &settings, &By::new(Actor::Command)).await.unwrap();
        self.app.wear(theme);
    }

    /// Makes an admin key; answers with its id and its secret.
    pub async fn admin_key(&self) -> (String, String) {
        let (id, secret) = (self.app.new_id(), "5ec2e7".repeat(10) + "abcd");
        let mut batch = Batch::new();
        batch.push(store::key::add(id.as_str(), "golden", "golden-admin", &secret, None, 0));
        self.app.store.commit(batch).await.unwrap();
        (id.to_string(), secret)
    }

    /// Makes a key for reading.
    pub async fn key(&self, name: &str, content: &str) {
        let mut batch = Batch::new();
        batch.push(store::key::add(self.app.new_id().as_str(), name, content, &"0".repeat(64), None, 0));
        self.app.store.commit(batch).await.unwrap();
    }

    /// Asks as a stranger does.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a request; the answer as it comes.
    pub async fn send(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends a request.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.send(request).await;
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

/// The pictures of the export, where the magazine keeps its own.
fn copy(zip: &Path, data: &Path) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let Some(name) = file.enclosed_name() else { continue };
        let Ok(below) = name.strip_prefix("content") else { continue };
        if file.is_file() {
            let to = data.join("media").join(below);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::io::copy(&mut file, &mut std::fs::File::create(to).unwrap()).unwrap();
        }
    }
}
