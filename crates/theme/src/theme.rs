//! A theme package: its files read, its templates parsed, ready to render.

use std::collections::{HashMap, HashSet};

use crate::handlebars::{Output, Problem, Render, Template, parse};
use crate::helpers;
use crate::limits::{MAX_FILES, MAX_PACKAGE_BYTES, MAX_TEMPLATE_BYTES};
use crate::locale::Locales;
use crate::package::{CardAssets, ImageSize, Package, Setting};
use crate::plain::{self, Buttons};
use crate::{Cards, Map, Page, RenderError, Rendered, SyntaxError, Value};

/// A theme, loaded and parsed once. Rendering does not change it, so it can be shared.
pub struct Theme {
    pub(crate) templates: Templates,
    pub(crate) package: Package,
    pub(crate) locales: Locales,
    assets: HashMap<String, Asset>,
    cards: Option<Cards>,
    /// What the buttons of its templates are tied to.
    pub(crate) forms: String,
}

/// All templates of a theme.
#[derive(Default)]
pub(crate) struct Templates {
    /// By path without `.hbs`: `index`, `layouts/wide`.
    pub(crate) pages: HashMap<String, Template>,
    /// By path below `partials/`, without `.hbs`: `icons/star`.
    pub(crate) partials: HashMap<String, Template>,
    /// Handlebars indents the lines of a partial like its tag; Ghost does not.
    pub(crate) indent_partials: bool,
}

/// A file that the theme serves below `/assets/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The file.
    pub bytes: Vec<u8>,
    /// By its name.
    pub content_type: &'static str,
    /// 16 hexadecimal digits that change with the bytes: the `?v=` that lets browsers keep it for ever.
    pub hash: String,
}

/// Why a package is no theme.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ThemeError {
    /// More files than [`MAX_FILES`].
    #[error("the theme has more than {MAX_FILES} files")]
    TooManyFiles,
    /// More bytes than [`MAX_PACKAGE_BYTES`].
    #[error("the theme is larger than {} MiB", MAX_PACKAGE_BYTES / (1024 * 1024))]
    TooLarge,
    /// A template, a locale or `package.json` of more than [`MAX_TEMPLATE_BYTES`].
    #[error("{path} is larger than {} KiB", MAX_TEMPLATE_BYTES / 1024)]
    FileTooLarge {
        /// The file.
        path: String,
    },
    /// There is no `package.json`.
    #[error("the theme has no package.json")]
    NoPackage,
    /// `package.json` is wrong.
    #[error("package.json: {0}")]
    BadPackage(String),
    /// There is neither `index.hbs` nor `post.hbs`.
    #[error("the theme has no {0}.hbs")]
    NoTemplate(&'static str),
    /// A template that is not UTF-8.
    #[error("{0} is not UTF-8 text")]
    NotText(String),
    /// A file of `locales/` that is no JSON object.
    #[error("{path}: {reason}")]
    BadLocale {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A template that cannot be parsed.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
}

impl Theme {
    /// The names of all its files, as they stand behind `/assets/`, in no order.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.assets.keys().map(String::as_str)
    }

    /// Reads a package: paths inside it and their bytes. A folder that holds everything, as in
    /// most archives, is passed over. What is no template, asset or locale is ignored.
    ///
    /// Nothing is read later: an asset is found by its name in a table, so no request can reach
    /// another file.
    pub fn load(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Theme, ThemeError> {
        let files = within_limits(files)?;
        let top = top_folder(&files);
        let mut package = None;
        let (mut templates, mut locales, mut assets) = (Templates::default(), Locales::default(), HashMap::new());
        let mut buttons = Buttons::default();
        for (path, bytes) in files {
            let path = &path[top.len()..];
            if path == "package.json" {
                package = Some(Package::read(small(path, &bytes)?).map_err(ThemeError::BadPackage)?);
            } else if let Some(asset) = path.strip_prefix("assets/") {
                assets.insert(asset.to_owned(), Asset::new(asset, bytes));
            } else if let Some(language) = path.strip_prefix("locales/").and_then(|file| file.strip_suffix(".json")) {
                let reason =
                    |error: serde_json::Error| ThemeError::BadLocale { path: path.into(), reason: error.to_string() };
                locales.add(language, small(path, &bytes)?).map_err(reason)?;
            } else if let Some(name) = path.strip_suffix(".hbs").filter(|name| !name.contains("node_modules/")) {
                let source = std::str::from_utf8(small(path, &bytes)?).map_err(|_| ThemeError::NotText(path.into()))?;
                let template = parse(path, &plain::template(source, &mut buttons), helpers::find)?;
                match name.strip_prefix("partials/") {
                    Some(partial) => templates.partials.insert(partial.to_owned(), template),
                    None => templates.pages.insert(name.to_owned(), template),
                };
            }
        }
        let package = package.ok_or(ThemeError::NoPackage)?;
        if let Some(missing) = ["index", "post"].into_iter().find(|name| !templates.pages.contains_key(*name)) {
            return Err(ThemeError::NoTemplate(missing));
        }
        for (name, source) in helpers::PARTIALS {
            if !templates.partials.contains_key(*name) {
                templates.partials.insert((*name).to_owned(), parse(name, source, helpers::find)?);
            }
        }
        let cards = Cards::wanted(&package.card_assets);
        Ok(Theme { templates, package, locales, assets, cards, forms: buttons.forms() })
    }

    /// A theme of templates only.
    pub(crate) fn bare(templates: Templates) -> Theme {
        let package = Package {
            name: String::new(),
            version: String::new(),
            posts_per_page: 0,
            image_sizes: Vec::new(),
            card_assets: CardAssets::None,
            settings: Vec::new(),
        };
        Theme {
            templates,
            package,
            locales: Locales::default(),
            assets: HashMap::new(),
            cards: None,
            forms: String::new(),
        }
    }

    /// The name in `package.json`.
    pub fn name(&self) -> &str {
        &self.package.name
    }

    /// The version in `package.json`; may be empty.
    pub fn version(&self) -> &str {
        &self.package.version
    }

    /// How many posts a page of a list holds: 1 to 100, 5 when the theme does not say.
    pub fn posts_per_page(&self) -> u32 {
        self.package.posts_per_page
    }

    /// The sizes in which the theme shows pictures.
    pub fn image_sizes(&self) -> &[ImageSize] {
        &self.package.image_sizes
    }

    /// Which cards it wants styled for it.
    pub fn card_assets(&self) -> &CardAssets {
        &self.package.card_assets
    }

    /// Styles and script for the cards that it wants styled for it.
    pub fn cards(&self) -> Option<&Cards> {
        self.cards.as_ref()
    }

    /// Its own settings.
    pub fn settings(&self) -> &[Setting] {
        &self.package.settings
    }

    /// What `@config` holds: `posts_per_page` and `image_sizes`.
    pub fn config(&self) -> Value {
        self.package.config()
    }

    /// What `@custom` holds until the owner changes it.
    pub fn custom(&self) -> Value {
        let defaults = self.settings().iter().map(|setting| (setting.key.clone(), setting.default.clone()));
        defaults.collect::<Map>().into()
    }

    /// Whether there is a template of this name, without `.hbs`.
    pub fn has_template(&self, name: &str) -> bool {
        self.templates.pages.contains_key(name)
    }

    /// The names of all templates that can be rendered, in no order.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.templates.pages.keys().map(String::as_str)
    }

    /// The file at this path below `assets/`.
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets.get(path)
    }

    /// Renders a page with the first of its templates that the theme has, within the page's limits.
    pub fn render(&self, page: &Page<'_>) -> Result<Rendered, RenderError> {
        let found = page.templates.iter().find_map(|name| Some((*name, self.templates.pages.get(*name)?)));
        let (name, template) = found.ok_or_else(|| Problem::NoTemplate(page.templates.join(", ")))?;
        let output: Output = Render::new(self, page, page.limits).page(template)?;
        Ok(Rendered { inline_scripts: output.inline_scripts(), html: output.text, template: name.to_owned() })
    }
}

