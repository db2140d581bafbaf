//! How names and a password are bound to a player.

use super::accounts::{self, Binding};
use super::once::{Ended, Once, Rolled};
use super::{TokenServer, success};
use crate::db;
use crate::stop::{Answer, Stop};

impl TokenServer {
    /// Gives a player names and a password.
    pub(super) async fn bind(
        &self,
        mut binding: Binding,
        password: &str,
        once: &Once,
    ) -> Result<Answer, Stop> {
        // Asked before the password is hashed, so that a refusal is cheap, and again by the
        // transaction that counts.
        let asked = binding.clone();
        let refused = db::job(move |conn| {
            let asked = asked.clone();
            Box::pin(async move { accounts::check_binding(conn, &asked).await })
        });
        if let Err(stop) = self.db.read(refused).await {
            return Ok(once.stopped(&self.db, stop).await?.answer);
        }
        binding.password_hash = self.hasher.hash(password.to_owned()).await?;
        let keeps = once.clone();
        let bind = db::job(move |conn| {
            let (binding, once) = (binding.clone(), keeps.clone());
            Box::pin(async move {
                accounts::bind(conn, &binding).await?;
                once.keep(conn, &binding.player, done).await?;
                Ok::<_, Rolled>(())
            })
        });
        Ok(match once.write(&self.db, bind).await? {
            Ended::Now(()) => done(),
            Ended::Before(kept) => kept.answer,
        })
    }
}

fn done() -> Answer {
    success("{}".to_owned())
}
