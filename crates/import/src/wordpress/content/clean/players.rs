//! Films, recordings and pages of other sites in HTML.

use super::super::tags::{Tag, decode, push_attribute};
use super::super::{Work, providers};
use super::{Cleaner, Close, elements};

impl<'h> Cleaner<'_, '_, 'h> {
    /// A page of another site inside this one.
    pub(super) fn frame(&mut self, tag: &Tag<'h>) {
        let src = ["src", "data-src", "data-lazy-src"].iter().find_map(|name| tag.value(name));
        let Some(src) = src.map(|src| src.trim().to_owned()).filter(|src| !src.is_empty()) else { return };
        let mut html = String::from("<iframe");
        push_attribute(&mut html, "src", &src.replace('&', "&amp;"));
        for name in ["width", "height", "title", "allowfullscreen"] {
            if let Some(value) = tag.raw(name) {
                push_attribute(&mut html, name, value);
            }
        }
        html.push_str("></iframe>");
        self.player(&src, &html);
        self.push(tag.name, Close::Nothing);
    }

    /// What an `<embed>`, `<object>` or `<param>` shows: on old pages, a film.
    pub(super) fn film(&mut self, tag: Tag<'h>) {
        let value = |name| tag.value(name).unwrap_or_default().trim().to_owned();
        if tag.is("object") {
            self.has_film = false;
            self.push(tag.name, Close::Nothing);
        }
        let src = if tag.is("embed") {
            value("src")
        } else if tag.is("object") && !tag.has_class("wp-block-file__embed") {
            value("data")
        } else if tag.is("param") && ["movie", "src"].contains(&value("name").to_ascii_lowercase().as_str()) {
            value("value")
        } else {
            String::new()
        };
        if src.is_empty() || self.has_film {
            return;
        }
        self.has_film = true;
        if src.split(['?', '#']).next().is_some_and(|path| path.ends_with(".swf")) {
            return self.work.note("a Flash film was left out");
        }
        self.player(&src, "");
    }

    pub(super) fn player(&mut self, src: &str, html: &str) {
        match self.frames.last_mut() {
            Some(frame) if frame.player.is_none() && frame.takes_players() => {
                frame.player = Some((src.to_owned(), html.to_owned()));
            }
            _ => self.out.push_str(&self.work.player(src, html, "")),
        }
    }

    pub(super) fn media(&mut self, tag: Tag<'h>, name: &'static str) {
        self.out.push('<');
        self.out.push_str(name);
        for attribute in elements::attributes_of(name) {
            let Some(value) = tag.raw(attribute) else { continue };
            if matches!(*attribute, "src" | "poster") {
                let address = self.work.address(&decode(value)).replace('&', "&amp;");
                push_attribute(&mut self.out, attribute, &address);
            } else {
                push_attribute(&mut self.out, attribute, value);
            }
        }
        self.out.push('>');
        if let Some(frame) = self.frames.last_mut() {
            frame.players += usize::from(matches!(name, "audio" | "video"));
        }
        self.push(tag.name, Close::Tag(name));
    }
}

impl Work<'_> {
    /// The mark of a page of another site inside this one; empty for an address that leads nowhere.
    pub(super) fn player(&mut self, src: &str, html: &str, caption: &str) -> String {
        let card = if html.is_empty() { self.page(src, caption) } else { providers::frame(src, html, caption) };
        if card.is_none() {
            self.note("a frame without an address of the web was left out");
        }
        self.cards.mark(card.into_iter().collect())
    }
}
