//! What there is no room for here yet, as it came: comments, what editors wrote among themselves, fields and types of
//! plugins. Nothing of it is shown; nothing of it is lost.

use news::aside::What;
use serde_json::{Map, Value, json};

use super::article::is_kept;
use super::content;
use super::wxr::{Approval, Comment, Item, Meta, Moment, Other, Term};

/// Something that is kept as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// Its name on its site: `comment:12`.
    pub name: String,
    /// What it is.
    pub what: What,
    /// All of it.
    pub body: Value,
}

/// Longest name of an item, in bytes.
const LONGEST_NAME: usize = 300;

/// What an item is called on its site: by its number, or by what else names it.
pub fn name_of(item: &Item) -> String {
    let name = match item.id {
        Some(id) if id > 0 => format!("item:{id}"),
        _ if !item.guid.is_empty() => format!("guid:{}", item.guid),
        _ if !item.link.is_empty() => format!("link:{}", item.link),
        _ => format!("title:{} {}", item.published.local.map(|at| at.to_string()).unwrap_or_default(), item.title),
    };
    // Nothing but an address or a title is ever so long.
    match name.len() > LONGEST_NAME {
        true => format!("digits:{}", news::Id::of_text(0, &name)),
        false => name,
    }
}

/// The comments of an item, and what else is kept among them.
pub fn comments(item: &Item) -> Vec<Aside> {
    let owner = name_of(item);
    let all = item.comments.iter().enumerate().map(|(at, comment)| Aside {
        name: match comment.id {
            Some(id) if id > 0 => format!("comment:{id}"),
            _ => format!("comment:{owner}:{at}"),
        },
        what: what(comment),
        body: comment_body(comment),
    });
    all.collect()
}

fn what(comment: &Comment) -> What {
    if comment.is_public() {
        return What::Comment;
    }
    match comment.kind.as_str() {
        "" | "comment" => match comment.approval() {
            Approval::Other("editorial-comment") => What::Note,
            Approval::Other("liveblog") => What::LiveEntry,
            _ => What::CommentHeld,
        },
        "pingback" | "trackback" => What::Pingback,
        "liveblog" => What::LiveEntry,
        "editorial-comment" | "editorial_comment" | "note" | "order_note" => What::Note,
        _ => What::OtherComment,
    }
}

fn comment_body(comment: &Comment) -> Value {
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| {
        if !matches!(&value, Value::Null) && value != "" && value != json!([]) {
            body.insert(key.to_owned(), value);
        }
    };
    put("id", json!(comment.id));
    put("author", json!(comment.author));
    put("email", json!(comment.email));
    put("url", json!(comment.url));
    put("ip", json!(comment.ip));
    put("written", moment(&comment.written));
    put("content", json!(comment.content));
    put("approved", json!(comment.approved));
    put("kind", json!(comment.kind));
    put("parent", json!(comment.parent.filter(|parent| *parent != 0)));
    put("user", json!(comment.user_id.filter(|user| *user != 0)));
    put("meta", meta(comment.meta.iter()));
    put("rest", others(&comment.rest));
    Value::Object(body)
}

/// What of an article has no field here.
pub(super) fn rest(item: &Item, title: Option<String>, excerpt: Option<String>) -> Option<Aside> {
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| {
        if !matches!(&value, Value::Null) && value != "" && value != json!([]) {
            body.insert(key.to_owned(), value);
        }
    };
    put("title", json!(title));
    put("excerpt", json!(excerpt));
    // A body that no manuscript can hold came cut off.
    let is_cut = item.content.len() > manuscript::limits::MAX_BYTES;
    put("content", json!(Some(&item.content).filter(|_| is_cut)));
    put("guid", json!(item.guid));
    put("link", json!(item.link));
    put("status", json!(item.status));
    put("comment_status", json!(item.comment_status));
    put("ping_status", json!(item.ping_status));
    put("password", json!(item.password));
    put("parent", json!(item.parent.filter(|parent| *parent != 0)));
    put("menu_order", json!(Some(item.menu_order).filter(|order| *order != 0)));
    let terms =
        item.terms.iter().filter(|term| !matches!(term.taxonomy.as_str(), "category" | "post_tag" | "tag" | "author"));
    put(
        "terms",
        terms.map(|term| json!({ "taxonomy": term.taxonomy, "slug": term.slug, "name": term.name })).collect(),
    );
    put("meta", meta(item.meta.iter().filter(|meta| is_kept(&meta.key))));
    put("rest", others(&item.rest));
    (!body.is_empty()).then(|| Aside { name: name_of(item), what: What::Rest, body: Value::Object(body) })
}

