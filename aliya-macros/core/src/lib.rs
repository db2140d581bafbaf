//! The library behind aliya-macros and xtask: names, SQL dialects, statements, expansion.

pub mod dialect;
pub mod expand;
pub mod names;
pub mod sql;
