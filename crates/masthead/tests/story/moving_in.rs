//! A WordPress site moves in: a small one of our own words, with something of everything.

use std::fs;
use std::path::PathBuf;

use masthead::actions::moving::Unwatched;
use masthead::actions::undo_import::undo_import;
use masthead::actions::wordpress::{Account, Files, Wanted, import_wordpress, survey};
use masthead::actions::{By, edit, section};
use masthead::jobs::misses;
use news::{Access, Actor, Article, Headline, Id, Kind, SectionPath, Status};
use serde_json::{Value, json};

use crate::magazine::{Magazine, tell};

const SITE: &str = include_str!("../shared/quayside.xml");

async fn import(magazine: &Magazine, wxr: &str, wanted: &Wanted) -> Account {
    let file = magazine.folder.path().join("quayside.xml");
    fs::write(&file, wxr).unwrap();
    let surveyed = survey(vec![file], &Unwatched).await.unwrap();
    import_wordpress(&magazine.app, surveyed, wanted, Actor::Command, &Unwatched).await.unwrap()
}

async fn moved_in(magazine: &Magazine) -> Account {
    import(magazine, SITE, &Wanted::default()).await
}

async fn article(magazine: &Magazine, slug: &str) -> Article {
    let store = &magazine.app.store;
    for kind in [Kind::Article, Kind::Page] {
        if let Some(card) = store::article::by_slug(store, kind, slug).await.unwrap() {
            return card.article;
        }
    }
    panic!("there is no {slug}");
}

async fn leads_to(magazine: &Magazine, path: &str) -> String {
    let answer = magazine.get(path).await;
    assert_eq!(answer.status, 301, "{path}");
    answer.headers["location"].to_str().unwrap().to_owned()
}

/// A copy of the uploads, with a picture that can be drawn.
fn uploads(magazine: &Magazine) -> PathBuf {
    let folder = magazine.folder.path().join("wp-content/uploads/2024/11");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("quay.jpg"), crate::pictures::a_jpeg()).unwrap();
    fs::write(folder.join("plan.pdf"), b"%PDF-1.4 a plan").unwrap();
    magazine.folder.path().to_owned()
}

#[test]
fn every_item_is_accounted_for() {
    tell(async |magazine| {
        let account = moved_in(&magazine).await;
        let json = account.json();
        assert_eq!((account.articles, account.pages), (12, 2));
        assert_eq!(
            json["statuses"],
            json!({ "draft": 2, "in review": 1, "published": 9, "scheduled": 1, "withdrawn": 1 })
        );
        assert_eq!((account.sections, account.tags, account.authors), (4, 2, 3));
        assert_eq!(
            json["comments_by_kind"],
            json!({
                "public": 1, "held_back": 0, "pingbacks": 0, "live_entries": 1, "desk_notes": 1, "other": 0,
            })
        );
        assert_eq!((json["comments"].clone(), json["kept_as_other"].clone()), (json!(3), json!(1)));
        assert_eq!(account.items.values().sum::<u64>(), 21);
        assert_eq!(json["moved"], json!([]));
        assert_eq!(json["without_link"][0]["headline"], "By number");
        assert_eq!(json["shortcodes_unwrapped"], json!({ "vc_column_text": 1, "vc_row": 1 }));
        assert_eq!(account.permalink.as_deref(), Some("/{year}/{month}/{slug}/"));
        assert_eq!(account.timezone.as_deref(), Some("Europe/London"));
        assert!(account.statements > 0, "what was said is found");
        let of_draft = ("Being written".to_owned(), "scripts were left out".to_owned());
        assert!(account.notes.contains(&of_draft), "what was left out of a body is told: {:?}", account.notes);
        let settings = magazine.app.settings().await.unwrap();
        assert_eq!(
            (settings.title.as_str(), settings.permalink.as_str()),
            ("The Quayside & Hill", "/{year}/{month}/{slug}/")
        );
        let menu: Vec<(&str, &str)> =
            settings.navigation.iter().map(|link| (link.label.as_str(), link.url.as_str())).collect();
        assert_eq!(menu, [("The harbour", "/harbour/"), ("About", "/about/")]);
    });
}

