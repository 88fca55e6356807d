//! The recorded token streams and syntax trees of handlebars.js (jbboehr/handlebars-spec).

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::Value as Json;

use super::ast::{Call, Expression, Kind, Program};
use super::{builtin, parse, token};
use crate::Value;

/// The cases of a file below `handlebars-spec/`, or a word that there are none here.
fn cases(file: &str) -> Vec<Json> {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE") else {
        note_skipped(&format!("{file} of Handlebars (MASTHEAD_REFERENCE is not set)"));
        return Vec::new();
    };
    let path = PathBuf::from(folder).join("handlebars-spec").join(file);
    serde_json::from_str(&std::fs::read_to_string(path).expect("the reference folder holds it")).expect("it is JSON")
}

#[test]
fn templates_are_cut_into_the_recorded_tokens() {
    let wrong: Vec<String> = cases("tokenizer.json")
        .iter()
        .filter_map(|case| {
            let template = case["template"].as_str()?;
            let made: Vec<String> = match token::tokens(template) {
                Ok(tokens) => tokens[..tokens.len() - 1]
                    .iter()
                    .map(|token| format!("{} {}", name(token.kind), token.text))
                    .collect(),
                Err(problem) => vec![problem.message],
            };
            let text = |token: &Json| {
                format!("{} {}", token["name"].as_str().unwrap_or_default(), token["text"].as_str().unwrap_or_default())
            };
            let expected: Vec<String> = case["expected"].as_array()?.iter().map(text).collect();
            (made != expected).then(|| format!("{template:?}\n  expected {expected:?}\n  made {made:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn templates_are_parsed_into_the_recorded_trees() {
    let wrong: Vec<String> = cases("parser.json")
        .iter()
        .filter_map(|case| {
            let template = case["template"].as_str()?;
            // A decorator that is none is refused while parsing.
            let refused = template == "{{#* foo}}{{/foo}}";
            let made = match parse("template", template, builtin) {
                Ok(parsed) => print(&parsed.program, 0),
                Err(error) => error.to_string(),
            };
            let expected = case["expected"].as_str()?;
            let right = if refused { made.contains("no decorator `foo`") } else { made == expected };
            (!right).then(|| format!("{template:?}\n  expected {expected:?}\n  made {made:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn name(kind: token::Kind) -> &'static str {
    use token::Kind;
    match kind {
        Kind::Content => "CONTENT",
        Kind::Comment => "COMMENT",
        Kind::Open => "OPEN",
        Kind::OpenUnescaped => "OPEN_UNESCAPED",
        Kind::OpenBlock => "OPEN_BLOCK",
        Kind::OpenEndBlock => "OPEN_ENDBLOCK",
        Kind::OpenInverse => "OPEN_INVERSE",
        Kind::OpenInverseChain => "OPEN_INVERSE_CHAIN",
        Kind::OpenPartial => "OPEN_PARTIAL",
        Kind::OpenPartialBlock => "OPEN_PARTIAL_BLOCK",
        Kind::OpenRawBlock => "OPEN_RAW_BLOCK",
        Kind::Inverse => "INVERSE",
        Kind::Close => "CLOSE",
        Kind::CloseUnescaped => "CLOSE_UNESCAPED",
        Kind::CloseRawBlock => "CLOSE_RAW_BLOCK",
        Kind::EndRawBlock => "END_RAW_BLOCK",
        Kind::OpenSubexpression => "OPEN_SEXPR",
        Kind::CloseSubexpression => "CLOSE_SEXPR",
        Kind::OpenBlockParams => "OPEN_BLOCK_PARAMS",
        Kind::CloseBlockParams => "CLOSE_BLOCK_PARAMS",
        Kind::Equals => "EQUALS",
        Kind::Separator => "SEP",
        Kind::Data => "DATA",
        Kind::Id => "ID",
        Kind::Text => "STRING",
        Kind::Number => "NUMBER",
        Kind::Bool => "BOOLEAN",
        Kind::Undefined => "UNDEFINED",
        Kind::Null => "NULL",
        Kind::End => "EOF",
    }
}

/// A tree as handlebars.js prints it.
fn print(program: &Program, depth: usize) -> String {
    let mut out = String::new();
    let line = |out: &mut String, depth: usize, text: &str| {
        writeln!(out, "{}{text}", "  ".repeat(depth)).expect("a string takes it")
    };
    if !program.params.is_empty() {
        line(&mut out, depth, &format!("BLOCK PARAMS: [ {} ]", program.params.join(" ")));
    }
    for statement in &program.body {
        match &statement.kind {
            Kind::Content(content) => line(&mut out, depth, &format!("CONTENT[ '{}' ]", content.text())),
            Kind::Comment { text, .. } => line(&mut out, depth, &format!("{{{{! '{text}' }}}}")),
            Kind::Mustache { call, .. } => line(&mut out, depth, &format!("{{{{ {} }}}}", print_call(call))),
            Kind::Decorator { call, .. } => line(&mut out, depth, &format!("{{{{ DIRECTIVE {} }}}}", print_call(call))),
            Kind::Inline(..) => line(&mut out, depth, "INLINE"),
            Kind::Block(block) => {
                line(&mut out, depth, "BLOCK:");
                line(&mut out, depth + 1, &print_call(&block.call));
                if let Some(program) = &block.program {
                    line(&mut out, depth + 1, "PROGRAM:");
                    out += &print(program, depth + 2);
                }
                if let Some(inverse) = &block.inverse {
                    line(&mut out, depth + 1, "{{^}}");
                    out += &print(inverse, depth + 2);
                }
            }
            Kind::Partial(partial) => {
                let mut said = partial.name.original().unwrap_or_default().to_owned();
                if let Some(context) = &partial.context {
                    said += &format!(" {}", print_expression(context));
                }
                said += &print_hash(&partial.hash);
                match &partial.block {
                    None => line(&mut out, depth, &format!("{{{{> PARTIAL:{said} }}}}")),
                    Some(block) => {
                        line(&mut out, depth, &format!("{{{{> PARTIAL BLOCK:{said} PROGRAM:"));
                        out += &print(block, depth + 1);
                        line(&mut out, depth, " }}");
                    }
                }
            }
        }
    }
    out
}

fn print_call(call: &Call) -> String {
    let params: Vec<String> = call.params.iter().map(print_expression).collect();
    format!("{} [{}]{}", print_expression(&call.callee), params.join(", "), print_hash(&call.hash))
}

fn print_hash(hash: &[(Box<str>, Expression)]) -> String {
    let pairs: Vec<String> = hash.iter().map(|(name, value)| format!("{name}={}", print_expression(value))).collect();
    if pairs.is_empty() { String::new() } else { format!(" HASH{{{}}}", pairs.join(", ")) }
}

fn print_expression(expression: &Expression) -> String {
    match expression {
        Expression::Path(path) => format!("{}PATH:{}", if path.data { "@" } else { "" }, path.parts.join("/")),
        Expression::Literal(Value::Text(text), _) => format!("\"{text}\""),
        Expression::Literal(Value::Bool(truth), _) => format!("BOOLEAN{{{truth}}}"),
        Expression::Literal(Value::Null, _) => "NULL".to_owned(),
        Expression::Literal(Value::Undefined, _) => "UNDEFINED".to_owned(),
        Expression::Literal(number, _) => format!("NUMBER{{{number}}}"),
        Expression::Call(call) => print_call(call),
    }
}

/// Names what this machine could not test, for the closing list of the test command.
fn note_skipped(what: &str) {
    eprintln!("skipped: {what}");
    if let Ok(path) = std::env::var("MASTHEAD_SKIPPED_FILE") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{what}"));
    }
}
