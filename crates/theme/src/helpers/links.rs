//! `{{url}}` and `{{page_url}}`.

use super::Done;
use super::text::percent_encode;
use crate::Value;
use crate::handlebars::{Arguments, Render};

/// The address of the context: its path, or all of it with `absolute="true"`. Outside of anything
/// with an address, that of the page.
pub(super) fn url(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let own = [args.this().get("url"), args.this().get("post").get("url")];
    let url = match own.iter().find_map(Value::as_str) {
        Some(own) => own.to_owned(),
        None if args.this().is(&render.page.root) => render.page.path.to_owned(),
        None => return Ok(Value::Undefined),
    };
    let url = encoded(&url);
    Ok(if args.says_yes("absolute") { absolute(render, &url) } else { url }.into())
}

/// `{{page_url 2}}`: the address of another page of this list; nothing for no page.
pub(super) fn page_url(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let Some(page) = args.param(0).as_number().filter(|page| *page >= 1.0) else { return Ok(Value::Undefined) };
    let first = first_page(render.page.path);
    Ok(match page as u64 {
        1 => encoded(first),
        page => encoded(&format!("{first}page/{page}/")),
    }
    .into())
}

/// The path without its `page/2/`.
fn first_page(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    let number = trimmed.rsplit('/').next().unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match trimmed.strip_suffix(number).and_then(|before| before.strip_suffix("page/")) {
        Some(first) if is_number && first.ends_with('/') => first,
        _ => path,
    }
}

/// With the address of the magazine before it, if it is a path.
pub(super) fn absolute(render: &Render<'_>, url: &str) -> String {
    match url.starts_with('/') && !url.starts_with("//") {
        true => format!("{}{url}", render.site("url").to_string().trim_end_matches('/')),
        false => url.to_owned(),
    }
}

/// What may not stand in an address is encoded; what is encoded already stays.
pub(super) fn encoded(url: &str) -> String {
    percent_encode(url, |byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_of_a_list_is_its_path_without_the_number() {
        assert_eq!(first_page("/page/2/"), "/");
        assert_eq!(first_page("/tag/news/page/12/"), "/tag/news/");
        assert_eq!(first_page("/tag/page/"), "/tag/page/");
        assert_eq!(first_page("/homepage/2/"), "/homepage/2/");
        assert_eq!(first_page("/"), "/");
    }

    #[test]
    fn an_address_is_encoded_once() {
        assert_eq!(encoded("/café \"x\"/?a=1&b=%20"), "/caf%C3%A9%20%22x%22/?a=1&b=%20");
    }
}
