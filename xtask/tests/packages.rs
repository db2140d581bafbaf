//! The packages that a game is written as lie where they are built: in a checkout that was copied, or beside
//! another one with one target folder, cargo builds what lies there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use xtask::generate::command::{Gen, Outcome, run};

/// Two managers, of which a game's packages are made, and something that differs.
fn game(said: &str) -> String {
    format!(
        "game: small\ntime_zone: UTC\nmanagers:\n  clock:\n    port: 9000\n    functions:\n      tell: {{ \
         access: public, steps: [{{ return: {{ said: '\"{said}\"' }} }}] }}\n"
    )
}

/// Stands for all that a game needs, so that the packages build alone.
const RUNTIME: &str =
    "[package]\nname = \"aliya-runtime\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
    fs::write(path, text).expect("writes");
}

fn generate(root: &Path, said: &str) {
    write(root, "managers.yaml", &game(said));
    let args = Gen {
        root: Some(root.to_owned()),
        ..Gen::default()
    };
    let outcome = run(&args, &mut Vec::new()).expect("writes");
    assert_eq!(outcome, Outcome::Done);
}

/// A checkout whose package of managers says what the game says, by a program.
fn checkout(said: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    generate(root, said);
    write(root, "runtime/Cargo.toml", RUNTIME);
    write(root, "runtime/src/lib.rs", "");
    for package in ["shared", "part-0"] {
        let manifest = root.join(format!("generated/{package}/Cargo.toml"));
        let text = fs::read_to_string(&manifest).expect("reads");
        fs::write(
            manifest,
            text.replace("aliya-runtime.workspace = true\n", ""),
        )
        .expect("writes");
    }
    // What is generated needs the runtime; here it is a module of a text.
    write(root, "generated/shared/src/lib.rs", "");
    let module = root.join("generated/part-0/src/clock.rs");
    let text = fs::read_to_string(&module).expect("reads");
    assert!(text.contains(said), "{text}");
    fs::write(module, format!("pub const SAID: &str = {said:?};\n")).expect("writes");
    write(root, "generated/part-0/src/lib.rs", "pub mod clock;\n");
    write(
        root,
        "Cargo.toml",
        "[workspace]\nmembers = [\"generated/shared\", \"generated/part-0\"]\nresolver = \"3\"\n\n[workspace.package]\n\
         version = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.95\"\nlicense = \"MIT\"\npublish = false\n\n\
         [package]\nname = \"game\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         generated-part-0 = { path = \"generated/part-0\" }\n",
    );
    write(
        root,
        "src/main.rs",
        "fn main() { println!(\"{}\", generated_part_0::clock::SAID); }\n",
    );
    folder
}

/// What the program of a checkout says, built in a target folder.
fn said(root: &Path, target: &Path) -> String {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(root)
        .args(["run", "--quiet", "--offline"])
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Copies a folder with the times of its files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
            continue;
        }
        fs::copy(&path, &to).expect("copies");
        let modified = path.metadata().and_then(|about| about.modified());
        let file = fs::File::options().append(true).open(&to).expect("opens");
        file.set_modified(modified.expect("a time")).expect("sets");
    }
}

#[test]
fn a_copied_checkout_builds_what_lies_in_it() {
    let first = checkout("first");
    let target = |root: &Path| root.join("target");
    assert_eq!(said(first.path(), &target(first.path())), "first");
    let second = tempfile::tempdir().expect("a folder");
    copy(first.path(), second.path());
    let module = second.path().join("generated/part-0/src/clock.rs");
    fs::write(module, "pub const SAID: &str = \"second\";\n").expect("writes");
    assert_eq!(said(second.path(), &target(second.path())), "second");
}

/// The second was written before the first was built: by the times of its files nothing is to be built.
#[test]
fn checkouts_with_one_target_folder_build_what_lies_in_each() {
    let (first, second) = (checkout("first"), checkout("second"));
    let target = tempfile::tempdir().expect("a folder");
    for (checkout, expected) in [
        (&first, "first"),
        (&second, "second"),
        (&first, "first"),
        (&second, "second"),
    ] {
        assert_eq!(said(checkout.path(), target.path()), expected);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn no_package_has_a_file_of_another_one() {
    let folder = tempfile::tempdir().expect("a folder");
    generate(folder.path(), "here");
    let rust = files(&folder.path().join("generated"));
    let rust = rust
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let mut looked = 0;
    for path in rust {
        let text = fs::read_to_string(path).expect("reads");
        assert!(
            !text.contains("#[path") && !text.contains("include!("),
            "{}",
            path.display()
        );
        looked += 1;
    }
    assert!(looked > 4, "{looked}");
}

/// The task runs over the folder in which it runs, not over the one in which it was built.
#[test]
fn a_task_that_was_built_elsewhere_works_where_it_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("managers.yaml"), game("here")).expect("writes");
    for (name, value) in [
        ("CARGO_MANIFEST_DIR", Some(folder.path().join("xtask"))),
        ("CARGO_MANIFEST_DIR", None),
    ] {
        let mut task = Command::new(env!("CARGO_BIN_EXE_xtask"));
        task.arg("gen").current_dir(folder.path()).env_remove(name);
        task.envs(value.map(|value| (name, value)));
        let output = task.output().expect("runs");
        assert!(output.status.success(), "{output:?}");
        assert!(folder.path().join("generated/Cargo.toml").exists());
        fs::remove_dir_all(folder.path().join("generated")).expect("is there");
    }
    // What names a folder of the sources when the program is built.
    let sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    for path in sources {
        let text = fs::read_to_string(&path).expect("reads");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_test = path.components().any(|part| part.as_os_str() == "tests")
            || ["tests.rs", "compiles.rs"]
                .iter()
                .any(|name| path.ends_with(name));
        assert!(
            is_test || !code.contains("env!(\"CARGO_MANIFEST_DIR\")"),
            "{}",
            path.display()
        );
    }
}
