//! A post or page in our words.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use news::article::{Enclosure, Extras};
use news::{Access, Article, Credit, Headline, Id, Kind, LeadPicture, Slug, Status, limits};

use super::aside::{self, Aside};
use super::content::{self, Around, Report};
use super::names::Names;
use super::survey::{Survey, lost_path, other_number, path_of};
use super::wxr::{self, Item, PostType, State};

/// An article as it came.
#[derive(Clone, Debug)]
pub struct Came {
    /// Its name on its site.
    pub name: String,
    /// The article. Its tags and authors have the ids of [`Names`]; its path is the one that it had there, if it was public.
    pub article: Article,
    /// Earlier paths of it.
    pub former: Vec<String>,
    /// The number behind the question mark of its address, where that is not its own.
    pub other_number: Option<u64>,
    /// What there is no room for here yet: comments, and fields of plugins.
    pub asides: Vec<Aside>,
    /// What of its body could not come along as it was.
    pub report: Report,
    /// What was changed on the way, in words.
    pub notes: Vec<String>,
    /// The path of its link, where that cannot be kept.
    pub lost_path: Option<String>,
    /// Digits that are others whenever the item is another: what stands around it in the export says nothing. No secret.
    pub raw: String,
    /// What it refers to and the exports do not hold.
    pub unresolved: Unresolved,
}

/// What an article refers to and the exports do not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unresolved {
    /// Its lead picture.
    pub picture: bool,
    /// Somebody of its byline.
    pub byline: bool,
    /// Something in its body: a picture or a block that is named by its number.
    pub body: bool,
}

impl Unresolved {
    /// Whether there is anything.
    pub fn is_any(self) -> bool {
        self.picture || self.byline || self.body
    }
}

/// Makes articles of items.
#[derive(Debug)]
pub struct Mapper<'s> {
    /// What was found in the first walk.
    pub survey: &'s Survey,
    /// Sections, tags and authors.
    pub names: &'s Names,
    /// The time of the move.
    pub now: Timestamp,
}

/// Meta fields that have become fields of the article, or that WordPress makes anew.
const READ: [&str; 34] = [
    "_thumbnail_id",
    "_wp_old_slug",
    "enclosure",
    "footnotes",
    "_yoast_wpseo_title",
    "_yoast_wpseo_metadesc",
    "_yoast_wpseo_canonical",
    "_yoast_wpseo_opengraph-title",
    "_yoast_wpseo_opengraph-description",
    "_yoast_wpseo_opengraph-image",
    "_yoast_wpseo_twitter-title",
    "_yoast_wpseo_twitter-description",
    "_yoast_wpseo_twitter-image",
    "_yoast_wpseo_primary_category",
    "rank_math_title",
    "rank_math_description",
    "rank_math_canonical_url",
    "rank_math_facebook_title",
    "rank_math_facebook_description",
    "rank_math_facebook_image",
    "rank_math_twitter_title",
    "rank_math_twitter_description",
    "rank_math_twitter_image",
    "rank_math_primary_category",
    "_aioseop_title",
    "_aioseop_description",
    "_aioseo_title",
    "_aioseo_description",
    "_encloseme",
    "_pingme",
    "_edit_last",
    "_edit_lock",
    "_wp_desired_post_slug",
    "_wp_trash_meta_time",
];

/// Whether a meta field is kept beside the article.
pub(super) fn is_kept(key: &str) -> bool {
    !READ.contains(&key) && !key.starts_with("_oembed_")
}

