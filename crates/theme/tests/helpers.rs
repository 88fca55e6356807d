//! Ghost's helpers: templates in, text out.

use serde_json::{Value as Json, json};
use theme::{Head, Limits, Map, Page, RenderError, Theme, Value};

/// A page of The Lantern: `template` in front of `root`.
struct Sample {
    root: Value,
    contexts: &'static [&'static str],
    path: &'static str,
    title: &'static str,
    locale: &'static str,
    files: &'static [(&'static str, &'static str)],
}

const HOME: Sample = Sample {
    root: Value::Undefined,
    contexts: &["home", "index"],
    path: "/",
    title: "The Lantern",
    locale: "en-GB",
    files: &[],
};

impl Sample {
    fn render(&self, template: &str) -> Result<String, RenderError> {
        let package =
            r#"{"name": "lamp", "config": {"image_sizes": {"s": {"width": 300}, "m": {"width": 600, "height": 400}}}}"#;
        let locale = r#"{"Written by {name}": "By {name}", "Home": "Front page"}"#;
        let usual = [("package.json", package), ("index.hbs", template), ("post.hbs", ""), ("locales/en.json", locale)];
        let files = usual.iter().chain(self.files).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        let site = json!({
            "title": "The Lantern", "url": "https://lantern.example/", "locale": self.locale, "timezone": "Europe/London", "twitter": "@lantern",
            "navigation": [{"label": "Home & hearth", "url": "/"}, {"label": "News", "url": "https://lantern.example/news/"}],
            "secondary_navigation": []
        });
        let page = Page {
            templates: &["index"],
            root: self.root.clone(),
            data: Map::from([("site", site.into())]),
            contexts: self.contexts,
            path: self.path,
            now: "2026-11-23T12:00:00Z".parse().expect("a time"),
            head: Head { title: self.title.into(), ..Head::default() },
            limits: Limits::default(),
            library: &theme::library::Empty,
        };
        Theme::load(files).expect("it loads").render(&page).map(|made| made.html)
    }

    fn check(&self, template: &str, expected: &str) {
        assert_eq!(self.render(template).expect("it renders"), expected, "{template}");
    }
}

fn check(root: Json, template: &str, expected: &str) {
    Sample { root: root.into(), ..HOME }.check(template, expected);
}

fn posts() -> Json {
    let post = |title: &str, visibility: &str| json!({"title": title, "slug": title.to_lowercase(), "visibility": visibility, "url": format!("/{title}/")});
    json!({"posts": [post("A", "public"), post("B", "members"), post("C", "public"), post("D", "paid"), post("E", "public")]})
}

#[test]
fn foreach_knows_where_to_begin_and_end_and_where_rows_are() {
    check(posts(), "{{#foreach posts limit=\"2\"}}{{title}}{{#if @last}}.{{/if}}{{/foreach}}", "AB.");
    check(posts(), "{{#foreach posts from=\"2\" to=3}}{{title}}{{@number}}{{#if @first}}!{{/if}}{{/foreach}}", "B2!C3");
    check(posts(), "{{#foreach posts from=4 limit=5}}{{title}}{{/foreach}}", "DE");
    check(
        posts(),
        "{{#foreach posts columns=2}}{{#if @rowStart}}[{{/if}}{{title}}{{#if @rowEnd}}]{{/if}}{{/foreach}}",
        "[AB][CD][E",
    );
    check(posts(), "{{#foreach posts}}{{#if @odd}}o{{/if}}{{#if @even}}e{{/if}}{{/foreach}}", "oeoeo");
    check(posts(), "{{#foreach posts visibility=\"members, paid\" as |p i|}}{{p.title}}{{i}}{{/foreach}}", "B1D3");
    check(
        json!({"tags": [{"name": "x", "visibility": "public"}, {"name": "#y", "visibility": "internal"}]}),
        "{{#foreach tags}}{{name}}{{/foreach}}",
        "x",
    );
    check(json!({}), "{{#foreach posts}}x{{else}}none{{/foreach}}", "none");
    check(json!({"m": {"a": 1, "b": 2}}), "{{#foreach m}}{{@key}}{{this}}{{/foreach}}", "a1b2");
}

#[test]
fn is_asks_what_kind_of_page_it_is() {
    check(
        json!({}),
        "{{#is \"post, home\"}}yes{{else}}no{{/is}}{{#is \"tag\"}}yes{{else}}no{{/is}}{{^is \"tag\"}}!{{/is}}",
        "yesno!",
    );
}

