//! Things as JSON: Ghost's names, in Ghost's order, from the same values that its themes see.

use std::sync::Arc;

use jiff::Timestamp;
use news::settings::Members;
use serde_json::{Map, Value as Json, json};
use theme::library::{Query, Resource};
use theme::{Object, Value};

use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;
use crate::ghost::filter;
use crate::ghost::shape::{AUTHOR, TAG, json_of, listed, tier, tier_of_post, utc};
use crate::site::Post;
use crate::site::furniture::Furniture;
use crate::site::values;

/// What stands before the body.
const BEFORE: [&str; 4] = ["id", "uuid", "title", "slug"];
/// What stands behind it, before the names.
const BEHIND: [&str; 13] = [
    "comment_id",
    "feature_image",
    "featured",
    "visibility",
    "created_at",
    "updated_at",
    "published_at",
    "custom_excerpt",
    "codeinjection_head",
    "codeinjection_foot",
    "custom_template",
    "canonical_url",
    "show_title_and_feature_image",
];
/// What stands at the end.
const LAST: [&str; 16] = [
    "url",
    "excerpt",
    "reading_time",
    "access",
    "comments",
    "og_image",
    "og_title",
    "og_description",
    "twitter_image",
    "twitter_title",
    "twitter_description",
    "meta_title",
    "meta_description",
    "email_subject",
    "frontmatter",
    "feature_image_alt",
];

/// An article or a static page; to be called on a thread that may wait, for its body.
pub fn post(post: &Arc<Post>, resource: Resource, parameters: &Parameters) -> Json {
    let (furniture, article) = (post.furniture(), &post.article);
    let (html, plaintext) = (parameters.format("html"), parameters.format("plaintext"));
    // What says how long it is or how it begins says nothing where there is no body.
    let bodies = [(html, false), (plaintext, true)].map(|(wanted, raw)| wanted.then(|| post.for_clients(raw)));
    let is_empty = bodies.iter().flatten().next().map_or_else(|| is_bare(post), Option::is_none);
    let [html, plaintext] = bodies;
    let mut map = Map::new();
    let mut put = |name: &str, value: Json| {
        if parameters.wants(name) {
            map.insert(name.to_owned(), value);
        }
    };
    let field = |name: &str| json_of(&post.get(name).unwrap_or_default());
    let time = |at: Timestamp| Json::from(local(furniture, at));
    BEFORE.into_iter().for_each(|name| put(name, field(name)));
    if let Some(html) = html {
        put("html", html.map(|html| furniture.tagged(html)).into());
    }
    if let Some(raw) = plaintext.flatten() {
        put("plaintext", manuscript::plaintext_of_html(&raw).into());
    }
    for name in BEHIND {
        match name {
            "created_at" => put(name, time(article.created_at)),
            "updated_at" => put(name, time(article.updated_at)),
            "published_at" => put(name, article.published_at.map(time).into()),
            "show_title_and_feature_image" if resource != Resource::Pages => {}
            name => put(name, field(name)),
        }
    }
    let author = |author: &Value| listed(author, &AUTHOR);
    let tag = |tag: &Value| listed(tag, &TAG);
    let all = |name: &str, shape: &dyn Fn(&Value) -> Json| -> Json {
        let things = post.get(name).unwrap_or_default();
        things.as_list().unwrap_or_default().iter().map(shape).collect()
    };
    let first = |name: &str, shape: &dyn Fn(&Value) -> Json| -> Json {
        let thing = post.get(name).unwrap_or_default();
        if thing.is_nothing() { Json::Null } else { shape(&thing) }
    };
    if parameters.includes("tags") {
        put("primary_tag", first("primary_tag", &tag));
    }
    if parameters.includes("authors") {
        put("primary_author", first("primary_author", &author));
    }
    for name in LAST {
        match name {
            "excerpt" if is_empty && article.standfirst.is_none() => put(name, Json::Null),
            "reading_time" if is_empty => {}
            // A stranger may comment where a stranger may read.
            "comments" => put(name, (furniture.settings.comments != "off" && post.is_open()).into()),
            "email_subject" if resource == Resource::Pages => {}
            "email_subject" => put(name, article.extras.email_subject.as_deref().into()),
            "frontmatter" => put(name, article.extras.frontmatter.as_deref().into()),
            name => put(name, field(name)),
        }
    }
    put("feature_image_caption", field("feature_image_caption"));
    // What is included is there whatever fields were named.
    if parameters.includes("tags") {
        map.insert("tags".into(), all("tags", &tag));
    }
    if parameters.includes("authors") {
        map.insert("authors".into(), all("authors", &author));
    }
    if parameters.includes("tiers") {
        map.insert("tiers".into(), all("tiers", &|tier| tier_of_post(furniture, tier)));
    }
    map.into()
}

