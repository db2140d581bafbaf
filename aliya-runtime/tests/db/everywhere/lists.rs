//! What a query asks for: one of a list, a part, a sum.

use aliya_macros_core::sql::{Condition, Number, Query, Table, Term, Test, Type};
use aliya_runtime::db::{DbError, Param, Value};

use super::{column, each, insert, make, run, select_by, statement};

fn things() -> Table {
    Table {
        name: "thing".to_owned(),
        columns: vec![
            column("name", Type::Text),
            column("count", Type::Int),
            column("price", Type::Float),
            column("open", Type::Bool),
        ],
        key: vec![0],
        ..Table::default()
    }
}

async fn filled(db: &aliya_runtime::db::Db, table: &Table) {
    make(db, table).await;
    let insert = insert(table);
    for (name, count, price, open) in [("a", 1, 0.1, 0), ("b", 2, 0.2, 1), ("c'\\\"", 3, 0.3, 1)] {
        let row = [
            Param::Text(name),
            Param::Int(count),
            Param::Float(price),
            Param::Int(open),
        ];
        run(db, insert, &row).await.expect("a row");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_a_list() {
    let table = things();
    for place in each().await {
        filled(&place.db, &table).await;
        for (column, list, expected) in [
            (0, r#"["a","c'\\\"","A"]"#, "ac"),
            (0, "[]", ""),
            (0, r#"["a","a"]"#, "a"),
            (1, "[3,1,9223372036854775807]", "ac"),
            (2, "[0.1,0.3,1e300]", "ac"),
            (3, "[true]", "bc"),
            (3, "[false,true]", "abc"),
        ] {
            let query = select_by(&table, column, Test::In);
            let rows = place.db.query(query, &[Param::Text(list)]).await;
            let rows = rows.unwrap_or_else(|error| panic!("{list} on {:?}: {error}", place.on));
            let names: String = rows
                .iter()
                .filter_map(|row| match &row[0] {
                    Value::Text(name) => name.chars().next(),
                    _ => None,
                })
                .collect();
            assert_eq!(names, expected, "{list} on {:?}", place.on);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_of_the_rows() {
    let table = things();
    for place in each().await {
        filled(&place.db, &table).await;
        for (limit, offset, expected) in [
            (Some(2), None, vec![1, 2]),
            (None, Some(1), vec![2, 3]),
            (Some(1), Some(2), vec![3]),
            (Some(0), None, vec![]),
        ] {
            let query = Query {
                order: vec![(0, false)],
                limit: limit.is_some(),
                offset: offset.is_some(),
                ..Query::default()
            };
            let query = statement(&table, |sql| sql.select(&query));
            let params: Vec<_> = limit.into_iter().chain(offset).map(Param::Int).collect();
            let rows = place.db.query(query, &params).await.expect("rows");
            let counts: Vec<_> = rows.iter().map(|row| row[1].clone()).collect();
            let expected: Vec<_> = expected.into_iter().map(Value::Int).collect();
            assert_eq!(counts, expected, "{:?}", place.on);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_that_the_database_computes() {
    let table = things();
    let open = [Condition {
        column: 3,
        test: Test::Eq,
    }];
    let yes = [Param::Int(1)];
    for place in each().await {
        filled(&place.db, &table).await;
        let value = async |query, params: &[Param<'_>]| {
            let rows = place.db.query(query, params).await;
            rows.map(|rows| rows[0][0].clone())
        };
        let count = statement(&table, |sql| sql.count(&open));
        assert_eq!(value(count, &yes).await.expect("a count"), Value::Int(2));
        let sum = statement(&table, |sql| sql.sum(1, &open));
        assert_eq!(value(sum, &yes).await.expect("a sum"), Value::Int(5));
        assert_eq!(
            value(sum, &[Param::Int(7)]).await.expect("none"),
            Value::Int(0)
        );
        let exists = statement(&table, |sql| sql.exists(&open));
        assert_eq!(value(exists, &yes).await.expect("one"), Value::Int(1));
        assert_eq!(
            value(exists, &[Param::Int(7)]).await.expect("none"),
            Value::Int(0)
        );
        let prices = statement(&table, |sql| sql.sum(2, &[]));
        match value(prices, &[]).await.expect("a sum") {
            Value::Float(sum) => assert!((sum - 0.6).abs() < 1e-9),
            other => panic!("{other:?} on {:?}", place.on),
        }
        let rank = statement(&table, |sql| sql.rank(&[(1, true)], &[0], &open));
        let of_b = [Param::Int(1), Param::Text("b")];
        assert_eq!(value(rank, &of_b).await.expect("a rank"), Value::Int(2));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_overflows_changes_nothing() {
    let table = things();
    let by = |column, number, factor: Term| {
        let product = Term::Multiply(number, Box::new(Term::Column(column)), Box::new(factor));
        statement(&table, move |sql| {
            sql.update_many(&[(column, product.clone())], &[])
        })
    };
    let ints = by(1, Number::Int, Term::Parameter);
    let floats = by(2, Number::Float, Term::Float(Box::new(Term::Parameter)));
    let sum = statement(&table, |sql| sql.sum(1, &[]));
    let all = select_by(&table, 0, Test::Ge);
    for place in each().await {
        filled(&place.db, &table).await;
        let before = place.db.query(all, &[Param::Text("")]).await.expect("rows");
        let changed = run(&place.db, ints, &[Param::Int(i64::MAX)]).await;
        assert!(changed.is_err(), "{changed:?} on {:?}", place.on);
        assert_eq!(
            place.db.query(all, &[Param::Text("")]).await.expect("rows"),
            before
        );
        assert_eq!(
            run(&place.db, ints, &[Param::Int(i64::MAX / 3)])
                .await
                .expect("fits"),
            3
        );
        match place.db.query(sum, &[]).await {
            Err(DbError::Failed(_)) => {}
            other => panic!("{other:?} on {:?}", place.on),
        }
        assert_eq!(
            run(&place.db, floats, &[Param::Int(10)])
                .await
                .expect("fits"),
            3
        );
        for _ in 0..16 {
            run(&place.db, floats, &[Param::Int(i64::MAX)])
                .await
                .expect("fits");
        }
        let changed = run(&place.db, floats, &[Param::Int(i64::MAX)]).await;
        assert!(changed.is_err(), "{changed:?} on {:?}", place.on);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_product_that_is_too_small_is_zero() {
    let table = things();
    let product = Term::Multiply(
        Number::Float,
        Box::new(Term::Column(2)),
        Box::new(Term::Parameter),
    );
    let by = statement(&table, |sql| sql.update_many(&[(2, product.clone())], &[]));
    let set = statement(&table, |sql| sql.update_many(&[(2, Term::Parameter)], &[]));
    let all = select_by(&table, 0, Test::Ge);
    let two = |power| 2.0_f64.powi(power);
    for place in each().await {
        filled(&place.db, &table).await;
        for (price, factor) in [
            (1e-200, 1e-200),
            (-1e-200, 1e-200),
            (-1e-200, -1e-300),
            (0.0, 1e-300),
            // The least float, a half of it, and a little more than that.
            (two(-540), two(-534)),
            (two(-540), two(-535)),
            (two(-540), two(-535) * 1.001),
            (f64::MIN_POSITIVE, 0.5),
            (5e-324, 5e-324),
            (5e-324, 0.75),
            (5e-324, 1e300),
            (1e300, 1e-300),
            (0.25, 0.5),
        ] {
            for (statement, value) in [(set, price), (by, factor)] {
                let done = run(&place.db, statement, &[Param::Float(value)]).await;
                assert_eq!(
                    done.expect("a number"),
                    3,
                    "{price:e} * {factor:e} on {:?}",
                    place.on
                );
            }
            let rows = place.db.query(all, &[Param::Text("")]).await.expect("rows");
            for row in rows {
                match row[2] {
                    Value::Float(found) => assert_eq!(
                        found.to_bits(),
                        (price * factor + 0.0).to_bits(),
                        "{price:e} * {factor:e} is {found:e} on {:?}",
                        place.on
                    ),
                    ref other => panic!("{other:?} on {:?}", place.on),
                }
            }
        }
    }
}