#[test]
fn every_address_answers_as_it_did() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        for (path, headline) in [
            ("/2024/11/ferry-stays/", "The ferry “stays”"),
            ("/2024/12/caf%c3%a9/", "Café Übersee"),
            ("/2024/12/caf%C3%A9/", "Café Übersee"),
            ("//2024/12/wall/", "The wall"),
            ("/2024/07/july/", "July dates tell the zone"),
            ("/Archive/Old-Page.html", "An old page with capitals"),
            ("/about/", "About"),
            ("/about/team/", "Team"),
        ] {
            let answer = magazine.get(path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.text().contains(headline), "{path}");
        }
        for (from, to) in [
            ("/?p=101", "/2024/11/ferry-stays/"),
            ("/?p=101&preview=1", "/2024/11/ferry-stays/"),
            ("/index.php?page_id=121", "/about/team/"),
            ("/?attachment_id=201", "/2024/11/ferry-stays/"),
            ("/2024/11/ferry-stays/quay/", "/2024/11/ferry-stays/"),
            ("/2024/11/ferry-may-go/", "/2024/11/ferry-stays/"),
            ("/2024/11/ferry-stays/amp/", "/2024/11/ferry-stays/"),
            ("/2024/11/ferry-stays/feed/", "/2024/11/ferry-stays/"),
            ("/2024/11/ferry-stays/comment-page-2/", "/2024/11/ferry-stays/"),
            ("/2024/12/wall/2/", "/2024/12/wall/#page-2"),
            ("/category/harbour/ferries/", "/harbour/ferries/"),
            ("/category/ferries/", "/harbour/ferries/"),
            ("/category/harbour/feed/", "/harbour/rss/"),
            ("/category/harbour/page/2/", "/harbour/page/2/"),
            ("/category/about/", "/about-2/"),
            ("/?cat=6", "/money/"),
            ("/?author=3", "/author/bo/"),
            ("/?tag=tides", "/tag/tides/"),
            ("/?s=ferry", "/search/?q=ferry"),
            ("/?feed=rss2", "/feed/"),
            ("/?m=202411", "/2024/11/"),
            ("/author/cap-cy-dow/", "/author/cy-dow/"),
            ("/feed/atom/", "/feed/"),
            ("/comments/feed/", "/feed/"),
            ("/tag/tides/feed/rss2/", "/tag/tides/rss/"),
            ("/index.php/2024/12/wall/", "/2024/12/wall/"),
            ("/sitemap_index.xml", "/sitemap.xml"),
        ] {
            assert_eq!(leads_to(&magazine, from).await, to, "{from}");
        }
        for (path, shows) in [
            ("/author/ada-thorne/", "The ferry"),
            ("/author/cy-dow/", "The ferry"),
            ("/tag/quaytalk/", ""),
            ("/money/", "The ferry"),
            ("/harbour/", "The ferry"),
            ("/2024/", "The wall"),
            ("/2024/12/", "December 2024"),
            ("/2024/12/05/", "5 December 2024"),
            ("/?utm_source=x", "The Quayside"),
        ] {
            let answer = magazine.get(path).await;
            let expected = if shows.is_empty() { 404 } else { 200 };
            assert_eq!(answer.status.as_u16(), expected, "{path}");
            assert!(answer.text().contains(shows), "{path} shows {shows}");
        }
        assert!(magazine.get("/2024/12/").await.text().contains("The wall"));
        assert!(!magazine.get("/2024/12/05/").await.text().contains("Café"), "a day is a day");
        assert!(magazine.get("/2024/07/").await.text().contains("July dates"), "a month is the magazine's own");
        for nothing in ["/2023/", "/2024/13/", "/2024/12/05/06/", "/?p=999", "/category/nothing/", "/2024/11/nothing/"]
        {
            let status = magazine.get(nothing).await.status;
            assert_eq!(status.as_u16(), if nothing.contains('?') { 200 } else { 404 }, "{nothing}");
        }
    });
}

