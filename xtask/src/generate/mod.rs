//! `cargo xtask gen`: text -> spanned tree -> AST -> resolved, typed IR -> files.

pub mod ast;
pub mod beside;
pub mod command;
pub mod diagnostic;
pub mod emit;
pub mod expr;
pub mod files;
pub mod ir;
pub mod load;
mod parallel;
pub mod parse;
pub mod resolve;
pub mod source;
pub mod yaml;

use std::path::Path;

/// Everything that the stages have to say about a managers.yaml of this text, as people see it
/// without colours; empty where all is well. What it includes is read from disk.
pub fn check_text(managers_yaml: &Path, text: &str) -> String {
    let mut loaded = load::load_text(managers_yaml, text);
    if loaded.complete {
        resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics);
    }
    loaded.diagnostics.render(&loaded.sources, false)
}
