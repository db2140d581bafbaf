//! The weapon of each player, and functions of many shapes.
//!
//! Written by `cargo xtask gen` from managers/weapon.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::weapon::*;
use crate::calls::bag;
use crate::calls::ledger;
use crate::calls::purse;
use crate::enums::{Deed, ItemKind};
use crate::formulas;

/// A row of `arm`.
#[derive(Clone, Table)]
#[table(name = "weapon_arm")]
pub struct Arm {
    pub player: PlayerId,
    #[column(min = 0)]
    pub level: i64,
    #[column(min = 0)]
    pub hunts: i64,
    #[column(min = 0)]
    pub shine: i64,
}

/// The lines of `train`, which leaves its group for no ledger.
#[derive(Clone, Table)]
#[table(name = "weapon_training")]
pub struct Training {
    pub id: Id,
    pub player: PlayerId,
    /// The request, by its key; not unique, as in the ledger.
    #[column(max = 64)]
    pub op: String,
    pub level: i64,
}

/// A row of `clock`.
#[derive(Clone, Table)]
#[table(name = "weapon_clock")]
pub struct Clock {
    #[column(max = 8)]
    pub name: String,
    pub ticks: i64,
}

/// Args of `train`.
#[derive(Args)]
pub struct TrainArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `train`.
#[derive(Reply)]
pub struct TrainReply {
    pub level: i64,
}

/// Args of `take`.
#[derive(Args)]
pub struct TakeArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `take`.
#[derive(Reply)]
pub struct TakeReply {
    pub level: i64,
    pub left: i64,
}

/// Args of `take_take`.
#[derive(Args)]
pub struct TakeTakeArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `take_take`.
#[derive(Reply)]
pub struct TakeTakeReply {
    pub level: i64,
    pub left: i64,
    pub gold: i64,
}

/// Args of `temper`.
#[derive(Args)]
pub struct TemperArgs {
    #[arg(max = 64)]
    pub op: String,
    pub careful: bool,
}

/// Reply of `temper`.
#[derive(Reply)]
pub struct TemperReply {
    pub level: i64,
    pub left: i64,
}

/// An object in the reply of `temper`.
#[derive(Clone, Reply)]
pub struct TemperReplyBrittle {
    pub at: i64,
}

/// Args of `wish`.
#[derive(Args)]
pub struct WishArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `wish`.
#[derive(Reply)]
pub struct WishReply {
    pub level: i64,
    pub left: i64,
}

/// Args of `burn`.
#[derive(Args)]
pub struct BurnArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `burn`.
#[derive(Reply)]
pub struct BurnReply {
    pub seen: i64,
    pub left: i64,
}

/// Args of `risk`.
#[derive(Args)]
pub struct RiskArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `risk`.
#[derive(Reply)]
pub struct RiskReply {
    pub more: i64,
    pub left: i64,
}

/// Args of `risks_left`.
#[derive(Args)]
pub struct RisksLeftArgs {
    pub player: PlayerId,
}

/// Reply of `risks_left`.
#[derive(Reply)]
pub struct RisksLeftReply {
    pub more: i64,
}

/// Args of `risks_of_caller`.
#[derive(Args, Outgoing)]
#[callee(manager = "weapon", function = "risks_of_caller")]
pub struct RisksOfCallerArgs {}

/// Reply of `risks_of_caller`.
#[derive(Clone, Reply, Incoming)]
pub struct RisksOfCallerReply {
    pub more: i64,
}

/// Args of `hunt`.
#[derive(Args)]
pub struct HuntArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `hunt`.
#[derive(Reply)]
pub struct HuntReply {
    pub level: i64,
    pub iron: i64,
    pub gold: i64,
}

/// Args of `find`.
#[derive(Args)]
pub struct FindArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `find`.
#[derive(Reply)]
pub struct FindReply {
    pub level: i64,
    pub left: i64,
    pub entry: Id,
}

/// Args of `transfer`.
#[derive(Args)]
pub struct TransferArgs {
    #[arg(max = 64)]
    pub op: String,
    pub to: PlayerId,
    #[arg(min = 1, max = 5)]
    pub amount: i64,
}

