//! A Ghost magazine moved here, its pages beside those that Ghost made of it.
//!
//! `MASTHEAD_REFERENCE` names the folder with `ghost-golden/`; `MASTHEAD_GHOST` one with Ghost's own themes (`source/`,
//! `casper/`). Where one is not set, what needs it is left out and named. What differs and is meant to is said by the
//! rules of `rules.rs`, which are those of `docs/themes/differences.md`.

mod admin;
mod content;
mod facts;
mod feeds;
mod magazine;
mod moving;
mod pages;
mod rules;
#[path = "../shared/token.rs"]
mod token;
mod wordpress;
