//! Gives any kind of thing, whatever manager keeps it.
//!
//! Written by `cargo xtask gen` from managers/reward.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::reward::*;
use crate::calls::bag;
use crate::enums::{Item, RewardGroup};

/// A row of `segment`.
#[derive(Clone, Table)]
#[table(name = "reward_segment")]
pub struct Segment {
    pub player: PlayerId,
    pub group: RewardGroup,
    pub id: i64,
    #[column(min = 0)]
    pub amount: i64,
}

/// A row of `skill`.
#[derive(Clone, Table)]
#[table(name = "reward_skill")]
pub struct Skill {
    pub player: PlayerId,
    pub id: i64,
    #[column(min = 0, max = 10)]
    pub level: i64,
}

static CREATE_SEGMENT: Statement = Statement {
    name: "reward.segment.create",
    sqlite: r#"CREATE TABLE "reward_segment" (
  "player" TEXT NOT NULL,
  "group" INTEGER NOT NULL
    CONSTRAINT "reward_segment_group_known" CHECK ("group" IN (0, 1, 2, 3, 4)),
  "id" INTEGER NOT NULL,
  "amount" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "reward_segment_amount_min" CHECK ("amount" >= 0),
  PRIMARY KEY ("player", "group", "id")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "reward_segment" (
  "player" TEXT COLLATE "C" NOT NULL,
  "group" BIGINT NOT NULL
    CONSTRAINT "reward_segment_group_known" CHECK ("group" IN (0, 1, 2, 3, 4)),
  "id" BIGINT NOT NULL,
  "amount" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "reward_segment_amount_min" CHECK ("amount" >= 0),
  CONSTRAINT "reward_segment_pkey" PRIMARY KEY ("player", "group", "id")
)"#,
    mysql: r#"CREATE TABLE `reward_segment` (
  `player` VARCHAR(255) NOT NULL,
  `group` BIGINT NOT NULL,
  `id` BIGINT NOT NULL,
  `amount` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `group`, `id`),
  CONSTRAINT `reward_segment_group_known` CHECK (`group` IN (0, 1, 2, 3, 4)),
  CONSTRAINT `reward_segment_amount_min` CHECK (`amount` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_SKILL: Statement = Statement {
    name: "reward.skill.create",
    sqlite: r#"CREATE TABLE "reward_skill" (
  "player" TEXT NOT NULL,
  "id" INTEGER NOT NULL,
  "level" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "reward_skill_level_min" CHECK ("level" >= 0)
    CONSTRAINT "reward_skill_level_max" CHECK ("level" <= 10),
  PRIMARY KEY ("player", "id")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "reward_skill" (
  "player" TEXT COLLATE "C" NOT NULL,
  "id" BIGINT NOT NULL,
  "level" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "reward_skill_level_min" CHECK ("level" >= 0)
    CONSTRAINT "reward_skill_level_max" CHECK ("level" <= 10),
  CONSTRAINT "reward_skill_pkey" PRIMARY KEY ("player", "id")
)"#,
    mysql: r#"CREATE TABLE `reward_skill` (
  `player` VARCHAR(255) NOT NULL,
  `id` BIGINT NOT NULL,
  `level` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `id`),
  CONSTRAINT `reward_skill_level_min` CHECK (`level` >= 0),
  CONSTRAINT `reward_skill_level_max` CHECK (`level` <= 10)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static LOCK_SKILL_BY_PLAYER_ID: Statement = Statement {
    name: "reward.skill.lock_by_player_id",
    sqlite: r#"SELECT "player", "id", "level" FROM "reward_skill" WHERE "player" = ?1 AND "id" = ?2"#,
    postgres: r#"SELECT "player", "id", "level"
FROM "reward_skill"
WHERE "player" = $1 AND "id" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `id`, `level`
FROM `reward_skill`
WHERE `player` = ? AND `id` = ?
FOR UPDATE"#,
};

static UPSERT_SKILL_LEVEL: Statement = Statement {
    name: "reward.skill.upsert_level",
    sqlite: r#"INSERT INTO "reward_skill" ("player", "id", "level")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "id") DO UPDATE SET "level" = excluded."level""#,
    postgres: r#"INSERT INTO "reward_skill" ("player", "id", "level")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "id") DO UPDATE SET "level" = excluded."level""#,
    mysql: r#"INSERT INTO `reward_skill` (`player`, `id`, `level`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `level` = VALUES(`level`)"#,
};

static LOCK_SEGMENT_BY_PLAYER_GROUP_ID: Statement = Statement {
    name: "reward.segment.lock_by_player_group_id",
    sqlite: r#"SELECT "player", "group", "id", "amount"
FROM "reward_segment"
WHERE "player" = ?1 AND "group" = ?2 AND "id" = ?3"#,
    postgres: r#"SELECT "player", "group", "id", "amount"
FROM "reward_segment"
WHERE "player" = $1 AND "group" = $2 AND "id" = $3
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `group`, `id`, `amount`
FROM `reward_segment`
WHERE `player` = ? AND `group` = ? AND `id` = ?
FOR UPDATE"#,
};

static UPSERT_SEGMENT_AMOUNT: Statement = Statement {
    name: "reward.segment.upsert_amount",
    sqlite: r#"INSERT INTO "reward_segment" ("player", "group", "id", "amount")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player", "group", "id") DO UPDATE SET "amount" = excluded."amount""#,
    postgres: r#"INSERT INTO "reward_segment" ("player", "group", "id", "amount")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player", "group", "id") DO UPDATE SET "amount" = excluded."amount""#,
    mysql: r#"INSERT INTO `reward_segment` (`player`, `group`, `id`, `amount`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `amount` = VALUES(`amount`)"#,
};

/// Gives any kind of thing, whatever manager keeps it.
pub struct RewardManager;

#[manager(name = "reward", port = 8090, schema = [CREATE_SEGMENT, CREATE_SKILL])]
impl RewardManager {
    /// Give the caller one thing; a skill already known becomes a scroll.
    #[function(
        access = Internal,
        writes,
        reaches = ["bag"],
        declaration = "8f7c0faf8a89dc22"
    )]
    pub async fn give(cx: &mut Cx<'_>, args: &GiveArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut k: Skill = match cx
            .get(&LOCK_SKILL_BY_PLAYER_ID, &[caller.param(), args.what.id.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Skill {
                    player: caller.clone(),
                    id: args.what.id,
                    level: 0,
                }
            }
        };
        let is_skill = args.what.group == RewardGroup::Skill;
        let known = is_skill && k.level > 0;
        let group = if known { RewardGroup::Thing } else { args.what.group };
        let id = if known { 6 } else { args.what.id };
        let amount = if is_skill {
            1
        } else {
            ops::mul(args.what.amount, args.times)
                .at("managers/reward.yaml:28:49: args.what.amount * args.times")?
        };
        let got_3;
        if group == RewardGroup::Thing {
            let got: bag::AddSupplyReply = cx
                .call(
                    &bag::AddSupplyArgs {
                        item: ops::variant(
                            id,
                            Item::ALL,
                            "item",
                            "managers/reward.yaml:32:31: id",
                        )?,
                        amount,
                    },
                )
                .await?
                .data()?;
            got_3 = GiveReplyValue { left: got.left };
        } else {
            let got_1;
            if group == RewardGroup::Skill {
                k.level = 1;
                cx.save(&UPSERT_SKILL_LEVEL, &k, &k.params()).await?;
                let got = GiveReplyValue { left: 1 };
                got_1 = GiveReplyValue { left: got.left };
            } else {
                let mut held: Segment = match cx
                    .get(
                        &LOCK_SEGMENT_BY_PLAYER_GROUP_ID,
                        &[caller.param(), group.param(), id.param()],
                    )
                    .await?
                    .row()?
                {
                    Some(row) => row,
                    None => {
                        Segment {
                            player: caller.clone(),
                            group,
                            id,
                            amount: 0,
                        }
                    }
                };
                held.amount = ops::add(held.amount, amount)
                    .at("managers/reward.yaml:46:36: held.amount + amount")?;
                cx.keep_in_bounds(&mut held);
                cx.save(&UPSERT_SEGMENT_AMOUNT, &held, &held.params()).await?;
                let got = GiveReplyValue {
                    left: held.amount,
                };
                got_1 = GiveReplyValue { left: got.left };
            }
            got_3 = GiveReplyValue { left: got_1.left };
        }
        Ok(
            Returned::success(
                Box::new(GiveReply {
                    group,
                    id,
                    amount,
                    remain: got_3.left,
                }),
            ),
        )
    }
}
