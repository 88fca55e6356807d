//! `measure-time SAMPLE PAGE SECONDS`: the processor time of each work on a body.
//!
//! Writes the sample body and the page made of it to the two files, for a renderer that is to be
//! held against this one. Then each work is done again and again until it has taken so many seconds
//! of processor time (user and system, all threads), and printed as a line: its name, a tab,
//! microseconds a body.

mod cards;
mod sample;
mod work;

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Bodies before the clock is first read, and between two readings.
const BATCH: u32 = 16;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [sample, page, seconds] = args.as_slice() else { return Err("measure-time SAMPLE PAGE SECONDS".into()) };
    let limit = Duration::from_secs_f64(seconds.parse()?);
    let body = sample::body();
    std::fs::write(sample, &body)?;
    std::fs::write(page, work::page(&body))?;
    work::each(&body, |name, work| println!("{name}\t{:.3}", micros(work, limit)));
    Ok(())
}

fn micros(work: &dyn Fn(), limit: Duration) -> f64 {
    (0..BATCH).for_each(|_| work());
    let (start, mut bodies) = (cpu(), 0);
    loop {
        (0..BATCH).for_each(|_| work());
        bodies += BATCH;
        let taken = cpu().saturating_sub(start);
        if taken >= limit {
            return taken.as_secs_f64() * 1e6 / f64::from(bodies);
        }
    }
}

/// Processor time of this process so far.
fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}
