//! Masthead's own helpers: `{{breadcrumbs}}`, `{{credit}}`, `{{corrections}}`, `{{statements}}`, `{{related}}`,
//! `{{section}}`. Each draws the theme's partial of its name, or ours. A theme that runs elsewhere too asks first whether
//! there is something: `{{#if breadcrumb}}`.

use super::Done;
use crate::handlebars::{Arguments, Render};
use crate::value::Extended;
use crate::{Map, Value};

/// The way from the front to this article or section.
pub(super) fn breadcrumbs(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    draw(render, args, "breadcrumbs", "breadcrumb")
}

/// Who made the lead picture and under which licence it stands.
pub(super) fn credit(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    draw(render, args, "credit", "lead_picture.credit")
}

/// The notes to readers of what was changed in this article.
pub(super) fn corrections(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    draw(render, args, "corrections", "corrections")
}

/// What was said in this article, and by whom, as the record has it.
pub(super) fn statements(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    draw(render, args, "statements", "statements")
}

/// Articles that go on where this one ends.
pub(super) fn related(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    draw(render, args, "related", "related")
}

/// The section in which this article stands, as a link.
pub(super) fn section(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    draw(render, args, "section", "section")
}

/// As a block it is the field of that name, like any other; alone it draws the partial for what the field holds, and
/// nothing where it holds nothing.
fn draw(render: &mut Render<'_>, args: &Arguments<'_>, name: &str, path: &str) -> Done {
    let own = |from: &Value| path.split('.').fold(from.clone(), |value, part| value.get(part));
    let field = Some(own(args.this())).filter(Value::is_truthy);
    let field = field.or_else(|| Some(own(&render.page.root.get("post")))).unwrap_or_default();
    if args.is_block() {
        return render.for_value(args, &field).map(|()| Value::Undefined);
    }
    if field.is_truthy() {
        let over = Map::from([("it", field)]);
        let context = Value::object(Extended { base: args.this().clone(), over });
        render.named_partial(name, &context, args.scope)?;
    }
    Ok(Value::Undefined)
}
