//! The project's tasks, as a library so that tests reach them.

// `quote!` of the generator reads a token at a time.
#![recursion_limit = "512"]

pub mod explain;
pub mod generate;
pub mod line_ends;
pub mod migrate;
pub mod random;
pub mod tasks;
