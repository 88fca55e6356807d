//! HTML without what belongs to a theme: styles, classes, ids, handlers, scripts. What is left means something.
//!
//! Tables, frames, galleries and old film players become cards on the way; pictures get what the media library knows of
//! them; addresses of the site itself become those that they have here.

mod elements;
mod frames;
mod players;

use manuscript::Block;

pub(super) use self::elements::language;
use self::elements::{Format, Kind};
use self::frames::Frame;
use super::anchors::Anchors;
use super::find::Find;
use super::tags::{Tag, Token, Tokens, decode, plain, push_attribute, push_text};
use super::{Work, marks, pictures};

/// The HTML of a whole body.
pub(super) fn clean(html: &str, work: &mut Work<'_>) -> String {
    let anchors = Anchors::of(html);
    let mut cleaner = Cleaner::new(html, work, false);
    cleaner.anchors = anchors;
    let (out, anchors) = cleaner.run();
    anchors.put(out, work)
}

/// A line of HTML: elements that set words, and links.
pub(super) fn line(html: &str, work: &mut Work<'_>) -> String {
    let (out, _) = Cleaner::new(html, work, true).run();
    out.trim().trim_end_matches("<br>").trim_end().to_owned()
}

/// Whether every element of a piece of HTML is one that means something to a manuscript. Scripts, styles, drawings, forms
/// and what programs invent are not.
pub(super) fn can_be_nodes(html: &str) -> bool {
    Tokens::of(html).all(|token| match token {
        Token::Open(tag) => !matches!(elements::kind(tag.name), Kind::Mute | Kind::Form | Kind::Dissolved),
        _ => true,
    })
}

/// A clean line as a paragraph of its own; none for an empty one.
pub(super) fn nodes_of_line(line: &str) -> Vec<Block<'static>> {
    if line.is_empty() {
        return Vec::new();
    }
    manuscript::from_html(&format!("<p>{line}</p>")).map(|document| document.into_blocks()).unwrap_or_default()
}

/// The words of HTML, paragraph by paragraph.
pub(super) fn paragraphs(html: &str) -> Vec<String> {
    let (mut all, mut words) = (Vec::new(), String::new());
    let mut end = |words: &mut String| {
        let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !folded.is_empty() {
            all.push(folded);
        }
        words.clear();
    };
    for token in Tokens::of(&marks::without(html)) {
        match token {
            Token::Text(text) => words.push_str(&plain(text)),
            Token::Open(Tag { name, .. }) | Token::Close(name) if elements::ends_a_line(name) => end(&mut words),
            _ => {}
        }
    }
    end(&mut words);
    all
}

/// An element that is open.
struct Open<'h> {
    name: &'h str,
    close: Close,
    is_container: bool,
}

/// What happens when it is closed.
enum Close {
    Nothing,
    Tag(&'static str),
    Formats(Vec<Format>),
    /// A heading: where it began, where its words begin, and its id.
    Heading(&'static str, usize, usize, Option<String>),
    /// A frame, by its place among those that are open.
    Frame(usize),
}

/// Bytes of a picture in its own address. With fewer it is the empty one that pages show until they load another.
const LARGE_DATA: usize = 200;

/// How far back the element is looked for that a closing tag closes.
const FAR: usize = 64;

struct Cleaner<'w, 'a, 'h> {
    html: &'h str,
    work: &'w mut Work<'a>,
    /// Only what may stand in a line.
    is_line: bool,
    out: String,
    open: Vec<Open<'h>>,
    frames: Vec<Frame>,
    anchors: Anchors,
    find: Find<'h>,
    /// Open elements that are one block with all that they hold.
    containers: usize,
    /// Where the block begins that is being written.
    block: usize,
    /// Up to here nothing is a gallery.
    no_gallery: usize,
    /// Whether the film of the `<object>` that is open was found.
    has_film: bool,
}

impl<'w, 'a, 'h> Cleaner<'w, 'a, 'h> {
    fn new(html: &'h str, work: &'w mut Work<'a>, is_line: bool) -> Self {
        Cleaner {
            html,
            work,
            is_line,
            out: String::with_capacity(html.len()),
            open: Vec::new(),
            frames: Vec::new(),
            anchors: Anchors::default(),
            find: Find::in_text(html),
            containers: 0,
            block: 0,
            no_gallery: 0,
            has_film: false,
        }
    }

