//! Between an article and the papers that the desk shows.

use news::article::Extras;
use news::settings::is_web_address;
use news::{Access, Author, Headline, Id, LeadPicture, Role, SectionPath, Slug, Tag, limits};

use super::shape;
use crate::App;
use crate::actions::edit::Change;
use crate::actions::names;
use crate::desk::refusal::Refusal;

/// The papers of an article.
pub async fn of(app: &App, article: &news::Article) -> Result<shape::Papers, store::Broken> {
    let tags = store::tag::by_ids(&app.store, &article.tags.iter().collect::<Vec<_>>()).await?;
    let authors = store::author::by_ids(&app.store, &article.authors.iter().collect::<Vec<_>>()).await?;
    let tag = |id: &Id| tags.iter().find(|tag: &&Tag| tag.id == *id).map(|tag| named(&tag.id, &tag.name));
    let author = |id: &Id| authors.iter().find(|a: &&Author| a.id == *id).map(|a| named(&a.id, &a.name));
    let e = &article.extras;
    Ok(shape::Papers {
        headline: article.headline.to_string(),
        standfirst: article.standfirst.clone(),
        slug: article.slug.to_string(),
        section: article.section.as_ref().map(ToString::to_string),
        tags: article.tags.iter().filter_map(tag).collect(),
        authors: article.authors.iter().filter_map(author).collect(),
        lead_picture: article.lead_picture.as_ref().and_then(lead_picture),
        access: article.access.word().to_owned(),
        featured: article.featured,
        template: e.custom_template.clone(),
        meta_title: e.meta_title.clone(),
        meta_description: e.meta_description.clone(),
        canonical_url: e.canonical_url.clone(),
        og_title: e.og_title.clone(),
        og_description: e.og_description.clone(),
        og_image: e.og_image.clone(),
        twitter_title: e.twitter_title.clone(),
        twitter_description: e.twitter_description.clone(),
        twitter_image: e.twitter_image.clone(),
        dated: article.published_at.map(jiff::Timestamp::as_millisecond),
    })
}

fn named(id: &Id, name: &str) -> shape::NamedRef {
    shape::NamedRef { id: Some(id.to_string()), name: name.to_owned() }
}

fn lead_picture(picture: &LeadPicture) -> Option<shape::LeadPicture> {
    Some(shape::LeadPicture {
        src: picture.src.clone()?,
        width: picture.width,
        height: picture.height,
        alt: picture.alt.clone(),
        caption: picture.caption.clone(),
        credit: picture.credit.as_ref().map(credit),
    })
}

/// Whose a picture is, as the desk shows it.
pub fn credit(credit: &news::Credit) -> shape::Credit {
    shape::Credit {
        text: credit.text.clone(),
        title: credit.title.clone(),
        creator: credit.creator.clone(),
        organisation: credit.organisation.clone(),
        date: credit.date.map(|date| date.to_string()),
        source: credit.source.clone(),
        source_url: credit.source_url.clone(),
        licence: credit.licence.clone(),
    }
}

/// Whose a picture is, as the desk says it. The line is made of the parts where it was not written by hand; one that
/// was is read for the parts.
pub fn read_credit(given: shape::Credit) -> Result<Option<news::Credit>, Refusal> {
    let clean = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let date = match clean(given.date) {
        Some(text) => match news::date::date_in(&text) {
            Some((date, _)) => Some(date),
            None => return Err(Refusal::field("credit.date", format!("“{text}” is no date; write 2026-11-28"))),
        },
        None => None,
    };
    let licence = clean(given.licence);
    if let Some(id) = &licence
        && news::Licence::by_id(id).is_none()
    {
        return Err(Refusal::field("credit.licence", format!("there is no licence “{id}” in the catalogue")));
    }
    let mut credit = news::Credit {
        text: given.text.trim().to_owned(),
        title: clean(given.title),
        creator: clean(given.creator),
        organisation: clean(given.organisation),
        date,
        source: clean(given.source),
        source_url: clean(given.source_url),
        licence,
    };
    let longest = [&credit.title, &credit.creator, &credit.organisation, &credit.source, &credit.source_url];
    if longest.into_iter().flatten().chain([&credit.text]).any(|text| text.chars().count() > limits::META_CHARACTERS) {
        let most = limits::META_CHARACTERS;
        return Err(Refusal::field("credit", format!("a part of a credit has at most {most} characters")));
    }
    if credit.text.is_empty() {
        let licence = credit.licence().map(|licence| licence.name.to_owned());
        let source = credit.source.clone();
        let parts = [credit.creator.clone(), credit.organisation.clone(), source, licence];
        credit.text = parts.into_iter().flatten().collect::<Vec<_>>().join(" / ");
    }
    Ok((!credit.text.is_empty()).then_some(credit))
}

