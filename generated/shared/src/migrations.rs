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
            postgres: &[
                Step {
                    class: Class::Safe,
                    what: "new table `supply`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "bag_supply" (
  "player" TEXT COLLATE "C" NOT NULL,
  "item" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN ('iron', 'coin', 'diamonds', 'experience_potion', 'small_energy_potion', 'scroll_skill_10', 'scroll_skill_30', 'scroll_skill_100')),
  "amount" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  CONSTRAINT "bag_supply_pkey" PRIMARY KEY ("player", "item")
)"#,
                    ],
                },
            ],
            mysql: &[
                Step {
                    class: Class::Safe,
                    what: "new table `supply`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE `bag_supply` (
  `player` VARCHAR(255) NOT NULL,
  `item` VARCHAR(64) NOT NULL,
  `amount` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `item`),
  CONSTRAINT `bag_supply_item_known` CHECK (`item` IN ('iron', 'coin', 'diamonds', 'experience_potion', 'small_energy_potion', 'scroll_skill_10', 'scroll_skill_30', 'scroll_skill_100')),
  CONSTRAINT `bag_supply_amount_min` CHECK (`amount` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
                    ],
                },
            ],
        },
    ],
    behind: None,
};

/// Of the tables of `mail`.
pub static MAIL: History = History {
    owner: "mail",
    migrations: &[
        Migration {
            number: 1,
            name: "begin",
            sqlite: &[
                Step {
                    class: Class::Safe,
                    what: "new table `box`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "mail_box" (
  "player" TEXT NOT NULL,
  "letters" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "mail_box_letters_min" CHECK ("letters" >= 0)
    CONSTRAINT "mail_box_letters_max" CHECK ("letters" <= 100),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
                    ],
                },
                Step {
                    class: Class::Safe,
                    what: "new table `letter`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "mail_letter" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "player" TEXT NOT NULL,
  "from" TEXT,
  "subject" TEXT NOT NULL
    CONSTRAINT "mail_letter_subject_min" CHECK (length("subject") >= 1)
    CONSTRAINT "mail_letter_subject_max" CHECK (length("subject") <= 60),
  "body" TEXT NOT NULL
    CONSTRAINT "mail_letter_body_max" CHECK (length("body") <= 500),
  "sent" INTEGER NOT NULL,
  "read" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_read_bool" CHECK ("read" IN (0, 1)),
  "items" TEXT NOT NULL DEFAULT '[]',
  "accepted" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_accepted_bool" CHECK ("accepted" IN (0, 1))
) STRICT"#,
                        r#"CREATE INDEX "idx_mail_letter__player__id" ON "mail_letter" ("player", "id")"#,
                    ],
                },
            ],
            postgres: &[
                Step {
                    class: Class::Safe,
                    what: "new table `box`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "mail_box" (
  "player" TEXT COLLATE "C" NOT NULL,
  "letters" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "mail_box_letters_min" CHECK ("letters" >= 0)
    CONSTRAINT "mail_box_letters_max" CHECK ("letters" <= 100),
  CONSTRAINT "mail_box_pkey" PRIMARY KEY ("player")
)"#,
                    ],
                },
                Step {
                    class: Class::Safe,
                    what: "new table `letter`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "mail_letter" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "player" TEXT COLLATE "C" NOT NULL,
  "from" TEXT COLLATE "C",
  "subject" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "mail_letter_subject_min" CHECK (char_length("subject") >= 1)
    CONSTRAINT "mail_letter_subject_max" CHECK (char_length("subject") <= 60),
  "body" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "mail_letter_body_max" CHECK (char_length("body") <= 500),
  "sent" BIGINT NOT NULL,
  "read" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_read_bool" CHECK ("read" IN (0, 1)),
  "items" TEXT COLLATE "C" NOT NULL DEFAULT '[]',
  "accepted" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "mail_letter_accepted_bool" CHECK ("accepted" IN (0, 1)),
  CONSTRAINT "mail_letter_pkey" PRIMARY KEY ("id")
)"#,
                        r#"CREATE INDEX "idx_mail_letter__player__id" ON "mail_letter" ("player", "id")"#,
                    ],
                },
            ],
            mysql: &[
                Step {
                    class: Class::Safe,
                    what: "new table `box`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE `mail_box` (
  `player` VARCHAR(255) NOT NULL,
  `letters` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `mail_box_letters_min` CHECK (`letters` >= 0),
  CONSTRAINT `mail_box_letters_max` CHECK (`letters` <= 100)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
                    ],
                },
                Step {
                    class: Class::Safe,
                    what: "new table `letter`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE `mail_letter` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `player` VARCHAR(255) NOT NULL,
  `from` LONGTEXT,
  `subject` VARCHAR(60) NOT NULL,
  `body` LONGTEXT NOT NULL,
  `sent` BIGINT NOT NULL,
  `read` TINYINT NOT NULL DEFAULT 0,
  `items` LONGTEXT NOT NULL DEFAULT ('[]'),
  `accepted` TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  CONSTRAINT `mail_letter_subject_min` CHECK (CHAR_LENGTH(`subject`) >= 1),
  CONSTRAINT `mail_letter_subject_max` CHECK (CHAR_LENGTH(`subject`) <= 60),
  CONSTRAINT `mail_letter_body_max` CHECK (CHAR_LENGTH(`body`) <= 500),
  CONSTRAINT `mail_letter_read_bool` CHECK (`read` IN (0, 1)),
  CONSTRAINT `mail_letter_accepted_bool` CHECK (`accepted` IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
                        "CREATE INDEX `idx_mail_letter__player__id` ON `mail_letter` (`player`, `id`)",
                    ],
                },
            ],
        },
    ],
    behind: None,
};

