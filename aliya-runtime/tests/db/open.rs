//! Opening, closing, and what is in the way.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use aliya_runtime::db::{DatabaseUrl, Db, DbError, Options};

use crate::{Fixture, SLOW_BATCH};

async fn refused(url: &DatabaseUrl) -> DbError {
    let opened = Db::open(url, Options::default()).await;
    opened.expect_err("a database that cannot be opened")
}

#[tokio::test]
async fn the_file_and_its_folder_are_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a/b/game.db");
    let db = Db::open(&DatabaseUrl::sqlite(&path), Options::default()).await;
    db.expect("a database").close().await.expect("a clean end");
    assert!(path.is_file());
    // It will hold hashes of passwords.
    let made = fs::metadata(folder.path().join("a")).expect("a folder");
    assert_eq!(made.permissions().mode() & 0o777, 0o700);
    // Closing leaves nothing in the log.
    assert!(!folder.path().join("a/b/game.db-wal").exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "").expect("a file");
    let path = folder.path().join("file/data/game.db");
    let error = refused(&DatabaseUrl::sqlite(&path)).await.to_string();
    let start = format!(
        "cannot open the database {}: its folder {}: ",
        path.display(),
        folder.path().join("file/data").display()
    );
    assert!(error.starts_with(&start), "{error}");
}

#[tokio::test]
async fn a_folder_is_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = refused(&DatabaseUrl::sqlite(folder.path())).await;
    assert!(matches!(error, DbError::Open { .. }), "{error:?}");
}

#[tokio::test]
async fn another_kind_of_file_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notes.txt");
    let text = "not a database, but long enough to have a header. ".repeat(20);
    fs::write(&path, &text).expect("a file");
    let error = refused(&DatabaseUrl::sqlite(&path)).await;
    assert!(matches!(error, DbError::NotADatabase { .. }), "{error:?}");
    assert_eq!(fs::read_to_string(&path).expect("the file"), text);
}

#[tokio::test]
async fn a_database_is_opened_by_one_process() {
    let f = Fixture::open(Options::default()).await;
    let url = DatabaseUrl::sqlite(f.folder.path().join("game.db"));
    match refused(&url).await {
        DbError::InUse { holder, .. } => {
            assert_eq!(holder, format!("process {}", std::process::id()));
        }
        other => panic!("{other:?}"),
    }
    f.add("a")
        .await
        .expect("no panic")
        .expect("the first goes on");
    f.db.close().await.expect("a clean end");
    let again = Db::open(&url, Options::default()).await;
    again
        .expect("the lock is free")
        .close()
        .await
        .expect("a clean end");
}

#[tokio::test]
async fn closing_completes_what_waits() {
    let f = Fixture::open(SLOW_BATCH).await;
    let gate = f.gate().await;
    let waiting = f.add("a");
    tokio::task::yield_now().await;
    let (db, other) = (f.db.clone(), f.db.clone());
    let closing = tokio::spawn(async move { db.close().await });
    tokio::task::yield_now().await;
    let late = f.add("late").await.expect("no panic").expect_err("closed");
    assert!(matches!(late, DbError::Unavailable(_)), "{late:?}");
    gate.open().await;
    assert_eq!(waiting.await.expect("no panic").expect("kept"), 1);
    closing.await.expect("no panic").expect("a clean end");
    other.close().await.expect("closing again is no error");
    let read = other.query(&crate::GET, &[]).await.expect_err("closed");
    assert!(matches!(read, DbError::Unavailable(_)), "{read:?}");
}

#[tokio::test]
async fn dropping_closes_too() {
    let f = Fixture::open(Options::default()).await;
    let url = DatabaseUrl::sqlite(f.folder.path().join("game.db"));
    drop(f.db);
    let limit = Instant::now() + Duration::from_secs(20);
    loop {
        match Db::open(&url, Options::default()).await {
            Ok(db) => return db.close().await.expect("a clean end"),
            Err(DbError::InUse { .. }) if Instant::now() < limit => {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(error) => panic!("{error}"),
        }
    }
}
