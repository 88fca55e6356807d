//! Tokens into a syntax tree, by the grammar of Handlebars 4.

use super::ast::{
    Block, BlockStrip, Call, Content, Expression, Hash, Kind, Partial, Path, Position, Program, Statement, Strip,
    Template,
};
use super::render::Helper;
use super::token::{self, Token};
use super::{SyntaxError, SyntaxProblem, whitespace};
use crate::Value;
use crate::limits::MAX_NESTING;

/// How names become helpers: the one thing that a dialect decides while parsing.
pub(crate) type FindHelper = fn(&str) -> Option<Helper>;

/// Parses a template. `name` stands in its errors and in those of rendering it.
pub(crate) fn parse(name: &str, source: &str, helpers: FindHelper) -> Result<Template, SyntaxError> {
    let parsed = token::tokens(source).and_then(|tokens| {
        let mut parser = Parser { tokens, at: 0, helpers, depth: 0, lines: Lines::of(source) };
        let program = parser.program()?;
        match parser.peek() {
            token::Kind::End => Ok(program),
            token::Kind::OpenEndBlock => Err(parser.problem("this closes a block that is not open")),
            _ => Err(parser.problem("`{{else}}` stands outside a block")),
        }
    });
    let mut program = parsed.map_err(|problem| problem.locate(name, source))?;
    whitespace::control(&mut program);
    let layout = program.body.iter().find_map(|statement| match &statement.kind {
        Kind::Comment { text, .. } => text.strip_prefix('<').map(|layout| layout.trim().into()),
        _ => None,
    });
    Ok(Template { name: name.into(), program, layout })
}

struct Parser<'s> {
    tokens: Vec<Token<'s>>,
    at: usize,
    helpers: FindHelper,
    depth: usize,
    lines: Lines<'s>,
}

type Parsed<T> = Result<T, SyntaxProblem>;

