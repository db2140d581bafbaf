//! Proof by faults: a game in real processes, whose functions have every shape that a call over
//! several groups can have, is played while processes, the database and the network between all of
//! them fail. Afterwards nothing is lost, nothing is done twice, and nothing is left half done.
//!
//! [`run`] does all of it. `cargo xtask chaos --minutes N` runs it for longer than a test does.

mod cluster;
pub mod crash;
mod database;
mod faults;
mod invariants;
mod layout;
mod load;
mod operator;
mod ops;
mod part;
mod plan;
mod processes;
pub mod proxy;
mod report;
mod request;
mod run;
mod seed;
mod settle;
mod world;

pub use report::Report;
pub use run::{Options, Shape, run};