    fn run(mut self) -> (String, Anchors) {
        let mut tokens = Tokens::of(self.html);
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(text) => self.text(text),
                Token::Open(tag) => self.element(tag, &mut tokens),
                Token::Close(name) => self.close(name),
                Token::Comment => {}
            }
        }
        self.end_frames(0);
        (self.out, self.anchors)
    }

    fn text(&mut self, text: &str) {
        // What stands inside a player or a frame is for browsers that have none.
        let is_fallback =
            |open: &Open<'_>| ["audio", "video", "iframe"].iter().any(|name| open.name.eq_ignore_ascii_case(name));
        if self.open.iter().rev().take(4).any(is_fallback) {
            return;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.has_text |= !marks::without(text).replace("&nbsp;", "").trim().is_empty();
        }
        push_text(&mut self.out, text);
    }

    fn element(&mut self, tag: Tag<'h>, tokens: &mut Tokens<'h>) {
        let kind = elements::kind(tag.name);
        if kind == Kind::Mute {
            return self.pass_over(tag, tokens);
        }
        let is_block = elements::ends_a_line(tag.name);
        if is_block && self.frames.is_empty() && self.containers == 0 {
            self.block = self.out.len();
        }
        self.meet_anchor(&tag, &kind);
        if self.is_line && (is_block || !kind.is_of_a_line()) {
            // Words of two blocks do not run into one another.
            if is_block && !self.out.is_empty() && !self.out.ends_with(' ') {
                self.out.push(' ');
            }
            if tag.is("img") {
                self.smiley(&tag);
            }
            return self.push(tag.name, Close::Nothing);
        }
        if !self.is_line && self.gallery(&tag, tokens) {
            return;
        }
        let in_figure = self.frames.last().is_some_and(|frame| frame.takes_players());
        match kind {
            Kind::Mute => {}
            Kind::Plain(_) if tag.has_class("wp-caption") => self.begin_figure(tag),
            Kind::Plain(_) if in_figure && pictures::is_caption(&tag) => self.begin_caption(tag),
            Kind::Void(name) => self.out.push_str(&format!("<{name}>")),
            Kind::Plain(name) => self.plain(tag, name),
            Kind::Heading(name) => {
                let start = self.out.len();
                self.out.push_str(&format!("<{name}>"));
                let id = tag.raw("id").map(str::to_owned);
                let id = id.filter(|_| self.frames.is_empty() && self.containers == 0);
                self.push(tag.name, Close::Heading(name, start, self.out.len(), id));
            }
            Kind::Span => self.formats(tag),
            Kind::Link => self.link(tag),
            Kind::Picture => self.picture(&tag),
            Kind::Frame => self.frame(&tag),
            Kind::Film => self.film(tag),
            Kind::Media(name) => self.media(tag, name),
            Kind::Figure => self.begin_figure(tag),
            Kind::Caption => self.begin_caption(tag),
            Kind::Table => self.begin_table(tag),
            Kind::Cell(name) => self.cell(tag, name),
            Kind::Details => self.begin_details(tag),
            Kind::Summary => self.begin_summary(tag),
            Kind::Form => {
                self.work.note("a form was left out, its words were kept");
                self.push(tag.name, Close::Nothing);
            }
            Kind::Dissolved => self.push(tag.name, Close::Nothing),
        }
    }

    fn push(&mut self, name: &'h str, close: Close) {
        if elements::is_void(name) {
            return;
        }
        let is_container = elements::is_container(name);
        self.containers += usize::from(is_container);
        self.open.push(Open { name, close, is_container });
    }

    /// Closes the element of this name that was opened last. A closing tag without one closes nothing.
    fn close(&mut self, name: &str) {
        let near = self.open.len().saturating_sub(FAR);
        let Some(at) = self.open[near..].iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else { return };
        let open = self.open.remove(near + at);
        self.containers -= usize::from(open.is_container);
        match open.close {
            Close::Nothing => {}
            Close::Tag(name) => self.out.push_str(&format!("</{name}>")),
            Close::Formats(formats) => {
                formats.iter().rev().for_each(|format| self.out.push_str(&format!("</{}>", format.element())));
            }
            Close::Heading(name, start, words, id) => {
                if let Some(id) = id
                    && self.frames.is_empty()
                    && self.out.get(words..).is_some_and(|html| heading_id(html) != decode(&id))
                {
                    self.anchors.add(start, &id);
                }
                self.out.push_str(&format!("</{name}>"));
            }
            Close::Frame(at) => self.end_frames(at),
        }
    }

    /// Leaves out an element with all that it holds, if it ends somewhere.
    fn pass_over(&mut self, tag: Tag<'h>, tokens: &mut Tokens<'h>) {
        if tag.is("script") {
            self.work.note("scripts were left out");
        }
        if elements::is_void(tag.name) || !self.is_closed(tag.name, tokens.at()) {
            return;
        }
        let mut depth = 1usize;
        for token in tokens {
            match token {
                Token::Open(inner) if inner.is(tag.name) => depth += 1,
                Token::Close(name) if name.eq_ignore_ascii_case(tag.name) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn is_closed(&mut self, name: &str, from: usize) -> bool {
        let closes = elements::MUTE.iter().find(|(small, _)| small[2..].eq_ignore_ascii_case(name));
        closes.is_some_and(|(small, large)| [*small, *large].iter().any(|close| self.find.after(from, close).is_some()))
    }

    fn meet_anchor(&mut self, tag: &Tag<'h>, kind: &Kind) {
        if self.is_line {
            return;
        }
        let name = tag.raw("name").filter(|_| *kind == Kind::Link);
        for id in tag.raw("id").into_iter().chain(name) {
            self.anchors.meet(self.block, id);
        }
    }

    fn plain(&mut self, tag: Tag<'h>, name: &'static str) {
        let css = tag.raw("style").unwrap_or_default();
        // Google Docs wraps everything it copies in a <b> that is not bold, and WordPress colours words by a <mark> that
        // marks nothing.
        let says_nothing = match name {
            "b" | "strong" => elements::css_has(css, "font-weight:normal"),
            "mark" => elements::css_has(css, "background-color:rgba(0,0,0,0)"),
            _ => false,
        };
        if says_nothing {
            return self.push(tag.name, Close::Nothing);
        }
        self.out.push('<');
        self.out.push_str(name);
        for attribute in elements::attributes_of(name) {
            if let Some(value) = tag.raw(attribute) {
                push_attribute(&mut self.out, attribute, value);
            }
        }
        if matches!(name, "pre" | "code")
            && let Some(language) = elements::language(&tag)
        {
            push_attribute(&mut self.out, "class", &format!("language-{language}"));
        }
        let is_pull = || self.frames.last().is_some_and(|frame| frame.is_pull_quote);
        if name == "blockquote" && (tag.has_class("wp-block-pullquote") || is_pull()) {
            push_attribute(&mut self.out, "class", "kg-blockquote-alt");
        }
        self.out.push('>');
        self.push(tag.name, Close::Tag(name));
    }

    /// A `<span>` or `<font>` is what its style makes bold, slanted, underlined or struck.
    fn formats(&mut self, tag: Tag<'h>) {
        let formats = elements::formats(tag.raw("style").unwrap_or_default());
        formats.iter().for_each(|format| self.out.push_str(&format!("<{}>", format.element())));
        self.push(tag.name, Close::Formats(formats));
    }

    fn link(&mut self, tag: Tag<'h>) {
        let href = tag.value("href").map(|href| href.trim().to_owned()).filter(|href| !href.is_empty());
        let Some(href) = href else { return self.push(tag.name, Close::Nothing) };
        let href = self.work.footnotes.link(&href).unwrap_or_else(|| self.work.address(&href).into_owned());
        self.out.push_str("<a");
        push_attribute(&mut self.out, "href", &href.replace('&', "&amp;"));
        // What a search engine is told of a link; the rest of `rel` is for browsers that open windows.
        let rel = tag.raw("rel").unwrap_or_default().split_ascii_whitespace();
        let rel: Vec<&str> = rel.filter(|word| ["nofollow", "sponsored", "ugc"].contains(word)).collect();
        if !rel.is_empty() {
            push_attribute(&mut self.out, "rel", &rel.join(" "));
        }
        self.out.push('>');
        self.push(tag.name, Close::Tag("a"));
    }

    fn picture(&mut self, tag: &Tag<'h>) {
        if self.smiley(tag) {
            return;
        }
        match self.work.picture(tag) {
            Some(picture) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.pictures += 1;
                }
                self.out.push_str(&picture.tag());
            }
            None if tag.raw("src").is_some_and(|src| src.len() > LARGE_DATA && src.starts_with("data:")) => {
                self.work.note("a picture was left out that stood in the text itself (data:) and in no file");
            }
            None => {}
        }
    }

    /// A face that WordPress drew for `:)` is the sign again.
    fn smiley(&mut self, tag: &Tag<'h>) -> bool {
        let is_sign = tag.has_class("wp-smiley") || tag.has_class("emoji");
        if is_sign {
            push_text(&mut self.out, tag.raw("alt").unwrap_or_default());
        }
        is_sign
    }
}

/// The id that a page gives a heading.
fn heading_id(html: &str) -> String {
    let words: String = Tokens::of(html)
        .map(|token| match token {
            Token::Text(text) => decode(text).into_owned(),
            _ => String::new(),
        })
        .collect();
    manuscript::heading_id(&words)
}

#[cfg(test)]
mod tests;
