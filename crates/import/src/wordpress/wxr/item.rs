//! An item, with its comments.

use super::fault::Fault;
use super::leaves::{Leaves, leave};
use super::limits::{MOST_COMMENTS, MOST_META, MOST_TERMS};
use super::moment::{Zone, of_feed};
use super::values::{Comment, Item, ItemTerm, Meta, Other};
use super::xml::{Child, Space, Xml};

/// Reads an item that was entered, and says whether anything of WordPress stands in it.
pub(super) fn item(xml: &mut Xml<'_, '_>, zone: &mut Zone, offset: u64) -> Result<(Item, bool), Fault> {
    let mut item = Item { offset, ..Item::default() };
    let mut leaves = Leaves::default();
    let mut of_wordpress = false;
    while let Some(child) = xml.child()? {
        of_wordpress |= child.space == Space::Wp;
        match (child.space, child.local()) {
            (Space::Plain, "category") => term(xml, child, &mut item.terms, &mut leaves)?,
            (Space::Wp, "postmeta") => meta(xml, &child, &mut item.meta, &mut item.rest)?,
            (Space::Wp, "comment") => {
                xml.charge_one(&item.comments, "comments", MOST_COMMENTS)?;
                item.comments.push(comment(xml, zone)?);
            }
            _ => leaves.read(xml, child)?,
        }
    }
    fields(xml, zone, &mut item, leaves)?;
    item.notes = std::mem::take(&mut xml.notes);
    Ok((item, of_wordpress))
}

fn fields(xml: &mut Xml<'_, '_>, zone: &mut Zone, item: &mut Item, mut leaves: Leaves<'_>) -> Result<(), Fault> {
    item.title = leaves.text(Space::Plain, "title");
    item.link = leaves.word(Space::Plain, "link");
    item.pub_date = leaves.word(Space::Plain, "pubDate");
    item.creator = leaves.word(Space::Dc, "creator");
    item.guid_is_link = leaves.attribute(Space::Plain, "guid", "isPermaLink").is_none_or(|word| word != "false");
    item.guid = leaves.word(Space::Plain, "guid");
    item.description = leaves.text(Space::Plain, "description");
    item.content = leaves.text(Space::Content, "encoded");
    item.excerpt = leaves.text(Space::Excerpt, "encoded");
    item.id = leaves.number(xml, Space::Wp, "post_id");
    let dated = leaves.has(Space::Wp, "post_date") || leaves.has(Space::Wp, "post_date_gmt");
    item.published = zone.moment(xml, &mut leaves, "post_date", "post_date_gmt");
    if !dated {
        // Other programs than WordPress leave its dates out, and state the feed's.
        item.published.at = of_feed(&item.pub_date);
    }
    item.modified = zone.moment(xml, &mut leaves, "post_modified", "post_modified_gmt");
    item.comment_status = leaves.word(Space::Wp, "comment_status");
    item.ping_status = leaves.word(Space::Wp, "ping_status");
    item.name = leaves.word(Space::Wp, "post_name");
    item.status = leaves.word(Space::Wp, "status");
    item.parent = leaves.number(xml, Space::Wp, "post_parent").filter(|parent| *parent != 0);
    item.menu_order = leaves.number(xml, Space::Wp, "menu_order").unwrap_or(0);
    item.post_type = leaves.word(Space::Wp, "post_type");
    item.password = leaves.text(Space::Wp, "post_password");
    item.sticky = leaves.number(xml, Space::Wp, "is_sticky").is_some_and(|sticky| sticky != 0);
    item.attachment_url = Some(leaves.word(Space::Wp, "attachment_url")).filter(|url| !url.is_empty());
    leaves.rest(xml, &mut item.rest)
}

/// A term. The first exports wrote each twice, once without its slug: those are no terms of their own.
fn term<'c>(
    xml: &mut Xml<'c, '_>,
    child: Child<'c>,
    terms: &mut Vec<ItemTerm>,
    leaves: &mut Leaves<'c>,
) -> Result<(), Fault> {
    let name = xml.text(&child)?;
    let Some(slug) = child.attribute("nicename").filter(|slug| !slug.is_empty()) else {
        return leaves.keep(child, name);
    };
    let taxonomy = match child.attribute("domain").as_deref() {
        None | Some("") => "category".to_owned(),
        Some("tag") => "post_tag".to_owned(),
        Some(domain) => domain.to_owned(),
    };
    xml.charge_one(terms, "terms", MOST_TERMS)?;
    xml.charge(slug.len() + taxonomy.len())?;
    terms.push(ItemTerm { taxonomy, slug, name });
    Ok(())
}

/// A meta field that was entered, of an item, a comment or a term.
pub(super) fn meta<'c>(
    xml: &mut Xml<'c, '_>,
    element: &Child<'c>,
    list: &mut Vec<Meta>,
    rest: &mut Vec<Other>,
) -> Result<(), Fault> {
    let mut leaves = Leaves::default();
    while let Some(child) = xml.child()? {
        leaves.read(xml, child)?;
    }
    let key = leaves.word(Space::Wp, "meta_key");
    let value = leaves.raw(Space::Wp, "meta_value");
    if key.is_empty() {
        xml.note(format!("{}: it has no key", element.name));
        leave(xml, element, value, rest)?;
    } else {
        xml.charge_one(list, "meta fields", MOST_META)?;
        list.push(Meta { key, value });
    }
    leaves.rest(xml, rest)
}

fn comment(xml: &mut Xml<'_, '_>, zone: &mut Zone) -> Result<Comment, Fault> {
    let mut comment = Comment::default();
    let mut leaves = Leaves::default();
    while let Some(child) = xml.child()? {
        match (child.space, child.local()) {
            (Space::Wp, "commentmeta") => meta(xml, &child, &mut comment.meta, &mut comment.rest)?,
            _ => leaves.read(xml, child)?,
        }
    }
    comment.id = leaves.number(xml, Space::Wp, "comment_id");
    comment.author = leaves.text(Space::Wp, "comment_author");
    comment.email = leaves.word(Space::Wp, "comment_author_email");
    comment.url = leaves.word(Space::Wp, "comment_author_url");
    comment.ip = leaves.word(Space::Wp, "comment_author_IP");
    comment.written = zone.moment(xml, &mut leaves, "comment_date", "comment_date_gmt");
    comment.content = leaves.text(Space::Wp, "comment_content");
    comment.approved = leaves.word(Space::Wp, "comment_approved");
    comment.kind = leaves.word(Space::Wp, "comment_type");
    comment.parent = leaves.number(xml, Space::Wp, "comment_parent").filter(|parent| *parent != 0);
    comment.user_id = leaves.number(xml, Space::Wp, "comment_user_id").filter(|user| *user != 0);
    leaves.rest(xml, &mut comment.rest)?;
    Ok(comment)
}
