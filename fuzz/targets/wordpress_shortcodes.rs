//! Classic posts of WordPress, their shortcodes, quotation marks and lines: whatever stands there, a body comes out.
#![no_main]

use import::wordpress::content::{Around, document};
use libfuzzer_sys::fuzz_target;
use manuscript::Document;

mod every;

fuzz_target!(|text: &str| {
    // What is hard to find by chance stands for signs that posts seldom hold.
    let text = text
        .replace('\u{1}', "[caption caption=\"")
        .replace('\u{2}', "[/caption]")
        .replace('\u{3}', "[gallery ids=\"1\"]")
        .replace('\u{4}', "[vc_row a='")
        .replace('\u{5}', "[/vc_row]")
        .replace('\u{6}', "[embed]https://youtu.be/a[/embed]")
        .replace('\u{7}', "[[audio /a.mp3]]")
        .replace('\u{8}', "<img src=\"/a.jpg\">");
    let json = document(&text, &Around::default()).json;
    every::way_out(Document::parse(&json).expect("it is a body"));
});
