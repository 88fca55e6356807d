//! Page builders and themes keep their layout in shortcodes. The layout goes, the words stay, and what is a picture, a
//! film, a button or a heading becomes one.

use manuscript::{Block, Button, Card};

use super::super::pictures::{Picture, image, plain};
use super::super::{Work, providers};
use super::{Shortcode, media, paragraph, raw};

/// What the names of their shortcodes begin with.
const FAMILIES: [&str; 44] = [
    "vc_",
    "td_",
    "tdb_",
    "tdc_",
    "tdm_",
    "penci_",
    "et_pb_",
    "fusion_",
    "elementor-",
    "av_",
    "us_",
    "mk_",
    "nectar_",
    "kc_",
    "ux_",
    "su_",
    "wpb_",
    "vcex_",
    "x_",
    "cs_",
    "bt_bb_",
    "eltd_",
    "edgtf_",
    "qode_",
    "mkdf_",
    "gdlr_",
    "dt_",
    "ct_",
    "jnews_",
    "mvp_",
    "thrive_",
    "tve_",
    "tatsu_",
    "oshine_",
    "stm_",
    "themify_",
    "woodmart_",
    "porto_",
    "ultimate_",
    "siteorigin_",
    "fl_builder_",
    "cmsms_",
    "tm_",
    "bsf_",
];

/// And those that many themes share.
const SHARED: [&str; 26] = [
    "dropcap",
    "one_half",
    "one_half_last",
    "one_third",
    "one_third_last",
    "two_third",
    "two_third_last",
    "two_thirds",
    "two_thirds_last",
    "one_fourth",
    "one_fourth_last",
    "three_fourth",
    "three_fourth_last",
    "three_fourths",
    "one_fifth",
    "one_fifth_last",
    "two_fifth",
    "three_fifth",
    "four_fifth",
    "one_sixth",
    "five_sixth",
    "clearfix",
    "rev_slider",
    "layerslider",
    "elementor_template",
    "row_inner",
];

pub(super) fn is_one(name: &str) -> bool {
    SHARED.contains(&name) || FAMILIES.iter().any(|family| name.starts_with(family))
}

/// What stands after the text of one that ended.
pub(super) fn after(name: &str) -> &'static str {
    if is_in_a_line(name) { "" } else { "\n\n" }
}

/// What a builder's shortcode shows, and whether its content belongs to that.
pub(super) fn shown(code: &Shortcode<'_>, work: &mut Work<'_>) -> (String, bool) {
    let has = |part: &str| code.name.contains(part);
    if has("raw_html") || code.name == "fusion_code" || code.name == "et_pb_code" {
        return (html(code, work), true);
    }
    if has("raw_js") {
        work.note("scripts were left out");
        return (String::new(), true);
    }
    if is_in_a_line(code.name) {
        return (String::new(), false);
    }
    if has("youtube") || has("vimeo") || has("video") {
        if let Some(film) = film(code, work) {
            return film;
        }
    } else if has("gallery") || has("carousel") {
        if let Some(gallery) = gallery(code, work) {
            return gallery;
        }
    } else if has("image")
        && let Some(picture) = picture(code, work)
    {
        return picture;
    }
    if has("button") || has("btn") {
        return button(code, work);
    }
    (format!("\n\n{}", words(code, work)), false)
}

/// Those that set a word or two.
fn is_in_a_line(name: &str) -> bool {
    const PARTS: [&str; 8] =
        ["dropcap", "highlight", "tooltip", "popover", "text_link", "fontawesome", "su_label", "su_lightbox"];
    PARTS.iter().any(|part| name.contains(part))
}

/// Words that stand in attributes: a heading, a line under it, who said it.
fn words(code: &Shortcode<'_>, work: &mut Work<'_>) -> String {
    const LAYOUT: [&str; 8] = ["row", "column", "section", "container", "inner", "wrap", "spacer", "sidebar"];
    // What the site filled anew for every page has no words of this article.
    const LISTS: [&str; 12] = [
        "td_block",
        "td_flex",
        "tdb_",
        "posts",
        "_post_",
        "blog",
        "portfolio",
        "recent",
        "widget",
        "slider",
        "loop",
        "penci_featured",
    ];
    let is_titled = code.name.starts_with("vc_tta_section") || code.name.ends_with("section_title");
    let has_any = |parts: &[&str]| parts.iter().any(|part| code.name.contains(part));
    if has_any(&LISTS) || has_any(&LAYOUT) && !is_titled {
        return String::new();
    }
    let mut out = String::new();
    let text = |names: &[&str]| code.attributes.any(names).unwrap_or_default();
    let is_heading = code.name.ends_with("heading") || code.name.ends_with("_title");
    let heading = text(if is_heading { &["text", "title", "heading"] } else { &["title", "heading", "h2"] });
    out.push_str(&paragraph(&level(code), heading));
    for names in [
        &["subtitle", "subhead", "subheading", "h4"][..],
        &["text_front", "front_text"],
        &["text_back", "back_text"],
        &["author", "name"],
        &["job_title", "position", "company_name"],
    ] {
        out.push_str(&paragraph("p", text(names)));
    }
    let (label, url) = (text(&["button_text"]), text(&["button_url", "button_one_url"]));
    if !label.is_empty() {
        out.push_str(&link(label, url, work));
    }
    out
}

