//! What members may take: tiers and newsletters, as they came from elsewhere. Nothing is sold or sent yet.

use serde::{Deserialize, Serialize};

/// A tier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tier {
    /// Its id.
    pub id: String,
    /// As readers see it.
    pub name: String,
    /// By which articles name it.
    pub slug: String,
    /// A sentence.
    pub description: Option<String>,
    /// `free` or `paid`.
    pub kind: String,
    /// Whether it is offered.
    pub active: bool,
    /// Whether readers see it.
    pub public: bool,
    /// ISO 4217.
    pub currency: Option<String>,
    /// In the smallest unit of the currency.
    pub monthly_price: Option<u64>,
    /// In the smallest unit of the currency.
    pub yearly_price: Option<u64>,
    /// Days before it costs something.
    pub trial_days: u32,
    /// What one gets.
    pub benefits: Vec<String>,
}

/// A newsletter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Newsletter {
    /// Its id.
    pub id: String,
    /// As readers see it.
    pub name: String,
    /// Its slug.
    pub slug: String,
    /// A sentence.
    pub description: Option<String>,
    /// Whether it is offered.
    pub active: bool,
}
