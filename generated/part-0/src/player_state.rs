//! A player's energy, and how far they have come.
//!
//! Written by `cargo xtask gen` from managers/player_state.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::bag;
use crate::enums::SupplyKind;
use crate::formulas;

/// What a player had at a time. Energy comes back as time goes by, and is reckoned when it is looked at.
#[derive(Clone, Table)]
#[table(name = "player_state_state")]
pub struct State {
    pub player: PlayerId,
    /// What there was at `since`.
    #[column(min = 0, max = 10)]
    pub energy: i64,
    /// From when the next point of energy is waited for.
    pub since: Time,
    /// The last level that was passed.
    #[column(min = 0)]
    pub level: i64,
}

/// Args of `get_player_state`.
#[derive(Args)]
pub struct GetPlayerStateArgs {}

/// Reply of `get_player_state`.
#[derive(Reply)]
pub struct GetPlayerStateReply {
    pub energy: i64,
    pub next_in_ms: i64,
    pub level: i64,
}

/// Args of `increase_energy`.
#[derive(Args)]
pub struct IncreaseEnergyArgs {
    #[arg(min = 1)]
    pub energy: i64,
}

/// Reply of `increase_energy`.
#[derive(Reply)]
pub struct IncreaseEnergyReply {
    pub energy: i64,
    pub next_in_ms: i64,
}

/// Args of `decrease_energy`.
#[derive(Args)]
pub struct DecreaseEnergyArgs {
    #[arg(min = 1)]
    pub energy: i64,
}

/// Reply of `decrease_energy`.
#[derive(Reply)]
pub struct DecreaseEnergyReply {
    pub energy: i64,
    pub next_in_ms: i64,
}

/// Args of `pass_level`.
#[derive(Args)]
pub struct PassLevelArgs {
    pub level_id: i64,
}

/// Reply of `pass_level`.
#[derive(Reply)]
pub struct PassLevelReply {
    pub level: i64,
}

