//! `cargo xtask bench [NAME]`: the measurements that the documentation claims.

use anyhow::{Result, bail};

use super::{build_time, cargo, growth, run};

struct Bench {
    name: &'static str,
    package: &'static str,
    target: &'static str,
    /// Which part of the target, where it has several.
    part: Option<&'static str>,
    /// What it measures.
    what: &'static str,
}

const BENCHES: [Bench; 6] = [
    Bench {
        name: "frame",
        package: "aliya-runtime",
        target: "frame",
        part: None,
        what: "encoding and decoding of frames",
    },
    Bench {
        name: "frame-ratio",
        package: "aliya-runtime",
        target: "frame_ratio",
        part: None,
        what: "frames against the bare crates: at most 1.25",
    },
    Bench {
        name: "commit",
        package: "aliya-runtime",
        target: "commit",
        part: None,
        what: "grouped commits against one each: at least 10",
    },
    Bench {
        name: "load",
        package: "aliya",
        target: "load",
        part: Some("load"),
        what: "requests a second, latency and memory of a server",
    },
    Bench {
        name: "databases",
        package: "aliya",
        target: "load",
        part: Some("databases"),
        what: "requests a second on each database, beside the same SQL driven directly",
    },
    Bench {
        name: "ops",
        package: "aliya",
        target: "load",
        part: Some("ops"),
        what: "what a key costs a request, and three groups of managers against one",
    },
];

/// Runs one benchmark, or all of them.
pub fn bench(name: Option<&str>) -> Result<()> {
    let Some(name) = name else {
        BENCHES.iter().try_for_each(run_one)?;
        build_time::build_time()?;
        return growth::growth();
    };
    if name == "build" {
        return build_time::build_time();
    }
    if name == "gen" {
        return growth::growth();
    }
    match BENCHES.iter().find(|bench| bench.name == name) {
        Some(bench) => run_one(bench),
        None => bail!("there is no benchmark `{name}`; there are:\n{}", names()),
    }
}

/// The benchmarks, a line each.
pub fn names() -> String {
    let lines = BENCHES.map(|Bench { name, what, .. }| format!("  {name:12} {what}\n"));
    format!(
        "{}  build        a cold build, and an edit of managers.yaml to a running server\n  \
         gen          generating and building games of 10, 100 and 1,000 managers",
        lines.concat()
    )
}

fn run_one(bench: &Bench) -> Result<()> {
    let mut command = cargo();
    command.args(["bench", "--locked", "--package", bench.package]);
    command.args(["--bench", bench.target]);
    if let Some(part) = bench.part {
        command.args(["--", part]);
    }
    run(&mut command)
}
