//! The helpers that Handlebars itself has.

use super::arguments::Arguments;
use super::render::{Helper, Render};
use super::scope::Loop;
use super::{Problem, RenderError};
use crate::Value;

/// The built-in helper of this name.
pub(crate) fn find(name: &str) -> Option<Helper> {
    Some(match name {
        "if" => if_,
        "unless" => unless,
        "each" => each,
        "with" => with,
        "lookup" => lookup,
        "log" => log,
        _ => return None,
    })
}

type Done = Result<Value, RenderError>;

fn if_(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let truth = is_true(args)?;
    render.choose(args, truth).map(|()| Value::Undefined)
}

fn unless(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let truth = is_true(args)?;
    render.choose(args, !truth).map(|()| Value::Undefined)
}

fn is_true(args: &Arguments<'_>) -> Result<bool, RenderError> {
    let [condition] = args.params.as_slice() else {
        return Err(Problem::Misused("`if` and `unless` take one argument".into()).into());
    };
    let zero = matches!(condition, Value::Number(number) if *number == 0.0);
    Ok(condition.is_truthy() || (zero && args.named("includeZero").is_truthy()))
}

fn each(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    match args.param(0) {
        list @ Value::List(members) if !members.is_empty() => walk(render, args, list)?,
        fields @ (Value::Map(_) | Value::Object(_)) if !fields.names().is_empty() => walk(render, args, fields)?,
        _ => render.otherwise(args)?,
    }
    Ok(Value::Undefined)
}

/// Renders the block once for every member of a list or every field. Holes in a list are passed over.
pub(super) fn walk(render: &mut Render<'_>, args: &Arguments<'_>, collection: &Value) -> Result<(), RenderError> {
    if let Some(list) = collection.as_list() {
        for (index, member) in list.iter().enumerate().filter(|(_, member)| !matches!(member, Value::Undefined)) {
            let vars = Loop { index, key: index.into(), first: index == 0, last: index + 1 == list.len(), grid: None };
            render.block(args, member, &[member.clone(), index.into()], Some(vars))?;
        }
        return Ok(());
    }
    let names = collection.names();
    for (index, name) in names.iter().enumerate() {
        let (key, field) = (Value::text(*name), collection.get(name));
        let vars = Loop { index, key: key.clone(), first: index == 0, last: index + 1 == names.len(), grid: None };
        render.block(args, &field, &[field.clone(), key], Some(vars))?;
    }
    Ok(())
}

fn with(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let context = args.param(0);
    // 0 is a context like any other.
    match context.is_truthy() || matches!(context, Value::Number(_)) {
        true => render.block(args, context, std::slice::from_ref(context), None)?,
        false => render.otherwise(args)?,
    }
    Ok(Value::Undefined)
}

fn lookup(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    Ok(match args.param(1) {
        Value::Text(name) | Value::Html(name) => args.param(0).get(name),
        name => args.param(0).get(&name.to_string()),
    })
}

/// Themes may leave it in; what a reader's page logs is of no use to anybody.
fn log(_: &mut Render<'_>, _: &Arguments<'_>) -> Done {
    Ok(Value::Undefined)
}
