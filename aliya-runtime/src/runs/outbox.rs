//! New players, where the managers are other processes: what is to run for a player is written down
//! in the transaction that makes the account, and worked off afterwards, until it is done.
//!
//! A function may be called several times, but its manager runs it once: it marks it as run together
//! with its effects.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::{FIRST_WAIT_MS, Newcomers, created, on_player_created, wait_ms};
use crate::BoxFuture;
use crate::call::{PeerCall, Peers};
use crate::clock::Clock;
use crate::db::migrate::{History, How, beginning};
use crate::db::{Conn, Db, DbError, Param, Row, Statement, Value};
use crate::function::{FunctionInfo, Game};
use crate::shutdown::CancellationToken;
use crate::stop::Stop;
use crate::types::{PlayerId, Time};

/// How long a login waits for the functions of its new player.
const LOGIN_WAITS: Duration = Duration::from_secs(2);

/// For how long the login itself calls them, before they are anybody's.
const LOGIN_MS: i64 = 5_000;

/// How many calls are made at a time.
const AT_ONCE: i64 = 32;

/// What is to run for new players, in the token server's database.
pub struct Outbox {
    game: &'static Game,
    db: Db,
    peers: Arc<dyn Peers>,
    clock: Clock,
    /// Set when something was written down.
    written: Notify,
}

/// A function that is to run for a player.
#[derive(Clone, Debug)]
struct Waiting {
    player: PlayerId,
    manager: String,
    function: String,
    created: Time,
    attempts: i64,
}

impl Outbox {
    /// The outbox in `db`, where its table is made. `peers` lead to the managers; `clock` says when
    /// to call again.
    pub async fn open(
        game: &'static Game,
        db: Db,
        peers: Arc<dyn Peers>,
        clock: Clock,
    ) -> Result<Arc<Self>, DbError> {
        db.migrate(&[&HISTORY], How::Safe).await?;
        Ok(Arc::new(Self {
            game,
            db,
            peers,
            clock,
            written: Notify::new(),
        }))
    }

    /// Works it off until `stop`. A call that is under way then is repeated after the next start.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        loop {
            // Made before it looks: what is written from here on wakes it.
            let written = self.written.notified();
            let worked_off = tokio::select! {
                () = stop.cancelled() => return,
                worked_off = self.work_off() => worked_off,
            };
            let next = match worked_off {
                Ok(next) => next,
                Err(error) => {
                    tracing::error!("what is to run for new players: {error}");
                    Some(Time(self.clock.now().0.saturating_add(FIRST_WAIT_MS)))
                }
            };
            let due = async {
                match next {
                    Some(next) => self.clock.until(next).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = written => {}
                () = due => {}
            }
        }
    }

    /// Calls what is due, and returns when the next is; `None` where nothing waits.
    pub async fn work_off(self: &Arc<Self>) -> Result<Option<Time>, Stop> {
        loop {
            let now = self.clock.now();
            let due = [Param::Int(now.0), Param::Int(AT_ONCE)];
            let due = waiting(self.db.query(&DUE, &due).await?)?;
            if due.is_empty() {
                break;
            }
            self.call_all(due).await?;
        }
        match self.db.query(&NEXT, &[]).await?.first().map(Vec::as_slice) {
            Some([Value::Int(next)]) => Ok(Some(Time(*next))),
            _ => Ok(None),
        }
    }

    /// Calls those, all at a time; each is done, or waits longer, afterwards.
    async fn call_all(self: &Arc<Self>, all: Vec<Waiting>) -> Result<(), Stop> {
        let mut calls = JoinSet::new();
        for waiting in all {
            let outbox = Arc::clone(self);
            calls.spawn(async move { outbox.call(waiting).await });
        }
        let mut failed = Ok(());
        while let Some(called) = calls.join_next().await {
            let called = called.unwrap_or_else(|error| Err(Stop::fault(error.to_string())));
            failed = failed.and(called);
        }
        failed
    }

    async fn call(&self, waiting: Waiting) -> Result<(), Stop> {
        let Waiting {
            player,
            manager,
            function: name,
            ..
        } = &waiting;
        let function = self.game.manager(manager);
        let Some(function) = function.and_then(|manager| manager.function(name)) else {
            tracing::error!(%player, "{manager}.{name} was to run, and the game has it no more");
            return self.keep(waiting, None).await;
        };
        match self.ask(&waiting, function).await {
            Ok(()) => self.keep(waiting, None).await,
            Err(stop) => {
                let wait_ms = wait_ms(waiting.attempts);
                tracing::error!(%player, wait_ms, "{manager}.{name} for a new player: {stop}");
                let next = self.clock.now().0.saturating_add(wait_ms);
                self.keep(waiting, Some(Time(next))).await
            }
        }
    }

    /// One call of its manager.
    async fn ask(&self, waiting: &Waiting, function: &'static FunctionInfo) -> Result<(), Stop> {
        let request = created::request(&waiting.player, waiting.created);
        let call = PeerCall::new(function, &request, "{}".to_owned());
        let answer = self.peers.call(call).await?;
        if answer.status == 0 || function.outcomes.contains(&answer.status) {
            return Ok(());
        }
        let what = format!("it ended with {}, {}", answer.status, answer.message);
        Err(Stop::fault(what))
    }

    /// Writes down that it waits until `next`, or with `None`, that it is done.
    async fn keep(&self, waiting: Waiting, next: Option<Time>) -> Result<(), Stop> {
        let waiting = Arc::new(waiting);
        self.db
            .write(move |conn| {
                let waiting = Arc::clone(&waiting);
                Box::pin(async move {
                    let [player, manager, function] = waiting.key();
                    match next {
                        None => conn.execute(&DELETE, &[player, manager, function]).await?,
                        Some(next) => {
                            let next = Param::Int(next.0);
                            let row = [next, player, manager, function];
                            conn.execute(&WAIT, &row).await?
                        }
                    };
                    Ok::<_, Stop>(())
                })
            })
            .await
    }

    async fn write_down(&self, conn: &mut Conn, player: &PlayerId) -> Result<(), Stop> {
        let now = self.clock.now();
        let next = Param::Int(now.0.saturating_add(LOGIN_MS));
        for function in on_player_created(self.game) {
            let row = [
                Param::Text(player.as_str()),
                Param::Text(function.manager),
                Param::Text(function.name),
                Param::Int(now.0),
                next,
            ];
            conn.execute(&INSERT, &row).await?;
        }
        Ok(())
    }

    /// Calls the functions of a player who was just made.
    async fn call_for(self: Arc<Self>, player: PlayerId) -> Result<(), Stop> {
        let of = [Param::Text(player.as_str())];
        let waiting = waiting(self.db.query(&OF_PLAYER, &of).await?)?;
        self.call_all(waiting).await
    }
}

