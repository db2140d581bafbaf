//! The server of the game `chaos`, whose declaration lies in the package's folder.

#![allow(missing_docs)]

use std::process::ExitCode;

// All that is generated, as it lies there. Here one crate stands for its packages.
extern crate self as generated_part_0;
extern crate self as generated_shared;
#[path = "../../generated/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_all;
#[path = "../../generated/part-0/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_part;
#[path = "../../generated/shared/src/lib.rs"]
#[rustfmt::skip]
pub mod root_of_shared;
pub use root_of_all::*;
pub use root_of_part::*;
pub use root_of_shared::*;

fn main() -> ExitCode {
    aliya_runtime::main(&GAME)
}
