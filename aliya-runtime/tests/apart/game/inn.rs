//! The manager `inn`: chance and allowances, calls within its group, and takes that nothing takes back.

use std::sync::Mutex;

use super::bag::{AddArgs, HeldArgs, Left, PayArgs, SeizeArgs, SpendArgs};
use super::guild::{GuildReply, JoinArgs, NoteArgs};
use super::hero::{HeroReply, LEVELS, raised};
use super::{Balance, POOR, success};
use aliya_runtime::ops::{Allow, Per, Span};
use aliya_runtime::prelude::*;

/// What each run of `gamble` has thrown.
pub static THROWN: Mutex<Vec<(PlayerId, [i64; 2])>> = Mutex::new(Vec::new());

/// How many a player may have of `gamble` a day.
pub const A_DAY: i64 = 2;

/// How many are left for the day, and what was thrown.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct GambleReply {
    pub left: i64,
    pub thrown: i64,
}

/// Args that are an amount.
macro_rules! amounts {
    ($($name:ident),*) => {$(
        #[derive(Args)]
        pub struct $name {
            pub amount: i64,
        }
    )*};
}

amounts!(
    GambleArgs, BuyArgs, StayArgs, TollArgs, ClimbArgs, LookUpArgs, TipArgs, WriteArgs, BreakArgs,
    TripArgs
);

#[derive(Args)]
pub struct TitheArgs {}

/// From whom, and to whom `tithe` gives.
pub const TREASURY: &str = "treasury";
pub const POORHOUSE: &str = "poorhouse";

pub struct Inn;

#[manager(name = "inn", port = 5, schema = [])]
impl Inn {
    /// Throws, counts a use, takes, and throws again.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn gamble(cx: &mut Cx<'_>, args: &GambleArgs) -> Result<Returned, Stop> {
        const ENOUGH: Failure = Failure::new(5, "enough for today");
        let first = cx.random(0, i64::MAX, "here")?;
        let caller = cx.caller()?;
        let allow = Allow {
            manager: "inn",
            name: "gamble",
            per: Per::Calendar(Span::Day),
            by: &[caller.param()],
            max: A_DAY,
            uses: 1,
            at: "here",
        };
        let left = cx.allow(allow).await?.ok_or(ENOUGH)?;
        let amount = args.amount;
        let spent = cx.call(&SpendArgs { amount }).await;
        let thrown = cx.random(0, i64::MAX, "here")?;
        THROWN.lock().unwrap().push((caller, [first, thrown]));
        spent?.data::<Left>()?;
        success(GambleReply { left, thrown })
    }

    /// Pays the price of the balance tables for each, and says it.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn buy(cx: &mut Cx<'_>, args: &BuyArgs) -> Result<Returned, Stop> {
        let price = cx.config::<Balance>()?.shop.price;
        let amount = ops::mul(price, args.amount).at("price")?;
        cx.call(&SpendArgs { amount }).await?;
        let level = raised(cx, args.amount).await?;
        let price = cx.config::<Balance>()?.shop.price;
        success(HeroReply { level, left: price })
    }

    /// Calls two functions of its group, of which one takes from another group.
    #[function(access = Player, writes, fails, reaches = ["bag", "guild"])]
    pub async fn stay(cx: &mut Cx<'_>, args: &StayArgs) -> Result<Returned, Stop> {
        let price = args.amount;
        let joined: GuildReply = cx.call(&JoinArgs { price }).await?.data()?;
        let text = format!("joined for {price}");
        cx.call(&NoteArgs { text }).await?;
        success(joined)
    }

    /// Ends with a take that nothing takes back.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn toll(cx: &mut Cx<'_>, args: &TollArgs) -> Result<Returned, Stop> {
        const NO_TOLL: Failure = Failure::new(6, "no toll");
        let level = LEVELS.get(cx).await?.amount;
        let amount = args.amount;
        let Left { left } = match cx.call(&PayArgs { amount }).await {
            Err(Stop::Failed(_)) => return Err(NO_TOLL.into()),
            answered => answered?.data()?,
        };
        success(HeroReply { level, left })
    }

    /// Writes what it has read before such a take.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn climb(cx: &mut Cx<'_>, args: &ClimbArgs) -> Result<Returned, Stop> {
        let mut level = LEVELS.get(cx).await?;
        let amount = args.amount;
        let Left { left } = cx.call(&PayArgs { amount }).await?.data()?;
        level.amount += 1;
        LEVELS.save(cx, &level).await?;
        let level = level.amount;
        success(HeroReply { level, left })
    }

    /// Asks after such a take.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn look_up(cx: &mut Cx<'_>, args: &LookUpArgs) -> Result<Returned, Stop> {
        let amount = args.amount;
        cx.call(&PayArgs { amount }).await?;
        let Left { left } = cx.call(&HeldArgs {}).await?.data()?;
        success(HeroReply { level: 0, left })
    }

    /// Gives before such a take, as no generator lets a function do.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn tip(cx: &mut Cx<'_>, args: &TipArgs) -> Result<Returned, Stop> {
        let amount = args.amount;
        cx.call(&AddArgs { amount: 1 }).await?;
        let Left { left } = cx.call(&PayArgs { amount }).await?.data()?;
        success(HeroReply { level: 0, left })
    }

    /// Writes before such a take, as no generator lets a function do, with a give between.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn write(cx: &mut Cx<'_>, args: &WriteArgs) -> Result<Returned, Stop> {
        let level = raised(cx, 1).await?;
        let amount = args.amount;
        let Left { left } = cx.call(&PayArgs { amount }).await?.data()?;
        success(HeroReply { level, left })
    }

    /// Takes, and panics.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn trip(cx: &mut Cx<'_>, args: &TripArgs) -> Result<Returned, Stop> {
        let amount = args.amount;
        cx.call(&SpendArgs { amount }).await?;
        panic!("a function written by hand")
    }

    /// Runs by the clock: takes from one player, and gives to another one.
    #[function(access = Internal, writes, fails, reaches = ["bag"], runs = Every(Day))]
    pub async fn tithe(cx: &mut Cx<'_>, _args: &TitheArgs) -> Result<Returned, Stop> {
        let [from, to] = [TREASURY, POORHOUSE].map(PlayerId::new);
        let left = cx.call_for(from, &SpendArgs { amount: 1 }).await?;
        let Left { left } = left.data()?;
        cx.call_for(to, &AddArgs { amount: 1 }).await?;
        success(HeroReply { level: 0, left })
    }

    /// Takes what cannot be taken back where the bag is empty, and fails.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn r#break(cx: &mut Cx<'_>, args: &BreakArgs) -> Result<Returned, Stop> {
        let amount = args.amount;
        cx.call(&SeizeArgs { amount }).await?;
        Err(POOR.into())
    }
}