/// What papers ask to be changed in an article by somebody of this role. Tags and authors that are not there yet are
/// made; with no role, nothing is: a look at a text that is being written makes nothing.
pub async fn change(
    app: &App,
    papers: shape::Papers,
    body: Option<String>,
    role: Option<Role>,
) -> Result<Change, Refusal> {
    let make = role.is_some();
    let headline = match papers.headline.trim() {
        "" => None, // a headline that is being written anew
        text => Some(Headline::parse(text).map_err(|why| Refusal::field("headline", why.to_string()))?),
    };
    let slug = match papers.slug.trim() {
        "" => None,
        // One that is none yet is made into one; one that came from elsewhere keeps its shape.
        text => Some(
            Slug::parse(text)
                .ok()
                .or_else(|| Slug::of(text))
                .ok_or_else(|| Refusal::field("slug", "use letters, digits and hyphens"))?,
        ),
    };
    let section = match papers.section.as_deref().map(str::trim).filter(|path| !path.is_empty()) {
        Some(path) => Some(SectionPath::parse(path).map_err(|why| Refusal::field("section", why.to_string()))?),
        None => None,
    };
    if let (Some(section), Some(role)) = (&section, role)
        && !role.is_at_least(Role::Editor)
        && store::section::at(&app.store, section).await?.is_none()
    {
        // A new section stands in every menu.
        return Err(Refusal::field("section", format!("there is no section {section}; an editor can make it")));
    }
    for (field, address) in [
        ("canonical_url", &papers.canonical_url),
        ("og_image", &papers.og_image),
        ("twitter_image", &papers.twitter_image),
        ("lead_picture", &papers.lead_picture.as_ref().map(|picture| picture.src.clone())),
    ] {
        if address.as_deref().is_some_and(|address| !is_web_address(address)) {
            return Err(Refusal::field(field, "write a web address, or a path of this magazine"));
        }
    }
    if papers.tags.len() > limits::TAGS {
        return Err(Refusal::field("tags", format!("an article has at most {} tags", limits::TAGS)));
    }
    if papers.authors.len() > limits::AUTHORS {
        return Err(Refusal::field("authors", format!("an article has at most {} authors", limits::AUTHORS)));
    }
    let mut tags = Vec::new();
    for tag in &papers.tags {
        match id(tag, "tags")? {
            Some(id) => tags.push(id),
            None if make => tags.push(names::tag_named(app, &tag.name).await?.id),
            None => {}
        }
    }
    let mut authors = Vec::new();
    for author in &papers.authors {
        match id(author, "authors")? {
            Some(id) => authors.push(id),
            None if make => authors.push(names::author_named(app, &author.name).await?.id),
            None => {}
        }
    }
    let known = store::tag::by_ids(&app.store, &tags.iter().collect::<Vec<_>>()).await?;
    tags.retain(|id| known.iter().any(|tag| tag.id == *id));
    let known = store::author::by_ids(&app.store, &authors.iter().collect::<Vec<_>>()).await?;
    authors.retain(|id| known.iter().any(|author| author.id == *id));
    let mut once = std::collections::HashSet::new();
    tags.retain(|id| once.insert(id.clone()));
    authors.retain(|id| once.insert(id.clone()));
    let access = Access::of(&papers.access, Vec::new())
        .ok_or_else(|| Refusal::field("access", "choose public, members, paid or tiers"))?;
    let lead_picture = match papers.lead_picture {
        Some(picture) if !picture.src.trim().is_empty() => Some(LeadPicture {
            src: Some(picture.src.trim().to_owned()),
            width: picture.width,
            height: picture.height,
            alt: picture.alt.filter(|alt| !alt.trim().is_empty()),
            caption: picture.caption.filter(|caption| !caption.trim().is_empty()),
            caption_html: None,
            credit: picture.credit.map(read_credit).transpose()?.flatten(),
        }),
        _ => None,
    };
    let dated = papers
        .dated
        .map(|at| jiff::Timestamp::from_millisecond(at).map_err(|_| Refusal::field("dated", "this is no date")))
        .transpose()?;
    let clean = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Change {
        headline,
        slug,
        standfirst: Some(clean(papers.standfirst)),
        body,
        section: Some(section),
        tags: Some(tags),
        authors: Some(authors),
        lead_picture: Some(lead_picture),
        access: Some(access),
        featured: Some(papers.featured),
        extras: Some(Extras {
            custom_template: clean(papers.template),
            meta_title: clean(papers.meta_title),
            meta_description: clean(papers.meta_description),
            canonical_url: clean(papers.canonical_url),
            og_title: clean(papers.og_title),
            og_description: clean(papers.og_description),
            og_image: clean(papers.og_image),
            twitter_title: clean(papers.twitter_title),
            twitter_description: clean(papers.twitter_description),
            twitter_image: clean(papers.twitter_image),
            ..Extras::default()
        }),
        published_at: Some(dated),
    })
}

