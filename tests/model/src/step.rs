//! What may happen next: a crash, a client, recovery, a message that arrives, a driver with an answer.

use std::fmt;

use crate::Variant;
use crate::drive::Move;
use crate::state::{
    Answer, Driver, Key, Message, Op, Refusal, Reply, Request, SPENT_ELSEWHERE, State, Status, Take,
};

/// Something that happens at once, in one transaction of one database or in none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The weapon's process is killed, and starts again without its drivers.
    Crash,
    /// Somebody else takes iron from the bag.
    SpendElsewhere,
    /// A `level_up` reads the level, inserts its op and sends its first take.
    Begin(Request),
    /// A `boost` runs, and stores its reply in the same transaction. Run again, also after a COMMIT whose answer was
    /// lost, a `boost` finds that reply: nothing changes, and the client gets the reply.
    Boost(Request),
    /// A client gets the reply of an op that has ended, whether the request was repeated or not.
    Reply(Request),
    /// An op that has not ended gets a driver.
    Recover(Request),
    /// A message arrives at the callee, and this is the answer.
    Deliver(Message, Answer),
    /// The bag deletes the op of a call.
    Collect(Key),
    /// A driver gets an answer and carries its op on.
    Drive(Request, Move),
}

/// All that may happen next, each with the state that follows.
pub fn steps(state: &State, variant: Variant) -> Vec<(Step, State)> {
    let mut steps = Steps {
        state,
        variant,
        found: Vec::new(),
    };
    steps.world();
    steps.recovery();
    for request in [Request::LevelUp1, Request::LevelUp2, Request::Boost] {
        steps.client(request);
    }
    steps.deliveries();
    steps.drivers();
    steps.found
}

/// The steps out of one state, while they are collected.
pub(crate) struct Steps<'a> {
    pub(crate) state: &'a State,
    pub(crate) variant: Variant,
    found: Vec<(Step, State)>,
}

impl Steps<'_> {
    /// Adds a step, which changes the state in this way.
    pub(crate) fn add(&mut self, step: Step, change: impl FnOnce(&mut State)) {
        let mut next = *self.state;
        change(&mut next);
        self.found.push((step, next));
    }

    fn world(&mut self) {
        if self.state.drivers != [None, None] {
            self.add(Step::Crash, |next| next.drivers = [None, None]);
        }
        if self.state.spent_elsewhere == 0 && self.state.bag.balance >= SPENT_ELSEWHERE {
            self.add(Step::SpendElsewhere, |next| {
                next.spent_elsewhere = SPENT_ELSEWHERE;
                next.bag.balance -= SPENT_ELSEWHERE;
            });
        }
    }

    /// Any op that has not ended gets a driver, also where it has one: nobody knows whether another process over
    /// the same database drives the op.
    fn recovery(&mut self) {
        let variant = self.variant;
        let Some(slot) = self.free_slot() else { return };
        for (request, op) in self.state.ops.iter() {
            let blind = variant == Variant::BlindGive && op.status == Status::Giving;
            if !op.has_ended() && !blind {
                self.add(Step::Recover(request), |next| {
                    next.drive(slot, request, op, variant)
                });
            }
        }
    }

    /// A client sends a request, or gets the reply: any client at any time, or never.
    fn client(&mut self, request: Request) {
        let status = self.state.ops.get(request).map(|op| op.status);
        if let Some(Status::Ended(reply)) = status
            && !self.state.replied.contains((request, reply))
        {
            self.add(Step::Reply(request), |next| {
                next.replied.add((request, reply))
            });
        }
        match (request, status) {
            (Request::LevelUp1 | Request::LevelUp2, None) => self.begin(request),
            (Request::Boost, None) => self.boost(request),
            (Request::Boost, Some(Status::Ended(Reply::Level(_))))
                if self.variant == Variant::BlindRerun =>
            {
                self.boost(request);
            }
            (_, Some(_)) => {}
        }
    }

    fn begin(&mut self, request: Request) {
        let variant = self.variant;
        let Some(slot) = self.free_slot() else { return };
        let status = Status::Taking(Take::Iron);
        let op = Op {
            epoch: 0,
            read: self.state.level,
            status,
        };
        self.add(Step::Begin(request), |next| {
            next.store(request, op, variant);
            next.drive(slot, request, op, variant);
        });
    }

    fn boost(&mut self, request: Request) {
        let variant = self.variant;
        let read = self.state.level;
        let reply = match read {
            ..2 => Reply::Refused(Refusal::Level),
            2.. => Reply::Level(read + 1),
        };
        let op = Op {
            epoch: 0,
            read,
            status: Status::Ended(reply),
        };
        self.add(Step::Boost(request), |next| {
            if let Reply::Level(level) = reply {
                next.level = level;
            }
            next.store(request, op, variant);
        });
    }

    fn free_slot(&self) -> Option<usize> {
        self.state.drivers.iter().position(Option::is_none)
    }
}

impl State {
    /// Writes an op's row in the caller's database.
    pub(crate) fn store(&mut self, request: Request, op: Op, variant: Variant) {
        match (variant, op.status) {
            (Variant::NoIntent, Status::Taking(_)) => {}
            (Variant::NoStoredError, Status::Ended(reply @ Reply::Refused(_))) => {
                self.ops.remove(request);
                self.replied.add((request, reply));
            }
            _ => self.ops.insert(request, op),
        }
    }

    /// The driver in this slot sends the message that the op waits for, or ends with the op.
    pub(crate) fn drive(&mut self, slot: usize, request: Request, op: Op, variant: Variant) {
        let message = op.message(request, variant);
        self.drivers[slot] = message.map(|_| Driver { request, op });
        if let Some(message) = message {
            self.sent.add(message);
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crash => write!(f, "crash of the weapon's process"),
            Self::SpendElsewhere => write!(f, "somebody else takes {SPENT_ELSEWHERE} iron"),
            Self::Begin(request) => write!(f, "{request:?} begins"),
            Self::Boost(request) => write!(f, "{request:?} runs"),
            Self::Reply(request) => write!(f, "{request:?} is replied to"),
            Self::Recover(request) => write!(f, "{request:?} gets a driver"),
            Self::Deliver(message, answer) => write!(f, "{message} arrives: {answer:?}"),
            Self::Collect(key) => write!(f, "the op of {key} is deleted"),
            Self::Drive(request, to) => write!(f, "a driver of {request:?}: {to:?}"),
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let undo = if self.undo { "undo of " } else { "" };
        write!(f, "{undo}{} of {}", self.key, self.amount)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            request,
            epoch,
            call,
        } = self;
        write!(f, "{request:?}.{epoch}/{call:?}")
    }
}
