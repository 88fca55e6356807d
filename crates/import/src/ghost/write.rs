//! A Ghost export out: what Ghost's own importer reads, table by table. Posts are written one after the other, so memory
//! does not grow with the archive, but for a line for each tag and author of an article.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use manuscript::{Document, GatedCards, Trust, Web, plaintext_of_html};
use news::settings::{Choice, Members};
use news::{Access, Article, Author, Id, Kind, Section, SectionPath, Settings, Status, Tag};
use serde_json::{Map, Value, json};

use super::Row;

/// The version of Ghost whose tables these are.
const VERSION: &str = "6.65.0";
/// Stands for the site's address, as in Ghost's own tables.
const SITE: &str = "__GHOST_URL__";

/// An export under way.
pub struct Writer<W: Write> {
    out: W,
    web: Web,
    is_first: bool,
    meta: Vec<Value>,
    tags: Vec<Value>,
    authors: Vec<Value>,
    tiers: Vec<Value>,
    /// Sections, which are tags in Ghost: their names and the ids that they get there.
    sections: BTreeMap<SectionPath, (String, Id)>,
    used_sections: BTreeMap<SectionPath, ()>,
    tier_ids: HashMap<String, String>,
}

impl<W: Write> Writer<W> {
    /// Begins one.
    pub fn begin(mut out: W, at: Timestamp, settings: &Settings, sections: &[Section]) -> io::Result<Writer<W>> {
        let meta = json!({ "exported_on": at.as_millisecond(), "version": VERSION });
        write!(out, "{{\"db\":[{{\"meta\":{meta},\"data\":{{\"posts\":[")?;
        let named = |section: &Section| (section.path.clone(), (section.name.clone(), section.path.id()));
        Ok(Writer {
            out,
            web: Web {
                site_url: SITE.into(),
                trust: Trust::Everybody,
                gated_cards: GatedCards::Marked,
                cards_script: true,
                ..Web::default()
            },
            is_first: true,
            meta: Vec::new(),
            tags: Vec::new(),
            authors: Vec::new(),
            tiers: Vec::new(),
            sections: sections.iter().map(named).collect(),
            used_sections: BTreeMap::new(),
            tier_ids: settings.tiers.iter().map(|tier| (tier.slug.clone(), tier.id.clone())).collect(),
        })
    }

    /// Writes an article or a static page, of any status.
    pub fn post(&mut self, article: &Article) -> io::Result<()> {
        let x = &article.extras;
        let html = Document::parse(&article.body).map(|document| document.html(&self.web)).unwrap_or_default();
        let html = Some(html).filter(|html| !html.is_empty());
        let picture = article.lead_picture.as_ref();
        let row = json!({
            "id": article.id, "uuid": x.uuid, "title": article.headline, "slug": article.slug, "mobiledoc": null,
            "lexical": article.body, "plaintext": html.as_deref().map(plaintext_of_html), "html": html,
            "comment_id": x.comment_id.as_deref().unwrap_or(article.id.as_str()),
            "feature_image": picture.and_then(|picture| picture.src.as_deref()).map(own),
            "featured": u8::from(article.featured), "type": if article.kind == Kind::Page { "page" } else { "post" },
            "status": status(article.status), "locale": null, "visibility": article.access.word(),
            "email_recipient_filter": x.email_recipient_filter.as_deref().unwrap_or("all"), "created_at": time(article.created_at),
            "updated_at": time(article.updated_at), "published_at": article.published_at.map(time),
            "custom_excerpt": article.standfirst, "auto_excerpt": null, "reading_time": null,
            "codeinjection_head": x.codeinjection_head, "codeinjection_foot": x.codeinjection_foot,
            "custom_template": x.custom_template, "canonical_url": x.canonical_url.as_deref().map(own),
            "newsletter_id": x.newsletter,
            "show_title_and_feature_image": u8::from(x.show_title_and_feature_image.unwrap_or(true)),
        });
        self.row(&row)?;
        self.beside(article);
        Ok(())
    }

