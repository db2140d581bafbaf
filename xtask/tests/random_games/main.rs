//! Whatever the generator accepts compiles, without a warning, and runs: random managers, many of
//! them in one game, which is built once and called over SQLite.
//!
//! `RANDOM_MANAGERS` says how many (12 if unset), `RANDOM_SEED` which (1): the same seed gives the same
//! game. What was built lies in `target/random-games`.

mod declare;
mod exprs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use declare::{Callable, HEAD, Manager};
use serde_json::{Value, json};
use xtask::generate::command::{Gen, Outcome, run};
use xtask::generate::ir::{self, Ty};
use xtask::generate::{load, resolve};
use xtask::random::Random;

/// How many functions a manager has.
const FUNCTIONS: usize = 6;

/// How many functions are tried for a manager at most; some are not right.
const TRIES: usize = 30;

/// How often each function is called.
const CALLS: usize = 4;

fn setting(name: &str, unset: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.map_or(unset, |set| set.parse().expect("a number"))
}

/// A game that the generator accepts, as text.
fn game(random: &mut Random, managers: usize) -> String {
    let mut text = HEAD.to_owned();
    let mut callable: Vec<Callable> = Vec::new();
    let (mut tried, mut accepted) = (0, 0);
    for at in 0..managers {
        let mut manager = Manager::new(random, at);
        for _ in 0..TRIES {
            if manager.functions.len() == FUNCTIONS {
                break;
            }
            tried += 1;
            let candidate = manager.candidate(random, &callable);
            if understood(&format!("{text}{}", manager.text(Some(&candidate.text)))).is_ok() {
                manager.accept(candidate);
                accepted += 1;
            }
        }
        if !manager.functions.is_empty() {
            text += &manager.text(None);
            callable.extend(manager.callable());
        }
    }
    println!("{accepted} of {tried} functions are right");
    assert!(
        accepted * 3 > tried,
        "most that is tried should be right:\n{text}"
    );
    text
}

fn understood(text: &str) -> Result<ir::Game, String> {
    let mut loaded = load::load_text(Path::new("managers.yaml"), text);
    let game = resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    match loaded.diagnostics.has_errors() {
        false => Ok(game),
        true => Err(loaded.diagnostics.render(&loaded.sources, false)),
    }
}

#[test]
fn whatever_is_accepted_compiles_and_runs() {
    let seed = setting("RANDOM_SEED", 1);
    let managers = usize::try_from(setting("RANDOM_MANAGERS", 12)).expect("a small number");
    let mut random = Random::new(seed);
    let text = game(&mut random, managers);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/random-games");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    write(&folder, "managers.yaml", &text);
    let mut said = Vec::new();
    let args = Gen {
        root: Some(folder.clone()),
        ..Gen::default()
    };
    let outcome = run(&args, &mut said).expect("reads and writes");
    assert_eq!(outcome, Outcome::Done, "{}", String::from_utf8_lossy(&said));

    let calls = calls(&mut random, &understood(&text).expect("is right"));
    write(&folder, "calls.json", &calls.to_string());
    write(&folder, "src/main.rs", include_str!("driver.rs"));
    write(&folder, "Cargo.toml", &cargo_toml());
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("copies");
    build(&folder);
    let database = tempfile::tempdir().expect("a folder");
    let ran = Command::new(target().join("debug/random-games"))
        .arg(database.path())
        .arg(folder.join("calls.json"))
        .output()
        .expect("starts");
    let said =
        String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "seed {seed}: {said}");
    println!("{said}");
}

/// Every function, some times, with random args.
fn calls(random: &mut Random, game: &ir::Game) -> Value {
    let mut calls = Vec::new();
    for _ in 0..CALLS {
        for manager in &game.managers {
            for function in &manager.functions {
                let args = function
                    .args
                    .iter()
                    .filter_map(|arg| Some((arg.name.clone(), value(random, game, &arg.ty)?)));
                calls.push(json!([
                    manager.name,
                    function.name,
                    Value::Object(args.collect())
                ]));
            }
        }
    }
    Value::Array(calls)
}

/// A value for an arg; `None` leaves it out.
fn value(random: &mut Random, game: &ir::Game, ty: &Ty) -> Option<Value> {
    Some(match ty {
        Ty::Int | Ty::Id => json!(random.pick(&[-1, 0, 1, 2, 3, i64::MAX])),
        Ty::Time => json!(random.pick(&[0, 1, 5_000_000])),
        Ty::Float => json!(random.pick(&[-0.5, 0.0, 2.5])),
        Ty::Bool => json!(random.chance(50)),
        Ty::Text | Ty::Player => json!(random.pick(&["", "a", "ann", "it's \"{x}\""])),
        Ty::Enum(id) => {
            let variant = random.pick(&game.enums[id.0].variants);
            variant
                .number
                .map_or_else(|| json!(variant.name), |number| json!(number))
        }
        Ty::List(item) => {
            let count = random.below(3);
            (0..count)
                .filter_map(|_| value(random, game, item))
                .collect()
        }
        Ty::Optional(inner) if random.chance(50) => return value(random, game, inner),
        Ty::Optional(_) => return None,
        other => panic!("an arg of type {other:?}"),
    })
}

/// Builds it; neither an error nor a warning may be said.
fn build(folder: &Path) {
    let built = Command::new(env!("CARGO"))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target())
        .args(["build", "--offline", "--quiet"])
        .output()
        .expect("starts");
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(
        built.status.success() && !said.contains("warning"),
        "{said}"
    );
}

/// A folder of its own, which the growth of generated crates is measured in, too: what they need is
/// built once.
fn target() -> PathBuf {
    root().join("target/games")
}

fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("a workspace").to_owned()
}

fn write(folder: &Path, file: &str, text: &str) {
    fs::write(folder.join(file), text).expect("writes");
}

fn cargo_toml() -> String {
    format!(
        r#"[workspace]
members = ["generated"]
resolver = "3"

[workspace.package]
version = "0.1.0"
edition = "2024"
rust-version = "1.95"
license = "MIT"
publish = false

[workspace.dependencies]
aliya-runtime = {{ path = {:?} }}

[package]
name = "random-games"
edition = "2024"

[dependencies]
aliya-runtime.workspace = true
generated = {{ path = "generated" }}
serde_json = "1"
tokio = {{ version = "1", features = ["rt"] }}
"#,
        root().join("aliya-runtime"),
    )
}
