//! Findings as people read them in a terminal, as JSON, and as SARIF for editors and continuous integration.

use std::io::IsTerminal;

use record::Places;
use record::checks::{CHECKS, Finding, Kind, Severity};
use serde_json::{Value, json};

/// Characters of a line that are shown around a place.
const SHOWN: usize = 96;

/// Characters that are shown before a place in a long line.
const BEFORE: usize = 24;

/// Findings as lines: place, severity, name and reason; the line of the text with a marker under the place; the
/// proposal.
pub fn as_text(name: &str, text: &str, findings: &[Finding]) -> Vec<String> {
    let mut lines = Vec::new();
    for finding in findings {
        let head = format!("{} {}: {}", painted(finding.severity), finding.kind.name(), finding.message);
        let Some(range) = &finding.range else {
            lines.push(format!("{name}: {head}"));
            continue;
        };
        let (line, column) = place(text, range.start);
        lines.push(format!("{name}:{line}:{column}: {head}"));
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[range.start..].find('\n').map_or(text.len(), |at| range.start + at);
        let before = text[start..range.start].chars().count();
        let skip = before.saturating_sub(if before > SHOWN - BEFORE { BEFORE } else { before });
        let shown: String = text[start..end].chars().skip(skip).take(SHOWN).map(plain).collect();
        let (cut, more) = (skip > 0, text[start..end].chars().count() > skip + SHOWN);
        lines.push(format!("  {}{shown}{}", if cut { "…" } else { "" }, if more { "…" } else { "" }));
        let marked =
            text[range.start..range.end.min(end)].chars().count().clamp(1, SHOWN - (before - skip).min(SHOWN - 1));
        let indent = before - skip + usize::from(cut);
        lines.push(format!("  {}{}", " ".repeat(indent), "^".repeat(marked)));
        if let Some(fix) = &finding.fix {
            let old = &text[fix.range.clone()];
            let (line, column) = place(text, fix.range.start);
            lines.push(match (old.is_empty(), fix.replace.is_empty()) {
                (true, _) => format!("  proposal: put {} at {line}:{column}", fix.replace),
                (_, true) => format!("  proposal: take out “{}”", old.trim()),
                _ => format!("  proposal: “{old}” → “{}”", fix.replace),
            });
        }
    }
    lines
}

/// Tabs would put the marker in the wrong place.
fn plain(char: char) -> char {
    if char.is_control() { ' ' } else { char }
}

fn painted(severity: Severity) -> String {
    let plain = severity.name();
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    match severity {
        _ if !colours => plain.to_owned(),
        Severity::Must => format!("\x1b[1;31m{plain}\x1b[0m"),
        Severity::Should => format!("\x1b[33m{plain}\x1b[0m"),
        Severity::Note => format!("\x1b[36m{plain}\x1b[0m"),
    }
}

/// Line and column of a byte, from 1, in code points.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    (1 + text[..byte].matches('\n').count(), 1 + text[start..byte].chars().count())
}

/// The shape that others rely on: places are code points of the text.
pub fn as_json(id: Option<&str>, text: &str, findings: &[Finding]) -> Value {
    let places = Places::new(text);
    let rows: Vec<Value> = findings.iter().map(|finding| row(finding, text, &places)).collect();
    match id {
        Some(id) => json!({ "id": id, "findings": rows }),
        None => json!({ "findings": rows }),
    }
}

fn row(finding: &Finding, text: &str, places: &Places) -> Value {
    let fix = finding.fix.as_ref();
    let start = finding.range.as_ref().map(|range| places.code_point(range.start));
    let mark = matches!(finding.kind, Kind::MarkMissingOpen | Kind::MarkMissingClose);
    json!({
        "kind": finding.kind.name(),
        "severity": finding.severity.name(),
        "line": finding.range.as_ref().map(|range| place(text, range.start).0),
        "paragraph": finding.paragraph,
        "start": start,
        "end": finding.range.as_ref().map(|range| places.code_point(range.end)),
        "pos": fix.filter(|_| mark).map(|fix| places.code_point(fix.range.start)).or(start),
        "exact": finding.range.as_ref().map(|range| &text[range.clone()]),
        "message": finding.message,
        "fix": fix.map(|fix| json!({
            "start": places.code_point(fix.range.start),
            "end": places.code_point(fix.range.end),
            "replace": fix.replace,
        })),
    })
}

/// A log in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS).
#[derive(Default)]
pub struct Sarif {
    results: Vec<Value>,
}

impl Sarif {
    /// Adds the findings in a text.
    pub fn add(&mut self, name: &str, text: &str, findings: &[Finding]) {
        let places = Places::new(text);
        let artifact = || json!({ "uri": uri(name) });
        for finding in findings {
            let region = finding.range.as_ref().map(|range| {
                let (line, column) = place(text, range.start);
                let (end_line, end_column) = place(text, range.end);
                let (start, end) = (places.code_point(range.start), places.code_point(range.end));
                json!({
                    "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
                    "charOffset": start, "charLength": end - start,
                })
            });
            let mut location = json!({ "artifactLocation": artifact() });
            if let Some(region) = region {
                location["region"] = region;
            }
            let mut result = json!({
                "ruleId": finding.kind.name(),
                "ruleIndex": CHECKS.iter().position(|check| check.kind == finding.kind),
                "level": level(finding.severity),
                "message": { "text": finding.message },
                "locations": [{ "physicalLocation": location }],
            });
            if let Some(fix) = &finding.fix {
                let (start, end) = (places.code_point(fix.range.start), places.code_point(fix.range.end));
                result["fixes"] = json!([{ "artifactChanges": [{
                    "artifactLocation": artifact(),
                    "replacements": [{
                        "deletedRegion": { "charOffset": start, "charLength": end - start },
                        "insertedContent": { "text": fix.replace },
                    }],
                }] }]);
            }
            self.results.push(result);
        }
    }

    /// The log.
    pub fn log(self) -> Value {
        let rules: Vec<Value> = CHECKS
            .iter()
            .map(|check| {
                json!({
                    "id": check.name,
                    "shortDescription": { "text": check.help },
                    "defaultConfiguration": { "level": level(check.severity) },
                })
            })
            .collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "Masthead", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        })
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Must => "error",
        Severity::Should => "warning",
        Severity::Note => "note",
    }
}

/// A file's name as a relative reference (RFC 3986).
fn uri(name: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const OTHER: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');
    utf8_percent_encode(&name.replace('\\', "/"), OTHER).to_string()
}
