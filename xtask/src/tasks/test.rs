//! `cargo xtask test`: everything that must hold.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

use aliya_test_servers::{Kind, ON, On, Server};
use anyhow::{Context, Result, bail};

use super::need::{need, need_server};
use super::{cargo, fuzz, line};

/// How long the fuzzer looks for something new; CI pays this on every run.
const FUZZ_S: u32 = 20;

/// Runs the tests of all crates, their documentation's examples, and the fuzz target for a short
/// while.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Test {
    /// Only tests whose name contains this; the fuzz target is left out
    pub filter: Option<String>,
    /// The databases to test on, with commas between them: sqlite, postgres, mariadb [default: all]
    #[arg(long, value_name = "DATABASES")]
    pub on: Option<String>,
}

/// Runs them. One server of each kind that is tested on is started before and stopped afterwards;
/// what it takes is installed where that is possible.
pub fn test(args: &Test) -> Result<()> {
    let on = match &args.on {
        Some(on) => on.clone(),
        None => std::env::var(ON).unwrap_or_else(|_| On::ALL.map(On::name).join(",")),
    };
    let mut servers = Vec::new();
    for on in aliya_test_servers::parse(&on)? {
        if let On::Server(kind) = on {
            servers.push(started(kind)?);
        }
    }
    let tests = run_tests(args.filter.as_deref(), &on, &servers)?;
    drop(servers);
    let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    if ci && tests.skipped > 0 {
        bail!("{} tests were skipped, and CI skips none", tests.skipped);
    }
    if args.filter.is_none() {
        fuzz::fuzz(FUZZ_S)?;
    }
    println!(
        "{} passed, {} failed, {} skipped",
        tests.passed, tests.failed, tests.skipped
    );
    Ok(())
}

fn started(kind: Kind) -> Result<Server> {
    need_server(kind)?;
    if kind == Kind::Postgres {
        // Some tests stand it between the program and the server.
        need("pgbouncer", "pgbouncer")?;
    }
    let begin = Instant::now();
    let server = Server::start(kind)?;
    let took = begin.elapsed().as_secs_f64();
    eprintln!("{} was there after {took:.1} s", kind.name());
    Ok(server)
}

/// How many tests did what.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tests {
    passed: u32,
    failed: u32,
    skipped: u32,
}

fn run_tests(filter: Option<&str>, on: &str, servers: &[Server]) -> Result<Tests> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    command.env(ON, on);
    for admin in servers.iter().map(Server::admin) {
        command.env(admin.kind.shared_by(), admin.url(""));
    }
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    let line = line(&command);
    eprintln!("$ {line}");
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut tests = Tests::default();
    for said in BufReader::new(child.stdout.take().context("stdout is piped")?).lines() {
        let said = said?;
        tests.count(&said);
        println!("{said}");
    }
    let status = child.wait()?;
    if !status.success() {
        let Tests { passed, failed, .. } = tests;
        bail!("`{line}` failed: {status} ({passed} passed, {failed} failed)");
    }
    if tests.passed == 0 {
        bail!("`{line}` ran no test");
    }
    Ok(tests)
}

impl Tests {
    /// Adds what a line such as `test result: ok. 35 passed; 0 failed; 1 ignored; ...` says.
    fn count(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        for part in result.split([';', '.']) {
            let Some((number, what)) = part.trim().split_once(' ') else {
                continue;
            };
            let number = number.parse::<u32>().unwrap_or_default();
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.skipped += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_summed() {
        let mut tests = Tests::default();
        tests.count("running 3 tests");
        tests.count("test result: ok. 35 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 2.63s");
        tests.count("test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s");
        let expected = Tests {
            passed: 39,
            failed: 2,
            skipped: 1,
        };
        assert_eq!(tests, expected);
    }
}
