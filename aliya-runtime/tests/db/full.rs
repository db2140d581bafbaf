//! A disk that is full, and has room again.

use aliya_runtime::db::{DbError, Param, Statement};

use crate::{Fixture, SLOW_BATCH, schema};

static LIMIT: Statement = Statement {
    name: "test.limit",
    sqlite: "PRAGMA max_page_count = 40",
    ..Statement::SQLITE_ALONE
};
static NO_LIMIT: Statement = Statement {
    name: "test.no_limit",
    sqlite: "PRAGMA max_page_count = 1000000",
    ..Statement::SQLITE_ALONE
};
static BIG: Statement = Statement {
    name: "test.big",
    sqlite: "CREATE TABLE \"big\" (\"text\" TEXT NOT NULL) STRICT",
    ..Statement::SQLITE_ALONE
};
static FILL: Statement = Statement {
    name: "test.fill",
    sqlite: "INSERT INTO \"big\" VALUES (?1)",
    ..Statement::SQLITE_ALONE
};

#[tokio::test]
async fn a_full_disk_is_told_and_passes() {
    let f = Fixture::open(SLOW_BATCH).await;
    f.db.create(schema(&[&BIG])).await.expect("a table");
    let pragma = |statement| f.spawn(move |conn| Box::pin(conn.query(statement, &[])));
    let fill = |kib: usize| {
        f.spawn(move |conn| {
            Box::pin(async move {
                let text = "x".repeat(kib * 1024);
                conn.execute(&FILL, &[Param::Text(&text)]).await
            })
        })
    };
    pragma(&LIMIT).await.expect("no panic").expect("a limit");

    let gate = f.gate().await;
    let before = f.add("before");
    let too_big = fill(1000);
    let fits = fill(4);
    gate.open().await;
    before.await.expect("no panic").expect("kept");
    fits.await.expect("no panic").expect("kept");
    let error = too_big.await.expect("no panic").expect_err("no room");
    assert!(
        matches!(&error, DbError::Unavailable(what) if what.contains("full")),
        "{error:?}"
    );
    assert_eq!([f.count("gate").await, f.count("before").await], [1, 1]);

    pragma(&NO_LIMIT)
        .await
        .expect("no panic")
        .expect("no limit");
    fill(1000).await.expect("no panic").expect("kept");
}