#[test]
fn an_article_is_what_it_was() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let ferry = article(&magazine, "ferry-stays").await;
        assert_eq!(ferry.standfirst.as_deref(), Some("Nothing changes on the quay."));
        assert_eq!(ferry.section.as_ref().unwrap().as_str(), "harbour/ferries");
        assert_eq!(ferry.extras.also_in.iter().map(|path| path.as_str()).collect::<Vec<_>>(), ["money"]);
        assert_eq!(ferry.extras.meta_description.as_deref(), Some("What becomes of the ferry"));
        assert!(ferry.featured);
        assert_eq!(ferry.published_at.unwrap().to_string(), "2024-11-02T09:00:00Z");
        assert_eq!(ferry.updated_at.to_string(), "2024-11-03T10:00:00Z");
        let names: Vec<String> = {
            let ids: Vec<&Id> = ferry.authors.iter().collect();
            let all = store::author::by_ids(&magazine.app.store, &ids).await.unwrap();
            ids.iter().map(|id| all.iter().find(|author| author.id == **id).unwrap().name.clone()).collect()
        };
        assert_eq!(names, ["Cy Dow", "Ada Thorne"], "in the order of the byline");
        let picture = ferry.lead_picture.as_ref().unwrap();
        assert_eq!(picture.src.as_deref(), Some("/content/images/2024/11/quay.jpg"));
        assert_eq!(picture.alt.as_deref(), Some("A quay with two boats"));
        assert_eq!(picture.caption.as_deref(), Some("The quay at dawn"));
        assert_eq!(picture.credit.as_ref().unwrap().text, "Ann Lee / The Quayside");

        let page = magazine.get("/2024/11/ferry-stays/").await.text();
        assert!(page.contains("“The ferry stays as long as I am harbour master,”"), "quotation marks are set");
        assert!(page.contains("href=\"/2024/12/wall/\""), "own links have no host: {page}");
        assert!(page.contains("Write to the harbour office."), "reusable blocks are read in");
        assert!(
            page.contains("/content/images/2024/11/quay.jpg") && !page.contains("300x200"),
            "the original is shown"
        );
        let wall = magazine.get("/2024/12/wall/").await.text();
        assert!(wall.contains("It was built in 1890.") && !wall.contains("vc_row"));
        assert!(wall.contains("At dawn") && wall.contains("The second page."));
        let feed = magazine.get("/feed/").await.text();
        assert!(feed.contains(r#"<enclosure url="https://lantern.example/content/media/2024/12/wall.mp3" length="1234" type="audio/mpeg"/>"#), "{feed}");
    });
}

#[test]
fn what_was_not_for_readers_is_not_for_readers() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        for (slug, status) in [
            ("only-for-us", Status::Draft),
            ("being-written", Status::Draft),
            ("later", Status::Scheduled),
            ("read-first", Status::InReview),
            ("thrown-away", Status::Withdrawn),
        ] {
            assert_eq!(article(&magazine, slug).await.status, status, "{slug}");
        }
        assert_eq!(article(&magazine, "club").await.access, Access::Tiers(vec![]));
        let club = magazine.get("/2024/12/club/").await;
        assert!(club.text().contains("For members of the club") && !club.text().contains("hidden words"));
        let everywhere = ["/", "/feed/", "/2024/11/ferry-stays/", "/money/", "/2024/12/"];
        for path in everywhere {
            let text = magazine.get(path).await.text();
            for secret in ["Secret note", "Private words", "hidden words", "open sesame", "Only for us", "reader@mail"]
            {
                assert!(!text.contains(secret), "{path} shows {secret}");
            }
        }
        // Nothing of it is lost.
        let ferry = article(&magazine, "ferry-stays").await;
        let notes = store::aside::of_article(&magazine.app.store, ferry.id.as_str(), "desk note", 10).await.unwrap();
        assert!(notes[0].body.contains("check with the lawyers"));
        let rest = store::aside::of_article(&magazine.app.store, ferry.id.as_str(), "rest", 10).await.unwrap();
        let rest: Value = serde_json::from_str(&rest[0].body).unwrap();
        assert!(rest["meta"].to_string().contains("house_number") && rest["terms"].to_string().contains("storms"));
    });
}

