//! Blocks of words that are more than their HTML: program text, verse, a text that opens, buttons.

use manuscript::{Block as Node, Button, Card, CodeBlock, Embed, Toggle};

use super::super::tags::{Token, Tokens, decode, escaped};
use super::super::{Work, address, autoembed, clean, marks, texturize};
use super::grammar::{Block, Part};
use super::{inside, plain};

/// Program text, verbatim.
pub(super) fn code(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let html = inside(block, work);
    let mut code = CodeBlock::blank();
    let mut text = String::new();
    for token in Tokens::of(&html) {
        match token {
            Token::Text(part) => text.push_str(part),
            Token::Open(tag) if tag.is("br") => text.push('\n'),
            Token::Open(tag) => {
                if let Some(language) = clean::language(&tag) {
                    code.language = language.into();
                }
            }
            _ => {}
        }
    }
    let language = block.text("language");
    if code.language.is_empty() && language.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        code.language = language.to_owned().into();
    }
    let text = marks::without(&text);
    code.code = decode(text.trim_matches('\n')).into_owned().into();
    if !code.code.trim().is_empty() {
        out.push_str(&work.cards.mark(vec![Node::card(Card::Code(code))]));
    }
}

/// Verse: lines are lines, and it is no program.
pub(super) fn verse(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let html = inside(block, work);
    let html = html.trim();
    let begin = html.find('>').filter(|_| html.starts_with("<pre")).map_or(0, |end| end + 1);
    let lines = html[begin..].trim_end_matches("</pre>").replace('\n', "<br>");
    // An empty line ends a stanza.
    let mut stanzas = String::new();
    let mut is_empty = true;
    for line in lines.split("<br>").map(str::trim) {
        match (line.is_empty(), is_empty) {
            (true, false) => stanzas.push_str("</p>"),
            (false, true) => stanzas.push_str("<p>"),
            (false, false) => stanzas.push_str("<br>"),
            (true, true) => {}
        }
        stanzas.push_str(line);
        is_empty = line.is_empty();
    }
    out.push_str(&stanzas);
    out.push_str(if is_empty { "" } else { "</p>" });
}

/// HTML that somebody wrote by hand: what a manuscript can say is said in nodes, the rest is a card.
pub(super) fn html(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let mut html = String::new();
    let mut has_blocks = false;
    for part in &block.parts {
        match part {
            Part::Html(part) => html.push_str(part),
            Part::Block(block) => {
                has_blocks = true;
                super::put_block(block, work, &mut html);
            }
        }
    }
    if has_blocks || clean::can_be_nodes(&html) {
        return out.push_str(&html);
    }
    if let Some(card) = post(&html) {
        return out.push_str(&work.cards.mark(vec![card]));
    }
    let html = work.cards.in_html(&address::moved_in(&texturize::texturize(&html), work));
    if !html.trim().is_empty() {
        out.push_str(&work.cards.mark(vec![Node::html(html.trim().to_owned())]));
    }
}

/// What another site gives people to copy: a post as a quotation, and a script that draws it. The script never runs
/// here; the words are shown, and a link to the post.
fn post(html: &str) -> Option<Node<'static>> {
    const POSTS: [&str; 7] = [
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "tiktok-embed",
        "bluesky-embed",
        "reddit-embed-bq",
        "mastodon-embed",
    ];
    let (mut post, mut url, mut is_inside) = (None, None, false);
    for token in Tokens::of(html) {
        match token {
            Token::Open(tag) if tag.is("blockquote") => {
                post = post.or(Some(tag.classes().find_map(|class| POSTS.into_iter().find(|post| *post == class))?));
                url = tag.value("cite").map(|cite| cite.into_owned()).filter(|cite| cite.contains("://"));
                is_inside = true;
            }
            Token::Close(name) if name.eq_ignore_ascii_case("blockquote") => is_inside = false,
            // Its own address is that of the last link.
            Token::Open(tag) if is_inside && tag.is("a") => url = tag.value("href").map(|href| href.into_owned()),
            Token::Open(tag) if !is_inside && !tag.is("script") => return None,
            Token::Text(text) if post.is_none() && !text.trim().is_empty() => return None,
            _ => {}
        }
    }
    let mut embed = Embed::blank();
    embed.embed_type = if post?.starts_with("twitter") { "twitter" } else { "rich" }.into();
    embed.url = url.filter(|url| url.starts_with("http"))?.into();
    embed.html = html.trim().to_owned().into();
    Some(Node::card(Card::Embed(embed)))
}

