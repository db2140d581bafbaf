//! Values that become others, names that branches bind to values of two types, lists of records and
//! replies.

use aliya_runtime::Stop;
use serde_json::json;

use super::Server;

#[tokio::test]
async fn a_variant_that_travels_as_a_number_is_one() {
    let server = Server::start().await;
    let args = json!({"n": 4, "rank": 10, "by_good": {"iron": 2}});
    let expected = json!({"plain": 4, "rank": 4, "owner": 10, "named": 4, "ten": 0,
        "goods": {"iron": 2}});
    assert_eq!(server.ok("numbers", args).await, (0, expected));
    let below = server.failed("numbers", json!({"n": 4, "rank": -1})).await;
    assert_eq!(below, (61, json!({"rank": -1})));
    // 10 is a variant, 7 is none, which is for whoever sent it to know.
    for n in [7, 5] {
        match server.run("numbers", json!({"n": n, "rank": 4})).await {
            Err(Stop::Invalid(said)) => {
                assert_eq!(said, format!("`n` must be one of -1, 4, 10, not {n}"));
            }
            other => panic!("{other:?}"),
        }
    }
    let of_elite = server.ok("numbers", json!({"n": 10, "rank": 4})).await;
    assert_eq!(of_elite.1["plain"], 4);
    assert_eq!(of_elite.1["rank"], 10);
}

#[tokio::test]
async fn an_item_of_an_arg_that_no_variant_has_is_refused() {
    let server = Server::start().await;
    let of = |ns: &[i64]| server.run("ranked", json!({ "ns": ns }));
    let ranks = of(&[4, -1, 10]).await.expect("ends well").data;
    assert_eq!(ranks, r#"{"ranks":[4,-1,10]}"#);
    match of(&[4, 3]).await {
        Err(Stop::Invalid(said)) => assert_eq!(said, "`ns[]` must be one of -1, 4, 10, not 3"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_name_holds_what_its_branches_have_in_common() {
    let server = Server::start().await;
    for (way, n, rank) in [(0, 5, 4), (1, 7, 10), (2, 2, -1)] {
        let got = server.ok("either", json!({"way": way})).await;
        assert_eq!(got, (0, json!({"n": n, "rank": rank})), "{way}");
    }
}

#[tokio::test]
async fn loops_give_records_and_replies_and_lists_of_them_give_their_fields() {
    let server = Server::start().await;
    let chapters = json!({"chapters": [
        {"title": "one", "prizes": [{"type": "iron", "self": 3}], "marks": {}},
        {"title": "two", "prizes": [], "marks": {}},
    ]});
    let named = |rank: i64| json!({"rank": rank, "n": 5, "name": "rank"});
    let expected = json!({
        "heads": [{"title": "one", "place": 0, "size": 1}, {"title": "two", "place": 1, "size": 0}],
        "titles": ["one", "two"],
        "total": 4,
        "rows": [
            {"head": "one", "named": named(10), "marks": [1, 0]},
            {"head": "two", "named": named(-1), "marks": [0, 1]},
        ],
        "ranks": [named(10), named(-1)],
        "marks": [[1, 0], [0, 1]],
        "mapped": {"iron": 3, "goods": {"none": 2, "iron": 3}, "titles": ["first"]},
        "again": 4,
    });
    assert_eq!(server.ok("pieces", chapters).await, (0, expected));
}

#[tokio::test]
async fn what_another_function_made_is_sent_on() {
    let server = Server::start().await;
    let heads = json!([{"n": 1, "twice": 2}, {"n": 2, "twice": 4}]);
    let goods = json!({"iron": 4, "self": 5});
    let expected = json!({
        "goods": goods, "same": goods, "heads": heads, "again": heads,
        "deep": [{"head": heads[0], "n": 1}, {"head": heads[1], "n": 2}],
        "ns": [1, 2],
    });
    assert_eq!(server.ok("passes", json!({})).await, (0, expected));
}

#[tokio::test]
async fn a_list_and_a_map_have_no_more_items_than_the_declaration_says() {
    let server = Server::start().await;
    let refused = async |function: &str, args| match server.run(function, args).await {
        Err(Stop::Invalid(said)) => said,
        other => panic!("{other:?}"),
    };
    let chapter = json!({"title": "one", "prizes": [], "marks": {}});
    let many = vec![chapter; 10];
    let said = refused("pieces", json!({"chapters": many})).await;
    assert_eq!(said, "`chapters` must have at most 9 items");
    let titles = (0..10).map(|n| (n.to_string(), json!(n)));
    let titles: serde_json::Map<_, _> = titles.collect();
    let said = refused("as_map", json!({"good": {}, "titles": titles})).await;
    assert_eq!(said, "`titles` must have at most 9 entries");
}
