//! A Ghost export (`GET /ghost/api/admin/db/`) in: its tables read into our own words. Ids stay, addresses stay.
//!
//! Any subset of tables is read. What has no room here yet (members, offers, snippets) is not read; [`Export::left_out`]
//! names what could not be.

mod older;
mod package;
mod write;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use news::article::Extras;
use news::author::Profile;
use news::settings::{Choice, Fonts, Link, Members};
use news::tag::Dress;
use news::{
    Access, Accounts, Article, Author, Headline, Id, Kind, LeadPicture, Newsletter, Settings, Slug, Social, Status,
    Tag, Tier, Visibility,
};
use serde_json::{Map, Value};

pub use package::{LARGEST_FILE, Medium, NoPackage, Package, pack};
pub use write::{Writer, settings_rows};

/// What was in an export.
#[derive(Debug, Default)]
pub struct Export {
    /// The magazine's settings, laid over the defaults.
    pub settings: Settings,
    /// Users, who are authors here.
    pub authors: Vec<Author>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Posts and pages, with addresses where they are public.
    pub articles: Vec<Article>,
    /// Whether it says anything of the site itself.
    pub has_settings: bool,
    /// Public addresses that cannot be had here: the path there, the path here.
    pub moved: Vec<(String, String)>,
    /// What could not be read, and why.
    pub left_out: Vec<String>,
    /// Rows that there is no room for here, or no room for whole, as they came: for the way back. No passwords and no keys of other services.
    pub rest: Map<String, Value>,
}

/// Why a file is no Ghost export.
#[derive(Debug, thiserror::Error)]
pub enum NoExport {
    /// It is no JSON.
    #[error("it is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It is, but it holds no tables.
    #[error("it is not a Ghost export: there is no db[0].data")]
    NoTables,
}

/// Reads an export.
pub fn read(json: &[u8]) -> Result<Export, NoExport> {
    let mut whole: Value = serde_json::from_slice(json)?;
    let data = match whole.pointer_mut("/db/0/data").map(Value::take) {
        Some(Value::Object(data)) => data,
        _ => match whole.get_mut("data").map(Value::take) {
            Some(Value::Object(data)) => data,
            _ => return Err(NoExport::NoTables),
        },
    };
    let mut data = data;
    older::renew(&mut data, whole.pointer("/db/0/meta/exported_on").or(whole.pointer("/meta/exported_on")));
    let tables = Tables(data);
    let mut left_out = Vec::new();
    let settings = settings(&tables);
    let authors: Vec<Author> = tables.rows("users").filter_map(|row| note(author(row), row, &mut left_out)).collect();
    let tags: Vec<Tag> = tables.rows("tags").filter_map(|row| note(tag(row), row, &mut left_out)).collect();
    let beside = Beside::of(&tables);
    let mut slugs = HashSet::new();
    let (mut articles, mut moved) = (Vec::new(), Vec::new());
    if tables
        .rows("settings")
        .any(|row| text(row, "key").as_deref() == Some("is_private") && truth(row, "value") == Some(true))
    {
        left_out.push("The password of the site: everybody reads this magazine".into());
    }
    for row in tables.rows("posts") {
        match article(row, &beside, &mut slugs) {
            Ok(article) => {
                if article.extras.visibility.is_some() {
                    left_out.push(format!(
                        "Who may read {}: nobody yet, since Ghost asked for more than a tier",
                        article.headline
                    ));
                }
                if article.extras.email_only && text(row, "status").as_deref() == Some("scheduled") {
                    left_out.push(format!(
                        "The time of {}: it was to go out by mail alone, and is a draft",
                        article.headline
                    ));
                }
                if let (Some(path), Some(slug)) = (&article.path, words(row, "slug")) {
                    let there = news::slug::encoded(&format!("/{slug}/"));
                    if there.to_lowercase() != path.to_lowercase() {
                        moved.push((there, path.clone()));
                    }
                }
                articles.push(article);
            }
            Err(why) => left_out.push(format!("{}: {why}", text(row, "title").unwrap_or_default())),
        }
    }
    let rest = rest(&tables);
    let has_settings = tables.rows("settings").next().is_some();
    Ok(Export { settings, authors, tags, articles, has_settings, moved, left_out, rest })
}

/// The tables that are read into our own words whole.
const READ_WHOLE: [&str; 5] = ["posts", "posts_meta", "posts_tags", "posts_authors", "posts_products"];