impl Mapper<'_> {
    /// Makes an article of a post or page.
    pub fn article(&self, item: &Item) -> Came {
        let kind = if item.kind() == PostType::Page { Kind::Page } else { Kind::Article };
        let mut notes = item.notes.clone();
        let id = item.id.and_then(|id| u64::try_from(id).ok()).unwrap_or_default();
        let library = &self.survey.library;
        let moved = |url: &str| self.survey.moved(url);
        let around = Around {
            attachments: Some(&library.attachments),
            reusable: Some(&self.survey.reusable),
            children: library.children.get(&id).map_or(&[], Vec::as_slice),
            footnotes: item.meta("footnotes"),
            hosts: self.survey.hosts(),
            moved: Some(&moved),
        };
        let body = content::document(&item.content, &around);
        let is_closed = !item.password.is_empty();
        let (headline, whole_title) = headline(item, is_closed);
        let (mut standfirst, mut whole_excerpt) = standfirst(item);
        if is_closed {
            // What stands before a door says nothing of what is behind it.
            whole_excerpt = whole_excerpt.or(standfirst.take());
        }
        let (status, dates) = self.status(item, &mut notes);
        let path = (status == Status::Published).then(|| path_of(&item.link)).flatten();
        let slug = slug_of(item, &headline);
        let (section, also_in) = self.names.sections_of(item);
        let (mut tags, mut authors) = (self.names.tags_of(item), self.names.authors_of(item));
        for (what, list, most) in [("tags", &mut tags, limits::TAGS), ("authors", &mut authors, limits::AUTHORS)] {
            if list.len() > most {
                notes.push(format!("it has {} {what}; the first {most} came along", list.len()));
                list.truncate(most);
            }
        }
        let name = aside::name_of(item);
        let key = format!("{} {name}", self.survey.site);
        let mut extras = self.extras(item, &headline, standfirst.as_deref());
        if is_closed {
            let Extras { meta_description, og_description, twitter_description, enclosure, .. } = &mut extras;
            (*meta_description, *og_description, *twitter_description, *enclosure) = (None, None, None, None);
        }
        extras.also_in = also_in;
        extras.uuid = Some(uuid(&key));
        let access = if is_closed {
            notes.push("it had a password: nobody reads it until an editor opens it".into());
            Access::Tiers(Vec::new())
        } else {
            Access::Public
        };
        let article = Article {
            id: Id::of_text(dates.created_at.as_second(), &key),
            kind,
            headline,
            slug,
            standfirst,
            body: body.json,
            section,
            tags,
            authors,
            lead_picture: self.lead_picture(item, &around),
            status,
            access,
            featured: item.sticky,
            created_at: dates.created_at,
            updated_at: dates.updated_at,
            published_at: dates.published_at,
            first_published_at: dates.published_at.filter(|_| status == Status::Published),
            path,
            version: 1,
            extras,
        };
        let former = self.former(item, article.path.as_deref());
        let mut asides = aside::comments(item);
        asides.extend(aside::rest(item, whole_title, whole_excerpt));
        let unresolved = self.unresolved(item, &article);
        let lost_path = lost_path(item).filter(|_| article.is_public()).map(str::to_owned);
        let raw = raw(item);
        let other_number = other_number(item);
        Came { name, article, former, other_number, asides, report: body.report, notes, lost_path, raw, unresolved }
    }

    fn unresolved(&self, item: &Item, article: &Article) -> Unresolved {
        let library = &self.survey.library;
        let numbers = |mark: &'static str| {
            item.content.match_indices(mark).filter_map(move |(at, _)| {
                let rest = item.content[at + mark.len()..].trim_start_matches([' ', ':', '"']);
                rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u64>().ok()
            })
        };
        let is_unknown = |id: u64| !library.attachments.contains_key(&id);
        let guests = item.terms.iter().filter(|term| term.taxonomy == "author").count();
        let is_described = |id: &Id| !self.names.undescribed.contains(id);
        Unresolved {
            picture: item.meta("_thumbnail_id").is_some_and(|id| !id.trim().is_empty())
                && article.lead_picture.is_none(),
            byline: article.authors.len() < guests.min(limits::AUTHORS) || !article.authors.iter().all(is_described),
            body: numbers("wp-image-").any(is_unknown)
                || numbers("<!-- wp:block {\"ref\"").any(|id| !self.survey.reusable.contains_key(&id))
                || item.content.contains("[gallery") && library.attachments.is_empty(),
        }
    }

    fn status(&self, item: &Item, notes: &mut Vec<String>) -> (Status, Dates) {
        let zone = self.survey.zone().and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
        let at = |moment: &wxr::Moment| {
            // Drafts state their time in the site's zone alone.
            let local = || zone.to_timestamp(moment.local?).ok();
            moment.gmt.and(moment.at).or_else(local).or(moment.at).filter(|at| limits::TIMES.contains(at))
        };
        let mut published_at = at(&item.published);
        let modified = at(&item.modified);
        let status = match item.state() {
            State::Publish if published_at.is_some_and(|at| at > self.now) => Status::Scheduled,
            State::Publish => {
                if published_at.is_none() {
                    notes.push("it has no date: it is dated as of this import".into());
                }
                published_at = published_at.or(Some(self.now));
                Status::Published
            }
            State::Future if published_at.is_some_and(|at| at > self.now) => Status::Scheduled,
            State::Future => {
                notes.push("its time has passed without it: it waits as a draft".into());
                Status::Draft
            }
            State::Pending => Status::InReview,
            State::Private => {
                notes.push("it was private: it is a draft, which only the desk sees".into());
                Status::Draft
            }
            State::Trash => Status::Withdrawn,
            State::Draft | State::Inherit => Status::Draft,
            State::Other(other) => {
                notes.push(format!("its state was “{other}”: it is a draft"));
                Status::Draft
            }
        };
        let created_at = published_at.or(modified).unwrap_or(self.now).min(self.now);
        let updated_at = modified.unwrap_or(created_at).max(created_at).min(self.now);
        (status, Dates { created_at, updated_at, published_at })
    }

    fn extras(&self, item: &Item, headline: &Headline, standfirst: Option<&str>) -> Extras {
        let said = |keys: &[&str]| {
            let texts = keys.iter().filter_map(|key| item.meta(key)).map(str::trim);
            texts.filter(|text| !text.is_empty()).find_map(|text| self.filled(text, headline, standfirst))
        };
        let picture = |keys: &[&str]| {
            let url = said(keys).filter(|url| url.starts_with("http") || url.starts_with('/'))?;
            Some(self.survey.file(&url).unwrap_or(url)).filter(|url| url.len() <= limits::URL_BYTES)
        };
        let canonical =
            said(&["_yoast_wpseo_canonical", "rank_math_canonical_url"]).filter(|url| url.starts_with("http"));
        let is_itself =
            |url: &String| self.survey.moved(url).is_some_and(|path| Some(path) == self.survey.moved(&item.link));
        let is_true = |key: &str| item.meta(key).is_some_and(|value| value.trim() == "1");
        let robots = item.meta("rank_math_robots").is_some_and(|value| value.contains("\"noindex\""));
        Extras {
            meta_title: said(&["_yoast_wpseo_title", "rank_math_title", "_aioseo_title", "_aioseop_title"]),
            meta_description: said(&[
                "_yoast_wpseo_metadesc",
                "rank_math_description",
                "_aioseo_description",
                "_aioseop_description",
            ]),
            canonical_url: canonical.filter(|url| !is_itself(url)),
            og_title: said(&["_yoast_wpseo_opengraph-title", "rank_math_facebook_title"]),
            og_description: said(&["_yoast_wpseo_opengraph-description", "rank_math_facebook_description"]),
            og_image: picture(&["_yoast_wpseo_opengraph-image", "rank_math_facebook_image"]),
            twitter_title: said(&["_yoast_wpseo_twitter-title", "rank_math_twitter_title"]),
            twitter_description: said(&["_yoast_wpseo_twitter-description", "rank_math_twitter_description"]),
            twitter_image: picture(&["_yoast_wpseo_twitter-image", "rank_math_twitter_image"]),
            unlisted: is_true("_yoast_wpseo_meta-robots-noindex") || robots,
            enclosure: self.enclosure(item),
            ..Extras::default()
        }
    }

    /// A text of an SEO plugin with its variables filled in; none where one is left, or where nothing else is in it.
    fn filled(&self, text: &str, headline: &Headline, standfirst: Option<&str>) -> Option<String> {
        // Beside the text what is left of it without any: of a title that is made of nothing else, the site makes its own.
        let (mut filled, mut bare) = (text.to_owned(), text.to_owned());
        for (name, value) in [
            ("title", headline.as_str()),
            ("sitename", self.survey.title.as_str()),
            ("sitedesc", self.survey.description.as_str()),
            ("sep", "-"),
            ("page", ""),
            ("excerpt", standfirst.unwrap_or_default()),
        ] {
            for variable in [format!("%%{name}%%"), format!("%{name}%")] {
                filled = filled.replace(&variable, value);
                bare = bare.replace(&variable, "");
            }
        }
        let is_pattern = !bare.chars().any(char::is_alphanumeric);
        let filled = content::words(&filled);
        let is_left = filled.contains("%%");
        let fits = filled.chars().count() <= limits::META_CHARACTERS;
        (!filled.is_empty() && !is_left && !is_pattern && fits && filled != headline.as_str()).then_some(filled)
    }

    /// `address`, bytes and kind of a recording, line by line.
    fn enclosure(&self, item: &Item) -> Option<Enclosure> {
        let mut lines = item.meta("enclosure")?.lines().map(str::trim);
        let url = lines.next().filter(|url| url.starts_with("http") && url.len() <= limits::URL_BYTES)?;
        let length = lines.next().and_then(|bytes| bytes.parse().ok()).unwrap_or_default();
        let mime = lines.next().filter(|mime| mime.contains('/')).unwrap_or("audio/mpeg").chars().take(100).collect();
        Some(Enclosure { url: self.survey.file(url).unwrap_or_else(|| url.to_owned()), length, mime })
    }

    fn lead_picture(&self, item: &Item, around: &Around<'_>) -> Option<LeadPicture> {
        let id: u64 = item.meta("_thumbnail_id")?.trim().parse().ok()?;
        let (attachment, upload) = (self.survey.library.attachments.get(&id)?, self.survey.library.uploads.get(&id)?);
        let caption_html = content::line(&attachment.caption, around);
        let caption = content::words(&caption_html);
        let fits = caption_html.chars().count() <= limits::CAPTION_CHARACTERS;
        let src = self.survey.library.moved(&attachment.url).unwrap_or_else(|| attachment.url.clone());
        Some(LeadPicture {
            src: Some(src).filter(|src| src.len() <= limits::URL_BYTES),
            width: attachment.width,
            height: attachment.height,
            alt: Some(shortened(&attachment.alt, limits::META_CHARACTERS)).filter(|alt| !alt.is_empty()),
            caption: Some(shortened(&caption, limits::CAPTION_CHARACTERS)).filter(|caption| !caption.is_empty()),
            caption_html: Some(caption_html).filter(|html| fits && html.contains('<')),
            credit: upload.credit.as_deref().map(Credit::parse),
        })
    }

    /// Paths that it had before its slug was changed.
    fn former(&self, item: &Item, path: Option<&str>) -> Vec<String> {
        let Some(path) = path else { return Vec::new() };
        let slug = news::slug::encoded(&item.slug());
        let old = item.meta.iter().filter(|meta| meta.key == "_wp_old_slug" && !meta.value.trim().is_empty());
        let mut former: Vec<String> = old
            .filter_map(|meta| {
                let at = path.rfind(&slug).filter(|_| !slug.is_empty())?;
                let old = wxr::readable(meta.value.trim()).into_owned();
                super::address::kept(&format!("{}{old}{}", &path[..at], &path[at + slug.len()..]))
            })
            .filter(|old| old != path)
            .collect();
        former.sort_unstable();
        former.dedup();
        former
    }
}

