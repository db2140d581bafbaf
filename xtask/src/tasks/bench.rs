//! `cargo xtask bench [NAME]`: the measurements that the documentation claims.

use anyhow::{Result, bail};

use super::{build_time, cargo, growth, run};

/// Name, package, bench target, and what it measures.
const BENCHES: [(&str, &str, &str, &str); 4] = [
    (
        "frame",
        "aliya-runtime",
        "frame",
        "encoding and decoding of frames",
    ),
    (
        "frame-ratio",
        "aliya-runtime",
        "frame_ratio",
        "frames against the bare crates: at most 1.25",
    ),
    (
        "commit",
        "aliya-runtime",
        "commit",
        "grouped commits against one each: at least 10",
    ),
    (
        "load",
        "aliya",
        "load",
        "requests a second, latency and memory of a server",
    ),
];

/// Runs one benchmark, or all of them.
pub fn bench(name: Option<&str>) -> Result<()> {
    let Some(name) = name else {
        BENCHES
            .iter()
            .try_for_each(|bench| run_one(bench.1, bench.2))?;
        build_time::build_time()?;
        return growth::growth();
    };
    if name == "build" {
        return build_time::build_time();
    }
    if name == "gen" {
        return growth::growth();
    }
    match BENCHES.iter().find(|bench| bench.0 == name) {
        Some(bench) => run_one(bench.1, bench.2),
        None => bail!("there is no benchmark `{name}`; there are:\n{}", names()),
    }
}

/// The benchmarks, a line each.
pub fn names() -> String {
    let lines = BENCHES.map(|(name, _, _, what)| format!("  {name:12} {what}\n"));
    format!(
        "{}  build        a cold build, and an edit of managers.yaml to a running server\n  \
         gen          generating and building games of 10, 100 and 1,000 managers",
        lines.concat()
    )
}

fn run_one(package: &str, target: &str) -> Result<()> {
    run(cargo().args(["bench", "--locked", "--package", package, "--bench", target]))
}
