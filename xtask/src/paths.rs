//! Where things are.

use std::path::{Path, PathBuf};

/// The workspace's folder.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    // Absolute, for the servers that are told of files and start elsewhere.
    std::path::absolute(&named).unwrap_or_else(|_| PathBuf::from(named))
}

/// This program's own folder for what it makes: databases, magazines, logs.
pub fn work() -> PathBuf {
    target().join("xtask")
}

/// The server as Cargo's profile folder holds it (`debug`, `release`, `dist`).
pub fn masthead(profile: &str) -> PathBuf {
    target().join(profile).join("masthead")
}

/// The scripts for Node.
pub fn scripts() -> PathBuf {
    PathBuf::from("xtask/browser")
}