#[test]
fn has_asks_about_tags_authors_visibility_and_turns() {
    let post = json!({"slug": "tide", "visibility": "paid", "tags": [{"name": "Sea & Sky", "slug": "sea"}, {"name": "News", "slug": "news"}], "authors": [{"name": "Ann", "slug": "ann"}], "feature_image": "/x.jpg"});
    for (question, answer) in [
        ("tag=\"news\"", true),
        ("tag=\"sea & sky, sport\"", true),
        ("tag=\"sport\"", false),
        ("tag=\"count:>1\"", true),
        ("tag=\"count:1\"", false),
        ("author=\"ANN\"", true),
        ("author=\"count:>1\"", false),
        ("slug=\"tide\"", true),
        ("visibility=\"members, paid\"", false),
        ("visibility=\"public\"", false),
        ("any=\"custom_excerpt, feature_image\"", true),
        ("all=\"custom_excerpt, feature_image\"", false),
        ("any=\"@site.logo, @site.title\"", true),
        ("number=\"1\"", false),
        ("nonsense=\"x\"", false),
    ] {
        check(post.clone(), &format!("{{{{#has {question}}}}}true{{{{else}}}}false{{{{/has}}}}"), &answer.to_string());
    }
    check(
        posts(),
        "{{#foreach posts}}{{#has number=\"nth:2\"}}{{title}}{{/has}}{{#has index=\"0, 4\"}}{{title}}{{/has}}{{/foreach}}",
        "ABDE",
    );
}

#[test]
fn match_compares() {
    for (question, answer) in [
        ("1 1", true),
        ("1 \"1\"", false),
        ("1 \"!=\" 2", true),
        ("2 \">\" 1", true),
        ("\"10\" \">\" \"9\"", false),
        ("\"10\" \">\" 9", true),
        ("3 \"<=\" 3", true),
        ("\"abc\" \"~\" \"b\"", true),
        ("\"abc\" \"~^\" \"b\"", false),
        ("\"abc\" \"~$\" \"bc\"", true),
        ("nothing", false),
        ("nothing \"=\" null", true),
    ] {
        check(json!({}), &format!("{{{{match {question}}}}}"), &answer.to_string());
    }
    check(
        json!({"a": "x"}),
        "{{#match a \"y\"}}y{{else match a \"x\"}}x{{/match}}{{#if (match a \"y\")}}!{{/if}}",
        "x",
    );
    let wrong = HOME.render("{{match 1 \"<>\" 2}}").unwrap_err().to_string();
    assert_eq!(wrong, "index.hbs:1:1: `match` knows no `<>`: it knows = != < > <= >= ~ ~^ ~$");
}

#[test]
fn words_are_joined_counted_translated_and_encoded() {
    check(json!({"n": "<b>"}), "{{concat \"a\" n 1 separator=\"-\"}}", "a-&lt;b&gt;-1");
    check(
        json!({"n": 3}),
        "{{plural n singular=\"% post\" plural=\"% posts\"}}{{plural 0 empty=\"none\"}}{{plural 1 singular=\" % post\"}}",
        "3 postsnone 1 post",
    );
    check(
        json!({"n": "Ann <x>"}),
        "{{t \"Home\"}}, {{t \"Written by {name}\" name=n}}, {{t \"Not {there}\" name=n}}",
        "Front page, By Ann &lt;x&gt;, Not {there}",
    );
    check(json!({"n": "a b&c/ü'"}), "{{encode n}}", "a%20b%26c%2F%C3%BC&#x27;");
    check(
        json!({"title": "<Tide>"}),
        "{{title}}{{#foreach (split \"a,b\")}}[{{this}}]{{/foreach}}",
        "&lt;Tide&gt;[a][b]",
    );
    check(json!({}), "{{{{raw}}}} {{x}} {{{{/raw}}}}", " {{x}} ");
}

