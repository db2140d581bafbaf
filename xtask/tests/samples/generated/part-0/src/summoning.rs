//! A wall of twelve covered prizes; one pays per prize.
//!
//! Written by `cargo xtask gen` from managers/summoning.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::bag;
use crate::calls::reward;
use crate::enums::Item;
use crate::types;

/// A row of `cell`.
#[derive(Clone, Table)]
#[table(name = "summoning_cell")]
pub struct Cell {
    pub player: PlayerId,
    pub place: i64,
    pub what: types::Reward,
    pub weight: i64,
    pub taken: bool,
}

/// A row of `wall`.
#[derive(Clone, Table)]
#[table(name = "summoning_wall")]
pub struct Wall {
    pub player: PlayerId,
    pub until: Option<Time>,
}

/// Args of `draw_wall`.
#[derive(Args, Outgoing)]
#[callee(manager = "summoning", function = "draw_wall")]
pub struct DrawWallArgs {}

/// Reply of `draw_wall`.
#[derive(Clone, Reply, Incoming)]
pub struct DrawWallReply {
    pub spots: Vec<types::Spot>,
}

/// Args of `dozen_d`.
#[derive(Args)]
pub struct DozenDArgs {}

/// Reply of `dozen_d`.
#[derive(Reply)]
pub struct DozenDReply {
    pub pid: Vec<i64>,
    pub remaining: i64,
    pub reward: Vec<reward::GiveReply>,
    pub refresh: Vec<types::Spot>,
}

