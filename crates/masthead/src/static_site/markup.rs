//! Markup read from its beginning to its end: HTML by html5ever's tokenizer, XML by quick-xml. No tree is built: a link
//! is an attribute, wherever its element stands.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{self, TagKind, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// A piece of markup.
pub(super) enum Token {
    Open(Tag),
    Close,
    Text(String),
}

/// The beginning of an element: names in lower case, values decoded.
#[derive(Default)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str())
    }
}

/// The pieces of HTML.
pub(super) fn html(text: &str) -> Vec<Token> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(Pieces::default(), TokenizerOpts::default());
    // It stops after every script, for a browser to run it.
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// What the tokenizer gives.
#[derive(Default)]
struct Pieces(RefCell<Vec<Token>>);

impl TokenSink for Pieces {
    type Handle = ();

    fn process_token(&self, token: tokenizer::Token, _line: u64) -> TokenSinkResult<()> {
        let mut pieces = self.0.borrow_mut();
        match token {
            tokenizer::Token::TagToken(tag) if tag.kind == TagKind::EndTag => pieces.push(Token::Close),
            tokenizer::Token::TagToken(tag) => {
                let name = tag.name.to_string();
                let attribute = |given: html5ever::Attribute| {
                    let prefix = given.name.prefix.map(|prefix| format!("{prefix}:")).unwrap_or_default();
                    (format!("{prefix}{}", given.name.local), given.value.to_string())
                };
                let raw = raw_kind(&name);
                pieces.push(Token::Open(Tag { name, attributes: tag.attrs.into_iter().map(attribute).collect() }));
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            tokenizer::Token::CharacterTokens(text) => match pieces.last_mut() {
                Some(Token::Text(before)) => before.push_str(&text),
                _ => pieces.push(Token::Text(text.to_string())),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the content of an element is read that is no markup (HTML standard, section 13.2.6.4).
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "textarea" | "title" => Some(RawKind::Rcdata),
        "style" | "iframe" | "xmp" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        _ => None,
    }
}

/// The pieces of XML, as far as it can be read.
pub(super) fn xml(text: &str) -> Vec<Token> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut pieces = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => pieces.push(Token::Open(tag(&start))),
            Ok(Event::Empty(start)) => pieces.extend([Token::Open(tag(&start)), Token::Close]),
            // `<?xml-stylesheet href="…"?>` reads like an element.
            Ok(Event::PI(given)) => {
                let start = BytesStart::from_content(&*given, given.target().len());
                pieces.extend([Token::Open(tag(&start)), Token::Close]);
            }
            Ok(Event::End(_)) => pieces.push(Token::Close),
            Ok(Event::Text(text)) => push_text(&mut pieces, &text),
            Ok(Event::CData(text)) => push_text(&mut pieces, &text),
            Ok(Event::GeneralRef(name)) => {
                let name: &str = &name;
                let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16).ok(),
                    None => number.parse().ok(),
                });
                let letter = number.and_then(char::from_u32).map(String::from);
                let means = letter.or_else(|| resolve_predefined_entity(name).map(str::to_owned));
                push_text(&mut pieces, &means.unwrap_or_default());
            }
            Ok(Event::Eof) | Err(_) => return pieces,
            Ok(_) => {}
        }
    }
}

fn push_text(pieces: &mut Vec<Token>, text: &str) {
    match pieces.last_mut() {
        Some(Token::Text(before)) => before.push_str(text),
        _ => pieces.push(Token::Text(text.to_owned())),
    }
}

fn tag(start: &BytesStart<'_>) -> Tag {
    let attribute = |given: quick_xml::events::attributes::Attribute<'_>| {
        let value = quick_xml::escape::unescape(&given.value).map_or_else(|_| given.value.to_string(), Into::into);
        (given.key.as_ref().to_ascii_lowercase(), value)
    };
    let attributes = start.attributes().with_checks(false).filter_map(Result::ok).map(attribute).collect();
    Tag { name: start.name().as_ref().to_ascii_lowercase(), attributes }
}
