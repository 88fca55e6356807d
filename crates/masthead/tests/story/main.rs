//! Stories: what happens when people use the magazine, through the real router
//! and a real database. Each story is told on SQLite and on PostgreSQL.

mod access;
mod addresses;
mod api;
mod callers;
mod desk;
mod documents;
mod feeds;
mod filters;
mod magazine;
mod moving_in;
mod pages;
mod people;
mod pictures;
mod publishing;
mod record;
#[cfg(feature = "passkeys")]
mod roles;
mod routing;
mod seed;
mod static_site;
mod strange;
#[path = "../shared/token.rs"]
mod token;
mod webhooks;
mod wordpress;
