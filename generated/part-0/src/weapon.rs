//! Weapons, their levels, stars and passive skills.
//!
//! Written by `cargo xtask gen` from managers/weapon.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::weapon::*;
use crate::calls::bag;
use crate::enums::{RewardKind, SupplyKind, WeaponKind};

/// A weapon that a player holds.
#[derive(Clone, Table)]
#[table(name = "weapon_weapon")]
pub struct Weapon {
    pub player: PlayerId,
    pub weapon: WeaponKind,
    /// 0 while the weapon is not held.
    #[column(min = 0, max = 10)]
    pub star: i64,
    #[column(min = 0, max = 100)]
    pub level: i64,
    #[column(min = 0)]
    pub passive1: i64,
    #[column(min = 0)]
    pub passive2: i64,
    #[column(min = 0)]
    pub passive3: i64,
    #[column(min = 0)]
    pub passive4: i64,
    #[column(min = 0)]
    pub skill_point: i64,
    #[column(min = 0)]
    pub segment: i64,
}

/// Args of `get_all_weapon`.
#[derive(Args)]
pub struct GetAllWeaponArgs {}

/// Reply of `get_all_weapon`.
#[derive(Reply)]
pub struct GetAllWeaponReply {
    pub weapons: Vec<GetAllWeaponReplyWeapons>,
}

/// A list of fixed length in the reply of `get_all_weapon`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct GetAllWeaponReplyWeapons(
    pub WeaponKind,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
);

/// Args of `give_weapon`.
#[derive(Args)]
pub struct GiveWeaponArgs {
    pub weapon: WeaponKind,
}

/// Reply of `give_weapon`.
#[derive(Reply)]
pub struct GiveWeaponReply {
    pub weapon: WeaponKind,
    pub star: i64,
    pub segment: i64,
}

/// Args of `first_weapon`.
#[derive(Args)]
pub struct FirstWeaponArgs {}

/// Reply of `first_weapon`.
#[derive(Reply)]
pub struct FirstWeaponReply {}

/// Args of `level_up_weapon`.
#[derive(Args)]
pub struct LevelUpWeaponArgs {
    pub weapon: WeaponKind,
    #[arg(min = 1)]
    pub iron: i64,
}

/// Reply of `level_up_weapon`.
#[derive(Reply)]
pub struct LevelUpWeaponReply {
    pub weapon_bag1: LevelUpWeaponReplyWeaponBag1,
    pub item1: LevelUpWeaponReplyItem1,
}

/// A list of fixed length in the reply of `level_up_weapon`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct LevelUpWeaponReplyWeaponBag1(
    pub PlayerId,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
);

/// A list of fixed length in the reply of `level_up_weapon`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct LevelUpWeaponReplyItem1(pub SupplyKind, pub i64);

/// Args of `level_up_passive`.
#[derive(Args)]
pub struct LevelUpPassiveArgs {
    pub weapon: WeaponKind,
    /// passive_skill_1_level to passive_skill_4_level.
    #[arg(max = 32)]
    pub passive: String,
}

/// Reply of `level_up_passive`.
#[derive(Reply)]
pub struct LevelUpPassiveReply {
    pub weapon_bag1: LevelUpPassiveReplyWeaponBag1,
}

/// A list of fixed length in the reply of `level_up_passive`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct LevelUpPassiveReplyWeaponBag1(
    pub PlayerId,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
);

/// Args of `reset_weapon_skill_point`.
#[derive(Args)]
pub struct ResetWeaponSkillPointArgs {
    pub weapon: WeaponKind,
}

/// Reply of `reset_weapon_skill_point`.
#[derive(Reply)]
pub struct ResetWeaponSkillPointReply {
    pub weapon_bag1: ResetWeaponSkillPointReplyWeaponBag1,
    pub item1: ResetWeaponSkillPointReplyItem1,
}

/// A list of fixed length in the reply of `reset_weapon_skill_point`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct ResetWeaponSkillPointReplyWeaponBag1(
    pub PlayerId,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
);

