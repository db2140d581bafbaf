//! Stages, energy, the world boss and its ranking.
//!
//! Written by `cargo xtask gen` from managers/stage.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::achievement;
use crate::calls::profile;
use crate::calls::reward;
use crate::enums::{AchievementKind, StageMode, TaskKind};

/// A row of `progress`.
#[derive(Clone, Table)]
#[table(name = "stage_progress")]
pub struct Progress {
    pub player: PlayerId,
    pub mode: StageMode,
    #[column(min = 0)]
    pub best: i64,
}

/// A row of `energy`.
#[derive(Clone, Table)]
#[table(name = "stage_energy")]
pub struct Energy {
    pub player: PlayerId,
    #[column(min = 0)]
    pub energy: i64,
    pub since: Option<Time>,
}

/// A row of `ticket`.
#[derive(Clone, Table)]
#[table(name = "stage_ticket")]
pub struct Ticket {
    pub player: PlayerId,
    pub stage: i64,
    #[column(min = 0)]
    pub energy: i64,
}

/// A row of `boss`.
#[derive(Clone, Table)]
#[table(name = "stage_boss")]
pub struct Boss {
    pub stage: i64,
    #[column(min = 0)]
    pub damage: i64,
}

/// A row of `score`.
#[derive(Clone, Table)]
#[table(name = "stage_score")]
pub struct Score {
    pub player: PlayerId,
    pub stage: i64,
    pub best: i64,
    pub total: i64,
}

/// Args of `victory`.
#[derive(Args)]
pub struct VictoryArgs {
    pub mode: StageMode,
    #[arg(min = 1)]
    pub stage: i64,
    #[arg(min = 0, default = 0)]
    pub damage: i64,
}

/// Reply of `victory`.
#[derive(Reply)]
pub struct VictoryReply {
    pub reward: Vec<reward::GiveReply>,
    pub exp_info: profile::AddExpReply,
    pub max_stage: i64,
    pub task: TaskKind,
}

/// Args of `damage_ranking`.
#[derive(Args)]
pub struct DamageRankingArgs {
    pub stage: i64,
    #[arg(min = 1, max = 1000, default = 1)]
    pub page: i64,
}

/// Reply of `damage_ranking`.
#[derive(Reply)]
pub struct DamageRankingReply {
    pub page: i64,
    pub own_rank: i64,
    pub rank: Vec<DamageRankingReplyRank>,
}

/// An object in the reply of `damage_ranking`.
#[derive(Clone, Reply)]
pub struct DamageRankingReplyRank {
    pub no: i64,
    pub name: String,
    pub icon: i64,
    pub exp: i64,
    pub damage: i64,
}

