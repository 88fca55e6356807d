//! The record is kept: who said what, and what readers see of it.

use masthead::actions::{By, edit, person, publish, rebuild, record, withdraw};
use news::statement::Decision;
use news::{Actor, Id, Kind, StatementState};

use crate::magazine::{Magazine, change, tell};

const BRIDGE: &str = "<p>“We could not let the old bridge go to the breakers,” said Councillor Hannah Kowalczyk, \
                      who chairs the transport committee.</p>";

async fn statements(magazine: &Magazine, state: StatementState) -> Vec<news::Statement> {
    store::statement::in_state(&magazine.app.store, state, 100).await.unwrap()
}

fn by() -> By {
    By { actor: Actor::Command, reason: None }
}

#[test]
fn a_quotation_is_on_its_speakers_page_when_its_article_is_out_and_gone_when_it_is_withdrawn() {
    tell(async |magazine| {
        magazine.get("/record/").await.has("Nobody is quoted yet");
        assert_eq!(magazine.get("/record/hannah-kowalczyk/").await.status, 404);

        let article = magazine.publish("Bridge stays", "news", BRIDGE).await.article;
        magazine.get("/record/").await.has("Hannah Kowalczyk").has("1 statement");
        magazine
            .get("/record/hannah-kowalczyk/")
            .await
            .has("“We could not let the old bridge go to the breakers”")
            .has("/news/bridge-stays/");

        let pending = edit::open(&magazine.app, &article.id).await.unwrap();
        withdraw::withdraw(&magazine.app, pending, &by()).await.unwrap();
        magazine.get("/record/").await.lacks("Kowalczyk");
        assert_eq!(magazine.get("/record/hannah-kowalczyk/").await.status, 404);
        assert_eq!(statements(&magazine, StatementState::Withdrawn).await.len(), 1);
    });
}

#[test]
fn a_draft_says_nothing_in_public() {
    tell(async |magazine| {
        let pending = edit::begin(&magazine.app, Kind::Article, change("Bridge", "news", BRIDGE)).await.unwrap();
        edit::save(&magazine.app, pending, &by()).await.unwrap();
        magazine.get("/record/").await.lacks("Kowalczyk");
        assert_eq!(statements(&magazine, StatementState::Proposed).await.len(), 1);
    });
}

#[test]
fn the_same_quotation_in_two_articles_is_one_statement_that_outlives_the_first() {
    tell(async |magazine| {
        let first = magazine.publish("Bridge stays", "news", BRIDGE).await.article;
        magazine.publish("A year of bridges", "news", BRIDGE).await;
        let public = statements(&magazine, StatementState::Public).await;
        assert_eq!(public.len(), 1);
        let places = store::statement::open(&magazine.app.store, &[public[0].id.clone()]).await.unwrap();
        assert_eq!(places.len(), 2);
        assert_eq!(public[0].first_at, first.published_at);
        magazine.get("/record/hannah-kowalczyk/").await.has("Also in").has("/news/a-year-of-bridges/");

        masthead::actions::delete::delete(&magazine.app, &first.id, &by()).await.unwrap();
        magazine.get("/record/hannah-kowalczyk/").await.has("A year of bridges").lacks("Bridge stays");
    });
}

#[test]
fn what_an_editor_rejects_stays_away_also_when_the_words_are_touched_again() {
    tell(async |magazine| {
        let article = magazine.publish("Bridge stays", "news", BRIDGE).await.article;
        let id = statements(&magazine, StatementState::Public).await[0].id.clone();
        let decided = record::decide(&magazine.app, &id, Decision::Rejected, &by()).await.unwrap();
        assert_eq!(decided.state, StatementState::Rejected);
        magazine.get("/record/").await.lacks("Kowalczyk");

        let body = BRIDGE.replace("breakers", "breakers’ yard");
        let before = store::article::by_id(&magazine.app.store, &article.id).await.unwrap().unwrap().article;
        let pending = edit::change(&magazine.app, before, change("Bridge stays", "news", &body)).await.unwrap();
        edit::save(&magazine.app, pending, &by()).await.unwrap();
        magazine.get("/record/").await.lacks("Kowalczyk");
        let acts = store::act::of(&magazine.app.store, id.as_str(), 10).await.unwrap();
        assert_eq!(acts[0].verb, "rejected");
        assert!(
            record::decide(&magazine.app, &Id::parse(&"0".repeat(24)).unwrap(), Decision::Confirmed, &by())
                .await
                .is_err()
        );
    });
}

