//! The manager `trade`.
//!
//! Written by `cargo xtask gen` from managers.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::shop;
use crate::enums::{Good, Rank};

/// Args of `trade`.
#[derive(Args)]
pub struct TradeArgs {
    pub r#type: Good,
    #[arg(default = 1)]
    pub mine: i64,
}

/// Reply of `trade`.
#[derive(Reply)]
pub struct TradeReply {
    pub note: String,
    pub n: i64,
    pub deep: i64,
    pub items: Vec<i64>,
    pub opened: shop::OpenStopReply,
}

/// An object in the reply of `trade`.
#[derive(Clone, Reply)]
pub struct TradeReplyValue {
    pub x: i64,
}

/// Args of `helper`.
#[derive(Args, Outgoing)]
#[callee(manager = "trade", function = "helper")]
pub struct HelperArgs {
    pub n: i64,
}

/// Reply of `helper`.
#[derive(Clone, Reply, Incoming)]
pub struct HelperReply {
    pub n: i64,
    pub deep: HelperReplyDeep,
    pub items: Vec<HelperReplyItems>,
}

/// An object in the reply of `helper`.
#[derive(Clone, Reply, Incoming)]
pub struct HelperReplyDeep {
    pub a: i64,
    pub b: HelperReplyDeepB,
}

/// A list of fixed length in the reply of `helper`: travels as a JSON array.
#[derive(Clone, Reply, Incoming)]
pub struct HelperReplyDeepB(pub i64, pub String);

/// An object in the reply of `helper`.
#[derive(Clone, Reply, Incoming)]
pub struct HelperReplyItems {
    pub x: i64,
}

/// The manager `trade`.
pub struct TradeManager;

#[manager(name = "trade", port = 9002)]
impl TradeManager {
    /// The function `trade`.
    #[function(
        access = Player,
        writes,
        reaches = ["shop"],
        fails,
        declaration = "cf4bb2a62aea9fd9"
    )]
    pub async fn trade(cx: &mut Cx<'_>, args: &TradeArgs) -> Result<Returned, Stop> {
        const TAKEN: Failure = Failure::new(31, "taken");
        const OTHER: Failure = Failure::new(32, "other");
        let args_2 = args.mine;
        let shop: i64 = 1;
        let cx_2: i64 = 2;
        let self_: i64 = 3;
        let opened: shop::OpenStopReply = match cx
            .call(
                &shop::OpenStopArgs {
                    r#type: args.r#type,
                    rank: Rank::Elite,
                    price: 1.0,
                    note: Some("traded".to_owned()),
                },
            )
            .await
        {
            Err(Stop::Failed(Failure { status: 21, .. })) => {
                return Err(TAKEN.into());
            }
            answered => answered?.data()?,
        };
        match cx
            .call(
                &HelperArgs {
                    n: ops::sum([args_2, shop, cx_2, self_])
                        .at("managers.yaml:257:24: args_2 + shop + cx_2 + self")?,
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(OTHER.into()),
            answered => answered?,
        };
        let h: HelperReply = cx.call(&HelperArgs { n: 1 }).await?.data()?;
        Ok(
            Returned::success(
                Box::new(TradeReply {
                    note: opened.note.clone(),
                    n: h.n,
                    deep: h.deep.a,
                    items: h
                        .items
                        .iter()
                        .map(|item| TradeReplyValue { x: item.x })
                        .collect::<Vec<_>>()
                        .into_iter()
                        .map(|i| i.x)
                        .collect(),
                    opened: opened.clone(),
                }),
            ),
        )
    }

    /// The function `helper`.
    #[function(access = Internal, one_query, declaration = "70a258a473b83b72")]
    pub async fn helper(_cx: &mut Cx<'_>, args: &HelperArgs) -> Result<Returned, Stop> {
        Ok(
            Returned::success(
                Box::new(HelperReply {
                    n: args.n,
                    deep: HelperReplyDeep {
                        a: args.n,
                        b: HelperReplyDeepB(1, "two".to_owned()),
                    },
                    items: [1i64, 2]
                        .into_iter()
                        .map(|x| HelperReplyItems { x })
                        .collect(),
                }),
            ),
        )
    }
}
