//! What frames a page: layouts, head and foot, title, menus and the way to the next page.

use super::Done;
use crate::handlebars::{Arguments, Output, Render};
use crate::value::Extended;
use crate::{Head, Map, Value};

/// `{{{body}}}`: a field of the context like any other, or else what is laid into this layout.
pub(super) fn body(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let own = args.this().get("body");
    if own.is_nothing()
        && let Some(body) = render.body.take()
    {
        render.splice(&body)?;
        render.body = Some(body);
    }
    Ok(own)
}

/// `{{#contentFor "foot"}}…{{/contentFor}}`: sets its block aside for the layout.
pub(super) fn content_for(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let name = args.param(0).to_string();
    let made = render.capture(|render| render.choose(args, true))?;
    let section: &mut Output = render.sections.entry(name).or_default();
    if !section.text.is_empty() {
        section.text.push('\n');
    }
    section.push(&made);
    Ok(Value::Undefined)
}

/// `{{{block "foot"}}}`: what was set aside under that name.
pub(super) fn block(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let name = args.param(0).to_string();
    if let Some(section) = render.sections.remove(&name) {
        render.splice(&section)?;
        render.sections.insert(name, section);
    }
    Ok(Value::Undefined)
}

/// Everything in [`Head`](crate::Head) but the title.
pub(super) fn ghost_head(render: &mut Render<'_>, _: &Arguments<'_>) -> Done {
    let head = render.page.head.markup();
    render.write(&head).map(|()| Value::Undefined)
}

/// The owner's code for the foot of the page.
pub(super) fn ghost_foot(render: &mut Render<'_>, _: &Arguments<'_>) -> Done {
    let foot = &render.page.head.code_foot;
    let forms = &render.theme.forms;
    render.write(forms)?;
    render.write(foot).map(|()| Value::Undefined)
}

/// `{{meta_title page=" (Page %)"}}`: the title, from page 2 on with its number.
pub(super) fn meta_title(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    // Inside of a thing, its own title for search engines or that of the magazine, as in Ghost.
    let own = args.this().get("meta_title");
    if own.is_truthy() {
        return Ok(own);
    }
    let pages = render.page.root.get("pagination");
    if !is_page(args.this()) {
        let number = pages.get("page").as_number().filter(|_| pages.get("total").as_number().is_some_and(|n| n > 1.0));
        let suffix = number.map(|page| args.text("page", " (Page %)").replace('%', &page.to_string()));
        return Ok(format!("{}{}", render.site("title"), suffix.unwrap_or_default()).into());
    }
    let page = render.page.root.get("pagination").get("page");
    let Head { title, title_is_whole, .. } = &render.page.head;
    Ok(match !title_is_whole && page.as_number().is_some_and(|page| page > 1.0) {
        true => format!("{title}{}", args.text("page", " (Page %)").replace('%', &page.to_string())).into(),
        false => title.as_str().into(),
    })
}

/// The description, as in the head.
pub(super) fn meta_description(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let own = args.this().get("meta_description");
    if own.is_truthy() || !is_page(args.this()) {
        return Ok(own);
    }
    Ok(render.page.head.description.as_deref().into())
}

/// Whether a context is that of the page rather than of a thing on it.
fn is_page(this: &Value) -> bool {
    let has = |name: &str| !this.get(name).is_nothing();
    // An article has tags, a tag has no list of anything.
    let is_thing = (has("title") && has("url")) || (has("slug") && has("name"));
    !is_thing
}

/// `{{navigation}}` and `{{navigation type="secondary"}}`: the theme's `partials/navigation.hbs`,
/// or ours, for the menu of the magazine. An entry that does not say whether it is the current
/// one is compared with the path of the page. An empty menu prints nothing.
pub(super) fn navigation(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let secondary = args.named("type").as_str() == Some("secondary");
    let menu = render.site(if secondary { "secondary_navigation" } else { "navigation" });
    let entries: Vec<Value> =
        menu.as_list().unwrap_or_default().iter().map(|entry| menu_entry(render, entry)).collect();
    if entries.is_empty() {
        return Ok(Value::Undefined);
    }
    let over = Map::from([("navigation", entries.into()), ("isSecondary", secondary.into())]);
    with_partial(render, args, "navigation", over)
}

fn menu_entry(render: &Render<'_>, entry: &Value) -> Value {
    let mut over = Map::new();
    if !matches!(entry.get("current"), Value::Bool(_)) {
        let url = entry.get("url").to_string();
        let path = url.strip_prefix(render.site_url.as_str()).unwrap_or(&url);
        over.insert("current", path.trim_end_matches('/') == render.page.path.trim_end_matches('/'));
    }
    if entry.get("slug").is_nothing() {
        over.insert("slug", slug(&entry.get("label").to_string()));
    }
    match over.is_empty() {
        true => entry.clone(),
        false => Value::object(Extended { base: entry.clone(), over }),
    }
}

/// Letters and digits in lower case, with hyphens for all between.
fn slug(label: &str) -> String {
    let words = label.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// The theme's `partials/pagination.hbs`, or ours, for the pages of a list.
pub(super) fn pagination(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let own = args.this().get("pagination");
    let pages = if own.is_nothing() { render.page.root.get("pagination") } else { own };
    let fields = pages.names().into_iter().map(|name| (name.to_owned(), pages.get(name)));
    let over: Map = fields.collect();
    match over.is_empty() {
        true => Ok(Value::Undefined),
        false => with_partial(render, args, "pagination", over),
    }
}

fn with_partial(render: &mut Render<'_>, args: &Arguments<'_>, name: &str, over: Map) -> Done {
    let context = Value::object(Extended { base: args.this().clone(), over });
    render.named_partial(name, &context, args.scope)?;
    Ok(Value::Undefined)
}
