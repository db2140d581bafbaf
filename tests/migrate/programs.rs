//! `aliya migrate`, and what the other programs say of a database that is not theirs.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use aliya_runtime::db::{Migrator, Statement, job};
use aliya_test_servers::On;

use crate::database::{covered, fresh, open};

fn aliya(data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aliya"));
    command.args(words).arg("--data").arg(data);
    command.args([
        "--config-dir",
        concat!(env!("CARGO_MANIFEST_DIR"), "/config"),
    ]);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ALIYA_") {
            command.env_remove(name);
        }
    }
    command.current_dir(data).stdin(Stdio::null());
    command
}

fn run(data: &Path, words: &[&str]) -> Output {
    aliya(data, words).output().expect("a program that starts")
}

#[track_caller]
fn said(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_plan_is_shown_and_then_done() {
    let data = tempfile::tempdir().expect("a folder");
    let plan = said(&run(data.path(), &["migrate", "--plan"]));
    assert!(plan.contains("is not there yet"), "{plan}");
    assert!(!data.path().join("aliya.db").exists());
    let done = said(&run(data.path(), &["migrate"]));
    for line in [
        "now has",
        "0001_begin of bag\n",
        "  safe  new table `supply`",
        "aliya$token",
    ] {
        assert!(done.contains(line), "{done}");
    }
    let again = said(&run(data.path(), &["migrate", "--plan"]));
    assert!(again.ends_with("lacks nothing\n"), "{again}");
}

/// On a server nothing is done by the way: the plan tells what is lacking, programs that start say what
/// to type, and that helps.
#[test]
fn a_server_of_a_new_database_says_what_to_type() {
    for on in covered().into_iter().filter(|on| *on != On::Sqlite) {
        let data = tempfile::tempdir().expect("a folder");
        let url = fresh(on, data.path()).to_string();
        let with = |words: &[&str]| run(data.path(), &[words, &["--database", &url]].concat());
        let plan = said(&with(&["migrate", "--plan"]));
        assert!(
            plan.contains(" lacks\n") && plan.contains("0001_begin of bag\n"),
            "{plan}"
        );
        for words in [&["up"][..], &["token"], &["manager", "bag"]] {
            let refused = with(words);
            let error = String::from_utf8_lossy(&refused.stderr);
            assert_eq!(refused.status.code(), Some(1), "{error}");
            assert!(error.contains("and run `aliya migrate`"), "{error}");
        }
        // A part alone, then all the others.
        let done = said(&with(&["migrate", "bag"]));
        assert!(
            done.contains("0001_begin of bag\n") && !done.contains("of mail"),
            "{done}"
        );
        let done = said(&with(&["migrate"]));
        assert!(
            done.contains("0001_begin of mail\n") && !done.contains("of bag"),
            "{done}"
        );
        let again = said(&with(&["migrate", "--plan"]));
        assert!(again.ends_with("lacks nothing\n"), "{again}");
    }
}

#[test]
fn a_part_that_runs_alone_has_its_own_database() {
    let data = tempfile::tempdir().expect("a folder");
    let done = said(&run(data.path(), &["migrate", "bag"]));
    assert!(done.contains("bag.db now has"), "{done}");
    assert!(
        !done.contains("weapon") && !done.contains("token"),
        "{done}"
    );
    let unknown = run(data.path(), &["migrate", "bags"]);
    let error = String::from_utf8_lossy(&unknown.stderr);
    assert!(
        error.contains("there is no part `bags`; there are token, bag, "),
        "{error}"
    );
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_in_one_line() {
    static NEWER: Statement = Statement {
        name: "test.newer",
        sqlite: "INSERT INTO \"aliya$migration\" VALUES ('bag', 9999, 'beyond', '', 1, 0)",
        ..Statement::SQLITE_ALONE
    };
    let data = tempfile::tempdir().expect("a folder");
    said(&run(data.path(), &["migrate", "bag"]));
    let db = open(&data.path().join("bag.db")).await;
    let newer = job(|conn| Box::pin(conn.execute(&NEWER, &[])));
    let inserted: Result<u64, aliya_runtime::db::DbError> = db.write(newer).await;
    inserted.expect("a row");
    db.close().await.expect("a clean end");
    for words in [&["manager", "bag"][..], &["migrate", "bag", "--plan"]] {
        let refused = run(data.path(), words);
        assert_eq!(refused.status.code(), Some(1));
        let error = String::from_utf8_lossy(&refused.stderr);
        let errors: Vec<_> = error
            .lines()
            .filter(|it| it.starts_with("error: "))
            .collect();
        assert_eq!(errors.len(), 1, "{error}");
        assert!(
            errors[0].contains("has the migration 9999_beyond of bag"),
            "{error}"
        );
        assert!(errors[0].contains("by a newer program"), "{error}");
    }
}

#[tokio::test]
async fn of_two_at_once_one_waits() {
    for on in covered() {
        let data = tempfile::tempdir().expect("a folder");
        let url = fresh(on, data.path());
        let lock = Migrator::wait(&url, |_| panic!("nobody holds it")).await;
        let lock = lock.expect("a lock");
        let mut second = aliya(data.path(), &["migrate", "--database", &url.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a program that starts");
        let mut errors = BufReader::new(second.stderr.take().expect("its errors"));
        let mut line = String::new();
        errors.read_line(&mut line).expect("a line");
        let waits = "waiting for another `aliya migrate` on ";
        assert!(line.starts_with(waits), "{}: {line}", on.name());
        assert!(!data.path().join("game.db").exists());
        drop(lock);
        let mut done = String::new();
        let stdout = second.stdout.as_mut().expect("its output");
        stdout.read_to_string(&mut done).expect("its output");
        assert!(second.wait().expect("an end").success());
        assert!(done.contains("now has"), "{done}");
    }
}
