//! The token server: players' accounts, and the tokens with which they act.
//!
//! A player has at most one live token. Which one it is stands in the `session` table, written by
//! the login's own transaction, and in memory, where every request looks it up.

mod accounts;
mod args;
mod function;
mod http;
mod jwt;
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
pub use self::http::{CREDENTIAL_HEADER, router};
pub use self::jwt::Refusal;
pub use self::refusal::{ValidateError, bad_token};
pub use self::settings::Settings;

use self::accounts::{Binding, Identifier, Login, Way};
use self::jwt::Signer;
use self::password::Hasher;
use self::sessions::{Session, Sessions};
use crate::db::migrate::{History, How};
use crate::db::{self, Db};
use crate::newcomers::Newcomers;
use crate::secrets::Secret;
use crate::stop::{Answer, Failure, Stop, status};
use crate::types::{PlayerId, Time};
use crate::wire;

const BOUND: Failure = Failure::new(
    2,
    "The account corresponding to this unique_id has already been bound. Please log in using a \
     different method.",
);
const INVALID_CREDENTIALS: Failure = Failure::new(1, "Invalid credentials");
const ALREADY_BOUND: Failure = Failure::new(2, "already bound");

/// The histories of the tables in the token server's database, new players' among them.
pub(crate) static HISTORIES: [&History; 2] = [&tables::HISTORY, &crate::op::HISTORY];

/// The token server. There is one, in one process: its memory is what ends earlier tokens at once.
pub struct TokenServer {
    db: Db,
    signer: Signer,
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
    /// A token server over `db`, where it makes its tables `account` and `session`, with the live
    /// sessions that it finds there. `newcomers` does what a new player needs.
    pub async fn start(
        db: Db,
        secret: &Secret,
        settings: &Settings,
        newcomers: Arc<dyn Newcomers>,
    ) -> Result<Arc<Self>, Stop> {
        db.migrate(&[&tables::HISTORY], How::Safe).await?;
        let sessions = Sessions::default();
        accounts::load_sessions(&db, Time::now(), &sessions).await?;
        Ok(Arc::new(Self {
            db,
            signer: Signer::new(secret, &settings.issuer, &settings.audience),
            hasher: Hasher::new(
                settings.hashes_at_once,
                Duration::from_millis(settings.hash_wait_ms),
            ),
            sessions: Arc::new(sessions),
            lifetime_s: settings.lifetime_s.into(),
            newcomers,
        }))
    }

    /// Runs one of its functions over the `data` of a request.
    pub async fn run(&self, function: Function, data: &Map<String, Value>) -> Result<Answer, Stop> {
        match function {
            Function::LoginUnique => self.login_unique(data).await,
            Function::Login => self.login(data).await,
            Function::BindAccount => self.bind_account(data).await,
        }
    }

    /// `{unique_id}`: a token for the player of that id, who is made if there is none (status 1).
    /// Ends with 2 once the player has a password.
    pub async fn login_unique(&self, data: &Map<String, Value>) -> Result<Answer, Stop> {
        let player = PlayerId::new(args::name(data, "unique_id")?);
        self.open_session(player, Way::UniqueId).await
    }

    /// `{identifier, value, password}`: a token for the player whose `account`, `email` or
    /// `phone_number` (`identifier` says which) is `value`. Ends with 1, whatever was wrong.
    pub async fn login(&self, data: &Map<String, Value>) -> Result<Answer, Stop> {
        let identifier = Identifier::named(args::text(data, "identifier")?)?;
        let value = args::text(data, "value")?;
        let password = args::text(data, "password")?;
        // What cannot be bound cannot be found; it costs the time of a password all the same.
        let found = match args::check_name("value", value) {
            Ok(()) => accounts::find(&self.db, identifier, value).await?,
            Err(_) => None,
        };
        let (player, hash) = found.unzip();
        let right = self.hasher.verify(password.to_owned(), hash).await?;
        match player {
            Some(player) if right => self.open_session(player, Way::Password).await,
            _ => Err(INVALID_CREDENTIALS.into()),
        }
    }

