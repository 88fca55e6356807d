//! The specification of Handlebars as data: templates, values and what has to come out.
//!
//! Made from the tests of handlebars.js by jbboehr/handlebars-spec. The files are not kept here;
//! the folder that holds `handlebars-spec/` is named by `MASTHEAD_REFERENCE`.

use std::path::PathBuf;

use serde_json::Value as Json;
use theme::handlebars::render;
use theme::{Map, Value};

/// Each file, and how many of its cases need no JavaScript, no helper of their own and no option
/// but those that are the rule.
const FILES: &[(&str, usize)] = &[
    ("basic", 66),
    ("blocks", 24),
    ("builtins", 13),
    ("data", 4),
    ("helpers", 1),
    ("partials", 48),
    ("regressions", 24),
    ("subexpressions", 0),
    ("whitespace-control", 36),
];

#[test]
fn every_case_of_the_specification_that_applies_passes() {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE") else {
        note_skipped("the specification of Handlebars (MASTHEAD_REFERENCE is not set)");
        return;
    };
    let folder = PathBuf::from(folder).join("handlebars-spec");
    let mut wrong = Vec::new();
    for (file, expected) in FILES {
        let text =
            std::fs::read_to_string(folder.join(file).with_extension("json")).expect("the reference folder holds it");
        let cases: Vec<Json> = serde_json::from_str(&text).expect("it is JSON");
        let applicable: Vec<&Json> = cases.iter().filter(|case| applies(case)).collect();
        let failing: Vec<String> = applicable.iter().filter_map(|case| failure(file, case)).collect();
        eprintln!("{file}: {} of {}", applicable.len() - failing.len(), applicable.len());
        wrong.extend(failing);
        if applicable.len() != *expected {
            wrong.push(format!("{file}: {} cases apply, {expected} were expected", applicable.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn applies(case: &Json) -> bool {
    let given = ["data", "partials", "runtimeOptions"].map(|name| case[name].to_string());
    let is_empty = |name: &str| case[name].as_object().is_none_or(serde_json::Map::is_empty);
    let plain = given.iter().all(|text| !text.contains("!code"));
    // `data: false` only forbids `@names`, of which those cases have none.
    let usual = ["data", "blockParams", "knownHelpers"];
    let options =
        case["compileOptions"].as_object().into_iter().flatten().all(|(name, _)| usual.contains(&name.as_str()));
    plain && options && ["helpers", "globalHelpers", "decorators", "globalDecorators"].iter().all(|name| is_empty(name))
}

fn failure(file: &str, case: &Json) -> Option<String> {
    let template = case["template"].as_str()?;
    let partials = case["partials"].as_object().into_iter().flatten();
    let partials: Vec<(&str, &str)> =
        partials.map(|(name, source)| (name.as_str(), source.as_str().unwrap_or_default())).collect();
    let data = case["runtimeOptions"]["data"].as_object().into_iter().flatten();
    let data: Map = data.map(|(name, value)| (name.clone(), plain(value))).collect();
    let made = render(template, &partials, plain(&case["data"]), data);
    let right = match (&made, case["exception"].is_null()) {
        (Ok(made), true) => made == case["expected"].as_str().unwrap_or_default(),
        (made, false) => made.is_err(),
        (Err(_), true) => false,
    };
    let made = made.map_err(|error| error.to_string());
    (!right).then(|| format!("{file}: {template:?}\n  expected {}\n  made {made:?}", case["expected"]))
}

/// A list with holes is written as an object with a mark.
fn plain(json: &Json) -> Value {
    match json {
        Json::Object(object) if object.contains_key("!sparsearray") => {
            let members = |name: &String| Some((name.parse::<usize>().ok()?, plain(&object[name])));
            let known: Vec<(usize, Value)> = object.keys().filter_map(members).collect();
            let length = known.iter().map(|(at, _)| at + 1).max().unwrap_or(0);
            let mut list = vec![Value::Undefined; length];
            known.into_iter().for_each(|(at, value)| list[at] = value);
            Value::list(list)
        }
        Json::Object(object) => object.iter().map(|(name, value)| (name.clone(), plain(value))).collect::<Map>().into(),
        Json::Array(list) => Value::list(list.iter().map(plain)),
        other => other.into(),
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
