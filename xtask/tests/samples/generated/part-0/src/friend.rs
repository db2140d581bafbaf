//! Friends, requests, and one gift a day to each.
//!
//! Written by `cargo xtask gen` from managers/friend.yaml. Do not edit.

use aliya_runtime::prelude::*;

use crate::calls::bag;
use crate::calls::mail;
use crate::calls::profile;
use crate::enums::{Item, LetterKind, RewardGroup};

/// A row of `friend`.
#[derive(Clone, Table)]
#[table(name = "friend_friend")]
pub struct Friend {
    pub player: PlayerId,
    pub friend: PlayerId,
    pub since: Option<Time>,
    pub gift_day: i64,
    pub claimed: bool,
}

/// Args of `request_friend`.
#[derive(Args)]
pub struct RequestFriendArgs {
    #[arg(max = 32)]
    pub gn_target: String,
}

/// Reply of `request_friend`.
#[derive(Reply)]
pub struct RequestFriendReply {
    pub gn: String,
}

/// Args of `send_gift_all`.
#[derive(Args)]
pub struct SendGiftAllArgs {}

/// Reply of `send_gift_all`.
#[derive(Reply)]
pub struct SendGiftAllReply {
    pub names: Vec<String>,
}

/// Args of `get_gifts`.
#[derive(Args)]
pub struct GetGiftsArgs {
    pub gns: Vec<String>,
}

/// Reply of `get_gifts`.
#[derive(Reply)]
pub struct GetGiftsReply {
    pub gns: Vec<String>,
    pub reward: GetGiftsReplyReward,
    pub remain: GetGiftsReplyReward,
}

/// A list of fixed length in the reply of `get_gifts`: travels as a JSON array.
#[derive(Clone, Reply)]
pub struct GetGiftsReplyReward(pub RewardGroup, pub Item, pub i64);

static CREATE_FRIEND: Statement = Statement {
    name: "friend.friend.create",
    sqlite: r#"CREATE TABLE "friend_friend" (
  "player" TEXT NOT NULL,
  "friend" TEXT NOT NULL,
  "since" INTEGER,
  "gift_day" INTEGER NOT NULL DEFAULT 0,
  "claimed" INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "friend_friend_claimed_bool" CHECK ("claimed" IN (0, 1)),
  PRIMARY KEY ("player", "friend")
) STRICT, WITHOUT ROWID"#,
    postgres: r#"CREATE TABLE "friend_friend" (
  "player" TEXT COLLATE "C" NOT NULL,
  "friend" TEXT COLLATE "C" NOT NULL,
  "since" BIGINT,
  "gift_day" BIGINT NOT NULL DEFAULT 0,
  "claimed" BIGINT NOT NULL DEFAULT 1
    CONSTRAINT "friend_friend_claimed_bool" CHECK ("claimed" IN (0, 1)),
  CONSTRAINT "friend_friend_pkey" PRIMARY KEY ("player", "friend")
)"#,
    mysql: r#"CREATE TABLE `friend_friend` (
  `player` VARCHAR(255) NOT NULL,
  `friend` VARCHAR(255) NOT NULL,
  `since` BIGINT,
  `gift_day` BIGINT NOT NULL DEFAULT 0,
  `claimed` TINYINT NOT NULL DEFAULT 1,
  PRIMARY KEY (`player`, `friend`),
  CONSTRAINT `friend_friend_claimed_bool` CHECK (`claimed` IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"#,
};

static GET_FRIEND_BY_PLAYER_FRIEND: Statement = Statement {
    name: "friend.friend.get_by_player_friend",
    sqlite: r#"SELECT "player", "friend", "since", "gift_day", "claimed"
FROM "friend_friend"
WHERE "player" = ?1 AND "friend" = ?2"#,
    postgres: r#"SELECT "player", "friend", "since", "gift_day", "claimed"
FROM "friend_friend"
WHERE "player" = $1 AND "friend" = $2"#,
    mysql: r#"SELECT `player`, `friend`, `since`, `gift_day`, `claimed`
FROM `friend_friend`
WHERE `player` = ? AND `friend` = ?"#,
};

