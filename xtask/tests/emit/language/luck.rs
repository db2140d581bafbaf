//! Runs managers/luck.yaml: the calendar, chance, draws and allowances.

use aliya_runtime::random::{Seed, Seeds};
use aliya_runtime::{Stop, Time};
use serde_json::{Value, json};

use super::Server;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// 2026-11-22 12:34:56.789 in Shanghai, a Sunday.
const SUNDAY: i64 = 1_795_322_096_789;

/// Midnight of that day.
const MIDNIGHT: i64 = 1_795_276_800_000;

fn seeds(fill: u8) -> Seeds {
    Seeds::Fixed(Seed([fill; 32]))
}

impl Server {
    /// Status and data of a call at a time, whether it ends well or with a declared error.
    async fn at(&self, now: i64, function: &str, data: Value) -> (i64, Value) {
        let (status, data) = match self.run_at(Time(now), function, data).await {
            Ok(answer) => (answer.status, answer.data),
            Err(Stop::Failed(failure)) => (failure.status, failure.data.unwrap_or_default()),
            Err(other) => panic!("{other}"),
        };
        (status, serde_json::from_str(&data).unwrap_or_default())
    }
}

#[tokio::test]
async fn the_calendar_is_that_of_the_game_s_time_zone() {
    let server = Server::start().await;
    let (_, data) = server
        .at(MIDNIGHT - 1, "calendar", json!({"t": SUNDAY}))
        .await;
    let expected = json!({
        "hour": MIDNIGHT + 12 * HOUR_MS,
        "day": MIDNIGHT,
        "week": MIDNIGHT - 6 * DAY_MS,
        "month": MIDNIGHT - 21 * DAY_MS,
        "number": 20_779,
        "of_month": 22,
        "tomorrow": MIDNIGHT,
        "in_days": 1,
        "from": SUNDAY - 56_789,
        "begun": 1,
    });
    assert_eq!(data, expected);
    let far = server.fault("calendar", json!({"t": i64::MAX})).await;
    assert!(
        far.contains("beyond the calendar at managers/luck.yaml:"),
        "{far}"
    );
}

#[tokio::test]
async fn a_name_keeps_what_was_thrown_and_each_throw_is_its_own() {
    let args = json!({"low": 1, "high": 1_000_000_000, "each": [0, 100, 200]});
    let server = Server::start_with(seeds(1)).await;
    let (_, first) = server.ok("roll", args.clone()).await;
    assert_eq!(first["dice"][0], first["dice"][1]);
    assert_ne!(first["dice"][0], first["dice"][2]);
    for (at, low) in [0, 100, 200].into_iter().enumerate() {
        let thrown = first["rolls"][at].as_i64().unwrap();
        assert!((low..low + 10).contains(&thrown), "{first}");
    }
    // The same seed gives the same again, another one something else.
    assert_eq!(server.ok("roll", args.clone()).await.1, first);
    let other = Server::start_with(seeds(2)).await;
    assert_ne!(
        other.ok("roll", args.clone()).await.1["dice"],
        first["dice"]
    );
    // And the operating system never gives the same.
    let real = Server::start().await;
    let throws = [
        real.ok("roll", args.clone()).await,
        real.ok("roll", args).await,
    ];
    assert_ne!(throws[0].1["dice"], throws[1].1["dice"]);
}

#[tokio::test]
async fn what_chance_cannot_do_is_a_fault_with_its_place() {
    let server = Server::start().await;
    let upside_down = json!({"low": 5, "high": 1, "each": []});
    let said = server.fault("roll", upside_down).await;
    assert!(
        said.starts_with("no number is from 5 to 1 at managers/luck.yaml:"),
        "{said}"
    );
    let percent = json!({"low": 1, "high": 1, "p": 30, "each": []});
    let said = server.fault("roll", percent).await;
    assert!(
        said.starts_with("a chance is from 0 to 1, not 30 at managers/luck.yaml:"),
        "{said}"
    );
    for (p, hit) in [(1.0, 1), (0.0, 0)] {
        let args = json!({"low": 1, "high": 1, "p": p, "each": []});
        assert_eq!(server.ok("roll", args).await.1["hit"], hit);
    }
}