/// What the desk does not show stays as it was: fields of other doors, the caption as another client wrote it.
pub fn keep_unseen(change: &mut Change, before: &news::Article) {
    if let Some(extras) = change.extras.take() {
        change.extras = Some(Extras {
            custom_template: extras.custom_template,
            meta_title: extras.meta_title,
            meta_description: extras.meta_description,
            canonical_url: extras.canonical_url,
            og_title: extras.og_title,
            og_description: extras.og_description,
            og_image: extras.og_image,
            twitter_title: extras.twitter_title,
            twitter_description: extras.twitter_description,
            twitter_image: extras.twitter_image,
            ..before.extras.clone()
        });
    }
    if let (Some(Some(picture)), Some(was)) = (&mut change.lead_picture, &before.lead_picture)
        && picture.caption == was.caption
    {
        picture.caption_html = was.caption_html.clone();
    }
    // The desk shows no picture that has no file; what is said of it stays.
    if change.lead_picture == Some(None) && before.lead_picture.as_ref().is_some_and(|was| was.src.is_none()) {
        change.lead_picture = None;
    }
    if let (Some(access), Access::Tiers(_)) = (&mut change.access, &before.access)
        && access.word() == "tiers"
    {
        *access = before.access.clone();
    }
    // The date of what is public is that of its publication, unless somebody says another.
    if change.published_at == Some(None) && before.published_at.is_some() && before.is_public() {
        change.published_at = None;
    }
}

fn id(named: &shape::NamedRef, field: &str) -> Result<Option<Id>, Refusal> {
    let id = named.id.as_deref().map(Id::parse).transpose();
    id.map_err(|_| Refusal::field(field, format!("“{}” is not known", named.name)))
}

/// What differs between the papers of two versions, in words.
pub fn differences(old: &shape::Papers, new: &shape::Papers) -> Vec<shape::PaperChange> {
    let (old, new) = (serde_json::to_value(old), serde_json::to_value(new));
    let (Ok(serde_json::Value::Object(old)), Ok(serde_json::Value::Object(new))) = (old, new) else {
        return Vec::new();
    };
    new.iter()
        .filter(|(field, value)| old.get(*field) != Some(value))
        .map(|(field, value)| shape::PaperChange {
            field: field.clone(),
            old: old.get(field).map(words).unwrap_or_default(),
            new: words(value),
        })
        .collect()
}

/// A field as somebody reads it.
fn words(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
        serde_json::Value::Object(fields) => match fields.get("name").or(fields.get("src")) {
            Some(name) => words(name),
            None => value.to_string(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_desk_does_not_show_stays_as_it_was() {
        let was = Extras {
            uuid: Some("u".into()),
            comment_id: Some("7".into()),
            show_title_and_feature_image: Some(false),
            email_subject: Some("Good morning".into()),
            meta_title: Some("Old".into()),
            ..Extras::default()
        };
        let json = serde_json::json!({
            "id": "000000000000000000000001", "kind": "page", "headline": "x", "slug": "x", "standfirst": null, "body": "",
            "section": null, "tags": [], "authors": [], "lead_picture": null, "status": "draft", "access": "public",
            "featured": false, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
            "published_at": null, "first_published_at": null, "path": null, "version": 1, "extras": was,
        });
        let before: news::Article = serde_json::from_value(json).unwrap();
        let new = Extras { meta_title: Some("New".into()), ..Extras::default() };
        let mut change = Change { extras: Some(new), ..Change::default() };
        keep_unseen(&mut change, &before);
        assert_eq!(change.extras, Some(Extras { meta_title: Some("New".into()), ..was }));
    }
}
