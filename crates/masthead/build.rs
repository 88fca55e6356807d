//! Looks whether the desk's program was built. Never builds it: whoever compiles the server needs no Node.js.

use std::path::Path;

fn main() {
    println!("cargo:rustc-check-cfg=cfg(admin_built)");
    println!("cargo:rerun-if-changed=../../admin/dist/index.html");
    let manifest = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    if Path::new(&manifest).join("../../admin/dist/index.html").exists() {
        println!("cargo:rustc-cfg=admin_built");
    }
}
