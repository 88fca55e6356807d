//! Everything that can be made of a document.

use manuscript::{Document, Email, GatedCards, Trust, Web};

/// Makes everything of a document, and reads it again.
pub fn way_out(mut document: Document<'_>) {
    let site = "https://example.org";
    for cards_script in [false, true] {
        let web = Web { site_url: site.into(), cards_script, gated_cards: GatedCards::Marked, ..Web::default() };
        document.html(&web);
    }
    let html = document.html(&Web { trust: Trust::Everybody, ..Web::default() });
    manuscript::plaintext_of_html(&html);
    document.feed_html(site);
    document.email_html(&Email::default());
    document.markdown(site);
    document.public_part().plain_text();
    document.word_count();
    for segment in &document.text_map().segments {
        for run in &segment.runs {
            assert!(segment.text.get(run.start..run.start + run.len).is_some(), "a run is inside its text");
        }
    }
    document.blocks_mut();
    let written = document.to_json().into_owned();
    let again = Document::parse(&written).expect("what was written can be read");
    assert_eq!(again, document, "and says the same");
}
