//! Values come back as they went, and compare byte by byte.

use aliya_macros_core::sql::{Constant, Table, Test, Type};
use aliya_runtime::db::{Param, Value};

use super::{column, each, insert, make, optional, run, select_by, texts};

/// A column of each type, and of each that may be NULL.
fn all() -> Table {
    let json = column("json", Type::Text);
    let mut columns = vec![
        column("key", Type::Text),
        column("int", Type::Int),
        column("float", Type::Float),
        column("bool", Type::Bool),
        column("text", Type::Text),
        column("named", texts(&["iron", "o'clock \\ \"x\""])),
        column(
            "numbered",
            Type::OneOf(vec![Constant::Int(-1), Constant::Int(i64::MAX)]),
        ),
        json,
    ];
    let again = columns.clone();
    columns.extend(again.into_iter().skip(1).map(|it| {
        let name = format!("{} or none", it.name);
        optional(super::Column { name, ..it })
    }));
    Table {
        name: "all".to_owned(),
        columns,
        key: vec![0],
        ..Table::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_come_back_as_they_went() {
    let long = "long: 剑é\n\t\\'\"`".repeat(5_000);
    let ends = |key, int, float, bool, text, named, numbered, json| {
        [
            Param::Text(key),
            Param::Int(int),
            Param::Float(float),
            Param::Int(bool),
            Param::Text(text),
            Param::Text(named),
            Param::Int(numbered),
            Param::Text(json),
        ]
    };
    let rows = [
        ends("", i64::MIN, f64::MIN, 0, "", "iron", -1, "[]"),
        ends(
            "a",
            i64::MAX,
            f64::MAX,
            1,
            " a ",
            "o'clock \\ \"x\"",
            i64::MAX,
            "{\"b\": 1, \"a\":1.50}",
        ),
        ends(
            "A",
            0,
            f64::MIN_POSITIVE,
            1,
            "%_?$1 :x",
            "iron",
            -1,
            "[\"\\u0000\",1e300]",
        ),
        ends("é", -1, -0.1, 0, &long, "iron", -1, &long),
        ends(
            "e\u{301}",
            1,
            5e-324,
            0,
            "👑\u{feff}\u{1}",
            "iron",
            -1,
            "null",
        ),
    ];
    let table = all();
    for place in each().await {
        let db = &place.db;
        make(db, &table).await;
        let (insert, get) = (insert(&table), select_by(&table, 0, Test::Eq));
        // The first row of all has no value where none is needed: the statement is prepared with it.
        for (with, row) in [false, true]
            .into_iter()
            .flat_map(|with| rows.iter().map(move |row| (with, row)))
        {
            let key = format!("{with} {:?}", row[0]);
            let mut params = row.to_vec();
            params[0] = Param::Text(&key);
            let more = row[1..]
                .iter()
                .map(|value| if with { *value } else { Param::Null });
            params.extend(more);
            assert_eq!(
                run(db, insert, &params).await.expect("a row"),
                1,
                "{:?}",
                place.on
            );
            let found = db.query(get, &params[..1]).await.expect("a query");
            let expected: Vec<Value> = params.iter().copied().map(Value::from).collect();
            assert_eq!(found, [expected], "{:?}", place.on);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn texts_differ_where_a_byte_does() {
    let table = Table {
        name: "word".to_owned(),
        columns: vec![column("word", Type::Text), column("twin", Type::Text)],
        key: vec![0],
        unique: vec![vec![1]],
        ..Table::default()
    };
    let words = [
        "a", "A", "a ", " a", "á", "a\u{301}", "ａ", "ss", "ß", "", " ", "b", "aa", "😀",
    ];
    for place in each().await {
        let db = &place.db;
        make(db, &table).await;
        let insert = insert(&table);
        for word in words {
            let row = [Param::Text(word), Param::Text(word)];
            run(db, insert, &row)
                .await
                .unwrap_or_else(|error| panic!("{word:?}: {error}"));
        }
        for (column, word) in [0, 1]
            .into_iter()
            .flat_map(|column| words.map(|word| (column, word)))
        {
            let get = select_by(&table, column, Test::Eq);
            let found = db.query(get, &[Param::Text(word)]).await.expect("a query");
            let text = Value::Text(word.to_owned());
            assert_eq!(found, [[text.clone(), text]], "{word:?} on {:?}", place.on);
        }
        let all = select_by(&table, 0, Test::Ge);
        let found = db.query(all, &[Param::Text("")]).await.expect("a query");
        let found: Vec<_> = found.iter().map(|row| row[0].clone()).collect();
        let mut sorted = words.to_vec();
        sorted.sort_unstable();
        let sorted: Vec<_> = sorted
            .into_iter()
            .map(|it| Value::Text(it.to_owned()))
            .collect();
        assert_eq!(found, sorted, "{:?}", place.on);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_without_a_value_come_first() {
    let table = Table {
        name: "score".to_owned(),
        columns: vec![
            column("id", Type::Int),
            optional(column("score", Type::Int)),
        ],
        key: vec![0],
        index: vec![vec![1]],
        ..Table::default()
    };
    for place in each().await {
        let db = &place.db;
        make(db, &table).await;
        let insert = insert(&table);
        for (id, score) in [(1, Some(5)), (2, None), (3, Some(-5))] {
            let score = score.map_or(Param::Null, Param::Int);
            run(db, insert, &[Param::Int(id), score])
                .await
                .expect("a row");
        }
        for (descending, expected) in [(false, [2, 3, 1]), (true, [1, 3, 2])] {
            let query = super::Query {
                order: vec![(1, descending)],
                ..super::Query::default()
            };
            let all = super::statement(&table, |sql| sql.select(&query));
            let rows = db.query(all, &[]).await.expect("rows");
            let ids: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
            assert_eq!(ids, expected.map(Value::Int), "{:?}", place.on);
        }
    }
}
