//! What the desk's checks find in what came.

use std::collections::BTreeMap;

use store::origin::Walk;
use tokio::task::JoinSet;

use super::{Account, Run};
use crate::actions::check::check;
use crate::actions::moving::Watch;

/// Things that are looked at at a time.
const STRETCH: i64 = 100;

/// Counts it in the public articles, by kind.
pub async fn count(run: &Run<'_>, watch: &impl Watch, account: &mut Account) -> Result<(), anyhow::Error> {
    let (mut walk, mut done) = (Walk::along(&run.id), 0);
    let mut kinds: BTreeMap<&'static str, u64> = BTreeMap::new();
    while let Some(brought) = walk.next(&run.app.store, STRETCH).await? {
        let mut work = JoinSet::new();
        for id in brought.iter().filter_map(|thing| thing.article()) {
            let app = run.app.clone();
            work.spawn(async move {
                match store::article::by_id(&app.store, &id).await? {
                    Some(card) if card.article.is_public() => check(&app, &card.article).await,
                    _ => Ok(Vec::new()),
                }
            });
        }
        while let Some(found) = work.join_next().await {
            for finding in found?? {
                *kinds.entry(finding.kind.name()).or_default() += 1;
            }
            done += 1;
            watch.done(done);
        }
    }
    account.findings = kinds.values().sum();
    account.findings_by_kind = kinds;
    Ok(())
}
