//! Foreign articles in: what a newsroom has elsewhere, read into our own words.
//!
//! A reader here takes bytes and gives values; it stores nothing and asks nobody. What it leaves
//! out, it says.

pub mod ghost;
pub mod text;
pub mod wordpress;
