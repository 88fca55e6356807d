//! The documents of the APIs are those in `docs/api/`: whoever changes a route writes them anew with
//! `cargo xtask openapi`, which also makes the types of the desk's program.

use std::path::Path;

fn check(file: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api").join(file);
    if std::env::var_os("MASTHEAD_WRITE_OPENAPI").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/api/{file} is stale; run `cargo xtask openapi`");
}

#[cfg(feature = "passkeys")]
#[test]
fn the_document_of_the_desks_api_is_true() {
    check("desk.json", &masthead::desk::api::document());
}

#[test]
fn the_documents_of_ghosts_apis_are_true() {
    check("admin.json", &masthead::ghost::admin_document());
    check("content.json", &masthead::ghost::content_document());
}

#[test]
fn the_document_of_wordpresss_api_is_true() {
    check("wordpress.json", &masthead::wordpress::document());
}
