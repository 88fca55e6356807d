//! Themes: the built-in one, those in the data folder, and how a page is drawn.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use base64::Engine;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use theme::{Head, Limits, Map, Page, Theme, Value};

use super::furniture::Furniture;
use crate::pages::Fresh;
use crate::{App, Error};

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

/// The built-in theme as it is in the binary, whatever a folder of its name holds.
pub fn embedded() -> Result<Theme, NoTheme> {
    Theme::load(built_in()).map_err(|why| NoTheme::Wrong { name: BUILT_IN.into(), why })
}

/// The built-in theme, read once, for pages that the theme in use does not know.
fn plain_dress() -> Result<Arc<Theme>, Error> {
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

/// Draws a page in the theme in use.
pub fn draw(
    app: &App,
    furniture: &Furniture,
    root: Map,
    templates: &[String],
    contexts: &[&str],
    path: &str,
    head: Head,
) -> Result<Fresh, Error> {
    let mut theme = app.theme();
    if !templates.iter().any(|name| theme.has_template(name)) {
        // A theme made for Ghost has no record: those pages wear the built-in theme.
        theme = plain_dress()?;
    }
    let now = app.now();
    let templates: Vec<&str> = templates.iter().map(String::as_str).collect();
    let page = Map::from([("show_title_and_feature_image", Value::from(true))]);
    let data = Map::from([
        ("site", furniture.site(now, path)),
        ("config", theme.config()),
        ("custom", theme.custom()),
        ("page", page.into()),
    ]);
    let page =
        Page { templates: &templates, root: root.into(), data, contexts, path, now, head, limits: Limits::default() };
    let rendered = theme.render(&page)?;
    let policy = policy(&rendered.html, &rendered.inline_scripts);
    let mut fresh = Fresh::html(rendered.html.into_bytes());
    fresh.policy = Some(policy);
    Ok(fresh)
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
    let opens = |host: &&&str| html.contains("<iframe") && html.contains(**host);
    let frames: String = manuscript::FRAME_HOSTS.iter().filter(opens).map(|host| format!(" https://{host}")).collect();
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

/// Plain files below a folder; links are not followed, hidden files and `node_modules` are left out.
fn files_below(root: &Path) -> std::io::Result<Vec<(String, Vec<u8>)>> {
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
