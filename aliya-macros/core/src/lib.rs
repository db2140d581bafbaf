//! The library behind aliya-macros and xtask.

pub mod expand;