#[test]
fn addresses_are_paths_unless_they_are_asked_to_be_absolute() {
    check(json!({"url": "/tide/"}), "{{url}} {{url absolute=\"true\"}}", "/tide/ https://lantern.example/tide/");
    check(json!({"post": {"url": "/tide/"}}), "{{url}}{{#post}} {{url}}{{/post}}", "/tide/ /tide/");
    Sample { path: "/news/page/2/", ..HOME }
        .check("{{url}} {{page_url 1}} {{page_url 3}} {{page_url null}}.", "/news/page/2/ /news/ /news/page/3/ .");
    let picture = json!({"p": "/content/images/2026/11/café.jpg", "far": "https://far.example/a.jpg", "own": "https://lantern.example/content/images/a.png"});
    check(
        picture.clone(),
        "{{img_url p}} {{img_url p size=\"m\"}} {{img_url p size=\"xl\"}}",
        "/content/images/2026/11/caf%C3%A9.jpg /content/images/size/w600h400/2026/11/caf%C3%A9.jpg /content/images/2026/11/caf%C3%A9.jpg",
    );
    check(
        picture.clone(),
        "{{img_url own size=\"s\" format=\"webp\" absolute=true}} {{img_url own size=\"s\"}}",
        "https://lantern.example/content/images/size/w300/format/webp/a.png /content/images/size/w300/a.png",
    );
    check(picture, "{{img_url far size=\"s\"}} {{img_url none}}.", "https://far.example/a.jpg .");
    check(
        json!({"facebook": "ann"}),
        "{{facebook_url}} {{twitter_url}} {{social_url type=\"bluesky\"}}.",
        "https://www.facebook.com/ann https://x.com/lantern .",
    );
}

#[test]
fn an_article_shows_its_body_its_standfirst_and_its_length() {
    let post = json!({"html": "<p>One <b>two</b> three.</p>", "excerpt": "One two three & four.", "reading_time": 4});
    check(
        post.clone(),
        "{{content words=\"2\"}} {{content characters=5}} {{{content}}}",
        "<p>One <b>two</b></p> <p>One <b>t</b></p> <p>One <b>two</b> three.</p>",
    );
    check(
        post.clone(),
        "{{excerpt words=2}} {{excerpt}} {{reading_time}} {{reading_time minutes=\"% minutes\"}}",
        "One two One two three &amp; four. 4 min read 4 minutes",
    );
    check(
        json!({"excerpt": "Long words", "custom_excerpt": "Short & sweet", "reading_time": 0, "html": "<p>Long words</p>"}),
        "{{excerpt words=1}} {{reading_time}}",
        "Short &amp; sweet 1 min read",
    );
}

#[test]
fn an_article_that_may_not_be_read_on_ends_with_a_word_about_it() {
    let post = Value::from(json!({"html": "<p>Public.</p>", "access": false}));
    let ours = Sample { root: post.clone(), ..HOME }.render("{{content}}").unwrap();
    assert!(ours.starts_with("<p>Public.</p>\n<aside class=\"gh-post-upgrade-cta\">"), "{ours}");
    Sample { root: post, files: &[("partials/content-cta.hbs", "Join us")], ..HOME }
        .check("{{content}}", "<p>Public.</p>\nJoin us");
}

#[test]
fn names_are_links_in_a_row() {
    let tag = |name: &str, visibility: &str| json!({"name": name, "slug": name, "url": format!("/tag/{name}/"), "visibility": visibility});
    let post = json!({"tags": [tag("a", "public"), tag("<b>", "public"), tag("#c", "internal")], "authors": [{"name": "Ann", "url": "/author/ann/"}]});
    check(post.clone(), "{{tags}}", "<a href=\"/tag/a/\">a</a>, <a href=\"/tag/%3Cb%3E/\">&lt;b&gt;</a>");
    check(
        post.clone(),
        "{{tags autolink=\"false\" separator=\" &middot; \" prefix=\"<i>\" suffix=\"</i>\"}}",
        "<i>a &middot; &lt;b&gt;</i>",
    );
    check(
        post.clone(),
        "{{tags autolink=false limit=1}}|{{tags autolink=false from=2}}|{{tags autolink=false visibility=\"all\"}}",
        "a|&lt;b&gt;|a, &lt;b&gt;, #c",
    );
    check(
        post,
        "{{authors}}{{#foreach authors}}{{tags prefix=\"in \"}}{{/foreach}}",
        "<a href=\"/author/ann/\">Ann</a>",
    );
}

