//! `{{#is}}`, `{{#has}}` and `{{match}}`: what a template can ask.

use std::cmp::Ordering;

use super::Done;
use crate::Value;
use crate::handlebars::{Arguments, Problem, Render};

/// `{{#is "post, page"}}`: whether the page is one of these.
pub(super) fn is(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let wanted = args.param(0).to_string();
    let truth = list(&wanted).any(|wanted| render.page.contexts.contains(&wanted));
    render.choose(args, truth).map(|()| Value::Undefined)
}

/// `{{#has tag="news, count:>1" author="…" slug="…" id="…" visibility="…" number="nth:3" index="0" any="…" all="…"}}`:
/// whether one of these is true of the context.
pub(super) fn has(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let this = args.this();
    let truth = args.hash.iter().any(|(name, wanted)| {
        let wanted = wanted.to_string();
        match *name {
            "tag" => has_named(&this.get("tags"), &wanted),
            "author" => has_named(&this.get("authors"), &wanted),
            "slug" | "id" | "visibility" => this.get(name).as_str() == Some(wanted.as_str()),
            "number" | "index" => args.scope.variable(name, 0).is_some_and(|own| is_turn(&own, &wanted)),
            "any" => list(&wanted).any(|path| is_there(render, this, path)),
            "all" => list(&wanted).all(|path| is_there(render, this, path)),
            _ => false,
        }
    });
    render.choose(args, truth).map(|()| Value::Undefined)
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// Whether one of the tags or authors has one of these names or slugs, in any case of letters, or
/// there are as many as `count:2`, `count:>2` or `count:<2` says.
fn has_named(things: &Value, wanted: &str) -> bool {
    let things = things.as_list().unwrap_or_default();
    list(wanted).any(|wanted| match wanted.strip_prefix("count:") {
        Some(count) => is_count(things.len(), count),
        None => things.iter().any(|thing| {
            let is =
                |field: &str| thing.get(field).as_str().is_some_and(|own| own.to_lowercase() == wanted.to_lowercase());
            is("name") || is("slug")
        }),
    })
}

fn is_count(length: usize, count: &str) -> bool {
    let (order, number) = match (count.strip_prefix('>'), count.strip_prefix('<')) {
        (Some(more), _) => (Ordering::Greater, more),
        (_, Some(fewer)) => (Ordering::Less, fewer),
        _ => (Ordering::Equal, count),
    };
    number.trim().parse::<usize>().is_ok_and(|number| length.cmp(&number) == order)
}

/// `nth:3` is every third, `1, 4` are the first and the fourth.
fn is_turn(own: &Value, wanted: &str) -> bool {
    let Some(own) = own.as_number() else { return false };
    match wanted.strip_prefix("nth:") {
        Some(nth) => nth.trim().parse().is_ok_and(|nth: f64| nth > 0.0 && own % nth == 0.0),
        None => list(wanted).any(|wanted| wanted.parse() == Ok(own)),
    }
}

/// Whether a path such as `feature_image` or `@site.logo` leads to something.
fn is_there(render: &Render<'_>, this: &Value, path: &str) -> bool {
    let (start, rest) = match path.strip_prefix('@') {
        Some(data) => {
            let (name, rest) = data.split_once('.').unwrap_or((data, ""));
            (render.data(name), rest)
        }
        None => (this.clone(), path),
    };
    rest.split('.').filter(|name| !name.is_empty()).fold(start, |value, name| value.get(name)).is_truthy()
}

/// `{{match a}}`, `{{match a b}}` and `{{match a ">=" b}}`, as a block or inline. Equal means equal
/// in kind too: the text "3" is not the number 3.
pub(super) fn match_(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let truth = match args.params.as_slice() {
        [value] => value.is_truthy(),
        [left, right] => left.is(right),
        [left, operator, right] => compare(left, operator.as_str().unwrap_or_default(), right).ok_or_else(|| {
            Problem::Misused(format!("`match` knows no `{operator}`: it knows = != < > <= >= ~ ~^ ~$"))
        })?,
        _ => return Err(Problem::Misused("`match` takes one to three arguments".into()).into()),
    };
    if args.is_block() {
        return render.choose(args, truth).map(|()| Value::Undefined);
    }
    Ok(truth.into())
}

fn compare(left: &Value, operator: &str, right: &Value) -> Option<bool> {
    let texts = |test: fn(&str, &str) -> bool| match (left.as_str(), right.as_str()) {
        (Some(left), Some(right)) => test(left, right),
        _ => false,
    };
    Some(match operator {
        "=" => left.is(right),
        "!=" => !left.is(right),
        "<" => order(left, right) == Some(Ordering::Less),
        ">" => order(left, right) == Some(Ordering::Greater),
        "<=" => matches!(order(left, right), Some(Ordering::Less | Ordering::Equal)),
        ">=" => matches!(order(left, right), Some(Ordering::Greater | Ordering::Equal)),
        "~" => texts(|left, right| left.contains(right)),
        "~^" => texts(|left, right| left.starts_with(right)),
        "~$" => texts(|left, right| left.ends_with(right)),
        _ => return None,
    })
}

/// Two texts by their letters, all else as numbers.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left.as_str(), right.as_str()) {
        (Some(left), Some(right)) => Some(left.cmp(right)),
        _ => left.as_number()?.partial_cmp(&right.as_number()?),
    }
}
