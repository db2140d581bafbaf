//! Balance tables under a request that is on its way: it goes on with those that it began with.

#![allow(missing_docs, clippy::unnecessary_wraps)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aliya_runtime::call::{PeerCall, Peers, Request};
use aliya_runtime::config::{self, Config, Field, Reloaded, Shape, Store};
use aliya_runtime::db::{DatabaseUrl, Db, Options};
use aliya_runtime::group::Group;
use aliya_runtime::prelude::*;
use aliya_runtime::random::Seeds;
use aliya_runtime::{Answer, BoxFuture};
use serde_json::{Map, Value, json};

/// What generated code has.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Numbers {
    pub shop: Shop,
}

#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Shop {
    pub price: i64,
}

static SHOP: Shape = Shape::Record(&[Field {
    name: "price",
    shape: &Shape::Int,
    optional: false,
}]);

static CONFIG: Config = Config {
    tables: &[config::Table {
        name: "shop",
        shape: &SHOP,
    }],
    decode: config::decode::<Numbers>,
};

#[derive(Args, Outgoing)]
#[callee(manager = "market", function = "raise")]
pub struct RaiseArgs {}

#[derive(Reply, Incoming)]
pub struct RaiseReply {}

#[derive(Args)]
pub struct BuyArgs {}

#[derive(Reply)]
pub struct BuyReply {
    pub before: i64,
    pub after: i64,
}

/// A row of what was sold.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "till_sale")]
pub struct Sale {
    pub id: Id,
    pub price: i64,
}

static CREATE_SALE: Statement = Statement {
    name: "till.sale.create",
    sqlite: "CREATE TABLE \"till_sale\" (\"id\" INTEGER PRIMARY KEY, \"price\" INTEGER NOT NULL) STRICT",
    ..Statement::SQLITE_ALONE
};

static INSERT_SALE: Statement = Statement {
    name: "till.sale.insert",
    sqlite: "INSERT INTO \"till_sale\" (\"price\") VALUES (?1) RETURNING \"id\"",
    ..Statement::SQLITE_ALONE
};

/// What another process hosts: here it changes the price.
pub mod market {
    use super::*;

    pub struct MarketManager;

    #[manager(name = "market", port = 9002)]
    impl MarketManager {
        #[function(access = Internal)]
        pub async fn raise(_cx: &mut Cx<'_>, _args: &RaiseArgs) -> Result<Returned, Stop> {
            Ok(Returned::success(Box::new(RaiseReply {})))
        }
    }
}

pub mod till {
    use super::*;

    pub struct TillManager;

    #[manager(name = "till", port = 9001, schema = [CREATE_SALE])]
    impl TillManager {
        /// Reads the price, has it changed, and reads it again in the transaction that writes.
        #[function(access = Player, writes, reaches = ["market"])]
        pub async fn buy(cx: &mut Cx<'_>, _args: &BuyArgs) -> Result<Returned, Stop> {
            let before = cx.config::<Numbers>()?.shop.price;
            cx.call(&RaiseArgs {}).await?;
            let after = cx.config::<Numbers>()?.shop.price;
            let sale = Sale {
                id: Id(0),
                price: after,
            };
            cx.insert_id(&INSERT_SALE, &sale, &[sale.price.param()])
                .await?;
            Ok(Returned::success(Box::new(BuyReply { before, after })))
        }
    }
}

static GAME: Game = Game {
    name: "shop",
    time_zone: "UTC",
    managers: &[&market::MARKET, &till::TILL],
    routes: &[],
    config: Some(&CONFIG),
};

/// Writes the next price each time it is called.
struct Market {
    file: PathBuf,
    store: Arc<Store>,
}

impl Peers for Market {
    fn call<'a>(&'a self, _call: PeerCall<'a>) -> BoxFuture<'a, Result<Answer, Stop>> {
        let text = fs::read_to_string(&self.file).unwrap();
        fs::write(&self.file, text.replace("price: ", "price: 1")).unwrap();
        assert_eq!(self.store.reload(), Reloaded::Changed);
        let answer = Answer {
            status: 0,
            message: "success".into(),
            data: "{}".to_owned(),
        };
        Box::pin(async move { Ok(answer) })
    }
}

