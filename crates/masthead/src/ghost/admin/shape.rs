//! Articles, people and tags as clients of the Admin API read them.

use std::sync::Arc;

use manuscript::{Document, Trust, Web};
use news::{Article, Author, Kind, Status, Tag};
use serde_json::{Map, Value, json};
use theme::Object;

use crate::ghost::asked::Parameters;
use crate::ghost::shape::{AUTHOR, TAG, json_of, listed, tier_of_post, utc};
use crate::site::furniture::Furniture;
use crate::site::{Post, Rest, values};
use crate::{App, Error};

/// Letters of an excerpt that is made of the body (Ghost's number).
const EXCERPT: usize = 500;

/// What an article is drawn with.
pub struct Drawn {
    furniture: Arc<Furniture>,
    rest: Arc<Rest>,
}

/// Fields of an article that stand in its values too.
const FIELDS: [&str; 14] = [
    "id",
    "title",
    "slug",
    "comment_id",
    "feature_image",
    "feature_image_alt",
    "feature_image_caption",
    "featured",
    "visibility",
    "canonical_url",
    "custom_excerpt",
    "og_image",
    "twitter_image",
    "show_title_and_feature_image",
];

/// Columns of Ghost's users that only its own desk reads, and what they hold where nothing is known.
const NOTICES: [(&str, bool); 9] = [
    ("comment_notifications", true),
    ("free_member_signup_notification", true),
    ("paid_subscription_started_notification", true),
    ("paid_subscription_canceled_notification", false),
    ("mention_notifications", true),
    ("recommendation_notifications", true),
    ("milestone_notifications", true),
    ("donation_notifications", true),
    ("gift_subscription_notifications", true),
];

/// Ghost's roles, where none came with an export.
const ROLES: [(&str, &str); 5] = [
    ("Administrator", "Administrators"),
    ("Editor", "Editors"),
    ("Author", "Authors"),
    ("Contributor", "Contributors"),
    ("Owner", "Blog Owner"),
];

impl Drawn {
    /// Reads what all of them share.
    pub async fn of(app: &Arc<App>) -> Result<Drawn, Error> {
        Ok(Drawn { furniture: Furniture::of(app).await?, rest: app.last_read.rest(app).await? })
    }

    /// Articles with the names of their people and things.
    pub async fn posts(&self, cards: Vec<store::article::Card>) -> Result<Vec<Arc<Post>>, Error> {
        let posts = values::with_names(self.furniture.app(), &self.furniture, cards).await?;
        Ok(posts.into_iter().map(Arc::new).collect())
    }

