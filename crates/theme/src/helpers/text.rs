//! Words: `{{title}}`, `{{t}}`, `{{plural}}`, `{{concat}}`, `{{encode}}`, `{{split}}`, `{{{{raw}}}}`.

use super::Done;
use crate::Value;
use crate::handlebars::{Arguments, Render, escape};

/// The title of the context.
pub(super) fn title(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    Ok(args.this().get("title"))
}

/// `{{t "Written by {name}" name=author.name}}`: the theme's words for it in the magazine's
/// language, or the words as given, with the named arguments put in.
pub(super) fn t(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let key = args.param(0).to_string();
    let language = render.site("locale");
    let text = render.theme.locales.text(language.as_str().unwrap_or("en"), &key);
    if args.hash.is_empty() || !text.contains('{') {
        return Ok(text.into());
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, tail)| {
            // Older themes write `{{name}}`.
            let (name, tail) = match name.strip_prefix('{') {
                Some(name) => (name, tail.strip_prefix('}').unwrap_or(tail)),
                None => (name, tail),
            };
            args.hash.iter().find(|(known, _)| *known == name.trim()).map(|(_, value)| (value, tail))
        });
        match value {
            Some((value, tail)) => {
                let value = value.to_string();
                render.charge(value.len())?;
                out.push_str(&value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Ok(out.into())
}

/// `{{plural count empty="No posts" singular="% post" plural="% posts"}}`: `%` is the number.
pub(super) fn plural(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let count = args.param(0);
    let form = match count.as_number().unwrap_or(0.0) {
        0.0 => "empty",
        1.0 => "singular",
        _ => "plural",
    };
    Ok(args.text(form, "").replace('%', &count.to_string()).into())
}

/// `{{concat a b separator="-"}}`. It is markup only if a part is, and then the plain parts are escaped.
pub(super) fn concat(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let separator = args.text("separator", "");
    let parts: Vec<String> = args.params.iter().map(Value::to_string).collect();
    render.charge(parts.iter().map(|part| part.len() + separator.len()).sum())?;
    if !args.params.iter().any(|part| matches!(part, Value::Html(_))) {
        // Themes ask `{{#if (concat …)}}`; Ghost says yes even to nothing.
        let joined = parts.join(&separator);
        return Ok(if joined.is_empty() { Value::html("") } else { joined.into() });
    }
    let mut html = String::new();
    for (at, (part, text)) in args.params.iter().zip(&parts).enumerate() {
        if at > 0 {
            escape(&separator, &mut html);
        }
        match part {
            Value::Html(_) => html.push_str(text),
            _ => escape(text, &mut html),
        }
    }
    Ok(Value::html(html))
}

/// `{{encode text}}`: for a part of an address, as JavaScript's `encodeURIComponent`.
pub(super) fn encode(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let text = args.param(0).to_string();
    render.charge(text.len() * 3)?;
    Ok(percent_encode(&text, |byte| byte.is_ascii_alphanumeric() || b"-_.!~*()'".contains(&byte)).into())
}

/// Bytes that may not stand become `%XX`. Most addresses need nothing of it.
pub(super) fn percent_encode(text: &str, may_stand: impl Fn(u8) -> bool) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // What may not stand is ASCII or the whole of a longer character, so every cut is between characters.
    while let Some(at) = rest.bytes().position(|byte| !may_stand(byte)) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let end = behind.bytes().position(&may_stand).unwrap_or(behind.len());
        for byte in behind[..end].bytes() {
            let digits = [byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)]));
            out.extend(['%', digits[0], digits[1]]);
        }
        rest = &behind[end..];
    }
    out.push_str(rest);
    out
}

/// `{{#foreach (split "a,b" separator=",")}}`: a text as a list.
pub(super) fn split(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let (text, separator) = (args.param(0).to_string(), args.text("separator", ","));
    // Every member is a text of its own and costs more than its letters.
    render.charge(text.len() * 16)?;
    let parts = text.split(separator.as_str()).filter(|part| !part.is_empty());
    Ok(Value::list(parts.map(Value::from)))
}

/// `{{json @custom.shade}}`: as JSON that may stand inside a `<script>`.
pub(super) fn json(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    render.charge(args.param(0).to_string().len() * 4)?;
    Ok(Value::html(crate::head::script_json(&as_json(args.param(0), 0))))
}

/// How deep `{{json}}` looks into things: articles hold authors, authors nothing of articles.
const JSON_DEPTH: usize = 4;

fn as_json(value: &Value, depth: usize) -> serde_json::Value {
    match value {
        _ if depth > JSON_DEPTH => serde_json::Value::Null,
        Value::Undefined | Value::Null => serde_json::Value::Null,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => (*number as i64).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) | Value::Html(text) => (&**text).into(),
        Value::List(list) => list.iter().map(|member| as_json(member, depth + 1)).collect(),
        Value::Map(_) | Value::Object(_) => value
            .names()
            .into_iter()
            .map(|name| (name.to_owned(), as_json(&value.get(name), depth + 1)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// `{{{{raw}}}} … {{{{/raw}}}}`: what stands in it, as it is.
pub(super) fn raw(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    render.choose(args, true).map(|()| Value::Undefined)
}
