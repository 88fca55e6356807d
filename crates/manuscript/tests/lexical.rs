//! Bodies as Ghost stores them, against the HTML that Ghost's own renderer prints of them (see
//! `lexical/README.md`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use manuscript::{Block, Document, GatedCards, Inline, Web, from_html};
use serde_json::Value;

/// Where Ghost's output is not copied, and what is printed instead.
const OTHERWISE: &[(&str, &str)] = &[
    // Ghost closes the wrong tag where formats overlap.
    ("text/overlap-bold-then-both", "<p><strong>one <em>two </em></strong><em>three</em></p>"),
    ("text/overlap-crossing", "<p><em><strong>a</strong><s>b</s></em><strong><s>c</s></strong></p>"),
    ("text/overlap-three", "<p><strong>a<em>b<u>c</u></em></strong><u>d</u>e</p>"),
    // An unsafe URL is no link.
    ("links/javascript", "<p><a>x</a></p>"),
    // Ghost runs the words together.
    ("quotes/nested-paragraph", "<blockquote><p>inner one</p><p>inner two</p></blockquote>"),
    ("documents/paragraph-in-paragraph", "<p>a</p><p>inner</p><p>b</p>"),
    ("documents/list-in-paragraph", "<p>a</p><ul><li>x</li></ul><p>b</p>"),
    // A list straight inside a list is no valid HTML.
    ("lists/nested-first", "<ul><li><ul><li>only nested</li></ul></li></ul>"),
    // Ghost loses everything from here on, or the node itself.
    ("documents/text-at-root", "<p>loose</p>"),
    ("documents/linebreak-at-root", "<p>a</p><p>b</p>"),
    ("documents/card-in-paragraph", CARD_IN_PARAGRAPH),
    ("errors/autolink-node", "<p>a</p><p><a href=\"https://example.org/\">x</a></p><p>b</p>"),
    ("errors/table-node", "<p>before</p><p>c</p><p>after</p>"),
    ("errors/unknown-node", "<p>before</p><p>after</p>"),
    ("errors/card-throws", "<p>before</p><p>after</p>"),
];

const CARD_IN_PARAGRAPH: &str = "<p>a</p><figure class=\"kg-card kg-image-card\"><img src=\"https://example.org/content/images/2025/08/lead.jpg\" \
    class=\"kg-image\" alt=\"\" loading=\"lazy\" width=\"1600\" height=\"1067\" \
    srcset=\"https://example.org/content/images/size/w600/2025/08/lead.jpg 600w, \
    https://example.org/content/images/size/w1000/2025/08/lead.jpg 1000w, \
    https://example.org/content/images/2025/08/lead.jpg 1600w\" sizes=\"(min-width: 720px) 720px\"></figure><p>b</p>";

#[test]
fn the_web_page_is_ghosts_byte_for_byte() {
    // As Ghost renders: it trusts every card, and filters those for members later.
    let web = Web {
        site_url: "https://example.org".into(),
        trusted_html: true,
        gated_cards: GatedCards::Marked,
        ..Web::default()
    };
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (id, body) in bodies() {
        let Ok(ghost) = fs::read_to_string(folder().join(format!("render/{id}.html"))) else { continue };
        // Ghost replaces this mark after rendering.
        let ghost = ghost.replace("__GHOST_URL__", "https://example.org");
        let html = Document::parse(&body).unwrap().html(&web);
        let count = counts.entry(id.split('/').next().unwrap_or_default().to_owned()).or_default();
        match OTHERWISE.iter().find(|(other, _)| *other == id) {
            Some((_, ours)) => {
                assert_eq!(html, *ours, "{id}");
                assert_ne!(html, ghost, "{id} no longer differs");
                count[1] += 1;
            }
            None => {
                assert_eq!(html, ghost, "{id}");
                count[0] += 1;
            }
        }
    }
    for (group, [same, otherwise]) in &counts {
        eprintln!("{group}: {same} as Ghost, {otherwise} otherwise on purpose");
    }
    assert_eq!(counts.values().flatten().sum::<usize>(), 107);
}

#[test]
fn an_untouched_body_comes_back_byte_for_byte() {
    let bodies = bodies();
    assert_eq!(bodies.len(), 161);
    for (id, body) in bodies {
        assert_eq!(Document::parse(&body).unwrap().to_json(), body, "{id}");
    }
}

#[test]
fn a_body_written_from_its_nodes_is_the_compact_form_byte_for_byte() {
    for (id, body) in bodies() {
        let compact = serde_json::from_str::<Value>(&body).unwrap().to_string();
        let mut document = Document::parse(&body).unwrap();
        document.blocks_mut();
        assert_eq!(document.to_json(), compact, "{id}");
    }
}

