//! `measure-allocations`: what each work on a body takes from the allocator.
//!
//! Printed as a line: its name, bytes and number of allocations a body, divided by tabs. A buffer
//! that grows counts each time, with its whole new size. Apart from the measuring of time, because
//! the counting itself takes time.

mod cards;
mod sample;
mod work;

fn main() {
    work::each(&sample::body(), |name, work| {
        // Once before, so that what is made only once is not counted.
        work();
        let taken = allocation_counter::measure(work);
        println!("{name}\t{}\t{}", taken.bytes_total, taken.count_total);
    });
}
