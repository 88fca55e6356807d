//! An article's body from Lexical JSON to a page: Ghost's own renderer and ours, turn by turn in the
//! same run. The body is generated (`crates/manuscript/examples/measure/sample.rs`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::figures::median;
use crate::{paths, process, tools};

/// The ratio to keep, in time and in bytes.
const GOAL: u32 = 50;
/// Seconds of processor time that a turn gives Ghost's renderer, and each work of ours.
const GHOST_SECONDS: &str = "2";
const OUR_SECONDS: &str = "0.3";
/// The work of ours that Ghost's renderer does too.
const SAME_WORK: &str = "parse and render";
const LIMIT: Duration = Duration::from_secs(5 * 60);
const BUILD_LIMIT: Duration = Duration::from_secs(60 * 60);

pub fn bench(quick: bool) -> Result<()> {
    let bench = Bench::install()?;
    let rounds = if quick { 3 } else { 7 };
    let turns = (0..rounds).map(|round| bench.turn(round)).collect::<Result<Vec<_>>>()?;
    let allocations = bench.our_allocations()?;

    println!("| a body, parsed and rendered | Ghost ÷ Masthead | lowest turn | goal | Ghost | Masthead |");
    println!("|---|---:|---:|---|---:|---:|");
    let times = turns.iter().map(|turn| Ok((turn.ghost, figure(&turn.ours, SAME_WORK)?)));
    println!("{}", row("CPU, µs", &times.collect::<Result<Vec<_>>>()?));
    let bytes = (bench.ghosts_bytes()?, figure(&allocations, SAME_WORK)?);
    println!("{}", row("allocated, bytes", &[bytes]));

    println!("\n| Masthead alone, a body | CPU, µs | allocated, bytes | allocations |");
    println!("|---|---:|---:|---:|");
    for Work { name, figures } in &allocations {
        let times = turns.iter().map(|turn| figure(&turn.ours, name)).collect::<Result<Vec<_>>>()?;
        let [bytes, count] = figures.as_slice() else { bail!("{name} has other figures than bytes and allocations") };
        println!("| {name} | {:.1} | {bytes} | {count} |", median(&times));
    }
    println!(
        "\nMedians of {rounds} turns. CPU: user and system time of the whole process; Ghost's after 150 bodies to warm up, \
         and with its garbage collector.\nAllocated: by us, what the allocator was asked for, a buffer that grows each time \
         with its whole new size; by Ghost, what V8's heap grows by while nothing is collected."
    );
    bench.same_work()
}

/// The programs of both sides, and the files that go between them.
struct Bench {
    node: PathBuf,
    /// Ghost's renderer, installed.
    ghost: PathBuf,
    /// Our programs, built as they are shipped.
    examples: PathBuf,
    sample: PathBuf,
    our_page: PathBuf,
    ghosts_page: PathBuf,
}

/// What a turn of each side measured: microseconds a body.
struct Turn {
    ours: Vec<Work>,
    ghost: f64,
}

/// Something that is done with a body, and what was measured of it.
#[derive(Debug, PartialEq)]
struct Work {
    name: String,
    figures: Vec<f64>,
}

impl Bench {
    fn install() -> Result<Bench> {
        let folder = paths::work().join("bench-manuscript");
        fs::create_dir_all(&folder)?;
        let (node, ghost) = tools::node_in_target(Path::new("xtask/ghost"))?;
        let examples = ["--example", "measure-time", "--example", "measure-allocations"];
        let build = ["build", "--profile", "dist", "--package", "manuscript"];
        process::run(process::cargo().args(build).args(examples), BUILD_LIMIT)?;
        let bench = Bench {
            node,
            ghost,
            examples: paths::target().join("dist/examples"),
            sample: folder.join("sample.json"),
            our_page: folder.join("masthead.html"),
            ghosts_page: folder.join("ghost.html"),
        };
        // Writes the sample, which Ghost's side reads.
        bench.our_times("0")?;
        Ok(bench)
    }

    /// Each side once; they take turns in going first.
    fn turn(&self, round: usize) -> Result<Turn> {
        if round.is_multiple_of(2) {
            let ours = self.our_times(OUR_SECONDS)?;
            Ok(Turn { ours, ghost: self.ghosts_time()? })
        } else {
            let ghost = self.ghosts_time()?;
            Ok(Turn { ours: self.our_times(OUR_SECONDS)?, ghost })
        }
    }

