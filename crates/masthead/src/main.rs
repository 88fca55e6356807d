//! The program. Everything is in the library, so that tests go through the same doors.

fn main() -> std::process::ExitCode {
    masthead::cli::run()
}
