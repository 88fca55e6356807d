//! `package.json` of a theme: its name, and what it asks of the server.

use serde_json::Value as Json;

use crate::limits::{MAX_CHOICE, MAX_IMAGE_SIZES, MAX_SETTINGS};
use crate::{Map, Value};

/// What a theme says about itself.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) posts_per_page: u32,
    pub(crate) image_sizes: Vec<ImageSize>,
    pub(crate) card_assets: CardAssets,
    pub(crate) settings: Vec<Setting>,
}

/// A size in which the theme shows pictures, in pixels. At least one of the two is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSize {
    /// What `{{img_url size="…"}}` calls it.
    pub name: String,
    /// At most so wide.
    pub width: Option<u32>,
    /// At most so high.
    pub height: Option<u32>,
}

impl ImageSize {
    /// As it stands in addresses: `w600`, `w600h400`.
    pub fn slug(&self) -> String {
        let width = self.width.map(|width| format!("w{width}")).unwrap_or_default();
        let height = self.height.map(|height| format!("h{height}")).unwrap_or_default();
        width + &height
    }
}

/// Which cards in bodies the theme wants styled for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CardAssets {
    /// All; the theme says nothing or `true`.
    #[default]
    All,
    /// None: it styles them itself.
    None,
    /// Only these.
    Only(Vec<String>),
    /// All but these.
    Except(Vec<String>),
}

/// A setting of the theme that the owner may change.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What templates call it: `@custom.key`.
    pub key: String,
    /// `select`, `boolean`, `color`, `image` or `text`.
    pub kind: String,
    /// What may be chosen, of a `select`.
    pub options: Vec<String>,
    /// What it is until it is changed.
    pub default: Value,
    /// `homepage`, `post` or nothing: where the desk shows it.
    pub group: Option<String>,
    /// What it does, in the theme's words.
    pub description: Option<String>,
    /// When it matters: a filter over the other settings, such as `header_style:[Landing, Search]`.
    pub visibility: Option<String>,
}

/// What an owner chose for a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// Yes or no.
    Flag(bool),
    /// An option, a colour, a path or words.
    Text(&'a str),
}

impl From<Choice<'_>> for Value {
    fn from(choice: Choice<'_>) -> Value {
        match choice {
            Choice::Flag(flag) => flag.into(),
            Choice::Text(text) => text.into(),
        }
    }
}

impl Setting {
    /// Whether this can be chosen: one of the options of a `select`, yes or no of a `boolean`, `#rgb` or `#rrggbb` of a
    /// `color`, at most [`MAX_CHOICE`] bytes of the others.
    pub fn offers(&self, choice: Choice<'_>) -> bool {
        match (self.kind.as_str(), choice) {
            ("boolean", Choice::Flag(_)) => true,
            ("boolean", _) | (_, Choice::Flag(_)) => false,
            ("select", Choice::Text(text)) => self.options.iter().any(|option| option == text),
            ("color", Choice::Text(text)) => {
                let digits = text.strip_prefix('#').unwrap_or_default();
                [3, 6].contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
            (_, Choice::Text(text)) => text.len() <= MAX_CHOICE,
        }
    }
}

/// Posts on a page when a theme does not say how many.
const POSTS_PER_PAGE: u32 = 5;
/// The most that a theme may ask for.
const MAX_POSTS_PER_PAGE: u32 = 100;

impl Package {
    /// Reads `package.json`; the error is a sentence about it.
    pub(crate) fn read(bytes: &[u8]) -> Result<Package, String> {
        let json: Json = serde_json::from_slice(bytes).map_err(|error| format!("it is not JSON: {error}"))?;
        let text = |name: &str| json[name].as_str().unwrap_or_default().trim().to_owned();
        let (name, config) = (text("name"), &json["config"]);
        if name.is_empty() {
            return Err("it has no `name`".into());
        }
        Ok(Package {
            name,
            version: text("version"),
            posts_per_page: posts_per_page(&config["posts_per_page"]),
            image_sizes: image_sizes(&config["image_sizes"])?,
            card_assets: card_assets(&config["card_assets"]),
            settings: settings(&config["custom"])?,
        })
    }