/// Reply of `transfer`.
#[derive(Reply)]
pub struct TransferReply {
    pub left: i64,
}

/// Args of `tick`.
#[derive(Args)]
pub struct TickArgs {}

/// Reply of `tick`.
#[derive(Reply)]
pub struct TickReply {}

/// Args of `trained`.
#[derive(Args)]
pub struct TrainedArgs {
    #[arg(min = 0)]
    pub after: i64,
}

/// Reply of `trained`.
#[derive(Reply)]
pub struct TrainedReply {
    pub rows: Vec<TrainedReplyRows>,
}

/// An object in the reply of `trained`.
#[derive(Clone, Reply)]
pub struct TrainedReplyRows {
    pub id: Id,
    pub player: PlayerId,
    pub op: String,
    pub deed: Deed,
    pub level: i64,
}

/// Args of `all`.
#[derive(Args)]
pub struct AllArgs {
    #[arg(min = 0)]
    pub from: i64,
}

/// Reply of `all`.
#[derive(Reply)]
pub struct AllReply {
    pub rows: Vec<AllReplyRows>,
    pub ticks: i64,
}

/// An object in the reply of `all`.
#[derive(Clone, Reply)]
pub struct AllReplyRows {
    pub player: PlayerId,
    pub level: i64,
    pub hunts: i64,
    pub shine: i64,
}

