//! The protocol that makes a function over several groups all or nothing, and applied once, as a model so
//! small that [`explore()`] visits every state that crashes and lost, repeated and late messages lead to.
//!
//! A **group** is a process with a database. Three groups take part: the weapon's, which is the caller,
//! and as callees the bag's and the purse's. The function of the weapon that calls the other groups:
//!
//! ```yaml
//! level_up:
//!   - read:  level                  # own row, read without a transaction
//!   - take:  10 * level iron        # from the bag; may be refused, and can be undone
//!   - take:  10 * level gold        # from the purse; may be refused, and can be undone
//!   - write: level = level + 1      # own row: the commit point
//!   - give:  5 iron of scrap        # to the bag; cannot be refused
//! ```
//!
//! Two clients request `level_up`. A third requests `boost`, which needs no other group: the write
//! `level = level + 1`, refused below level 2. Somebody else takes 50 iron from the bag, once.
//!
//! An **op** is the row of a request in the caller's database, by the request's key. The op says how far
//! the function is; a message is sent only when the op says that the message may have been sent:
//!
//! ```text
//!          takes done, level as it was read           give done
//!  TAKING ──────────────────────────────────▶ GIVING ───────────▶ ended: the new level
//!   │ ▲ │               commit
//!   │ │ │  first take refused
//!   │ │ └───────────────────────────────────────────────────────▶ ended: the error
//!   │ │                                                              ▲
//!   │ │  takes undone, after a changed level                         │
//!   │ └──────────────────────────────────── UNDOING ─────────────────┘
//!   │  second take refused,                    ▲     takes undone, after a refusal
//!   └──────────────────────────────────────────┘
//!      or takes done and level changed
//! ```
//!
//! An **epoch** begins each time that a function starts again after a changed level. A **driver** is the task of the
//! caller's process that carries one op on: sends the message that the op waits for, and with the answer writes
//! the op's next status by compare-and-set. A crash ends all drivers. Any op that has not ended gets a
//! driver at any time, also while another driver is at work.
//!
//! A callee keeps an op of its own for each call, by the key `request.epoch/call`, written in the transaction of
//! the call's effects: a repeated call finds its answer, and an undone call leaves a **tombstone**.
//!
//! The modules: [`state`] is what exists at one moment; [`step`] is what may happen next, with [`callee`]
//! and [`drive`]; [`check`](mod@check) is what must hold; [`explore`](mod@explore) is the search. Where a
//! [`Variant`] leaves a rule out, the code of the rule names the variant.

pub mod callee;
pub mod check;
pub mod drive;
pub mod explore;
pub mod map;
pub mod state;
pub mod step;

pub use check::Violation;
pub use explore::{Explored, Verdict, explore};
pub use step::Step;

/// The protocol, whole or without one of its rules; each rule is there because of what goes wrong without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The whole protocol.
    Full,
    /// The commit does not compare the level with the level that the takes have paid for.
    ///
    /// Two functions read level 1, and both write level 2: one of two paid updates is lost.
    NoValidate,
    /// The calls of a new epoch have the keys of the epoch before.
    ///
    /// The takes of the first epoch are undone, and the takes of the second get the old answers and take nothing.
    NoEpoch,
    /// A driver writes an op's next status whatever the status is by now.
    ///
    /// One driver commits; another driver of the same op finds the level changed, and undoes the takes of a
    /// function that is applied.
    NoCompareAndSet,
    /// An error is told to the client, and not stored.
    ///
    /// The request is forgotten: repeated, the request may get another reply.
    NoStoredError,
    /// A callee runs a repeated call again.
    ///
    /// A take that took is refused when it is repeated, and the caller believes that nothing was taken.
    NoCalleeDedupe,
    /// The bag deletes the op of a call while the caller may still repeat the call.
    ///
    /// To the bag a repeated call is then a new one, as if nothing was deduplicated.
    EarlyCollection,
    /// An undo deletes the op of the undone call, instead of leaving a tombstone.
    ///
    /// A late copy of the take takes again, after its undo, and nothing undoes the take any more.
    NoTombstone,
    /// A take is sent before the op is written; the op is inserted by the commit.
    ///
    /// After a crash nobody knows that a take was sent, and nobody undoes the take.
    NoIntent,
    /// Nobody drives an op in GIVING after a crash: the give is not sent again.
    ///
    /// The op never ends: the client never gets a reply, and the bag may never get the iron.
    BlindGive,
    /// A function without calls to other groups that is run again does not look for the op of its first run.
    ///
    /// The first run may have been committed, where the answer to COMMIT was lost: the function is applied twice.
    BlindRerun,
}
