//! Every kind of statement as each dialect writes it.

use aliya_macros_core::dialect;
use aliya_macros_core::sql::{
    Column, Condition, Constant, Duplicates, Number, Query, Reference, Sql, Table, Term, Test, Type,
};
use expect_test::{Expect, expect};

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

/// A column of each type, bounds and defaults, in the key, in a unique set and in neither.
fn hero() -> Table {
    let text = |text: &str| Constant::Text(text.to_owned());
    let mut columns = vec![
        column("player", Type::Text),
        column("class", Type::OneOf(vec![text("mage"), text("o'\\knight")])),
        column("order", Type::Int),
        column("price", Type::Float),
        column("alive", Type::Bool),
        column("nick", Type::Text),
        column("note", Type::Text),
        column("tags", Type::Text),
    ];
    columns[2].min = Some(Constant::Int(0));
    columns[2].default = Some(Constant::Int(7));
    columns[4].default = Some(Constant::Bool(true));
    columns[5].optional = true;
    columns[5].max = Some(Constant::Int(20));
    columns[6].max = Some(Constant::Int(4000));
    columns[7].default = Some(text("[]"));
    Table {
        name: "hero_hero".to_owned(),
        columns,
        key: vec![0, 1],
        ..Table::default()
    }
}

/// A numbered table, which another one is unique in, with a reference.
fn letter() -> Table {
    Table {
        name: "mail_letter".to_owned(),
        columns: vec![
            column("id", Type::Int),
            column("to", Type::Text),
            column("class", Type::Text),
            column("text", Type::Text),
        ],
        key: vec![0],
        row_number: Some(0),
        unique: vec![vec![1, 2]],
        references: vec![Reference {
            columns: vec![1, 2],
            table: "hero_hero".to_owned(),
            to: vec!["player".to_owned(), "class".to_owned()],
        }],
        ..Table::default()
    }
}