impl Newcomers for Arc<Outbox> {
    fn created<'a>(
        &'a self,
        conn: &'a mut Conn,
        player: &'a PlayerId,
    ) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(self.write_down(conn, player))
    }

    fn committed<'a>(&'a self, player: &'a PlayerId) -> BoxFuture<'a, ()> {
        let calls = tokio::spawn(Arc::clone(self).call_for(player.clone()));
        Box::pin(async move {
            // What takes longer goes on without the login, and is repeated where it fails.
            match tokio::time::timeout(LOGIN_WAITS, calls).await {
                Ok(Ok(Ok(()))) | Err(_) => {}
                Ok(Ok(Err(stop))) => tracing::error!(%player, "a new player: {stop}"),
                Ok(Err(error)) => tracing::error!(%player, "a new player: {error}"),
            }
            self.written.notify_one();
        })
    }
}

impl Waiting {
    fn key(&self) -> [Param<'_>; 3] {
        [
            Param::Text(self.player.as_str()),
            Param::Text(&self.manager),
            Param::Text(&self.function),
        ]
    }
}

fn waiting(rows: Vec<Row>) -> Result<Vec<Waiting>, Stop> {
    let of = |row: Row| match <[Value; 5]>::try_from(row) {
        Ok(
            [
                Value::Text(player),
                Value::Text(manager),
                Value::Text(function),
                Value::Int(created_ms),
                Value::Int(attempts),
            ],
        ) => Ok(Waiting {
            player: PlayerId::new(player),
            manager,
            function,
            created: Time(created_ms),
            attempts,
        }),
        _ => Err(Stop::fault("a row of aliya$newcomer is damaged")),
    };
    rows.into_iter().map(of).collect()
}

pub(crate) static HISTORY: History = beginning!(
    "aliya$newcomer",
    "new table `aliya$newcomer`",
    [CREATE, CREATE_INDEX]
);

