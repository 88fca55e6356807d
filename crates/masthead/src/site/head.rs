//! What a page says about itself to machines: canonical, Open Graph, feeds, structured data.

use std::sync::Arc;

use news::Kind;
use theme::{Feed, Head, Meta};

use super::furniture::Furniture;
use super::lists::{Of, Pages};
use super::structured;
use super::values::Post;
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
    /// A page of the record.
    Record {
        /// Its title.
        title: String,
        /// One sentence.
        description: String,
    },
    /// An error: nothing to say.
    Error,
}

/// Makes the head of a page that stands at `path`.
pub fn of(furniture: &Furniture, subject: &Subject<'_>, path: &str) -> Result<Head, Error> {
    let settings = &furniture.settings;
    let mut head = Head {
        icon: Some(settings.icon.clone().unwrap_or_else(|| "/favicon.ico".into())),
        accent_color: settings.accent_color.clone(),
        generator: Some("Masthead".into()),
        code_head: settings.codeinjection_head.clone().unwrap_or_default(),
        code_foot: settings.codeinjection_foot.clone().unwrap_or_default(),
        feeds: vec![
            Feed::rss(&settings.title, furniture.full("/rss/")),
            Feed::json(&settings.title, furniture.full("/feed.json")),
        ],
        ..Head::default()
    };
    match subject {
        Subject::List { of, posts, pages } => list(&mut head, furniture, of, posts, pages, path),
        Subject::Article(post) => article(&mut head, furniture, post, path),
        Subject::Record { title, description } => {
            common(&mut head, furniture, title, Some(description), path, "website");
            head.title = format!("{title} – {}", settings.title);
            head.description = Some(description.clone());
        }
        Subject::Error => head.title = settings.title.clone(),
    }
    if !matches!(subject, Subject::Error) {
        head.json_ld = structured::of(furniture, subject, path)?;
    }
    Ok(head)
}

fn list(head: &mut Head, furniture: &Furniture, of: &Of, posts: &[Arc<Post>], pages: &Pages, path: &str) {
    let settings = &furniture.settings;
    let own = of.words().map(|(name, description)| (name.to_owned(), description.map(str::to_owned)));
    let (title, description) = match own {
        Some((name, description)) => (format!("{name} – {}", settings.title), description),
        None => (settings.title.clone(), None),
    };
    let description = description.or_else(|| Some(settings.description.clone())).filter(|text| !text.is_empty());
    let page = |n: i64| if n == 1 { of.url() } else { format!("{}page/{n}/", of.url()) };
    head.prev = pages.prev().map(|n| furniture.full(&page(n)));
    head.next = pages.next().map(|n| furniture.full(&page(n)));
    if !matches!(of, Of::Front) {
        head.feeds.insert(0, Feed::rss(&title, furniture.full(&format!("{}rss/", of.url()))));
    }
    let picture = posts.iter().find_map(|post| post.article.lead_picture.as_ref()?.src.clone());
    common(head, furniture, &title, description.as_deref(), path, "website");
    let picture = settings.cover_image.clone().or(picture);
    if let Some(src) = picture {
        head.metas.push(Meta::property("og:image", absolute(furniture, &src)));
        head.metas.push(Meta::name("twitter:card", "summary_large_image"));
    } else {
        head.metas.push(Meta::name("twitter:card", "summary"));
    }
    head.title = title;
    head.description = description;
}

fn article(head: &mut Head, furniture: &Furniture, post: &Post, path: &str) {
    let article = &post.article;
    let extras = &article.extras;
    let headline = article.headline.as_str();
    let title = extras.meta_title.as_deref().unwrap_or(headline);
    let description = extras.meta_description.as_deref().unwrap_or(post.excerpt());
    let description = shortened(description, 300);
    let social = extras.og_title.as_deref().unwrap_or(headline);
    let social_description = extras.og_description.clone().unwrap_or_else(|| description.clone());
    let kind = if article.kind == Kind::Article { "article" } else { "website" };
    common(head, furniture, social, Some(social_description.as_str()), path, kind);
    if let Some(url) = &extras.canonical_url {
        head.canonical = Some(absolute(furniture, url));
    }
    let picture = article.lead_picture.as_ref();
    let src = extras.og_image.as_deref().or(picture.and_then(|p| p.src.as_deref()));
    if let Some(src) = src {
        let mut meta = |name: &str, content: String| head.metas.push(Meta::property(name, content));
        meta("og:image", absolute(furniture, src));
        if extras.og_image.is_none()
            && let Some(picture) = picture
        {
            if let (Some(width), Some(height)) = (picture.width, picture.height) {
                meta("og:image:width", width.to_string());
                meta("og:image:height", height.to_string());
            }
            if let Some(alt) = &picture.alt {
                meta("og:image:alt", alt.clone());
            }
        }
    }
    let card = if src.is_some() { "summary_large_image" } else { "summary" };
    head.metas.push(Meta::name("twitter:card", card));
    if article.kind == Kind::Article {
        let mut meta = |name: &str, content: String| head.metas.push(Meta::property(name, content));
        if let Some(at) = article.published_at {
            meta("article:published_time", furniture.time(at));
        }
        if let Some(at) = article.updated_on() {
            meta("article:modified_time", furniture.time(at));
        }
        if let Some(section) = &article.section {
            meta("article:section", furniture.section(section).map_or_else(|| section.name(), |s| s.name.clone()));
        }
        for tag in post.public_tags() {
            meta("article:tag", tag.name.clone());
        }
        head.metas.push(Meta::name("robots", "max-image-preview:large"));
    }
    head.title = title.to_owned();
    head.description = Some(description).filter(|text| !text.is_empty());
    head.code_head.push_str(extras.codeinjection_head.as_deref().unwrap_or_default());
    head.code_foot.push_str(extras.codeinjection_foot.as_deref().unwrap_or_default());
}

fn common(head: &mut Head, furniture: &Furniture, title: &str, description: Option<&str>, path: &str, kind: &str) {
    let settings = &furniture.settings;
    head.canonical = Some(furniture.full(path));
    head.metas.push(Meta::property("og:site_name", &settings.title));
    head.metas.push(Meta::property("og:type", kind));
    head.metas.push(Meta::property("og:title", title));
    if let Some(description) = description.filter(|text| !text.is_empty()) {
        head.metas.push(Meta::property("og:description", description));
    }
    head.metas.push(Meta::property("og:url", furniture.full(path)));
    head.metas.push(Meta::property("og:locale", settings.locale.replace('-', "_")));
}

/// Our own paths become full addresses; full addresses stay.
pub fn absolute(furniture: &Furniture, url: &str) -> String {
    if url.starts_with('/') { furniture.full(url) } else { url.to_owned() }
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