#[test]
fn a_second_time_only_what_changed_there_and_not_here_is_changed() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let again = moved_in(&magazine).await;
        assert!(!again.is_new(), "{:?}", again.json());
        assert_eq!((again.unchanged, again.updated), (14, 0));
        assert_eq!(store::run::newest(&magazine.app.store, 10).await.unwrap().len(), 1, "nothing is nothing to tell");

        // Here somebody edits the wall; there the wall and the ferry are changed, and something new is written.
        let mut pending = edit::open(&magazine.app, &article(&magazine, "wall").await.id).await.unwrap();
        pending.after.headline = Headline::parse("The old wall").unwrap();
        edit::save(&magazine.app, pending, &By::new(Actor::Command)).await.unwrap();
        assert_eq!(article(&magazine, "wall").await.path.as_deref(), Some("/2024/12/wall/"), "it stays where it stood");
        let changed = SITE
            .replace("The wall is old.", "The wall is very old.")
            .replace("Nothing changes on the quay.", "Something changes on the quay.")
            .replace("<item><title>Regatta", "<item><title>New</title><link>https://quayside.example/2024/12/new/</link><wp:post_id>400</wp:post_id><wp:post_date_gmt>2024-12-20 09:00:00</wp:post_date_gmt><wp:post_name>new</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item><item><title>Regatta");
        let account = import(&magazine, &changed, &Wanted::default()).await;
        assert_eq!((account.articles, account.updated, account.unchanged), (1, 1, 12));
        assert_eq!(account.edited_here, ["The wall"]);
        assert_eq!(article(&magazine, "wall").await.headline.as_str(), "The old wall");
        let page = magazine.get("/2024/11/ferry-stays/").await.text();
        assert!(page.contains("Something changes on the quay."));

        // The second import is taken back: the new one is gone, the changed one is what it was.
        let run = account.run.unwrap();
        let undone = undo_import(&magazine.app, &run, &By::new(Actor::Command), &Unwatched).await.unwrap();
        assert_eq!((undone.articles, undone.restored), (1, 1));
        assert_eq!(magazine.get("/2024/12/new/").await.status, 404);
        let page = magazine.get("/2024/11/ferry-stays/").await.text();
        assert!(page.contains("Nothing changes on the quay."));
        let once_more = import(&magazine, &changed, &Wanted::default()).await;
        assert_eq!((once_more.articles, once_more.updated), (1, 1), "it can come again");
    });
}

#[test]
fn an_import_is_taken_back_unless_something_of_it_was_edited() {
    tell(async |magazine| {
        let mine = magazine.publish("Ours", "money", "<p>Here before.</p>").await;
        let files = Wanted { files: Files::Folder(uploads(&magazine)), ..Wanted::default() };
        let run = import(&magazine, SITE, &files).await.run.unwrap();
        let by = By::new(Actor::Command);
        let mut pending = edit::open(&magazine.app, &article(&magazine, "wall").await.id).await.unwrap();
        pending.after.headline = Headline::parse("Edited").unwrap();
        let edited = edit::save(&magazine.app, pending, &by).await.unwrap().article;
        let why = undo_import(&magazine.app, &run, &by, &Unwatched).await.unwrap_err().to_string();
        assert!(why.contains("edited since") && why.contains("Edited"), "{why}");
        assert_eq!(magazine.get("/2024/11/ferry-stays/").await.status, 200, "nothing was taken back");

        masthead::actions::delete::delete(&magazine.app, &edited.id, &by).await.unwrap();
        let undone = undo_import(&magazine.app, &run, &by, &Unwatched).await.unwrap();
        assert_eq!((undone.articles, undone.pictures), (13, 2));
        for path in ["/2024/11/ferry-stays/", "/category/harbour/", "/harbour/", "/tag/tides/", "/author/bo/"] {
            assert_eq!(magazine.get(path).await.status, 404, "{path}");
        }
        assert!(!magazine.app.media.has("images/2024/11/quay.jpg"));
        assert_eq!(magazine.get(mine.article.path.as_deref().unwrap()).await.status, 200);
        assert_eq!(magazine.get("/money/").await.status, 200, "ours stands in it");
        assert!(undo_import(&magazine.app, &run, &by, &Unwatched).await.unwrap_err().to_string().contains("already"));
        assert!(store::shelf::wrong_tallies(&magazine.app.store).await.unwrap().is_empty());
    });
}

#[test]
fn files_come_from_a_copy_and_say_whose_they_are() {
    tell(async |magazine| {
        let files = Wanted { files: Files::Folder(uploads(&magazine)), ..Wanted::default() };
        let account = import(&magazine, SITE, &files).await;
        assert_eq!(account.pictures, 2);
        assert_eq!(account.missing, Vec::<String>::new());
        assert_eq!(magazine.get("/content/images/2024/11/quay.jpg").await.status, 200);
        for from in ["/wp-content/uploads/2024/11/quay.jpg", "/wp-content/uploads/2024/11/quay-300x200.jpg"] {
            assert_eq!(leads_to(&magazine, from).await, "/content/images/2024/11/quay.jpg");
        }
        assert_eq!(leads_to(&magazine, "/plan/").await, "/content/files/2024/11/plan.pdf");
        let row =
            store::picture::by_src(&magazine.app.store, "/content/images/2024/11/quay.jpg").await.unwrap().unwrap();
        assert_eq!(row.credit.unwrap().text, "Ann Lee / The Quayside");
        assert_eq!(row.caption.as_deref(), Some("The quay at dawn"));
        let again = import(&magazine, SITE, &files).await;
        assert_eq!((again.pictures, again.is_new()), (0, false));
    });
}

