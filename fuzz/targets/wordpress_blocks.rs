//! Posts of WordPress made of the pieces of its blocks: whatever order they stand in, a body comes out.
#![no_main]

use import::wordpress::content::{Around, document};
use libfuzzer_sys::fuzz_target;
use manuscript::Document;

mod every;

const PIECES: [&str; 48] = [
    "<!-- wp:",
    "paragraph",
    "group",
    "gallery",
    "core-embed/youtube",
    "acme/box",
    " {\"url\":\"https://youtu.be/a\"}",
    " {\"ref\":1}",
    " {",
    "}",
    " -->",
    " /-->",
    "<!-- /wp:",
    "<!-- wp:html -->",
    "<!-- /wp:html -->",
    "<!-- wp:code -->",
    "<!-- /wp:code -->",
    "<!-- wp:details -->",
    "<!-- /wp:details -->",
    "<!-- wp:file -->",
    "<!-- /wp:file -->",
    "<!--nextpage-->",
    "<!--more-->",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "<ul><li>",
    "</li></ul>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<img src=\"/é.jpg\" class=\"wp-image-1\">",
    "<table><tr><td>",
    "</td></tr></table>",
    "<blockquote>",
    "</blockquote>",
    "<h2 id=\"a\">",
    "</h2>",
    "<a href=\"#a\">",
    "</a>",
    "\"é\"",
    "'",
    "--",
    "\n\n",
    "&",
    "<",
];

fuzz_target!(|bytes: &[u8]| {
    let text: String = bytes.iter().map(|byte| PIECES[usize::from(*byte) % PIECES.len()]).collect();
    let json = document(&text, &Around::default()).json;
    every::way_out(Document::parse(&json).expect("it is a body"));
});
