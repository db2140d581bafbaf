//! The manager `hero`: its functions take from other groups before they write.

use super::bag::{AddArgs, HeldArgs, Left, SpendAndTellArgs, SpendArgs};
use super::mail::{StampArgs, StampReply};
use super::rows::counts;
use super::{Nothing, POOR, success};
use aliya_runtime::prelude::*;

counts!(CREATE_LEVEL, LEVELS, "hero_level");

/// The highest level.
pub const HIGHEST: i64 = 9;

/// The level, and what is left in the bag.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct HeroReply {
    pub level: i64,
    pub left: i64,
}

#[derive(Args)]
pub struct BoostArgs {
    pub by: i64,
}

#[derive(Args)]
pub struct TrainArgs {
    pub price: i64,
}

#[derive(Args)]
pub struct OutfitArgs {
    pub iron: i64,
    pub stamps: i64,
}

#[derive(Args)]
pub struct CountDownArgs {
    pub amount: i64,
}

#[derive(Args)]
pub struct CommissionArgs {
    pub amount: i64,
}

#[derive(Args)]
pub struct SendArgs {
    pub to: PlayerId,
    pub amount: i64,
}

pub struct Hero;

#[manager(name = "hero", port = 1, schema = [CREATE_LEVEL])]
impl Hero {
    /// Stays in its group.
    #[function(access = Player, writes, fails)]
    pub async fn boost(cx: &mut Cx<'_>, args: &BoostArgs) -> Result<Returned, Stop> {
        let level = raised(cx, args.by).await?;
        success(HeroReply { level, left: 0 })
    }

    /// Asks, and writes nothing.
    #[function(access = Player, fails, reaches = ["bag"])]
    pub async fn look(cx: &mut Cx<'_>, _args: &Nothing) -> Result<Returned, Stop> {
        let level = LEVELS.look(cx).await?;
        let Left { left } = cx.call(&HeldArgs {}).await?.data()?;
        if left == 0 {
            return Err(POOR.into());
        }
        success(HeroReply { level, left })
    }

    /// Pays more the higher the level is, and raises it.
    #[function(access = Player, writes, fails, reaches = ["bag"], declaration = "train-1")]
    pub async fn train(cx: &mut Cx<'_>, args: &TrainArgs) -> Result<Returned, Stop> {
        let level = LEVELS.get(cx).await?.amount;
        let amount = ops::mul(args.price, level + 1).at("price")?;
        let Left { left } = cx.call(&SpendArgs { amount }).await?.data()?;
        let level = raised(cx, 1).await?;
        success(HeroReply { level, left })
    }

    /// Asks, takes from two groups, may then still fail, writes, and gives a piece of iron back.
    #[function(access = Player, writes, fails, reaches = ["bag", "mail"])]
    pub async fn outfit(cx: &mut Cx<'_>, args: &OutfitArgs) -> Result<Returned, Stop> {
        const NO_IRON: Failure = Failure::new(7, "no iron");
        let held: Left = cx.call(&HeldArgs {}).await?.data()?;
        if held.left == 0 {
            return Err(POOR.into());
        }
        let amount = args.iron;
        match cx.call(&SpendArgs { amount }).await {
            Err(Stop::Failed(_)) => return Err(NO_IRON.into()),
            answered => answered?.data::<Left>()?,
        };
        let count = args.stamps;
        let _: StampReply = cx.call(&StampArgs { count }).await?.data()?;
        let level = raised(cx, 1).await?;
        let Left { left } = cx.call(&AddArgs { amount: 1 }).await?.data()?;
        success(HeroReply { level, left })
    }

    /// Pays for the first two levels alone.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn learn(cx: &mut Cx<'_>, _args: &Nothing) -> Result<Returned, Stop> {
        let level = LEVELS.get(cx).await?.amount;
        if level < 2 {
            cx.call(&SpendArgs { amount: 1 }).await?;
        }
        let level = raised(cx, 1).await?;
        success(HeroReply { level, left: 0 })
    }

    /// Asks before and after it takes, and says what has become less.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn count_down(cx: &mut Cx<'_>, args: &CountDownArgs) -> Result<Returned, Stop> {
        let before: Left = cx.call(&HeldArgs {}).await?.data()?;
        let again: Left = cx.call(&HeldArgs {}).await?.data()?;
        let amount = args.amount;
        cx.call(&SpendArgs { amount }).await?;
        let after: Left = cx.call(&HeldArgs {}).await?.data()?;
        let level = raised(cx, 1).await?;
        let left = ops::sub(before.left + again.left, after.left * 2).at("left")?;
        success(HeroReply { level, left })
    }

    /// Pays by a function that leaves its own group.
    #[function(access = Player, writes, fails, reaches = ["bag", "mail"])]
    pub async fn commission(cx: &mut Cx<'_>, args: &CommissionArgs) -> Result<Returned, Stop> {
        let amount = args.amount;
        let Left { left } = cx.call(&SpendAndTellArgs { amount }).await?.data()?;
        let level = raised(cx, 1).await?;
        success(HeroReply { level, left })
    }

    /// Hands over to another player.
    #[function(access = Player, writes, fails, reaches = ["bag"])]
    pub async fn send(cx: &mut Cx<'_>, args: &SendArgs) -> Result<Returned, Stop> {
        let amount = args.amount;
        cx.call(&SpendArgs { amount }).await?;
        let to = args.to.clone();
        let Left { left } = cx.call_for(to, &AddArgs { amount }).await?.data()?;
        success(HeroReply { level: 0, left })
    }
}

/// Raises the caller's level, which has an end.
pub async fn raised(cx: &mut Cx<'_>, by: i64) -> Result<i64, Stop> {
    const TOO_HIGH: Failure = Failure::new(9, "the level is the highest");
    let mut level = LEVELS.get(cx).await?;
    level.amount += by;
    if level.amount > HIGHEST {
        return Err(TOO_HIGH.into());
    }
    LEVELS.save(cx, &level).await?;
    Ok(level.amount)
}
