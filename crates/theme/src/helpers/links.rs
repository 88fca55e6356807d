//! `{{url}}` and `{{page_url}}`.

use super::Done;
use super::text::percent_encode;
use crate::Value;
use crate::handlebars::{Arguments, Render, escape};

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
    Ok(if args.says_yes("absolute") { absolute(render, &url) } else { relative(render, &url).to_owned() }.into())
}

/// Without the address of the magazine before it.
pub(super) fn relative<'u>(render: &Render<'_>, url: &'u str) -> &'u str {
    let site = render.site_url.as_str();
    url.strip_prefix(site).filter(|path| !site.is_empty() && path.starts_with('/')).unwrap_or(url)
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

/// `{{#link href="/about/" class="x" activeClass="on" parentActiveClass="up"}}About{{/link}}`: a link that knows whether
/// it leads here, or to a page above this one.
pub(super) fn link(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let href = args.text("href", "");
    let classes = link_classes(render, args, &href);
    let mut tag = String::from("<a");
    let mut attribute = |name: &str, value: &str| {
        tag.push(' ');
        tag.push_str(name);
        tag.push_str("=\"");
        escape(value, &mut tag);
        tag.push('"');
    };
    if !classes.is_empty() {
        attribute("class", &classes);
    }
    attribute("href", &encoded(&href));
    for (name, value) in &args.hash {
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_name && !["href", "class", "activeClass", "parentActiveClass"].contains(name) {
            attribute(name, &value.to_string());
        }
    }
    tag.push('>');
    render.write(&tag)?;
    render.choose(args, true)?;
    render.write("</a>")?;
    Ok(Value::Undefined)
}

/// `{{link_class for="/about/" class="nav"}}`: the classes of such a link.
pub(super) fn link_class(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let href = args.text("for", "");
    Ok(link_classes(render, args, &href).into())
}

fn link_classes(render: &Render<'_>, args: &Arguments<'_>, href: &str) -> String {
    let mut classes: Vec<String> = vec![args.text("class", "")];
    let path = href.strip_prefix(render.site_url.as_str()).unwrap_or(href);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let here = render.page.path.trim_end_matches('/');
    // `activeClass=false` wants none; a text is the class.
    if path == here && !args.says_no("activeClass") {
        classes.push(args.text("activeClass", "nav-current"));
    } else if !path.is_empty() && here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')) {
        let given = args.named("parentActiveClass");
        let active = args.text("activeClass", "nav-current");
        match given {
            Value::Undefined if !args.says_no("activeClass") => classes.push(format!("{active}-parent")),
            Value::Bool(_) | Value::Undefined => {}
            class => classes.push(class.to_string()),
        }
    }
    classes.retain(|class| !class.is_empty());
    classes.join(" ")
}

/// `{{readable_url "https://www.example.org/a/?b"}}`: an address as one says it.
pub(super) fn readable_url(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let Some(url) = args.param(0).as_str() else { return Ok(Value::Undefined) };
    let Some((_, rest)) = url.split_once("://") else { return Ok(url.into()) };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path.trim_end_matches('/')));
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    Ok(if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") }.into())
}

/// `{{content_api_url}}`: where scripts ask for content.
pub(super) fn content_api_url(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    const PATH: &str = "/ghost/api/content/";
    Ok(if args.says_no("absolute") { PATH.to_owned() } else { absolute(render, PATH) }.into())
}

/// `{{content_api_key}}`: the key that scripts of the theme ask with. It opens what readers see anyway.
pub(super) fn content_api_key(render: &mut Render<'_>, _: &Arguments<'_>) -> Done {
    Ok(render.data("frontend_key"))
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
        true => format!("{}{url}", render.site_url),
        false => url.to_owned(),
    }
}

/// What may not stand in an address is encoded; what is encoded already stays.
pub(super) fn encoded(url: &str) -> String {
    percent_encode(url, |byte| {
        byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
    })
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
