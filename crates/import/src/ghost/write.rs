//! A Ghost export out: what Ghost's own importer reads, table by table. Posts are written one after the other, so memory
//! does not grow with the archive, but for a line for each tag and author of an article.

use std::collections::{BTreeMap, HashMap, HashSet};
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

/// What is to be said of an export.
#[derive(Debug, Default)]
pub struct Written {
    /// What was cut because Ghost takes no more of it.
    pub cut: Vec<String>,
    /// The addresses of sections, and those of the tags that they are there.
    pub sections: Vec<(String, String)>,
}

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
    /// Tags by their slugs: a section called like one is that tag there.
    tag_slugs: HashMap<String, Id>,
    /// The addresses of such sections and of their tags.
    as_tags: BTreeMap<String, String>,
    tier_ids: HashMap<String, String>,
    /// Slugs that are taken: Ghost drops the second of a slug.
    slugs: HashSet<String>,
    /// What was cut because Ghost takes no more: it would refuse the whole file for it.
    cut: Vec<String>,
}

impl<W: Write> Writer<W> {
    /// Begins one.
    pub fn begin(
        mut out: W,
        at: Timestamp,
        settings: &Settings,
        sections: &[Section],
        tags: &[Tag],
    ) -> io::Result<Writer<W>> {
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
            tag_slugs: tags.iter().map(|tag| (tag.slug.to_string(), tag.id.clone())).collect(),
            as_tags: BTreeMap::new(),
            slugs: HashSet::new(),
            cut: Vec::new(),
            tier_ids: settings.tiers.iter().map(|tier| (tier.slug.clone(), tier.id.clone())).collect(),
        })
    }

    /// Writes an article or a static page, of any status; answers with the slug that it has there.
    pub fn post(&mut self, article: &Article) -> io::Result<String> {
        let x = &article.extras;
        let document = Document::parse(&article.body).ok();
        let html = document.as_ref().map(|document| document.html(&self.web)).filter(|html| !html.is_empty());
        // Ghost takes no body without a block.
        let is_bare = document.is_none_or(|document| document.blocks().is_empty());
        let lexical = if is_bare { BLANK } else { article.body.as_str() };
        let picture = article.lead_picture.as_ref();
        let slug = self.free(article.slug.as_str());
        let standfirst = self.within(300, "standfirst", article, article.standfirst.as_deref());
        let template = self.within(100, "template", article, x.custom_template.as_deref());
        let visibility = match (&article.access, &x.visibility) {
            (Access::Tiers(slugs), Some(filter)) if slugs.is_empty() => filter.as_str(),
            (access, _) => access.word(),
        };
        let row = json!({
            "id": article.id, "uuid": x.uuid, "title": article.headline, "slug": slug, "mobiledoc": null,
            "lexical": lexical, "plaintext": html.as_deref().map(plaintext_of_html), "html": html,
            "comment_id": x.comment_id.as_deref().unwrap_or(article.id.as_str()),
            "feature_image": picture.and_then(|picture| picture.src.as_deref()).map(own),
            "featured": u8::from(article.featured), "type": if article.kind == Kind::Page { "page" } else { "post" },
            "status": status(article.status), "locale": null, "visibility": visibility,
            "email_recipient_filter": x.email_recipient_filter.as_deref().unwrap_or("all"), "created_at": time(article.created_at),
            "updated_at": time(article.updated_at), "published_at": article.published_at.map(time),
            "custom_excerpt": standfirst, "auto_excerpt": null, "reading_time": null,
            "codeinjection_head": x.codeinjection_head, "codeinjection_foot": x.codeinjection_foot,
            "custom_template": template, "canonical_url": x.canonical_url.as_deref().map(own),
            "newsletter_id": x.newsletter,
            "show_title_and_feature_image": u8::from(x.show_title_and_feature_image.unwrap_or(true)),
        });
        self.row(&row)?;
        self.beside(article);
        Ok(slug)
    }

    /// A slug that no other post or page has.
    fn free(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|number: u32| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.to_owned()).chain(numbered).find(|slug| !self.slugs.contains(slug));
        let slug = free.unwrap_or_default();
        self.slugs.insert(slug.clone());
        slug
    }

    /// A text as far as Ghost takes it.
    fn within(&mut self, most: usize, what: &str, article: &Article, text: Option<&str>) -> Option<String> {
        let text = text?;
        if text.chars().count() > most {
            self.cut.push(format!("{}: the {what} has more than {most} characters", article.headline));
        }
        Some(text.chars().take(most).collect())
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
        let plain = |picture: &news::LeadPicture| picture.caption.as_deref().map(escaped);
        let caption = picture.and_then(|picture| picture.caption_html.clone().or_else(|| plain(picture)));
        let credit = picture.and_then(|picture| picture.credit.as_ref()).map(|credit| escaped(&credit.text));
        // Ghost has no field for a credit; it stands behind the caption there.
        let caption = match (caption, credit) {
            (Some(caption), Some(credit)) => Some(format!("{caption} {credit}")),
            (caption, credit) => caption.or(credit),
        };
        let fields = [
            ("og_image", x.og_image.as_deref().map(own)),
            ("og_title", self.within(300, "title for cards", article, x.og_title.as_deref())),
            ("og_description", self.within(500, "description for cards", article, x.og_description.as_deref())),
            ("twitter_image", x.twitter_image.as_deref().map(own)),
            ("twitter_title", self.within(300, "title for cards", article, x.twitter_title.as_deref())),
            (
                "twitter_description",
                self.within(500, "description for cards", article, x.twitter_description.as_deref()),
            ),
            ("meta_title", self.within(300, "title for machines", article, x.meta_title.as_deref())),
            ("meta_description", self.within(500, "description for machines", article, x.meta_description.as_deref())),
            ("email_subject", self.within(300, "subject of the mail", article, x.email_subject.as_deref())),
            ("frontmatter", x.frontmatter.clone()),
            ("feature_image_alt", {
                let alt = picture.and_then(|picture| picture.alt.as_deref());
                self.within(191, "alternative text", article, alt)
            }),
            ("feature_image_caption", caption),
        ];
        let sent = article.status == Status::Sent || x.email_only;
        if sent || fields.iter().any(|(_, value)| value.is_some()) {
            let mut row: Row = fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            row.insert("id".into(), json!(number("meta", self.meta.len())));
            row.insert("post_id".into(), json!(post));
            row.insert("email_only".into(), u8::from(sent).into());
            self.meta.push(row.into());
        }
        let mut tags: Vec<Id> = Vec::new();
        // Its own section first, which is the primary tag there; then the others whose lists show it too.
        for section in article.sections() {
            if let Some(tag) = self.tag_slugs.get(section.slug()) {
                tags.push(tag.clone());
                self.as_tags.insert(section.url(), news::slug::encoded(&format!("/tag/{}/", section.slug())));
                continue;
            }
            let known = self.sections.entry(section.clone());
            tags.push(known.or_insert_with(|| (section.name(), section.id())).1.clone());
            self.used_sections.insert(section, ());
        }
        tags.extend(article.tags.iter().cloned());
        let mut seen = HashSet::new();
        tags.retain(|tag| seen.insert(tag.clone()));
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
    ) -> io::Result<(W, Written)> {
        // Of two sections whose paths end alike, the second is called by its path.
        let mut slugs: HashSet<String> = self.tag_slugs.keys().cloned().collect();
        let sections = self.sections.iter().filter(|(path, _)| self.used_sections.contains_key(*path));
        let mut addresses = Vec::new();
        let sections = sections.map(|(path, (name, id))| {
            let cut = |text: &str| -> String { text.chars().take(LONGEST_SLUG).collect() };
            let (by_name, by_path) = (cut(path.slug()), cut(&path.as_str().replace('/', "-")));
            let numbered = (2..).map(|number: u32| format!("{by_path}-{number}"));
            let slug = [by_name, by_path.clone()].into_iter().chain(numbered).find(|slug| !slugs.contains(slug));
            let slug = slug.unwrap_or_default();
            slugs.insert(slug.clone());
            addresses.push((path.url(), news::slug::encoded(&format!("/tag/{slug}/"))));
            json!({ "id": id, "name": name, "slug": slug, "visibility": "public" })
        });
        let sections: Vec<Value> = sections.collect();
        addresses.extend(self.as_tags);
        let cut = &mut self.cut;
        let mut emails = HashSet::new();
        let mut tables: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (table, rows) in rest {
            tables.insert(table.clone(), rows.as_array().cloned().unwrap_or_default());
        }
        lay(&mut tables, "tags", "id", sections.into_iter().chain(tags.iter().map(|one| tag(one, cut))).collect());
        lay(&mut tables, "users", "id", authors.iter().map(|one| author(one, &mut emails, cut)).collect());
        let mut own = settings_rows(settings);
        for row in &mut own {
            let most = match row["key"].as_str() {
                Some("title") => 150,
                Some("description") => 200,
                Some("meta_title" | "og_title" | "og_description" | "twitter_title" | "twitter_description") => 300,
                Some("meta_description") => 500,
                _ => continue,
            };
            let text = row["value"].as_str().map(str::to_owned);
            let what = format!("the setting {}", row["key"].as_str().unwrap_or_default());
            row["value"] = short(most, &what, text.as_deref(), cut).into();
        }
        lay(&mut tables, "settings", "key", own);
        lay(&mut tables, "products", "id", settings.tiers.iter().map(|one| tier(one, cut)).collect());
        lay(&mut tables, "newsletters", "id", settings.newsletters.iter().map(|one| newsletter(one, cut)).collect());
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
        Ok((self.out, Written { cut: self.cut, sections: addresses }))
    }
}

