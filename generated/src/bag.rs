//! Everything a player carries.
//!
//! Written by `cargo xtask gen` from managers/bag.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::enums::SupplyKind;

/// How many of each supply a player holds.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "bag_supply")]
pub struct Supply {
    pub player: PlayerId,
    pub item: SupplyKind,
    #[column(min = 0)]
    pub amount: i64,
}

/// Args of `get_all_supplies`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct GetAllSuppliesArgs {}

/// Reply of `get_all_supplies`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct GetAllSuppliesReply {
    pub supplies: Vec<GetAllSuppliesReplySupplies>,
}

/// A list of fixed length in the reply of `get_all_supplies`: travels as a JSON array.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct GetAllSuppliesReplySupplies(pub SupplyKind, pub i64);

/// Args of `get_supply`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct GetSupplyArgs {
    pub item: SupplyKind,
}

/// Reply of `get_supply`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct GetSupplyReply {
    pub left: i64,
}

/// Args of `add_supply`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct AddSupplyArgs {
    pub item: SupplyKind,
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `add_supply`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct AddSupplyReply {
    pub left: i64,
}

/// Args of `spend_supply`.
#[derive(Clone, Debug, PartialEq, Args)]
pub struct SpendSupplyArgs {
    pub item: SupplyKind,
    #[arg(min = 1)]
    pub amount: i64,
}

/// Reply of `spend_supply`.
#[derive(Clone, Debug, PartialEq, Reply)]
pub struct SpendSupplyReply {
    pub left: i64,
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
};

static SELECT_SUPPLY_BY_PLAYER_ORDER_ITEM: Statement = Statement {
    name: "bag.supply.select_by_player_order_item",
    sqlite: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 ORDER BY "item""#,
};

static GET_SUPPLY_BY_PLAYER_ITEM: Statement = Statement {
    name: "bag.supply.get_by_player_item",
    sqlite: r#"SELECT "player", "item", "amount" FROM "bag_supply" WHERE "player" = ?1 AND "item" = ?2"#,
};

static UPSERT_SUPPLY_AMOUNT: Statement = Statement {
    name: "bag.supply.upsert_amount",
    sqlite: r#"INSERT INTO "bag_supply" ("player", "item", "amount")
VALUES (?1, ?2, ?3)
ON CONFLICT ("player", "item") DO UPDATE SET "amount" = excluded."amount""#,
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
    #[function(access = Player)]
    pub async fn get_all_supplies(
        cx: &mut Cx<'_>,
        _args: &GetAllSuppliesArgs,
    ) -> Result<Returned<GetAllSuppliesReply>, Stop> {
        let caller = cx.caller()?;
        let rows: Vec<Supply> = cx
            .select(&SELECT_SUPPLY_BY_PLAYER_ORDER_ITEM, &[caller.param()])
            .await?;
        Ok(
            Returned::success(GetAllSuppliesReply {
                supplies: rows
                    .into_iter()
                    .map(|s| GetAllSuppliesReplySupplies(s.item, s.amount))
                    .collect(),
            }),
        )
    }

    /// How many of one supply the caller's bag holds.
    #[function(access = Internal)]
    pub async fn get_supply(
        cx: &mut Cx<'_>,
        args: &GetSupplyArgs,
    ) -> Result<Returned<GetSupplyReply>, Stop> {
        let caller = cx.caller()?;
        let s: Supply = cx
            .get(&GET_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), args.item.param()])
            .await?
            .unwrap_or_else(|| Supply {
                player: caller.clone(),
                item: args.item,
                amount: 0,
            });
        Ok(Returned::success(GetSupplyReply { left: s.amount }))
    }

    /// Put supplies into the caller's bag.
    #[function(access = Internal, writes)]
    pub async fn add_supply(
        cx: &mut Cx<'_>,
        args: &AddSupplyArgs,
    ) -> Result<Returned<AddSupplyReply>, Stop> {
        let caller = cx.caller()?;
        let mut s: Supply = cx
            .get(&GET_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), args.item.param()])
            .await?
            .unwrap_or_else(|| Supply {
                player: caller.clone(),
                item: args.item,
                amount: 0,
            });
        s.amount = ops::add(s.amount, args.amount)
            .at("managers/bag.yaml:43:28: s.amount + args.amount")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(AddSupplyReply { left: s.amount }))
    }

    /// Take supplies out of the caller's bag, or fail and take nothing.
    #[function(access = Internal, writes)]
    pub async fn spend_supply(
        cx: &mut Cx<'_>,
        args: &SpendSupplyArgs,
    ) -> Result<Returned<SpendSupplyReply>, Stop> {
        const INSUFFICIENT: Failure = Failure::new(2, "insufficient materials");
        let caller = cx.caller()?;
        let mut s: Supply = cx
            .get(&GET_SUPPLY_BY_PLAYER_ITEM, &[caller.param(), args.item.param()])
            .await?
            .unwrap_or_else(|| Supply {
                player: caller.clone(),
                item: args.item,
                amount: 0,
            });
        if s.amount < args.amount {
            return Err(INSUFFICIENT.into());
        }
        s.amount = ops::sub(s.amount, args.amount)
            .at("managers/bag.yaml:60:28: s.amount - args.amount")?;
        cx.save(&UPSERT_SUPPLY_AMOUNT, &s, &s.params()).await?;
        Ok(Returned::success(SpendSupplyReply { left: s.amount }))
    }
}
