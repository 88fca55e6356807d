//! “You may also like”: asks the shelves of an article for its neighbours.

use std::sync::Arc;

use news::{Id, Place, related};

use super::furniture::Furniture;
use super::values::{self, Post};
use crate::{App, Error};

/// The closest published articles, best first, and the places asked.
pub async fn to(app: &Arc<App>, furniture: &Arc<Furniture>, id: &Id) -> Result<(Vec<Arc<Post>>, Vec<Place>), Error> {
    let mut candidates = Vec::new();
    let mut asked = Vec::new();
    for place in store::shelf::shelves_of(&app.store, id).await? {
        if related::worth(&place) == 0 {
            continue;
        }
        for (other, published) in store::shelf::newest(&app.store, &place, related::CONSIDERED, 0).await? {
            candidates.push((place.clone(), other, published));
        }
        asked.push(place);
    }
    let posts = values::posts(app, furniture, &related::closest(id, &candidates)).await?;
    Ok((posts, asked))
}
