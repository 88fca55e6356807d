//! What is measured of this crate: the only place here that calls it.

use std::hint::black_box;

use manuscript::{Document, Trust, Web};

use crate::sample::SITE;

/// The page as Ghost prints it: with the markup that waits for its script, and HTML inside cards as it is.
pub fn page(body: &str) -> String {
    parse(body).html(&web())
}

/// Hands over every work on a body with its name. A work drops what it makes, which belongs to its
/// cost.
pub fn each(body: &str, mut act: impl FnMut(&str, &dyn Fn())) {
    let (document, web) = (parse(body), web());
    act("parse and render", &|| drop(black_box(page(black_box(body)))));
    act("parse", &|| drop(black_box(parse(black_box(body)))));
    act("render", &|| drop(black_box(document.html(&web))));
    let readers = Web { site_url: SITE.to_owned(), ..Web::default() };
    act("render for readers", &|| drop(black_box(document.html(&readers))));
    act("feed", &|| drop(black_box(document.feed_html(SITE))));
    act("plain text", &|| drop(black_box(document.plain_text())));
}

fn parse(body: &str) -> Document<'_> {
    Document::parse(body).expect("the sample is a document")
}

fn web() -> Web {
    Web { site_url: SITE.to_owned(), trust: Trust::Everybody, cards_script: true, ..Web::default() }
}