/// Whether there is no body, as far as its card says it.
fn is_bare(post: &Post) -> bool {
    post.derived.words == 0 && post.excerpt().is_empty() && post.is_open()
}

/// A tag or an author.
pub fn named(thing: &Value, resource: Resource, parameters: &Parameters) -> Json {
    let names: &[&str] = if resource == Resource::Tags { &TAG } else { &AUTHOR };
    let wanted = names.iter().filter(|name| parameters.wants(name));
    let mut map: Map<String, Json> = wanted.map(|name| ((*name).to_owned(), json_of(&thing.get(name)))).collect();
    if parameters.includes("count.posts") && parameters.wants("count") {
        map.insert("count".into(), json_of(&thing.get("count")));
    }
    map.into()
}

/// A tag or an author as search in a browser needs them.
pub fn indexed_name(thing: &Value, resource: Resource) -> Json {
    let names: &[&str] = match resource {
        Resource::Tags => &["id", "slug", "name", "url"],
        _ => &["id", "slug", "name", "url", "profile_image"],
    };
    listed(thing, names)
}

/// An article as search in a browser needs it.
pub fn indexed(post: &Arc<Post>) -> Json {
    let mut indexed = listed(&Value::Object(post.clone()), &["id", "slug", "title", "excerpt", "url", "visibility"]);
    indexed["updated_at"] = local(post.furniture(), post.article.updated_at).into();
    if is_bare(post) {
        indexed["excerpt"] = Json::Null;
    }
    indexed
}

/// What the magazine says of itself.
pub fn settings(furniture: &Furniture) -> Json {
    let s = &furniture.settings;
    let picture = |url: &Option<String>| json_of(&furniture.picture(url.as_deref()));
    let menu = |links: &[news::settings::Link]| -> Json {
        links.iter().map(|link| json!({ "label": link.label, "url": link.url })).collect()
    };
    let mut map = Map::new();
    let mut put = |name: &str, value: Json| _ = map.insert(name.to_owned(), value);
    put("title", s.title.as_str().into());
    put("description", s.description.as_str().into());
    put("logo", picture(&s.logo));
    put("icon", s.icon.as_deref().map(|icon| crate::site::measured::icon(furniture, icon)).into());
    put("accent_color", s.accent_color.as_deref().into());
    put("cover_image", picture(&s.cover_image));
    s.accounts.all().into_iter().for_each(|(network, account)| put(network, account.into()));
    put("locale", s.locale.as_str().into());
    put("timezone", s.timezone.as_str().into());
    put("codeinjection_head", s.codeinjection_head.as_deref().into());
    put("codeinjection_foot", s.codeinjection_foot.as_deref().into());
    put("navigation", menu(&s.navigation));
    put("secondary_navigation", menu(&s.secondary_navigation));
    for (name, words) in values::social_words(&s.social) {
        match name {
            "og_image" | "twitter_image" => put(name, json_of(&furniture.picture(words))),
            name => put(name, words.into()),
        }
    }
    let members = s.members != Members::None;
    let access = match s.members {
        Members::All => "all",
        Members::Invite => "invite",
        _ => "none",
    };
    put("members_enabled", members.into());
    put("members_signup_access", access.into());
    put("members_invite_only", (s.members == Members::Invite).into());
    put("allow_self_signup", (s.members == Members::All).into());
    put(
        "members_support_address",
        Some(s.email.as_str()).filter(|email| !email.is_empty()).unwrap_or("noreply").into(),
    );
    let host = furniture.url.split_once("://").map_or("", |(_, host)| host);
    let email = if s.email.is_empty() { format!("noreply@{host}") } else { s.email.clone() };
    put("support_email_address", email.as_str().into());
    put("default_email_address", email.into());
    put("paid_members_enabled", false.into());
    put("donations_enabled", false.into());
    put("firstpromoter_account", Json::Null);
    put("comments_enabled", s.comments.as_str().into());
    put("recommendations_enabled", false.into());
    put("outbound_link_tagging", s.outbound_link_tagging.into());
    // Of the sign-up window that Ghost lays over a page there is none: a button leads to a page.
    put("portal_button", false.into());
    put("portal_name", true.into());
    put("portal_plans", json!(["free"]));
    put("portal_default_plan", "yearly".into());
    put("portal_button_style", "icon-and-text".into());
    put("portal_button_icon", Json::Null);
    put("portal_button_signup_text", "Subscribe".into());
    put("portal_signup_terms_html", Json::Null);
    put("portal_signup_checkbox_required", false.into());
    put("editor_default_email_recipients", "visibility".into());
    put("labs", json!({ "members": members }));
    put("lang", s.locale.as_str().into());
    put("url", furniture.full("/").into());
    put("version", crate::ghost::VERSION.trim_start_matches('v').into());
    map.into()
}

