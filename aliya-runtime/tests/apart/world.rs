//! The groups of the game over databases of their own, and what tests ask of them.

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use aliya_runtime::call::{Act, Deadline, Key, Request};
use aliya_runtime::config::Store;
use aliya_runtime::db::migrate::How;
use aliya_runtime::db::{Db, Options, Param, Statement, Table, Value as Cell};
use aliya_runtime::group::{Group, GroupError};
use aliya_runtime::random::Seeds;
use aliya_runtime::{Answer, FunctionInfo, Game, PlayerId, Stop, Time};
use aliya_test_servers::On;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::game::rows::{Count, Counts, Line as Row, Lines};
use crate::game::{GAME, GROUPS};
use crate::net::{Line, Net};

/// When the requests of these tests come.
pub static NOW: LazyLock<Time> = LazyLock::new(Time::now);

/// A day, in milliseconds.
pub const DAY_MS: i64 = 86_400_000;

/// The groups.
pub struct World {
    pub net: Arc<Net>,
    /// In the order of [`GROUPS`].
    dbs: Vec<Db>,
    pub store: Arc<Store>,
    pub folder: TempDir,
}

/// An op of a database.
#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    pub key: String,
    /// Manager and function.
    pub function: String,
    pub status: String,
    pub epoch: i64,
    pub attempts: i64,
    pub next: Time,
}

static OPS: Statement = Statement {
    name: "test.ops",
    sqlite: r#"SELECT "key", "manager", "function", "status", "epoch", "attempts", "next_ms" FROM "aliya$op" ORDER BY "key""#,
    postgres: r#"SELECT "key", "manager", "function", "status", "epoch", "attempts", "next_ms" FROM "aliya$op" ORDER BY "key""#,
    mysql: "SELECT `key`, `manager`, `function`, `status`, `epoch`, `attempts`, `next_ms` FROM `aliya$op` ORDER BY `key`",
};

impl World {
    /// New databases, and the groups over them. A unit of what is sold costs 3.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        price(folder.path(), 3);
        let config = GAME.config.expect("balance tables");
        let store = Store::open(config, folder.path()).expect("values");
        let mut world = Self {
            net: Arc::new(Net::default()),
            dbs: Vec::new(),
            store,
            folder,
        };
        for (name, managers) in GROUPS {
            let file = if share_a_database() { "all" } else { name };
            world.dbs.push(database(world.folder.path(), file).await);
            let group = world.group(&GAME, managers[0]).await;
            let group = group.unwrap_or_else(|error| panic!("{name}: {error}"));
            for manager in managers {
                world.net.add(manager, name, &group);
            }
        }
        world
    }

    /// A group of a game that hosts a manager, over the database of that: as another process has it.
    pub async fn group(
        &self,
        game: &'static Game,
        manager: &str,
    ) -> Result<Arc<Group>, GroupError> {
        let mut groups = GROUPS
            .iter()
            .filter(|(_, hosted)| hosted.contains(&manager));
        let (name, managers) = groups.next().expect("a manager of the game");
        let managers: Vec<_> = managers.iter().map(ToString::to_string).collect();
        let line = Arc::new(Line {
            from: name,
            net: Arc::clone(&self.net),
        });
        let (db, store) = (self.db(manager).clone(), Some(Arc::clone(&self.store)));
        Group::start_with(game, &managers, db, line, Seeds::System, store).await
    }

    /// Changes what a unit costs.
    pub fn set_price(&self, new: i64) {
        price(self.folder.path(), new);
        self.store.reload();
    }

    /// Sends a request to a function, such as `hero.train`, and waits for the answer.
    pub async fn send(
        &self,
        function: &str,
        args: Value,
        request: Request,
    ) -> Result<Answer, Stop> {
        self.act(function, args, request, Act::Call).await
    }

    /// The same, of which something else may be asked.
    pub async fn act(
        &self,
        function: &str,
        args: Value,
        request: Request,
        act: Act,
    ) -> Result<Answer, Stop> {
        let (manager, _) = function.split_once('.').expect("a manager");
        let (_, group) = self.net.host(manager);
        self.act_in(&group, function, args, request, act).await
    }

    /// The same in a process of one's choice.
    pub async fn act_in(
        &self,
        group: &Arc<Group>,
        function: &str,
        args: Value,
        request: Request,
        act: Act,
    ) -> Result<Answer, Stop> {
        let (function, args, group) = (info(function), object(args), Arc::clone(group));
        let (name, _) = self.net.host(function.manager);
        let run = async move { group.act(function, args, request, act).await };
        let ran = self.net.spawn(name, run).await;
        let ran =
            ran.unwrap_or_else(|_| Err(Stop::Unavailable("the process has ended".to_owned())));
        // A declared error is an answer, whether it was made now or was kept.
        match ran {
            Err(stop @ Stop::Failed(_)) => Ok(stop.into_answer("")),
            other => other,
        }
    }

    /// Sends a request for a player and returns the status and the data of the answer.
    pub async fn ask(&self, function: &str, args: Value, request: Request) -> (i64, Value) {
        told(self.send(function, args, request).await)
    }

    /// Drives what is under way in all groups until nothing is.
    pub async fn recover(&self) {
        for _ in 0..20 {
            // At once, as they are different processes: one may wait for the other.
            let [town, bags, post] = GROUPS.map(|(_, managers)| self.recover_group(managers[0]));
            let (town, bags, post) = tokio::join!(town, bags, post);
            if town + bags + post == 0 {
                return;
            }
        }
        panic!("it does not end: {:?}", self.ops().await);
    }

    /// Drives what is under way in the group of a manager; returns how much it was.
    pub async fn recover_group(&self, manager: &str) -> usize {
        let (name, group) = self.net.host(manager);
        let far = Time(NOW.0 + 3650 * DAY_MS);
        let run = async move { group.recover_due(far).await };
        let driven = self.net.spawn(name, run).await;
        driven.map_or(1, |driven| driven.expect("a database"))
    }

    /// All ops of all databases.
    pub async fn ops(&self) -> Vec<Op> {
        let mut ops = Vec::new();
        let distinct = if share_a_database() {
            1
        } else {
            self.dbs.len()
        };
        for db in &self.dbs[..distinct] {
            ops.extend(db.query(&OPS, &[]).await.expect("ops").into_iter().map(op));
        }
        ops
    }

    /// The statuses of the ops of a function.
    pub async fn statuses(&self, function: &str) -> Vec<String> {
        let ops = self.ops().await.into_iter();
        let ops = ops.filter(|op| op.function == function);
        ops.map(|op| op.status).collect()
    }

    /// A player's number in a table of a manager.
    pub async fn count(&self, manager: &str, counts: &'static Counts, player: &str) -> i64 {
        let rows = self
            .db(manager)
            .query(counts.query(), &[Param::Text(player)])
            .await;
        let row = rows.expect("rows").into_iter().next();
        row.map_or(0, |row| Count::from_row(row).expect("a row").amount)
    }

    /// A player's lines in a table of a manager.
    pub async fn lines(&self, manager: &str, lines: &'static Lines, player: &str) -> Vec<String> {
        let rows = self
            .db(manager)
            .query(lines.query(), &[Param::Text(player)])
            .await;
        let rows = rows.expect("rows").into_iter();
        rows.map(|row| Row::from_row(row).expect("a row").text)
            .collect()
    }

    /// The database of a manager's group.
    pub fn db(&self, manager: &str) -> &Db {
        let at = GROUPS.iter().position(|(_, of)| of.contains(&manager));
        &self.dbs[at.expect("a manager of the game")]
    }

    /// Closes the databases: a server has so many connections.
    pub async fn close(&self) {
        for db in &self.dbs {
            db.close().await.expect("an end");
        }
    }

    /// Gives a player iron and stamps.
    pub async fn endow(&self, player: &str, iron: i64, stamps: i64) {
        let had = [
            ("bag.add", json!({"amount": iron})),
            ("mail.buy_stamps", json!({"count": stamps})),
        ];
        for (function, args) in had {
            let (status, _) = self.ask(function, args, of(player)).await;
            assert_eq!(status, 0);
        }
    }
}