static CREATE_ARM: Statement = Statement {
    name: "weapon.arm.create",
    sqlite: r#"CREATE TABLE "weapon_arm" (
  "player" TEXT NOT NULL,
  "level" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_arm_level_min" CHECK ("level" >= 0),
  "hunts" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_arm_hunts_min" CHECK ("hunts" >= 0),
  "shine" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "weapon_arm_shine_min" CHECK ("shine" >= 0),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "weapon_arm" (
  "player" TEXT COLLATE "C" NOT NULL,
  "level" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_arm_level_min" CHECK ("level" >= 0),
  "hunts" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_arm_hunts_min" CHECK ("hunts" >= 0),
  "shine" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "weapon_arm_shine_min" CHECK ("shine" >= 0),
  CONSTRAINT "weapon_arm_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `weapon_arm` (
  `player` VARCHAR(255) NOT NULL,
  `level` BIGINT NOT NULL DEFAULT 0,
  `hunts` BIGINT NOT NULL DEFAULT 0,
  `shine` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `weapon_arm_level_min` CHECK (`level` >= 0),
  CONSTRAINT `weapon_arm_hunts_min` CHECK (`hunts` >= 0),
  CONSTRAINT `weapon_arm_shine_min` CHECK (`shine` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_TRAINING: Statement = Statement {
    name: "weapon.training.create",
    sqlite: r#"CREATE TABLE "weapon_training" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "player" TEXT NOT NULL,
  "op" TEXT NOT NULL
    CONSTRAINT "weapon_training_op_max" CHECK (length("op") <= 64),
  "level" INTEGER NOT NULL
) STRICT"#,
    postgres: r#"CREATE TABLE "weapon_training" (
  "id" BIGINT GENERATED BY DEFAULT AS IDENTITY,
  "player" TEXT COLLATE "C" NOT NULL,
  "op" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "weapon_training_op_max" CHECK (char_length("op") <= 64),
  "level" BIGINT NOT NULL,
  CONSTRAINT "weapon_training_pkey" PRIMARY KEY ("id")
)"#,
    mysql: r#"CREATE TABLE `weapon_training` (
  `id` BIGINT NOT NULL AUTO_INCREMENT,
  `player` LONGTEXT NOT NULL,
  `op` VARCHAR(64) NOT NULL,
  `level` BIGINT NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `weapon_training_op_max` CHECK (CHAR_LENGTH(`op`) <= 64)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_CLOCK: Statement = Statement {
    name: "weapon.clock.create",
    sqlite: r#"CREATE TABLE "weapon_clock" (
  "name" TEXT NOT NULL
    CONSTRAINT "weapon_clock_name_max" CHECK (length("name") <= 8),
  "ticks" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("name")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "weapon_clock" (
  "name" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "weapon_clock_name_max" CHECK (char_length("name") <= 8),
  "ticks" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "weapon_clock_pkey" PRIMARY KEY ("name")
)"#,
    mysql: r#"CREATE TABLE `weapon_clock` (
  `name` VARCHAR(8) NOT NULL,
  `ticks` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`name`),
  CONSTRAINT `weapon_clock_name_max` CHECK (CHAR_LENGTH(`name`) <= 8)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static LOCK_ARM_BY_PLAYER: Statement = Statement {
    name: "weapon.arm.lock_by_player",
    sqlite: r#"SELECT "player", "level", "hunts", "shine" FROM "weapon_arm" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "level", "hunts", "shine"
FROM "weapon_arm"
WHERE "player" = $1
FOR UPDATE"#,
    mysql: "SELECT `player`, `level`, `hunts`, `shine` FROM `weapon_arm` WHERE `player` = ? FOR UPDATE",
};

static UPSERT_ARM_LEVEL: Statement = Statement {
    name: "weapon.arm.upsert_level",
    sqlite: r#"INSERT INTO "weapon_arm" ("player", "level", "hunts", "shine")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player") DO UPDATE SET "level" = excluded."level""#,
    postgres: r#"INSERT INTO "weapon_arm" ("player", "level", "hunts", "shine")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player") DO UPDATE SET "level" = excluded."level""#,
    mysql: r#"INSERT INTO `weapon_arm` (`player`, `level`, `hunts`, `shine`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `level` = VALUES(`level`)"#,
};

static INSERT_TRAINING: Statement = Statement {
    name: "weapon.training.insert",
    sqlite: r#"INSERT INTO "weapon_training" ("player", "op", "level") VALUES (?1, ?2, ?3)"#,
    postgres: r#"INSERT INTO "weapon_training" ("player", "op", "level") VALUES ($1, $2, $3)"#,
    mysql: "INSERT INTO `weapon_training` (`player`, `op`, `level`) VALUES (?, ?, ?)",
};

static GET_ARM_BY_PLAYER: Statement = Statement {
    name: "weapon.arm.get_by_player",
    sqlite: r#"SELECT "player", "level", "hunts", "shine" FROM "weapon_arm" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "level", "hunts", "shine" FROM "weapon_arm" WHERE "player" = $1"#,
    mysql: "SELECT `player`, `level`, `hunts`, `shine` FROM `weapon_arm` WHERE `player` = ?",
};

static UPSERT_ARM_HUNTS: Statement = Statement {
    name: "weapon.arm.upsert_hunts",
    sqlite: r#"INSERT INTO "weapon_arm" ("player", "level", "hunts", "shine")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player") DO UPDATE SET "hunts" = excluded."hunts""#,
    postgres: r#"INSERT INTO "weapon_arm" ("player", "level", "hunts", "shine")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player") DO UPDATE SET "hunts" = excluded."hunts""#,
    mysql: r#"INSERT INTO `weapon_arm` (`player`, `level`, `hunts`, `shine`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `hunts` = VALUES(`hunts`)"#,
};

static UPSERT_ARM_SHINE: Statement = Statement {
    name: "weapon.arm.upsert_shine",
    sqlite: r#"INSERT INTO "weapon_arm" ("player", "level", "hunts", "shine")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player") DO UPDATE SET "shine" = excluded."shine""#,
    postgres: r#"INSERT INTO "weapon_arm" ("player", "level", "hunts", "shine")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player") DO UPDATE SET "shine" = excluded."shine""#,
    mysql: r#"INSERT INTO `weapon_arm` (`player`, `level`, `hunts`, `shine`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `shine` = VALUES(`shine`)"#,
};

static LOCK_CLOCK_BY_NAME: Statement = Statement {
    name: "weapon.clock.lock_by_name",
    sqlite: r#"SELECT "name", "ticks" FROM "weapon_clock" WHERE "name" = ?1"#,
    postgres: r#"SELECT "name", "ticks" FROM "weapon_clock" WHERE "name" = $1 FOR UPDATE"#,
    mysql: "SELECT `name`, `ticks` FROM `weapon_clock` WHERE `name` = ? FOR UPDATE",
};

static UPSERT_CLOCK_TICKS: Statement = Statement {
    name: "weapon.clock.upsert_ticks",
    sqlite: r#"INSERT INTO "weapon_clock" ("name", "ticks")
VALUES (?1, ?2)
ON CONFLICT ("name") DO UPDATE SET "ticks" = excluded."ticks""#,
    postgres: r#"INSERT INTO "weapon_clock" ("name", "ticks")
VALUES ($1, $2)
ON CONFLICT ("name") DO UPDATE SET "ticks" = excluded."ticks""#,
    mysql: r#"INSERT INTO `weapon_clock` (`name`, `ticks`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `ticks` = VALUES(`ticks`)"#,
};

static SELECT_TRAINING_BY_ID_GT_ORDER_ID_FIRST: Statement = Statement {
    name: "weapon.training.select_by_id_gt_order_id_first",
    sqlite: r#"SELECT "id", "player", "op", "level"
FROM "weapon_training"
WHERE "id" > ?1
ORDER BY "id"
LIMIT ?2"#,
    postgres: r#"SELECT "id", "player", "op", "level"
FROM "weapon_training"
WHERE "id" > $1
ORDER BY "id"
LIMIT $2"#,
    mysql: r#"SELECT `id`, `player`, `op`, `level`
FROM `weapon_training`
WHERE `id` > ?
ORDER BY `id`
LIMIT ?"#,
};

static SELECT_ARM_ALL_ORDER_PLAYER_FIRST_OFFSET: Statement = Statement {
    name: "weapon.arm.select_all_order_player_first_offset",
    sqlite: r#"SELECT "player", "level", "hunts", "shine"
FROM "weapon_arm"
ORDER BY "player"
LIMIT ?1 OFFSET ?2"#,
    postgres: r#"SELECT "player", "level", "hunts", "shine"
FROM "weapon_arm"
ORDER BY "player"
LIMIT $1 OFFSET $2"#,
    mysql: r#"SELECT `player`, `level`, `hunts`, `shine`
FROM `weapon_arm`
ORDER BY `player`
LIMIT ? OFFSET ?"#,
};

static GET_CLOCK_BY_NAME: Statement = Statement {
    name: "weapon.clock.get_by_name",
    sqlite: r#"SELECT "name", "ticks" FROM "weapon_clock" WHERE "name" = ?1"#,
    postgres: r#"SELECT "name", "ticks" FROM "weapon_clock" WHERE "name" = $1"#,
    mysql: "SELECT `name`, `ticks` FROM `weapon_clock` WHERE `name` = ?",
};

/// The weapon of each player, and functions of many shapes.
pub struct WeaponManager;

#[manager(
    name = "weapon",
    port = 9103,
    schema = [
        CREATE_ARM,
        CREATE_TRAINING,
        CREATE_CLOCK,
    ],
)]
impl WeaponManager {
    /// Shape of a function that only has rows of its own group, among them the one whose level others take by.
    #[function(access = Player, writes, declaration = "6d73a429704f1abb")]
    pub async fn train(cx: &mut Cx<'_>, args: &TrainArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut a: Arm = match cx
            .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        a.level = ops::add(a.level, 1).at("managers/weapon.yaml:48:27: a.level + 1")?;
        cx.keep_in_bounds(&mut a);
        cx.save(&UPSERT_ARM_LEVEL, &a, &a.params()).await?;
        let training = Training {
            id: Id(0),
            player: caller,
            op: args.op.clone(),
            level: a.level,
        };
        cx.insert(
                &INSERT_TRAINING,
                &training,
                &[training.player.param(), training.op.param(), training.level.param()],
            )
            .await?;
        Ok(Returned::success(Box::new(TrainReply { level: a.level })))
    }