/// A list of fixed length in the reply of `reset_weapon_skill_point`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct ResetWeaponSkillPointReplyItem1(pub SupplyKind, pub i64);

/// Args of `level_up_weapon_star`.
#[derive(Args)]
pub struct LevelUpWeaponStarArgs {
    pub weapon: WeaponKind,
}

/// Reply of `level_up_weapon_star`.
#[derive(Reply)]
pub struct LevelUpWeaponStarReply {
    pub weapon_bag1: LevelUpWeaponStarReplyWeaponBag1,
    pub star: i64,
}

/// A list of fixed length in the reply of `level_up_weapon_star`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct LevelUpWeaponStarReplyWeaponBag1(
    pub PlayerId,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
    pub i64,
);

/// An object in the reply of `level_up_weapon_star`.
#[derive(Clone, Reply)]
pub struct LevelUpWeaponStarReplyInsufficient {
    pub price: i64,
}

/// Args of `add_segments`.
#[derive(Args)]
pub struct AddSegmentsArgs {
    pub weapon: WeaponKind,
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `add_segments`.
#[derive(Reply)]
pub struct AddSegmentsReply {
    pub segment: i64,
}

static CREATE_WEAPON: Statement = Statement {
    name: "weapon.weapon.create",
    sqlite: r#"CREATE TABLE "weapon_weapon" (
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
    postgres: r#"CREATE TABLE "weapon_weapon" (
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
    mysql: r#"CREATE TABLE `weapon_weapon` (
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
};

static SELECT_WEAPON_BY_PLAYER_STAR_GE_ORDER_WEAPON_FIRST: Statement = Statement {
    name: "weapon.weapon.select_by_player_star_ge_order_weapon_first",
    sqlite: r#"SELECT "player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment"
FROM "weapon_weapon"
WHERE "player" = ?1 AND "star" >= ?2
ORDER BY "weapon"
LIMIT ?3"#,
    postgres: r#"SELECT "player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment"
FROM "weapon_weapon"
WHERE "player" = $1 AND "star" >= $2
ORDER BY "weapon"
LIMIT $3"#,
    mysql: r#"SELECT `player`, `weapon`, `star`, `level`, `passive1`, `passive2`, `passive3`, `passive4`, `skill_point`, `segment`
FROM `weapon_weapon`
WHERE `player` = ? AND `star` >= ?
ORDER BY `weapon`
LIMIT ?"#,
};

static LOCK_WEAPON_BY_PLAYER_WEAPON: Statement = Statement {
    name: "weapon.weapon.lock_by_player_weapon",
    sqlite: r#"SELECT "player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment"
FROM "weapon_weapon"
WHERE "player" = ?1 AND "weapon" = ?2"#,
    postgres: r#"SELECT "player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment"
FROM "weapon_weapon"
WHERE "player" = $1 AND "weapon" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `weapon`, `star`, `level`, `passive1`, `passive2`, `passive3`, `passive4`, `skill_point`, `segment`
FROM `weapon_weapon`
WHERE `player` = ? AND `weapon` = ?
FOR UPDATE"#,
};

static UPSERT_WEAPON_SEGMENT: Statement = Statement {
    name: "weapon.weapon.upsert_segment",
    sqlite: r#"INSERT INTO "weapon_weapon" ("player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT ("player", "weapon") DO UPDATE SET "segment" = excluded."segment""#,
    postgres: r#"INSERT INTO "weapon_weapon" ("player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT ("player", "weapon") DO UPDATE SET "segment" = excluded."segment""#,
    mysql: r#"INSERT INTO `weapon_weapon` (`player`, `weapon`, `star`, `level`, `passive1`, `passive2`, `passive3`, `passive4`, `skill_point`, `segment`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `segment` = VALUES(`segment`)"#,
};

static UPSERT_WEAPON_STAR: Statement = Statement {
    name: "weapon.weapon.upsert_star",
    sqlite: r#"INSERT INTO "weapon_weapon" ("player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT ("player", "weapon") DO UPDATE SET "star" = excluded."star""#,
    postgres: r#"INSERT INTO "weapon_weapon" ("player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT ("player", "weapon") DO UPDATE SET "star" = excluded."star""#,
    mysql: r#"INSERT INTO `weapon_weapon` (`player`, `weapon`, `star`, `level`, `passive1`, `passive2`, `passive3`, `passive4`, `skill_point`, `segment`)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `star` = VALUES(`star`)"#,
};

static SAVE_WEAPON_LEVEL_SKILL_POINT: Statement = Statement {
    name: "weapon.weapon.save_level_skill_point",
    sqlite: r#"UPDATE "weapon_weapon"
SET "level" = ?1, "skill_point" = ?2
WHERE "player" = ?3 AND "weapon" = ?4"#,
    postgres: r#"UPDATE "weapon_weapon"
SET "level" = $1, "skill_point" = $2
WHERE "player" = $3 AND "weapon" = $4"#,
    mysql: r#"UPDATE `weapon_weapon`
SET `level` = ?, `skill_point` = ?
WHERE `player` = ? AND `weapon` = ?"#,
};

static SAVE_WEAPON_SKILL_POINT_PASSIVE1_AND_3_MORE: Statement = Statement {
    name: "weapon.weapon.save_skill_point_passive1_and_3_more",
    sqlite: r#"UPDATE "weapon_weapon"
SET "skill_point" = ?1, "passive1" = ?2, "passive2" = ?3, "passive3" = ?4, "passive4" = ?5
WHERE "player" = ?6 AND "weapon" = ?7"#,
    postgres: r#"UPDATE "weapon_weapon"
SET "skill_point" = $1, "passive1" = $2, "passive2" = $3, "passive3" = $4, "passive4" = $5
WHERE "player" = $6 AND "weapon" = $7"#,
    mysql: r#"UPDATE `weapon_weapon`
SET `skill_point` = ?, `passive1` = ?, `passive2` = ?, `passive3` = ?, `passive4` = ?
WHERE `player` = ? AND `weapon` = ?"#,
};

static SAVE_WEAPON_STAR_SEGMENT: Statement = Statement {
    name: "weapon.weapon.save_star_segment",
    sqlite: r#"UPDATE "weapon_weapon"
SET "star" = ?1, "segment" = ?2
WHERE "player" = ?3 AND "weapon" = ?4"#,
    postgres: r#"UPDATE "weapon_weapon"
SET "star" = $1, "segment" = $2
WHERE "player" = $3 AND "weapon" = $4"#,
    mysql: "UPDATE `weapon_weapon` SET `star` = ?, `segment` = ? WHERE `player` = ? AND `weapon` = ?",
};

/// Weapons, their levels, stars and passive skills.
pub struct WeaponManager;

#[manager(
    name = "weapon",
    port = 8083,
    migrations = crate::migrations::WEAPON,
    schema = [CREATE_WEAPON]
)]
impl WeaponManager {
    /// Every weapon that the caller holds.
    #[function(access = Player, one_query, declaration = "683794a908ad476b")]
    pub async fn get_all_weapon(
        cx: &mut Cx<'_>,
        _args: &GetAllWeaponArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let rows: Vec<Weapon> = cx
            .select(
                &SELECT_WEAPON_BY_PLAYER_STAR_GE_ORDER_WEAPON_FIRST,
                &[caller.param(), Param::Int(1), Param::Int(100)],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(GetAllWeaponReply {
                    weapons: ops::each(
                        rows,
                        |w| GetAllWeaponReplyWeapons(
                            w.weapon,
                            w.star,
                            w.level,
                            w.passive1,
                            w.passive2,
                            w.passive3,
                            w.passive4,
                            w.skill_point,
                            w.segment,
                        ),
                    ),
                }),
            ),
        )
    }

    /// Give the caller a weapon, or segments of it where it is held already.
    #[function(
        access = Internal,
        writes,
        outcomes = [1],
        declaration = "61563ad8a2bfc273"
    )]
    pub async fn give_weapon(
        cx: &mut Cx<'_>,
        args: &GiveWeaponArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let mut w: Weapon = match cx
            .get(&LOCK_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Weapon {
                    player: caller.clone(),
                    weapon: args.weapon,
                    star: 0,
                    level: 0,
                    passive1: 0,
                    passive2: 0,
                    passive3: 0,
                    passive4: 0,
                    skill_point: 0,
                    segment: 0,
                }
            }
        };
        if w.star > 0 {
            w.segment = ops::add(w.segment, config.weapon_growth.gift_segments)
                .at(
                    "managers/weapon.yaml:50:33: w.segment + config.weapon_growth.gift_segments",
                )?;
            cx.keep_in_bounds(&mut w);
            cx.save(&UPSERT_WEAPON_SEGMENT, &w, &w.params()).await?;
            return Ok(
                Returned::outcome(
                    1,
                    "weapon already held",
                    Box::new(GiveWeaponReply {
                        weapon: w.weapon,
                        star: w.star,
                        segment: w.segment,
                    }),
                ),
            );
        }
        w.star = 1;
        cx.save(&UPSERT_WEAPON_STAR, &w, &w.params()).await?;
        Ok(
            Returned::success(
                Box::new(GiveWeaponReply {
                    weapon: w.weapon,
                    star: w.star,
                    segment: w.segment,
                }),
            ),
        )
    }

    /// What a new player fights with.
    #[function(
        access = Internal,
        writes,
        runs = PlayerCreated,
        declaration = "272d372c40b3913c"
    )]
    pub async fn first_weapon(
        cx: &mut Cx<'_>,
        _args: &FirstWeaponArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let mut w: Weapon = match cx
            .get(
                &LOCK_WEAPON_BY_PLAYER_WEAPON,
                &[caller.param(), config.start.weapon.param()],
            )
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Weapon {
                    player: caller.clone(),
                    weapon: config.start.weapon,
                    star: 0,
                    level: 0,
                    passive1: 0,
                    passive2: 0,
                    passive3: 0,
                    passive4: 0,
                    skill_point: 0,
                    segment: 0,
                }
            }
        };
        w.star = w.star.max(1);
        cx.keep_in_bounds(&mut w);
        cx.save(&UPSERT_WEAPON_STAR, &w, &w.params()).await?;
        Ok(Returned::success(Box::new(FirstWeaponReply {})))
    }

    /// Spend iron to raise a weapon's level, so much iron a level, one skill point a level.
    #[function(
        access = Player,
        writes,
        reaches = ["bag"],
        fails,
        declaration = "aff706ed29fec567"
    )]
    pub async fn level_up_weapon(
        cx: &mut Cx<'_>,
        args: &LevelUpWeaponArgs,
    ) -> Result<Returned, Stop> {
        const NO_WEAPON: Failure = Failure::new(1, "user does not have that weapon");
        const MAX_LEVEL: Failure = Failure::new(9, "weapon has reached max level");
        const INSUFFICIENT: Failure = Failure::new(
            2,
            "insufficient materials, upgrade failed",
        );
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let mut w: Weapon = cx
            .get(&LOCK_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .row()?
            .ok_or(NO_WEAPON)?;
        if w.star <= 0 {
            return Err(NO_WEAPON.into());
        }
        let room = ops::sub(config.weapon_upgrade.max_level, w.level)
            .at(
                "managers/weapon.yaml:83:26: config.weapon_upgrade.max_level - w.level",
            )?;
        let wanted = ops::div(args.iron, config.weapon_upgrade.iron_per_level)
            .at(
                "managers/weapon.yaml:83:77: args.iron / config.weapon_upgrade.iron_per_level",
            )?;
        if room <= 0 {
            return Err(MAX_LEVEL.into());
        }
        let held: bag::GetSupplyReply = cx
            .call(
                &bag::GetSupplyArgs {
                    item: SupplyKind::Iron,
                },
            )
            .await?
            .data()?;
        if wanted <= 0 || held.left < args.iron {
            return Err(INSUFFICIENT.into());
        }
        let gained = wanted.min(room);
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: SupplyKind::Iron,
                    amount: ops::mul(gained, config.weapon_upgrade.iron_per_level)
                        .at(
                            "managers/weapon.yaml:93:41: gained * config.weapon_upgrade.iron_per_level",
                        )?,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        w.level = ops::add(w.level, gained)
            .at("managers/weapon.yaml:97:27: w.level + gained")?;
        w.skill_point = ops::add(w.skill_point, gained)
            .at("managers/weapon.yaml:97:58: w.skill_point + gained")?;
        cx.save(
                &SAVE_WEAPON_LEVEL_SKILL_POINT,
                &w,
                &[
                    w.level.param(),
                    w.skill_point.param(),
                    w.player.param(),
                    w.weapon.param(),
                ],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(LevelUpWeaponReply {
                    weapon_bag1: LevelUpWeaponReplyWeaponBag1(
                        w.player,
                        w.level,
                        w.passive1,
                        w.passive2,
                        w.passive3,
                        w.passive4,
                        w.skill_point,
                        w.segment,
                    ),
                    item1: LevelUpWeaponReplyItem1(SupplyKind::Iron, paid.left),
                }),
            ),
        )
    }

    /// Spend one skill point on a passive skill of a weapon.
    #[function(access = Player, writes, fails, declaration = "5fe43ec8353096ec")]
    pub async fn level_up_passive(
        cx: &mut Cx<'_>,
        args: &LevelUpPassiveArgs,
    ) -> Result<Returned, Stop> {
        const NO_WEAPON: Failure = Failure::new(1, "user does not have that weapon");
        const INSUFFICIENT: Failure = Failure::new(
            2,
            "insufficient skill points, upgrade failed",
        );
        const NO_PASSIVE: Failure = Failure::new(9, "passive skill does not exist");
        let caller = cx.caller()?;
        let mut w: Weapon = cx
            .get(&LOCK_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .row()?
            .ok_or(NO_WEAPON)?;
        if w.star <= 0 {
            return Err(NO_WEAPON.into());
        }
        if w.skill_point <= 0 {
            return Err(INSUFFICIENT.into());
        }
        let add1: i64 = if args.passive == "passive_skill_1_level" { 1 } else { 0 };
        let add2: i64 = if args.passive == "passive_skill_2_level" { 1 } else { 0 };
        let add3: i64 = if args.passive == "passive_skill_3_level" { 1 } else { 0 };
        let add4: i64 = if args.passive == "passive_skill_4_level" { 1 } else { 0 };
        if ops::sum([add1, add2, add3, add4])
            .at("managers/weapon.yaml:124:22: add1 + add2 + add3 + add4")? != 1
        {
            return Err(NO_PASSIVE.into());
        }
        w.skill_point = ops::sub(w.skill_point, 1)
            .at("managers/weapon.yaml:128:28: w.skill_point - 1")?;
        w.passive1 = ops::add(w.passive1, add1)
            .at("managers/weapon.yaml:129:25: w.passive1 + add1")?;
        w.passive2 = ops::add(w.passive2, add2)
            .at("managers/weapon.yaml:130:25: w.passive2 + add2")?;
        w.passive3 = ops::add(w.passive3, add3)
            .at("managers/weapon.yaml:131:25: w.passive3 + add3")?;
        w.passive4 = ops::add(w.passive4, add4)
            .at("managers/weapon.yaml:132:25: w.passive4 + add4")?;
        cx.save(
                &SAVE_WEAPON_SKILL_POINT_PASSIVE1_AND_3_MORE,
                &w,
                &[
                    w.skill_point.param(),
                    w.passive1.param(),
                    w.passive2.param(),
                    w.passive3.param(),
                    w.passive4.param(),
                    w.player.param(),
                    w.weapon.param(),
                ],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(LevelUpPassiveReply {
                    weapon_bag1: LevelUpPassiveReplyWeaponBag1(
                        w.player,
                        w.level,
                        w.passive1,
                        w.passive2,
                        w.passive3,
                        w.passive4,
                        w.skill_point,
                        w.segment,
                    ),
                }),
            ),
        )
    }

    /// Take all points back from a weapon's passive skills, for coins.
    #[function(
        access = Player,
        writes,
        reaches = ["bag"],
        fails,
        declaration = "af8f61796f009cef"
    )]
    pub async fn reset_weapon_skill_point(
        cx: &mut Cx<'_>,
        args: &ResetWeaponSkillPointArgs,
    ) -> Result<Returned, Stop> {
        const NO_WEAPON: Failure = Failure::new(1, "user does not have that weapon");
        const NOTHING: Failure = Failure::new(9, "no skill points to take back");
        const INSUFFICIENT: Failure = Failure::new(2, "insufficient gold coins");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let mut w: Weapon = cx
            .get(&LOCK_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .row()?
            .ok_or(NO_WEAPON)?;
        if w.star <= 0 {
            return Err(NO_WEAPON.into());
        }
        if ops::sum([w.passive1, w.passive2, w.passive3, w.passive4])
            .at(
                "managers/weapon.yaml:149:22: w.passive1 + w.passive2 + w.passive3 + w.passive4",
            )? <= 0
        {
            return Err(NOTHING.into());
        }
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: SupplyKind::Coin,
                    amount: config.weapon_growth.reset_coins,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        w.skill_point = ops::sum([
                w.skill_point,
                w.passive1,
                w.passive2,
                w.passive3,
                w.passive4,
            ])
            .at(
                "managers/weapon.yaml:157:28: w.skill_point + w.passive1 + w.passive2 + w.passive3 + w.passive4",
            )?;
        w.passive1 = 0;
        w.passive2 = 0;
        w.passive3 = 0;
        w.passive4 = 0;
        cx.save(
                &SAVE_WEAPON_SKILL_POINT_PASSIVE1_AND_3_MORE,
                &w,
                &[
                    w.skill_point.param(),
                    w.passive1.param(),
                    w.passive2.param(),
                    w.passive3.param(),
                    w.passive4.param(),
                    w.player.param(),
                    w.weapon.param(),
                ],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(ResetWeaponSkillPointReply {
                    weapon_bag1: ResetWeaponSkillPointReplyWeaponBag1(
                        w.player,
                        w.level,
                        w.passive1,
                        w.passive2,
                        w.passive3,
                        w.passive4,
                        w.skill_point,
                        w.segment,
                    ),
                    item1: ResetWeaponSkillPointReplyItem1(SupplyKind::Coin, paid.left),
                }),
            ),
        )
    }

    /// Spend segments to raise a weapon's star; each star costs more than the one before.
    #[function(access = Player, writes, fails, declaration = "08ed300a57ebe3c5")]
    pub async fn level_up_weapon_star(
        cx: &mut Cx<'_>,
        args: &LevelUpWeaponStarArgs,
    ) -> Result<Returned, Stop> {
        const NO_WEAPON: Failure = Failure::new(1, "user does not have that weapon");
        const MAX_STAR: Failure = Failure::new(9, "weapon has reached max star");
        const INSUFFICIENT: Failure = Failure::new(
            2,
            "insufficient segments, upgrade failed",
        );
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let mut w: Weapon = cx
            .get(&LOCK_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .row()?
            .ok_or(NO_WEAPON)?;
        if w.star <= 0 {
            return Err(NO_WEAPON.into());
        }
        if w.star >= 10 {
            return Err(MAX_STAR.into());
        }
        let price = ops::mul(
                config.weapon_growth.segments_per_star,
                ops::add(w.star, 1).at("managers/weapon.yaml:181:68: (w.star + 1)")?,
            )
            .at(
                "managers/weapon.yaml:181:27: config.weapon_growth.segments_per_star * (w.star + 1)",
            )?;
        if w.segment < price {
            return Err(
                INSUFFICIENT
                    .with(
                        &LevelUpWeaponStarReplyInsufficient {
                            price,
                        },
                    )
                    .into(),
            );
        }
        w.star = ops::add(w.star, 1).at("managers/weapon.yaml:186:26: w.star + 1")?;
        w.segment = ops::sub(w.segment, price)
            .at("managers/weapon.yaml:186:47: w.segment - price")?;
        cx.save(
                &SAVE_WEAPON_STAR_SEGMENT,
                &w,
                &[w.star.param(), w.segment.param(), w.player.param(), w.weapon.param()],
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(LevelUpWeaponStarReply {
                    weapon_bag1: LevelUpWeaponStarReplyWeaponBag1(
                        w.player,
                        w.level,
                        w.passive1,
                        w.passive2,
                        w.passive3,
                        w.passive4,
                        w.skill_point,
                        w.segment,
                    ),
                    star: w.star,
                }),
            ),
        )
    }

    /// Give the caller segments of a weapon, which may come before the weapon itself.
    #[function(access = Internal, writes, declaration = "8e627909b6df05db")]
    pub async fn add_segments(
        cx: &mut Cx<'_>,
        args: &AddSegmentsArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut w: Weapon = match cx
            .get(&LOCK_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Weapon {
                    player: caller.clone(),
                    weapon: args.weapon,
                    star: 0,
                    level: 0,
                    passive1: 0,
                    passive2: 0,
                    passive3: 0,
                    passive4: 0,
                    skill_point: 0,
                    segment: 0,
                }
            }
        };
        w.segment = ops::add(w.segment, args.amount)
            .at("managers/weapon.yaml:200:29: w.segment + args.amount")?;
        cx.keep_in_bounds(&mut w);
        cx.save(&UPSERT_WEAPON_SEGMENT, &w, &w.params()).await?;
        Ok(
            Returned::success(
                Box::new(AddSegmentsReply {
                    segment: w.segment,
                }),
            ),
        )
    }

    /// Give the caller segments of some weapon, or the weapon itself where it is not held yet.
    #[function(
        access = Internal,
        writes,
        outcomes = [1],
        declaration = "8579062b4f3e6949"
    )]
    pub async fn random_gift_segment(
        cx: &mut Cx<'_>,
        _args: &RandomGiftSegmentArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let drawn = cx
            .draw_one(
                &config.gift_weapons,
                |_| Ok(1),
                "managers/weapon.yaml:208:13: draw",
            )?;
        let mut w: Weapon = match cx
            .get(&LOCK_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), drawn.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Weapon {
                    player: caller.clone(),
                    weapon: drawn,
                    star: 0,
                    level: 0,
                    passive1: 0,
                    passive2: 0,
                    passive3: 0,
                    passive4: 0,
                    skill_point: 0,
                    segment: 0,
                }
            }
        };
        if w.star > 0 {
            w.segment = ops::add(w.segment, config.weapon_growth.gift_segments)
                .at(
                    "managers/weapon.yaml:217:33: w.segment + config.weapon_growth.gift_segments",
                )?;
            cx.keep_in_bounds(&mut w);
            cx.save(&UPSERT_WEAPON_SEGMENT, &w, &w.params()).await?;
            return Ok(
                Returned::success(
                    Box::new(RandomGiftSegmentReply {
                        kind: RewardKind::Segment,
                        name: drawn.as_str().to_owned(),
                        amount: config.weapon_growth.gift_segments,
                    }),
                ),
            );
        }
        w.star = 1;
        cx.save(&UPSERT_WEAPON_STAR, &w, &w.params()).await?;
        Ok(
            Returned::outcome(
                1,
                "a weapon, not held before",
                Box::new(RandomGiftSegmentReply {
                    kind: RewardKind::Weapon,
                    name: drawn.as_str().to_owned(),
                    amount: 1,
                }),
            ),
        )
    }
}