    fn row(&mut self, row: &Value) -> io::Result<()> {
        if !std::mem::take(&mut self.is_first) {
            self.out.write_all(b",")?;
        }
        serde_json::to_writer(&mut self.out, row).map_err(Into::into)
    }

    /// What stands in other tables.
    fn beside(&mut self, article: &Article) {
        let x = &article.extras;
        let post = &article.id;
        let picture = article.lead_picture.as_ref();
        let caption = picture.and_then(|picture| picture.caption_html.clone().or_else(|| picture.caption.clone()));
        let credit = picture.and_then(|picture| picture.credit.as_ref()).map(|credit| credit.text.as_str());
        // Ghost has no field for a credit; it stands behind the caption there.
        let caption = match (caption, credit) {
            (Some(caption), Some(credit)) => Some(format!("{caption} {credit}")),
            (caption, credit) => caption.or_else(|| credit.map(str::to_owned)),
        };
        let fields = [
            ("og_image", x.og_image.as_deref().map(own)),
            ("og_title", x.og_title.clone()),
            ("og_description", x.og_description.clone()),
            ("twitter_image", x.twitter_image.as_deref().map(own)),
            ("twitter_title", x.twitter_title.clone()),
            ("twitter_description", x.twitter_description.clone()),
            ("meta_title", x.meta_title.clone()),
            ("meta_description", x.meta_description.clone()),
            ("email_subject", x.email_subject.clone()),
            ("frontmatter", x.frontmatter.clone()),
            ("feature_image_alt", picture.and_then(|picture| picture.alt.clone())),
            ("feature_image_caption", caption),
        ];
        let sent = article.status == Status::Sent;
        if sent || fields.iter().any(|(_, value)| value.is_some()) {
            let mut row: Row = fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            row.insert("id".into(), json!(number("meta", self.meta.len())));
            row.insert("post_id".into(), json!(post));
            row.insert("email_only".into(), u8::from(sent).into());
            self.meta.push(row.into());
        }
        let mut tags: Vec<Id> = Vec::new();
        if let Some(section) = &article.section {
            let known = self.sections.entry(section.clone());
            tags.push(known.or_insert_with(|| (section.name(), section.id())).1.clone());
            self.used_sections.insert(section.clone(), ());
        }
        tags.extend(article.tags.iter().cloned());
        for (order, tag) in tags.iter().enumerate() {
            let id = number("tags", self.tags.len());
            self.tags.push(json!({ "id": id, "post_id": post, "tag_id": tag, "sort_order": order }));
        }
        for (order, author) in article.authors.iter().enumerate() {
            let id = number("authors", self.authors.len());
            self.authors.push(json!({ "id": id, "post_id": post, "author_id": author, "sort_order": order }));
        }
        if let Access::Tiers(slugs) = &article.access {
            for (order, tier) in slugs.iter().filter_map(|slug| self.tier_ids.get(slug)).enumerate() {
                let id = number("tiers", self.tiers.len());
                self.tiers.push(json!({ "id": id, "post_id": post, "product_id": tier, "sort_order": order }));
            }
        }
    }

