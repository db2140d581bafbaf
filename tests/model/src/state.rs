//! What exists at one moment: the databases of three groups, the network, the memory of the caller's process.

use crate::Variant;
use crate::map::{Map, Set};

/// Iron in the bag at the start.
pub const IRON: u8 = 60;
/// Gold in the purse at the start.
pub const GOLD: u8 = 30;
/// Iron that a `level_up` gives back.
pub const SCRAP: u8 = 5;
/// Iron that somebody else takes, once.
pub const SPENT_ELSEWHERE: u8 = 50;

/// Iron that the next level takes, and the same of gold.
pub fn cost(level: u8) -> u8 {
    10 * level
}

/// All databases, the network, and what is in memory. The sizes of maps and sets are enough for every variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// The weapon's database: the op of each request that has one.
    pub ops: Map<Request, Op, 3>,
    /// The weapon's database: the own row of both functions.
    pub level: u8,
    /// The bag's database, of iron.
    pub bag: Account,
    /// The purse's database, of gold.
    pub purse: Account,
    /// Iron that somebody else took from the bag.
    pub spent_elsewhere: u8,
    /// Every message that was ever sent. Each stays for ever, and arrives any number of times or never: so
    /// messages are lost, repeated, late, and overtaken by others.
    pub sent: Set<Message, 20>,
    /// Every response that was ever sent, which stays in the same way.
    pub answered: Set<Response, 24>,
    /// The drivers in the memory of the weapon's process: two, which is enough to get in each other's way.
    pub drivers: [Option<Driver>; 2],
    /// Replies that clients have got.
    pub replied: Set<(Request, Reply), 4>,
}

/// The key of a client's request, the same each time that the request is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Request {
    /// A `level_up`.
    LevelUp1,
    /// Another `level_up`.
    LevelUp2,
    /// A `boost`, which calls no other group.
    Boost,
}

/// A row of the caller's op table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Op {
    /// How many times the function has started again, with new keys for its calls.
    pub epoch: u8,
    /// The level that the function has read in this epoch, and that its takes pay for.
    pub read: u8,
    /// How far the function is.
    pub status: Status,
}

/// How far a function is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// No own row is written, and this take may have been sent.
    Taking(Take),
    /// No own row is written, and the undo of this take may have been sent.
    Undoing(Take, Then),
    /// Own rows are written, and the give may have been sent.
    Giving,
    /// Nothing is left to do, and the reply is stored.
    Ended(Reply),
}

/// What follows when the takes are undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Then {
    /// The error of the second take.
    Fail,
    /// The next epoch, since the level is not the one that was read.
    Again,
}

/// What a client is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reply {
    /// The weapon has reached this level.
    Level(u8),
    /// A declared error; nothing was changed.
    Refused(Refusal),
}

/// A declared error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// The bag has not enough iron.
    Iron,
    /// The purse has not enough gold.
    Gold,
    /// The level is too low for a boost.
    Level,
}

/// The database of a callee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Account {
    /// Iron, or gold.
    pub balance: u8,
    /// The op table: the answer to each call that has come.
    pub ops: Map<Key, Answer, 12>,
}

/// The key of a call between groups, `request.epoch/call`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The client's request that the call is made for.
    pub request: Request,
    /// The epoch of the function that calls: what is undone in one epoch can be called in the next.
    pub epoch: u8,
    /// Which call of the function.
    pub call: Call,
}

/// A call out of the caller's group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Call {
    /// A call that may be refused and that can be undone.
    Take(Take),
    /// A call that cannot be refused, and is sent until it is done.
    Give,
}

/// The takes of a `level_up`, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Take {
    /// Iron, from the bag.
    Iron,
    /// Gold, from the purse.
    Gold,
}

/// What the caller sends to a callee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// The call that this message makes or undoes.
    pub key: Key,
    /// Whether the call is undone.
    pub undo: bool,
    /// Iron, or gold.
    pub amount: u8,
}

/// What a callee sends back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Response {
    /// The call that was made or undone.
    pub key: Key,
    /// Whether the call was undone.
    pub undo: bool,
    /// The answer that the callee has stored.
    pub answer: Answer,
}

/// What a callee has stored of a call, and answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// The call had its effect.
    Done,
    /// The balance was too low; the call had no effect.
    Refused,
    /// The call has no effect, whenever it arrives: a tombstone.
    Undone,
}

/// A task that carries an op on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Driver {
    /// The request whose op the driver carries on.
    pub request: Request,
    /// The op as the driver has read or written it last; by now another driver may have written it.
    pub op: Op,
}

impl State {
    /// The state that everything begins with.
    pub fn first() -> Self {
        let account = |balance| Account {
            balance,
            ops: Map::default(),
        };
        Self {
            ops: Map::default(),
            level: 1,
            bag: account(IRON),
            purse: account(GOLD),
            spent_elsewhere: 0,
            sent: Set::default(),
            answered: Set::default(),
            drivers: [None, None],
            replied: Set::default(),
        }
    }

    /// Whether nothing is under way: every op has ended and no driver is at work.
    pub fn is_quiet(&self) -> bool {
        self.drivers == [None, None] && self.ops.iter().all(|(_, op)| op.has_ended())
    }
}

impl Op {
    /// Whether the reply is stored and nothing is left to do.
    pub fn has_ended(self) -> bool {
        matches!(self.status, Status::Ended(_))
    }

    /// The message whose answer the op waits for: from the op alone, so that any driver can send the message again.
    pub fn message(self, request: Request, variant: Variant) -> Option<Message> {
        let (call, undo, amount) = match self.status {
            Status::Taking(take) => (Call::Take(take), false, cost(self.read)),
            Status::Undoing(take, _) => (Call::Take(take), true, cost(self.read)),
            Status::Giving => (Call::Give, false, SCRAP),
            Status::Ended(_) => return None,
        };
        let epoch = match variant {
            Variant::NoEpoch => 0,
            _ => self.epoch,
        };
        let key = Key {
            request,
            epoch,
            call,
        };
        Some(Message { key, undo, amount })
    }
}