#[test]
fn a_file_that_is_no_picture_and_a_way_out_of_the_folder_are_refused() {
    tell(async |magazine| {
        let folder = uploads(&magazine);
        fs::write(folder.join("wp-content/uploads/2024/11/quay.jpg"), b"<html>").unwrap();
        let wxr = SITE.replace(
            "https://quayside.example/wp-content/uploads/2024/11/plan.pdf",
            "https://quayside.example/wp-content/uploads/../../masthead.db",
        );
        let account = import(&magazine, &wxr, &Wanted { files: Files::Folder(folder), ..Wanted::default() }).await;
        let why: Vec<&str> = account.skipped.iter().map(|(_, why)| why.as_str()).collect();
        assert_eq!(why.len(), 2, "{:?}", account.skipped);
        assert!(!magazine.app.media.has("images/2024/11/quay.jpg"));
    });
}

#[test]
fn a_magazine_that_has_articles_keeps_its_own_ways() {
    tell(async |magazine| {
        magazine.publish("Wall", "2024", "<p>Ours.</p>").await;
        let page = magazine.publish("About", "", "<p>Ours too.</p>").await;
        assert_eq!(page.article.path.as_deref(), Some("/about/"));
        let account = moved_in(&magazine).await;
        assert!(!account.settings);
        assert_eq!(magazine.app.settings().await.unwrap().title, "The Lantern");
        assert_eq!(account.moved.len(), 1, "{:?}", account.moved);
        assert_eq!(account.moved[0].0, "/about/");
        assert!(magazine.get("/about/").await.text().contains("Ours too."));
        let theirs = magazine.get(&account.moved[0].1).await;
        assert!(theirs.text().contains("Who we are."), "{}", account.moved[0].1);
        // What came keeps its address, though the magazine's own pattern is another one.
        let ferry = article(&magazine, "ferry-stays").await;
        assert_eq!(ferry.path.as_deref(), Some("/2024/11/ferry-stays/"));
        let pending = edit::open(&magazine.app, &ferry.id).await.unwrap();
        let saved = edit::save(&magazine.app, pending, &By::new(Actor::Command)).await.unwrap();
        assert_eq!(saved.article.path.as_deref(), Some("/2024/11/ferry-stays/"));
    });
}

#[test]
fn what_readers_do_not_find_is_counted() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        for _ in 0..3 {
            magazine.get("/news/ferry-stays-today.html").await;
        }
        magazine.get("/wp-login.php").await;
        misses::write(&magazine.app).await.unwrap();
        let asked = store::miss::most_asked(&magazine.app.store, 10).await.unwrap();
        assert_eq!(asked.len(), 1);
        assert_eq!((asked[0].path.as_str(), asked[0].times), ("/news/ferry-stays-today.html", 3));
    });
}

#[test]
fn a_section_that_moves_takes_those_along_that_stand_in_it_beside_their_own() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let [from, to] = ["money", "economy/money"].map(|path| SectionPath::parse(path).unwrap());
        section::move_to(&magazine.app, &from, &to, &By::new(Actor::Command)).await.unwrap();
        let ferry = article(&magazine, "ferry-stays").await;
        assert_eq!(ferry.extras.also_in, [to]);
        assert_eq!(ferry.path.as_deref(), Some("/2024/11/ferry-stays/"));
        magazine.get("/economy/money/").await.has("The ferry");
        assert_eq!(leads_to(&magazine, "/money/").await, "/economy/money/");
        // What WordPress called it still leads there, in two steps.
        assert_eq!(leads_to(&magazine, "/category/money/").await, "/money/");
        assert!(store::shelf::wrong_tallies(&magazine.app.store).await.unwrap().is_empty());
    });
}