#[test]
fn a_changed_quotation_changes_the_record_at_once() {
    tell(async |magazine| {
        let article = magazine.publish("Bridge stays", "news", BRIDGE).await.article;
        let before = store::article::by_id(&magazine.app.store, &article.id).await.unwrap().unwrap().article;
        let body = format!("<p>A paragraph before.</p>{}", BRIDGE.replace("let the old bridge", "let that bridge"));
        let pending = edit::change(&magazine.app, before, change("Bridge stays", "news", &body)).await.unwrap();
        edit::save(&magazine.app, pending, &by()).await.unwrap();
        magazine.get("/record/hannah-kowalczyk/").await.has("let that bridge").lacks("let the old bridge");
        let found = store::statement::of_article(&magazine.app.store, &article.id).await.unwrap();
        assert_eq!((found.len(), found[0].anchor.block), (1, 1));
        assert!(found[0].anchor.after.starts_with("” said Councillor"), "{}", found[0].anchor.after);
    });
}

#[test]
fn reading_the_archive_anew_changes_nothing_that_was_right_and_finds_what_was_never_read() {
    tell(async |magazine| {
        magazine.publish("Bridge stays", "news", BRIDGE).await;
        let id = statements(&magazine, StatementState::Public).await[0].id.clone();
        let mut batch = store::Batch::new();
        let article = store::statement::open(&magazine.app.store, &[id]).await.unwrap()[0].article.clone();
        batch.push(store::statement::clear(article.as_str()));
        magazine.app.store.commit(batch).await.unwrap();

        for _ in 0..2 {
            let read = rebuild::rebuild(&magazine.app, false, |_| ()).await.unwrap();
            assert_eq!((read.articles, read.statements, read.resumed), (1, 1, false));
        }
        magazine.get("/record/hannah-kowalczyk/").await.has("We could not let the old bridge go");
    });
}

#[test]
fn people_come_with_their_offices_and_the_office_of_the_day_stands_beside_the_statement() {
    tell(async |magazine| {
        let source = record_source();
        assert_eq!(person::import(&magazine.app, &source, |_| ()).await.unwrap(), source.people.len());
        assert_eq!(person::import(&magazine.app, &source, |_| ()).await.unwrap(), 0);

        let body = "<p>“This budget is fair and it is fully funded,” said Rachel Reeves.</p>";
        let pending = edit::begin(&magazine.app, Kind::Article, change("Budget", "news", body)).await.unwrap();
        let day = "2025-08-18T07:00:00Z".parse().unwrap();
        publish::publish_dated(&magazine.app, pending, day, None, &by()).await.unwrap();
        magazine.get("/record/rachel-reeves/").await.has("Chancellor of the Exchequer");
    });
}

#[test]
fn a_statement_says_where_and_on_which_day_it_was_made() {
    tell(async |magazine| {
        let body = "<p>“This budget is fair and it is fully funded,” Hannah Kowalczyk told Times Radio on Tuesday.</p>";
        let pending = edit::begin(&magazine.app, Kind::Article, change("Budget", "news", body)).await.unwrap();
        // A Thursday.
        let day = "2026-06-18T07:00:00Z".parse().unwrap();
        publish::publish_dated(&magazine.app, pending, day, None, &by()).await.unwrap();

        let statement = statements(&magazine, StatementState::Public).await.remove(0);
        let place = store::statement::open(&magazine.app.store, &[statement.id]).await.unwrap().remove(0);
        assert_eq!(place.occasion.said_on, Some(jiff::civil::date(2026, 6, 16)));
        assert!(place.occasion.is_resolved);
        magazine.get("/record/hannah-kowalczyk/").await.has("Times Radio, ").has("16 June 2026");
    });
}

fn record_source() -> ::record::offices::Source {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/offices/ifg");
    ::record::offices::raw::read(&folder, jiff::civil::date(2026, 6, 19)).unwrap()
}

#[test]
fn an_article_that_goes_out_with_open_findings_leaves_them_in_the_record_of_acts() {
    tell(async |magazine| {
        let body = "<p>“We could not let it go, said Hannah Kowalczyk.</p><p>She left.</p>";
        let article = magazine.publish("Bridge stays", "news", body).await.article;
        let acts = store::act::of(&magazine.app.store, article.id.as_str(), 10).await.unwrap();
        let reason = acts[0].reason.clone().unwrap_or_default();
        assert!(
            reason.starts_with("unsigned, with open findings: ") && reason.contains("mark-missing-close"),
            "{reason}"
        );
    });
}
