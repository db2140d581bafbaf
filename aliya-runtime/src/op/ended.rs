//! Ops that have ended: how one is made, and which op answers a key that comes again.

use super::{Op, Status};
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
    /// [`Stop::Invalid`] where there is none any more; [`Stop::Reused`] where its content is another
    /// one; a fault where its caller has taken it back.
    pub(crate) fn same_of(&self, found: Option<Self>) -> Result<Self, Stop> {
        let Some(found) = found else {
            return Err(Stop::Invalid(
                "`random` is older than this server remembers: send a new one".to_owned(),
            ));
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