    /// What `@config` holds.
    pub(crate) fn config(&self) -> Value {
        let sizes: Map = self
            .image_sizes
            .iter()
            .map(|size| {
                let pixels = [("width", size.width), ("height", size.height)];
                let given = pixels.into_iter().filter_map(|(name, pixels)| Some((name, pixels?.into())));
                (size.name.clone(), Value::from(given.collect::<Map>()))
            })
            .collect();
        Value::map([("posts_per_page", self.posts_per_page.into()), ("image_sizes", sizes.into())])
    }
}

fn posts_per_page(json: &Json) -> u32 {
    let given = json.as_u64().or_else(|| json.as_str()?.parse().ok());
    given.filter(|number| *number > 0).map_or(POSTS_PER_PAGE, |number| number.min(MAX_POSTS_PER_PAGE.into()) as u32)
}

fn image_sizes(json: &Json) -> Result<Vec<ImageSize>, String> {
    let Some(object) = json.as_object() else { return Ok(Vec::new()) };
    if object.len() > MAX_IMAGE_SIZES {
        return Err(format!("it declares more than {MAX_IMAGE_SIZES} image sizes"));
    }
    let pixels = |json: &Json| json.as_u64().and_then(|pixels| u32::try_from(pixels).ok()).filter(|pixels| *pixels > 0);
    let sizes = object.iter().map(|(name, size)| ImageSize {
        name: name.clone(),
        width: pixels(&size["width"]),
        height: pixels(&size["height"]),
    });
    Ok(sizes.filter(|size| size.width.or(size.height).is_some()).collect())
}

fn card_assets(json: &Json) -> CardAssets {
    match json {
        Json::Bool(false) => CardAssets::None,
        Json::Object(object) => match (object.get("include"), object.get("exclude")) {
            (Some(only), _) => CardAssets::Only(texts(only)),
            (None, Some(except)) => CardAssets::Except(texts(except)),
            (None, None) => CardAssets::All,
        },
        _ => CardAssets::All,
    }
}

fn settings(json: &Json) -> Result<Vec<Setting>, String> {
    let Some(object) = json.as_object() else { return Ok(Vec::new()) };
    if object.len() > MAX_SETTINGS {
        return Err(format!("it declares more than {MAX_SETTINGS} settings"));
    }
    let text = |json: &Json| json.as_str().map(str::to_owned);
    Ok(object
        .iter()
        .map(|(key, setting)| {
            let kind = text(&setting["type"]).unwrap_or_else(|| "text".into());
            let options = texts(&setting["options"]);
            let default = match (&setting["default"], kind.as_str()) {
                (Json::Null, "boolean") => Value::Bool(false),
                (Json::Null, "select") => options.first().map(String::as_str).into(),
                (given, _) => given.into(),
            };
            let (group, description) = (text(&setting["group"]), text(&setting["description"]));
            let visibility = text(&setting["visibility"]);
            Setting { key: key.clone(), kind, options, default, group, description, visibility }
        })
        .collect())
}

fn texts(json: &Json) -> Vec<String> {
    let list = json.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_says_its_name_its_sizes_and_its_settings() {
        let package = Package::read(
            br##"{"name": "broadsheet", "version": "1.0.0", "config": {"posts_per_page": 12,
                "card_assets": {"exclude": ["bookmark"]},
                "image_sizes": {"s": {"width": 300}, "m": {"width": 600, "height": 400}, "none": {}},
                "custom": {"shade": {"type": "select", "options": ["Light", "Dark"]},
                           "rule": {"type": "boolean", "default": true}, "motto": {"type": "text"}}}}"##,
        )
        .unwrap();
        assert_eq!((package.name.as_str(), package.posts_per_page), ("broadsheet", 12));
        assert_eq!(package.image_sizes.iter().map(ImageSize::slug).collect::<Vec<_>>(), ["w300", "w600h400"]);
        assert_eq!(package.card_assets, CardAssets::Except(vec!["bookmark".into()]));
        let defaults: Vec<String> = package.settings.iter().map(|setting| format!("{:?}", setting.default)).collect();
        assert_eq!(defaults, [r#""Light""#, "true", "null"]);
        assert_eq!(package.config().get("image_sizes").get("m").get("height").to_string(), "400");
    }

    #[test]
    fn a_package_that_is_none_is_refused_in_words() {
        assert_eq!(Package::read(b"{}").err().unwrap(), "it has no `name`");
        assert!(Package::read(b"{").err().unwrap().starts_with("it is not JSON"));
    }

    #[test]
    fn the_number_of_posts_has_a_default_and_a_limit() {
        let posts = |json: &str| posts_per_page(&serde_json::from_str(json).unwrap());
        assert_eq!([posts("null"), posts("0"), posts("\"9\""), posts("7"), posts("9000")], [5, 5, 9, 7, 100]);
    }
}
