//! A game of several parts, compiled as the packages that it is. (Games that other tests compile are
//! one part, and most are modules of a test.)

use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::workspace::workspace;
use super::{cargo, game, root};

/// Managers enough for two parts.
const MANAGERS: usize = 13;

/// Functions by hand: one that others call, whose reply lies in one package, its errors in another one,
/// and what installs them in a third.
const BY_HAND: &str = r#"managers:
  rhyme:
    port: 9000
    functions:
      rhyme:
        access: internal
        args: { word: { type: text, max: 9 }, kind: { type: supply_kind, default: coin } }
        errors: { none: [3, no rhyme] }
        outcomes: { poor: [4, a poor rhyme] }
        native: true
        reply: { word: text, others: list text }
  poem:
    port: 9001
    functions:
      line:
        args: { word: { type: text, max: 9 } }
        errors: { mute: [1, mute] }
        steps:
          - call: rhyme.rhyme
            with: { word: args.word }
            else: mute
            as: r
          - return: { line: r.word, others: r.others }
"#;

/// What the game's program would have.
const PROGRAM: &str = r#"
use generated::rhyme::{RhymeArgs, RhymeError, RhymeNative, RhymeReply};

struct ByHand;

impl RhymeNative for ByHand {
    async fn rhyme(
        &self,
        _: &mut aliya_runtime::Cx<'_>,
        args: &RhymeArgs,
    ) -> aliya_runtime::native::NativeResult<RhymeReply, RhymeError> {
        let reply = RhymeReply { word: args.word.clone(), others: Vec::new() };
        if args.word.is_empty() { Err(RhymeError::None.into()) } else { Ok(reply.poor()) }
    }
}

fn main() {
    let game = generated::game(&ByHand);
    assert!(game.manager("poem").is_some_and(|poem| poem.function("line").is_some()));
}
"#;

#[test]
fn a_game_of_several_parts_compiles_without_a_warning() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tmp/packages");
    fs::create_dir_all(folder.join("managers"))?;
    let folder = folder.canonicalize()?;
    game::write(&folder, MANAGERS)?;
    fs::write(folder.join("managers/by_hand.yaml"), BY_HAND)?;
    let args = crate::generate::command::Gen {
        root: Some(folder.clone()),
        ..Default::default()
    };
    let mut said = Vec::new();
    crate::generate::command::run(&args, &mut said)?;
    let parts = (0..).take_while(|at| folder.join(format!("generated/part-{at}")).exists());
    ensure!(parts.count() == 2, "{}", String::from_utf8_lossy(&said));
    workspace(&folder)?;
    fs::create_dir_all(folder.join("generated/examples"))?;
    fs::write(folder.join("generated/examples/program.rs"), PROGRAM)?;
    let checked = cargo()
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", root().join("target"))
        .args(["check", "--offline", "--package", "generated", "--examples"])
        .stdin(Stdio::null())
        .output()
        .context("cargo does not start")?;
    let said = String::from_utf8_lossy(&checked.stderr);
    ensure!(
        checked.status.success() && !said.contains("warning"),
        "{said}"
    );
    Ok(())
}

/// `[profile.dev]` is that of the game, which has none.
#[test]
fn all_packages_but_the_game_have_debug_assertions() -> Result<()> {
    let metadata = ["metadata", "--no-deps", "--offline", "--format-version=1"];
    let metadata = cargo().args(metadata).output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout)?;
    let packages = metadata["packages"].as_array().context("packages")?;
    let names = packages
        .iter()
        .filter_map(|package| package["name"].as_str());
    let own: Vec<_> = names
        .filter(|name| !name.starts_with("generated"))
        .collect();
    ensure!(own.contains(&"aliya-runtime"), "{own:?}");
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    for name in own {
        let header = format!("[profile.dev.package.{name}]\n");
        let (_, section) = manifest.split_once(&header).context(header)?;
        let section = section.split("\n\n").next().unwrap_or_default();
        ensure!(
            section.contains("debug-assertions = true"),
            "{name}: {section}"
        );
    }
    Ok(())
}
