//! Masthead: a news magazine in one binary.
//!
//! Two walks, to find the way by:
//! - A reader asks for an article: [`server`] → [`pages`] → kept bytes. Not
//!   kept: [`routes`] → [`site`] asks the store, the theme renders, the page is kept.
//! - An editor publishes: [`ghost`] (or the clock, or a command) →
//!   [`actions::publish`] → one batch in the store → [`pages`] refilled.

pub mod actions;
pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod described;
pub mod desk;
mod error;
pub mod fetch;
pub mod ghost;
pub mod jobs;
pub mod pages;
pub mod routes;
pub mod server;
pub mod site;
pub mod static_site;
pub mod wordpress;

pub use app::App;
pub use error::Error;
