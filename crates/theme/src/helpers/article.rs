//! An article's parts: `{{content}}`, `{{excerpt}}`, `{{reading_time}}`, `{{tags}}`, `{{authors}}`.

use super::Done;
use super::loops::is_visible;
use super::truncate::{Measure, truncate_html, truncate_text};
use crate::Value;
use crate::handlebars::{Arguments, Render, escape};

/// Words in an excerpt when a theme does not say how many.
const EXCERPT_WORDS: usize = 50;

/// The body, or its first `words` or `characters`. After the public part of an article that the
/// reader may not read on stands `partials/content-cta.hbs`.
pub(super) fn content(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let this = args.this();
    let html = this.get("html");
    let Some(html) = html.as_str() else { return Ok(Value::Undefined) };
    if matches!(this.get("access"), Value::Bool(false)) {
        render.write_foreign(html)?;
        render.write("\n")?;
        render.named_partial("content-cta", this, args.scope)?;
        return Ok(Value::Undefined);
    }
    Ok(match measure(args) {
        Some(measure) => Value::html(truncate_html(html, measure)),
        None => Value::html(html),
    })
}

/// The standfirst as the editor wrote it, or else the first words of the body: 50, or as many
/// `words` or `characters` as the theme asks for.
pub(super) fn excerpt(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let this = args.this();
    let custom = this.get("custom_excerpt");
    if custom.is_truthy() {
        return Ok(custom);
    }
    // Counted once it is markup, as Ghost does: an ampersand is a word there.
    let mut html = String::new();
    escape(this.get("excerpt").as_str().unwrap_or_default(), &mut html);
    let cut = truncate_text(&html, measure(args).unwrap_or(Measure::Words(EXCERPT_WORDS)));
    Ok(Value::html(whole_signs(cut)))
}

/// Without the half of a sign (`&gt`) at which the text was cut.
fn whole_signs(html: &str) -> &str {
    match html.rfind('&') {
        Some(at) if !html[at..].contains(';') => html[..at].trim_end(),
        _ => html,
    }
}

fn measure(args: &Arguments<'_>) -> Option<Measure> {
    let words = args.number("words").filter(|words| *words > 0).map(Measure::Words);
    words.or_else(|| args.number("characters").filter(|characters| *characters > 0).map(Measure::Characters))
}

/// `{{reading_time minute="% minute" minutes="% minutes"}}`.
pub(super) fn reading_time(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let this = args.this();
    let minutes = this.get("reading_time").as_number();
    let Some(minutes) = minutes.filter(|minutes| *minutes > 0.0 || this.get("html").is_truthy()) else {
        return Ok(Value::Undefined);
    };
    let text = match minutes <= 1.0 {
        true => args.text("minute", "1 min read").replace('%', "1"),
        false => args.text("minutes", "% min read").replace('%', &Value::Number(minutes).to_string()),
    };
    Ok(text.into())
}

/// `{{tags separator=", " prefix="" suffix="" limit=3 from=1 to=3 visibility="all" autolink="false"}}`.
pub(super) fn tags(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    Ok(names(render, args, &args.this().get("tags")))
}

/// The same for the authors.
pub(super) fn authors(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    Ok(names(render, args, &args.this().get("authors")))
}

/// The names of things in a row, each a link unless the theme wants none.
fn names(render: &Render<'_>, args: &Arguments<'_>, things: &Value) -> Value {
    let visibility = args.text("visibility", "public");
    let from = args.number("from").unwrap_or(1).max(1) - 1;
    let to = args.number("to").or_else(|| args.number("limit").map(|limit| from.saturating_add(limit)));
    let things = things.as_list().unwrap_or_default().iter().filter(|thing| is_visible(thing, &visibility));
    let things: Vec<&Value> = things.take(to.unwrap_or(usize::MAX)).skip(from).collect();
    if things.is_empty() {
        return Value::Undefined;
    }
    let separator = args.text("separator", ", ");
    let mut html = args.text("prefix", "");
    for (at, thing) in things.into_iter().enumerate() {
        html.push_str(if at == 0 { "" } else { &separator });
        let (name, url) = (thing.get("name").to_string(), thing.get("url"));
        match url.as_str().filter(|_| !args.says_no("autolink")) {
            Some(url) => {
                html.push_str("<a href=\"");
                escape(&super::links::encoded(super::links::relative(render, url)), &mut html);
                html.push_str("\">");
                escape(&name, &mut html);
                html.push_str("</a>");
            }
            None => escape(&name, &mut html),
        }
    }
    html.push_str(&args.text("suffix", ""));
    Value::html(html)
}
