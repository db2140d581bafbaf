//! Every kind of statement, prepared and run by a real SQLite.

use aliya_macros_core::dialect::Sqlite;
use aliya_macros_core::sql::{
    Column, Condition, Constant, Duplicates, Query, Reference, Sql, Table, Test, Type,
};
use rusqlite::types::Value;
use rusqlite::{Connection, ToSql};

fn column(name: &str, ty: Type) -> Column {
    Column {
        name: name.to_owned(),
        ty,
        optional: false,
        min: None,
        max: None,
        default: None,
    }
}

fn texts(values: &[&str]) -> Type {
    let values = values
        .iter()
        .map(|value| Constant::Text((*value).to_owned()));
    Type::OneOf(values.collect())
}

/// Names that want quotes, and a rule on every column.
fn supply() -> Table {
    let mut columns = vec![
        column("player", Type::Text),
        column("select", texts(&["iron", "o'clock"])),
        column("a \"b\"", Type::Int),
        column(
            "rank",
            Type::OneOf(vec![Constant::Int(-1), Constant::Int(4)]),
        ),
        column("price", Type::Float),
        column("open", Type::Bool),
        column("note", Type::Text),
    ];
    columns[2].min = Some(Constant::Int(0));
    columns[2].max = Some(Constant::Int(i64::MAX));
    columns[2].default = Some(Constant::Int(i64::MIN + 1));
    columns[4].max = Some(Constant::Float(99.5));
    columns[5].default = Some(Constant::Bool(true));
    columns[6].min = Some(Constant::Int(1));
    columns[6].max = Some(Constant::Int(3));
    columns[6].optional = true;
    Table {
        name: "bag_order".to_owned(),
        columns,
        key: vec![0, 1],
        ..Table::default()
    }
}

fn mail() -> Table {
    Table {
        name: "mail".to_owned(),
        columns: vec![column("id", Type::Int), column("to", Type::Text)],
        key: vec![0],
        row_number: Some(0),
        ..Table::default()
    }
}

fn open(sql: Sql<'_>) -> Connection {
    let db = Connection::open_in_memory().expect("opens");
    db.execute_batch(&sql.create_table()).expect("creates");
    db
}

/// A row of `supply` in which one column is as given.
fn row(place: usize, value: Value) -> Vec<Value> {
    let mut row = vec![
        Value::from("ann".to_owned()),
        Value::from("iron".to_owned()),
        Value::from(5),
        Value::from(4),
        Value::from(1.5),
        Value::from(1),
        Value::Null,
    ];
    row[place] = value;
    row
}

fn run(db: &Connection, text: &str, params: &[Value]) -> Result<usize, String> {
    let params: Vec<_> = params.iter().map(|value| value as &dyn ToSql).collect();
    let mut statement = db.prepare(text).map_err(|error| error.to_string())?;
    assert_eq!(statement.parameter_count(), params.len(), "{text}");
    statement
        .execute(params.as_slice())
        .map_err(|error| error.to_string())
}

/// The first column of a query's rows, as text.
fn first(db: &Connection, text: &str, params: &[Value]) -> Vec<String> {
    let params: Vec<_> = params.iter().map(|value| value as &dyn ToSql).collect();
    let mut statement = db.prepare(text).expect("prepares");
    assert_eq!(statement.parameter_count(), params.len(), "{text}");
    let rows = statement.query_map(params.as_slice(), |row| row.get::<_, Value>(0));
    let rows = rows
        .expect("runs")
        .map(|value| format!("{:?}", value.expect("a value")));
    rows.collect()
}