#[test]
fn dates_are_written_in_the_magazines_zone_and_language() {
    let post =
        json!({"published_at": "2026-06-30T23:30:00.000+00:00", "updated_at": 1_782_864_000_000_i64, "odd": "soon"});
    check(
        post.clone(),
        "{{date}} {{date format=\"YYYY-MM-DD HH:mm Z\"}} {{date published_at timezone=\"UTC\" format=\"D/M\"}}",
        "1 Jul 2026 2026-07-01 00:30 &#x2B;01:00 30/6".replace("&#x2B;", "+").as_str(),
    );
    check(
        post.clone(),
        "{{date updated_at format=\"LLLL\" locale=\"de\"}}|{{date odd}}|{{date none format=\"D MMM\"}}",
        "Mittwoch, 1. Juli 2026 01:00|23 Nov 2026|1 Jul",
    );
    check(json!({}), "{{date format=\"YYYY\"}}", "2026");
    for (time, words) in [
        ("2026-11-23T11:59:30Z", "a few seconds ago"),
        ("2026-11-23T11:59:00Z", "a minute ago"),
        ("2026-11-23T11:00:00Z", "an hour ago"),
        ("2026-11-23T07:00:00Z", "5 hours ago"),
        ("2026-11-22T12:00:00Z", "a day ago"),
        ("2026-11-13T12:00:00Z", "10 days ago"),
        ("2026-10-20T12:00:00Z", "a month ago"),
        ("2026-05-23T12:00:00Z", "6 months ago"),
        ("2025-11-01T12:00:00Z", "a year ago"),
        ("2016-11-23T12:00:00Z", "10 years ago"),
        ("2026-11-23T15:00:00Z", "in 3 hours"),
    ] {
        check(json!({"published_at": time}), "{{date timeago=true}}", words);
    }
    Sample { root: post.into(), locale: "fr", ..HOME }.check("{{date timeago=\"true\"}}", "il y a 5 mois");
}

#[test]
fn menus_and_pages_use_the_themes_partial_or_ours() {
    let ours = HOME.render("{{navigation}}").unwrap();
    assert_eq!(
        ours,
        "<ul class=\"nav\">\n<li class=\"nav-home-hearth nav-current\"><a href=\"https://lantern.example/\" aria-current=\"page\">Home &amp; hearth</a></li>\n<li class=\"nav-news\"><a href=\"https://lantern.example/news/\">News</a></li>\n</ul>\n"
    );
    HOME.check("{{navigation type=\"secondary\"}}.", ".");
    Sample {
        files: &[("partials/navigation.hbs", "{{#foreach navigation}}{{label}};{{/foreach}}{{isSecondary}}")],
        ..HOME
    }
    .check("{{navigation}}", "Home &amp; hearth;News;false");
    let pages = json!({"pagination": {"page": 2, "pages": 3, "total": 9, "limit": 4, "prev": 1, "next": 3}});
    let second = Sample { root: pages.into(), path: "/page/2/", contexts: &["paged", "index"], ..HOME };
    let made = second.render("{{pagination}}").unwrap();
    for part in [
        "<a class=\"newer-posts\" rel=\"prev\" href=\"/\">",
        "Page 2 of 3",
        "<a class=\"older-posts\" rel=\"next\" href=\"/page/3/\">",
    ] {
        assert!(made.contains(part), "{part} is missing in {made}");
    }
    second.check(
        "{{meta_title}}|{{meta_title page=\" – % \"}}|{{body_class}}",
        "The Lantern (Page 2)|The Lantern – 2 |paged",
    );
}

#[test]
fn classes_tell_style_sheets_what_is_shown() {
    let post = json!({"slug": "tide", "featured": true, "tags": [{"slug": "news"}, {"slug": "hash-long"}]});
    check(post.clone(), "{{post_class}}", "post tag-news tag-hash-long featured no-image");
    let page =
        |root: Json, contexts, classes| Sample { root: root.into(), contexts, ..HOME }.check("{{body_class}}", classes);
    page(json!({}), &["home", "index"], "home-template");
    page(json!({"post": post}), &["post"], "post-template tag-news tag-hash-long");
    page(json!({"post": {"slug": "about"}, "page": {"slug": "about"}}), &["page"], "page-template page-about");
    page(json!({"tag": {"slug": "news"}}), &["tag", "paged"], "tag-template tag-news paged");
    page(
        json!({"section": {"slug": "uk"}, "tag": {"slug": "uk"}}),
        &["section", "tag"],
        "section-template section-uk tag-template tag-uk",
    );
    page(json!({"author": {"slug": "ann"}}), &["author"], "author-template author-ann");
    page(json!({}), &["error"], "");
}