#[test]
fn an_edit_changes_nothing_but_what_was_edited() {
    for (id, body) in bodies() {
        let compact = serde_json::from_str::<Value>(&body).unwrap().to_string();
        let mut document = Document::parse(&body).unwrap();
        document.blocks_mut().push(Block::paragraph("One more."));
        let mut edited: Value = serde_json::from_str(&document.to_json()).unwrap();
        let children = edited["root"]["children"].as_array_mut().unwrap();
        let more = children.pop().unwrap();
        assert_eq!(more["children"][0]["text"], "One more.", "{id}");
        assert_eq!(edited.to_string(), compact, "{id}");
    }
}

/// What `from_html` makes on purpose better than Ghost; `from_html`'s own tests say how.
const BETTER_THAN_GHOST: [&str; 11] = [
    "b-i-tags",       // <del>, <strike> and <mark> are formats
    "blockquote-alt", // stays the other style
    "details",        // kept as HTML
    "dl",             // kept as HTML
    "li-p",           // two paragraphs stay two
    "link-img",       // no picture inside a paragraph
    "tweet",          // the link stands apart from the quotation
    "video",          // kept as HTML
    "wp-caption",     // the caption is one
    "wp-gallery",     // both pictures are kept
    "wp-quote",       // the source stands apart from the quotation
];

/// Cards that Ghost makes of HTML and that are kept as HTML here.
const KEPT_AS_HTML: [&str; 6] = ["bookmark", "button", "callout", "gallery", "iframe", "iframe-bare"];

#[test]
fn html_comes_in_as_in_ghost() {
    let mut same = 0;
    for path in files(&folder().join("html-in"), "html") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let document = from_html(&fs::read_to_string(&path).unwrap()).unwrap();
        let ghost = Document::parse(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        let as_ghost = normal(&document) == normal(&ghost);
        let otherwise = BETTER_THAN_GHOST.contains(&name.as_str()) || KEPT_AS_HTML.contains(&name.as_str());
        assert_eq!(as_ghost, !otherwise, "{name}: {}\n{}", normal(&document), normal(&ghost));
        same += usize::from(as_ghost);
    }
    eprintln!("{same} of 41 as Ghost");
}

/// A form in which documents that mean the same are the same: writing direction left out, equal
/// neighbouring texts joined.
fn normal(document: &Document) -> Value {
    fn walk(node: &mut Value) {
        let Some(fields) = node.as_object_mut() else { return };
        fields.remove("direction");
        let Some(Value::Array(children)) = fields.get_mut("children") else { return };
        children.iter_mut().for_each(walk);
        let mut joined: Vec<Value> = Vec::new();
        for child in std::mem::take(children) {
            match joined.last_mut() {
                Some(last)
                    if last["text"].is_string() && last["format"] == child["format"] && child["text"].is_string() =>
                {
                    last["text"] =
                        format!("{}{}", last["text"].as_str().unwrap(), child["text"].as_str().unwrap()).into();
                }
                _ => joined.push(child),
            }
        }
        *children = joined;
    }
    let mut value: Value = serde_json::from_str(&document.to_json()).unwrap();
    walk(&mut value["root"]);
    value
}

#[test]
fn fields_that_nobody_here_knows_survive_an_edit_of_their_node() {
    let body = r#"{"root":{"children":[{"type":"paragraph","id":"p1","children":[{"type":"text","text":"a","x":[1.0,1e-7]}]},{"type":"image","src":"/a.jpg","width":"600","alt":null,"credit":"Jane Doe"}],"type":"root","ours":1},"version":2}"#;
    let mut document = Document::parse(body).unwrap();
    let Block::Text(paragraph) = &mut document.blocks_mut()[0] else { panic!("a paragraph") };
    let Inline::Text(text) = &mut paragraph.children[0] else { panic!("a text") };
    text.text = "b".into();
    assert_eq!(document.to_json(), body.replace("\"a\"", "\"b\""));
}

fn bodies() -> Vec<(String, String)> {
    let render = folder().join("render");
    let mut bodies = Vec::new();
    for group in fs::read_dir(render).unwrap() {
        let group = group.unwrap().path();
        for path in files(&group, "json") {
            let stem = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
            bodies.push((format!("{}/{}", stem(&group), stem(&path)), fs::read_to_string(&path).unwrap()));
        }
    }
    bodies.sort();
    bodies
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lexical")
}
