//! Everything a player carries.
//!
//! Written by `cargo xtask gen` from managers/bag.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::bag::*;
use crate::enums::Item;

/// A row of `supply`.
#[derive(Clone, Table)]
#[table(name = "bag_supply")]
pub struct Supply {
    pub player: PlayerId,
    pub item: Item,
    #[column(min = 0)]
    pub amount: i64,
}

static CREATE_SUPPLY: Statement = Statement {
    name: "bag.supply.create",
    sqlite: r#"CREATE TABLE "bag_supply" (
  "player" TEXT NOT NULL,
  "item" INTEGER NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN (1, 2, 3, 4, 5, 6, 9, 16, 18, 43, 45)),
  "amount" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  PRIMARY KEY ("player", "item")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "bag_supply" (
  "player" TEXT COLLATE "C" NOT NULL,
  "item" BIGINT NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN (1, 2, 3, 4, 5, 6, 9, 16, 18, 43, 45)),
  "amount" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  CONSTRAINT "bag_supply_pkey" PRIMARY KEY ("player", "item")
)"#,
    mysql: r#"CREATE TABLE `bag_supply` (
  `player` VARCHAR(255) NOT NULL,
  `item` BIGINT NOT NULL,
  `amount` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `item`),
  CONSTRAINT `bag_supply_item_known` CHECK (`item` IN (1, 2, 3, 4, 5, 6, 9, 16, 18, 43, 45)),
  CONSTRAINT `bag_supply_amount_min` CHECK (`amount` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static GET_SUPPLY_BY_PLAYER_ITEM: Statement = Statement {
    name: "bag.supply.get_by_player_item",
    sqlite: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 AND "item" = ?2"#,
    postgres: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = $1 AND "item" = $2"#,
    mysql: "SELECT `player`, `item`, `amount` FROM `bag_supply` WHERE `player` = ? AND `item` = ?",
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

/// Everything a player carries.
pub struct BagManager;

#[manager(name = "bag", port = 8082, schema = [CREATE_SUPPLY])]
impl BagManager {
    /// The function `get_supply`.
    #[function(access = Internal, one_query, declaration = "b637d24c2b3056ce")]
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
    #[function(access = Internal, writes, declaration = "2349981833026232")]
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
            .at("managers/bag.yaml:29:28: s.amount + args.amount")?;
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
        declaration = "b7f249ad5c5415ca"
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
            .at("managers/bag.yaml:44:28: s.amount - args.amount")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(SpendSupplyReply { left: s.amount })))
    }
}
