//! `cargo xtask samples`: records what the server answers to the samples of the documentation.

use anyhow::{Result, bail};

use super::{cargo, run};
use crate::generate::command::{self, Gen, Outcome};

/// Generates the requests, sends them, and generates the documentation with the replies.
pub fn samples() -> Result<()> {
    generate()?;
    let mut test = cargo();
    test.args(["test", "--quiet", "--test", "it", "samples::"]);
    run(test.env("UPDATE_EXPECT", "1"))?;
    generate()
}

fn generate() -> Result<()> {
    match command::run(&Gen::default(), &mut std::io::stdout())? {
        Outcome::Done => Ok(()),
        Outcome::Wrong | Outcome::Stale => bail!("managers.yaml has mistakes"),
    }
}
