//! `{{body_class}}` and `{{post_class}}`: what style sheets hold on to.

use super::Done;
use crate::Value;
use crate::handlebars::{Arguments, Render};

/// The kind of page, its slug, the tags of its article, `paged` from page 2 on.
pub(super) fn body_class(render: &mut Render<'_>, _: &Arguments<'_>) -> Done {
    let root = &render.page.root;
    let is = |context: &str| render.page.contexts.contains(&context);
    let slug = |thing: &str| root.get(thing).get("slug").to_string();
    let mut classes = Vec::new();
    if is("home") {
        classes.push("home-template".to_owned());
    } else if is("post") {
        classes.push("post-template".to_owned());
    } else if is("page") {
        let page = if root.get("page").get("slug").is_nothing() { "post" } else { "page" };
        classes.extend(["page-template".to_owned(), format!("page-{}", slug(page))]);
    } else if let Some(context) = ["section", "tag", "author"].into_iter().find(|context| is(context)) {
        // A section is a tag too, for themes that know no sections.
        if context == "section" {
            classes.extend(["section-template".to_owned(), format!("section-{}", slug("section"))]);
        }
        let thing = if context == "author" { "author" } else { "tag" };
        if !root.get(thing).is_nothing() {
            classes.extend([format!("{thing}-template"), format!("{thing}-{}", slug(thing))]);
        }
    }
    classes.extend(tag_classes(&root.get("post")));
    if is("paged") {
        classes.push("paged".to_owned());
    }
    Ok(classes.join(" ").into())
}

/// `post`, the tags, `featured`, `page`, `no-image`.
pub(super) fn post_class(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let this = args.this();
    let mut classes = vec!["post".to_owned()];
    classes.extend(tag_classes(this));
    let marks = [
        ("featured", this.get("featured").is_truthy()),
        ("no-image", !this.get("feature_image").is_truthy()),
        ("page", this.get("page").is_truthy()),
    ];
    classes.extend(marks.into_iter().filter(|(_, is)| *is).map(|(class, _)| class.to_owned()));
    Ok(classes.join(" ").into())
}

fn tag_classes(post: &Value) -> Vec<String> {
    let tags = post.get("tags");
    tags.as_list().unwrap_or_default().iter().map(|tag| format!("tag-{}", tag.get("slug"))).collect()
}
