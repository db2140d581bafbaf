//! The library behind aliya-macros and xtask: names, SQL dialects, statements, expansion.

pub mod expand;
pub mod names;
