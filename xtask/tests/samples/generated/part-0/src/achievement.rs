//! What players have done, counted.
//!
//! Written by `cargo xtask gen` from managers/achievement.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::achievement::*;
use crate::enums::AchievementKind;

/// A row of `done`.
#[derive(Clone, Table)]
#[table(name = "achievement_done")]
pub struct Done {
    pub player: PlayerId,
    pub kind: AchievementKind,
    #[column(min = 0)]
    pub count: i64,
}

static CREATE_DONE: Statement = Statement {
    name: "achievement.done.create",
    sqlite: r#"CREATE TABLE "achievement_done" (
  "player" TEXT NOT NULL,
  "kind" TEXT NOT NULL
    CONSTRAINT "achievement_done_kind_known" CHECK ("kind" IN ('total_login', 'keeping_login', 'collect_food', 'collect_iron', 'collect_crystal', 'friend_request_sent', 'friend_gift_sent', 'pass_stage', 'summon_d')),
  "count" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "achievement_done_count_min" CHECK ("count" >= 0),
  PRIMARY KEY ("player", "kind")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "achievement_done" (
  "player" TEXT COLLATE "C" NOT NULL,
  "kind" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "achievement_done_kind_known" CHECK ("kind" IN ('total_login', 'keeping_login', 'collect_food', 'collect_iron', 'collect_crystal', 'friend_request_sent', 'friend_gift_sent', 'pass_stage', 'summon_d')),
  "count" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "achievement_done_count_min" CHECK ("count" >= 0),
  CONSTRAINT "achievement_done_pkey" PRIMARY KEY ("player", "kind")
)"#,
    mysql: r#"CREATE TABLE `achievement_done` (
  `player` VARCHAR(255) NOT NULL,
  `kind` VARCHAR(64) NOT NULL,
  `count` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `kind`),
  CONSTRAINT `achievement_done_kind_known` CHECK (`kind` IN ('total_login', 'keeping_login', 'collect_food', 'collect_iron', 'collect_crystal', 'friend_request_sent', 'friend_gift_sent', 'pass_stage', 'summon_d')),
  CONSTRAINT `achievement_done_count_min` CHECK (`count` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static LOCK_DONE_BY_PLAYER_KIND: Statement = Statement {
    name: "achievement.done.lock_by_player_kind",
    sqlite: r#"SELECT "player", "kind", "count"
FROM "achievement_done"
WHERE "player" = ?1 AND "kind" = ?2"#,
    postgres: r#"SELECT "player", "kind", "count"
FROM "achievement_done"
WHERE "player" = $1 AND "kind" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `kind`, `count`
FROM `achievement_done`
WHERE `player` = ? AND `kind` = ?
FOR UPDATE"#,
};

static UPSERT_DONE_COUNT: Statement = Statement {
    name: "achievement.done.upsert_count",
    sqlite: r#"INSERT INTO "achievement_done" ("player", "kind", "count")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "kind") DO UPDATE SET "count" = excluded."count""#,
    postgres: r#"INSERT INTO "achievement_done" ("player", "kind", "count")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "kind") DO UPDATE SET "count" = excluded."count""#,
    mysql: r#"INSERT INTO `achievement_done` (`player`, `kind`, `count`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `count` = VALUES(`count`)"#,
};

/// What players have done, counted.
pub struct AchievementManager;

#[manager(name = "achievement", port = 8092, schema = [CREATE_DONE])]
impl AchievementManager {
    /// The function `record_achievement`.
    #[function(access = Internal, writes, declaration = "180ae62f7d2edef1")]
    pub async fn record_achievement(
        cx: &mut Cx<'_>,
        args: &RecordAchievementArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut d: Done = match cx
            .get(&LOCK_DONE_BY_PLAYER_KIND, &[caller.param(), args.kind.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Done {
                    player: caller.clone(),
                    kind: args.kind,
                    count: 0,
                }
            }
        };
        d.count = ops::add(d.count, args.amount)
            .at("managers/achievement.yaml:21:27: d.count + args.amount")?;
        cx.keep_in_bounds(&mut d);
        cx.save(&UPSERT_DONE_COUNT, &d, &d.params()).await?;
        Ok(
            Returned::success(
                Box::new(RecordAchievementReply {
                    count: d.count,
                }),
            ),
        )
    }
}
