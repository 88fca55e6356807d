//! What a magazine says about itself on every page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Accounts, Newsletter, Social, Tier};

/// The magazine's own settings, kept in the database as one JSON document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Its name, exactly as on the nameplate.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// BCP 47 tag of the language it is written in.
    pub locale: String,
    /// IANA name of the zone that its dates are shown in.
    pub timezone: String,
    /// Hex colour of the theme's accent.
    pub accent_color: Option<String>,
    /// Path or URL of the logo.
    pub logo: Option<String>,
    /// Path or URL of the square icon.
    pub icon: Option<String>,
    /// Path or URL of the cover picture.
    pub cover_image: Option<String>,
    /// A few sentences for the footer and for machines.
    pub about: String,
    /// Company, regulator, registration.
    pub legal: String,
    /// Who holds the copyright; the title when empty.
    pub copyright_holder: String,
    /// Where readers reach the newsroom.
    pub email: String,
    /// Main menu.
    pub navigation: Vec<Link>,
    /// Footer menu.
    pub secondary_navigation: Vec<Link>,
    /// Accounts elsewhere.
    #[serde(flatten)]
    pub accounts: Accounts,
    /// What the front says of itself to search engines and on cards of other sites.
    #[serde(flatten)]
    pub social: Social,
    /// The owner's code in every head.
    pub codeinjection_head: Option<String>,
    /// The owner's code at the end of every page.
    pub codeinjection_foot: Option<String>,
    /// Pattern of article addresses.
    pub permalink: String,
    /// Name of the theme in use.
    pub theme: String,
    /// Name of the theme before it, for going back.
    pub theme_before: Option<String>,
    /// What the owner has chosen of each theme's own settings: theme, setting, value.
    pub theme_settings: BTreeMap<String, BTreeMap<String, Choice>>,
    /// Fonts of headings and of text that replace the theme's, where it lets them.
    pub fonts: Fonts,
    /// Who may comment, in Ghost's words (`all`, `paid`, `off`): what themes are told. Nobody can yet.
    pub comments: String,
    /// Who may become a member. Themes show buttons for it.
    pub members: Members,
    /// Whether links to other sites name this one to them (`?ref=`).
    pub outbound_link_tagging: bool,
    /// The key with which scripts of a theme ask for content.
    pub frontend_key: Option<String>,
    /// Tiers, as they came from elsewhere.
    pub tiers: Vec<Tier>,
    /// Newsletters, as they came from elsewhere.
    pub newsletters: Vec<Newsletter>,
    /// How sure Masthead must be of a quotation and its speaker, in hundredths, to show it in the record before
    /// an editor has read it; 101 shows none.
    pub record_confidence: u8,
    /// Paths of policies, as schema.org's `NewsMediaOrganization` names them.
    pub policies: Policies,
}

/// Fonts that a theme is asked to use; names of families, such as `Lora`. Nothing is loaded from elsewhere: a family that
/// is neither the theme's nor the reader's falls back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fonts {
    /// Of headings.
    pub heading: Option<String>,
    /// Of text.
    pub body: Option<String>,
}

/// The value of a theme's own setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Choice {
    /// Yes or no.
    Flag(bool),
    /// One of its options, a colour, a path of a picture, or words.
    Text(String),
}

/// Who may become a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Members {
    /// Nobody: themes show no buttons.
    #[default]
    None,
    /// Whoever was invited.
    Invite,
    /// Whoever pays.
    Paid,
    /// Anybody.
    All,
}

/// A line of a menu.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// As readers see it.
    pub label: String,
    /// Path or URL.
    pub url: String,
}

impl Settings {
    /// Its tiers, with one that costs nothing.
    pub fn all_tiers(&self) -> Vec<Tier> {
        let free = self.tiers.iter().all(|tier| tier.kind != "free").then(Tier::free);
        free.into_iter().chain(self.tiers.iter().cloned()).collect()
    }
}

/// Whether a text can be an address of the web: `https://…`, `http://…`, or a path of this magazine. Nothing that a
/// browser would run, and nothing that leads to another host without saying so.
pub fn is_web_address(text: &str) -> bool {
    let text = text.trim();
    let plain = !text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\');
    let lower = text.get(..8).unwrap_or(text).to_lowercase();
    let is_path = text.starts_with('/') && !text.starts_with("//");
    let ours = text.starts_with("__GHOST_URL__/");
    plain && (is_path || ours || lower.starts_with("https://") || lower.starts_with("http://"))
}

/// Whether a text can stand in a menu: an address of the web, a place of the page, or an address of mail.
pub fn is_menu_address(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    is_web_address(text) || lower.starts_with('#') || lower.starts_with("mailto:") || lower.starts_with("tel:")
}

/// Paths of the pages that say how the magazine works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policies {
    /// How mistakes are corrected.
    pub corrections: Option<String>,
    /// Ethics.
    pub ethics: Option<String>,
    /// Who owns and pays for it.
    pub ownership: Option<String>,
    /// Who works there.
    pub masthead: Option<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: "Masthead".into(),
            description: String::new(),
            locale: "en-GB".into(),
            timezone: "Europe/London".into(),
            accent_color: None,
            logo: None,
            icon: None,
            cover_image: None,
            about: String::new(),
            legal: String::new(),
            copyright_holder: String::new(),
            email: String::new(),
            navigation: vec![],
            secondary_navigation: vec![],
            accounts: Accounts::default(),
            social: Social::default(),
            codeinjection_head: None,
            codeinjection_foot: None,
            permalink: "/{section}/{slug}/".into(),
            theme: "broadsheet".into(),
            theme_before: None,
            theme_settings: BTreeMap::new(),
            fonts: Fonts::default(),
            comments: "off".into(),
            members: Members::None,
            outbound_link_tagging: false,
            frontend_key: None,
            tiers: vec![],
            newsletters: vec![],
            record_confidence: 90,
            policies: Policies::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_web_and_nowhere_else() {
        for good in ["https://example.org/a", "HTTP://example.org", "/about/", "__GHOST_URL__/content/images/a.jpg"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "//evil.example", "data:text/html,x", " java\nscript:x", "/\\evil.example", "about"]
        {
            assert!(!is_web_address(bad), "{bad}");
        }
        assert!(is_menu_address("mailto:desk@example.org") && !is_menu_address("vbscript:x"));
    }
}