/// The statement in each dialect.
#[track_caller]
fn check(table: &Table, statement: impl Fn(Sql<'_>) -> String, expected: Expect) {
    let texts = dialect::ALL.map(|dialect| statement(table.sql(dialect)));
    expected.assert_eq(&texts.join("\n--\n"));
}

fn by(column: usize, test: Test) -> Condition {
    Condition { column, test }
}

#[test]
fn tables() {
    check(
        &hero(),
        |sql| sql.create_table(),
        expect![[r#"
            CREATE TABLE "hero_hero" (
              "player" TEXT NOT NULL,
              "class" TEXT NOT NULL
                CONSTRAINT "hero_hero_class_known" CHECK ("class" IN ('mage', 'o''\knight')),
              "order" INTEGER NOT NULL DEFAULT 7
                CONSTRAINT "hero_hero_order_min" CHECK ("order" >= 0),
              "price" REAL NOT NULL,
              "alive" INTEGER NOT NULL DEFAULT 1
                CONSTRAINT "hero_hero_alive_bool" CHECK ("alive" IN (0, 1)),
              "nick" TEXT
                CONSTRAINT "hero_hero_nick_max" CHECK (length("nick") <= 20),
              "note" TEXT NOT NULL
                CONSTRAINT "hero_hero_note_max" CHECK (length("note") <= 4000),
              "tags" TEXT NOT NULL DEFAULT '[]',
              PRIMARY KEY ("player", "class")
            ) STRICT, WITHOUT ROWID
            --
            CREATE TABLE "hero_hero" (
              "player" TEXT COLLATE "C" NOT NULL,
              "class" TEXT COLLATE "C" NOT NULL
                CONSTRAINT "hero_hero_class_known" CHECK ("class" IN ('mage', 'o''\knight')),
              "order" BIGINT NOT NULL DEFAULT 7
                CONSTRAINT "hero_hero_order_min" CHECK ("order" >= 0),
              "price" DOUBLE PRECISION NOT NULL,
              "alive" BIGINT NOT NULL DEFAULT 1
                CONSTRAINT "hero_hero_alive_bool" CHECK ("alive" IN (0, 1)),
              "nick" TEXT COLLATE "C"
                CONSTRAINT "hero_hero_nick_max" CHECK (char_length("nick") <= 20),
              "note" TEXT COLLATE "C" NOT NULL
                CONSTRAINT "hero_hero_note_max" CHECK (char_length("note") <= 4000),
              "tags" TEXT COLLATE "C" NOT NULL DEFAULT '[]',
              CONSTRAINT "hero_hero_pkey" PRIMARY KEY ("player", "class")
            )
            --
            CREATE TABLE `hero_hero` (
              `player` VARCHAR(255) NOT NULL,
              `class` VARCHAR(64) NOT NULL,
              `order` BIGINT NOT NULL DEFAULT 7,
              `price` DOUBLE NOT NULL,
              `alive` TINYINT NOT NULL DEFAULT 1,
              `nick` VARCHAR(20),
              `note` LONGTEXT NOT NULL,
              `tags` LONGTEXT NOT NULL DEFAULT ('[]'),
              PRIMARY KEY (`player`, `class`),
              CONSTRAINT `hero_hero_class_known` CHECK (`class` IN ('mage', 'o''\\knight')),
              CONSTRAINT `hero_hero_order_min` CHECK (`order` >= 0),
              CONSTRAINT `hero_hero_alive_bool` CHECK (`alive` IN (0, 1)),
              CONSTRAINT `hero_hero_nick_max` CHECK (CHAR_LENGTH(`nick`) <= 20),
              CONSTRAINT `hero_hero_note_max` CHECK (CHAR_LENGTH(`note`) <= 4000)
            ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#]],
    );
    check(
        &letter(),
        |sql| sql.create_table(),
        expect![[r#"
            CREATE TABLE "mail_letter" (
              "id" INTEGER PRIMARY KEY AUTOINCREMENT,
              "to" TEXT NOT NULL,
              "class" TEXT NOT NULL,
              "text" TEXT NOT NULL,
              FOREIGN KEY ("to", "class") REFERENCES "hero_hero" ("player", "class")
                ON DELETE RESTRICT ON UPDATE RESTRICT
            ) STRICT
            --
            CREATE TABLE "mail_letter" (
              "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
              "to" TEXT COLLATE "C" NOT NULL,
              "class" TEXT COLLATE "C" NOT NULL,
              "text" TEXT COLLATE "C" NOT NULL,
              CONSTRAINT "mail_letter_pkey" PRIMARY KEY ("id"),
              CONSTRAINT "fk_mail_letter__to__class__hero_hero" FOREIGN KEY ("to", "class") REFERENCES "hero_hero" ("player", "class")
                ON DELETE RESTRICT ON UPDATE RESTRICT
            )
            --
            CREATE TABLE `mail_letter` (
              `id` BIGINT NOT NULL AUTO_INCREMENT,
              `to` VARCHAR(255) NOT NULL,
              `class` VARCHAR(255) NOT NULL,
              `text` LONGTEXT NOT NULL,
              PRIMARY KEY (`id`),
              CONSTRAINT `fk_mail_letter__to__class__hero_hero` FOREIGN KEY (`to`, `class`) REFERENCES `hero_hero` (`player`, `class`)
                ON DELETE RESTRICT ON UPDATE RESTRICT
            ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#]],
    );
    check(
        &hero(),
        |sql| sql.create_index(&[5], false),
        expect![[r#"
        CREATE INDEX "idx_hero_hero__nick" ON "hero_hero" ("nick")
        --
        CREATE INDEX "idx_hero_hero__nick" ON "hero_hero" ("nick" NULLS FIRST)
        --
        CREATE INDEX `idx_hero_hero__nick` ON `hero_hero` (`nick`)"#]],
    );
    check(
        &letter(),
        |sql| sql.create_index(&[1, 2], true),
        expect![[r#"
            CREATE UNIQUE INDEX "unique_mail_letter__to__class" ON "mail_letter" ("to", "class")
            --
            CREATE UNIQUE INDEX "unique_mail_letter__to__class" ON "mail_letter" ("to", "class")
            --
            CREATE UNIQUE INDEX `unique_mail_letter__to__class` ON `mail_letter` (`to`, `class`)"#]],
    );
}

#[test]
fn inserts() {
    check(
        &hero(),
        |sql| sql.insert(Duplicates::Refuse),
        expect![[r#"
        INSERT INTO "hero_hero" ("player", "class", "order", "price", "alive", "nick", "note", "tags")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        --
        INSERT INTO "hero_hero" ("player", "class", "order", "price", "alive", "nick", "note", "tags")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        --
        INSERT INTO `hero_hero` (`player`, `class`, `order`, `price`, `alive`, `nick`, `note`, `tags`)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)"#]],
    );
    check(
        &hero(),
        |sql| sql.insert(Duplicates::Ignore),
        expect![[r#"
        INSERT INTO "hero_hero" ("player", "class", "order", "price", "alive", "nick", "note", "tags")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT DO NOTHING
        --
        INSERT INTO "hero_hero" ("player", "class", "order", "price", "alive", "nick", "note", "tags")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT DO NOTHING
        --
        INSERT INTO `hero_hero` (`player`, `class`, `order`, `price`, `alive`, `nick`, `note`, `tags`)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)"#]],
    );
    check(
        &letter(),
        |sql| sql.insert_numbered(Duplicates::Ignore),
        expect![[r#"
            INSERT INTO "mail_letter" ("to", "class", "text")
            VALUES (?1, ?2, ?3)
            ON CONFLICT DO NOTHING
            RETURNING "id"
            --
            INSERT INTO "mail_letter" ("to", "class", "text")
            VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING
            RETURNING "id"
            --
            INSERT INTO `mail_letter` (`to`, `class`, `text`) VALUES (?, ?, ?)"#]],
    );
    let only = Table {
        columns: vec![column("id", Type::Int)],
        unique: Vec::new(),
        references: Vec::new(),
        ..letter()
    };
    check(
        &only,
        |sql| sql.insert_numbered(Duplicates::Refuse),
        expect![[r#"
            INSERT INTO "mail_letter" DEFAULT VALUES RETURNING "id"
            --
            INSERT INTO "mail_letter" DEFAULT VALUES RETURNING "id"
            --
            INSERT INTO `mail_letter` () VALUES ()"#]],
    );
}

#[test]
fn inserts_that_may_update() {
    check(
        &hero(),
        |sql| sql.upsert(&[0, 1], &[2]),
        expect![[r#"
        INSERT INTO "hero_hero" ("player", "class", "order", "price", "alive", "nick", "note", "tags")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT ("player", "class") DO UPDATE SET "order" = excluded."order"
        --
        INSERT INTO "hero_hero" ("player", "class", "order", "price", "alive", "nick", "note", "tags")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT ("player", "class") DO UPDATE SET "order" = excluded."order"
        --
        INSERT INTO `hero_hero` (`player`, `class`, `order`, `price`, `alive`, `nick`, `note`, `tags`)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE `order` = VALUES(`order`)"#]],
    );
    check(
        &letter(),
        |sql| sql.replace(&[1, 2]),
        expect![[r#"
            INSERT INTO "mail_letter" ("to", "class", "text")
            VALUES (?1, ?2, ?3)
            ON CONFLICT ("to", "class") DO UPDATE SET "text" = excluded."text"
            --
            INSERT INTO "mail_letter" ("to", "class", "text")
            VALUES ($1, $2, $3)
            ON CONFLICT ("to", "class") DO UPDATE SET "text" = excluded."text"
            --
            INSERT INTO `mail_letter` (`to`, `class`, `text`)
            VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE `id` = IF(`to` <=> VALUES(`to`) AND `class` <=> VALUES(`class`), `id`, -9223372036854775807 - 1 - `id`), `text` = VALUES(`text`)"#]],
    );
    check(
        &letter(),
        |sql| sql.replace_numbered(&[1, 2]),
        expect![[r#"
            INSERT INTO "mail_letter" ("to", "class", "text")
            VALUES (?1, ?2, ?3)
            ON CONFLICT ("to", "class") DO UPDATE SET "text" = excluded."text"
            RETURNING "id"
            --
            INSERT INTO "mail_letter" ("to", "class", "text")
            VALUES ($1, $2, $3)
            ON CONFLICT ("to", "class") DO UPDATE SET "text" = excluded."text"
            RETURNING "id"
            --
            INSERT INTO `mail_letter` (`to`, `class`, `text`)
            VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE `id` = IF(`to` <=> VALUES(`to`) AND `class` <=> VALUES(`class`), LAST_INSERT_ID(`id`), -9223372036854775807 - 1 - `id`), `text` = VALUES(`text`)"#]],
    );
    let unique = Table {
        unique: vec![vec![5]],
        ..hero()
    };
    check(
        &unique,
        |sql| sql.upsert(&[0, 1], &[2]),
        expect![[r#"
        INSERT INTO "hero_hero" ("player", "class", "order", "price", "alive", "nick", "note", "tags")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT ("player", "class") DO UPDATE SET "order" = excluded."order"
        --
        INSERT INTO "hero_hero" ("player", "class", "order", "price", "alive", "nick", "note", "tags")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT ("player", "class") DO UPDATE SET "order" = excluded."order"
        --
        INSERT INTO `hero_hero` (`player`, `class`, `order`, `price`, `alive`, `nick`, `note`, `tags`)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE `player` = IF(`player` <=> VALUES(`player`) AND `class` <=> VALUES(`class`), `player`, NULL), `order` = VALUES(`order`)"#]],
    );
}

#[test]
fn queries() {
    let locked = Query {
        conditions: vec![by(0, Test::Eq), by(1, Test::Eq)],
        lock: true,
        ..Query::default()
    };
    check(
        &hero(),
        |sql| sql.select(&locked),
        expect![[r#"
        SELECT "player", "class", "order", "price", "alive", "nick", "note", "tags"
        FROM "hero_hero"
        WHERE "player" = ?1 AND "class" = ?2
        --
        SELECT "player", "class", "order", "price", "alive", "nick", "note", "tags"
        FROM "hero_hero"
        WHERE "player" = $1 AND "class" = $2
        FOR UPDATE
        --
        SELECT `player`, `class`, `order`, `price`, `alive`, `nick`, `note`, `tags`
        FROM `hero_hero`
        WHERE `player` = ? AND `class` = ?
        FOR UPDATE"#]],
    );
    for (column, expected) in [
        (
            1,
            expect![[r#"
            SELECT COUNT(*) FROM "hero_hero" WHERE "class" IN (SELECT value FROM json_each(?1))
            --
            SELECT COUNT(*)
            FROM "hero_hero"
            WHERE "class" = ANY (ARRAY(SELECT value FROM json_array_elements_text(CAST($1 AS json))))
            --
            SELECT COUNT(*)
            FROM `hero_hero`
            WHERE `class` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` LONGTEXT PATH '$')) AS `list`)"#]],
        ),
        (
            2,
            expect![[r#"
            SELECT COUNT(*) FROM "hero_hero" WHERE "order" IN (SELECT value FROM json_each(?1))
            --
            SELECT COUNT(*)
            FROM "hero_hero"
            WHERE "order" = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($1 AS json))))
            --
            SELECT COUNT(*)
            FROM `hero_hero`
            WHERE `order` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` BIGINT PATH '$')) AS `list`)"#]],
        ),
        (
            3,
            expect![[r#"
            SELECT COUNT(*) FROM "hero_hero" WHERE "price" IN (SELECT value FROM json_each(?1))
            --
            SELECT COUNT(*)
            FROM "hero_hero"
            WHERE "price" = ANY (ARRAY(SELECT CAST(value AS DOUBLE PRECISION) FROM json_array_elements_text(CAST($1 AS json))))
            --
            SELECT COUNT(*)
            FROM `hero_hero`
            WHERE `price` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` DOUBLE PATH '$')) AS `list`)"#]],
        ),
        (
            4,
            expect![[r#"
            SELECT COUNT(*) FROM "hero_hero" WHERE "alive" IN (SELECT value FROM json_each(?1))
            --
            SELECT COUNT(*)
            FROM "hero_hero"
            WHERE "alive" = ANY (ARRAY(SELECT CAST(CAST(value AS BOOLEAN) AS INT) FROM json_array_elements_text(CAST($1 AS json))))
            --
            SELECT COUNT(*)
            FROM `hero_hero`
            WHERE `alive` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` BIGINT PATH '$')) AS `list`)"#]],
        ),
    ] {
        let listed = [by(column, Test::In)];
        check(&hero(), |sql| sql.count(&listed), expected);
    }
    let sorted = Query {
        order: vec![(5, false), (5, true)],
        ..Query::default()
    };
    check(
        &hero(),
        |sql| sql.select(&sorted),
        expect![[r#"
            SELECT "player", "class", "order", "price", "alive", "nick", "note", "tags"
            FROM "hero_hero"
            ORDER BY "nick", "nick" DESC, "player" DESC, "class" DESC
            --
            SELECT "player", "class", "order", "price", "alive", "nick", "note", "tags"
            FROM "hero_hero"
            ORDER BY "nick" NULLS FIRST, "nick" DESC NULLS LAST, "player" DESC, "class" DESC
            --
            SELECT `player`, `class`, `order`, `price`, `alive`, `nick`, `note`, `tags`
            FROM `hero_hero`
            ORDER BY `nick`, `nick` DESC, `player` DESC, `class` DESC"#]],
    );
    let part = |limit, offset| Query {
        order: vec![(2, true)],
        limit,
        offset,
        ..Query::default()
    };
    check(
        &letter(),
        |sql| sql.select(&part(true, true)),
        expect![[r#"
            SELECT "id", "to", "class", "text"
            FROM "mail_letter"
            ORDER BY "class" DESC, "id" DESC
            LIMIT ?1 OFFSET ?2
            --
            SELECT "id", "to", "class", "text"
            FROM "mail_letter"
            ORDER BY "class" DESC, "id" DESC
            LIMIT $1 OFFSET $2
            --
            SELECT `id`, `to`, `class`, `text`
            FROM `mail_letter`
            ORDER BY `class` DESC, `id` DESC
            LIMIT ? OFFSET ?"#]],
    );
    check(
        &letter(),
        |sql| sql.select(&part(false, true)),
        expect![[r#"
            SELECT "id", "to", "class", "text"
            FROM "mail_letter"
            ORDER BY "class" DESC, "id" DESC
            LIMIT -1 OFFSET ?1
            --
            SELECT "id", "to", "class", "text"
            FROM "mail_letter"
            ORDER BY "class" DESC, "id" DESC
            OFFSET $1
            --
            SELECT `id`, `to`, `class`, `text`
            FROM `mail_letter`
            ORDER BY `class` DESC, `id` DESC
            LIMIT 18446744073709551615 OFFSET ?"#]],
    );
}

#[test]
fn values() {
    check(
        &hero(),
        |sql| sql.sum(2, &[by(0, Test::Between)]),
        expect![[r#"
            SELECT COALESCE(SUM("order"), 0) FROM "hero_hero" WHERE "player" BETWEEN ?1 AND ?2
            --
            SELECT CAST(COALESCE(SUM("order"), 0) AS BIGINT)
            FROM "hero_hero"
            WHERE "player" BETWEEN $1 AND $2
            --
            SELECT COALESCE(SUM(`order`), 0) DIV 1 FROM `hero_hero` WHERE `player` BETWEEN ? AND ?"#]],
    );
    check(
        &hero(),
        |sql| sql.sum(3, &[]),
        expect![[r#"
        SELECT COALESCE(SUM("price"), 0.0) FROM "hero_hero"
        --
        SELECT COALESCE(SUM("price"), 0) FROM "hero_hero"
        --
        SELECT COALESCE(SUM(`price`), 0) + 0 FROM `hero_hero`"#]],
    );
    check(
        &hero(),
        |sql| sql.exists(&[by(5, Test::Ne)]),
        expect![[r#"
        SELECT EXISTS (SELECT 1 FROM "hero_hero" WHERE "nick" <> ?1)
        --
        SELECT EXISTS (SELECT 1 FROM "hero_hero" WHERE "nick" <> $1)
        --
        SELECT EXISTS (SELECT 1 FROM `hero_hero` WHERE `nick` <> ?)"#]],
    );
    let rank = |sql: Sql<'_>| sql.rank(&[(2, true)], &[0, 1], &[by(4, Test::Eq)]);
    check(
        &hero(),
        rank,
        expect![[r#"
        WITH "all" AS (SELECT * FROM "hero_hero" WHERE "alive" = ?1)
        SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "all" AS "other" WHERE "other"."order" > "me"."order")
        FROM "all" AS "me" WHERE "me"."player" = ?2 AND "me"."class" = ?3), 0)
        --
        WITH "all" AS (SELECT * FROM "hero_hero" WHERE "alive" = $1)
        SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "all" AS "other" WHERE "other"."order" > "me"."order")
        FROM "all" AS "me" WHERE "me"."player" = $2 AND "me"."class" = $3), 0)
        --
        WITH `all` AS (SELECT * FROM `hero_hero` WHERE `alive` = ?)
        SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM `all` AS `other` WHERE `other`.`order` > `me`.`order`)
        FROM `all` AS `me` WHERE `me`.`player` = ? AND `me`.`class` = ?), 0)"#]],
    );
}

#[test]
fn changes() {
    let parameter = || Box::new(Term::Parameter);
    let column = |at| Box::new(Term::Column(at));
    let set = [
        (
            2,
            Term::Least(
                Box::new(Term::Add(Number::Int, column(2), parameter())),
                parameter(),
            ),
        ),
        (
            3,
            Term::Multiply(Number::Float, column(3), Box::new(Term::Float(column(2)))),
        ),
        (4, Term::Not(column(4))),
        (5, Term::Coalesce(column(5), parameter())),
    ];
    let change = |sql: Sql<'_>| sql.update_many(&set, &[by(0, Test::Eq)]);
    check(
        &hero(),
        change,
        expect![[r#"
            UPDATE "hero_hero"
            SET "order" = CASE WHEN typeof("order" + ?1) = 'integer' THEN min("order" + ?1, ?2) ELSE 'overflow' END, "price" = CASE WHEN abs("price" * CAST("order" AS REAL)) <= 1.7976931348623157e308 THEN "price" * CAST("order" AS REAL) ELSE 'overflow' END, "alive" = NOT ("alive"), "nick" = COALESCE("nick", ?3)
            WHERE "player" = ?4
            --
            UPDATE "hero_hero"
            SET "order" = LEAST("order" + $1, $2), "price" = (SELECT CASE WHEN abs(p.a) >= 1 OR abs(p.b) >= 1 OR least(abs(p.a), abs(p.b)) >= 3.054936363499605e-151 THEN p.a * p.b WHEN abs((p.a * 4.4989137945431964e161::float8) * (p.b * 4.4989137945431964e161::float8)) <= 0.5 THEN 0 ELSE p.a * p.b END FROM (SELECT CAST("price" AS float8), CAST(CAST("order" AS DOUBLE PRECISION) AS float8)) AS p (a, b)), "alive" = 1 - ("alive"), "nick" = COALESCE("nick", $3)
            WHERE "player" = $4
            --
            UPDATE `hero_hero` JOIN (SELECT `player`, `class`, LEAST(`order` + ?, ?) AS `new_2`, `price` * CAST(`order` AS DOUBLE) AS `new_3`, NOT (`alive`) AS `new_4`, COALESCE(`nick`, ?) AS `new_5` FROM `hero_hero` WHERE `player` = ? LIMIT 18446744073709551615) AS `old`
            ON `hero_hero`.`player` = `old`.`player` AND `hero_hero`.`class` = `old`.`class`
            SET `hero_hero`.`order` = `old`.`new_2`, `hero_hero`.`price` = `old`.`new_3`, `hero_hero`.`alive` = `old`.`new_4`, `hero_hero`.`nick` = `old`.`new_5`"#]],
    );
    check(
        &hero(),
        |sql| sql.update(&[2]),
        expect![[r#"
        UPDATE "hero_hero" SET "order" = ?1 WHERE "player" = ?2 AND "class" = ?3
        --
        UPDATE "hero_hero" SET "order" = $1 WHERE "player" = $2 AND "class" = $3
        --
        UPDATE `hero_hero` SET `order` = ? WHERE `player` = ? AND `class` = ?"#]],
    );
    check(
        &hero(),
        |sql| sql.delete(),
        expect![[r#"
        DELETE FROM "hero_hero" WHERE "player" = ?1 AND "class" = ?2
        --
        DELETE FROM "hero_hero" WHERE "player" = $1 AND "class" = $2
        --
        DELETE FROM `hero_hero` WHERE `player` = ? AND `class` = ?"#]],
    );
}

#[test]
fn a_name_that_is_too_long_is_shortened_where_it_must() {
    let long = Table {
        name: format!("guild_{}", "x".repeat(60)),
        columns: vec![column("id", Type::Int)],
        key: vec![0],
        ..Table::default()
    };
    check(
        &long,
        |sql| sql.drop_table(),
        expect![[r#"
        DROP TABLE "guild_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        --
        DROP TABLE "guild_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx~95cc3601032e9b1d"
        --
        DROP TABLE `guild_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx~95cc3601032e9b1d`"#]],
    );
}
