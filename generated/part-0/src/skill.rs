//! Skills, which scrolls raise with some luck.
//!
//! Written by `cargo xtask gen` from managers/skill.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::skill::*;
use crate::calls::bag;
use crate::enums::{RewardKind, SupplyKind};

/// A skill of a player. One without a row is locked.
#[derive(Clone, Table)]
#[table(name = "skill_skill")]
pub struct Skill {
    pub player: PlayerId,
    #[column(max = 16)]
    pub skill: String,
    /// 0 while the skill is locked.
    #[column(min = 0, max = 10)]
    pub level: i64,
}

/// Args of `get_skill`.
#[derive(Args)]
pub struct GetSkillArgs {
    #[arg(max = 16)]
    pub skill_id: String,
}

/// Reply of `get_skill`.
#[derive(Reply)]
pub struct GetSkillReply {
    pub skill1: GetSkillReplySkill1,
}

/// A list of fixed length in the reply of `get_skill`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct GetSkillReplySkill1(pub String, pub i64);

/// Args of `get_all_skill_level`.
#[derive(Args)]
pub struct GetAllSkillLevelArgs {}

/// Reply of `get_all_skill_level`.
#[derive(Reply)]
pub struct GetAllSkillLevelReply {
    pub skills: Vec<GetAllSkillLevelReplySkills>,
}

/// A list of fixed length in the reply of `get_all_skill_level`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct GetAllSkillLevelReplySkills(pub String, pub i64);

/// Args of `skill_level_up`.
#[derive(Args)]
pub struct SkillLevelUpArgs {
    #[arg(max = 16)]
    pub skill_id: String,
    pub scroll_id: SupplyKind,
}

/// Reply of `skill_level_up`.
#[derive(Reply)]
pub struct SkillLevelUpReply {
    pub skill1: SkillLevelUpReplySkill1,
    pub item1: SkillLevelUpReplyItem1,
    pub upgrade: bool,
}

/// A list of fixed length in the reply of `skill_level_up`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct SkillLevelUpReplySkill1(pub String, pub i64);

/// A list of fixed length in the reply of `skill_level_up`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct SkillLevelUpReplyItem1(pub SupplyKind, pub i64);

static CREATE_SKILL: Statement = Statement {
    name: "skill.skill.create",
    sqlite: r#"CREATE TABLE "skill_skill" (
  "player" TEXT NOT NULL,
  "skill" TEXT NOT NULL
    CONSTRAINT "skill_skill_skill_max" CHECK (length("skill") <= 16),
  "level" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "skill_skill_level_min" CHECK ("level" >= 0)
    CONSTRAINT "skill_skill_level_max" CHECK ("level" <= 10),
  PRIMARY KEY ("player", "skill")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "skill_skill" (
  "player" TEXT COLLATE "C" NOT NULL,
  "skill" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "skill_skill_skill_max" CHECK (char_length("skill") <= 16),
  "level" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "skill_skill_level_min" CHECK ("level" >= 0)
    CONSTRAINT "skill_skill_level_max" CHECK ("level" <= 10),
  CONSTRAINT "skill_skill_pkey" PRIMARY KEY ("player", "skill")
)"#,
    mysql: r#"CREATE TABLE `skill_skill` (
  `player` VARCHAR(255) NOT NULL,
  `skill` VARCHAR(16) NOT NULL,
  `level` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `skill`),
  CONSTRAINT `skill_skill_skill_max` CHECK (CHAR_LENGTH(`skill`) <= 16),
  CONSTRAINT `skill_skill_level_min` CHECK (`level` >= 0),
  CONSTRAINT `skill_skill_level_max` CHECK (`level` <= 10)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static GET_SKILL_BY_PLAYER_SKILL: Statement = Statement {
    name: "skill.skill.get_by_player_skill",
    sqlite: r#"SELECT "player", "skill", "level" FROM "skill_skill" WHERE "player" = ?1 AND "skill" = ?2"#,
    postgres: r#"SELECT "player", "skill", "level" FROM "skill_skill" WHERE "player" = $1 AND "skill" = $2"#,
    mysql: "SELECT `player`, `skill`, `level` FROM `skill_skill` WHERE `player` = ? AND `skill` = ?",
};

