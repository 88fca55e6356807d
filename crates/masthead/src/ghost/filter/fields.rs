//! The fields that may be asked about: public lists, so that nothing else can be.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Field, Kind};

const fn field(name: &'static str, path: &'static str) -> Field {
    Field { name: Cow::Borrowed(name), path: Cow::Borrowed(path), kind: Kind::Text }
}

const fn time(name: &'static str) -> Field {
    Field { name: Cow::Borrowed(name), path: Cow::Borrowed(name), kind: Kind::Time }
}

/// What may be asked about articles and static pages.
pub const POSTS: &[Field] = &[
    field("id", "id"),
    field("uuid", "uuid"),
    field("slug", "slug"),
    field("title", "title"),
    field("featured", "featured"),
    field("visibility", "visibility"),
    field("type", "type"),
    field("comment_id", "comment_id"),
    field("custom_excerpt", "custom_excerpt"),
    field("custom_template", "custom_template"),
    field("canonical_url", "canonical_url"),
    field("feature_image", "feature_image"),
    field("meta_title", "meta_title"),
    field("meta_description", "meta_description"),
    field("og_title", "og_title"),
    field("og_description", "og_description"),
    field("og_image", "og_image"),
    field("twitter_title", "twitter_title"),
    field("twitter_description", "twitter_description"),
    field("twitter_image", "twitter_image"),
    time("published_at"),
    time("updated_at"),
    time("created_at"),
    Field { name: Cow::Borrowed("reading_time"), path: Cow::Borrowed("reading_time"), kind: Kind::Number },
    field("tag", "tags[].slug"),
    field("tags", "tags[].slug"),
    field("tag.slug", "tags[].slug"),
    field("tags.slug", "tags[].slug"),
    field("tag.id", "tags[].id"),
    field("tags.id", "tags[].id"),
    field("tags.name", "tags[].name"),
    field("tags.visibility", "tags[].visibility"),
    field("primary_tag", "primary_tag.slug"),
    field("primary_tag.slug", "primary_tag.slug"),
    field("primary_tag.id", "primary_tag.id"),
    field("author", "authors[].slug"),
    field("authors", "authors[].slug"),
    field("author.slug", "authors[].slug"),
    field("authors.slug", "authors[].slug"),
    field("author.id", "authors[].id"),
    field("authors.id", "authors[].id"),
    field("authors.name", "authors[].name"),
    field("primary_author", "primary_author.slug"),
    field("primary_author.slug", "primary_author.slug"),
    field("primary_author.id", "primary_author.id"),
    field("tiers", "tiers[].slug"),
    field("tiers.slug", "tiers[].slug"),
    field("section", "section.path"),
    // Readers get what is published; a filter cannot ask for more, nor look into what it may not see.
    field("status", ""),
    field("html", ""),
    field("plaintext", ""),
];

/// What may be asked about tags and authors.
pub const NAMED: &[Field] = &[
    field("id", "id"),
    field("slug", "slug"),
    field("name", "name"),
    field("visibility", "visibility"),
    field("description", "description"),
    field("feature_image", "feature_image"),
    field("accent_color", "accent_color"),
    field("profile_image", "profile_image"),
    field("cover_image", "cover_image"),
    field("location", "location"),
    field("website", "website"),
    field("bio", "bio"),
    field("type", "type"),
    field("active", "active"),
    Field { name: Cow::Borrowed("count.posts"), path: Cow::Borrowed("count.posts"), kind: Kind::Number },
];

/// What those who write may ask about articles and static pages: of any status, but still not of their bodies.
pub fn written() -> &'static [Field] {
    static WRITTEN: LazyLock<Vec<Field>> = LazyLock::new(|| {
        let own = [field("status", "status"), field("email_only", "email_only")];
        let private = ["status", "html", "plaintext"];
        own.into_iter().chain(POSTS.iter().filter(|field| !private.contains(&&*field.name)).cloned()).collect()
    });
    &WRITTEN
}

/// What those who write may ask about what has a name: tags, users, tiers, newsletters.
pub fn written_names() -> &'static [Field] {
    static WRITTEN: LazyLock<Vec<Field>> = LazyLock::new(|| {
        let own = [
            field("status", "status"),
            field("email", "email"),
            field("uuid", "uuid"),
            field("roles.name", "roles[].name"),
            time("created_at"),
            time("updated_at"),
        ];
        own.into_iter().chain(NAMED.iter().cloned()).collect()
    });
    &WRITTEN
}

/// What may be asked about members.
pub const MEMBERS: &[Field] = &[
    field("id", "id"),
    field("uuid", "uuid"),
    field("email", "email"),
    field("name", "name"),
    field("note", "note"),
    field("status", "status"),
    field("subscribed", "subscribed"),
    time("created_at"),
    time("updated_at"),
    time("last_seen_at"),
    field("label", "labels[].slug"),
    field("labels", "labels[].slug"),
    field("label.slug", "labels[].slug"),
    field("labels.slug", "labels[].slug"),
    field("labels.name", "labels[].name"),
    field("newsletters", "newsletters[].id"),
    field("newsletters.id", "newsletters[].id"),
    field("tier", "tiers[].slug"),
    field("tiers", "tiers[].slug"),
    field("tiers.slug", "tiers[].slug"),
];

/// Fields of these names, each found under its name.
pub fn named(names: impl IntoIterator<Item = String>) -> Vec<Field> {
    names.into_iter().map(|name| Field { path: name.clone().into(), name: name.into(), kind: Kind::Text }).collect()
}
