//! What each element means to a manuscript.

use super::super::tags::Tag;

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Nothing of it is read.
    Mute,
    /// Written as it is, and nothing stands in it.
    Void(&'static str),
    /// Written, with the few attributes that mean something.
    Plain(&'static str),
    Heading(&'static str),
    /// What its style says of words.
    Span,
    Link,
    Picture,
    /// A page of another site.
    Frame,
    /// A film of the time before `<video>`.
    Film,
    Media(&'static str),
    Figure,
    Caption,
    Table,
    /// A part of a table.
    Cell(&'static str),
    Form,
    /// A text that opens.
    Details,
    Summary,
    /// Only what stands in it.
    Dissolved,
}

impl Kind {
    /// Whether it may stand in a caption.
    pub fn is_of_a_line(self) -> bool {
        matches!(self, Kind::Plain(_) | Kind::Span | Kind::Link | Kind::Void("br" | "wbr") | Kind::Dissolved)
    }
}

/// Written under another name, or in small letters.
const PLAIN: [(&str, &str); 49] = [
    ("abbr", "abbr"),
    ("acronym", "abbr"),
    ("address", "address"),
    ("article", "article"),
    ("aside", "aside"),
    ("b", "b"),
    ("blockquote", "blockquote"),
    ("center", "div"),
    ("cite", "cite"),
    ("code", "code"),
    ("dd", "dd"),
    ("del", "del"),
    ("dfn", "dfn"),
    ("dir", "ul"),
    ("div", "div"),
    ("dl", "dl"),
    ("dt", "dt"),
    ("em", "em"),
    ("fieldset", "div"),
    ("footer", "footer"),
    ("header", "header"),
    ("hgroup", "div"),
    ("i", "i"),
    ("ins", "ins"),
    ("kbd", "kbd"),
    ("legend", "p"),
    ("li", "li"),
    ("main", "main"),
    ("mark", "mark"),
    ("menu", "ul"),
    ("nav", "div"),
    ("ol", "ol"),
    ("p", "p"),
    ("pre", "pre"),
    ("q", "q"),
    ("s", "s"),
    ("samp", "samp"),
    ("section", "section"),
    ("small", "small"),
    ("strike", "s"),
    ("strong", "strong"),
    ("sub", "sub"),
    ("sup", "sup"),
    ("time", "time"),
    ("tt", "code"),
    ("u", "u"),
    ("ul", "ul"),
    ("var", "var"),
    ("xmp", "pre"),
];

/// Of which nothing is read: their closing tags, in small and in capital letters.
pub(super) const MUTE: [(&str, &str); 14] = [
    ("</script", "</SCRIPT"),
    ("</style", "</STYLE"),
    ("</template", "</TEMPLATE"),
    ("</noscript", "</NOSCRIPT"),
    ("</head", "</HEAD"),
    ("</title", "</TITLE"),
    ("</noembed", "</NOEMBED"),
    ("</noframes", "</NOFRAMES"),
    ("</select", "</SELECT"),
    ("</textarea", "</TEXTAREA"),
    ("</datalist", "</DATALIST"),
    ("</svg", "</SVG"),
    ("</map", "</MAP"),
    ("</canvas", "</CANVAS"),
];

/// Elements of which nothing is read and in which nothing stands.
const MUTE_VOIDS: [&str; 5] = ["link", "meta", "base", "input", "area"];

pub(super) fn kind(name: &str) -> Kind {
    let lower = name.to_ascii_lowercase();
    if let Ok(at) = PLAIN.binary_search_by_key(&lower.as_str(), |(name, _)| name) {
        return Kind::Plain(PLAIN[at].1);
    }
    match lower.as_str() {
        "br" => Kind::Void("br"),
        "wbr" => Kind::Void("wbr"),
        "hr" => Kind::Void("hr"),
        "h1" => Kind::Heading("h1"),
        "h2" => Kind::Heading("h2"),
        "h3" => Kind::Heading("h3"),
        "h4" => Kind::Heading("h4"),
        "h5" => Kind::Heading("h5"),
        "h6" => Kind::Heading("h6"),
        "span" | "font" => Kind::Span,
        "a" => Kind::Link,
        "img" => Kind::Picture,
        "iframe" => Kind::Frame,
        "embed" | "object" | "param" => Kind::Film,
        "audio" => Kind::Media("audio"),
        "video" => Kind::Media("video"),
        "source" => Kind::Media("source"),
        "track" => Kind::Media("track"),
        "figure" => Kind::Figure,
        "figcaption" => Kind::Caption,
        "table" => Kind::Table,
        "caption" => Kind::Cell("caption"),
        "colgroup" => Kind::Cell("colgroup"),
        "col" => Kind::Cell("col"),
        "thead" => Kind::Cell("thead"),
        "tbody" => Kind::Cell("tbody"),
        "tfoot" => Kind::Cell("tfoot"),
        "tr" => Kind::Cell("tr"),
        "td" => Kind::Cell("td"),
        "th" => Kind::Cell("th"),
        "details" => Kind::Details,
        "summary" => Kind::Summary,
        "form" => Kind::Form,
        lower if MUTE_VOIDS.contains(&lower) || MUTE.iter().any(|(close, _)| &close[2..] == lower) => Kind::Mute,
        _ => Kind::Dissolved,
    }
}

/// The attributes that mean something, beyond those that have a rule of their own.
pub(super) fn attributes_of(element: &str) -> &'static [&'static str] {
    match element {
        "abbr" | "dfn" => &["title"],
        "ol" => &["start", "reversed", "type"],
        "time" => &["datetime"],
        "audio" => &["src", "controls", "loop", "muted", "preload"],
        "video" => &["src", "poster", "controls", "loop", "muted", "playsinline", "preload", "width", "height"],
        "source" => &["src", "type"],
        "track" => &["src", "kind", "srclang", "label", "default"],
        "td" => &["colspan", "rowspan", "headers"],
        "th" => &["colspan", "rowspan", "headers", "scope", "abbr"],
        "col" | "colgroup" => &["span"],
        "bdo" | "p" | "div" | "blockquote" | "li" | "ul" => &["dir", "lang"],
        _ => &[],
    }
}

pub(super) fn is_void(name: &str) -> bool {
    const VOIDS: [&str; 12] =
        ["br", "wbr", "hr", "img", "embed", "param", "source", "track", "col", "input", "link", "meta"];
    VOIDS.iter().chain(&["base", "area"]).any(|void| void.eq_ignore_ascii_case(name))
}

/// Whether words before and after it stand on different lines.
pub(super) fn ends_a_line(name: &str) -> bool {
    const BLOCKS: [&str; 38] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
        "video",
        "audio",
    ];
    BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name))
}

