//! What every page shows of the magazine itself.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;
use news::settings::Link;
use news::settings::Members;
use news::{Author, Place, Section, SectionPath, Settings, Tag};
use theme::{Map, Theme, Value};
use tokio::runtime::Handle;

use crate::{App, Error};

/// The magazine as every page shows it.
pub struct Magazine {
    /// Settings.
    pub settings: Settings,
    /// Every section, in the magazine's order.
    pub sections: Vec<Section>,
    /// The zone in which dates are shown.
    pub zone: TimeZone,
    /// `https://example.org`.
    pub url: String,
    /// `@site`, but for what hangs on the page.
    site: Map,
    menus: Menus,
    /// `@custom` of the theme that was asked for last.
    custom: Mutex<Option<(Arc<Theme>, Value)>>,
}

/// A menu: each link's path, and the link as templates see it on other pages and on its own.
type Menu = Vec<(String, Value, Value)>;

/// The main one and the second one.
type Menus = [Menu; 2];

/// The magazine, for one page.
pub struct Furniture {
    /// For what a template asks for while it is drawn.
    pub(super) app: Arc<App>,
    /// Where the magazine's answers are waited for.
    pub(super) runtime: Handle,
    /// The places that templates asked for while the page was drawn.
    asked: Mutex<Vec<Place>>,
    magazine: Arc<Magazine>,
}

impl Deref for Furniture {
    type Target = Magazine;

    fn deref(&self) -> &Magazine {
        &self.magazine
    }
}

impl Furniture {
    /// Reads it, unless nothing changed since it was read for another page.
    pub async fn of(app: &Arc<App>) -> Result<Arc<Furniture>, Error> {
        let magazine = app.last_read.magazine(app).await?;
        Ok(Arc::new(Furniture { app: app.clone(), runtime: Handle::current(), asked: Mutex::default(), magazine }))
    }

    /// The magazine.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// A body in which links to other sites say where the reader came from, where the magazine wants that.
    pub fn tagged(&self, html: String) -> String {
        super::article::tagged(self, html)
    }

