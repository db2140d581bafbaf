//! Runs managers/hoard.yaml: values that pass a bound, where they are a fault, and where they stop.

use aliya_runtime::native::NativeResult;
use aliya_runtime::ops::stopping_at_bounds;
use aliya_runtime::{Cx, Returned};
use serde_json::{Value, json};

use super::Server;
use super::by_hand::ByHand;
use super::hoard::{
    GiveHeapArgs, GiveHeapError, GiveHeapReply, GiveHeapsArgs, GiveHeapsError, GiveHeapsReply,
    GiveLabelArgs, GiveLabelError, GiveLabelReply, GiveNewArgs, GiveNewError, GiveNewReply,
    HeapUpArgs, HeapUpReply, HoardNative, LabelHeapArgs, NewHeapArgs, NewHeapReply, NewHeapsArgs,
};

impl HoardNative for ByHand {
    async fn give_heap(
        &self,
        cx: &mut Cx<'_>,
        args: &GiveHeapArgs,
    ) -> NativeResult<GiveHeapReply, GiveHeapError> {
        let GiveHeapArgs {
            shelf,
            coins,
            times,
            best,
        } = *args;
        let of = HeapUpArgs {
            shelf,
            coins,
            times,
            best,
        };
        let heap: HeapUpReply = stopping_at_bounds(cx.call(&of)).await?.data()?;
        let HeapUpReply {
            coins,
            weight,
            best,
        } = heap;
        Ok(Returned::success(GiveHeapReply {
            coins,
            weight,
            best,
        }))
    }

    async fn give_new(
        &self,
        cx: &mut Cx<'_>,
        args: &GiveNewArgs,
    ) -> NativeResult<GiveNewReply, GiveNewError> {
        let GiveNewArgs { shelf, coins } = *args;
        let of = NewHeapArgs { shelf, coins };
        let heap: NewHeapReply = stopping_at_bounds(cx.call(&of)).await?.data()?;
        Ok(Returned::success(GiveNewReply { coins: heap.coins }))
    }

    async fn give_heaps(
        &self,
        cx: &mut Cx<'_>,
        args: &GiveHeapsArgs,
    ) -> NativeResult<GiveHeapsReply, GiveHeapsError> {
        let coins = args.coins.clone();
        stopping_at_bounds(cx.call(&NewHeapsArgs { coins })).await?;
        Ok(Returned::success(GiveHeapsReply {}))
    }

    async fn give_label(
        &self,
        cx: &mut Cx<'_>,
        args: &GiveLabelArgs,
    ) -> NativeResult<GiveLabelReply, GiveLabelError> {
        let label = args.label.clone();
        stopping_at_bounds(cx.call(&LabelHeapArgs { label })).await?;
        Ok(Returned::success(GiveLabelReply {}))
    }
}

fn heap(coins: i64, times: f64, best: Option<i64>) -> Value {
    json!({"shelf": 2, "coins": coins, "times": times, "best": best})
}

#[tokio::test]
async fn a_row_that_is_saved_stops_where_it_is_given() {
    let server = Server::start().await;
    for (args, table_says) in [
        (heap(51, 1.0, None), "coins would be 102, its max is 100"),
        (heap(-1, 1.0, None), "coins would be -2, its min is 0"),
        (heap(0, 9.0, None), "weight would be 4.5, its max is 2.5"),
        (heap(0, 1.0, Some(-6)), "best would be -6, its min is -5"),
        (heap(i64::MAX, 1.0, None), "overflow"),
        (heap(0, f64::MAX, None), "weight would be"),
    ] {
        let said = server.fault("heap_up", args).await;
        assert!(said.contains(table_says), "{said}");
    }
    for (args, coins, weight, best) in [
        (heap(51, 1.0, None), 100, 0.5, json!(null)),
        (heap(i64::MIN, 9.0, Some(3)), 0, 2.5, json!(3)),
        (heap(i64::MAX, -1.0, Some(-6)), 100, 0.0, json!(-5)),
        (heap(-10, 1.0, Some(-5)), 80, 0.0, json!(-5)),
    ] {
        let (status, mut data) = server.ok("give_heap", args.clone()).await;
        let had = data["best"].take();
        assert_eq!((status, had), (0, best), "{args}");
        assert_eq!(
            data,
            json!({"coins": coins, "weight": weight, "best": null})
        );
    }
    // What it said is what was written.
    let (_, data) = server.ok("heaps", json!({})).await;
    assert_eq!(data, json!({"coins": [80]}));
}

#[tokio::test]
async fn rows_that_are_inserted_stop_too() {
    let server = Server::start().await;
    let said = server
        .fault("new_heap", json!({"shelf": 1, "coins": 101}))
        .await;
    assert!(said.contains("coins would be 101"), "{said}");
    let given = server
        .ok("give_new", json!({"shelf": 1, "coins": 101}))
        .await;
    assert_eq!(given, (0, json!({"coins": 100})));
    let coins = json!({"coins": [-1, 50, 101, i64::MAX]});
    let said = server.fault("new_heaps", coins.clone()).await;
    assert!(said.contains("overflow"), "{said}");
    assert_eq!(server.ok("give_heaps", coins).await, (0, json!({})));
    // The first was there already.
    let (_, data) = server.ok("heaps", json!({})).await;
    assert_eq!(data, json!({"coins": [100, 50, 100, 100, 100]}));
}

#[tokio::test]
async fn what_tells_rows_apart_and_what_has_a_length_are_faults_all_the_same() {
    let server = Server::start().await;
    for (function, args, table_says) in [
        (
            "give_heap",
            json!({"shelf": 10, "coins": 1, "times": 1.0}),
            "shelf would be 10",
        ),
        (
            "give_new",
            json!({"shelf": 0, "coins": 1}),
            "shelf would be 0",
        ),
        (
            "give_label",
            json!({"label": "too long"}),
            "label would be 8 characters",
        ),
        ("try_heap", json!({"coins": 101}), "coins would be 101"),
    ] {
        let said = server.fault(function, args).await;
        assert!(said.contains(table_says), "{said}");
    }
    assert_eq!(server.ok("give_label", json!({"label": "fits"})).await.0, 0);
}
