//! Whatever a body holds: the HTML made of it runs no script.

use manuscript::{Block, Document, Format, Image, Inline, Web, from_html};
use scraper::{Html, Node};

/// HTML that has run script in one browser or another.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=\"x\" onerror\n=\n\"alert(1)\">",
    "<img src=javascript:alert(1)>",
    "<img srcset=\"javascript:alert(1) 1x\" src=/a.jpg>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x>x</a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<style><img title=\"</style><img src=x onerror=alert(1)>\"></style>",
    "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<!--kg-card-begin: html--><script>alert(1)</script><!--kg-card-end: html-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt&colon;alert(1)\">x</a>",
    "<a href=\"java&Tab;script&NewLine;:alert(1)\">x</a>",
    "<a href=\"&#1;javascript:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"__GHOST_URL__javascript:alert(1)\">x</a>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<iframe src=\"//evil.example/&quot;><script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"data:text/html,<script>alert(1)</script>\">",
    "<base href=\"javascript:alert(1)//\">",
    "<link rel=stylesheet href=\"javascript:alert(1)\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<form action=\"javascript:alert(1)\"><button formaction=\"javascript:alert(1)\">x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video poster=\"javascript:alert(1)\" onerror=alert(1)><source onerror=alert(1) src=javascript:alert(1)></video>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<p style=\"white-space: pre-wrap;background:url(//evil.example)\">x</p>",
    "<div class='\"><script>alert(1)</script>'>x</div>",
    "<p title='\"onmouseover=\"alert(1)'>x</p>",
    "<p ONCLICK=alert(1) aria-onclick=x aria-\"x=y>x</p>",
    "<a href=\"x\" target=\"_blank\" ping=\"https://evil.example\">x</a>",
    "<blockquote cite=\"javascript:alert(1)\">x</blockquote>",
    "<table background=\"javascript:alert(1)\"><tr><td>x</td></tr></table>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex action=javascript:alert(1) type=image>",
    "<p>\u{0}<scr\u{0}ipt>alert(1)</script></p>",
];

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
        image.caption = (*attack).to_owned();
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
            image.src = "/content/images/a.jpg".to_owned();
            image.alt = text.to_owned();
            image.title = text.to_owned();
            image.href = text.to_owned();
            image.card_width = text.to_owned();
            let mut link = manuscript::Link::new(text, vec![Inline::formatted(text, Format(u32::MAX))]);
            link.rel = text.to_owned();
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
fn check(document: &Document, attack: &str) {
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
