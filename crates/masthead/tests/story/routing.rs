//! Ghost's files of routes and redirects, and themes that are up to no good.

use std::fs;
use std::time::{Duration, Instant};

use masthead::actions::{By, record, routing, theme};
use masthead::site::themes;
use news::statement::Decision;
use news::{Actor, StatementState};

use crate::magazine::{Magazine, tell};

fn by() -> By {
    By::new(Actor::Command)
}

async fn route(magazine: &Magazine, routes: &str) -> u64 {
    let file = magazine.folder.path().join("mine.yaml");
    fs::write(&file, routes).unwrap();
    routing::use_routes(&magazine.app, &file, &by()).await.unwrap();
    routing::readdress(&magazine.app, &by(), |_| {}).await.unwrap()
}

/// A theme of these templates, worn.
async fn wear(magazine: &Magazine, templates: &[(&str, &str)]) {
    let folder = magazine.folder.path().join("made");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("package.json"), r#"{"name": "made", "version": "1.0.0", "config": {"posts_per_page": 2}}"#)
        .unwrap();
    for (name, text) in
        [("index.hbs", "{{#foreach posts}}[{{title}}]{{/foreach}}"), ("post.hbs", "{{#post}}{{title}}{{/post}}")]
            .iter()
            .chain(templates)
    {
        fs::write(folder.join(name), text).unwrap();
    }
    magazine.app.wear(themes::load_folder(&folder).unwrap());
    magazine.app.pages.touch(&[news::Place::Everything]);
}

const BODY: &str = "<p>The quay is closed.</p>";

#[test]
fn articles_stand_where_the_collections_say_and_lists_hold_what_they_choose() {
    tell(async |magazine| {
        for (headline, section) in [("Ferry runs late", "news"), ("Tide talk", "podcast"), ("Wall rises", "news")] {
            magazine.publish(headline, section, BODY).await;
        }
        let moved = route(
            &magazine,
            "routes:\n  /about/team/: team\n  /picks/:\n    controller: channel\n    filter: slug:[tide-talk,wall-rises]\n    template: picks\n\
             collections:\n  /podcast/:\n    permalink: /podcast/{slug}/\n    filter: primary_tag:podcast\n    template: podcast\n  \
             /:\n    permalink: /{year}/{slug}/\n    filter: primary_tag:-podcast\n",
        )
        .await;
        assert_eq!(moved, 2, "the talk stood at its place already");
        let year = magazine.app.now().strftime("%Y").to_string();
        assert_eq!(magazine.get(&format!("/{year}/ferry-runs-late/")).await.status, 200);
        let old = magazine.get("/news/ferry-runs-late/").await;
        assert_eq!((old.status.as_u16(), old.header("location")), (301, format!("/{year}/ferry-runs-late/").as_str()));

        wear(
            &magazine,
            &[
                ("team.hbs", "The team of {{@site.title}}"),
                ("picks.hbs", "picks:{{#foreach posts}}[{{title}}]{{/foreach}}{{pagination.total}}"),
                (
                    "podcast.hbs",
                    "{{#is \"podcast\"}}{{else}}heard: {{/is}}{{#foreach posts}}{{title}} {{url}}{{/foreach}}",
                ),
            ],
        )
        .await;
        assert_eq!(magazine.get("/about/team/").await.text(), "The team of The Lantern");
        assert_eq!(magazine.get("/podcast/").await.text(), "heard: Tide talk /podcast/tide-talk/");
        let picks = magazine.get("/picks/").await.text();
        assert!(picks.starts_with("picks:") && picks.ends_with('2') && picks.contains("[Tide talk]"), "{picks}");
        let front = magazine.get("/").await.text();
        assert!(front.contains("[Wall rises]") && !front.contains("Tide talk"), "{front}");

        let feed = magazine.get("/picks/rss/").await;
        assert_eq!(feed.header("content-type"), "application/rss+xml; charset=utf-8");
        assert!(feed.text().contains("<title>The Lantern: picks</title>"), "{}", feed.text());
        assert_eq!(feed.text().matches("<item>").count(), 2);
        assert_eq!(magazine.get("/podcast/rss/").await.text().matches("<item>").count(), 1);
        let own = magazine.get("/rss/").await.text();
        assert!(
            own.contains("Wall rises") && !own.contains("Tide talk"),
            "the front has a filter, so its feed has it too"
        );
        assert_eq!(magazine.get("/picks/feed/").await.header("location"), "/picks/rss/");

        let late = magazine.publish("Lantern lit", "news", BODY).await;
        assert!(magazine.get("/rss/").await.text().contains("Lantern lit"), "a feed knows what is new");
        assert_eq!(late.article.path.as_deref(), Some(format!("/{year}/lantern-lit/").as_str()));
        assert!(magazine.get("/").await.text().contains("[Lantern lit]"), "a list knows what is new");
    });
}

