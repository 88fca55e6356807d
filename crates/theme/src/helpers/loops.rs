//! `{{#foreach}}`: a loop that knows rows, a beginning, an end and who may see what.

use super::Done;
use crate::Value;
use crate::handlebars::{Arguments, Grid, Loop, Render};

/// `{{#foreach posts limit="3" from="2" to="4" columns="3" visibility="all" as |post index|}}`.
///
/// `from` and `to` count from 1. Without `visibility`, internal tags are left out and articles of
/// every access are shown, as in Ghost.
pub(super) fn foreach(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let items = items(args.param(0), args.named("visibility").as_str());
    let from = args.number("from").unwrap_or(1).max(1);
    let mut to = args.number("to").unwrap_or(items.len()).min(items.len());
    if let Some(limit) = args.number("limit") {
        to = to.min((from - 1).saturating_add(limit));
    }
    if items.is_empty() {
        render.otherwise(args)?;
    }
    let grid = Some(Grid { columns: args.number("columns") });
    for (index, (key, item)) in items.iter().enumerate().take(to).skip(from - 1) {
        let vars = Loop { index, key: key.clone(), first: index + 1 == from, last: index + 1 == to, grid };
        render.block(args, item, &[item.clone(), key.clone()], Some(vars))?;
    }
    Ok(Value::Undefined)
}

/// Keys and members of a list, or names and fields, as far as `visibility` lets them be seen.
fn items(collection: &Value, visibility: Option<&str>) -> Vec<(Value, Value)> {
    let all: Vec<(Value, Value)> = match collection.as_list() {
        Some(list) => list.iter().enumerate().map(|(at, member)| (at.into(), member.clone())).collect(),
        None => collection.names().into_iter().map(|name| (name.into(), collection.get(name))).collect(),
    };
    let posts = all.first().is_some_and(|(_, first)| !first.get("title").is_nothing());
    let wanted = visibility.unwrap_or(if posts { "all" } else { "public" });
    all.into_iter().filter(|(_, item)| is_visible(item, wanted)).collect()
}

/// Whether the `visibility` of an item is in the list `wanted`, or `all` is. What has none is public.
pub(super) fn is_visible(item: &Value, wanted: &str) -> bool {
    let visibility = item.get("visibility");
    let Some(visibility) = visibility.as_str() else { return true };
    wanted.split(',').map(str::trim).any(|wanted| wanted == "all" || wanted == visibility)
}
