//! The manager `bag`.
//!
//! Written by `cargo xtask gen` from managers/bag.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::bag::*;
use crate::enums::SupplyKind;

/// A row of `supply`.
#[derive(Clone, Table)]
#[table(name = "bag_supply")]
pub struct Supply {
    pub player: PlayerId,
    pub item: SupplyKind,
    #[column(min = 0)]
    pub amount: i64,
}

/// Args of `add_supply`.
#[derive(Args)]
pub struct AddSupplyArgs {
    pub item: SupplyKind,
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `add_supply`.
#[derive(Reply)]
pub struct AddSupplyReply {
    pub left: i64,
}

static CREATE_SUPPLY: Statement = Statement {
    name: "bag.supply.create",
    sqlite: r#"CREATE TABLE "bag_supply" (
  "player" TEXT NOT NULL,
  "item" TEXT NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN ('iron', 'coin')),
  "amount" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  PRIMARY KEY ("player", "item")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "bag_supply" (
  "player" TEXT COLLATE "C" NOT NULL,
  "item" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN ('iron', 'coin')),
  "amount" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  CONSTRAINT "bag_supply_pkey" PRIMARY KEY ("player", "item")
)"#,
    mysql: r#"CREATE TABLE `bag_supply` (
  `player` VARCHAR(255) NOT NULL,
  `item` VARCHAR(64) NOT NULL,
  `amount` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `item`),
  CONSTRAINT `bag_supply_item_known` CHECK (`item` IN ('iron', 'coin')),
  CONSTRAINT `bag_supply_amount_min` CHECK (`amount` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
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

/// The manager `bag`.
pub struct BagManager;

#[manager(name = "bag", port = 8082, schema = [CREATE_SUPPLY])]
impl BagManager {
    /// The function `add_supply`.
    #[function(access = Internal, writes, declaration = "bca24b3de1a44670")]
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
            .at("managers/bag.yaml:21:28: s.amount + args.amount")?;
        cx.keep_in_bounds(&mut s);
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(AddSupplyReply { left: s.amount })))
    }

    /// The function `spend_supply`.
    #[function(
        access = Internal,
        writes,
        fails,
        undone_by = "add_supply",
        declaration = "7762ced7d3d083e1"
    )]
    pub async fn spend_supply(
        cx: &mut Cx<'_>,
        args: &SpendSupplyArgs,
    ) -> Result<Returned, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "insufficient materials");
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
            .at("managers/bag.yaml:37:28: s.amount - args.amount")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(SpendSupplyReply { left: s.amount })))
    }
}
