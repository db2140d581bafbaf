//! Weapons, their levels, stars and passive skills.
//!
//! Written by `cargo xtask gen` from managers/weapon.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::bag;
use crate::enums::SupplyKind;

/// A weapon that a player holds.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "weapon_weapon")]
pub struct Weapon {
    pub player: PlayerId,
    #[column(max = 32)]
    pub weapon: String,
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
#[derive(Clone, Debug, PartialEq, Args)]
pub struct GetAllWeaponArgs {}

/// Reply of `get_all_weapon`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct GetAllWeaponReply {
    pub weapons: Vec<GetAllWeaponReplyWeapons>,
}

/// A list of fixed length in the reply of `get_all_weapon`: travels as a JSON array.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct GetAllWeaponReplyWeapons(
    pub String,
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
#[derive(Clone, Debug, PartialEq, Args)]
pub struct GiveWeaponArgs {
    #[arg(min = 1, max = 32)]
    pub weapon: String,
}

/// Reply of `give_weapon`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct GiveWeaponReply {
    pub weapon: String,
    pub star: i64,
    pub segment: i64,
}

/// Args of `level_up_weapon`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct LevelUpWeaponArgs {
    #[arg(max = 32)]
    pub weapon: String,
    #[arg(min = 1)]
    pub iron: i64,
}

/// Reply of `level_up_weapon`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct LevelUpWeaponReply {
    pub weapon_bag1: LevelUpWeaponReplyWeaponBag1,
    pub item1: LevelUpWeaponReplyItem1,
}

/// A list of fixed length in the reply of `level_up_weapon`: travels as a JSON array.
#[derive(Clone, Debug, PartialEq, Reply)]
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
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct LevelUpWeaponReplyItem1(pub SupplyKind, pub i64);

/// Args of `level_up_passive`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct LevelUpPassiveArgs {
    #[arg(max = 32)]
    pub weapon: String,
    /// passive_skill_1_level to passive_skill_4_level.
    #[arg(max = 32)]
    pub passive: String,
}

/// Reply of `level_up_passive`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct LevelUpPassiveReply {
    pub weapon_bag1: LevelUpPassiveReplyWeaponBag1,
}

/// A list of fixed length in the reply of `level_up_passive`: travels as a JSON array.
#[derive(Clone, Debug, PartialEq, Reply)]
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

static CREATE_WEAPON: Statement = Statement {
    name: "weapon.weapon.create",
    sqlite: r#"CREATE TABLE "weapon_weapon" (
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
};

static SELECT_WEAPON_BY_PLAYER_ORDER_WEAPON_FIRST: Statement = Statement {
    name: "weapon.weapon.select_by_player_order_weapon_first",
    sqlite: r#"SELECT "player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment"
FROM "weapon_weapon"
WHERE "player" = ?1
ORDER BY "weapon"
LIMIT ?2"#,
};

static GET_WEAPON_BY_PLAYER_WEAPON: Statement = Statement {
    name: "weapon.weapon.get_by_player_weapon",
    sqlite: r#"SELECT "player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment"
FROM "weapon_weapon"
WHERE "player" = ?1 AND "weapon" = ?2"#,
};

static UPSERT_WEAPON_SEGMENT: Statement = Statement {
    name: "weapon.weapon.upsert_segment",
    sqlite: r#"INSERT INTO "weapon_weapon" ("player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT ("player", "weapon") DO UPDATE SET "segment" = excluded."segment""#,
};

static UPSERT_WEAPON_STAR: Statement = Statement {
    name: "weapon.weapon.upsert_star",
    sqlite: r#"INSERT INTO "weapon_weapon" ("player", "weapon", "star", "level", "passive1", "passive2", "passive3", "passive4", "skill_point", "segment")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT ("player", "weapon") DO UPDATE SET "star" = excluded."star""#,
};

static SAVE_WEAPON_LEVEL_SKILL_POINT: Statement = Statement {
    name: "weapon.weapon.save_level_skill_point",
    sqlite: r#"UPDATE "weapon_weapon"
SET "level" = ?1, "skill_point" = ?2
WHERE "player" = ?3 AND "weapon" = ?4"#,
};

