//! Themes: the built-in one, those in the data folder, and how a page is drawn.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use base64::Engine;
use news::Place;
use news::settings::Choice;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use theme::{Head, Limits, Map, Page, Theme, Value};

use super::furniture::Furniture;
use super::library::Library;
use crate::Error;
use crate::ghost::filter;
use crate::pages::Fresh;

/// The theme that is in the binary.
pub const BUILT_IN: &str = "broadsheet";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../themes/broadsheet"]
struct Broadsheet;

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NoTheme {
    /// There is none of this name.
    #[error("there is no theme “{0}”; `masthead theme list` names those that are there")]
    Unknown(String),
    /// Its files cannot be read.
    #[error("the theme “{name}” cannot be read: {why}")]
    Unreadable {
        /// Its name.
        name: String,
        /// The system's words.
        why: std::io::Error,
    },
    /// Its files are not right.
    #[error("the theme “{name}” is not right: {why}")]
    Wrong {
        /// Its name.
        name: String,
        /// Which file, line and column, and what was expected.
        why: theme::ThemeError,
    },
}

/// Loads a theme: the built-in one, or the folder `themes/NAME` of the data folder.
pub fn load(data: &Path, name: &str) -> Result<Theme, NoTheme> {
    let folder = folder(data, name);
    let files = if folder.is_dir() {
        files_below(&folder).map_err(|why| NoTheme::Unreadable { name: name.into(), why })?
    } else if name == BUILT_IN {
        built_in()
    } else {
        return Err(NoTheme::Unknown(name.into()));
    };
    Theme::load(files).map_err(|why| NoTheme::Wrong { name: name.into(), why })
}

/// Loads the theme in a folder, wherever that is.
pub fn load_folder(folder: &Path) -> Result<Theme, NoTheme> {
    let name = || folder.display().to_string();
    let files = files_below(folder).map_err(|why| NoTheme::Unreadable { name: name(), why })?;
    Theme::load(files).map_err(|why| NoTheme::Wrong { name: name(), why })
}

/// The built-in theme as it is in the binary, whatever a folder of its name holds.
pub fn embedded() -> Result<Theme, NoTheme> {
    Theme::load(built_in()).map_err(|why| NoTheme::Wrong { name: BUILT_IN.into(), why })
}

/// The built-in theme, read once, for pages that the theme in use does not know.
pub(super) fn plain_dress() -> Result<Arc<Theme>, Error> {
    static DRESS: OnceLock<Arc<Theme>> = OnceLock::new();
    if let Some(theme) = DRESS.get() {
        return Ok(theme.clone());
    }
    let theme = Arc::new(embedded().map_err(std::io::Error::other)?);
    Ok(DRESS.get_or_init(|| theme).clone())
}