#[test]
fn a_wrong_file_changes_nothing_and_redirects_lead_where_they_say() {
    tell(async |magazine| {
        magazine.publish("Ferry runs late", "news", BODY).await;
        let file = magazine.folder.path().join("mine.yaml");
        fs::write(&file, "collections:\n  /:\n    permalink: /{slug}/\n    filter: colour:red\n").unwrap();
        let why = routing::use_routes(&magazine.app, &file, &by()).await.unwrap_err().to_string();
        assert!(why.ends_with("line 4: there is no field colour to filter by"), "{why}");
        assert!(!magazine.folder.path().join("routes.yaml").exists());
        assert_eq!(magazine.get("/news/ferry-runs-late/").await.status, 200);

        fs::write(&file, "301:\n  /old-ferry/: /news/ferry-runs-late/\n  ^/\\d{4}/(.*)$: /news/$1\n302:\n  /shop/: https://shop.example/\n").unwrap();
        routing::use_redirects(&magazine.app, &file, &by()).await.unwrap();
        for (path, status, to) in [
            ("/old-ferry/", 301, "/news/ferry-runs-late/"),
            ("/old-ferry", 301, "/news/ferry-runs-late/"),
            ("/2019/ferry-runs-late/", 301, "/news/ferry-runs-late/"),
            ("/shop/", 302, "https://shop.example/"),
        ] {
            let answer = magazine.get(path).await;
            assert_eq!((answer.status.as_u16(), answer.header("location")), (status, to), "{path}");
        }
        assert_eq!(magazine.get("/old-ferry/?ref=a").await.header("location"), "/news/ferry-runs-late/?ref=a");
    });
}

#[test]
fn the_theme_before_comes_back_and_choices_are_kept_within_what_it_offers() {
    tell(async |magazine| {
        let folder = magazine.folder.path().join("evening");
        fs::create_dir_all(&folder).unwrap();
        let package = r##"{"name": "evening", "version": "2.0.0", "config": {"custom": {
            "shade": {"type": "select", "options": ["Light", "Dark"], "default": "Light"},
            "tint": {"type": "color", "default": "#112233", "visibility": "shade:Dark"}}}}"##;
        for (name, text) in [
            ("package.json", package),
            ("index.hbs", "{{@custom.shade}} {{@custom.tint}}"),
            ("post.hbs", "post"),
            ("page.hbs", "page"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        magazine.publish("Ferry runs late", "news", BODY).await;
        assert_eq!(theme::install(&magazine.app, &folder).unwrap(), "evening");
        assert_eq!(theme::wear(&magazine.app, "evening", &by()).await.unwrap(), "2.0.0");
        assert_eq!(magazine.get("/").await.text(), "Light ", "what matters only beside Dark is empty");
        theme::choose(&magazine.app, "shade", "Dark", &by()).await.unwrap();
        assert_eq!(magazine.get("/").await.text(), "Dark #112233");
        let why = theme::choose(&magazine.app, "shade", "Green", &by()).await.unwrap_err().to_string();
        assert_eq!(why, "“Green” is nothing that “shade” can be; it is one of Light, Dark");
        assert!(theme::choose(&magazine.app, "tint", "red;}", &by()).await.is_err());

        fs::write(folder.join("post.hbs"), "{{#get \"posts\"}}{{nonsense x}}{{/get}}{{> nowhere}}").unwrap();
        theme::install(&magazine.app, &folder).unwrap();
        let why = format!("{:#}", theme::wear(&magazine.app, "evening", &by()).await.unwrap_err());
        assert!(why.contains("post.hbs:1:") && why.contains("the partial `nowhere` could not be found"), "{why}");
        assert_eq!(magazine.get("/").await.text(), "Dark #112233", "the old one stays on");
        assert_eq!(theme::go_back(&magazine.app, &by()).await.unwrap(), "broadsheet");
        assert!(magazine.get("/").await.text().contains("The Lantern"));
    });
}

#[test]
fn a_theme_that_cannot_draw_replaces_nothing_of_the_one_that_is_worn() {
    tell(async |magazine| {
        let files = |post: &str| {
            let package = r#"{"name": "evening", "version": "1.0.0"}"#;
            let all = [("package.json", package), ("index.hbs", "first"), ("post.hbs", post), ("page.hbs", "page")];
            all.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec()
        };
        magazine.publish("Ferry runs late", "news", BODY).await;
        let receive = async |post: &str| theme::receive(&magazine.app, files(post), "it".into(), &by()).await;
        assert_eq!(receive("{{#post}}{{title}}{{/post}}").await.unwrap(), "evening");
        theme::wear(&magazine.app, "evening", &by()).await.unwrap();
        assert_eq!(magazine.get("/news/ferry-runs-late/").await.text(), "Ferry runs late");
        let why = format!("{:#}", receive("{{> nowhere}}").await.unwrap_err());
        assert!(why.contains("nowhere"), "{why}");
        assert_eq!(magazine.get("/news/ferry-runs-late/").await.text(), "Ferry runs late");
        let kept = magazine.app.data.join("themes/evening/post.hbs");
        assert_eq!(fs::read_to_string(&kept).unwrap(), "{{#post}}{{title}}{{/post}}", "the next start finds it");
        // One that can is shown at once.
        receive("{{#post}}{{slug}}{{/post}}").await.unwrap();
        assert_eq!(magazine.get("/news/ferry-runs-late/").await.text(), "ferry-runs-late");
    });
}