static CREATE_PROGRESS: Statement = Statement {
    name: "stage.progress.create",
    sqlite: r#"CREATE TABLE "stage_progress" (
  "player" TEXT NOT NULL,
  "mode" INTEGER NOT NULL
    CONSTRAINT "stage_progress_mode_known" CHECK ("mode" IN (0, 1, 3, 4, 5)),
  "best" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "stage_progress_best_min" CHECK ("best" >= 0),
  PRIMARY KEY ("player", "mode")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "stage_progress" (
  "player" TEXT COLLATE "C" NOT NULL,
  "mode" BIGINT NOT NULL
    CONSTRAINT "stage_progress_mode_known" CHECK ("mode" IN (0, 1, 3, 4, 5)),
  "best" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "stage_progress_best_min" CHECK ("best" >= 0),
  CONSTRAINT "stage_progress_pkey" PRIMARY KEY ("player", "mode")
)"#,
    mysql: r#"CREATE TABLE `stage_progress` (
  `player` VARCHAR(255) NOT NULL,
  `mode` BIGINT NOT NULL,
  `best` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `mode`),
  CONSTRAINT `stage_progress_mode_known` CHECK (`mode` IN (0, 1, 3, 4, 5)),
  CONSTRAINT `stage_progress_best_min` CHECK (`best` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_ENERGY: Statement = Statement {
    name: "stage.energy.create",
    sqlite: r#"CREATE TABLE "stage_energy" (
  "player" TEXT NOT NULL,
  "energy" INTEGER NOT NULL DEFAULT 120
    CONSTRAINT "stage_energy_energy_min" CHECK ("energy" >= 0),
  "since" INTEGER,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "stage_energy" (
  "player" TEXT COLLATE "C" NOT NULL,
  "energy" BIGINT NOT NULL DEFAULT 120
    CONSTRAINT "stage_energy_energy_min" CHECK ("energy" >= 0),
  "since" BIGINT,
  CONSTRAINT "stage_energy_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `stage_energy` (
  `player` VARCHAR(255) NOT NULL,
  `energy` BIGINT NOT NULL DEFAULT 120,
  `since` BIGINT,
  PRIMARY KEY (`player`),
  CONSTRAINT `stage_energy_energy_min` CHECK (`energy` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_TICKET: Statement = Statement {
    name: "stage.ticket.create",
    sqlite: r#"CREATE TABLE "stage_ticket" (
  "player" TEXT NOT NULL,
  "stage" INTEGER NOT NULL,
  "energy" INTEGER NOT NULL
    CONSTRAINT "stage_ticket_energy_min" CHECK ("energy" >= 0),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "stage_ticket" (
  "player" TEXT COLLATE "C" NOT NULL,
  "stage" BIGINT NOT NULL,
  "energy" BIGINT NOT NULL
    CONSTRAINT "stage_ticket_energy_min" CHECK ("energy" >= 0),
  CONSTRAINT "stage_ticket_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `stage_ticket` (
  `player` VARCHAR(255) NOT NULL,
  `stage` BIGINT NOT NULL,
  `energy` BIGINT NOT NULL,
  PRIMARY KEY (`player`),
  CONSTRAINT `stage_ticket_energy_min` CHECK (`energy` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_BOSS: Statement = Statement {
    name: "stage.boss.create",
    sqlite: r#"CREATE TABLE "stage_boss" (
  "stage" INTEGER NOT NULL,
  "damage" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "stage_boss_damage_min" CHECK ("damage" >= 0),
  PRIMARY KEY ("stage")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "stage_boss" (
  "stage" BIGINT NOT NULL,
  "damage" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "stage_boss_damage_min" CHECK ("damage" >= 0),
  CONSTRAINT "stage_boss_pkey" PRIMARY KEY ("stage")
)"#,
    mysql: r#"CREATE TABLE `stage_boss` (
  `stage` BIGINT NOT NULL,
  `damage` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`stage`),
  CONSTRAINT `stage_boss_damage_min` CHECK (`damage` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_SCORE: Statement = Statement {
    name: "stage.score.create",
    sqlite: r#"CREATE TABLE "stage_score" (
  "player" TEXT NOT NULL,
  "stage" INTEGER NOT NULL,
  "best" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY ("player", "stage")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "stage_score" (
  "player" TEXT COLLATE "C" NOT NULL,
  "stage" BIGINT NOT NULL,
  "best" BIGINT NOT NULL DEFAULT 0,
  "total" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "stage_score_pkey" PRIMARY KEY ("player", "stage")
)"#,
    mysql: r#"CREATE TABLE `stage_score` (
  `player` VARCHAR(255) NOT NULL,
  `stage` BIGINT NOT NULL,
  `best` BIGINT NOT NULL DEFAULT 0,
  `total` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `stage`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INDEX_SCORE_STAGE_TOTAL: Statement = Statement {
    name: "stage.score.index_stage_total",
    sqlite: r#"CREATE INDEX "idx_stage_score__stage__total" ON "stage_score" ("stage", "total")"#,
    postgres: r#"CREATE INDEX "idx_stage_score__stage__total" ON "stage_score" ("stage", "total")"#,
    mysql: "CREATE INDEX `idx_stage_score__stage__total` ON `stage_score` (`stage`, `total`)",
};

static LOCK_TICKET_BY_PLAYER: Statement = Statement {
    name: "stage.ticket.lock_by_player",
    sqlite: r#"SELECT "player", "stage", "energy" FROM "stage_ticket" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "stage", "energy" FROM "stage_ticket" WHERE "player" = $1 FOR UPDATE"#,
    mysql: "SELECT `player`, `stage`, `energy` FROM `stage_ticket` WHERE `player` = ? FOR UPDATE",
};

static LOCK_PROGRESS_BY_PLAYER_MODE: Statement = Statement {
    name: "stage.progress.lock_by_player_mode",
    sqlite: r#"SELECT "player", "mode", "best" FROM "stage_progress" WHERE "player" = ?1 AND "mode" = ?2"#,
    postgres: r#"SELECT "player", "mode", "best"
FROM "stage_progress"
WHERE "player" = $1 AND "mode" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `mode`, `best`
FROM `stage_progress`
WHERE `player` = ? AND `mode` = ?
FOR UPDATE"#,
};

static LOCK_ENERGY_BY_PLAYER: Statement = Statement {
    name: "stage.energy.lock_by_player",
    sqlite: r#"SELECT "player", "energy", "since" FROM "stage_energy" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "energy", "since" FROM "stage_energy" WHERE "player" = $1 FOR UPDATE"#,
    mysql: "SELECT `player`, `energy`, `since` FROM `stage_energy` WHERE `player` = ? FOR UPDATE",
};

static LOCK_SCORE_BY_PLAYER_STAGE: Statement = Statement {
    name: "stage.score.lock_by_player_stage",
    sqlite: r#"SELECT "player", "stage", "best", "total"
FROM "stage_score"
WHERE "player" = ?1 AND "stage" = ?2"#,
    postgres: r#"SELECT "player", "stage", "best", "total"
FROM "stage_score"
WHERE "player" = $1 AND "stage" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `stage`, `best`, `total`
FROM `stage_score`
WHERE `player` = ? AND `stage` = ?
FOR UPDATE"#,
};

static DELETE_TICKET_BY_PLAYER: Statement = Statement {
    name: "stage.ticket.delete_by_player",
    sqlite: r#"DELETE FROM "stage_ticket" WHERE "player" = ?1"#,
    postgres: r#"DELETE FROM "stage_ticket" WHERE "player" = $1"#,
    mysql: "DELETE FROM `stage_ticket` WHERE `player` = ?",
};

static UPSERT_ENERGY_ENERGY_SINCE: Statement = Statement {
    name: "stage.energy.upsert_energy_since",
    sqlite: r#"INSERT INTO "stage_energy" ("player", "energy", "since")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player") DO UPDATE SET "energy" = excluded."energy", "since" = excluded."since""#,
    postgres: r#"INSERT INTO "stage_energy" ("player", "energy", "since")
VALUES ($1, $2, $3)
ON CONFLICT ("player") DO UPDATE SET "energy" = excluded."energy", "since" = excluded."since""#,
    mysql: r#"INSERT INTO `stage_energy` (`player`, `energy`, `since`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `energy` = VALUES(`energy`), `since` = VALUES(`since`)"#,
};

static UPSERT_PROGRESS_BEST: Statement = Statement {
    name: "stage.progress.upsert_best",
    sqlite: r#"INSERT INTO "stage_progress" ("player", "mode", "best")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "mode") DO UPDATE SET "best" = excluded."best""#,
    postgres: r#"INSERT INTO "stage_progress" ("player", "mode", "best")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "mode") DO UPDATE SET "best" = excluded."best""#,
    mysql: r#"INSERT INTO `stage_progress` (`player`, `mode`, `best`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `best` = VALUES(`best`)"#,
};

static LOCK_BOSS_BY_STAGE: Statement = Statement {
    name: "stage.boss.lock_by_stage",
    sqlite: r#"SELECT "stage", "damage" FROM "stage_boss" WHERE "stage" = ?1"#,
    postgres: r#"SELECT "stage", "damage" FROM "stage_boss" WHERE "stage" = $1 FOR UPDATE"#,
    mysql: "SELECT `stage`, `damage` FROM `stage_boss` WHERE `stage` = ? FOR UPDATE",
};

static UPSERT_BOSS_DAMAGE: Statement = Statement {
    name: "stage.boss.upsert_damage",
    sqlite: r#"INSERT INTO "stage_boss" ("stage", "damage")
VALUES (?1, ?2)
ON CONFLICT ("stage") DO UPDATE SET "damage" = excluded."damage""#,
    postgres: r#"INSERT INTO "stage_boss" ("stage", "damage")
VALUES ($1, $2)
ON CONFLICT ("stage") DO UPDATE SET "damage" = excluded."damage""#,
    mysql: r#"INSERT INTO `stage_boss` (`stage`, `damage`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `damage` = VALUES(`damage`)"#,
};

static UPSERT_SCORE_BEST_TOTAL: Statement = Statement {
    name: "stage.score.upsert_best_total",
    sqlite: r#"INSERT INTO "stage_score" ("player", "stage", "best", "total")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player", "stage") DO UPDATE SET "best" = excluded."best", "total" = excluded."total""#,
    postgres: r#"INSERT INTO "stage_score" ("player", "stage", "best", "total")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player", "stage") DO UPDATE SET "best" = excluded."best", "total" = excluded."total""#,
    mysql: r#"INSERT INTO `stage_score` (`player`, `stage`, `best`, `total`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `best` = VALUES(`best`), `total` = VALUES(`total`)"#,
};

static SELECT_SCORE_BY_STAGE_ORDER_TOTAL_DESC_FIRST_OFFSET: Statement = Statement {
    name: "stage.score.select_by_stage_order_total_desc_first_offset",
    sqlite: r#"SELECT "player", "stage", "best", "total"
FROM "stage_score"
WHERE "stage" = ?1
ORDER BY "total" DESC, "player" DESC
LIMIT ?2 OFFSET ?3"#,
    postgres: r#"SELECT "player", "stage", "best", "total"
FROM "stage_score"
WHERE "stage" = $1
ORDER BY "total" DESC, "player" DESC
LIMIT $2 OFFSET $3"#,
    mysql: r#"SELECT `player`, `stage`, `best`, `total`
FROM `stage_score`
WHERE `stage` = ?
ORDER BY `total` DESC, `player` DESC
LIMIT ? OFFSET ?"#,
};

static RANK_SCORE_OF_PLAYER_STAGE_BY_STAGE_ORDER_TOTAL_DESC: Statement = Statement {
    name: "stage.score.rank_of_player_stage_by_stage_order_total_desc",
    sqlite: r#"WITH "all" AS (SELECT * FROM "stage_score" WHERE "stage" = ?1)
SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "all" AS "other" WHERE "other"."total" > "me"."total")
FROM "all" AS "me" WHERE "me"."player" = ?2 AND "me"."stage" = ?3), 0)"#,
    postgres: r#"WITH "all" AS (SELECT * FROM "stage_score" WHERE "stage" = $1)
SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM "all" AS "other" WHERE "other"."total" > "me"."total")
FROM "all" AS "me" WHERE "me"."player" = $2 AND "me"."stage" = $3), 0)"#,
    mysql: r#"WITH `all` AS (SELECT * FROM `stage_score` WHERE `stage` = ?)
SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM `all` AS `other` WHERE `other`.`total` > `me`.`total`)
FROM `all` AS `me` WHERE `me`.`player` = ? AND `me`.`stage` = ?), 0)"#,
};

