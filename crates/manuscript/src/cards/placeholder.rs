//! Words in the HTML of an e-mail card that the mailer fills in for each member.

/// Marks `{first_name, "there"}` as `%%{first_name, "there"}%%`, which is what Ghost's mailer looks
/// for. The editor sets such a word as code; it comes out as text.
///
/// It works on the HTML as it is stored, which is cleaned afterwards.
pub(super) fn marked(html: &str) -> String {
    let html = without_code(html);
    let mut out = String::with_capacity(html.len() + 16);
    let mut rest = &*html;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (word, after) = rest.split_at(placeholder(rest).unwrap_or(1));
        if word.len() == 1 {
            out.push_str(word);
        } else {
            out.extend(["%%", word, "%%"]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The bytes of the placeholder that the text starts with: a name, and perhaps what to say without
/// a value.
fn placeholder(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('{')?;
    let rest = inside.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if rest.len() == inside.len() {
        return None;
    }
    let rest = match rest.strip_prefix('}') {
        Some(rest) => rest,
        None => {
            let instead = rest.strip_prefix(',').unwrap_or(rest).trim_start_matches(' ').strip_prefix('"')?;
            instead.split_once('"')?.1.strip_prefix('}')?
        }
    };
    Some(text.len() - rest.len())
}

/// Leaves out the `<code>` around placeholders.
fn without_code(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.split_once("<code") {
        out.push_str(before);
        let inside =
            from.split_once('>').filter(|(attributes, _)| attributes.is_empty() || attributes.starts_with(' '));
        match inside.and_then(|(_, inside)| inside.split_once("</code>")) {
            Some((inside, after)) if holds_braces(inside) => {
                out.push_str(inside);
                rest = after;
            }
            _ => {
                out.push_str("<code");
                rest = from;
            }
        }
    }
    out.push_str(rest);
    out
}

fn holds_braces(html: &str) -> bool {
    html.split_once('{').is_some_and(|(_, after)| after.contains('}'))
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn placeholders_are_marked_and_other_braces_are_not() {
        for (html, expected) in [
            ("Hi {first_name}, {first_name \"x\"}", "Hi %%{first_name}%%, %%{first_name \"x\"}%%"),
            ("{first_name, \"a}b\"}{x}", "%%{first_name, \"a}b\"}%%%%{x}%%"),
            ("<code spellcheck=\"false\"><span>{uuid}</span></code>", "<span>%%{uuid}%%</span>"),
            ("<code>let x = 1;</code> <code>{x}</code> <codex>{y}", "<code>let x = 1;</code> %%{x}%% <codex>%%{y}%%"),
            ("{} {a-b} {a,} { a} {a, 'x'} {a, \"x\" {", "{} {a-b} {a,} { a} {a, 'x'} {a, \"x\" {"),
            ("<code>{a", "<code>{a"),
            ("{é}{", "{é}{"),
        ] {
            assert_eq!(marked(html), expected);
        }
    }
}
