//! What the token server does with its tables, in one transaction each.

use crate::db::{Conn, Db, DbError, Param, Row, Statement, Value};
use crate::newcomers::Newcomers;
use crate::stop::{Failure, Stop};
use crate::types::{PlayerId, Time};

use super::jwt::jti_text;
use super::sessions::{Session, Sessions};
use super::tables::{
    ACCOUNT_OF_PLAYER, BIND_ACCOUNT, FIND_BY_ACCOUNT, FIND_BY_EMAIL, FIND_BY_PHONE_NUMBER,
    GENERATION, INSERT_ACCOUNT, LIVE_SESSIONS, SAVE_SESSION, SESSION,
};
use super::{ALREADY_BOUND, BOUND, INVALID_CREDENTIALS};

/// The names by which a player with a password can be found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Identifier {
    Account,
    Email,
    PhoneNumber,
}

impl Identifier {
    /// From the arg `identifier`.
    pub(super) fn named(name: &str) -> Result<Self, Stop> {
        let all = [Self::Account, Self::Email, Self::PhoneNumber];
        let found = all.into_iter().find(|identifier| identifier.name() == name);
        found.ok_or_else(|| {
            Stop::Invalid("identifier must be account, email or phone_number".to_owned())
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
        }
    }

    fn query(self) -> &'static Statement {
        match self {
            Self::Account => &FIND_BY_ACCOUNT,
            Self::Email => &FIND_BY_EMAIL,
            Self::PhoneNumber => &FIND_BY_PHONE_NUMBER,
        }
    }
}

/// The player of that name, and the hash of the password.
pub(super) async fn find(
    db: &Db,
    identifier: Identifier,
    value: &str,
) -> Result<Option<(PlayerId, String)>, Stop> {
    let rows = db.query(identifier.query(), &[Param::Text(value)]).await?;
    match first(rows) {
        None => Ok(None),
        Some([Value::Text(player), Value::Text(hash)]) => Ok(Some((PlayerId::new(player), hash))),
        Some(_) => Err(damaged("account")),
    }
}

/// How a player proves who it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// By the `unique_id` alone, until a password is bound; it makes the player.
    UniqueId,
    /// By a password, which has been checked.
    Password,
}

/// A session to be opened.
#[derive(Debug)]
pub(super) struct Login {
    pub(super) player: PlayerId,
    pub(super) way: Way,
    pub(super) jti: u128,
    pub(super) issued_s: i64,
    pub(super) expires_s: i64,
    pub(super) now: Time,
}

/// A session that was opened.
#[derive(Debug)]
pub(super) struct Opened {
    /// Whether the login made the player.
    pub(super) created: bool,
    /// How many sessions the player has had, with this one.
    pub(super) generation: i64,
}

/// Opens a session, which ends the player's earlier one; makes the player where that is due, with
/// what `newcomers` does for it.
pub(super) async fn open_session(
    conn: &mut Conn,
    login: &Login,
    newcomers: &dyn Newcomers,
) -> Result<Opened, Stop> {
    let player = Param::Text(login.player.as_str());
    let created = match (login.way, account_of(conn, player).await?) {
        (Way::UniqueId, Some(Value::Null)) | (Way::Password, Some(Value::Text(_))) => false,
        (Way::UniqueId, None) => {
            let now_ms = Param::Int(login.now.0);
            conn.execute(&INSERT_ACCOUNT, &[player, now_ms]).await?;
            newcomers.created(conn, &login.player).await?;
            true
        }
        (Way::UniqueId, Some(_)) => return Err(BOUND.into()),
        (Way::Password, _) => return Err(INVALID_CREDENTIALS.into()),
    };
    let generation = match first(conn.query(&GENERATION, &[player]).await?) {
        None => 1,
        Some([Value::Int(last)]) => last + 1,
        Some(_) => return Err(damaged("session")),
    };
    let jti = jti_text(login.jti);
    let session = [
        player,
        Param::Int(generation),
        Param::Text(&jti),
        Param::Int(login.expires_s),
    ];
    conn.execute(&SAVE_SESSION, &session).await?;
    Ok(Opened {
        created,
        generation,
    })
}

/// Names and a password for a player.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) player: PlayerId,
    pub(super) account: String,
    pub(super) email: Option<String>,
    pub(super) phone_number: Option<String>,
    pub(super) password_hash: String,
}

