//! The reference moves in twice: the first time whole, the second time not at all.

use masthead::actions::By;
use masthead::actions::move_in::{Account, move_in};
use news::Actor;

use super::magazine::{Magazine, export, reference, skip};

#[test]
fn a_site_moves_in_whole_and_a_second_run_changes_nothing() {
    let Some(reference) = reference() else {
        skip("moving Ghost's sample in twice (MASTHEAD_REFERENCE)");
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let magazine = Magazine::bare().await;
        let moved = async |dry| {
            move_in(&magazine.app, export(&reference), &By::new(Actor::Command), dry, |_| {}).await.unwrap()
        };
        let whole = Account {
            articles: 68,
            pages: 5,
            authors: 5,
            tags: 17,
            settings: true,
            skipped: vec![("Sent by mail only".into(), "sent by mail only".into())],
            ..Account::default()
        };
        let counted = |account: &Account| Account { skipped: Vec::new(), ..account.clone() };
        let dry = moved(true).await;
        assert_eq!(counted(&dry), counted(&whole));
        assert_eq!(dry.skipped.len(), 1, "{:?}", dry.skipped);
        assert_eq!(magazine.get("/about/").await.status, 404, "a dry run writes nothing");
        assert_eq!(moved(false).await, dry, "and says what the real one says");
        let again = moved(false).await;
        assert_eq!(counted(&again), Account { here_already: 73, ..Account::default() });
        assert_eq!(magazine.get("/about/").await.status, 200);
    });
}