static SAVE_WEAPON_SKILL_POINT_PASSIVE1_AND_3_MORE: Statement = Statement {
    name: "weapon.weapon.save_skill_point_passive1_and_3_more",
    sqlite: r#"UPDATE "weapon_weapon"
SET "skill_point" = ?1, "passive1" = ?2, "passive2" = ?3, "passive3" = ?4, "passive4" = ?5
WHERE "player" = ?6 AND "weapon" = ?7"#,
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
    #[function(access = Player)]
    pub async fn get_all_weapon(
        cx: &mut Cx<'_>,
        _args: &GetAllWeaponArgs,
    ) -> Result<Returned<GetAllWeaponReply>, Stop> {
        let caller = cx.caller()?;
        let rows: Vec<Weapon> = cx
            .select(
                &SELECT_WEAPON_BY_PLAYER_ORDER_WEAPON_FIRST,
                &[caller.param(), Param::Int(100)],
            )
            .await?;
        Ok(
            Returned::success(GetAllWeaponReply {
                weapons: rows
                    .into_iter()
                    .map(|w| GetAllWeaponReplyWeapons(
                        w.weapon,
                        w.star,
                        w.level,
                        w.passive1,
                        w.passive2,
                        w.passive3,
                        w.passive4,
                        w.skill_point,
                        w.segment,
                    ))
                    .collect(),
            }),
        )
    }

    /// Give the caller a weapon, or 30 segments of it where it is held already.
    #[function(access = Internal, writes, outcomes = [1])]
    pub async fn give_weapon(
        cx: &mut Cx<'_>,
        args: &GiveWeaponArgs,
    ) -> Result<Returned<GiveWeaponReply>, Stop> {
        let caller = cx.caller()?;
        let mut w: Weapon = cx
            .get(&GET_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .unwrap_or_else(|| Weapon {
                player: caller.clone(),
                weapon: args.weapon.clone(),
                star: 0,
                level: 0,
                passive1: 0,
                passive2: 0,
                passive3: 0,
                passive4: 0,
                skill_point: 0,
                segment: 0,
            });
        if w.star > 0 {
            w.segment = ops::add(w.segment, 30)
                .at("managers/weapon.yaml:46:33: w.segment + 30")?;
            cx.save(&UPSERT_WEAPON_SEGMENT, &w, &w.params()).await?;
            return Ok(
                Returned::outcome(
                    1,
                    "weapon already held",
                    GiveWeaponReply {
                        weapon: w.weapon,
                        star: w.star,
                        segment: w.segment,
                    },
                ),
            );
        }
        w.star = 1;
        cx.save(&UPSERT_WEAPON_STAR, &w, &w.params()).await?;
        Ok(
            Returned::success(GiveWeaponReply {
                weapon: w.weapon,
                star: w.star,
                segment: w.segment,
            }),
        )
    }

    /// Spend iron to raise a weapon's level, 20 iron a level, one skill point a level.
    #[function(access = Player, writes, reaches = ["bag"])]
    pub async fn level_up_weapon(
        cx: &mut Cx<'_>,
        args: &LevelUpWeaponArgs,
    ) -> Result<Returned<LevelUpWeaponReply>, Stop> {
        const NO_WEAPON: Failure = Failure::new(1, "user does not have that weapon");
        const MAX_LEVEL: Failure = Failure::new(9, "weapon has reached max level");
        const INSUFFICIENT: Failure = Failure::new(
            2,
            "insufficient materials, upgrade failed",
        );
        let caller = cx.caller()?;
        let mut w: Weapon = cx
            .get(&GET_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .ok_or(NO_WEAPON)?;
        let iron_per_level: i64 = 20;
        let max_level: i64 = 100;
        let room = ops::sub(max_level, w.level)
            .at("managers/weapon.yaml:67:26: max_level - w.level")?;
        let wanted = ops::div(args.iron, iron_per_level)
            .at("managers/weapon.yaml:67:55: args.iron / iron_per_level")?;
        if room <= 0 {
            return Err(MAX_LEVEL.into());
        }
        let held = cx
            .call::<bag::GetSupply>(
                &bag::GetSupplyArgs {
                    item: SupplyKind::Iron,
                },
            )
            .await?
            .data;
        if wanted <= 0 || held.left < args.iron {
            return Err(INSUFFICIENT.into());
        }
        let gained = wanted.min(room);
        let paid = match cx
            .call::<bag::SpendSupply>(
                &bag::SpendSupplyArgs {
                    item: SupplyKind::Iron,
                    amount: ops::mul(gained, iron_per_level)
                        .at("managers/weapon.yaml:77:41: gained * iron_per_level")?,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data,
        };
        w.level = ops::add(w.level, gained)
            .at("managers/weapon.yaml:81:27: w.level + gained")?;
        w.skill_point = ops::add(w.skill_point, gained)
            .at("managers/weapon.yaml:81:58: w.skill_point + gained")?;
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
            Returned::success(LevelUpWeaponReply {
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
        )
    }

    /// Spend one skill point on a passive skill of a weapon.
    #[function(access = Player, writes)]
    pub async fn level_up_passive(
        cx: &mut Cx<'_>,
        args: &LevelUpPassiveArgs,
    ) -> Result<Returned<LevelUpPassiveReply>, Stop> {
        const NO_WEAPON: Failure = Failure::new(1, "user does not have that weapon");
        const INSUFFICIENT: Failure = Failure::new(
            2,
            "insufficient skill points, upgrade failed",
        );
        const NO_PASSIVE: Failure = Failure::new(9, "passive skill does not exist");
        let caller = cx.caller()?;
        let mut w: Weapon = cx
            .get(&GET_WEAPON_BY_PLAYER_WEAPON, &[caller.param(), args.weapon.param()])
            .await?
            .ok_or(NO_WEAPON)?;
        if w.skill_point <= 0 {
            return Err(INSUFFICIENT.into());
        }
        let add1: i64 = if args.passive == "passive_skill_1_level" { 1 } else { 0 };
        let add2: i64 = if args.passive == "passive_skill_2_level" { 1 } else { 0 };
        let add3: i64 = if args.passive == "passive_skill_3_level" { 1 } else { 0 };
        let add4: i64 = if args.passive == "passive_skill_4_level" { 1 } else { 0 };
        if ops::sum([add1, add2, add3, add4])
            .at("managers/weapon.yaml:106:22: add1 + add2 + add3 + add4")? != 1
        {
            return Err(NO_PASSIVE.into());
        }
        w.skill_point = ops::sub(w.skill_point, 1)
            .at("managers/weapon.yaml:110:28: w.skill_point - 1")?;
        w.passive1 = ops::add(w.passive1, add1)
            .at("managers/weapon.yaml:111:25: w.passive1 + add1")?;
        w.passive2 = ops::add(w.passive2, add2)
            .at("managers/weapon.yaml:112:25: w.passive2 + add2")?;
        w.passive3 = ops::add(w.passive3, add3)
            .at("managers/weapon.yaml:113:25: w.passive3 + add3")?;
        w.passive4 = ops::add(w.passive4, add4)
            .at("managers/weapon.yaml:114:25: w.passive4 + add4")?;
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
            Returned::success(LevelUpPassiveReply {
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
        )
    }
}