static SELECT_SKILL_BY_PLAYER_ORDER_SKILL_FIRST: Statement = Statement {
    name: "skill.skill.select_by_player_order_skill_first",
    sqlite: r#"SELECT "player", "skill", "level"
FROM "skill_skill"
WHERE "player" = ?1
ORDER BY "skill"
LIMIT ?2"#,
    postgres: r#"SELECT "player", "skill", "level"
FROM "skill_skill"
WHERE "player" = $1
ORDER BY "skill"
LIMIT $2"#,
    mysql: r#"SELECT `player`, `skill`, `level`
FROM `skill_skill`
WHERE `player` = ?
ORDER BY `skill`
LIMIT ?"#,
};

static LOCK_SKILL_BY_PLAYER_SKILL: Statement = Statement {
    name: "skill.skill.lock_by_player_skill",
    sqlite: r#"SELECT "player", "skill", "level" FROM "skill_skill" WHERE "player" = ?1 AND "skill" = ?2"#,
    postgres: r#"SELECT "player", "skill", "level"
FROM "skill_skill"
WHERE "player" = $1 AND "skill" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `skill`, `level`
FROM `skill_skill`
WHERE `player` = ? AND `skill` = ?
FOR UPDATE"#,
};

static SAVE_SKILL_LEVEL: Statement = Statement {
    name: "skill.skill.save_level",
    sqlite: r#"UPDATE "skill_skill" SET "level" = ?1 WHERE "player" = ?2 AND "skill" = ?3"#,
    postgres: r#"UPDATE "skill_skill" SET "level" = $1 WHERE "player" = $2 AND "skill" = $3"#,
    mysql: "UPDATE `skill_skill` SET `level` = ? WHERE `player` = ? AND `skill` = ?",
};

static UPSERT_SKILL_LEVEL: Statement = Statement {
    name: "skill.skill.upsert_level",
    sqlite: r#"INSERT INTO "skill_skill" ("player", "skill", "level")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "skill") DO UPDATE SET "level" = excluded."level""#,
    postgres: r#"INSERT INTO "skill_skill" ("player", "skill", "level")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "skill") DO UPDATE SET "level" = excluded."level""#,
    mysql: r#"INSERT INTO `skill_skill` (`player`, `skill`, `level`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `level` = VALUES(`level`)"#,
};

/// Skills, which scrolls raise with some luck.
pub struct SkillManager;

#[manager(
    name = "skill",
    port = 8084,
    migrations = crate::migrations::SKILL,
    schema = [CREATE_SKILL]
)]
impl SkillManager {
    /// The level of one of the caller's skills; 0 while it is locked.
    #[function(access = Player, one_query, fails, declaration = "3b489a5745a76138")]
    pub async fn get_skill(
        cx: &mut Cx<'_>,
        args: &GetSkillArgs,
    ) -> Result<Returned, Stop> {
        const NO_SUCH_SKILL: Failure = Failure::new(1, "invalid skill name");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        if !config.skills.contains(&args.skill_id) {
            return Err(NO_SUCH_SKILL.into());
        }
        let s: Skill = match cx
            .get(&GET_SKILL_BY_PLAYER_SKILL, &[caller.param(), args.skill_id.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Skill {
                    player: caller.clone(),
                    skill: args.skill_id.clone(),
                    level: 0,
                }
            }
        };
        Ok(
            Returned::success(
                Box::new(GetSkillReply {
                    skill1: GetSkillReplySkill1(s.skill, s.level),
                }),
            ),
        )
    }

