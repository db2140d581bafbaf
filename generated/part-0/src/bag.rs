//! Everything a player carries.
//!
//! Written by `cargo xtask gen` from managers/bag.yaml. Do not edit.

use aliya_runtime::prelude::*;

pub use crate::calls::bag::*;
use crate::enums::SupplyKind;

/// How many of each supply a player holds.
#[derive(Clone, Table)]
#[table(name = "bag_supply")]
pub struct Supply {
    pub player: PlayerId,
    pub item: SupplyKind,
    #[column(min = 0)]
    pub amount: i64,
}

/// Args of `get_all_supplies`.
#[derive(Args)]
pub struct GetAllSuppliesArgs {}

/// Reply of `get_all_supplies`.
#[derive(Reply)]
pub struct GetAllSuppliesReply {
    pub supplies: Vec<GetAllSuppliesReplySupplies>,
}

/// A list of fixed length in the reply of `get_all_supplies`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct GetAllSuppliesReplySupplies(pub SupplyKind, pub i64);

/// Args of `first_supplies`.
#[derive(Args)]
pub struct FirstSuppliesArgs {}

/// Reply of `first_supplies`.
#[derive(Reply)]
pub struct FirstSuppliesReply {}

/// Args of `level_up_scroll`.
#[derive(Args)]
pub struct LevelUpScrollArgs {
    pub scroll_id: SupplyKind,
}

/// Reply of `level_up_scroll`.
#[derive(Reply)]
pub struct LevelUpScrollReply {
    pub item1: LevelUpScrollReplyItem1,
    pub item2: LevelUpScrollReplyItem1,
}

/// A list of fixed length in the reply of `level_up_scroll`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct LevelUpScrollReplyItem1(pub SupplyKind, pub i64);

/// Args of `increase_supplies`.
#[derive(Args)]
pub struct IncreaseSuppliesArgs {
    pub supplies: Vec<SupplyKind>,
    pub amount: Vec<i64>,
}

/// Reply of `increase_supplies`.
#[derive(Reply)]
pub struct IncreaseSuppliesReply {
    pub supplies: Vec<SupplyKind>,
    pub amount: Vec<i64>,
}

