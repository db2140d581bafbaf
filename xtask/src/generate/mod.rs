//! `cargo xtask gen`: text -> spanned tree -> AST -> resolved, typed IR -> files.

pub mod ast;
pub mod diagnostic;
pub mod ir;
pub mod resolve;
pub mod source;