/// Whether an element is one block with all that it holds.
pub(super) fn is_container(name: &str) -> bool {
    ["ul", "ol", "dl", "blockquote", "table", "figure", "details"].iter().any(|block| block.eq_ignore_ascii_case(name))
}

/// A way to set words that a style asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Format {
    Bold,
    Italic,
    Underline,
    Struck,
}

impl Format {
    pub fn element(self) -> &'static str {
        match self {
            Format::Bold => "strong",
            Format::Italic => "em",
            Format::Underline => "u",
            Format::Struck => "s",
        }
    }
}

/// The formats in a style.
pub(super) fn formats(css: &str) -> Vec<Format> {
    if css.is_empty() {
        return Vec::new();
    }
    let bold = ["font-weight:bold", "font-weight:600", "font-weight:700", "font-weight:800"];
    let rules = [
        (bold.iter().any(|rule| css_has(css, rule)), Format::Bold),
        (css_has(css, "font-style:italic"), Format::Italic),
        (css_has(css, "text-decoration:underline"), Format::Underline),
        (css_has(css, "text-decoration:line-through"), Format::Struck),
    ];
    rules.iter().filter(|(set, _)| *set).map(|(_, format)| *format).collect()
}

/// Whether a style has a rule, whatever its letters and spaces.
pub(super) fn css_has(css: &str, rule: &str) -> bool {
    let mut rules = css.split(';').map(|one| one.split_whitespace().collect::<String>().to_ascii_lowercase());
    rules.any(|one| one.starts_with(rule))
}

/// How the words of a cell stand, in the spelling that a page may print.
pub(super) fn alignment(tag: &Tag<'_>) -> Option<&'static str> {
    let css = tag.raw("style").unwrap_or_default();
    let align = tag.raw("align").or_else(|| tag.raw("data-align")).unwrap_or_default();
    let is = |side: &str| {
        align.eq_ignore_ascii_case(side)
            || tag.has_class(&format!("has-text-align-{side}"))
            || css_has(css, &format!("text-align:{side}"))
    };
    ["center", "right", "left"].into_iter().find(|side| is(side)).map(|side| match side {
        "center" => "text-align:center",
        "right" => "text-align:right",
        _ => "text-align:left",
    })
}

/// The language of program text: `language-x`, `lang-x` or the older `brush: x`.
pub(in super::super) fn language(tag: &Tag<'_>) -> Option<String> {
    let class = tag.raw("class").unwrap_or_default();
    let named =
        |class: &str| ["language-", "lang-"].iter().find_map(|start| class.strip_prefix(start)).map(str::to_owned);
    let brush = || {
        let (_, after) = class.split_once("brush:")?;
        Some(after.trim_start().split([';', ' ']).next()?.to_owned())
    };
    let language = class.split_ascii_whitespace().find_map(named).or_else(brush)?;
    let is_name =
        language.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'-' | b'.'));
    (is_name && !language.is_empty()).then_some(language)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_elements_are_sorted() {
        assert!(super::PLAIN.is_sorted_by_key(|(name, _)| name));
    }
}