    /// Shape of a take whose args depend on what was read.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "ledger",
        ],
        fails,
        declaration = "b5497c0d2e99e65a"
    )]
    pub async fn take(cx: &mut Cx<'_>, args: &TakeArgs) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        let caller = cx.caller()?;
        let mut a: Arm = match cx
            .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        let iron = formulas::iron_of(a.level)?;
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: ItemKind::Iron,
                    amount: iron,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        a.level = ops::add(a.level, 1).at("managers/weapon.yaml:66:27: a.level + 1")?;
        cx.save(&UPSERT_ARM_LEVEL, &a, &a.params()).await?;
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Take,
                    iron: ops::neg(iron).at("managers/weapon.yaml:68:52: -iron")?,
                    gem: 0,
                    gold: 0,
                    level: a.level,
                    to: None,
                },
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(TakeReply {
                    level: a.level,
                    left: paid.left,
                }),
            ),
        )
    }

    /// Shape of two takes, of which the second fails more often.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "ledger",
            "purse",
        ],
        fails,
        declaration = "2ff7d3d15d480d25"
    )]
    pub async fn take_take(
        cx: &mut Cx<'_>,
        args: &TakeTakeArgs,
    ) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        const POOR: Failure = Failure::new(3, "not enough gold");
        let caller = cx.caller()?;
        let mut a: Arm = match cx
            .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        let iron = formulas::iron_of(a.level)?;
        let gold = formulas::gold_of(a.level)?;
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: ItemKind::Iron,
                    amount: iron,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        let gold_paid: purse::SpendGoldReply = match cx
            .call(
                &purse::SpendGoldArgs {
                    amount: gold,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(POOR.into()),
            answered => answered?.data()?,
        };
        a.level = ops::add(a.level, 1).at("managers/weapon.yaml:88:27: a.level + 1")?;
        cx.save(&UPSERT_ARM_LEVEL, &a, &a.params()).await?;
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::TakeTake,
                    iron: ops::neg(iron).at("managers/weapon.yaml:90:57: -iron")?,
                    gem: 0,
                    gold: ops::neg(gold).at("managers/weapon.yaml:90:70: -gold")?,
                    level: a.level,
                    to: None,
                },
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(TakeTakeReply {
                    level: a.level,
                    left: paid.left,
                    gold: gold_paid.left,
                }),
            ),
        )
    }

    /// Shape of two takes and a condition below them, which fails at every fifth level unless the player is careful.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "ledger",
            "purse",
        ],
        fails,
        declaration = "c258968bc4007c95"
    )]
    pub async fn temper(cx: &mut Cx<'_>, args: &TemperArgs) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        const POOR: Failure = Failure::new(3, "not enough gold");
        const BRITTLE: Failure = Failure::new(4, "the weapon broke");
        let caller = cx.caller()?;
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: ItemKind::Iron,
                    amount: 2,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        match cx.call(&purse::SpendGoldArgs { amount: 1 }).await {
            Err(Stop::Failed(_)) => return Err(POOR.into()),
            answered => answered?,
        };
        let mut a: Arm = match cx
            .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        if !args.careful
            && ops::rem(a.level, 5).at("managers/weapon.yaml:109:38: a.level % 5")? == 4
        {
            return Err(BRITTLE.with(&TemperReplyBrittle { at: a.level }).into());
        }
        a.level = ops::add(a.level, 1).at("managers/weapon.yaml:113:27: a.level + 1")?;
        cx.save(&UPSERT_ARM_LEVEL, &a, &a.params()).await?;
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Temper,
                    iron: -2,
                    gem: 0,
                    gold: -1,
                    level: a.level,
                    to: None,
                },
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(TemperReply {
                    level: a.level,
                    left: paid.left,
                }),
            ),
        )
    }

    /// Shape of a question to another group, and of a take by its answer.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "ledger",
        ],
        fails,
        declaration = "d8da8f5e7eccbb3e"
    )]
    pub async fn wish(cx: &mut Cx<'_>, args: &WishArgs) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        let caller = cx.caller()?;
        let mut a: Arm = match cx
            .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        let held: bag::GetSupplyReply = cx
            .call(
                &bag::GetSupplyArgs {
                    item: ItemKind::Iron,
                },
            )
            .await?
            .data()?;
        if held.left <= 0 {
            return Err(INSUFFICIENT.into());
        }
        let iron = ops::add(
                ops::div(held.left, 8).at("managers/weapon.yaml:130:26: held.left / 8")?,
                1,
            )
            .at("managers/weapon.yaml:130:26: held.left / 8 + 1")?;
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: ItemKind::Iron,
                    amount: iron,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        a.level = ops::add(a.level, 1).at("managers/weapon.yaml:136:27: a.level + 1")?;
        cx.save(&UPSERT_ARM_LEVEL, &a, &a.params()).await?;
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Wish,
                    iron: ops::neg(iron).at("managers/weapon.yaml:138:52: -iron")?,
                    gem: 0,
                    gold: 0,
                    level: a.level,
                    to: None,
                },
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(WishReply {
                    level: a.level,
                    left: paid.left,
                }),
            ),
        )
    }

    /// Shape of a take that nothing takes back, since nothing below it fails or writes own rows.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "ledger",
        ],
        fails,
        declaration = "64a3310b6fdf736d"
    )]
    pub async fn burn(cx: &mut Cx<'_>, args: &BurnArgs) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        let caller = cx.caller()?;
        let a: Arm = match cx.get(&GET_ARM_BY_PLAYER, &[caller.param()]).await?.row()? {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        let paid: bag::BurnSupplyReply = match cx
            .call(
                &bag::BurnSupplyArgs {
                    item: ItemKind::Iron,
                    amount: 2,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Burn,
                    iron: -2,
                    gem: 0,
                    gold: 0,
                    level: 0,
                    to: None,
                },
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(BurnReply {
                    seen: a.level,
                    left: paid.left,
                }),
            ),
        )
    }

    /// Shape of an allow above a take; the use is counted only where the take succeeds.
    #[function(
        access = Player,
        writes,
        reaches = [
            "ledger",
            "purse",
        ],
        fails,
        declaration = "3c967c4b1225762b"
    )]
    pub async fn risk(cx: &mut Cx<'_>, args: &RiskArgs) -> Result<Returned, Stop> {
        const NO_MORE: Failure = Failure::new(5, "no more tries");
        const POOR: Failure = Failure::new(3, "not enough gold");
        let caller = cx.caller()?;
        let more = cx
            .allow(ops::Allow {
                manager: "weapon",
                name: "risks",
                per: ops::Per::Ms(316224000000),
                by: &[caller.param()],
                max: 1000,
                uses: 1,
                at: "managers/weapon.yaml:159:13: allow",
            })
            .await?
            .ok_or(NO_MORE)?;
        let paid: purse::SpendGoldReply = match cx
            .call(&purse::SpendGoldArgs { amount: 2 })
            .await
        {
            Err(Stop::Failed(_)) => return Err(POOR.into()),
            answered => answered?.data()?,
        };
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Risk,
                    iron: 0,
                    gem: 0,
                    gold: -2,
                    level: 0,
                    to: None,
                },
            )
            .await?;
        Ok(Returned::success(Box::new(RiskReply { more, left: paid.left })))
    }

    /// How many times `risk` is allowed yet.
    #[function(access = Admin, writes, fails, declaration = "0b8ce44ff8a14681")]
    pub async fn risks_left(
        cx: &mut Cx<'_>,
        args: &RisksLeftArgs,
    ) -> Result<Returned, Stop> {
        let left: RisksOfCallerReply = cx
            .call_for(args.player.clone(), &RisksOfCallerArgs {})
            .await?
            .data()?;
        Ok(Returned::success(Box::new(RisksLeftReply { more: left.more })))
    }

    /// The function `risks_of_caller`.
    #[function(access = Internal, writes, fails, declaration = "3d384291a8f250e2")]
    pub async fn risks_of_caller(
        cx: &mut Cx<'_>,
        _args: &RisksOfCallerArgs,
    ) -> Result<Returned, Stop> {
        const NO_MORE: Failure = Failure::new(5, "no more tries");
        let caller = cx.caller()?;
        let more = cx
            .allow(ops::Allow {
                manager: "weapon",
                name: "risks",
                per: ops::Per::Ms(316224000000),
                by: &[caller.param()],
                max: 1000,
                uses: 0,
                at: "managers/weapon.yaml:183:13: allow",
            })
            .await?
            .ok_or(NO_MORE)?;
        Ok(Returned::success(Box::new(RisksOfCallerReply { more })))
    }

    /// Shape of an own write and gives, by chance.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "ledger",
            "purse",
        ],
        declaration = "9d9bf517044341bb"
    )]
    pub async fn hunt(cx: &mut Cx<'_>, args: &HuntArgs) -> Result<Returned, Stop> {
        let returned: Result<Returned, Stop> = async {
            let cx = &mut *cx;
            let caller = cx.caller()?;
            let mut a: Arm = match cx
                .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Arm {
                        player: caller.clone(),
                        level: 0,
                        hunts: 0,
                        shine: 0,
                    }
                }
            };
            let iron = cx.random(1, 8, "managers/weapon.yaml:198:27: random(1, 8)")?;
            let gold = cx.random(1, 4, "managers/weapon.yaml:198:49: random(1, 4)")?;
            a.hunts = ops::add(a.hunts, 1)
                .at("managers/weapon.yaml:200:27: a.hunts + 1")?;
            cx.keep_in_bounds(&mut a);
            cx.save(&UPSERT_ARM_HUNTS, &a, &a.params()).await?;
            cx.call(
                    &bag::AddSupplyArgs {
                        item: ItemKind::Iron,
                        amount: iron,
                    },
                )
                .await?;
            cx.call(&purse::AddGoldArgs { amount: gold }).await?;
            cx.call(
                    &ledger::AppendArgs {
                        op: args.op.clone(),
                        deed: Deed::Hunt,
                        iron,
                        gem: 0,
                        gold,
                        level: a.hunts,
                        to: None,
                    },
                )
                .await?;
            Ok(
                Returned::success(
                    Box::new(HuntReply {
                        level: a.hunts,
                        iron,
                        gold,
                    }) as Box<dyn Reply>,
                ),
            )
        }
            .await;
        let returned = returned?;
        cx.call(&ledger::NoticedArgs {}).await?;
        Ok(returned)
    }

    /// Shape of an own write and a give whose reply is a part of the own reply.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "ledger",
        ],
        declaration = "3f9c12f44487ea2f"
    )]
    pub async fn find(cx: &mut Cx<'_>, args: &FindArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut a: Arm = match cx
            .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        a.hunts = ops::add(a.hunts, 1).at("managers/weapon.yaml:217:27: a.hunts + 1")?;
        cx.keep_in_bounds(&mut a);
        cx.save(&UPSERT_ARM_HUNTS, &a, &a.params()).await?;
        let got: bag::AddSupplyReply = cx
            .call(
                &bag::AddSupplyArgs {
                    item: ItemKind::Iron,
                    amount: 5,
                },
            )
            .await?
            .data()?;
        let entry: ledger::AppendReply = cx
            .call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Find,
                    iron: 5,
                    gem: 0,
                    gold: 0,
                    level: a.hunts,
                    to: None,
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(FindReply {
                    level: a.hunts,
                    left: got.left,
                    entry: entry.id,
                }),
            ),
        )
    }

    /// Shape of a take from one player and a give to another.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "ledger",
        ],
        fails,
        declaration = "4c7978049ba0a64d"
    )]
    pub async fn transfer(
        cx: &mut Cx<'_>,
        args: &TransferArgs,
    ) -> Result<Returned, Stop> {
        const YOURSELF: Failure = Failure::new(6, "a gift to oneself");
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        let caller = cx.caller()?;
        if args.to == caller {
            return Err(YOURSELF.into());
        }
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: ItemKind::Iron,
                    amount: args.amount,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        cx.call_for(
                args.to.clone(),
                &bag::AddSupplyArgs {
                    item: ItemKind::Iron,
                    amount: args.amount,
                },
            )
            .await?;
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Transfer,
                    iron: ops::neg(args.amount)
                        .at("managers/weapon.yaml:242:56: -args.amount")?,
                    gem: 0,
                    gold: 0,
                    level: 0,
                    to: Some(args.to.clone()),
                },
            )
            .await?;
        Ok(Returned::success(Box::new(TransferReply { left: paid.left })))
    }

    /// A give that gives.
    #[function(
        access = Internal,
        writes,
        reaches = ["ledger"],
        declaration = "295b823f95ca4e70"
    )]
    pub async fn add_level(
        cx: &mut Cx<'_>,
        args: &AddLevelArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut a: Arm = match cx
            .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        a.level = ops::add(a.level, 1).at("managers/weapon.yaml:256:27: a.level + 1")?;
        cx.keep_in_bounds(&mut a);
        cx.save(&UPSERT_ARM_LEVEL, &a, &a.params()).await?;
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Gild,
                    iron: 0,
                    gem: 0,
                    gold: ops::neg(args.gold)
                        .at("managers/weapon.yaml:258:52: -args.gold")?,
                    level: a.level,
                    to: None,
                },
            )
            .await?;
        Ok(Returned::success(Box::new(AddLevelReply { level: a.level })))
    }

    /// The function `add_shine`.
    #[function(access = Internal, writes, declaration = "94d667bb3000e02e")]
    pub async fn add_shine(
        cx: &mut Cx<'_>,
        args: &AddShineArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut a: Arm = match cx
            .get(&LOCK_ARM_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Arm {
                    player: caller.clone(),
                    level: 0,
                    hunts: 0,
                    shine: 0,
                }
            }
        };
        a.shine = ops::add(a.shine, args.amount)
            .at("managers/weapon.yaml:269:27: a.shine + args.amount")?;
        cx.keep_in_bounds(&mut a);
        cx.save(&UPSERT_ARM_SHINE, &a, &a.params()).await?;
        Ok(Returned::success(Box::new(AddShineReply { shine: a.shine })))
    }

    /// What runs by the clock, and gives to another group.
    #[function(
        access = Internal,
        writes,
        reaches = ["ledger"],
        runs = Every(5000),
        declaration = "4aabb73374a8bbdc"
    )]
    pub async fn tick(cx: &mut Cx<'_>, _args: &TickArgs) -> Result<Returned, Stop> {
        let mut c: Clock = match cx
            .get(&LOCK_CLOCK_BY_NAME, &[Param::Text("clock")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Clock {
                    name: "clock".to_owned(),
                    ticks: 0,
                }
            }
        };
        c.ticks = ops::add(c.ticks, 1).at("managers/weapon.yaml:280:27: c.ticks + 1")?;
        cx.save(&UPSERT_CLOCK_TICKS, &c, &c.params()).await?;
        cx.call_for(
                PlayerId::new("clock"),
                &ledger::AppendArgs {
                    op: ["tick-", c.ticks.to_string().as_str()].concat(),
                    deed: Deed::Tick,
                    iron: 0,
                    gem: 0,
                    gold: 0,
                    level: 0,
                    to: None,
                },
            )
            .await?;
        Ok(Returned::success(Box::new(TickReply {})))
    }

    /// Trainings in order, a page of them, as lines of the ledger.
    #[function(access = Admin, one_query, declaration = "2ff0ca2cdb0bc700")]
    pub async fn trained(cx: &mut Cx<'_>, args: &TrainedArgs) -> Result<Returned, Stop> {
        let rows: Vec<Training> = cx
            .select(
                &SELECT_TRAINING_BY_ID_GT_ORDER_ID_FIRST,
                &[Id(args.after).param(), Param::Int(1000)],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(TrainedReply {
                    rows: ops::each(
                        rows,
                        |t| TrainedReplyRows {
                            id: t.id,
                            player: t.player,
                            op: t.op,
                            deed: Deed::Train,
                            level: t.level,
                        },
                    ),
                }),
            ),
        )
    }

    /// The weapons of all players, a page of them, and how often the clock ticked.
    #[function(access = Admin, declaration = "dcf48c851d2ba4fe")]
    pub async fn all(cx: &mut Cx<'_>, args: &AllArgs) -> Result<Returned, Stop> {
        let rows: Vec<Arm> = cx
            .select(
                &SELECT_ARM_ALL_ORDER_PLAYER_FIRST_OFFSET,
                &[Param::Int(1000), Param::Int(args.from.max(0))],
            )
            .await?
            .rows()?;
        let c: Clock = match cx
            .get(&GET_CLOCK_BY_NAME, &[Param::Text("clock")])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Clock {
                    name: "clock".to_owned(),
                    ticks: 0,
                }
            }
        };
        Ok(
            Returned::success(
                Box::new(AllReply {
                    rows: ops::each(
                        rows,
                        |a| AllReplyRows {
                            player: a.player,
                            level: a.level,
                            hunts: a.hunts,
                            shine: a.shine,
                        },
                    ),
                    ticks: c.ticks,
                }),
            ),
        )
    }
}