    /// An article whose body is there, or a static page.
    pub fn post(&self, post: &Arc<Post>, asked: &Parameters) -> Value {
        let (a, x) = (&post.article, &post.article.extras);
        let is_page = a.kind == Kind::Page;
        let mut map = Map::new();
        let mut put = |name: &str, value: Value| {
            if asked.wants(name) {
                map.insert(name.to_owned(), value);
            }
        };
        for name in FIELDS {
            if name != "show_title_and_feature_image" || is_page {
                put(name, json_of(&post.get(name).unwrap_or_default()));
            }
        }
        let web = Web {
            site_url: self.furniture.url.clone(),
            trust: Trust::Everybody,
            cards_script: true, // clients bring Ghost's script for its cards
            ..Web::default()
        };
        let html = Document::parse(&a.body).map(|document| document.html(&web)).unwrap_or_default();
        let html = Some(html).filter(|html| !html.is_empty());
        let named = asked.names_formats();
        if asked.has_format("mobiledoc") || !named && !asked.names_fields() {
            put("mobiledoc", Value::Null); // the older format; bodies that came in it were turned into Lexical
        }
        if asked.has_format("lexical") || !named && (!asked.names_fields() || asked.wants("lexical")) {
            put("lexical", a.body.replace("__GHOST_URL__", &self.furniture.url).into());
        }
        if asked.has_format("html") {
            put("html", html.as_deref().into());
        }
        if html.is_some() {
            put("reading_time", post.derived.minutes.into());
        }
        if asked.has_format("plaintext") {
            put("plaintext", html.as_deref().map(manuscript::plaintext_of_html).into());
        }
        put("uuid", x.uuid.as_deref().into());
        put("status", status(a.status).into());
        put("created_at", utc(a.created_at).into());
        put("updated_at", utc(a.updated_at).into());
        put("published_at", a.published_at.map(utc).into());
        put("url", self.url(a).into());
        if asked.wants("excerpt") {
            let of_body = html
                .as_deref()
                .map(|html| manuscript::plaintext_of_html(html).chars().take(EXCERPT).collect::<String>());
            put("excerpt", a.standfirst.clone().or(of_body).filter(|text| !text.is_empty()).into());
        }
        for (name, value) in [
            ("codeinjection_head", &x.codeinjection_head),
            ("codeinjection_foot", &x.codeinjection_foot),
            ("custom_template", &x.custom_template),
            ("og_title", &x.og_title),
            ("og_description", &x.og_description),
            ("twitter_title", &x.twitter_title),
            ("twitter_description", &x.twitter_description),
            ("meta_title", &x.meta_title),
            ("meta_description", &x.meta_description),
            ("frontmatter", &x.frontmatter),
        ] {
            put(name, value.as_deref().into());
        }
        put("section", json!(a.section)); // ours, beyond Ghost
        if is_page {
            put(
                "count",
                json!({ "signups": 0, "paid_conversions": 0, "positive_feedback": 0, "negative_feedback": 0 }),
            );
        } else {
            put("email_subject", x.email_subject.as_deref().into());
            put("email_only", (a.status == Status::Sent).into());
            put("email_segment", "all".into());
            put("email", Value::Null);
            put("newsletter", Value::Null);
            put("count", json!({ "clicks": 0, "positive_feedback": 0, "negative_feedback": 0 }));
        }
        let all = !asked.names_includes() && !asked.names_fields();
        if all || asked.includes("tags") {
            let tags = self.tags(post);
            let first = tags.first().filter(|tag| tag["visibility"] == "public").cloned();
            map.insert("primary_tag".into(), first.into());
            map.insert("tags".into(), tags.into());
        }
        if all || asked.includes("authors") {
            let roles = all || asked.includes("authors.roles");
            let authors: Vec<Value> = post.authors.iter().map(|author| self.user(author, roles)).collect();
            map.insert("primary_author".into(), authors.first().cloned().into());
            map.insert("authors".into(), authors.into());
        }
        if all || asked.includes("tiers") {
            let tiers = post.get("tiers").unwrap_or_default();
            let tiers = tiers.as_list().unwrap_or_default().iter().map(|tier| tier_of_post(&self.furniture, tier));
            map.insert("tiers".into(), tiers.collect());
        }
        map.into()
    }

    /// Where it is, or where its preview would be.
    fn url(&self, article: &Article) -> String {
        let uuid = article.extras.uuid.as_deref().unwrap_or_default();
        match &article.path {
            Some(path) if article.is_public() => self.furniture.full(path),
            _ if article.status == Status::Sent => self.furniture.full(&format!("/email/{uuid}/")),
            _ => self.furniture.full(&format!("/p/{uuid}/")),
        }
    }

    /// The tags of an article; its section is the first.
    fn tags(&self, post: &Post) -> Vec<Value> {
        let section = post.article.section.as_ref().map(|path| {
            let mut value = listed(&values::section_as_tag(&self.furniture, path), &TAG);
            value["id"] = Value::Null; // no tag of this id can be changed
            value
        });
        section.into_iter().chain(post.tags.iter().map(|tag| self.tag(tag))).collect()
    }

    /// A tag.
    pub fn tag(&self, tag: &Arc<Tag>) -> Value {
        let mut value = listed(&values::tag_of(&self.furniture, tag), &TAG);
        value["created_at"] = utc(tag.created_at).into();
        value["updated_at"] = utc(tag.updated_at).into();
        value
    }