static INSERT_FRIEND_NEW: Statement = Statement {
    name: "friend.friend.insert_new",
    sqlite: r#"INSERT INTO "friend_friend" ("player", "friend", "since", "gift_day", "claimed")
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO NOTHING"#,
    postgres: r#"INSERT INTO "friend_friend" ("player", "friend", "since", "gift_day", "claimed")
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING"#,
    mysql: r#"INSERT INTO `friend_friend` (`player`, `friend`, `since`, `gift_day`, `claimed`)
VALUES (?, ?, ?, ?, ?)"#,
};

static SELECT_FRIEND_BY_PLAYER_SINCE_LT_GIFT_DAY_LT_FIRST: Statement = Statement {
    name: "friend.friend.select_by_player_since_lt_gift_day_lt_first",
    sqlite: r#"SELECT "player", "friend", "since", "gift_day", "claimed"
FROM "friend_friend"
WHERE "player" = ?1 AND "since" < ?2 AND "gift_day" < ?3
LIMIT ?4"#,
    postgres: r#"SELECT "player", "friend", "since", "gift_day", "claimed"
FROM "friend_friend"
WHERE "player" = $1 AND "since" < $2 AND "gift_day" < $3
LIMIT $4"#,
    mysql: r#"SELECT `player`, `friend`, `since`, `gift_day`, `claimed`
FROM `friend_friend`
WHERE `player` = ? AND `since` < ? AND `gift_day` < ?
LIMIT ?"#,
};

static UPDATE_FRIEND_GIFT_DAY_CLAIMED_BY_PLAYER_FRIEND_IN: Statement = Statement {
    name: "friend.friend.update_gift_day_claimed_by_player_friend_in",
    sqlite: r#"UPDATE "friend_friend"
SET "gift_day" = ?1, "claimed" = ?2
WHERE "player" = ?3 AND "friend" IN (SELECT value FROM json_each(?4))"#,
    postgres: r#"UPDATE "friend_friend"
SET "gift_day" = $1, "claimed" = $2
WHERE "player" = $3 AND "friend" = ANY (ARRAY(SELECT value FROM json_array_elements_text(CAST($4 AS json))))"#,
    mysql: r#"UPDATE `friend_friend`
SET `gift_day` = ?, `claimed` = ?
WHERE `player` = ? AND `friend` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` LONGTEXT PATH '$')) AS `list`)"#,
};

static SELECT_FRIEND_BY_FRIEND_PLAYER_IN_CLAIMED_GIFT_DAY_GE_FIRST: Statement = Statement {
    name: "friend.friend.select_by_friend_player_in_claimed_gift_day_ge_first",
    sqlite: r#"SELECT "player", "friend", "since", "gift_day", "claimed"
FROM "friend_friend"
WHERE "friend" = ?1 AND "player" IN (SELECT value FROM json_each(?2)) AND "claimed" = ?3 AND "gift_day" >= ?4
LIMIT ?5"#,
    postgres: r#"SELECT "player", "friend", "since", "gift_day", "claimed"
FROM "friend_friend"
WHERE "friend" = $1 AND "player" = ANY (ARRAY(SELECT value FROM json_array_elements_text(CAST($2 AS json)))) AND "claimed" = $3 AND "gift_day" >= $4
LIMIT $5"#,
    mysql: r#"SELECT `player`, `friend`, `since`, `gift_day`, `claimed`
FROM `friend_friend`
WHERE `friend` = ? AND `player` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` LONGTEXT PATH '$')) AS `list`) AND `claimed` = ? AND `gift_day` >= ?
LIMIT ?"#,
};

