//! The line under a picture: its caption, and who made it under which licence.

use crate::handlebars::escape;

/// What is said about a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caption {
    /// Plain text.
    Text(String),
    /// Markup that is safe already.
    Html(String),
}

/// A piece of a credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Plain text.
    pub text: String,
    /// Where it leads.
    pub url: Option<String>,
    /// Whether it is the name of the licence.
    pub is_licence: bool,
}

/// Both as markup within a line; `None` where there is neither.
pub fn line(caption: Option<Caption>, credit: &[Part]) -> Option<String> {
    let mut html = match caption {
        Some(Caption::Html(html)) => html,
        Some(Caption::Text(text)) => {
            let mut html = String::new();
            escape(&text, &mut html);
            html
        }
        None => String::new(),
    };
    if !html.is_empty() && !credit.is_empty() {
        html.push(' ');
    }
    for Part { text, url, is_licence } in credit {
        if let Some(url) = url {
            html.push_str("<a href=\"");
            escape(url, &mut html);
            html.push_str(if *is_licence { "\" rel=\"license\">" } else { "\">" });
        }
        escape(text, &mut html);
        html.push_str(if url.is_some() { "</a>" } else { "" });
    }
    Some(html).filter(|html| !html.is_empty())
}

/// A picture with its line, for where no theme draws: feeds. `line` is markup that is safe already.
pub fn figure(src: &str, alt: &str, line: Option<&str>) -> String {
    let mut html = String::from("<figure><img src=\"");
    escape(src, &mut html);
    html.push_str("\" alt=\"");
    escape(alt, &mut html);
    html.push_str("\">");
    if let Some(line) = line {
        html.push_str("<figcaption>");
        html.push_str(line);
        html.push_str("</figcaption>");
    }
    html + "</figure>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_stands_behind_the_caption_and_its_licence_is_a_link() {
        let part = |text: &str, url: Option<&str>, is_licence| Part {
            text: text.into(),
            url: url.map(str::to_owned),
            is_licence,
        };
        let credit =
            [part("Photo: A & B, ", None, false), part("CC BY 4.0", Some("https://licence.example/by/"), true)];
        assert_eq!(
            line(Some(Caption::Text("A <wall>".into())), &credit).unwrap(),
            "A &lt;wall&gt; Photo: A &amp; B, <a href=\"https://licence.example/by/\" rel=\"license\">CC BY 4.0</a>"
        );
        assert_eq!(line(Some(Caption::Html("<b>A</b>".into())), &[]).unwrap(), "<b>A</b>");
        assert_eq!(line(None, &[]), None);
    }

    #[test]
    fn a_picture_stands_with_its_line() {
        assert_eq!(
            figure("/a.jpg?x&y", "\"Tide\"", Some("By <b>Ann</b>")),
            "<figure><img src=\"/a.jpg?x&amp;y\" alt=\"&quot;Tide&quot;\"><figcaption>By <b>Ann</b></figcaption></figure>"
        );
        assert_eq!(figure("/a.jpg", "", None), "<figure><img src=\"/a.jpg\" alt=\"\"></figure>");
    }
}
