//! HTML parsed as a browser would, within limits.

use std::borrow::Cow;
use std::cell::Cell;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink, create_element};
use html5ever::{QualName, TokenizerResult, local_name, ns};
use scraper::{ElementRef, Html, HtmlTreeSink, Node};

use crate::escape::Escaped;
use crate::limits::{MAX_HTML_ATTRIBUTES, MAX_HTML_BYTES, MAX_HTML_DEPTH, MAX_HTML_NODES};
use crate::open_tag::OpenTag;
use crate::parse::NoDocument;

/// How much the parser reads before the limits are checked. Small, because a few bytes can repeat
/// every unclosed formatting element, and a deep tree makes each further tag dear.
const STEP: usize = 64;

/// Elements of which neither text nor tags mean anything to a reader.
const MUTE: [&str; 15] = [
    "script", "style", "template", "noscript", "head", "title", "base", "link", "meta", "noembed", "noframes",
    "select", "textarea", "datalist", "param",
];

/// Parses what may stand in a `<body>`.
pub(crate) fn parse(html: &str) -> Result<Html, NoDocument> {
    if html.len() > MAX_HTML_BYTES {
        return Err(NoDocument::TooMuchHtml);
    }
    let sink = HtmlTreeSink::new(Html::new_fragment());
    let body = create_element(&sink, QualName::new(None, ns!(html), local_name!("body")), Vec::new());
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new_for_fragment(sink, body, None, options);
    let parser = Tokenizer::new(Counted { builder, tokens: Cell::new(0) }, TokenizerOpts::default());

    let mut growth = Growth::default();
    let mut open_tag: Option<OpenTag> = None;
    let mut rest = html;
    while !rest.is_empty() {
        let (step, after) = rest.split_at(step(rest));
        let tokens = parser.sink.tokens.get();
        feed(&parser, step);
        growth.check(&parser.sink.builder.sink.0.borrow())?;
        match &mut open_tag {
            _ if parser.sink.tokens.get() != tokens => open_tag = (step == "<").then(OpenTag::new),
            Some(tag) => tag.read(step.as_bytes()),
            None => open_tag = (step == "<").then(OpenTag::new),
        }
        if open_tag.as_ref().is_some_and(|tag| tag.attributes > MAX_HTML_ATTRIBUTES) {
            return Err(NoDocument::TooMuchHtml);
        }
        rest = after;
    }
    parser.end();
    let html = parser.sink.builder.sink.finish();
    growth.check(&html)?;
    Ok(html)
}

/// How many bytes to read next: a `<` alone, so that it is known where tags begin, or what stands
/// before the next one.
fn step(rest: &str) -> usize {
    let near = &rest.as_bytes()[..rest.len().min(STEP)];
    match near.iter().position(|byte| *byte == b'<') {
        Some(0) => 1,
        next => rest.ceil_char_boundary(next.unwrap_or(near.len())),
    }
}

fn feed(parser: &Tokenizer<Counted>, step: &str) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(step));
    // It stops after every script, for a browser to run it.
    while !matches!(parser.feed(&input), TokenizerResult::Done) {}
}

/// The tree builder, and how many tokens have reached it.
struct Counted {
    builder: TreeBuilder<ego_tree::NodeId, HtmlTreeSink>,
    tokens: Cell<usize>,
}

impl TokenSink for Counted {
    type Handle = ego_tree::NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// What the parser has made so far.
#[derive(Default)]
struct Growth {
    nodes: usize,
    attribute_bytes: usize,
}

impl Growth {
    fn check(&mut self, html: &Html) -> Result<(), NoDocument> {
        let nodes = html.tree.nodes();
        let new = nodes.len() - self.nodes;
        self.nodes = nodes.len();
        // An unclosed formatting element comes again in every paragraph, with all its attributes.
        for element in nodes.rev().take(new).filter_map(|node| node.value().as_element()) {
            self.attribute_bytes += element.attrs().map(|(_, value)| value.len()).sum::<usize>();
        }
        // The node made last is the deepest that is still open, or close to it.
        let last = html.tree.nodes().next_back();
        let too_deep = last.is_some_and(|last| last.ancestors().nth(MAX_HTML_DEPTH).is_some());
        if too_deep || self.nodes > MAX_HTML_NODES || self.attribute_bytes > MAX_HTML_BYTES {
            return Err(NoDocument::TooMuchHtml);
        }
        Ok(())
    }
}

/// The nodes that were parsed, without the document around them.
pub(crate) fn content(html: &Html) -> impl Iterator<Item = NodeRef<'_, Node>> {
    html.tree.root().children().flat_map(|root| root.children())
}

/// An HTML element's name; nothing for text, comments and foreign elements such as those of SVG.
pub(crate) fn name<'a>(node: &NodeRef<'a, Node>) -> Option<&'a str> {
    let element = node.value().as_element()?;
    (element.name.ns == ns!(html)).then(|| element.name())
}