#[tokio::test]
async fn a_random_value_is_written_as_it_is_answered() {
    let server = Server::start().await;
    let weight = server.ok("add_random_prize", json!({})).await.1["weight"]
        .as_i64()
        .unwrap();
    assert!((10..20).contains(&weight));
    let names = server.ok("draw_different", json!({"times": 2})).await.1["names"].clone();
    let mut names: Vec<_> = names.as_array().unwrap().iter().collect();
    names.sort_by_key(|name| name.as_str());
    assert_eq!(names, ["dice", "other"]);
}

#[tokio::test]
async fn draws_choose_by_weight() {
    let server = Server::start_with(seeds(3)).await;
    for (name, weight) in [("never", 0), ("seldom", 1), ("often", 9)] {
        server
            .ok("add_prize", json!({"name": name, "weight": weight}))
            .await;
    }
    let (_, data) = server.ok("draw_prizes", json!({"times": 10_000})).await;
    let count = |name: &str| {
        let names = data["names"].as_array().unwrap();
        names.iter().filter(|drawn| **drawn == name).count()
    };
    assert_eq!(
        (count("never"), count("seldom") + count("often")),
        (0, 10_000)
    );
    // Four standard deviations.
    assert!(
        (880..1_120).contains(&count("seldom")),
        "{}",
        count("seldom")
    );

    let (_, different) = server.ok("draw_different", json!({"times": 2})).await;
    let mut names: Vec<_> = different["names"].as_array().unwrap().iter().collect();
    names.sort_by_key(|name| name.as_str());
    assert_eq!(names, ["often", "seldom"]);
    assert_eq!(
        server.ok("draw_different", json!({"times": 0})).await.1["names"],
        json!([])
    );

    for (function, args, says) in [
        (
            "draw_different",
            json!({"times": 3}),
            "3 distinct draws from 3 items, of which 2 have a weight",
        ),
        (
            "draw_prizes",
            json!({"times": -1}),
            "draws are from 0 to 10000, not -1",
        ),
        (
            "draw_prizes",
            json!({"times": 10_001}),
            "draws are from 0 to 10000, not 10001",
        ),
        (
            "draw_prizes",
            json!({"times": 1, "extra": -1}),
            "a weight is 0 or more, not -1",
        ),
        (
            "draw_prizes",
            json!({"times": 1, "extra": i64::MAX}),
            "overflow",
        ),
    ] {
        let said = server.fault(function, args).await;
        assert!(
            said.starts_with(says) && said.contains(" at managers/luck.yaml:"),
            "{said}"
        );
    }
    let nothing = Server::start()
        .await
        .fault("draw_prizes", json!({"times": 1}))
        .await;
    assert!(nothing.starts_with("1 draws from 0 items"), "{nothing}");
}

#[tokio::test]
async fn draws_choose_from_any_list() {
    let server = Server::start_with(seeds(4)).await;
    let args = json!({"texts": ["never", "ever"], "ints": [0, 7]});
    let (_, data) = server.ok("draw_plain", args).await;
    let expected = json!({"one": 7, "text": "ever", "players": ["ann", "ann"], "nothing": []});
    assert_eq!(data, expected);
    let (_, data) = server
        .ok("draw_plain", json!({"texts": ["x"], "ints": []}))
        .await;
    assert!(
        [10, 20, 30].map(Value::from).contains(&data["one"]),
        "{data}"
    );
    let never = json!({"texts": ["never"], "ints": []});
    let said = server.fault("draw_plain", never).await;
    assert!(
        said.starts_with("1 draws from 1 items, of which 0 have a weight"),
        "{said}"
    );
}

