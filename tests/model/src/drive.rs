//! What a driver does with an answer: one transaction of the caller's database, then the next message.

use crate::Variant;
use crate::state::{
    Answer, Driver, Message, Op, Refusal, Reply, Request, Response, Status, Take, Then,
};
use crate::step::{Step, Steps};

/// How a driver carries its op on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The first take is done: the second one is sent.
    Took,
    /// Both takes are done and the level is as it was read: the level is written, and the give is sent.
    Commit,
    /// Both takes are done and the level has changed: the undo of the second take is sent.
    Stale,
    /// The first take was refused: the op ends with an error.
    Refused,
    /// The second take was refused: the undo of the first one is sent.
    Undo,
    /// The second take is undone: the undo of the first one is sent.
    Undid,
    /// The takes are undone after a refusal: the op ends with an error.
    Failed,
    /// The takes are undone after a changed level: the level is read, and the first take of the next epoch is sent.
    Again,
    /// The give is done: the op ends with the new level.
    Given,
    /// The op is not as the driver knows it: another driver was faster, and this driver ends.
    Lost,
}

impl Steps<'_> {
    /// Any driver gets any answer that was ever sent to the message that the op waits for.
    pub(crate) fn drivers(&mut self) {
        for (slot, driver) in self.state.drivers.iter().enumerate() {
            let Some(Driver { request, op }) = *driver else {
                continue;
            };
            let Some(Message { key, undo, .. }) = op.message(request, self.variant) else {
                continue;
            };
            for answer in [Answer::Done, Answer::Refused, Answer::Undone] {
                if self.state.answered.contains(Response { key, undo, answer }) {
                    self.carry_on(slot, request, op, answer);
                }
            }
        }
    }

    fn carry_on(&mut self, slot: usize, request: Request, op: Op, answer: Answer) {
        let (state, variant) = (self.state, self.variant);
        let lost = match variant {
            Variant::NoCompareAndSet => false,
            Variant::NoIntent => state.ops.contains(request),
            _ => state.ops.get(request) != Some(op),
        };
        if lost {
            return self.add(Step::Drive(request, Move::Lost), |next| {
                next.drivers[slot] = None;
            });
        }
        let unchanged = state.level == op.read || variant == Variant::NoValidate;
        let (to, status) = next_status(op, answer, unchanged);
        let next_op = match to {
            Move::Again => Op {
                epoch: op.epoch + 1,
                read: state.level,
                status,
            },
            _ => Op { status, ..op },
        };
        self.add(Step::Drive(request, to), |next| {
            if to == Move::Commit {
                next.level = op.read + 1;
            }
            next.store(request, next_op, variant);
            next.drive(slot, request, next_op, variant);
        });
    }
}

/// What the answer makes of an op, where the level is unchanged since it was read, or not. A take is answered
/// by `Undone` where another driver was faster with the undo.
fn next_status(op: Op, answer: Answer, unchanged: bool) -> (Move, Status) {
    use Status::{Ended, Giving, Taking, Undoing};
    use Take::{Gold, Iron};
    let refused = |refusal| Ended(Reply::Refused(refusal));
    match (op.status, answer) {
        (Taking(Iron), Answer::Done) => (Move::Took, Taking(Gold)),
        (Taking(Iron), _) => (Move::Refused, refused(Refusal::Iron)),
        (Taking(Gold), Answer::Done) if unchanged => (Move::Commit, Giving),
        (Taking(Gold), Answer::Done) => (Move::Stale, Undoing(Gold, Then::Again)),
        (Taking(Gold), _) => (Move::Undo, Undoing(Iron, Then::Fail)),
        (Undoing(Gold, then), _) => (Move::Undid, Undoing(Iron, then)),
        (Undoing(Iron, Then::Fail), _) => (Move::Failed, refused(Refusal::Gold)),
        (Undoing(Iron, Then::Again), _) => (Move::Again, Taking(Iron)),
        (Giving, _) => (Move::Given, Ended(Reply::Level(op.read + 1))),
        (Ended(_), _) => unreachable!("an op that has ended waits for no answer"),
    }
}