    /// Writes the other tables and ends. `rest` holds the rows of Ghost's tables as they came, where the magazine came
    /// from Ghost: what there is no room for here goes out as it came in.
    pub fn end(
        mut self,
        settings: &Settings,
        authors: &[Author],
        tags: &[Tag],
        rest: &Map<String, Value>,
    ) -> io::Result<W> {
        let sections = self.sections.iter().filter(|(path, _)| self.used_sections.contains_key(*path));
        let sections = sections
            .map(|(path, (name, id))| json!({ "id": id, "name": name, "slug": path.slug(), "visibility": "public" }));
        let mut tables: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (table, rows) in rest {
            tables.insert(table.clone(), rows.as_array().cloned().unwrap_or_default());
        }
        lay(&mut tables, "tags", "id", sections.chain(tags.iter().map(tag)).collect());
        lay(&mut tables, "users", "id", authors.iter().map(author).collect());
        lay(&mut tables, "settings", "key", settings_rows(settings));
        lay(&mut tables, "products", "id", settings.tiers.iter().map(tier).collect());
        lay(&mut tables, "newsletters", "id", settings.newsletters.iter().map(newsletter).collect());
        for (theme, choices) in &settings.theme_settings {
            for (key, choice) in choices {
                let rows = tables.entry("custom_theme_settings".into()).or_default();
                let known = rows.iter_mut().find(|row| row["theme"] == **theme && row["key"] == **key);
                match known {
                    Some(row) => row["value"] = chosen(choice),
                    None => {
                        let id = number("theme", rows.len());
                        let kind = if matches!(choice, Choice::Flag(_)) { "boolean" } else { "text" };
                        rows.push(
                            json!({ "id": id, "theme": theme, "key": key, "type": kind, "value": chosen(choice) }),
                        );
                    }
                }
            }
        }
        for (table, rows) in [
            ("posts_meta", self.meta),
            ("posts_tags", self.tags),
            ("posts_authors", self.authors),
            ("posts_products", self.tiers),
        ] {
            tables.entry(table.into()).or_default().extend(rows);
        }
        self.out.write_all(b"]")?;
        for (table, rows) in &tables {
            write!(self.out, ",{}:", json!(table))?;
            serde_json::to_writer(&mut self.out, rows)?;
        }
        self.out.write_all(b"}}]}")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Lays rows over those that came: fields that we know replace theirs, others stay; rows that are gone here go.
fn lay(tables: &mut BTreeMap<String, Vec<Value>>, table: &str, key: &str, ours: Vec<Value>) {
    let came = tables.remove(table).unwrap_or_default();
    let mut came: HashMap<String, Value> = came.into_iter().map(|row| (row[key].to_string(), row)).collect();
    let mut rows = Vec::new();
    for row in ours {
        let Value::Object(row) = row else { continue };
        let mut whole =
            came.remove(&row.get(key).cloned().unwrap_or_default().to_string()).unwrap_or_else(|| json!({}));
        for (name, value) in row {
            whole[name] = value;
        }
        rows.push(whole);
    }
    if table == "settings" {
        rows.extend(came.into_values()); // of what there is no room for here
    }
    tables.insert(table.to_owned(), rows);
}

fn tag(tag: &Tag) -> Value {
    let (dress, social) = (&tag.dress, &tag.dress.social);
    json!({
        "id": tag.id, "name": tag.name, "slug": tag.slug, "description": tag.description,
        "feature_image": dress.feature_image.as_deref().map(own), "parent_id": null, "visibility": tag.visibility.word(),
        "og_image": social.og_image.as_deref().map(own), "og_title": social.og_title,
        "og_description": social.og_description, "twitter_image": social.twitter_image.as_deref().map(own),
        "twitter_title": social.twitter_title, "twitter_description": social.twitter_description,
        "meta_title": social.meta_title, "meta_description": social.meta_description,
        "codeinjection_head": dress.codeinjection_head, "codeinjection_foot": dress.codeinjection_foot,
        "canonical_url": dress.canonical_url.as_deref().map(own), "accent_color": dress.accent_color,
    })
}

fn author(author: &Author) -> Value {
    let profile = &author.profile;
    let mut row = json!({
        "id": author.id, "name": author.name, "slug": author.slug,
        // Ghost wants an address of everybody; nobody reads mail at this one.
        "email": author.email.clone().unwrap_or_else(|| format!("{}@authors.invalid", author.slug)),
        "profile_image": author.portrait.as_deref().map(own), "cover_image": profile.cover_image.as_deref().map(own),
        "bio": author.bio, "website": author.website, "location": author.location, "visibility": "public",
        "meta_title": profile.meta_title, "meta_description": profile.meta_description,
    });
    for (network, account) in profile.accounts.all() {
        row[network] = account.into();
    }
    row
}

fn tier(tier: &news::Tier) -> Value {
    json!({
        "id": tier.id, "name": tier.name, "slug": tier.slug, "active": u8::from(tier.active),
        "welcome_page_url": tier.welcome_page_url, "visibility": if tier.public { "public" } else { "none" },
        "trial_days": tier.trial_days, "description": tier.description, "type": tier.kind, "currency": tier.currency,
        "monthly_price": tier.monthly_price, "yearly_price": tier.yearly_price,
        "created_at": tier.created_at.map(time), "updated_at": tier.updated_at.map(time),
    })
}

fn newsletter(letter: &news::Newsletter) -> Value {
    json!({
        "id": letter.id, "uuid": letter.uuid, "name": letter.name, "slug": letter.slug, "description": letter.description,
        "status": if letter.active { "active" } else { "archived" }, "visibility": letter.visibility,
        "subscribe_on_signup": u8::from(letter.subscribe_on_signup), "sender_email": letter.sender_email,
        "sort_order": letter.sort_order, "created_at": letter.created_at.map(time),
        "updated_at": letter.updated_at.map(time),
    })
}

/// The magazine's settings as rows of Ghost's table: `id`, `key`, `value`.
pub fn settings_rows(s: &Settings) -> Vec<Value> {
    let menu = |links: &[news::settings::Link]| {
        let links: Vec<Value> = links.iter().map(|link| json!({ "label": link.label, "url": link.url })).collect();
        json!(links).to_string()
    };
    let members = match s.members {
        Members::All => "all",
        Members::Paid => "paid",
        Members::Invite => "invite",
        Members::None => "none",
    };
    let mut values: Vec<(&str, Option<String>)> = vec![
        ("title", Some(s.title.clone())),
        ("description", Some(s.description.clone())),
        ("logo", s.logo.as_deref().map(own)),
        ("icon", s.icon.as_deref().map(own)),
        ("cover_image", s.cover_image.as_deref().map(own)),
        ("accent_color", s.accent_color.clone()),
        ("locale", Some(s.locale.clone())),
        ("timezone", Some(s.timezone.clone())),
        ("codeinjection_head", s.codeinjection_head.clone()),
        ("codeinjection_foot", s.codeinjection_foot.clone()),
        ("navigation", Some(menu(&s.navigation))),
        ("secondary_navigation", Some(menu(&s.secondary_navigation))),
        ("heading_font", s.fonts.heading.clone()),
        ("body_font", s.fonts.body.clone()),
        ("members_signup_access", Some(members.into())),
        ("comments_enabled", Some(s.comments.clone())),
        ("outbound_link_tagging", Some(s.outbound_link_tagging.to_string())),
        ("meta_title", s.social.meta_title.clone()),
        ("meta_description", s.social.meta_description.clone()),
        ("og_image", s.social.og_image.as_deref().map(own)),
        ("og_title", s.social.og_title.clone()),
        ("og_description", s.social.og_description.clone()),
        ("twitter_image", s.social.twitter_image.as_deref().map(own)),
        ("twitter_title", s.social.twitter_title.clone()),
        ("twitter_description", s.social.twitter_description.clone()),
    ];
    values.extend(s.accounts.all().map(|(network, account)| (network, account.map(str::to_owned))));
    let row = |(at, (key, value)): (usize, (&str, Option<String>))| json!({ "id": number("setting", at), "key": key, "value": value });
    values.into_iter().enumerate().map(row).collect()
}

fn chosen(choice: &Choice) -> Value {
    match choice {
        Choice::Flag(flag) => flag.to_string().into(),
        Choice::Text(text) => text.as_str().into(),
    }
}

/// Ghost's word for a status. It knows no review and no withdrawal: both are drafts there.
fn status(status: Status) -> &'static str {
    match status {
        Status::Published => "published",
        Status::Scheduled => "scheduled",
        Status::Sent => "sent",
        _ => "draft",
    }
}

/// An address of ours begins with the mark for the site.
fn own(url: &str) -> String {
    if url.starts_with('/') && !url.starts_with("//") { format!("{SITE}{url}") } else { url.to_owned() }
}

/// As Ghost's database writes times: UTC, without a zone.
fn time(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The id of a row that nobody names: the same for the same row of the same export.
fn number(table: &str, at: usize) -> Id {
    Id::of_text(1, &format!("{table} {at}"))
}
