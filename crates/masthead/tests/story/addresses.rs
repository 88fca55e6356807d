//! Where things are, and what happens to old addresses.

use masthead::actions::edit;
use masthead::actions::edit::Change;
use masthead::actions::{By, delete, publish};
use news::{Actor, Kind, SectionPath, Slug};

use crate::magazine::{Magazine, change, tell};

async fn moves(magazine: &Magazine, from: &str, change: Change) {
    let address = store::address::holder(&magazine.app.store, from).await.unwrap().unwrap();
    let id = news::Id::parse(&address.article_id).unwrap();
    let before = edit::open(&magazine.app, &id).await.unwrap().after;
    let pending = edit::change(&magazine.app, before, change).await.unwrap();
    edit::save(&magazine.app, pending, &By::new(Actor::Command)).await.unwrap();
}

#[test]
fn a_changed_slug_and_a_changed_section_redirect_for_ever() {
    tell(async |magazine| {
        magazine.publish("Bridge closes", "news", "<p>Text.</p>").await;
        let slug = |text: &str| Change { slug: Some(Slug::parse(text).unwrap()), ..Change::default() };
        moves(&magazine, "/news/bridge-closes/", slug("bridge-shut")).await;
        let section = Some(Some(SectionPath::parse("news/transport").unwrap()));
        moves(&magazine, "/news/bridge-shut/", Change { section, ..Change::default() }).await;

        let new = "/news/transport/bridge-shut/";
        magazine.get(new).await.has("Text.");
        for old in ["/news/bridge-closes/", "/news/bridge-shut/"] {
            let answer = magazine.get(old).await;
            assert_eq!((answer.status.as_u16(), answer.header("location")), (301, new), "in one step, from {old}");
        }
    });
}

#[test]
fn a_new_article_never_takes_an_address_that_redirects() {
    tell(async |magazine| {
        magazine.publish("Bridge closes", "news", "<p>Old.</p>").await;
        let slug = Some(Slug::parse("elsewhere").unwrap());
        moves(&magazine, "/news/bridge-closes/", Change { slug, ..Change::default() }).await;
        let second = magazine.publish("Bridge closes", "news", "<p>New.</p>").await.article;
        assert_eq!(second.path.as_deref(), Some("/news/bridge-closes-2/"));
        assert_eq!(magazine.get("/news/bridge-closes/").await.header("location"), "/news/elsewhere/");
    });
}

#[test]
fn an_article_never_stands_where_a_section_stands() {
    tell(async |magazine| {
        magazine.publish("Anything", "news/transport", "<p>x</p>").await;
        let article = magazine.publish("Transport", "news", "<p>y</p>").await.article;
        assert_eq!(article.path.as_deref(), Some("/news/transport-2/"));
    });
}

#[test]
fn an_article_cannot_take_a_word_of_the_program() {
    tell(async |magazine| {
        let article = magazine.publish("Ghost", "", "<p>x</p>").await.article;
        assert_eq!(article.path.as_deref(), Some("/ghost-2/"));
        let section = SectionPath::parse("ghost");
        assert!(section.is_err());
    });
}

#[test]
fn a_deleted_article_is_gone_and_its_history_stays() {
    tell(async |magazine| {
        let article = magazine.publish("Bridge closes", "news", "<p>Text.</p>").await.article;
        delete::delete(&magazine.app, &article.id, &By::new(Actor::Command)).await.unwrap();
        assert_eq!(magazine.get("/news/bridge-closes/").await.status, 410);
        magazine.get("/").await.lacks("Bridge closes");
        let revisions = store::revision::of(&magazine.app.store, article.id.as_str(), 10).await.unwrap();
        assert_eq!(revisions.len(), 1);
    });
}

#[test]
fn each_page_has_one_address() {
    tell(async |magazine| {
        magazine.publish("Bridge closes", "news", "<p>x</p>").await;
        for (asked, right) in [
            ("/news", "/news/"),
            ("/NEWS/", "/news/"),
            ("/page/1/", "/"),
            ("/news/bridge-closes", "/news/bridge-closes/"),
            ("/%6Eews/", "/news/"),
        ] {
            let answer = magazine.get(asked).await;
            assert_eq!((answer.status.as_u16(), answer.header("location")), (301, right), "{asked}");
        }
    });
}

#[test]
fn a_headline_in_any_script_has_an_address_that_works() {
    tell(async |magazine| {
        let change =
            Change { slug: Some(Slug::parse("café-zürich").unwrap()), ..change("Café", "news", "<p>Bon.</p>") };
        let pending = edit::begin(&magazine.app, Kind::Article, change).await.unwrap();
        let article = publish::publish(&magazine.app, pending, None, &By::new(Actor::Command)).await.unwrap().article;
        assert_eq!(article.path.as_deref(), Some("/news/caf%C3%A9-z%C3%BCrich/"));
        magazine.get("/news/caf%C3%A9-z%C3%BCrich/").await.has("Bon.");
        assert_eq!(magazine.get("/news/caf%c3%a9-z%c3%bcrich/").await.status, 301);
    });
}

#[test]
fn nothing_at_an_address_is_404_and_nonsense_is_too() {
    tell(async |magazine| {
        let strange =
            ["/no/", "/a//b/", "/%00/", "/%ff/", "/..%2f/", "/page/2/", "/tag/none/", "/author/none/", "/wp-login.php"];
        for path in strange {
            assert_eq!(magazine.get(path).await.status, 404, "{path}");
        }
        let (count, _) = magazine.app.pages.size();
        assert!(count <= 4, "nobody can fill the memory with nonsense: {count}");
    });
}
