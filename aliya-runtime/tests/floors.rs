//! The floors of the runtime: a module names modules of its own floor and of those below it, never
//! one above. So the code can be read from the bottom, and no change goes round in a circle.

#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, the lowest first. Modules of one floor may name each other.
const FLOORS: &[&[&str]] = &[
    &["types"],
    &[
        "clock",
        "crash",
        "deadline",
        "frame",
        "key",
        "panics",
        "rate_limit",
        "secrets",
        "shutdown",
        "time_zone",
        "told",
    ],
    &["wire"],
    &["stop"],
    &["client", "config", "envelope", "random"],
    &["db"],
    &["columns"],
    &["allow", "op", "runs"],
    &["call", "cx", "function", "native", "ops", "prelude"],
    &["credential"],
    &["group"],
    &["dispatch", "newcomers", "schedule"],
    &["manager_server", "token"],
    &["gateway"],
    &["peers"],
    &["settings"],
    &["program"],
];

#[test]
fn no_module_names_one_of_a_higher_floor() {
    let floors: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, modules)| modules.iter().map(move |module| (*module, floor)))
        .collect();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    assert!(files.len() > 100, "{} files", files.len());
    let mut wrong = Vec::new();
    let mut named = 0;
    for file in files {
        let module = module_of(&src, &file);
        let text = fs::read_to_string(&file).unwrap();
        // Tests may name anything.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let Some(own) = floors.get(module.as_str()) else {
            wrong.push(format!("{module} stands on no floor"));
            continue;
        };
        for other in names(code) {
            named += 1;
            match floors.get(other.as_str()) {
                Some(floor) if floor <= own => {}
                Some(_) => wrong.push(format!("{module} names {other}: {}", file.display())),
                None => wrong.push(format!("{other} stands on no floor: {}", file.display())),
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(named > 300, "only {named} names were found");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The module right below the crate's root that a file belongs to.
fn module_of(src: &Path, file: &Path) -> String {
    let below = file.strip_prefix(src).unwrap();
    let first = below.components().next().unwrap().as_os_str();
    first.to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The modules that code names by their path from the crate's root.
fn names(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in code.lines() {
        // What comments refer to is not needed to build.
        if line.trim_start().starts_with("//") {
            continue;
        }
        for rest in line.split("crate::").skip(1) {
            match rest.strip_prefix('{') {
                Some(list) => names.extend(list.split(',').map(first_word)),
                None => names.push(first_word(rest)),
            }
        }
    }
    // Items of the root, such as `BoxFuture`, are no modules.
    names.retain(|name| name.starts_with(|first: char| first.is_ascii_lowercase()));
    names
}

fn first_word(text: &str) -> String {
    let text = text.trim_start();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.chars().take_while(|c| is_word(*c)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_test = name == "tests" || name == "tests.rs" || name.ends_with("_tests.rs");
        if path.is_dir() && !is_test {
            collect(&path, files);
        } else if name.ends_with(".rs") && name != "lib.rs" && !is_test {
            files.push(path);
        }
    }
}
