//! Functions of one player that leave their group, one after the other: those that run at once
//! would read what the others change, and begin anew.
//!
//! This saves work; what is right does not depend on it. Several processes of one group do not wait
//! for each other, nor do calls that a function of another group makes: waiting for those could go
//! round in a circle.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::call::Deadline;
use crate::stop::Stop;
use crate::types::PlayerId;

type Line = Arc<tokio::sync::Mutex<()>>;

/// The players who have a function under way.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<PlayerId, Line>>);

/// A player's turn, until it is dropped.
pub(super) struct Turn<'t> {
    turns: &'t Turns,
    player: PlayerId,
    /// Set until the turn ends.
    held: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits for the player's turn.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] where it does not come in time.
    pub(super) async fn wait(
        &self,
        player: PlayerId,
        deadline: Deadline,
    ) -> Result<Turn<'_>, Stop> {
        let line = Arc::clone(self.lines().entry(player.clone()).or_default());
        let mut turn = Turn {
            turns: self,
            player,
            held: None,
        };
        let held = tokio::time::timeout_at(deadline.instant(), line.lock_owned()).await;
        let late = |_| Stop::Unavailable("functions of the same player take too long".to_owned());
        turn.held = Some(held.map_err(late)?);
        Ok(turn)
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<PlayerId, Line>> {
        // No code of others runs under the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        drop(self.held.take());
        let mut lines = self.turns.lines();
        // The map's own is the last one: nobody waits.
        if lines
            .get(&self.player)
            .is_some_and(|line| Arc::strong_count(line) == 1)
        {
            lines.remove(&self.player);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn players_wait_for_themselves_alone_and_leave_nothing_behind() {
        let turns = Turns::default();
        let soon = || Deadline::after(Duration::from_millis(30));
        let (ada, bob) = (PlayerId::new("ada"), PlayerId::new("bob"));
        let first = turns.wait(ada.clone(), soon()).await.unwrap();
        let other = turns.wait(bob, soon()).await.unwrap();
        assert!(turns.wait(ada.clone(), soon()).await.is_err());
        drop(first);
        let second = turns.wait(ada, soon()).await.unwrap();
        drop((second, other));
        assert!(turns.lines().is_empty());
    }
}
