//! Apps and sites that were made for WordPress read the magazine.

use http::Request;
use masthead::actions::edit::{self, Change};
use masthead::actions::{By, names, publish, withdraw};
use news::{Access, Actor, Article, Id, Kind, LeadPicture};
use serde_json::{Value, json};
use store::Batch;

use crate::magazine::{Answer, Magazine, change, tell};

/// Asks below the namespace.
async fn ask(magazine: &Magazine, path: &str) -> Answer {
    magazine.get(&format!("/wp-json/wp/v2/{path}")).await
}

/// The slugs of a list that must be there.
async fn slugs(magazine: &Magazine, path: &str) -> Vec<String> {
    let answer = ask(magazine, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let list = answer.json();
    list.as_array().unwrap().iter().map(|thing| thing["slug"].as_str().unwrap().to_owned()).collect()
}

/// The code of an error, which must have this status.
async fn refusal(magazine: &Magazine, path: &str, status: u16) -> String {
    let answer = ask(magazine, path).await;
    let error = answer.json();
    assert_eq!((answer.status.as_u16(), error["data"]["status"].as_u64()), (status, Some(status.into())), "{path}");
    error["code"].as_str().unwrap().to_owned()
}

/// The number of an id: thirteen of its digits.
fn number(id: &Id) -> u64 {
    u64::from_str_radix(&format!("{}{}", &id.as_str()[7..14], &id.as_str()[18..24]), 16).unwrap()
}

fn links(answer: &Answer) -> String {
    answer.headers.get_all("link").iter().map(|link| link.to_str().unwrap()).collect::<Vec<_>>().join(", ")
}

async fn publish_on(magazine: &Magazine, day: &str, change: Change) -> Article {
    let pending = edit::begin(&magazine.app, Kind::Article, change).await.unwrap();
    let dated = format!("{day}T12:00:00Z").parse().unwrap();
    let by = By::new(Actor::Command);
    publish::publish_dated(&magazine.app, pending, dated, None, &by).await.unwrap().article
}

/// An article with everything: byline, tags, picture, standfirst.
async fn ferry(magazine: &Magazine) -> Article {
    let app = &magazine.app;
    let mut ann = names::author_named(app, "Ann Lee").await.unwrap();
    ann.email = Some("ann@lantern.example".into());
    let mut batch = Batch::new();
    batch.push(store::author::put(&ann, app.now()));
    app.store.commit(batch).await.unwrap();
    let harbour = names::tag_named(app, "Harbour").await.unwrap();
    let internal = names::tag_named(app, "#rota").await.unwrap();
    let picture = LeadPicture {
        src: Some("/content/images/2026/ferry.jpg".into()),
        width: Some(1500),
        height: Some(1000),
        alt: Some("A ferry".into()),
        caption: Some("Late again".into()),
        ..LeadPicture::default()
    };
    let change = Change {
        standfirst: Some(Some("Fog & tide.".into())),
        tags: Some(vec![harbour.id, internal.id]),
        authors: Some(vec![ann.id]),
        lead_picture: Some(Some(picture)),
        ..change("Ferry runs late & loud", "news/coast", "<p>The quay is closed.</p>")
    };
    publish_on(magazine, "2024-07-01", change).await
}

#[test]
fn an_article_has_the_shape_that_clients_of_wordpress_read() {
    tell(async |magazine| {
        let article = ferry(&magazine).await;
        let answer = ask(&magazine, "posts?_embed").await;
        assert_eq!((answer.status.as_u16(), answer.header("x-wp-total")), (200, "1"), "{}", answer.text());
        assert_eq!(answer.header("x-wp-totalpages"), "1");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-expose-headers"), "X-WP-Total, X-WP-TotalPages, Link");
        assert!(links(&answer).contains("<https://lantern.example/wp-json/>; rel=\"https://api.w.org/\""));
        answer.lacks("ann@lantern.example").lacks("rota");

        let post = &answer.json()[0];
        assert_eq!(post["id"], number(&article.id));
        assert_eq!(
            (post["date"].as_str(), post["date_gmt"].as_str()),
            (Some("2024-07-01T13:00:00"), Some("2024-07-01T12:00:00"))
        );
        assert_eq!(post["link"], "https://lantern.example/news/coast/ferry-runs-late-loud/");
        assert_eq!(post["title"]["rendered"], "Ferry runs late &amp; loud");
        assert!(post["content"]["rendered"].as_str().unwrap().contains("The quay is closed."));
        assert_eq!(post["content"]["protected"], false);
        assert_eq!(post["excerpt"]["rendered"], "<p>Fog &amp; tide.</p>\n");
        for (name, value) in
            [("status", "publish"), ("type", "post"), ("format", "standard"), ("ping_status", "closed")]
        {
            assert_eq!(post[name], value, "{name}");
        }
        let embedded = &post["_embedded"];
        assert_eq!(embedded["author"][0]["name"], "Ann Lee");
        assert_eq!(embedded["author"][0]["link"], "https://lantern.example/author/ann-lee/");
        let picture = &embedded["wp:featuredmedia"][0];
        assert_eq!((&picture["id"], &picture["alt_text"]), (&post["featured_media"], &json!("A ferry")));
        assert_eq!(picture["source_url"], "https://lantern.example/content/images/2026/ferry.jpg");
        let medium = &picture["media_details"]["sizes"]["medium"];
        assert_eq!(medium["source_url"], "https://lantern.example/content/images/size/w600/2026/ferry.jpg");
        assert_eq!((&medium["width"], &medium["height"]), (&json!(600), &json!(400)));
        let slugs = |terms: &Value| -> Vec<String> {
            terms.as_array().unwrap().iter().map(|term| term["slug"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(slugs(&embedded["wp:term"][0]), ["coast", "news"], "its own section, then the one around it");
        assert_eq!(slugs(&embedded["wp:term"][1]), ["harbour"], "and no tag of the newsroom's own");

        // Every number in it leads to the thing, and every link is one.
        for (collection, number) in [
            ("posts", &post["id"]),
            ("media", &post["featured_media"]),
            ("users", &post["author"]),
            ("categories", &post["categories"][0]),
            ("tags", &post["tags"][0]),
        ] {
            let one = ask(&magazine, &format!("{collection}/{number}")).await;
            assert_eq!((one.status.as_u16(), &one.json()["id"]), (200, number), "{collection}: {}", one.text());
            one.lacks("ann@lantern.example");
        }
        for link in ["wp:featuredmedia", "wp:attachment", "wp:term", "author", "self", "collection", "about", "replies"]
        {
            let address = post["_links"][link][0]["href"].as_str().unwrap();
            let path = address.strip_prefix("https://lantern.example").unwrap();
            assert_eq!(magazine.get(path).await.status, 200, "{link}: {path}");
        }
        let brief = ask(&magazine, "posts?context=embed").await.json();
        assert!(brief[0]["content"].is_null() && brief[0]["excerpt"].is_object(), "{brief}");
        let chosen = ask(&magazine, "posts?_fields=id,title.rendered").await.json();
        assert_eq!(chosen, json!([{ "id": post["id"], "title": { "rendered": "Ferry runs late &amp; loud" } }]));
    });
}

#[test]
fn lists_are_filtered_and_ordered_as_wordpress_does() {
    tell(async |magazine| {
        let ferry = ferry(&magazine).await;
        publish_on(&magazine, "2024-07-02", change("Bridge shuts", "news", "<p>Text.</p>")).await;
        let featured = Change { featured: Some(true), ..change("A concert", "culture", "<p>Text.</p>") };
        publish_on(&magazine, "2024-07-03", featured).await;
        let all = ["a-concert", "bridge-shuts", "ferry-runs-late-loud"];
        assert_eq!(slugs(&magazine, "posts").await, all);
        assert_eq!(slugs(&magazine, "posts/").await, all, "with a slash too");
        assert_eq!(slugs(&magazine, "posts?order=asc").await, [all[2], all[1], all[0]]);
        assert_eq!(slugs(&magazine, "posts?orderby=title&order=asc").await, all);

        let post = ask(&magazine, &format!("posts/{}", number(&ferry.id))).await.json();
        let (author, tag) = (&post["author"], &post["tags"][0]);
        let (coast, news) = (&post["categories"][0], &post["categories"][1]);
        let (one, two, three) = ([all[2]], [all[1], all[2]], [all[0], all[1]]);
        assert_eq!(slugs(&magazine, &format!("posts?author={author}")).await, one);
        assert_eq!(slugs(&magazine, &format!("posts?tags={tag}")).await, one);
        assert_eq!(slugs(&magazine, &format!("posts?categories[]={coast}")).await, one);
        assert_eq!(slugs(&magazine, &format!("posts?categories={news}")).await, two, "a section holds those below it");
        assert_eq!(slugs(&magazine, &format!("posts?categories={news}&tags_exclude={tag}")).await, [all[1]]);
        assert_eq!(slugs(&magazine, &format!("posts?categories_exclude={coast}")).await, three);
        assert_eq!(slugs(&magazine, &format!("posts?author_exclude={author}")).await, three);
        assert_eq!(slugs(&magazine, &format!("posts?exclude={}", post["id"])).await, three);
        assert_eq!(slugs(&magazine, &format!("posts?include={},1", post["id"])).await, one);
        assert_eq!(slugs(&magazine, "posts?slug=bridge-shuts,nothing").await, [all[1]]);
        assert_eq!(slugs(&magazine, "posts?sticky=true").await, [all[0]]);
        assert_eq!(slugs(&magazine, "posts?sticky=false").await, two);
        assert_eq!(slugs(&magazine, "posts?search=FERRY").await, one);
        assert_eq!(slugs(&magazine, "posts?after=2024-07-02T12:00:00Z").await, [all[0]]);
        assert_eq!(
            slugs(&magazine, "posts?before=2024-07-02T13:00:00&order=asc").await,
            one,
            "the magazine's own time"
        );
        assert_eq!(slugs(&magazine, "posts?after=2024-07-01T00:00:00Z&before=2024-07-03T00:00:00Z").await, two);
        assert_eq!(slugs(&magazine, "posts?modified_after=2024-07-01T12:30:00Z&orderby=modified").await, three);
        for nothing in
            ["posts?tags=1", "posts?author=1&search=x", "posts?include=1", "posts?categories=1", "posts?slug=!"]
        {
            assert_eq!(slugs(&magazine, nothing).await, [""; 0], "{nothing}");
        }

        assert_eq!(slugs(&magazine, "categories").await, ["coast", "culture", "news"]);
        assert_eq!(slugs(&magazine, "categories?parent=0&orderby=count&order=desc").await, ["news", "culture"]);
        assert_eq!(slugs(&magazine, &format!("categories?parent={news}")).await, ["coast"]);
        assert_eq!(slugs(&magazine, &format!("tags?post={}", post["id"])).await, ["harbour"]);
        assert_eq!(slugs(&magazine, "tags?search=arb").await, ["harbour"]);
        assert_eq!(slugs(&magazine, "users?slug=ann-lee").await, ["ann-lee"]);
        let count = ask(&magazine, &format!("categories/{news}")).await.json();
        assert_eq!((&count["count"], &count["parent"]), (&json!(2), &json!(0)));
        assert_eq!(slugs(&magazine, &format!("media?parent={}", post["id"])).await, ["ferry"]);
        assert_eq!(slugs(&magazine, "media").await, ["ferry"]);
        let found = ask(&magazine, "search?search=ferry&_embed").await.json();
        assert_eq!((&found[0]["id"], &found[0]["subtype"]), (&post["id"], &json!("post")));
        assert_eq!(found[0]["_embedded"]["self"][0]["slug"], all[2]);
        assert_eq!(ask(&magazine, "search?type=term&search=coast").await.json()[0]["id"], *coast);
        let comments = ask(&magazine, "comments").await;
        assert_eq!((comments.json(), comments.header("x-wp-total")), (json!([]), "0"));
    });
}

#[test]
fn a_list_comes_in_pages_that_lead_to_one_another() {
    tell(async |magazine| {
        for day in 1..=5 {
            let headline = format!("Day {day}");
            publish_on(&magazine, &format!("2024-07-0{day}"), change(&headline, "news", "<p>Text.</p>")).await;
        }
        let second = ask(&magazine, "posts?per_page=2&page=2&_fields=slug&unknown=1").await;
        assert_eq!((second.header("x-wp-total"), second.header("x-wp-totalpages")), ("5", "3"));
        assert_eq!(second.json(), json!([{ "slug": "day-3" }, { "slug": "day-2" }]));
        let base = "https://lantern.example/wp-json/wp/v2/posts?_fields=slug";
        assert!(links(&second).contains(&format!("<{base}&page=1&per_page=2>; rel=\"prev\"")), "{}", links(&second));
        assert!(links(&second).contains(&format!("<{base}&page=3&per_page=2>; rel=\"next\"")), "{}", links(&second));
        let last = ask(&magazine, "posts?per_page=2&page=3").await;
        assert!(links(&last).contains("rel=\"prev\"") && !links(&last).contains("rel=\"next\""));
        assert_eq!(slugs(&magazine, "posts?per_page=2&offset=1").await, ["day-4", "day-3"]);
        assert_eq!(slugs(&magazine, "posts?before=2024-07-04T00:00:00Z&per_page=2&page=2").await, ["day-1"]);
        assert_eq!(refusal(&magazine, "posts?per_page=2&page=4", 400).await, "rest_post_invalid_page_number");
        assert_eq!(refusal(&magazine, "search?page=9", 400).await, "rest_search_invalid_page_number");
        assert_eq!(slugs(&magazine, "tags?page=9").await, [""; 0]);
    });
}

#[test]
fn what_strangers_may_not_read_is_nowhere() {
    tell(async |magazine| {
        let (app, by) = (&magazine.app, By::new(Actor::Command));
        let body = "<p>The opening.</p><!--members-only--><p>SECRET ending.</p>";
        let members = Change { access: Some(Access::Members), ..change("For members", "news", body) };
        publish_on(&magazine, "2024-07-01", members).await;
        let nobody = names::author_named(app, "Nobody Yet").await.unwrap();
        let hidden = names::tag_named(app, "SECRET topic").await.unwrap();
        let internal = names::tag_named(app, "#rota").await.unwrap();
        let draft = Change {
            tags: Some(vec![hidden.id.clone()]),
            authors: Some(vec![nobody.id.clone()]),
            ..change("SECRET plan", "news", "<p>SECRET</p>")
        };
        let pending = edit::begin(app, Kind::Article, draft).await.unwrap();
        let draft = edit::save(app, pending, &by).await.unwrap().article;

        for path in ["posts", "posts?search=secret", "search?search=secret", "tags", "users", "categories", "media"] {
            ask(&magazine, path).await.lacks("SECRET").lacks("Nobody Yet");
        }
        let posts = ask(&magazine, "posts").await.json();
        assert_eq!(posts.as_array().unwrap().len(), 1);
        assert_eq!(posts[0]["content"]["protected"], true);
        assert!(posts[0]["content"]["rendered"].as_str().unwrap().contains("The opening."));
        for path in ["posts", "media", "users", "tags"] {
            let id = match path {
                "users" => &nobody.id,
                "tags" => &hidden.id,
                _ => &draft.id,
            };
            refusal(&magazine, &format!("{path}/{}", number(id)), 404).await;
        }
        assert_eq!(slugs(&magazine, &format!("posts?include={}", number(&draft.id))).await, [""; 0]);
        assert_eq!(slugs(&magazine, &format!("posts?tags={}", number(&internal.id))).await, [""; 0]);
        assert_eq!(slugs(&magazine, "posts?slug=secret-plan").await, [""; 0]);
        assert_eq!(refusal(&magazine, "posts?status=draft", 400).await, "rest_invalid_param");
        assert_eq!(refusal(&magazine, "posts?context=edit", 401).await, "rest_forbidden_context");
        assert_eq!(refusal(&magazine, "users/me", 401).await, "rest_not_logged_in");

        let public = publish_on(&magazine, "2024-07-02", change("Bridge shuts", "news", "<p>Text.</p>")).await;
        let path = format!("posts/{}", number(&public.id));
        assert_eq!(ask(&magazine, &path).await.status, 200);
        let pending = edit::open(app, &public.id).await.unwrap();
        withdraw::withdraw(app, pending, &by).await.unwrap();
        assert_eq!(refusal(&magazine, &path, 404).await, "rest_post_invalid_id");
    });
}

#[test]
fn an_answer_is_kept_until_something_in_it_changes() {
    tell(async |magazine| {
        let app = &magazine.app;
        let article = publish_on(&magazine, "2024-07-01", change("Bridge closes", "news", "<p>Text.</p>")).await;
        let path = "posts?per_page=5&_embed=author";
        let first = ask(&magazine, path).await;
        let kept = app.pages.size().0;
        let again = ask(&magazine, "posts/?_embed=author&per_page=5&lang=en").await;
        assert_eq!((again.header("etag"), app.pages.size().0), (first.header("etag"), kept), "one answer for both");
        let tag = [("if-none-match", first.header("etag"))];
        assert_eq!(magazine.get_with(&format!("/wp-json/wp/v2/{path}"), &tag).await.status, 304);

        let pending = edit::change(app, article, change("Bridge shuts", "news", "<p>Text.</p>")).await.unwrap();
        edit::save(app, pending, &By::new(Actor::Command)).await.unwrap();
        assert_eq!(ask(&magazine, path).await.json()[0]["title"]["rendered"], "Bridge shuts");
        publish_on(&magazine, "2024-07-02", change("A concert", "culture", "<p>Text.</p>")).await;
        assert_eq!(ask(&magazine, path).await.header("x-wp-total"), "2");
        let kept = app.pages.size().0;
        refusal(&magazine, "posts/1", 404).await;
        ask(&magazine, &format!("posts?search={}", "a%20".repeat(60))).await;
        assert!(app.pages.size().0 <= kept + 1, "errors are not kept");
    });
}

#[test]
fn clients_find_their_way_by_the_index() {
    tell(async |magazine| {
        for path in ["/wp-json", "/wp-json/"] {
            let index = magazine.get(path).await;
            assert_eq!(index.header("content-type"), "application/json; charset=UTF-8");
            let index = index.json();
            assert_eq!((&index["name"], &index["namespaces"]), (&json!("The Lantern"), &json!(["wp/v2"])));
            assert_eq!(index["timezone_string"], "Europe/London");
            assert_eq!(index["routes"]["/wp/v2/posts"]["methods"], json!(["GET"]));
            let per_page = &index["routes"]["/wp/v2/posts"]["endpoints"][0]["args"]["per_page"];
            assert_eq!(per_page["maximum"], 100);
            assert!(index["routes"][r"/wp/v2/posts/(?P<id>[\d]+)"].is_object());
        }
        let namespace = magazine.get("/wp-json/wp/v2").await.json();
        assert!(namespace["routes"]["/wp/v2/media"].is_object() && namespace["routes"]["/"].is_null());
        assert_eq!(ask(&magazine, "types").await.json()["post"]["rest_base"], "posts");
        assert_eq!(ask(&magazine, "types/page").await.json()["hierarchical"], true);
        assert_eq!(ask(&magazine, "taxonomies").await.json()["post_tag"]["rest_base"], "tags");
        assert_eq!(ask(&magazine, "statuses/publish").await.json()["slug"], "publish");

        assert_eq!(refusal(&magazine, "themes", 404).await, "rest_no_route");
        assert_eq!(refusal(&magazine, "posts/one", 404).await, "rest_no_route");
        assert_eq!(refusal(&magazine, "types/film", 404).await, "rest_type_invalid");
        assert_eq!(refusal(&magazine, "posts/99999999999999999999", 404).await, "rest_post_invalid_id");
        assert_eq!(refusal(&magazine, "categories/1", 404).await, "rest_term_invalid");
        assert_eq!(refusal(&magazine, "users/1", 404).await, "rest_user_invalid_id");
        let wrong = ask(&magazine, "posts?per_page=101").await.json();
        let says = "per_page must be between 1 (inclusive) and 100 (inclusive)";
        assert_eq!(
            (&wrong["code"], &wrong["data"]["params"]["per_page"]),
            (&json!("rest_invalid_param"), &json!(says))
        );

        let send = async |method: &str| {
            let request = Request::builder().method(method).uri("/wp-json/wp/v2/posts");
            magazine.send(request.body(axum::body::Body::empty()).unwrap()).await
        };
        assert_eq!((send("POST").await.status.as_u16(), send("DELETE").await.status.as_u16()), (404, 404));
        let asked_before = send("OPTIONS").await;
        assert_eq!((asked_before.status.as_u16(), asked_before.header("access-control-allow-origin")), (204, "*"));
        assert!(send("HEAD").await.body.is_empty());
    });
}

#[test]
fn static_pages_are_pages_and_no_posts() {
    tell(async |magazine| {
        let pending =
            edit::begin(&magazine.app, Kind::Page, change("About us", "", "<p>Who we are.</p>")).await.unwrap();
        let page = publish::publish(&magazine.app, pending, None, &By::new(Actor::Command)).await.unwrap().article;
        assert_eq!(slugs(&magazine, "posts").await, [""; 0]);
        assert_eq!(slugs(&magazine, "pages?slug=about-us").await, ["about-us"]);
        assert_eq!(slugs(&magazine, "pages?search=about&orderby=menu_order&order=asc").await, ["about-us"]);
        let one = ask(&magazine, &format!("pages/{}?_embed", number(&page.id))).await.json();
        assert_eq!((&one["type"], &one["link"]), (&json!("page"), &json!("https://lantern.example/about-us/")));
        assert!(one["content"]["rendered"].as_str().unwrap().contains("Who we are."));
        assert_eq!((&one["parent"], &one["categories"]), (&json!(0), &Value::Null));
        assert_eq!(refusal(&magazine, &format!("posts/{}", number(&page.id)), 404).await, "rest_post_invalid_id");
        assert_eq!(ask(&magazine, "search?search=about").await.json()[0]["subtype"], "page");
    });
}
