//! What a helper is called with.

use super::ast::Block;
use super::scope::Scope;
use crate::Value;

/// Arguments worked out, and where the call stands.
pub(crate) struct Arguments<'c> {
    pub(crate) params: Vec<Value>,
    pub(crate) hash: Vec<(&'c str, Value)>,
    pub(crate) scope: &'c Scope<'c>,
    pub(super) block: Option<&'c Block>,
}

impl<'c> Arguments<'c> {
    /// The context in which the helper stands.
    pub(crate) fn this(&self) -> &'c Value {
        self.scope.this
    }

    /// The argument at this place; `Undefined` when there are fewer.
    pub(crate) fn param(&self, at: usize) -> &Value {
        self.params.get(at).unwrap_or(const { &Value::Undefined })
    }

    /// The named argument; `Undefined` when it is not given.
    pub(crate) fn named(&self, name: &str) -> &Value {
        let given = self.hash.iter().find(|(known, _)| *known == name);
        given.map_or(const { &Value::Undefined }, |(_, value)| value)
    }

    /// The named argument as a text, with `default` when it is not given.
    pub(crate) fn text(&self, name: &str, default: &str) -> String {
        match self.named(name) {
            Value::Undefined | Value::Null => default.to_owned(),
            value => value.to_string(),
        }
    }

    /// The named argument as a whole number from 0.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.named(name).as_number().filter(|number| *number >= 0.0).map(|number| number as usize)
    }

    /// Whether a boolean argument says no, as a boolean or as the text that themes write.
    pub(crate) fn says_no(&self, name: &str) -> bool {
        matches!(self.named(name), Value::Bool(false)) || self.named(name).as_str() == Some("false")
    }

    /// Whether a boolean argument says yes.
    pub(crate) fn says_yes(&self, name: &str) -> bool {
        self.named(name).is_truthy() && !self.says_no(name)
    }

    /// Whether the helper stands as a block.
    pub(crate) fn is_block(&self) -> bool {
        self.block.is_some()
    }
}
