//! The Aliya game's server: the generated game, run by the runtime's command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    aliya_runtime::main(&generated::GAME)
}
