//! `cargo xtask migrate` over a folder: what it says, writes and refuses.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use tempfile::TempDir;
use xtask::generate::command::{self, Gen, Outcome};
use xtask::migrate::command::{Migrate, run};

/// A game whose only table, `held`, has these columns and keys.
struct Game(TempDir);

impl Game {
    fn new(table: &str) -> Self {
        let game = Self(tempfile::tempdir().expect("a folder"));
        game.declare(table);
        game
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn declare(&self, tables: &str) {
        let tables: String = tables
            .lines()
            .map(|line| format!("      {line}\n"))
            .collect();
        let text = format!(
            "game: small\ntime_zone: UTC\nenums:\n  kind: [iron, coin]\nmanagers:\n  bag:\n    \
             port: 9000\n    tables:\n{tables}    functions:\n      f:\n        steps:\n          \
             - return: {{}}\n"
        );
        fs::write(self.root().join("managers.yaml"), text).expect("a file");
    }

    fn migrate(&self, args: Migrate) -> (Outcome, String) {
        let mut said = Vec::new();
        let args = Migrate {
            root: Some(self.root().to_owned()),
            ..args
        };
        let outcome = run(&args, &mut said).expect("files that can be read and written");
        (outcome, String::from_utf8(said).expect("UTF-8"))
    }

    #[track_caller]
    fn migrates(&self, expected: Expect) {
        let (outcome, said) = self.migrate(Migrate::default());
        expected.assert_eq(&said);
        assert_eq!(outcome, Outcome::Done);
    }

    #[track_caller]
    fn refuses(&self, expected: Expect) {
        let before = self.files();
        let (outcome, said) = self.migrate(Migrate::default());
        expected.assert_eq(&said);
        assert_eq!(outcome, Outcome::Wrong);
        assert_eq!(self.files(), before);
    }

    fn files(&self) -> Vec<String> {
        let folders = fs::read_dir(self.root().join("migrations"))
            .into_iter()
            .flatten();
        let names = folders.map(|it| it.expect("an entry").file_name());
        let mut names: Vec<_> = names.map(|it| it.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The steps of a migration for a database, without the file's head.
    fn sql(&self, migration: &str, database: &str) -> String {
        let folder = self.root().join("migrations").join(migration);
        let path = folder.join(format!("{database}.sql"));
        let text = fs::read_to_string(path).expect("SQL");
        let (_, steps) = text.split_once("\n-- step: ").expect("a step");
        format!("-- step: {steps}")
    }
}

const HELD: &str = "\
held:
  columns:
    player: player
    item: kind
    amount: { type: int, min: 0, max: 99 }
    note: { type: text, max: 20, optional: true }
  key: [player, item]
";

#[test]
fn the_first_makes_the_tables_and_the_next_changes_them() {
    let game = Game::new(HELD);
    game.migrates(expect![[r#"
        bag.held
          safe  new table `held`
        wrote migrations/0001_begin/sqlite.sql
        wrote migrations/0001_begin/postgres.sql
        wrote migrations/0001_begin/mysql.sql
        wrote migrations/schema.json
        generated 1 manager, 1 function: 17 files, 17 written
    "#]]);
    game.migrates(expect![[r#"
        the migrations lead to the tables as they are declared
    "#]]);
    // A renamed column, a widened type, another bound, a new column.
    game.declare(
        "\
held:
  columns:
    player: player
    item: kind
    count: { type: float, min: 0, max: 50, was: amount }
    note: { type: text, max: 20, optional: true }
    since: { type: time, default: 0 }
  key: [player, item]
  index: [[item]]
",
    );
    game.migrates(expect![[r#"
        bag.held
          rewrites the table  column `amount` is renamed `count` (safe in postgres)
          rewrites the table  `count` is int, becomes float: the same numbers; one beyond 2^53 stops the migration
          rewrites the table  `count` has the max 50.0: a row above it stops the migration (safe in postgres)
          needs a default     new column `since`: the rows that are there get 0
          safe                new index of `item`
        wrote migrations/0002_rename_amount_to_count_and_4_more/sqlite.sql
        wrote migrations/0002_rename_amount_to_count_and_4_more/postgres.sql
        wrote migrations/0002_rename_amount_to_count_and_4_more/mysql.sql
        wrote migrations/schema.json
        generated 1 manager, 1 function: 17 files, 6 written
    "#]]);
    for (database, expected) in [
        (
            "sqlite",
            expect![[r#"
            -- step: rewrites the table: column `amount` is renamed `count`; `count` is int, becomes float: the same numbers; one beyond 2^53 stops the migration; `count` has the max 50.0: a row above it stops the migration; new column `since`: the rows that are there get 0; new index of `item`
            -- check: every `amount` of `held` can become float without losing anything
            SELECT count(*) FROM (SELECT "amount" AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" BETWEEN -9007199254740992 AND 9007199254740992);
            -- check: no `amount` of `held` is below 0.0
            SELECT count(*) FROM (SELECT CAST("amount" AS REAL) AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" >= 0.0);
            -- check: no `amount` of `held` is above 50.0
            SELECT count(*) FROM (SELECT CAST("amount" AS REAL) AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" <= 50.0);
            CREATE TABLE "aliya$new$bag_held" (
              "player" TEXT NOT NULL,
              "item" TEXT NOT NULL
                CONSTRAINT "bag_held_item_known" CHECK ("item" IN ('iron', 'coin')),
              "count" REAL NOT NULL
                CONSTRAINT "bag_held_count_min" CHECK ("count" >= 0.0)
                CONSTRAINT "bag_held_count_max" CHECK ("count" <= 50.0),
              "note" TEXT
                CONSTRAINT "bag_held_note_max" CHECK (length("note") <= 20),
              "since" INTEGER NOT NULL DEFAULT 0,
              PRIMARY KEY ("player", "item")
            ) STRICT, WITHOUT ROWID;
            INSERT INTO "aliya$new$bag_held" ("player", "item", "count", "note", "since")
            SELECT "player", "item", CAST("amount" AS REAL), "note", 0
            FROM "bag_held";
            DROP TABLE "bag_held";
            ALTER TABLE "aliya$new$bag_held" RENAME TO "bag_held";
            CREATE INDEX "idx_bag_held__item" ON "bag_held" ("item");
        "#]],
        ),
        (
            "postgres",
            expect![[r#"
            -- step: rewrites the table: column `amount` is renamed `count`; `count` is int, becomes float: the same numbers; one beyond 2^53 stops the migration; `count` has the max 50.0: a row above it stops the migration; new column `since`: the rows that are there get 0; new index of `item`
            -- check: every `amount` of `held` can become float without losing anything
            SELECT count(*) FROM (SELECT "amount" AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" BETWEEN -9007199254740992 AND 9007199254740992);
            -- check: no `amount` of `held` is below 0.0
            SELECT count(*) FROM (SELECT CAST("amount" AS DOUBLE PRECISION) AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" >= 0.0);
            -- check: no `amount` of `held` is above 50.0
            SELECT count(*) FROM (SELECT CAST("amount" AS DOUBLE PRECISION) AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" <= 50.0);
            ALTER TABLE "bag_held"
              DROP CONSTRAINT "bag_held_amount_min",
              DROP CONSTRAINT "bag_held_amount_max";
            ALTER TABLE "bag_held" RENAME COLUMN "amount" TO "count";
            ALTER TABLE "bag_held"
              ALTER COLUMN "count" TYPE DOUBLE PRECISION USING CAST("count" AS DOUBLE PRECISION),
              ADD COLUMN "since" BIGINT NOT NULL DEFAULT 0,
              ADD CONSTRAINT "bag_held_count_min" CHECK ("count" >= 0.0),
              ADD CONSTRAINT "bag_held_count_max" CHECK ("count" <= 50.0);
            CREATE INDEX "idx_bag_held__item" ON "bag_held" ("item");
        "#]],
        ),
        (
            "mysql",
            expect![[r#"
            -- step: rewrites the table: column `amount` is renamed `count`; `count` is int, becomes float: the same numbers; one beyond 2^53 stops the migration; `count` has the max 50.0: a row above it stops the migration; new column `since`: the rows that are there get 0; new index of `item`
            -- check: every `amount` of `held` can become float without losing anything
            SELECT count(*) FROM (SELECT `amount` AS `count` FROM `bag_held`) AS `rows`
            WHERE NOT (`count` BETWEEN -9007199254740992 AND 9007199254740992);
            -- check: no `amount` of `held` is below 0.0
            SELECT count(*) FROM (SELECT CAST(`amount` AS DOUBLE) AS `count` FROM `bag_held`) AS `rows`
            WHERE NOT (`count` >= 0.0);
            -- check: no `amount` of `held` is above 50.0
            SELECT count(*) FROM (SELECT CAST(`amount` AS DOUBLE) AS `count` FROM `bag_held`) AS `rows`
            WHERE NOT (`count` <= 50.0);
            ALTER TABLE `bag_held`
              DROP CONSTRAINT `bag_held_amount_min`,
              DROP CONSTRAINT `bag_held_amount_max`,
              ADD COLUMN `aliya$new$count` DOUBLE NULL;
            UPDATE `bag_held`
            SET `aliya$new$count` = CAST(`amount` AS DOUBLE);
            ALTER TABLE `bag_held`
              DROP COLUMN `amount`,
              CHANGE COLUMN `aliya$new$count` `count` DOUBLE NOT NULL,
              ADD COLUMN `since` BIGINT NOT NULL DEFAULT 0,
              ADD CONSTRAINT `bag_held_count_min` CHECK (`count` >= 0.0),
              ADD CONSTRAINT `bag_held_count_max` CHECK (`count` <= 50.0);
            CREATE INDEX `idx_bag_held__item` ON `bag_held` (`item`);
        "#]],
        ),
    ] {
        expected.assert_eq(&game.sql("0002_rename_amount_to_count_and_4_more", database));
    }
    let path = game.root().join("migrations/0001_begin/mysql.sql");
    let head = fs::read_to_string(path).expect("SQL");
    expect![[r#"
        -- Migration 0001_begin for MySQL and MariaDB, proposed by `cargo xtask migrate`.
        -- Review it, change its SQL where you know better, and commit it; once a database has
        -- applied it, it must stay as it is."#]]
    .assert_eq(head.split_once("\n\n").expect("a head").0);
    let (outcome, said) = game.migrate(Migrate {
        check: true,
        ..Migrate::default()
    });
    assert_eq!(outcome, Outcome::Done, "{said}");
}

/// What each database is asked to do for the changes that are most often made.
#[test]
fn a_rename_a_drop_and_a_wider_type_in_each_database() {
    let game = Game::new(HELD);
    game.migrate(Migrate::default());
    let mut plans = String::new();
    for (name, from, to) in [
        (
            "renamed",
            "amount: { type: int, min: 0, max: 99 }",
            "count: { type: int, min: 0, max: 99, was: amount }",
        ),
        (
            "dropped",
            "    note: { type: text, max: 20, optional: true }\n",
            "",
        ),
        (
            "wider",
            "count: { type: int, min: 0, max: 99, was: amount }",
            "count: { type: float, min: 0, max: 99, was: amount }",
        ),
    ] {
        let path = game.root().join("managers.yaml");
        let text = fs::read_to_string(&path).expect("a game");
        let changed = text.replace(from.trim_end(), to);
        assert_ne!(changed, text);
        fs::write(&path, changed).expect("a game");
        let (outcome, said) = game.migrate(Migrate {
            allow_data_loss: true,
            name: Some(name.to_owned()),
            ..Migrate::default()
        });
        assert_eq!(outcome, Outcome::Done, "{said}");
        let plan = said.lines().take_while(|line| !line.starts_with("wrote "));
        plans.push_str(&plan.map(|line| format!("{line}\n")).collect::<String>());
    }
    expect![[r#"
        bag.held
          rewrites the table  column `amount` is renamed `count` (safe in postgres)
        bag.held
          destroys data  column `note` is dropped, with all its values
        bag.held
          rewrites the table  `count` is int, becomes float: the same numbers; one beyond 2^53 stops the migration
    "#]].assert_eq(&plans);
    for (migration, database, expected) in [
        (
            "0002_renamed",
            "sqlite",
            expect![[r#"
            -- step: rewrites the table: column `amount` is renamed `count`
            CREATE TABLE "aliya$new$bag_held" (
              "player" TEXT NOT NULL,
              "item" TEXT NOT NULL
                CONSTRAINT "bag_held_item_known" CHECK ("item" IN ('iron', 'coin')),
              "count" INTEGER NOT NULL
                CONSTRAINT "bag_held_count_min" CHECK ("count" >= 0)
                CONSTRAINT "bag_held_count_max" CHECK ("count" <= 99),
              "note" TEXT
                CONSTRAINT "bag_held_note_max" CHECK (length("note") <= 20),
              PRIMARY KEY ("player", "item")
            ) STRICT, WITHOUT ROWID;
            INSERT INTO "aliya$new$bag_held" ("player", "item", "count", "note")
            SELECT "player", "item", "amount", "note"
            FROM "bag_held";
            DROP TABLE "bag_held";
            ALTER TABLE "aliya$new$bag_held" RENAME TO "bag_held";
        "#]],
        ),
        (
            "0002_renamed",
            "postgres",
            expect![[r#"
            -- step: safe: column `amount` is renamed `count`
            ALTER TABLE "bag_held" RENAME COLUMN "amount" TO "count";
            ALTER TABLE "bag_held" RENAME CONSTRAINT "bag_held_amount_min" TO "bag_held_count_min";
            ALTER TABLE "bag_held" RENAME CONSTRAINT "bag_held_amount_max" TO "bag_held_count_max";
        "#]],
        ),
        (
            "0002_renamed",
            "mysql",
            expect![[r#"
            -- step: rewrites the table: column `amount` is renamed `count`
            ALTER TABLE `bag_held`
              DROP CONSTRAINT `bag_held_amount_min`,
              DROP CONSTRAINT `bag_held_amount_max`;
            ALTER TABLE `bag_held`
              RENAME COLUMN `amount` TO `count`,
              ADD CONSTRAINT `bag_held_count_min` CHECK (`count` >= 0),
              ADD CONSTRAINT `bag_held_count_max` CHECK (`count` <= 99);
        "#]],
        ),
        (
            "0003_dropped",
            "sqlite",
            expect![[r#"
            -- step: destroys data: column `note` is dropped, with all its values
            CREATE TABLE "aliya$new$bag_held" (
              "player" TEXT NOT NULL,
              "item" TEXT NOT NULL
                CONSTRAINT "bag_held_item_known" CHECK ("item" IN ('iron', 'coin')),
              "count" INTEGER NOT NULL
                CONSTRAINT "bag_held_count_min" CHECK ("count" >= 0)
                CONSTRAINT "bag_held_count_max" CHECK ("count" <= 99),
              PRIMARY KEY ("player", "item")
            ) STRICT, WITHOUT ROWID;
            INSERT INTO "aliya$new$bag_held" ("player", "item", "count")
            SELECT "player", "item", "count"
            FROM "bag_held";
            DROP TABLE "bag_held";
            ALTER TABLE "aliya$new$bag_held" RENAME TO "bag_held";
        "#]],
        ),
        (
            "0003_dropped",
            "postgres",
            expect![[r#"
            -- step: destroys data: column `note` is dropped, with all its values
            ALTER TABLE "bag_held"
              DROP COLUMN "note";
        "#]],
        ),
        (
            "0003_dropped",
            "mysql",
            expect![[r#"
            -- step: destroys data: column `note` is dropped, with all its values
            ALTER TABLE `bag_held`
              DROP COLUMN `note`;
        "#]],
        ),
        (
            "0004_wider",
            "sqlite",
            expect![[r#"
            -- step: rewrites the table: `count` is int, becomes float: the same numbers; one beyond 2^53 stops the migration
            -- check: every `count` of `held` can become float without losing anything
            SELECT count(*) FROM (SELECT "count" AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" BETWEEN -9007199254740992 AND 9007199254740992);
            -- check: no `count` of `held` is below 0.0
            SELECT count(*) FROM (SELECT CAST("count" AS REAL) AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" >= 0.0);
            -- check: no `count` of `held` is above 99.0
            SELECT count(*) FROM (SELECT CAST("count" AS REAL) AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" <= 99.0);
            CREATE TABLE "aliya$new$bag_held" (
              "player" TEXT NOT NULL,
              "item" TEXT NOT NULL
                CONSTRAINT "bag_held_item_known" CHECK ("item" IN ('iron', 'coin')),
              "count" REAL NOT NULL
                CONSTRAINT "bag_held_count_min" CHECK ("count" >= 0.0)
                CONSTRAINT "bag_held_count_max" CHECK ("count" <= 99.0),
              PRIMARY KEY ("player", "item")
            ) STRICT, WITHOUT ROWID;
            INSERT INTO "aliya$new$bag_held" ("player", "item", "count")
            SELECT "player", "item", CAST("count" AS REAL)
            FROM "bag_held";
            DROP TABLE "bag_held";
            ALTER TABLE "aliya$new$bag_held" RENAME TO "bag_held";
        "#]],
        ),
        (
            "0004_wider",
            "postgres",
            expect![[r#"
            -- step: rewrites the table: `count` is int, becomes float: the same numbers; one beyond 2^53 stops the migration
            -- check: every `count` of `held` can become float without losing anything
            SELECT count(*) FROM (SELECT "count" AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" BETWEEN -9007199254740992 AND 9007199254740992);
            -- check: no `count` of `held` is below 0.0
            SELECT count(*) FROM (SELECT CAST("count" AS DOUBLE PRECISION) AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" >= 0.0);
            -- check: no `count` of `held` is above 99.0
            SELECT count(*) FROM (SELECT CAST("count" AS DOUBLE PRECISION) AS "count" FROM "bag_held") AS "rows"
            WHERE NOT ("count" <= 99.0);
            ALTER TABLE "bag_held"
              DROP CONSTRAINT "bag_held_count_min",
              DROP CONSTRAINT "bag_held_count_max";
            ALTER TABLE "bag_held"
              ALTER COLUMN "count" TYPE DOUBLE PRECISION USING CAST("count" AS DOUBLE PRECISION),
              ADD CONSTRAINT "bag_held_count_min" CHECK ("count" >= 0.0),
              ADD CONSTRAINT "bag_held_count_max" CHECK ("count" <= 99.0);
        "#]],
        ),
        (
            "0004_wider",
            "mysql",
            expect![[r#"
            -- step: rewrites the table: `count` is int, becomes float: the same numbers; one beyond 2^53 stops the migration
            -- check: every `count` of `held` can become float without losing anything
            SELECT count(*) FROM (SELECT `count` AS `count` FROM `bag_held`) AS `rows`
            WHERE NOT (`count` BETWEEN -9007199254740992 AND 9007199254740992);
            -- check: no `count` of `held` is below 0.0
            SELECT count(*) FROM (SELECT CAST(`count` AS DOUBLE) AS `count` FROM `bag_held`) AS `rows`
            WHERE NOT (`count` >= 0.0);
            -- check: no `count` of `held` is above 99.0
            SELECT count(*) FROM (SELECT CAST(`count` AS DOUBLE) AS `count` FROM `bag_held`) AS `rows`
            WHERE NOT (`count` <= 99.0);
            ALTER TABLE `bag_held`
              DROP CONSTRAINT `bag_held_count_min`,
              DROP CONSTRAINT `bag_held_count_max`,
              ADD COLUMN `aliya$new$count` DOUBLE NULL;
            UPDATE `bag_held`
            SET `aliya$new$count` = CAST(`count` AS DOUBLE);
            ALTER TABLE `bag_held`
              DROP COLUMN `count`,
              CHANGE COLUMN `aliya$new$count` `count` DOUBLE NOT NULL,
              ADD CONSTRAINT `bag_held_count_min` CHECK (`count` >= 0.0),
              ADD CONSTRAINT `bag_held_count_max` CHECK (`count` <= 99.0);
        "#]],
        ),
    ] {
        expected.assert_eq(&game.sql(migration, database));
    }
}

#[test]
fn a_database_that_is_new_to_a_game_begins_with_its_tables_as_they_are() {
    let game = Game::new(HELD);
    game.migrate(Migrate::default());
    game.declare(&HELD.replace("max: 99", "max: 199"));
    game.migrate(Migrate::default());
    let folder = |migration: &str| game.root().join("migrations").join(migration);
    let second = "0002_max_amount";
    for migration in ["0001_begin", second] {
        fs::remove_file(folder(migration).join("postgres.sql")).expect("a file");
    }
    let args = Gen {
        root: Some(game.root().to_owned()),
        ..Gen::default()
    };
    let lacking = command::run(&args, &mut Vec::new()).expect_err("no file");
    let said = format!("{lacking:#}");
    let help = "to begin with PostgreSQL, run `cargo xtask migrate`";
    assert!(said.contains(help), "{said}");
    game.migrates(expect![[r#"
        wrote migrations/0001_begin/postgres.sql
        wrote migrations/0002_max_amount/postgres.sql
        the migrations lead to the tables as they are declared
        generated 1 manager, 1 function: 17 files, 3 written
    "#]]);
    let first = game.sql("0001_begin", "postgres");
    assert!(first.contains(r#"CHECK ("amount" <= 199)"#), "{first}");
    let text = fs::read_to_string(folder(second).join("postgres.sql")).expect("SQL");
    assert!(!text.contains("-- step"), "{text}");
    // Where others have the file, it was lost.
    fs::remove_file(folder(second).join("mysql.sql")).expect("a file");
    let args = Migrate {
        root: Some(game.root().to_owned()),
        ..Migrate::default()
    };
    let lost = run(&args, &mut Vec::new()).expect_err("no file");
    let said = format!("{lost:#}");
    assert!(
        said.contains("0002_max_amount/mysql.sql is not there"),
        "{said}"
    );
}

#[test]
fn data_is_dropped_only_where_that_is_said() {
    let game = Game::new(HELD);
    game.migrate(Migrate::default());
    let without = HELD.replace("    note: { type: text, max: 20, optional: true }\n", "");
    game.declare(&without);
    game.refuses(expect![[r#"
        bag.held
          destroys data  column `note` is dropped, with all its values
        nothing was written, as it would destroy data:
          column `note` is dropped, with all its values
        where something was only renamed, write `was: old_name` beside it; to lose the data, run: cargo xtask migrate --allow-data-loss
    "#]]);
    let (outcome, said) = game.migrate(Migrate {
        check: true,
        ..Migrate::default()
    });
    assert_eq!(outcome, Outcome::Stale);
    assert!(
        said.ends_with("to propose one, run: cargo xtask migrate\n"),
        "{said}"
    );
    let (outcome, _) = game.migrate(Migrate {
        allow_data_loss: true,
        name: Some("no_notes".to_owned()),
        ..Migrate::default()
    });
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(game.files(), ["0001_begin", "0002_no_notes", "schema.json"]);
}

#[test]
fn what_cannot_be_done_says_what_to_do() {
    let game = Game::new(HELD);
    game.migrate(Migrate::default());
    game.declare(
        "\
held:
  columns:
    player: player
    item: kind
    amount: { type: int, min: 0, max: 99 }
    note: int
    weight: int
  key: [player, item]
",
    );
    game.refuses(expect![[r#"
        bag.held
          rewrites the table  `note` is text, becomes int
                              cannot be done: nothing makes int of text. Keep `note` as it is, add a column of the new type beside it, fill that one in a function or in the migration's SQL, and drop this one when nothing reads it
          needs a default     `note` is no longer optional
                              cannot be done: rows where it is absent have no value for it: give `note` a `default`
          rewrites the table  `note` has no max any more (safe in postgres)
          needs a default     new column `weight`
                              cannot be done: the rows that are there have no value for it: give `weight` a `default`, or make it `optional: true`
        nothing was written: change what cannot be done, and run it again
    "#]]);
}

#[test]
fn gen_says_that_tables_are_behind_and_so_does_the_server() {
    let game = Game::new(HELD);
    game.migrate(Migrate::default());
    game.declare(&HELD.replace("max: 99", "max: 199"));
    let args = Gen {
        root: Some(game.root().to_owned()),
        ..Gen::default()
    };
    let mut said = Vec::new();
    let outcome = command::run(&args, &mut said).expect("files that can be written");
    assert_eq!(outcome, Outcome::Done);
    expect![[r#"
        generated 1 manager, 1 function: 17 files, 6 written
        the tables are not what the migrations make them:
          bag.held: `amount` has the wider max 199
        the server will not start before a migration leads there; run: cargo xtask migrate
    "#]]
    .assert_eq(&String::from_utf8_lossy(&said));
    let path = game.root().join("generated/shared/src/migrations.rs");
    let text = fs::read_to_string(path).expect("the migrations");
    assert!(
        text.contains("behind: Some(\"held: `amount` has the wider max 199\")"),
        "{text}"
    );
}

#[test]
fn a_folder_that_was_damaged_is_told() {
    let game = Game::new(HELD);
    game.migrate(Migrate::default());
    let folder = game.root().join("migrations");
    let error = || {
        let args = Migrate {
            root: Some(game.root().to_owned()),
            ..Migrate::default()
        };
        let error = run(&args, &mut Vec::new()).expect_err("damaged");
        format!("{error:#}")
    };
    fs::create_dir(folder.join("0003_later")).expect("a folder");
    for database in ["sqlite", "postgres", "mysql"] {
        let file = format!("0003_later/{database}.sql");
        fs::write(folder.join(file), "").expect("a file");
    }
    let said = error();
    assert!(
        said.ends_with("`0003_later` stands where 0002 should"),
        "{said}"
    );
    fs::rename(folder.join("0003_later"), folder.join("0002_later")).expect("a folder");
    fs::write(folder.join("0002_later/sqlite.sql"), "\nDROP TABLE x;").expect("a file");
    let said = error();
    let wanted = "0002_later/sqlite.sql: line 2: a statement that belongs to no step";
    assert!(said.contains(wanted), "{said}");
    fs::rename(folder.join("0002_later"), folder.join("later")).expect("a folder");
    let said = error();
    assert!(
        said.ends_with("a migration's folder is called like 0002_raise_level"),
        "{said}"
    );
}
