//! Gold of the players.
//!
//! Written by `cargo xtask gen` from managers/purse.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::purse::*;
use crate::calls::ledger;
use crate::calls::weapon;
use crate::enums::Deed;

/// A row of `purse`.
#[derive(Clone, Table)]
#[table(name = "purse_purse")]
pub struct Purse {
    pub player: PlayerId,
    #[column(min = 0)]
    pub gold: i64,
}

/// Args of `begin`.
#[derive(Args)]
pub struct BeginArgs {}

/// Reply of `begin`.
#[derive(Reply)]
pub struct BeginReply {}

/// Args of `gild`.
#[derive(Args)]
pub struct GildArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `gild`.
#[derive(Reply)]
pub struct GildReply {
    pub level: i64,
    pub left: i64,
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
}

/// An object in the reply of `all`.
#[derive(Clone, Reply)]
pub struct AllReplyRows {
    pub player: PlayerId,
    pub gold: i64,
}

static CREATE_PURSE: Statement = Statement {
    name: "purse.purse.create",
    sqlite: r#"CREATE TABLE "purse_purse" (
  "player" TEXT NOT NULL,
  "gold" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "purse_purse_gold_min" CHECK ("gold" >= 0),
  PRIMARY KEY ("player")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "purse_purse" (
  "player" TEXT COLLATE "C" NOT NULL,
  "gold" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "purse_purse_gold_min" CHECK ("gold" >= 0),
  CONSTRAINT "purse_purse_pkey" PRIMARY KEY ("player")
)"#,
    mysql: r#"CREATE TABLE `purse_purse` (
  `player` VARCHAR(255) NOT NULL,
  `gold` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`),
  CONSTRAINT `purse_purse_gold_min` CHECK (`gold` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INSERT_PURSE: Statement = Statement {
    name: "purse.purse.insert",
    sqlite: r#"INSERT INTO "purse_purse" ("player", "gold") VALUES (?1, ?2)"#,
    postgres: r#"INSERT INTO "purse_purse" ("player", "gold") VALUES ($1, $2)"#,
    mysql: "INSERT INTO `purse_purse` (`player`, `gold`) VALUES (?, ?)",
};

static LOCK_PURSE_BY_PLAYER: Statement = Statement {
    name: "purse.purse.lock_by_player",
    sqlite: r#"SELECT "player", "gold" FROM "purse_purse" WHERE "player" = ?1"#,
    postgres: r#"SELECT "player", "gold" FROM "purse_purse" WHERE "player" = $1 FOR UPDATE"#,
    mysql: "SELECT `player`, `gold` FROM `purse_purse` WHERE `player` = ? FOR UPDATE",
};

static UPSERT_PURSE_GOLD: Statement = Statement {
    name: "purse.purse.upsert_gold",
    sqlite: r#"INSERT INTO "purse_purse" ("player", "gold")
VALUES (?1, ?2)
ON CONFLICT ("player") DO UPDATE SET "gold" = excluded."gold""#,
    postgres: r#"INSERT INTO "purse_purse" ("player", "gold")
VALUES ($1, $2)
ON CONFLICT ("player") DO UPDATE SET "gold" = excluded."gold""#,
    mysql: r#"INSERT INTO `purse_purse` (`player`, `gold`)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE `gold` = VALUES(`gold`)"#,
};

static SELECT_PURSE_ALL_ORDER_PLAYER_FIRST_OFFSET: Statement = Statement {
    name: "purse.purse.select_all_order_player_first_offset",
    sqlite: r#"SELECT "player", "gold" FROM "purse_purse" ORDER BY "player" LIMIT ?1 OFFSET ?2"#,
    postgres: r#"SELECT "player", "gold" FROM "purse_purse" ORDER BY "player" LIMIT $1 OFFSET $2"#,
    mysql: "SELECT `player`, `gold` FROM `purse_purse` ORDER BY `player` LIMIT ? OFFSET ?",
};

/// Gold of the players.
pub struct PurseManager;

#[manager(name = "purse", port = 9102, schema = [CREATE_PURSE])]
impl PurseManager {
    /// What a new player begins with.
    #[function(
        access = Internal,
        writes,
        reaches = ["ledger"],
        fails,
        runs = PlayerCreated,
        declaration = "be83302e1f4f3609"
    )]
    pub async fn begin(cx: &mut Cx<'_>, _args: &BeginArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let purse = Purse {
            player: caller.clone(),
            gold: 20,
        };
        cx.insert(&INSERT_PURSE, &purse, &purse.params()).await?;
        cx.call(
                &ledger::AppendArgs {
                    op: ["purse-", caller.as_str()].concat(),
                    deed: Deed::Begin,
                    iron: 0,
                    gem: 0,
                    gold: 20,
                    level: 0,
                    to: None,
                },
            )
            .await?;
        Ok(Returned::success(Box::new(BeginReply {})))
    }

    /// Shape of a give that itself gives to a third group. It raises the level that ops of `weapon` have read.
    #[function(
        access = Player,
        writes,
        reaches = [
            "ledger",
            "weapon",
        ],
        fails,
        declaration = "e93d724ecba4a32d"
    )]
    pub async fn gild(cx: &mut Cx<'_>, args: &GildArgs) -> Result<Returned, Stop> {
        const POOR: Failure = Failure::new(3, "not enough gold");
        let caller = cx.caller()?;
        let mut p: Purse = match cx
            .get(&LOCK_PURSE_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Purse {
                    player: caller.clone(),
                    gold: 0,
                }
            }
        };
        if p.gold < 2 {
            return Err(POOR.into());
        }
        p.gold = ops::sub(p.gold, 2).at("managers/purse.yaml:35:26: p.gold - 2")?;
        cx.save(&UPSERT_PURSE_GOLD, &p, &p.params()).await?;
        let arm: weapon::AddLevelReply = cx
            .call(
                &weapon::AddLevelArgs {
                    op: args.op.clone(),
                    gold: 2,
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(GildReply {
                    level: arm.level,
                    left: p.gold,
                }),
            ),
        )
    }

    /// The function `add_gold`.
    #[function(access = Internal, writes, declaration = "71a1a6e705ff642e")]
    pub async fn add_gold(
        cx: &mut Cx<'_>,
        args: &AddGoldArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut p: Purse = match cx
            .get(&LOCK_PURSE_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Purse {
                    player: caller.clone(),
                    gold: 0,
                }
            }
        };
        p.gold = ops::add(p.gold, args.amount)
            .at("managers/purse.yaml:49:26: p.gold + args.amount")?;
        cx.keep_in_bounds(&mut p);
        cx.save(&UPSERT_PURSE_GOLD, &p, &p.params()).await?;
        Ok(Returned::success(Box::new(AddGoldReply { left: p.gold })))
    }

    /// A take that can be undone.
    #[function(
        access = Internal,
        writes,
        fails,
        undone_by = "add_gold",
        declaration = "64c6faa0ef91e457"
    )]
    pub async fn spend_gold(
        cx: &mut Cx<'_>,
        args: &SpendGoldArgs,
    ) -> Result<Returned, Stop> {
        const POOR: Failure = Failure::new(3, "not enough gold");
        let caller = cx.caller()?;
        let mut p: Purse = match cx
            .get(&LOCK_PURSE_BY_PLAYER, &[caller.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Purse {
                    player: caller.clone(),
                    gold: 0,
                }
            }
        };
        if p.gold < args.amount {
            return Err(POOR.into());
        }
        p.gold = ops::sub(p.gold, args.amount)
            .at("managers/purse.yaml:64:26: p.gold - args.amount")?;
        cx.save(&UPSERT_PURSE_GOLD, &p, &p.params()).await?;
        Ok(Returned::success(Box::new(SpendGoldReply { left: p.gold })))
    }

    /// What all players hold, a page of it.
    #[function(access = Admin, one_query, declaration = "9d717d255229d640")]
    pub async fn all(cx: &mut Cx<'_>, args: &AllArgs) -> Result<Returned, Stop> {
        let rows: Vec<Purse> = cx
            .select(
                &SELECT_PURSE_ALL_ORDER_PLAYER_FIRST_OFFSET,
                &[Param::Int(1000), Param::Int(args.from.max(0))],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(AllReply {
                    rows: ops::each(
                        rows,
                        |p| AllReplyRows {
                            player: p.player,
                            gold: p.gold,
                        },
                    ),
                }),
            ),
        )
    }
}