    /// `{token, account, password}`, optionally `email`, `phone_number`: gives the token's player
    /// names and a password. Ends with 1 if another player has one of the names (`data.taken` says
    /// which), with 2 if this player has names already.
    pub async fn bind_account(&self, data: &Map<String, Value>) -> Result<Answer, Stop> {
        let player = match data.get("token") {
            None => return Err(args::missing("token")),
            Some(token) => {
                let valid = token.as_str().and_then(|token| self.validate(token).ok());
                valid.ok_or_else(|| bad_token(token))?
            }
        };
        let password = args::password(data)?;
        let mut binding = Binding {
            player,
            account: args::name(data, "account")?.to_owned(),
            email: args::optional_name(data, "email")?.map(str::to_owned),
            phone_number: args::optional_name(data, "phone_number")?.map(str::to_owned),
            password_hash: String::new(),
        };
        // Asked before the password is hashed, so that a refusal is cheap, and again by the
        // transaction that counts.
        let asked = binding.clone();
        let refused = db::job(move |conn| {
            let asked = asked.clone();
            Box::pin(async move { accounts::check_binding(conn, &asked).await })
        });
        self.db.read(refused).await?;

        binding.password_hash = self.hasher.hash(password.to_owned()).await?;
        let bind = db::job(move |conn| {
            let binding = binding.clone();
            Box::pin(async move { accounts::bind(conn, &binding).await })
        });
        self.db.write(bind).await?;
        Ok(success("{}".to_owned()))
    }

    /// The player whose live token this is. Answers from memory.
    pub fn validate(&self, token: &str) -> Result<PlayerId, ValidateError> {
        let (player, jti) = self.signer.read(token)?;
        if !self.sessions.is_live(&player, jti, now_s()) {
            return Err(Refusal::Ended.into());
        }
        Ok(player)
    }

    /// Makes the player's new token the only live one, and answers with it.
    async fn open_session(&self, player: PlayerId, way: Way) -> Result<Answer, Stop> {
        let jti = random_jti()?;
        let now = Time::now();
        let issued_s = now.0.div_euclid(1000);
        let expires_s = issued_s + self.lifetime_s;
        let token = self.signer.issue(&player, jti, issued_s, expires_s);
        let login = Arc::new(Login {
            player,
            way,
            jti,
            expires_s,
            now,
        });

        let (db, sessions) = (self.db.clone(), Arc::clone(&self.sessions));
        let newcomers = Arc::clone(&self.newcomers);
        // In a task of its own: were a caller that goes away to drop this between the commit and
        // the map, the earlier token would live on.
        let opened = tokio::spawn(async move {
            let (asked, newcomer) = (Arc::clone(&login), Arc::clone(&newcomers));
            let open = db::job(move |conn| {
                let (login, newcomers) = (Arc::clone(&asked), Arc::clone(&newcomer));
                Box::pin(async move { accounts::open_session(conn, &login, &*newcomers).await })
            });
            let opened = db.write(open).await?;
            let session = Session {
                generation: opened.generation,
                jti,
                expires_s,
            };
            sessions.put(login.player.clone(), session, issued_s);
            if opened.created {
                newcomers.committed(&login.player).await;
            }
            Ok::<_, Stop>(opened)
        });
        let opened = opened
            .await
            .map_err(|error| Stop::fault(format!("login: {error}")))??;

        let mut data = String::from("{\"token\":");
        wire::write_text(&token, &mut data);
        data.push('}');
        let mut answer = success(data);
        if opened.created {
            (answer.status, answer.message) = (1, Cow::Borrowed("new account created"));
        }
        Ok(answer)
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

/// A token's id: two tokens never have the same, whenever they are made.
fn random_jti() -> Result<u128, Stop> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Stop::fault(format!("token id: {error}")))?;
    Ok(u128::from_be_bytes(bytes))
}
