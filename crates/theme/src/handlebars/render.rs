//! The interpreter: a syntax tree and values into text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use super::arguments::Arguments;
use super::ast::{Block, Call, Expression, Kind, Partial, Path, Program, Statement, Template};
use super::error::{Problem, RenderError};
use super::output::{Output, escape};
use super::scope::{Frame, Inlines, Loop, Params, Parent, PartialBlock, Scope};
use crate::limits::{MAX_LAYOUTS, MAX_NAME};
use crate::value::Extended;
use crate::{Limits, Map, Page, Theme, Value};

/// A name that templates can call. A helper with a block writes what it makes and returns
/// `Undefined`; another returns what is to be printed or, in a sub-expression, used.
pub(crate) type Helper = fn(&mut Render<'_>, &Arguments<'_>) -> Result<Value, RenderError>;

/// One rendering under way.
pub(crate) struct Render<'t> {
    pub(crate) theme: &'t Theme,
    pub(crate) page: &'t Page<'t>,
    /// The magazine's address, without a slash at the end.
    pub(crate) site_url: String,
    /// What `{{#contentFor}}` has set aside.
    pub(crate) sections: HashMap<String, Output>,
    /// What a layout is laid around.
    pub(crate) body: Option<Output>,
    out: Output,
    limits: Limits,
    steps: u64,
    depth: u32,
    written: usize,
    questions: u32,
}

type Done = Result<(), RenderError>;

