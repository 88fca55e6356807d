//! The program as it is run: started, asked, killed, restarted, fed with bad input.

mod backup;
mod bad_input;
mod check;
mod export_static;
mod ghost;
mod host;
mod kill;
mod restart;
mod server;
mod wordpress;