async fn open(folder: &Path) -> Arc<Group> {
    let file = folder.join("shop.yaml");
    fs::write(&file, "price: 5\n").unwrap();
    let store = Store::open(&CONFIG, folder).unwrap();
    let url = DatabaseUrl::sqlite(folder.join("till.db"));
    let db = Db::open(&url, Options::default()).await.unwrap();
    let market = Market {
        file,
        store: Arc::clone(&store),
    };
    let names = ["till".to_owned()];
    let seeds = Seeds::System;
    let group = Group::start_with(&GAME, &names, db, Arc::new(market), seeds, Some(store)).await;
    group.unwrap()
}

#[tokio::test]
async fn a_request_sees_one_version_in_all_its_runs() {
    let folder = tempfile::tempdir().unwrap();
    let group = open(folder.path()).await;
    let buy = till::TILL.function("buy").unwrap();
    for price in [5, 15, 115] {
        let request = Request {
            caller: Some(PlayerId::new("ada")),
            ..Request::new(Time(0), "r1")
        };
        let answer = group.run(buy, &Map::new(), request).await.unwrap();
        let data: Value = serde_json::from_str(&answer.data).unwrap();
        assert_eq!(data, json!({ "before": price, "after": price }));
    }
}

fn price(store: &Store) -> i64 {
    let values = store.values();
    values.downcast_ref::<Numbers>().unwrap().shop.price
}

fn shop(price: &str) -> (tempfile::TempDir, PathBuf, Arc<Store>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.yaml");
    fs::write(&file, format!("price: {price}\n")).unwrap();
    let store = Store::open(&CONFIG, folder.path()).unwrap();
    (folder, file, store)
}

#[test]
fn a_file_that_is_being_saved_is_not_read_half() {
    let (_folder, file, store) = shop("5");
    fs::write(&file, "price: 12").unwrap();
    assert_eq!(store.look(), Reloaded::Unchanged);
    fs::write(&file, "price: 1234\n").unwrap();
    assert_eq!(store.look(), Reloaded::Unchanged);
    assert_eq!(price(&store), 5);
    // Still since the last look.
    assert_eq!(store.look(), Reloaded::Changed);
    assert_eq!(price(&store), 1234);
    assert_eq!(store.look(), Reloaded::Unchanged);
    // By rename, too.
    let new = file.with_extension("new");
    fs::write(&new, "price: 7\n").unwrap();
    fs::rename(&new, &file).unwrap();
    assert_eq!(store.look(), Reloaded::Unchanged);
    assert_eq!(store.look(), Reloaded::Changed);
    assert_eq!(price(&store), 7);
}

#[test]
fn a_change_of_the_same_size_and_time_is_seen() {
    let (_folder, file, store) = shop("5");
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    fs::write(&file, "price: 6\n").unwrap();
    let times = fs::FileTimes::new().set_modified(written);
    let opened = fs::File::options().write(true).open(&file).unwrap();
    opened.set_times(times).unwrap();
    drop(opened);
    assert_eq!(store.look(), Reloaded::Unchanged);
    assert_eq!(store.look(), Reloaded::Changed);
    assert_eq!(price(&store), 6);
}

#[test]
fn what_is_no_regular_file_is_told_once_and_stops_nothing() {
    let (folder, file, store) = shop("5");
    fs::remove_file(&file).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&file).status();
    assert!(made.unwrap().success());
    assert_eq!(store.look(), Reloaded::Unchanged);
    match store.look() {
        Reloaded::Kept(error) => {
            let said = error.to_string();
            assert!(said.contains("shop.yaml: it is no regular file"), "{said}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(store.look(), Reloaded::Unchanged);
    let started = Store::open(&CONFIG, folder.path());
    assert!(started.is_err());
    fs::remove_file(&file).unwrap();
    fs::write(&file, "price: 8\n").unwrap();
    store.look();
    assert_eq!(store.look(), Reloaded::Changed);
    assert_eq!(price(&store), 8);
}
