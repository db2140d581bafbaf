//! `#[manager]`.

use aliya_runtime::Callee;
use aliya_runtime::prelude::*;
use serde_json::json;

use super::{Supply, object};

#[derive(Args, Outgoing)]
#[callee(manager = "player_bag", function = "spend_supply")]
pub struct SpendSupplyArgs {
    item: Supply,
    #[arg(min = 1)]
    amount: i64,
}

#[derive(Reply, Incoming)]
pub struct SpendSupplyReply {
    left: i64,
}

#[derive(Args)]
pub struct TypeArgs {}

#[derive(Reply)]
pub struct TypeReply {}

static CREATE: Statement = Statement {
    name: "player_bag.supply.create",
    sqlite: "CREATE TABLE \"supply\" (\"item\" TEXT) STRICT",
    ..Statement::SQLITE_ALONE
};

pub struct PlayerBag;

#[manager(name = "player_bag", port = 8082, schema = [CREATE])]
impl PlayerBag {
    const HELD: i64 = 7;

    /// Spends.
    #[function(
        access = Internal,
        writes,
        reaches = ["mail", "skill"],
        outcomes = [1, 4],
        fails,
        undone_by = "type",
        declaration = "0123456789abcdef"
    )]
    pub async fn spend_supply(_cx: &mut Cx<'_>, args: &SpendSupplyArgs) -> Result<Returned, Stop> {
        let left = ops::sub(Self::HELD, args.amount).at("HELD - args.amount")?;
        Ok(Returned::success(Box::new(SpendSupplyReply { left })))
    }

    #[function(access = Player)]
    pub async fn r#type(_cx: &mut Cx<'_>, _args: &TypeArgs) -> Result<Returned, Stop> {
        Ok(Returned::success(Box::new(TypeReply {})))
    }
}

#[test]
fn are_what_their_attributes_say() {
    assert_eq!((PLAYER_BAG.name, PLAYER_BAG.port), ("player_bag", 8082));
    let schema: Vec<_> = PLAYER_BAG.schema.iter().map(|s| s.name).collect();
    assert_eq!(schema, ["player_bag.supply.create"]);
    let names: Vec<_> = PLAYER_BAG.functions.iter().map(|f| f.name).collect();
    assert_eq!(names, ["spend_supply", "type"]);

    let args = SpendSupplyArgs {
        item: Supply::Iron,
        amount: 1,
    };
    let Callee { manager, function } = args.callee();
    assert_eq!(manager, PLAYER_BAG.name);
    let spend = PLAYER_BAG.function(function).unwrap();
    assert_eq!((spend.name, spend.manager), ("spend_supply", "player_bag"));
    assert_eq!((spend.access, spend.writes), (Access::Internal, true));
    assert_eq!(spend.reaches, ["mail", "skill"]);
    assert_eq!(spend.outcomes, [1, 4]);
    assert_eq!((spend.fails, spend.undone_by), (true, Some("type")));
    assert_eq!(spend.declaration, "0123456789abcdef");

    let read = PLAYER_BAG.function("type").unwrap();
    assert_eq!((read.name, read.manager), ("type", "player_bag"));
    assert_eq!((read.access, read.writes), (Access::Player, false));
    assert!(read.reaches.is_empty() && read.outcomes.is_empty());
    assert_eq!((read.fails, read.undone_by), (false, None));
    assert_eq!(read.declaration, "");
}

#[test]
fn a_function_checks_its_args() {
    let steps = PLAYER_BAG.function("spend_supply").unwrap().steps;
    let decoded = steps.decode(&object(json!({"item": "iron", "amount": "2"})));
    assert!(decoded.unwrap().is::<SpendSupplyArgs>());
    let refused = steps.decode(&object(json!({"item": "iron", "amount": "0"})));
    match refused.map(|_| ()) {
        Err(Stop::Invalid(reason)) => assert_eq!(reason, "`amount` must be at least 1"),
        other => panic!("{other:?}"),
    }
}