impl<'t> Render<'t> {
    pub(crate) fn new(theme: &'t Theme, page: &'t Page<'t>, limits: Limits) -> Render<'t> {
        let site = page.data.get("site").map(|site| site.get("url")).unwrap_or_default();
        Render {
            theme,
            page,
            site_url: site.as_str().unwrap_or_default().trim_end_matches('/').to_owned(),
            sections: HashMap::new(),
            body: None,
            out: Output::default(),
            limits,
            steps: 0,
            depth: 0,
            written: 0,
            questions: 0,
        }
    }

    /// Renders a template and lays it into its layout, and that into its own.
    pub(crate) fn page(mut self, template: &'t Template) -> Result<Output, RenderError> {
        let mut template = template;
        for _ in 0..=MAX_LAYOUTS {
            self.template(template)?;
            let Some(layout) = &template.layout else { return Ok(self.out) };
            self.body = Some(std::mem::take(&mut self.out));
            let found = self.theme.templates.page(layout);
            template = found.ok_or_else(|| {
                RenderError::from(Problem::NoTemplate(layout.to_string()))
                    .located(&template.name, super::ast::Position { line: 1, column: 1 })
            })?;
        }
        Err(Problem::TooDeep.into())
    }

    fn template(&mut self, template: &Template) -> Done {
        let this = &self.page.root;
        let root = self.page.data.get("root").unwrap_or(this);
        let (parents, params, frame, inlines, block) = (None, None, None, None, None);
        self.program(&template.program, &Scope { this, parents, params, root, template, frame, inlines, block })
    }

    // ---- what helpers use -------------------------------------------------------------------

    /// Renders the block of a helper for `this`; `values` are its block parameters, `vars` its loop variables.
    pub(crate) fn block(&mut self, args: &Arguments<'_>, this: &Value, values: &[Value], vars: Option<Loop>) -> Done {
        match args.block.and_then(|block| block.program.as_ref()) {
            Some(program) => self.enter(program, args.scope, this, values, vars),
            None => Ok(()),
        }
    }

    /// Renders the `{{else}}` of a helper's block.
    pub(crate) fn otherwise(&mut self, args: &Arguments<'_>) -> Done {
        match args.block.and_then(|block| block.inverse.as_ref()) {
            Some(program) => self.enter(program, args.scope, args.scope.this, &[], None),
            None => Ok(()),
        }
    }

    /// Renders one or the other half of a block.
    pub(crate) fn choose(&mut self, args: &Arguments<'_>, truth: bool) -> Done {
        match truth {
            true => self.block(args, args.scope.this, &[], None),
            false => self.otherwise(args),
        }
    }

    /// Renders the block for a value as a block on a field of that value would be.
    pub(crate) fn for_value(&mut self, args: &Arguments<'_>, value: &Value) -> Done {
        match value {
            Value::Undefined | Value::Null | Value::Bool(false) => self.otherwise(args),
            Value::Bool(true) => self.block(args, args.scope.this, &[], None),
            Value::List(list) if list.is_empty() => self.otherwise(args),
            Value::List(_) => super::builtins::walk(self, args, value),
            other => self.block(args, other, &[], None),
        }
    }

    /// Sets aside what `write` writes.
    pub(crate) fn capture(&mut self, write: impl FnOnce(&mut Self) -> Done) -> Result<Output, RenderError> {
        let outer = std::mem::take(&mut self.out);
        let done = write(self);
        let captured = std::mem::replace(&mut self.out, outer);
        done.map(|()| captured)
    }

    /// Renders a partial of the theme, or ours of that name, for `context`. Tells whether there is one.
    pub(crate) fn named_partial(
        &mut self,
        name: &str,
        context: &Value,
        scope: &Scope<'_>,
    ) -> Result<bool, RenderError> {
        let Some(template) = self.theme.templates.partial(name) else { return Ok(false) };
        let inner = Scope { this: context, parents: None, params: None, template, ..*scope };
        self.program(&template.program, &inner).map(|()| true)
    }

    /// Writes markup of the theme or of the program itself.
    pub(crate) fn write(&mut self, html: &str) -> Done {
        self.count(html.len())?;
        self.out.text.push_str(html);
        Ok(())
    }

    /// Writes markup out of a value.
    pub(crate) fn write_foreign(&mut self, html: &str) -> Done {
        self.count(html.len())?;
        self.out.push_foreign(html);
        Ok(())
    }

    /// Writes what was set aside.
    pub(crate) fn splice(&mut self, captured: &Output) -> Done {
        self.count(captured.text.len())?;
        self.out.push(captured);
        Ok(())
    }

    /// Counts text that a helper is about to make, so that no chain of them can fill the memory.
    pub(crate) fn charge(&mut self, bytes: usize) -> Done {
        self.take_steps(bytes as u64 / 16)
    }

    /// Counts a question to the library, which costs more than any step.
    pub(crate) fn ask(&mut self) -> Done {
        self.questions += 1;
        match self.questions > self.limits.questions || self.page.library.is_spent() {
            true => Err(Problem::TooManyQuestions.into()),
            false => Ok(()),
        }
    }

    /// `@name`, outside of loops.
    pub(crate) fn data(&self, name: &str) -> Value {
        self.page.data.get(name).cloned().unwrap_or_default()
    }

    /// `@site.name`.
    pub(crate) fn site(&self, name: &str) -> Value {
        self.page.data.get("site").map(|site| site.get(name)).unwrap_or_default()
    }

    // ---- statements -------------------------------------------------------------------------

    /// Renders `program` with `this` as its context, one step of `../` further in if that is another one.
    fn enter(
        &mut self,
        program: &Program,
        scope: &Scope<'_>,
        this: &Value,
        values: &[Value],
        vars: Option<Loop>,
    ) -> Done {
        let parent = Parent { value: scope.this, next: scope.parents };
        let params = Params { names: &program.params, values, next: scope.params };
        let frame = vars.map(|vars| Frame { vars, next: scope.frame });
        let inner = Scope {
            this,
            parents: if this.is(scope.this) { scope.parents } else { Some(&parent) },
            params: if program.params.is_empty() { scope.params } else { Some(&params) },
            frame: frame.as_ref().or(scope.frame),
            ..*scope
        };
        self.program(program, &inner)
    }

    fn program(&mut self, program: &Program, scope: &Scope<'_>) -> Done {
        if self.depth == self.limits.depth {
            return Err(Problem::TooDeep.into());
        }
        self.depth += 1;
        if program.inlines.is_empty() {
            self.statements(program, scope)?;
        } else {
            let names = self.inlines(program, scope)?;
            let inlines = Inlines { names: &names, scope, next: scope.inlines };
            self.statements(program, &Scope { inlines: Some(&inlines), ..*scope })?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn inlines<'p>(
        &mut self,
        program: &'p Program,
        scope: &Scope<'_>,
    ) -> Result<Vec<(Value, &'p Program)>, RenderError> {
        program.inlines.iter().map(|(name, body)| Ok((self.evaluate(name, scope)?, body))).collect()
    }

    fn statements(&mut self, program: &Program, scope: &Scope<'_>) -> Done {
        for statement in &program.body {
            let done = self.statement(statement, scope);
            done.map_err(|error| error.located(&scope.template.name, statement.at))?;
        }
        Ok(())
    }

    fn statement(&mut self, statement: &Statement, scope: &Scope<'_>) -> Done {
        self.take_steps(1)?;
        match &statement.kind {
            Kind::Content(content) => self.write(content.text()),
            Kind::Comment { .. } | Kind::Inline(..) => Ok(()),
            Kind::Mustache { call, escaped, .. } => {
                let value = match helper(call, scope) {
                    Some(helper) => self.invoke(helper, call, scope, None)?,
                    None => self.plain(call, scope)?,
                };
                self.print(&value, *escaped)
            }
            Kind::Block(block) => match helper(&block.call, scope) {
                Some(helper) => {
                    let value = self.invoke(helper, &block.call, scope, Some(block))?;
                    self.print(&value, false)
                }
                None => self.plain_block(block, scope),
            },
            Kind::Partial(partial) => self.partial(partial, scope),
            Kind::Decorator { call, .. } => Err(Problem::NoHelper(format!("* {}", name_of(call))).into()),
        }
    }

    /// A block on a value: nothing and `false` render the `{{else}}`, a list is walked, `true`
    /// keeps the context, all else becomes the context.
    fn plain_block(&mut self, block: &Block, scope: &Scope<'_>) -> Done {
        let value = self.plain(&block.call, scope)?;
        let args = Arguments { params: Vec::new(), hash: Vec::new(), scope, block: Some(block) };
        self.for_value(&args, &value)
    }

    fn partial(&mut self, partial: &Partial, scope: &Scope<'_>) -> Done {
        let name = match &partial.name {
            Expression::Call(_) => Cow::Owned(self.evaluate(&partial.name, scope)?.to_string()),
            plain => Cow::Borrowed(plain.original().unwrap_or_default()),
        };
        let context = match &partial.context {
            Some(context) => self.evaluate(context, scope)?,
            None => scope.this.clone(),
        };
        let context = self.extended(context, &partial.hash, scope)?;
        if self.theme.templates.indent_partials {
            let start = self.out.text.len();
            self.partial_for(partial, &name, &context, scope)?;
            return self.indent(start, &partial.indent);
        }
        self.write(&partial.indent)?;
        self.partial_for(partial, &name, &context, scope)
    }

    /// The context with the named arguments of a partial laid over it.
    fn extended(
        &mut self,
        base: Value,
        hash: &[(Box<str>, Expression)],
        scope: &Scope<'_>,
    ) -> Result<Value, RenderError> {
        if hash.is_empty() {
            return Ok(base);
        }
        let mut over = Map::new();
        for (name, value) in hash {
            over.insert(name.to_string(), self.evaluate(value, scope)?);
        }
        Ok(Value::object(Extended { base, over }))
    }

    fn partial_for(&mut self, partial: &Partial, name: &str, context: &Value, scope: &Scope<'_>) -> Done {
        let own = partial.block.as_ref().map(|program| PartialBlock { program, scope });
        // Inline partials written inside a partial block are there for the partial that it calls.
        let names = match &partial.block {
            Some(block) if !block.inlines.is_empty() => self.inlines(block, scope)?,
            _ => Vec::new(),
        };
        let inner = Inlines { names: &names, scope, next: scope.inlines };
        let inlines = if names.is_empty() { scope.inlines } else { Some(&inner) };
        let block = own.as_ref().or(scope.block);
        if name == "@partial-block" {
            let block = scope.block.or(own.as_ref()).ok_or_else(|| no_partial(name))?;
            self.partial_block(block, context, &Scope { inlines, ..*scope })
        } else if let Some((program, written)) = scope.inline(name) {
            let caller = Scope { frame: scope.frame, inlines, block, ..*written };
            self.enter(program, &caller, context, &[], None)
        } else if let Some(template) = self.theme.templates.partial(name) {
            let inner = Scope { this: context, parents: None, params: None, template, inlines, block, ..*scope };
            self.program(&template.program, &inner)
        } else if let Some(own) = &own {
            self.partial_block(own, context, &Scope { inlines, ..*scope })
        } else {
            Err(no_partial(name))
        }
    }

    /// What stands between the tags of a partial block: it means what it meant there, only the
    /// loop variables and inline partials are those of the caller.
    fn partial_block(&mut self, block: &PartialBlock<'_>, context: &Value, caller: &Scope<'_>) -> Done {
        let scope = Scope { frame: caller.frame, inlines: caller.inlines, ..*block.scope };
        self.enter(block.program, &scope, context, &[], None)
    }

    /// Indents all lines written since `start`, as Handlebars does for a partial that stands alone.
    fn indent(&mut self, start: usize, indent: &str) -> Done {
        if !indent.is_empty() && start < self.out.text.len() {
            let text = self.out.text.split_off(start);
            for line in text.split_inclusive('\n') {
                self.write(indent)?;
                self.write(line)?;
            }
        }
        Ok(())
    }

    // ---- expressions ------------------------------------------------------------------------

    fn evaluate(&mut self, expression: &Expression, scope: &Scope<'_>) -> Result<Value, RenderError> {
        self.take_steps(1)?;
        match expression {
            Expression::Literal(value, _) => Ok(value.clone()),
            Expression::Path(path) => Ok(self.path(path, scope)),
            Expression::Call(call) => match helper(call, scope) {
                Some(helper) => self.invoke(helper, call, scope, None),
                None if call.params.is_empty() && call.hash.is_empty() => Ok(Value::Undefined),
                None => Err(Problem::NoHelper(name_of(call)).into()),
            },
        }
    }

    fn invoke(
        &mut self,
        helper: Helper,
        call: &Call,
        scope: &Scope<'_>,
        block: Option<&Block>,
    ) -> Result<Value, RenderError> {
        let mut params = Vec::with_capacity(call.params.len());
        for param in &call.params {
            params.push(self.evaluate(param, scope)?);
        }
        let mut hash = Vec::with_capacity(call.hash.len());
        for (name, value) in &call.hash {
            hash.push((&**name, self.evaluate(value, scope)?));
        }
        let value = helper(self, &Arguments { params, hash, scope, block })?;
        self.charge(value.as_str().map_or(0, str::len))?;
        Ok(value)
    }

    /// The value of a name that is no helper.
    fn plain(&mut self, call: &Call, scope: &Scope<'_>) -> Result<Value, RenderError> {
        if !call.params.is_empty() || !call.hash.is_empty() {
            return Err(Problem::NoHelper(name_of(call)).into());
        }
        Ok(match &call.callee {
            Expression::Path(path) => self.path(path, scope),
            Expression::Literal(_, original) => scope.this.get(original),
            Expression::Call(_) => Value::Undefined,
        })
    }

    fn path(&self, path: &Path, scope: &Scope<'_>) -> Value {
        let mut parts = path.parts.iter();
        let mut value = if path.data {
            match parts.next() {
                Some(name) => self.data_path(name, path.depth, scope),
                None => Value::Undefined,
            }
        } else if path.depth > 0 {
            scope.up(path.depth).cloned().unwrap_or_default()
        } else {
            let param = path.parts.first().filter(|_| !path.scoped).and_then(|name| scope.param(name));
            match (param, parts.clone().next()) {
                (Some(param), _) => {
                    parts.next();
                    param.clone()
                }
                (None, Some(first)) => {
                    parts.next();
                    scope.this.get(first)
                }
                (None, None) => scope.this.clone(),
            }
        };
        for part in parts {
            value = value.get(part);
        }
        value
    }

    fn data_path(&self, name: &str, depth: usize, scope: &Scope<'_>) -> Value {
        match name {
            "root" => scope.root.clone(),
            "partial-block" => scope.block.is_some().into(),
            _ => scope.variable(name, depth).or_else(|| self.page.data.get(name).cloned()).unwrap_or_default(),
        }
    }

    // ---- output and budgets -----------------------------------------------------------------

    fn print(&mut self, value: &Value, escaped: bool) -> Done {
        match value {
            Value::Undefined | Value::Null => Ok(()),
            Value::Text(text) if escaped => {
                self.count(text.len())?;
                escape(text, &mut self.out.text);
                Ok(())
            }
            Value::Text(html) | Value::Html(html) => self.write_foreign(html),
            Value::Bool(_) | Value::Number(_) => {
                self.count(8)?;
                let _ = write!(self.out.text, "{value}");
                Ok(())
            }
            _ => {
                let text = value.to_string();
                self.charge(text.len())?;
                self.print(&Value::text(text), escaped)
            }
        }
    }

    fn count(&mut self, bytes: usize) -> Done {
        self.written = self.written.saturating_add(bytes);
        match self.written > self.limits.output_bytes {
            true => Err(Problem::TooLong.into()),
            false => Ok(()),
        }
    }

    fn take_steps(&mut self, steps: u64) -> Done {
        self.steps = self.steps.saturating_add(steps);
        match self.steps > self.limits.steps {
            true => Err(Problem::TooManySteps.into()),
            false => Ok(()),
        }
    }
}

/// The helper that a call means: block parameters hide helpers of their name.
fn helper(call: &Call, scope: &Scope<'_>) -> Option<Helper> {
    let helper = call.helper?;
    let hidden = scope.params.is_some() && call.callee.helper_name().is_some_and(|name| scope.param(name).is_some());
    (!hidden).then_some(helper)
}

fn name_of(call: &Call) -> String {
    call.callee.original().unwrap_or_default().to_owned()
}

fn no_partial(name: &str) -> RenderError {
    Problem::NoPartial(name.chars().take(MAX_NAME).collect()).into()
}
