//! Structured data: schema.org objects, each on its own (crawlers look past `@graph`).

use news::{Article, Kind, LeadPicture};
use serde_json::{Map, Value, json};

use super::furniture::Furniture;
use super::head::{Subject, absolute, shortened};
use super::lists::Of;
use super::values::{Post, credit_of};
use crate::Error;

/// The objects of a page.
pub fn of(furniture: &Furniture, subject: &Subject, path: &str) -> Result<Vec<Value>, Error> {
    let mut objects = Vec::new();
    match subject {
        Subject::List { of: Of::Front, .. } => {
            objects.push(organisation(furniture));
            objects.push(json!({
                "@context": "https://schema.org", "@type": "WebSite",
                "name": furniture.settings.title, "url": furniture.full("/"),
                "inLanguage": furniture.settings.locale,
                "publisher": { "@id": furniture.full("/#organisation") },
            }));
        }
        Subject::List { of, .. } => {
            if let Of::Author(author) = of {
                objects.push(tidy(json!({
                    "@context": "https://schema.org", "@type": "Person",
                    "name": author.name, "url": furniture.full(&furniture.author_url(author)),
                    "jobTitle": author.role, "description": author.bio,
                    "image": author.portrait.as_deref().map(|src| absolute(furniture, src)),
                    "worksFor": { "@id": furniture.full("/#organisation") },
                })));
            }
            let mut crumbs = match of {
                Of::Section(section) => furniture.breadcrumb(Some(&section.path)),
                _ => furniture.breadcrumb(None),
            };
            if !matches!(of, Of::Section(_))
                && let Some((name, _)) = of.words()
            {
                crumbs.push((name.into_owned(), of.url(furniture)));
            }
            objects.push(breadcrumb(furniture, &crumbs));
        }
        Subject::Article(post) => {
            objects.push(article(furniture, post, path)?);
            if let Some(picture) = post.article.lead_picture.as_ref().and_then(|p| image(furniture, p)) {
                objects.push(picture);
            }
            let mut crumbs = furniture.breadcrumb(post.article.section.as_ref());
            crumbs.push((post.article.headline.to_string(), path.to_owned()));
            objects.push(breadcrumb(furniture, &crumbs));
            objects.push(organisation(furniture));
        }
        Subject::Record { title, .. } => {
            let mut crumbs = furniture.breadcrumb(None);
            if path.starts_with("/corrections/") {
                crumbs.push((title.clone(), "/corrections/".to_owned()));
            } else {
                crumbs.push(("The record".to_owned(), "/record/".to_owned()));
            }
            if path.starts_with("/record/") && !path.starts_with("/record/page/") && path != "/record/" {
                crumbs.push((title.clone(), path.to_owned()));
            }
            objects.push(breadcrumb(furniture, &crumbs));
        }
        Subject::Error => {}
    }
    Ok(objects)
}

/// The names of its public tags, its section first.
pub(super) fn keywords(post: &Post) -> Vec<String> {
    let section = post.section_name();
    section.into_iter().chain(post.public_tags().map(|tag| tag.name.clone())).collect()
}

fn article(furniture: &Furniture, post: &Post, path: &str) -> Result<Value, Error> {
    let Article { headline, section, published_at, updated_at, .. } = &post.article;
    let url = furniture.full(path);
    let kind = match post.article.kind {
        Kind::Article => "NewsArticle",
        Kind::Page => "WebPage",
    };
    let authors: Vec<Value> = post
        .authors
        .iter()
        .map(|author| {
            tidy(json!({
                "@type": "Person", "name": author.name, "url": furniture.full(&furniture.author_url(author)), "jobTitle": author.role,
                "sameAs": elsewhere(author),
            }))
        })
        .collect();
    let picture = post.article.lead_picture.as_ref().and_then(|p| p.src.as_deref());
    let corrections: Vec<Value> = post
        .whole
        .iter()
        .flat_map(|whole| &whole.corrections)
        .map(|c| json!({ "@type": "CorrectionComment", "text": c.text, "datePublished": furniture.time(c.at) }))
        .collect();
    let keywords = keywords(post);
    let words = post.whole.as_ref().map(|whole| whole.words);
    let named = if kind == "NewsArticle" { "headline" } else { "name" };
    let mut object = json!({
        "@context": "https://schema.org", "@type": kind, "@id": format!("{url}#article"),
        "url": url, "mainEntityOfPage": url,
        "description": Some(shortened(post.excerpt(), 300)).filter(|text| !text.is_empty()),
        "datePublished": published_at.map(|at| furniture.time(at)),
        "dateModified": published_at.map(|at| furniture.time((*updated_at).max(at))),
        "inLanguage": furniture.settings.locale,
        "publisher": { "@id": furniture.full("/#organisation") },
        "image": picture.map(|src| absolute(furniture, src)),
        "isAccessibleForFree": post.is_open(),
    });
    object[named] = headline.as_str().into();
    if kind == "NewsArticle" {
        object["author"] = if authors.is_empty() {
            json!({ "@type": "Organization", "name": furniture.settings.title, "url": furniture.full("/") })
        } else {
            authors.into()
        };
        object["articleSection"] =
            section.as_ref().map(|path| furniture.section(path).map_or_else(|| path.name(), |s| s.name.clone())).into();
        object["wordCount"] = words.into();
        object["keywords"] = if keywords.is_empty() { Value::Null } else { keywords.into() };
    }
    if !corrections.is_empty() {
        object["correction"] = corrections.into();
    }
    Ok(tidy(object))
}