static CREATE: Statement = Statement {
    name: "aliya.newcomer.create",
    sqlite: r#"CREATE TABLE "aliya$newcomer" (
  "player" TEXT NOT NULL,
  "manager" TEXT NOT NULL,
  "function" TEXT NOT NULL,
  "created_ms" INTEGER NOT NULL,
  "attempts" INTEGER NOT NULL,
  "next_ms" INTEGER NOT NULL,
  PRIMARY KEY ("player", "manager", "function")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "aliya$newcomer" (
  "player" TEXT COLLATE "C" NOT NULL,
  "manager" TEXT COLLATE "C" NOT NULL,
  "function" TEXT COLLATE "C" NOT NULL,
  "created_ms" BIGINT NOT NULL,
  "attempts" BIGINT NOT NULL,
  "next_ms" BIGINT NOT NULL,
  PRIMARY KEY ("player", "manager", "function")
)"#,
    mysql: r#"CREATE TABLE `aliya$newcomer` (
  `player` VARCHAR(128) NOT NULL,
  `manager` VARCHAR(255) NOT NULL,
  `function` VARCHAR(255) NOT NULL,
  `created_ms` BIGINT NOT NULL,
  `attempts` BIGINT NOT NULL,
  `next_ms` BIGINT NOT NULL,
  PRIMARY KEY (`player`, `manager`, `function`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_INDEX: Statement = Statement {
    name: "aliya.newcomer.index_next",
    sqlite: r#"CREATE INDEX "aliya$newcomer$next" ON "aliya$newcomer" ("next_ms")"#,
    postgres: r#"CREATE INDEX "aliya$newcomer$next" ON "aliya$newcomer" ("next_ms")"#,
    mysql: r#"CREATE INDEX `aliya$newcomer$next` ON `aliya$newcomer` (`next_ms`)"#,
};

static INSERT: Statement = Statement {
    name: "aliya.newcomer.insert",
    sqlite: r#"INSERT INTO "aliya$newcomer" ("player", "manager", "function", "created_ms", "attempts", "next_ms")
VALUES (?1, ?2, ?3, ?4, 0, ?5)"#,
    postgres: r#"INSERT INTO "aliya$newcomer" ("player", "manager", "function", "created_ms", "attempts", "next_ms")
VALUES ($1, $2, $3, $4, 0, $5)"#,
    mysql: r#"INSERT INTO `aliya$newcomer` (`player`, `manager`, `function`, `created_ms`, `attempts`, `next_ms`)
VALUES (?, ?, ?, ?, 0, ?)"#,
};

static DELETE: Statement = Statement {
    name: "aliya.newcomer.delete",
    sqlite: r#"DELETE
FROM "aliya$newcomer"
WHERE "player" = ?1 AND "manager" = ?2 AND "function" = ?3"#,
    postgres: r#"DELETE
FROM "aliya$newcomer"
WHERE "player" = $1 AND "manager" = $2 AND "function" = $3"#,
    mysql: r#"DELETE
FROM `aliya$newcomer`
WHERE `player` = ? AND `manager` = ? AND `function` = ?"#,
};

static WAIT: Statement = Statement {
    name: "aliya.newcomer.wait",
    sqlite: r#"UPDATE "aliya$newcomer"
SET "attempts" = "attempts" + 1, "next_ms" = ?1
WHERE "player" = ?2 AND "manager" = ?3 AND "function" = ?4"#,
    postgres: r#"UPDATE "aliya$newcomer"
SET "attempts" = "attempts" + 1, "next_ms" = $1
WHERE "player" = $2 AND "manager" = $3 AND "function" = $4"#,
    mysql: r#"UPDATE `aliya$newcomer`
SET `attempts` = `attempts` + 1, `next_ms` = ?
WHERE `player` = ? AND `manager` = ? AND `function` = ?"#,
};

static OF_PLAYER: Statement = Statement {
    name: "aliya.newcomer.of_player",
    sqlite: r#"SELECT "player", "manager", "function", "created_ms", "attempts"
FROM "aliya$newcomer"
WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "manager", "function", "created_ms", "attempts"
FROM "aliya$newcomer"
WHERE "player" = $1"#,
    mysql: r#"SELECT `player`, `manager`, `function`, `created_ms`, `attempts`
FROM `aliya$newcomer`
WHERE `player` = ?"#,
};

static DUE: Statement = Statement {
    name: "aliya.newcomer.due",
    sqlite: r#"SELECT "player", "manager", "function", "created_ms", "attempts"
FROM "aliya$newcomer"
WHERE "next_ms" <= ?1 ORDER BY "next_ms" LIMIT ?2"#,
    postgres: r#"SELECT "player", "manager", "function", "created_ms", "attempts"
FROM "aliya$newcomer"
WHERE "next_ms" <= $1 ORDER BY "next_ms" LIMIT $2"#,
    mysql: r#"SELECT `player`, `manager`, `function`, `created_ms`, `attempts`
FROM `aliya$newcomer`
WHERE `next_ms` <= ? ORDER BY `next_ms` LIMIT ?"#,
};

static NEXT: Statement = Statement {
    name: "aliya.newcomer.next",
    sqlite: r#"SELECT "next_ms" FROM "aliya$newcomer" ORDER BY "next_ms" LIMIT 1"#,
    postgres: r#"SELECT "next_ms" FROM "aliya$newcomer" ORDER BY "next_ms" LIMIT 1"#,
    mysql: r#"SELECT `next_ms` FROM `aliya$newcomer` ORDER BY `next_ms` LIMIT 1"#,
};
