//! How large pictures are, for cards on other sites. A picture's head is read once and remembered.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::furniture::Furniture;

/// Wider pictures are handed to other sites in this width.
const CARD_WIDTH: u32 = 1200;
/// Pictures that are remembered; beyond it, all are forgotten.
const REMEMBERED: usize = 20_000;
/// Where pictures lie.
const IMAGES: &str = "/content/images/";

/// Sizes by name below `/content/images/`; nothing for what is no picture.
#[derive(Default)]
pub struct Sizes(Mutex<HashMap<String, Option<(u32, u32)>>>);

/// A picture for a card.
pub struct Pictured {
    /// Its full address.
    pub url: String,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
}

/// The picture as cards show it: ours in a width that is enough for them.
pub async fn for_card(furniture: &Furniture, url: Option<&str>) -> Option<Pictured> {
    let url = furniture.absolute(url.filter(|url| !url.is_empty())?);
    let Some(name) = url.strip_prefix(&furniture.url).and_then(|path| path.strip_prefix(IMAGES)) else {
        return Some(Pictured { url, size: None });
    };
    let size = size_of(furniture, name).await;
    Some(match size {
        Some((width, height)) if width > CARD_WIDTH => {
            let height = (f64::from(height) * f64::from(CARD_WIDTH) / f64::from(width)).round() as u32;
            let url = furniture.full(&format!("{IMAGES}size/w{CARD_WIDTH}/{name}"));
            Pictured { url, size: Some((CARD_WIDTH, height)) }
        }
        size => Pictured { url, size },
    })
}

/// The magazine's icon, no larger than browsers show it.
pub fn icon(furniture: &Furniture, icon: &str) -> String {
    let url = furniture.absolute(icon);
    match url.strip_prefix(&furniture.url).and_then(|path| path.strip_prefix(IMAGES)) {
        Some(name) if !name.ends_with(".svg") && !name.ends_with(".ico") => {
            furniture.full(&format!("{IMAGES}size/w256h256/{name}"))
        }
        _ => url,
    }
}

async fn size_of(furniture: &Furniture, name: &str) -> Option<(u32, u32)> {
    let known = |sizes: &Sizes| sizes.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied();
    let app = &furniture.app;
    if let Some(size) = known(&app.sizes) {
        return size;
    }
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8().ok()?.into_owned();
    let media = app.media.clone();
    let read = move || media.get(&format!("images/{decoded}")).ok().flatten();
    let bytes = tokio::task::spawn_blocking(read).await.ok().flatten();
    let size = bytes.and_then(|bytes| picture::probe(&bytes).ok()).map(|facts| (facts.width, facts.height));
    let mut sizes = app.sizes.0.lock().unwrap_or_else(PoisonError::into_inner);
    if sizes.len() >= REMEMBERED {
        sizes.clear();
    }
    sizes.insert(name.to_owned(), size);
    size
}
