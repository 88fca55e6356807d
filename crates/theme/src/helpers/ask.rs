//! Helpers that ask the magazine for more than the page was given: `{{#get}}`, `{{#prev_post}}`, `{{#next_post}}`.

use super::Done;
use crate::handlebars::{Arguments, Problem, Render};
use crate::library::{Among, Found, MOST, Query, Resource};
use crate::{Map, Value};

/// `{{#get "posts" filter="featured:true" limit="3" include="tags" order="published_at desc" as |posts pages|}}`: the
/// block for what is found, be it nothing; the `{{else}}` where the question is wrong.
pub(super) fn get(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    if !args.is_block() {
        return Ok(Value::Undefined);
    }
    let Some(resource) = args.param(0).as_str().and_then(Resource::named) else {
        return render.otherwise(args).map(|()| Value::Undefined);
    };
    render.ask()?;
    let text = |name: &str| Some(args.text(name, "")).filter(|text| !text.is_empty());
    let limit = match args.named("limit").as_str() {
        Some("all") => Some(MOST),
        _ => args.number("limit").filter(|limit| *limit > 0).map(|limit| (limit as u32).min(MOST)),
    };
    let query = Query {
        resource,
        filter: text("filter").map(|filter| filled(render, args, &filter)),
        order: text("order"),
        limit,
        page: args.number("page").unwrap_or(1).max(1) as u32,
        include: text("include"),
        fields: text("fields"),
        id: text("id"),
        slug: text("slug"),
    };
    let found = render.page.library.browse(&query);
    if render.page.library.is_spent() {
        return Err(Problem::TooManyQuestions.into());
    }
    let Ok(Found { items, pagination }) = found else {
        return render.otherwise(args).map(|()| Value::Undefined);
    };
    let mut answer = Map::from([(resource.name(), items.clone())]);
    if !pagination.is_nothing() {
        answer.insert("meta", Value::map([("pagination", pagination.clone())]));
        answer.insert("pagination", pagination.clone());
    }
    // What fails in here fails here alone; only the budget of the page is everybody's.
    match render.capture(|render| render.block(args, &answer.into(), &[items, pagination], None)) {
        Ok(made) => render.splice(&made)?,
        Err(why) if why.problem().is_budget() => return Err(why),
        Err(_) => {}
    }
    Ok(Value::Undefined)
}

/// A filter with its `{{post.tags}}` and `{{@site.locale}}` worked out. `{{…}}` inside a text in quotes is not the
/// template's own; Ghost fills it in when the helper runs, and so do we. Lists are joined by commas.
fn filled(render: &Render<'_>, args: &Arguments<'_>, filter: &str) -> String {
    let (mut out, mut rest) = (String::new(), filter);
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((path, tail)) = after.split_once("}}") else { break };
        out.push_str(before);
        let path = match path.trim() {
            "post.tags" => "post.tags[*].slug",
            "post.author" => "post.author.slug",
            "tags" => "tags[*].slug",
            "authors" => "authors[*].slug",
            path => path,
        };
        let found = match path.strip_prefix('@') {
            Some(data) => {
                let (name, inner) = data.split_once('.').unwrap_or((data, ""));
                let start = args.scope.variable(name, 0).unwrap_or_else(|| render.data(name));
                along(vec![start], inner)
            }
            None => along(vec![args.this().clone()], path),
        };
        out.push_str(&found.iter().map(Value::to_string).collect::<Vec<_>>().join(","));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The values at the end of a path such as `post.tags[*].slug`.
fn along(start: Vec<Value>, path: &str) -> Vec<Value> {
    path.split('.').filter(|part| !part.is_empty()).fold(start, |values, part| {
        let (name, index) = match part.split_once('[') {
            Some((name, index)) => (name, Some(index.trim_end_matches(']'))),
            None => (part, None),
        };
        let next = values.iter().map(|value| value.get(name)).filter(|value| !matches!(value, Value::Undefined));
        match index {
            None => next.collect(),
            Some("*") => next.flat_map(|list| list.as_list().unwrap_or_default().to_vec()).collect(),
            Some(index) => next.map(|list| list.get(index)).filter(|value| !value.is_nothing()).collect(),
        }
    })
}

/// `{{#prev_post in="primary_tag"}}`: the article before this one.
pub(super) fn prev_post(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    neighbour(render, args, true)
}

/// `{{#next_post}}`: the article after this one.
pub(super) fn next_post(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    neighbour(render, args, false)
}

fn neighbour(render: &mut Render<'_>, args: &Arguments<'_>, older: bool) -> Done {
    let this = args.this();
    let is_article = !this.get("title").is_nothing() && !this.get("page").is_truthy();
    if !is_article || render.page.contexts.contains(&"preview") {
        return render.otherwise(args).map(|()| Value::Undefined);
    }
    render.ask()?;
    let among = match args.named("in").as_str() {
        Some("primary_tag") if this.get("primary_tag").is_truthy() => Among::PrimaryTag,
        Some("primary_author") if this.get("primary_author").is_truthy() => Among::PrimaryAuthor,
        _ => Among::All,
    };
    match render.page.library.neighbour(this, older, among) {
        Some(post) => render.block(args, &post, &[], None)?,
        None => render.otherwise(args)?,
    }
    Ok(Value::Undefined)
}

/// `{{#collection "news"}}`: the articles of a collection of `routes.yaml`.
pub(super) fn collection(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let Some(name) = args.param(0).as_str() else {
        return Err(Problem::Misused("`collection` takes the name of a collection".into()).into());
    };
    render.ask()?;
    let query = Query {
        filter: Some(format!("collection:'{}'", name.replace('\'', ""))),
        limit: args.number("limit").map(|limit| (limit as u32).clamp(1, MOST)),
        page: args.number("page").unwrap_or(1).max(1) as u32,
        ..Query::default()
    };
    match render.page.library.browse(&query) {
        Ok(Found { items, pagination }) => {
            let answer = Value::map([("posts", items.clone()), ("pagination", pagination.clone())]);
            render.block(args, &answer, &[items, pagination], None)?;
        }
        Err(_) => render.otherwise(args)?,
    }
    Ok(Value::Undefined)
}