/// The headline; and the title where that is longer.
fn headline(item: &Item, is_closed: bool) -> (Headline, Option<String>) {
    let title = content::title(&item.title);
    if let Ok(headline) = Headline::parse(&title) {
        return (headline, None);
    }
    if title.chars().any(|c| !c.is_control() && !c.is_whitespace()) {
        let cut = shortened(&title, limits::HEADLINE_CHARACTERS);
        return (Headline::parse(&cut).unwrap_or_else(|_| untitled()), Some(title));
    }
    // WordPress shows nothing; a list needs a line to click on.
    let slug = item.slug().replace('-', " ");
    let texts =
        if is_closed { vec![slug] } else { vec![content::words(&item.excerpt), content::words(&item.content), slug] };
    let words = texts.iter().map(|text| shortened(text.trim(), 60)).find(|text| !text.trim().is_empty());
    (words.and_then(|words| Headline::parse(&words).ok()).unwrap_or_else(untitled), None)
}

/// Digits of everything that an item says, but for what is kept beside it and where it stood in the file (FNV-1a, twice).
fn raw(item: &Item) -> String {
    let Item { title, link, creator, content, excerpt, published, modified, name, status, post_type, .. } = item;
    let Item { password, sticky, terms, meta, .. } = item;
    let meta: Vec<_> = meta.iter().filter(|meta| !meta.key.starts_with("_edit_")).collect();
    let dates = [published.local, published.gmt, modified.local, modified.gmt];
    let all = format!(
        "{title:?}{link:?}{creator:?}{content:?}{excerpt:?}{dates:?}{name:?}{status:?}{post_type:?}{password:?}{sticky}{terms:?}{meta:?}"
    );
    [0, 1].map(|kind| Id::of_text(0, &format!("{kind}{all}")).as_str()[8..].to_owned()).concat()
}

