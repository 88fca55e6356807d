//! Refilling: what an act changed is rendered anew before the act answers.

use std::sync::Arc;

use news::Place;

use crate::{App, site};

/// Most first pages that are rendered anew before an act answers; the rest of
/// a very wide change is dropped and rendered at the next request.
const AT_ONCE: usize = 64;

/// Renders the first pages that show one of these places, and the pages at
/// changed paths themselves, and swaps them in.
pub async fn refill(app: &Arc<App>, places: &[Place]) {
    let mut paths = app.pages.touch(places);
    for path in paths.split_off(paths.len().min(AT_ONCE)) {
        app.pages.drop_path(&path);
    }
    for place in places {
        if let Place::Path(path) = place {
            app.pages.drop_path(path);
            paths.push(path.as_str().into());
        }
    }
    for path in paths {
        let before = app.pages.generation();
        match site::render(app, &path).await {
            Ok(answer) if answer.is_kept() => site::keep(app, &path, answer, before),
            Ok(_) => app.pages.drop_path(&path),
            Err(why) => {
                app.pages.drop_path(&path);
                if !matches!(why, crate::Error::NotFound | crate::Error::Gone) {
                    tracing::error!("failed to refill {path}: {why}");
                }
            }
        }
    }
}
