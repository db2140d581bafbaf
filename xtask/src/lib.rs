//! The project's tasks, as a library so that tests reach them.

pub mod explain;
pub mod generate;
pub mod migrate;
pub mod random;
pub mod tasks;
