//! `/ghost/api/admin/tiers/`: what members may take. Nothing is sold yet.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use news::{Slug, Tier, limits};
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller::{Admin, Trusted};
use super::listed::{Listed, listed, only_fields};
use super::sent::{Field, given, only, required};
use super::{answer, created};
use crate::App;
use crate::actions::configure;
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;
use crate::ghost::shape::tier;

/// Most tiers of a magazine.
const MOST: usize = 100;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    description: Field,
    #[serde(deserialize_with = "given")]
    welcome_page_url: Field,
    visibility: Option<String>,
    active: Option<bool>,
    currency: Option<String>,
    monthly_price: Option<u64>,
    yearly_price: Option<u64>,
    trial_days: Option<u32>,
    benefits: Option<Vec<String>>,
}

/// All of them.
pub async fn browse(
    _: Admin,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let tiers = app.settings().await?.all_tiers().iter().map(tier).collect();
    let asked = asked.with_limit("all"); // few, and Ghost gives all of them
    let Listed { page, total } = listed(&app, &asked, "tiers", tiers, |value| value)?;
    let tiers: Vec<Value> = page.into_iter().map(|value| only_fields(value, &asked)).collect();
    let pagination = json!({ "page": 1, "pages": 1, "limit": total, "total": total, "prev": null, "next": null });
    Ok(answer(StatusCode::OK, json!({ "tiers": tiers, "meta": { "pagination": pagination } })))
}

/// One, by id.
pub async fn read(_: Admin, State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, ApiError> {
    let tiers = app.settings().await?.all_tiers();
    let found = tiers.iter().find(|tier| tier.id == id).ok_or(ApiError::not_there("tier"))?;
    Ok(answer(StatusCode::OK, json!({ "tiers": [tier(found)] })))
}

/// A new one.
pub async fn add(Trusted(caller): Trusted, State(app): State<Arc<App>>, body: Bytes) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("save", "tier");
    let fields: Fields = only(&body, "tiers").map_err(saying)?;
    let name = fields.name.clone().ok_or_else(|| saying(required("tiers", "name")))?;
    let _one_at_a_time = app.configuring.lock().await;
    let mut settings = app.settings().await?;
    if settings.tiers.len() >= MOST {
        return Err(saying(ApiError::invalid("tiers", format!("a magazine has at most {MOST} tiers"))));
    }
    let wanted = Slug::of(&name).unwrap_or_else(Slug::untitled);
    let is_free = |slug: &Slug| settings.tiers.iter().all(|tier| tier.slug != slug.as_str());
    let slug = std::iter::once(wanted.clone()).chain((2..).map(|number| wanted.numbered(number))).find(is_free);
    let mut made = Tier {
        id: app.new_id().to_string(),
        slug: slug.unwrap_or(wanted).to_string(),
        kind: "paid".into(),
        active: true,
        public: true,
        currency: Some("usd".into()),
        created_at: Some(app.now()),
        ..Tier::default()
    };
    fields.lay_over(&mut made).map_err(saying)?;
    made.updated_at = made.created_at;
    settings.tiers.push(made.clone());
    configure::configure(&app, &settings, &caller.by()).await?;
    Ok(created(&app, &format!("tiers/{}", made.id), json!({ "tiers": [tier(&made)] })))
}

/// Changes one.
pub async fn edit(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("edit", "tier");
    let fields: Fields = only(&body, "tiers").map_err(saying)?;
    let _one_at_a_time = app.configuring.lock().await;
    let mut settings = app.settings().await?;
    settings.tiers = settings.all_tiers();
    let found = settings.tiers.iter_mut().find(|tier| tier.id == id);
    let changed = found.ok_or_else(|| saying(ApiError::not_there("tier")))?;
    fields.lay_over(changed).map_err(saying)?;
    changed.updated_at = Some(app.now());
    let shown = tier(changed);
    configure::configure(&app, &settings, &caller.by()).await?;
    Ok(answer(StatusCode::OK, json!({ "tiers": [shown] })))
}

impl Fields {
    fn lay_over(self, tier: &mut Tier) -> Result<(), ApiError> {
        let short = |field: &'static str, text: &str| match text.chars().count() > limits::NAME_CHARACTERS {
            true => Err(ApiError::invalid(field, format!("it has at most {} characters", limits::NAME_CHARACTERS))),
            false => Ok(()),
        };
        if let Some(name) = self.name {
            if name.trim().is_empty() {
                return Err(ApiError::invalid("name", "a tier needs a name"));
            }
            short("name", &name)?;
            tier.name = name.trim().to_owned();
        }
        if let Some(description) = self.description {
            description.iter().try_for_each(|text| short("description", text))?;
            tier.description = description;
        }
        if let Some(url) = self.welcome_page_url {
            if url.as_deref().is_some_and(|url| !news::settings::is_web_address(url)) {
                return Err(ApiError::invalid("welcome_page_url", "write a web address, or a path of this magazine"));
            }
            tier.welcome_page_url = url;
        }
        if let Some(currency) = self.currency {
            if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_alphabetic()) {
                return Err(ApiError::invalid("currency", "a currency has three letters (ISO 4217)"));
            }
            tier.currency = Some(currency.to_lowercase());
        }
        if let Some(benefits) = self.benefits {
            benefits.iter().try_for_each(|text| short("benefits", text))?;
            tier.benefits = benefits.into_iter().take(MOST).collect();
        }
        match self.visibility.as_deref() {
            None => {}
            Some("public") => tier.public = true,
            Some("none") => tier.public = false,
            Some(_) => return Err(ApiError::invalid("visibility", "it is public or none")),
        }
        tier.active = self.active.unwrap_or(tier.active);
        tier.monthly_price = self.monthly_price.or(tier.monthly_price);
        tier.yearly_price = self.yearly_price.or(tier.yearly_price);
        tier.trial_days = self.trial_days.unwrap_or(tier.trial_days);
        Ok(())
    }
}
