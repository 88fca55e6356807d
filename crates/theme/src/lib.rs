//! Themes: a Handlebars engine, Ghost's helpers and contexts, and theme packages.
//!
//! Pure code: it knows no database, no network and no clock. The server loads a package with
//! [`Theme::load`], describes a page as a [`Page`] of lazy [`Value`]s, and gets HTML back from
//! [`Theme::render`]. No theme can hold it up: a rendering has [`Limits`].

pub mod archive;
mod cards;
pub mod credit;
pub mod handlebars;
mod head;
mod helpers;
pub mod library;
pub mod limits;
mod locale;
mod package;
mod page;
pub mod plain;
pub mod redirects;
pub mod routes;
pub(crate) mod theme;
mod value;

pub use cards::Cards;
pub use handlebars::{Problem, RenderError, SyntaxError};
pub use head::{Feed, Head, Meta};
pub use helpers::{first_words, social};
pub use limits::Limits;
pub use package::{CardAssets, Choice, ImageSize, Setting};
pub use page::{Page, Rendered};
pub use theme::{Asset, Theme, ThemeError, within_its_folder};
pub use value::{Map, Object, Value};

/// A template that cannot be parsed, or one that cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is no Handlebars.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// It is, but it asks for what there is not, or for too much.
    #[error(transparent)]
    Render(#[from] RenderError),
}