/// Tables of what opens doors: keys, sessions, invitations, and whom a webhook tells.
const OF_DOORS: [&str; 6] = ["api_keys", "sessions", "invites", "tokens", "webhooks", "brute"];

/// A setting that opens something elsewhere, such as the key of the service that sends mail.
pub fn is_secret(row: &Value) -> bool {
    let key = row["key"].as_str().unwrap_or_default();
    // Ghost's setting `slack` is the address of a webhook; beside it stands a name that is none.
    let opens = key == "slack"
        || ["secret", "token", "password", "slack_url", "zapier", "_key"].iter().any(|word| key.contains(word))
            && !["public", "publishable"].iter().any(|word| key.contains(word));
    opens && row["value"].as_str().is_some_and(|value| !value.is_empty())
}

fn rest(tables: &Tables) -> Map<String, Value> {
    let mut rest = Map::new();
    let is_left_out = |table: &str| READ_WHOLE.contains(&table) || OF_DOORS.contains(&table);
    for (table, rows) in tables.0.iter().filter(|(table, _)| !is_left_out(table)) {
        let mut rows = rows.clone();
        if let Some(rows) = rows.as_array_mut() {
            rows.retain(|row| table != "settings" || !is_secret(row));
            rows.iter_mut().filter_map(Value::as_object_mut).for_each(|row| _ = row.remove("password"));
        }
        rest.insert(table.clone(), rows);
    }
    rest
}

struct Tables(Map<String, Value>);

type Row = Map<String, Value>;

impl Tables {
    fn rows(&self, table: &str) -> impl Iterator<Item = &Row> {
        self.0.get(table).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
    }
}

fn note<T>(read: Result<T, String>, row: &Row, left_out: &mut Vec<String>) -> Option<T> {
    read.inspect_err(|why| left_out.push(format!("{}: {why}", text(row, "name").unwrap_or_default()))).ok()
}

fn text(row: &Row, field: &str) -> Option<String> {
    row.get(field).and_then(Value::as_str).map(str::to_owned)
}

/// The text, if there is any in it.
fn words(row: &Row, field: &str) -> Option<String> {
    text(row, field).filter(|text| !text.is_empty())
}

/// An address of the exported site begins with a mark, which ours do not need.
fn address(row: &Row, field: &str) -> Option<String> {
    words(row, field).map(|url| url.strip_prefix("__GHOST_URL__").map(str::to_owned).unwrap_or(url))
}

/// SQLite writes truths as numbers.
fn truth(row: &Row, field: &str) -> Option<bool> {
    match row.get(field)? {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::String(text) => Some(text == "true" || text == "1"),
        _ => None,
    }
}

fn number(row: &Row, field: &str) -> Option<u64> {
    row.get(field).and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()))
}

/// `2025-06-01 12:00:00` in UTC, RFC 3339, or milliseconds.
fn time(row: &Row, field: &str) -> Option<Timestamp> {
    let at: Option<Timestamp> = match row.get(field)? {
        Value::Number(number) => Timestamp::from_millisecond(number.as_i64()?).ok(),
        Value::String(text) => {
            let utc = || TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
            text.parse().ok().or_else(utc)
        }
        _ => None,
    };
    at.filter(|at| news::limits::TIMES.contains(at))
}

fn id(row: &Row, field: &str) -> Result<Id, String> {
    let id = text(row, field).ok_or_else(|| format!("it has no {field}"))?;
    Id::parse(&id).map_err(|_| format!("“{id}” is no {field}"))
}

fn social(row: &Row) -> Social {
    Social {
        meta_title: words(row, "meta_title"),
        meta_description: words(row, "meta_description"),
        og_image: address(row, "og_image"),
        og_title: words(row, "og_title"),
        og_description: words(row, "og_description"),
        twitter_image: address(row, "twitter_image"),
        twitter_title: words(row, "twitter_title"),
        twitter_description: words(row, "twitter_description"),
    }
}

fn accounts(row: &Row) -> Accounts {
    Accounts {
        facebook: words(row, "facebook"),
        twitter: words(row, "twitter"),
        threads: words(row, "threads"),
        bluesky: words(row, "bluesky"),
        mastodon: words(row, "mastodon"),
        tiktok: words(row, "tiktok"),
        youtube: words(row, "youtube"),
        instagram: words(row, "instagram"),
        linkedin: words(row, "linkedin"),
    }
}

