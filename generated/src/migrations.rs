//! How the tables of each manager came to be what they are.
//!
//! Written by `cargo xtask gen` from migrations/. Do not edit.

use aliya_runtime::db::migrate::{Class, History, Migration, Step};

/// Of the tables of `bag`.
pub static BAG: History = History {
    owner: "bag",
    migrations: &[
        Migration {
            number: 1,
            name: "begin",
            sqlite: &[
                Step {
                    class: Class::Safe,
                    what: "new table `supply`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "bag_supply" (
  "player" TEXT NOT NULL,
  "item" TEXT NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN ('iron', 'coin', 'diamonds', 'experience_potion', 'small_energy_potion', 'scroll_skill_10', 'scroll_skill_30', 'scroll_skill_100')),
  "amount" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  PRIMARY KEY ("player", "item")
) STRICT, WITHOUT ROWID"#,
                    ],
                },
            ],
        },
    ],
    behind: None,
};

/// Of the tables of `weapon`.
pub static WEAPON: History = History {
    owner: "weapon",
    migrations: &[
        Migration {
            number: 1,
            name: "begin",
            sqlite: &[
                Step {
                    class: Class::Safe,
                    what: "new table `weapon`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "weapon_weapon" (
  "player" TEXT NOT NULL,
  "weapon" TEXT NOT NULL
    CONSTRAINT "weapon_weapon_weapon_max" CHECK (length("weapon") <= 32),
  "star" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_star_min" CHECK ("star" >= 0)
    CONSTRAINT "weapon_weapon_star_max" CHECK ("star" <= 10),
  "level" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_level_min" CHECK ("level" >= 0)
    CONSTRAINT "weapon_weapon_level_max" CHECK ("level" <= 100),
  "passive1" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_passive1_min" CHECK ("passive1" >= 0),
  "passive2" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_passive2_min" CHECK ("passive2" >= 0),
  "passive3" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_passive3_min" CHECK ("passive3" >= 0),
  "passive4" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_passive4_min" CHECK ("passive4" >= 0),
  "skill_point" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_skill_point_min" CHECK ("skill_point" >= 0),
  "segment" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_segment_min" CHECK ("segment" >= 0),
  PRIMARY KEY ("player", "weapon")
) STRICT, WITHOUT ROWID"#,
                    ],
                },
            ],
        },
    ],
    behind: None,
};
