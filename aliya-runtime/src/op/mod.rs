//! Ops: what a database keeps of functions that happen once, whatever is repeated and whatever
//! crashes.
//!
//! An op is a row for each keyed request that wrote something, with its reply, and for each function
//! that calls managers of other processes, with all that it takes to go on with it. The protocol is
//! told in docs/decisions/0022-ops.md.

mod ended;
mod journal;
mod record;
mod sql;
mod status;
mod store;
mod tables;

pub(crate) use journal::{Entry, Journal, Sent, Then, diverged};
pub(crate) use record::{Op, hash_of};
pub(crate) use status::Status;
pub(crate) use store::{
    advance, collect, due, due_next, find, find_locked, insert, live, postpone, raise_floors, retry,
};
pub(crate) use tables::HISTORY;

/// How long the op of a client's request is kept after it was made, in milliseconds: 7 days.
pub(crate) const CLIENT_KEPT_MS: i64 = 7 * 86_400_000;

/// How long the op of a call between functions is kept after the request was made, in
/// milliseconds: 30 days.
pub(crate) const CHILD_KEPT_MS: i64 = 30 * 86_400_000;
