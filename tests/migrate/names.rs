//! Names that a database keeps for itself: what the generator takes, every database takes too.

use std::fs;

use aliya_macros_core::names::sql_table;
use aliya_runtime::db::Value;
use aliya_runtime::db::migrate::How;
use aliya_test_servers::{Kind, On};
use xtask::generate::command::understand;
use xtask::migrate::describe::declared;
use xtask::migrate::snapshot::Schema;

use crate::database::{Database, covered};
use crate::{history, history_of, scripts};

/// Names of columns that some database has in each table beside those that are declared, or once had; and
/// what they look like in other letters.
const OF_TABLES: [&str; 21] = [
    "ctid",
    "xmin",
    "xmax",
    "cmin",
    "cmax",
    "tableoid",
    "oid",
    "rowid",
    "CTID",
    "Xmin",
    "db_row_id",
    "DB_TRX_ID",
    "db_roll_ptr",
    "DB_ROW_HASH_1",
    "fts_doc_id",
    "FTS_DOC_ID",
    "row_start",
    "row_end",
    "gen_clust_index",
    "PRIMARY",
    "sqlite_sequence",
];

/// How many columns a table has here.
const COLUMNS: usize = 40;

/// The tables of a game with such managers; what was said where it has mistakes.
fn schema(managers: &str) -> Result<Schema, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("game: names\nmanagers:\n{managers}");
    fs::write(folder.path().join("managers.yaml"), text).expect("a file");
    let mut said = Vec::new();
    let game = understand(folder.path(), &mut said).expect("reads");
    let said = String::from_utf8(said).expect("UTF-8");
    game.map(|(game, _)| declared(&game)).ok_or(said)
}

fn manager(name: &str, port: usize, tables: &str) -> String {
    format!(
        "  {name}:\n    port: {port}\n    tables:\n{tables}    functions: {{ f: {{ access: internal, steps: [{{ return: {{}} }}] }} }}\n"
    )
}

fn table(name: &str, columns: &[String]) -> String {
    let columns = columns.iter().enumerate().map(|(at, column)| {
        let more = match at % 3 {
            0 => "type: int, min: 0, default: 1, index: true",
            1 => "type: text, max: 9, default: a, unique: true",
            _ => "type: bool, optional: true",
        };
        format!("          {column}: {{ {more} }}\n")
    });
    let columns: String = columns.collect();
    format!("      {name}:\n        columns:\n          k_0: int\n{columns}        key: [k_0]\n")
}