static CREATE_SUPPLY: Statement = Statement {
    name: "bag.supply.create",
    sqlite: r#"CREATE TABLE "bag_supply" (
  "player" TEXT NOT NULL,
  "item" TEXT NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN ('iron', 'coin', 'diamonds', 'experience_potion', 'small_energy_potion', 'scroll_skill_10', 'scroll_skill_30', 'scroll_skill_100')),
  "amount" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  PRIMARY KEY ("player", "item")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "bag_supply" (
  "player" TEXT COLLATE "C" NOT NULL,
  "item" TEXT COLLATE "C" NOT NULL
    CONSTRAINT "bag_supply_item_known" CHECK ("item" IN ('iron', 'coin', 'diamonds', 'experience_potion', 'small_energy_potion', 'scroll_skill_10', 'scroll_skill_30', 'scroll_skill_100')),
  "amount" BIGINT NOT NULL DEFAULT 0
    CONSTRAINT "bag_supply_amount_min" CHECK ("amount" >= 0),
  CONSTRAINT "bag_supply_pkey" PRIMARY KEY ("player", "item")
)"#,
    mysql: r#"CREATE TABLE `bag_supply` (
  `player` VARCHAR(255) NOT NULL,
  `item` VARCHAR(64) NOT NULL,
  `amount` BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (`player`, `item`),
  CONSTRAINT `bag_supply_item_known` CHECK (`item` IN ('iron', 'coin', 'diamonds', 'experience_potion', 'small_energy_potion', 'scroll_skill_10', 'scroll_skill_30', 'scroll_skill_100')),
  CONSTRAINT `bag_supply_amount_min` CHECK (`amount` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static SELECT_SUPPLY_BY_PLAYER_ORDER_ITEM: Statement = Statement {
    name: "bag.supply.select_by_player_order_item",
    sqlite: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 ORDER BY "item""#,
    postgres: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = $1 ORDER BY "item""#,
    mysql: "SELECT `player`, `item`, `amount` FROM `bag_supply` WHERE `player` = ? ORDER BY `item`",
};

static INSERT_SUPPLY_NEW: Statement = Statement {
    name: "bag.supply.insert_new",
    sqlite: r#"INSERT INTO "bag_supply" ("player", "item", "amount")
VALUES (?1, ?2, ?3)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "bag_supply" ("player", "item", "amount")
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING"#,
    mysql: "INSERT INTO `bag_supply` (`player`, `item`, `amount`) VALUES (?, ?, ?)",
};

static UPDATE_SUPPLY_AMOUNT_BY_PLAYER_ITEM: Statement = Statement {
    name: "bag.supply.update_amount_by_player_item",
    sqlite: r#"UPDATE "bag_supply"
SET "amount" = CASE WHEN typeof("amount" + ?1) = 'integer' THEN "amount" + ?1 ELSE 'overflow' END
WHERE "player" = ?2 AND "item" = ?3"#,
    postgres: r#"UPDATE "bag_supply" SET "amount" = "amount" + $1 WHERE "player" = $2 AND "item" = $3"#,
    mysql: "UPDATE `bag_supply` SET `amount` = `amount` + ? WHERE `player` = ? AND `item` = ?",
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

/// Everything a player carries.
pub struct BagManager;

#[manager(
    name = "bag",
    port = 8082,
    migrations = crate::migrations::BAG,
    schema = [CREATE_SUPPLY]
)]
impl BagManager {
    /// All supplies in the caller's bag.
    #[function(access = Player, one_query, declaration = "55f22cd070fe3d7d")]
    pub async fn get_all_supplies(
        cx: &mut Cx<'_>,
        _args: &GetAllSuppliesArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let rows: Vec<Supply> = cx
            .select(&SELECT_SUPPLY_BY_PLAYER_ORDER_ITEM, &[caller.param()])
            .await?
            .rows()?;
        Ok(
            Returned::success(
                Box::new(GetAllSuppliesReply {
                    supplies: ops::each(
                        rows,
                        |s| GetAllSuppliesReplySupplies(s.item, s.amount),
                    ),
                }),
            ),
        )
    }

