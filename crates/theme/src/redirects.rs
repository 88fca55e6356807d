//! `redirects.yaml` and `redirects.json`: addresses that lead elsewhere. Ghost's formats, read as they are.
//!
//! JSON: `[{"from": "^/old/(.*)$", "to": "/new/$1", "permanent": true}]`. YAML: `301:` and `302:`, each with addresses
//! and where they lead. `from` is a regular expression, looked for in the path without regard to a slash at its end;
//! `/…/i` disregards case. Expressions are matched in linear time, so none can hold the server up.

use regex::{Regex, RegexBuilder};

use crate::routes::{LONGEST, NoRoutes, pairs};

/// Most redirects of a file.
pub const MOST: usize = 20_000;
/// Largest expression, once made ready, in bytes.
const LARGEST: usize = 256 * 1024;

/// Where addresses lead.
#[derive(Clone, Debug, Default)]
pub struct Redirects {
    /// Addresses that are no expressions, by path without the slash at its end.
    plain: std::collections::HashMap<String, (String, bool)>,
    expressions: Vec<(Regex, String, bool)>,
}

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct To {
    /// A path or a full address.
    pub address: String,
    /// For ever (301), or for now (302).
    pub permanent: bool,
}

impl Redirects {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.plain.len() + self.expressions.len()
    }

    /// The addresses that are no expressions, without the slash at their end, in no order.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.plain.keys().map(String::as_str)
    }

    /// How many are expressions.
    pub fn expressions(&self) -> usize {
        self.expressions.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where a path leads, if anywhere: an address of its own first, then the first expression that fits.
    pub fn find(&self, path: &str) -> Option<To> {
        let bare = path.trim_end_matches('/');
        if let Some((address, permanent)) = self.plain.get(bare) {
            return Some(To { address: address.clone(), permanent: *permanent });
        }
        self.expressions.iter().find(|(from, ..)| from.is_match(path)).map(|(from, to, permanent)| To {
            address: from.replace(path, to.as_str()).into_owned(),
            permanent: *permanent,
        })
    }
}

/// Reads a file: JSON where it begins with `[`, else YAML.
pub fn read(text: &str) -> Result<Redirects, NoRoutes> {
    if text.len() > LONGEST * 16 {
        return Err(NoRoutes { line: 1, why: format!("the file is larger than {} KiB", LONGEST * 16 / 1024) });
    }
    let rows = if text.trim_start().starts_with('[') { of_json(text)? } else { of_yaml(text)? };
    if rows.len() > MOST {
        return Err(NoRoutes { line: 1, why: format!("there are more than {MOST} redirects") });
    }
    let mut read = Redirects::default();
    for (line, from, to, permanent) in rows {
        if to.is_empty() || to.contains(|c: char| c.is_control() || c == ' ') || to.starts_with("//") {
            return Err(NoRoutes { line, why: format!("“{to}” is nowhere to lead to") });
        }
        let is_plain = from.starts_with('/') && from.chars().all(|c| c.is_alphanumeric() || "/-_.~%".contains(c));
        if is_plain {
            read.plain.entry(from.trim_end_matches('/').to_owned()).or_insert((to, permanent));
        } else {
            let expression = expression(&from)
                .map_err(|why| NoRoutes { line, why: format!("“{from}” is no expression: {why}") })?;
            read.expressions.push((expression, braced(&to), permanent));
        }
    }
    Ok(read)
}

type Row = (usize, String, String, bool);

fn of_json(text: &str) -> Result<Vec<Row>, NoRoutes> {
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(text).map_err(|why| NoRoutes { line: why.line(), why: why.to_string() })?;
    let row = |(at, row): (usize, serde_json::Value)| {
        let no = |what: &str| NoRoutes { line: 1, why: format!("redirect {} has no “{what}”", at + 1) };
        let text = |name: &str| row[name].as_str().map(str::to_owned).ok_or_else(|| no(name));
        Ok((1, text("from")?, text("to")?, row["permanent"].as_bool().unwrap_or(false)))
    };
    rows.into_iter().enumerate().map(row).collect()
}

fn of_yaml(text: &str) -> Result<Vec<Row>, NoRoutes> {
    let mut rows = Vec::new();
    for (line, kind, list) in pairs(text)? {
        let permanent = match kind.as_str() {
            "301" => true,
            "302" => false,
            other => return Err(NoRoutes { line, why: format!("“{other}” is neither 301 nor 302") }),
        };
        rows.extend(list.into_iter().map(|(line, from, to)| (line, from, to, permanent)));
    }
    Ok(rows)
}

/// As Ghost reads it: `/…/i` with its flag, and a slash at the end may be there or not.
fn expression(from: &str) -> Result<Regex, regex::Error> {
    let (from, folds) = match from.strip_prefix('/').and_then(|rest| rest.strip_suffix("/i")) {
        Some(inner) if inner.starts_with('^') || inner.starts_with("\\/") => (inner, true),
        _ => (from, false),
    };
    let from = from.trim_end_matches('/');
    let end = if from.ends_with('$') { "" } else { "/?$" };
    RegexBuilder::new(&format!("{from}{end}")).case_insensitive(folds).size_limit(LARGEST).build()
}

/// `$1x` means the first group and an x, as JavaScript reads it.
fn braced(to: &str) -> String {
    let (mut out, mut letters) = (String::new(), to.chars().peekable());
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(digit) if letter == '$' && digit.is_ascii_digit() => {
                out.push_str(&format!("${{{digit}}}"));
                letters.next();
            }
            _ if letter == '$' => out.push_str("$$"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(redirects: &Redirects, path: &str) -> String {
        redirects
            .find(path)
            .map_or("nowhere".into(), |to| format!("{} {}", if to.permanent { 301 } else { 302 }, to.address))
    }

    #[test]
    fn both_formats_of_ghost_are_read() {
        let json = read(r#"[{"from":"/old/","to":"/new/","permanent":true},{"from":"^/blog/(.*)$","to":"/$1"},{"from":"/^/CASE/i","to":"https://a.example/"}]"#).unwrap();
        assert_eq!(leads(&json, "/old"), "301 /new/");
        assert_eq!(leads(&json, "/old/"), "301 /new/");
        assert_eq!(leads(&json, "/blog/2020/a/"), "302 /2020/a/");
        assert_eq!(leads(&json, "/older/"), "nowhere");
        let yaml = read("301:\n  /old/: /new/\n  ^\\/(\\d+)-(.*)$: /$2-$1/\n302:\n  /for-now/: https://a.example/x\n")
            .unwrap();
        assert_eq!(leads(&yaml, "/12-tides"), "301 /tides-12/");
        assert_eq!(leads(&yaml, "/for-now/"), "302 https://a.example/x");
        assert_eq!(yaml.len(), 3);
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_line() {
        assert_eq!(read("303:\n  /a/: /b/\n").unwrap_err().to_string(), "line 1: “303” is neither 301 nor 302");
        assert!(read("301:\n  ^/(a: /b/\n").unwrap_err().to_string().starts_with("line 2: “^/(a” is no expression"));
        assert_eq!(read("[{\"from\":\"/a/\"}]").unwrap_err().to_string(), "line 1: redirect 1 has no “to”");
        assert_eq!(
            read("301:\n  /a/: //evil.example\n").unwrap_err().to_string(),
            "line 2: “//evil.example” is nowhere to lead to"
        );
    }
}