#[test]
fn a_podcast_goes_along_in_both_feeds() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let feed = magazine.get("/feed.json").await.json();
        let wall = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == "The wall").unwrap().clone();
        assert_eq!(
            wall["attachments"],
            json!([{
                "url": "https://lantern.example/content/media/2024/12/wall.mp3", "mime_type": "audio/mpeg",
                "size_in_bytes": 1234,
            }])
        );
    });
}

#[test]
fn what_moved_in_moves_out() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let mut out = Vec::new();
        masthead::actions::move_out::move_out(&magazine.app, &mut out, |_| {}).await.unwrap();
        let export = import::ghost::read(&out).unwrap();
        let ferry = export.articles.iter().find(|article| article.slug.as_str() == "ferry-stays").unwrap();
        let tags: Vec<&str> = ferry
            .tags
            .iter()
            .filter_map(|id| export.tags.iter().find(|tag| tag.id == *id).map(|tag| tag.slug.as_str()))
            .collect();
        assert_eq!(tags, ["ferries", "harbour", "money", "tides"], "every list that it stood on");
    });
}

/// The site without what these items hold.
fn without(names: &[&str]) -> String {
    let mut rest = SITE.to_owned();
    for name in names {
        let at = rest.find(&format!("<wp:post_id>{name}</wp:post_id>")).unwrap();
        let (start, end) = (rest[..at].rfind("<item>").unwrap(), at + rest[at..].find("</item>").unwrap() + 7);
        rest.replace_range(start..end, "");
    }
    rest
}

#[test]
fn an_export_that_holds_less_takes_nothing_away() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let before = article(&magazine, "ferry-stays").await;
        // Posts alone: no pictures, no blocks, no guests.
        let again = import(&magazine, &without(&["201", "301", "302"]), &Wanted::default()).await;
        assert_eq!((again.updated, again.unchanged), (0, 14), "{:?}", again.json());
        assert_eq!(article(&magazine, "ferry-stays").await, before);
        // Changed there besides: the picture and the byline stay.
        let changed = without(&["201", "301", "302"]).replace("Nothing changes on the quay.", "Much changes.");
        assert_eq!(import(&magazine, &changed, &Wanted::default()).await.updated, 1);
        let after = article(&magazine, "ferry-stays").await;
        assert_eq!(after.standfirst.as_deref(), Some("Much changes."));
        assert_eq!((after.lead_picture, after.authors), (before.lead_picture, before.authors));
    });
}

#[test]
fn the_other_way_round_what_comes_later_completes_what_is_there() {
    tell(async |magazine| {
        import(&magazine, &without(&["201", "301", "302"]), &Wanted::default()).await;
        let ferry = article(&magazine, "ferry-stays").await;
        assert_eq!((ferry.lead_picture, ferry.authors.len()), (None, 2), "who stands in the byline is an author");
        assert_eq!(moved_in(&magazine).await.updated, 1);
        assert!(article(&magazine, "ferry-stays").await.lead_picture.is_some());
    });
}

#[test]
fn what_stands_before_a_password_says_nothing_of_what_is_behind_it() {
    tell(async |magazine| {
        let closed = SITE
            .replace("<title>For members of the club</title>", "<title></title>")
            .replace("<wp:post_id>104</wp:post_id>", "<excerpt:encoded><![CDATA[Hidden excerpt]]></excerpt:encoded><wp:post_id>104</wp:post_id><wp:postmeta><wp:meta_key>_yoast_wpseo_metadesc</wp:meta_key><wp:meta_value>Hidden words for engines</wp:meta_value></wp:postmeta>");
        import(&magazine, &closed, &Wanted::default()).await;
        assert_eq!(article(&magazine, "club").await.headline.as_str(), "club");
        for path in ["/2024/12/club/", "/", "/feed/", "/feed.json", "/2024/12/", "/wp-json/wp/v2/posts"] {
            let text = magazine.get(path).await.text().to_lowercase();
            assert!(!text.contains("hidden excerpt") && !text.contains("hidden words"), "{path}");
        }
    });
}

