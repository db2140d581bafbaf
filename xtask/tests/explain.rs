//! `cargo xtask explain`.

use expect_test::{Expect, expect};
use xtask::explain::{Explain, run};
use xtask::generate::command::Outcome;
use xtask::migrate::databases::Database;

const GAME: &str = "\
game: small
time_zone: UTC
managers:
  bag:
    port: 9000
    tables:
      item:
        columns:
          player: player
          name: { type: text, max: 9 }
          amount: { type: int, min: 0, default: 0 }
          since: { type: time, default: 0 }
        key: [player, name]
        index: [[since, amount]]
    functions:
      add:
        access: internal
        args: { name: { type: text, max: 9 } }
        steps:
          - get: item
            where: { player: caller, name: args.name }
            or: default
            as: i
          - save: i
            set: { amount: i.amount + 1 }
          - return: {}
      tidy:
        args: { names: list text }
        steps:
          - select: item
            where: { player: caller }
            as: mine
          - count: item
            where: { amount: { gt: 9 } }
            as: many
          - exists: item
            where: { since: now, amount: { le: 3 } }
            as: fresh
          - delete: item
            where: { since: { lt: now } }
          - for: name in args.names
            do:
              - call: add
                with: { name: name }
          - return: { mine: len(mine), many: many, fresh: fresh }
      hold:
        args: { name: { type: text, max: 9 }, other: { type: text, max: 9 } }
        steps:
          - get: item
            where: { player: caller, name: args.name }
            or: default
            as: held
          - call: add
            with: { name: args.other }
          - update: item
            where: { player: caller, since: 0 }
            set: { amount: amount + 1 }
          - return: { amount: held.amount }
      mine:
        steps:
          - select: item
            where: { player: caller }
            as: mine
          - return: { mine: len(mine) }
";

#[track_caller]
fn check(function: &str, database: Option<Database>, outcome: Outcome, expected: Expect) {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::write(root.path().join("managers.yaml"), GAME).expect("a file");
    let args = Explain {
        function: function.to_owned(),
        database,
        root: Some(root.path().to_owned()),
    };
    let mut said = Vec::new();
    let found = run(&args, &mut said).expect("files that can be read");
    expected.assert_eq(&String::from_utf8(said).expect("UTF-8"));
    assert_eq!(found, outcome);
}