/// Lays rows over those that came: fields that we know replace theirs, others stay; rows that are gone here go.
fn lay(tables: &mut BTreeMap<String, Vec<Value>>, table: &str, key: &str, ours: Vec<Value>) {
    let came = tables.remove(table).unwrap_or_default();
    let places: HashMap<String, usize> = came.iter().enumerate().map(|(at, row)| (row[key].to_string(), at)).collect();
    let mut came: Vec<Option<Value>> = came.into_iter().map(Some).collect();
    let mut rows = Vec::new();
    for row in ours {
        let Value::Object(row) = row else { continue };
        let place = places.get(&row.get(key).cloned().unwrap_or_default().to_string());
        let mut whole = place.and_then(|at| came[*at].take()).unwrap_or_else(|| json!({}));
        for (name, value) in row {
            whole[name] = value;
        }
        rows.push(whole);
    }
    if table == "settings" {
        rows.extend(came.into_iter().flatten()); // of what there is no room for here
    }
    tables.insert(table.to_owned(), rows);
}

fn tag(tag: &Tag, cut: &mut Vec<String>) -> Value {
    let mut short = |most, text: &Option<String>| short(most, &format!("the tag {}", tag.name), text.as_deref(), cut);
    let (dress, social) = (&tag.dress, &tag.dress.social);
    json!({
        // A name that begins with a comma is none there.
        "id": tag.id, "name": tag.name.trim_start_matches([',', ' ']), "slug": tag.slug,
        "description": short(500, &tag.description),
        "feature_image": dress.feature_image.as_deref().map(own), "visibility": tag.visibility.word(),
        "created_at": time(tag.created_at), "updated_at": time(tag.updated_at),
        "og_image": social.og_image.as_deref().map(own), "og_title": short(300, &social.og_title),
        "og_description": short(500, &social.og_description),
        "twitter_image": social.twitter_image.as_deref().map(own), "twitter_title": short(300, &social.twitter_title),
        "twitter_description": short(500, &social.twitter_description), "meta_title": short(300, &social.meta_title),
        "meta_description": short(500, &social.meta_description),
        "codeinjection_head": dress.codeinjection_head, "codeinjection_foot": dress.codeinjection_foot,
        "canonical_url": dress.canonical_url.as_deref().map(own), "accent_color": dress.accent_color,
    })
}

