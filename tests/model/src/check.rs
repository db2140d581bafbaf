//! What must hold: of every reply at once, of everything else when nothing is under way.

use std::fmt;

use crate::state::{GOLD, IRON, Reply, Request, SCRAP, State, Status, cost};

/// A promise that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A client got two different replies to the same request.
    TwoReplies(Request),
    /// A client got a reply, and the request has no op.
    ReplyLost(Request),
    /// A client got another reply than the op has.
    ReplyDiffers(Request),
    /// The iron in the bag is not what the functions that were applied have left.
    Iron(Found),
    /// The gold in the purse is not what the functions that were applied have left.
    Gold(Found),
    /// The level is not one more for each function that was applied.
    Level(Found),
}

/// A number, and what the number should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The number that was found.
    pub is: i32,
    /// The number that follows from the ops.
    pub due: i32,
}

/// Finds a promise that is broken in this state.
///
/// Balances and the level are held against the ops that have ended well, and against nothing while something
/// is under way. That is enough: a crash is possible in every state, and leaves no driver.
pub fn check(state: &State) -> Result<(), Violation> {
    for ((request, _), (other, _)) in state.replied.keys().zip(state.replied.keys().skip(1)) {
        if request == other {
            return Err(Violation::TwoReplies(request));
        }
    }
    if !state.is_quiet() {
        return Ok(());
    }
    applied_once(state)?;
    replies_kept(state)
}

fn applied_once(state: &State) -> Result<(), Violation> {
    let mut iron = i32::from(IRON) - i32::from(state.spent_elsewhere);
    let mut gold = i32::from(GOLD);
    let mut level = 1;
    for (request, op) in state.ops.iter() {
        let Status::Ended(Reply::Level(_)) = op.status else {
            continue;
        };
        level += 1;
        if request != Request::Boost {
            let paid = i32::from(cost(op.read));
            iron += i32::from(SCRAP) - paid;
            gold -= paid;
        }
    }
    equal(state.bag.balance, iron).map_err(Violation::Iron)?;
    equal(state.purse.balance, gold).map_err(Violation::Gold)?;
    equal(state.level, level).map_err(Violation::Level)
}

fn equal(is: u8, due: i32) -> Result<(), Found> {
    let is = i32::from(is);
    if is == due {
        Ok(())
    } else {
        Err(Found { is, due })
    }
}

fn replies_kept(state: &State) -> Result<(), Violation> {
    for (request, reply) in state.replied.keys() {
        match state.ops.get(request) {
            None => return Err(Violation::ReplyLost(request)),
            Some(op) if op.status != Status::Ended(reply) => {
                return Err(Violation::ReplyDiffers(request));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TwoReplies(request) => write!(f, "two different replies to {request:?}"),
            Self::ReplyLost(request) => write!(f, "{request:?} was replied to and has no op"),
            Self::ReplyDiffers(request) => write!(f, "the op of {request:?} has another reply"),
            Self::Iron(Found { is, due }) => write!(f, "{is} iron in the bag, {due} are due"),
            Self::Gold(Found { is, due }) => write!(f, "{is} gold in the purse, {due} are due"),
            Self::Level(Found { is, due }) => write!(f, "level {is}, {due} is due"),
        }
    }
}
