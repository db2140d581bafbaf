//! How a login opens a session, and how its token is made: once, or again of what a keyed login has
//! kept, which is all but the signature.

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::accounts::{self, Login, Way};
use super::jwt::jti_text;
use super::once::{Ended, Kept, Once};
use super::sessions::{Session, Sessions};
use super::{TokenServer, success};
use crate::db::{self, Db};
use crate::newcomers::Newcomers;
use crate::stop::{Answer, Stop};
use crate::types::{PlayerId, Time};
use crate::wire;

/// The status of a login that made its player.
const CREATED: i64 = 1;

/// What a login is answered with, before the token is signed.
#[derive(Debug)]
pub(super) struct Granted {
    player: PlayerId,
    created: bool,
    jti: u128,
    issued_s: i64,
    expires_s: i64,
}

/// What is kept of a token beside its player: without the signature it opens nothing.
#[derive(Serialize, Deserialize)]
struct Unsigned {
    /// In hexadecimal digits.
    jti: String,
    iat: i64,
    exp: i64,
}

impl TokenServer {
    /// Makes the player's new token the only live one, and answers with it.
    pub(super) async fn open_session(
        &self,
        player: PlayerId,
        way: Way,
        once: Once,
    ) -> Result<Answer, Stop> {
        let now = Time::now();
        let issued_s = now.0.div_euclid(1000);
        let login = Login {
            player,
            way,
            jti: random_jti()?,
            issued_s,
            expires_s: issued_s + self.lifetime_s,
            now,
        };
        let (db, sessions) = (self.db.clone(), Arc::clone(&self.sessions));
        let newcomers = Arc::clone(&self.newcomers);
        // In a task of its own: were a caller that goes away to drop this between the commit and
        // the map, the earlier token would live on.
        let opened = tokio::spawn(open(db, sessions, newcomers, Arc::new(login), once));
        let granted = opened
            .await
            .map_err(|error| Stop::fault(format!("login: {error}")))??;
        Ok(self.answer(&granted))
    }

    /// The answer of a login, with its token: for the same grant the same, byte by byte.
    pub(super) fn answer(&self, granted: &Granted) -> Answer {
        let Granted {
            player,
            jti,
            issued_s,
            expires_s,
            ..
        } = granted;
        let token = self.signer.issue(player, *jti, *issued_s, *expires_s);
        let mut data = String::from("{\"token\":");
        wire::write_text(&token, &mut data);
        data.push('}');
        granted.with_data(data)
    }
}

impl Granted {
    /// What a login has kept of what it was granted.
    pub(super) fn before(kept: Kept) -> Result<Self, Stop> {
        let damaged = |what: &dyn Display| Stop::fault(format!("what a login has kept: {what}"));
        let unsigned = serde_json::from_str(&kept.answer.data);
        let Unsigned { jti, iat, exp } = unsigned.map_err(|error| damaged(&error))?;
        Ok(Self {
            player: kept.player,
            created: kept.answer.status == CREATED,
            jti: u128::from_str_radix(&jti, 16).map_err(|error| damaged(&error))?,
            issued_s: iat,
            expires_s: exp,
        })
    }

    fn now(login: &Login, created: bool) -> Self {
        Self {
            player: login.player.clone(),
            created,
            jti: login.jti,
            issued_s: login.issued_s,
            expires_s: login.expires_s,
        }
    }

    /// The answer as it is kept.
    fn kept(&self) -> Answer {
        let unsigned = Unsigned {
            jti: jti_text(self.jti),
            iat: self.issued_s,
            exp: self.expires_s,
        };
        // A text and two numbers cannot fail.
        self.with_data(serde_json::to_string(&unsigned).unwrap_or_default())
    }

    fn with_data(&self, data: String) -> Answer {
        let mut answer = success(data);
        if self.created {
            (answer.status, answer.message) = (CREATED, Cow::Borrowed("new account created"));
        }
        answer
    }
}

/// Opens the session, on disk and in memory.
async fn open(
    db: Db,
    sessions: Arc<Sessions>,
    newcomers: Arc<dyn Newcomers>,
    login: Arc<Login>,
    once: Once,
) -> Result<Granted, Stop> {
    let (asked, keeps) = (Arc::clone(&login), once.clone());
    let newcomer = Arc::clone(&newcomers);
    let open = db::job(move |conn| {
        let (login, once) = (Arc::clone(&asked), keeps.clone());
        let newcomers = Arc::clone(&newcomer);
        Box::pin(async move {
            let opened = accounts::open_session(conn, &login, &*newcomers).await?;
            let answer = || Granted::now(&login, opened.created).kept();
            once.keep(conn, &login.player, answer).await?;
            Ok(opened)
        })
    });
    let granted = match once.write(&db, open).await? {
        Ended::Now(opened) => {
            let session = Session {
                generation: opened.generation,
                jti: login.jti,
                expires_s: login.expires_s,
            };
            sessions.put(login.player.clone(), session, login.issued_s);
            Granted::now(&login, opened.created)
        }
        Ended::Before(kept) => {
            // That login may have been this very one, of which only the database knows: its commit
            // was not answered. The player's last session lives, whichever it is.
            if let Some(session) = accounts::last_session(&db, &kept.player).await? {
                sessions.put(kept.player.clone(), session, login.issued_s);
            }
            Granted::before(kept)?
        }
    };
    if granted.created {
        newcomers.committed(&granted.player).await;
    }
    Ok(granted)
}

/// A token's id: two tokens never have the same, whenever they are made.
fn random_jti() -> Result<u128, Stop> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Stop::fault(format!("token id: {error}")))?;
    Ok(u128::from_be_bytes(bytes))
}