#[test]
fn a_table_keeps_its_rules() {
    let table = supply();
    let sql = table.sql(&Sqlite);
    let db = open(sql);
    let insert = sql.insert(Duplicates::Refuse);
    let cases = [
        (1, Value::from("gold".to_owned()), "bag_order_select_known"),
        (2, Value::from(-1), "bag_order_a \"b\"_min"),
        (3, Value::from(0), "bag_order_rank_known"),
        (4, Value::from(99.6), "bag_order_price_max"),
        (5, Value::from(2), "bag_order_open_bool"),
        (6, Value::from(String::new()), "bag_order_note_min"),
        (6, Value::from("剑剑剑剑".to_owned()), "bag_order_note_max"),
        (2, Value::Null, "NOT NULL"),
        (2, Value::from("x".to_owned()), "cannot store TEXT"),
    ];
    for (place, value, rule) in cases {
        let error = run(&db, &insert, &row(place, value)).expect_err(rule);
        assert!(error.contains(rule), "{error} is not about {rule}");
    }
    let allowed = [
        row(6, Value::from("剑剑剑".to_owned())),
        row(1, Value::from("o'clock".to_owned())),
    ];
    for row in allowed {
        assert_eq!(run(&db, &insert, &row), Ok(1));
    }
    let error = run(&db, &insert, &row(6, Value::Null)).expect_err("the key is taken");
    assert!(error.contains("UNIQUE"), "{error}");
}

#[test]
fn an_insert_that_ignores_duplicates_ignores_nothing_else() {
    let table = supply();
    let sql = table.sql(&Sqlite);
    let db = open(sql);
    let insert = sql.insert(Duplicates::Ignore);
    assert_eq!(run(&db, &insert, &row(2, Value::from(1))), Ok(1));
    assert_eq!(run(&db, &insert, &row(2, Value::from(2))), Ok(0));
    let error = run(&db, &insert, &row(2, Value::from(-1))).expect_err("below min");
    assert!(error.contains("min"), "{error}");
}

#[test]
fn a_numbered_table_gives_back_the_number_and_never_twice() {
    let table = mail();
    let sql = table.sql(&Sqlite);
    let db = open(sql);
    let unique = sql.create_index(&[1], true);
    db.execute_batch(&unique).expect("creates");
    let insert = sql.insert_numbered(Duplicates::Ignore);
    let to = |name: &str| [Value::from(name.to_owned())];
    assert_eq!(first(&db, &insert, &to("ann")), ["Integer(1)"]);
    assert_eq!(first(&db, &insert, &to("ann")), [""; 0]);
    db.execute_batch("DELETE FROM mail").expect("deletes");
    let insert = sql.insert_numbered(Duplicates::Refuse);
    let id = first(&db, &insert, &to("bob"));
    assert_ne!(id, ["Integer(1)"], "{id:?} was given before");

    let only = Table {
        columns: vec![column("id", Type::Int)],
        ..mail()
    };
    let sql = only.sql(&Sqlite);
    let db = open(sql);
    for duplicates in [Duplicates::Refuse, Duplicates::Ignore] {
        assert_eq!(run(&db, &sql.insert(duplicates), &[]), Ok(1));
    }
}

#[test]
fn a_row_that_is_referred_to_is_there_and_stays() {
    let mut column_of_letter = column("letter", Type::Int);
    column_of_letter.optional = true;
    let answer = Table {
        name: "answer".to_owned(),
        columns: vec![column("id", Type::Int), column_of_letter],
        key: vec![0],
        references: vec![Reference {
            columns: vec![1],
            table: "mail".to_owned(),
            to: vec!["id".to_owned()],
        }],
        ..Table::default()
    };
    let (mail, sql) = (mail(), answer.sql(&Sqlite));
    let db = open(mail.sql(&Sqlite));
    db.execute_batch("PRAGMA foreign_keys = ON").expect("is on");
    db.execute_batch(&sql.create_table()).expect("creates");
    let write = mail.sql(&Sqlite).insert(Duplicates::Refuse);
    assert_eq!(run(&db, &write, &[Value::from("ann".to_owned())]), Ok(1));
    let insert = sql.insert(Duplicates::Ignore);
    let row = |id: i64, letter: Value| [Value::from(id), letter];
    assert_eq!(run(&db, &insert, &row(1, Value::from(1))), Ok(1));
    assert_eq!(run(&db, &insert, &row(2, Value::Null)), Ok(1));
    // What is not there is no duplicate that could be left out.
    assert!(run(&db, &insert, &row(3, Value::from(7))).is_err());
    assert!(db.execute_batch("DELETE FROM mail").is_err());
    assert!(db.execute_batch("UPDATE mail SET id = 5").is_err());
    db.execute_batch("DELETE FROM answer; DELETE FROM mail")
        .expect("nothing refers to it any more");
}