#[test]
fn two_sites_stay_two_sites() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        // Another site with the same numbers, logins and names of files.
        let other = SITE
            .replace("quayside.example", "hillside.example")
            .replace("The ferry &quot;stays&quot;", "The lift stays")
            .replace("/2024/11/ferry-stays/", "/2024/11/lift-stays/")
            .replace(">ferry-stays<", ">lift-stays<")
            .replace("<![CDATA[ferry-stays]]>", "<![CDATA[lift-stays]]>")
            .replace("Bo Ray", "Bob Raymond")
            .replace("bo@", "bob@");
        let folder = magazine.folder.path().join("two");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.xml"), SITE).unwrap();
        fs::write(folder.join("b.xml"), &other).unwrap();
        let files = vec![folder.join("a.xml"), folder.join("b.xml")];
        let surveyed = survey(files, &Unwatched).await.unwrap();
        let both =
            import_wordpress(&magazine.app, surveyed, &Wanted::default(), Actor::Command, &Unwatched).await.unwrap();
        assert!(both.skipped[0].1.contains("another site, hillside.example"), "{:?}", both.skipped);

        let theirs = import(&magazine, &other, &Wanted::default()).await;
        assert_eq!(theirs.articles, 12);
        assert_eq!(leads_to(&magazine, "/2024/11/lift-stays/quay/").await, "/2024/11/lift-stays/");
        assert_eq!(leads_to(&magazine, "/2024/11/ferry-stays/quay/").await, "/2024/11/ferry-stays/");
        let lift = article(&magazine, "lift-stays").await;
        let named = store::author::by_slug(&magazine.app.store, "bo-2").await.unwrap().unwrap();
        assert_eq!(named.name, "Bob Raymond", "another person with the same login");
        let ada = store::author::by_slug(&magazine.app.store, "ada-thorne").await.unwrap().unwrap();
        assert!(!lift.authors.contains(&named.id) && !lift.authors.contains(&ada.id), "{:?}", lift.authors);
    });
}

#[test]
fn a_file_of_the_same_name_is_another_picture() {
    tell(async |magazine| {
        magazine.app.media.put("images/2024/11/quay.jpg", b"the magazine's own").unwrap();
        let files = Wanted { files: Files::Folder(uploads(&magazine)), ..Wanted::default() };
        import(&magazine, SITE, &files).await;
        let picture = article(&magazine, "ferry-stays").await.lead_picture.unwrap();
        let src = picture.src.unwrap();
        assert_eq!(src, "/content/images/quayside-example/2024/11/quay.jpg");
        assert_eq!(magazine.get(&src).await.status, 200);
        assert_eq!(magazine.app.media.get("images/2024/11/quay.jpg").unwrap().unwrap(), b"the magazine's own");
        let again = import(&magazine, SITE, &files).await;
        assert_eq!((again.pictures, again.updated), (0, 0), "{:?}", again.json());
    });
}

#[test]
fn what_the_desk_did_to_sections_and_tags_stays() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let (app, by) = (&magazine.app, By::new(Actor::Command));
        let [from, to] = ["money", "economy"].map(|path| SectionPath::parse(path).unwrap());
        section::move_to(app, &from, &to, &by).await.unwrap();
        let mut tides = store::tag::by_slug(&app.store, "tides").await.unwrap().unwrap();
        (tides.name, tides.slug) = ("High tides".into(), news::Slug::parse("high-tides").unwrap());
        let mut batch = store::Batch::new();
        batch.push(store::tag::put(&tides, app.now()));
        app.store.commit(batch).await.unwrap();

        let more = SITE.replace("<item><title>Regatta", "<item><title>New</title><link>https://quayside.example/2024/12/new/</link><wp:post_id>400</wp:post_id><wp:post_date_gmt>2024-12-20 09:00:00</wp:post_date_gmt><wp:post_name>new</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain=\"category\" nicename=\"money\">Money</category><category domain=\"post_tag\" nicename=\"tides\">Tides</category></item><item><title>Regatta");
        let account = import(&magazine, &more, &Wanted::default()).await;
        assert_eq!((account.sections, account.tags), (0, 0));
        let new = article(&magazine, "new").await;
        assert_eq!((new.section, new.tags), (Some(to), vec![tides.id.clone()]));
        assert_eq!(leads_to(&magazine, "/money/").await, "/economy/");
        let tides = store::tag::by_slug(&app.store, "high-tides").await.unwrap().unwrap();
        assert_eq!(tides.name, "High tides");
    });
}