/// Where else an author is found.
fn elsewhere(author: &news::Author) -> Value {
    let accounts = author.profile.accounts.all().into_iter();
    let accounts = accounts.filter_map(|(network, handle)| theme::social::address(network, handle?));
    let all: Vec<String> = author.website.iter().cloned().chain(accounts).collect();
    if all.is_empty() { Value::Null } else { all.into() }
}

/// The lead picture with its rights: what image search asks for the licence badge.
fn image(furniture: &Furniture, picture: &LeadPicture) -> Option<Value> {
    let src = picture.src.as_deref()?;
    let credit = credit_of(Some(picture));
    let licence = credit.and_then(|credit| credit.licence());
    let creator = credit.and_then(|credit| match (&credit.creator, &credit.organisation) {
        (Some(name), _) => Some(json!({ "@type": "Person", "name": name })),
        (None, Some(name)) => Some(json!({ "@type": "Organization", "name": name })),
        _ => None,
    });
    let by = credit.and_then(|credit| credit.creator.as_deref().or(credit.organisation.as_deref()));
    Some(tidy(json!({
        "@context": "https://schema.org", "@type": "ImageObject",
        "contentUrl": absolute(furniture, src),
        "width": picture.width, "height": picture.height,
        "caption": picture.caption,
        "name": credit.and_then(|credit| credit.title.as_deref()),
        "creator": creator,
        "creditText": credit.map(|credit| credit.text.as_str()),
        "copyrightNotice": by,
        "license": licence.and_then(|licence| licence.url),
        "acquireLicensePage": credit.and_then(|credit| credit.source_url.as_deref()),
    })))
}

fn breadcrumb(furniture: &Furniture, crumbs: &[(String, String)]) -> Value {
    let items: Vec<Value> = (1..)
        .zip(crumbs)
        .map(|(position, (name, url))| {
            json!({ "@type": "ListItem", "position": position, "name": name, "item": furniture.full(url) })
        })
        .collect();
    json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
}

fn organisation(furniture: &Furniture) -> Value {
    let s = &furniture.settings;
    let policy = |path: &Option<String>| path.as_deref().map(|path| absolute(furniture, path));
    let logo = s.logo.as_deref().or(s.icon.as_deref());
    tidy(json!({
        "@context": "https://schema.org", "@type": "NewsMediaOrganization", "@id": furniture.full("/#organisation"),
        "name": s.title, "url": furniture.full("/"),
        "description": Some(&s.about).filter(|text| !text.is_empty()),
        "email": Some(&s.email).filter(|text| !text.is_empty()),
        "logo": logo.map(|src| absolute(furniture, src)),
        "correctionsPolicy": policy(&s.policies.corrections),
        "ethicsPolicy": policy(&s.policies.ethics),
        "ownershipFundingInfo": policy(&s.policies.ownership),
        "masthead": policy(&s.policies.masthead),
    }))
}

/// Leaves out what is null: an absent fact is not a fact.
fn tidy(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: Map<String, Value> =
                fields.into_iter().filter(|(_, v)| !v.is_null()).map(|(name, v)| (name, tidy(v))).collect();
            Value::Object(fields)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(tidy).collect()),
        other => other,
    }
}
