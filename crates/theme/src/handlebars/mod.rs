//! Handlebars 4: templates into text.
//!
//! A lexer, a parser, a pass for white space and an interpreter over lazy values. Written against
//! the published specification (the tests of handlebars.js as data), because themes lean on corners
//! of the language: quoted partial names, partial blocks with worked-out names, inverse blocks.
//!
//! There are no functions in the data, hence no lambdas; there is no `helperMissing`: what is
//! called with arguments and is no helper is an error that names its place.

mod arguments;
pub(crate) mod ast;
mod builtins;
mod error;
mod output;
mod parser;
pub(crate) mod render;
mod scope;
#[cfg(test)]
mod specification;
#[cfg(test)]
mod tests;
mod token;
mod whitespace;

pub(crate) use arguments::Arguments;
pub(crate) use ast::Template;
pub(crate) use builtins::find as builtin;
pub(crate) use error::SyntaxProblem;
pub use error::{Problem, RenderError, SyntaxError};
pub(crate) use output::{Output, escape};
pub(crate) use parser::parse;
pub(crate) use render::Render;
pub(crate) use scope::{Grid, Loop};

use crate::theme::Templates;
use crate::{Error, Limits, Map, Page, Value};

/// Renders one template with Handlebars' own helpers only (`if`, `unless`, `each`, `with`, `lookup`, `log`)
/// and, as Handlebars does by itself, with the lines of a partial indented like its tag.
///
/// For text that is no page of a theme, and for the specification. `partials` are names and sources;
/// `data` holds what `@name` finds.
pub fn render(template: &str, partials: &[(&str, &str)], root: Value, data: Map) -> Result<String, Error> {
    let mut templates = Templates { indent_partials: true, ..Templates::default() };
    for (name, source) in partials {
        templates.partials.insert((*name).into(), parse(name, source, builtin)?);
    }
    let template = parse("template", template, builtin)?;
    let page = Page { root, data, ..Page::empty() };
    let theme = crate::Theme::bare(templates);
    Ok(Render::new(&theme, &page, Limits::default()).page(&template)?.text)
}
