//! Inputs that are known to make parsers of Markdown slow, or run out of stack.

use std::time::{Duration, Instant};

use comrak::Arena;

use super::html;
use super::parse::{Dialect, normal, parse};

/// Some of these bytes each.
const SIZE: usize = 100_000;

/// Far above what a slow machine needs without optimisation, far below what a quadratic one does.
const LONGEST: Duration = Duration::from_secs(4);

fn inputs(size: usize) -> Vec<(String, String)> {
    let repeated = [
        "[",
        "![",
        "[a](",
        "[a][",
        "[ (](",
        "[a](b \"",
        "[a](b '",
        "[a](b (",
        "[a](<b",
        "*a ",
        "*a_ ",
        "*a**a ",
        "a**b",
        "*_a ",
        "a***b**c*d*",
        "*",
        "_a ",
        "~a ",
        "~",
        "^a ",
        "^",
        "==a ",
        "=",
        "a* b_ c~ d^ e== ",
        "*a _b ~c ^d ==e ",
        "`a",
        "`",
        ">",
        "> - ",
        "> 1. ",
        "- ",
        "1. ",
        "-\n",
        "-\n+\n",
        "- a\n\n",
        "> ```\n\n",
        "<a ",
        "<",
        "<a@",
        "<h:",
        "<!--",
        "a <!-- -",
        "<?",
        "a <?",
        "<!A ",
        "a <!A ",
        "<![CDATA[",
        "a <![CDATA[",
        "<div>\n\n",
        "<div>",
        "<b>",
        "<b>x\n\n",
        "|a|\n|-|\n|b|\n\n",
        "a|b\n",
        "|",
        "|a\n",
        "^[",
        "[^",
        "[^a]",
        "[^a]:",
        "[^a]: ",
        "[^a]: > ",
        "[^a]: x\n\n",
        "http://a.b ",
        "http://a.b/(",
        "http://a.b/\"",
        "www.a.b/",
        "a@b.c ",
        "a@",
        "@a.b",
        "http:",
        "://",
        "http://",
        "//a.b",
        "mailto:",
        "xmpp:a/",
        "a.",
        "www.",
        "&",
        "&a;",
        "&a",
        "\\*",
        "a\\\n",
        "\0",
        "\r",
        "a\n-\n",
        "a\n",
        "```\n",
        "~~~ a\n",
        " ",
        "\t",
        ">\t",
        "***\n",
        "#",
        "# a\n",
        "#a\n",
        "#a ",
        "**。",
        "[a]:\n",
        "[a]: u\n",
        "[a]: b 'c\n",
        "[a]: b \"\n",
        "---\n",
        "\u{200b}",
        "é",
    ];
    let mut inputs: Vec<_> =
        repeated.iter().map(|piece| (piece.to_string(), piece.repeat(size / piece.len()))).collect();
    let pairs = [
        ("[", "]"),
        ("[", "](u)"),
        ("![", "](u)"),
        ("*a ", "a*"),
        ("**", "a**"),
        ("^[", "]"),
        ("<b>", "</b>"),
        ("<div>", "</div>"),
    ];
    for (open, close) in pairs {
        let times = size / (open.len() + close.len());
        inputs.push((format!("{open} {close}"), open.repeat(times) + &close.repeat(times)));
    }
    let numbered = |piece: &dyn Fn(usize) -> String, each: usize| (0..size / each).map(piece).collect::<String>();
    let stairs = |deepest: usize| (0..deepest).map(|depth| "  ".repeat(depth) + "- a\n").collect::<String>();
    let lines = size / 2;
    let named = [
        ("runs of backticks", (1..(size as f64).sqrt() as usize).map(|length| "`".repeat(length) + "e").collect()),
        ("definitions", numbered(&|n| format!("[a{n}]: /b\n\n"), 12)),
        (
            "definitions and references",
            numbered(&|n| format!("[a{n}]: /b\n"), 24) + &numbered(&|n| format!("[a{n}] "), 24),
        ),
        ("one long definition", format!("[a]: {}\n\n{}", "u".repeat(lines), "[a]".repeat(lines / 3))),
        ("quotes and lazy lines", format!("{}a\n{}", ">".repeat(lines), "a\n".repeat(lines / 2))),
        ("quotes and empty lines", format!("{}a\n{}", ">".repeat(lines), "\n".repeat(lines))),
        ("lists and empty lines", format!("{}a\n{}", "- ".repeat(lines / 2), "\n".repeat(lines))),
        ("deep lists", stairs((size as f64).sqrt() as usize)),
        ("deep lists and empty lines", stairs((lines as f64).sqrt() as usize) + &"\n".repeat(lines)),
        ("deep lists and lazy lines", stairs((lines as f64).sqrt() as usize) + &"a\n".repeat(lines / 2)),
        ("wide table", format!("{}\n{}\n{}", "|x".repeat(1_000), "|-".repeat(1_000), "x\n".repeat(lines))),
        ("notes", numbered(&|n| format!("[^{n}]: x\n\n"), 22) + &numbered(&|n| format!("[^{n}]"), 22)),
        ("notes in notes", numbered(&|n| format!("[^{n}]: x [^{}]\n\n", n + 1), 30) + "[^0]"),
        ("one note and references", "[^a]".repeat(size / 4) + "\n\n[^a]: x"),
        ("settings that do not end", format!("---\n{}", "a\n".repeat(lines))),
        ("pipes in a cell", format!("|{}|\n|-|", "\\|".repeat(lines))),
        ("long mail name", "a".repeat(size) + "@b.c"),
        ("brackets in an address", format!("http://a.b/{}", "(".repeat(size))),
    ];
    inputs.extend(named.map(|(name, input)| (name.to_owned(), input)));
    inputs
}

#[test]
fn hostile_markdown_is_read_or_refused_in_time_and_on_a_small_stack() {
    let check = || {
        for (name, input) in inputs(SIZE) {
            let start = Instant::now();
            let _ = html(&input);
            // What comes after it is a matter of HTML, and of its limits.
            let _ = parse(&Arena::new(), &normal(&input), Dialect::Article).map(|_| ());
            let took = start.elapsed();
            assert!(took < LONGEST, "{name:?} took {took:?}");
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(check).unwrap().join().unwrap();
}
