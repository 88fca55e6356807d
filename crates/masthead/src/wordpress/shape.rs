//! Things as JSON: WordPress's names, in WordPress's order. `rendered` is HTML, names and titles too.

use jiff::Timestamp;
use manuscript::Web;
use news::{Author, Kind};
use serde_json::{Map, Value as Json, json};

use super::asked::Asked;
use super::collection::Collection;
use super::media::{media, src_of, url_of};
use super::number;
use super::terms::{Term, sections_of, tags_of};
use crate::site::Post;
use crate::site::furniture::Furniture;

/// Everything below this is answered here.
pub const BASE: &str = "/wp-json";
/// The one namespace.
pub const NAMESPACE: &str = "wp/v2";

/// What stands of an article beside other things.
const POST: [&str; 9] = ["id", "date", "slug", "type", "link", "title", "excerpt", "author", "featured_media"];
const TERM: [&str; 5] = ["id", "link", "name", "slug", "taxonomy"];
const USER: [&str; 7] = ["id", "name", "url", "description", "link", "slug", "avatar_urls"];
/// Sizes of portraits that clients of WordPress look for.
const PORTRAITS: [&str; 3] = ["24", "48", "96"];

/// An article, a static page, or the lead picture of one, as far as it is asked for. To be called on a thread that may
/// wait, for its body.
pub fn thing(post: &Post, collection: Collection, asked: &Asked) -> Option<Json> {
    let whole = match collection {
        Collection::Media => media(post, asked.is_brief)?,
        _ => article(post, asked.is_brief, asked.wants("content")),
    };
    let mut kept = asked.kept(whole);
    let embedded = embedded(post, collection, asked);
    if !embedded.is_empty() {
        kept["_embedded"] = embedded.into();
    }
    Some(kept)
}

/// An article or a static page; its body only where it is wanted.
pub fn article(post: &Post, is_brief: bool, with_body: bool) -> Json {
    let (furniture, article) = (post.furniture(), &post.article);
    let is_page = article.kind == Kind::Page;
    let published = article.published_at.unwrap_or(article.created_at);
    let number = number::of(&article.id);
    let mut thing = json!({
        "id": number,
        "date": local(furniture, published), "date_gmt": gmt(published),
        "guid": { "rendered": article.id },
        "modified": local(furniture, article.updated_at), "modified_gmt": gmt(article.updated_at),
        "slug": article.slug, "status": "publish", "type": type_of(article.kind),
        "link": furniture.full(post.path()),
        "title": { "rendered": words(article.headline.as_str()) },
        "content": { "rendered": "", "protected": !post.is_open() },
        "excerpt": { "rendered": paragraph(post.excerpt()), "protected": false },
        "author": post.authors.first().map_or(0, |author| number::of(&author.id)),
        "featured_media": src_of(post).map_or(0, |_| number::of_picture(&article.id)),
    });
    if with_body && !is_brief {
        let html = post.for_clients(false).map(|html| furniture.tagged(html));
        thing["content"]["rendered"] = html.unwrap_or_default().into();
    }
    if is_page {
        thing["parent"] = json!(0);
        thing["menu_order"] = json!(0);
    }
    thing["comment_status"] = "closed".into();
    thing["ping_status"] = "closed".into();
    if !is_page {
        thing["sticky"] = article.featured.into();
    }
    thing["template"] = "".into();
    if !is_page {
        thing["format"] = "standard".into();
    }
    thing["meta"] = json!({ "footnotes": "" });
    if !is_page {
        thing["categories"] = sections_of(post).iter().map(|term| term.number).collect::<Vec<u64>>().into();
        thing["tags"] = tags_of(post).iter().map(|term| term.number).collect::<Vec<u64>>().into();
    }
    // As Jetpack names it: for clients that want the picture and ask no second time.
    thing["jetpack_featured_media_url"] = url_of(post).unwrap_or_default().into();
    thing["_links"] = links_of(post).into();
    if is_brief { brief(thing, &POST) } else { thing }
}

fn links_of(post: &Post) -> Map<String, Json> {
    let (links, article) = (Links::of(post.furniture()), &post.article);
    let (number, collection) = (number::of(&article.id), collection_of(article.kind).name());
    let mut map = Map::new();
    let mut put = |name: &str, link: Json| _ = map.insert(name.to_owned(), link);
    put("self", links.to(&format!("{collection}/{number}")));
    put("collection", links.to(collection));
    put("about", links.to(&format!("types/{}", type_of(article.kind))));
    if !post.authors.is_empty() {
        put("author", links.authors(post));
    }
    put("replies", links.embeddable(&format!("comments?post={number}")));
    if src_of(post).is_some() {
        put("wp:featuredmedia", links.embeddable(&format!("media/{}", number::of_picture(&article.id))));
    }
    put("wp:attachment", links.to(&format!("media?parent={number}")));
    if article.kind == Kind::Article {
        let term = |taxonomy: &str, collection: &str| {
            let href = links.href(&format!("{collection}?post={number}"));
            json!({ "taxonomy": taxonomy, "embeddable": true, "href": href })
        };
        put("wp:term", json!([term("category", "categories"), term("post_tag", "tags")]));
    }
    put("curies", curies());
    map
}