impl Templates {
    /// The template that `{{!< name}}` means.
    pub(crate) fn page(&self, name: &str) -> Option<&Template> {
        self.pages.get(name.strip_prefix("./").unwrap_or(name))
    }

    pub(crate) fn partial(&self, name: &str) -> Option<&Template> {
        self.partials.get(name)
    }
}

impl Asset {
    fn new(path: &str, bytes: Vec<u8>) -> Asset {
        let hash = format!("{:016x}", fnv1a(&bytes));
        Asset { content_type: content_type(path), hash, bytes }
    }
}

fn within_limits(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Vec<(String, Vec<u8>)>, ThemeError> {
    let (mut kept, mut bytes) = (Vec::new(), 0);
    for (path, file) in files {
        bytes += file.len();
        if kept.len() == MAX_FILES {
            return Err(ThemeError::TooManyFiles);
        }
        if bytes > MAX_PACKAGE_BYTES {
            return Err(ThemeError::TooLarge);
        }
        let path = path.replace('\\', "/");
        kept.push((path.strip_prefix("./").unwrap_or(&path).to_owned(), file));
    }
    Ok(kept)
}

/// The files of a package without the folder in which all of them lie.
pub fn within_its_folder(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let top = top_folder(&files);
    let without = |(path, bytes): (String, Vec<u8>)| (path.strip_prefix(&top).unwrap_or(&path).to_owned(), bytes);
    files.into_iter().map(without).collect()
}

/// The folder with its slash in which everything lies, or nothing.
fn top_folder(files: &[(String, Vec<u8>)]) -> String {
    if files.iter().any(|(path, _)| path == "package.json") {
        return String::new();
    }
    let folders: HashSet<&str> =
        files.iter().map(|(path, _)| path.split_once('/').map_or("", |(folder, _)| folder)).collect();
    match folders.into_iter().collect::<Vec<_>>().as_slice() {
        [only] if !only.is_empty() => format!("{only}/"),
        _ => String::new(),
    }
}

fn small<'b>(path: &str, bytes: &'b [u8]) -> Result<&'b [u8], ThemeError> {
    match bytes.len() > MAX_TEMPLATE_BYTES {
        true => Err(ThemeError::FileTooLarge { path: path.to_owned() }),
        // A byte order mark, which some editors leave.
        false => Ok(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
    }
}

/// FNV-1a with 64 bits: tells versions of a file apart, guards nothing.
/// <http://www.isthe.com/chongo/tech/comp/fnv/>
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "webmanifest" => "application/manifest+json",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
