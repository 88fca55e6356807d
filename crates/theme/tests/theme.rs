//! A package loaded, a page rendered: layouts, assets, scripts, limits.

use theme::{Head, Limits, Map, Meta, Page, Problem, Theme, ThemeError, Value};

const PACKAGE: &str = r#"{"name": "lamp", "version": "2.1.0", "config": {"posts_per_page": 4, "image_sizes": {"s": {"width": 300}},
    "custom": {"shade": {"type": "select", "options": ["Light", "Dark"], "default": "Dark"}}}}"#;

/// A theme of these files and the ones that every theme has.
fn load(files: &[(&str, &str)]) -> Result<Theme, ThemeError> {
    let usual = [("package.json", PACKAGE), ("index.hbs", "index"), ("post.hbs", "post")];
    let usual = usual.iter().filter(|(path, _)| files.iter().all(|(given, _)| given != path));
    Theme::load(usual.chain(files).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())))
}

fn page(templates: &'static [&'static str]) -> Page<'static> {
    Page {
        templates,
        root: Value::map([("title", "Tide turns".into()), ("html", Value::html("<p>x</p><script>body()</script>"))]),
        data: Map::from([("site", Value::map([("url", "https://lantern.example".into())]))]),
        contexts: &[],
        path: "/",
        now: "2026-11-23T12:00:00Z".parse().expect("a time"),
        head: Head::default(),
        library: &theme::library::Empty,
        limits: Limits::default(),
    }
}

fn render(files: &[(&str, &str)]) -> String {
    load(files).expect("it loads").render(&page(&["home", "index"])).expect("it renders").html
}

#[test]
fn a_theme_says_what_it_is() {
    let theme = load(&[]).unwrap();
    assert_eq!((theme.name(), theme.version(), theme.posts_per_page()), ("lamp", "2.1.0", 4));
    assert_eq!(theme.custom().get("shade").to_string(), "Dark");
    assert_eq!(theme.config().get("posts_per_page").to_string(), "4");
    assert!(theme.has_template("post") && !theme.has_template("home"));
}

#[test]
fn the_first_template_that_there_is_renders_the_page() {
    let theme = load(&[("tag.hbs", "tag")]).unwrap();
    let made = theme.render(&page(&["tag-news", "tag", "index"])).unwrap();
    assert_eq!((made.html.as_str(), made.template.as_str()), ("tag", "tag"));
    let refused = theme.render(&page(&["author", "nothing"])).unwrap_err();
    assert_eq!(refused.problem(), &Problem::NoTemplate("author, nothing".into()));
}

#[test]
fn a_template_is_laid_into_its_layout_and_that_into_its_own() {
    let files = [
        (
            "index.hbs",
            "{{!< inner}}\n{{title}}{{#contentFor \"foot\"}}one{{/contentFor}}{{#contentFor \"foot\"}}two{{/contentFor}}",
        ),
        ("inner.hbs", "{{!< ./default}}\n<main>{{{body}}}</main>"),
        ("default.hbs", "<body>{{{body}}}{{{block \"foot\"}}}{{{block \"none\"}}}</body>"),
    ];
    assert_eq!(render(&files), "<body><main>Tide turns</main>one\ntwo</body>");
}

#[test]
fn a_layout_that_is_not_there_or_goes_in_circles_is_an_error() {
    let theme = load(&[("index.hbs", "{{!< nowhere}}")]).unwrap();
    let refused = theme.render(&page(&["index"])).unwrap_err();
    assert_eq!(refused.to_string(), "index.hbs:1:1: the theme has no template `nowhere`");
    let theme = load(&[("index.hbs", "{{!< index}}{{{body}}}")]).unwrap();
    assert_eq!(theme.render(&page(&["index"])).unwrap_err().problem(), &Problem::TooDeep);
}

#[test]
fn only_scripts_of_the_theme_and_the_code_injection_are_listed() {
    let theme = load(&[
        ("index.hbs", "{{!< default}}<script>index({{title}})</script>{{content}}{{{html}}}{{#contentFor \"foot\"}}<script>foot()</script>{{/contentFor}}"),
        ("default.hbs", "{{ghost_head}}{{{body}}}{{{block \"foot\"}}}<script src=\"/a.js\"></script>{{ghost_foot}}"),
    ])
    .unwrap();
    let head = Head {
        json_ld: vec![serde_json::json!({"@type": "NewsArticle"})],
        code_head: "<script>head()</script>".into(),
        code_foot: "<script>end()</script>".into(),
        ..Head::default()
    };
    let made = theme.render(&Page { head, ..page(&["index"]) }).unwrap();
    assert_eq!(made.inline_scripts, ["head()", "index(Tide turns)", "foot()", "end()"]);
    assert!(made.html.contains("body()"));
}

