//! `cargo xtask fuzz`: the fuzz target of frames, for a bounded time.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::need::need;
use super::{cargo, root, run};

/// The fuzzer's own version: pinned, so that a run today and one in a year do the same.
const CARGO_FUZZ: &str = "0.13.2";

/// Fuzzes frames for `seconds`. Installs cargo-fuzz under `target/` where it is not there yet.
pub fn fuzz(seconds: u32) -> Result<()> {
    // libFuzzer is C++.
    need("c++", "g++")?;
    let tool = installed()?;
    // The fuzzer adds what it finds to the first folder; the seeds stay as they are.
    let corpus = root().join("target/fuzz-corpus");
    std::fs::create_dir_all(&corpus)?;
    let mut fuzz = Command::new(&tool);
    fuzz.current_dir(root());
    // Stable Rust has no sanitizers; the codec has no unsafe code that would need one.
    fuzz.args(["fuzz", "run", "--sanitizer=none", "frame"]);
    fuzz.arg(&corpus).arg("fuzz/seeds/frame");
    fuzz.args([
        "--",
        &format!("-max_total_time={seconds}"),
        "-max_len=20000",
    ]);
    run(&mut fuzz).context("a crash is kept under fuzz/artifacts/frame")
}

fn installed() -> Result<PathBuf> {
    let tools = root().join("target/tools");
    let tool = tools.join("bin/cargo-fuzz");
    if !tool.is_file() {
        let version = format!("cargo-fuzz@{CARGO_FUZZ}");
        run(cargo()
            .args(["install", "--quiet", "--locked", &version, "--root"])
            .arg(&tools))
        .with_context(|| format!("install it by hand: cargo install {version}"))?;
    }
    Ok(tool)
}
