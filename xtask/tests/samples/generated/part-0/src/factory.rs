//! Lines that make food, iron, crystal and armor while the player is away.
//!
//! Written by `cargo xtask gen` from managers/factory.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::achievement;
use crate::calls::reward;
use crate::enums::{AchievementKind, FactoryKind};

/// A row of `line`.
#[derive(Clone, Table)]
#[table(name = "factory_line")]
pub struct Line {
    pub player: PlayerId,
    pub factory: FactoryKind,
    #[column(min = 1)]
    pub level: i64,
    #[column(min = 0)]
    pub workers: i64,
    #[column(min = 0)]
    pub stored: i64,
}

/// A row of `yard`.
#[derive(Clone, Table)]
#[table(name = "factory_yard")]
pub struct Yard {
    pub player: PlayerId,
    pub workers: i64,
    pub settled: Time,
    pub boost_from: Option<Time>,
    pub boost_to: Option<Time>,
}

/// Args of `open_yard`.
#[derive(Args)]
pub struct OpenYardArgs {}

/// Reply of `open_yard`.
#[derive(Reply)]
pub struct OpenYardReply {}

/// Args of `settle`.
#[derive(Args, Outgoing)]
#[callee(manager = "factory", function = "settle")]
pub struct SettleArgs {}

/// Reply of `settle`.
#[derive(Clone, Reply, Incoming)]
pub struct SettleReply {
    pub turns: i64,
    pub remaining: SettleReplyRemaining,
    pub reward: SettleReplyRemaining,
    pub next_refresh_ms: i64,
    pub accel_ms: i64,
}

/// An object in the reply of `settle`.
#[derive(Clone, Reply, Incoming)]
pub struct SettleReplyRemaining {
    pub food_line: i64,
    pub iron_line: i64,
    pub crystal_line: i64,
    pub armory: i64,
}

/// Args of `praise`.
#[derive(Args, Outgoing)]
#[callee(manager = "factory", function = "praise")]
pub struct PraiseArgs {
    pub made: BTreeMap<FactoryKind, i64>,
}

/// Reply of `praise`.
#[derive(Clone, Reply, Incoming)]
pub struct PraiseReply {}

/// Args of `refresh_factory`.
#[derive(Args)]
pub struct RefreshFactoryArgs {}

/// Reply of `refresh_factory`.
#[derive(Reply)]
pub struct RefreshFactoryReply {
    pub resource: SettleReply,
    pub worker: BTreeMap<FactoryKind, i64>,
    pub level: BTreeMap<FactoryKind, i64>,
}

/// An object in the reply of `refresh_factory`.
#[derive(Clone, Reply)]
pub struct RefreshFactoryReplyValue {
    pub food_line: i64,
    pub iron_line: i64,
    pub crystal_line: i64,
    pub armory: i64,
}

/// Args of `update_worker_factory`.
#[derive(Args)]
pub struct UpdateWorkerFactoryArgs {
    pub worker: BTreeMap<FactoryKind, i64>,
}

/// Reply of `update_worker_factory`.
#[derive(Reply)]
pub struct UpdateWorkerFactoryReply {
    pub refresh: SettleReply,
    pub unassigned: i64,
}

/// An object in the reply of `update_worker_factory`.
#[derive(Clone, Reply)]
pub struct UpdateWorkerFactoryReplyTooMany {
    pub refresh: SettleReply,
}

/// An object in the reply of `update_worker_factory`.
#[derive(Clone, Reply)]
pub struct UpdateWorkerFactoryReplyValue {
    pub food_line: i64,
    pub iron_line: i64,
    pub crystal_line: i64,
    pub armory: i64,
}

/// Args of `gather_resource_factory`.
#[derive(Args)]
pub struct GatherResourceFactoryArgs {
    pub resource: BTreeMap<FactoryKind, i64>,
}

/// Reply of `gather_resource_factory`.
#[derive(Reply)]
pub struct GatherResourceFactoryReply {
    pub gained: Vec<reward::GiveReply>,
}

