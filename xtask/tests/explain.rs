//! `cargo xtask explain`.

use std::path::Path;

use expect_test::{Expect, expect};
use xtask::explain::{Explain, run};
use xtask::generate::command::Outcome;

#[track_caller]
fn check(root: &str, function: &str, outcome: Outcome, expected: Expect) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let args = Explain {
        function: function.to_owned(),
        root: Some(root),
    };
    let mut said = Vec::new();
    let found = run(&args, &mut said).expect("files that can be read");
    expected.assert_eq(&String::from_utf8(said).expect("UTF-8"));
    assert_eq!(found, outcome);
}

#[test]
fn calls_are_told_where_they_stand() {
    check(
        "..",
        "level_up_weapon",
        Outcome::Done,
        expect![[r#"
        weapon.level_up_weapon: writes: SQLite's write lock from the first statement to the commit (BEGIN IMMEDIATE)

        managers/weapon.yaml:62  get weapon
          sqlite  SELECT "player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment"
                  FROM "weapon_weapon"
                  WHERE "player" = ?1 AND "weapon" = ?2
          served  key [player, weapon]: one row at most

        managers/weapon.yaml:70  call bag.get_supply

          managers/bag.yaml:28  get supply
            sqlite  SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 AND "item" = ?2
            served  key [player, item]: one row at most

        managers/weapon.yaml:76  call bag.spend_supply

          managers/bag.yaml:53  get supply
            sqlite  SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 AND "item" = ?2
            served  key [player, item]: one row at most

          managers/bag.yaml:59  save supply
            sqlite  INSERT INTO "bag_supply" ("player", "item", "amount")
                    VALUES (?1, ?2, ?3)
                    ON CONFLICT ("player", "item") DO UPDATE SET "amount" = excluded."amount"
            served  key [player, item]: one row at most

        managers/weapon.yaml:80  save weapon
          sqlite  UPDATE "weapon_weapon"
                  SET "level" = ?1, "skill_point" = ?2
                  WHERE "player" = ?3 AND "weapon" = ?4
          served  key [player, weapon]: one row at most
    "#]],
    );
}

#[test]
fn rows_of_a_part_of_a_key() {
    check(
        "..",
        "bag.get_all_supplies",
        Outcome::Done,
        expect![[r#"
            bag.get_all_supplies: only reads: a snapshot, without locks

            managers/bag.yaml:18  select supply
              sqlite  SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 ORDER BY "item"
              served  key [player, item]: the first 1 of its 2 columns
        "#]],
    );
}

#[test]
fn a_name_that_is_nearly_one() {
    check(
        "..",
        "level_up_wepon",
        Outcome::Wrong,
        expect![[r#"
        there is no function `level_up_wepon`: did you mean `level_up_weapon`?
    "#]],
    );
}
