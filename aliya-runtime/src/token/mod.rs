//! The token server: players' accounts, and the tokens with which they act.
//!
//! A player has at most one live token. Which one it is stands in the `session` table, written by
//! the login's own transaction, and in memory, where every request looks it up.

mod accounts;
mod args;
mod binding;
mod content;
mod function;
mod http;
mod jwt;
mod once;
mod opening;
mod password;
mod refusal;
mod sessions;
mod settings;
mod tables;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

pub use self::function::Function;
pub(crate) use self::http::KNOWS;
pub use self::http::{CREDENTIAL_HEADER, router};
pub use self::jwt::Refusal;
pub use self::refusal::{ValidateError, bad_token};
pub use self::settings::Settings;

use self::accounts::{Binding, Identifier, Way};
use self::content::Contents;
use self::jwt::Signer;
use self::once::Once;
use self::opening::Granted;
use self::password::Hasher;
use self::sessions::Sessions;
use crate::call::Key;
use crate::db::Db;
use crate::db::migrate::{History, How};
use crate::newcomers::Newcomers;
use crate::secrets::Secret;
use crate::stop::{Answer, Failure, Stop, status};
use crate::types::{PlayerId, Time};

const BOUND: Failure = Failure::new(
    2,
    "The account corresponding to this unique_id has already been bound. Please log in using a \
     different method.",
);
const INVALID_CREDENTIALS: Failure = Failure::new(1, "Invalid credentials");
const ALREADY_BOUND: Failure = Failure::new(2, "already bound");

/// The histories of the tables in the token server's database, those of ops among them.
pub(crate) static HISTORIES: [&History; 2] = [&tables::HISTORY, &crate::op::HISTORY];

/// The token server. There is one, in one process: its memory is what ends earlier tokens at once.
pub struct TokenServer {
    db: Db,
    signer: Signer,
    contents: Contents,
    hasher: Hasher,
    sessions: Arc<Sessions>,
    lifetime_s: i64,
    newcomers: Arc<dyn Newcomers>,
}

impl fmt::Debug for TokenServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenServer")
            .field("db", &self.db)
            .field("lifetime_s", &self.lifetime_s)
            .finish_non_exhaustive()
    }
}

impl TokenServer {
    /// A token server over `db`, where it makes its tables `account` and `session` and those of ops, with
    /// the live sessions that it finds there. `newcomers` does what a new player needs.
    pub async fn start(
        db: Db,
        secret: &Secret,
        settings: &Settings,
        newcomers: Arc<dyn Newcomers>,
    ) -> Result<Arc<Self>, Stop> {
        db.migrate(&HISTORIES, How::Safe).await?;
        let sessions = Sessions::default();
        accounts::load_sessions(&db, Time::now(), &sessions).await?;
        Ok(Arc::new(Self {
            db,
            signer: Signer::new(secret, &settings.issuer, &settings.audience),
            contents: Contents::new(secret),
            hasher: Hasher::new(
                settings.hashes_at_once,
                Duration::from_millis(settings.hash_wait_ms),
            ),
            sessions: Arc::new(sessions),
            lifetime_s: settings.lifetime_s.into(),
            newcomers,
        }))
    }

    /// Runs one of its functions over the `data` of a request. With a key, what is repeated happens
    /// once and gets the same answer; other content under the key is [`Stop::Reused`].
    pub async fn run(
        &self,
        function: Function,
        data: &Map<String, Value>,
        key: Option<Key>,
    ) -> Result<Answer, Stop> {
        match function {
            Function::LoginUnique => self.login_unique(data, key).await,
            Function::Login => self.login(data, key).await,
            Function::BindAccount => self.bind_account(data, key).await,
        }
    }

    /// `{unique_id}`: a token for the player of that id, who is made if there is none (status 1).
    /// Ends with 2 once the player has a password.
    pub async fn login_unique(
        &self,
        data: &Map<String, Value>,
        key: Option<Key>,
    ) -> Result<Answer, Stop> {
        let unique_id = args::name(data, "unique_id")?;
        let once = self.once(key, Function::LoginUnique, &[Some(unique_id)]);
        self.open_session(PlayerId::new(unique_id), Way::UniqueId, once)
            .await
    }

    /// `{identifier, value, password}`: a token for the player whose `account`, `email` or
    /// `phone_number` (`identifier` says which) is `value`. Ends with 1, whatever was wrong.
    pub async fn login(&self, data: &Map<String, Value>, key: Option<Key>) -> Result<Answer, Stop> {
        let name = args::text(data, "identifier")?;
        let identifier = Identifier::named(name)?;
        let value = args::text(data, "value")?;
        let password = args::text(data, "password")?;
        let content = [Some(name), Some(value), Some(password)];
        let once = self.once(key, Function::Login, &content);
        // What cannot be bound cannot be found; it costs the time of a password all the same.
        let found = match args::check_name("value", value) {
            Ok(()) => accounts::find(&self.db, identifier, value).await?,
            Err(_) => None,
        };
        let (player, hash) = found.unzip();
        let right = self.hasher.verify(password.to_owned(), hash).await?;
        match player {
            Some(player) if right => self.open_session(player, Way::Password, once).await,
            _ => {
                let kept = once.stopped(&self.db, INVALID_CREDENTIALS.into()).await?;
                Ok(self.answer(&Granted::before(kept)?))
            }
        }
    }

    /// `{token, account, password}`, optionally `email`, `phone_number`: gives the token's player
    /// names and a password. Ends with 1 if another player has one of the names (`data.taken` says
    /// which), with 2 if this player has names already.
    pub async fn bind_account(
        &self,
        data: &Map<String, Value>,
        key: Option<Key>,
    ) -> Result<Answer, Stop> {
        let player = match data.get("token") {
            None => return Err(args::missing("token")),
            Some(token) => {
                let valid = token.as_str().and_then(|token| self.validate(token).ok());
                valid.ok_or_else(|| bad_token(token))?
            }
        };
        let password = args::password(data)?;
        let account = args::name(data, "account")?;
        let email = args::optional_name(data, "email")?;
        let phone_number = args::optional_name(data, "phone_number")?;
        // The player and not the token: a request may be repeated after another login.
        let content = [
            Some(player.as_str()),
            Some(account),
            email,
            phone_number,
            Some(password),
        ];
        let once = self.once(key, Function::BindAccount, &content);
        let binding = Binding {
            player,
            account: account.to_owned(),
            email: email.map(str::to_owned),
            phone_number: phone_number.map(str::to_owned),
            password_hash: String::new(),
        };
        self.bind(binding, password, &once).await
    }

    /// The player whose live token this is. Answers from memory.
    pub fn validate(&self, token: &str) -> Result<PlayerId, ValidateError> {
        let (player, jti) = self.signer.read(token)?;
        if !self.sessions.is_live(&player, jti, now_s()) {
            return Err(Refusal::Ended.into());
        }
        Ok(player)
    }

    /// Whether a login has made that player.
    pub async fn knows(&self, player: &PlayerId) -> Result<bool, Stop> {
        accounts::knows(&self.db, player).await
    }

    fn once(&self, key: Option<Key>, function: Function, content: &[Option<&str>]) -> Once {
        Once::new(key, function, || self.contents.hash(function, content))
    }
}

fn success(data: String) -> Answer {
    Answer {
        status: status::SUCCESS,
        message: Cow::Borrowed("success"),
        data,
    }
}

fn now_s() -> i64 {
    Time::now().0.div_euclid(1000)
}