    /// The page shows this place too.
    pub fn shows(&self, place: Place) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if !asked.contains(&place) {
            asked.push(place);
        }
    }

    /// The places that templates asked for.
    pub fn asked(&self) -> Vec<Place> {
        std::mem::take(&mut self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The address of a tag's page.
    pub fn tag_url(&self, tag: &Tag) -> String {
        self.app.routing().tag(tag)
    }

    /// The address of an author's page.
    pub fn author_url(&self, author: &Author) -> String {
        self.app.routing().author(author)
    }
}

impl Magazine {
    /// What the database says.
    pub(super) fn of(settings: Settings, sections: Vec<Section>, url: String) -> Magazine {
        let zone = TimeZone::get(&settings.timezone).unwrap_or(TimeZone::UTC);
        let (site, menus, custom) = (Map::new(), Menus::default(), Mutex::default());
        let mut magazine = Magazine { settings, sections, zone, url, site, menus, custom };
        magazine.site = magazine.common_site();
        magazine.menus =
            [&magazine.settings.navigation, &magazine.settings.secondary_navigation].map(|links| magazine.menu(links));
        magazine
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

    /// The full address of a picture or page of ours; one elsewhere stays, and so does what leads to a place of the page.
    pub fn absolute(&self, url: &str) -> String {
        let own = url.strip_prefix("__GHOST_URL__").unwrap_or(url);
        if own.starts_with('/') && !own.starts_with("//") { self.full(own) } else { own.to_owned() }
    }

    /// The same as a value, or nothing.
    pub fn picture(&self, url: Option<&str>) -> Value {
        url.filter(|url| !url.is_empty()).map(|url| self.absolute(url)).into()
    }

    /// A time as machines read it, with the magazine's own offset: RFC 3339.
    pub fn time(&self, at: jiff::Timestamp) -> String {
        at.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// A time in UTC with its milliseconds, as Ghost hands it to other sites.
    pub fn utc(&self, at: jiff::Timestamp) -> String {
        at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
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

    /// `@site` on the page at this path.
    pub fn site(&self, now: jiff::Timestamp, path: &str) -> Value {
        let s = &self.settings;
        let holder = if s.copyright_holder.is_empty() { &s.title } else { &s.copyright_holder };
        let year = now.to_zoned_datetime(self.zone.clone()).year();
        let mut site = self.site.clone();
        site.insert("copyright", format!("© {year} {holder}"));
        let path = path.trim_end_matches('/');
        for (name, menu) in ["navigation", "secondary_navigation"].into_iter().zip(&self.menus) {
            let links = menu.iter().map(|(at, elsewhere, here)| if at == path { here } else { elsewhere }.clone());
            site.insert(name, Value::list(links));
        }
        site.into()
    }

    /// `@custom` in this theme.
    pub fn custom(&self, theme: &Arc<Theme>, now: jiff::Timestamp) -> Value {
        let mut known = self.custom.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((of, custom)) if Arc::ptr_eq(of, theme) => custom.clone(),
            _ => {
                let custom = super::themes::custom(theme, &self.settings, now);
                *known = Some((theme.clone(), custom.clone()));
                custom
            }
        }
    }

    /// `@site`, with empty places for what hangs on the page.
    fn common_site(&self) -> Map {
        let s = &self.settings;
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
        let members = s.members != Members::None;
        let mut site = Map::from([
            ("title", Value::from(s.title.as_str())),
            ("description", s.description.as_str().into()),
            ("url", self.url.as_str().into()),
            ("locale", s.locale.as_str().into()),
            ("lang", s.locale.as_str().into()),
            ("direction", "ltr".into()),
            ("timezone", s.timezone.as_str().into()),
            ("accent_color", s.accent_color.as_deref().into()),
            ("logo", self.picture(s.logo.as_deref())),
            ("icon", self.picture(s.icon.as_deref())),
            ("cover_image", self.picture(s.cover_image.as_deref())),
            ("about", s.about.as_str().into()),
            ("legal", s.legal.as_str().into()),
            ("copyright", Value::Null),
            ("email", s.email.as_str().into()),
            ("navigation", Value::Null),
            ("secondary_navigation", Value::Null),
            ("sections", Value::list(sections)),
            ("members_enabled", members.into()),
            ("paid_members_enabled", false.into()),
            ("members_invite_only", (s.members == Members::Invite).into()),
            ("allow_self_signup", (s.members == Members::All).into()),
            ("signup_url", theme::plain::SUBSCRIBE.into()),
            ("search_enabled", true.into()),
            ("comments_enabled", (s.comments != "off").into()),
            ("comments_access", s.comments.as_str().into()),
            ("recommendations_enabled", false.into()),
        ]);
        for (name, value) in s.accounts.all().into_iter().chain(super::values::social_words(&s.social)) {
            if value.is_some() {
                site.insert(name, value);
            }
        }
        for name in ["og_image", "twitter_image"] {
            let picture = site.get(name).and_then(|url| url.as_str().map(str::to_owned));
            if let Some(url) = picture {
                site.insert(name, self.absolute(&url));
            }
        }
        site
    }

    /// A menu with full addresses, as Ghost hands it to themes.
    fn menu(&self, links: &[Link]) -> Menu {
        let link = |link: &Link| {
            let slug = news::Slug::of(&link.label).map(String::from).unwrap_or_default();
            let seen = |current: bool| {
                Value::map([
                    ("label", link.label.as_str().into()),
                    ("url", theme::plain::address(&self.absolute(&link.url)).into_owned().into()),
                    ("slug", slug.as_str().into()),
                    ("current", current.into()),
                ])
            };
            (link.url.trim_end_matches('/').to_owned(), seen(false), seen(true))
        };
        links.iter().map(link).collect()
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
