//! The syntax tree of a template.

use super::render::Helper;
use crate::Value;

/// A place in a template, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// A parsed template.
pub(crate) struct Template {
    /// Path without `.hbs`: `index`, `partials/card`.
    pub(crate) name: Box<str>,
    pub(crate) program: Program,
    /// What `{{!< name}}` asks to be laid into.
    pub(crate) layout: Option<Box<str>>,
}

/// Statements in order: a template, or one half of a block.
#[derive(Default)]
pub(crate) struct Program {
    pub(crate) body: Vec<Statement>,
    /// `as |item index|`
    pub(crate) params: Vec<Box<str>>,
    /// `{{#*inline "name"}}` blocks. They hold for the whole program, so they are lifted out of the body.
    pub(crate) inlines: Vec<(Expression, Program)>,
    /// Made of an `{{else if}}`: its one statement is a block that has no closing tag of its own.
    pub(crate) chained: bool,
}

pub(crate) struct Statement {
    pub(crate) at: Position,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    Content(Content),
    Comment {
        text: Box<str>,
        strip: Strip,
    },
    Mustache {
        call: Call,
        escaped: bool,
        strip: Strip,
    },
    Block(Box<Block>),
    Partial(Box<Partial>),
    /// `{{* name}}`: parsed, because it is Handlebars, but there is none to call.
    Decorator {
        call: Call,
        strip: Strip,
    },
    /// Where an inline partial stood, for the white space around it; the index into `Program::inlines`.
    Inline(usize, BlockStrip),
}

/// Text, and how much of it white space control has left.
pub(crate) struct Content {
    pub(crate) original: Box<str>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) left_stripped: bool,
    pub(crate) right_stripped: bool,
}

impl Content {
    pub(crate) fn text(&self) -> &str {
        &self.original[self.start..self.end]
    }
}

/// Whether `~` stands at the opening and the closing braces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Strip {
    pub(crate) open: bool,
    pub(crate) close: bool,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct BlockStrip {
    pub(crate) open: Strip,
    pub(crate) inverse: Strip,
    pub(crate) close: Strip,
}

pub(crate) struct Block {
    pub(crate) call: Call,
    /// Missing in `{{^name}}…{{/name}}` without an `{{else}}`.
    pub(crate) program: Option<Program>,
    pub(crate) inverse: Option<Program>,
    pub(crate) strip: BlockStrip,
}

pub(crate) struct Partial {
    pub(crate) name: Expression,
    pub(crate) context: Option<Expression>,
    pub(crate) hash: Hash,
    /// Of a partial block: what stands between its tags.
    pub(crate) block: Option<Program>,
    pub(crate) strip: BlockStrip,
    /// White space before a partial that stands alone on its line.
    pub(crate) indent: Box<str>,
}

/// A name with arguments: `date published_at format="YYYY"`.
pub(crate) struct Call {
    pub(crate) callee: Expression,
    pub(crate) params: Vec<Expression>,
    pub(crate) hash: Hash,
    /// What the name stands for, found while parsing. Only a bare name can be a helper.
    pub(crate) helper: Option<Helper>,
}

/// Named arguments, in order.
pub(crate) type Hash = Vec<(Box<str>, Expression)>;

pub(crate) enum Expression {
    Path(Path),
    /// A literal, and how it is written when it is used as a name.
    Literal(Value, Box<str>),
    Call(Box<Call>),
}

/// `../author.name`, `@site.title`, `this`.
pub(crate) struct Path {
    /// Begins with `@`.
    pub(crate) data: bool,
    /// How many `../`.
    pub(crate) depth: usize,
    pub(crate) parts: Vec<Box<str>>,
    /// Begins with `this` or a dot, so that it is never a helper.
    pub(crate) scoped: bool,
    /// As written, without brackets.
    pub(crate) original: Box<str>,
}

impl Expression {
    /// How a closing tag has to name it; a sub-expression has no name.
    pub(crate) fn original(&self) -> Option<&str> {
        match self {
            Expression::Path(path) => Some(&path.original),
            Expression::Literal(_, original) => Some(original),
            Expression::Call(_) => None,
        }
    }

    /// The name under which a helper would be found.
    pub(crate) fn helper_name(&self) -> Option<&str> {
        match self {
            Expression::Path(path) if path.data || path.scoped || path.depth > 0 || path.parts.len() != 1 => None,
            Expression::Path(path) => Some(&path.parts[0]),
            Expression::Literal(_, original) => Some(original),
            Expression::Call(_) => None,
        }
    }
}
