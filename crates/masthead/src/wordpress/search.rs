//! `search`: what has these words, whatever it is.

use std::sync::Arc;

use news::Place;
use serde_json::{Value as Json, json};

use super::asked::Asked;
use super::collection::Collection;
use super::find::{self, Found};
use super::number;
use super::shape::{Links, article, type_of, words};
use super::terms::{self, Term};
use crate::Error;
use crate::site::Post;
use crate::site::furniture::Furniture;

/// Articles first, static pages behind them; or terms.
pub async fn search(furniture: &Arc<Furniture>, asked: &Asked) -> Result<(Vec<Json>, usize, Vec<Place>), Error> {
    let is_wanted = |kind: &str| asked.subtypes.is_empty() || asked.subtypes.iter().any(|wanted| wanted == kind);
    if asked.finds_terms {
        let mut all = Vec::new();
        if is_wanted("category") {
            all.extend(terms::sections(furniture).await?);
        }
        if is_wanted("post_tag") {
            all.extend(terms::tags(furniture).await?);
        }
        let (found, total) = terms::part(all, asked);
        let found = found.iter().map(|term| asked.kept(found_term(furniture, term))).collect();
        return Ok((found, total, vec![Place::Front]));
    }
    let (skip, take) = asked.window();
    let (mut all, mut places) = (Found::default(), Vec::new());
    for (kind, collection) in [("post", Collection::Posts), ("page", Collection::Pages)] {
        if !is_wanted(kind) {
            continue;
        }
        let window = (skip.saturating_sub(all.total), take - all.posts.len());
        let found = find::list(furniture, collection, asked, window).await?;
        all.total += found.total;
        all.posts.extend(found.posts);
        places.extend(found.places);
    }
    places.extend(all.posts.iter().map(|post| Place::Article(post.article.id.clone())));
    let found = all.posts.iter().map(|post| found_post(post, asked)).collect();
    Ok((found, all.total, places))
}

fn found_post(post: &Post, asked: &Asked) -> Json {
    let (links, kind) = (Links::of(post.furniture()), type_of(post.article.kind));
    let number = number::of(&post.article.id);
    let thing = json!({
        "id": number, "title": words(post.article.headline.as_str()), "url": post.furniture().full(post.path()),
        "type": "post", "subtype": kind,
        "_links": {
            "self": links.embeddable(&format!("{kind}s/{number}")),
            "about": links.to(&format!("types/{kind}")),
            "collection": links.to("search"),
        },
    });
    let mut kept = asked.kept(thing);
    if asked.embeds("self") {
        kept["_embedded"] = json!({ "self": [article(post, true, false)] });
    }
    kept
}

fn found_term(furniture: &Furniture, term: &Term) -> Json {
    let links = Links::of(furniture);
    json!({
        "id": term.number, "title": words(&term.name), "url": term.link, "type": "term", "subtype": term.taxonomy(),
        "_links": {
            "self": links.embeddable(&format!("{}/{}", term.collection().name(), term.number)),
            "about": links.to(&format!("taxonomies/{}", term.taxonomy())),
            "collection": links.to("search"),
        },
    })
}
