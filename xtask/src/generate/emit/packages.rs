//! The packages that a game is compiled as: what its managers share, parts of some managers each,
//! and over them `generated`, which the game's program uses.
//!
//! No part needs another one, so cargo compiles several at a time, and after a change the one that
//! has changed. A module lies in the package that has it: of files elsewhere cargo keeps whole paths, and
//! a checkout that was copied with its target folder would be built of those of the first.

use aliya_macros_core::names;
use sha2::{Digest, Sha256};

use super::Files;
use super::game::{ATTRIBUTES, ROOT};
use super::print;
use crate::generate::ir::{Game, Manager, ManagerId};

/// About how many functions a part has at most. Less would make packages that take longer to begin
/// than to compile, more would leave less to compile at a time.
const PART_FUNCTIONS: usize = 128;

/// What the packages are.
const SHARED: &str = "What the managers of the game share";
const PART: &str = "Some managers of the game";

/// generated/rustfmt.toml
pub(super) const RUSTFMT_TOML: &str = "# `cargo xtask gen` formats what it writes, and would undo what rustfmt does to it.\n\
     disable_all_formatting = true\n";

/// The module of what managers call of each other.
pub(super) const CALLS: &str = "calls";

/// The module of the histories of tables.
pub(super) const MIGRATIONS: &str = "migrations";

/// The folder of what managers share.
const SHARED_FOLDER: &str = "shared";

/// The manifests and roots of all packages but the root of `generated`; `shared` names the modules
/// that managers share.
pub(super) fn files(game: &Game, shared: &[&str]) -> Files {
    let parts = parts(game);
    let mut files = Files::from([
        ("Cargo.toml".to_owned(), facade_manifest(parts.len())),
        ("rustfmt.toml".to_owned(), RUSTFMT_TOML.to_owned()),
        (
            format!("{SHARED_FOLDER}/Cargo.toml"),
            manifest_below(SHARED_FOLDER, SHARED, ""),
        ),
        (in_shared("lib"), shared_root(shared)),
    ]);
    for (at, managers) in parts.iter().enumerate() {
        let folder = part(at);
        let needs = "generated-shared = { path = \"../shared\" }\n";
        let (root, manifest) = (
            part_root(game, managers, shared),
            manifest_below(&folder, PART, needs),
        );
        files.insert(format!("{folder}/Cargo.toml"), manifest);
        files.insert(format!("{folder}/src/lib.rs"), root);
    }
    files
}

/// The file of a module that managers share.
pub(super) fn in_shared(module: &str) -> String {
    format!("{SHARED_FOLDER}/src/{module}.rs")
}

/// The file of a manager's module in a part.
pub(super) fn in_part(at: usize, manager: &str) -> String {
    let module = names::module_name(manager);
    format!("{}/src/{}.rs", part(at), names::plain(&module))
}

/// Writes into each manifest what its package holds. Cargo looks at the times of files: where several
/// checkouts share a target folder, it would take what was built of another one for built of this one.
pub(super) fn seal(files: &mut Files) {
    let manifests: Vec<String> = files
        .keys()
        .filter(|it| it.ends_with("Cargo.toml"))
        .cloned()
        .collect();
    for manifest in manifests {
        let folder = manifest.trim_end_matches("Cargo.toml");
        let sources = format!("{folder}src/");
        let mut hash = Sha256::new();
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with(&sources)) {
            for part in [path, text] {
                hash.update(part);
                // No text of a file has it.
                hash.update([0xff]);
            }
        }
        let digest: String = hash
            .finalize()
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let sealed = format!(
            "\n# What src/ holds. Cargo goes by it, beside the times of files, which checkouts that share a target\n\
             # folder have in common by chance.\n[lints.rust]\n\
             unexpected_cfgs = {{ level = \"warn\", check-cfg = ['cfg(holds, values(\"{digest}\"))'] }}\n"
        );
        files
            .entry(manifest)
            .and_modify(|text| text.push_str(&sealed));
    }
}

/// The managers of each part. They stay where they are when others come and go, until a game has
/// outgrown its parts: then each is parted in two.
pub(super) fn parts(game: &Game) -> Vec<Vec<ManagerId>> {
    let functions = game.managers.iter().map(|it| it.functions.len());
    let functions: usize = functions.sum();
    let count = functions.div_ceil(PART_FUNCTIONS).next_power_of_two();
    let mut parts = vec![Vec::new(); count];
    for (at, manager) in game.managers.iter().enumerate() {
        parts[usize::from(place(manager)) % count].push(ManagerId(at));
    }
    parts
}

/// A number that says no more of a manager than its name does.
fn place(manager: &Manager) -> u16 {
    let hash = Sha256::digest(&manager.name);
    u16::from_be_bytes([hash[0], hash[1]])
}

/// The name of a part, which is that of its folder.
pub(super) fn part(at: usize) -> String {
    format!("part-{at}")
}

/// The manifest of a package.
fn manifest(name: &str, about: &str, needs: &str) -> String {
    format!(
        r#"[package]
name = "{name}"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
publish.workspace = true
description = "{about}, as `cargo xtask gen` writes it. Nobody edits it."

[dependencies]
aliya-runtime.workspace = true
{needs}"#
    )
}

/// The same of a package below `generated`.
fn manifest_below(name: &str, about: &str, needs: &str) -> String {
    manifest(&format!("generated-{name}"), about, needs)
}

/// generated/Cargo.toml
fn facade_manifest(parts: usize) -> String {
    let parts = (0..parts).map(part);
    let parts = parts.map(|part| format!("generated-{part} = {{ path = \"{part}\" }}\n"));
    let needs = parts.collect::<String>() + "generated-shared = { path = \"shared\" }\n";
    manifest("generated", "The game", &needs)
}

fn shared_root(shared: &[&str]) -> String {
    let modules = shared.iter().map(|name| module(name));
    root(SHARED, &modules.collect::<String>())
}

fn part_root(game: &Game, managers: &[ManagerId], shared: &[&str]) -> String {
    let modules = managers.iter().map(|id| {
        let name = names::module_name(&game.the_manager(*id).name);
        module(&name)
    });
    let modules: String = modules.collect();
    let shared = shared.join(", ");
    let body = format!("pub use ::generated_shared::{{{shared}}};\n\n{modules}");
    root(PART, &body)
}

fn module(name: &str) -> String {
    format!("pub mod {name};\n")
}

fn root(about: &str, body: &str) -> String {
    format!(
        "{}{ATTRIBUTES}\n{body}",
        print::head(&format!("{about}."), ROOT)
    )
}
