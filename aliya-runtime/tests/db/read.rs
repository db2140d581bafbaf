//! Readers: beside the writer, over what is committed.

use std::sync::mpsc;

use aliya_runtime::db::{DbError, Options, Param};
use tokio::sync::oneshot;

use crate::{Fixture, GET, SLOW_BATCH, add, count_of};

#[tokio::test]
async fn reads_do_not_wait_for_a_write() {
    let f = Fixture::open(SLOW_BATCH).await;
    f.add("a").await.expect("no panic").expect("kept");
    let gate = f.gate().await;
    // The writer's transaction is open, and stays so until the gate opens.
    assert_eq!(f.count("a").await, 1);
    gate.open().await;
}

#[tokio::test]
async fn a_read_is_one_snapshot() {
    let f = Fixture::open(Options::default()).await;
    f.add("a").await.expect("no panic").expect("kept");
    let (started, wait) = oneshot::channel();
    let (go_on, told) = mpsc::channel::<()>();
    let (mut started, mut told) = (Some(started), Some(told));
    let db = f.db.clone();
    let reading = tokio::spawn(async move {
        db.read::<_, DbError, _>(move |conn| {
            let (started, told) = (started.take(), told.take());
            Box::pin(async move {
                let before = conn.query(&GET, &[Param::Text("a")]).await?;
                if let (Some(started), Some(told)) = (started, told) {
                    started.send(()).expect("a test that waits");
                    told.recv().expect("a test that goes on");
                }
                let after = conn.query(&GET, &[Param::Text("a")]).await?;
                Ok((count_of(&before), count_of(&after)))
            })
        })
        .await
    });
    wait.await.expect("a job that starts");
    f.add("a").await.expect("no panic").expect("kept");
    // Another reader sees the new count, the first one does not.
    assert_eq!(f.count("a").await, 2);
    go_on.send(()).expect("a job that waits");
    assert_eq!(reading.await.expect("no panic").expect("a read"), (1, 1));
}

#[tokio::test]
async fn a_reader_writes_nothing() {
    let f = Fixture::open(Options::default()).await;
    let write = f.db.read(|conn| Box::pin(add(conn, "a", 1))).await;
    let error = write.expect_err("a write");
    assert!(
        matches!(&error, DbError::Failed(what) if what.contains("readonly")),
        "{error:?}"
    );
    assert_eq!(f.count("a").await, 0);
}

#[tokio::test]
async fn a_reader_outlives_its_jobs() {
    let f = Fixture::open(Options {
        readers: 1,
        ..Options::default()
    })
    .await;
    let panics = f.db.read::<(), DbError, _>(|_| panic!("boom")).await;
    assert!(matches!(panics, Err(DbError::Panicked(what)) if what == "boom"));
    let waits =
        f.db.read::<(), DbError, _>(|_| Box::pin(std::future::pending()));
    assert!(matches!(waits.await, Err(DbError::Failed(_))));
    assert_eq!(f.count("a").await, 0);
}