#[test]
fn the_head_is_printed_where_the_theme_wants_it() {
    let theme =
        load(&[("index.hbs", "<title>{{meta_title}}</title>{{ghost_head}}|{{meta_description}}|{{ghost_foot}}")])
            .unwrap();
    let head = Head {
        title: "Tide & time".into(),
        description: Some("News".into()),
        metas: vec![Meta::name("twitter:card", "summary")],
        code_foot: "<i>".into(),
        ..Head::default()
    };
    let made = theme.render(&Page { head, ..page(&["index"]) }).unwrap();
    let expected = "<title>Tide &amp; time</title><meta name=\"description\" content=\"News\">\n\
                    <meta name=\"twitter:card\" content=\"summary\">\n|News|<i>";
    assert_eq!(made.html, expected);
}

#[test]
fn an_asset_is_served_from_a_table_and_its_address_changes_with_its_bytes() {
    let files =
        [("index.hbs", "{{asset \"css/a.css\"}} {{asset \"js/a.js\" hasMinFile=\"true\"}} {{asset \"none.css\"}}")];
    let with = |css| [files[0], ("assets/css/a.css", css), ("assets/js/a.js", "1"), ("assets/js/a.min.js", "2")];
    let theme = load(&with("p{}")).unwrap();
    let asset = theme.asset("css/a.css").unwrap();
    assert_eq!((asset.content_type, asset.hash.len()), ("text/css; charset=utf-8", 16));
    assert!(theme.asset("../package.json").is_none() && theme.asset("package.json").is_none());
    let made = render(&with("p{}"));
    assert_eq!(
        made,
        format!(
            "/assets/css/a.css?v={} /assets/js/a.min.js?v={} /assets/none.css",
            asset.hash,
            theme.asset("js/a.min.js").unwrap().hash
        )
    );
    assert_ne!(made, render(&with("p{color:red}")));
}

#[test]
fn an_archive_with_one_folder_around_everything_is_a_theme_too() {
    let files = [
        ("lamp-2/package.json", PACKAGE),
        ("lamp-2/index.hbs", "{{> a}}"),
        ("lamp-2/post.hbs", ""),
        ("lamp-2/partials/a.hbs", "found"),
    ];
    let theme = Theme::load(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))).unwrap();
    assert_eq!(theme.render(&page(&["index"])).unwrap().html, "found");
}

#[test]
fn what_is_no_theme_is_refused_in_words() {
    let refused = |files: &[(&str, &str)]| load(files).err().expect("it is refused").to_string();
    assert_eq!(
        refused(&[("partials/x.hbs", "a\n{{#if}}")]),
        "partials/x.hbs:2:1: `if` is never closed: expected `{{/if}}`"
    );
    assert_eq!(refused(&[("package.json", "{}")]), "package.json: it has no `name`");
    assert!(refused(&[("locales/en.json", "[]")]).starts_with("locales/en.json: "));
    assert_eq!(refused(&[("home.hbs", &"x".repeat(600_000))]), "home.hbs is larger than 512 KiB");
    let bare = Theme::load([("index.hbs".to_owned(), Vec::new())]).err().unwrap();
    assert_eq!(bare.to_string(), "the theme has no package.json");
    let latin = Theme::load([("index.hbs".to_owned(), vec![0xE9])]).err().unwrap();
    assert_eq!(latin.to_string(), "index.hbs is not UTF-8 text");
    let many = (0..3_000).map(|at| (format!("assets/{at}"), Vec::new()));
    assert!(matches!(Theme::load(many), Err(ThemeError::TooManyFiles)));
}

#[test]
fn fields_that_no_template_asks_for_are_never_made() {
    struct Article;
    impl theme::Object for Article {
        fn get(&self, name: &str) -> Option<Value> {
            assert_ne!(name, "html", "a list of headlines needs no bodies");
            (name == "title").then(|| "Lazy".into())
        }
        fn names(&self) -> Vec<&str> {
            vec!["title", "html"]
        }
    }
    let theme =
        load(&[("index.hbs", "{{#foreach posts}}{{title}}{{excerpt}}{{#if feature_image}}!{{/if}}{{/foreach}}")])
            .unwrap();
    let root = Value::map([("posts", Value::list([Value::object(Article), Value::object(Article)]))]);
    assert_eq!(theme.render(&Page { root, ..page(&["index"]) }).unwrap().html, "LazyLazy");
}