impl Parser<'_> {
    fn peek(&self) -> token::Kind {
        self.tokens[self.at].kind
    }

    /// Steps over a token and gives its text and offset.
    fn next(&mut self) -> (String, usize) {
        let token = &self.tokens[self.at];
        let taken = (token.text.to_string(), token.offset);
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        taken
    }

    fn problem(&self, message: impl Into<String>) -> SyntaxProblem {
        SyntaxProblem { offset: self.tokens[self.at].offset, message: message.into() }
    }

    fn expect(&mut self, kind: token::Kind, what: &str) -> Parsed<(String, usize)> {
        match self.peek() == kind {
            true => Ok(self.next()),
            false => Err(self.expected(what)),
        }
    }

    fn expected(&self, what: &str) -> SyntaxProblem {
        let found = match self.peek() {
            token::Kind::End => "the end of the template".to_owned(),
            _ => format!("`{}`", self.tokens[self.at].text),
        };
        self.problem(format!("expected {what}, found {found}"))
    }

    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == MAX_NESTING {
            return Err(self.problem(format!("nested deeper than {MAX_NESTING}")));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    /// Statements up to something that ends them: a closing tag, an `{{else}}`, the end.
    fn program(&mut self) -> Parsed<Program> {
        let mut program = Program::default();
        loop {
            let at = self.lines.position(self.tokens[self.at].offset);
            let kind = match self.peek() {
                token::Kind::Content => Kind::Content(content(self.next().0)),
                token::Kind::Comment => comment(&self.next().0),
                token::Kind::Open | token::Kind::OpenUnescaped => self.mustache()?,
                token::Kind::OpenPartial => self.partial()?,
                token::Kind::OpenPartialBlock => self.partial_block()?,
                token::Kind::OpenRawBlock => self.raw_block()?,
                token::Kind::OpenInverse => self.block()?,
                token::Kind::OpenBlock if self.tokens[self.at].text.ends_with('*') => self.inline(&mut program)?,
                token::Kind::OpenBlock => self.block()?,
                _ => return Ok(program),
            };
            program.body.push(Statement { at, kind });
        }
    }

    fn mustache(&mut self) -> Parsed<Kind> {
        let triple = self.peek() == token::Kind::OpenUnescaped;
        let (open, _) = self.next();
        let call = self.call()?;
        let close = match triple {
            true => self.expect(token::Kind::CloseUnescaped, "a closing `}}}`")?,
            false => self.expect(token::Kind::Close, "a closing `}}`")?,
        };
        let strip = strip(&open, &close.0);
        if open.ends_with('*') {
            return Ok(Kind::Decorator { call, strip });
        }
        Ok(Kind::Mustache { call, escaped: !triple && !open.ends_with('&'), strip })
    }

    fn block(&mut self) -> Parsed<Kind> {
        self.deeper(|parser| {
            let inverted = parser.peek() == token::Kind::OpenInverse;
            let opened = parser.open_block()?;
            let mut program = parser.program()?;
            program.params = opened.params;
            let otherwise = match parser.peek() {
                token::Kind::Inverse => Some(parser.inverse()?),
                token::Kind::OpenInverseChain if !inverted => Some(parser.inverse_chain()?),
                _ => None,
            };
            let close = parser.close_block(&opened.call.callee, opened.offset)?;
            let (mut inverse, inverse_strip) =
                otherwise.map_or((None, Strip::default()), |(inverse, strip)| (Some(inverse), strip));
            if let Some(chained) = inverse.as_mut().and_then(chained_block) {
                chained.strip.close = close;
            }
            let strip = BlockStrip { open: opened.strip, inverse: inverse_strip, close };
            let (program, inverse) = if inverted { (inverse, Some(program)) } else { (Some(program), inverse) };
            Ok(Kind::Block(Box::new(Block { call: opened.call, program, inverse, strip })))
        })
    }

    /// `{{else}}` and what follows it.
    fn inverse(&mut self) -> Parsed<(Program, Strip)> {
        let (text, _) = self.next();
        Ok((self.program()?, strip(&text, &text)))
    }

    /// `{{else if …}}`: a program of one block that shares the closing tag of the outer one.
    fn inverse_chain(&mut self) -> Parsed<(Program, Strip)> {
        self.deeper(|parser| {
            let at = parser.lines.position(parser.tokens[parser.at].offset);
            let opened = parser.open_block()?;
            let mut program = parser.program()?;
            program.params = opened.params;
            let otherwise = match parser.peek() {
                token::Kind::Inverse => Some(parser.inverse()?),
                token::Kind::OpenInverseChain => Some(parser.inverse_chain()?),
                _ => None,
            };
            let (mut inverse, inverse_strip) =
                otherwise.map_or((None, Strip::default()), |(inverse, strip)| (Some(inverse), strip));
            if let Some(chained) = inverse.as_mut().and_then(chained_block) {
                chained.strip.close = inverse_strip;
            }
            let strip = BlockStrip { open: opened.strip, inverse: inverse_strip, close: inverse_strip };
            let block = Block { call: opened.call, program: Some(program), inverse, strip };
            let body = vec![Statement { at, kind: Kind::Block(Box::new(block)) }];
            Ok((Program { body, chained: true, ..Program::default() }, opened.strip))
        })
    }

    fn open_block(&mut self) -> Parsed<Opened> {
        let (open, offset) = self.next();
        let call = self.call()?;
        let mut params = Vec::new();
        if self.peek() == token::Kind::OpenBlockParams {
            self.next();
            while self.peek() == token::Kind::Id {
                params.push(unbracketed(&self.next().0).0.into());
            }
            self.expect(token::Kind::CloseBlockParams, "a name or a closing `|`")?;
        }
        let (close, _) = self.expect(token::Kind::Close, "a closing `}}`")?;
        Ok(Opened { call, params, strip: strip(&open, &close), offset })
    }

    /// The closing tag, which has to bear the name of the opening one. A name that is worked out
    /// while rendering has none to compare: themes close such a block with `{{/undefined}}`.
    fn close_block(&mut self, opened: &Expression, offset: usize) -> Parsed<Strip> {
        let name = opened.original().unwrap_or("undefined");
        if self.peek() == token::Kind::End {
            return Err(SyntaxProblem {
                offset,
                message: format!("`{name}` is never closed: expected `{{{{/{name}}}}}`"),
            });
        }
        let start = self.at;
        let (open, _) = self.expect(token::Kind::OpenEndBlock, &format!("`{{{{/{name}}}}}`"))?;
        let closed = self.name()?;
        if closed.original() != Some(name) {
            self.at = start;
            let closed = closed.original().unwrap_or_default();
            return Err(self.problem(format!("`{name}` is open, but `{closed}` is closed here")));
        }
        let (close, _) = self.expect(token::Kind::Close, "a closing `}}`")?;
        Ok(strip(&open, &close))
    }

    fn raw_block(&mut self) -> Parsed<Kind> {
        let (_, offset) = self.next();
        let call = self.call()?;
        self.expect(token::Kind::CloseRawBlock, "a closing `}}}}`")?;
        let mut program = Program::default();
        while self.peek() == token::Kind::Content {
            let at = self.lines.position(self.tokens[self.at].offset);
            program.body.push(Statement { at, kind: Kind::Content(content(self.next().0)) });
        }
        let (name, _) = self.expect(token::Kind::EndRawBlock, "the end of the raw block")?;
        if call.callee.original() != Some(&name) {
            let opened = call.callee.original().unwrap_or_default();
            return Err(SyntaxProblem { offset, message: format!("`{opened}` is open, but `{name}` is closed") });
        }
        Ok(Kind::Block(Box::new(Block { call, program: Some(program), inverse: None, strip: BlockStrip::default() })))
    }

    fn partial(&mut self) -> Parsed<Kind> {
        let (open, _) = self.next();
        let (name, context, hash) = self.partial_call()?;
        let (close, _) = self.expect(token::Kind::Close, "a closing `}}`")?;
        let strip = BlockStrip { open: strip(&open, &close), ..BlockStrip::default() };
        Ok(Kind::Partial(Box::new(Partial { name, context, hash, block: None, strip, indent: "".into() })))
    }

    fn partial_block(&mut self) -> Parsed<Kind> {
        self.deeper(|parser| {
            let (open, offset) = parser.next();
            let (name, context, hash) = parser.partial_call()?;
            let (close, _) = parser.expect(token::Kind::Close, "a closing `}}`")?;
            let program = parser.program()?;
            let end = parser.close_block(&name, offset)?;
            let strip = BlockStrip { open: strip(&open, &close), inverse: Strip::default(), close: end };
            Ok(Kind::Partial(Box::new(Partial { name, context, hash, block: Some(program), strip, indent: "".into() })))
        })
    }

    fn partial_call(&mut self) -> Parsed<(Expression, Option<Expression>, Hash)> {
        let name = match self.peek() {
            token::Kind::OpenSubexpression => self.subexpression()?,
            _ => self.name()?,
        };
        let (mut params, hash) = self.arguments()?;
        if params.len() > 1 {
            return Err(self.problem("a partial takes one context and named arguments"));
        }
        Ok((name, params.pop(), hash))
    }

    /// `{{#*inline "name"}}…{{/inline}}`, lifted into `program`.
    fn inline(&mut self, program: &mut Program) -> Parsed<Kind> {
        self.deeper(|parser| {
            let opened = parser.open_block()?;
            let body = parser.program()?;
            let close = parser.close_block(&opened.call.callee, opened.offset)?;
            let mut params = opened.call.params;
            match (opened.call.callee.original(), params.pop()) {
                (Some("inline"), Some(name)) if params.is_empty() => program.inlines.push((name, body)),
                (Some("inline"), _) => {
                    return Err(SyntaxProblem {
                        offset: opened.offset,
                        message: "an inline partial takes one name".into(),
                    });
                }
                (name, _) => {
                    let message = format!("there is no decorator `{}`, only `inline`", name.unwrap_or_default());
                    return Err(SyntaxProblem { offset: opened.offset, message });
                }
            }
            Ok(Kind::Inline(
                program.inlines.len() - 1,
                BlockStrip { open: opened.strip, inverse: Strip::default(), close },
            ))
        })
    }

    fn call(&mut self) -> Parsed<Call> {
        let callee = self.name()?;
        let (params, hash) = self.arguments()?;
        let helper = callee.helper_name().and_then(self.helpers);
        Ok(Call { callee, params, hash, helper })
    }

    fn arguments(&mut self) -> Parsed<(Vec<Expression>, Hash)> {
        let (mut params, mut hash) = (Vec::new(), Vec::new());
        loop {
            let named = self.peek() == token::Kind::Id && self.tokens[self.at + 1].kind == token::Kind::Equals;
            match self.peek() {
                token::Kind::Id if named => {
                    let (name, _) = self.next();
                    self.next();
                    let value = self.argument()?;
                    hash.push((unbracketed(&name).0.into(), value));
                }
                token::Kind::Close
                | token::Kind::CloseUnescaped
                | token::Kind::CloseRawBlock
                | token::Kind::CloseSubexpression
                | token::Kind::OpenBlockParams => return Ok((params, hash)),
                _ if !hash.is_empty() => {
                    return Err(self.problem("expected `name=value` or the end: named arguments come last"));
                }
                _ => params.push(self.argument()?),
            }
        }
    }

    fn argument(&mut self) -> Parsed<Expression> {
        match self.peek() {
            token::Kind::OpenSubexpression => self.subexpression(),
            _ => self.name(),
        }
    }

    fn subexpression(&mut self) -> Parsed<Expression> {
        self.deeper(|parser| {
            parser.next();
            let call = parser.call()?;
            parser.expect(token::Kind::CloseSubexpression, "a closing `)`")?;
            Ok(Expression::Call(Box::new(call)))
        })
    }

    /// A path, `@data` or a literal.
    fn name(&mut self) -> Parsed<Expression> {
        let kind = self.peek();
        let literal = match kind {
            token::Kind::Data => {
                self.next();
                return self.path(true);
            }
            token::Kind::Id => return self.path(false),
            token::Kind::Text => |text: &str| text.into(),
            token::Kind::Number => |text: &str| Value::Number(text.parse().unwrap_or(f64::NAN)),
            token::Kind::Bool => |text: &str| Value::Bool(text == "true"),
            token::Kind::Undefined => |_: &str| Value::Undefined,
            token::Kind::Null => |_: &str| Value::Null,
            _ => return Err(self.expected("a name")),
        };
        let (text, _) = self.next();
        let original = match kind {
            token::Kind::Number => literal(&text).to_string(),
            _ => text.clone(),
        };
        Ok(Expression::Literal(literal(&text), original.into()))
    }

    fn path(&mut self, data: bool) -> Parsed<Expression> {
        let start = self.tokens[self.at].offset;
        let mut original = String::from(if data { "@" } else { "" });
        let (mut depth, mut scoped, mut parts) = (0, false, Vec::<Box<str>>::new());
        loop {
            let (text, _) = self.expect(token::Kind::Id, "a name")?;
            let (part, bracketed) = unbracketed(&text);
            original.push_str(part);
            match part {
                ".." | "." | "this" if !bracketed && !parts.is_empty() => {
                    return Err(SyntaxProblem { offset: start, message: format!("`{original}` is not a path") });
                }
                ".." if !bracketed => (depth, scoped) = (depth + 1, true),
                "." | "this" if !bracketed => scoped = true,
                name => {
                    // `[this]` is a field of that name, and never a helper.
                    scoped |= bracketed && name == "this";
                    parts.push(name.into());
                }
            }
            if self.peek() != token::Kind::Separator {
                break;
            }
            original.push_str(&self.next().0);
        }
        Ok(Expression::Path(Path { data, depth, parts, scoped, original: original.into() }))
    }
}