#[tokio::test]
async fn an_allowance_is_full_again_with_the_next_local_day() {
    let server = Server::start().await;
    let boss = || json!({"mode": "boss"});
    for left in [2, 1, 0] {
        assert_eq!(
            server.at(SUNDAY, "try_daily", boss()).await,
            (0, json!({"left": left}))
        );
    }
    let over = (41, json!({"mode": "boss", "tomorrow": MIDNIGHT + DAY_MS}));
    assert_eq!(
        server.at(MIDNIGHT + DAY_MS - 1, "try_daily", boss()).await,
        over
    );
    // Others have their own, however long their key is.
    let long = json!({"mode": "x".repeat(300), "uses": 3});
    assert_eq!(
        server.at(SUNDAY, "try_daily", long.clone()).await.1["left"],
        0
    );
    assert_eq!(server.at(SUNDAY, "try_daily", long).await.0, 41);
    let monday = MIDNIGHT + DAY_MS;
    assert_eq!(server.at(monday, "try_daily", boss()).await.1["left"], 2);
    // A request of a clock slightly behind counts in its own day, which is used up, and begins neither
    // of them anew.
    assert_eq!(server.at(monday - 50, "try_daily", boss()).await, over);
    assert_eq!(server.at(monday, "try_daily", boss()).await.1["left"], 1);
    // A window of a clock that was days ahead is one of its own.
    let ahead = json!({"mode": "ahead", "uses": 3});
    assert_eq!(
        server
            .at(monday + 9 * DAY_MS, "try_daily", ahead.clone())
            .await
            .0,
        0
    );
    assert_eq!(server.at(monday, "try_daily", ahead).await.1["left"], 0);
}

#[tokio::test]
async fn an_allowance_counts_what_is_kept_and_no_more_than_there_is() {
    let server = Server::start().await;
    let of = |uses: i64, max: i64, fail: bool| json!({"mode": "m", "uses": uses, "max": max, "fail": fail});
    assert_eq!(server.at(SUNDAY, "try_daily", of(2, 3, true)).await.0, 42);
    assert_eq!(
        server.at(SUNDAY, "try_daily", of(2, 3, false)).await.1["left"],
        1
    );
    // Too many at once take nothing.
    assert_eq!(server.at(SUNDAY, "try_daily", of(2, 3, false)).await.0, 41);
    assert_eq!(
        server.at(SUNDAY, "try_daily", of(0, 3, false)).await.1["left"],
        1
    );
    assert_eq!(server.at(SUNDAY, "try_daily", of(1, 0, false)).await.0, 41);
    // A limit may be changed at any time, to any number.
    assert_eq!(server.at(SUNDAY, "try_daily", of(1, 1, false)).await.0, 41);
    let most = of(i64::MAX - 2, i64::MAX, false);
    assert_eq!(server.at(SUNDAY, "try_daily", most).await.1["left"], 0);
    let most = of(i64::MAX, i64::MAX, false);
    assert_eq!(server.at(SUNDAY, "try_daily", most).await.0, 41);
    let said = server.fault("try_daily", of(-1, 3, false)).await;
    assert!(
        said.starts_with("`uses` is 0 or more, not -1 at managers/luck.yaml:"),
        "{said}"
    );
}

#[tokio::test]
async fn windows_of_a_length_are_in_a_row_from_1970_and_weeks_begin_on_monday() {
    let server = Server::start().await;
    let quick = |now| server.at(now, "try_often", json!({}));
    let began = 90_000 * 20_000_000;
    assert_eq!(quick(began).await, (0, json!({"left": 1})));
    assert_eq!(quick(began + 89_999).await.1["left"], 0);
    assert_eq!(quick(began + 89_999).await.0, 41);
    assert_eq!(quick(began + 90_000).await.1["left"], 1);

    let weekly = |now| server.at(now, "try_often", json!({"week": true}));
    assert_eq!(weekly(MIDNIGHT - 6 * DAY_MS).await.1["left"], 1);
    assert_eq!(weekly(SUNDAY).await.1["left"], 0);
    assert_eq!(weekly(MIDNIGHT + DAY_MS).await.1["left"], 1);
}

#[tokio::test]
async fn only_as_many_of_many_at_once_are_allowed() {
    let server = std::sync::Arc::new(Server::start().await);
    let tasks = (0..20).map(|_| {
        let server = std::sync::Arc::clone(&server);
        tokio::spawn(async move { server.at(SUNDAY, "try_daily", json!({"mode": "m"})).await.0 })
    });
    let mut statuses = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        statuses.push(task.await.expect("no panic"));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 0).count(), 3);
    assert_eq!(statuses.iter().filter(|status| **status == 41).count(), 17);
}