#[test]
fn each_step_with_its_sql_and_what_serves_it() {
    check(
        "tidy",
        Some(Database::Sqlite),
        Outcome::Done,
        expect![[r#"
            warning[A0903]: no index of `item` serves this: it reads every row of the table
              --> managers.yaml:33:20
               |
             7 |       item:
               |       ---- rows are found by [player, name], [since, amount]
            ...
            33 |           - count: item
               |                    ^^^^ finds its rows by none
               |
               = help: add `[amount]` to its `index`

            warning: 1 warning in managers.yaml and its files
            bag.tidy: writes
              sqlite    the write lock from the first statement to the commit (BEGIN IMMEDIATE)

            managers.yaml:30  select item
              sqlite    SELECT "player", "name", "amount", "since" FROM "bag_item" WHERE "player" = ?1
              served    key [player, name]: the first 1 of its 2 columns

            managers.yaml:33  count item
              sqlite    SELECT COUNT(*) FROM "bag_item" WHERE "amount" > ?1
              served    no index: scans the table

            managers.yaml:36  exists item
              sqlite    SELECT EXISTS (SELECT 1 FROM "bag_item" WHERE "since" = ?1 AND "amount" <= ?2)
              served    index [since, amount]: all of it

            managers.yaml:39  delete item
              sqlite    DELETE FROM "bag_item" WHERE "since" < ?1
              served    index [since, amount]: the first 1 of its 2 columns

            managers.yaml:41  for each round

              managers.yaml:43  call bag.add

                managers.yaml:20  get item
                  sqlite    SELECT "player", "name", "amount", "since"
                            FROM "bag_item"
                            WHERE "player" = ?1 AND "name" = ?2
                  served    key [player, name]: one row at most

                managers.yaml:24  save item
                  sqlite    INSERT INTO "bag_item" ("player", "name", "amount", "since")
                            VALUES (?1, ?2, ?3, ?4)
                            ON CONFLICT ("player", "name") DO UPDATE SET "amount" = excluded."amount"
                  served    key [player, name]: one row at most
        "#]],
    );
}

#[test]
fn every_database_and_the_round_trips_to_a_server() {
    check(
        "add",
        None,
        Outcome::Done,
        expect![[r#"
        warning[A0903]: no index of `item` serves this: it reads every row of the table
          --> managers.yaml:33:20
           |
         7 |       item:
           |       ---- rows are found by [player, name], [since, amount]
        ...
        33 |           - count: item
           |                    ^^^^ finds its rows by none
           |
           = help: add `[amount]` to its `index`

        warning: 1 warning in managers.yaml and its files
        bag.add: writes
          sqlite    the write lock from the first statement to the commit (BEGIN IMMEDIATE)
          postgres  a serializable transaction (BEGIN, COMMIT)
          mysql     a serializable transaction (BEGIN, COMMIT)
          server    round trips: 2 statements, and BEGIN and COMMIT

        managers.yaml:20  get item
          sqlite    SELECT "player", "name", "amount", "since"
                    FROM "bag_item"
                    WHERE "player" = ?1 AND "name" = ?2
          postgres  SELECT "player", "name", "amount", "since"
                    FROM "bag_item"
                    WHERE "player" = $1 AND "name" = $2
                    FOR UPDATE
          mysql     SELECT `player`, `name`, `amount`, `since`
                    FROM `bag_item`
                    WHERE `player` = ? AND `name` = ?
                    FOR UPDATE
          served    key [player, name]: one row at most

        managers.yaml:24  save item
          sqlite    INSERT INTO "bag_item" ("player", "name", "amount", "since")
                    VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT ("player", "name") DO UPDATE SET "amount" = excluded."amount"
          postgres  INSERT INTO "bag_item" ("player", "name", "amount", "since")
                    VALUES ($1, $2, $3, $4)
                    ON CONFLICT ("player", "name") DO UPDATE SET "amount" = excluded."amount"
          mysql     INSERT INTO `bag_item` (`player`, `name`, `amount`, `since`)
                    VALUES (?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE `amount` = VALUES(`amount`)
          served    key [player, name]: one row at most
    "#]],
    );
    check(
        "mine",
        Some(Database::Postgres),
        Outcome::Done,
        expect![[r#"
            warning[A0903]: no index of `item` serves this: it reads every row of the table
              --> managers.yaml:33:20
               |
             7 |       item:
               |       ---- rows are found by [player, name], [since, amount]
            ...
            33 |           - count: item
               |                    ^^^^ finds its rows by none
               |
               = help: add `[amount]` to its `index`

            warning: 1 warning in managers.yaml and its files
            bag.mine: only reads
              postgres  no transaction: it is one query
              server    round trips: 1 statement

            managers.yaml:61  select item
              postgres  SELECT "player", "name", "amount", "since" FROM "bag_item" WHERE "player" = $1
              served    key [player, name]: the first 1 of its 2 columns
        "#]],
    );
}

#[test]
fn a_name_that_is_nearly_one() {
    check(
        "bag.tidi",
        None,
        Outcome::Wrong,
        expect![[r#"
        warning[A0903]: no index of `item` serves this: it reads every row of the table
          --> managers.yaml:33:20
           |
         7 |       item:
           |       ---- rows are found by [player, name], [since, amount]
        ...
        33 |           - count: item
           |                    ^^^^ finds its rows by none
           |
           = help: add `[amount]` to its `index`

        warning: 1 warning in managers.yaml and its files
        there is no function `bag.tidi`: did you mean `bag.tidy`?
    "#]],
    );
}

#[test]
fn a_row_that_is_held_is_read_again_where_something_was_written() {
    check(
        "hold",
        Some(Database::Postgres),
        Outcome::Done,
        expect![[r#"
            warning[A0903]: no index of `item` serves this: it reads every row of the table
              --> managers.yaml:33:20
               |
             7 |       item:
               |       ---- rows are found by [player, name], [since, amount]
            ...
            33 |           - count: item
               |                    ^^^^ finds its rows by none
               |
               = help: add `[amount]` to its `index`

            warning: 1 warning in managers.yaml and its files
            bag.hold: writes
              postgres  a serializable transaction (BEGIN, COMMIT)
              server    round trips: 4 to 6 statements, and BEGIN and COMMIT

            managers.yaml:49  get item
              postgres  SELECT "player", "name", "amount", "since"
                        FROM "bag_item"
                        WHERE "player" = $1 AND "name" = $2
              served    key [player, name]: one row at most

            managers.yaml:53  call bag.add

              managers.yaml:20  get item
                postgres  SELECT "player", "name", "amount", "since"
                          FROM "bag_item"
                          WHERE "player" = $1 AND "name" = $2
                          FOR UPDATE
                served    key [player, name]: one row at most

              managers.yaml:24  save item
                postgres  INSERT INTO "bag_item" ("player", "name", "amount", "since")
                          VALUES ($1, $2, $3, $4)
                          ON CONFLICT ("player", "name") DO UPDATE SET "amount" = excluded."amount"
                served    key [player, name]: one row at most
              then      where that wrote, rows that are held are read again
              postgres  SELECT "player", "name", "amount", "since"
                        FROM "bag_item"
                        WHERE "player" = $1 AND "name" = $2

            managers.yaml:55  update item
              postgres  UPDATE "bag_item" SET "amount" = "amount" + $1 WHERE "player" = $2 AND "since" = $3
              served    key [player, name]: the first 1 of its 2 columns
              then      where that wrote, rows that are held are read again
              postgres  SELECT "player", "name", "amount", "since"
                        FROM "bag_item"
                        WHERE "player" = $1 AND "name" = $2
        "#]],
    );
}