    /// Every skill that the caller has unlocked.
    #[function(access = Player, one_query, declaration = "70874db347849019")]
    pub async fn get_all_skill_level(
        cx: &mut Cx<'_>,
        _args: &GetAllSkillLevelArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let rows: Vec<Skill> = cx
            .select(
                &SELECT_SKILL_BY_PLAYER_ORDER_SKILL_FIRST,
                &[caller.param(), Param::Int(100)],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(GetAllSkillLevelReply {
                    skills: ops::each(
                        rows,
                        |s| GetAllSkillLevelReplySkills(s.skill, s.level),
                    ),
                }),
            ),
        )
    }

    /// Use a scroll to raise a skill, which succeeds by the scroll's chance.
    #[function(
        access = Player,
        writes,
        reaches = ["bag"],
        fails,
        declaration = "498abd36dc4c69d3"
    )]
    pub async fn skill_level_up(
        cx: &mut Cx<'_>,
        args: &SkillLevelUpArgs,
    ) -> Result<Returned, Stop> {
        const INVALID: Failure = Failure::new(10, "Invalid message format");
        const NO_SKILL: Failure = Failure::new(1, "user does not have that skill");
        const MAX_LEVEL: Failure = Failure::new(9, "skill already at max level");
        const NO_SCROLLS: Failure = Failure::new(2, "not enough scrolls");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let chance_of_scroll = ops::entry(&config.scroll_chances, &args.scroll_id)
            .copied()
            .ok_or(INVALID)?;
        let mut s: Skill = cx
            .get(&LOCK_SKILL_BY_PLAYER_SKILL, &[caller.param(), args.skill_id.param()])
            .await?
            .row()?
            .ok_or(NO_SKILL)?;
        if s.level >= 10 {
            return Err(MAX_LEVEL.into());
        }
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: args.scroll_id,
                    amount: 1,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(NO_SCROLLS.into()),
            answered => answered?.data()?,
        };
        let lucky = cx
            .chance(
                chance_of_scroll,
                "managers/skill.yaml:63:27: chance(chance_of_scroll)",
            )?;
        s.level = ops::add(s.level, if lucky { 1 } else { 0 })
            .at("managers/skill.yaml:65:28: s.level + if lucky { 1 } else { 0 }")?;
        cx.save(
                &SAVE_SKILL_LEVEL,
                &s,
                &[s.level.param(), s.player.param(), s.skill.param()],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(SkillLevelUpReply {
                    skill1: SkillLevelUpReplySkill1(s.skill, s.level),
                    item1: SkillLevelUpReplyItem1(args.scroll_id, paid.left),
                    upgrade: lucky,
                }),
            ),
        )
    }

    /// Unlock a skill for the caller by chance, or give a scroll where it is unlocked already.
    #[function(
        access = Internal,
        writes,
        reaches = ["bag"],
        outcomes = [1],
        declaration = "79ceb2f65d7afe8f"
    )]
    pub async fn random_gift_skill(
        cx: &mut Cx<'_>,
        _args: &RandomGiftSkillArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let drawn = cx
            .draw_one(&config.skills, |_| Ok(1), "managers/skill.yaml:73:13: draw")?;
        let mut s: Skill = match cx
            .get(&LOCK_SKILL_BY_PLAYER_SKILL, &[caller.param(), drawn.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Skill {
                    player: caller.clone(),
                    skill: drawn.clone(),
                    level: 0,
                }
            }
        };
        if s.level > 0 {
            cx.call(
                    &bag::AddSupplyArgs {
                        item: SupplyKind::ScrollSkill10,
                        amount: 1,
                    },
                )
                .await?;
            return Ok(
                Returned::outcome(
                    1,
                    "skill already unlocked",
                    Box::new(RandomGiftSkillReply {
                        kind: RewardKind::Supply,
                        name: "scroll_skill_10".to_owned(),
                        amount: 1,
                    }),
                ),
            );
        }
        s.level = 1;
        cx.save(&UPSERT_SKILL_LEVEL, &s, &s.params()).await?;
        Ok(
            Returned::success(
                Box::new(RandomGiftSkillReply {
                    kind: RewardKind::Skill,
                    name: s.skill,
                    amount: 1,
                }),
            ),
        )
    }
}