/// Whether the names are free and the player has none yet. Reads only.
pub(super) async fn check_binding(conn: &mut Conn, binding: &Binding) -> Result<(), Stop> {
    match account_of(conn, Param::Text(binding.player.as_str())).await? {
        Some(Value::Null) => {}
        Some(_) => return Err(ALREADY_BOUND.into()),
        None => return Err(Stop::fault("a live token of a player without an account")),
    }
    for (identifier, name) in [
        (Identifier::Account, Some(&binding.account)),
        (Identifier::Email, binding.email.as_ref()),
        (Identifier::PhoneNumber, binding.phone_number.as_ref()),
    ] {
        let Some(name) = name else { continue };
        if !conn
            .query(identifier.query(), &[Param::Text(name)])
            .await?
            .is_empty()
        {
            return Err(taken(identifier).into());
        }
    }
    Ok(())
}

/// Binds them; ends as [`check_binding`] does where that is not possible.
pub(super) async fn bind(conn: &mut Conn, binding: &Binding) -> Result<(), Stop> {
    check_binding(conn, binding).await?;
    let row = [
        Param::Text(&binding.account),
        optional(binding.email.as_deref()),
        optional(binding.phone_number.as_deref()),
        Param::Text(&binding.password_hash),
        Param::Text(binding.player.as_str()),
    ];
    conn.execute(&BIND_ACCOUNT, &row).await?;
    Ok(())
}

fn optional(name: Option<&str>) -> Param<'_> {
    name.map_or(Param::Null, Param::Text)
}

/// Puts the sessions that have not expired into `sessions`.
pub(super) async fn load_sessions(db: &Db, now: Time, sessions: &Sessions) -> Result<(), Stop> {
    let now_s = now.0.div_euclid(1000);
    let mut after = String::new();
    loop {
        let page = db
            .query(&LIVE_SESSIONS, &[Param::Text(&after), Param::Int(now_s)])
            .await?;
        if page.is_empty() {
            return Ok(());
        }
        for row in page {
            let (player, session) = session_of(row).ok_or_else(|| damaged("session"))?;
            after.clone_from(&player);
            sessions.put(PlayerId::new(player), session, now_s);
        }
    }
}

/// The player's last session, whether it has expired or not.
pub(super) async fn last_session(db: &Db, player: &PlayerId) -> Result<Option<Session>, Stop> {
    let rows = db.query(&SESSION, &[Param::Text(player.as_str())]).await?;
    let session = rows.into_iter().next().map(session_of);
    let session = session.map(|it| it.ok_or_else(|| damaged("session")));
    Ok(session.transpose()?.map(|(_, session)| session))
}

fn session_of(row: Row) -> Option<(String, Session)> {
    let [
        Value::Text(player),
        Value::Int(generation),
        Value::Text(jti),
        Value::Int(expires_s),
    ] = <[Value; 4]>::try_from(row).ok()?
    else {
        return None;
    };
    let jti = u128::from_str_radix(&jti, 16).ok()?;
    Some((
        player,
        Session {
            generation,
            jti,
            expires_s,
        },
    ))
}

/// Whether there is such a player.
pub(super) async fn knows(db: &Db, player: &PlayerId) -> Result<bool, Stop> {
    let rows = db
        .query(&ACCOUNT_OF_PLAYER, &[Param::Text(player.as_str())])
        .await?;
    Ok(!rows.is_empty())
}

/// The player's account name, null while unbound; `None` where there is no such player.
async fn account_of(conn: &mut Conn, player: Param<'_>) -> Result<Option<Value>, DbError> {
    let rows = conn.query(&ACCOUNT_OF_PLAYER, &[player]).await?;
    Ok(first(rows).map(|[account]| account))
}

/// The first row, where it has as many columns as wanted: all statements name theirs.
fn first<const COLUMNS: usize>(rows: Vec<Row>) -> Option<[Value; COLUMNS]> {
    rows.into_iter().next().and_then(|row| row.try_into().ok())
}

fn taken(identifier: Identifier) -> Failure {
    let mut failure = Failure::new(1, "name taken");
    failure.data = Some(format!("{{\"taken\":\"{}\"}}", identifier.name()));
    failure
}

fn damaged(table: &str) -> Stop {
    Stop::fault(format!("table {table} holds what this server never writes"))
}