/// Whether the groups have one database together: several programs cannot share a file of SQLite, and
/// on a server a database for each takes long to make.
fn share_a_database() -> bool {
    aliya_test_servers::here().expect("a database") != On::Sqlite
}

/// A database that is empty at first.
pub async fn database(folder: &Path, name: &str) -> Db {
    let url = aliya_test_servers::database_here(&folder.join(format!("{name}.sqlite")));
    let url = url.expect("a database").parse().expect("a URL");
    let db = Db::open(&url, Options::default())
        .await
        .expect("a database that opens");
    let migrated = db.migrate(&aliya_runtime::histories(&GAME), How::All).await;
    migrated.expect("tables");
    db
}

/// The function of a name such as `hero.train`.
pub fn info(name: &str) -> &'static FunctionInfo {
    let (manager, function) = name.split_once('.').expect("a manager");
    let found = GAME.manager(manager).and_then(|it| it.function(function));
    found.unwrap_or_else(|| panic!("{name}"))
}

/// A request of a player without a key.
pub fn of(player: &str) -> Request {
    Request {
        caller: Some(PlayerId::new(player)),
        ..Request::new(*NOW, "test")
    }
}

/// The same with the key of that number.
pub fn keyed(player: &str, number: u64) -> Request {
    born(player, number, *NOW)
}

/// The same with a key that was made then.
pub fn born(player: &str, number: u64, born: Time) -> Request {
    let random = format!("{:013}-{number:016x}", born.0);
    let key = Key::of_client(Some(&PlayerId::new(player)), &random);
    Request { key, ..of(player) }
}

/// The same, for whose answer nobody waits long.
pub fn in_a_hurry(request: Request) -> Request {
    let deadline = Deadline::after(Duration::from_millis(50));
    Request {
        deadline,
        ..request
    }
}

/// The status and the data of an answer.
pub fn told(answered: Result<Answer, Stop>) -> (i64, Value) {
    let answer = answered.unwrap_or_else(|stop| stop.into_answer("test"));
    let data = serde_json::from_str(&answer.data).expect("an object");
    (answer.status, data)
}

fn object(args: Value) -> Map<String, Value> {
    match args {
        Value::Object(args) => args,
        other => panic!("{other}"),
    }
}

fn price(folder: &Path, price: i64) {
    let text = format!("price: {price}\n");
    std::fs::write(folder.join("shop.yaml"), text).expect("a file");
}

fn op(row: Vec<Cell>) -> Op {
    let text = |at: usize| match &row[at] {
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let int = |at: usize| match row[at] {
        Cell::Int(int) => int,
        ref other => panic!("{other:?}"),
    };
    Op {
        key: text(0),
        function: format!("{}.{}", text(1), text(2)),
        status: text(3),
        epoch: int(4),
        attempts: int(5),
        next: Time(int(6)),
    }
}