/// The tiers that readers see.
pub fn tiers(furniture: &Furniture, parameters: &Parameters) -> Result<Json, ApiError> {
    let now = furniture.app().now();
    let query = parameters.query(Resource::Tiers);
    let filter = query.filter.as_deref().map(|text| filter::parse(text, filter::NAMED, now)).transpose();
    let filter = filter.map_err(|why| ApiError::wrong_filter("tiers", why))?;
    let tiers = furniture.settings.all_tiers();
    let tiers = tiers.iter().filter(|tier| tier.active && tier.public);
    let fits = |tier: &&news::Tier| filter.as_ref().is_none_or(|filter| filter.fits(&values::tier_of(tier)));
    let tiers: Vec<Json> = tiers.filter(fits).map(tier).collect();
    let total = tiers.len();
    let pagination = json!({ "page": 1, "pages": 1, "limit": total, "total": total, "prev": null, "next": null });
    Ok(json!({ "tiers": tiers, "meta": { "pagination": pagination } }))
}

/// The newsletters that are offered.
pub fn newsletters(furniture: &Furniture, parameters: &Parameters) -> Json {
    let query = parameters.query(Resource::Newsletters);
    let all: Vec<Json> = furniture.settings.newsletters.iter().filter(|letter| letter.active).map(newsletter).collect();
    let pagination = pagination(&query, all.len());
    json!({ "newsletters": all, "meta": { "pagination": pagination } })
}

fn newsletter(letter: &news::Newsletter) -> Json {
    json!({
        "id": letter.id, "uuid": letter.uuid, "name": letter.name, "description": letter.description,
        "slug": letter.slug, "sender_email": letter.sender_email, "subscribe_on_signup": letter.subscribe_on_signup,
        "visibility": letter.visibility, "sort_order": letter.sort_order,
        "created_at": letter.created_at.map(utc), "updated_at": letter.updated_at.map(utc),
    })
}

/// An empty list, with the number that Ghost's list has.
pub fn no_recommendations() -> Json {
    let pagination = json!({ "page": 1, "limit": 5, "total": 0, "pages": 0, "prev": null, "next": null });
    json!({ "recommendations": [], "meta": { "pagination": pagination } })
}

/// Where a page stands in its list. Ghost's page behind the last one has a next one too.
pub fn pagination(query: &Query, total: usize) -> Json {
    let (page, limit) = (query.page as usize, query.limit.unwrap_or(1).max(1) as usize);
    let pages = total.div_ceil(limit).max(1);
    json!({
        "page": page, "limit": limit, "pages": pages, "total": total,
        "next": (page != pages).then(|| page + 1), "prev": (page > 1).then(|| page - 1),
    })
}

/// In the magazine's own zone, with milliseconds, as the Content API writes times.
fn local(furniture: &Furniture, at: Timestamp) -> String {
    at.to_zoned_datetime(furniture.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}
