//! What both APIs write alike: values, times, places in lists.

use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};
use theme::Value;

use crate::site::furniture::Furniture;

/// A tag's fields that themes see too.
pub const TAG: [&str; 19] = [
    "id",
    "name",
    "slug",
    "description",
    "feature_image",
    "visibility",
    "og_image",
    "og_title",
    "og_description",
    "twitter_image",
    "twitter_title",
    "twitter_description",
    "meta_title",
    "meta_description",
    "codeinjection_head",
    "codeinjection_foot",
    "canonical_url",
    "accent_color",
    "url",
];

/// An author's fields that themes see too.
pub const AUTHOR: [&str; 20] = [
    "id",
    "name",
    "slug",
    "profile_image",
    "cover_image",
    "bio",
    "website",
    "location",
    "facebook",
    "twitter",
    "threads",
    "bluesky",
    "mastodon",
    "tiktok",
    "youtube",
    "instagram",
    "linkedin",
    "meta_title",
    "meta_description",
    "url",
];

/// A value as JSON: whole numbers without a point.
pub fn json_of(value: &Value) -> Json {
    match value {
        Value::Undefined | Value::Null => Json::Null,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => (*number as i64).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) | Value::Html(text) => text.as_ref().into(),
        Value::List(list) => list.iter().map(json_of).collect(),
        Value::Map(_) | Value::Object(_) => {
            let names = value.names();
            let map: Map<String, Json> =
                names.iter().map(|name| ((*name).to_owned(), json_of(&value.get(name)))).collect();
            map.into()
        }
    }
}

/// These fields of a thing.
pub fn listed(thing: &Value, names: &[&str]) -> Json {
    let map: Map<String, Json> = names.iter().map(|name| ((*name).to_owned(), json_of(&thing.get(name)))).collect();
    map.into()
}

/// In UTC with milliseconds.
pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A tier.
pub fn tier(tier: &news::Tier) -> Json {
    let mut value = json!({
        "id": tier.id, "name": tier.name, "description": tier.description, "slug": tier.slug, "active": tier.active,
        "type": tier.kind, "welcome_page_url": tier.welcome_page_url,
        "created_at": tier.created_at.map(utc), "updated_at": tier.updated_at.map(utc),
        "visibility": if tier.public { "public" } else { "none" }, "benefits": tier.benefits,
        "trial_days": tier.trial_days,
    });
    if tier.kind == "paid" {
        value["currency"] = tier.currency.as_deref().map(str::to_uppercase).into();
        value["monthly_price"] = tier.monthly_price.into();
        value["yearly_price"] = tier.yearly_price.into();
    }
    value
}

/// A tier beside an article: the row as it lies in Ghost's table.
pub fn tier_of_post(furniture: &Furniture, of: &Value) -> Json {
    let slug = of.get("slug").to_string();
    let Some(tier) = furniture.settings.tiers.iter().find(|tier| tier.slug == slug) else { return json_of(of) };
    json!({
        "id": tier.id, "name": tier.name, "slug": tier.slug, "active": tier.active,
        "welcome_page_url": tier.welcome_page_url, "visibility": if tier.public { "public" } else { "none" },
        "trial_days": tier.trial_days, "description": tier.description, "type": tier.kind,
        "currency": tier.currency.as_deref().map(str::to_lowercase), "monthly_price": tier.monthly_price,
        "yearly_price": tier.yearly_price, "created_at": tier.created_at.map(utc),
        "updated_at": tier.updated_at.map(utc), "monthly_price_id": null, "yearly_price_id": null,
    })
}