/// Stages, energy, the world boss and its ranking.
pub struct StageManager;

#[manager(
    name = "stage",
    port = 8081,
    schema = [
        CREATE_PROGRESS,
        CREATE_ENERGY,
        CREATE_TICKET,
        CREATE_BOSS,
        CREATE_SCORE,
        INDEX_SCORE_STAGE_TOTAL,
    ],
)]
impl StageManager {
    /// A stage was won.
    #[function(
        access = Player,
        writes,
        reaches = [
            "achievement",
            "bag",
            "profile",
            "reward",
        ],
        fails,
        declaration = "94636610c5ecbe20"
    )]
    pub async fn victory(cx: &mut Cx<'_>, args: &VictoryArgs) -> Result<Returned, Stop> {
        const STAGE_ERROR: Failure = Failure::new(91, "stage error");
        const MISMATCH: Failure = Failure::new(94, "stage mismatch");
        const NO_ENERGY: Failure = Failure::new(97, "energy insufficient");
        const NO_TICKET: Failure = Failure::new(92, "no more ticket, try tomorrow");
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let def = ops::entry(&config.stages, &args.stage).cloned().ok_or(STAGE_ERROR)?;
        let t: Ticket = cx
            .get(&LOCK_TICKET_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
            .ok_or(MISMATCH)?;
        if t.stage != args.stage || def.mode != args.mode {
            return Err(MISMATCH.into());
        }
        let mut p: Progress = match cx
            .get(&LOCK_PROGRESS_BY_PLAYER_MODE, &[caller.param(), args.mode.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Progress {
                    player: caller.clone(),
                    mode: args.mode,
                    best: 0,
                }
            }
        };
        let mut e: Energy = match cx
            .get(&LOCK_ENERGY_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Energy {
                    player: caller.clone(),
                    energy: 120,
                    since: None,
                }
            }
        };
        let mut s: Score = match cx
            .get(&LOCK_SCORE_BY_PLAYER_STAGE, &[caller.param(), args.stage.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Score {
                    player: caller.clone(),
                    stage: args.stage,
                    best: 0,
                    total: 0,
                }
            }
        };
        let drawn = cx
            .draw(
                &def.rewards,
                |_| Ok(1),
                def.random,
                false,
                "managers/stage.yaml:59:13: draw",
            )?;
        let first_time = args.stage > p.best;
        let back = ops::div(
                ops::sub(now.0, e.since.unwrap_or(now).0)
                    .at("managers/stage.yaml:64:21: (now - default(e.since, now))")?,
                ops::mul(config.stage.energy_minutes, 60000)
                    .at(
                        "managers/stage.yaml:64:53: minutes(config.stage.energy_minutes)",
                    )?,
            )
            .at(
                "managers/stage.yaml:64:21: (now - default(e.since, now)) / minutes(config.stage.energy_minutes)",
            )?;
        let energy = ops::sub(
                ops::add(e.energy, back)
                    .at("managers/stage.yaml:65:27: e.energy + back")?
                    .min(config.stage.energy_full.max(e.energy)),
                t.energy,
            )
            .at(
                "managers/stage.yaml:65:23: min(e.energy + back, max(config.stage.energy_full, e.energy)) - t.energy",
            )?;
        let damage = args.damage.min(def.max_damage).max(s.best);
        if energy < 0 {
            return Err(NO_ENERGY.into());
        }
        if args.mode == StageMode::Boss || args.mode == StageMode::Coins
            || args.mode == StageMode::Experience
        {
            if cx
                .allow(ops::Allow {
                    manager: "stage",
                    name: "stage_tries",
                    per: ops::Per::Calendar(ops::Span::Day),
                    by: &[caller.param(), args.mode.param()],
                    max: def.tries,
                    uses: 1,
                    at: "managers/stage.yaml:71:17: allow",
                })
                .await?
                .is_none()
            {
                return Err(NO_TICKET.into());
            }
        }
        cx.change(
                &DELETE_TICKET_BY_PLAYER,
                &[t.player.param()],
                "managers/stage.yaml:76:13: delete",
            )
            .await?;
        e.energy = energy;
        e.since = Some(now);
        cx.save(&UPSERT_ENERGY_ENERGY_SINCE, &e, &e.params()).await?;
        p.best = p.best.max(args.stage);
        cx.save(&UPSERT_PROGRESS_BEST, &p, &p.params()).await?;
        if args.mode == StageMode::Boss {
            let mut b: Boss = cx
                .get(&LOCK_BOSS_BY_STAGE, &[args.stage.param()])
                .await?
                .row()?
                .unwrap_or(Boss {
                    stage: args.stage,
                    damage: 0,
                });
            b.damage = ops::add(b.damage, damage)
                .at("managers/stage.yaml:88:32: b.damage + damage")?;
            cx.save(&UPSERT_BOSS_DAMAGE, &b, &b.params()).await?;
            s.best = s.best.max(damage);
            s.total = ops::add(s.total, damage)
                .at("managers/stage.yaml:90:60: s.total + damage")?;
            cx.save(&UPSERT_SCORE_BEST_TOTAL, &s, &s.params()).await?;
        }
        let mut gained: Vec<reward::GiveReply> = Vec::new();
        for r in if def.random > 0 { drawn } else { def.rewards } {
            let got: reward::GiveReply = cx
                .call(
                    &reward::GiveArgs {
                        what: r,
                        times: 1,
                    },
                )
                .await?
                .data()?;
            gained.push(got);
        }
        let exp: profile::AddExpReply = cx
            .call(
                &profile::AddExpArgs {
                    exp: def.exp,
                },
            )
            .await?
            .data()?;
        if first_time && args.mode == StageMode::General {
            cx.call(
                    &achievement::RecordAchievementArgs {
                        kind: AchievementKind::PassStage,
                        amount: 1,
                    },
                )
                .await?;
        }
        Ok(
            Returned::success(
                Box::new(VictoryReply {
                    reward: gained,
                    exp_info: exp,
                    max_stage: p.best,
                    task: if args.mode == StageMode::General {
                        TaskKind::PassMainStage
                    } else if args.mode == StageMode::Boss {
                        TaskKind::PassWorldBoss
                    } else {
                        TaskKind::PassSpecialStage
                    },
                }),
            ),
        )
    }

    /// One page of the boss's ranking, and the caller's own place.
    #[function(
        access = Player,
        reaches = ["profile"],
        fails,
        declaration = "3bf6eef283a9490a"
    )]
    pub async fn damage_ranking(
        cx: &mut Cx<'_>,
        args: &DamageRankingArgs,
    ) -> Result<Returned, Stop> {
        const NO_PAGE: Failure = Failure::new(88, "No data for this page");
        let caller = cx.caller()?;
        let rows: Vec<Score> = cx
            .select(
                &SELECT_SCORE_BY_STAGE_ORDER_TOTAL_DESC_FIRST_OFFSET,
                &[
                    args.stage.param(),
                    Param::Int(50),
                    Param::Int(
                        ops::mul(
                                ops::sub(args.page, 1)
                                    .at("managers/stage.yaml:120:21: (args.page - 1)")?,
                                50,
                            )
                            .at("managers/stage.yaml:120:21: (args.page - 1) * 50")?
                            .max(0),
                    ),
                ],
            )
            .await?
            .rows()?;
        if ops::len(&rows) <= 0 {
            return Err(NO_PAGE.into());
        }
        let mine: i64 = cx
            .value(
                &RANK_SCORE_OF_PLAYER_STAGE_BY_STAGE_ORDER_TOTAL_DESC,
                &[args.stage.param(), caller.param(), args.stage.param()],
                "managers/stage.yaml:124:13: rank",
            )
            .await?
            .value()?;
        let mut board = Vec::new();
        for (i, r) in (0_i64..).zip(rows) {
            let c: profile::CardReply = cx
                .call_for(r.player, &profile::CardArgs {})
                .await?
                .data()?;
            board
                .push(DamageRankingReplyRank {
                    no: ops::sum([
                            ops::mul(
                                    ops::sub(args.page, 1)
                                        .at("managers/stage.yaml:134:25: (args.page - 1)")?,
                                    50,
                                )
                                .at("managers/stage.yaml:134:25: (args.page - 1) * 50")?,
                            i,
                            1,
                        ])
                        .at("managers/stage.yaml:134:25: (args.page - 1) * 50 + i + 1")?,
                    name: c.name,
                    icon: c.icon,
                    exp: c.exp,
                    damage: r.total,
                });
        }
        Ok(
            Returned::success(
                Box::new(DamageRankingReply {
                    page: args.page,
                    own_rank: mine,
                    rank: board,
                }),
            ),
        )
    }
}