fn author(row: &Row) -> Result<Author, String> {
    let name = words(row, "name").ok_or("an author without a name")?;
    let slug = words(row, "slug").and_then(|slug| Slug::parse(&slug).ok()).or_else(|| Slug::of(&name));
    let named = Author::named(id(row, "id")?, slug.ok_or("no slug can be made")?, name);
    Ok(Author {
        bio: words(row, "bio"),
        location: words(row, "location"),
        website: words(row, "website"),
        portrait: address(row, "profile_image"),
        email: words(row, "email"),
        profile: Profile {
            cover_image: address(row, "cover_image"),
            accounts: accounts(row),
            meta_title: words(row, "meta_title"),
            meta_description: words(row, "meta_description"),
        },
        created_at: made_at(row, named.created_at),
        updated_at: changed_at(row, named.created_at),
        ..named
    })
}

fn made_at(row: &Row, else_at: Timestamp) -> Timestamp {
    time(row, "created_at").unwrap_or(else_at)
}

fn changed_at(row: &Row, else_at: Timestamp) -> Timestamp {
    time(row, "updated_at").unwrap_or_else(|| made_at(row, else_at))
}

fn tag(row: &Row) -> Result<Tag, String> {
    let name = words(row, "name").ok_or("a tag without a name")?;
    let slug = words(row, "slug").and_then(|slug| Slug::parse(&slug).ok()).or_else(|| news::tag::slug_of(&name));
    let named = Tag::named(id(row, "id")?, slug.ok_or("no slug can be made")?, name);
    Ok(Tag {
        description: words(row, "description"),
        visibility: match text(row, "visibility").as_deref() {
            Some("internal") => Visibility::Internal,
            Some(_) => Visibility::Public,
            None => named.visibility,
        },
        dress: Dress {
            feature_image: address(row, "feature_image"),
            accent_color: words(row, "accent_color"),
            canonical_url: address(row, "canonical_url"),
            codeinjection_head: words(row, "codeinjection_head"),
            codeinjection_foot: words(row, "codeinjection_foot"),
            social: social(row),
        },
        created_at: made_at(row, named.created_at),
        updated_at: changed_at(row, named.created_at),
        ..named
    })
}

/// What stands in other tables beside a post.
struct Beside<'t> {
    meta: HashMap<&'t str, &'t Row>,
    tags: HashMap<&'t str, Vec<(u64, Id)>>,
    authors: HashMap<&'t str, Vec<(u64, Id)>>,
    tiers: HashMap<&'t str, Vec<(u64, String)>>,
}

