//! The record: who said what.
//!
//! [`quotes`] finds the quotations of an article and says whose they are. Everything is counted in
//! bytes of the text; [`Places`] turns them into code points for those who count so.
//!
//! ```
//! use record::{Article, quotes};
//!
//! let text = "“We could not let it go,” said Councillor Hannah Kowalczyk, who chairs the committee.";
//! let found = quotes(&Article::of_text(text));
//! assert_eq!(&text[found[0].spans[0].clone()], "We could not let it go,");
//! assert_eq!(found[0].name.as_deref(), Some("Hannah Kowalczyk"));
//! ```

pub mod checks;
mod choose;
mod form;
mod geometry;
mod holders;
mod learn;
mod lexicon;
mod marks;
mod mention;
mod model;
mod occasion;
pub mod offices;
mod people;
mod quotes;
mod rank;
mod reading;
mod repair;
mod reported;
mod text;
mod token;

pub use geometry::{Geometry, Lost, Passage, Side};
pub use learn::{Lesson, LessonPassage, learn};
pub use marks::Style;
pub use model::{NotWeights, Weights};
pub use occasion::{Occasion, SaidOn};
pub use quotes::{Kind, Quote, quotes, quotes_by};
pub use text::{Article, Paragraph, Picture, Places, paragraphs};

/// The passages of a text in marks, and its lost marks with the place that the model proposes for each.
pub fn geometry(text: &str) -> Geometry {
    geometry_by(text, Weights::built_in())
}

/// The same by a model of one's own.
pub fn geometry_by(text: &str, weights: &Weights) -> Geometry {
    reading::Reading::new(text, weights).geometry
}
