//! Items of the players.
//!
//! Written by `cargo xtask gen` from managers/bag.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::bag::*;
use crate::calls::ledger;
use crate::calls::weapon;
use crate::enums::{Deed, ItemKind};

/// A row of `supply`.
#[derive(Clone, Table)]
#[table(name = "bag_supply")]
pub struct Supply {
    pub player: PlayerId,
    pub item: ItemKind,
    #[column(min = 0)]
    pub amount: i64,
}

/// Args of `begin`.
#[derive(Args)]
pub struct BeginArgs {}

/// Reply of `begin`.
#[derive(Reply)]
pub struct BeginReply {}

/// Args of `smelt`.
#[derive(Args)]
pub struct SmeltArgs {
    #[arg(max = 64)]
    pub op: String,
}

/// Reply of `smelt`.
#[derive(Reply)]
pub struct SmeltReply {
    pub left: i64,
    pub shine: i64,
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
    pub item: ItemKind,
    pub amount: i64,
}

static CREATE_SUPPLY: Statement = Statement {
    name: "bag.supply.create",
    sqlite: r#"CREATE TABLE "bag_supply" (
  "player" TEXT NOT NULL,
  "item" TEXT NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN ('iron', 'gem')),
  "amount" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  PRIMARY KEY ("player", "item")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "bag_supply" (
  "player" TEXT COLLATE "C" NOT NULL,
  "item" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN ('iron', 'gem')),
  "amount" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  CONSTRAINT "bag_supply_pkey" PRIMARY KEY ("player", "item")
)"#,
    mysql: r#"CREATE TABLE `bag_supply` (
  `player` VARCHAR(255) NOT NULL,
  `item` VARCHAR(64) NOT NULL,
  `amount` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `item`),
  CONSTRAINT `bag_supply_item_known` CHECK (`item` IN ('iron', 'gem')),
  CONSTRAINT `bag_supply_amount_min` CHECK (`amount` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static INSERT_SUPPLY: Statement = Statement {
    name: "bag.supply.insert",
    sqlite: r#"INSERT INTO "bag_supply" ("player", "item", "amount") VALUES (?1, ?2, ?3)"#,
    postgres: r#"INSERT INTO "bag_supply" ("player", "item", "amount") VALUES ($1, $2, $3)"#,
    mysql: "INSERT INTO `bag_supply` (`player`, `item`, `amount`) VALUES (?, ?, ?)",
};

static LOCK_SUPPLY_BY_PLAYER_ITEM: Statement = Statement {
    name: "bag.supply.lock_by_player_item",
    sqlite: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 AND "item" = ?2"#,
    postgres: r#"SELECT "player", "item", "amount"
FROM "bag_supply"
WHERE "player" = $1 AND "item" = $2
FOR UPDATE"#,
    mysql: r#"SELECT `player`, `item`, `amount`
FROM `bag_supply`
WHERE `player` = ? AND `item` = ?
FOR UPDATE"#,
};

static UPSERT_SUPPLY_AMOUNT: Statement = Statement {
    name: "bag.supply.upsert_amount",
    sqlite: r#"INSERT INTO "bag_supply" ("player", "item", "amount")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "item") DO UPDATE SET "amount" = excluded."amount""#,
    postgres: r#"INSERT INTO "bag_supply" ("player", "item", "amount")
VALUES ($1, $2, $3)
ON CONFLICT ("player", "item") DO UPDATE SET "amount" = excluded."amount""#,
    mysql: r#"INSERT INTO `bag_supply` (`player`, `item`, `amount`)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE `amount` = VALUES(`amount`)"#,
};

static GET_SUPPLY_BY_PLAYER_ITEM: Statement = Statement {
    name: "bag.supply.get_by_player_item",
    sqlite: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 AND "item" = ?2"#,
    postgres: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = $1 AND "item" = $2"#,
    mysql: "SELECT `player`, `item`, `amount` FROM `bag_supply` WHERE `player` = ? AND `item` = ?",
};

static SELECT_SUPPLY_ALL_ORDER_PLAYER_ITEM_FIRST_OFFSET: Statement = Statement {
    name: "bag.supply.select_all_order_player_item_first_offset",
    sqlite: r#"SELECT "player", "item", "amount"
FROM "bag_supply"
ORDER BY "player", "item"
LIMIT ?1 OFFSET ?2"#,
    postgres: r#"SELECT "player", "item", "amount"
FROM "bag_supply"
ORDER BY "player", "item"
LIMIT $1 OFFSET $2"#,
    mysql: r#"SELECT `player`, `item`, `amount`
FROM `bag_supply`
ORDER BY `player`, `item`
LIMIT ? OFFSET ?"#,
};

/// Items of the players.
pub struct BagManager;

#[manager(name = "bag", port = 9101, schema = [CREATE_SUPPLY])]
impl BagManager {
    /// What a new player begins with; a give of another group for each new player.
    #[function(
        access = Internal,
        writes,
        reaches = ["ledger"],
        fails,
        runs = PlayerCreated,
        declaration = "3888ef8c5515ab2b"
    )]
    pub async fn begin(cx: &mut Cx<'_>, _args: &BeginArgs) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let supply = Supply {
            player: caller.clone(),
            item: ItemKind::Iron,
            amount: 40,
        };
        cx.insert(&INSERT_SUPPLY, &supply, &supply.params()).await?;
        cx.call(
                &ledger::AppendArgs {
                    op: ["bag-", caller.as_str()].concat(),
                    deed: Deed::Begin,
                    iron: 40,
                    gem: 0,
                    gold: 0,
                    level: 0,
                    to: None,
                },
            )
            .await?;
        Ok(Returned::success(Box::new(BeginReply {})))
    }

    /// Shape of an own write that may fail before it, and gives.
    #[function(
        access = Player,
        writes,
        reaches = [
            "ledger",
            "weapon",
        ],
        fails,
        declaration = "e234aa8e769f766b"
    )]
    pub async fn smelt(cx: &mut Cx<'_>, args: &SmeltArgs) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        let caller = cx.caller()?;
        let mut iron: Supply = match cx
            .get(&LOCK_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), ItemKind::Iron.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Supply {
                    player: caller.clone(),
                    item: ItemKind::Iron,
                    amount: 0,
                }
            }
        };
        if iron.amount < 3 {
            return Err(INSUFFICIENT.into());
        }
        let mut gem: Supply = match cx
            .get(&LOCK_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), ItemKind::Gem.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Supply {
                    player: caller.clone(),
                    item: ItemKind::Gem,
                    amount: 0,
                }
            }
        };
        iron.amount = ops::sub(iron.amount, 3)
            .at("managers/bag.yaml:40:28: iron.amount - 3")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &iron, &iron.params()).await?;
        gem.amount = ops::add(gem.amount, 1)
            .at("managers/bag.yaml:42:28: gem.amount + 1")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &gem, &gem.params()).await?;
        let arm: weapon::AddShineReply = cx
            .call(&weapon::AddShineArgs { amount: 1 })
            .await?
            .data()?;
        cx.call(
                &ledger::AppendArgs {
                    op: args.op.clone(),
                    deed: Deed::Smelt,
                    iron: -3,
                    gem: 1,
                    gold: 0,
                    level: 0,
                    to: None,
                },
            )
            .await?;
        Ok(
            Returned::success(
                Box::new(SmeltReply {
                    left: iron.amount,
                    shine: arm.shine,
                }),
            ),
        )
    }

    /// The function `get_supply`.
    #[function(access = Internal, one_query, declaration = "01e5bd2ce2ff5574")]
    pub async fn get_supply(
        cx: &mut Cx<'_>,
        args: &GetSupplyArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let s: Supply = match cx
            .get(&GET_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), args.item.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Supply {
                    player: caller.clone(),
                    item: args.item,
                    amount: 0,
                }
            }
        };
        Ok(Returned::success(Box::new(GetSupplyReply { left: s.amount })))
    }

    /// The function `add_supply`.
    #[function(access = Internal, writes, declaration = "d59bd40b03fb00f4")]
    pub async fn add_supply(
        cx: &mut Cx<'_>,
        args: &AddSupplyArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let mut s: Supply = match cx
            .get(&LOCK_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), args.item.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Supply {
                    player: caller.clone(),
                    item: args.item,
                    amount: 0,
                }
            }
        };
        s.amount = ops::add(s.amount, args.amount)
            .at("managers/bag.yaml:67:28: s.amount + args.amount")?;
        cx.keep_in_bounds(&mut s);
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(AddSupplyReply { left: s.amount })))
    }

    /// A take that can be undone.
    #[function(
        access = Internal,
        writes,
        fails,
        undone_by = "add_supply",
        declaration = "b67edbc3e4b3ac8f"
    )]
    pub async fn spend_supply(
        cx: &mut Cx<'_>,
        args: &SpendSupplyArgs,
    ) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        let caller = cx.caller()?;
        let mut s: Supply = match cx
            .get(&LOCK_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), args.item.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Supply {
                    player: caller.clone(),
                    item: args.item,
                    amount: 0,
                }
            }
        };
        if s.amount < args.amount {
            return Err(INSUFFICIENT.into());
        }
        s.amount = ops::sub(s.amount, args.amount)
            .at("managers/bag.yaml:82:28: s.amount - args.amount")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(SpendSupplyReply { left: s.amount })))
    }

    /// A take that nothing takes back.
    #[function(access = Internal, writes, fails, declaration = "5cce4e8c37b3de22")]
    pub async fn burn_supply(
        cx: &mut Cx<'_>,
        args: &BurnSupplyArgs,
    ) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "not enough of it");
        let caller = cx.caller()?;
        let mut s: Supply = match cx
            .get(&LOCK_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), args.item.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Supply {
                    player: caller.clone(),
                    item: args.item,
                    amount: 0,
                }
            }
        };
        if s.amount < args.amount {
            return Err(INSUFFICIENT.into());
        }
        s.amount = ops::sub(s.amount, args.amount)
            .at("managers/bag.yaml:96:28: s.amount - args.amount")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(BurnSupplyReply { left: s.amount })))
    }

    /// What all players hold, a page of it.
    #[function(access = Admin, one_query, declaration = "c987d795c3268b1b")]
    pub async fn all(cx: &mut Cx<'_>, args: &AllArgs) -> Result<Returned, Stop> {
        let rows: Vec<Supply> = cx
            .select(
                &SELECT_SUPPLY_ALL_ORDER_PLAYER_ITEM_FIRST_OFFSET,
                &[Param::Int(1000), Param::Int(args.from.max(0))],
            )
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(AllReply {
                    rows: ops::each(
                        rows,
                        |s| AllReplyRows {
                            player: s.player,
                            item: s.item,
                            amount: s.amount,
                        },
                    ),
                }),
            ),
        )
    }
}
