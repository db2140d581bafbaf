//! The manager `mail`: letters are given, stamps are taken.

use super::rows::{counts, lines};
use super::success;
use aliya_runtime::prelude::*;

counts!(CREATE_STAMP, STAMPS, "mail_stamp");
lines!(CREATE_LETTER, LETTERS, "mail_letter");

#[derive(Args, Outgoing)]
#[callee(manager = "mail", function = "post")]
pub struct PostArgs {
    #[arg(max = 20)]
    pub text: String,
}

/// The letter's id, and how many letters the player has then.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct PostReply {
    pub id: Id,
    pub count: i64,
}

#[derive(Args, Outgoing)]
#[callee(manager = "mail", function = "stamp")]
pub struct StampArgs {
    pub count: i64,
}

#[derive(Args)]
pub struct RestampArgs {
    pub count: i64,
    pub before: i64,
}

/// How many stamps there were.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct StampReply {
    pub before: i64,
}

#[derive(Args)]
pub struct BuyStampsArgs {
    pub count: i64,
}

pub struct Mail;

#[manager(name = "mail", port = 3, schema = [CREATE_STAMP, CREATE_LETTER])]
impl Mail {
    /// A give.
    #[function(access = Internal, writes)]
    pub async fn post(cx: &mut Cx<'_>, args: &PostArgs) -> Result<Returned, Stop> {
        let (id, count) = LETTERS.add(cx, &args.text).await?;
        success(PostReply { id, count })
    }

    /// A take, refused with a status of its own.
    #[function(access = Internal, writes, fails, undone_by = "restamp")]
    pub async fn stamp(cx: &mut Cx<'_>, args: &StampArgs) -> Result<Returned, Stop> {
        const NO_STAMPS: Failure = Failure::new(3, "no stamps");
        let mut stamps = STAMPS.get(cx).await?;
        let before = stamps.amount;
        if before < args.count {
            return Err(NO_STAMPS.with(&StampReply { before }).into());
        }
        stamps.amount = before - args.count;
        STAMPS.save(cx, &stamps).await?;
        success(StampReply { before })
    }

    /// Takes `stamp` back; its args come from the args and the reply of that one.
    #[function(access = Internal, writes)]
    pub async fn restamp(cx: &mut Cx<'_>, args: &RestampArgs) -> Result<Returned, Stop> {
        if args.before < args.count {
            return Err(Stop::fault("the reply of `stamp` is another one"));
        }
        STAMPS.add(cx, args.count).await?;
        success(StampReply { before: 0 })
    }

    #[function(access = Internal, writes)]
    pub async fn buy_stamps(cx: &mut Cx<'_>, args: &BuyStampsArgs) -> Result<Returned, Stop> {
        let before = STAMPS.add(cx, args.count).await?;
        success(StampReply { before })
    }
}

impl PostArgs {
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
        }
    }
}