/// The words that a database keeps for itself, as it lists them.
async fn words(database: &Database) -> Vec<String> {
    let rows = match database.on {
        On::Sqlite => Vec::new(),
        On::Server(Kind::Postgres) => {
            let keywords = database
                .rows("SELECT CAST(word AS TEXT) FROM pg_get_keywords()")
                .await;
            let hidden = "SELECT DISTINCT CAST(attname AS TEXT) FROM pg_attribute WHERE attnum < 0";
            let hidden = database.rows(hidden).await;
            assert!(hidden.len() >= 6, "{hidden:?}");
            [keywords, hidden].concat()
        }
        On::Server(Kind::Mariadb) => {
            database
                .rows("SELECT CAST(LOWER(WORD) AS CHAR) FROM information_schema.KEYWORDS")
                .await
        }
    };
    let texts = rows.into_iter().map(|row| match row.into_iter().next() {
        Some(Value::Text(text)) => text,
        other => panic!("{other:?}"),
    });
    let is_name = |word: &String| {
        word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    texts.filter(is_name).collect()
}

/// Whether the generator takes a column of that name.
fn is_taken(column: &str) -> bool {
    let tables = table("t", &[column.to_owned()]);
    match schema(&manager("m", 9000, &tables)) {
        Ok(_) => true,
        Err(said) => {
            assert!(said.contains("error[A0414]"), "{column}: {said}");
            false
        }
    }
}

#[tokio::test]
async fn a_column_whose_name_a_database_refuses_is_told() {
    let refused: Vec<_> = OF_TABLES
        .into_iter()
        .filter(|name| !is_taken(name))
        .collect();
    assert!(refused.len() < OF_TABLES.len(), "{refused:?}");
    for on in covered() {
        let database = Database::make(on).await;
        // Of two that are one in a database, the first.
        let mut names: Vec<String> = Vec::new();
        for word in words(&database)
            .await
            .into_iter()
            .chain(OF_TABLES.map(str::to_owned))
        {
            let is_new = !names.iter().any(|it| it.eq_ignore_ascii_case(&word));
            if is_new && is_taken(&word) {
                names.push(word);
            }
        }
        let tables = names.chunks(COLUMNS).enumerate();
        let tables = tables.map(|(at, names)| table(&format!("t_{at}"), names));
        let schema = schema(&manager("m", 9000, &tables.collect::<String>()));
        let schema = schema.unwrap_or_else(|said| panic!("{said}"));
        let made = database
            .migrate(history(&[scripts(&Schema::default(), &schema)]), How::All)
            .await;
        made.unwrap_or_else(|error| panic!("{}: {error}", on.name()));
        for (at, names) in names.chunks(COLUMNS).enumerate() {
            let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
            let set = format!("{} = {}", quoted[0], quoted[0]);
            let ignored = format!("INSERT INTO m_t_{at} (k_0) VALUES (7)");
            let updated = format!("UPDATE m_t_{at} SET {set} WHERE {} = 1", quoted[0]);
            database.run_all(&[&ignored, &updated]).await;
            let query = format!("SELECT {} FROM m_t_{at}", quoted.join(", "));
            let rows = database.rows(&query).await;
            let is_as_declared = |(at, value): (usize, &Value)| match at % 3 {
                0 => *value == Value::Int(1),
                1 => *value == Value::Text("a".to_owned()),
                _ => *value == Value::Null,
            };
            assert!(
                rows[0].iter().enumerate().all(is_as_declared),
                "{}: {query}: {rows:?}",
                on.name()
            );
        }
    }
}

/// Tables that are called like what some database makes beside a table, or like its own tables.
#[tokio::test]
async fn a_table_whose_name_a_database_refuses_is_told() {
    let plain = |name: &str| table(name, &[]);
    let numbered =
        |name: &str| format!("      {name}: {{ columns: {{ id: id, n: int }}, key: [id] }}\n");
    for second in ["supply_pkey", "supply_id_seq"] {
        for tables in [
            numbered("supply") + &plain(second),
            plain(second) + &numbered("supply"),
        ] {
            let said = schema(&manager("m", 9000, &tables)).expect_err("two of one name");
            assert!(said.contains("error[A0413]"), "{said}");
        }
    }
    // A sequence is of a row number alone.
    let without = plain("supply") + &plain("supply_id_seq");
    let own = manager("m", 9000, &without);
    let of = |name: &str, port, tables: &[&str]| {
        let tables = tables.iter().map(|name| numbered(name));
        manager(name, port, &tables.collect::<String>())
    };
    let games = [
        own,
        of("pg", 9001, &["class", "type", "index"]),
        of("sqlite", 9001, &["schema", "sequence"]),
        of("json", 9001, &["each", "tree"]),
        of("tables", 9001, &["used"]),
        of("pragma", 9001, &["table_info"]),
        of("information_schema", 9001, &["tables"]),
    ];
    for on in covered() {
        for game in &games {
            let schema = schema(game).unwrap_or_else(|said| panic!("{said}"));
            let database = Database::make(on).await;
            let scripts = [scripts(&Schema::default(), &schema)];
            for (manager, tables) in &schema.managers {
                let made = database
                    .migrate(history_of(manager, &scripts), How::All)
                    .await;
                made.unwrap_or_else(|error| panic!("{}: {error}", on.name()));
                for (name, declared) in tables {
                    let name = sql_table(manager, name);
                    let column = if declared.columns[0].name == "id" {
                        "n"
                    } else {
                        "k_0"
                    };
                    let insert = format!("INSERT INTO \"{name}\" ({column}) VALUES (5)");
                    database.run_all(&[&insert]).await;
                    let rows = database
                        .rows(&format!("SELECT {column} FROM \"{name}\""))
                        .await;
                    assert_eq!(rows, [[Value::Int(5)]], "{}: {name}", on.name());
                }
            }
        }
    }
}

/// The longest keys and indexes that the generator takes.
#[tokio::test]
async fn an_index_for_which_a_database_has_no_room_is_told() {
    let set = |count: usize| {
        let names: Vec<_> = (0..count).map(|at| format!("c_{at}")).collect();
        names.join(", ")
    };
    let ints: String = (0..17).map(|at| format!(", c_{at}: int")).collect();
    let table = |columns: &str, key: &str, index: &str| {
        let columns = format!("player: player{columns}");
        format!("      t: {{ columns: {{ {columns} }}, key: [{key}], index: [{index}] }}\n")
    };
    let text = |max: u32| format!(", x: {{ type: text, max: {max} }}, n: int");
    for (tables, taken) in [
        (table(&ints, &set(16), "[player]"), true),
        (table(&ints, &set(17), "[player]"), false),
        (table(&ints, "player", &format!("[{}]", set(16))), true),
        (table(&ints, "player", &format!("[{}]", set(17))), false),
        (table(&text(768), "player", "[x]"), true),
        (table(&text(769), "player", "[x]"), false),
        (table(&text(768), "x", "[player]"), true),
        (table(&text(511), "player, x, n", "[x, n]"), true),
        (table(&text(512), "player, x, n", "[x, n]"), false),
    ] {
        let schema = schema(&manager("m", 9000, &tables));
        assert_eq!(schema.is_ok(), taken, "{tables}: {schema:?}");
        let Ok(schema) = schema else { continue };
        for on in covered() {
            let database = Database::make(on).await;
            let scripts = [scripts(&Schema::default(), &schema)];
            let made = database.migrate(history(&scripts), How::All).await;
            made.unwrap_or_else(|error| panic!("{}: {tables}: {error}", on.name()));
        }
    }
}
