//! `cargo xtask test`: everything that must hold.

use anyhow::Result;

use super::{cargo, fuzz, run};

/// How long the fuzzer looks for something new; CI pays this on every run.
const FUZZ_S: u32 = 20;

/// Runs the tests of all crates, their documentation's examples, and the fuzz target for a short
/// while. `filter` goes to the test runner; with one, the fuzz target is left out.
pub fn test(filter: Option<&str>) -> Result<()> {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    if let Some(filter) = filter {
        return run(tests.args(["--", filter]));
    }
    run(&mut tests)?;
    fuzz::fuzz(FUZZ_S)
}
