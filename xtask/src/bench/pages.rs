//! Kept pages: Masthead and nginx serve the same bytes, turn by turn in the same run.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::figures::{cpu, median};
use super::nginx::Nginx;
use crate::http::Client;
use crate::server::{Magazine, Server};
use crate::{paths, process, tools};

const CONNECTIONS: [u32; 2] = [16, 64];
const ENCODINGS: [&str; 2] = ["identity", "gzip"];

/// How long one turn lasts, in seconds, and how many turns each server gets.
fn rounds(quick: bool) -> (u64, usize) {
    if quick { (1, 3) } else { (4, 5) }
}

/// A page under test and the file that nginx has of it.
struct Page {
    name: &'static str,
    path: String,
    file: &'static str,
}

/// One server's turns at one case.
#[derive(Default)]
struct Turns {
    per_second: Vec<f64>,
    cpu_micros: Vec<f64>,
}

pub fn bench(magazine: &Magazine, quick: bool) -> Result<()> {
    let (wrk, nginx) = (tools::find(&tools::WRK)?, tools::find(&tools::NGINX)?);
    let masthead = magazine.serve()?;
    let nginx = Nginx::start(&nginx, &paths::work().join("bench-nginx"))?;
    let pages = [
        Page { name: "front", path: "/".into(), file: "front.html" },
        Page { name: "article", path: super::archive::articles(&masthead, 1)?.remove(0), file: "article.html" },
        Page { name: "feed", path: "/rss/".into(), file: "feed.xml" },
    ];

    println!(
        "| page | encoding | bytes | connections | Masthead req/s | nginx req/s | ratio | Masthead µs CPU | nginx µs CPU | ratio |"
    );
    println!("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    for page in &pages {
        for encoding in ENCODINGS {
            let bytes = same_bytes(&masthead, &nginx, page, encoding)?;
            for connections in CONNECTIONS {
                let case = Case { wrk: &wrk, encoding, connections };
                let (ours, theirs) = turns(&case, &masthead, &nginx, page, rounds(quick))?;
                row(&[page.name, encoding, &bytes.to_string(), &connections.to_string()], &ours, &theirs);
            }
        }
    }
    println!("\nMedians. Above 1 in the first ratio and below 1 in the second, Masthead is ahead.");
    Ok(())
}

/// Gives nginx the very bytes that Masthead answers, and makes sure that both then answer them.
fn same_bytes(masthead: &Server, nginx: &Nginx, page: &Page, encoding: &str) -> Result<usize> {
    let ours = masthead.kept(&page.path, encoding)?;
    match ours.header("content-encoding") {
        None if encoding == "identity" => nginx.put(page.file, &ours.body, None)?,
        Some("gzip") => {
            let plain = masthead.kept(&page.path, "identity")?;
            nginx.put(page.file, &plain.body, Some(&ours.body))?;
        }
        other => bail!("{} came as {} when {encoding} was asked for", page.path, other.unwrap_or("identity")),
    }
    let theirs = Client::connect(nginx.address)?.get(&format!("/{}", page.file), encoding)?;
    if theirs.status != 200 || theirs.body != ours.body {
        bail!("nginx answers other bytes than Masthead for {} ({encoding})", page.path);
    }
    Ok(ours.body.len())
}

/// What all turns of a case share.
struct Case<'a> {
    wrk: &'a Path,
    encoding: &'a str,
    connections: u32,
}

/// The servers take turns, and take turns in going first.
fn turns(
    case: &Case,
    masthead: &Server,
    nginx: &Nginx,
    page: &Page,
    (seconds, rounds): (u64, usize),
) -> Result<(Turns, Turns)> {
    let (mut ours, mut theirs) = (Turns::default(), Turns::default());
    let file = format!("/{}", page.file);
    for round in 0..rounds {
        for first in [true, false] {
            if (round % 2 == 0) == first {
                case.turn(&mut ours, masthead.id(), masthead.address, &page.path, seconds)?;
            } else {
                case.turn(&mut theirs, nginx.id(), nginx.address, &file, seconds)?;
            }
        }
    }
    Ok((ours, theirs))
}

impl Case<'_> {
    fn turn(&self, turns: &mut Turns, server: u32, address: SocketAddr, path: &str, seconds: u64) -> Result<()> {
        let mut wrk = Command::new(self.wrk);
        wrk.args(["--threads", "2", "--connections", &self.connections.to_string()]);
        wrk.args(["--duration", &format!("{seconds}s"), "--header", &format!("Accept-Encoding: {}", self.encoding)]);
        wrk.arg(format!("http://{address}{path}"));
        let before = cpu(server)?;
        let report = process::output(&mut wrk, Duration::from_secs(seconds + 60))?;
        let spent = cpu(server)?.saturating_sub(before);
        let (requests, per_second) = read_report(&report)?;
        turns.per_second.push(per_second);
        turns.cpu_micros.push(spent.as_secs_f64() * 1e6 / requests);
        Ok(())
    }
}

/// The number of requests and the requests per second that wrk reports.
fn read_report(report: &str) -> Result<(f64, f64)> {
    if let Some(trouble) = report.lines().find(|line| line.contains("Non-2xx") || line.contains("Socket errors")) {
        bail!("wrk reports {}", trouble.trim());
    }
    let requests = report.lines().find_map(|line| line.trim().split_once(" requests in ")).map(|(count, _)| count);
    let per_second = report.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    let (requests, per_second) = requests.zip(per_second).context("wrk's report has no counts")?;
    Ok((requests.trim().parse()?, per_second.trim().parse()?))
}

fn row(what: &[&str], ours: &Turns, theirs: &Turns) {
    let (our_speed, their_speed) = (median(&ours.per_second), median(&theirs.per_second));
    let (our_cpu, their_cpu) = (median(&ours.cpu_micros), median(&theirs.cpu_micros));
    println!(
        "| {} | {our_speed:.0} | {their_speed:.0} | **{:.2}** | {our_cpu:.1} | {their_cpu:.1} | **{:.2}** |",
        what.join(" | "),
        our_speed / their_speed,
        our_cpu / their_cpu,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrks_report_is_read() {
        let report = "Running 1s test @ http://127.0.0.1:1/\n  42100 requests in 1.00s, 1.2GB read\nRequests/sec:  42050.10\nTransfer/sec:  1.2GB\n";
        assert_eq!(read_report(report).unwrap(), (42100.0, 42050.1));
    }

    #[test]
    fn a_turn_with_errors_does_not_count() {
        let report = "  9 requests in 1.00s, 1KB read\n  Non-2xx or 3xx responses: 9\nRequests/sec: 9.0\n";
        assert_eq!(read_report(report).unwrap_err().to_string(), "wrk reports Non-2xx or 3xx responses: 9");
    }
}
