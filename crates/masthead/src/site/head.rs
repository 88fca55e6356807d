//! What a page says about itself to machines: canonical, Open Graph, feeds, structured data. What Ghost says is said
//! here too, with the same words from the same fields, so that cards on other sites look as they did before a move.

use std::sync::Arc;

use news::{Author, Kind, Social};
use theme::{Feed, Head, Meta, social};

use super::furniture::Furniture;
use super::lists::{Of, Pages};
use super::structured;
use super::values::Post;
use super::{measured, structured::keywords};
use crate::Error;

/// What a page is about.
pub enum Subject<'a> {
    /// A list.
    List {
        /// Of what.
        of: &'a Of,
        /// The articles on it.
        posts: &'a [Arc<Post>],
        /// Which page of it.
        pages: &'a Pages,
    },
    /// An article or static page.
    Article(&'a Arc<Post>),
    /// A page of the record, or another of the magazine's own.
    Record {
        /// Its title.
        title: String,
        /// One sentence.
        description: String,
    },
    /// An error: nothing to say.
    Error,
}

/// Words of an excerpt on cards of other sites.
const CARD_WORDS: usize = 50;

/// What is said on cards of other sites, beside what the head says anyway.
#[derive(Default)]
struct Said {
    kind: &'static str,
    og_title: String,
    og_description: Option<String>,
    og_image: Option<String>,
    twitter_title: String,
    twitter_description: Option<String>,
    twitter_image: Option<String>,
    /// What Open Graph says of an article.
    about: Vec<Meta>,
    author: Option<Arc<Author>>,
    keywords: Vec<String>,
}

/// Makes the head of a page that stands at `path`.
pub async fn of(furniture: &Furniture, subject: &Subject<'_>, path: &str) -> Result<Head, Error> {
    let settings = &furniture.settings;
    let mut head = Head {
        title: settings.title.clone(),
        icon: Some(
            settings.icon.as_deref().map_or_else(|| "/favicon.ico".into(), |icon| measured::icon(furniture, icon)),
        ),
        accent_color: settings.accent_color.clone(),
        fonts: [settings.fonts.heading.clone(), settings.fonts.body.clone()],
        generator: Some("Masthead".into()),
        code_head: settings.codeinjection_head.clone().unwrap_or_default(),
        code_foot: settings.codeinjection_foot.clone().unwrap_or_default(),
        feeds: vec![
            Feed::rss(&settings.title, furniture.full("/rss/")),
            Feed::json(&settings.title, furniture.full("/feed.json")),
        ],
        ..Head::default()
    };
    if matches!(subject, Subject::Error) {
        head.icon = None;
        return Ok(head);
    }
    head.canonical = Some(furniture.full(path));
    let said = match subject {
        Subject::List { of, posts, pages } => {
            let mut said = list(&mut head, furniture, of, pages);
            // A list without a picture of its own shows that of its newest article.
            let picture = || posts.iter().find_map(|post| post.article.lead_picture.as_ref()?.src.clone());
            if matches!(of, Of::Front | Of::Section(_)) {
                said.og_image = said.og_image.or_else(picture);
                said.twitter_image = said.twitter_image.or_else(picture);
            }
            Some(said).filter(|_| pages.page == 1)
        }
        Subject::Article(post) => Some(article(&mut head, furniture, post)),
        Subject::Record { title, description } => {
            head.title = format!("{title} – {}", settings.title);
            head.description = Some(description.clone());
            Some(Said {
                kind: "website",
                og_title: title.clone(),
                og_description: Some(description.clone()),
                twitter_title: title.clone(),
                twitter_description: Some(description.clone()),
                ..Said::default()
            })
        }
        Subject::Error => None,
    };
    if let Some(said) = said {
        card(&mut head, furniture, said).await;
    }
    head.json_ld = structured::of(furniture, subject, path)?;
    Ok(head)
}

