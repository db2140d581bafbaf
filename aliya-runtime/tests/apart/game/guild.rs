//! The manager `guild`: its functions write, and give to other groups afterwards.

use super::bag::{AddAndTellArgs, AddArgs, Left, SpendArgs};
use super::mail::{PostArgs, PostReply};
use super::rows::{counts, lines};
use super::success;
use aliya_runtime::prelude::*;

counts!(CREATE_POINT, POINTS, "guild_point");
lines!(CREATE_NOTE, NOTES, "guild_note");

/// A number of points, and what other groups said of what they were given.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct GuildReply {
    pub points: i64,
    pub told: i64,
}

#[derive(Args, Outgoing)]
#[callee(manager = "guild", function = "note")]
pub struct NoteArgs {
    pub text: String,
}

/// The note's id.
#[derive(Clone, Debug, PartialEq, Reply, Incoming)]
pub struct NoteReply {
    pub note: Id,
}

#[derive(Args, Outgoing)]
#[callee(manager = "guild", function = "join")]
pub struct JoinArgs {
    #[arg(max = 500)]
    pub price: i64,
}

#[derive(Args)]
pub struct PraiseArgs {
    pub text: String,
}

#[derive(Args)]
pub struct WhisperArgs {
    pub text: String,
}

#[derive(Args)]
pub struct GreetArgs {
    pub texts: Vec<String>,
}

#[derive(Args)]
pub struct ParadeArgs {
    pub text: String,
}

#[derive(Args)]
pub struct RewardArgs {
    pub amount: i64,
}

pub struct Guild;

#[manager(name = "guild", port = 4, schema = [CREATE_POINT, CREATE_NOTE])]
impl Guild {
    /// Stays in its group, and gives.
    #[function(access = Internal, writes)]
    pub async fn note(cx: &mut Cx<'_>, args: &NoteArgs) -> Result<Returned, Stop> {
        let (note, _) = NOTES.add(cx, &args.text).await?;
        success(NoteReply { note })
    }

    /// Takes from another group, for functions of its own group.
    #[function(access = Internal, writes, fails, reaches = ["bag"])]
    pub async fn join(cx: &mut Cx<'_>, args: &JoinArgs) -> Result<Returned, Stop> {
        let amount = args.price;
        let Left { left } = cx.call(&SpendArgs { amount }).await?.data()?;
        let points = POINTS.add(cx, 1).await?;
        success(GuildReply { points, told: left })
    }

    /// Writes, gives, and returns what it was told.
    #[function(access = Player, writes, fails, reaches = ["mail"])]
    pub async fn praise(cx: &mut Cx<'_>, args: &PraiseArgs) -> Result<Returned, Stop> {
        let points = POINTS.add(cx, 1).await?;
        NOTES.add(cx, &args.text).await?;
        let posted: PostReply = cx.call(&PostArgs::of(&args.text)).await?.data()?;
        let told = posted.count;
        success(GuildReply { points, told })
    }

    /// Writes and gives, and does not look at what it was told.
    #[function(access = Player, writes, fails, reaches = ["bag", "mail"])]
    pub async fn whisper(cx: &mut Cx<'_>, args: &WhisperArgs) -> Result<Returned, Stop> {
        let points = POINTS.add(cx, 1).await?;
        cx.call(&PostArgs::of(&args.text)).await?;
        cx.call(&AddArgs { amount: 1 }).await?;
        success(GuildReply { points, told: 0 })
    }

    /// Gives in a loop.
    #[function(access = Player, writes, fails, reaches = ["mail"])]
    pub async fn greet(cx: &mut Cx<'_>, args: &GreetArgs) -> Result<Returned, Stop> {
        let points = POINTS.add(cx, 1).await?;
        let mut told = 0;
        for text in &args.texts {
            let posted: PostReply = cx.call(&PostArgs::of(text)).await?.data()?;
            told = ops::add(told, posted.count).at("told")?;
        }
        success(GuildReply { points, told })
    }

    /// Gives to a group, to a manager of its own group what the first one said, and to a third one.
    #[function(access = Player, writes, fails, reaches = ["bag", "mail"])]
    pub async fn parade(cx: &mut Cx<'_>, args: &ParadeArgs) -> Result<Returned, Stop> {
        let points = POINTS.add(cx, 1).await?;
        let posted: PostReply = cx.call(&PostArgs::of(&args.text)).await?.data()?;
        let text = format!("{} of {points}", posted.count);
        let NoteReply { .. } = cx.call(&NoteArgs { text }).await?.data()?;
        let amount = posted.count;
        let Left { left } = cx.call(&AddArgs { amount }).await?.data()?;
        success(GuildReply { points, told: left })
    }

    /// Gives by a function that gives to a third group.
    #[function(access = Player, writes, fails, reaches = ["bag", "mail"])]
    pub async fn reward(cx: &mut Cx<'_>, args: &RewardArgs) -> Result<Returned, Stop> {
        let points = POINTS.add(cx, 1).await?;
        let amount = args.amount;
        let Left { left } = cx.call(&AddAndTellArgs { amount }).await?.data()?;
        success(GuildReply { points, told: left })
    }
}