#[test]
fn upsert_and_update_set_the_named_columns_alone() {
    let table = supply();
    let sql = table.sql(&Sqlite);
    let db = open(sql);
    let upsert = sql.upsert(&[0, 1], &[2]);
    assert_eq!(run(&db, &upsert, &row(4, Value::from(7.0))), Ok(1));
    let mut changed = row(2, Value::from(9));
    changed[4] = Value::from(8.0);
    assert_eq!(run(&db, &upsert, &changed), Ok(1));
    let amount = "SELECT \"a \"\"b\"\"\" || ' ' || price FROM bag_order";
    assert_eq!(first(&db, amount, &[]), ["Text(\"9 7.0\")"]);
    assert_eq!(
        run(&db, &sql.upsert(&[0, 1], &[]), &row(2, Value::from(1))),
        Ok(1)
    );
    assert_eq!(first(&db, amount, &[]), ["Text(\"9 7.0\")"]);

    let update = sql.update(&[4, 2]);
    let key = |player: &str| {
        [
            Value::from(player.to_owned()),
            Value::from("iron".to_owned()),
        ]
    };
    let set = [Value::from(2.5), Value::from(3)];
    assert_eq!(run(&db, &update, &[&set[..], &key("ann")].concat()), Ok(1));
    assert_eq!(first(&db, amount, &[]), ["Text(\"3 2.5\")"]);
    assert_eq!(run(&db, &update, &[&set[..], &key("bob")].concat()), Ok(0));
}

#[test]
fn a_query_compares_orders_and_limits() {
    let table = supply();
    let sql = table.sql(&Sqlite);
    let db = open(sql);
    let index = sql.create_index(&[3, 2], false);
    db.execute_batch(&index).expect("creates");
    let insert = sql.insert(Duplicates::Refuse);
    for (player, amount) in [("ann", 1), ("bob", 2), ("cid", 3)] {
        let mut row = row(0, Value::from(player.to_owned()));
        row[2] = Value::from(amount);
        assert_eq!(run(&db, &insert, &row), Ok(1));
    }
    let names = |query: &Query, params: &[Value]| {
        let found = first(&db, &sql.select(query), params);
        let initials = found.iter().filter_map(|name| name.chars().nth(6));
        initials.collect::<String>()
    };
    let of = |test: Test| Query {
        conditions: vec![Condition { column: 2, test }],
        order: vec![(2, true)],
        ..Query::default()
    };
    let two = [Value::from(2)];
    let cases = [
        (Test::Eq, "b"),
        (Test::Ne, "ca"),
        (Test::Gt, "c"),
        (Test::Lt, "a"),
        (Test::Ge, "cb"),
        (Test::Le, "ba"),
    ];
    for (test, expected) in cases {
        assert_eq!(names(&of(test), &two), expected, "{test:?}");
    }
    assert_eq!(
        names(&of(Test::Between), &[Value::from(2), Value::from(9)]),
        "cb"
    );
    assert_eq!(
        names(&of(Test::In), &[Value::from("[3,1]".to_owned())]),
        "ca"
    );
    let by_name = Query {
        conditions: vec![
            Condition {
                column: 0,
                test: Test::In,
            },
            Condition {
                column: 1,
                test: Test::Eq,
            },
        ],
        ..Query::default()
    };
    let params = [
        Value::from("[\"bob\"]".to_owned()),
        Value::from("iron".to_owned()),
    ];
    assert_eq!(names(&by_name, &params), "b");

    let part = |limit, offset| Query {
        order: vec![(0, false)],
        limit,
        offset,
        ..Query::default()
    };
    assert_eq!(names(&part(false, false), &[]), "abc");
    assert_eq!(names(&part(true, false), &two), "ab");
    assert_eq!(names(&part(false, true), &two), "c");
    assert_eq!(
        names(&part(true, true), &[Value::from(1), Value::from(1)]),
        "b"
    );
}