/// A page of a list; cards are made of its first page only.
fn list(head: &mut Head, furniture: &Furniture, of: &Of, pages: &Pages) -> Said {
    let settings = &furniture.settings;
    let page = |n: i64| if n == 1 { of.url(furniture) } else { format!("{}page/{n}/", of.url(furniture)) };
    head.prev = pages.prev().map(|n| furniture.full(&page(n)));
    head.next = pages.next().map(|n| furniture.full(&page(n)));
    let is_first = pages.page == 1;
    if !matches!(of, Of::Front | Of::Dates(_)) {
        let name = of.words().map_or(settings.title.as_str().into(), |(name, _)| name);
        let title = format!("{name} - {}", settings.title);
        head.feeds.insert(0, Feed::rss(title, furniture.full(&format!("{}rss/", of.url(furniture)))));
    }
    let mut said = Said { kind: "website", ..Said::default() };
    let about = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let of_site = || settings.social.meta_description.clone().or_else(|| about(&settings.description));
    let (own, name, description) = match of {
        Of::Front => {
            let social = &settings.social;
            head.description = if is_first { of_site() } else { None };
            if is_first {
                head.title = social.meta_title.clone().unwrap_or_else(|| settings.title.clone());
            }
            said.og_title = social.og_title.clone().unwrap_or_else(|| settings.title.clone());
            said.twitter_title = social.twitter_title.clone().unwrap_or_else(|| settings.title.clone());
            said.og_description = social.og_description.clone().or_else(of_site);
            said.twitter_description = social.twitter_description.clone().or_else(of_site);
            said.og_image = social.og_image.clone().or_else(|| settings.cover_image.clone());
            said.twitter_image = social.twitter_image.clone().or_else(|| settings.cover_image.clone());
            return said;
        }
        Of::Section(section) => (Social::default(), section.name.clone(), section.description.clone()),
        Of::Dates(dates) => (Social::default(), dates.name(), None),
        Of::Tag(tag) => {
            let dress = &tag.dress;
            if let Some(url) = &dress.canonical_url {
                head.canonical = Some(furniture.absolute(url));
            }
            head.code_head.push_str(dress.codeinjection_head.as_deref().unwrap_or_default());
            head.code_foot.push_str(dress.codeinjection_foot.as_deref().unwrap_or_default());
            let image = || dress.feature_image.clone().or_else(|| settings.cover_image.clone());
            said.og_image = dress.social.og_image.clone().or_else(image);
            said.twitter_image = dress.social.twitter_image.clone().or_else(image);
            (dress.social.clone(), tag.name.clone(), tag.description.clone())
        }
        Of::Author(author) => {
            let profile = &author.profile;
            said.kind = "profile";
            said.og_image = profile.cover_image.clone();
            said.twitter_image = profile.cover_image.clone();
            said.author = Some(Arc::new(author.clone()));
            let social = Social { meta_description: profile.meta_description.clone(), ..Social::default() };
            (social, author.name.clone(), author.bio.clone())
        }
    };
    let plain = format!("{name} - {}", settings.title);
    // A title of its own has no number of the page behind it.
    head.title_is_whole = own.meta_title.is_some();
    head.title = own.meta_title.clone().unwrap_or_else(|| plain.clone());
    let description = own.meta_description.clone().or(description);
    head.description = description.clone().filter(|text| is_first && !text.is_empty());
    said.og_title = own.og_title.clone().or_else(|| own.meta_title.clone()).unwrap_or_else(|| plain.clone());
    said.twitter_title = own.twitter_title.clone().or(own.meta_title).unwrap_or(plain);
    let or_site =
        |own: Option<String>| own.or_else(|| description.clone()).or_else(|| settings.social.meta_description.clone());
    said.og_description = or_site(own.og_description);
    said.twitter_description = or_site(own.twitter_description);
    said
}