static CREATE_LINE: Statement = Statement {
    name: "factory.line.create",
    sqlite: r#"CREATE TABLE "factory_line" (
  "player" TEXT NOT NULL,
  "factory" INTEGER NOT NULL
    CONSTRAINT "factory_line_factory_known" CHECK ("factory" IN (0, 1, 2, 3)),
  "level" INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "factory_line_level_min" CHECK ("level" >= 1),
  "workers" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "factory_line_workers_min" CHECK ("workers" >= 0),
  "stored" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "factory_line_stored_min" CHECK ("stored" >= 0),
  PRIMARY KEY ("player", "factory")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "factory_line" (
  "player" TEXT COLLATE "C" NOT NULL,
  "factory" BIGINT NOT NULL
    CONSTRAINT "factory_line_factory_known" CHECK ("factory" IN (0, 1, 2, 3)),
  "level" BIGINT NOT NULL DEFAULT 1
    CONSTRAINT "factory_line_level_min" CHECK ("level" >= 1),
  "workers" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "factory_line_workers_min" CHECK ("workers" >= 0),
  "stored" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "factory_line_stored_min" CHECK ("stored" >= 0),
  CONSTRAINT "factory_line_pkey" PRIMARY KEY ("player", "factory")
)"#,
    mysql: r#"CREATE TABLE `factory_line` (
  `player` VARCHAR(255) NOT NULL,
  `factory` BIGINT NOT NULL,
  `level` BIGINT NOT NULL DEFAULT 1,
  `workers` BIGINT NOT NULL DEFAULT 0,
  `stored` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `factory`),
  CONSTRAINT `factory_line_factory_known` CHECK (`factory` IN (0, 1, 2, 3)),
  CONSTRAINT `factory_line_level_min` CHECK (`level` >= 1),
  CONSTRAINT `factory_line_workers_min` CHECK (`workers` >= 0),
  CONSTRAINT `factory_line_stored_min` CHECK (`stored` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_YARD: Statement = Statement {
    name: "factory.yard.create",
    sqlite: r#"CREATE TABLE "factory_yard" (
  "player" TEXT NOT NULL,
  "workers" INTEGER NOT NULL DEFAULT 0,
  "settled" INTEGER NOT NULL DEFAULT 0,
  "boost_from" INTEGER,
  "boost_to" INTEGER,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "factory_yard" (
  "player" TEXT COLLATE "C" NOT NULL,
  "workers" BIGINT NOT NULL DEFAULT 0,
  "settled" BIGINT NOT NULL DEFAULT 0,
  "boost_from" BIGINT,
  "boost_to" BIGINT,
  CONSTRAINT "factory_yard_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `factory_yard` (
  `player` VARCHAR(255) NOT NULL,
  `workers` BIGINT NOT NULL DEFAULT 0,
  `settled` BIGINT NOT NULL DEFAULT 0,
  `boost_from` BIGINT,
  `boost_to` BIGINT,
  PRIMARY KEY (`player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INSERT_YARD: Statement = Statement {
    name: "factory.yard.insert",
    sqlite: r#"INSERT INTO "factory_yard" ("player", "workers", "settled", "boost_from", "boost_to")
VALUES (?1, ?2, ?3, ?4, ?5)"#,
    postgres: r#"INSERT INTO "factory_yard" ("player", "workers", "settled", "boost_from", "boost_to")
VALUES ($1, $2, $3, $4, $5)"#,
    mysql: r#"INSERT INTO `factory_yard` (`player`, `workers`, `settled`, `boost_from`, `boost_to`)
VALUES (?, ?, ?, ?, ?)"#,
};

static LOCK_YARD_BY_PLAYER: Statement = Statement {
    name: "factory.yard.lock_by_player",
    sqlite: r#"SELECT "player", "workers", "settled", "boost_from", "boost_to"
FROM "factory_yard"
WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "workers", "settled", "boost_from", "boost_to"
FROM "factory_yard"
WHERE "player" = $1
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `workers`, `settled`, `boost_from`, `boost_to`
FROM `factory_yard`
WHERE `player` = ?
FOR UPDATE"#,
};

static LOCK_LINE_BY_PLAYER_FACTORY: Statement = Statement {
    name: "factory.line.lock_by_player_factory",
    sqlite: r#"SELECT "player", "factory", "level", "workers", "stored"
FROM "factory_line"
WHERE "player" = ?1 AND "factory" = ?2"#,
    postgres: r#"SELECT "player", "factory", "level", "workers", "stored"
FROM "factory_line"
WHERE "player" = $1 AND "factory" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `factory`, `level`, `workers`, `stored`
FROM `factory_line`
WHERE `player` = ? AND `factory` = ?
FOR UPDATE"#,
};

static SAVE_YARD_SETTLED: Statement = Statement {
    name: "factory.yard.save_settled",
    sqlite: r#"UPDATE "factory_yard" SET "settled" = ?1 WHERE "player" = ?2"#,
    postgres: r#"UPDATE "factory_yard" SET "settled" = $1 WHERE "player" = $2"#,
    mysql: "UPDATE `factory_yard` SET `settled` = ? WHERE `player` = ?",
};

static UPSERT_LINE_STORED: Statement = Statement {
    name: "factory.line.upsert_stored",
    sqlite: r#"INSERT INTO "factory_line" ("player", "factory", "level", "workers", "stored")
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT ("player", "factory") DO UPDATE SET "stored" = excluded."stored""#,
    postgres: r#"INSERT INTO "factory_line" ("player", "factory", "level", "workers", "stored")
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT ("player", "factory") DO UPDATE SET "stored" = excluded."stored""#,
    mysql: r#"INSERT INTO `factory_line` (`player`, `factory`, `level`, `workers`, `stored`)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `stored` = VALUES(`stored`)"#,
};

static SELECT_LINE_BY_PLAYER: Statement = Statement {
    name: "factory.line.select_by_player",
    sqlite: r#"SELECT "player", "factory", "level", "workers", "stored"
FROM "factory_line"
WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "factory", "level", "workers", "stored"
FROM "factory_line"
WHERE "player" = $1"#,
    mysql: r#"SELECT `player`, `factory`, `level`, `workers`, `stored`
FROM `factory_line`
WHERE `player` = ?"#,
};

static GET_YARD_BY_PLAYER: Statement = Statement {
    name: "factory.yard.get_by_player",
    sqlite: r#"SELECT "player", "workers", "settled", "boost_from", "boost_to"
FROM "factory_yard"
WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "workers", "settled", "boost_from", "boost_to"
FROM "factory_yard"
WHERE "player" = $1"#,
    mysql: r#"SELECT `player`, `workers`, `settled`, `boost_from`, `boost_to`
FROM `factory_yard`
WHERE `player` = ?"#,
};

static UPSERT_LINE_WORKERS: Statement = Statement {
    name: "factory.line.upsert_workers",
    sqlite: r#"INSERT INTO "factory_line" ("player", "factory", "level", "workers", "stored")
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT ("player", "factory") DO UPDATE SET "workers" = excluded."workers""#,
    postgres: r#"INSERT INTO "factory_line" ("player", "factory", "level", "workers", "stored")
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT ("player", "factory") DO UPDATE SET "workers" = excluded."workers""#,
    mysql: r#"INSERT INTO `factory_line` (`player`, `factory`, `level`, `workers`, `stored`)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `workers` = VALUES(`workers`)"#,
};

static SELECT_LINE_BY_PLAYER_FACTORY_IN: Statement = Statement {
    name: "factory.line.select_by_player_factory_in",
    sqlite: r#"SELECT "player", "factory", "level", "workers", "stored"
FROM "factory_line"
WHERE "player" = ?1 AND "factory" IN (SELECT value FROM json_each(?2))"#,
    postgres: r#"SELECT "player", "factory", "level", "workers", "stored"
FROM "factory_line"
WHERE "player" = $1 AND "factory" = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS json))))"#,
    mysql: r#"SELECT `player`, `factory`, `level`, `workers`, `stored`
FROM `factory_line`
WHERE `player` = ? AND `factory` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` BIGINT PATH '$')) AS `list`)"#,
};