/// Of the tables of `player_state`.
pub static PLAYER_STATE: History = History {
    owner: "player_state",
    migrations: &[
        Migration {
            number: 1,
            name: "begin",
            sqlite: &[
                Step {
                    class: Class::Safe,
                    what: "new table `state`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "player_state_state" (
  "player" TEXT NOT NULL,
  "energy" INTEGER NOT NULL DEFAULT 10
    CONSTRAINT "player_state_state_energy_min" CHECK ("energy" >= 0)
    CONSTRAINT "player_state_state_energy_max" CHECK ("energy" <= 10),
  "since" INTEGER NOT NULL DEFAULT 0,
  "level" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "player_state_state_level_min" CHECK ("level" >= 0),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
                    ],
                },
            ],
            postgres: &[
                Step {
                    class: Class::Safe,
                    what: "new table `state`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "player_state_state" (
  "player" TEXT COLLATE "C" NOT NULL,
  "energy" BIGINT NOT NULL DEFAULT 10
    CONSTRAINT "player_state_state_energy_min" CHECK ("energy" >= 0)
    CONSTRAINT "player_state_state_energy_max" CHECK ("energy" <= 10),
  "since" BIGINT NOT NULL DEFAULT 0,
  "level" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "player_state_state_level_min" CHECK ("level" >= 0),
  CONSTRAINT "player_state_state_pkey" PRIMARY KEY ("player")
)"#,
                    ],
                },
            ],
            mysql: &[
                Step {
                    class: Class::Safe,
                    what: "new table `state`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE `player_state_state` (
  `player` VARCHAR(255) NOT NULL,
  `energy` BIGINT NOT NULL DEFAULT 10,
  `since` BIGINT NOT NULL DEFAULT 0,
  `level` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `player_state_state_energy_min` CHECK (`energy` >= 0),
  CONSTRAINT `player_state_state_energy_max` CHECK (`energy` <= 10),
  CONSTRAINT `player_state_state_level_min` CHECK (`level` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
                    ],
                },
            ],
        },
    ],
    behind: None,
};

