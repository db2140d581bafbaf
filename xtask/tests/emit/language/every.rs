//! Runs managers/events.yaml: what runs by the clock.

use std::sync::Arc;
use std::time::Duration;

use aliya_runtime::Time;
use aliya_runtime::clock::Clock;
use aliya_runtime::schedule::Schedule;
use aliya_runtime::shutdown::CancellationToken;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::Server;

const HOUR_MS: i64 = 3_600_000;

/// 2026-11-22 12:00 in Shanghai, a full hour, and a window of 90 s, too.
const NOON: i64 = 1_795_320_000_000;

/// A schedule that runs.
struct Running {
    stop: CancellationToken,
    ended: JoinHandle<()>,
}

impl Running {
    async fn start(server: &Server, clock: &Clock) -> Self {
        let schedule = Schedule::start(Arc::clone(&server.group), clock.clone()).await;
        let stop = CancellationToken::new();
        let ended = tokio::spawn(schedule.expect("starts").run(stop.clone()));
        Self { stop, ended }
    }

    async fn stop(self) {
        self.stop.cancel();
        self.ended.await.expect("ends");
    }
}

impl Server {
    /// How often a bell has struck, and when last.
    async fn bell(&self, name: &str) -> (i64, i64) {
        let (_, data) = self.ok("bells", json!({})).await;
        let bells = data["bells"].as_array().expect("a list").iter();
        let found = bells.into_iter().find(|bell| bell[0] == name);
        let number = |at: usize| found.and_then(|bell: &Value| bell[at].as_i64());
        (number(1).unwrap_or(0), number(2).unwrap_or(0))
    }

    /// Returns when the runs have ended that begin now: writes go one after the other.
    async fn settle(&self) {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        self.ok("go", json!({ "by": 1 })).await;
    }

    /// Asks until the bell says that.
    async fn wait_for(&self, name: &str, expected: (i64, i64)) {
        let asked = async { while self.bell(name).await != expected {} };
        let heard = tokio::time::timeout(Duration::from_secs(30), asked).await;
        assert!(heard.is_ok(), "{name}: {:?}", self.bell(name).await);
    }
}

#[tokio::test]
async fn it_runs_once_in_each_window() {
    let server = Server::start().await;
    let clock = Clock::at(Time(NOON + 5));
    let running = Running::start(&server, &clock).await;
    // The window in which it starts counts as run; the next one begins with a run.
    clock.set(Time(NOON + HOUR_MS - 1));
    clock.set(Time(NOON + HOUR_MS));
    server.wait_for("hour", (1, NOON + HOUR_MS)).await;
    clock.set(Time(NOON + 2 * HOUR_MS + 7));
    server.wait_for("hour", (2, NOON + 2 * HOUR_MS + 7)).await;
    running.stop().await;
    assert_eq!(server.bell("hour").await.0, 2);
    // Started again within the window: it has run.
    let running = Running::start(&server, &clock).await;
    clock.set(Time(NOON + 3 * HOUR_MS - 1));
    running.stop().await;
    assert_eq!(server.bell("hour").await.0, 2);
}

#[tokio::test]
async fn missed_windows_are_made_up_for_by_one_run() {
    let server = Server::start().await;
    let clock = Clock::at(Time(NOON));
    Running::start(&server, &clock).await.stop().await;
    clock.set(Time(NOON + 100 * HOUR_MS + 5));
    let running = Running::start(&server, &clock).await;
    server.wait_for("hour", (1, NOON + 100 * HOUR_MS + 5)).await;
    running.stop().await;
    assert_eq!(server.bell("hour").await.0, 1);
}

#[tokio::test]
async fn of_two_processes_one_runs_it() {
    let server = Server::start().await;
    let clock = Clock::at(Time(NOON));
    let one = Running::start(&server, &clock).await;
    let two = Running::start(&server, &clock).await;
    for hour in 1..=20 {
        clock.set(Time(NOON + hour * HOUR_MS));
        server.wait_for("hour", (hour, NOON + hour * HOUR_MS)).await;
    }
    one.stop().await;
    two.stop().await;
    assert_eq!(server.bell("hour").await.0, 20);
}

#[tokio::test]
async fn a_run_that_fails_is_tried_again_and_keeps_nothing() {
    let server = Server::start().await;
    let clock = Clock::at(Time(NOON));
    server.ok("set_gate", json!({ "open": 0 })).await;
    let running = Running::start(&server, &clock).await;
    clock.set(Time(NOON + 90_000));
    server.settle().await;
    // It has failed, and waits for a second, whatever happens meanwhile.
    server.ok("set_gate", json!({ "open": 5 })).await;
    clock.advance(999);
    server.settle().await;
    assert_eq!(server.bell("ring").await, (0, 0));
    clock.advance(1);
    server.wait_for("ring", (2, NOON + 91_000)).await;
    // What runs after it is a part of it.
    assert_eq!(server.bell("rung").await, (1, NOON + 91_000));
    // One that never succeeds leaves its window to the next start.
    server.ok("set_gate", json!({ "open": 0 })).await;
    clock.set(Time(NOON + 180_000));
    server.settle().await;
    running.stop().await;
    server.ok("set_gate", json!({ "open": 2 })).await;
    let running = Running::start(&server, &clock).await;
    server.wait_for("ring", (7, NOON + 180_000)).await;
    running.stop().await;
    assert_eq!(server.bell("rung").await, (2, NOON + 180_000));
}
