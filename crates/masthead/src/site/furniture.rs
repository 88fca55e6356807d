//! What every page shows of the magazine itself.

use std::sync::Arc;

use jiff::tz::TimeZone;
use news::settings::Link;
use news::{Section, SectionPath, Settings};
use theme::{Map, Value};

use crate::{App, Error};

/// The magazine's settings and sections, as they stand for one page.
pub struct Furniture {
    /// Settings.
    pub settings: Settings,
    /// Every section, in the magazine's order.
    pub sections: Vec<Section>,
    /// The zone in which dates are shown.
    pub zone: TimeZone,
    /// `https://example.org`.
    pub url: String,
}

impl Furniture {
    /// Reads it.
    pub async fn of(app: &App) -> Result<Arc<Furniture>, Error> {
        let settings = app.settings().await?;
        let sections = store::section::all(&app.store).await?;
        let zone = TimeZone::get(&settings.timezone).unwrap_or(TimeZone::UTC);
        Ok(Arc::new(Furniture { settings, sections, zone, url: app.url.as_str().to_owned() }))
    }

    /// The section at a path.
    pub fn section(&self, path: &SectionPath) -> Option<&Section> {
        self.sections.iter().find(|section| section.path == *path)
    }

    /// The sections directly below another, or the top-level ones.
    pub fn below(&self, parent: Option<&SectionPath>) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.path.parent().as_ref() == parent)
    }

    /// The full address of a path.
    pub fn full(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// A time as machines read it, with the magazine's own offset: RFC 3339.
    pub fn time(&self, at: jiff::Timestamp) -> String {
        at.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// “Home”, then each section down to this one: name and path.
    pub fn breadcrumb(&self, section: Option<&SectionPath>) -> Vec<(String, String)> {
        let mut crumbs = vec![("Home".to_owned(), "/".to_owned())];
        for path in section.iter().flat_map(|path| path.line()) {
            let name = self.section(&path).map_or_else(|| path.name(), |section| section.name.clone());
            crumbs.push((name, path.url()));
        }
        crumbs
    }

    /// `@site`.
    pub fn site(&self, now: jiff::Timestamp, path: &str) -> Value {
        let s = &self.settings;
        let holder = if s.copyright_holder.is_empty() { &s.title } else { &s.copyright_holder };
        let year = now.to_zoned_datetime(self.zone.clone()).year();
        let sections = self.below(None).map(|section| {
            let children = self.below(Some(&section.path)).map(link_to);
            Value::map([
                ("name", section.name.as_str().into()),
                ("slug", section.path.slug().into()),
                ("url", section.path.url().into()),
                ("description", section.description.as_deref().into()),
                ("children", Value::list(children)),
            ])
        });
        Value::map([
            ("title", s.title.as_str().into()),
            ("description", s.description.as_str().into()),
            ("url", self.full("/").into()),
            ("locale", s.locale.as_str().into()),
            ("lang", s.locale.as_str().into()),
            ("direction", "ltr".into()),
            ("timezone", s.timezone.as_str().into()),
            ("accent_color", s.accent_color.as_deref().into()),
            ("logo", s.logo.as_deref().into()),
            ("icon", s.icon.as_deref().into()),
            ("cover_image", s.cover_image.as_deref().into()),
            ("about", s.about.as_str().into()),
            ("legal", s.legal.as_str().into()),
            ("copyright", format!("© {year} {holder}").into()),
            ("email", s.email.as_str().into()),
            ("navigation", menu(&s.navigation, path)),
            ("secondary_navigation", menu(&s.secondary_navigation, path)),
            ("sections", Value::list(sections)),
            ("members_enabled", false.into()),
            ("paid_members_enabled", false.into()),
            ("members_invite_only", false.into()),
            ("comments_enabled", false.into()),
            ("recommendations_enabled", false.into()),
        ])
    }
}

/// A section as name and address.
pub fn link_to(section: &Section) -> Value {
    Value::map([
        ("name", section.name.as_str().into()),
        ("slug", section.path.slug().into()),
        ("url", section.path.url().into()),
    ])
}

/// Breadcrumbs as the theme sees them.
pub fn crumbs(crumbs: &[(String, String)]) -> Value {
    let crumb =
        |(name, url): &(String, String)| Value::map([("name", name.as_str().into()), ("url", url.as_str().into())]);
    Value::list(crumbs.iter().map(crumb))
}

fn menu(links: &[Link], path: &str) -> Value {
    let link = |link: &Link| {
        let slug = news::Slug::of(&link.label).map(String::from).unwrap_or_default();
        Value::from(Map::from([
            ("label", Value::from(link.label.as_str())),
            ("url", link.url.as_str().into()),
            ("slug", slug.into()),
            ("current", (link.url == path).into()),
        ]))
    };
    Value::list(links.iter().map(link))
}