impl<'t> Beside<'t> {
    fn of(tables: &'t Tables) -> Beside<'t> {
        let key = |row: &'t Row| row.get("post_id").and_then(Value::as_str);
        let links = |table: &str, field: &str| {
            let mut links: HashMap<&str, Vec<(u64, Id)>> = HashMap::new();
            for row in tables.rows(table) {
                if let (Some(post), Ok(id)) = (key(row), id(row, field)) {
                    links.entry(post).or_default().push((number(row, "sort_order").unwrap_or(0), id));
                }
            }
            links.values_mut().for_each(|list| list.sort());
            links
        };
        let slugs: HashMap<String, String> =
            tables.rows("products").filter_map(|row| Some((text(row, "id")?, text(row, "slug")?))).collect();
        let mut tiers: HashMap<&str, Vec<(u64, String)>> = HashMap::new();
        for row in tables.rows("posts_products") {
            if let (Some(post), Some(slug)) = (key(row), text(row, "product_id").and_then(|id| slugs.get(&id))) {
                tiers.entry(post).or_default().push((number(row, "sort_order").unwrap_or(0), slug.clone()));
            }
        }
        tiers.values_mut().for_each(|list| list.sort());
        Beside {
            meta: tables.rows("posts_meta").filter_map(|row| Some((key(row)?, row))).collect(),
            tags: links("posts_tags", "tag_id"),
            authors: links("posts_authors", "author_id"),
            tiers,
        }
    }
}

/// A post or page.
fn article(row: &Row, beside: &Beside<'_>, slugs: &mut HashSet<String>) -> Result<Article, String> {
    let key = text(row, "id").unwrap_or_default();
    let empty = Row::new();
    let meta = beside.meta.get(key.as_str()).copied().unwrap_or(&empty);
    let kind = if text(row, "type").as_deref() == Some("page") { Kind::Page } else { Kind::Article };
    let created = time(row, "created_at").unwrap_or(Timestamp::UNIX_EPOCH);
    let published_at = time(row, "published_at");
    let email_only = truth(meta, "email_only") == Some(true);
    let status = match text(row, "status").as_deref() {
        Some("published") => Status::Published,
        // What goes out by mail alone would be public when its time comes.
        Some("scheduled") if !email_only && published_at.is_some() => Status::Scheduled,
        Some("sent") => Status::Sent,
        _ => Status::Draft,
    };
    let title = words(row, "title").unwrap_or_else(|| "(Untitled)".into());
    let headline = Headline::parse(&title).map_err(|why| why.to_string())?;
    let slug = free(&words(row, "slug").unwrap_or_else(|| slug_of(&title)), slugs)?;
    let ids = |links: &HashMap<&str, Vec<(u64, Id)>>| {
        links.get(key.as_str()).map(|list| list.iter().map(|(_, id)| id.clone()).collect()).unwrap_or_default()
    };
    let tiers = beside.tiers.get(key.as_str()).into_iter().flatten().map(|(_, slug)| slug.clone()).collect();
    // What is public stands somewhere in the order of the archive.
    let published_at = published_at.or_else(|| (status == Status::Published).then_some(created));
    let lead_picture = LeadPicture {
        src: address(row, "feature_image"),
        alt: words(meta, "feature_image_alt"),
        caption_html: words(meta, "feature_image_caption"),
        ..LeadPicture::default()
    };
    let (access, visibility) = access(text(row, "visibility").as_deref().unwrap_or("public"), tiers);
    Ok(Article {
        id: id(row, "id")?,
        kind,
        headline,
        path: (status == Status::Published).then(|| news::slug::encoded(&format!("/{slug}/"))),
        slug,
        standfirst: words(row, "custom_excerpt"),
        body: body(row)?,
        section: None,
        tags: ids(&beside.tags),
        authors: ids(&beside.authors),
        lead_picture: Some(lead_picture).filter(|picture| !picture.is_empty()),
        status,
        access,
        featured: truth(row, "featured").unwrap_or(false),
        created_at: created,
        updated_at: time(row, "updated_at").unwrap_or(created),
        published_at,
        first_published_at: published_at.filter(|_| status == Status::Published),
        version: 1,
        extras: Extras {
            uuid: words(row, "uuid"),
            comment_id: words(row, "comment_id"),
            show_title_and_feature_image: truth(row, "show_title_and_feature_image").filter(|shown| !shown),
            codeinjection_head: words(row, "codeinjection_head"),
            codeinjection_foot: words(row, "codeinjection_foot"),
            custom_template: words(row, "custom_template"),
            canonical_url: address(row, "canonical_url"),
            og_image: address(meta, "og_image"),
            og_title: words(meta, "og_title"),
            og_description: words(meta, "og_description"),
            twitter_image: address(meta, "twitter_image"),
            twitter_title: words(meta, "twitter_title"),
            twitter_description: words(meta, "twitter_description"),
            meta_title: words(meta, "meta_title"),
            meta_description: words(meta, "meta_description"),
            email_subject: words(meta, "email_subject"),
            frontmatter: words(meta, "frontmatter"),
            newsletter: words(row, "newsletter_id"),
            email_recipient_filter: words(row, "email_recipient_filter").filter(|filter| filter != "all"),
            email_only: email_only && status != Status::Sent,
            visibility,
            ..Extras::default()
        },
    })
}

/// Who may read it, and Ghost's filter where that says more than we have words for: then nobody may, yet.
fn access(word: &str, tiers: Vec<String>) -> (Access, Option<String>) {
    let by_word = match word {
        "status:-free" => Some(Access::Paid),
        "status:free,status:-free" | "status:-free,status:free" => Some(Access::Members),
        word => Access::of(word, tiers),
    };
    match by_word {
        Some(access) => (access, None),
        None => {
            let product = |part: &str| Some(part.trim().strip_prefix("product:")?.trim_matches('\'').to_owned());
            match word.split(',').map(product).collect::<Option<Vec<String>>>() {
                Some(slugs) => (Access::Tiers(slugs), None),
                None => (Access::Tiers(Vec::new()), Some(word.to_owned())),
            }
        }
    }
}

/// The body as Lexical JSON: as it is, or made of mobiledoc or HTML.
fn body(row: &Row) -> Result<String, String> {
    if let Some(lexical) = words(row, "lexical") {
        manuscript::Document::parse(&lexical).map_err(|why| why.to_string())?;
        return Ok(lexical);
    }
    let (mobiledoc, html) = (words(row, "mobiledoc"), words(row, "html"));
    let read = mobiledoc.as_deref().map(manuscript::from_mobiledoc).and_then(Result::ok);
    let made = match (read, &html) {
        (Some(document), _) => Ok(document),
        (None, Some(html)) => manuscript::from_html(html),
        (None, None) => return Ok(manuscript::Document::empty().to_json().into_owned()),
    };
    made.map(|document| document.to_json().into_owned()).map_err(|why| why.to_string())
}

/// A slug that is free among the posts and pages read so far, whose addresses lie side by side; a number behind it makes
/// it so.
fn free(wanted: &str, taken: &mut HashSet<String>) -> Result<Slug, String> {
    let cut = |text: &str| -> String { text.chars().take(news::slug::LONGEST).collect() };
    let as_is = Slug::parse(&cut(wanted)).or_else(|_| Slug::parse(&cut(&slug_of(wanted))));
    let slug = as_is.map_err(|why| format!("“{wanted}”: {why}"))?;
    let numbered = (2..MOST_NAMESAKES).map(|number| slug.numbered(number));
    let free = std::iter::once(slug.clone()).chain(numbered).find(|slug| !taken.contains(slug.as_str()));
    let free = free.ok_or_else(|| format!("too many are called “{slug}”"))?;
    taken.insert(free.to_string());
    Ok(free)
}

/// Most posts of one slug.
const MOST_NAMESAKES: u32 = 1_000;

/// The slug that Ghost's importer makes of a title: unlike one made by hand, runs of hyphens stay, and so do those at
/// the ends. What Ghost keeps for itself gets a word behind it.
pub fn slug_of(title: &str) -> String {
    const HYPHENS: &str = ".@:/?#[]!$&()*+,;=\\%<>|^~£\"{}`";
    let hyphens = |c: char| if HYPHENS.contains(c) || c.is_whitespace() { '-' } else { c };
    let marked: String = title.chars().filter(|c| !matches!(c, '\'' | '’' | '‘')).map(hyphens).collect();
    let plain: String = deunicode::deunicode_with_tofu(&marked, "").chars().map(hyphens).collect();
    let is_emoji_only = title.chars().all(|c| {
        !c.is_alphanumeric() && !c.is_ascii() && deunicode::deunicode_char(c).is_some_and(|name| name.len() > 3)
    });
    let slug: String =
        plain.to_ascii_lowercase().chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    match slug.as_str() {
        "" => "post".to_owned(),
        _ if is_emoji_only => "post".to_owned(),
        "rss" | "feed" | "ghost" | "page" | "tag" | "author" => format!("{slug}-post"),
        _ => slug,
    }
}

/// Settings of rows `{"key", "value"}`, as Ghost's table has them.
pub fn settings_of(rows: Vec<Value>) -> Settings {
    settings(&Tables(Map::from_iter([("settings".to_owned(), Value::Array(rows))])))
}

fn settings(tables: &Tables) -> Settings {
    let mut row = Row::new();
    for setting in tables.rows("settings") {
        if let (Some(key), Some(value)) = (text(setting, "key"), setting.get("value")) {
            row.insert(key, value.clone());
        }
    }
    let defaults = Settings::default();
    let links = |key: &str| -> Vec<Link> {
        let json = text(&row, key).unwrap_or_default();
        serde_json::from_str(&json).unwrap_or_default()
    };
    let yes = |key: &str| matches!(row.get(key), Some(Value::Bool(true))) || text(&row, key).as_deref() == Some("true");
    let theme = text(&row, "active_theme");
    Settings {
        title: words(&row, "title").unwrap_or(defaults.title.clone()),
        description: text(&row, "description").unwrap_or_default(),
        locale: words(&row, "locale").unwrap_or(defaults.locale.clone()),
        timezone: words(&row, "timezone").unwrap_or(defaults.timezone.clone()),
        accent_color: words(&row, "accent_color"),
        logo: address(&row, "logo"),
        icon: address(&row, "icon"),
        cover_image: address(&row, "cover_image"),
        navigation: links("navigation"),
        secondary_navigation: links("secondary_navigation"),
        accounts: accounts(&row),
        social: social(&row),
        codeinjection_head: words(&row, "codeinjection_head"),
        codeinjection_foot: words(&row, "codeinjection_foot"),
        permalink: "/{slug}/".into(),
        fonts: Fonts { heading: words(&row, "heading_font"), body: words(&row, "body_font") },
        comments: words(&row, "comments_enabled").unwrap_or_else(|| "off".into()),
        members: match text(&row, "members_signup_access").as_deref() {
            Some("all") => Members::All,
            Some("paid") => Members::Paid,
            Some("invite") => Members::Invite,
            _ => Members::None,
        },
        // Ghost's own default, where it came with settings at all.
        outbound_link_tagging: match row.get("outbound_link_tagging") {
            Some(_) => yes("outbound_link_tagging"),
            None => !row.is_empty(),
        },
        theme_settings: theme_settings(tables, theme.as_deref()),
        tiers: tiers(tables),
        newsletters: tables.rows("newsletters").filter_map(newsletter).collect(),
        ..defaults
    }
}

/// What the owner chose of each theme's settings.
fn theme_settings(
    tables: &Tables,
    _active: Option<&str>,
) -> std::collections::BTreeMap<String, std::collections::BTreeMap<String, Choice>> {
    let mut all: std::collections::BTreeMap<_, std::collections::BTreeMap<_, _>> = std::collections::BTreeMap::new();
    for row in tables.rows("custom_theme_settings") {
        let (Some(theme), Some(key)) = (text(row, "theme"), text(row, "key")) else { continue };
        let choice = match (text(row, "type").as_deref(), text(row, "value")) {
            (Some("boolean"), Some(value)) => Choice::Flag(value == "true"),
            (_, Some(value)) => Choice::Text(value),
            (_, None) => continue,
        };
        all.entry(theme).or_default().insert(key, choice);
    }
    all
}

fn tiers(tables: &Tables) -> Vec<Tier> {
    let benefits: HashMap<String, String> =
        tables.rows("benefits").filter_map(|row| Some((text(row, "id")?, text(row, "name")?))).collect();
    let of = |product: &str| {
        let mut list: Vec<(u64, String)> = tables
            .rows("products_benefits")
            .filter(|row| text(row, "product_id").as_deref() == Some(product))
            .filter_map(|row| {
                Some((number(row, "sort_order").unwrap_or(0), benefits.get(&text(row, "benefit_id")?)?.clone()))
            })
            .collect();
        list.sort();
        list.into_iter().map(|(_, name)| name).collect()
    };
    let tier = |row: &Row| {
        let id = text(row, "id")?;
        Some(Tier {
            benefits: of(&id),
            id,
            name: words(row, "name")?,
            slug: words(row, "slug")?,
            description: words(row, "description"),
            kind: text(row, "type").unwrap_or_else(|| "paid".into()),
            active: truth(row, "active").unwrap_or(true),
            public: text(row, "visibility").as_deref() == Some("public"),
            currency: words(row, "currency"),
            monthly_price: number(row, "monthly_price"),
            yearly_price: number(row, "yearly_price"),
            trial_days: number(row, "trial_days").unwrap_or(0) as u32,
            welcome_page_url: words(row, "welcome_page_url"),
            created_at: time(row, "created_at"),
            updated_at: time(row, "updated_at"),
        })
    };
    tables.rows("products").filter_map(tier).collect()
}

fn newsletter(row: &Row) -> Option<Newsletter> {
    Some(Newsletter {
        id: text(row, "id")?,
        name: words(row, "name")?,
        slug: words(row, "slug")?,
        description: words(row, "description"),
        active: text(row, "status").as_deref() == Some("active"),
        uuid: words(row, "uuid"),
        visibility: text(row, "visibility").unwrap_or_else(|| "members".into()),
        subscribe_on_signup: truth(row, "subscribe_on_signup").unwrap_or(true),
        sender_email: words(row, "sender_email"),
        sort_order: number(row, "sort_order").unwrap_or(0) as i64,
        created_at: time(row, "created_at"),
        updated_at: time(row, "updated_at"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_that_is_missing_is_made_as_ghosts_importer_makes_it() {
        assert_eq!(slug_of("Ça va ? L’été à Paris — naïve café"), "ca-va---lete-a-paris----naive-cafe");
        assert_eq!(slug_of("O'Brien's \\ backslash / slash"), "obriens---backslash---slash");
        assert_eq!(slug_of("100% of £5 + 50¢ = ½ @ #1"), "100--of--5---50c----1-2----1");
        assert_eq!(slug_of("Война и мир: обзор"), "voina-i-mir--obzor");
        assert_eq!(slug_of("東京の朝 — a morning"), "dong-jing-nozhao-----a-morning");
        assert_eq!((slug_of("RSS").as_str(), slug_of("🎉🎉").as_str()), ("rss-post", "post"));
        assert_eq!(slug_of("???"), "---");
    }

    #[test]
    fn what_opens_something_elsewhere_is_not_kept() {
        let export = r#"{"data": {"posts": [], "users": [{"id": "5a0100000000000000000001", "name": "Ada", "password": "hash"}], "settings": [
            {"key": "mailgun_api_key", "value": "key-1"}, {"key": "stripe_secret_key", "value": "sk"}, {"key": "password", "value": ""},
            {"key": "unsplash", "value": "true"}]}}"#;
        let rest = Value::Object(read(export.as_bytes()).unwrap().rest).to_string();
        for secret in ["key-1", "sk", "hash"] {
            assert!(!rest.contains(&format!("\"{secret}\"")), "{rest}");
        }
        assert!(rest.contains("unsplash"), "{rest}");
    }

    fn posts(rows: &str) -> Export {
        read(format!(r#"{{"data": {{"posts": [{rows}]}}}}"#).as_bytes()).unwrap()
    }

    #[test]
    fn what_was_closed_there_is_closed_here() {
        let access = |visibility: &str| {
            let export =
                posts(&format!(r#"{{"id": "1", "title": "x", "status": "published", "visibility": "{visibility}"}}"#));
            (export.articles[0].access.clone(), export.articles[0].extras.visibility.clone())
        };
        assert_eq!(access("public"), (Access::Public, None));
        assert_eq!(access("status:-free"), (Access::Paid, None));
        assert_eq!(access("status:free,status:-free"), (Access::Members, None));
        assert_eq!(access("product:'gold',product:silver").0, Access::Tiers(vec!["gold".into(), "silver".into()]));
        assert_eq!(access("label:vip"), (Access::Tiers(vec![]), Some("label:vip".into())), "for nobody, yet");
    }

    #[test]
    fn what_goes_out_by_mail_alone_is_never_public() {
        let export = br#"{"data": {"posts": [{"id": "1", "title": "Letter", "status": "scheduled", "published_at": "2035-01-01 00:00:00"}],
            "posts_meta": [{"post_id": "1", "email_only": 1}]}}"#;
        let export = read(export).unwrap();
        assert_eq!((export.articles[0].status, export.articles[0].extras.email_only), (Status::Draft, true));
        assert_eq!(export.left_out.len(), 1, "{:?}", export.left_out);
    }

    #[test]
    fn a_slug_that_is_none_here_is_made_into_one_and_none_stands_twice() {
        let export = posts(
            r#"{"id": 1, "title": "x", "slug": "A Day.Out"}, {"id": 2, "title": "y", "slug": "about"},
               {"id": 3, "title": "z", "slug": "about", "type": "page"}"#,
        );
        let slugs: Vec<&str> = export.articles.iter().map(|article| article.slug.as_str()).collect();
        assert_eq!(slugs, ["a-day-out", "about", "about-2"]);
    }

    #[test]
    fn long_slugs_that_begin_alike_are_told_apart() {
        let long = "ferry".repeat(37);
        let export = posts(&format!(
            r#"{{"id": 1, "title": "x", "slug": "{long}"}}, {{"id": 2, "title": "y", "slug": "{long}-2"}}, {{"id": 3, "title": "z", "slug": "{long}-3"}}"#
        ));
        let slugs: HashSet<&str> = export.articles.iter().map(|article| article.slug.as_str()).collect();
        assert_eq!(slugs.len(), 3);
    }

    #[test]
    fn what_is_no_export_is_refused_in_words() {
        assert_eq!(read(b"{}").unwrap_err().to_string(), "it is not a Ghost export: there is no db[0].data");
        assert!(read(b"{").unwrap_err().to_string().starts_with("it is not JSON"));
    }
}
