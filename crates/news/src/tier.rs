//! What members may take: tiers and newsletters, as they came from elsewhere. Nothing is sold or sent yet.

use jiff::Timestamp;
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
    /// Where a new member is led.
    pub welcome_page_url: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
}

impl Tier {
    /// The one that costs nothing: every magazine has one, also where nobody set any up.
    pub fn free() -> Tier {
        Tier {
            id: crate::Id::of_text(3, "free").to_string(),
            name: "Free".into(),
            slug: "free".into(),
            kind: "free".into(),
            active: true,
            public: true,
            ..Tier::default()
        }
    }
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
    /// The id by which links in mails name it.
    pub uuid: Option<String>,
    /// Who may have it: `members` or `paid`.
    pub visibility: String,
    /// Whether a new member gets it.
    pub subscribe_on_signup: bool,
    /// The address that it comes from, where it is another than the magazine's.
    pub sender_email: Option<String>,
    /// Its place among newsletters.
    pub sort_order: i64,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
}