static UPDATE_FRIEND_CLAIMED_BY_FRIEND_PLAYER_IN_CLAIMED: Statement = Statement {
    name: "friend.friend.update_claimed_by_friend_player_in_claimed",
    sqlite: r#"UPDATE "friend_friend"
SET "claimed" = ?1
WHERE "friend" = ?2 AND "player" IN (SELECT value FROM json_each(?3)) AND "claimed" = ?4"#,
    postgres: r#"UPDATE "friend_friend"
SET "claimed" = $1
WHERE "friend" = $2 AND "player" = ANY (ARRAY(SELECT value FROM json_array_elements_text(CAST($3 AS json)))) AND "claimed" = $4"#,
    mysql: r#"UPDATE `friend_friend`
SET `claimed` = ?
WHERE `friend` = ? AND `player` IN (SELECT `value` FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` LONGTEXT PATH '$')) AS `list`) AND `claimed` = ?"#,
};

/// Friends, requests, and one gift a day to each.
pub struct FriendManager;

#[manager(name = "friend", port = 8097, schema = [CREATE_FRIEND])]
impl FriendManager {
    /// Ask a player to be friends.
    #[function(
        access = Player,
        writes,
        reaches = [
            "mail",
            "profile",
        ],
        fails,
        declaration = "3e560c48cef6008d"
    )]
    pub async fn request_friend(
        cx: &mut Cx<'_>,
        args: &RequestFriendArgs,
    ) -> Result<Returned, Stop> {
        const TOO_MANY: Failure = Failure::new(96, "6 request for 1 day, try tommorrow");
        const NOBODY: Failure = Failure::new(97, "no such person");
        const YOURSELF: Failure = Failure::new(99, "do not be an idiot");
        const ALREADY: Failure = Failure::new(95, "already friends");
        const MAIL_FULL: Failure = Failure::new(94, "target mailbox full");
        let caller = cx.caller()?;
        let config = cx.config::<crate::config::Config>()?;
        if cx
            .allow(ops::Allow {
                manager: "friend",
                name: "friend_requests",
                per: ops::Per::Calendar(ops::Span::Day),
                by: &[caller.param()],
                max: config.friend.requests_a_day,
                uses: 1,
                at: "managers/friend.yaml:23:13: allow",
            })
            .await?
            .is_none()
        {
            return Err(TOO_MANY.into());
        }
        let target: profile::FindPlayerReply = match cx
            .call(
                &profile::FindPlayerArgs {
                    name: args.gn_target.clone(),
                },
            )
            .await
        {
            Err(Stop::Failed(_)) => return Err(NOBODY.into()),
            answered => answered?.data()?,
        };
        if target.player == caller {
            return Err(YOURSELF.into());
        }
        let f: Option<Friend> = cx
            .get(&GET_FRIEND_BY_PLAYER_FRIEND, &[caller.param(), target.player.param()])
            .await?
            .row()?;
        if f.as_ref().and_then(|row| row.since).is_some() {
            return Err(ALREADY.into());
        }
        let me: profile::CardReply = cx.call(&profile::CardArgs {}).await?.data()?;
        match cx
            .call_for(
                target.player.clone(),
                &mail::PostArgs {
                    kind: LetterKind::FriendRequest,
                    sender: me.name,
                    subject: String::new(),
                    about: Some(caller.clone()),
                    family: None,
                },
            )
            .await
        {
            Err(Stop::Failed(Failure { status: 1, .. })) => {
                return Err(MAIL_FULL.into());
            }
            answered => answered?,
        };
        let friend = Friend {
            player: caller,
            friend: target.player,
            since: None,
            gift_day: 0,
            claimed: true,
        };
        cx.insert_or_ignore(&INSERT_FRIEND_NEW, &friend, &friend.params()).await?;
        Ok(
            Returned::success(
                Box::new(RequestFriendReply {
                    gn: args.gn_target.clone(),
                }),
            ),
        )
    }

    /// A heart to every friend that has none of today.
    #[function(
        access = Player,
        writes,
        reaches = ["profile"],
        fails,
        declaration = "504dd22651ca8e31"
    )]
    pub async fn send_gift_all(
        cx: &mut Cx<'_>,
        _args: &SendGiftAllArgs,
    ) -> Result<Returned, Stop> {
        const NOBODY: Failure = Failure::new(99, "no friend to send gift");
        let caller = cx.caller()?;
        let now = cx.now();
        let rows: Vec<Friend> = cx
            .select(
                &SELECT_FRIEND_BY_PLAYER_SINCE_LT_GIFT_DAY_LT_FIRST,
                &[
                    caller.param(),
                    now.param(),
                    cx.day_of(now, "managers/friend.yaml:55:74: day_of(now)")?.param(),
                    Param::Int(100),
                ],
            )
            .await?
            .rows()?;
        if ops::len(&rows) <= 0 {
            return Err(NOBODY.into());
        }
        let mut names: Vec<String> = Vec::new();
        for r in &rows {
            let c: profile::CardReply = cx
                .call_for(r.friend.clone(), &profile::CardArgs {})
                .await?
                .data()?;
            names.push(c.name);
        }
        cx.change(
                &UPDATE_FRIEND_GIFT_DAY_CLAIMED_BY_PLAYER_FRIEND_IN,
                &[
                    cx.day_of(now, "managers/friend.yaml:69:30: day_of(now)")?.param(),
                    false.param(),
                    caller.param(),
                    Param::Text(
                        &ops::json(
                            &rows
                                .iter()
                                .map(|row| row.friend.clone())
                                .collect::<Vec<_>>(),
                        ),
                    ),
                ],
                "managers/friend.yaml:67:13: update",
            )
            .await?;
        Ok(Returned::success(Box::new(SendGiftAllReply { names })))
    }

    /// Collect today's hearts from some friends.
    #[function(
        access = Player,
        writes,
        reaches = [
            "bag",
            "profile",
        ],
        fails,
        declaration = "8034d5d64ac9e112"
    )]
    pub async fn get_gifts(
        cx: &mut Cx<'_>,
        args: &GetGiftsArgs,
    ) -> Result<Returned, Stop> {
        let caller = cx.caller()?;
        let now = cx.now();
        let mut players: Vec<PlayerId> = Vec::new();
        for n in &args.gns {
            let p: Option<profile::FindPlayerReply> = match cx
                .call(
                    &profile::FindPlayerArgs {
                        name: n.clone(),
                    },
                )
                .await
            {
                Err(Stop::Failed(_)) => None,
                answered => Some(answered?.data()?),
            };
            players
                .push(
                    p
                        .as_ref()
                        .map(|reply| reply.player.clone())
                        .unwrap_or_else(|| caller.clone()),
                );
        }
        let rows: Vec<Friend> = cx
            .select(
                &SELECT_FRIEND_BY_FRIEND_PLAYER_IN_CLAIMED_GIFT_DAY_GE_FIRST,
                &[
                    caller.param(),
                    Param::Text(&ops::json(&players)),
                    false.param(),
                    cx.day_of(now, "managers/friend.yaml:85:95: day_of(now)")?.param(),
                    Param::Int(100),
                ],
            )
            .await?
            .rows()?;
        let mut names: Vec<String> = Vec::new();
        for r in &rows {
            let c: profile::CardReply = cx
                .call_for(r.player.clone(), &profile::CardArgs {})
                .await?
                .data()?;
            names.push(c.name);
        }
        cx.change(
                &UPDATE_FRIEND_CLAIMED_BY_FRIEND_PLAYER_IN_CLAIMED,
                &[
                    true.param(),
                    caller.param(),
                    Param::Text(
                        &ops::json(
                            &rows
                                .iter()
                                .map(|row| row.player.clone())
                                .collect::<Vec<_>>(),
                        ),
                    ),
                    false.param(),
                ],
                "managers/friend.yaml:95:13: update",
            )
            .await?;
        let got: bag::AddSupplyReply = cx
            .call(
                &bag::AddSupplyArgs {
                    item: Item::FriendGift,
                    amount: ops::len(&rows),
                },
            )
            .await?
            .data()?;
        Ok(
            Returned::success(
                Box::new(GetGiftsReply {
                    gns: names,
                    reward: GetGiftsReplyReward(
                        RewardGroup::Thing,
                        Item::FriendGift,
                        ops::len(&rows),
                    ),
                    remain: GetGiftsReplyReward(
                        RewardGroup::Thing,
                        Item::FriendGift,
                        got.left,
                    ),
                }),
            ),
        )
    }
}