struct Dates {
    created_at: Timestamp,
    updated_at: Timestamp,
    published_at: Option<Timestamp>,
}

/// The standfirst; and the excerpt where that is longer.
fn standfirst(item: &Item) -> (Option<String>, Option<String>) {
    let excerpt = content::title(&item.excerpt);
    let subtitle = item.meta("newspack_post_subtitle").map(content::title).unwrap_or_default();
    let text = if excerpt.is_empty() { subtitle } else { excerpt };
    let cut = shortened(&text, limits::STANDFIRST_CHARACTERS);
    let whole = (cut != text).then_some(text);
    (Some(cut).filter(|text| !text.is_empty()), whole)
}

fn slug_of(item: &Item, headline: &Headline) -> Slug {
    let there = item.slug();
    let there = there.strip_suffix("__trashed").unwrap_or(&there);
    let parsed = Slug::parse(there).ok().or_else(|| Slug::of(there));
    parsed.or_else(|| Slug::of(headline.as_str())).unwrap_or_else(Slug::untitled)
}

/// A text of at most so many characters, cut between words.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{}…", cut.trim_end_matches([',', ';', ':', ' ', '.']))
}

fn untitled() -> Headline {
    Headline::parse("Untitled").unwrap_or_else(|_| unreachable!("a plain word"))
}

