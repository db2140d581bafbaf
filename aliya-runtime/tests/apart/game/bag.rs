//! The manager `bag`: what is spent, given, and taken back.

use super::mail::{PostArgs, PostReply};
use super::rows::counts;
use super::{POOR, success};
use aliya_runtime::prelude::*;

counts!(CREATE_ITEM, ITEMS, "bag_item");

/// What is left in the bag.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct Left {
    pub left: i64,
}

/// Args that are an amount, of the functions of that name.
macro_rules! amounts {
    ($($name:ident: $function:tt),* $(,)?) => {$(
        #[derive(Args, Outgoing)]
        #[callee(manager = "bag", function = $function)]
        pub struct $name {
            #[arg(min = 0, max = 1000)]
            pub amount: i64,
        }
    )*};
}

amounts!(
    AddArgs: "add",
    SpendArgs: "spend",
    PayArgs: "pay",
    SeizeArgs: "seize",
    UnseizeArgs: "unseize",
    SpendAndTellArgs: "spend_and_tell",
    AddAndTellArgs: "add_and_tell",
);

#[derive(Args, Outgoing)]
#[callee(manager = "bag", function = "held")]
pub struct HeldArgs {}

#[derive(Args)]
pub struct WelcomeArgs {}

pub struct Bag;

#[manager(name = "bag", port = 2, schema = [CREATE_ITEM])]
impl Bag {
    /// What the caller has.
    #[function(access = Internal)]
    pub async fn held(cx: &mut Cx<'_>, _args: &HeldArgs) -> Result<Returned, Stop> {
        let left = ITEMS.look(cx).await?;
        success(Left { left })
    }

    /// A give.
    #[function(access = Internal, writes)]
    pub async fn add(cx: &mut Cx<'_>, args: &AddArgs) -> Result<Returned, Stop> {
        let left = ITEMS.add(cx, args.amount).await?;
        success(Left { left })
    }

    /// A take.
    #[function(access = Internal, writes, fails, undone_by = "add")]
    pub async fn spend(cx: &mut Cx<'_>, args: &SpendArgs) -> Result<Returned, Stop> {
        spent(cx, args.amount).await
    }

    /// A take that nothing takes back.
    #[function(access = Internal, writes, fails)]
    pub async fn pay(cx: &mut Cx<'_>, args: &PayArgs) -> Result<Returned, Stop> {
        spent(cx, args.amount).await
    }

    /// What a new player begins with; may be refused where a row is there already.
    #[function(access = Internal, writes, fails, runs = PlayerCreated)]
    pub async fn welcome(cx: &mut Cx<'_>, _args: &WelcomeArgs) -> Result<Returned, Stop> {
        let left = ITEMS.add(cx, 5).await?;
        success(Left { left })
    }

    /// A take whose undo fails.
    #[function(access = Internal, writes, fails, undone_by = "unseize")]
    pub async fn seize(cx: &mut Cx<'_>, args: &SeizeArgs) -> Result<Returned, Stop> {
        spent(cx, args.amount).await
    }

    /// An undo that fails, as no generator lets one do: where the bag is empty.
    #[function(access = Internal, writes, fails)]
    pub async fn unseize(cx: &mut Cx<'_>, args: &UnseizeArgs) -> Result<Returned, Stop> {
        if ITEMS.get(cx).await?.amount == 0 {
            return Err(POOR.into());
        }
        let left = ITEMS.add(cx, args.amount).await?;
        success(Left { left })
    }

    /// A take that gives to a third group.
    #[function(access = Internal, writes, fails, undone_by = "add", reaches = ["mail"])]
    pub async fn spend_and_tell(
        cx: &mut Cx<'_>,
        args: &SpendAndTellArgs,
    ) -> Result<Returned, Stop> {
        let returned = spent(cx, args.amount).await?;
        cx.call(&PostArgs::of("spent")).await?;
        Ok(returned)
    }

    /// A give that gives to a third group, whose reply it uses.
    #[function(access = Internal, writes, reaches = ["mail"])]
    pub async fn add_and_tell(cx: &mut Cx<'_>, args: &AddAndTellArgs) -> Result<Returned, Stop> {
        ITEMS.add(cx, args.amount).await?;
        let posted: PostReply = cx.call(&PostArgs::of("added")).await?.data()?;
        success(Left { left: posted.count })
    }
}

async fn spent(cx: &mut Cx<'_>, amount: i64) -> Result<Returned, Stop> {
    let mut item = ITEMS.get(cx).await?;
    if item.amount < amount {
        return Err(POOR.into());
    }
    item.amount = ops::sub(item.amount, amount).at("amount")?;
    ITEMS.save(cx, &item).await?;
    success(Left { left: item.amount })
}