fn author(author: &Author, emails: &mut HashSet<String>, cut: &mut Vec<String>) -> Value {
    let profile = &author.profile;
    // Ghost wants an address of everybody, of each another; nobody reads mail at this one.
    let email = author.email.clone().filter(|email| news::staff::email(email).is_ok());
    let email = email.filter(|email| emails.insert(email.to_lowercase()));
    let email = email.unwrap_or_else(|| format!("{}@authors.invalid", author.slug));
    if author.email.as_ref().is_some_and(|own| !own.eq_ignore_ascii_case(&email)) {
        cut.push(format!("the author {}: the address is none, or another author's", author.name));
    }
    let mut short =
        |most, text: &Option<String>| short(most, &format!("the author {}", author.name), text.as_deref(), cut);
    let website = author.website.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let mut row = json!({
        "id": author.id, "name": author.name, "slug": author.slug,
        "email": email, "created_at": time(author.created_at), "updated_at": time(author.updated_at),
        "profile_image": author.portrait.as_deref().map(own), "cover_image": profile.cover_image.as_deref().map(own),
        "bio": short(250, &author.bio), "website": website, "location": short(150, &author.location),
        "visibility": "public", "meta_title": short(300, &profile.meta_title),
        "meta_description": short(500, &profile.meta_description),
    });
    for (network, account) in profile.accounts.all() {
        row[network] = account.into();
    }
    row
}

fn tier(tier: &news::Tier, cut: &mut Vec<String>) -> Value {
    let description = short(191, &format!("the tier {}", tier.name), tier.description.as_deref(), cut);
    json!({
        "id": tier.id, "name": tier.name, "slug": tier.slug, "active": u8::from(tier.active),
        "welcome_page_url": tier.welcome_page_url, "visibility": if tier.public { "public" } else { "none" },
        "trial_days": tier.trial_days, "description": description, "type": tier.kind, "currency": tier.currency,
        "monthly_price": tier.monthly_price, "yearly_price": tier.yearly_price,
        "created_at": tier.created_at.map(time), "updated_at": tier.updated_at.map(time),
    })
}

fn newsletter(letter: &news::Newsletter, cut: &mut Vec<String>) -> Value {
    let description = short(2_000, &format!("the newsletter {}", letter.name), letter.description.as_deref(), cut);
    json!({
        "id": letter.id, "uuid": letter.uuid, "name": letter.name, "slug": letter.slug, "description": description,
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

/// A body in which nothing is written.
const BLANK: &str = r#"{"root":{"children":[{"children":[],"direction":null,"format":"","indent":0,"type":"paragraph","version":1}],"direction":null,"format":"","indent":0,"type":"root","version":1}}"#;

/// Longest slug that Ghost takes as it is, in characters.
const LONGEST_SLUG: usize = 185;

/// A text as far as Ghost takes it; what is cut is noted.
fn short(most: usize, what: &str, text: Option<&str>, cut: &mut Vec<String>) -> Option<String> {
    let text = text?;
    if text.chars().count() > most {
        cut.push(format!("{what}: a text has more than {most} characters"));
    }
    Some(text.chars().take(most).collect())
}

/// Plain text where HTML is read.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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