    /// An author, who is a user there.
    pub fn user(&self, author: &Arc<Author>, with_roles: bool) -> Value {
        let mut value = listed(&values::author_of(&self.furniture, author), &AUTHOR);
        let came = rows(&self.rest, "users").find(|row| row["id"] == author.id.as_str());
        let known = |name: &str| came.and_then(|row| row.get(name)).cloned();
        for name in ["accessibility", "tour", "last_seen"] {
            value[name] = known(name).unwrap_or_default();
        }
        for (name, usual) in NOTICES {
            let told = known(name).map_or(usual, |value| value == 1 || value == true);
            value[name] = told.into();
        }
        value["website"] = author.website.as_deref().into();
        value["email"] = email_of(author).into();
        value["status"] = "active".into();
        value["created_at"] = utc(author.created_at).into();
        value["updated_at"] = utc(author.updated_at).into();
        if with_roles {
            value["roles"] = json!([self.role_of(author)]);
        }
        value
    }

    /// Every role.
    pub fn roles(&self) -> Vec<Value> {
        let came: Vec<Value> = rows(&self.rest, "roles").map(role).collect();
        if !came.is_empty() {
            return came;
        }
        let made = |(number, (name, description)): (usize, (&str, &str))| {
            let id = news::Id::made(0, [0, 0, 0, 0, 0, 0, 0, number as u8 + 1]);
            json!({ "id": id, "name": name, "description": description, "created_at": null, "updated_at": null })
        };
        ROLES.into_iter().enumerate().map(made).collect()
    }

    /// The role that came with an author, or that of somebody who only has a byline.
    fn role_of(&self, author: &Author) -> Value {
        let link = rows(&self.rest, "roles_users").find(|row| row["user_id"] == author.id.as_str());
        let roles = self.roles();
        let is = |role: &&Value| link.is_some_and(|link| link["role_id"] == role["id"]);
        let usual = |role: &&Value| role["name"] == "Contributor";
        roles.iter().find(is).or(roles.iter().find(usual)).cloned().unwrap_or_default()
    }

    /// The role of a name.
    pub fn role_named(&self, name: &str) -> Value {
        self.roles().into_iter().find(|role| role["name"] == name).unwrap_or_default()
    }

    /// The rows of a table that came from elsewhere.
    pub fn came(&self, table: &str) -> impl Iterator<Item = &Map<String, Value>> {
        rows(&self.rest, table)
    }

    /// The magazine.
    pub fn furniture(&self) -> &Arc<Furniture> {
        &self.furniture
    }
}

fn rows<'r>(rest: &'r Rest, table: &str) -> impl Iterator<Item = &'r Map<String, Value>> + use<'r> {
    rest.get(table).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn role(row: &Map<String, Value>) -> Value {
    let time = |name: &str| row.get(name).map(database_time).unwrap_or_default();
    json!({
        "id": row.get("id"), "name": row.get("name"), "description": row.get("description"),
        "created_at": time("created_at"), "updated_at": time("updated_at"),
    })
}

/// A time of Ghost's tables, `2024-10-01 08:00:00`, as its API writes it.
pub fn database_time(value: &Value) -> Value {
    let text = value.as_str().unwrap_or_default();
    let civil = text.trim_end_matches('Z').parse::<jiff::civil::DateTime>();
    match civil.ok().and_then(|civil| jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()) {
        Some(at) => utc(at).into(),
        None => value.clone(),
    }
}

/// The address of an author. There everybody has one; nobody reads mail at that of somebody who has none.
pub fn email_of(author: &Author) -> String {
    author.email.clone().unwrap_or_else(|| format!("{}{NO_MAIL}", author.slug))
}

/// What ends the address of somebody who has none (RFC 2606).
pub const NO_MAIL: &str = "@authors.invalid";

/// Ghost's word for a status. It knows no review and no withdrawal: both are drafts there.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Published => "published",
        Status::Scheduled => "scheduled",
        Status::Sent => "sent",
        Status::Draft | Status::InReview | Status::Ready | Status::Withdrawn => "draft",
    }
}