/// A UUID (RFC 9562, version 8) that is always the same for the same name.
fn uuid(name: &str) -> String {
    let hex: String = [4, 5].map(|kind| Id::of_text(kind, name).as_str()[8..].to_owned()).concat();
    format!("{}-{}-8{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

#[cfg(test)]
mod tests {
    use super::super::wxr::{Meta, Moment};
    use super::*;

    const NOW: &str = "2026-01-01T00:00:00Z";

    fn came(item: &Item) -> Came {
        let mut survey = Survey::default();
        survey.title = "The Ledger".into();
        survey.channel(&wxr::Channel { blog_url: "https://example.org".into(), ..wxr::Channel::default() });
        let names = Names::default();
        Mapper { survey: &survey, names: &names, now: NOW.parse().unwrap() }.article(item)
    }

    fn post(status: &str, date: &str) -> Item {
        let date = date.parse().unwrap();
        let (gmt, at) = (Some(date), TimeZone::UTC.to_timestamp(date).ok());
        Item {
            id: Some(12),
            title: "The \"sea\" wall &amp; <em>us</em>".into(),
            name: "sea-wall".into(),
            post_type: "post".into(),
            status: status.into(),
            link: "https://example.org/2024/05/sea-wall/".into(),
            published: Moment { local: gmt, gmt, at },
            ..Item::default()
        }
    }

    #[test]
    fn every_state_has_its_place() {
        for (status, date, expected) in [
            ("publish", "2024-05-07 09:00:00", Status::Published),
            ("publish", "2027-05-07 09:00:00", Status::Scheduled),
            ("future", "2027-05-07 09:00:00", Status::Scheduled),
            ("future", "2024-05-07 09:00:00", Status::Draft),
            ("draft", "2024-05-07 09:00:00", Status::Draft),
            ("pending", "2024-05-07 09:00:00", Status::InReview),
            ("private", "2024-05-07 09:00:00", Status::Draft),
            ("trash", "2024-05-07 09:00:00", Status::Withdrawn),
            ("pitch", "2024-05-07 09:00:00", Status::Draft),
        ] {
            let came = came(&post(status, date));
            assert_eq!(came.article.status, expected, "{status} {date}");
            assert_eq!(came.article.path.is_some(), expected == Status::Published, "{status}");
        }
    }

    #[test]
    fn a_title_is_words_as_readers_saw_them() {
        let came = came(&post("publish", "2024-05-07 09:00:00"));
        assert_eq!(came.article.headline.as_str(), "The “sea” wall & us");
        assert_eq!(came.article.path.as_deref(), Some("/2024/05/sea-wall/"));
        let nameless =
            Item { title: String::new(), content: "Rain fell.".into(), ..post("draft", "2024-05-07 09:00:00") };
        assert_eq!(self::came(&nameless).article.headline.as_str(), "Rain fell.");
    }

    #[test]
    fn a_password_closes_the_article() {
        let closed = Item { password: "tide".into(), ..post("publish", "2024-05-07 09:00:00") };
        assert_eq!(came(&closed).article.access, Access::Tiers(vec![]));
    }

    #[test]
    fn old_slugs_lead_to_the_article() {
        let mut item = post("publish", "2024-05-07 09:00:00");
        item.meta.push(Meta { key: "_wp_old_slug".into(), value: "the-wall".into() });
        assert_eq!(came(&item).former, ["/2024/05/the-wall/"]);
    }

    #[test]
    fn words_for_search_engines_come_along_without_variables() {
        let mut item = post("publish", "2024-05-07 09:00:00");
        for (key, value) in [
            ("_yoast_wpseo_title", "%%title%% %%page%% %%sep%% %%sitename%%"),
            ("_yoast_wpseo_metadesc", "What the wall costs %%sitename%%"),
            ("_yoast_wpseo_opengraph-title", "%%cf_own%%"),
            ("_yoast_wpseo_canonical", "https://example.org/2024/05/sea-wall/"),
            ("_yoast_wpseo_meta-robots-noindex", "1"),
            ("enclosure", "https://example.org/wp-content/uploads/a.mp3\n123\naudio/mpeg\na:0:{}"),
        ] {
            item.meta.push(Meta { key: key.into(), value: value.into() });
        }
        let extras = came(&item).article.extras;
        assert_eq!(extras.meta_title, None, "the site made it of the headline");
        assert_eq!(extras.meta_description.as_deref(), Some("What the wall costs The Ledger"));
        assert_eq!((extras.og_title, extras.canonical_url, extras.unlisted), (None, None, true));
        let enclosure = extras.enclosure.unwrap();
        assert_eq!((enclosure.url.as_str(), enclosure.length), ("/content/media/a.mp3", 123));
    }

    #[test]
    fn the_same_item_is_the_same_article_for_ever() {
        let (one, two) = (came(&post("publish", "2024-05-07 09:00:00")), came(&post("draft", "2024-05-07 09:00:00")));
        assert_eq!(one.article.id, two.article.id);
        let uuid = one.article.extras.uuid.unwrap();
        assert_eq!((uuid.len(), uuid.matches('-').count()), (36, 4));
    }
}
