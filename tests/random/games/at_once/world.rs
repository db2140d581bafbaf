//! The groups of a game: in one process or two each, over a database of its own or one on a server.

use std::path::Path;
use std::sync::Arc;

use aliya_runtime::call::{Peers, Request};
use aliya_runtime::config::{Config, Store};
use aliya_runtime::db::migrate::How;
use aliya_runtime::db::{Db, Options};
use aliya_runtime::function::Game;
use aliya_runtime::group::Group;
use aliya_runtime::random::{Seed, Seeds};
use aliya_runtime::{Manager, PlayerId, Time};
use serde_json::Value;
use tempfile::TempDir;

use super::tables::{Op, Rows, Tables};
use super::wire::{Line, Wire};

/// How many requests make the rows that there are at first.
const REQUESTS: usize = 30;
/// How often it is looked whether something is under way.
const LOOKS: usize = 8;
/// Later than anything is due.
const FAR: Time = Time(i64::MAX / 2);

/// A game, and what runs it.
#[derive(Clone, Copy)]
pub struct Played {
    pub game: &'static Game,
    pub config: Option<&'static Config>,
}

/// The groups of a game.
pub struct World {
    pub wire: Arc<Wire>,
    /// The managers of each group.
    pub managers: Vec<Vec<&'static str>>,
    /// The databases: that of each group, or one for all.
    tables: Vec<Tables>,
    dbs: Vec<Db>,
    _folder: TempDir,
}

impl World {
    /// The groups that `shape` names, after some of the requests that are in `folder`.
    pub async fn start(played: Played, shape: &Value, folder: &Path) -> Self {
        let groups: Vec<Vec<String>> =
            serde_json::from_value(shape["groups"].clone()).expect("groups");
        let hosts = usize::from(shape["hosts"] == 2) + 1;
        let on_server = hosts > 1;
        let at = folder_of_databases();
        let first = at.path().join("all.sqlite");
        let db = open(&first).await;
        let histories = aliya_runtime::histories(played.game);
        db.migrate(&histories, How::All)
            .await
            .expect("tables of the runtime");
        begin(played, &db, folder).await;
        let dbs = match on_server {
            true => vec![db],
            false => {
                db.close().await.expect("closes");
                let mut dbs = Vec::new();
                for number in 0..groups.len() {
                    let own = at.path().join(format!("{number}.sqlite"));
                    std::fs::copy(&first, &own).expect("copies");
                    dbs.push(open(&own).await);
                }
                dbs
            }
        };
        let wire = Arc::new(Wire::default());
        let mut all = Vec::new();
        for (from, names) in groups.iter().enumerate() {
            let mut of_group = Vec::new();
            for _ in 0..hosts {
                let wire = Arc::clone(&wire);
                let db = dbs[from.min(dbs.len() - 1)].clone();
                let line = Arc::new(Line { from, wire });
                of_group.push(group(played, names, db, line, folder).await);
            }
            all.push(of_group);
        }
        wire.set(all);
        let mut tables = Vec::new();
        for db in &dbs {
            let managers: Vec<&'static Manager> = played.game.managers.to_vec();
            tables.push(Tables::kept(db, &managers, on_server).await);
        }
        let managers = wire.hosts().iter();
        let managers = managers.map(|hosts| hosts[0].managers().iter().map(|it| it.name).collect());
        Self {
            managers: managers.collect(),
            wire,
            tables,
            dbs,
            _folder: at,
        }
    }

    /// Puts the rows back that there were at first.
    pub async fn put_back(&self) {
        for tables in &self.tables {
            tables.put_back().await;
        }
    }

    /// The same of a group alone.
    pub async fn put_group_back(&self, group: usize) {
        self.tables_of(group).put_back().await;
    }

    /// The rows of each group.
    pub async fn rows(&self, now: i64) -> Vec<Rows> {
        let mut rows = Vec::new();
        for group in 0..self.managers.len() {
            rows.push(self.rows_of(group, now).await);
        }
        rows
    }

    /// The rows of a group.
    pub async fn rows_of(&self, group: usize, now: i64) -> Rows {
        self.tables_of(group).rows(&self.managers[group], now).await
    }

    /// All ops.
    pub async fn ops(&self) -> Vec<Op> {
        let mut ops = Vec::new();
        for tables in &self.tables {
            ops.extend(tables.ops().await);
        }
        ops
    }

    /// Drives what is under way, until nothing is, or it seems that it never ends.
    pub async fn drain(&self) {
        for _ in 0..LOOKS {
            let mut driven = 0;
            for group in self.wire.hosts().iter().flatten() {
                driven += group.recover_due(FAR).await.expect("ops");
            }
            if driven == 0 {
                return;
            }
        }
    }

    /// Ends it.
    pub async fn end(&self) {
        for db in &self.dbs {
            db.close().await.expect("closes");
        }
    }

    fn tables_of(&self, group: usize) -> &Tables {
        &self.tables[group.min(self.tables.len() - 1)]
    }
}

/// A folder for files of SQLite: in memory, where the system has a place there, as nothing here depends
/// on the disk but the time that it takes.
fn folder_of_databases() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = match memory.is_dir() {
        true => tempfile::tempdir_in(memory),
        false => tempfile::tempdir(),
    };
    made.expect("a folder")
}

async fn open(file: &Path) -> Db {
    let url = aliya_test_servers::database_here(file);
    let url = url.expect("a database").parse().expect("a URL");
    Db::open(&url, Options::default()).await.expect("opens")
}

async fn group(
    played: Played,
    names: &[String],
    db: Db,
    peers: Arc<dyn Peers>,
    folder: &Path,
) -> Arc<Group> {
    let store = played.config.map(|config| {
        Store::open(config, &folder.join("config")).expect("the values of balance tables")
    });
    let seeds = Seeds::Fixed(Seed([7; 32]));
    let group = Group::start_with(played.game, names, db, peers, seeds, store);
    group.await.expect("starts")
}

/// Makes the rows that there are at first.
async fn begin(played: Played, db: &Db, folder: &Path) {
    let game = played.game;
    let names: Vec<String> = game.managers.iter().map(|it| it.name.to_owned()).collect();
    let line = Arc::new(Line {
        from: 0,
        wire: Arc::default(),
    });
    let all = group(played, &names, db.clone(), line, folder).await;
    let requests = std::fs::read(folder.join("requests.json")).expect("requests");
    let requests: Vec<Value> = serde_json::from_slice(&requests).expect("a list of requests");
    for request in requests.iter().take(REQUESTS) {
        let text = |key: &str| request[key].as_str();
        let manager = text("manager").and_then(|name| game.manager(name));
        let function = manager.and_then(|it| it.function(text("function")?));
        let asked = Request {
            caller: text("caller").map(PlayerId::new),
            ..Request::new(Time(request["now"].as_i64().expect("a time")), "before")
        };
        let data = request["data"].as_object().expect("args are an object");
        // Whatever it comes to.
        let _ = all
            .run(function.expect("the game has the function"), data, asked)
            .await;
    }
    all.finish().await;
}
