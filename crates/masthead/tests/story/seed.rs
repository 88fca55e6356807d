//! The one real page, through the whole house.

use masthead::actions::edit::{self, Change};
use masthead::actions::{By, names, publish};
use news::{Actor, Headline, Kind, LeadPicture, SectionPath};

use crate::magazine::{note_skipped, tell};

#[test]
fn a_real_page_saved_as_text_becomes_an_article_with_nothing_lost() {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE") else {
        return note_skipped("the real page (MASTHEAD_REFERENCE is not set)");
    };
    let file = std::path::Path::new(&folder).join("seed/000_382f563c0c54cd26.txt");
    let bytes = std::fs::read(file).unwrap();
    tell(async |magazine| {
        let app = &magazine.app;
        let page = import::text::read(&bytes).unwrap();
        let author = names::author_named(app, "Newsroom").await.unwrap().id;
        let change = Change {
            headline: Some(Headline::parse(&page.headline).unwrap()),
            section: Some(Some(SectionPath::parse("politics").unwrap())),
            body: Some(page.manuscript().to_json().into_owned()),
            authors: Some(vec![author]),
            lead_picture: Some(page.credit.clone().map(|c| LeadPicture { credit: Some(c), ..LeadPicture::default() })),
            ..Change::default()
        };
        let by = By { actor: Actor::Command, reason: Some("archive, as it stood".into()) };
        let when = "2025-08-18T07:00:00+01:00".parse().unwrap();
        let pending = edit::begin(app, Kind::Article, change).await.unwrap();
        publish::publish_dated(app, pending, when, None, &by).await.unwrap();

        let path = "/politics/starmer-defies-trump-on-ukraines-nato-ambitions-as-white-house-summit-looms/";
        let answer = magazine.get(path).await;
        let text = answer.text();
        let body = text.split("<div class=\"body").nth(1).unwrap().split("<footer").next().unwrap();
        assert_eq!((body.matches("<h2").count(), body.matches("<p>").count()), (7, 24));
        answer
            .has("2025-08-18T07:00:00+01:00")
            .has("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
            .has("href=\"/politics/\"")
            .has("href=\"/author/newsroom/\"")
            .lacks("<figure")
            .lacks("You may also like")
            .lacks("0 comments")
            .lacks("Image 3139")
            .lacks("Newsletter");
        // Nothing is corrected silently: the lost quotation mark stays lost.
        answer.has("<p>We’ve talked and we will talk").has("realistic outcome of a negotiated settlement.</p>");
    });
}
