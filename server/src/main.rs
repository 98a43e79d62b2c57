//! `fifteen`: the house as one program. What it can do is in `cli.rs`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::run()
}
