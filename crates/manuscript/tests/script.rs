//! Whatever a body holds: the HTML made of it runs no script.

use manuscript::{Block, Document, Format, Image, Inline, Web, from_html};
use scraper::{Html, Node};

mod attacks;

use attacks::ATTACKS;

#[test]
fn html_cards_run_no_script() {
    for attack in ATTACKS {
        check(&Document::new(vec![Block::html(*attack)]), attack);
    }
}

#[test]
fn captions_run_no_script() {
    for attack in ATTACKS {
        let mut image = Image::new("/content/images/a.jpg");
        image.caption = (*attack).to_owned().into();
        check(&Document::new(vec![Block::image(image)]), attack);
    }
}

#[test]
fn text_urls_and_fields_run_no_script() {
    for attack in ATTACKS {
        let url = attack.trim_start_matches("<a href=\"").split("\">x").next().unwrap_or_default();
        for text in [attack, url] {
            let mut image = Image::new(text);
            check(&Document::new(vec![Block::image(image.clone())]), text);
            image.src = "/content/images/a.jpg".to_owned().into();
            image.alt = text.to_owned().into();
            image.title = text.to_owned().into();
            image.href = text.to_owned().into();
            image.card_width = text.to_owned().into();
            let mut link = manuscript::Link::new(text, vec![Inline::formatted(text, Format(u32::MAX))]);
            link.rel = text.to_owned().into();
            check(
                &Document::new(vec![
                    Block::heading(2, text),
                    Block::paragraph_of(vec![Inline::Link(link)]),
                    Block::bullets([text]),
                    Block::image(image),
                ]),
                text,
            );
        }
    }
}

#[test]
fn imported_html_runs_no_script() {
    for attack in ATTACKS {
        for html in [(*attack).to_owned(), format!("<table><tr><td>{attack}"), format!("<ul><li><b>{attack}")] {
            check(&from_html(&html).unwrap(), &html);
        }
    }
}

/// Renders for the page and for feeds, parses as a browser would, twice, and looks for anything
/// that could act.
fn check(document: &Document<'_>, attack: &str) {
    for html in [document.html(&Web::default()), document.feed_html("https://example.org")] {
        let once = Html::parse_fragment(&html);
        assert_harmless(&once, attack, &html);
        // What is harmless must stay so when a browser's own serialisation is parsed again.
        assert_harmless(&Html::parse_fragment(&once.root_element().inner_html()), attack, &html);
    }
}

fn assert_harmless(html: &Html, attack: &str, printed: &str) {
    const MAY_STAND: &str = " html p h2 ul li a b i em s u code sub sup mark strong br hr figure figcaption img table tbody tr td \
        div blockquote details video source span ";
    for element in html.tree.root().descendants().filter_map(|node| match node.value() {
        Node::Element(element) => Some(element),
        _ => None,
    }) {
        if element.name() == "iframe" {
            assert_waits(element, attack, printed);
            continue;
        }
        assert!(MAY_STAND.contains(&format!(" {} ", element.name())), "{attack} printed {printed}");
        for (name, value) in element.attrs() {
            assert!(
                !name.starts_with("on") && !matches!(name, "style" | "srcdoc" | "ping"),
                "{attack} printed {printed}"
            );
            let url: String = value.chars().filter(char::is_ascii_graphic).collect::<String>().to_lowercase();
            let acts = ["javascript:", "vbscript:", "data:"].iter().any(|scheme| url.starts_with(scheme));
            let is_url =
                matches!(name, "href" | "src" | "srcset" | "poster" | "cite" | "action" | "formaction" | "data");
            assert!(!(is_url && acts), "{attack} printed {printed}");
        }
    }
}

/// A frame loads nothing by itself: all it holds is a link.
fn assert_waits(frame: &scraper::node::Element, attack: &str, printed: &str) {
    assert_eq!(frame.attr("src"), None, "{attack} printed {printed}");
    assert!(frame.attr("sandbox").is_some(), "{attack} printed {printed}");
    let shape = frame.attr("style").and_then(|style| style.strip_prefix("width:100%;border:0;aspect-ratio:"));
    let is_shape = shape.is_some_and(|shape| shape.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/'));
    assert!(is_shape, "{attack} printed {printed}");
    let inside = Html::parse_document(frame.attr("srcdoc").expect("a frame holds its own page"));
    for element in inside.tree.nodes().filter_map(|node| node.value().as_element()) {
        assert!(
            ["html", "head", "body", "meta", "title", "style", "a"].contains(&element.name()),
            "{attack} printed {printed}"
        );
        let to = element.attr("href").unwrap_or("https://");
        assert!(to.starts_with("https://") || to.starts_with("//"), "{attack} printed {printed}");
    }
}