/// `tag:h2` in the settings of a heading.
fn level(code: &Shortcode<'_>) -> String {
    let settings = code.attributes.any(&["font_container", "tag", "size", "element_tag"]).unwrap_or_default();
    let levels = ["h1", "h2", "h3", "h4", "h5", "h6"];
    levels.iter().find(|level| settings.split(['|', ':']).any(|part| part == **level)).unwrap_or(&"h3").to_string()
}

fn html(code: &Shortcode<'_>, work: &mut Work<'_>) -> String {
    let content = code.content.unwrap_or_default().trim();
    let html = raw::from_base64(content).map(|html| raw::percent_decoded(&html));
    // Divi writes its line ends as comments.
    let html = html.unwrap_or_else(|| content.replace("<!-- [et_pb_line_break_holder] -->", "\n"));
    let html = super::super::marks::door(&html);
    if html.trim().is_empty() { String::new() } else { work.cards.mark(vec![Block::html(html)]) }
}

fn film(code: &Shortcode<'_>, work: &mut Work<'_>) -> Option<(String, bool)> {
    let site = ["youtube", "vimeo"].into_iter().find(|site| code.name.contains(site)).unwrap_or_default();
    let named = code.attributes.any(&["link", "src", "url", "video_url", "id", "mp4", "youtube", "vimeo"]);
    let inside = || code.content.map(str::trim).filter(|content| providers::is_address(content));
    let url = media::address(site, &plain(named.or_else(inside)?))?;
    let card = work.page(&url, "")?;
    Some((work.cards.mark(vec![card]), code.content.is_some_and(|content| providers::is_address(content.trim()))))
}

fn gallery(code: &Shortcode<'_>, work: &mut Work<'_>) -> Option<(String, bool)> {
    let ids = code.attributes.numbers(&["images", "gallery_ids", "image_ids", "ids", "include"]);
    let pictures: Vec<Picture> = ids.iter().filter_map(|id| work.picture_of(*id)).collect();
    if pictures.is_empty() {
        return None;
    }
    let blocks = work.gallery(pictures, String::new());
    Some((work.cards.mark(blocks), false))
}

fn picture(code: &Shortcode<'_>, work: &mut Work<'_>) -> Option<(String, bool)> {
    let text = |names: &[&str]| code.attributes.any(names).map(plain).unwrap_or_default();
    let number = ["image", "image_id", "img_id", "attachment"]
        .iter()
        .find_map(|name| code.attributes.get(name)?.split(['|', ',']).next()?.trim().parse::<u64>().ok());
    let inside = code.content.map(str::trim).filter(|content| providers::is_address(content)).unwrap_or_default();
    let src = code.attributes.any(&["src", "image_url", "custom_src", "image"]).filter(|src| src.contains('/'));
    let known = number.and_then(|id| work.picture_of(id));
    let picture = known.or_else(|| {
        let src = plain(src.unwrap_or(inside));
        (!src.is_empty()).then(|| Picture { src: work.address(&src).into_owned(), ..Picture::default() })
    })?;
    let alt = text(&["alt"]);
    let picture = Picture {
        alt: if alt.is_empty() { picture.alt } else { alt },
        href: work.address(&text(&["link", "url"])).into_owned(),
        caption: work.line(&text(&["caption", "caption_title"])),
        ..picture
    };
    Some((work.cards.mark(vec![image(picture)]), !inside.is_empty()))
}

/// A link that looks like a button.
fn button(code: &Shortcode<'_>, work: &mut Work<'_>) -> (String, bool) {
    let label = code.attributes.any(&["button_text", "title", "label", "text", "btn_text"]);
    let content = code.content.map(str::trim).filter(|content| !content.is_empty() && !content.contains(['[', '<']));
    let url = code.attributes.any(&["button_url", "url", "href", "link", "button_link"]).unwrap_or_default();
    // WPBakery: `url:https%3A%2F%2F…|title:…`
    let url = match url.split('|').find_map(|part| part.strip_prefix("url:")) {
        Some(encoded) => raw::percent_decoded(encoded),
        None => plain(url),
    };
    match content.or(label) {
        Some(label) => (link(label, &url, work), content.is_some()),
        None => ("\n\n".to_owned(), false),
    }
}

fn link(label: &str, url: &str, work: &mut Work<'_>) -> String {
    if url.is_empty() {
        return paragraph("p", label);
    }
    let mut button = Button::blank();
    button.button_text = plain(label).into();
    button.button_url = work.address(url).into_owned().into();
    work.cards.mark(vec![Block::card(Card::Button(button))])
}