#[test]
fn what_became_public_or_moved_there_does_so_here() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let public = |from: &str, link: &str, text: &str| {
            let at = text.find(&format!("<link>{from}</link>")).unwrap();
            let end = at + text[at..].find("</item>").unwrap();
            let item =
                text[at..end].replace(from, link).replace(">draft<", ">publish<").replace(">pending<", ">publish<");
            format!("{}{item}{}", &text[..at], &text[end..])
        };
        let site = "https://quayside.example";
        let changed = public(&format!("{site}/?p=106"), &format!("{site}/2024/12/wall/"), SITE);
        let changed = public(&format!("{site}/?p=108"), &format!("{site}/feed/"), &changed);
        let changed = changed.replace("/2024/07/july/", "/2024/07/july-dates/").replace(">july<", ">july-dates<");
        let account = import(&magazine, &changed, &Wanted::default()).await;
        assert_eq!((account.updated, account.edited_here.len()), (3, 0), "{:?}", account.json());
        let moved: Vec<&str> = account.moved.iter().map(|(from, ..)| from.as_str()).collect();
        assert_eq!(moved, ["/2024/12/wall/", "/feed/"], "each is told");
        for (_, here, _) in &account.moved {
            assert_eq!(magazine.get(here).await.status, 200, "{here}");
        }
        assert_eq!(leads_to(&magazine, "/2024/07/july-dates/").await, "/2024/07/july/");
    });
}

#[test]
fn what_was_hidden_there_and_edited_here_is_told_of() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let pending = edit::open(&magazine.app, &article(&magazine, "wall").await.id).await.unwrap();
        edit::save(&magazine.app, pending, &By::new(Actor::Command)).await.unwrap();
        let at = SITE.find("<wp:post_name>wall").unwrap();
        let hidden = format!("{}{}", &SITE[..at], SITE[at..].replacen(">publish<", ">private<", 1));
        let account = import(&magazine, &hidden, &Wanted::default()).await;
        let notes: Vec<&(String, String)> = account.notes.iter().filter(|(what, _)| what == "The wall").collect();
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert!(notes[0].1.contains("here it is public, because it was edited here"));
        assert_eq!(magazine.get("/2024/12/wall/").await.status, 200);
    });
}

#[test]
fn a_site_that_stood_in_a_folder_leads_on() {
    tell(async |magazine| {
        let below = SITE.replace("https://quayside.example/2", "https://quayside.example/blog/2");
        let below = below.replace("https://quayside.example</", "https://quayside.example/blog</");
        import(&magazine, &below, &Wanted::default()).await;
        magazine.get("/blog/2024/12/wall/").await.has("The wall is old.");
        for (from, to) in [
            ("/blog/", "/"),
            ("/blog/2024/12/", "/2024/12/"),
            ("/blog/category/harbour/", "/harbour/"),
            ("/blog/?p=102", "/blog/2024/12/wall/"),
            ("/blog/feed/", "/rss/"),
            ("/blog/2024/12/wall/2/?utm=1", "/blog/2024/12/wall/?utm=1#page-2"),
        ] {
            assert_eq!(leads_to(&magazine, from).await, to, "{from}");
        }
    });
}

#[test]
fn an_author_who_could_not_have_the_address_is_led_to_all_the_same() {
    tell(async |magazine| {
        let ours = masthead::actions::names::author_named(&magazine.app, "Bo").await.unwrap();
        assert_eq!(ours.slug.as_str(), "bo");
        let account = moved_in(&magazine).await;
        assert!(account.notes.iter().any(|(who, how)| who == "Bo Ray" && how.contains("this one has /author/bo-2/")));
        assert_eq!(leads_to(&magazine, "/?author=3").await, "/author/bo-2/");
        assert_eq!(leads_to(&magazine, "/author/cap-bo/").await, "/author/bo-2/");
        magazine.get("/author/bo-2/").await.has("The wall");
    });
}

#[test]
fn what_was_opened_there_and_edited_here_is_no_alarm() {
    tell(async |magazine| {
        moved_in(&magazine).await;
        let pending = edit::open(&magazine.app, &article(&magazine, "club").await.id).await.unwrap();
        edit::save(&magazine.app, pending, &By::new(Actor::Command)).await.unwrap();
        let opened = SITE.replace("<![CDATA[open sesame]]>", "");
        let account = import(&magazine, &opened, &Wanted::default()).await;
        assert_eq!(account.edited_here, ["For members of the club"]);
        assert!(account.notes.iter().all(|(what, _)| what != "For members of the club"), "{:?}", account.notes);
    });
}
