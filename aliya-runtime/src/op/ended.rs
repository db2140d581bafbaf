//! Ops that have ended: how one is made, and which op answers a key that comes again.

use super::{Op, Status};
use crate::key::Key;
use crate::stop::{Answer, Stop};

impl Op {
    /// The op as it is when it has ended like this.
    pub(crate) fn ended(&self, status: Status, answer: &Answer) -> Self {
        let mut ended = Self {
            status,
            reply: Some(answer.clone()),
            ..self.clone()
        };
        ended.next = ended.kept_until();
        ended
    }

    /// The op that a request comes upon whose own op, this one, could not be inserted; `found` is what
    /// the table has under the key.
    ///
    /// # Errors
    /// [`Stop::Invalid`] where there is none any more, or a fault of a call between functions;
    /// [`Stop::Reused`] where its content is another one; a fault where its caller has taken it back.
    pub(crate) fn same_of(&self, found: Option<Self>) -> Result<Self, Stop> {
        let Some(found) = found else {
            return Err(too_old(&self.key));
        };
        // Whoever still wants it is behind its own op, or goes on with taking it back.
        if found.status == Status::Undone {
            let what = format!("{} was taken back by its caller", self.key);
            return Err(Stop::fault(what));
        }
        if found.args_hash != self.args_hash {
            return Err(Stop::Reused);
        }
        Ok(found)
    }
}

/// The refusal of a key from before the floor. A client is told so; a function is not, as its call
/// may have happened.
fn too_old(key: &Key) -> Stop {
    match key.is_child() {
        true => Stop::fault(format!("{key} is older than this server remembers")),
        false => {
            Stop::Invalid("`random` is older than this server remembers: send a new one".to_owned())
        }
    }
}
