//! What the names in a template mean at one point of the rendering.
//!
//! A scope lives on the stack and points to those around it, so that entering a block allocates
//! nothing. A partial block runs inside another template, but means what it meant where it was
//! written: it keeps its own scope and takes only the loop variables of the place that calls it.

use super::ast::{Program, Template};
use crate::Value;

/// Everything that a name can refer to.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s> {
    pub(crate) this: &'s Value,
    /// What `../` leads to.
    pub(crate) parents: Option<&'s Parent<'s>>,
    /// `as |item|`
    pub(crate) params: Option<&'s Params<'s>>,
    pub(crate) root: &'s Value,
    /// For the places in errors.
    pub(crate) template: &'s Template,
    /// `@index` and its like.
    pub(crate) frame: Option<&'s Frame<'s>>,
    /// `{{#*inline}}`
    pub(crate) inlines: Option<&'s Inlines<'s>>,
    /// `@partial-block`
    pub(crate) block: Option<&'s PartialBlock<'s>>,
}

pub(crate) struct Parent<'s> {
    pub(crate) value: &'s Value,
    pub(crate) next: Option<&'s Parent<'s>>,
}

pub(crate) struct Params<'s> {
    pub(crate) names: &'s [Box<str>],
    pub(crate) values: &'s [Value],
    pub(crate) next: Option<&'s Params<'s>>,
}

pub(crate) struct Frame<'s> {
    pub(crate) vars: Loop,
    pub(crate) next: Option<&'s Frame<'s>>,
}

pub(crate) struct Inlines<'s> {
    pub(crate) names: &'s [(Value, &'s Program)],
    /// Where they are written.
    pub(crate) scope: &'s Scope<'s>,
    pub(crate) next: Option<&'s Inlines<'s>>,
}

pub(crate) struct PartialBlock<'s> {
    pub(crate) program: &'s Program,
    /// Where it is written.
    pub(crate) scope: &'s Scope<'s>,
}

/// The variables of one turn of a loop.
#[derive(Clone)]
pub(crate) struct Loop {
    pub(crate) index: usize,
    /// The same as the index, or the name of a field.
    pub(crate) key: Value,
    pub(crate) first: bool,
    pub(crate) last: bool,
    /// What only Ghost's `foreach` knows.
    pub(crate) grid: Option<Grid>,
}

/// Rows of so many columns.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    pub(crate) columns: Option<usize>,
}

impl Loop {
    /// The variable `@name`, if this loop has it.
    fn get(&self, name: &str) -> Option<Value> {
        let grid = || self.grid.as_ref();
        let row = |column: fn(usize) -> usize| {
            grid().map(|grid| {
                grid.columns.is_some_and(|columns| columns > 0 && self.index % columns == column(columns)).into()
            })
        };
        match name {
            "index" => Some(self.index.into()),
            "key" => Some(self.key.clone()),
            "first" => Some(self.first.into()),
            "last" => Some(self.last.into()),
            "number" => grid().map(|_| (self.index + 1).into()),
            "odd" => grid().map(|_| self.index.is_multiple_of(2).into()),
            "even" => grid().map(|_| (!self.index.is_multiple_of(2)).into()),
            "rowStart" => row(|_| 0),
            "rowEnd" => row(|columns| columns - 1),
            _ => None,
        }
    }
}

impl<'s> Scope<'s> {
    /// The block parameter `name`.
    pub(crate) fn param(&self, name: &str) -> Option<&'s Value> {
        let mut params = self.params;
        while let Some(Params { names, values, next }) = params {
            if let Some(at) = names.iter().position(|known| **known == *name) {
                return Some(values.get(at).unwrap_or(const { &Value::Undefined }));
            }
            params = *next;
        }
        None
    }

    /// What so many `../` lead to.
    pub(crate) fn up(&self, depth: usize) -> Option<&'s Value> {
        let mut parent = self.parents;
        for _ in 1..depth {
            parent = parent?.next;
        }
        parent.map(|parent| parent.value)
    }

    /// The loop variable `name`, past so many loops.
    pub(crate) fn variable(&self, name: &str, depth: usize) -> Option<Value> {
        let mut frame = self.frame;
        for _ in 0..depth {
            frame = frame?.next;
        }
        while let Some(here) = frame {
            if let Some(value) = here.vars.get(name) {
                return Some(value);
            }
            frame = here.next;
        }
        None
    }

    /// The inline partial `name`: its program and the scope in which it is written.
    pub(crate) fn inline(&self, name: &str) -> Option<(&'s Program, &'s Scope<'s>)> {
        let mut inlines = self.inlines;
        while let Some(here) = inlines {
            let mut last_first = here.names.iter().rev();
            if let Some((_, program)) = last_first.find(|(known, _)| known.as_str() == Some(name)) {
                return Some((program, here.scope));
            }
            inlines = here.next;
        }
        None
    }
}
