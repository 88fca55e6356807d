//! What can be wrong with a template, and where.

use std::fmt;

use super::ast::Position;

/// A template that is no Handlebars. Line and column count from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{template}:{line}:{column}: {message}")]
pub struct SyntaxError {
    /// The template, as a path inside the theme.
    pub template: String,
    /// The line, from 1.
    pub line: u32,
    /// The character in that line, from 1.
    pub column: u32,
    /// What was expected there.
    pub message: String,
}

/// The same while it is not yet known which template and line.
#[derive(Debug)]
pub(crate) struct SyntaxProblem {
    pub(crate) offset: usize,
    pub(crate) message: String,
}

/// Why a rendering ended before its time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// Something was called with arguments that is no helper.
    NoHelper(String),
    /// A partial that is neither in the theme nor inline.
    NoPartial(String),
    /// None of the templates that the page asked for, or no such layout.
    NoTemplate(String),
    /// A helper was called in a way that makes no sense.
    Misused(String),
    /// More steps than [`Limits::steps`](crate::Limits).
    TooManySteps,
    /// More questions to the magazine than [`Limits::questions`](crate::Limits).
    TooManyQuestions,
    /// Deeper than [`Limits::depth`](crate::Limits).
    TooDeep,
    /// More output than [`Limits::output_bytes`](crate::Limits).
    TooLong,
}

impl Problem {
    /// Whether the page used up what it may cost.
    pub fn is_budget(&self) -> bool {
        use Problem::{TooDeep, TooLong, TooManyQuestions, TooManySteps};
        matches!(self, TooManySteps | TooManyQuestions | TooDeep | TooLong)
    }
}

/// A rendering that failed: what was wrong, and the tag that asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError {
    problem: Problem,
    template: String,
    at: Position,
}

impl RenderError {
    /// What was wrong.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The template, as a path inside the theme; empty when no template was found.
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The line of the tag, from 1.
    pub fn line(&self) -> u32 {
        self.at.line
    }

    /// The character of the tag in its line, from 1.
    pub fn column(&self) -> u32 {
        self.at.column
    }

    /// Names the place, unless a place further in is known already.
    pub(crate) fn located(mut self, template: &str, at: Position) -> RenderError {
        if self.at == Position::default() {
            (self.template, self.at) = (template.to_owned(), at);
        }
        self
    }
}

impl From<Problem> for RenderError {
    fn from(problem: Problem) -> RenderError {
        RenderError { problem, template: String::new(), at: Position::default() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NoHelper(name) => write!(f, "there is no helper `{name}`"),
            Problem::NoPartial(name) => write!(f, "the partial `{name}` could not be found"),
            Problem::NoTemplate(name) => write!(f, "the theme has no template `{name}`"),
            Problem::Misused(how) => f.write_str(how),
            Problem::TooManySteps => f.write_str("the template takes too many steps"),
            Problem::TooManyQuestions => {
                f.write_str("the template asks the magazine too many questions, or has it look at too many articles")
            }
            Problem::TooDeep => f.write_str("blocks and partials are nested too deep; does a partial call itself?"),
            Problem::TooLong => f.write_str("the page grows too long"),
        }
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at != Position::default() {
            write!(f, "{}:{}:{}: ", self.template, self.at.line, self.at.column)?;
        }
        self.problem.fmt(f)
    }
}

impl std::error::Error for RenderError {}