static CREATE_CELL: Statement = Statement {
    name: "summoning.cell.create",
    sqlite: r#"CREATE TABLE "summoning_cell" (
  "player" TEXT NOT NULL,
  "place" INTEGER NOT NULL,
  "what" TEXT NOT NULL,
  "weight" INTEGER NOT NULL,
  "taken" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "summoning_cell_taken_bool" CHECK ("taken" IN (0, 1)),
  PRIMARY KEY ("player", "place")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "summoning_cell" (
  "player" TEXT COLLATE "C" NOT NULL,
  "place" BIGINT NOT NULL,
  "what" TEXT COLLATE "C" NOT NULL,
  "weight" BIGINT NOT NULL,
  "taken" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "summoning_cell_taken_bool" CHECK ("taken" IN (0, 1)),
  CONSTRAINT "summoning_cell_pkey" PRIMARY KEY ("player", "place")
)"#,
    mysql: r#"CREATE TABLE `summoning_cell` (
  `player` VARCHAR(255) NOT NULL,
  `place` BIGINT NOT NULL,
  `what` LONGTEXT NOT NULL,
  `weight` BIGINT NOT NULL,
  `taken` TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `place`),
  CONSTRAINT `summoning_cell_taken_bool` CHECK (`taken` IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static CREATE_WALL: Statement = Statement {
    name: "summoning.wall.create",
    sqlite: r#"CREATE TABLE "summoning_wall" (
  "player" TEXT NOT NULL,
  "until" INTEGER,
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "summoning_wall" (
  "player" TEXT COLLATE "C" NOT NULL,
  "until" BIGINT,
  CONSTRAINT "summoning_wall_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `summoning_wall` (
  `player` VARCHAR(255) NOT NULL,
  `until` BIGINT,
  PRIMARY KEY (`player`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static SELECT_CELL_BY_PLAYER_TAKEN: Statement = Statement {
    name: "summoning.cell.select_by_player_taken",
    sqlite: r#"SELECT "player", "place", "what", "weight", "taken"
FROM "summoning_cell"
WHERE "player" = ?1 AND "taken" = ?2"#,
    postgres: r#"SELECT "player", "place", "what", "weight", "taken"
FROM "summoning_cell"
WHERE "player" = $1 AND "taken" = $2"#,
    mysql: r#"SELECT `player`, `place`, `what`, `weight`, `taken`
FROM `summoning_cell`
WHERE `player` = ? AND `taken` = ?"#,
};

static LOCK_WALL_BY_PLAYER: Statement = Statement {
    name: "summoning.wall.lock_by_player",
    sqlite: r#"SELECT "player", "until" FROM "summoning_wall" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "until" FROM "summoning_wall" WHERE "player" = $1 FOR UPDATE"#,
    mysql: "SELECT `player`, `until` FROM `summoning_wall` WHERE `player` = ? FOR UPDATE",
};

static REPLACE_CELL: Statement = Statement {
    name: "summoning.cell.replace",
    sqlite: r#"INSERT INTO "summoning_cell" ("player", "place", "what", "weight", "taken")
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT ("player", "place") DO UPDATE SET "what" = excluded."what", "weight" = excluded."weight", "taken" = excluded."taken""#,
    postgres: r#"INSERT INTO "summoning_cell" ("player", "place", "what", "weight", "taken")
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT ("player", "place") DO UPDATE SET "what" = excluded."what", "weight" = excluded."weight", "taken" = excluded."taken""#,
    mysql: r#"INSERT INTO `summoning_cell` (`player`, `place`, `what`, `weight`, `taken`)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE `what` = VALUES(`what`), `weight` = VALUES(`weight`), `taken` = VALUES(`taken`)"#,
};

static UPSERT_WALL_UNTIL: Statement = Statement {
    name: "summoning.wall.upsert_until",
    sqlite: r#"INSERT INTO "summoning_wall" ("player", "until")
VALUES (?1, ?2)
ON CONFLICT ("player") DO UPDATE SET "until" = excluded."until""#,
    postgres: r#"INSERT INTO "summoning_wall" ("player", "until")
VALUES ($1, $2)
ON CONFLICT ("player") DO UPDATE SET "until" = excluded."until""#,
    mysql: r#"INSERT INTO `summoning_wall` (`player`, `until`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `until` = VALUES(`until`)"#,
};

/// A wall of twelve covered prizes; one pays per prize.
pub struct SummoningManager;

#[manager(name = "summoning", port = 8095, schema = [CREATE_CELL, CREATE_WALL])]
impl SummoningManager {
    /// Twelve prizes in a mixed order. Changes nothing.
    #[function(access = Internal, one_query, declaration = "045fc245da291e34")]
    pub async fn draw_wall(
        cx: &mut Cx<'_>,
        _args: &DrawWallArgs,
    ) -> Result<Returned, Stop> {
        let config = cx.config::<crate::config::Config>()?;
        let places = cx
            .draw(
                &ops::range(0, 11).at("managers/summoning.yaml:23:24: range(0, 11)")?,
                |_| Ok(1),
                12,
                true,
                "managers/summoning.yaml:23:13: draw",
            )?;
        let others = cx
            .draw(
                &config.summon_d.other,
                |_| Ok(1),
                8,
                false,
                "managers/summoning.yaml:27:13: draw",
            )?;
        let mut spots: Vec<types::Spot> = Vec::new();
        for (i, g) in (0_i64..)
            .zip([config.summon_d.must.as_slice(), others.as_slice()].concat())
        {
            spots
                .push(types::Spot {
                    place: ops::index(&places, i)
                        .at("managers/summoning.yaml:31:29: places[i]")?,
                    what: types::Reward {
                        group: g.group,
                        id: ops::index(
                                &g.ids,
                                cx
                                    .random(
                                        0,
                                        ops::sub(ops::len(&g.ids), 1)
                                            .at("managers/summoning.yaml:31:86: len(g.ids) - 1")?,
                                        "managers/summoning.yaml:31:76: random(0, len(g.ids) - 1)",
                                    )?,
                            )
                            .at(
                                "managers/summoning.yaml:31:70: g.ids[random(0, len(g.ids) - 1)]",
                            )?,
                        amount: g.amount,
                    },
                    weight: g.weight,
                });
        }
        Ok(Returned::success(Box::new(DrawWallReply { spots })))
    }

    /// Take every prize still covered, pay for each, and cover a new wall.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "reward",
        ],
        fails,
        declaration = "75148213982cbd6e"
    )]
    pub async fn dozen_d(cx: &mut Cx<'_>, _args: &DozenDArgs) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(99, "insufficient materials");
        let caller = cx.caller()?;
        let now = cx.now();
        let config = cx.config::<crate::config::Config>()?;
        let covered: Vec<Cell> = cx
            .select(&SELECT_CELL_BY_PLAYER_TAKEN, &[caller.param(), false.param()])
            .await?
            .rows()?;
        let mut w: Wall = match cx
            .get(&LOCK_WALL_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Wall {
                    player: caller.clone(),
                    until: None,
                }
            }
        };
        let fresh: DrawWallReply = cx.call(&DrawWallArgs {}).await?.data()?;
        let first: DrawWallReply = cx.call(&DrawWallArgs {}).await?.data()?;
        let mut left: Vec<types::Spot> = Vec::new();
        for c in covered {
            left.push(types::Spot {
                place: c.place,
                what: c.what,
                weight: c.weight,
            });
        }
        let scrolls: bag::GetSupplyReply = cx
            .call(
                &bag::GetSupplyArgs {
                    item: Item::SummonScrollD,
                },
            )
            .await?
            .data()?;
        let prizes = if ops::len(&left) > 0 { left.clone() } else { first.spots };
        let grid = ops::len(&prizes);
        let by_scroll = scrolls.left >= grid;
        let multiple = if grid < 12 {
            grid
        } else {
            ops::mul(grid, 2).at("managers/summoning.yaml:60:55: grid * 2")?
        };
        let paid: bag::SpendSupplyReply = match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: if by_scroll { Item::SummonScrollD } else { Item::Diamond },
                    amount: if by_scroll {
                        grid
                    } else {
                        ops::mul(grid, config.summon_d.price)
                            .at(
                                "managers/summoning.yaml:62:118: grid * config.summon_d.price",
                            )?
                    },
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?.data()?,
        };
        let rows: Vec<_> = fresh
            .spots
            .iter()
            .map(|s| Cell {
                player: caller.clone(),
                place: s.place,
                what: s.what.clone(),
                weight: s.weight,
                taken: false,
            })
            .collect();
        cx.insert_all(&REPLACE_CELL, &rows, Cell::params).await?;
        w.until = Some(
            w
                .until
                .unwrap_or(now)
                .max(
                    Time(
                        ops::add(
                                now.0,
                                ops::mul(config.summon_d.hours, 3600000)
                                    .at(
                                        "managers/summoning.yaml:70:61: hours(config.summon_d.hours)",
                                    )?,
                            )
                            .at(
                                "managers/summoning.yaml:70:55: now + hours(config.summon_d.hours)",
                            )?,
                    ),
                ),
        );
        cx.save(&UPSERT_WALL_UNTIL, &w, &w.params()).await?;
        let mut gained: Vec<reward::GiveReply> = Vec::new();
        for p in &prizes {
            let got: reward::GiveReply = cx
                .call(
                    &reward::GiveArgs {
                        what: p.what.clone(),
                        times: 1,
                    },
                )
                .await?
                .data()?;
            gained.push(got);
        }
        let mut extra: Vec<reward::GiveReply> = Vec::new();
        for b in &config.summon_d.bonus {
            let got: reward::GiveReply = cx
                .call(
                    &reward::GiveArgs {
                        what: b.clone(),
                        times: multiple,
                    },
                )
                .await?
                .data()?;
            extra.push(got);
        }
        Ok(
            Returned::success(
                Box::new(DozenDReply {
                    pid: prizes.iter().map(|item| item.place).collect::<Vec<_>>(),
                    remaining: paid.left,
                    reward: [gained.as_slice(), extra.as_slice()].concat(),
                    refresh: fresh.spots,
                }),
            ),
        )
    }
}
