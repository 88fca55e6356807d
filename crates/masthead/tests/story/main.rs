//! Stories: what happens when people use the magazine, through the real router
//! and a real database. Each story is told on SQLite and on PostgreSQL.

mod access;
mod addresses;
mod api;
mod feeds;
mod magazine;
mod pages;
mod people;
mod pictures;
mod publishing;
mod record;
mod seed;
mod strange;