/// What the opening tag of a block says.
struct Opened {
    call: Call,
    params: Vec<Box<str>>,
    strip: Strip,
    offset: usize,
}

fn chained_block(program: &mut Program) -> Option<&mut Block> {
    match program.body.first_mut().map(|statement| &mut statement.kind) {
        Some(Kind::Block(block)) if program.chained => Some(block),
        _ => None,
    }
}

fn content(text: String) -> Content {
    let end = text.len();
    Content { original: text.into(), start: 0, end, left_stripped: false, right_stripped: false }
}

fn comment(source: &str) -> Kind {
    let strip = strip(source, source);
    let text = source.trim_start_matches("{{").trim_start_matches('~');
    let text =
        text.strip_prefix("!--").or_else(|| text.strip_prefix("!-")).or_else(|| text.strip_prefix('!')).unwrap_or(text);
    let text = text.strip_suffix("}}").unwrap_or(text);
    let text = if strip.close { text.strip_suffix('~').unwrap_or(text) } else { text };
    let text = text.strip_suffix("--").or_else(|| text.strip_suffix('-')).unwrap_or(text);
    Kind::Comment { text: text.into(), strip }
}

/// Reads the `~` off the opening and the closing braces.
fn strip(open: &str, close: &str) -> Strip {
    let before_end = close.len().checked_sub(3).and_then(|at| close.as_bytes().get(at));
    Strip { open: open.as_bytes().get(2) == Some(&b'~'), close: before_end == Some(&b'~') }
}