static CREATE_STATE: Statement = Statement {
    name: "player_state.state.create",
    sqlite: r#"CREATE TABLE "player_state_state" (
  "player" TEXT NOT NULL,
  "energy" INTEGER NOT NULL DEFAULT 10
    CONSTRAINT "player_state_state_energy_min" CHECK ("energy" >= 0)
    CONSTRAINT "player_state_state_energy_max" CHECK ("energy" <= 10),
  "since" INTEGER NOT NULL DEFAULT 0,
  "level" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "player_state_state_level_min" CHECK ("level" >= 0),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "player_state_state" (
  "player" TEXT COLLATE "C" NOT NULL,
  "energy" BIGINT NOT NULL DEFAULT 10
    CONSTRAINT "player_state_state_energy_min" CHECK ("energy" >= 0)
    CONSTRAINT "player_state_state_energy_max" CHECK ("energy" <= 10),
  "since" BIGINT NOT NULL DEFAULT 0,
  "level" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "player_state_state_level_min" CHECK ("level" >= 0),
  CONSTRAINT "player_state_state_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `player_state_state` (
  `player` VARCHAR(255) NOT NULL,
  `energy` BIGINT NOT NULL DEFAULT 10,
  `since` BIGINT NOT NULL DEFAULT 0,
  `level` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `player_state_state_energy_min` CHECK (`energy` >= 0),
  CONSTRAINT `player_state_state_energy_max` CHECK (`energy` <= 10),
  CONSTRAINT `player_state_state_level_min` CHECK (`level` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static GET_STATE_BY_PLAYER: Statement = Statement {
    name: "player_state.state.get_by_player",
    sqlite: r#"SELECT "player", "energy", "since", "level" FROM "player_state_state" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "energy", "since", "level" FROM "player_state_state" WHERE "player" = $1"#,
    mysql: "SELECT `player`, `energy`, `since`, `level` FROM `player_state_state` WHERE `player` = ?",
};

static LOCK_STATE_BY_PLAYER: Statement = Statement {
    name: "player_state.state.lock_by_player",
    sqlite: r#"SELECT "player", "energy", "since", "level" FROM "player_state_state" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "energy", "since", "level"
FROM "player_state_state"
WHERE "player" = $1
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `energy`, `since`, `level`
FROM `player_state_state`
WHERE `player` = ?
FOR UPDATE"#,
};

static UPSERT_STATE_ENERGY_SINCE: Statement = Statement {
    name: "player_state.state.upsert_energy_since",
    sqlite: r#"INSERT INTO "player_state_state" ("player", "energy", "since", "level")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player") DO UPDATE SET "energy" = excluded."energy", "since" = excluded."since""#,
    postgres: r#"INSERT INTO "player_state_state" ("player", "energy", "since", "level")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player") DO UPDATE SET "energy" = excluded."energy", "since" = excluded."since""#,
    mysql: r#"INSERT INTO `player_state_state` (`player`, `energy`, `since`, `level`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `energy` = VALUES(`energy`), `since` = VALUES(`since`)"#,
};

static UPSERT_STATE_LEVEL: Statement = Statement {
    name: "player_state.state.upsert_level",
    sqlite: r#"INSERT INTO "player_state_state" ("player", "energy", "since", "level")
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT ("player") DO UPDATE SET "level" = excluded."level""#,
    postgres: r#"INSERT INTO "player_state_state" ("player", "energy", "since", "level")
VALUES ($1, $2, $3, $4)
ON CONFLICT ("player") DO UPDATE SET "level" = excluded."level""#,
    mysql: r#"INSERT INTO `player_state_state` (`player`, `energy`, `since`, `level`)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `level` = VALUES(`level`)"#,
};

/// A player's energy, and how far they have come.
pub struct PlayerStateManager;

#[manager(
    name = "player_state",
    port = 8081,
    migrations = crate::migrations::PLAYER_STATE,
    schema = [CREATE_STATE]
)]
impl PlayerStateManager {
    /// The caller's energy, when the next point of it comes, and the last level passed.
    #[function(access = Player, one_query, declaration = "e4e835e3f1974961")]
    pub async fn get_player_state(
        cx: &mut Cx<'_>,
        _args: &GetPlayerStateArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let s: State = match cx
            .get(&GET_STATE_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                State {
                    player: caller.clone(),
                    energy: 10,
                    since: Time(0),
                    level: 0,
                }
            }
        };
        let back = formulas::points_back(&config, s.since, now)?;
        let energy = i64::min(
            10,
            ops::add(s.energy, back)
                .at("managers/player_state.yaml:34:72: s.energy + back")?,
        );
        Ok(
            Returned::success(
                Box::new(GetPlayerStateReply {
                    energy,
                    next_in_ms: if energy == 10 {
                        0
                    } else {
                        ops::sub(
                                formulas::after_points(
                                        &config,
                                        s.since,
                                        ops::add(back, 1)
                                            .at("managers/player_state.yaml:37:79: back + 1")?,
                                    )?
                                    .0,
                                now.0,
                            )
                            .at(
                                "managers/player_state.yaml:37:57: after_points(s.since, back + 1) - now",
                            )?
                    },
                    level: s.level,
                }),
            ),
        )
    }

    /// Give a player energy, as far as there is room for it.
    #[function(access = Admin, writes, fails, declaration = "fa2bce8534c76a3e")]
    pub async fn increase_energy(
        cx: &mut Cx<'_>,
        args: &IncreaseEnergyArgs,
    ) -> Result<Returned, Stop> {
        const ENERGY_ERROR: Failure = Failure::new(1, "energy error");
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let mut s: State = match cx
            .get(&LOCK_STATE_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                State {
                    player: caller.clone(),
                    energy: 10,
                    since: Time(0),
                    level: 0,
                }
            }
        };
        let back = formulas::points_back(&config, s.since, now)?;
        let energy = i64::min(
            10,
            ops::add(s.energy, back)
                .at("managers/player_state.yaml:48:72: s.energy + back")?,
        );
        let since = formulas::after_points(&config, s.since, back)?;
        if args.energy
            > ops::sub(10, energy).at("managers/player_state.yaml:49:37: 10 - energy")?
        {
            return Err(ENERGY_ERROR.into());
        }
        s.energy = ops::add(energy, args.energy)
            .at("managers/player_state.yaml:52:28: energy + args.energy")?;
        s.since = since;
        cx.save(&UPSERT_STATE_ENERGY_SINCE, &s, &s.params()).await?;
        Ok(
            Returned::success(
                Box::new(IncreaseEnergyReply {
                    energy: s.energy,
                    next_in_ms: if s.energy == 10 {
                        0
                    } else {
                        ops::sub(formulas::after_points(&config, since, 1)?.0, now.0)
                            .at(
                                "managers/player_state.yaml:55:59: after_points(since, 1) - now",
                            )?
                    },
                }),
            ),
        )
    }

    /// Spend energy.
    #[function(access = Player, writes, fails, declaration = "5e46905f4923cc22")]
    pub async fn decrease_energy(
        cx: &mut Cx<'_>,
        args: &DecreaseEnergyArgs,
    ) -> Result<Returned, Stop> {
        const ENERGY_ERROR: Failure = Failure::new(1, "energy error");
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let mut s: State = match cx
            .get(&LOCK_STATE_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                State {
                    player: caller.clone(),
                    energy: 10,
                    since: Time(0),
                    level: 0,
                }
            }
        };
        let back = formulas::points_back(&config, s.since, now)?;
        let energy = i64::min(
            10,
            ops::add(s.energy, back)
                .at("managers/player_state.yaml:64:72: s.energy + back")?,
        );
        if args.energy > energy {
            return Err(ENERGY_ERROR.into());
        }
        let since = if energy == 10 {
            now
        } else {
            formulas::after_points(&config, s.since, back)?
        };
        s.energy = ops::sub(energy, args.energy)
            .at("managers/player_state.yaml:70:28: energy - args.energy")?;
        s.since = since;
        cx.save(&UPSERT_STATE_ENERGY_SINCE, &s, &s.params()).await?;
        Ok(
            Returned::success(
                Box::new(DecreaseEnergyReply {
                    energy: s.energy,
                    next_in_ms: ops::sub(
                            formulas::after_points(&config, since, 1)?.0,
                            now.0,
                        )
                        .at(
                            "managers/player_state.yaml:71:54: after_points(since, 1) - now",
                        )?,
                }),
            ),
        )
    }

    /// Pass the level after the last one, for experience and coins.
    #[function(
        access = Player,
        writes,
        reaches = ["bag"],
        fails,
        declaration = "ac67e622ad024e54"
    )]
    pub async fn pass_level(
        cx: &mut Cx<'_>,
        args: &PassLevelArgs,
    ) -> Result<Returned, Stop> {
        const INVALID_STATE: Failure = Failure::new(1, "invalid state");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let mut s: State = match cx
            .get(&LOCK_STATE_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                State {
                    player: caller.clone(),
                    energy: 10,
                    since: Time(0),
                    level: 0,
                }
            }
        };
        if args.level_id
            != ops::add(s.level, 1).at("managers/player_state.yaml:82:39: s.level + 1")?
        {
            return Err(INVALID_STATE.into());
        }
        let reward = ops::index(&config.levels, s.level).ok_or(INVALID_STATE)?;
        s.level = ops::add(s.level, 1)
            .at("managers/player_state.yaml:88:27: s.level + 1")?;
        cx.save(&UPSERT_STATE_LEVEL, &s, &s.params()).await?;
        cx.call(
                &bag::AddSupplyArgs {
                    item: SupplyKind::ExperiencePotion,
                    amount: reward.experience,
                },
            )
            .await?;
        cx.call(
                &bag::AddSupplyArgs {
                    item: SupplyKind::Coin,
                    amount: reward.coin,
                },
            )
            .await?;
        Ok(Returned::success(Box::new(PassLevelReply { level: s.level })))
    }
}
