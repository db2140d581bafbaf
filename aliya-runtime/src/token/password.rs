//! Passwords: argon2id, on threads of their own, a bounded number at once.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::Error;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::stop::Stop;

/// A hash that no password has, of the same cost as a real one: what a password is compared with
/// where there is no account, so that the time it takes does not tell.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm8gc3VjaCBhY2NvdW50$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[derive(Debug)]
pub(super) struct Hasher {
    turns: Arc<Semaphore>,
    wait: Duration,
}

impl Hasher {
    /// Hashes `at_once` passwords at a time; who has not got a turn after `wait` gets none.
    pub(super) fn new(at_once: NonZeroUsize, wait: Duration) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once.get())),
            wait,
        }
    }

    /// The hash of a new password, as a PHC string with a salt of its own.
    pub(super) async fn hash(&self, password: String) -> Result<String, Stop> {
        let hashed = self.in_turn(move || Argon2::default().hash_password(password.as_bytes()));
        let hashed = hashed
            .await?
            .map_err(|error| Stop::fault(format!("hashing: {error}")))?;
        Ok(hashed.to_string())
    }

    /// Whether it is the password of that hash. Where there is none the answer is no, and takes as
    /// long.
    pub(super) async fn verify(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, Stop> {
        let verified = self.in_turn(move || {
            let hash = hash.as_deref();
            let compared =
                Argon2::default().verify_password(password.as_bytes(), hash.unwrap_or(NOBODY));
            compared.map(|()| hash.is_some())
        });
        match verified.await? {
            Err(Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(Stop::fault(format!("a stored password hash: {error}"))),
            Ok(right) => Ok(right),
        }
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Stop> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = tokio::time::timeout(self.wait, turn)
            .await
            .map_err(|_| Stop::Unavailable("too many passwords to hash".to_owned()))?
            .map_err(|closed| Stop::fault(closed.to_string()))?;
        // The work keeps the turn, also when its caller goes away: it keeps the core, too.
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        working
            .await
            .map_err(|error| Stop::fault(format!("hashing: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use argon2::PasswordHash;

    use super::*;

    fn hasher(at_once: usize, wait_ms: u64) -> Hasher {
        Hasher::new(
            NonZeroUsize::new(at_once).unwrap(),
            Duration::from_millis(wait_ms),
        )
    }

    #[tokio::test]
    async fn knows_a_password_again_and_salts_each() {
        let hasher = hasher(2, 60_000);
        let hash = hasher.hash("secret".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$"), "{hash}");
        assert_ne!(hash, hasher.hash("secret".to_owned()).await.unwrap());
        let verify = |password: &str, hash: Option<&String>| {
            hasher.verify(password.to_owned(), hash.cloned())
        };
        assert!(verify("secret", Some(&hash)).await.unwrap());
        assert!(!verify("Secret", Some(&hash)).await.unwrap());
        assert!(!verify("", Some(&hash)).await.unwrap());
        assert!(!verify("secret", None).await.unwrap());
        assert!(
            verify("secret", Some(&"$argon2id$".to_owned()))
                .await
                .is_err()
        );
    }

    #[test]
    fn nobody_costs_what_everybody_costs() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = Argon2::default().hash_password(b"secret").unwrap();
        assert_eq!(nobody.algorithm, somebody.algorithm);
        assert_eq!(nobody.version, somebody.version);
        assert_eq!(nobody.params, somebody.params);
        assert_eq!(nobody.hash.unwrap().len(), somebody.hash.unwrap().len());
    }

    #[tokio::test]
    async fn who_waits_too_long_is_told_to_try_again() {
        let hasher = Arc::new(hasher(1, 20));
        let (started, wait_for_start) = tokio::sync::oneshot::channel();
        let (finish, wait_for_finish) = mpsc::channel::<()>();
        let busy = tokio::spawn({
            let hasher = Arc::clone(&hasher);
            async move {
                let work = move || {
                    started.send(()).unwrap();
                    wait_for_finish.recv().unwrap();
                };
                hasher.in_turn(work).await
            }
        });
        wait_for_start.await.unwrap();
        // Whoever asked for the turn going away does not free it.
        busy.abort();
        assert!(busy.await.unwrap_err().is_cancelled());
        let waited = hasher.in_turn(|| ()).await;
        assert!(matches!(waited, Err(Stop::Unavailable(_))), "{waited:?}");

        finish.send(()).unwrap();
        let turn = hasher.turns.acquire().await.unwrap();
        drop(turn);
        hasher.in_turn(|| ()).await.unwrap();
    }
}