#[test]
fn a_theme_that_never_ends_is_stopped_and_nobody_else_waits() {
    const EIGHT: &str = "{{#get \"posts\" limit=\"100\" as |a|}}{{#foreach a}}{{#foreach a}}{{#foreach a}}{{#foreach a}}{{#foreach a}}{{#foreach a}}{{#foreach a}}{{#foreach a}}{{title}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/get}}";
    tell(async |magazine| {
        for at in 0..40 {
            magazine.publish(&format!("Ferry {at} runs late"), "news", BODY).await;
        }
        for (name, template) in [
            ("a loop eight deep", EIGHT),
            ("a partial that calls itself", "{{> again}}"),
            (
                "questions without end",
                "{{#get \"posts\" limit=\"100\" as |a|}}{{#foreach a}}{{#foreach a}}{{#get \"posts\" filter=\"title:~'{{slug}}'\"}}{{/get}}{{/foreach}}{{/foreach}}{{/get}}",
            ),
            (
                "a neighbour of every article, for every article",
                "{{#get \"posts\" limit=\"100\" as |a|}}{{#foreach a}}{{#foreach a}}{{#foreach a}}{{#next_post in=\"primary_tag\"}}{{title}}{{/next_post}}{{/foreach}}{{/foreach}}{{/foreach}}{{/get}}",
            ),
            (
                "a gigabyte",
                "{{#foreach (split \"a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a\" separator=\",\")}}{{#foreach (split \"a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a\" separator=\",\")}}{{#foreach (split \"a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a\" separator=\",\")}}{{#foreach (split \"a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a\" separator=\",\")}}{{@site.description}}{{@site.description}}{{@site.description}}{{@site.description}}{{@site.description}}{{@site.description}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}",
            ),
        ] {
            wear(&magazine, &[("index.hbs", template)]).await;
            fs::create_dir_all(magazine.folder.path().join("made/partials")).unwrap();
            fs::write(magazine.folder.path().join("made/partials/again.hbs"), "{{> again}}").unwrap();
            magazine.app.wear(themes::load_folder(&magazine.folder.path().join("made")).unwrap());
            let began = Instant::now();
            let (page, other) = tokio::join!(magazine.get("/"), magazine.get("/robots.txt"));
            assert_eq!(page.status.as_u16(), 500, "{name}");
            assert!(page.text().contains("<h1>Something went wrong</h1>"), "{name}: {}", page.text());
            assert_eq!(other.status.as_u16(), 200);
            // No clock decides here: a theme without a budget would never come to this line.
            eprintln!("{name}: stopped after {:?}", began.elapsed());
            assert!(began.elapsed() < Duration::from_secs(60), "{name}");
        }
    });
}

#[test]
fn a_theme_may_print_what_was_said_and_its_buttons_wait_for_no_script() {
    tell(async |magazine| {
        const BODY: &str = "<p>“We could not let the old bridge go to the breakers,” said Councillor Hannah Kowalczyk, \
                            who chairs the transport committee.</p><p><a href=\"#/portal/signup\">Join us</a></p>";
        let article = magazine.publish("Bridge stays", "news", BODY).await.article;
        let post = "{{#post}}{{statements}}{{content}}{{/post}}<button data-ghost-search>Find</button>{{ghost_foot}}";
        wear(&magazine, &[("post.hbs", post)]).await;
        magazine
            .get(&article.path.clone().unwrap())
            .await
            .has("<q>We could not let the old bridge go to the breakers</q> — <a href=\"/record/hannah-kowalczyk/\">Hannah Kowalczyk</a>")
            .has("<a href=\"/subscribe/\">Join us</a>")
            .has("<button form=\"to-search\" data-ghost-search>Find</button>")
            .has("<form id=\"to-search\" action=\"/search/\" hidden></form>");

        let said = store::statement::in_state(&magazine.app.store, StatementState::Public, 9).await.unwrap();
        record::decide(&magazine.app, &said[0].id, Decision::Rejected, &by()).await.unwrap();
        magazine.get(&article.path.unwrap()).await.lacks("<q>").has("Join us");
    });
}
