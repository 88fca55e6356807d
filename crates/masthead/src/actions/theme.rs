//! Themes brought in, worn, taken off again, and their settings.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use news::settings::Choice;

use super::{By, configure};
use crate::App;
use crate::site::{self, themes};

/// Brings a theme in, from a folder or a ZIP archive, and answers with its name. It is read and parsed whole before
/// anything is written; an older one of its name is replaced. It is not worn by that.
pub fn install(app: &App, from: &Path) -> Result<String, anyhow::Error> {
    let files = if from.is_dir() {
        themes::files_below(from).with_context(|| format!("{} cannot be read", from.display()))?
    } else {
        let size = fs::metadata(from).with_context(|| format!("{} cannot be read", from.display()))?.len();
        if size > theme::limits::MAX_PACKAGE_BYTES as u64 {
            bail!("{} is larger than a theme may be ({} MiB)", from.display(), theme::limits::MAX_PACKAGE_BYTES >> 20);
        }
        let bytes = fs::read(from).with_context(|| format!("{} cannot be read", from.display()))?;
        theme::archive::unpack(&bytes).with_context(|| format!("{} is not installed", from.display()))?
    };
    keep(app, files, &from.display().to_string())
}

/// The same of files that were read: `from` is what they are called in an error.
pub fn keep(app: &App, files: Vec<(String, Vec<u8>)>, from: &str) -> Result<String, anyhow::Error> {
    let files = theme::within_its_folder(files);
    let read = theme::Theme::load(files.clone()).with_context(|| format!("{from} is not installed"))?;
    let name = read.name().to_owned();
    if !themes::is_name(&name) {
        bail!("“{name}” in package.json is no name for a theme: letters, digits, hyphens, dots and underscores");
    }
    let folder = app.data.join("themes");
    let (new, old) = (folder.join(format!(".{name}.new")), folder.join(format!(".{name}.old")));
    let clear = |folder: &Path| match fs::remove_dir_all(folder) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    };
    clear(&new)?;
    for (path, bytes) in &files {
        let to = new.join(path);
        fs::create_dir_all(to.parent().unwrap_or(&new))?;
        fs::write(&to, bytes).with_context(|| format!("{} cannot be written", to.display()))?;
    }
    // The new one stands whole beside the old one; a moment decides.
    clear(&old)?;
    let place = folder.join(&name);
    if place.exists() {
        fs::rename(&place, &old)?;
    }
    fs::rename(&new, &place)?;
    clear(&old)?;
    Ok(name)
}

/// Brings a theme in by its files while pages are served. One of the worn theme's name is tried on before it replaces
/// anything: where it cannot draw a page of each kind, nothing is written and the old one stays on.
pub async fn receive(
    app: &Arc<App>,
    files: Vec<(String, Vec<u8>)>,
    from: String,
    by: &By,
) -> Result<String, anyhow::Error> {
    let _one_at_a_time = app.installing.lock().await;
    let read = theme::Theme::load(theme::within_its_folder(files.clone()));
    let read = read.with_context(|| format!("{from} is not installed"))?;
    let (name, worn) = (read.name().to_owned(), app.theme());
    let is_worn = app.settings().await?.theme == name;
    if is_worn {
        try_on(app, read, &worn).await.with_context(|| format!("{from} is not installed"))?;
    }
    let kept = {
        let app = app.clone();
        tokio::task::spawn_blocking(move || keep(&app, files, &from)).await?
    };
    if kept.is_err() && is_worn {
        app.wear_again(worn);
    }
    let name = kept?;
    if is_worn {
        wear(app, &name, by).await?;
    }
    Ok(name)
}

/// Wears a theme in memory, or the one before where a page cannot be drawn in it.
async fn try_on(app: &Arc<App>, new: theme::Theme, worn: &Arc<theme::Theme>) -> Result<(), crate::Error> {
    app.wear(new);
    let tried = site::try_on(app).await;
    if tried.is_err() {
        app.wear_again(worn.clone());
    }
    tried
}

/// Wears a theme: it is tried on first, and one that cannot draw a page of each kind stays off. Answers with its version.
pub async fn wear(app: &Arc<App>, name: &str, by: &By) -> Result<String, anyhow::Error> {
    let theme = themes::load(&app.data, name)?;
    let version = theme.version().to_owned();
    try_on(app, theme, &app.theme()).await.with_context(|| format!("the theme “{name}” stays out of use"))?;
    let _one_at_a_time = app.configuring.lock().await;
    let mut settings = app.settings().await?;
    if settings.theme != name {
        settings.theme_before = Some(std::mem::replace(&mut settings.theme, name.to_owned()));
    }
    configure::configure(app, &settings, by).await?;
    Ok(version)
}

/// Goes back to the theme before; answers with its name.
pub async fn go_back(app: &Arc<App>, by: &By) -> Result<String, anyhow::Error> {
    let Some(before) = app.settings().await?.theme_before else { bail!("no other theme was worn before") };
    wear(app, &before, by).await?;
    Ok(before)
}

/// Chooses a setting of the worn theme's own; an empty text takes the choice back.
pub async fn choose(app: &Arc<App>, key: &str, value: &str, by: &By) -> Result<(), anyhow::Error> {
    let theme = app.theme();
    let Some(setting) = theme.settings().iter().find(|setting| setting.key == key) else {
        let keys: Vec<&str> = theme.settings().iter().map(|setting| setting.key.as_str()).collect();
        bail!("{} has no setting “{key}”; it has {}", theme.name(), keys.join(", "));
    };
    let choice = match (setting.kind.as_str(), value) {
        ("boolean", "true" | "yes") => Choice::Flag(true),
        ("boolean", "false" | "no") => Choice::Flag(false),
        (_, text) => Choice::Text(text.to_owned()),
    };
    let _one_at_a_time = app.configuring.lock().await;
    let mut settings = app.settings().await?;
    let chosen = settings.theme_settings.entry(theme.name().to_owned()).or_default();
    if value.is_empty() {
        chosen.remove(key);
    } else if setting.offers(themes::choice_of(&choice)) {
        chosen.insert(key.to_owned(), choice);
    } else {
        let offered = match setting.kind.as_str() {
            "select" => format!("one of {}", setting.options.join(", ")),
            "boolean" => "true or false".into(),
            "color" => "a colour like #7a1f1f".into(),
            kind => format!("{kind} of at most {} bytes", theme::limits::MAX_CHOICE),
        };
        bail!("“{value}” is nothing that “{key}” can be; it is {offered}");
    }
    Ok(configure::configure(app, &settings, by).await?)
}