/// A heading that opens a text.
fn toggle(heading: String, content: &str, work: &mut Work<'_>, out: &mut String) {
    let content = texturize::texturize(&autoembed::autoembed(content, work));
    let content = clean::clean(&content, work);
    let mut toggle = Toggle::blank();
    toggle.heading = heading.into();
    toggle.content = work.cards.in_html(content.trim()).into();
    out.push_str(&work.cards.mark(vec![Node::card(Card::Toggle(toggle))]));
}

/// One part of an accordion: its heading is a button, with a sign for open and closed.
pub(super) fn accordion_item(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let (mut heading, mut content) = (String::new(), String::new());
    for part in &block.parts {
        match part {
            Part::Block(part) if part.name == "accordion-heading" => heading.push_str(title(&part.html())),
            Part::Block(panel) if panel.name == "accordion-panel" => {
                panel.parts.iter().for_each(|part| unwrapped(part, work, &mut content));
            }
            part => unwrapped(part, work, &mut content),
        }
    }
    let heading = work.line(&heading);
    toggle(heading, &content, work, out);
}

/// A part of a block that only groups, without the tags around it.
fn unwrapped(part: &Part<'_>, work: &mut Work<'_>, out: &mut String) {
    match part {
        Part::Block(block) => super::put_block(block, work, out),
        Part::Html(html) if clean::paragraphs(html).is_empty() => {}
        Part::Html(html) => out.push_str(html),
    }
}

/// The words of a heading in front of its sign.
fn title(html: &str) -> &str {
    let mut tokens = Tokens::of(html);
    let mut begin = 0;
    loop {
        let at = tokens.at();
        match tokens.next() {
            Some(Token::Open(tag)) if tag.classes().any(|class| class.ends_with("toggle-title")) => begin = tokens.at(),
            Some(Token::Open(tag)) if tag.classes().any(|class| class.ends_with("toggle-icon")) && at > begin => {
                return &html[begin..at];
            }
            Some(_) => {}
            None => return &html[begin..],
        }
    }
}

/// A link that looks like a button. One that leads nowhere is a line of words.
pub(super) fn button(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let html = inside(block, work);
    let mut href = String::new();
    for token in Tokens::of(&html) {
        if let Token::Open(tag) = token
            && tag.is("a")
        {
            href = tag.value("href").unwrap_or_default().trim().to_owned();
        }
    }
    if href.is_empty() {
        href = block.text("url").to_owned();
    }
    let label = texturize::texturize(&html);
    let label = clean::paragraphs(&label.replace("<br>", " ")).join(" ");
    if href.is_empty() || label.is_empty() {
        return out.push_str(&format!("<p>{}</p>", escaped(&label)));
    }
    let mut button = Button::blank();
    button.button_text = label.into();
    button.button_url = work.address(&href).into_owned().into();
    out.push_str(&work.cards.mark(vec![Node::card(Card::Button(button))]));
}

/// Where else the author is found: a paragraph of links.
pub(super) fn social_links(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let mut links = Vec::new();
    for part in &block.parts {
        let Part::Block(link) = part else { continue };
        let url = link.text("url");
        if link.name != "social-link" || url.is_empty() {
            plain(link, work, out);
            continue;
        }
        let service = link.text("service");
        let mut letters = service.chars();
        let name = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
        let label = Some(link.text("label")).filter(|label| !label.is_empty()).map(str::to_owned).or(name);
        let label = label.unwrap_or_else(|| url.to_owned());
        links.push(format!("<a href=\"{}\">{}</a>", escaped(url), escaped(&label)));
    }
    if !links.is_empty() {
        out.push_str(&format!("<p>{}</p>", links.join(" · ")));
    }
}