static UPDATE_LINE_STORED_BY_PLAYER_FACTORY_IN: Statement = Statement {
    name: "factory.line.update_stored_by_player_factory_in",
    sqlite: r#"UPDATE "factory_line"
SET "stored" = ?1
WHERE "player" = ?2 AND "factory" IN (SELECT value FROM json_each(?3))"#,
    postgres: r#"UPDATE "factory_line"
SET "stored" = $1
WHERE "player" = $2 AND "factory" = ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($3 AS json))))"#,
    mysql: r#"UPDATE `factory_line`
SET `stored` = ?
WHERE `player` = ? AND `factory` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` BIGINT PATH '$')) AS `list`)"#,
};

/// Lines that make food, iron, crystal and armor while the player is away.
pub struct FactoryManager;

#[manager(name = "factory", port = 8094, schema = [CREATE_LINE, CREATE_YARD])]
impl FactoryManager {
    /// The function `open_yard`.
    #[function(
        access = Internal,
        writes,
        fails,
        runs = PlayerCreated,
        declaration = "37409727a921f2f7"
    )]
    pub async fn open_yard(
        cx: &mut Cx<'_>,
        _args: &OpenYardArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let yard = Yard {
            player: caller,
            workers: config.factory.workers_at_start,
            settled: now,
            boost_from: None,
            boost_to: None,
        };
        cx.insert(&INSERT_YARD, &yard, &yard.params()).await?;
        Ok(Returned::success(Box::new(OpenYardReply {})))
    }

    /// Bring the lines up to date. Called first by six functions; a call to one's own function counts as its steps.
    #[function(access = Internal, writes, fails, declaration = "df3e9116c7a9c058")]
    pub async fn settle(cx: &mut Cx<'_>, _args: &SettleArgs) -> Result<Returned, Stop> {
        const NO_YARD: Failure = Failure::new(90, "no factory");
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let mut y: Yard = cx
            .get(&LOCK_YARD_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
            .ok_or(NO_YARD)?;
        let mut food: Line = match cx
            .get(
                &LOCK_LINE_BY_PLAYER_FACTORY,
                &[caller.param(), FactoryKind::FoodLine.param()],
            )
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Line {
                    player: caller.clone(),
                    factory: FactoryKind::FoodLine,
                    level: 1,
                    workers: 0,
                    stored: 0,
                }
            }
        };
        let mut iron: Line = match cx
            .get(
                &LOCK_LINE_BY_PLAYER_FACTORY,
                &[caller.param(), FactoryKind::IronLine.param()],
            )
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Line {
                    player: caller.clone(),
                    factory: FactoryKind::IronLine,
                    level: 1,
                    workers: 0,
                    stored: 0,
                }
            }
        };
        let mut crystal: Line = match cx
            .get(
                &LOCK_LINE_BY_PLAYER_FACTORY,
                &[caller.param(), FactoryKind::CrystalLine.param()],
            )
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Line {
                    player: caller.clone(),
                    factory: FactoryKind::CrystalLine,
                    level: 1,
                    workers: 0,
                    stored: 0,
                }
            }
        };
        let mut armor: Line = match cx
            .get(
                &LOCK_LINE_BY_PLAYER_FACTORY,
                &[caller.param(), FactoryKind::Armory.param()],
            )
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Line {
                    player: caller.clone(),
                    factory: FactoryKind::Armory,
                    level: 1,
                    workers: 0,
                    stored: 0,
                }
            }
        };
        let step = ops::mul(config.factory.step, 1000)
            .at("managers/factory.yaml:55:21: seconds(config.factory.step)")?;
        let fast_from = y.boost_from.unwrap_or_else(|| y.settled).max(y.settled);
        let fast_to = y.boost_to.unwrap_or_else(|| y.settled).min(now).max(fast_from);
        let fast = ops::sub(fast_to.0, fast_from.0)
            .at("managers/factory.yaml:58:21: fast_to - fast_from")?;
        let rest = ops::rem(
                ops::sub(now.0, y.settled.0)
                    .at("managers/factory.yaml:59:21: (now - y.settled)")?,
                step,
            )
            .at("managers/factory.yaml:59:21: (now - y.settled) % step")?;
        let turns = ops::add(
                ops::div(
                        ops::sub(
                                ops::sub(now.0, y.settled.0)
                                    .at("managers/factory.yaml:60:23: now - y.settled")?,
                                fast,
                            )
                            .at(
                                "managers/factory.yaml:60:22: (now - y.settled - fast)",
                            )?,
                        step,
                    )
                    .at("managers/factory.yaml:60:22: (now - y.settled - fast) / step")?,
                ops::div(
                        ops::mul(fast, 2).at("managers/factory.yaml:60:56: fast * 2")?,
                        step,
                    )
                    .at("managers/factory.yaml:60:56: fast * 2 / step")?,
            )
            .at(
                "managers/factory.yaml:60:22: (now - y.settled - fast) / step + fast * 2 / step",
            )?;
        let cost = config.factory.cost.clone();
        let store = config.factory.store.clone();
        let food_all = ops::add(
                food.stored,
                ops::mul(food.workers, turns)
                    .at("managers/factory.yaml:63:39: food.workers * turns")?,
            )
            .at("managers/factory.yaml:63:25: food.stored + food.workers * turns")?;
        let iron_made = ops::mul(iron.workers, turns)
            .at("managers/factory.yaml:64:34: iron.workers * turns")?
            .min(
                ops::sub(
                        ops::index(
                                ops::entry(&store, &FactoryKind::IronLine)
                                    .at("managers/factory.yaml:64:56: store[iron_line]")?,
                                iron.level,
                            )
                            .at(
                                "managers/factory.yaml:64:56: store[iron_line][iron.level]",
                            )?,
                        iron.stored,
                    )
                    .at(
                        "managers/factory.yaml:64:56: store[iron_line][iron.level] - iron.stored",
                    )?,
            )
            .min(
                ops::div(
                        food_all,
                        *ops::entry(&cost, &FactoryKind::IronLine)
                            .at("managers/factory.yaml:64:112: cost[iron_line]")?,
                    )
                    .at("managers/factory.yaml:64:101: food_all / cost[iron_line]")?,
            );
        let food_1 = ops::sub(
                food_all,
                ops::mul(
                        iron_made,
                        *ops::entry(&cost, &FactoryKind::IronLine)
                            .at("managers/factory.yaml:65:46: cost[iron_line]")?,
                    )
                    .at("managers/factory.yaml:65:34: iron_made * cost[iron_line]")?,
            )
            .at("managers/factory.yaml:65:23: food_all - iron_made * cost[iron_line]")?;
        let crystal_made = ops::mul(crystal.workers, turns)
            .at("managers/factory.yaml:66:37: crystal.workers * turns")?
            .min(
                ops::sub(
                        ops::index(
                                ops::entry(&store, &FactoryKind::CrystalLine)
                                    .at("managers/factory.yaml:66:62: store[crystal_line]")?,
                                crystal.level,
                            )
                            .at(
                                "managers/factory.yaml:66:62: store[crystal_line][crystal.level]",
                            )?,
                        crystal.stored,
                    )
                    .at(
                        "managers/factory.yaml:66:62: store[crystal_line][crystal.level] - crystal.stored",
                    )?,
            )
            .min(
                ops::div(
                        food_1,
                        *ops::entry(&cost, &FactoryKind::CrystalLine)
                            .at("managers/factory.yaml:66:125: cost[crystal_line]")?,
                    )
                    .at("managers/factory.yaml:66:116: food_1 / cost[crystal_line]")?,
            );
        let food_2 = ops::sub(
                food_1,
                ops::mul(
                        crystal_made,
                        *ops::entry(&cost, &FactoryKind::CrystalLine)
                            .at("managers/factory.yaml:67:51: cost[crystal_line]")?,
                    )
                    .at(
                        "managers/factory.yaml:67:36: crystal_made * cost[crystal_line]",
                    )?,
            )
            .at(
                "managers/factory.yaml:67:27: food_1 - crystal_made * cost[crystal_line]",
            )?
            .min(
                ops::index(
                        ops::entry(&store, &FactoryKind::FoodLine)
                            .at("managers/factory.yaml:67:71: store[food_line]")?,
                        food.level,
                    )
                    .at("managers/factory.yaml:67:71: store[food_line][food.level]")?,
            );
        let armor_made = ops::mul(armor.workers, turns)
            .at("managers/factory.yaml:68:35: armor.workers * turns")?
            .min(
                ops::sub(
                        ops::index(
                                ops::entry(&store, &FactoryKind::Armory)
                                    .at("managers/factory.yaml:68:58: store[armory]")?,
                                1,
                            )
                            .at("managers/factory.yaml:68:58: store[armory][1]")?,
                        armor.stored,
                    )
                    .at("managers/factory.yaml:68:58: store[armory][1] - armor.stored")?,
            )
            .min(
                ops::div(
                        ops::add(iron.stored, iron_made)
                            .at(
                                "managers/factory.yaml:68:92: (iron.stored + iron_made)",
                            )?,
                        *ops::entry(&cost, &FactoryKind::Armory)
                            .at("managers/factory.yaml:68:120: cost[armory]")?,
                    )
                    .at(
                        "managers/factory.yaml:68:92: (iron.stored + iron_made) / cost[armory]",
                    )?,
            );
        let iron_2 = ops::sub(
                ops::add(iron.stored, iron_made)
                    .at("managers/factory.yaml:69:23: iron.stored + iron_made")?,
                ops::mul(
                        armor_made,
                        *ops::entry(&cost, &FactoryKind::Armory)
                            .at("managers/factory.yaml:69:62: cost[armory]")?,
                    )
                    .at("managers/factory.yaml:69:49: armor_made * cost[armory]")?,
            )
            .at(
                "managers/factory.yaml:69:23: iron.stored + iron_made - armor_made * cost[armory]",
            )?;
        let made = SettleReplyRemaining {
            food_line: ops::sub(food_2, food.stored)
                .at("managers/factory.yaml:70:34: food_2 - food.stored")?,
            iron_line: ops::sub(iron_2, iron.stored)
                .at("managers/factory.yaml:70:67: iron_2 - iron.stored")?,
            crystal_line: crystal_made,
            armory: armor_made,
        };
        y.settled = Time(
            ops::sub(now.0, rest).at("managers/factory.yaml:72:29: now - rest")?,
        );
        cx.save(&SAVE_YARD_SETTLED, &y, &[y.settled.param(), y.player.param()]).await?;
        food.stored = food_2;
        cx.save(&UPSERT_LINE_STORED, &food, &food.params()).await?;
        iron.stored = iron_2;
        cx.save(&UPSERT_LINE_STORED, &iron, &iron.params()).await?;
        crystal.stored = ops::add(crystal.stored, crystal_made)
            .at("managers/factory.yaml:78:28: crystal.stored + crystal_made")?;
        cx.save(&UPSERT_LINE_STORED, &crystal, &crystal.params()).await?;
        armor.stored = ops::add(armor.stored, armor_made)
            .at("managers/factory.yaml:80:28: armor.stored + armor_made")?;
        cx.save(&UPSERT_LINE_STORED, &armor, &armor.params()).await?;
        Ok(
            Returned::success(
                Box::new(SettleReply {
                    turns,
                    remaining: SettleReplyRemaining {
                        food_line: food.stored,
                        iron_line: iron.stored,
                        crystal_line: crystal.stored,
                        armory: armor.stored,
                    },
                    reward: made,
                    next_refresh_ms: ops::sub(step, rest)
                        .at("managers/factory.yaml:85:32: step - rest")?,
                    accel_ms: ops::sub(y.boost_to.unwrap_or(now).0, now.0)
                        .at(
                            "managers/factory.yaml:86:29: default(y.boost_to, now) - now",
                        )?
                        .max(0),
                }),
            ),
        )
    }

    /// What was made counts for achievements.
    #[function(
        access = Internal,
        writes,
        reaches = ["achievement"],
        declaration = "4ad325002811a81f"
    )]
    pub async fn praise(cx: &mut Cx<'_>, args: &PraiseArgs) -> Result<Returned, Stop> {
        for (&f, &n) in &args.made {
            if n <= 0 || f == FactoryKind::Armory {
                continue;
            }
            cx.call(
                    &achievement::RecordAchievementArgs {
                        kind: if f == FactoryKind::FoodLine {
                            AchievementKind::CollectFood
                        } else if f == FactoryKind::IronLine {
                            AchievementKind::CollectIron
                        } else {
                            AchievementKind::CollectCrystal
                        },
                        amount: n,
                    },
                )
                .await?;
        }
        Ok(Returned::success(Box::new(PraiseReply {})))
    }

    /// Bring the lines up to date and show them.
    #[function(
        access = Player,
        writes,
        reaches = ["achievement"],
        fails,
        declaration = "9301149307c47c53"
    )]
    pub async fn refresh_factory(
        cx: &mut Cx<'_>,
        _args: &RefreshFactoryArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let s: SettleReply = cx.call(&SettleArgs {}).await?.data()?;
        let lines: Vec<Line> = cx
            .select(&SELECT_LINE_BY_PLAYER, &[caller.param()])
            .await?
            .rows()?;
        cx.call(
                &PraiseArgs {
                    made: {
                        let record = &RefreshFactoryReplyValue {
                            food_line: s.reward.food_line,
                            iron_line: s.reward.iron_line,
                            crystal_line: s.reward.crystal_line,
                            armory: s.reward.armory,
                        };
                        BTreeMap::from([
                            (FactoryKind::FoodLine, record.food_line),
                            (FactoryKind::IronLine, record.iron_line),
                            (FactoryKind::CrystalLine, record.crystal_line),
                            (FactoryKind::Armory, record.armory),
                        ])
                    },
                },
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(RefreshFactoryReply {
                    resource: s,
                    worker: lines.iter().map(|l| (l.factory, l.workers)).collect(),
                    level: lines.iter().map(|l| (l.factory, l.level)).collect(),
                }),
            ),
        )
    }

    /// Assign workers anew.
    #[function(
        access = Player,
        writes,
        reaches = ["achievement"],
        fails,
        declaration = "6965ed974961320e"
    )]
    pub async fn update_worker_factory(
        cx: &mut Cx<'_>,
        args: &UpdateWorkerFactoryArgs,
    ) -> Result<Returned, Stop> {
        const TOO_MANY: Failure = Failure::new(99, "insufficient workers");
        const OVER_LIMIT: Failure = Failure::new(98, "factory worker over limits");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let s: SettleReply = cx.call(&SettleArgs {}).await?.data()?;
        let y: Yard = match cx.get(&GET_YARD_BY_PLAYER, &[caller.param()]).await?.row()?
        {
            Some(row) => row,
            None => {
                Yard {
                    player: caller.clone(),
                    workers: 0,
                    settled: Time(0),
                    boost_from: None,
                    boost_to: None,
                }
            }
        };
        if ops::sum(args.worker.values().copied())
            .at("managers/factory.yaml:128:22: sum(args.worker)")? > y.workers
        {
            return Err(
                TOO_MANY
                    .with(
                        &UpdateWorkerFactoryReplyTooMany {
                            refresh: s.clone(),
                        },
                    )
                    .into(),
            );
        }
        for (&f, &n) in &args.worker {
            let mut l: Line = match cx
                .get(&LOCK_LINE_BY_PLAYER_FACTORY, &[caller.param(), f.param()])
                .await?
                .row()?
            {
                Some(row) => row,
                None => {
                    Line {
                        player: caller.clone(),
                        factory: f,
                        level: 1,
                        workers: 0,
                        stored: 0,
                    }
                }
            };
            if n < 0
                || n
                    > ops::index(
                            ops::entry(&config.factory.hands, &f)
                                .at(
                                    "managers/factory.yaml:137:42: config.factory.hands[f]",
                                )?,
                            l.level,
                        )
                        .at(
                            "managers/factory.yaml:137:42: config.factory.hands[f][l.level]",
                        )?
            {
                return Err(
                    OVER_LIMIT
                        .with(
                            &UpdateWorkerFactoryReplyTooMany {
                                refresh: s.clone(),
                            },
                        )
                        .into(),
                );
            }
            l.workers = n;
            cx.save(&UPSERT_LINE_WORKERS, &l, &l.params()).await?;
        }
        cx.call(
                &PraiseArgs {
                    made: {
                        let record = &UpdateWorkerFactoryReplyValue {
                            food_line: s.reward.food_line,
                            iron_line: s.reward.iron_line,
                            crystal_line: s.reward.crystal_line,
                            armory: s.reward.armory,
                        };
                        BTreeMap::from([
                            (FactoryKind::FoodLine, record.food_line),
                            (FactoryKind::IronLine, record.iron_line),
                            (FactoryKind::CrystalLine, record.crystal_line),
                            (FactoryKind::Armory, record.armory),
                        ])
                    },
                },
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(UpdateWorkerFactoryReply {
                    refresh: s,
                    unassigned: ops::sub(
                            y.workers,
                            ops::sum(args.worker.values().copied())
                                .at("managers/factory.yaml:144:59: sum(args.worker)")?,
                        )
                        .at(
                            "managers/factory.yaml:144:47: y.workers - sum(args.worker)",
                        )?,
                }),
            ),
        )
    }

    /// Empty some lines into the bag.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "reward",
        ],
        fails,
        declaration = "a9eb93777b2607aa"
    )]
    pub async fn gather_resource_factory(
        cx: &mut Cx<'_>,
        args: &GatherResourceFactoryArgs,
    ) -> Result<Returned, Stop> {
        const NOTHING: Failure = Failure::new(99, "invalid resource");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let lines: Vec<Line> = cx
            .select(
                &SELECT_LINE_BY_PLAYER_FACTORY_IN,
                &[
                    caller.param(),
                    Param::Text(
                        &ops::json(&args.resource.keys().cloned().collect::<Vec<_>>()),
                    ),
                ],
            )
            .await?
            .rows()?;
        if ops::len(&lines) <= 0 {
            return Err(NOTHING.into());
        }
        cx.change(
                &UPDATE_LINE_STORED_BY_PLAYER_FACTORY_IN,
                &[
                    Param::Int(0),
                    caller.param(),
                    Param::Text(
                        &ops::json(
                            &lines.iter().map(|row| row.factory).collect::<Vec<_>>(),
                        ),
                    ),
                ],
                "managers/factory.yaml:156:13: update",
            )
            .await?;
        let mut gained: Vec<reward::GiveReply> = Vec::new();
        for l in lines {
            let got: reward::GiveReply = cx
                .call(
                    &reward::GiveArgs {
                        what: ops::entry(&config.factory.makes, &l.factory)
                            .at(
                                "managers/factory.yaml:162:32: config.factory.makes[l.factory]",
                            )?
                            .clone(),
                        times: l.stored,
                    },
                )
                .await?
                .data()?;
            gained.push(got);
        }
        Ok(
            Returned::success(
                Box::new(GatherResourceFactoryReply {
                    gained,
                }),
            ),
        )
    }
}
