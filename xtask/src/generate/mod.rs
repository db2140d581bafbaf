//! `cargo xtask gen`: text -> spanned tree -> AST -> resolved, typed IR -> files.

pub mod ast;
pub mod diagnostic;
pub mod emit;
pub mod ir;
pub mod source;
