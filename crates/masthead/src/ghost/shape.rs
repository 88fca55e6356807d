//! An article as Ghost's clients read it.

use http::{HeaderMap, HeaderValue, header};
use jiff::Timestamp;
use manuscript::{Document, Web};
use news::{Author, Status, Tag};
use serde_json::{Value, json};

use crate::App;
use crate::site::Post;

/// Which forms of the body a client asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Formats {
    /// Rendered.
    pub html: bool,
    /// As stored.
    pub lexical: bool,
    /// As text.
    pub plaintext: bool,
}

impl Formats {
    /// Ghost's default for the Admin API is Lexical.
    pub fn of(parameter: Option<&str>) -> Formats {
        let Some(list) = parameter else { return Formats { lexical: true, ..Formats::default() } };
        let has = |name: &str| list.split(',').any(|format| format.trim() == name);
        Formats { html: has("html"), lexical: has("lexical"), plaintext: has("plaintext") }
    }
}

/// The post as JSON.
pub fn post(app: &App, post: &Post, formats: Formats) -> Value {
    let a = &post.article;
    let x = &a.extras;
    let picture = a.lead_picture.as_ref();
    let document = Document::parse(&a.body).ok();
    let url = match &a.path {
        Some(path) if a.is_public() => app.url.with(path),
        _ => app.url.with(&format!("/p/{}/", x.uuid.as_deref().unwrap_or_default())),
    };
    let mut tags: Vec<Value> = post.section_tag().into_iter().map(|section| section_tag(app, section)).collect();
    tags.extend(post.tags.iter().map(|t| tag(app, t)));
    let authors: Vec<Value> = post.authors.iter().map(|a| author(app, a)).collect();
    let mut value = json!({
        "id": a.id, "uuid": x.uuid, "title": a.headline, "slug": a.slug,
        "comment_id": a.id,
        "feature_image": picture.and_then(|p| p.src.as_deref()).map(|src| full(app, src)),
        "featured": a.featured, "status": status(a.status), "visibility": a.access.word(),
        "created_at": time(a.created_at), "updated_at": time(a.updated_at),
        "published_at": a.published_at.map(time),
        "custom_excerpt": a.standfirst,
        "codeinjection_head": x.codeinjection_head, "codeinjection_foot": x.codeinjection_foot,
        "custom_template": x.custom_template, "canonical_url": x.canonical_url,
        "url": url, "excerpt": post.excerpt(), "reading_time": post.derived.minutes,
        "og_image": x.og_image, "og_title": x.og_title, "og_description": x.og_description,
        "twitter_image": x.twitter_image, "twitter_title": x.twitter_title,
        "twitter_description": x.twitter_description,
        "meta_title": x.meta_title, "meta_description": x.meta_description,
        "email_subject": x.email_subject, "frontmatter": x.frontmatter,
        "feature_image_alt": picture.and_then(|p| p.alt.as_deref()),
        "feature_image_caption": picture.and_then(|p| p.caption_html.as_deref().or(p.caption.as_deref())),
        "email_only": false, "email": null, "newsletter": null, "email_segment": "all",
        "primary_author": authors.first(), "authors": authors,
        "primary_tag": tags.first().filter(|tag| tag["visibility"] == "public"), "tags": tags,
        "tiers": [],
    });
    value["section"] = json!(a.section); // ours, beyond Ghost
    if formats.lexical {
        value["lexical"] = a.body.as_str().into();
    }
    if let Some(document) = document {
        // Clients bring Ghost's script for its cards.
        let web = Web { site_url: app.url.as_str().into(), cards_script: true, ..Web::default() };
        if formats.html {
            value["html"] = document.html(&web).into();
        }
        if formats.plaintext {
            value["plaintext"] = manuscript::plaintext_of_html(&document.html(&web)).into();
        }
    }
    value
}

/// Ghost's word for a status. It knows no review and no withdrawal: both are drafts there.
fn status(status: Status) -> &'static str {
    match status {
        Status::Published => "published",
        Status::Scheduled => "scheduled",
        _ => "draft",
    }
}

/// Milliseconds and `Z`, as Ghost's Admin API writes times.
pub fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn full(app: &App, url: &str) -> String {
    if url.starts_with('/') { app.url.with(url) } else { url.to_owned() }
}

fn tag(app: &App, tag: &Tag) -> Value {
    let url = if tag.is_public() { app.url.with(&tag.url()) } else { app.url.with("/404/") };
    json!({
        "id": tag.id, "name": tag.name, "slug": tag.slug, "description": tag.description,
        "feature_image": null, "visibility": tag.visibility, "url": url,
    })
}

/// A tag as a row of its own, with all its fields.
pub fn tag_row(app: &App, tag: &Tag) -> Value {
    let (dress, social) = (&tag.dress, &tag.dress.social);
    let picture = |url: &Option<String>| url.as_deref().map(|url| full(app, url));
    let url = if tag.is_public() { app.url.with(&app.routing().tag(tag)) } else { app.url.with("/404/") };
    json!({
        "id": tag.id, "name": tag.name, "slug": tag.slug, "description": tag.description,
        "feature_image": picture(&dress.feature_image), "visibility": tag.visibility,
        "og_image": picture(&social.og_image), "og_title": social.og_title, "og_description": social.og_description,
        "twitter_image": picture(&social.twitter_image), "twitter_title": social.twitter_title,
        "twitter_description": social.twitter_description, "meta_title": social.meta_title,
        "meta_description": social.meta_description, "codeinjection_head": dress.codeinjection_head,
        "codeinjection_foot": dress.codeinjection_foot, "canonical_url": picture(&dress.canonical_url),
        "accent_color": dress.accent_color, "url": url,
    })
}

/// Where a page stands in its list.
pub fn pagination(page: i64, limit: i64, total: i64) -> Value {
    let pages = (total + limit - 1) / limit;
    json!({
        "page": page, "limit": limit, "pages": pages.max(1), "total": total,
        "next": (page < pages).then(|| page + 1), "prev": (page > 1).then(|| page - 1),
    })
}

fn section_tag(app: &App, (name, slug, url): (String, String, String)) -> Value {
    json!({
        "id": null, "name": name, "slug": slug, "description": null, "feature_image": null,
        "visibility": "public", "url": app.url.with(&url),
    })
}

fn author(app: &App, author: &Author) -> Value {
    json!({
        "id": author.id, "name": author.name, "slug": author.slug, "email": author.email,
        "profile_image": author.portrait.as_deref().map(|src| full(app, src)), "cover_image": null,
        "bio": author.bio, "website": author.website, "location": author.location,
        "url": app.url.with(&author.url()),
    })
}

/// The headers of every answer of the API: nothing of it may be kept by a cache.
pub fn headers(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, private, no-store"));
    headers.insert("content-version", HeaderValue::from_static(super::VERSION));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Version, Origin, Accept-Encoding"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}
