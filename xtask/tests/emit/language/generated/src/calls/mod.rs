//! What managers call of each other: the args and replies of those functions.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

pub mod balance;
pub mod book;
pub mod events;
pub mod forms;
pub mod luck;
pub mod many;
pub mod odd;
pub mod shared;
pub mod shop;
pub mod tally;
pub mod trade;