fn article(head: &mut Head, furniture: &Furniture, post: &Arc<Post>) -> Said {
    let settings = &furniture.settings;
    let article = &post.article;
    let extras = &article.extras;
    let headline = article.headline.as_str();
    let title = extras.meta_title.as_deref().unwrap_or(headline);
    head.title = title.to_owned();
    head.title_is_whole = true;
    head.description = extras.meta_description.clone().or_else(|| article.standfirst.clone());
    if let Some(url) = &extras.canonical_url {
        head.canonical = Some(furniture.absolute(url));
    }
    head.code_head.push_str(extras.codeinjection_head.as_deref().unwrap_or_default());
    head.code_foot.push_str(extras.codeinjection_foot.as_deref().unwrap_or_default());

    let begins =
        || Some(theme::first_words(&post.derived.excerpt, CARD_WORDS).to_owned()).filter(|text| !text.is_empty());
    let description = |own: &Option<String>| {
        let own = own.clone().or_else(|| article.standfirst.clone()).or_else(|| extras.meta_description.clone());
        own.or_else(begins).or_else(|| Some(settings.description.clone()))
    };
    let picture = article.lead_picture.as_ref();
    let image = |own: &Option<String>, site: &Option<String>| {
        let lead = || picture.and_then(|picture| picture.src.clone());
        own.clone().or_else(lead).or_else(|| site.clone()).or_else(|| settings.cover_image.clone())
    };
    let mut about = Vec::new();
    let mut meta = |name: &str, content: String| about.push(Meta::property(name, content));
    if let Some(at) = article.published_at {
        meta("article:published_time", furniture.utc(at));
        meta("article:modified_time", furniture.utc(article.updated_at));
    }
    let keywords = keywords(post);
    for tag in &keywords {
        meta("article:tag", tag.clone());
    }
    if let Some(section) = &article.section {
        meta("article:section", furniture.section(section).map_or_else(|| section.name(), |s| s.name.clone()));
    }
    if extras.og_image.is_none()
        && let Some(alt) = picture.and_then(|picture| picture.alt.clone())
    {
        meta("og:image:alt", alt);
    }
    if article.extras.unlisted {
        head.metas.push(Meta::name("robots", "noindex"));
    } else if article.kind == Kind::Article {
        head.metas.push(Meta::name("robots", "max-image-preview:large"));
    }
    Said {
        kind: if article.kind == Kind::Article { "article" } else { "website" },
        og_title: extras.og_title.as_deref().unwrap_or(title).to_owned(),
        og_description: description(&extras.og_description),
        og_image: image(&extras.og_image, &settings.social.og_image),
        twitter_title: extras.twitter_title.as_deref().unwrap_or(title).to_owned(),
        twitter_description: description(&extras.twitter_description),
        twitter_image: image(&extras.twitter_image, &settings.social.twitter_image),
        about,
        author: post.authors.first().cloned(),
        keywords,
    }
}

/// Open Graph and the card of X.
async fn card(head: &mut Head, furniture: &Furniture, said: Said) {
    let settings = &furniture.settings;
    let canonical = head.canonical.clone().unwrap_or_default();
    let trimmed = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let og_image = measured::for_card(furniture, said.og_image.as_deref()).await;
    let twitter_image = measured::for_card(furniture, said.twitter_image.as_deref()).await;
    let metas = &mut head.metas;
    let mut property = |name: &str, content: Option<String>| {
        metas.extend(content.map(|content| Meta::property(name, content)));
    };
    property("og:site_name", Some(settings.title.clone()));
    property("og:type", Some(said.kind.to_owned()));
    property("og:title", Some(said.og_title));
    property("og:description", trimmed(said.og_description));
    property("og:url", Some(canonical.clone()));
    property("og:locale", Some(settings.locale.replace('-', "_")));
    property("og:image", og_image.as_ref().map(|image| image.url.clone()));
    if let Some((width, height)) = og_image.as_ref().and_then(|image| image.size) {
        property("og:image:width", Some(width.to_string()));
        property("og:image:height", Some(height.to_string()));
    }
    let of = |network: &str, handle: Option<&str>| handle.and_then(|handle| social::address(network, handle));
    let accounts = said.author.as_ref().map(|author| &author.profile.accounts);
    property("article:publisher", of("facebook", settings.accounts.facebook.as_deref()));
    property("article:author", of("facebook", accounts.and_then(|accounts| accounts.facebook.as_deref())));
    metas.extend(said.about);
    let mut name = |name: &str, content: Option<String>| metas.extend(content.map(|content| Meta::name(name, content)));
    let is_large = twitter_image.is_some();
    name("twitter:card", Some(if is_large { "summary_large_image" } else { "summary" }.to_owned()));
    name("twitter:title", Some(said.twitter_title));
    name("twitter:description", trimmed(said.twitter_description));
    name("twitter:url", Some(canonical));
    name("twitter:image", twitter_image.map(|image| image.url));
    if said.kind != "profile"
        && let Some(author) = &said.author
    {
        name("twitter:label1", Some("Written by".into()));
        name("twitter:data1", Some(author.name.clone()));
    }
    if !said.keywords.is_empty() {
        name("twitter:label2", Some("Filed under".into()));
        name("twitter:data2", Some(said.keywords.join(", ")));
    }
    name("twitter:site", settings.accounts.twitter.clone());
    name("twitter:creator", accounts.and_then(|accounts| accounts.twitter.clone()));
}

/// Our own paths become full addresses; full addresses stay.
pub fn absolute(furniture: &Furniture, url: &str) -> String {
    furniture.absolute(url)
}

/// At most `most` characters, cut at a space, with an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_is_cut_between_words() {
        assert_eq!(shortened("one two\n three", 50), "one two three");
        assert_eq!(shortened("one two, three four", 10), "one two…");
        assert_eq!(shortened("einhundertelf", 3), "ein…");
    }
}