    /// What a new player begins with.
    #[function(
        access = Internal,
        writes,
        runs = PlayerCreated,
        declaration = "644bad1558a374d9"
    )]
    pub async fn first_supplies(
        cx: &mut Cx<'_>,
        _args: &FirstSuppliesArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        let rows: Vec<_> = config
            .start
            .supplies
            .iter()
            .map(|s| Supply {
                player: caller.clone(),
                item: s.item,
                amount: 0,
            })
            .collect();
        cx.insert_all_or_ignore(&INSERT_SUPPLY_NEW, &rows, Supply::params).await?;
        for s in &config.start.supplies {
            cx.change(
                    &UPDATE_SUPPLY_AMOUNT_BY_PLAYER_ITEM,
                    &[s.amount.param(), caller.param(), s.item.param()],
                    "managers/bag.yaml:33:17: update",
                )
                .await?;
        }
        Ok(Returned::success(Box::new(FirstSuppliesReply {})))
    }

    /// Make one scroll of the next kind out of three.
    #[function(access = Player, writes, fails, declaration = "4e9a19c74709f5c1")]
    pub async fn level_up_scroll(
        cx: &mut Cx<'_>,
        args: &LevelUpScrollArgs,
    ) -> Result<Returned, Stop> {
        const NO_HIGHER: Failure = Failure::new(2, "there is no higher scroll");
        const NOT_ENOUGH: Failure = Failure::new(1, "not enough scrolls");
        let caller = cx.caller()?;
        if args.scroll_id != SupplyKind::ScrollSkill10
            && args.scroll_id != SupplyKind::ScrollSkill30
        {
            return Err(NO_HIGHER.into());
        }
        let mut old: Supply = match cx
            .get(&LOCK_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), args.scroll_id.param()])
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Supply {
                    player: caller.clone(),
                    item: args.scroll_id,
                    amount: 0,
                }
            }
        };
        if old.amount < 3 {
            return Err(NOT_ENOUGH.into());
        }
        let mut new: Supply = match cx
            .get(
                &LOCK_SUPPLY_BY_PLAYER_ITEM,
                &[
                    caller.param(),
                    (if args.scroll_id == SupplyKind::ScrollSkill10 {
                        SupplyKind::ScrollSkill30
                    } else {
                        SupplyKind::ScrollSkill100
                    })
                        .param(),
                ],
            )
            .await?
            .row()?
        {
            Some(row) => row,
            None => {
                Supply {
                    player: caller.clone(),
                    item: if args.scroll_id == SupplyKind::ScrollSkill10 {
                        SupplyKind::ScrollSkill30
                    } else {
                        SupplyKind::ScrollSkill100
                    },
                    amount: 0,
                }
            }
        };
        old.amount = ops::sub(old.amount, 3)
            .at("managers/bag.yaml:57:28: old.amount - 3")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &old, &old.params()).await?;
        if new.player == old.player && new.item == old.item {
            new = old.clone();
        }
        new.amount = ops::add(new.amount, 1)
            .at("managers/bag.yaml:59:28: new.amount + 1")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &new, &new.params()).await?;
        if old.player == new.player && old.item == new.item {
            old = new.clone();
        }
        Ok(
            Returned::success(
                Box::new(LevelUpScrollReply {
                    item1: LevelUpScrollReplyItem1(old.item, old.amount),
                    item2: LevelUpScrollReplyItem1(new.item, new.amount),
                }),
            ),
        )
    }

    /// Put supplies of several kinds into a player's bag.
    #[function(access = Admin, writes, fails, declaration = "fe80bb5808e4df83")]
    pub async fn increase_supplies(
        cx: &mut Cx<'_>,
        args: &IncreaseSuppliesArgs,
    ) -> Result<Returned, Stop> {
        const INVALID: Failure = Failure::new(10, "Invalid message format");
        if ops::len(&args.supplies) != ops::len(&args.amount) {
            return Err(INVALID.into());
        }
        for (i, item) in (0_i64..).zip(args.supplies.iter().copied()) {
            if ops::index(&args.amount, i).at("managers/bag.yaml:70:26: args.amount[i]")?
                <= 0
            {
                return Err(INVALID.into());
            }
            cx.call(
                    &AddSupplyArgs {
                        item,
                        amount: ops::index(&args.amount, i)
                            .at("managers/bag.yaml:73:46: args.amount[i]")?,
                    },
                )
                .await?;
        }
        Ok(
            Returned::success(
                Box::new(IncreaseSuppliesReply {
                    supplies: args.supplies.clone(),
                    amount: args.amount.clone(),
                }),
            ),
        )
    }

    /// How many of one supply the caller's bag holds.
    #[function(access = Internal, one_query, declaration = "ff290877ce6d6655")]
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

    /// Put supplies into the caller's bag.
    #[function(access = Internal, writes, declaration = "35f900eedc7bf5d2")]
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
            .at("managers/bag.yaml:95:28: s.amount + args.amount")?;
        cx.keep_in_bounds(&mut s);
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(AddSupplyReply { left: s.amount })))
    }

    /// Take supplies out of the caller's bag, or fail and take nothing.
    #[function(
        access = Internal,
        writes,
        fails,
        undone_by = "add_supply",
        declaration = "89a0d0bde5bd173e"
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
            .at("managers/bag.yaml:112:28: s.amount - args.amount")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(Box::new(SpendSupplyReply { left: s.amount })))
    }
}
