//! The document of the desk's API is the one in `docs/api/`: whoever changes a handler writes it anew with
//! `cargo xtask openapi`, which also makes the types of the desk's program.
#![cfg(feature = "passkeys")]

use std::path::Path;

#[test]
fn the_document_of_the_desks_api_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/desk.json");
    let made = masthead::desk::api::document();
    if std::env::var_os("MASTHEAD_WRITE_OPENAPI").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/api/desk.json is stale; run `cargo xtask openapi`");
}
