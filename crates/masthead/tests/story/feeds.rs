//! Feed readers, search engines and other machines.

use news::{Credit, LeadPicture};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use masthead::actions::edit::{self, Change};
use masthead::actions::{By, publish};
use news::{Actor, Kind};

use crate::magazine::{Magazine, change, tell};

async fn with_picture(magazine: &Magazine) {
    let credit =
        "Harbour wall (28 Jul 2025) – by Ann Lee / Port Office, licensed under OGL v3.0, via Wikimedia Commons.";
    let picture = LeadPicture {
        src: Some("/content/images/wall.jpg".into()),
        width: Some(1600),
        height: Some(900),
        alt: Some("A wall".into()),
        caption: Some("The wall".into()),
        caption_html: None,
        credit: Some(Credit::parse(credit)),
    };
    let change = Change {
        lead_picture: Some(Some(picture)),
        ..change("Wall & <sea>", "news/coast", "<p>Full text ]]> here.</p>")
    };
    let pending = edit::begin(&magazine.app, Kind::Article, change).await.unwrap();
    publish::publish(&magazine.app, pending, None, &By::new(Actor::Command)).await.unwrap();
}

#[track_caller]
fn well_formed(xml: &str) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(why) => panic!("{why} in {xml}"),
        }
    }
}

#[test]
fn the_feed_has_the_full_text_and_the_pictures_credit_and_licence() {
    tell(async |magazine| {
        with_picture(&magazine).await;
        let feed = magazine.get("/rss/").await;
        assert_eq!(feed.header("content-type"), "application/rss+xml; charset=utf-8");
        well_formed(&feed.text());
        feed.has("Wall &amp; &lt;sea&gt;")
            .has("Full text")
            .has("isPermaLink=\"false\"")
            .has(">Ann Lee</media:credit>")
            .has("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
            .has("https://lantern.example/content/images/wall.jpg");
    });
}

#[test]
fn the_json_feed_is_version_1_1() {
    tell(async |magazine| {
        with_picture(&magazine).await;
        let feed = magazine.get("/feed.json").await.json();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["items"][0]["url"], "https://lantern.example/news/coast/wall-sea/");
        assert!(feed["items"][0]["content_html"].as_str().unwrap().contains("Full text"));
        magazine.get("/news/feed.json").await.has("Wall & <sea>");
    });
}

#[test]
fn an_entry_keeps_its_identity_when_its_address_changes() {
    tell(async |magazine| {
        let article = magazine.publish("Wall", "news", "<p>x</p>").await.article;
        let id = |feed: Value| feed["items"][0]["id"].as_str().unwrap().to_owned();
        let before = id(magazine.get("/feed.json").await.json());
        let slug = Change { slug: Some(news::Slug::parse("other").unwrap()), ..Change::default() };
        let pending = edit::change(&magazine.app, article, slug).await.unwrap();
        edit::save(&magazine.app, pending, &By::new(Actor::Command)).await.unwrap();
        assert_eq!(id(magazine.get("/feed.json").await.json()), before);
    });
}

#[test]
fn the_sitemap_leads_to_every_article_section_tag_and_author() {
    tell(async |magazine| {
        with_picture(&magazine).await;
        let index = magazine.get("/sitemap.xml").await.text();
        well_formed(&index);
        let mut all = String::new();
        for part in index.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()) {
            let answer = magazine.get(part.trim_start_matches("https://lantern.example")).await;
            assert_eq!(answer.status, 200, "{part}");
            well_formed(&answer.text());
            all.push_str(&answer.text());
        }
        for url in ["/", "/news/", "/news/coast/", "/news/coast/wall-sea/"] {
            assert!(all.contains(&format!("<loc>https://lantern.example{url}</loc>")), "{url} in {all}");
        }
    });
}

#[test]
fn the_news_sitemap_holds_two_days_by_first_publication() {
    tell(async |magazine| {
        with_picture(&magazine).await;
        let news = magazine.get("/sitemap-news.xml").await;
        well_formed(&news.text());
        news.has("<news:name>The Lantern</news:name>")
            .has("<news:language>en</news:language>")
            .has("Wall &amp; &lt;sea&gt;");
        magazine.app.clock.advance(jiff::SignedDuration::from_hours(49));
        magazine.app.pages.drop_path("/sitemap-news.xml"); // as the clock does every minute
        magazine.get("/sitemap-news.xml").await.lacks("Wall");
    });
}

#[test]
fn structured_data_names_headline_dates_picture_and_licence_each_on_its_own() {
    tell(async |magazine| {
        with_picture(&magazine).await;
        let page = magazine.get("/news/coast/wall-sea/").await.text();
        let objects: Vec<Value> = page
            .split("<script type=\"application/ld+json\">")
            .skip(1)
            .map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap())
            .collect();
        let object = |kind: &str| objects.iter().find(|o| o["@type"] == kind).unwrap_or_else(|| panic!("no {kind}"));
        let article = object("NewsArticle");
        assert_eq!(article["headline"], "Wall & <sea>");
        assert_eq!(article["articleSection"], "Coast");
        assert!(article["datePublished"].as_str().unwrap().contains('T') && article["author"]["name"] == "The Lantern");
        let image = object("ImageObject");
        assert_eq!(image["license"], "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/");
        assert_eq!(image["creator"]["name"], "Ann Lee");
        let crumbs = object("BreadcrumbList")["itemListElement"].as_array().unwrap();
        let names: Vec<&str> = crumbs.iter().map(|c| c["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Home", "News", "Coast", "Wall & <sea>"]);
        object("NewsMediaOrganization");
    });
}

#[test]
fn robots_and_security_say_where_to_turn() {
    tell(async |magazine| {
        magazine.get("/robots.txt").await.has("Sitemap: https://lantern.example/sitemap.xml").has("Disallow: /ghost/");
        magazine.get("/.well-known/security.txt").await.has("Contact: mailto:desk@lantern.example").has("Expires: ");
    });
}