/// Names of the themes that can be used, the built-in one first.
pub fn names(data: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(data.join("themes"))
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("package.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != BUILT_IN)
        .collect();
    names.sort_unstable();
    names.insert(0, BUILT_IN.to_owned());
    names
}

/// A page to be drawn.
pub struct Scene {
    /// What its templates are given: `post`, `posts`, `pagination`, …
    pub root: Map,
    /// Names of templates, by preference.
    pub templates: Vec<String>,
    /// What kind of page it is.
    pub contexts: Vec<&'static str>,
    /// Its path.
    pub path: String,
    /// What stands in its head.
    pub head: Head,
    /// Whether an article or static page shows its title and picture; nothing on other pages.
    pub shows_title: Option<bool>,
}

/// A drawn page, and the places that its templates asked for.
pub struct Drawn {
    /// The page.
    pub fresh: Fresh,
    /// What it shows beyond what it was given.
    pub places: Vec<Place>,
}

/// What a page of a theme under work asks once a second.
const RELOAD: &str = include_str!("../../assets/reload.html");

/// Draws a page in the theme in use, on a thread that may wait: templates ask the store for more. However a theme
/// is made, its limits end it, and no other reader waits for it.
pub async fn draw(furniture: &Arc<Furniture>, scene: Scene) -> Result<Drawn, Error> {
    let mut theme = furniture.app.theme();
    if !scene.templates.iter().any(|name| theme.has_template(name)) {
        // A theme made for Ghost has no record: those pages wear the built-in theme.
        theme = plain_dress()?;
    }
    draw_in(furniture, theme, scene).await
}

/// Draws a page in this theme.
pub(super) async fn draw_in(furniture: &Arc<Furniture>, theme: Arc<Theme>, scene: Scene) -> Result<Drawn, Error> {
    let furniture = furniture.clone();
    let drawn = tokio::task::spawn_blocking(move || draw_now(&furniture, &theme, scene)).await;
    drawn.map_err(std::io::Error::other)?
}

fn draw_now(furniture: &Arc<Furniture>, theme: &Arc<Theme>, scene: Scene) -> Result<Drawn, Error> {
    let Scene { root, templates, contexts, path, mut head, shows_title } = scene;
    let now = furniture.app.now();
    let settings = &furniture.settings;
    let templates: Vec<&str> = templates.iter().map(String::as_str).collect();
    let page = Map::from([("show_title_and_feature_image", shows_title.into())]);
    let data = Map::from([
        ("site", furniture.site(now, &path)),
        ("config", theme.config()),
        ("custom", furniture.custom(theme, now)),
        ("page", page.into()),
        ("frontend_key", settings.frontend_key.as_deref().into()),
    ]);
    head.cards = theme.cards().cloned();
    if furniture.app.changes().is_some() {
        head.code_foot.push_str(RELOAD);
    }
    let library = Library::of(furniture);
    let page = Page {
        templates: &templates,
        root: root.into(),
        data,
        library: &library,
        contexts: &contexts,
        path: &path,
        now,
        head,
        limits: Limits::default(),
    };
    let rendered = theme.render(&page)?;
    drop(page);
    let policy = policy(&rendered.html, &rendered.inline_scripts);
    let mut fresh = Fresh::html(rendered.html.into_bytes());
    fresh.policy = Some(policy);
    Ok(Drawn { fresh, places: furniture.asked() })
}

/// `@custom`: what the owner chose of the theme's settings, else what the theme proposes. A choice that the theme does
/// not offer any more is passed over. A setting that matters only beside others is empty where they say otherwise.
pub fn custom(theme: &Theme, settings: &news::Settings, now: jiff::Timestamp) -> Value {
    let chosen = settings.theme_settings.get(theme.name());
    let each = theme.settings().iter().map(|setting| {
        let choice = chosen.and_then(|chosen| chosen.get(&setting.key));
        let choice = choice.filter(|choice| setting.offers(choice_of(choice)));
        let value = choice.map_or_else(|| setting.default.clone(), |choice| choice_of(choice).into());
        let value = if setting.kind == "image" { picture(value) } else { value };
        (setting.key.clone(), value)
    });
    let all: Value = each.collect::<Map>().into();
    let fields = filter::named(theme.settings().iter().map(|setting| setting.key.clone()));
    let matters = |setting: &theme::Setting| match &setting.visibility {
        Some(when) => filter::parse(when, &fields, now).is_ok_and(|filter| filter.fits(&all)),
        None => true,
    };
    let shown = theme.settings().iter().map(|setting| {
        let value = if matters(setting) { all.get(&setting.key) } else { Value::Null };
        (setting.key.clone(), value)
    });
    shown.collect::<Map>().into()
}

/// A choice as the theme room knows it.
pub fn choice_of(choice: &Choice) -> theme::Choice<'_> {
    match choice {
        Choice::Flag(flag) => theme::Choice::Flag(*flag),
        Choice::Text(text) => theme::Choice::Text(text),
    }
}

/// An address that came with a Ghost export begins with a mark of its own.
fn picture(value: Value) -> Value {
    match value.as_str().and_then(|url| url.strip_prefix("__GHOST_URL__")) {
        Some(path) => path.into(),
        None => value,
    }
}

/// The content policy of a page: the theme's and the owner's own inline scripts
/// run, named by their hash; a script that came in with a body does not.
fn policy(html: &str, inline_scripts: &[String]) -> String {
    let mut scripts = String::from("'self'");
    for script in inline_scripts {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script.as_bytes()));
        scripts.push_str(&format!(" 'sha256-{hash}'"));
    }
    // What a reader may open inside a body, by a click: only where it stands in one.
    let mut frames = String::new();
    if memchr::memmem::find(html.as_bytes(), b"<iframe").is_some() {
        for host in manuscript::FRAME_HOSTS.iter().filter(|host| html.contains(**host)) {
            frames.push_str(&format!(" https://{host}"));
        }
    }
    format!(
        "default-src 'self'; script-src {scripts}; frame-src 'self'{frames}; style-src 'self' 'unsafe-inline'; img-src 'self' https: data:; \
         media-src 'self' https:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; \
         frame-ancestors 'self'"
    )
}

fn folder(data: &Path, name: &str) -> PathBuf {
    let plain = store::media::is_name(name) && !name.contains('/');
    data.join("themes").join(if plain { name } else { "-" })
}

fn built_in() -> Vec<(String, Vec<u8>)> {
    Broadsheet::iter().filter_map(|name| Some((name.to_string(), Broadsheet::get(&name)?.data.into_owned()))).collect()
}

/// Whether a theme can be called so: it becomes the name of a folder.
pub fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && name.len() <= 100 && !name.starts_with('.') && name.chars().all(plain)
}

/// Plain files below a folder; links are not followed, hidden files and `node_modules` are left out.
pub fn files_below(root: &Path) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name == "node_modules" {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && entry.metadata()?.len() <= theme::limits::MAX_PACKAGE_BYTES as u64 {
                let path = entry.path();
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read(&path)?));
            }
        }
    }
    Ok(files)
}