/// What stands in a relation to an article, in the thing itself.
fn embedded(post: &Post, collection: Collection, asked: &Asked) -> Map<String, Json> {
    let furniture = post.furniture();
    let mut map = Map::new();
    if asked.embeds("author") && !post.authors.is_empty() {
        let authors: Vec<Json> = post.authors.iter().map(|author| user(furniture, author, true)).collect();
        map.insert("author".into(), authors.into());
    }
    if collection == Collection::Media {
        return map;
    }
    if asked.embeds("wp:featuredmedia")
        && let Some(picture) = media(post, true)
    {
        map.insert("wp:featuredmedia".into(), json!([picture]));
    }
    if asked.embeds("wp:term") && post.article.kind == Kind::Article {
        let brief = |terms: Vec<Term>| terms.iter().map(|one| term(furniture, one, true)).collect::<Vec<Json>>();
        map.insert("wp:term".into(), json!([brief(sections_of(post)), brief(tags_of(post))]));
    }
    map
}

/// A section or a tag.
pub fn term(furniture: &Furniture, term: &Term, is_brief: bool) -> Json {
    let (links, collection) = (Links::of(furniture), term.collection().name());
    let mut thing = json!({
        "id": term.number, "count": term.count, "description": words(&term.description), "link": term.link,
        "name": words(&term.name), "slug": term.slug, "taxonomy": term.taxonomy(),
    });
    if let Some(parent) = term.parent {
        thing["parent"] = parent.into();
    }
    thing["meta"] = json!([]);
    thing["_links"] = json!({
        "self": links.to(&format!("{collection}/{}", term.number)),
        "collection": links.to(collection),
        "about": links.to(&format!("taxonomies/{}", term.taxonomy())),
    });
    if let Some(parent) = term.parent.filter(|parent| *parent != 0) {
        thing["_links"]["up"] = links.embeddable(&format!("{collection}/{parent}"));
    }
    thing["_links"]["wp:post_type"] = links.to(&format!("posts?{collection}={}", term.number));
    thing["_links"]["curies"] = curies();
    if is_brief { brief(thing, &TERM) } else { thing }
}

/// An author: what their page shows, and never their address.
pub fn user(furniture: &Furniture, author: &Author, is_brief: bool) -> Json {
    let (links, number) = (Links::of(furniture), number::of(&author.id));
    let portrait = author.portrait.as_deref().filter(|url| !url.is_empty()).map(|url| furniture.absolute(url));
    let portraits: Map<String, Json> =
        portrait.iter().flat_map(|url| PORTRAITS.map(|size| (size.to_owned(), Json::from(url.as_str())))).collect();
    let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let thing = json!({
        "id": number, "name": words(&author.name),
        "url": author.website.as_deref().filter(is_web).unwrap_or_default(),
        "description": words(author.bio.as_deref().unwrap_or_default()),
        "link": furniture.full(&furniture.author_url(author)), "slug": author.slug,
        "avatar_urls": portraits, "meta": [],
        "_links": { "self": links.to(&format!("users/{number}")), "collection": links.to("users") },
    });
    if is_brief { brief(thing, &USER) } else { thing }
}

/// Of a thing, these fields and its links.
pub fn brief(mut thing: Json, names: &[&str]) -> Json {
    if let Some(map) = thing.as_object_mut() {
        map.retain(|name, _| name == "_links" || names.contains(&name.as_str()));
    }
    thing
}

/// `post` or `page`.
pub fn type_of(kind: Kind) -> &'static str {
    if kind == Kind::Page { "page" } else { "post" }
}

fn collection_of(kind: Kind) -> Collection {
    if kind == Kind::Page { Collection::Pages } else { Collection::Posts }
}

/// Text as it stands between tags.
pub fn words(text: &str) -> String {
    quick_xml::escape::partial_escape(text).into_owned()
}

/// Text as paragraphs, with the line end that WordPress sets behind them.
fn paragraph(text: &str) -> String {
    match manuscript::from_text(text).map(|document| document.html(&Web::default())) {
        Ok(html) if !html.is_empty() => html + "\n",
        _ => words(text),
    }
}

/// A time as the magazine's clocks showed it.
pub fn local(furniture: &Furniture, at: Timestamp) -> String {
    at.to_zoned_datetime(furniture.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A time in UTC.
pub fn gmt(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// What `wp:` stands for before the name of a relation.
pub fn curies() -> Json {
    json!([{ "name": "wp", "href": "https://api.w.org/{rel}", "templated": true }])
}

/// Addresses below the namespace.
pub struct Links(String);

impl Links {
    /// Of this magazine.
    pub fn of(furniture: &Furniture) -> Links {
        Links(furniture.full(&format!("{BASE}/{NAMESPACE}")))
    }

    /// An address.
    pub fn href(&self, path: &str) -> String {
        format!("{}/{path}", self.0)
    }

    /// A link.
    pub fn to(&self, path: &str) -> Json {
        json!([{ "href": self.href(path) }])
    }

    /// A link whose end can be shown in the thing itself.
    pub fn embeddable(&self, path: &str) -> Json {
        json!([{ "embeddable": true, "href": self.href(path) }])
    }

    /// Links to everybody in the byline.
    pub fn authors(&self, post: &Post) -> Json {
        let href = |author: &Author| self.href(&format!("users/{}", number::of(&author.id)));
        let links = post.authors.iter().map(|author| json!({ "embeddable": true, "href": href(author) }));
        links.collect::<Vec<Json>>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_html() {
        assert_eq!(words("Fish & <chips>"), "Fish &amp; &lt;chips&gt;");
        assert_eq!(paragraph(""), "");
        let html = paragraph("Fish & chips.");
        assert!(html.contains("Fish &amp; chips.") && html.ends_with(">\n"), "{html}");
    }

    #[test]
    fn beside_other_things_few_fields_stand() {
        let thing = json!({ "id": 1, "meta": [], "name": "A", "_links": {} });
        assert_eq!(brief(thing, &TERM), json!({ "id": 1, "name": "A", "_links": {} }));
    }
}