/// Of the tables of `skill`.
pub static SKILL: History = History {
    owner: "skill",
    migrations: &[
        Migration {
            number: 1,
            name: "begin",
            sqlite: &[
                Step {
                    class: Class::Safe,
                    what: "new table `skill`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "skill_skill" (
  "player" TEXT NOT NULL,
  "skill" TEXT NOT NULL
    CONSTRAINT "skill_skill_skill_max" CHECK (length("skill") <= 16),
  "level" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "skill_skill_level_min" CHECK ("level" >= 0)
    CONSTRAINT "skill_skill_level_max" CHECK ("level" <= 10),
  PRIMARY KEY ("player", "skill")
) STRICT, WITHOUT ROWID"#,
                    ],
                },
            ],
            postgres: &[
                Step {
                    class: Class::Safe,
                    what: "new table `skill`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "skill_skill" (
  "player" TEXT COLLATE "C" NOT NULL,
  "skill" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "skill_skill_skill_max" CHECK (char_length("skill") <= 16),
  "level" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "skill_skill_level_min" CHECK ("level" >= 0)
    CONSTRAINT "skill_skill_level_max" CHECK ("level" <= 10),
  CONSTRAINT "skill_skill_pkey" PRIMARY KEY ("player", "skill")
)"#,
                    ],
                },
            ],
            mysql: &[
                Step {
                    class: Class::Safe,
                    what: "new table `skill`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE `skill_skill` (
  `player` VARCHAR(255) NOT NULL,
  `skill` VARCHAR(16) NOT NULL,
  `level` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `skill`),
  CONSTRAINT `skill_skill_skill_max` CHECK (CHAR_LENGTH(`skill`) <= 16),
  CONSTRAINT `skill_skill_level_min` CHECK (`level` >= 0),
  CONSTRAINT `skill_skill_level_max` CHECK (`level` <= 10)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
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
    CONSTRAINT "weapon_weapon_weapon_known" CHECK ("weapon" IN ('weapon1', 'weapon2', 'weapon3', 'weapon4', 'weapon5', 'weapon6', 'weapon7', 'weapon8', 'weapon9', 'weapon10', 'weapon11', 'weapon12', 'weapon13', 'weapon14', 'weapon15', 'weapon16', 'weapon17', 'weapon18', 'weapon19', 'weapon20', 'weapon21', 'weapon22', 'weapon23', 'weapon24', 'weapon25', 'weapon26', 'weapon27', 'weapon28', 'weapon29', 'weapon30', 'weapon31', 'weapon32', 'weapon33', 'weapon34', 'weapon35', 'weapon36', 'weapon37', 'weapon38', 'weapon39', 'weapon40')),
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
            postgres: &[
                Step {
                    class: Class::Safe,
                    what: "new table `weapon`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE "weapon_weapon" (
  "player" TEXT COLLATE "C" NOT NULL,
  "weapon" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "weapon_weapon_weapon_known" CHECK ("weapon" IN ('weapon1', 'weapon2', 'weapon3', 'weapon4', 'weapon5', 'weapon6', 'weapon7', 'weapon8', 'weapon9', 'weapon10', 'weapon11', 'weapon12', 'weapon13', 'weapon14', 'weapon15', 'weapon16', 'weapon17', 'weapon18', 'weapon19', 'weapon20', 'weapon21', 'weapon22', 'weapon23', 'weapon24', 'weapon25', 'weapon26', 'weapon27', 'weapon28', 'weapon29', 'weapon30', 'weapon31', 'weapon32', 'weapon33', 'weapon34', 'weapon35', 'weapon36', 'weapon37', 'weapon38', 'weapon39', 'weapon40')),
  "star" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_star_min" CHECK ("star" >= 0)
    CONSTRAINT "weapon_weapon_star_max" CHECK ("star" <= 10),
  "level" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_level_min" CHECK ("level" >= 0)
    CONSTRAINT "weapon_weapon_level_max" CHECK ("level" <= 100),
  "passive1" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_passive1_min" CHECK ("passive1" >= 0),
  "passive2" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_passive2_min" CHECK ("passive2" >= 0),
  "passive3" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_passive3_min" CHECK ("passive3" >= 0),
  "passive4" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_passive4_min" CHECK ("passive4" >= 0),
  "skill_point" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_skill_point_min" CHECK ("skill_point" >= 0),
  "segment" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_weapon_segment_min" CHECK ("segment" >= 0),
  CONSTRAINT "weapon_weapon_pkey" PRIMARY KEY ("player", "weapon")
)"#,
                    ],
                },
            ],
            mysql: &[
                Step {
                    class: Class::Safe,
                    what: "new table `weapon`",
                    checks: &[],
                    statements: &[
                        r#"CREATE TABLE `weapon_weapon` (
  `player` VARCHAR(255) NOT NULL,
  `weapon` VARCHAR(64) NOT NULL,
  `star` BIGINT NOT NULL DEFAULT 0,
  `level` BIGINT NOT NULL DEFAULT 0,
  `passive1` BIGINT NOT NULL DEFAULT 0,
  `passive2` BIGINT NOT NULL DEFAULT 0,
  `passive3` BIGINT NOT NULL DEFAULT 0,
  `passive4` BIGINT NOT NULL DEFAULT 0,
  `skill_point` BIGINT NOT NULL DEFAULT 0,
  `segment` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `weapon`),
  CONSTRAINT `weapon_weapon_weapon_known` CHECK (`weapon` IN ('weapon1', 'weapon2', 'weapon3', 'weapon4', 'weapon5', 'weapon6', 'weapon7', 'weapon8', 'weapon9', 'weapon10', 'weapon11', 'weapon12', 'weapon13', 'weapon14', 'weapon15', 'weapon16', 'weapon17', 'weapon18', 'weapon19', 'weapon20', 'weapon21', 'weapon22', 'weapon23', 'weapon24', 'weapon25', 'weapon26', 'weapon27', 'weapon28', 'weapon29', 'weapon30', 'weapon31', 'weapon32', 'weapon33', 'weapon34', 'weapon35', 'weapon36', 'weapon37', 'weapon38', 'weapon39', 'weapon40')),
  CONSTRAINT `weapon_weapon_star_min` CHECK (`star` >= 0),
  CONSTRAINT `weapon_weapon_star_max` CHECK (`star` <= 10),
  CONSTRAINT `weapon_weapon_level_min` CHECK (`level` >= 0),
  CONSTRAINT `weapon_weapon_level_max` CHECK (`level` <= 100),
  CONSTRAINT `weapon_weapon_passive1_min` CHECK (`passive1` >= 0),
  CONSTRAINT `weapon_weapon_passive2_min` CHECK (`passive2` >= 0),
  CONSTRAINT `weapon_weapon_passive3_min` CHECK (`passive3` >= 0),
  CONSTRAINT `weapon_weapon_passive4_min` CHECK (`passive4` >= 0),
  CONSTRAINT `weapon_weapon_skill_point_min` CHECK (`skill_point` >= 0),
  CONSTRAINT `weapon_weapon_segment_min` CHECK (`segment` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
                    ],
                },
            ],
        },
    ],
    behind: None,
};
