//! The live sessions, in memory: which token of a player counts.

use std::collections::{BTreeSet, HashMap};
use std::sync::{PoisonError, RwLock};

use crate::types::PlayerId;

/// A player's live session: what the `session` table has, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Session {
    /// How many sessions the player has had, with this one.
    pub(super) generation: i64,
    /// The id of its token.
    pub(super) jti: u128,
    /// When it ends, in seconds since 1970.
    pub(super) expires_s: i64,
}

/// One session a player. Those that have expired leave as others come.
#[derive(Debug, Default)]
pub(super) struct Sessions(RwLock<Inner>);

#[derive(Debug, Default)]
struct Inner {
    live: HashMap<PlayerId, Session>,
    /// The same sessions in the order in which they expire.
    by_expiry: BTreeSet<(i64, PlayerId)>,
}

impl Sessions {
    /// Makes `session` the player's live one, unless a later one is there: the answers of two
    /// logins may come in another order than their commits did.
    pub(super) fn put(&self, player: PlayerId, session: Session, now_s: i64) {
        let mut inner = self.0.write().unwrap_or_else(PoisonError::into_inner);
        inner.drop_expired(now_s);
        if session.expires_s <= now_s {
            return;
        }
        if let Some(held) = inner.live.get(&player).copied() {
            if held.generation >= session.generation {
                return;
            }
            inner.by_expiry.remove(&(held.expires_s, player.clone()));
        }
        inner.by_expiry.insert((session.expires_s, player.clone()));
        inner.live.insert(player, session);
    }

    /// Whether the token with this id is the player's live one.
    pub(super) fn is_live(&self, player: &PlayerId, jti: u128, now_s: i64) -> bool {
        let inner = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let session = inner.live.get(player);
        session.is_some_and(|session| session.jti == jti && now_s < session.expires_s)
    }

    /// How many sessions are in memory.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let inner = self.0.read().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(inner.live.len(), inner.by_expiry.len());
        inner.live.len()
    }
}

impl Inner {
    fn drop_expired(&mut self, now_s: i64) {
        while let Some((expires_s, _)) = self.by_expiry.first()
            && *expires_s <= now_s
        {
            if let Some((_, player)) = self.by_expiry.pop_first() {
                self.live.remove(&player);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(generation: i64, expires_s: i64) -> Session {
        Session {
            generation,
            jti: generation as u128 * 100,
            expires_s,
        }
    }

    #[test]
    fn a_later_session_ends_the_earlier_and_never_the_other_way_round() {
        let (sessions, player) = (Sessions::default(), PlayerId::new("p"));
        sessions.put(player.clone(), session(2, 100), 0);
        sessions.put(player.clone(), session(1, 100), 0);
        assert!(sessions.is_live(&player, 200, 0));
        assert!(!sessions.is_live(&player, 100, 0));
        sessions.put(player.clone(), session(3, 100), 0);
        assert!(sessions.is_live(&player, 300, 0));
        assert!(!sessions.is_live(&player, 200, 0));
        assert!(!sessions.is_live(&PlayerId::new("q"), 300, 0));
    }

    #[test]
    fn holds_until_it_expires() {
        let (sessions, player) = (Sessions::default(), PlayerId::new("p"));
        sessions.put(player.clone(), session(1, 100), 0);
        assert!(sessions.is_live(&player, 100, 99));
        assert!(!sessions.is_live(&player, 100, 100));
    }

    #[test]
    fn keeps_one_entry_a_player_and_none_of_the_expired() {
        let sessions = Sessions::default();
        for player in 0..10 {
            for generation in 1..=5 {
                let expires_s = 100 + player * 10 + generation;
                let player = PlayerId::new(player.to_string());
                sessions.put(player, session(generation, expires_s), 0);
            }
        }
        assert_eq!(sessions.len(), 10);
        // Players 0 to 4 end at 105, 115, ..., 145.
        sessions.put(PlayerId::new("new"), session(1, 1000), 145);
        assert_eq!(sessions.len(), 6);
        sessions.put(PlayerId::new("late"), session(1, 145), 145);
        assert_eq!(sessions.len(), 6);
    }
}