    fn our_times(&self, seconds: &str) -> Result<Vec<Work>> {
        let mut program = Command::new(self.examples.join("measure-time"));
        works(&process::output(program.args([&self.sample, &self.our_page]).arg(seconds), LIMIT)?)
    }

    fn our_allocations(&self) -> Result<Vec<Work>> {
        works(&process::output(&mut Command::new(self.examples.join("measure-allocations")), LIMIT)?)
    }

    fn ghosts_time(&self) -> Result<f64> {
        let mut node = self.node();
        node.arg(self.ghost.join("time.mjs")).args([&self.sample, &self.ghosts_page]).arg(GHOST_SECONDS);
        number(&process::output(&mut node, LIMIT)?)
    }

    fn ghosts_bytes(&self) -> Result<f64> {
        let mut node = self.node();
        node.args(["--expose-gc", "--min-semi-space-size=512", "--max-semi-space-size=512"]);
        node.arg(self.ghost.join("allocations.mjs")).arg(&self.sample);
        number(&process::output(&mut node, LIMIT)?)
    }

    /// Node.js, told that this is no developer's run: Lexical has a slower build for those.
    fn node(&self) -> Command {
        let mut node = Command::new(&self.node);
        node.env("NODE_ENV", "production");
        node
    }

    /// Fails when the pages differ by more than one element in twenty: a renderer that leaves cards
    /// out is quick without merit. A few elements may differ, for we clean what Ghost passes on.
    fn same_work(&self) -> Result<()> {
        let (ours, ghosts) = (elements(&read(&self.our_page)?), elements(&read(&self.ghosts_page)?));
        if ours.abs_diff(ghosts) * 20 > ghosts {
            bail!("our page has {ours} elements and Ghost's {ghosts}: the ratios compare unlike work");
        }
        Ok(())
    }
}

/// A row about pairs of Ghost's figure and ours.
fn row(what: &str, pairs: &[(f64, f64)]) -> String {
    let ratios: Vec<f64> = pairs.iter().map(|(ghost, ours)| ghost / ours).collect();
    let (ghost, ours): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    format!(
        "| {what} | **{:.1}** | {:.1} | at least {GOAL} | {:.0} | {:.0} |",
        median(&ratios),
        ratios.iter().copied().fold(f64::INFINITY, f64::min),
        median(&ghost),
        median(&ours),
    )
}

/// The first figure of a work.
fn figure(works: &[Work], name: &str) -> Result<f64> {
    let work = works.iter().find(|work| work.name == name);
    work.and_then(|work| work.figures.first().copied()).with_context(|| format!("{name} was not measured"))
}

/// Reads lines of a name and figures, divided by tabs.
fn works(report: &str) -> Result<Vec<Work>> {
    let work = |line: &str| {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default().to_owned();
        Ok(Work { name, figures: cells.map(number).collect::<Result<_>>()? })
    };
    report.lines().map(work).collect()
}

fn number(text: &str) -> Result<f64> {
    text.trim().parse().with_context(|| format!("“{}” is not a figure", text.trim()))
}

/// How many elements begin in a page.
fn elements(html: &str) -> usize {
    html.split('<').skip(1).filter(|after| after.starts_with(|first: char| first.is_ascii_alphabetic())).count()
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("failed to read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read() {
        let read = works("parse\t12.5\nplain text\t80\t3\n").unwrap();
        assert_eq!(figure(&read, "parse").unwrap(), 12.5);
        assert_eq!(read[1], Work { name: "plain text".into(), figures: vec![80.0, 3.0] });
        assert_eq!(figure(&read, "feed").unwrap_err().to_string(), "feed was not measured");
        assert_eq!(works("parse\tfast").unwrap_err().to_string(), "“fast” is not a figure");
    }

    #[test]
    fn a_row_begins_with_the_middle_ratio() {
        let row = row("CPU, µs", &[(900.0, 10.0), (800.0, 10.0), (1000.0, 20.0)]);
        assert_eq!(row, "| CPU, µs | **80.0** | 50.0 | at least 50 | 900 | 10 |");
    }

    #[test]
    fn only_the_beginnings_of_elements_count() {
        assert_eq!(elements("<!--members-only--><p>1 &lt; 2<br>3</p>"), 2);
    }
}
