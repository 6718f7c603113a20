//! `zsm`: every office in one process, and the commands to work with them.

use std::process::ExitCode;

fn main() -> ExitCode {
    zsm_node::command::run()
}