/// An item of another type, whole.
pub fn whole(item: &Item) -> Aside {
    let terms =
        item.terms.iter().map(|term| json!({ "taxonomy": term.taxonomy, "slug": term.slug, "name": term.name }));
    let body = json!({
        "type": item.post_type, "title": item.title, "name": item.name, "link": item.link, "guid": item.guid,
        "creator": item.creator, "content": item.content, "excerpt": item.excerpt, "published": moment(&item.published),
        "modified": moment(&item.modified), "status": item.status, "parent": item.parent, "menu_order": item.menu_order,
        "file": item.attachment_url, "terms": terms.collect::<Vec<_>>(), "meta": meta(item.meta.iter()),
        "rest": others(&item.rest),
    });
    Aside { name: name_of(item), what: What::Item, body }
}

/// An item that came in another way, as a picture or as a line of a menu: what of it has no room.
pub fn known(item: &Item) -> Aside {
    Aside { what: What::Rest, ..whole(item) }
}

/// A term of a taxonomy that only a plugin or theme knows, or what else is said of one that is known.
pub fn term(term: &Term) -> Aside {
    let body = json!({
        "taxonomy": term.taxonomy, "id": term.id, "slug": term.slug, "parent": term.parent, "name": term.name,
        "description": term.description, "meta": meta(term.meta.iter()), "rest": others(&term.rest),
    });
    Aside { name: format!("term:{}:{}", term.taxonomy, term.slug), what: What::Rest, body }
}

/// A line about something kept, for people.
pub fn line_of(what: What, body: &Value) -> String {
    let text = |key: &str| body[key].as_str().unwrap_or_default();
    match what {
        What::Item => format!("{} “{}”", text("type"), content::title(text("title"))),
        What::Rest => text("link").to_owned(),
        _ => format!("{}: {}", text("author"), content::words(text("content")).chars().take(80).collect::<String>()),
    }
}

fn moment(moment: &Moment) -> Value {
    match (moment.local, moment.gmt) {
        (None, None) => Value::Null,
        (local, gmt) => json!({ "local": local.map(|at| at.to_string()), "gmt": gmt.map(|at| at.to_string()) }),
    }
}

fn meta<'m>(all: impl Iterator<Item = &'m Meta>) -> Value {
    all.map(|meta| json!([meta.key, meta.value])).collect()
}

fn others(all: &[Other]) -> Value {
    let other = |other: &Other| json!({ "name": other.name, "attributes": other.attributes, "text": other.text });
    all.iter().map(other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(kind: &str, approved: &str) -> Comment {
        Comment {
            id: Some(5),
            kind: kind.into(),
            approved: approved.into(),
            content: "Hear!".into(),
            ..Comment::default()
        }
    }

    #[test]
    fn only_approved_comments_are_for_readers() {
        for (kind, approved, expected) in [
            ("", "1", What::Comment),
            ("comment", "1", What::Comment),
            ("comment", "0", What::CommentHeld),
            ("comment", "trash", What::CommentHeld),
            ("pingback", "1", What::Pingback),
            ("editorial-comment", "editorial-comment", What::Note),
            ("", "editorial-comment", What::Note),
            ("liveblog", "liveblog", What::LiveEntry),
            ("review", "1", What::OtherComment),
        ] {
            assert_eq!(what(&comment(kind, approved)), expected, "{kind} {approved}");
        }
    }

    #[test]
    fn a_comment_is_kept_whole() {
        let item = Item { id: Some(9), comments: vec![comment("", "1")], ..Item::default() };
        let kept = comments(&item);
        assert_eq!(kept[0].name, "comment:5");
        assert_eq!(kept[0].body, json!({ "id": 5, "content": "Hear!", "approved": "1" }));
    }

    #[test]
    fn what_has_no_number_is_called_by_what_else_names_it() {
        let item = |id, guid: &str, link: &str| Item { id, guid: guid.into(), link: link.into(), ..Item::default() };
        assert_eq!(name_of(&item(Some(9), "g", "l")), "item:9");
        assert_eq!(name_of(&item(None, "g", "l")), "guid:g");
        assert_eq!(name_of(&item(Some(0), "", "l")), "link:l");
    }
}
