//! Reading the machine's counters, and summing up.

use std::fs;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::{Context, Result};

/// Processor time, user and system, of a process and its children that still run.
pub fn cpu(process: u32) -> Result<Duration> {
    let ticks = tree(process)?.into_iter().filter_map(|id| ticks_of(&stat(id)?)).sum::<u64>();
    Ok(Duration::from_secs_f64(ticks as f64 / ticks_per_second()))
}

/// Resident memory (`VmRSS`) in bytes.
pub fn resident(process: u32) -> Result<u64> {
    let status =
        fs::read_to_string(format!("/proc/{process}/status")).context("failed to read the process's status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("the process has no VmRSS")?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1024)
}

/// The middle of a list, or the mean of the two in the middle; 0 of nothing.
pub fn median(values: &[f64]) -> f64 {
    let sorted = sorted(values);
    match sorted.len() {
        0 => 0.0,
        length if length % 2 == 1 => sorted[length / 2],
        length => f64::midpoint(sorted[length / 2 - 1], sorted[length / 2]),
    }
}

/// The value below which `share` (0 to 1) of the list lies; 0 of nothing.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let sorted = sorted(values);
    let at = (sorted.len() as f64 * share) as usize;
    sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The process and its descendants.
fn tree(process: u32) -> Result<Vec<u32>> {
    let mut found = vec![process];
    let all: Vec<u32> =
        fs::read_dir("/proc")?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    let parents: Vec<(u32, u32)> = all.iter().filter_map(|&id| Some((id, parent_of(&stat(id)?)?))).collect();
    let mut at = 0;
    while let Some(&above) = found.get(at) {
        let children = parents.iter().filter(|(_, parent)| *parent == above);
        found.extend(children.map(|(id, _)| *id));
        at += 1;
    }
    Ok(found)
}

fn stat(process: u32) -> Option<String> {
    fs::read_to_string(format!("/proc/{process}/stat")).ok()
}

/// Field 4 of `/proc/PID/stat` (proc(5)); the name in field 2 may hold spaces and brackets.
fn parent_of(stat: &str) -> Option<u32> {
    field(stat, 4)?.parse().ok()
}

/// Fields 14 and 15: user and system time.
fn ticks_of(stat: &str) -> Option<u64> {
    Some(field(stat, 14)?.parse::<u64>().ok()? + field(stat, 15)?.parse::<u64>().ok()?)
}

fn field(stat: &str, number: usize) -> Option<&str> {
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_whitespace().nth(number.checked_sub(3)?)
}

fn ticks_per_second() -> f64 {
    static TICKS: OnceLock<f64> = OnceLock::new();
    *TICKS.get_or_init(|| {
        let asked = Command::new("getconf").arg("CLK_TCK").output().ok();
        asked.and_then(|answer| String::from_utf8(answer.stdout).ok()?.trim().parse().ok()).unwrap_or(100.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_counted_after_a_name_with_brackets() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194304 1 0 0 0 25 5 0 0 20 0";
        assert_eq!(parent_of(stat), Some(1));
        assert_eq!(ticks_of(stat), Some(30));
    }

    #[test]
    fn the_middle_and_the_end_of_a_list() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(percentile(&hundred, 0.99), 100.0);
        assert_eq!(percentile(&hundred, 0.5), 51.0);
    }

    #[test]
    fn our_own_counters_can_be_read() {
        let own = std::process::id();
        assert!(resident(own).unwrap() > 100_000);
        assert!(cpu(own).is_ok());
    }
}