fn unbracketed(text: &str) -> (&str, bool) {
    match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(inner) => (inner, true),
        None => (text, false),
    }
}

/// Where the lines of a template begin. Positions are asked for in order, so it keeps its place.
struct Lines<'s> {
    source: &'s str,
    offset: std::cell::Cell<usize>,
    position: std::cell::Cell<Position>,
}

impl<'s> Lines<'s> {
    fn of(source: &'s str) -> Lines<'s> {
        Lines { source, offset: 0.into(), position: Position { line: 1, column: 1 }.into() }
    }

    fn position(&self, offset: usize) -> Position {
        let (known, mut at) = match self.offset.get() <= offset {
            true => (self.offset.get(), self.position.get()),
            false => (0, Position { line: 1, column: 1 }),
        };
        for letter in self.source[known..offset].chars() {
            at = match letter {
                '\n' => Position { line: at.line + 1, column: 1 },
                _ => Position { line: at.line, column: at.column + 1 },
            };
        }
        self.offset.set(offset);
        self.position.set(at);
        at
    }
}

impl SyntaxProblem {
    fn locate(self, template: &str, source: &str) -> SyntaxError {
        let at = Lines::of(source).position(self.offset.min(source.len()));
        SyntaxError { template: template.to_owned(), line: at.line, column: at.column, message: self.message }
    }
}
