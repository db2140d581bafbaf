//! Prizes by chance.
//!
//! Written by `cargo xtask gen` from managers/lottery.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::bag;
use crate::calls::skill;
use crate::calls::weapon;
use crate::enums::{PoolKind, PrizeKind, RewardKind, SupplyKind};
use crate::types;

/// Args of `draw`.
#[derive(Args)]
pub struct DrawArgs {
    pub pool: PoolKind,
    /// 1 or 10.
    pub times: i64,
}

/// Reply of `draw`.
#[derive(Reply)]
pub struct DrawReply {
    pub rewards: Vec<DrawReplyRewards>,
}

/// A list of fixed length in the reply of `draw`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct DrawReplyRewards(pub RewardKind, pub String, pub i64);

/// Args of `grant`.
#[derive(Args, Outgoing)]
#[callee(manager = "lottery", function = "grant")]
pub struct GrantArgs {
    pub prize: types::Prize,
}

/// Reply of `grant`.
#[derive(Clone, Reply, Incoming)]
pub struct GrantReply {
    pub kind: RewardKind,
    pub name: String,
    pub amount: i64,
}

/// Prizes by chance.
pub struct LotteryManager;

#[manager(name = "lottery", port = 8085)]
impl LotteryManager {
    /// Draw once or ten times from a pool; 200 prizes a day at most.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "skill",
            "weapon",
        ],
        fails,
        declaration = "bdf05c7d32fc167c"
    )]
    pub async fn draw(cx: &mut Cx<'_>, args: &DrawArgs) -> Result<Returned, Stop> {
        const INVALID: Failure = Failure::new(10, "Invalid message format");
        const INSUFFICIENT: Failure = Failure::new(2, "insufficient materials");
        const DAILY_LIMIT: Failure = Failure::new(3, "no more prizes today");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        if args.times != 1 && args.times != 10 {
            return Err(INVALID.into());
        }
        let pool = ops::entry(&config.lottery, &args.pool)
            .at("managers/lottery.yaml:30:27: config.lottery[args.pool]")?
            .clone();
        match cx
            .call(
                &bag::SpendSupplyArgs {
                    item: pool.paid_in,
                    amount: ops::mul(pool.price, args.times)
                        .at("managers/lottery.yaml:32:49: pool.price * args.times")?,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(INSUFFICIENT.into()),
            answered => answered?,
        };
        let drawn = cx
            .draw(
                &pool.prizes,
                |p| Ok(p.weight),
                args.times,
                false,
                "managers/lottery.yaml:34:13: draw",
            )?;
        if cx
            .allow(ops::Allow {
                manager: "lottery",
                name: "prizes",
                per: ops::Per::Calendar(ops::Span::Day),
                by: &[caller.param()],
                max: 200,
                uses: args.times,
                at: "managers/lottery.yaml:38:13: allow",
            })
            .await?
            .is_none()
        {
            return Err(DAILY_LIMIT.into());
        }
        let mut rewards: Vec<GrantReply> = Vec::new();
        for p in drawn {
            let reward: GrantReply = cx.call(&GrantArgs { prize: p }).await?.data()?;
            rewards.push(reward);
        }
        Ok(
            Returned::success(
                Box::new(DrawReply {
                    rewards: rewards
                        .into_iter()
                        .map(|r| DrawReplyRewards(r.kind, r.name, r.amount))
                        .collect(),
                }),
            ),
        )
    }

    /// Give the caller a prize, and say what it was.
    #[function(
        access = Internal,
        writes,
        reaches = [
            "bag",
            "skill",
            "weapon",
        ],
        declaration = "e4af509d7fc3bdd7"
    )]
    pub async fn grant(cx: &mut Cx<'_>, args: &GrantArgs) -> Result<Returned, Stop> {
        if args.prize.kind == PrizeKind::Segment {
            let gift: weapon::RandomGiftSegmentReply = cx
                .call(&weapon::RandomGiftSegmentArgs {})
                .await?
                .data()?;
            return Ok(
                Returned::success(
                    Box::new(GrantReply {
                        kind: gift.kind,
                        name: gift.name,
                        amount: gift.amount,
                    }),
                ),
            );
        }
        if args.prize.kind == PrizeKind::Skill {
            let gift: skill::RandomGiftSkillReply = cx
                .call(&skill::RandomGiftSkillArgs {})
                .await?
                .data()?;
            return Ok(
                Returned::success(
                    Box::new(GrantReply {
                        kind: gift.kind,
                        name: gift.name,
                        amount: gift.amount,
                    }),
                ),
            );
        }
        let item = args.prize.item.unwrap_or(SupplyKind::Coin);
        let amount = args.prize.amount.unwrap_or(1);
        cx.call(&bag::AddSupplyArgs { item, amount }).await?;
        Ok(
            Returned::success(
                Box::new(GrantReply {
                    kind: RewardKind::Supply,
                    name: item.as_str().to_owned(),
                    amount,
                }),
            ),
        )
    }
}
