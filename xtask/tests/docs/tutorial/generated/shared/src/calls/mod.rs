//! What managers call of each other: the args and replies of those functions.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

pub mod bag;