/// An attribute of an element.
pub(crate) fn attribute<'a>(node: &NodeRef<'a, Node>, name: &str) -> Option<&'a str> {
    node.value().as_element()?.attr(name)
}

/// A node as HTML; text is escaped.
pub(crate) fn outer(node: &NodeRef<'_, Node>) -> String {
    match (ElementRef::wrap(*node), node.value()) {
        (Some(element), _) => element.html(),
        (None, Node::Text(text)) => Escaped(text).to_string(),
        _ => String::new(),
    }
}

/// Whether nothing but white space stands in a node.
pub(crate) fn is_blank(node: &NodeRef<'_, Node>) -> bool {
    node.descendants().all(|inner| inner.value().as_text().is_none_or(|text| text.trim().is_empty()))
}

/// Whether an element has this class.
pub(crate) fn has_class(node: &NodeRef<'_, Node>, class: &str) -> bool {
    attribute(node, "class").is_some_and(|all| all.split_ascii_whitespace().any(|one| one == class))
}

/// Whether an element is dropped with all that it holds.
pub(crate) fn is_mute(node: &NodeRef<'_, Node>) -> bool {
    node.value().is_element() && name(node).is_none_or(|name| MUTE.contains(&name))
}

/// Whether a browser sets the element on lines of its own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "div"
            | "dd"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tr"
            | "ul"
            | "caption"
    )
}

/// The text that a reader sees in a piece of HTML: white space folded, one line for each block,
/// cells divided by a space. Empty for HTML beyond the limits.
pub(crate) fn text(html: &str) -> Cow<'_, str> {
    if is_plain(html) && !html.contains("  ") {
        return Cow::Borrowed(html.trim_matches(' '));
    }
    let Ok(html) = parse(html) else { return Cow::Borrowed("") };
    let mut out = String::new();
    let mut mute = 0;
    for edge in html.tree.root().traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        if is_mute(&node) {
            if matches!(edge, Edge::Open(_)) { mute += 1 } else { mute -= 1 }
        }
        if mute > 0 {
            continue;
        }
        match node.value() {
            Node::Text(text) if matches!(edge, Edge::Open(_)) => fold_into(&mut out, text),
            Node::Element(element) if element.name() == "br" && matches!(edge, Edge::Open(_)) => end_line(&mut out),
            Node::Element(element) if is_block(element.name()) => end_line(&mut out),
            Node::Element(element) if matches!(element.name(), "td" | "th") => fold_into(&mut out, " "),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// Whether a piece of HTML is text that a parser would give back as it is: without tags, references
/// and the characters that it folds or replaces.
pub(crate) fn is_plain(html: &str) -> bool {
    !html.bytes().any(|byte| matches!(byte, b'<' | b'&' | 0..0x20))
}

/// Adds text with every run of white space folded to one space; none at the start of a line.
pub(crate) fn fold_into(out: &mut String, text: &str) {
    for c in text.chars() {
        if !matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            out.push(c);
        } else if !(out.is_empty() || out.ends_with([' ', '\n'])) {
            out.push(' ');
        }
    }
}

fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !(out.is_empty() || out.ends_with('\n')) {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, text};

    #[test]
    fn text_is_what_a_reader_sees() {
        assert_eq!(
            text("<p>One &amp;\n two</p><script>x</script><p>Three<br>four <b>five</b></p>"),
            "One & two\nThree\nfour five"
        );
        assert_eq!(text("<table><tr><td>a</td><td>b</td></tr></table>"), "a b");
        assert_eq!(text("plain"), "plain");
    }

    #[test]
    fn html_that_explodes_in_the_parser_is_refused() {
        let formats: String = (0..2_000).map(|n| format!("<b a={n}>")).collect();
        assert!(parse(&format!("{formats}{}", "<p>".repeat(2_000))).is_err());
        assert!(parse(&"<div>".repeat(100_000)).is_err());
        assert!(parse(&"<p>x</p>".repeat(100_001)).is_err());
        assert!(parse(&format!("<p><b title={}>{}", "x".repeat(1_000_000), "<p>x".repeat(100))).is_err());
        assert!(parse(&"<p>x</p>".repeat(10_000)).is_ok());
    }

    #[test]
    fn only_a_tag_with_very_many_attributes_is_refused() {
        let attributes: String = (0..100_000).map(|n| format!(" a{n}")).collect();
        assert!(parse(&format!("<a{attributes}>")).is_err());
        assert!(parse(&format!("&amp<!-- x --></a{attributes}>")).is_err());
        for html in [
            format!("<!-- <a{attributes} -->"),
            format!("<script>for(i=0;i<a{attributes}</script>"),
            format!("<img alt=\"<a{attributes}\" src='data:image/png;base64,{}'>", "a/b ".repeat(10_000)),
            "<a b>x</a>".repeat(1_000),
        ] {
            assert!(parse(&html).is_ok(), "{}", &html[..40]);
        }
    }
}
